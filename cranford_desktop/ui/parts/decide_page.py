"""Decide on each message: read in the middle, decide on the right with one key. F9 shows what goes out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Candidate, Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import ChatLine
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.decide_acts import Acts
from cranford_desktop.ui.parts.decide_covering import LOOKING_ONLY, Covering
from cranford_desktop.ui.parts.decide_panel import DecidePanel
from cranford_desktop.ui.parts.decide_requester import RequesterSide
from cranford_desktop.ui.parts.decide_view import DecideList, by_group, clerk_line
from cranford_desktop.ui.parts.layouts import row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.review_state import ReviewState
from cranford_desktop.ui.parts.sar_strip import SarStrip
from cranford_desktop.ui.parts.thumbnails import Thumbnails

_CONTEXT_STEP = 2
_QUIET = 2_000
"""Milliseconds without a decision after which the rest of the window takes notice: working it out costs more than a key
press may.
"""


class DecidePage(Acts, Covering, RequesterSide, QWidget):
	"""The page. `left`: back to the request; `finished`: on to the check page; `changed`: counts moved."""

	left = Signal()
	finished = Signal()
	changed = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request: Request | None = None
		self.state = ReviewState(())
		self.requester_side = False
		self._last_codes: tuple[str, ...] = ()
		self._last_exemption: str | None = None
		self._redactions: list = []
		self._lines: dict[int, tuple[Candidate, ChatLine]] = {}
		"""Rows made in the background, with the candidate each was made for."""
		self._steps = 0
		self._calm = False
		self._panel_shows: tuple | None = None
		self._news = QTimer(self)
		self._news.setSingleShot(True)
		self._news.setInterval(_QUIET)
		self._news.timeout.connect(self.changed)
		thumbs = Thumbnails(council.browsing.thumbnail, 2 * theme.px(176), self)
		self.view = DecideList(thumbs, verdicts=True, several=True, days_open=True, name="Messages to decide on")
		as_covered = Thumbnails(self._as_covered, 2 * theme.px(176), self)
		self.reader = ChatView(as_covered, name="Messages as the requester will see them")
		self.panel = DecidePanel()
		self.clerk_button = button("Clerk’s view", "seg")
		self.requester_button = button("Requester’s view (F9)", "seg")
		for one in (self.clerk_button, self.requester_button):
			one.setCheckable(True)
		self.clerk_button.clicked.connect(lambda: self.show_requester(False))
		self.requester_button.clicked.connect(lambda: self.show_requester(True))
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)
		self._head: QWidget | None = None
		self._middles = QStackedWidget()
		self._none = empty("mail_inbox", "Nothing to decide on yet. Search the archive for what was asked.")
		self._busy = empty("clock", "Fetching the messages")
		self._middles.addWidget(self._side(self.view, self.panel))
		self._middles.addWidget(self._side(self.reader, self._note()))
		self._middles.addWidget(self._none)
		self._middles.addWidget(self._busy)
		self.sar = SarStrip(
			council,
			window,
			lambda ids: self.apply(ids, "release"),
			lambda: self._fetch(self.view.current_message()),
		)
		self._box.addWidget(rule())
		self._box.addWidget(self.sar)
		self._box.addWidget(self._middles, 1)
		self._wire()

	def _wire(self) -> None:
		self.view.pressed.connect(self.press)
		self.view.message_changed.connect(lambda _id: self._show_panel())
		self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_panel())
		self.view.words_chosen.connect(lambda *_: self._show_panel())
		self.panel.decided.connect(self.press)
		self.panel.undone.connect(self.undo)
		self.panel.uncovered.connect(self.uncover)
		self.panel.everywhere.connect(self.ask_redact)
		self.panel.selection.connect(self._redact_selection)
		self.panel.look.connect(lambda name: self.ask_redact("", pattern=name))
		self.view.day_wanted.connect(self.pick_day)
		self.panel.media_changed.connect(self.medium_asked)
		self.panel.taken.connect(self.take_idea)
		self.panel.finished.connect(self.finished)
		for keys, act in (
			("F9", lambda: self.show_requester(not self.requester_side)),
			(QKeySequence.StandardKey.Undo, self.undo),
		):
			short_cut = QShortcut(QKeySequence(keys), self)
			short_cut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			short_cut.activated.connect(act)

	def _side(self, view: QWidget, panel: QWidget) -> QWidget:
		made = QWidget()
		made.setLayout(row((view, 1), rule(True), panel, gap=0))
		return made

	# opening
	def open_request(self, request: Request, at: int = 0) -> None:
		"""Fetch the set of a request and show it, at a message if one is named."""
		fresh = self.request is None or self.request.id != request.id
		self.request = request
		if fresh:
			self.state = ReviewState(())
			self._last_codes, self._last_exemption = (), None
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.deleteLater()
		self._head = flow_head(
			"Decide on each message",
			back_words(request, self.window().width()),
			self.clerk_button,
			self.requester_button,
			on_back=self.left.emit,
		)
		self._box.insertWidget(0, self._head)
		self.requester_side = False
		self._switch()
		self._middles.setCurrentWidget(self._busy)
		self.sar.open_request(request)
		self._fetch(at or None)
		self.sar.look()

	def _fetch(self, stay: int | None) -> None:
		known = self.request.id

		def call(progress, stopped):
			deciding = self._council.deciding
			place = None if stay else deciding.place(known)
			redactions = self._council.redacting.redactions(known)
			candidates = deciding.candidates(known)
			lines = {one.row.id: (one, clerk_line(one.row, one)) for one in candidates}
			return candidates, lines, redactions, deciding.steps(known), place

		self._window.run(
			"Fetching the messages",
			call,
			lambda found: self._take(known, *found, stay),
			cancelled=self.left.emit,
			promise=LOOKING_ONLY,
		)

	def _take(
		self,
		request_id: int,
		candidates: Sequence[Candidate],
		lines: dict[int, tuple[Candidate, ChatLine]],
		redactions: list,
		steps: int,
		place: int | None,
		stay: int | None,
	) -> None:
		if self.request is None or self.request.id != request_id:
			return
		self._redactions, self._steps, self._lines = redactions, steps, lines
		self.state.take(candidates)
		self._fill()
		if not stay or not self.view.show_message(stay):
			self.view.show_message(self._where_she_was(place))
		self.view.setFocus()
		self._show_panel()
		self._look_for_patterns()
		self._tell()

	def _where_she_was(self, place: int | None) -> int:
		"""Return where to begin: where she left off, else at the first message that is undecided."""
		if place is not None and place in self.state.undecided():
			return place
		return self.state.next_undecided(place or 0) or place or (self.state.ids() or [0])[0]

	def _fill(self) -> None:
		lines = []
		for message, candidate in self.state.rows():
			made_for, line = self._lines.get(message.id, (None, None))
			made = line if candidate is not None and made_for is candidate else clerk_line(message, candidate)
			lines.append(self.sar.tint(made))
		self.view.set_lines(by_group(lines))
		page = 0 if len(self.state) else 2
		self._middles.setCurrentIndex(1 if self.requester_side and page == 0 else page)

	def more_context(self, *, before: bool) -> None:
		"""Show more of the conversation before or after the current message."""
		here = self.view.current_message()
		if not here:
			return
		ids = self._council.browsing.neighbours(here, _CONTEXT_STEP if before else 0, 0 if before else _CONTEXT_STEP)
		if not self.state.add_context(self._council.browsing.rows([one for one in ids if one != here])):
			self.view.step(-1 if before else 1)
			return
		self._fill()
		self.view.show_message(here)
		self._show_panel()

	def _show_panel(self, *, anew: bool = False) -> None:
		"""Show what is decided on the current message; nothing is built where all of it stands there already."""
		if self._calm or self.request is None:
			return
		here = self.view.current_message()
		candidate = self.state.candidate(here)
		chosen = self.view.chosen_words()
		words = ""
		if chosen is not None and (of := self.state.candidate(chosen[0])) is not None:
			words = (of.row.text or "")[chosen[1] : chosen[2]].strip()
		several = len(self.view.chosen_messages())
		self.panel.undo.setEnabled(self._steps > 0)
		shows = (here, several, words, self.state.decided(), len(self.state))
		if not anew and self._panel_shows is not None and self._panel_shows == (shows, candidate):
			return
		self._panel_shows = (shows, candidate)
		self.panel.show_progress(self.state.decided(), len(self.state))
		self.panel.show_message(candidate, several, words, self.idea(here))

	# what the rest of the window hears, and what is kept for the next time
	def _tell(self) -> None:
		self._news.start()

	def _settle(self) -> None:
		"""Tell the window what moved, and remember where she is."""
		if self._news.isActive():
			self._news.stop()
			self.changed.emit()
		here = self.view.current_message() if self.request is not None else 0
		if here and self.state.candidate(here) is not None:
			try:
				self._council.deciding.remember_place(self.request.id, here)
			except CranfordError:
				return  # it begins at the first undecided message then

	def hideEvent(self, event: QHideEvent) -> None:
		super().hideEvent(event)
		self._settle()

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		self._settle()
		for one in (self.view, self.reader):
			if one.thumbnails is not None:
				one.thumbnails.close()
