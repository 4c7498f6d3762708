"""The time a request takes, held against the cost limit: what was done, what it would take, from a sample."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.costs import TimeEntry, time_words
from cranford_desktop.domain.disclosure import Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.services.time_log import BEYOND
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, bar, button, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import chip, say
from cranford_desktop.ui.parts.layouts import Columns, Item, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import banner, flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import short_day

HOWS = ("It was done", "It would take", "A sample tells")
_DONE, _AHEAD, _SAMPLE = range(3)


class TimePage(QWidget):
	"""`left`: back to the request; `changed`: something was recorded; `letter(str)`: write this letter."""

	left = Signal()
	changed = Signal()
	letter = Signal(str)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._today: date = council.clock().date()
		self.request: Request | None = None
		self._limit = council.tables.cost_limit
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.setSpacing(0)

	def show_request(self, request: Request) -> None:
		"""Show the time of a request."""
		self.request = request
		self._show()

	def _show(self) -> None:
		request = self.request
		clear(self._outer)
		head = flow_head("Time", back_words(request, self.window().width()), on_back=self.left.emit)
		items: list[Item] = [self._total(), self._form(), self._listed()]
		self._outer.addWidget(head)
		self._outer.addWidget(rule())
		self._outer.addWidget(page(*items, width=860, gap=12, pad=(24, 16, 24, 20)), 1)
		self._outer.addWidget(rule())
		self._outer.addWidget(self._foot())

	def _foot(self) -> QWidget:
		found = self._council.time_log.total(self.request.id)
		self.go = button("Back to the request", "primary")
		self.go.clicked.connect(self.left)
		verbs: list[Item] = [self.go]
		self.refuse = button("Write the refusal")
		if found.over and self.request.regime != "sar" and self.request.status == "open":
			kind = "cost" if self.request.regime == "foi" else "refusal"
			self.refuse.clicked.connect(lambda: self.letter.emit(kind))
			verbs.insert(0, self.refuse)
		return flow_foot("Redacting, reading for exemptions and weighing the public interest never count.", *verbs)

	def _total(self) -> QWidget:
		found = self._council.time_log.total(self.request.id)
		has_limit = self.request.regime == "foi"
		told = found.words if has_limit else f"{time_words(found.minutes)} so far"
		items: list[Item] = [say(told, "head", wrap=True)]
		if has_limit:
			items.append(bar(min(found.minutes, self._limit.hours * 60), self._limit.hours * 60))
		split = f"{time_words(found.done)} done, {time_words(found.estimated)} estimated."
		items += [say(split, "muted", wrap=True), say(BEYOND[self.request.regime], wrap=True)]
		if has_limit and found.over:
			offered = " ".join(self._council.time_log.help_to_offer(self.request.id))
			items.append(banner("warn", "This goes beyond the limit.", f"What help to offer (section 16): {offered}"))
		return card(*items, gap=6, pad=(20, 14, 20, 14))

	def _form(self) -> QWidget:
		self.activity = Choice(*(one.name for one in self._limit.activities), name="What work?")
		self.how = Choice(*HOWS, name="How do you know?")
		self.minutes, self.note = field(width=120), field()
		self.day = DateField("When?", self._today, self._today)
		self.sample, self.sample_minutes, self.to_do = field(width=120), field(width=120), field(width=120)
		self.what = field("messages")
		self._minutes = FormField("How many minutes?", self.minutes)
		self._day = FormField("When?", self.day)
		self._note = FormField("A note", self.note, optional=True)
		self._sample = FormField("How many did you try?", self.sample)
		self._what = FormField("Of what?", self.what)
		self._sample_minutes = FormField("How many minutes did that take?", self.sample_minutes)
		self._to_do = FormField("How many are there in all?", self.to_do)
		self.hint = say("", "muted", wrap=True)
		self.add = button("Add this time")
		self.add.clicked.connect(self.keep)
		self.activity.currentIndexChanged.connect(lambda _at: self._fit())
		self.how.currentIndexChanged.connect(lambda _at: self._fit())
		self._plain = Columns(
			(col(self._minutes, None), 1), (col(self._day, None), 1), (col(self._note, None), 2), gap=12, fold=620
		)
		self._sampled = Columns(
			(col(self._sample, None), 1),
			(col(self._what, None), 1),
			(col(self._sample_minutes, None), 1),
			(col(self._to_do, None), 1),
			gap=12,
			fold=620,
		)
		made = card(
			say("Add time", "head", wrap=False),
			Columns(
				(col(FormField("What work?", self.activity), None), 1),
				(col(FormField("How do you know?", self.how), None), 1),
				gap=12,
				fold=620,
			),
			self.hint,
			self._plain,
			self._sampled,
			row(self.add, None),
			gap=8,
			pad=(20, 14, 20, 14),
		)
		self._fit()
		return made

	def _fit(self) -> None:
		how = self.how.currentIndex()
		self.hint.setText(self._limit.activities[self.activity.currentIndex()].hint)
		self._plain.setVisible(how != _SAMPLE)
		self._sampled.setVisible(how == _SAMPLE)
		self._day.setVisible(how == _DONE)

	def keep(self) -> None:
		"""Add what was typed, or say beside the fields what is missing."""
		how = self.how.currentIndex()
		numbers = [self._minutes] if how != _SAMPLE else [self._sample, self._sample_minutes, self._to_do]
		faults: dict[FormField, str | None] = {
			one: None if _number(one) else "Enter a number, for example 20" for one in numbers
		}
		if how == _DONE:
			faults[self._day] = self.day.problem("The day it was done")
		for one, words in faults.items():
			one.set_error(words)
		wrong = next((one for one, words in faults.items() if words), None)
		if wrong is not None:
			(wrong.widget.focusProxy() or wrong.widget).setFocus()
			return
		activity = self._limit.activities[self.activity.currentIndex()].key
		log, number = self._council.time_log, self.request.id
		try:
			if how == _SAMPLE:
				log.estimate_from_sample(
					number,
					activity,
					what=self.what.text(),
					sample=_number(self._sample),
					minutes=_number(self._sample_minutes),
					to_do=_number(self._to_do),
				)
			elif how == _AHEAD:
				log.estimate(number, activity, _number(self._minutes), note=self.note.text())
			else:
				log.add(number, activity, _number(self._minutes), on=self.day.date(), note=self.note.text())
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._again()

	def _listed(self) -> QWidget:
		entries = self._council.time_log.entries(self.request.id)
		names = {one.key: one.name for one in self._limit.activities}
		items: list[Item] = [say("What is on record", "head", wrap=False)]
		if not entries:
			items.append(say("No time yet.", "muted", wrap=False))
		for one in entries:
			items += [rule(), self._line(one, names[one.activity])]
		return card(*items, gap=4, pad=(20, 14, 20, 12))

	def _line(self, one: TimeEntry, name: str) -> QWidget:
		when = say(short_day(one.on, self._today), "small", wrap=False)
		theme.scaled(when, "setFixedWidth", 96)
		words: list[Item] = [say(name, wrap=True)]
		if one.note:
			words.append(say(f"{one.note[:1].upper()}{one.note[1:]}", "muted", wrap=True))
		out = link("Take out", name=f"Take out: {name}, {time_words(one.minutes)}")
		out.clicked.connect(lambda: self._remove(one.id))
		state: list[Item] = [chip("Estimated", "plain")] if one.estimated else []
		made = QWidget()
		made.setLayout(
			row(when, (col(*words, gap=1), 1), *state, say(time_words(one.minutes), "strong", wrap=False), out, gap=10)
		)
		return made

	def _remove(self, entry_id: int) -> None:
		self._council.time_log.remove(entry_id)
		self._again()

	def _again(self) -> None:
		self._show()
		self.minutes.setFocus()
		self.changed.emit()


def _number(asked: FormField) -> int:
	"""Return the number that is typed, with or without commas; 0 where there is none."""
	text = asked.widget.text().replace(",", "").strip()
	return int(text) if text.isascii() and text.isdigit() else 0
