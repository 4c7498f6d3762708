"""What a member answered to being asked for a request, and when to ask again where nothing came."""

from datetime import date

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.asking import Reply
from cranford_desktop.domain.other_places import LookedPlace
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField

REPLIES: tuple[tuple[Reply, str], ...] = (
	("no_reply", "No reply"),
	("will_do", "Will do it"),
	("refused", "Refused"),
	("exported", "Exported"),
	("nothing_held", "Nothing held (nil return)"),
)
_WAITING = ("no_reply", "will_do")


class MemberReply(Ask):
	"""Asks for the answer, its day, and a day to ask again."""

	def __init__(self, parent: QWidget, kept: LookedPlace, today: date, again: date) -> None:
		"""Take the member and the day to ask again that is suggested."""
		super().__init__(parent, f"What did {kept.who} answer?", "", "Write it down", width=480)
		self._today = today
		self.choice = Choice(*(words for _, words in REPLIES))
		self.day = DateField("When?", today, kept.looked_on or today)
		self.again = DateField("When do you ask again?", today, again)
		self.note = field(kept.note)
		self._day = FormField("When?", self.day)
		self._again = FormField("When do you ask again?", self.again, "Home tells you on that day.")
		self.add(
			FormField("The answer", self.choice),
			self._day,
			self._again,
			FormField("A note", self.note, "No messages and no names of residents.", optional=True),
		)
		self.choice.currentIndexChanged.connect(lambda _at: self._fit())
		self.choice.setFocus()

	def _fit(self) -> None:
		self._again.setVisible(self.reply() in _WAITING)
		self.fit()

	def reply(self) -> Reply:
		"""Return the answer that is chosen."""
		return REPLIES[self.choice.currentIndex()][0]

	def remind_on(self) -> date | None:
		"""Return when to ask again; None where the answer has come."""
		return self.again.date() if self.reply() in _WAITING else None

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		if problem := self.day.problem("The day of the answer"):
			found[self._day] = problem
		if self.reply() in _WAITING:
			problem = self.again.problem("The day to ask again", past=False)
			if problem is None and self.remind_on() <= self._today:
				problem = "The day to ask again must be after today"
			if problem:
				found[self._again] = problem
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._day, self._again)
