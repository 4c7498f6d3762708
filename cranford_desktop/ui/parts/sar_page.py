"""A subject access request: who is it, one look through everything, and what was found with why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
	QButtonGroup,
	QCheckBox,
	QListWidget,
	QListWidgetItem,
	QRadioButton,
	QStackedWidget,
	QVBoxLayout,
	QWidget,
)

from cranford_desktop.domain.subject_access import Looked, Subject, SubjectChoice, same_name
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.chat_lines import message_line, personal_chips
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import button, field, find_box, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.decide_view import by_group
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, frame, page, row, rule
from cranford_desktop.ui.parts.patterns import banner, empty, flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count, short_day

HELD_TITLE = "INTERNAL What is held about one person"
SHOWN = 300
"""Messages shown at a time; all that were found are added, shown or not."""
_LOOKING = "Nothing is changed by looking."
_PLACES = {
	"case": ("case", "cases"),
	"request": ("request", "requests"),
	"letter": ("letter", "letters"),
	"ask": ("ask", "asks"),
	"transfer": ("transfer", "transfers"),
	"directory": ("entry in the directory", "entries in the directory"),
	"other": ("other record", "other records"),
}


class SarPage(QWidget):
	"""`left`: back to the request; `by_hand`: to the ordinary search; `confirmed`: the set is all there is;
	`changed`: something was added; `paper(bytes)`: show this internal list.
	"""

	left = Signal()
	by_hand = Signal()
	confirmed = Signal()
	changed = Signal()
	paper = Signal(bytes)

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request = None
		self.choices: list[SubjectChoice] = []
		self.looked: Looked | None = None
		self._head: QWidget | None = None
		self._waits = False
		self._build_who()
		self._build_found()
		self.stack = QStackedWidget()
		self.stack.addWidget(self._who)
		self.stack.addWidget(self._results)
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)
		self._box.addWidget(rule())
		self._box.addWidget(self.stack, 1)

	def _build_who(self) -> None:
		self.find = find_box("Find a name or number", name="Find a name or number")
		self.people = QListWidget()
		self.people.setAccessibleName("People")
		self.people.setFrameShape(QListWidget.Shape.StyledPanel)
		self.people.setSpacing(3)
		theme.scaled(self.people, "setFixedHeight", 126)
		self.known = QRadioButton("Yes: the council knows them, or they have shown who they are")
		self.proof = QRadioButton("Not yet: I have asked them for proof")
		group = QButtonGroup(self)
		for one in (self.known, self.proof):
			group.addButton(one)
			theme.scaled(one, "setMinimumHeight", 28)
		today = self._council.clock().date()
		self.day = DateField("The day you asked, or the day they showed it", today, today)
		self._day_told = say("", "muted", wrap=True)
		self._on_day = box(col(self._day_told, self.day, gap=2))
		self._on_day.hide()
		self.family = QCheckBox("")
		self.more = field(width=420, name="Anything else to look for?")
		self._whom = FormField(
			"Who is it?",
			box(col(self.find, self.people, gap=6)),
			"Compare the dates and the numbers, not only the name.",
		)
		self._sure = FormField("Are you sure who they are?", box(col(self.known, self.proof, self._on_day, gap=2)))
		self._more = FormField(
			"Anything else to look for?",
			box(col(self.family, self.more, gap=4)),
			"A house, a business, a reference. Put a comma between several.",
			optional=True,
		)
		self.twins = QWidget()
		self.twins.setLayout(col(gap=0))
		self.summary = ErrorSummary()
		self.look_button = button("Look for everything about them", "primary", "search")
		hand = link("Search by hand instead")
		hand.clicked.connect(self.by_hand)
		self._form = page(
			self.summary, self.twins, self._whom, self._sure, self._more, width=720, gap=14, pad=(24, 16, 24, 16)
		)
		foot = flow_foot(
			"It looks for what they sent, and for their names, numbers and addresses in messages, files and cards.",
			hand,
			8,
			self.look_button,
		)
		self._who = box(col((self._form, 1), rule(), foot, gap=0))
		self.find.textChanged.connect(self._list_people)
		self.find.returnPressed.connect(self.people.setFocus)
		self.people.itemSelectionChanged.connect(self._picked)
		self.proof.toggled.connect(self._show_day)
		self.known.toggled.connect(self._show_day)
		self.look_button.clicked.connect(self.look)
		self.summary.followed.connect(self._form.ensureWidgetVisible)

	def _build_found(self) -> None:
		self.told = say("", "title", wrap=True)
		self.told.setAccessibleName("What was found")
		self.also = say("", "muted", wrap=True)
		self.list_button = link("Look at the whole list (internal)")
		self.list_button.clicked.connect(self._show_paper)
		again = link("It is somebody else")
		again.clicked.connect(self.ask_who)
		hand = link("Search for more by hand")
		hand.clicked.connect(self.by_hand)
		self.view = ChatView(
			Thumbnails(self._council.browsing.thumbnail, 2 * theme.px(176), self), name="Messages about them"
		)
		self.add_button = button("Add", "primary")
		self.add_button.clicked.connect(self.add)
		self.on_button = button("That is everything…", "primary")
		self.on_button.clicked.connect(self.ask_confirm)
		self._foot = flow_foot("", self.on_button, self.add_button)
		self._found_stack = QStackedWidget()
		self._found_stack.addWidget(self.view)
		self._found_stack.addWidget(
			empty("search", "Nothing was found about them. Try other words, or search by hand before you say so.")
		)
		top = frame(
			col(
				self.told,
				self.also,
				row(self.list_button, 8, again, 8, hand, None, gap=8),
				gap=4,
				pad=(24, 12, 24, 10),
			),
			"header",
		)
		self._results = box(col(top, rule(), (self._found_stack, 1), rule(), self._foot, gap=0))

	# who is it
	def open_request(self, request) -> None:
		"""Begin with who it is; where that was said, look again."""
		self.request = request
		self.looked = None
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.deleteLater()
		self._head = flow_head(
			"Find everything about them", back_words(request, self.window().width()), on_back=self.left.emit
		)
		self._box.insertWidget(0, self._head)
		service = self._council.subject_access

		def look(_progress, _stopped):
			return service.choices(request.id), service.subject(request.id), service.waits_for_proof(request.id)

		self._window.run("Looking through the people", look, lambda found: self._opened(*found), promise=_LOOKING)

	def _opened(self, choices: list[SubjectChoice], subject: Subject | None, waits: bool) -> None:
		self.choices, self._waits = choices, waits
		self.find.clear()
		self.more.setText(", ".join(self._other_words(subject)) if subject else "")
		self.known.setChecked(bool(subject) and subject.sure == "known")
		self.proof.setChecked(bool(subject) and subject.sure == "asked")
		self._show_day()
		self._show_twins(same_name(choices))
		self._list_people()
		if subject is not None:
			self._pick(subject.name)
			self.family.setChecked(self._council.held_about.family_name(subject.name) in subject.more)
			self.look()
		else:
			self.ask_who()

	def _other_words(self, subject: Subject) -> list[str]:
		family = self._council.held_about.family_name(subject.name)
		return [one for one in subject.more if one != family]

	def ask_who(self) -> None:
		"""Show the first page."""
		self.stack.setCurrentIndex(0)
		self.find.setFocus()

	def _show_twins(self, twins: list[SubjectChoice]) -> None:
		layout = self.twins.layout()
		while layout.count():
			layout.takeAt(0).widget().deleteLater()
		self.twins.setVisible(bool(twins))
		if twins:
			layout.addWidget(
				banner(
					"warn",
					f"{count(len(twins), 'person', 'people')} may have asked: their names are alike.",
					"Compare the dates and the numbers. If you cannot tell, ask them for proof.",
				)
			)

	def _list_people(self, _words: str = "") -> None:
		words = self.find.text().casefold().split()
		self.people.clear()
		for number, one in enumerate(self.choices):
			told = choice_words(one, self._council.clock().date())
			if all(word in told.casefold() for word in words):
				item = QListWidgetItem(told)
				item.setData(Qt.ItemDataRole.UserRole, number)
				self.people.addItem(item)
		self._picked()

	def _pick(self, name: str) -> None:
		for at in range(self.people.count()):
			if self.choices[self.people.item(at).data(Qt.ItemDataRole.UserRole)].name == name:
				self.people.setCurrentRow(at)

	def chosen(self) -> SubjectChoice | None:
		"""Return who is picked."""
		picked = self.people.selectedItems()
		return self.choices[picked[0].data(Qt.ItemDataRole.UserRole)] if picked else None

	def _picked(self) -> None:
		one = self.chosen()
		family = self._council.held_about.family_name(one.name) if one else ""
		self.family.setVisible(bool(family))
		self.family.setChecked(False)
		self.family.setText(f"Also the family name alone: “{family}”")

	def _show_day(self, _on: object = None) -> None:
		"""Ask for the day where one is to be recorded: of asking for proof, or of its being shown."""
		asks, shows = self.proof.isChecked() and not self._waits, self.known.isChecked() and self._waits
		self._on_day.setVisible(asks or shows)
		self._day_told.setText(
			"On which day did they show who they are? The month begins then."
			if shows
			else "On which day did you ask? The month begins when they have shown who they are. You can look already; "
			"give nothing out before."
		)

	def faults(self) -> dict[FormField, str]:
		"""Return what is missing, by field."""
		found = {}
		if self.chosen() is None:
			found[self._whom] = "Choose who it is"
		if not (self.known.isChecked() or self.proof.isChecked()):
			found[self._sure] = "Say whether you are sure who they are"
		elif not self._on_day.isHidden() and (problem := self.day.problem("The day")):
			found[self._sure] = problem
		return found

	def look(self) -> None:
		"""Keep who it is and look through everything."""
		if self.summary.show_faults(self.faults(), (self._whom, self._sure, self._more)):
			self._form.ensureWidgetVisible(self.summary)
			return
		one = self.chosen()
		more = [words.strip() for words in self.more.text().split(",") if words.strip()]
		if self.family.isChecked():
			more.append(self._council.held_about.family_name(one.name))
		subject = Subject(one.name, one.person_id, tuple(more), "known" if self.known.isChecked() else "asked")
		service, known = self._council.subject_access, self.request.id
		on = self.day.date() if not self._on_day.isHidden() else None

		def call(progress, stopped):
			if service.subject(known) != subject:
				service.choose(known, subject)
			if on is not None:
				service.proof(known, subject, on)
			looked = service.look(known, progress, stopped)
			ids = looked.held.message_ids()[:SHOWN]
			return looked, self._council.browsing.rows(ids)

		self._window.run("Looking through everything", call, self._show, promise="What was found is not added yet.")

	# what was found
	def _show(self, answer) -> None:
		self.looked, rows = answer
		self._waits = self._council.subject_access.waits_for_proof(self.request.id)
		self._show_day()
		self.changed.emit()
		held = self.looked.held
		why: dict[int, list[str]] = {}
		for item in held.items:
			if item.message_id is not None:
				why.setdefault(item.message_id, []).extend(item.why)
		order: dict[int, int] = {}
		for one in rows:
			order.setdefault(one.group_id, len(order))
		rows = sorted(rows, key=lambda one: (order[one.group_id], one.position))
		self.view.set_lines(
			by_group(
				[
					message_line(
						one,
						notes=[("search", "; ".join(why.get(one.id, ())), "muted")],
						chips=[
							*personal_chips(one),
							*([("In this request", "business")] if one.id in self.looked.in_set else []),
						],
					)
					for one in rows
				]
			)
		)
		if rows:
			self.view.show_message(rows[0].id)
		self._found_stack.setCurrentIndex(0 if rows else 1)
		messages = len(held.message_ids())
		sent = held.counts.get("sent", 0)
		self.told.setText(f"{count(messages, 'message')} about {held.whom.name}")
		words = f"{sent:,} sent by them, {messages - sent:,} of others name them."
		if messages > SHOWN:
			words += f" The first {SHOWN} are shown; adding takes all."
		elsewhere = [
			count(number, *_PLACES[place]) for place, number in held.counts.items() if place in _PLACES and number
		]
		if elsewhere:
			words += f" Also: {', '.join(elsewhere)}. These are in the list; think of them when you answer."
		self.also.setText(words)
		self.stack.setCurrentIndex(1)
		self._show_foot()
		(self.add_button if self.add_button.isVisibleTo(self) else self.on_button).setFocus()

	def _show_foot(self) -> None:
		new = len(self.looked.new_ids())
		self.request = self._council.requests.get(self.request.id)
		self.add_button.setVisible(new > 0)
		self.add_button.say(f"Add {'this message' if new == 1 else f'these {new:,} messages'}")
		self.on_button.setVisible(new == 0 and self.request.candidates > 0)
		self.on_button.say("Decide on each message" if self.request.set_confirmed else "That is everything…")
		self._foot.note.setText(
			"What you add is recorded with how it was found. You decide on each message afterwards."
			if new
			else f"{count(self.request.candidates, 'message')} in this request."
		)

	def add(self) -> None:
		"""Add all that was found to the request."""
		looked, known, service = self.looked, self.request.id, self._council.subject_access

		def done(added: int) -> None:
			self._window.toast(f"{count(added, 'message')} added to {self.request.reference}.")
			self.looked = looked._replace(in_set=looked.in_set | set(looked.held.message_ids()))
			self._show_foot()
			self.on_button.setFocus()
			self.changed.emit()

		self._window.run(
			"Adding what was found", lambda _p, _s: service.add(known, looked), done, promise="Each search is recorded."
		)

	def ask_confirm(self) -> None:
		"""Ask whether this is all there is; then on to deciding."""
		if not self.request.set_confirmed:
			asked = Ask(
				self,
				f"Are these {count(self.request.candidates, 'message')} everything?",
				"“Keep: do not erase” then covers these messages and what they send in exports to come. "
				"You can still add more.",
				"Confirm",
			)
			if not asked.exec():
				return
			try:
				self._council.gathering.confirm_set(self.request.id)
			except CranfordError as problem:
				self._window.problem(problem)
				return
			self.changed.emit()
		self.confirmed.emit()

	def _show_paper(self) -> None:
		service, held = self._council.held_about, self.looked.held

		def make(_progress, _stopped) -> bytes:
			service.made_paper(held)
			return service.paper(held)

		self._window.run("Making the list", make, self.paper.emit, promise="It is for the clerk alone.")

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		self.view.thumbnails.close()


def choice_words(one: SubjectChoice, today) -> str:
	"""Return somebody with what tells them from another of that name."""
	parts = [one.name]
	if one.role:
		parts.append(one.role)
	parts += [number for number in one.numbers if number != one.name]
	if one.messages and one.first is not None and one.last is not None:
		first, last = short_day(one.first.date(), today), short_day(one.last.date(), today)
		parts.append(f"{count(one.messages, 'message')}, {first if first == last else f'{first} to {last}'}")
	else:
		parts.append("no message of theirs")
	if one.fits:
		parts.append("the name fits")
	return " · ".join(parts)
