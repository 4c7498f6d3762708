"""They ask for a review; they complain to the regulator; what the regulator decided."""

from datetime import date

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.internal_reviews import REVIEWER_WORDS, Reviewer
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField

REVIEWERS: tuple[Reviewer, ...] = ("chair", "panel", "other", "same")


class ReviewDialog(Ask):
	"""Asks who reviews an answer, and what they say is wrong with it."""

	def __init__(self, parent: QWidget, reference: str, today: date) -> None:
		super().__init__(
			parent,
			f"They ask for a review of {reference}",
			"It becomes a request of its own with its own day. The first one keeps its messages while it runs.",
			"Begin the review",
			width=560,
		)
		self.day = DateField("When did they ask?", today, today)
		self.wording = lines("What do they say?", 64)
		self.reviewer = Choice(*(REVIEWER_WORDS[one] for one in REVIEWERS))
		self.who, self.because = field(), lines("Why can nobody else?", 48)
		self._day = FormField("When did they ask?", self.day)
		self._who = FormField("Their name, as the letter gives it", self.who, optional=True)
		self._because = FormField("Why can nobody else review it?", self.because, "The reason is kept with the review.")
		self.add(
			self._day,
			FormField("What do they say?", self.wording, optional=True),
			FormField("Who reviews it?", self.reviewer, "Somebody else than whoever decided, if the council can."),
			self._who,
			self._because,
		)
		self.reviewer.currentIndexChanged.connect(lambda _at: self._fit())
		self._fit()
		self.day.setFocus()

	def chosen(self) -> Reviewer:
		"""Return who reviews it."""
		return REVIEWERS[self.reviewer.currentIndex()]

	def _fit(self) -> None:
		self._because.setVisible(self.chosen() == "same")
		self.fit()

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		if problem := self.day.problem("The day they asked"):
			found[self._day] = problem
		if self.chosen() == "other" and not self.who.text().strip():
			found[self._who] = "Say who reviews it"
		if self.chosen() == "same" and not self.because.toPlainText().strip():
			found[self._because] = "Say why nobody else can review it"
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._day, self._who, self._because)


class RegulatorDialog(Ask):
	"""Asks for the day of a complaint to the regulator and its reference, or for the day and words of its outcome."""

	def __init__(self, parent: QWidget, today: date, *, outcome: bool) -> None:
		super().__init__(
			parent,
			"What did the regulator decide?" if outcome else "They complained to the regulator",
			"Its messages are kept until an appeal to the tribunal can no longer be made."
			if outcome
			else "Its messages are kept until the regulator has decided.",
			"Write it down",
			width=500,
		)
		self._outcome = outcome
		asked = "When did they decide?" if outcome else "When did you hear of it?"
		self.day, self.words = DateField(asked, today, today), field()
		self._day = FormField(asked, self.day)
		self._words = FormField(
			"What was decided?" if outcome else "The regulator’s reference", self.words, optional=not outcome
		)
		self.add(self._day, self._words)
		self.words.setFocus()

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		if problem := self.day.problem("The day"):
			found[self._day] = problem
		if self._outcome and not self.words.text().strip():
			found[self._words] = "Say in a few words what was decided"
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._day, self._words)
