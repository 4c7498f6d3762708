"""Finding messages to keep as evidence of a case: search, pick one or several, keep frozen copies."""

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.chat_lines import hits, message_line, shown_text, with_days
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import button, find_box
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import row
from cranford_desktop.ui.parts.wording import count

SHOWN = 100
"""Messages shown at a time: enough to pick from; a better search finds the rest."""


class EvidenceDialog(Ask):
	"""Search box and results; what is picked when it closes is kept as evidence."""

	def __init__(self, parent: QWidget, council) -> None:
		"""Take the open council."""
		super().__init__(
			parent,
			"Add messages as evidence",
			"A copy is frozen as each message stands now, and it is kept until the case is closed.",
			"Keep as evidence",
			width=680,
		)
		self._council = council
		self.words = find_box("Words to find", name="Words to find")
		self.search_button = button("Search")
		self.told = say("Type some words, then press Enter. Hold Ctrl or Shift to pick several.", "muted", wrap=True)
		self.view = ChatView(several=True, name="Messages found")
		theme.scaled(self.view, "setMinimumHeight", 240)
		self._found = FormField("Which messages?", self.view)
		self.add(row((self.words, 1), self.search_button), self.told, (self._found, 1))
		self.search_button.clicked.connect(self.search)
		self.words.returnPressed.connect(self.search)
		self.go.setAutoDefault(False)
		self.go.setDefault(False)
		self.words.setFocus()

	def search(self) -> None:
		"""Show what the words find."""
		words = self.words.text().strip()
		if not words:
			return
		service = self._council.browsing
		found = service.ids(MessageFilter(search=words))
		rows = service.rows(list(found[:SHOWN]))
		lines = [message_line(one, marks=hits(service.highlights(shown_text(one), words))) for one in rows]
		self.view.set_lines(with_days(lines, name_groups=len({one.group_id for one in rows}) > 1))
		more = f" The first {SHOWN} are shown." if len(found) > SHOWN else ""
		self.told.setText(f"{count(len(found), 'message')} found.{more} Hold Ctrl or Shift to pick several.")
		if rows:
			self.view.show_message(rows[0].id)

	def picked(self) -> list[int]:
		"""Return the messages that are picked."""
		return [one for one in self.view.chosen_messages() if one]

	def faults(self) -> dict[FormField, str]:
		return {} if self.picked() else {self._found: "Pick at least one message"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._found,)
