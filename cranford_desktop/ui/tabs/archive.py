"""Archive: one search box on top, filters at the left, messages in the middle, the conversation at the right.

This module joins the panes: what is asked for, what is read, where she came from. What each pane does is its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import Group, MessageFilter, MessageRow
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.archive_bar import ArchiveBar, Look
from cranford_desktop.ui.parts.archive_filters import ORDINARY, FilterPane
from cranford_desktop.ui.parts.archive_list import ListPane
from cranford_desktop.ui.parts.archive_pages import ArchivePages
from cranford_desktop.ui.parts.archive_room import ArchiveRoom
from cranford_desktop.ui.parts.archive_search import ArchiveSearch
from cranford_desktop.ui.parts.gallery_page import GalleryPage
from cranford_desktop.ui.parts.layouts import col
from cranford_desktop.ui.parts.meeting_page import MeetingPage
from cranford_desktop.ui.parts.message_verbs import MessageVerbs, Section
from cranford_desktop.ui.parts.notices import announce
from cranford_desktop.ui.parts.places import Place, Places
from cranford_desktop.ui.parts.reading_pane import ReadingPane
from cranford_desktop.ui.parts.search_desk import Found
from cranford_desktop.ui.parts.search_words import found_in_words
from cranford_desktop.ui.parts.sensitive_page import SensitivePage
from cranford_desktop.ui.parts.sorting_page import SortingPage
from cranford_desktop.ui.parts.sorting_verbs import SortingVerbs
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.task import Task


class ArchiveTab(QWidget):
	"""Search, list, reading view; other pages of the archive hang on `add_page`."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._filled = False
		self._syncing = False
		self._jump = False
		self._partial = False
		self._files_read = False
		self._last: dict[int, int] = {}
		self._look: Look = "both"
		self._reading_open = False
		self._groups: dict[str, Group] = {}
		self._places = Places()
		self._stack = ArchivePages(self._build())
		self._stack.import_wanted.connect(lambda: window.go("import"))
		self._stack.left.connect(self.refresh)
		self._stack.message_wanted.connect(self._from_page)
		self.setLayout(col(self._stack, gap=0))
		self._keys()
		self.add_page("gallery", "Photos and files", "image", GalleryPage(council, window))
		self.add_page("meetings", "Matters for a meeting", "calendar_ltr", MeetingPage(council, window))
		self.add_page("sorting", "Kinds and tags", "tag", SortingPage(council, window))
		self.sorting = SortingVerbs(council, window, self)
		self.sorting.changed.connect(self._sorted)
		self.sorting.watch(self.list, self.list.chosen)
		self.sorting.watch(self.chat, self.reading.chosen)
		self.add_section(self.sorting.fill)
		self.private = SensitivePage(council, window)
		self.add_page("private", "Private details", "shield_error", self.private)

	# building
	def _build(self) -> QWidget:
		council = self._council
		self.side = FilterPane(council.clock().date())
		self.search = ArchiveSearch(council, self.side, self)
		self.bar = ArchiveBar(self.search.words, self.search.form_button, self.search.saved.drop)
		self.words = self.search.words
		self.listing = ListPane(self._rows, self.search.saved, self.search.extras, self.search.nothing)
		self.list, self.counted = self.listing.list, self.listing.counted
		self.verbs = MessageVerbs(council, self._window)
		self.reading = ReadingPane(council, self.verbs)
		self.chat = self.reading.chat
		self._connect()
		self._room = ArchiveRoom(self.bar, self.search, self.side, self.listing, self.reading)
		return self._room

	def _connect(self) -> None:
		self.search.found.connect(self._found)
		self.search.groups.connect(self._fill)
		self.search.grouped.connect(self._grouped)
		self.search.slow.connect(lambda: self.counted.setText("Looking…"))
		self.search.files_waiting.connect(self._read_files)
		self.search.problem.connect(self._window.problem)
		self.search.said.connect(self._window.toast)
		self.bar.went.connect(self._go_along)
		self.bar.look_wanted.connect(self.show_look)
		self.bar.filters_wanted.connect(lambda _on: self._fit())
		self.search.form_button.toggled.connect(lambda _on: self._fit())
		self.bar.page_wanted.connect(self.show_page)
		self.listing.order_changed.connect(
			lambda: self.search.load(keep=self.list.current(), newest_first=self.listing.newest_first)
		)
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
		self.reading.hits.stepped.connect(self._step)
		self.reading.back_wanted.connect(self._to_list)
		self.verbs.chosen = self.chosen
		self.verbs.listed = lambda: (self.search.filter(), len(self.list.ids))
		self.verbs.phones_wanted.connect(self._show_phones)
		self.verbs.day_wanted.connect(self.reading.choose_day)

	def _keys(self) -> None:
		def key(keys: str, do, on: QWidget) -> None:
			made = QShortcut(QKeySequence(keys), on)
			made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			made.activated.connect(do)

		key("[", lambda: self.reading.widen_choice(earlier=True), self.chat)
		key("Ctrl+Z", self.undo_sorting, self)
		key("]", lambda: self.reading.widen_choice(earlier=False), self.chat)

	def _rows(self, ids: Sequence[int]) -> list[MessageRow]:
		"""Return messages for the list, and know where else than in their words they hold what is searched for."""
		wanted = self.search.asked
		if wanted is not None and wanted.search:
			found = self._council.searching.found_in(ids, wanted)
			self.list.elsewhere.update({one: found_in_words(where) for one, where in found.items() if where})
		return self._council.browsing.rows(ids)

	# pages of others
	def add_page(self, key: str, words: str, icon: str, widget: QWidget) -> None:
		"""Hang another page of the archive on the More menu; see `ArchivePages.hang`."""
		self._stack.hang(key, widget)
		self.bar.add_page(key, words, icon)

	def show_page(self, key: str) -> None:
		"""Show one of the other pages."""
		self._stack.show_page(key)

	def add_section(self, section: Section) -> None:
		"""Let another part put acts into the menu of the messages chosen."""
		self.verbs.sections.append(section)

	def _from_page(self, message_id: int) -> None:
		self._stack.show_messages()
		self.open_item(message_id)

	def undo_sorting(self) -> None:
		"""Ctrl+Z: undo the last kind or tag."""
		self.sorting.undo()

	def _sorted(self, ids: list[int]) -> None:
		"""Read what was sorted again; where the current message leaves the list, the next one that stays takes over."""
		self._beside = self._stays_beside(set(ids))
		here = self.reading.current()
		self._reading_at = here if here != self.list.current() else 0
		self.refresh()

	_beside = _reading_at = 0

	def _stays_beside(self, sorted_ids: set[int]) -> int:
		listed, here = self.list.ids, self.list.current()
		if here not in sorted_ids:
			return 0
		at = listed.index(here)
		after = (one for one in listed[at:] if one not in sorted_ids)
		return next(after, next((one for one in reversed(listed[:at]) if one not in sorted_ids), 0))

	# what is asked for
	def showEvent(self, event):
		super().showEvent(event)
		if not self._filled:
			self.refresh()

	def refresh(self) -> None:
		"""Read groups, people and messages again; what was picked stays picked."""
		keep = self.list.current() if self._filled else self._window.settings.read_last(self._council.folder)
		self._filled = True
		self._files_read = False
		self._stack.refresh()
		self.list.forget()
		self.search.load(keep=keep, everything=True)

	def clear_filters(self) -> None:
		"""Search all groups, dates and people for the same words."""
		self.side.clear()

	def search_everything(self, words: str) -> None:
		"""Search for words in all groups, dates and people."""
		self.list_messages(replace(ORDINARY, search=words.strip() or None))

	def list_messages(self, wanted: MessageFilter) -> None:
		"""List the messages that are meant, whatever was shown before."""
		self._stack.show_messages()
		self._to_list()
		self.search.ask(wanted)
		self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

	def _found(self, found: Found) -> None:
		wish = found.wish
		wanted, ids, kept = wish.wanted, found.ids, wish.keep
		if (wish.everything and not wish.arrive) or self._partial:
			kept = self.list.current() or kept  # she may have moved on meanwhile
		if wish.arrive and not kept and not wanted.search and wanted.group in self._groups:
			kept = self._last.get(self._groups[wanted.group].id, 0)
		if self._beside and not found.partial:
			kept = kept if kept in ids else self._beside
			self._beside = 0
		follows, self._partial = self._partial, found.partial
		hits = bool(wanted.search)
		counted = self._counted(wanted, len(ids)) if not found.partial else "Counting…"
		self.list.spans = self.search.spans
		self.list.elsewhere.clear()
		self.reading.set_personal(not wanted.without_personal)
		self.listing.show_found(ids, found.runs or (), hits=hits, counted=counted)
		if wish.arrive and ids and not found.partial:
			announce(self, counted)
		if not ids and self.listing.isAncestorOf(self._window.focusWidget()):
			self.words.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keys is gone
		self.reading.hits.setVisible(hits and bool(ids))
		self.reading.set_hits(found.runs or () if hits else ())
		self._jump = True  # what is shown now is no step on from where she was
		# Where nothing is found she stays where she reads; only the marks of the search before go.
		self._show_place(kept if ids else kept or self.reading.current(), anew=wish.everything and not follows)
		self._jump = False
		if self._reading_at and not found.partial:
			self._read_on(self._reading_at, wanted)
			self._reading_at = 0
		if follows:
			return  # she arrived with the first screen
		if wish.arrive or not self._places.can_go_back:
			self._places.arrive(Place(wanted, self.reading.current()))
		self._show_way()

	def _read_on(self, message_id: int, wanted: MessageFilter) -> None:
		"""Go on reading where she was beside the hits, unless that message has left what is shown."""
		[row] = self._council.browsing.rows([message_id]) or [None]
		if row is not None and not (wanted.without_personal and row.category == "personal"):
			self._syncing = True
			self.reading.show_message(message_id)
			self._syncing = False

	def _show_place(self, message_id: int, *, anew: bool) -> None:
		"""Show a message in the list and its conversation, listed or not; without one the first that is listed."""
		self._syncing = True
		shown = bool(message_id) and self.reading.show_message(message_id, self.list.spans, anew=anew)
		listed = bool(message_id) and self.list.show_message(message_id)
		self._syncing = False
		if not (shown or listed) and self.list.ids:
			self.list.go_to(0)

	def _read_files(self, waiting: int) -> None:
		"""Read the words of files once she searches, then search again; a second time only after something changed."""
		if self._files_read:
			return
		self._files_read = True

		def done(_read: object) -> None:
			self.search.load(keep=self.list.current())

		self._window.run(
			f"Reading the words of {count(waiting, 'file')} to search them",
			self._council.searching.read_files,
			done,
			cancelled=lambda: self._window.toast("Stopped. What was read stays read.", done=False),
			promise="You can go on meanwhile.",
		)

	def _grouped(self, runs: Sequence[DayCount], hits: bool) -> None:
		self.list.set_runs(runs, unit="hit" if hits else "message")
		self.reading.set_hits(runs if hits else ())

	def _counted(self, wanted: MessageFilter, found: int) -> str:
		words = count(found, "message") if found else "No message"
		if wanted.search:
			return f"{words} found"
		total = sum(group.messages for group in self._groups.values())
		return f"{words} of {total:,}" if wanted != ORDINARY else words

	def _fill(self, groups: list[Group]) -> None:
		self._stack.set_empty(not any(group.messages for group in groups))
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
		self.reading.hits.show_place(self.list.position(), len(self.list.ids))
		if not message_id or self.search.asked is None or self._syncing:
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
		self._last[self.reading.conversation.group_id] = message_id

	def _jumping(self) -> None:
		self._jump = True

	def _jumped(self, message_id: int) -> None:
		self._jump = False
		self._places.arrive(Place(self.search.filter(), message_id))
		self._show_way()

	def _opened(self, _message_id: int) -> None:
		self._open_reading()
		self.chat.setFocus(Qt.FocusReason.OtherFocusReason)

	def _clicked(self) -> None:
		if self._room.one_pane(self.width()):
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
		self.search.set_filter(replace(ORDINARY, without_personal=not personal))
		self._reading_open = True
		self._fit()
		self.search.load(keep=message_id, everything=True, arrive=True)

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
		if place.wanted == self.search.asked:
			self._show_place(place.message_id, anew=False)
		else:
			self.search.set_filter(place.wanted)
			self.search.load(keep=place.message_id)
		self._show_way()

	def _show_way(self) -> None:
		self.bar.show_way(back=self._places.can_go_back, forward=self._places.can_go_forward)

	# keys
	def next_hit(self) -> None:
		"""F3: the next hit of what is being found in this conversation, else of the search."""
		self._step(1)

	def previous_hit(self) -> None:
		"""Shift+F3."""
		self._step(-1)

	def _step(self, by: int) -> None:
		if self.reading.finding.isVisibleTo(self) and self.reading.isVisibleTo(self):
			self.reading.finding.step(by)
			return
		here = self.list.position()
		self.list.step(by)
		if self.list.ids and self.list.position() == here:
			self._window.toast(f"This is the {'last' if by > 0 else 'first'} one in the list.")

	def find(self) -> None:
		"""Ctrl+F: inside the conversation it finds in this conversation; elsewhere it leads to the search box."""
		if self.reading.isVisibleTo(self) and self.reading.isAncestorOf(self._window.focusWidget()):
			self.reading.find_here()
			return
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
		panes = [(self.bar, self.words), (self.side, self.side.first), (self.listing, self.list)]
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

	def _fit(self) -> None:
		self._room.fit(self.size(), self._look, reading=self._reading_open)

	rescale = _fit

	def tasks(self) -> list[Task]:
		"""Return what is being worked out."""
		found = (*self.search.tasks, self.reading.task, self.reading.finder.task)
		return [one for one in found if one is not None and one.running]

	def close_down(self) -> None:
		"""Let the workers go home; remember where she was."""
		self.search.close_down()
		for task in self.tasks():
			task.wait(5)
			task.abandon()
		self.reading.close_down()
		self._stack.close_down()
		if self.reading.current():
			self._window.settings.set_read_last(self._council.folder, self.reading.current())
