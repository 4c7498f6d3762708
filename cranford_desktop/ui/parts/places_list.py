"""The places where a word, a number or a pattern stands: who wrote it and when, and the words with what is covered."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QStyle, QStyledItemDelegate

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.laid import Laid, Mark

LEAST = 56
"""Height of a list of places where there is little room; pixels at 100 %."""


class _PlaceDelegate(QStyledItemDelegate):
	"""One place: who and when in small, then the words with the covered ones marked."""

	def sizeHint(self, option, index) -> QSize:
		small, body = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("body"))
		return QSize(theme.px(200), round(small.height() + body.height() * 1.14 + 14))

	def paint(self, painter: QPainter, option, index) -> None:
		where, pieces = index.data(Qt.ItemDataRole.UserRole)
		frame = QRectF(option.rect)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		if option.state & QStyle.StateFlag.State_Selected:
			painter.fillRect(frame, theme.colour("selected"))
		painter.fillRect(QRectF(frame.x(), frame.bottom() - 1, frame.width(), 1), theme.colour("line"))
		small = theme.font("small")
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		y = frame.y() + 5
		painter.drawText(QRectF(frame.x() + 12, y, frame.width() - 20, QFontMetricsF(small).height()), 0, where)
		text, marks = "", []
		for words, is_label, *_ in pieces:
			if is_label:
				marks.append(Mark(len(text), len(text) + len(words), "redact"))
			text += words
		laid = Laid(" ".join(text.split("\n")), theme.font("body"), frame.width() - 24, marks, lines=1)
		laid.draw(
			painter, QRectF(frame.x() + 12, y + QFontMetricsF(small).height(), 1, 1).topLeft(), theme.colour("text")
		)
		painter.restore()


class PlacesList(QListWidget):
	"""The places: it takes what room there is and scrolls, so that nothing else has to."""

	def __init__(self) -> None:
		super().__init__()
		self.setAccessibleName("Places")
		self.setItemDelegate(_PlaceDelegate(self))
		self.setFrameShape(QFrame.Shape.StyledPanel)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

	def sizeHint(self) -> QSize:
		return QSize(theme.px(300), theme.px(LEAST))

	def minimumSizeHint(self) -> QSize:
		return self.sizeHint()
