"""One photo, looked at closely: fitted, made larger and smaller, moved, turned. Nothing of it is changed."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

_STEP = 1.25
_LARGEST = 8.0


class PhotoView(QGraphicsView):
	"""Plus and minus change the size, 0 fits it again, R turns it; the wheel with Ctrl does what plus and minus do."""

	def __init__(self) -> None:
		super().__init__()
		self._scene = QGraphicsScene(self)
		self.setScene(self._scene)
		# Not `addPixmap`: it could return what Python still knows of an older photo's item at the same address.
		self._photo = QGraphicsPixmapItem()
		self._scene.addItem(self._photo)
		self._photo.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
		self._times = 1.0
		self._turned = 0
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
		self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
		self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
		self.setAccessibleName("Photo")

	def show_photo(self, jpeg: bytes, words: str) -> bool:
		"""Show a photo, fitted; `words` describe it to a screen reader. Returns whether it could be read."""
		image = QImage.fromData(jpeg)
		self._photo.setPixmap(QPixmap.fromImage(image))
		self._scene.setSceneRect(QRectF(self._photo.boundingRect()))
		self._photo.setTransformOriginPoint(self._photo.boundingRect().center())
		self.setAccessibleName(words)
		self._turned = 0
		self.fit()
		return not image.isNull()

	def clear(self) -> None:
		"""Show nothing."""
		self._photo.setPixmap(QPixmap())

	@property
	def times(self) -> float:
		"""How much larger than fitted it is shown."""
		return self._times

	@property
	def turned(self) -> int:
		"""By how many degrees it is turned to the right."""
		return self._turned

	def fit(self) -> None:
		"""Show all of it."""
		self._times = 1.0
		self._draw()

	def larger(self) -> None:
		"""Show it a step larger."""
		self._times = min(_LARGEST, self._times * _STEP)
		self._draw()

	def smaller(self) -> None:
		"""Show it a step smaller, down to all of it."""
		self._times = max(1.0, self._times / _STEP)
		self._draw()

	def turn(self) -> None:
		"""Turn it a quarter to the right."""
		self._turned = (self._turned + 90) % 360
		self._draw()

	def _draw(self) -> None:
		if self._photo.pixmap().isNull():
			return
		self._photo.setRotation(self._turned)
		self._scene.setSceneRect(self._photo.sceneBoundingRect())
		self.resetTransform()
		# A small photo is not blown up to fill the room.
		room, whole = self.viewport().rect(), self._photo.sceneBoundingRect()
		fitted = min(1.0, room.width() / max(1.0, whole.width()), room.height() / max(1.0, whole.height()))
		self.scale(fitted * self._times, fitted * self._times)

	def keyPressEvent(self, event):
		act = {
			Qt.Key.Key_Plus: self.larger,
			Qt.Key.Key_Equal: self.larger,
			Qt.Key.Key_Minus: self.smaller,
			Qt.Key.Key_0: self.fit,
			Qt.Key.Key_R: self.turn,
		}.get(event.key())
		if act is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
			act()
			return
		super().keyPressEvent(event)

	def wheelEvent(self, event):
		if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
			(self.larger if event.angleDelta().y() > 0 else self.smaller)()
			event.accept()
			return
		super().wheelEvent(event)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._draw()
