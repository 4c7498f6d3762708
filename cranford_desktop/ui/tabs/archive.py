"""Archive: one search box on top, filters at the left, messages in the middle, the conversation at the right.

This module joins the panes: what is asked for, what is read, where she came from. What each pane does is its own.
"""

from array import array
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import Group, MessageFilter
from cranford_desktop.domain.people import Sender
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.archive_bar import ArchiveBar, Look
from cranford_desktop.ui.parts.archive_filters import FilterPane
from cranford_desktop.ui.parts.archive_list import ListPane
from cranford_desktop.ui.parts.basics import box, button, col, empty, row, rule, say
from cranford_desktop.ui.parts.conversation import Spans
from cranford_desktop.ui.parts.gallery_page import GalleryPage
from cranford_desktop.ui.parts.message_verbs import MessageVerbs, Section
from cranford_desktop.ui.parts.notices import announce
from cranford_desktop.ui.parts.places import Place, Places
from cranford_desktop.ui.parts.reading_pane import ReadingPane
from cranford_desktop.ui.parts.sensitive_page import SensitivePage
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.task import Task

_TYPING_MS = 250
_SPANS_KEPT = 2_000
_AT_ONCE = 20_000
"""A list as long as this is grouped by day before it is shown; a longer one is shown first."""
ROOMY, ONE_PANE = 1240, 760
"""Widths at 100 %: from the first the filters stand beside the list; below the second one pane is shown at a time."""

ORDINARY = MessageFilter(without_personal=True)
"""What browsing asks for without any filter."""

Known = tuple[list[Group], list[Sender]]


class ArchiveTab(QWidget):
	"""Search, list, reading view; other pages of the archive hang on `add_page`."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._task: Task | None = None
		self._asked: MessageFilter | None = None
		self._again: tuple[int, bool] | None = None
		self._filled = False
		self._syncing = False
		self._look: Look = "both"
		self._reading_open = False
		self._groups: dict[str, Group] = {}
		self._pages: dict[str, QWidget] = {}
		self._places = Places()
		self._typing = QTimer(self)
		self._typing.setSingleShot(True)
		self._typing.setInterval(_TYPING_MS)
		self._typing.timeout.connect(self._search)
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		go = button("Import a chat", "primary")
		go.clicked.connect(lambda: window.go("import"))
		self._stack.addWidget(empty("chat_multiple", "No conversations yet.", go))
		self._stack.addWidget(self._build())
		self._keys()
		self.add_page("gallery", "Photos and files", "image", GalleryPage(council, window))
		self.private = SensitivePage(council, window)
		self.add_page("private", "Private details", "shield_error", self.private)

	# building
	def _build(self) -> QWidget:
		council = self._council
		self.bar = ArchiveBar()
		self.words = self.bar.words
		self.side = FilterPane(council.clock().date())
		self._edge = rule(vertical=True)
		self.listing = ListPane(council.browsing, self._nothing_page())
		self.list, self.counted = self.listing.list, self.listing.counted
		self._between = rule(vertical=True)
		self.verbs = MessageVerbs(council, self._window)
		self.reading = ReadingPane(council, self.verbs)
		self.chat = self.reading.chat
		self._hit_buttons()
		self._connect()
		panes = row(self.side, self._edge, self.listing, self._between, (self.reading, 1), gap=0)
		return box(col(self.bar, rule(), (box(panes), 1), gap=0))

	def _connect(self) -> None:
		self.words.textChanged.connect(lambda _words: self._typing.start())
		self.words.returnPressed.connect(self._search)
		self.bar.went.connect(self._go_along)
		self.bar.look_wanted.connect(self.show_look)
		self.bar.filters_wanted.connect(lambda _on: self._fit())
		self.bar.page_wanted.connect(self.show_page)
		self.side.changed.connect(self._search)
		self.side.typed.connect(self._typing.start)
		self.listing.order_changed.connect(lambda: self._load(keep=self.list.current()))
		self.list.picked.connect(self._picked)
		self.list.opened.connect(self._opened)
		self.list.clicked.connect(self._clicked)
		self.list.customContextMenuRequested.connect(lambda at: self._menu(self.list, at))
		self.chat.message_opened.connect(lambda _id: self.reading.toggle_testimony())
		self.chat.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
		self.chat.customContextMenuRequested.connect(lambda at: self._menu(self.chat, at))
		self.reading.message_changed.connect(self._read)
		self.reading.jumping.connect(self._jumping)
		self.reading.jumped.connect(self._jumped)
		self.reading.back_wanted.connect(self._to_list)
		self.verbs.chosen = self.chosen
		self.verbs.listed = lambda: (self.filter(), len(self.list.ids))
		self.verbs.phones_wanted.connect(self._show_phones)
		self.verbs.day_wanted.connect(self.reading.choose_day)

	def _hit_buttons(self) -> None:
		self._back = button("", "quiet", "chevron_left", name="Previous hit (Shift+F3)")
		self._on = button("", "quiet", "chevron_right", name="Next hit (F3)")
		self._back.clicked.connect(self.previous_hit)
		self._on.clicked.connect(self.next_hit)
		self._place = say("", "muted", wrap=False)
		for part in (self._back, self._place, self._on):
			self.reading.hit_nav.addWidget(part)

	def _nothing_page(self) -> QWidget:
		widen = button("Search all groups, dates and people")
		widen.clicked.connect(self.clear_filters)
		self._nothing = say("", "head", wrap=True)
		self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
		hint = say("Try fewer words, or the beginning of a word with * after it.", "muted", wrap=True)
		hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
		return box(col(40, self._nothing, hint, 6, row(None, widen, None), None, gap=6, pad=24))

	def _keys(self) -> None:
		def key(keys: str, do, on: QWidget) -> None:
			made = QShortcut(QKeySequence(keys), on)
			made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			made.activated.connect(do)

		key("[", lambda: self.reading.widen_choice(earlier=True), self.chat)
		key("]", lambda: self.reading.widen_choice(earlier=False), self.chat)

	# pages of others
	def add_page(self, key: str, words: str, icon: str, widget: QWidget) -> None:
		"""Hang another page of the archive on the More menu.

		`widget` has `refresh()` and the signals `closed` and `message_wanted(int)`.
		"""
		self._pages[key] = widget
		self._stack.addWidget(widget)
		widget.closed.connect(self.close_page)
		widget.message_wanted.connect(self._from_page)
		self.bar.add_page(key, words, icon)

	def add_section(self, section: Section) -> None:
		"""Let another part put acts into the menu of the messages chosen."""
		self.verbs.sections.append(section)

	def show_page(self, key: str) -> None:
		"""Show one of the other pages."""
		self._pages[key].refresh()
		self._stack.setCurrentWidget(self._pages[key])

	def close_page(self) -> None:
		"""Go back from another page to the messages."""
		self._stack.setCurrentIndex(1 if self._groups else 0)
		self.refresh()

	def _from_page(self, message_id: int) -> None:
		self._stack.setCurrentIndex(1)
		self.open_item(message_id)

	# what is asked for
	def showEvent(self, event):
		super().showEvent(event)
		if not self._filled:
			self.refresh()

	def refresh(self) -> None:
		"""Read groups, people and messages again; what was picked stays picked."""
		keep = self.list.current() if self._filled else self._window.settings.read_last(self._council.folder)
		self._filled = True
		page = self._stack.currentWidget()
		if page in self._pages.values():
			page.refresh()
		self.list.forget()
		self._load(keep=keep, everything=True)

	def filter(self) -> MessageFilter:
		"""Return what is asked for at present."""
		return replace(self.side.filter(), search=self.words.text().strip() or None)

	def set_filter(self, wanted: MessageFilter) -> None:
		"""Ask for this; say `_load` to have it."""
		self.words.blockSignals(True)
		self.words.setText(wanted.search or "")
		self.words.blockSignals(False)
		self.side.show_filter(wanted)

	def clear_filters(self) -> None:
		"""Search all groups, dates and people."""
		self.side.clear()

	def search_everything(self, words: str) -> None:
		"""Search for words in all groups, dates and people."""
		self._stack.setCurrentIndex(1)
		self.set_filter(replace(ORDINARY, search=words.strip() or None))
		self._to_list()
		self._search()
		self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

	def _search(self) -> None:
		"""Look for what is asked now; a new place on her way."""
		if self._filled and self.filter() != self._asked:
			self._load(arrive=True)

	def _load(self, *, keep: int = 0, everything: bool = False, arrive: bool = False) -> None:
		self._typing.stop()
		wanted, council, newest = self.filter(), self._council, self.listing.newest_first
		self._asked = wanted
		spans = self._spans(wanted)

		def look(_progress: object, _stopped: object):
			known = (council.browsing.groups(), council.people.senders()) if everything else None
			ids = council.browsing.ids(wanted, by_time=True)
			if newest:
				ids = array("q", reversed(ids))
			return known, ids, council.browsing.day_runs(ids) if len(ids) <= _AT_ONCE else None

		task = self._task = Task(look, self)
		task.finished.connect(lambda found: self._loaded(wanted, spans, *found, keep, arrive=arrive))
		task.failed.connect(self._window.problem)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def _spans(self, wanted: MessageFilter) -> Spans:
		search = wanted.search
		if not search:
			return _no_spans
		known: dict[str, list[tuple[int, int]]] = {}

		def spans(text: str) -> list[tuple[int, int]]:
			if text not in known:
				if len(known) > _SPANS_KEPT:
					known.clear()
				known[text] = self._council.browsing.highlights(text, search)
			return known[text]

		return spans

	def _loaded(
		self,
		wanted: MessageFilter,
		spans: Spans,
		known: Known | None,
		ids: "array[int]",
		runs: list[DayCount] | None,
		kept: int,
		*,
		arrive: bool,
	) -> None:
		if known is not None:
			self._fill(*known)
		if wanted != self._asked:
			return  # she has typed on
		if known is not None and not arrive:
			kept = self.list.current() or kept  # she may have moved on meanwhile
		self._task = None
		self.list.spans = spans
		self.reading.set_personal(not wanted.without_personal)
		self.listing.show_found(ids, runs or (), hits=bool(wanted.search), counted=self._counted(wanted, len(ids)))
		what = f"Nothing matched “{wanted.search}”." if wanted.search else "No message is left by these filters."
		self._nothing.setText(what)
		for one in (self._back, self._on, self._place):
			one.setVisible(bool(wanted.search and ids))
		self.reading.set_hits(runs or () if wanted.search else ())
		if runs is None:
			self._group_by_day(wanted, ids)
		if kept and known is not None:
			self.reading.show_message(kept, spans, anew=True)
		if ids and not (kept and self.list.show_message(kept)):
			self.list.go_to(0)
		if arrive or not self._places.can_go_back:
			self._places.arrive(Place(wanted, self.reading.current()))
		self._show_way()

	def _group_by_day(self, wanted: MessageFilter, ids: "array[int]") -> None:
		"""Head a long list with its days once they are known."""
		browsing = self._council.browsing
		task = self._days_task = Task(lambda _progress, _stopped: browsing.day_runs(ids), self)

		def known(runs: list[DayCount]) -> None:
			if wanted == self._asked and self.list.ids is ids:
				self.list.set_runs(runs, unit="hit" if wanted.search else "message")
				self.reading.set_hits(runs if wanted.search else ())

		task.finished.connect(known)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	_days_task: Task | None = None

	def _counted(self, wanted: MessageFilter, found: int) -> str:
		words = count(found, "message") if found else "No message"
		if wanted.search:
			return f"{words} found"
		total = sum(group.messages for group in self._groups.values())
		return f"{words} of {total:,}" if wanted != ORDINARY else words

	def _fill(self, groups: list[Group], senders: list[Sender]) -> None:
		if self._stack.currentIndex() < 2:
			self._stack.setCurrentIndex(1 if any(group.messages for group in groups) else 0)
		self.side.set_known(groups, senders)
		self.reading.set_groups(groups)
		self.list.name_groups = len(groups) > 1
		self._groups = {group.name: group for group in groups}

	# reading
	def chosen(self) -> list[int]:
		"""Return the messages that verbs act on: those selected in the pane she is in."""
		if self.list.isVisibleTo(self) and (self.list.hasFocus() or not self.reading.isVisibleTo(self)):
			return self.list.chosen()
		return self.reading.chosen()

	def _picked(self, message_id: int) -> None:
		if self._place.isVisibleTo(self.reading):
			self._place.setText(f"Hit {self.list.position():,} of {len(self.list.ids):,}")
		if not message_id or self._asked is None or self._syncing:
			return
		self._syncing = True
		self.reading.show_message(message_id, self.list.spans)
		self._syncing = False
		self._note(message_id)

	def _read(self, message_id: int) -> None:
		"""Another message is current in the conversation: the list follows, where it has it."""
		if self._syncing:
			return
		self._syncing = True
		if self.list.current() != message_id:
			self.list.show_message(message_id)
		self._syncing = False
		self._note(message_id)

	def _note(self, message_id: int) -> None:
		if not self._jump:
			self._places.move(message_id)

	_jump = False

	def _jumping(self) -> None:
		self._jump = True

	def _jumped(self, message_id: int) -> None:
		self._jump = False
		self._places.arrive(Place(self.filter(), message_id))
		self._show_way()

	def _opened(self, _message_id: int) -> None:
		self._open_reading()
		self.chat.setFocus(Qt.FocusReason.OtherFocusReason)

	def _clicked(self) -> None:
		if self._one_pane():
			self._open_reading()

	def _open_reading(self) -> None:
		self._reading_open = True
		if self._look == "table":
			self._look = "both"
		self._fit()
		self.reading.show_message(self.list.current())

	def _to_list(self) -> None:
		self._reading_open = False
		self._fit()
		self.list.setFocus(Qt.FocusReason.OtherFocusReason)

	def _show_phones(self) -> None:
		if not self.reading.isVisibleTo(self):
			self._open_reading()
		self.reading.toggle_testimony()

	def show_look(self, look: Look) -> None:
		"""Show list and conversation, the conversation alone, or a table; what is selected stays selected."""
		chosen = self.reading.chosen() if self._look == "reading" else self.list.chosen()
		self._look = look
		self._fit()
		if look == "table":
			self.list.select(chosen)
			self.list.setFocus(Qt.FocusReason.OtherFocusReason)
		elif self.list.current():
			self.reading.show_message(self.list.current() if look == "both" else self.reading.current())
			self.chat.choose(chosen) if len(chosen) > 1 else None

	def open_item(self, message_id: int) -> None:
		"""Show one message in its conversation, whatever is being searched for."""
		self._filled = True
		[row] = self._council.browsing.rows([message_id]) or [None]
		personal = row is not None and row.category == "personal"
		self.set_filter(replace(ORDINARY, without_personal=not personal))
		self._reading_open = True
		self._fit()
		self._load(keep=message_id, everything=True, arrive=True)

	# the way back
	def go_back(self) -> None:
		"""Alt+Left."""
		self._go_along(-1)

	def go_forward(self) -> None:
		"""Alt+Right."""
		self._go_along(1)

	def _go_along(self, by: int) -> None:
		place = self._places.back() if by < 0 else self._places.forward()
		if place is None:
			return
		if place.wanted == self._asked:
			self._syncing = True
			self.reading.show_message(place.message_id, self.list.spans)
			self.list.show_message(place.message_id)
			self._syncing = False
		else:
			self.set_filter(place.wanted)
			self._load(keep=place.message_id)
		self._show_way()

	def _show_way(self) -> None:
		self.bar.show_way(back=self._places.can_go_back, forward=self._places.can_go_forward)

	# keys
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

	def go_to_date(self) -> None:
		"""Ctrl+G: asks for a date, then goes there in what is shown."""
		if self.reading.isVisibleTo(self):
			self.reading.pick_date()
		else:
			self.reading.pick_date(then=self._list_to_date)

	def _list_to_date(self, day) -> None:
		found = self.list.go_to_day(day)
		self.list.setFocus(Qt.FocusReason.OtherFocusReason)
		if found is not None and found != day:
			words = f"Nothing listed on {day_words(day)}. The nearest day is {day_words(found)}."
			self._window.toast(words)
			announce(self, words)

	def next_pane(self, by: int) -> None:
		"""F6, Shift+F6: move to the next part of the tab."""
		panes = [(self.bar, self.words), (self.side, self.side.group), (self.listing, self.list)]
		panes += [(self.chat, self.chat), (self.reading.rail, self.reading.rail)]
		panes += [(self.reading.testimony, self.reading.testimony.close_button), (self.verbs, self.verbs.first)]
		shown = [one for one in panes if one[1].isVisibleTo(self) and one[1].isEnabled()]
		now = self._window.focusWidget()
		here = next((at for at, (pane, _) in enumerate(shown) if now is pane or pane.isAncestorOf(now)), -1)
		at = (here + by) % len(shown) if here >= 0 else 0
		shown[at][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

	def _menu(self, view: QWidget, at: QPoint) -> None:
		ids = self.list.chosen() if view is self.list else self.reading.chosen()
		if ids:
			self.verbs.menu(ids).popup(view.viewport().mapToGlobal(at))

	# room
	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def _one_pane(self) -> bool:
		return self.width() < theme.px(ONE_PANE)

	def _fit(self) -> None:
		roomy, one = self.width() >= theme.px(ROOMY), self._one_pane()
		self.bar.fit(folded=not roomy, tight=self.width() < theme.px(1000))
		self.bar.show_look(self._look, offered=not one)
		shown = roomy or self.bar.fold.isChecked()
		self.side.setVisible(shown)
		self._edge.setVisible(shown)
		listed = not self._reading_open if one else self._look != "reading"
		read = self._reading_open if one else self._look != "table"
		self.listing.setVisible(listed)
		self.reading.setVisible(read)
		self.reading.to_list.setVisible(one)
		self._between.setVisible(listed and read)
		self.listing.set_table(self._look == "table" and not one)
		if listed and read:
			wide = 372 if roomy else 348
			self.listing.setFixedWidth(min(theme.px(wide), round(self.width() * 0.42)))
		else:
			self.listing.setMinimumWidth(0)
			self.listing.setMaximumWidth(16_777_215)

	rescale = _fit

	def tasks(self) -> list[Task]:
		"""Return what is being worked out."""
		found = (self._task, self._days_task, self.reading.task)
		return [one for one in found if one is not None and one.running]

	def close_down(self) -> None:
		"""Let the workers go home; remember where she was."""
		for task in self.tasks():
			task.wait(5)
		self.reading.close_down()
		for page in self._pages.values():
			if hasattr(page, "close_down"):
				page.close_down()
		if self.reading.current():
			self._window.settings.set_read_last(self._council.folder, self.reading.current())


def _no_spans(_text: str) -> list[tuple[int, int]]:
	return []
