"""A list and what is picked in it: side by side where there is room, else one at a time with a way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.layouts import ANY_WIDTH, row, rule


class SideBySide(QWidget):
	"""`back` is the way back to the list, for the right side to place; it shows only where one side is shown at a time.

	`fitted`: the sides were given their room anew.
	"""

	fitted = Signal()

	def __init__(self, left: QWidget, right: QWidget, first: QWidget, fold: int) -> None:
		"""Take what has the keys at the left, and the width at 100 % below which one side is shown at a time."""
		super().__init__()
		self.left, self.right, self._first, self._fold_at = left, right, first, fold
		self.left_width = self.right_width = 0
		"""Pixels at 100 % of a side that does not grow, while both are shown."""
		self._opened = False
		self._edge = rule(vertical=True)
		self.back = button("List", "quiet", "arrow_left", name="Back to the list")
		self.back.clicked.connect(self.show_left)
		self.back.hide()
		self.setLayout(row((left, 1), self._edge, (right, 1), gap=0))

	@property
	def folded(self) -> bool:
		"""Whether one side is shown at a time."""
		return self.width() < theme.px(self._fold_at)

	@property
	def opened(self) -> bool:
		"""Whether the right side has the whole room."""
		return self.folded and self._opened

	def show_right(self) -> None:
		"""Show what is picked, where only one side fits."""
		if not self.folded:
			return
		self._opened = True
		self.fit()
		self.back.setFocus(Qt.FocusReason.OtherFocusReason)

	def show_left(self) -> None:
		"""Go back to the list."""
		self._opened = False
		self.fit()
		self._first.setFocus(Qt.FocusReason.OtherFocusReason)

	def fit(self) -> None:
		"""Give both sides their room."""
		folded = self.folded
		self.left.setVisible(not self.opened)
		self.right.setVisible(not folded or self._opened)
		self._edge.setVisible(not folded)
		self.back.setVisible(folded)
		for side, width in ((self.left, self.left_width), (self.right, self.right_width)):
			fixed = theme.px(width) if width and not folded else 0
			side.setMinimumWidth(fixed)
			side.setMaximumWidth(fixed or ANY_WIDTH)
		self.fitted.emit()

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.fit()
