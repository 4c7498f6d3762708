"""A row of a page that quotes a message: who, when, where, its words, what is said of it, verbs below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.chat_lines import shown_text
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, box, col, row
from cranford_desktop.ui.parts.wording import short, short_day

_LETTERS = 220


def source_words(message: MessageRow) -> str:
	"""Return where a message stands: "Ben Sample, Sun 1 Nov 2026, 09:05, Lanes"."""
	return (
		f"{message.sender or 'WhatsApp'}, {short_day(message.sent_at.date())}, {message.sent_at:%H:%M}, {message.group}"
	)


def quoted_row(message: MessageRow, above: Sequence[Item], below: Sequence[Item], verbs: Sequence[Item]) -> QWidget:
	"""Return the row: `above` and `below` the quotation stand lines of the caller's own, `verbs` below all."""
	words = short(shown_text(message), _LETTERS) or "A photo or file"
	quoted: list[Item] = [say(f"“{words}”", wrap=True), say(source_words(message), "small", wrap=True)]
	made = box(col(*above, *quoted, *below, 2, row(*verbs, None, gap=12), gap=2, pad=(0, 10, 0, 10)))
	made.setAccessibleName(f"{source_words(message)}: {words}")
	return made


def show_link(message: MessageRow) -> QWidget:
	"""Return the link that shows a message in its conversation."""
	return link("Show it", name=f"Show it in its conversation: {source_words(message)}")
