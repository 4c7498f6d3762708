"""A picture on which areas to cover are drawn: with the mouse, or moved and sized with the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.photo_areas import Area
from cranford_desktop.ui import theme

_STEP, _FINE = 0.02, 0.004
_FIRST = Area(0.4, 0.4, 0.2, 0.2)
_MOVES = {
	Qt.Key.Key_Left: (-1, 0),
	Qt.Key.Key_Right: (1, 0),
	Qt.Key.Key_Up: (0, -1),
	Qt.Key.Key_Down: (0, 1),
}
_SEEN_THROUGH = 0.55
"""How much of a covered area's colour she sees: she has to know what lies under it. In the pack it is solid."""


class AreaView(QWidget):
	"""Shows a picture whole. `drawn(Area)`: a new one; `moved(int, Area)`; `picked(int)`, -1: none; `removed(int)`."""

	drawn = Signal(object)
	moved = Signal(int, object)
	picked = Signal(int)
	removed = Signal(int)

	def __init__(self) -> None:
		super().__init__()
		self._image = QImage()
		self._areas: Sequence[Area] = ()
		self._here = -1
		self._from: QPointF | None = None
		self._to: QPointF | None = None
		self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
		self.setCursor(Qt.CursorShape.CrossCursor)
		self.setMinimumSize(theme.px(240), theme.px(160))
		self.setAccessibleName("Picture to cover areas of")
		self.setAccessibleDescription(
			"Draw with the mouse. Or press A for a new area, arrows to move it, Shift and arrows to size it, "
			"Delete to remove it, N for the next."
		)

	def show_picture(self, jpeg: bytes) -> None:
		"""Show another picture."""
		self._image = QImage.fromData(jpeg)
		self._from = self._to = None
		self.update()

	def show_areas(self, areas: Sequence[Area], here: int) -> None:
		"""Show the areas of this picture, one of them picked; -1 for none."""
		self._areas, self._here = tuple(areas), here
		told = f", {len(self._areas)} covered" if self._areas else ", nothing covered"
		self.setAccessibleName("Picture to cover areas of" + told)
		self.update()

	def sizeHint(self) -> QSize:
		return QSize(theme.px(520), theme.px(300))

	def picture_rect(self) -> QRectF:
		"""Return where the picture stands in the widget."""
		size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
		return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())

	# drawing
	def paintEvent(self, event) -> None:
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
		painter.fillRect(self.rect(), theme.colour("sunken"))
		whole = self.picture_rect()
		if not self._image.isNull():
			painter.drawImage(whole, self._image)
		black = theme.colour("gap")
		for at, one in enumerate(self._areas):
			self._draw(painter, self._on_screen(one, whole), picked=at == self._here, colour=black)
		if self._from is not None and self._to is not None:
			self._draw(painter, QRectF(self._from, self._to).normalized() & whole, picked=True, colour=black)
		painter.end()

	def _draw(self, painter: QPainter, frame: QRectF, *, picked: bool, colour) -> None:
		painter.setOpacity(_SEEN_THROUGH)
		painter.fillRect(frame, Qt.GlobalColor.black)
		painter.setOpacity(1)
		painter.setPen(QPen(Qt.GlobalColor.white, 3 if picked else 1))
		painter.drawRect(frame)
		painter.setPen(QPen(theme.colour("accent") if picked else Qt.GlobalColor.black, 1))
		painter.drawRect(frame.adjusted(-1, -1, 1, 1))

	@staticmethod
	def _on_screen(one: Area, whole: QRectF) -> QRectF:
		return QRectF(
			whole.x() + one.left * whole.width(),
			whole.y() + one.top * whole.height(),
			one.width * whole.width(),
			one.height * whole.height(),
		)

	# mouse
	def mousePressEvent(self, event: QMouseEvent) -> None:
		if event.button() == Qt.MouseButton.LeftButton and not self._image.isNull():
			self._from = event.position()
			self._to = None
			event.accept()

	def mouseMoveEvent(self, event: QMouseEvent) -> None:
		if self._from is not None:
			self._to = event.position()
			self.update()

	def mouseReleaseEvent(self, event: QMouseEvent) -> None:
		if self._from is None:
			return
		start, self._from, self._to = self._from, None, None
		whole = self.picture_rect()
		frame = QRectF(start, event.position()).normalized() & whole
		area = Area(0, 0, 0, 0)
		if whole.width() and whole.height():
			area = Area(
				(frame.x() - whole.x()) / whole.width(),
				(frame.y() - whole.y()) / whole.height(),
				frame.width() / whole.width(),
				frame.height() / whole.height(),
			).within()
		if area.is_slip:
			x, y = (start.x() - whole.x()) / max(1, whole.width()), (start.y() - whole.y()) / max(1, whole.height())
			self.picked.emit(next((at for at, one in reversed(list(enumerate(self._areas))) if one.holds(x, y)), -1))
		else:
			self.drawn.emit(area)
		self.update()

	# keyboard
	def keyPressEvent(self, event: QKeyEvent) -> None:
		key, held = event.key(), event.modifiers()
		if key == Qt.Key.Key_A and not self._image.isNull():
			self.drawn.emit(_FIRST)
		elif key == Qt.Key.Key_N and self._areas:
			self.picked.emit((self._here + 1) % len(self._areas))
		elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and 0 <= self._here < len(self._areas):
			self.removed.emit(self._here)
		elif key in _MOVES and 0 <= self._here < len(self._areas):
			step = _FINE if held & Qt.KeyboardModifier.ControlModifier else _STEP
			across, down = (step * side for side in _MOVES[key])
			one = self._areas[self._here]
			if held & Qt.KeyboardModifier.ShiftModifier:
				sized = one._replace(width=max(_FINE, one.width + across), height=max(_FINE, one.height + down))
				self.moved.emit(self._here, sized.within())
			else:
				left = min(max(0.0, one.left + across), 1 - one.width)
				top = min(max(0.0, one.top + down), 1 - one.height)
				self.moved.emit(self._here, one._replace(left=left, top=top))
		else:
			super().keyPressEvent(event)
			return
		event.accept()
