"""Gather for a request: search, see what was found in context, add and leave out, see what is in it, confirm."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.gathering import Added, How, Look, Membership, Step
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.work import Stopped
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.error_summary import repolish
from cranford_desktop.ui.parts.gather_acts import GatherActs
from cranford_desktop.ui.parts.gather_bar import GatherBar
from cranford_desktop.ui.parts.gather_contents import GatherContents
from cranford_desktop.ui.parts.gather_found import GatherFound, added_words
from cranford_desktop.ui.parts.gather_reading import SHOWN, Far, FarReader, read_screen
from cranford_desktop.ui.parts.gather_side import GatherSide, asked_words, held_words, reopened_words
from cranford_desktop.ui.parts.labels import Elided
from cranford_desktop.ui.parts.layouts import box, col, frame, row, rule
from cranford_desktop.ui.parts.notices import announce
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.search_words import search_words
from cranford_desktop.ui.parts.thumbnails import Thumbnails

_FOLD = 960
"""Below this width, at 100 %, what stands beside the search is shown in its place."""
_LOW = 600
"""Below this height, at 100 %, the filters are folded away until they are wanted."""
_VERY_LOW = 400
"""Below this height, at 100 %, what can be done without gives way to the list."""
_MORE = 5
"""Messages more, for each press, before or after one."""
_BESIDE = "What they asked, and searches"
_LOOKING = "Nothing is added by looking."
_NOBODY = Membership(frozenset(), frozenset(), frozenset())


class GatherPage(QWidget):
	"""The page. `left`: back to the request; `confirmed`: the set is all there is; `changed`: something was written."""

	left = Signal()
	confirmed = Signal()
	changed = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request: Request | None = None
		self._head: QWidget | None = None
		self._asked = 0
		self._look: Look | None = None
		self.held = _NOBODY
		self._around: dict[int, tuple[int, int]] = {}
		self._extra: set[int] = set()
		self._news: tuple[int, ...] = ()
		self._news_wanted = False
		self._reader = FarReader(council, window, self)
		self.thumbnails = Thumbnails(council.browsing.thumbnail, 2 * theme.px(176), self)
		self.bar = GatherBar(council)
		self.words, self.start, self.end = self.bar.words, self.bar.start, self.bar.end
		self.found = GatherFound(self.thumbnails)
		self.told, self.view, self.add_button = self.found.told, self.found.view, self.found.add
		self.side = GatherSide()
		self.acts = GatherActs(council, window, self)
		self.contents = GatherContents(council, window, self.acts, self.thumbnails)
		self.asked = Elided("", "body")
		self.beside = button(_BESIDE, "quiet")
		self.beside.setCheckable(True)
		self.confirm_button = button("See what is in it, then confirm")
		self._tools = box(row(self.asked, None, self.beside, gap=8, pad=(24, 4, 16, 0)))
		self._left_side = box(col(frame(col(self.bar, pad=(24, 10, 24, 6)), "header"), (self.found, 1), gap=0))
		self._edge = rule(vertical=True)
		searching = QWidget()
		both = row((self._left_side, 1), self._edge, self.side, gap=0)
		searching.setLayout(col(frame(row(self._tools), "header"), (both, 1), gap=0))
		self.stack = QStackedWidget()
		self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
		self._searching = searching
		self.stack.addWidget(searching)
		self.stack.addWidget(self.contents)
		self._foot = flow_foot("", self.confirm_button)
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)
		for part in (rule(), self.stack, rule(), self._foot):
			self._box.addWidget(part, 1 if part is self.stack else 0)
		self._wire()

	def _wire(self) -> None:
		self._reader.came.connect(self._show_far)
		self.bar.searched.connect(self.search_for)
		self.bar.faulty.connect(self._fault)
		self.bar.saved.problem.connect(self._window.problem)
		self.bar.saved.said.connect(self._window.toast)
		self.found.adding.connect(self.add)
		self.found.paged.connect(self._screen)
		self.found.wanted.connect(self.bar.open)
		self.found.including.connect(self._include)
		self.found.pressed.connect(self.press)
		self.view.message_opened.connect(lambda _id: self.press("A"))
		self.side.again.connect(self._open_again)
		self.side.taking.connect(self._take_out)
		self.side.whole.connect(self.show_contents)
		self.side.news.connect(self.show_news)
		self.acts.added.connect(self._added)
		self.acts.left.connect(self._left_out)
		self.acts.refilled.connect(self.refresh)
		self.acts.refilled.connect(self.changed)
		self.acts.went_on.connect(self._go_on)
		self.acts.shown.connect(self._shown)
		self.contents.more.connect(self.show_search)
		self.contents.confirmed.connect(self.confirmed)
		self.contents.empty_confirmed.connect(self.left)
		self.contents.changed.connect(self.changed)
		self.confirm_button.clicked.connect(self.go_on)
		self.beside.toggled.connect(lambda _on: self._fold())
		for keys, act in (
			("Ctrl+Return", self.add),
			("Ctrl+Enter", self.add),
			(QKeySequence.StandardKey.Undo, self.acts.undo),
		):
			short_cut = QShortcut(QKeySequence(keys), self)
			short_cut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			short_cut.activated.connect(act)

	# opening
	def open_request(self, request: Request, *, news: bool = False) -> None:
		"""Begin to gather for a request, or go on with it; `news`: show what its searches find by now."""
		self._news_wanted = news
		fresh = self.request is None or self.request.id != request.id
		self.request = request
		self.acts.request_id = request.id
		self._title("Search the archive")
		self.bar.fill()
		if fresh:
			self._asked += 1
			self.bar.clear()
			self._look, self.held, self._news = None, _NOBODY, ()
			self.found.begin()
		self.asked.setText(asked_words(request))
		self.side.show_words(request.wording)
		self.show_search()
		self.refresh()

	def _title(self, words: str) -> None:
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.deleteLater()
		back = back_words(self.request, self.window().width())
		self._head = flow_head(words, back, on_back=self.left.emit)
		self._box.insertWidget(0, self._head)

	def refresh(self) -> None:
		"""Read again how far it is, and what the searches find by now."""
		if self.request is not None:
			self._reader.read(self.request.id)

	def _show_far(self, request_id: int, far: Far) -> None:
		if self.request is None or self.request.id != request_id:
			return
		self.request = self._council.requests.get(self.request.id)
		changed = self.held.held ^ far.held.held | self.held.left ^ far.held.left
		self.held, self._news = far.held, far.news
		self.side.show_standing(far.standing)
		self.side.show_steps(far.steps, self._council.clock().date())
		self.side.show_news(len(far.news))
		self.found.mark(far.held, list(changed))
		if self.stack.currentWidget() is self.contents:
			self.contents.open(self.request, far.held) if self.request.candidates else self.show_search()
		if self._news_wanted and far.news:
			self.show_news()
		self._news_wanted = False
		told = reopened_words(far.standing)
		searches = [one.found for one in far.steps if one.kind == "search"]
		self._show_foot(told, nothing=bool(searches) and not any(searches))

	# searching
	def search(self) -> None:
		"""Look for what the fields say."""
		self.bar.search()

	def _fault(self, words: str) -> None:
		self.found.say_fault(words)
		announce(self, words)

	def search_for(self, wanted: MessageFilter) -> None:
		"""Look for it; the search is on record whatever comes of it."""
		known = self.request.id

		self._ask("Searching", lambda stopped: self._council.gathering.look(known, wanted, stopped))

	def _ask(self, title: str, look: Callable[[Stopped], Look]) -> None:
		"""Find something and show it, unless another thing was asked for meanwhile."""
		self._asked += 1
		asked, known = self._asked, self.request.id

		def call(_progress, stopped):
			found = look(stopped)
			return found, self._council.gathering.membership(known), read_screen(self._council, found, 0, {})

		def show(answer) -> None:
			if asked != self._asked:
				return
			found, self.held, screen = answer
			self.bar.saved.follow(found.wanted, search_words(found.wanted, len(found.ids)))
			self._look, self._around, self._extra = found, {}, set()
			self.found.show_look(found, screen, 0, self.held)
			announce(self, self.told.text())
			if found.ids:
				self.view.setFocus()
			else:
				self.words.setFocus()
				self.words.selectAll()
			self.refresh()

		self._window.run(title, call, show, promise=_LOOKING)

	def show_news(self) -> None:
		"""Show what the searches find by now that is neither in the request nor left out."""
		news = self._news
		self.bar.clear()
		found = Look(0, MessageFilter(ids=news), news, frozenset(), frozenset(), 0)
		self._ask("Reading new messages", lambda _stopped: found)

	def _screen(self, page: int, *, stay: int = 0) -> None:
		"""Show another page of what was found, or the same with more around it."""
		if self._look is None or not 0 <= page * SHOWN <= len(self._look.ids):
			return
		if page != self.found.page:
			self._around, self._extra = {}, set()
		asked, look, around, extra = self._asked, self._look, dict(self._around), set(self._extra)

		def show(screen) -> None:
			if asked == self._asked:
				self.found.show_look(look, screen, page, self.held, stay=stay)
				self.view.setFocus()

		self._window.run(
			"Reading messages",
			lambda _progress, _stopped: read_screen(self._council, look, page, around, extra),
			show,
			promise=_LOOKING,
		)

	def _open_again(self, step: Step) -> None:
		if step.wanted is not None:
			self.beside.setChecked(False)
			self.bar.show_filter(step.wanted)
			self.search_for(step.wanted)

	# adding
	def add(self) -> None:
		"""Add what was found to the request, as it was shown."""
		if self._look is None or self.add_button.isHidden() or self.stack.currentWidget() is not self._searching:
			return
		look, known = self._look, self.request.id
		ids = [one for one in look.ids if one not in self.held.held and one not in self.held.left]
		service = self._council.gathering

		def done(added: Added) -> None:
			back = (lambda: self._take_out(added.step_id)) if look.step_id and added.added else None
			self._window.toast(added_words(added.added, self.request.reference), "Undo" if back else "", back)
			self._look = replace(look, step_id=added.step_id) if look.step_id else look
			self._added(ids, by_hand=False)
			self.confirm_button.setFocus()

		self._window.run(
			f"Adding to {self.request.reference}",
			lambda _progress, _stopped: (
				service.add_found(known, look.step_id, ids) if look.step_id else service.add_news(known, ids)
			),
			done,
			promise="All of them are added, or none.",
		)

	def _include(self, ids: list[int], how: How) -> None:
		self.acts.add(ids, how, after=lambda _added: self.view.setFocus())

	def press(self, letter: str) -> None:
		"""Do what a key of the list means."""
		here = self.view.current_message()
		if letter not in "[]":
			self.acts.press(letter, self.found.picked(), here, self.found.screen)
		elif here:
			before, after = self._around.get(here, (1, 1))
			self._around[here] = (before + _MORE, after) if letter == "[" else (before, after + _MORE)
			self._screen(self.found.page, stay=here)

	def _shown(self, ids: list[int], here: int) -> None:
		"""Show messages that were added by hand, as far as one page can."""
		self._extra.update(ids[:SHOWN])
		self._screen(self.found.page, stay=here)

	def _go_on(self, ids: list[int]) -> None:
		"""Go on to the message after the last of these."""
		self.view.show_message(ids[-1])
		self.view.step(1)
		self.view.setFocus()

	def _added(self, ids: list[int], *, by_hand: bool = True) -> None:
		self.held = self.held.adding(ids, by_hand=by_hand)
		self._written(ids)

	def _left_out(self, ids: list[int]) -> None:
		self.held = self.held.leaving(ids)
		self._written(ids)

	def _written(self, ids: list[int]) -> None:
		self.found.mark(self.held, ids)
		announce(self, self.told.text())
		self.refresh()
		self.changed.emit()

	def _take_out(self, step_id: int) -> None:
		steps = self._council.gathering.steps(self.request.id)
		step = next((one for one in steps if one.id == step_id), None)
		if step is not None:
			self.acts.take_out(step)

	# seeing the whole, confirming
	def go_on(self) -> None:
		"""Take the next step: see the set before it is confirmed, decide once it is."""
		if self.request.set_confirmed:
			self.confirmed.emit()
		else:
			self.show_contents()

	def show_contents(self) -> None:
		"""Show what is in the request, together; where nothing is, confirm that nothing was found."""
		if not self.request.candidates:
			self.confirm()
			return
		self._title("What is in this request")
		self.stack.setCurrentWidget(self.contents)
		self._foot.hide()
		self.contents.open(self.request, self.held, focus=True)

	def show_search(self) -> None:
		"""Go to the search."""
		self._title("Search the archive")
		self.stack.setCurrentWidget(self._searching)
		self._foot.show()
		self.words.setFocus()
		self.words.selectAll()

	def step_back(self) -> bool:
		"""Go from what is in it back to the search; return whether that was so."""
		if self.stack.currentWidget() is not self.contents:
			return False
		self.show_search()
		return True

	def confirm(self) -> None:
		"""Confirm the set; once it is, go on to deciding."""
		self.contents.request = self.request
		self.contents.confirm()

	def _show_foot(self, told: str, *, nothing: bool) -> None:
		held, number = self.request.candidates, not self.add_button.isHidden()
		self.confirm_button.setProperty("kind", None if number else "primary")
		repolish(self.confirm_button)
		self.confirm_button.setVisible(held > 0 or (nothing and not self.request.set_confirmed))
		if self.request.set_confirmed:
			self.confirm_button.say("Decide on each message")
		else:
			self.confirm_button.say("See what is in it, then confirm" if held else "Nothing was found: confirm that")
		self._foot.note.setText(told or held_words(held, confirmed=self.request.set_confirmed))

	# room
	def _fold(self) -> None:
		"""Fold what stands beside the search, and the filters, where there is no room."""
		roomy = self.width() >= theme.px(_FOLD)
		asked = self.beside.isChecked() and not roomy
		self.side.setVisible(roomy or asked)
		self._edge.setVisible(roomy)
		self._left_side.setVisible(not asked)
		self.side.set_wide(asked)
		self.beside.say("Back to the search" if asked else _BESIDE)
		low = self.height() < theme.px(_LOW)
		self.bar.set_low(low)
		self.found.set_low(low, very=self.height() < theme.px(_VERY_LOW))
		self.contents.set_low(self.height() < theme.px(_VERY_LOW))
		self._tools.setVisible(not roomy)

	def resizeEvent(self, event: QResizeEvent) -> None:
		super().resizeEvent(event)
		self._fold()

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		self.thumbnails.close()
