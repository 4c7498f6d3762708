"""The conversation: head, day by day, with a rail of dates and what the phones show beside it, verbs below."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import Group, MessageFilter
from cranford_desktop.errors import NotFound
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_painting import PHOTO
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.conversation import Conversation, Spans
from cranford_desktop.ui.parts.date_rail import DateRail
from cranford_desktop.ui.parts.day_picker import DayPicker
from cranford_desktop.ui.parts.find_here import FindHere
from cranford_desktop.ui.parts.hit_steps import HitSteps
from cranford_desktop.ui.parts.labels import Elided, say
from cranford_desktop.ui.parts.layouts import ANY_WIDTH, col, frame, row, rule
from cranford_desktop.ui.parts.notices import announce
from cranford_desktop.ui.parts.testimony import TestimonyPanel
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.task import Task

_NEAR = 200
"""Pixels from an end at which more of the conversation is read."""
_BESIDE = 720
"""Width from which what the phones show stands beside the conversation; below, in its place."""
_WIDE_HEAD = 760
_TALL = 300
"""Height below which the conversation needs all of it."""
_SAID_MS = 12_000


class ReadingPane(QFrame):
	"""Reads one group's conversation.

	`message_changed(id)`: another message is current; `jumping`, `jumped(id)`: she goes, went to a date;
	`back_wanted`: to the list, where the two do not fit side by side.
	"""

	message_changed = Signal(int)
	jumping = Signal()
	jumped = Signal(int)
	back_wanted = Signal()

	def __init__(self, council: Council, verbs: QWidget) -> None:
		super().__init__()
		self.setProperty("kind", "pane")
		self._council = council
		self.conversation = Conversation(council.browsing)
		self._groups: dict[int, Group] = {}
		self._days: list[DayCount] = []
		self._hits: list[DayCount] = []
		self._days_of: tuple[int, bool] = (0, False)
		self._search_spans: Spans = self.conversation.spans
		self.task: Task | None = None
		"""What is being worked out: the days of the conversation."""
		self._growing = False
		self.thumbnails = Thumbnails(council.browsing.thumbnail, PHOTO[0] * 2, self)
		self.chat = ChatView(self.thumbnails, several=True, days_open=True, name="Conversation")
		self.chat.message_changed.connect(self._moved)
		self.chat.day_picked.connect(self.pick_date)
		self.chat.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
		self.rail = DateRail("Dates of this conversation")
		self.rail.day_wanted.connect(lambda day: self.go_to_date(day, said=False))
		self.testimony = TestimonyPanel(council.browsing)
		self.testimony.closed.connect(lambda: self.show_testimony(False))
		self._testimony_edge = rule(vertical=True)
		self._verbs = verbs
		self._said = say("", "muted", wrap=True)
		self._said_box = frame(row((self._said, 1), pad=(16, 6, 16, 6)), "side")
		self._hush = QTimer(self)
		self._hush.setSingleShot(True)
		self._hush.setInterval(_SAID_MS)
		self._hush.timeout.connect(self._said_box.hide)
		self._body = frame(
			row(
				(self.chat, 1), self.rail, self._testimony_edge, self.testimony, gap=0
			),
			"pane",
		)  # fmt: skip
		self.finder = FindHere(council, self._here, self.current)
		self.finder.found.connect(self._found)
		self.finder.nothing.connect(lambda: self._mark(self._search_spans))
		self.finding = self.finder.bar
		self.finding.picked.connect(self._to_find)
		self.finding.closed.connect(self.close_finding)
		self.setLayout(
			col(self._head(), rule(), self.finding, self._said_box, (self._body, 1), rule(), self._verbs, gap=0)
		)
		self._said_box.hide()
		self._show_panel(False)

	def _head(self) -> QFrame:
		self.to_list = button("List", "quiet", "arrow_left", name="Back to the list")
		self.to_list.clicked.connect(self.back_wanted)
		self.to_list.hide()
		self.title = Elided("", "head")
		self.span = Elided("", "small")
		self.hits = HitSteps()
		self._find_button = button("", "quiet", "search", name="Find in this conversation (Ctrl+F)")
		self._find_button.clicked.connect(self.find_here)
		self._date = button("", "quiet", "calendar_ltr", name="Go to date (Ctrl+G)")
		self._date.clicked.connect(lambda _=False: self.pick_date())
		names = col(self.title, self.span, gap=0)
		return frame(
			row(self.to_list, (names, 1), self.hits, self._find_button, self._date, gap=2, pad=(16, 6, 10, 6)),
			"pane",
		)

	# what is read
	def set_groups(self, groups: Sequence[Group]) -> None:
		"""Know the groups by their numbers; what was read of them may have changed."""
		self._groups = {group.id: group for group in groups}
		self._days_of = (0, False)

	def show_message(self, message_id: int, spans: Spans | None = None, *, anew: bool = False) -> bool:
		"""Show a message in its conversation, with a search's words marked; return whether it is there."""
		talk = self.conversation
		if spans is not None:
			self._search_spans = spans
			if self.finding.isVisibleTo(self):
				spans = None
		other_words = spans is not None and spans is not talk.spans
		if other_words:
			talk.spans = spans
		moved = talk.open(message_id, anew=anew)
		if not moved and other_words:
			talk.mark(spans)
		if moved or other_words:
			self._growing = True
			self.chat.set_lines(talk.lines())
			self._growing = False
		there = self.chat.show_message(message_id)
		if moved:
			self._say_group()
		return there

	def set_personal(self, with_personal: bool) -> None:
		"""Let messages marked personal stand among the others, or not."""
		if self.conversation.with_personal != with_personal:
			self.conversation.with_personal = with_personal
			if self.chat.current_message():
				self.show_message(self.chat.current_message(), anew=True)

	def set_hits(self, hits: Sequence[DayCount]) -> None:
		"""Mark days with hits on the rail and in the calendar."""
		self._hits = list(hits)
		self.rail.set_hits(self._hits)

	def current(self) -> int:
		"""Return the message that is read, 0 for none."""
		return self.chat.current_message()

	def chosen(self) -> list[int]:
		"""Return the messages selected, in order; the current one where none is."""
		return self.chat.chosen_messages() or [one for one in (self.current(),) if one]

	def _say_group(self) -> None:
		group = self._groups.get(self.conversation.group_id)
		if group is None:
			return
		self.title.setText(group.name)
		span = f" – {_day(group.first)} to {_day(group.last)}" if group.first and group.last else ""
		self.span.setText(f"{count(group.messages, 'message')}{span}")
		self._read_days()

	def _read_days(self) -> None:
		wanted = (self.conversation.group_id, self.conversation.with_personal)
		if wanted == self._days_of:
			return
		self._days_of = wanted
		browsing = self._council.browsing
		task = self.task = Task(
			lambda _progress, _stopped: browsing.days(wanted[0], without_personal=not wanted[1]), self
		)

		def shown(days: list[DayCount]) -> None:
			if wanted == self._days_of:
				self._days = days
				self.rail.set_days(days)
				self._follow()

		task.finished.connect(shown)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def _moved(self, message_id: int) -> None:
		if not message_id:
			return
		self.message_changed.emit(message_id)
		self._follow()
		if self.testimony.isVisibleTo(self) and message_id != self.testimony.message_id:
			self._tell(message_id)

	def _follow(self) -> None:
		"""Let the rail show where she is: the message read, where it is in sight, else what stands at the top."""
		line = self.chat.line_of(self.current())
		in_sight = line is not None and self.chat.viewport().rect().intersects(
			self.chat.visualRect(self.chat.currentIndex())
		)
		self.rail.show_day(line.day if line is not None and in_sight else self.chat.top_day())

	def _scrolled(self) -> None:
		if self._growing or not self.isVisible() or not self.conversation.group_id:
			return
		bar = self.chat.verticalScrollBar()
		if bar.value() <= bar.minimum() + _NEAR:
			self._grow(earlier=True)
		elif bar.value() >= bar.maximum() - _NEAR:
			self._grow(earlier=False)
		self._follow()

	def _grow(self, *, earlier: bool) -> None:
		self._growing = True
		try:
			if self.conversation.grow(earlier=earlier):
				self.chat.set_lines_in_place(self.conversation.lines())
		finally:
			self._growing = False

	# dates
	def pick_date(self, day: date | None = None, then: Callable[[date], object] | None = None) -> None:
		"""Ask for a date: a box and a calendar; `day`: the one to begin at; `then`: what to do with it but to read."""
		here = day or self.rail.day() or self._council.clock().date()
		picker = DayPicker(self._days, self._hits, here, self._council.clock().date(), self)
		picker.picked.connect(then or self.go_to_date)
		corner = self.mapToGlobal(QPoint(self.width() - 10, theme.px(52)))
		if not self.isVisible():
			corner = self.window().mapToGlobal(QPoint(self.window().width() - 10, theme.px(140)))
		picker.adjustSize()
		picker.open_at(corner - QPoint(picker.width(), 0))

	def go_to_date(self, day: date, *, said: bool = True) -> None:
		"""Read from a day on; where it has no messages, from the nearest day that has, and say so."""
		talk = self.conversation
		near = self._council.browsing.nearest_day(talk.group_id, day, without_personal=not talk.with_personal)
		if near is None:
			return
		self.jumping.emit()
		self.show_message(near.message_id)
		self.chat.show_message(near.message_id, at_top=True)
		self.jumped.emit(near.message_id)
		if said and near.day != day:
			self.tell(f"No messages on {day_words(day)}. The nearest day with messages is {day_words(near.day)}.")
		elif said:
			self._said_box.hide()
			announce(self, day_words(near.day))
		if said:
			self.chat.setFocus()

	def tell(self, words: str) -> None:
		"""Say a sentence above the conversation for a while."""
		self._said.setText(words)
		self._said_box.show()
		self._hush.start()
		announce(self, words)

	# finding
	def find_here(self) -> None:
		"""Find words in this conversation alone."""
		self.finding.open()

	def close_finding(self) -> None:
		"""Put finding away; the words of the search are marked again."""
		self.finding.hide()
		self._mark(self._search_spans)
		self.rail.set_hits(self._hits)
		self.chat.setFocus()

	def _here(self) -> MessageFilter | None:
		"""Return what is read, as what a search is narrowed to."""
		group = self._groups.get(self.conversation.group_id)
		return MessageFilter(group=group.name, without_personal=not self.conversation.with_personal) if group else None

	def _found(self, spans: Spans, days: Sequence[DayCount]) -> None:
		self._mark(spans)
		self.rail.set_hits(days)

	def _to_find(self, message_id: int) -> None:
		self.show_message(message_id)

	def _mark(self, spans: Spans) -> None:
		talk = self.conversation
		if spans is talk.spans:
			return
		talk.mark(spans)
		self._growing = True
		self.chat.set_lines_in_place(talk.lines())
		self._growing = False

	# what the phones show
	def toggle_testimony(self) -> None:
		"""Show what the phones show of the current message, or put it away."""
		self.show_testimony(not self.testimony.isVisibleTo(self))

	def show_testimony(self, wanted: bool) -> None:
		"""Show or hide what the phones show of the current message."""
		if wanted and self.current():
			self._tell(self.current())
		self._show_panel(wanted and bool(self.current()))
		if not wanted:
			self.chat.setFocus()

	def _tell(self, message_id: int) -> None:
		try:
			self.testimony.show_message(message_id)
		except NotFound:
			self._show_panel(False)

	def _show_panel(self, shown: bool) -> None:
		self.testimony.setVisible(shown)
		self._testimony_edge.setVisible(shown)
		self._fit()

	# choosing
	def widen_choice(self, *, earlier: bool) -> None:
		"""Select one more message before or after those selected: the keys `[` and `]`."""
		ids = self.conversation.message_ids
		chosen = [one for one in self.chosen() if one in ids]
		if not chosen:
			return
		at = ids.index(chosen[0]) - 1 if earlier else ids.index(chosen[-1]) + 1
		if 0 <= at < len(ids):
			self.chat.choose([*chosen, ids[at]])
			self._say_chosen()

	def choose_day(self) -> None:
		"""Select everything of the current message's day that this group said."""
		here = self.conversation.row(self.current())
		if here is None:
			return
		day = here.sent_at.date()
		while self._day_may_go_on(day, earlier=True) and self.conversation.grow(earlier=True):
			pass
		while self._day_may_go_on(day, earlier=False) and self.conversation.grow(earlier=False):
			pass
		self._growing = True
		self.chat.set_lines_in_place(self.conversation.lines())
		self._growing = False
		ids = [one for one in self.conversation.message_ids if self._on(one, day)]
		self.chat.choose(ids)
		self._say_chosen()

	def _day_may_go_on(self, day: date, *, earlier: bool) -> bool:
		ids = self.conversation.message_ids
		return self._on(ids[0 if earlier else -1], day)

	def _on(self, message_id: int, day: date) -> bool:
		found = self.conversation.row(message_id)
		return found is not None and found.sent_at.date() == day

	def _say_chosen(self) -> None:
		chosen = self.chosen()
		if len(chosen) > 1:
			self.tell(f"{count(len(chosen), 'message')} chosen. What you do next is done to all of them.")

	# room
	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def _fit(self) -> None:
		told = self.testimony.isVisibleTo(self)
		beside = self.width() >= theme.px(_BESIDE)
		self.chat.setVisible(beside or not told)
		self.rail.setVisible((beside or not told) and self.width() >= theme.px(360))
		self._testimony_edge.setVisible(told and beside)
		if beside:
			self.testimony.setFixedWidth(theme.px(328))
		else:
			self.testimony.setMinimumWidth(0)
			self.testimony.setMaximumWidth(ANY_WIDTH)
		self.span.setVisible(self.height() >= theme.px(_TALL))
		wide = self.width() >= theme.px(_WIDE_HEAD)
		self._date.say("Go to date" if wide else "")
		self._find_button.say("Find here" if wide else "")
		self._find_button.setAccessibleName("Find in this conversation (Ctrl+F)")
		self._date.setAccessibleName("Go to date (Ctrl+G)")

	rescale = _fit

	def close_down(self) -> None:
		"""Let the picture worker go home."""
		self.thumbnails.close()


def _day(at) -> str:
	return day_words(at.date(), weekday=False)
