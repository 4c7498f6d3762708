"""Private details: messages to look at, newest first; each in its conversation; what to do about it."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget, QWidget

from cranford_desktop.domain.cases import Case, CaseKind
from cranford_desktop.domain.finding import Place, Scanned, State, Suggestion
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.sensitive import DETECTORS, Detector
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import ChatLine, message_line, shown_text, with_days
from cranford_desktop.ui.parts.chat_view import PHOTO, ChatView
from cranford_desktop.ui.parts.controls import Choice, button, link
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.labels import Elided, fact, say
from cranford_desktop.ui.parts.laid import Mark
from cranford_desktop.ui.parts.layouts import box, clear, col, frame, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_head
from cranford_desktop.ui.parts.sensitive_dialogs import AskDeleteDialog, DismissDialog, OwnWordsDialog
from cranford_desktop.ui.parts.sensitive_list import QueueList, kind_words
from cranford_desktop.ui.parts.side_by_side import SideBySide
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.task import Task

LOOKING = "Looking for private details"
AROUND = 12
"""Messages shown before and after the one that is looked at."""
_FOLD, _SHORT = 700, 400
"""Pixels at 100 %: the width from which list and conversation stand side by side, and a height that is scarce."""
_STATES: tuple[tuple[State, str], ...] = (("open", "To look at"), ("dismissed", "Dismissed"), ("dealt", "Dealt with"))
_DONE = {
	"data_breach": "Logged as a data breach",
	"policy_breach": "Logged as a policy breach",
	"dispute": "Logged as a dispute",
}
_CHIPS, _REASONS = 2, 4
"""How many of each are shown of one message: the conversation needs the room."""


class SensitivePage(QWidget):
	"""`closed`: back to the archive; `message_wanted(int)`: show a message in its conversation."""

	closed = Signal()
	message_wanted = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._kinds = council.finding.kinds()
		self._task: Task | None = None
		self._scan: Task | None = None
		self._about: tuple[tuple[int, ...], CaseKind] | None = None
		self._place: Place | None = None
		self._thumbnails = Thumbnails(council.browsing.thumbnail, PHOTO[0] * 2, self)
		self._own = link("The council’s own words…")
		self._own.clicked.connect(self.edit_words)
		left, right = self._list_pane(), self._reading_pane()
		self.sides = SideBySide(left, right, self.list, _FOLD)
		self._reading_head.layout().insertWidget(0, self.sides.back)
		self.sides.fitted.connect(self._fit)
		self.list.clicked.connect(lambda _at: self.sides.show_right())
		self.head = flow_head("Private details", "Archive", self._own, on_back=self.closed.emit)
		self._none = QWidget()
		self._none.setLayout(col(gap=0))
		self._stack = QStackedWidget()
		self._stack.addWidget(self.sides)
		self._stack.addWidget(self._none)
		self.setLayout(col(self.head, rule(), (self._stack, 1), gap=0))
		self._keys()
		self._show_place(None)

	# building
	def _list_pane(self) -> QFrame:
		self.state = Choice(*(words for _, words in _STATES), name="Which suggestions")
		self.kind = Choice("All kinds", name="Kind of suggestion")
		self.kind.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		self.kind.setMinimumContentsLength(12)
		self._offered: list[Detector | None] = [None]
		self.state.currentIndexChanged.connect(lambda _at: self._load())
		self.kind.currentIndexChanged.connect(lambda _at: self._load())
		self.counted = say("", "strong", wrap=False)
		self._hint = say("Suggestions, not complete. They decide nothing.", "small", wrap=True)
		self.list = QueueList(self._kinds)
		self.list.picked.connect(self._show_place)
		self.list.activated.connect(lambda _index: self._open())
		self._none_here = say("", "muted", wrap=True)
		self._found = QStackedWidget()
		self._found.addWidget(self.list)
		self._found.addWidget(box(col(24, self._none_here, None, pad=(16, 0, 16, 0))))
		top = frame(
			col(row(self.state, (self.kind, 1), gap=8), self.counted, self._hint, gap=6, pad=(16, 10, 12, 8)), "pane"
		)
		return frame(col(top, rule(), (self._found, 1), gap=0), "pane")

	def _reading_pane(self) -> QFrame:
		self._title = Elided("", "head")
		self._when = Elided("", "small")
		self.chat = ChatView(self._thumbnails, name="Conversation")
		self.chat.message_opened.connect(lambda _id: self._go_to_message())
		self._go = button("Show in the archive", "quiet", "chat_multiple")
		self._go.setAccessibleName("Show in the archive")
		self._go.clicked.connect(self._go_to_message)
		head = frame(row((col(self._title, self._when, gap=0), 1), self._go, gap=8, pad=(16, 6, 10, 6)), "pane")
		self._reading_head = head
		self._reasons = QWidget()
		self._reasons.setLayout(col(gap=2))
		self.dismiss_button = button("Dismiss… (D)", "primary")
		self.data_breach = button("Data breach, 72 hours (B)", ic="timer")
		self.policy_breach = button("Policy breach (P)", ic="scales")
		self.ask_button = button("Ask the sender to delete (A)", ic="delete")
		self.back_button = button("Bring back (U)", "primary", "arrow_undo")
		self.case_button = button("Open the case", ic="scales")
		for one, name, do in (
			(self.dismiss_button, "Dismiss", self.dismiss),
			(self.data_breach, "Log a data breach: 72 hours", lambda: self.log_case("data_breach")),
			(self.policy_breach, "Log a policy breach", lambda: self.log_case("policy_breach")),
			(self.ask_button, "Ask the sender to delete", self.ask_sender),
			(self.back_button, "Bring back", self.bring_back),
			(self.case_button, "Open the case", self._open_case),
		):
			one.clicked.connect(lambda _=False, do=do: do())
			one.setAccessibleName(name)
		acts = QWidget()
		acts.setLayout(Flow(self.data_breach, self.policy_breach, self.ask_button, self.case_button, gap=8))
		self._foot = col(
			self._reasons, row((acts, 1), self.dismiss_button, self.back_button, gap=8), gap=10, pad=(16, 10, 16, 10)
		)
		foot = frame(self._foot, "header")
		self._around = (head, rule(), rule(), foot)
		over, under = self._around[1:3]
		return frame(col(head, over, (self.chat, 1), under, foot, gap=0), "pane")

	def _keys(self) -> None:
		for keys, do in (
			("D", self.dismiss),
			("B", lambda: self.log_case("data_breach")),
			("P", lambda: self.log_case("policy_breach")),
			("A", self.ask_sender),
			("U", self.bring_back),
			("Esc", self._leave),
		):
			made = QShortcut(QKeySequence(keys), self)
			made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			made.activated.connect(do)

	# looking
	def refresh(self) -> None:
		"""Show the queue again, and look at what has come in since the last time."""
		self._load()
		if self._scan is not None:
			return
		finding = self._council.finding
		task = self._scan = Task(lambda _progress, _stopped: finding.waiting(), self)

		def known(waiting: int) -> None:
			self._scan = None
			if waiting:
				self.look()

		task.finished.connect(known)
		task.failed.connect(self._failed)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def look(self) -> None:
		"""Look at every message that was not looked at, with progress and Cancel."""
		if self._scan is not None:
			return
		self._scan = self._window.run(
			LOOKING,
			self._council.finding.scan,
			self._looked,
			failed=self._failed,
			cancelled=self._stopped,
			promise="Cancelled, the list stays as it is.",
		)

	def _looked(self, scanned: Scanned) -> None:
		self._scan = None
		self._load()
		if scanned.found:
			self._window.changed()

	def _failed(self, problem: CranfordError) -> None:
		self._scan = None
		self._window.problem(problem)

	def _stopped(self) -> None:
		self._scan = None
		self._window.toast("Stopped. The list is as it was.", done=False)

	def edit_words(self) -> None:
		"""Edit the council's own words; then look at everything again."""
		asked = OwnWordsDialog(self, self._council.finding)
		asked.exec()
		if asked.changed:
			self.look()

	# the queue
	def _load(self) -> None:
		state, detector, finding = self.shown_state(), self.shown_kind(), self._council.finding

		def read(_progress: object, _stopped: object):
			return finding.queue(state, detector), finding.counts(state)

		if self._task is not None:
			self._task.abandon()
		task = self._task = Task(read, self)
		task.finished.connect(lambda found: self._loaded(state, *found))
		task.failed.connect(self._window.problem)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def shown_state(self) -> State:
		"""Return which suggestions are listed."""
		return _STATES[max(0, self.state.currentIndex())][0]

	def shown_kind(self) -> Detector | None:
		"""Return the kind that is listed; None for all."""
		at = self.kind.currentIndex()
		return self._offered[at] if 0 <= at < len(self._offered) else None

	def _loaded(self, state: State, ids: "array[int]", counts: dict[str, int]) -> None:
		self._task = None
		self._offer_kinds(counts)
		finding = self._council.finding
		self._stack.setCurrentIndex(0)
		self.list.show_ids(ids, lambda some: finding.places(some, state))
		self._found.setCurrentIndex(0 if ids else 1)
		self.counted.setText(count(len(ids), "message"))
		self.counted.setVisible(bool(ids))
		self._none_here.setText("Nothing of this kind." if self.shown_kind() else "Nothing here yet.")
		if not ids and state == "open" and self.shown_kind() is None:
			self._show_nothing()

	def _offer_kinds(self, counts: dict[str, int]) -> None:
		chosen = self.shown_kind()
		self._offered = [None, *(one for one in DETECTORS if one in counts or one == chosen)]
		self.kind.blockSignals(True)
		self.kind.clear()
		self.kind.addItem("All kinds")
		for one in self._offered[1:]:
			words = self._kinds[one].many
			self.kind.addItem(f"{words[0].upper()}{words[1:]} ({counts.get(one, 0):,})")
		self.kind.setCurrentIndex(self._offered.index(chosen))
		self.kind.view().setMinimumWidth(self.kind.view().sizeHintForColumn(0) + theme.px(32))
		self.kind.blockSignals(False)

	def _show_nothing(self) -> None:
		layout = self._none.layout()
		clear(layout)
		past = link("See what was dismissed or dealt with")
		past.clicked.connect(lambda: self.state.setCurrentIndex(1))
		answered = any(self._council.finding.counts(state) for state in ("dismissed", "dealt"))
		layout.addWidget(
			empty(
				"checkmark_circle",
				"Nothing to look at. The finder points at what it knows: it never finds everything.",
				None,
				past if answered else None,
			)
		)
		self._stack.setCurrentIndex(1)

	# one message
	def _show_place(self, place: Place | None) -> None:
		self._place = place
		state = self.shown_state()
		for one in (self.dismiss_button, self.data_breach, self.policy_breach):
			one.setVisible(place is not None and state == "open")
		self.ask_button.setVisible(place is not None and state == "open" and place.sender is not None)
		self.back_button.setVisible(place is not None and state != "open")
		self.case_button.setVisible(place is not None and any(one.case_id is not None for one in place.suggestions))
		for one in self._around:
			one.setVisible(place is not None)
		clear(self._reasons.layout())
		if place is None:
			self._title.setText("")
			self._when.setText("")
			self.chat.set_lines(())
			return
		self._title.setText(place.group)
		self._when.setText(f"{day_words(place.sent_at.date())}, {place.sent_at:%H:%M}")
		browsing = self._council.browsing
		rows = browsing.rows(browsing.neighbours(place.message_id, AROUND, AROUND))
		self.chat.set_lines(with_days([self._line(one, place) for one in rows]))
		self.chat.show_message(place.message_id)
		told = [self._told(one) for one in place.suggestions]
		if len(told) > _REASONS:
			told[_REASONS - 1 :] = [f"And {count(len(told) - _REASONS + 1, 'more', 'more')}: marked above."]
		for words in told:
			self._reasons.layout().addLayout(fact("info", words, ink="sensitive"))

	def _line(self, message: MessageRow, place: Place) -> ChatLine:
		if message.id != place.message_id:
			return message_line(message, quiet=True)
		length = len(shown_text(message))
		spans = sorted({span for one in place.suggestions for span in one.places if span[1] <= length})
		chips = kind_words(place, self._kinds)
		several = [*chips[: _CHIPS - 1], f"and {len(chips) - _CHIPS + 1} more"] if len(chips) > _CHIPS else chips
		return message_line(
			message,
			marks=[Mark(start, end, "sensitive") for start, end in spans],
			chips=[(words, "sensitive") for words in several],
		)

	def _told(self, one: Suggestion) -> str:
		kind = self._kinds[one.detector]
		words = f"{kind.reason}: {one.words}" if one.words else kind.reason
		if one.words and not one.places:
			words += " – in another text of this message"
		if one.state == "dismissed":
			reach = {"here": "", "words": ", everywhere", "group": ", for the whole group"}[one.scope]
			return f"{words}. Dismissed{reach}: {one.reason}"
		if one.state == "dealt":
			done = f"The sender was asked to delete it. {one.reason}" if one.done == "asked" else _DONE[one.done or ""]
			return f"{words}. {done}"
		return f"{words}."

	def _leave(self) -> None:
		"""Escape: back to the list where one side is shown at a time, else back to the archive."""
		(self.sides.show_left if self.sides.opened else self.closed.emit)()

	def _open(self) -> None:
		(self.sides.show_right if self.sides.folded else self._go_to_message)()

	def _go_to_message(self) -> None:
		if self._place is not None:
			self.message_wanted.emit(self._place.message_id)

	# answers
	def dismiss(self) -> None:
		"""D: ask why it may stay."""
		if self._place is None or not self.dismiss_button.isVisible():
			return
		asked = DismissDialog(self, self._place, self._kinds)
		if asked.exec() != QDialog.DialogCode.Accepted:
			return
		gone = asked.ids()
		try:
			reached = self._council.finding.dismiss(gone, asked.reason(), asked.scope())
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._answered(f"{count(reached, 'suggestion')} dismissed.", gone)

	def bring_back(self) -> None:
		"""U: put what was dismissed or dealt with back into the list."""
		if self._place is None or not self.back_button.isVisible():
			return
		self._bring_back([number for one in self._place.suggestions for number in one.ids])

	def _bring_back(self, ids: Sequence[int]) -> None:
		try:
			self._council.finding.bring_back(ids)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._answered("Back in the list.")

	def log_case(self, kind: CaseKind) -> None:
		"""B, P: log a case about the message; once it is logged its suggestions are dealt with."""
		if self._place is None or not self.data_breach.isVisible():
			return
		self._about = ((self._place.message_id,), kind)
		self._window.go(f"cases:{kind}", message_ids=self._about[0])

	def case_logged(self, case: Case) -> None:
		"""Take notice that a case was logged; if it is the one begun here, its messages are dealt with."""
		about, self._about = self._about, None
		if about is None or case.kind not in ("data_breach", "policy_breach"):
			return
		ids = [one.message_id for one in case.evidence if one.message_id in about[0]]
		if ids:
			self._council.finding.logged(ids, case.id, case.kind)
			self._load()

	def ask_sender(self) -> None:
		"""Show the words that ask the sender to delete it (A); record that she has asked."""
		if self._place is None or not self.ask_button.isVisible():
			return
		message_id = self._place.message_id
		asked = AskDeleteDialog(self, self._council.finding.ask(message_id))
		if asked.exec() == QDialog.DialogCode.Accepted:
			self._council.finding.record_asked(message_id, asked.way())
			self._answered("Recorded that you asked.")

	def _open_case(self) -> None:
		case_id = next((one.case_id for one in self._place.suggestions if one.case_id is not None), None)
		if case_id is not None:
			self._window.go(f"cases:{case_id}")

	def _answered(self, words: str, gone: Sequence[int] = ()) -> None:
		self._load()
		self._window.changed()
		self._window.toast(words, "Undo" if gone else "", (lambda: self._bring_back(gone)) if gone else None)
		self.list.setFocus(Qt.FocusReason.OtherFocusReason)

	# room
	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.sides.left_width = 360 if self.width() >= theme.px(1240) else 320
		self.sides.fit()

	def _fit(self) -> None:
		short = self.height() < theme.px(_SHORT)
		tight = 2 if self.sides.folded else int(self.width() < theme.px(1240))
		for one, words in (
			(self.data_breach, ("Data breach, 72 hours (B)", "Data breach (B)", "Breach (B)")),
			(self.policy_breach, ("Policy breach (P)", "Policy breach (P)", "Policy (P)")),
			(self.ask_button, ("Ask the sender to delete (A)", "Ask to delete (A)", "Ask (A)")),
			(self.dismiss_button, ("Dismiss… (D)", "Dismiss… (D)", "Dismiss…")),
			(self._go, ("Show in the archive", "Show in the archive", "Show")),
		):
			name = one.accessibleName()
			one.say(words[tight])
			one.setAccessibleName(name)
		self.head.setVisible(not self.sides.opened)
		self._when.setVisible(not short and self._place is not None)
		self._foot.setContentsMargins(*((12, 4, 12, 4) if short else (16, 10, 16, 10)))
		self._hint.setVisible(not short)

	def rescale(self) -> None:
		"""Follow the text size."""
		self.sides.fit()

	def close_down(self) -> None:
		"""Let the workers go home."""
		self._thumbnails.close()
		for task in (self._task, self._scan):
			if task is not None and task.running:
				task.stop()
				task.wait(5)
