"""Where she is among the hits of a search, with the steps to the hit before and the next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import row


class HitSteps(QWidget):
	"""`stepped(-1 or 1)`: to the hit before, to the next."""

	stepped = Signal(int)

	def __init__(self) -> None:
		super().__init__()
		back = button("", "quiet", "chevron_left", name="Previous hit (Shift+F3)")
		on = button("", "quiet", "chevron_right", name="Next hit (F3)")
		back.clicked.connect(lambda: self.stepped.emit(-1))
		on.clicked.connect(lambda: self.stepped.emit(1))
		self.place = say("", "muted", wrap=False)
		self.setLayout(row(back, self.place, on, gap=0))
		self.hide()

	def show_place(self, place: int, of: int) -> None:
		"""Say which hit is read."""
		self.place.setText(f"Hit {place:,} of {of:,}")
