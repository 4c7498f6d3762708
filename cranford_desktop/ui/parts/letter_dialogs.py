"""Marking a letter as sent: when and how; from then on it is frozen."""

from datetime import date

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.letters import LetterKind, SentHow
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField

HOWS: tuple[tuple[SentHow, str], ...] = (("email", "By e-mail"), ("post", "By post"), ("hand", "By hand"))
HOW_WORDS: dict[SentHow, str] = {key: words[0].lower() + words[1:] for key, words in HOWS}

MEANS: dict[LetterKind, str] = {
	"clarification": " The clock then waits for their answer.",
	"fees": " The clock then waits for the fee.",
	"extension": " The longer time is recorded with it.",
}
"""What a letter means for the clock of its request, added to the question whether it was sent."""


class SentDialog(Ask):
	"""Asks for the day and the way."""

	def __init__(
		self, parent: QWidget, title: str, today: date, *, answers: bool, pack: int | None, means: str = ""
	) -> None:
		"""Take what the letter is called; whether it answers the request, with which pack, and what else it means."""
		frozen = "It is kept as it stands now, dated that day, and cannot be changed."
		with_pack = f" Pack {pack} is kept with it." if pack is not None else ""
		answered = " The request then counts as answered on that day." if answers else ""
		super().__init__(
			parent, f"Was this sent: {title}?", f"{frozen}{with_pack}{answered}{means}", "Mark as sent", width=480
		)
		self.day = DateField("When was it sent?", today, today)
		self.how = Choice(*(words for _, words in HOWS), name="How was it sent?")
		self._day = FormField("When was it sent?", self.day)
		self.add(self._day, FormField("How was it sent?", self.how))

	def sent_how(self) -> SentHow:
		"""Return the way that is chosen."""
		return HOWS[max(0, self.how.currentIndex())][0]

	def faults(self) -> dict[FormField, str]:
		problem = self.day.problem("The day it was sent")
		return {self._day: problem} if problem else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._day,)
