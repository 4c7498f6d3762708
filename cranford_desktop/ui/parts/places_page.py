"""Where else was looked for a request: each usual place in one line, the members who were asked, and, where nothing of
the archive is in scope, the reason why.
"""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from cranford_desktop.domain.asking import Reply
from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.other_places import LookedPlace, PlaceEntry
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.controls import button, field, labelled, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, clear, col, page, row, rule
from cranford_desktop.ui.parts.member_reply import MemberReply
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.place_lines import MemberLine, PlaceEditor, PlaceLine
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count


class PlacesPage(QWidget):
	"""`left`: back to the request; `changed`: something was recorded; `asking`: ask members; `letter(str)`: write the
	answer, of this kind where it is known.
	"""

	left = Signal()
	changed = Signal()
	asking = Signal()
	letter = Signal(str)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._service = council.other_places
		self._today: date = council.clock().date()
		self.request: Request | None = None
		self._without = False
		self.lines: dict[str, PlaceLine] = {}
		self.members: list[MemberLine] = []
		self.new: PlaceEditor | None = None
		self.who, self.looked_for = field(), field()
		self.when = DateField("When?", self._today, self._today)
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.setSpacing(0)

	def show_request(self, request: Request, *, without: bool = False) -> None:
		"""Show a request's places; `without`: it is answered without the archive, so the reason is asked for."""
		if self.request is None or self.request.id != request.id:
			self.who.setText(self._service.usual_searcher())
			kept = [one.looked_for for one in self._service.places(request.id) if one.looked_for]
			self.looked_for.setText(kept[-1] if kept else "")
			self.when.set_date(self._today)
		self.request, self._without = request, without
		self._show()

	def _show(self) -> None:
		request = self.request
		for kept in (self.who, self.when, self.looked_for):
			kept.setParent(None)
		clear(self._outer)
		title = "Answer without WhatsApp" if self._without else "Where else was looked"
		head = flow_head(title, back_words(request, self.window().width()), on_back=self.left.emit)
		places = self._service.places(request.id)
		items: list[Item] = [self._reason_card(request)] if self._without else []
		items += [self._places_card(places), self._members_card(places)]
		self._area = area = page(*items, width=860, gap=12, pad=(24, 16, 24, 20))
		self._outer.addWidget(head)
		self._outer.addWidget(rule())
		self._outer.addWidget(area, 1)
		self._outer.addWidget(rule())
		self._outer.addWidget(self._foot(places))

	def _foot(self, places: list[LookedPlace]) -> QWidget:
		still = len(self._service.open_places(self.request.id))
		said = count(len([one for one in places if one.person_id is None]), "place")
		note = f"{said} on record. Nothing is said yet of {still} more." if still else f"{said} on record."
		if self._without or self.request.candidates == 0:
			self.go = button("Write the answer", "primary")
			self.go.clicked.connect(self.write)
		else:
			self.go = button("Back to the request", "primary")
			self.go.clicked.connect(self.left)
		made = flow_foot(note, self.go)
		self.note = made.note
		return made

	# without the archive
	def _reason_card(self, request: Request) -> QWidget:
		service = self._council.without_archive
		told = service.why(request.id)
		self.reasons: dict[str, QRadioButton] = {}
		self._group = QButtonGroup(self)
		items: list[Item] = [say("Why is nothing of the archive in this request?", "head", wrap=True)]
		reasons = service.reasons(request.id)
		for one in reasons:
			tick = QRadioButton(one.words.replace("&", "&&"))
			tick.setChecked(told is not None and told.detail.get("reason") == one.key)
			self._group.addButton(tick)
			self.reasons[one.key] = tick
			items.append(tick)
		if told is None and reasons and reasons[0].searched:
			self.reasons[reasons[0].key].setChecked(True)
		self.reason_note = field(told.note if told is not None else "")
		self.fault = say("", "danger", wrap=True)
		self.fault.hide()
		items += [
			self.fault,
			labelled("A note for the record", self.reason_note, "You can leave this out."),
			say(
				"It is recorded that nothing of the archive is in scope. This request then keeps no messages.",
				"small",
			),
		]
		return card(*items, gap=6, pad=(20, 14, 20, 14))

	def write(self) -> None:
		"""Record why the archive is not in it, where that was asked, and go on to the letter."""
		if not self._without:
			self.letter.emit("")
			return
		chosen = next((key for key, tick in self.reasons.items() if tick.isChecked()), None)
		if chosen is None:
			self.fault.setText("Choose the reason.")
			self.fault.show()
			next(iter(self.reasons.values())).setFocus()
			return
		told = self._council.without_archive.why(self.request.id)
		try:
			if told is None or (told.detail.get("reason"), told.note) != (chosen, self.reason_note.text().strip()):
				self._council.without_archive.confirm(self.request.id, chosen, self.reason_note.text())
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.changed.emit()
		self.letter.emit("")

	# places
	def _places_card(self, places: list[LookedPlace]) -> QWidget:
		usual = {one.key: one for one in self._service.usual()}
		kept: dict[str, list[LookedPlace | None]] = {}
		for key in usual:
			if key != "phones":
				kept[key] = []
		for one in places:
			if one.person_id is None:
				kept.setdefault(one.place, []).append(one)
		self.lines = {}
		rows: list[Item] = []
		for key, some in kept.items():
			for one in some or [None]:
				line = PlaceLine(self._service.name(key), usual.get(key), one, self._standard, self._today)
				line.said.connect(self._keep)
				line.removed.connect(self._remove)
				self.lines[key] = line
				rows += [rule(), line]
		self._more = QVBoxLayout()
		another = link("Another place…")
		another.clicked.connect(self.add_place)
		self._more.addWidget(another)
		return card(
			say("Besides the archive", "head", wrap=True),
			Columns(
				(box(col(labelled("Who looks?", self.who), None, gap=0)), 1),
				(box(col(labelled("When?", self.when), None, gap=0)), 1),
				(box(col(labelled("What for?", self.looked_for), None, gap=0)), 1),
				gap=12,
				fold=620,
			),
			4,
			*rows,
			rule(),
			self._more,
			gap=2,
			pad=(20, 14, 20, 10),
		)

	def _standard(self) -> tuple[str, date | None, str]:
		return self.who.text(), self.when.date(), self.looked_for.text()

	def add_place(self) -> None:
		"""Ask for a place that is not among the usual ones."""
		clear(self._more)
		who, when, looked_for = self._standard()
		self.new = PlaceEditor(PlaceEntry("", who, when, "nothing", looked_for), self._today)
		self.new.kept.connect(lambda said: self._keep(None, said))
		self.new.left.connect(self._show)
		self._more.addWidget(self.new)
		self.new.stand()

	def _keep(self, kept: LookedPlace | None, said: PlaceEntry) -> None:
		try:
			if kept is None:
				self._service.record(self.request.id, said)
			else:
				self._service.change(kept.id, said)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._again(said.place)

	def _remove(self, place_id: int) -> None:
		self._service.remove(place_id)
		self._again()

	# members
	def _members_card(self, places: list[LookedPlace]) -> QWidget:
		asked = self._service.members_asked(self.request.id)
		ask = button("Ask members…")
		ask.clicked.connect(self.asking)
		self.ask = ask
		told = f"{asked.words}." if asked.asked else "Nobody has been asked what their own phone holds."
		rows: list[Item] = [row((say("Members’ own phones", "head", wrap=True), 1), ask), say(told, "muted", wrap=True)]
		self.members = []
		for one in places:
			if one.person_id is not None:
				line = MemberLine(one, self._today)
				line.replied.connect(self._replied)
				line.other.connect(self.ask_reply)
				self.members.append(line)
				rows += [rule(), line]
		return card(*rows, gap=3, pad=(20, 14, 20, 12))

	def _replied(self, kept: LookedPlace, reply: Reply) -> None:
		self._reply(kept, reply, self._today, kept.note, None)

	def ask_reply(self, kept: LookedPlace) -> None:
		"""Ask what else a member answered, or when to ask them again."""
		asked = MemberReply(self, kept, self._today, self._service.usual_due(self.request.id))
		if asked.exec():
			self._reply(kept, asked.reply(), asked.day.date() or self._today, asked.note.text(), asked.remind_on())

	def _reply(self, kept: LookedPlace, reply: Reply, on: date, note: str, remind_on: date | None) -> None:
		try:
			self._service.reply(kept.id, reply, on, note, remind_on=remind_on)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._again()

	def _again(self, place: str = "") -> None:
		"""Show what is recorded now, and put the keys on the next line that says nothing yet."""
		chosen = next((key for key, tick in self.reasons.items() if tick.isChecked()), None) if self._without else None
		note = self.reason_note.text() if self._without else ""
		height = self._area.verticalScrollBar().value()
		self._show()
		area = self._area
		QTimer.singleShot(0, area, lambda: area.verticalScrollBar().setValue(height))
		if self._without:
			if chosen is not None:
				self.reasons[chosen].setChecked(True)
			self.reason_note.setText(note)
		keys = list(self.lines)
		at = keys.index(place) if place in keys else 0
		ahead = [*keys[at:], *keys[:at]]
		stand = next((self.lines[key].nothing for key in ahead if hasattr(self.lines[key], "nothing")), self.go)
		stand.setFocus()
		self.changed.emit()
