"""Who is it? The first page of a subject access request: the person, whether that is sure, what else to look for."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QListWidget, QListWidgetItem, QRadioButton, QWidget

from cranford_desktop.domain.subject_access import Subject, SubjectChoice, same_name
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, field, find_box, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, col, page, rule
from cranford_desktop.ui.parts.patterns import banner, flow_foot
from cranford_desktop.ui.parts.wording import count, short_day


class WhoForm(QWidget):
	"""`wanted`: everything is answered, look now; `by_hand`: to the ordinary search."""

	wanted = Signal()
	by_hand = Signal()

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self._waits = False
		self.choices: list[SubjectChoice] = []
		self.find = find_box("Find a name or number", name="Find a name or number")
		self.people = QListWidget()
		self.people.setAccessibleName("People")
		self.people.setFrameShape(QListWidget.Shape.StyledPanel)
		self.people.setSpacing(3)
		theme.scaled(self.people, "setFixedHeight", 126)
		self.known = QRadioButton("Yes: the council knows them, or they have shown who they are")
		self.proof = QRadioButton("Not yet: I have asked them for proof")
		self._group = QButtonGroup(self)
		for one in (self.known, self.proof):
			self._group.addButton(one)
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
		self.setLayout(col((self._form, 1), rule(), foot, gap=0))
		self.find.textChanged.connect(self._list_people)
		self.find.returnPressed.connect(self.people.setFocus)
		self.people.itemSelectionChanged.connect(self._picked)
		self.proof.toggled.connect(self._show_day)
		self.known.toggled.connect(self._show_day)
		self.look_button.clicked.connect(self._ask)
		self.summary.followed.connect(self._form.ensureWidgetVisible)

	def show_choices(self, choices: list[SubjectChoice], subject: Subject | None, *, waits: bool) -> None:
		"""Show whom it may be, and what was said before; `waits`: they were asked for proof and have not shown it."""
		self.choices = choices
		self.find.clear()
		self.more.setText(", ".join(self._other_words(subject)) if subject else "")
		# a group that lets one button go as well
		self._group.setExclusive(False)
		self.known.setChecked(bool(subject) and subject.sure == "known")
		self.proof.setChecked(bool(subject) and subject.sure == "asked")
		self._group.setExclusive(True)
		self.wait(waits)
		self._show_twins(same_name(choices))
		self.summary.show_faults({}, ())
		self._list_people()
		if subject is not None:
			self.pick(subject.name)
			self.family.setChecked(self._council.held_about.family_name(subject.name) in subject.more)

	def wait(self, waits: bool) -> None:
		"""Say whether they were asked for proof and have not shown it."""
		self._waits = waits
		self._show_day()

	def subject(self) -> Subject:
		"""Return what was answered; somebody has to be chosen."""
		one = self.chosen()
		more = [words.strip() for words in self.more.text().split(",") if words.strip()]
		if self.family.isChecked():
			more.append(self._council.held_about.family_name(one.name))
		return Subject(one.name, one.person_id, tuple(more), "known" if self.known.isChecked() else "asked")

	def proof_day(self) -> date | None:
		"""Return the day to be recorded, of asking for proof or of its being shown; None for none."""
		return self.day.date() if not self._on_day.isHidden() else None

	def _ask(self) -> None:
		if self.summary.show_faults(self.faults(), (self._whom, self._sure, self._more)):
			self._form.ensureWidgetVisible(self.summary)
			return
		self.wanted.emit()

	def _other_words(self, subject: Subject) -> list[str]:
		family = self._council.held_about.family_name(subject.name)
		return [one for one in subject.more if one != family]

	def _show_twins(self, twins: list[SubjectChoice]) -> None:
		layout = self.twins.layout()
		clear(layout)
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

	def pick(self, name: str) -> None:
		"""Pick somebody by name."""
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
