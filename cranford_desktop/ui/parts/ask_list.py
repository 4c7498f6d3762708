"""Who was asked, and what they answered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.asking import Ask as Asked
from cranford_desktop.domain.asking import Reply
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.controls import Choice, button
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import chip, say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, card, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.wording import count, day_words, days_off

REPLIES: tuple[tuple[Reply, str], ...] = (
	("exported", "Exported"),
	("nothing_held", "Nothing held (nil return)"),
	("will_do", "Will do it"),
	("refused", "Refused"),
	("no_reply", "No reply"),
)
REPLY_WORDS: dict[Reply, str] = dict(REPLIES)
_OPEN: tuple[Reply | None, ...] = (None, "will_do", "no_reply")


class AskList(QWidget):
	"""`replied(AskList)`: an answer was written down; `asking`: ask somebody."""

	replied = Signal(object)
	asking = Signal()

	def __init__(self, council: Council) -> None:
		super().__init__()
		self._council = council
		self._today = council.clock().date()
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)

	def show_asks(self, asks: Sequence[Asked]) -> None:
		"""Show those that wait first, then the answered ones."""
		clear(self._outer)
		ask = button("Ask members…", "primary")
		ask.clicked.connect(self.asking)
		if not asks:
			self._outer.addWidget(empty("mail_inbox", "Nobody has been asked yet.", ask))
			return
		waiting = [one for one in asks if one.reply in _OPEN]
		done = [one for one in asks if one.reply not in _OPEN]
		title = f"{count(len(waiting), 'answer')} still to come" if waiting else "Everybody has answered"
		items: list[Item] = [row((say(title, "title", wrap=True), 1), ask)]
		items += [self._card(some) for some in (waiting, done) if some]
		self._outer.addWidget(page(*items, width=1060, gap=14))

	def _card(self, asks: Sequence[Asked]) -> QWidget:
		rows: list[Item] = []
		for at, one in enumerate(asks):
			rows += [*([rule()] if at else []), self._row(one)]
		return card(*rows, gap=0, pad=(16, 4, 16, 4))

	def _row(self, one: Asked) -> QWidget:
		late = one.due is not None and one.due < self._today and one.reply in _OPEN
		asked = f"{self._council.asking.kind_words(one.kind)}, asked on {day_words(one.asked_on, weekday=False)}"
		if one.due is not None and one.reply in _OPEN:
			asked += f", by {day_words(one.due, weekday=False)}"
		words: list[Item] = [say(one.person, "strong", wrap=True), say(asked, wrap=True)]
		if late and one.due is not None:
			words.append(say(days_off(one.due, self._today).capitalize(), "danger", wrap=False))
		if one.note:
			words.append(say(one.note, "muted", wrap=True))
		state: list[Item] = []
		if one.reply is not None:
			kind = "ok" if one.reply in ("exported", "nothing_held") else "hold"
			on = f" {day_words(one.replied_on, weekday=False)}" if one.replied_on else ""
			state.append(chip(f"{REPLY_WORDS[one.reply]}{on}", kind))
		verb = "Write down the answer…" if one.reply in _OPEN else "Change…"
		go = button(verb, name=f"{verb} {one.person}")
		go.clicked.connect(lambda: self.ask_reply(one))
		return box(
			row((Columns((col(*words, gap=1), 1), box(row(*state, go, gap=8)), fold=600), 1), pad=(0, 10, 0, 10))
		)

	def ask_reply(self, one: Asked) -> None:
		"""Ask what a member answered."""
		asked = ReplyDialog(self, one, self._council)
		asked.accepted.connect(lambda: self._write(one, asked))
		asked.open()

	def _write(self, one: Asked, asked: "ReplyDialog") -> None:
		day = asked.day.date()
		if day is not None:
			self._council.asking.reply(one.id, asked.reply(), day, asked.note.toPlainText())
			self.replied.emit(self)


class ReplyDialog(Ask):
	"""What a member answered, and when."""

	def __init__(self, parent: QWidget, one: Asked, council: Council) -> None:
		today = council.clock().date()
		super().__init__(parent, f"What did {one.person} answer?", "", "Write it down", width=480)
		self.choice = Choice(*(words for _, words in REPLIES))
		keys = [key for key, _ in REPLIES]
		self.choice.setCurrentIndex(keys.index(one.reply) if one.reply else 0)
		self.day = DateField("When?", today, one.replied_on or today)
		self.note = lines("A note", 48)
		self.note.setPlainText(one.note)
		self._day = FormField("When?", self.day)
		self.add(
			FormField("The answer", self.choice),
			self._day,
			FormField("A note", self.note, "No messages and no names of residents.", optional=True),
		)
		self.choice.setFocus()

	def reply(self) -> Reply:
		"""Return the answer that is chosen."""
		return REPLIES[self.choice.currentIndex()][0]

	def faults(self) -> dict[FormField, str]:
		problem = self.day.problem("The day of the answer")
		return {self._day: problem} if problem else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._day,)
