"""Icons inked at paint time, so that dark mode and any scale need no second set."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cranford_desktop.paths import resources
from cranford_desktop.ui import theme


@lru_cache(maxsize=256)
def _svg(name: str) -> bytes:
	stem, _, style = name.partition(":")
	return (resources() / "icons" / f"{stem}_20_{style or 'regular'}.svg").read_bytes()


def paint_icon(painter: QPainter, name: str, rect: QRectF, ink: QColor) -> None:
	"""Draw an icon ("home", "home:filled") in any ink, at any scale."""
	data = _svg(name).replace(b'fill="#212121"', b"").replace(b'fill="currentColor"', b"")
	data = data.replace(b"<path ", b'<path fill="%s" ' % ink.name().encode())
	QSvgRenderer(QByteArray(data)).render(painter, QRectF(rect))


class _Engine(QIconEngine):
	"""Paints one icon in one token, filled and in the accent where the state is on."""

	def __init__(self, name: str, ink: str) -> None:
		super().__init__()
		self._name = name
		self._ink = ink

	def paint(self, painter, rect, mode, state):
		name, ink = self._name, self._ink
		if state == QIcon.State.On and ":" not in name:
			name, ink = f"{name}:filled", "accent"
		if mode == QIcon.Mode.Disabled:
			ink = "edge"
		paint_icon(painter, name, QRectF(rect), theme.colour(ink))

	def pixmap(self, size, mode, state):
		made = QPixmap(size)
		made.fill(Qt.GlobalColor.transparent)
		painter = QPainter(made)
		self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
		painter.end()
		return made

	def clone(self):
		return _clone(self._name, self._ink)


@lru_cache(maxsize=512)
def _clone(name: str, ink: str) -> _Engine:
	return _Engine(name, ink)


@lru_cache(maxsize=512)
def icon(name: str, ink: str = "muted") -> QIcon:
	"""Return an icon in a token's colour. Kept, because Qt holds the engine behind it without counting it."""
	engine = _Engine(name, ink)
	made = QIcon(engine)
	made.cranford_engine = engine
	return made
