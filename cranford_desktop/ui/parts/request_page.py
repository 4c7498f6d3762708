"""One request: its deadline worked out, and what to do as a task list that survives closing the window."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.letters import SentLetter
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, drop_button, link
from cranford_desktop.ui.parts.event_words import EVENTS
from cranford_desktop.ui.parts.icons import icon
from cranford_desktop.ui.parts.labels import chip, say
from cranford_desktop.ui.parts.layouts import box, clear, col, frame, page, row, rule
from cranford_desktop.ui.parts.letter_dialogs import HOW_WORDS
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.parts.request_also import AlsoCard, also, kind_name, tasks_of
from cranford_desktop.ui.parts.request_documents import DocumentsCard
from cranford_desktop.ui.parts.request_form import working_words
from cranford_desktop.ui.parts.request_tasks import (
	Task,
	asked_words,
	completed,
	head_words,
	left_words,
	tasks,
)
from cranford_desktop.ui.parts.request_timeline import timeline, timeline_card
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, short, short_day
from cranford_desktop.ui.parts.working_days import WorkingDays


class TaskRow(QWidget):
	"""One task: its name as a link where it can be done now, a note, its state."""

	chosen = Signal(str)

	def __init__(self, task: Task) -> None:
		super().__init__()
		self.task = task
		ready = task.state != "Cannot start yet"
		name = link(task.name, name=f"{task.name}: {task.state}") if ready else say(task.name, "muted", wrap=False)
		if ready:
			name.clicked.connect(lambda: self.chosen.emit(task.key))
		self.go = name if ready else None
		state = {
			"Completed": lambda: say(task.state, wrap=False),
			"In progress": lambda: chip(task.state, "hold"),
			"Not yet started": lambda: chip(task.state, "business"),
			"Cannot start yet": lambda: say(task.state, "muted", wrap=False),
			"Optional": lambda: say(task.state, "muted", wrap=False),
		}[task.state]()
		left = theme.scaled(frame(row(name, None)), "setMinimumWidth", 228)
		note = say(task.note, "muted", wrap=True)
		self.setLayout(row(left, (note, 1), state, gap=8))
		theme.scaled(self, "setMinimumHeight", 34)


class RequestPage(QWidget):
	"""The detail pane. `chosen(str)`: a task's key; `letter(int)`: show a letter that went out,
	`letter_with_pack(int)`: with the pack behind it; `reminder`: the deadline is wanted in her calendar; `left`: back
	to the list, where the list is folded away; `happened(str)`: an event of that kind is to be recorded; `undone(int)`:
	one is to be taken back; `wanted(str)`: "holidays", "reasons"; `changed`: a document came or went;
	`problem(object)`; `opened(bytes, str)`: a PDF is to be shown, with its title.
	"""

	chosen = Signal(str)
	letter = Signal(int)
	letter_with_pack = Signal(int)
	reminder = Signal()
	left = Signal()
	changed = Signal()
	problem = Signal(object)
	opened = Signal(bytes, str)
	happened = Signal(str)
	undone = Signal(int)
	wanted = Signal(str)

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self.request: Request | None = None
		self._narrow = False
		self.rows: list[TaskRow] = []
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._how_open = False

	def set_narrow(self, narrow: bool) -> None:
		"""Say whether the list beside this page is folded away; then a link leads back to it."""
		self._narrow = narrow
		if hasattr(self, "_back"):
			self._back.setVisible(narrow)

	def focus_next(self) -> None:
		"""Put the keyboard on the next thing to do."""
		waiting = [
			one.go for one in self.rows if one.go is not None and one.task.state not in ("Completed", "Optional")
		]
		if waiting:
			waiting[0].setFocus()

	def show_request(self, request: Request) -> None:
		"""Show a request as it stands now."""
		if self.request is None or self.request.id != request.id:
			self._how_open = False
		self.request = request
		today: date = self._council.clock().date()
		searches = self._council.gathering.searches(request.id)
		happened = timeline(
			request,
			self._council.request_events.events(request.id),
			searches,
			self._council.letters.sent(request.id),
			self._council.disclosing.packs(request.id),
		)
		covered = len(self._council.redacting.redactions(request.id))
		sent = self._council.letters.sent(request.id)
		clear(self._box)
		self._back = button("All requests", "link", "arrow_left")
		self._back.clicked.connect(self.left)
		self.documents = DocumentsCard(self._council, request.id, today)
		self.documents.changed.connect(self.changed)
		self.documents.problem.connect(self.problem)
		self.documents.opened.connect(self.opened)
		self.happening = drop_button("What happened?")
		self.happening.clicked.connect(self._open_events)
		title = say(short(request.wording, 80), "title", wrap=True)
		marks: list = [
			say(request.reference, "muted", wrap=False),
			chip(kind_name(self._council, request), "plain"),
		]
		if request.keeps(today):
			marks.append(chip("Keep: do not erase", "hold"))
		self._area = page(
			box(col(self._back, title, row(*marks, None, self.happening, gap=8), gap=4)),
			*self._without_reason(request),
			self._deadline(request, today),
			self._tasks(request, len(searches), covered, sent),
			self._also(request),
			*([self._letters(sent)] if sent else []),
			self._words(request),
			self.documents,
			timeline_card(happened, today, self.undone.emit),
			width=860,
			gap=12,
			pad=(24, 16, 24, 20),
		)
		self._box.addWidget(self._area)
		self._back.setVisible(self._narrow)

	def _deadline(self, request: Request, today: date) -> QWidget:
		head = say(head_words(request), "head", wrap=True)
		try:
			standing = self._council.requests.standing(request.id)
		except CranfordError:
			standing = None
		deadline = standing.deadline if standing else None
		start = deadline.start or request.received if deadline else request.received
		not_counted = {one.day: one.why for one in deadline.working} if deadline else {}
		doubt = [note for note in deadline.notes if "provisional" in note] if deadline else []
		left = say(" ".join([left_words(request, today, not_counted), *doubt]), "muted", wrap=True)
		how = link("Hide the working" if self._how_open else "How we worked this out")
		self.remind = link("Add to my calendar")
		self.remind.clicked.connect(self.reminder)
		strip = WorkingDays()
		words = say(working_words(request.regime, request.received, deadline) if deadline else "", "muted", wrap=True)

		def show(open_: bool) -> None:
			self._how_open = open_
			how.say("Hide the working" if open_ else "How we worked this out")
			words.setVisible(open_)
			add.setVisible(open_)

		how.clicked.connect(lambda: show(not words.isVisibleTo(made)))
		add = link("Add a bank holiday…")
		add.clicked.connect(lambda: self.wanted.emit("holidays"))
		made = card(row((head, 1), self.remind, 12, how), left, 4, strip, words, add, gap=3, pad=(20, 14, 20, 14))
		if deadline is not None and request.regime != "sar" and request.status == "open":
			strip.show_span(start, deadline.due, not_counted, today)
		how.setVisible(deadline is not None)
		self.remind.setVisible(request.status == "open" and request.waiting_since is None)
		show(self._how_open)
		return made

	def _tasks(self, request: Request, searches: int, covered: int, sent: Sequence[SentLetter]) -> QWidget:
		newest = next(iter(self._council.disclosing.packs(request.id)), None)
		look = self._council.second_look.brief(request.id)
		listed = tasks(request, searches, covered, sent, pack=newest, look=look)
		listed = tasks_of(self._council, request, listed)
		self.rows = [TaskRow(task) for task in listed]
		items: list = [row(say("What to do", "head", wrap=False), None, say(completed(listed), "muted", wrap=False)), 4]
		for one in self.rows:
			one.chosen.connect(self.chosen)
			items += [rule(), one]
		return card(*items, gap=0, pad=(20, 12, 20, 8))

	def _also(self, request: Request) -> QWidget:
		self.also = AlsoCard(also(self._council, request))
		self.also.chosen.connect(self.chosen)
		return self.also

	def _letters(self, sent: Sequence[SentLetter]) -> QWidget:
		today = self._council.clock().date()
		items: list = [say("Letters sent", "head"), 2]
		for n, one in enumerate(sent):
			when = say(short_day(one.sent_on, today), "small", wrap=False)
			theme.scaled(when, "setFixedWidth", 118)
			how = say(HOW_WORDS[one.how], "muted", wrap=False)
			both = link(f"Print with pack {one.pack_number}…", name=f"Print the letter with its pack: {one.subject}")
			both.clicked.connect(lambda _=False, letter_id=one.id: self.letter_with_pack.emit(letter_id))
			go = link(one.subject, name=f"Look at the letter: {one.subject}")
			go.clicked.connect(lambda _=False, letter_id=one.id: self.letter.emit(letter_id))
			items += [rule()] if n else []
			more = [both] if one.pack_number is not None else []
			items.append(row(when, go, None, how, *more, gap=10, pad=(0, 6, 0, 6)))
		return card(*items, gap=0, pad=(20, 14, 20, 12))

	def _words(self, request: Request) -> QWidget:
		said = say(request.wording, wrap=True)
		said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
		return card(
			say("What they asked", "head"),
			frame(col(said, pad=(12, 2, 0, 2)), "quote"),
			4,
			say(asked_words(request), "muted", wrap=True),
			gap=6,
			pad=(20, 14, 20, 14),
		)

	def _without_reason(self, request: Request) -> list[QWidget]:
		"""Return the banner that asks for reasons under a new law, where something still rests on the old one."""
		open_ = self._council.changing_law.without_reason(request.id) if request.status == "open" else []
		if not open_:
			return []
		give = button("Give the reasons")
		give.clicked.connect(lambda: self.wanted.emit("reasons"))
		places = sum(one.decisions + one.redactions for one in open_)
		what = f"{count(places, 'decision or redaction rests', 'decisions and redactions rest')} on another law."
		return [banner("warn", what, "Nothing is lost. No pack is made until each has its reason.", give)]

	def menu(self) -> QMenu:
		"""Return the menu of what can have happened."""
		menu = QMenu(self)
		menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		for kind in self._council.request_events.offered(self.request.id):
			act = menu.addAction(icon(EVENTS[kind].icon), f"{EVENTS[kind].menu}…")
			act.triggered.connect(lambda _=False, kind=kind: self.happened.emit(kind))
		return menu

	def _open_events(self) -> None:
		menu = self.menu()
		corner = self.happening.mapToGlobal(QPoint(self.happening.width(), self.happening.height() + 2))
		menu.exec(corner - QPoint(menu.sizeHint().width(), 0))
