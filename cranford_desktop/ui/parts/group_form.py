"""Registering an official group, or changing what the register says of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.messages import Group
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.layouts import clear, page
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.roomy import card


class GroupForm(QWidget):
	"""Name, since when, who runs it. `left`: back without saving; `saved(int)`: the group's number."""

	left = Signal()
	saved = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self.group: Group | None = None
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)

	def open_group(self, group: Group | None) -> None:
		"""Begin: with a group of the register, or a new one (None)."""
		self.group = group
		clear(self._box)
		self.summary = ErrorSummary()
		self.name = field(group.name if group else "", 420)
		self.since = DateField("Official since", self._council.clock().date(), group.since if group else None)
		self.admin = field(group.admin or "" if group else "", 420)
		self.name_field = FormField("Name of the group", self.name, "As WhatsApp shows it.")
		self.since_field = FormField(
			"Official since", self.since, "From when the council has used it, for example 4 5 2023.", optional=True
		)
		self.admin_field = FormField(
			"Run by", self.admin, "Who adds and takes out members, for example the clerk.", optional=True
		)
		self.keep = button("Save" if group else "Register the group", "primary")
		self.keep.clicked.connect(self.save)
		for one in (self.name, self.since.box, self.admin):
			one.returnPressed.connect(self.save)
		leave = button("Cancel")
		leave.clicked.connect(self.left.emit)
		title = f"Change {group.name}" if group else "Register a group"
		self._box.addWidget(flow_head(title, group.name if group else "Groups", on_back=self.left.emit))
		form = card(self.name_field, self.since_field, self.admin_field, gap=14, pad=20)
		self._box.addWidget(page(self.summary, form, width=860), 1)
		self._box.addWidget(flow_foot("The register says which chats are the council’s.", leave, self.keep))
		self.name.setFocus()

	def save(self) -> None:
		"""Write the register; says what is wrong beside the fields."""
		name, admin = (" ".join(one.text().split()) for one in (self.name, self.admin))
		faults = {}
		if not name:
			faults[self.name_field] = "Enter the name of the group"
		typed = self.since.box.text().strip()
		wrong = self.since.problem("The day it became official") if typed else None
		if wrong:
			faults[self.since_field] = wrong
		fields = (self.name_field, self.since_field, self.admin_field)
		if self.summary.show_faults(faults, fields):
			return
		group, since, groups = self.group, self.since.date(), self._council.groups

		def write(_progress, _stopped) -> int:
			if group is None:
				return groups.register(name, since=since, admin=admin or None)
			groups.change(group.id, name=name, since=since, admin=admin or None)
			return group.id

		def refused(error: CranfordError) -> None:
			self.summary.show_faults({self.name_field: error.what}, fields)

		self._window.run("Saving the register", write, self.saved.emit, failed=refused, promise="")
