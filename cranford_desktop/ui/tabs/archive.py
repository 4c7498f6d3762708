"""Archive: narrow down at the left, messages in the middle, the conversation at the right."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.messages import Group, MessageFilter, MessageRow
from cranford_desktop.domain.people import Sender
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.basics import (
	Choice,
	Elided,
	box,
	button,
	col,
	empty,
	find_box,
	frame,
	link,
	row,
	rule,
	say,
)
from cranford_desktop.ui.parts.chat_lines import ChatLine, hits, message_line, shown_text, with_days
from cranford_desktop.ui.parts.chat_view import PHOTO, ChatView
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.message_detail import DetailDialog
from cranford_desktop.ui.parts.message_table import MessageList
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.transfer_dialog import TransferDialog, offers
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.task import Task

AROUND = 60
"""Messages shown before and after the one that was picked; more come when the end is reached."""
MORE = 100
KEPT = 500
"""Most messages of a conversation held at once; a painted row is laid out when it comes in."""
_TYPING_MS = 250
_SPANS_KEPT = 2_000
_LOG = ("Log a dispute or breach…", "Log it…")
_ADD = ("Add to a request…", "Request…")
_SAVE = ("Save or print…", "Save…")
Known = tuple[list[Group], list[Sender]]
_EVERYONE = "Everyone"
_ALL = "All groups"


class ArchiveTab(QWidget):
	"""Filters, list, reading view."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._task: Task | None = None
		self._asked: MessageFilter | None = None
		self._shown_group = ""
		self._rows: list[MessageRow] = []
		self._growing = False
		self._filled = False
		self._groups: dict[str, Group] = {}
		self._thumbnails = Thumbnails(council.browsing.thumbnail, PHOTO[0] * 2, self)
		self._typing = QTimer(self)
		self._typing.setSingleShot(True)
		self._typing.setInterval(_TYPING_MS)
		self._typing.timeout.connect(self._load)
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		go = button("Import a chat", "primary")
		go.clicked.connect(lambda: window.go("import"))
		self._stack.addWidget(empty("chat_multiple", "No conversations yet.", go))
		self._stack.addWidget(self._build())

	# building
	def _build(self) -> QWidget:
		self.side = self._filters()
		self._edge = rule(vertical=True)
		self._middle = self._list_pane()
		self._reading = self._reading_pane()
		return box(row(self.side, self._edge, self._middle, rule(vertical=True), (self._reading, 1), gap=0))

	def _filters(self) -> QScrollArea:
		self.group, self.person = Choice(_ALL, name="Group"), Choice(_EVERYONE, name="Sent by")
		for one in (self.group, self.person):  # a long name must not push the pane's edge out of sight
			one.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
			one.setMinimumContentsLength(10)
		self.group.currentIndexChanged.connect(lambda _at: self._changed_filter())
		self.person.currentIndexChanged.connect(lambda _at: self._changed_filter())
		today = self._council.clock().date()
		self.start, self.end = DateField("From", today), DateField("To", today)
		for one in (self.start, self.end):
			one.changed.connect(lambda _day: self._typing.start())
			theme.scaled(one.box, "setMinimumWidth", 120)
		self._reset = link("Clear filters")
		self._reset.clicked.connect(self.clear_filters)
		inside = frame(
			col(
				say("Group", "label", wrap=False),
				self.group,
				10,
				say("Sent by", "label", wrap=False),
				self.person,
				10,
				say("From", "label", wrap=False),
				self.start,
				6,
				say("To", "label", wrap=False),
				self.end,
				8,
				self._reset,
				None,
				gap=4,
				pad=(16, 16, 14, 12),
			),
			"side",
		)
		area = QScrollArea()
		area.setWidgetResizable(True)
		area.setWidget(inside)
		area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
		area.setFrameShape(QFrame.Shape.NoFrame)
		area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		theme.scaled(area, "setFixedWidth", 232)
		return area

	def _list_pane(self) -> QFrame:
		self.words = find_box("", name="Search the messages")
		self.words.setPlaceholderText("Search the messages")
		self.words.textChanged.connect(lambda _words: self._typing.start())
		self.words.returnPressed.connect(self._load)
		self._fold = button("Filters", ic="filter")
		self._fold.setCheckable(True)
		self._fold.toggled.connect(lambda _on: self._fit())
		self.counted = say("", "strong", wrap=False)
		self._order = button("Oldest first", "quiet", "arrow_sort_down_lines")
		self._order.clicked.connect(self._turn)
		self._newest_first = False
		self.list = MessageList(self._council.browsing.rows)
		self.list.picked.connect(self._picked)
		self.list.opened.connect(self.show_detail)
		self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
		self.list.customContextMenuRequested.connect(lambda at: self._menu(self.list, at, self.list.chosen()))
		widen = button("Search all groups, dates and people")
		widen.clicked.connect(self.clear_filters)
		self._nothing = say("", "head", wrap=True)
		self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
		hint = say("Try fewer words, or the beginning of a word with * after it.", "muted", wrap=True)
		hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
		none = box(col(40, self._nothing, hint, 6, row(None, widen, None), None, gap=6, pad=24))
		self._found = QStackedWidget()
		self._found.addWidget(self.list)
		self._found.addWidget(none)
		top = frame(
			col(
				row((self.words, 1), self._fold, gap=8),
				row((self.counted, 1), self._order, gap=4),
				gap=6,
				pad=(16, 12, 10, 4),
			),
			"pane",
		)
		return frame(col(top, rule(), (self._found, 1), gap=0), "pane")

	def _reading_pane(self) -> QFrame:
		self.chat = ChatView(self._thumbnails, name="Conversation")
		self.chat.message_opened.connect(self.show_detail)
		self.chat.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
		self.chat.customContextMenuRequested.connect(
			lambda at: self._menu(self.chat, at, [self.chat.current_message()])
		)
		self.chat.verticalScrollBar().valueChanged.connect(lambda _value: self._near_the_end())
		self._title = Elided("", "head")
		self._span = Elided("", "small")
		self._back = button("", "quiet", "chevron_left", name="Previous hit (Shift+F3)")
		self._on = button("", "quiet", "chevron_right", name="Next hit (F3)")
		self._back.clicked.connect(self.previous_hit)
		self._on.clicked.connect(self.next_hit)
		self._place = say("", "muted", wrap=False)
		head = frame(
			row((col(self._title, self._span, gap=0), 1), self._back, self._place, self._on, gap=4, pad=(16, 8, 10, 8)),
			"pane",
		)
		log = self._log = button(_LOG[0], "quiet", "scales")
		log.clicked.connect(lambda: self.log_case([self.chat.current_message()]))
		add = self._add = button(_ADD[0], "quiet", "mail_inbox")
		add.clicked.connect(lambda: self._request_menu([self.chat.current_message()]).exec(_above(add)))
		line = button("Original line", "quiet", "document_text")
		line.clicked.connect(lambda: self.show_detail(self.chat.current_message()))
		save = self._save = button(_SAVE[0], "quiet", "print")
		save.clicked.connect(lambda _=False: self.save_messages())
		self._verbs = frame(row(log, add, line, save, None, gap=4, pad=(10, 4, 10, 4)), "header")
		return frame(col(head, rule(), (self.chat, 1), rule(), self._verbs, gap=0), "pane")

	# what is asked for
	def showEvent(self, event):
		super().showEvent(event)
		if not self._filled:
			self.refresh()

	def refresh(self) -> None:
		"""Read groups, people and messages again; what was picked stays picked."""
		self._filled = True
		self.list.forget()
		self._load(keep=self.list.current(), everything=True)

	def _fill(self, groups: list[Group], senders: list[Sender]) -> None:
		self._stack.setCurrentIndex(1 if any(group.messages for group in groups) else 0)
		named = sorted({sender.name for sender in senders if sender.name})
		loose = [sender.rendered for sender in senders if sender.person_id is None]
		_refill(self.group, [_ALL, *(group.name for group in groups)])
		_refill(self.person, [_EVERYONE, *named, *loose])
		self.list.name_groups = len(groups) > 1
		self._groups = {group.name: group for group in groups}

	def filter(self) -> MessageFilter:
		"""Return what is asked for at present."""
		return MessageFilter(
			search=self.words.text().strip() or None,
			group=self.group.currentText() if self.group.currentIndex() > 0 else None,
			person=self.person.currentText() if self.person.currentIndex() > 0 else None,
			start=self.start.date(),
			end=self.end.date(),
		)

	def clear_filters(self) -> None:
		"""Search all groups, dates and people."""
		self._filled = False
		for one in (self.group, self.person):
			one.setCurrentIndex(0)
		for field in (self.start, self.end):
			field.set_text("")
		self._filled = True
		self._load()

	def search_everything(self, words: str) -> None:
		"""Search for words in all groups, dates and people."""
		self.words.setText(words)
		self.clear_filters()
		self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

	def _changed_filter(self) -> None:
		if self._filled:
			self._load()

	def _load(self, *, keep: int = 0, everything: bool = False) -> None:
		self._typing.stop()
		wanted, council = self.filter(), self._council
		self._asked = wanted
		self.list.spans = self._spans(wanted.search)

		def look(_progress: object, _stopped: object):
			known = (council.browsing.groups(), council.people.senders()) if everything else None
			return known, council.browsing.ids(wanted, by_time=True)

		task = Task(look, self)
		task.finished.connect(lambda found: self._loaded(wanted, *found, keep))
		task.failed.connect(self._failed)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)
		self._task = task

	def _failed(self, problem: CranfordError) -> None:
		self._window.problem(problem)

	def _spans(self, search: str | None):
		if not search:
			return lambda _text: []
		known: dict[str, list[tuple[int, int]]] = {}

		def spans(text: str) -> list[tuple[int, int]]:
			if text not in known:
				if len(known) > _SPANS_KEPT:
					known.clear()
				known[text] = self._council.browsing.highlights(text, search)
			return known[text]

		return spans

	def _loaded(self, wanted: MessageFilter, known: Known | None, ids: "array[int]", kept: int) -> None:
		if known is not None:
			self._fill(*known)
		if wanted != self._asked:
			return  # she has typed on
		self._task = None
		if self._newest_first:
			ids = array("q", reversed(ids))
		self.list.set_ids(ids)
		total = sum(group.messages for group in self._groups.values())
		narrowed = wanted != MessageFilter()
		words = count(len(ids), "message") if ids else "No message"
		self.counted.setText(words + (" found" if wanted.search else f" of {total:,}" if narrowed else ""))
		others = replace(wanted, search=None) != MessageFilter()
		self._reset.setVisible(others)
		self._found.setCurrentIndex(0 if ids else 1)
		what = f"Nothing matched “{wanted.search}”." if wanted.search else "No message is left by these filters."
		self._nothing.setText(what)
		for one in (self._back, self._on, self._place):
			one.setVisible(bool(wanted.search and ids))
		if ids and not (kept and self.list.show_message(kept)):
			self.list.go_to(0)

	def _turn(self) -> None:
		self._newest_first = not self._newest_first
		self._order.say("Newest first" if self._newest_first else "Oldest first")
		self._load(keep=self.list.current())

	# reading
	def _picked(self, message_id: int) -> None:
		if self._place.isVisibleTo(self):
			self._place.setText(f"{self.list.position():,} of {len(self.list.ids):,}")
		if not message_id or self._asked is None:
			return
		known = {row.id for row in self._rows}
		if message_id not in known or self._marked != self._asked.search:
			around = self._council.browsing.neighbours(message_id, AROUND, AROUND)
			self._rows = self._council.browsing.rows(around)
			self._show_rows()
		self.chat.show_message(message_id)
		self._say_where(message_id)

	_marked: str | None = None

	def _lines(self) -> list[ChatLine]:
		spans = self.list.spans
		lines = []
		for one in self._rows:
			text = shown_text(one)
			lines.append(message_line(one, marks=hits(spans(text)) if text else ()))
		return with_days(lines)

	def _show_rows(self) -> None:
		self._marked = self._asked.search if self._asked else None
		self.chat.set_lines(self._lines())

	def _say_where(self, message_id: int) -> None:
		here = next((one for one in self._rows if one.id == message_id), None)
		group = self._groups.get(here.group) if here else None
		if group is None:
			return
		self._title.setText(group.name)
		first, last = group.first, group.last
		span = f" – {_day(first)} to {_day(last)}" if first and last else ""
		self._span.setText(f"{count(group.messages, 'message')}{span}")

	def _near_the_end(self) -> None:
		bar = self.chat.verticalScrollBar()
		if self._growing or not self._rows or not self.isVisible():
			return
		if bar.value() <= bar.minimum() + 40:
			self._grow(before=MORE, after=0)
		elif bar.value() >= bar.maximum() - 40:
			self._grow(before=0, after=MORE)

	def _grow(self, *, before: int, after: int) -> None:
		self._growing = True
		try:
			anchor = self._rows[0].id if before else self._rows[-1].id
			ids = self._council.browsing.neighbours(anchor, before, after)
			known = {one.id for one in self._rows}
			fresh = [one for one in ids if one not in known]
			if fresh:
				more = self._council.browsing.rows(fresh)
				self._rows = [*more, *self._rows][:KEPT] if before else [*self._rows, *more][-KEPT:]
				self.chat.set_lines_in_place(self._lines())
		finally:
			self._growing = False

	def next_hit(self) -> None:
		"""F3."""
		self.list.step(1)

	def previous_hit(self) -> None:
		"""Shift+F3."""
		self.list.step(-1)

	def find(self) -> None:
		"""Ctrl+F."""
		self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
		self.words.selectAll()

	def open_item(self, message_id: int) -> None:
		"""Show one message in its conversation, whatever is being searched for."""
		self._filled = True
		for one in (self.words, self.start.box, self.end.box):
			one.blockSignals(True)
			one.clear()
			one.blockSignals(False)
		for choice in (self.group, self.person):
			choice.blockSignals(True)
			choice.setCurrentIndex(0)
			choice.blockSignals(False)
		self._load(keep=message_id, everything=True)

	# verbs
	def log_case(self, message_ids: Sequence[int]) -> None:
		"""Start logging a case about messages."""
		ids = [one for one in message_ids if one]
		if ids:
			self._window.go("cases:new", message_ids=ids)

	def show_detail(self, message_id: int) -> None:
		"""Show everything the exports say of a message."""
		if message_id:
			DetailDialog(self._council, self._council.browsing.detail(message_id), self).open()

	def save_messages(self, message_ids: Sequence[int] = ()) -> None:
		"""Save or print messages for the council's own files: those chosen, their day, or all that is listed."""
		ids = message_ids or self.list.chosen()
		here = next(iter(self._council.browsing.rows(ids[:1])), None)
		choices = offers(ids, here, self.filter(), len(self.list.ids))
		if choices:
			TransferDialog(self._council, self._window, choices).open()

	def add_to_request(self, request_id: int, reference: str, message_ids: Sequence[int]) -> None:
		"""Add messages to a request's set."""
		ids = tuple(one for one in message_ids if one)

		def done(record) -> None:
			self._window.changed()
			if record.added:
				self._window.toast(f"{count(record.added, 'message')} added to {reference}.")
			else:
				self._window.toast(f"Already part of {reference}.")

		self._window.run(
			f"Adding to {reference}",
			lambda _progress, _stopped: self._council.requests.gather(request_id, MessageFilter(ids=ids)),
			done,
			promise="",
		)

	def _request_menu(self, message_ids: Sequence[int]) -> QMenu:
		menu = QMenu(self)
		menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		for request in self._council.requests.requests():
			if request.status != "open":
				continue
			words = f"{request.reference} – {' '.join(request.wording.split())[:48]}".replace("&", "&&")
			act = menu.addAction(words)
			act.triggered.connect(lambda _=False, one=request: self.add_to_request(one.id, one.reference, message_ids))
		if menu.isEmpty():
			menu.addAction("No request is open. Record one…").triggered.connect(lambda: self._window.go("requests"))
		return menu

	def _menu(self, view: QWidget, at: QPoint, message_ids: Sequence[int]) -> None:
		if not any(message_ids):
			return
		menu = QMenu(self)
		menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		menu.addAction("Log a dispute or breach…").triggered.connect(lambda: self.log_case(message_ids))
		add = self._request_menu(message_ids)
		add.setTitle("Add to a request")
		menu.addMenu(add)
		menu.addAction("Save or print…").triggered.connect(lambda: self.save_messages(message_ids))
		menu.addAction("Original line…").triggered.connect(lambda: self.show_detail(message_ids[0]))
		menu.popup(view.viewport().mapToGlobal(at))

	# room
	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def _fit(self) -> None:
		roomy = self.width() >= theme.px(1240)
		self._fold.setVisible(not roomy)
		shown = roomy or self._fold.isChecked()
		self.side.setVisible(shown)
		self._edge.setVisible(shown)
		wide = 372 if roomy else 348
		self._middle.setFixedWidth(min(theme.px(wide), round(self.width() * 0.42)))
		tight = self.width() < theme.px(1500)
		for verb, words in ((self._log, _LOG), (self._add, _ADD), (self._save, _SAVE)):
			verb.say(words[tight])
			verb.setAccessibleName(words[0].removesuffix("…"))

	rescale = _fit

	def close_down(self) -> None:
		"""Let the picture worker go home."""
		self._thumbnails.close()
		if self._task is not None:
			self._task.wait(5)


def _refill(choice: Choice, words: list[str]) -> None:
	kept = choice.currentText()
	choice.blockSignals(True)
	choice.clear()
	choice.addItems(words)
	choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + theme.px(32))  # names whole in the list
	choice.setCurrentIndex(max(0, choice.findText(kept)))
	choice.blockSignals(False)


def _day(at) -> str:
	return day_words(at.date(), weekday=False)


def _above(widget: QWidget) -> QPoint:
	return widget.mapToGlobal(QPoint(0, -4))
