"""The disclosure log as it would be published: looked at, chosen and worded before it is saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cranford_desktop.errors import CranfordError
from cranford_desktop.services.disclosure_log import LogChoice
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.bare_page import BarePage
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Fold, Item, box, col, page, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_foot, flow_head
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words

_ABOUT = (
	"What anybody may read on the council’s website. Who asked is never in it, and requests for somebody’s own data "
	"never are. Read it as a neighbour would."
)


class SummaryDialog(Ask):
	"""What the log says was asked."""

	def __init__(self, parent: QWidget, choice: LogChoice) -> None:
		super().__init__(
			parent,
			f"How the log tells {choice.logged.reference}",
			"Say what was asked, without names, numbers and addresses. Empty: the request’s own words, covered.",
			"Keep these words",
		)
		self.words = lines("What was asked", 96)
		self.words.setPlainText(choice.what if choice.worded else "")
		self.add(FormField("What was asked", self.words, f"Now: {choice.what[:200]}"))
		self.words.setFocus()


class LogPage(BarePage):
	"""`save`: ask for a folder and write it; `changed`: something was recorded."""

	save = Signal()
	changed = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window, self._service = council, window, council.disclosure_log
		self.ticks: dict[int, QCheckBox] = {}

	def show_log(self) -> None:
		"""Show the log as things stand."""
		choices = self._service.choices()
		self.ticks = {}
		self.go = button("Save the log…", "primary")
		self.go.clicked.connect(self.save)
		head = flow_head("Disclosure log", "FOI & requests", on_back=self.left.emit)
		if not choices:
			nothing = empty("document_text", "No request has been answered yet that could be listed.")
			self.put(Fold(head, nothing, None))
			return
		items: list[Item] = []
		for one in choices:
			items += [rule()] if items else []
			items.append(self._row(one))
		listed = sum(one.listed for one in choices)
		self.put(
			Fold(
				head,
				page(
					say(f"{count(listed, 'request')} would be listed", "title", wrap=True),
					say(_ABOUT, "muted", wrap=True),
					card(*items, gap=0, pad=(20, 8, 20, 8)),
					width=860,
					gap=10,
				),
				flow_foot("Saved as a web page, a PDF and a table, for the council’s website.", self.go),
			)
		)

	def _row(self, one: LogChoice) -> QWidget:
		logged = one.logged
		tick = self.ticks[one.request_id] = QCheckBox("List it")
		tick.setAccessibleName(f"List {logged.reference}")
		tick.setChecked(one.listed)
		theme.scaled(tick, "setMinimumHeight", 28)
		tick.toggled.connect(lambda on, known=one.request_id: self.choose(known, listed=on))
		change = link("Change the words…", name=f"Change the words of {logged.reference}")
		change.clicked.connect(lambda: self.ask_words(one))
		received, answered = (day_words(day, weekday=False) for day in (logged.received, logged.answered))
		ink = "body" if one.listed else "muted"
		words = col(
			say(f"{logged.reference} – {one.outcome}", "strong" if one.listed else "muted", wrap=True),
			say(one.what, ink, wrap=True),
			say(f"Received {received}, answered {answered}", "small", wrap=True),
			gap=1,
		)
		return box(row((words, 1), col(tick, change, None, gap=2), gap=16, pad=(0, 10, 0, 10)))

	def choose(self, request_id: int, *, listed: bool) -> None:
		"""Let a request into the log, or leave it out."""
		self._try(lambda: self._service.choose(request_id, listed=listed))

	def ask_words(self, choice: LogChoice) -> None:
		"""Ask for other words."""
		asked = SummaryDialog(self, choice)
		if asked.exec():
			self.word(choice.request_id, asked.words.toPlainText())

	def word(self, request_id: int, words: str) -> None:
		"""Tell a request in other words."""
		self._try(lambda: self._service.word(request_id, words))

	def _try(self, act) -> None:
		try:
			act()
		except CranfordError as problem:
			self._window.problem(problem)
		else:
			self.changed.emit()
		self.show_log()
