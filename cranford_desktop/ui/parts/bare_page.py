"""A page of a flow whose content is put in anew each time it is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.ui.parts.layouts import clear


class BarePage(QWidget):
	"""`left`: back to where she came from."""

	left = Signal()

	def __init__(self) -> None:
		super().__init__()
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)

	def put(self, content: QWidget) -> None:
		"""Show this and nothing else."""
		clear(self._box)
		self._box.addWidget(content)
