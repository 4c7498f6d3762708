"""The only focus ring: 2 px, outside the widget, the same on every control; keyboard only."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFocusFrame, QMenuBar, QTabBar, QWidget

from cranford_desktop.ui import theme


class FocusRing(QFocusFrame):
	"""Rings whatever has the keyboard focus inside one window."""

	def __init__(self, window: QWidget) -> None:
		super().__init__(window)
		self.hide()
		QApplication.instance().focusChanged.connect(self._move)

	def _move(self, _old: QWidget | None, new: QWidget | None) -> None:
		by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
		rings_itself = isinstance(new, QAbstractItemView | QTabBar | QMenuBar)
		elsewhere = new is None or new.window() is not self.window()
		ringed = None if by_mouse or rings_itself or elsewhere else new
		self.setWidget(ringed)
		if ringed is None:
			self.hide()

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.setPen(QPen(theme.colour("focus"), 2))
		painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
		painter.end()
