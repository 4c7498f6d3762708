"""Decide on each message: read in the middle, decide on the right with one key. F9 shows what goes out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Candidate, Choice, Decision, Piece, Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import WithholdDialog
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.decide_covering import LOOKING_ONLY, Covering
from cranford_desktop.ui.parts.decide_panel import DecidePanel
from cranford_desktop.ui.parts.decide_view import DecideList, by_group, clerk_line, requester_line
from cranford_desktop.ui.parts.labels import Glyph, fact, say
from cranford_desktop.ui.parts.layouts import col, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_head, side_panel
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.review_state import DONE, ReviewState, Took, is_decided
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count

_CONTEXT_STEP = 2
_MANY = 60
"""Decisions at once that are recorded in the background."""
_CHOICES: dict[str, Choice] = {"R": "release", "D": "release", "W": "withhold", "N": "not_in_scope", "P": "not_held"}


class DecidePage(Covering, QWidget):
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
		self._last_withheld: dict[str, str] | None = None
		self._last_exemption: str | None = None
		self._pieces: dict[int, tuple[Piece, ...]] = {}
		self._redactions: list = []
		thumbs = Thumbnails(council.browsing.thumbnail, 2 * theme.px(176), self)
		self.view = DecideList(thumbs, verdicts=True, several=True, name="Messages to decide on")
		self.reader = ChatView(thumbs, name="Messages as the requester will see them")
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
		self._box.addWidget(rule())
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
		self.panel.media_changed.connect(self._decide_media)
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

	def _note(self) -> QWidget:
		self._told = col(gap=8)
		back = button("Back to deciding (F9)")
		back.clicked.connect(lambda: self.show_requester(False))
		self._undecided_fact = say("", wrap=True)
		self._undecided_icon = Glyph("checkmark_circle", "ok")
		panel = side_panel(
			col(
				say("As the requester will see it", "head", wrap=True),
				say(
					"A label stands where you covered words up. In the pack all labels are one width, "
					"so that nobody can guess from the size.",
					"muted",
					wrap=True,
				),
				6,
				fact("checkmark_circle", "Context messages are left out", ink="ok"),
				row(col(self._undecided_icon, None, gap=0), (self._undecided_fact, 1), gap=8),
				8,
				back,
				None,
				gap=8,
				pad=(16, 16, 16, 12),
			)
		)
		theme.scaled(panel, "setFixedWidth", 348)
		return panel

	# opening
	def open_request(self, request: Request, at: int = 0) -> None:
		"""Fetch the set of a request and show it, at a message if one is named."""
		fresh = self.request is None or self.request.id != request.id
		self.request = request
		if fresh:
			self.state = ReviewState(())
			self._last_withheld = self._last_exemption = None
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
		self._fetch(at or None)

	def _fetch(self, stay: int | None) -> None:
		known = self.request.id

		def call(progress, stopped):
			return self._council.deciding.candidates(known), self._council.redacting.redactions(known)

		self._window.run(
			"Fetching the messages",
			call,
			lambda found: self._take(known, *found, stay),
			cancelled=self.left.emit,
			promise=LOOKING_ONLY,
		)

	def _take(self, request_id: int, candidates: Sequence[Candidate], redactions: list, stay: int | None) -> None:
		if self.request is None or self.request.id != request_id:
			return
		self._redactions = redactions
		self.state.take(candidates)
		self._fill()
		here = stay or self.state.next_undecided(0) or (self.state.ids() or [0])[0]
		self.view.show_message(here)
		self.view.setFocus()
		self._show_panel()
		self._look_for_patterns()
		self.changed.emit()

	def _fill(self) -> None:
		lines = [clerk_line(row, candidate) for row, candidate in self.state.rows()]
		self.view.set_lines(by_group(lines))
		page = 0 if len(self.state) else 2
		self._middles.setCurrentIndex(1 if self.requester_side and page == 0 else page)

	# deciding
	def press(self, letter: str) -> None:
		"""Do what a key of the review means."""
		if letter in _CHOICES:
			self.decide(letter)
		elif letter == "U":
			self.undo()
		elif letter == " ":
			self._go_on(self.view.current_message())
		elif letter == "E":
			self.ask_redact("")
		elif letter in "[]":
			self.more_context(before=letter == "[")

	def picked(self) -> list[int]:
		"""Return the candidates a key would decide on."""
		chosen = [one for one in self.view.chosen_messages() if self.state.candidate(one) is not None]
		here = self.view.current_message()
		if not chosen and self.state.candidate(here) is not None:
			chosen = [here]
		return chosen

	def decide(self, letter: str) -> None:
		"""Decide on the picked messages, and go on to the next that is undecided."""
		ids = self.picked()
		if not ids:
			self._window.toast("This message is context. It is not part of the request.", done=False)
			return
		if letter == "D" and len(ids) == 1 and not self.state.candidate(ids[0]).is_covered:
			self._window.toast("Nothing is covered up here yet. Select words with the mouse, or press E.", done=False)
			return
		answers: dict[str, str] = {}
		if letter == "W":
			asked = WithholdDialog(
				self, self._council.deciding.exemptions(self.request.regime), len(ids), self._last_withheld
			)
			if not asked.exec():
				self.view.setFocus()
				return
			answers = self._last_withheld = asked.answers()
		self.apply(ids, _CHOICES[letter], answers)
		self.view.setFocus()

	def apply(
		self, ids: Sequence[int], choice: Choice, answers: dict[str, str] | None = None, media: bool = False
	) -> None:
		"""Record one decision for some messages; it can be taken back."""
		before = {one: self.state.candidate(one).decision for one in ids}
		kept = {one: media or bool(before[one] and before[one].with_media) for one in ids}
		known = self.request.id

		def call(_progress, _stopped) -> None:
			for with_media in (False, True):
				some = [one for one in ids if (kept[one] and choice == "release") == with_media]
				if some:
					self._council.deciding.decide(known, some, choice, with_media=with_media, **(answers or {}))

		def done(_answer: object) -> None:
			self._applied(ids, choice, answers or {}, before, kept)

		if len(ids) > _MANY:
			self._window.run("Recording the decisions", call, done, promise="It is done as a whole or not at all.")
			return
		try:
			call(None, None)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		done(None)

	def _applied(
		self,
		ids: Sequence[int],
		choice: Choice,
		answers: dict[str, str],
		before: dict[int, Decision | None],
		kept: dict[int, bool],
	) -> None:
		words = f"{count(len(ids), 'message')}: {DONE[choice]}."
		self.state.steps.append(Took(words, lambda: self._put_back(before), ids[0]))
		self.state.decide(
			ids,
			lambda one: Decision(one, choice, with_media=kept[one] and choice == "release", **answers),
		)
		self._again(ids)
		if len(ids) > 1:
			self._window.toast(words)
		self._go_on(ids[-1])
		self.changed.emit()

	def undo(self) -> None:
		"""Take the last step back."""
		if not self.state.steps:
			self._window.toast("There is nothing to take back.", done=False)
			return
		step = self.state.steps.pop()
		try:
			step.back()
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.view.show_message(step.message_id)
		self.view.setFocus()
		self._window.toast(f"Taken back – {step.words}")
		self.changed.emit()

	def _put_back(self, before: dict[int, Decision | None]) -> None:
		service = self._council.deciding
		empty_again = [one for one, decision in before.items() if decision is None]
		if empty_again:
			service.undecide(self.request.id, empty_again)
		for one, old in before.items():
			if old is not None:
				service.decide(
					self.request.id,
					[one],
					old.choice,
					exemption=old.exemption,
					reason=old.reason,
					prejudice=old.prejudice,
					public_interest=old.public_interest,
					balance=old.balance,
					with_media=old.with_media,
				)
		self.state.decide(before, before.get)
		self._again(list(before))

	def _decide_media(self, put_in: bool) -> None:
		here = self.view.current_message()
		candidate = self.state.candidate(here)
		if candidate is None:
			return
		before = {here: candidate.decision}
		self._council.deciding.decide(self.request.id, [here], "release", with_media=put_in)
		self.state.steps.append(Took("its photo", lambda: self._put_back(before), here))
		self.state.decide([here], lambda one: Decision(one, "release", with_media=put_in))
		self._again([here])
		self._show_panel()
		self.view.setFocus()
		self.changed.emit()

	def _again(self, ids: Sequence[int]) -> None:
		if len(ids) > _MANY:
			here = self.view.current_message()
			self._fill()
			self.view.show_message(here)
			return
		for one in ids:
			candidate = self.state.candidate(one)
			self.view.replace_line(clerk_line(candidate.row, candidate))

	def _go_on(self, after: int) -> None:
		further = self.state.next_undecided(after)
		if further is None:
			self._show_panel()
			return
		if further == after:
			self.view.step(1)
		else:
			self.view.show_message(further)
		self._show_panel()

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

	# the requester's view
	def show_requester(self, on: bool) -> None:
		"""Switch between the clerk's view and the requester's."""
		self.requester_side = on
		self._switch()
		if not on or not len(self.state):
			self._middles.setCurrentIndex(0 if len(self.state) else 2)
			self.view.setFocus()
			return
		known, ids = self.request.id, self.state.ids()
		service = self._council.deciding

		def call(progress, stopped):
			return service.requester_views(known, ids)

		self._window.run(
			"Making the requester’s view",
			call,
			lambda found: self._show_requester(known, found),
			cancelled=lambda: self.show_requester(False),
			promise=LOOKING_ONLY,
		)

	def _show_requester(self, request_id: int, found: dict[int, tuple[Piece, ...] | None]) -> None:
		if self.request is None or self.request.id != request_id or not self.requester_side:
			return
		labels = {one.code: one.label for one in self._council.deciding.exemptions(self.request.regime)}
		lines = []
		for one in self.state.ids():
			pieces, candidate = found.get(one), self.state.candidate(one)
			if pieces is None or not is_decided(candidate):
				continue
			lines.append(
				requester_line(candidate, pieces, self._redactions, lambda one: labels.get(one.exemption, "Redacted"))
			)
		self.reader.set_lines(by_group(lines))
		left = len(self.state.undecided())
		self._undecided_fact.setText(
			f"{count(left, 'message')} not decided yet: not shown here" if left else "Everything is decided"
		)
		self._undecided_icon.show_icon(*(("clock", "muted") if left else ("checkmark_circle", "ok")))
		self._middles.setCurrentIndex(1)
		self.reader.show_message(self.view.current_message())
		self.reader.setFocus()

	def _switch(self) -> None:
		self.clerk_button.setChecked(not self.requester_side)
		self.requester_button.setChecked(self.requester_side)

	def _show_panel(self) -> None:
		self.panel.show_progress(self.state.decided(), len(self.state))
		here = self.view.current_message()
		chosen = self.view.chosen_words()
		words = ""
		if chosen is not None and (candidate := self.state.candidate(chosen[0])) is not None:
			words = (candidate.row.text or "")[chosen[1] : chosen[2]].strip()
		self.panel.show_message(self.state.candidate(here), len(self.view.chosen_messages()), words)
		self.panel.undo.setEnabled(bool(self.state.steps))

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		if self.view.thumbnails is not None:
			self.view.thumbnails.close()
