"""Take a message to a meeting; write down what became of it; the words of an e-mail."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from cranford_desktop.domain.meetings import LONGEST_SUBJECT, Matter, MeetingItem, Route
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.case_form import quote_of
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import fact, say
from cranford_desktop.ui.parts.layouts import col, frame
from cranford_desktop.ui.parts.wording import day_words, short

ROUTES: tuple[tuple[Route, str], ...] = (
	("agenda", "On the agenda of a meeting"),
	("email", "In the council’s own e-mail"),
)
NO_MINUTE = "A chat is not a minute. Nothing agreed in it is a decision of the council."


class TakeDialog(Ask):
	"""What a message's matter is and where it goes. `taken`: it is on the list, or was changed."""

	taken = Signal()

	def __init__(self, council: Council, window, row: MessageRow, item: MeetingItem | None = None) -> None:
		"""Take the message; `item`: what is on the list already and is changed."""
		item = item or council.meetings.items_of([row.id]).get(row.id)
		item = item if item is not None and item.dealt_on is None else None
		super().__init__(window, "Take to a meeting", NO_MINUTE, "Save" if item else "Put it on the list", width=560)
		self._council, self._window, self._row, self._item = council, window, row, item
		self._today = council.clock().date()
		self._next = council.meetings.next_meeting()
		self.route = Choice(*(words for _, words in ROUTES))
		self.subject = field(item.subject if item else "")
		self.note = lines("A note", 62)
		self.note.setPlainText(item.note if item else "")
		first = (
			f"The next meeting, {day_words(self._next)}"
			if self._next
			else "The next meeting (its date is not known yet)"
		)
		self.meeting = Choice(first, "Another date")
		self.day = DateField("The date of the meeting", self._today)
		self._route = FormField("Where does it go?", self.route)
		self._subject = FormField("What is it about?", self.subject, "In your own words, as an agenda would say it.")
		self._note = FormField("A note", self.note, "For the clerk and the chair.", optional=True)
		self._meeting = FormField("Which meeting?", self.meeting)
		self._day = FormField("The date of the meeting", self.day)
		reason = council.meetings.suggestion(row)
		told = [fact("info", f"{reason}. You decide.", "muted")] if reason else []
		self.add(quote_of(row), *told, self._subject, self._route, self._meeting, self._day, self._note)
		if item is not None:
			self.route.setCurrentIndex([key for key, _ in ROUTES].index(item.route))
			self.meeting.setCurrentIndex(0 if item.meeting_on in (None, self._next) else 1)
			if item.meeting_on is not None and item.meeting_on != self._next:
				self.day.set_date(item.meeting_on)
		self.meeting.currentIndexChanged.connect(lambda _at: self._fit())
		self.accepted.connect(self._save)
		self._fit()
		self.subject.setFocus()

	def meeting_on(self) -> date | None:
		"""Return the date she named; None for the next meeting."""
		return self.day.date() if self.meeting.currentIndex() else None

	def faults(self) -> dict[FormField, str]:
		found = {}
		words = " ".join(self.subject.text().split())
		if not words:
			found[self._subject] = "Say in a few words what it is about"
		elif len(words) > LONGEST_SUBJECT:
			found[self._subject] = f"The subject has at most {LONGEST_SUBJECT} letters"
		if self.meeting.currentIndex():
			problem = self.day.problem("The date of the meeting", past=False)
			if problem:
				found[self._day] = problem
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._subject, self._day)

	def _fit(self) -> None:
		self._day.setVisible(self.meeting.currentIndex() == 1)
		self.fit()

	def _save(self) -> None:
		meetings, row, item = self._council.meetings, self._row, self._item
		said = {
			"route": ROUTES[self.route.currentIndex()][0],
			"subject": self.subject.text(),
			"note": self.note.toPlainText(),
			"meeting_on": self.meeting_on(),
		}

		def write(_progress, _stopped) -> MeetingItem:
			return meetings.change(item.id, **said) if item else meetings.add(row.id, **said)

		def done(made: MeetingItem) -> None:
			self._window.changed()
			self.taken.emit()
			if item is None:
				self._window.toast(
					f"“{short(made.subject, 48)}” is on the list.", "Undo", lambda: self._take_back(made)
				)

		self._window.run("Putting it on the list", write, done, promise="")

	def _take_back(self, made: MeetingItem) -> None:
		def done(_nothing: object) -> None:
			self._window.changed()
			self.taken.emit()
			self._window.toast("Taken off the list.")

		self._window.run(
			"Taking it off the list", lambda _p, _s: self._council.meetings.remove(made.id), done, promise=""
		)


class OutcomeDialog(Ask):
	"""What became of a matter: the minute reference, or in a few words."""

	def __init__(self, parent, matter: Matter, today: date) -> None:
		super().__init__(parent, "What became of it?", f"“{matter.item.subject}”", "Mark it as dealt with", width=480)
		self.outcome = field()
		self.day = DateField("When?", today, today)
		self._outcome = FormField("Minute reference, or what became of it", self.outcome, "For example: 26/118.")
		self._day = FormField("When?", self.day)
		self.add(self._outcome, self._day)
		self.outcome.setFocus()

	def faults(self) -> dict[FormField, str]:
		found = {}
		if not self.outcome.text().strip():
			found[self._outcome] = "Give the minute reference, or say what became of it"
		problem = self.day.problem("The day")
		if problem:
			found[self._day] = problem
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._outcome, self._day)


class EmailDialog(Ask):
	"""The words of an e-mail, to copy into the council's own mail program. Nothing is sent."""

	def __init__(self, council: Council, window, item_id: int) -> None:
		super().__init__(
			window, "The words of an e-mail", "Copy them into the council’s own mail program. Nothing is sent.",
			"Copy the words", width=580,
		)  # fmt: skip
		self._council, self._window, self._item_id = council, window, item_id
		self.quoted = QCheckBox("Quote what was written")
		self.quoted.setChecked(True)
		self.quoted.toggled.connect(lambda _on: self._show())
		self.subject = say("", "strong", wrap=True)
		self.words = QPlainTextEdit()
		self.words.setReadOnly(True)
		self.words.setTabChangesFocus(True)
		self.words.setAccessibleName("The words of the e-mail")
		theme.scaled(self.words, "setMinimumHeight", 240)
		self.add(frame(col(say("Subject", "label"), self.subject, gap=2)), self.words, self.quoted)
		self.cancel.say("Close")
		self.accepted.connect(self._copy)
		self._show()

	def _show(self) -> None:
		try:
			mail = self._council.meetings.email(self._item_id, quoted=self.quoted.isChecked())
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.subject.setText(mail.subject)
		self.words.setPlainText(mail.body)

	def _copy(self) -> None:
		QGuiApplication.clipboard().setText(f"{self.subject.text()}\n\n{self.words.toPlainText()}")
		self._window.toast("Copied. Paste it into an e-mail.")
