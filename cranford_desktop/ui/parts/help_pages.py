"""Small windows that explain: the policy, the keys, the recovery sheet, what this program is."""

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QPlainTextEdit, QWidget

from cranford_desktop import __version__
from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.domain.policy import Policy
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Button, button
from cranford_desktop.ui.parts.labels import key, say
from cranford_desktop.ui.parts.layouts import Item, box, col, row, rule
from cranford_desktop.ui.parts.patterns import pairs
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.wording import day_words


class _Leaf(QDialog):
	"""A small window with a heading and Close."""

	def __init__(
		self, parent: QWidget | None, title: str, width: int, *items: Item, feet: tuple[Item, ...] = ()
	) -> None:
		super().__init__(parent)
		self.setWindowTitle(title)
		self.setModal(True)
		self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		self.closing: Button = button("Close", None if feet else "primary")
		self.closing.setDefault(not feet)
		self.closing.clicked.connect(self.accept)
		self.setLayout(
			col(say(title, "title", wrap=True), *items, 4, row(None, self.closing, *feet), gap=10, pad=(22, 18, 22, 18))
		)
		self.resize(theme.px(width), self.sizeHint().height())


def policy_facts(policy: Policy) -> QWidget:
	"""Return the policy's dates and minute as a list."""
	due = f"{MONTHS[policy.review_due_month - 1]} {policy.review_due_year}"
	return pairs(
		[
			("Adopted", f"{day_words(policy.adopted, weekday=False)}, minute {policy.minute}"),
			("Next review due", f"{due}, and every {policy.review_every_years} years after"),
		],
		150,
	)


def policy_sections(policy: Policy) -> QPlainTextEdit:
	"""Return the policy's sentences by section, without its title page and list of contents."""
	parts: list[str] = []
	for section, clauses in groupby(policy.clauses, lambda one: (one.section, one.heading)):
		number, heading = section
		held = list(clauses)
		lines = [one.text if len(held) == 1 else f"•  {one.text}" for one in held]
		parts.append("\n".join([f"{number}. {heading}" if number else heading, *lines]))
	return _to_read("\n\n".join(parts), policy.title)


def policy_text(policy: Policy) -> QPlainTextEdit:
	"""Return the policy's text, to read and to copy from."""
	whole = re.sub(r"\n\s*\n\s*\n+", "\n\n", policy.text).strip()  # blank lines of its title page
	return _to_read(whole, policy.title)


def _to_read(words: str, name: str) -> QPlainTextEdit:
	text = QPlainTextEdit(words)
	text.setReadOnly(True)
	text.setTabChangesFocus(True)
	text.setAccessibleName(name)
	return text


class PolicyDialog(_Leaf):
	"""The council's policy: text, dates, minute."""

	def __init__(self, policy: Policy, parent: QWidget | None) -> None:
		text = policy_text(policy)
		text.setMinimumHeight(theme.px(300))
		super().__init__(parent, policy.title, 680, policy_facts(policy), text)


_KEYS = (
	("Ctrl+1 … 7", "Go to a tab"),
	("Ctrl+Shift+F", "Search everything"),
	("Ctrl+F", "Find on this page"),
	("F3, Shift+F3", "Next hit, previous hit"),
	("Ctrl+G", "Go to a date"),
	("Alt+Left, Alt+Right", "Back to where you were, forward again"),
	("F6, Shift+F6", "Next part of the page, part before"),
	("1 … 4", "Say what kind of business the messages chosen are, in the archive"),
	("0", "Take all tags off the messages chosen"),
	("Ctrl+Z", "Undo what was last sorted, in the archive"),
	("[  ]", "Choose one more message before or after, in a conversation"),
	("Ctrl+I", "Import a chat"),
	("Ctrl+L", "Close and lock"),
	("Ctrl +, Ctrl −, Ctrl 0", "Larger, smaller, normal text"),
	("A  L  U", "Add a message, leave it out, undo, while you search for a request"),
	("Y  B  Q", "Add its whole day, all between two, what it quotes, while you search for a request"),
	("Ctrl+Enter", "Add all that was found to the request"),
	("R  D  W  N  P", "Decide on a message, in a request’s list of messages"),
	("A", "There: choose all of its day, for the next key"),
	("T", "There: decide as it is suggested"),
	("1 … 9", "There: put a photo or file of the message in, or not"),
	("U, Ctrl+Z", "There: take the last step back, also one of another day"),
	("F9", "See it as the requester will"),
	("Tab, Shift+Tab", "Next field, previous field"),
	("Esc", "Close what is open, safely"),
)


class KeysDialog(_Leaf):
	"""The keys, on one page."""

	def __init__(self, parent: QWidget | None) -> None:
		grid = QGridLayout()
		grid.setHorizontalSpacing(20)
		grid.setVerticalSpacing(6)
		grid.setContentsMargins(0, 0, 0, 0)
		for at, (keys, words) in enumerate(_KEYS):
			grid.addWidget(key(keys), at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
			grid.addWidget(say(words, wrap=False), at, 1)
		grid.setColumnStretch(1, 1)
		super().__init__(parent, "Keys", 520, box(grid))


class AboutDialog(_Leaf):
	"""What this program is."""

	def __init__(self, parent: QWidget | None) -> None:
		super().__init__(
			parent,
			"Cranford Desktop",
			500,
			say(f"Version {__version__}", "muted", wrap=False),
			say("Keeps a parish council’s WhatsApp records: import, search, disclose, retain.", wrap=True),
			say("It works on this computer alone and never connects to the internet.", wrap=True),
			rule(),
			say(
				"Open source under the MIT licence. Icons: Fluent UI System Icons. Letters: Source Sans 3.",
				"small",
				wrap=True,
			),
		)


class NoSheetDialog(_Leaf):
	"""What is left to do where the records were closed before their recovery sheet was printed or saved."""

	def __init__(self, parent: QWidget | None, *, have_it: Callable[[], object], back_up: Callable[[], object]) -> None:
		have = button("I wrote the key down")
		copy = button("Back up now…", "primary")
		for act, do in ((have, have_it), (copy, back_up)):
			act.clicked.connect(self.accept)
			act.clicked.connect(do)
		super().__init__(
			parent,
			"No recovery sheet was made",
			600,
			*(say(words, wrap=True) for words in _NO_SHEET),
			feet=(have, copy),
		)


_NO_SHEET = (
	"The key was known only until these records were first closed. It is kept nowhere and cannot be shown again.",
	"If the pass phrase is forgotten, the records are lost for good. "
	"Write the pass phrase down and keep it away from this computer, for example in the council’s safe.",
	"Make a back-up as well. It helps if this computer breaks; it opens with the same pass phrase.",
	"Making a new key comes with a later release.",
)


class SheetDialog(QDialog):
	"""The recovery sheet, to print or save while its key is still known."""

	def __init__(self, sheet: bytes, have_it: Callable[[], object], parent: QWidget | None) -> None:
		super().__init__(parent)
		self.setWindowTitle("The recovery sheet")
		self.setModal(True)
		self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		self._data, self._have_it = sheet, have_it
		self._preview = PdfPreview()
		self._preview.show_pdf(sheet, "Recovery sheet")
		self._preview.saving.connect(self._save)
		self._note = say("", "muted", wrap=True)
		later = button("I’ll do it later")
		later.clicked.connect(self.reject)
		done = button("I have printed or saved it", "primary")
		done.clicked.connect(self.accept)
		done.clicked.connect(have_it)
		foot = row((self._note, 1), later, 4, done, gap=8, pad=(20, 10, 20, 12))
		self.setLayout(col((self._preview, 1), rule(), foot, gap=0))
		self.resize(theme.px(820), theme.px(640))

	def _save(self) -> None:
		name, _ = QFileDialog.getSaveFileName(self, "Save the recovery sheet", "Recovery sheet.pdf", "PDF (*.pdf)")
		if not name:
			return
		try:
			Path(name).write_bytes(self._data)
		except OSError:
			self._note.setText("It could not be saved there. The stick may be full or write-protected.")
		else:
			self._have_it()
			self._note.setText("Saved. Do not leave it on this computer.")
