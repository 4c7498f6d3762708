"""Whose phone is it? A list of people who may hold it, likeliest first, and a box for anybody else."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, button, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.import_plan import Holder
from cranford_desktop.ui.parts.layouts import col, row

_PICK = "Whose phone is it?"
_OTHER = "Somebody else…"


class HolderChoice(QWidget):
	"""`chosen(Holder)`: she said whose phone it is."""

	chosen = Signal(object)

	def __init__(self, owners: Sequence[Holder], *, about: str) -> None:
		"""Take who may hold it and the name of the file, which is read aloud."""
		super().__init__()
		self._owners = list(owners)
		self.box = Choice(_PICK, *(one.name for one in self._owners), _OTHER, name=f"Whose phone is it? {about}")
		self.box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		self.box.setMinimumContentsLength(18)
		theme.scaled(self.box, "setMaximumWidth", 260)
		self.box.activated.connect(self._picked)
		self.name = field("", 190, name=f"Name of the phone’s holder. {about}")
		self.name.setPlaceholderText("For example Cllr Jean Shaw")
		self.name.returnPressed.connect(self._typed)
		self._use = button("Use it", name=f"Use this name: {about}")
		self._use.clicked.connect(self._typed)
		self._other = QWidget()
		self._other.setLayout(row((self.name, 1), self._use, gap=6))
		self._other.hide()
		self.setLayout(col(row((self.box, 1), None), self._other, gap=4))  # the spring: else its width narrows the row
		self.setFocusProxy(self.box)

	def _picked(self, at: int) -> None:
		other = at == self.box.count() - 1
		self._other.setVisible(other)
		if other:
			self.name.setFocus(Qt.FocusReason.OtherFocusReason)
		elif at:
			self.chosen.emit(self._owners[at - 1])

	def _typed(self) -> None:
		name = " ".join(self.name.text().split())
		if name:
			self.chosen.emit(Holder(name))

	def holder(self) -> Holder | None:
		"""Return who is picked or typed at present."""
		at = self.box.currentIndex()
		if at == self.box.count() - 1:
			name = " ".join(self.name.text().split())
			return Holder(name) if name else None
		return self._owners[at - 1] if at else None


class HolderDialog(Ask):
	"""Says later whose phone it is."""

	def __init__(self, parent: QWidget, phone: str, owners: Sequence[Holder]) -> None:
		"""Take what the phone is called now and who may hold it."""
		super().__init__(
			parent,
			"Whose phone is it?",
			f"It is called {phone} now. What was imported from it stays; only whose it is changes.",
			"Save",
			width=460,
		)
		self.choice = HolderChoice(owners, about=phone)
		self.choice.chosen.connect(lambda _one: self.summary.hide())
		self._field = FormField("Who holds this phone?", self.choice)
		self.add(self._field)
		self.choice.box.activated.connect(lambda _at: self.fit())

	def faults(self) -> dict[FormField, str]:
		return {} if self.choice.holder() is not None else {self._field: "Say whose phone it is"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._field,)
