"""A second look: who looks, what they said, and what is still to be changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.second_look import Standing, read_changes
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.second_look_reading import LookRead
from cranford_desktop.ui.parts.ask import lines
from cranford_desktop.ui.parts.bare_page import BarePage
from cranford_desktop.ui.parts.check_page import look_words
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Fold, Item, box, page, row, rule
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.second_look_reading import LookReading, ToRead
from cranford_desktop.ui.parts.wording import count, day_words, local

_WHY = (
	"A second pair of eyes finds what the first no longer sees. It is advised, never asked for: you can do without and "
	"say why."
)
_PAD = (20, 14, 20, 14)


class SecondLookPage(BarePage):
	"""`changed`: something was recorded; `decide(int)`: to deciding, at a message; `copy(bytes)`: show the review copy;
	`go_on`: back to the check page.
	"""

	changed = Signal()
	decide = Signal(int)
	copy = Signal(object)
	go_on = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window, self._service = council, window, council.second_look
		self.request: Request | None = None
		self.reading: LookReading | None = None

	def open_request(self, request: Request) -> None:
		"""Show how the second look of a request stands."""
		self.request = request
		known = request.id

		def call(_progress, _stopped) -> tuple[LookRead, ToRead | None]:
			read = self._service.read(known)
			look = read.standing.look
			own = look is not None and look.kind == "another_day" and look.finished_at is None
			return read, (self._to_read(read) if own else None)

		def done(found: tuple[LookRead, ToRead | None]) -> None:
			if self.request is not None and self.request.id == known:
				self._show(*found)

		self._window.run("Looking at what was decided", call, done, promise="Nothing is changed by looking.")

	def _to_read(self, read: LookRead) -> ToRead:
		order = self._service.order(read)
		codes = self._council.deciding.exemptions(self.request.regime)
		return ToRead(
			read,
			order,
			self._council.deciding.requester_views(self.request.id, order),
			self._council.redacting.redactions(self.request.id),
			{one.code: one.label for one in codes},
		)

	def _show(self, read: LookRead, to_read: ToRead | None) -> None:
		self.close_page()
		self.read = read
		look = read.standing.look
		if to_read is not None:
			self._show_reading(to_read)
		elif look is not None and look.kind == "other_person" and look.finished_at is None:
			self._show_waiting(read)
		elif look is not None and look.kind != "skipped":
			self._show_outcome(read)
		else:
			self._show_choice(read.standing)

	def _head(self) -> QWidget:
		return flow_head("Second look", back_words(self.request, self.window().width()), on_back=self.left.emit)

	def _put(self, title: str, note: str, *parts: Item, foot: tuple[Item, ...] = ()) -> None:
		"""Show a page of cards with its verbs."""
		self.summary = ErrorSummary()
		body = page(say(title, "title", wrap=True), self.summary, *parts, width=760, gap=12, pad=(24, 14, 24, 14))
		self.summary.followed.connect(body.ensureWidgetVisible)
		self.put(Fold(self._head(), body, flow_foot(note, *foot)))

	# who looks
	def _show_choice(self, standing: Standing) -> None:
		today = self._council.clock().date()
		day = standing.can_begin
		now = standing.ready and day is not None and day <= today
		self.who, self.why_not = field(width=360), field()
		self._who = FormField("Who reads it?", self.who, "A councillor or the chair. They get the review copy.")
		self._why_not = FormField("Why not?", self.why_not, "Goes into the council’s own log.", optional=False)
		self.give = button("Make the review copy", None if now else "primary")
		self.give.clicked.connect(self.give_to)
		self.begin = button("Begin reading", "primary")
		self.begin.clicked.connect(self.begin_own)
		self.without = button("Go on without")
		self.without.clicked.connect(self.skip)
		if now:
			own: Item = row(self.begin, None)
		elif not standing.ready:
			own = say("When everything is decided.", "muted", wrap=True)
		else:
			own = say(f"You can from {day_words(day)}: not on the day on which you decided.", "strong", wrap=True)
		told = say(look_words(standing), "muted", wrap=True)
		told.setVisible(standing.look is not None)
		other = [self._who, row(self.give, None)] if standing.ready else [say("When everything is decided.", "muted")]
		self._put(
			"A second look",
			f"{count(standing.going_out, 'message')} would go out.",
			say(_WHY, "muted", wrap=True),
			told,
			card(say("Somebody else reads it", "head"), *other, gap=8, pad=_PAD),
			card(
				say("I look again on another day", "head"),
				say("Each message as they will read it, in another order. One key each.", "muted", wrap=True),
				own,
				gap=8,
				pad=_PAD,
			),
			card(say("No second look", "head"), self._why_not, row(self.without, None), gap=8, pad=_PAD),
		)

	def begin_own(self) -> None:
		"""Begin to read in another order."""
		self._try(lambda: self._service.begin_own(self.request.id))

	def give_to(self) -> None:
		"""Record who reads it, and make their copy."""
		if not self.who.text().strip():
			self.summary.show_faults({self._who: "Say who reads it"}, (self._who, self._why_not))
			return
		if self._try(lambda: self._service.begin_other(self.request.id, self.who.text())):
			self.make_copy()

	def skip(self) -> None:
		"""Go on without, with the reason."""
		if not self.why_not.text().strip():
			self.summary.show_faults({self._why_not: "Say in a few words why not"}, (self._who, self._why_not))
			return
		if self._try(lambda: self._service.skip(self.request.id, self.why_not.text()), stay=False):
			self.go_on.emit()

	# another person
	def _show_waiting(self, read: LookRead) -> None:
		look = read.standing.look
		self.typed = lines("What is to change?", 132)
		self._typed = FormField(
			"What is to change?",
			self.typed,
			"One message a line: its number on the copy, then why. For example: 7 the house can be told. "
			"Leave it empty if everything was right.",
		)
		again = button("Look at the review copy…", ic="print")
		again.clicked.connect(self.make_copy)
		other = link("Let somebody else do it, or go on without")
		other.clicked.connect(lambda: self._show_choice(read.standing))
		self.record = button("Record what they said", "primary")
		self.record.clicked.connect(self.record_other)
		since = day_words(local(look.started_at).date())
		self._put(
			f"{look.by_whom} looks at it",
			"The copy is INTERNAL: everything can be read in it. Get it back, and destroy it.",
			say(f"Since {since}. {count(len(look.numbers), 'message')} on the copy.", "muted", wrap=True),
			box(row(again, other, None, gap=12)),
			card(self._typed, gap=8, pad=_PAD),
			foot=(self.record,),
		)
		self.typed.setFocus()

	def make_copy(self) -> None:
		"""Make the review copy in the background and show it."""
		known = self.request.id
		self._window.run(
			"Making the review copy",
			lambda progress, stopped: self._service.review_copy(known, progress, stopped),
			self.copy.emit,
			promise="It stays inside until you print or save it.",
		)

	def record_other(self) -> None:
		"""Record what was typed from the copy that came back."""
		look = self.read.standing.look
		said = read_changes(self.typed.toPlainText(), look.numbers)
		if said.unknown:
			which = "; ".join(f"“{one[:40]}”" for one in said.unknown[:3])
			words = f"Begin each line with a number from the copy, then say why: {which}"
			self.summary.show_faults({self._typed: words}, (self._typed,))
			return
		self._try(lambda: self._service.record_other(self.request.id, said.changes))

	# the clerk, on another day
	def _show_reading(self, given: ToRead) -> None:
		self.reading = LookReading(self._council)
		self.reading.marked.connect(self._mark)
		self.reading.later.connect(self.left)
		self.put(Fold(self._head(), self.reading, None))
		self.reading.show_look(given)
		self.reading.view.setFocus()

	def _mark(self, message_id: int, mark: str) -> None:
		known = self.request.id
		try:
			if mark == "back":
				self._service.unmark(known, message_id)
			else:
				self._service.mark(known, message_id, "change" if mark == "change" else "right")
		except CranfordError as problem:
			self._window.problem(problem)
			self.open_request(self.request)
			return
		self.changed.emit()
		if mark == "change":
			self.decide.emit(message_id)
		elif self.reading is not None and not self.reading.current:
			self.open_request(self.request)

	# what came of it
	def _show_outcome(self, read: LookRead) -> None:
		standing = read.standing
		by_id = {one.row.id: one for one in read.candidates}
		reference = self.request.reference
		items: list[Item] = []
		for known in standing.to_change:
			number = standing.look.numbers.get(known, 0)
			go = link(f"{reference}-{number:04d}", name=f"Decide again on {reference}-{number:04d}")
			go.clicked.connect(lambda _=False, known=known: self.decide.emit(known))
			note = read.marks[known].note or f"Sent on {day_words(by_id[known].row.sent_at.date())}"
			items += [rule()] if items else []
			items.append(box(row(go, (say(note, wrap=True), 1), gap=12, pad=(0, 6, 0, 6))))
		todo = [card(say("To change", "head"), 2, *items, gap=0, pad=_PAD)] if items else []
		self.check = button("Check your answers", None if items else "primary")
		self.check.clicked.connect(self.go_on)
		first = button("Change the first", "primary")
		first.clicked.connect(lambda: self.decide.emit(standing.to_change[0]))
		once_more = link("Look once more")
		once_more.clicked.connect(lambda: self._show_choice(standing))
		self._put(
			f"{count(len(items and standing.to_change), 'message')} to change" if items else "The second look is done",
			"What comes of it goes into the council’s own log.",
			row(Glyph("checkmark_circle", "ok"), (say(look_words(standing), wrap=True), 1), gap=10),
			*todo,
			box(row(once_more, None)),
			foot=(self.check, *((4, first) if items else ())),
		)

	def _try(self, act, *, stay: bool = True) -> bool:
		"""Do something that is recorded and show what comes next; return whether it was done."""
		try:
			act()
		except CranfordError as problem:
			self._window.problem(problem)
			return False
		self.changed.emit()
		if stay:
			self.open_request(self.request)
		return True

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		if self.reading is not None:
			self.reading.close_page()
			self.reading = None
