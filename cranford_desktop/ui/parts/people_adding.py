"""Puts a member on the roll whom no chat shows: somebody who has not joined a group, or whose name nobody wrote."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.basics import field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.people_terms import roles_known


class AddMember(Ask):
	"""`added(int)`: the member is on the roll under this number."""

	added = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__(
			window,
			"Add a member",
			"For somebody whom no chat shows yet. Exports can be asked for, and groups are compared with the roll.",
			"Add the member",
			width=480,
		)
		self._council, self._window = council, window
		self.name, self.role = field(name="Name"), field("Councillor", name="Role")
		self.role.setCompleter(roles_known(self.role))
		self.start = DateField("First day in office", council.clock().date())
		self._name = FormField("Name", self.name, "Name and title, for example Cllr Jean Shaw.")
		self._role = FormField("Role", self.role)
		self._start = FormField("First day in office", self.start, "For example 4 5 2023.", optional=True)
		self.add(self._name, self._role, self._start)
		self.accepted.connect(self._save)
		self.name.setFocus()

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		name = self.name.text().split()
		if not name:
			found[self._name] = "Say who it is"
		elif any(
			one.name.casefold().split() == " ".join(name).casefold().split() for one in self._council.people.people()
		):
			found[self._name] = "Somebody of this name is in the list already"
		if not self.role.text().strip():
			found[self._role] = "Say what the role is"
		typed = self.start.box.text().strip()
		wrong = self.start.problem("The first day", past=False) if typed else None
		return {**found, self._start: wrong} if wrong else found

	def fields(self) -> tuple[FormField, ...]:
		return (self._name, self._role, self._start)

	def _save(self) -> None:
		name, role, start = self.name.text(), self.role.text(), self.start.date()
		self._window.run(
			"Adding the member",
			lambda _progress, _stopped: self._council.people.add_member(name, role, start),
			self.added.emit,
			promise="",
		)


def add_member(council: Council, window: QWidget, added) -> None:
	"""Ask for a member; `added` is told the number of the person who was put on the roll."""
	asked = AddMember(council, window)
	asked.added.connect(added)
	asked.open()
