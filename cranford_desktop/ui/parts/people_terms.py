"""A person's terms of office, as a card: what was recorded, and a small form to add or change one."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QScrollArea, QSizePolicy, QVBoxLayout

from cranford_desktop.domain.membership import Term
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, col, row, rule
from cranford_desktop.ui.parts.wording import day_words

ROLES = ("Chair", "Vice-chair", "Councillor", "Clerk", "Officer", "Resident")


def roles_known(widget) -> QCompleter:
	"""Return what completes a role as it is typed."""
	known = QCompleter(list(ROLES), widget)
	known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
	return known


def term_words(term: Term) -> str:
	"""Return when a term was: "4 May 2023 to 5 May 2026", "since 4 May 2023"."""
	start = day_words(term.start, weekday=False) if term.start else ""
	end = day_words(term.end, weekday=False) if term.end else ""
	if start and end:
		return f"{start} to {end}"
	if start:
		return f"since {start}"
	return f"until {end}" if end else "no dates given"


class TermsCard(QFrame):
	"""Terms of one person. `changed` follows each change; the page then reads roles again."""

	changed = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._person_id: int | None = None
		self._term_id: int | None = None
		self.setProperty("kind", "card")
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		self._rows = QVBoxLayout()
		self._rows.setSpacing(0)
		self.add = link("Add a term of office")
		self.add.clicked.connect(lambda: self.edit(None))
		self._form = self._build_form()
		self._form.hide()
		self.setLayout(
			col(
				say("Terms of office", "head", wrap=False),
				say("Each message shows the role of its day.", "muted", wrap=True),
				self._rows,
				self.add,
				self._form,
				gap=6,
				pad=20,
			)
		)

	def _build_form(self):
		today = self._council.clock().date()
		self.role = field(name="Role in this term")
		self.role.setCompleter(roles_known(self.role))
		self.start, self.end = DateField("First day", today), DateField("Last day", today)
		self._role_field = FormField("Role in this term", self.role)
		self._start_field = FormField("First day", self.start, "For example 4 5 2023.", optional=True)
		self._end_field = FormField("Last day", self.end, "Leave it empty while it lasts.")
		self.keep = button("Save the term")
		self.keep.clicked.connect(self.save)
		self.role.returnPressed.connect(self.save)
		for one in (self.start, self.end):
			one.box.returnPressed.connect(self.save)
		leave = button("Cancel", "quiet")
		leave.clicked.connect(self._leave)
		parts = (self._role_field, self._start_field, self._end_field)
		return box(col(rule(), 2, *parts, 2, row(self.keep, leave, None), gap=8))

	def show_person(self, person_id: int | None) -> list[Term]:
		"""Show a person's terms, or none while nobody is named; return them."""
		if person_id != self._person_id:
			self._form.hide()
			self.add.show()
		self._person_id = person_id
		self.setVisible(person_id is not None)
		clear(self._rows)
		terms = self._council.people.terms(person_id) if person_id is not None else []
		for at, term in enumerate(terms):
			if at:
				self._rows.addWidget(rule())
			change = link("Change", name=f"Change: {term.role}, {term_words(term)}")
			change.setAccessibleName(f"Change: {term.role}, {term_words(term)}")
			drop = link("Remove", name=f"Remove: {term.role}, {term_words(term)}")
			drop.setAccessibleName(f"Remove: {term.role}, {term_words(term)}")
			change.clicked.connect(lambda _=False, term=term: self.edit(term))
			drop.clicked.connect(lambda _=False, term=term: self.drop(term))
			self._rows.addLayout(
				row(
					(col(say(term.role, "strong", wrap=True), say(term_words(term), "muted", wrap=True), gap=0), 1),
					change,
					drop,
					gap=12,
					pad=(0, 6, 0, 6),
				)
			)
		return terms

	def edit(self, term: Term | None) -> None:
		"""Open the form: empty, or with a term that is to change."""
		self._term_id = term.id if term else None
		self.role.setText(term.role if term else "")
		for one, day in ((self.start, term.start if term else None), (self.end, term.end if term else None)):
			one.set_text("")
			if day is not None:
				one.set_date(day)
		for one in (self._role_field, self._start_field, self._end_field):
			one.set_error(None)
		self.add.hide()
		self._form.show()
		self.role.setFocus()
		QTimer.singleShot(0, self, self._into_view)

	def _into_view(self) -> None:
		"""Scroll so that the form's last button and then its first field can be seen."""
		area = self.parentWidget()
		while area is not None and not isinstance(area, QScrollArea):
			area = area.parentWidget()
		if area is not None:
			for part in (self.keep, self.role):
				area.ensureWidgetVisible(part, 0, 24)

	def _leave(self) -> None:
		self._form.hide()
		self.add.show()
		self.add.setFocus()

	def save(self) -> None:
		"""Record the term that was typed; says what is wrong beside the field."""
		role = " ".join(self.role.text().split())
		wrong = {
			self._role_field: None if role else "Say what the role is",
			self._start_field: _wrong(self.start, "The first day"),
			self._end_field: _wrong(self.end, "The last day"),
		}
		start, end = self.start.date(), self.end.date()
		if start is not None and end is not None and end < start:
			wrong[self._end_field] = "The last day must not be before the first day"
		for one, words in wrong.items():
			one.set_error(words)
		faulty = [one for one, words in wrong.items() if words]
		if faulty:
			(faulty[0].widget.focusProxy() or faulty[0].widget).setFocus()
			return
		person_id, term_id = self._person_id, self._term_id
		if person_id is None:
			return

		def done(_term: int) -> None:
			self._leave()
			self._window.toast("The term of office is recorded.")
			self.changed.emit()

		self._window.run(
			"Saving the term of office",
			lambda _progress, _stopped: self._council.people.set_term(person_id, role, start, end, term_id),
			done,
			promise="",
		)

	def drop(self, term: Term) -> None:
		"""Remove a term; it can be brought back for ten seconds."""
		people = self._council.people

		def back() -> None:
			self._window.run(
				"Bringing the term back",
				lambda _progress, _stopped: people.set_term(term.person_id, term.role, term.start, term.end),
				lambda _term: self.changed.emit(),
				promise="",
			)

		def done(_nothing: object) -> None:
			self.changed.emit()
			self._window.toast(f"Removed: {term.role}, {term_words(term)}.", "Undo", back)

		self._window.run(
			"Removing the term of office", lambda _progress, _stopped: people.drop_term(term.id), done, promise=""
		)


def _wrong(box_: DateField, what: str) -> str | None:
	typed = box_.box.text().strip()
	return box_.problem(what, past=False) if typed else None
