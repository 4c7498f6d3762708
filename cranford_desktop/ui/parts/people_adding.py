"""Enters a person whom no chat need show: a new member, or somebody people write about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.people import folded_name
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.people_terms import roles_known


class AddPerson(Ask):
	"""`added(int)`: the person is entered under this number."""

	added = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__(
			window,
			"Add a person",
			"For a new member, or somebody people write about. Names in the chats are named where they stand.",
			"Add the person",
			width=480,
		)
		self._council, self._window = council, window
		self.name, self.role = field(name="Name"), field(name="Role")
		self.role.setCompleter(roles_known(self.role))
		self.start = DateField("First day in office", council.clock().date())
		self._name = FormField("Name", self.name, "Name and title, for example Cllr Jean Shaw.")
		self._role = FormField("Role", self.role, "For example councillor, resident.", optional=True)
		self._start = FormField("First day in office", self.start, "For example 4 5 2023.", optional=True)
		self.add(self._name, self._role, self._start)
		self.accepted.connect(self._save)
		self.name.setFocus()

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		name, typed = " ".join(self.name.text().split()), self.start.box.text().strip()
		if not name:
			found[self._name] = "Say who it is"
		elif any(folded_name(one.name) == folded_name(name) for one in self._council.people.people()):
			found[self._name] = "Somebody of this name is in the directory already"
		if typed and not self.role.text().strip():
			found[self._role] = "Say what the role is"
		wrong = self.start.problem("The first day", past=False) if typed else None
		return {**found, self._start: wrong} if wrong else found

	def fields(self) -> tuple[FormField, ...]:
		return (self._name, self._role, self._start)

	def _save(self) -> None:
		name, role, start = self.name.text(), self.role.text(), self.start.date()
		self._window.run(
			"Adding the person",
			lambda _progress, _stopped: self._council.directory.add(name, role, start),
			self.added.emit,
			promise="",
		)


def add_person(council: Council, window: QWidget, added) -> None:
	"""Ask for a person; `added` is told the number under which they were entered."""
	asked = AddPerson(council, window)
	asked.added.connect(added)
	asked.open()
