"""Bank holidays that the clerk adds: the day, its reason, where it is kept; and those she added, to be taken back."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.request_events import NATIONS, AddedHoliday
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.holidays import DeadlineMoved
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, row, rule
from cranford_desktop.ui.parts.wording import day_words

WHERE = (
	("In the whole United Kingdom", NATIONS),
	("In England and Wales", "EW"),
	("In Scotland", "S"),
	("In Northern Ireland", "N"),
)


class HolidaysDialog(Ask):
	"""The dialog; `said`: what changed, in words, empty where nothing did."""

	def __init__(self, parent: QWidget, council) -> None:
		"""Take the open council."""
		certain = council.bank_holidays.certain_until()
		super().__init__(
			parent,
			"Add a bank holiday",
			"A day that was proclaimed after this app was made. Every open request is worked out again. "
			f"The app’s own days are certain until {certain}; later ones are provisional.",
			"Add the day",
			width=520,
		)
		self.cancel.say("Close")
		self._council, self.said = council, ""
		self.day = DateField("Which day?", council.clock().date())
		self.why = field()
		self.where = Choice(*(words for words, _ in WHERE))
		self._day = FormField("Which day?", self.day)
		self._why = FormField("Why is it a bank holiday?", self.why, "For example “Proclaimed on 3 December, GOV.UK”.")
		self._added = QVBoxLayout()
		self.add(self._day, self._why, FormField("Where is it kept?", self.where), self._added)
		self._list()
		self.day.setFocus()

	def accept(self) -> None:
		found = self.faults()
		if not found:
			nations = WHERE[max(0, self.where.currentIndex())][1]
			try:
				moved = self._council.bank_holidays.add(self.day.date(), self.why.text(), nations)
			except CranfordError as problem:
				found = {self._day: str(problem)}
			else:
				self.said = _said(f"{day_words(self.day.date())} is a bank holiday now.", moved)
		if self.summary.show_faults(found, self.fields()):
			self.fit()
			return
		self.done(1)

	def take_back(self, day: date) -> None:
		"""Take an added day back."""
		moved = self._council.bank_holidays.take_back(day)
		self.said = _said(f"{day_words(day)} is no bank holiday any more.", moved)
		self._list()
		self.fit()

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		if problem := self.day.problem("The bank holiday", past=False):
			found[self._day] = problem
		if not self.why.text().strip():
			found[self._why] = "Say why it is a bank holiday"
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._day, self._why)

	def _list(self) -> None:
		clear(self._added)
		held = self._council.bank_holidays.added()
		if held:
			self._added.addWidget(say("Days you added", "strong"))
		for one in held:
			self._added.addWidget(rule())
			self._added.addWidget(self._row(one))

	def _row(self, one: AddedHoliday) -> QWidget:
		back = link("Take back", name=f"Take back {day_words(one.day)}")
		back.clicked.connect(lambda: self.take_back(one.day))
		return box(row((say(f"{day_words(one.day)}: {one.why}", wrap=True), 1), back, gap=10))


def _said(words: str, moved: list[DeadlineMoved]) -> str:
	return " ".join([words, *(f"{one.words}." for one in moved)])
