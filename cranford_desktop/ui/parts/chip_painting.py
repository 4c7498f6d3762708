"""Chips drawn by hand, in lists that paint their rows."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from cranford_desktop.ui import theme


def draw_chips(painter: QPainter, at: QPointF, room: float, chips: Sequence[tuple[str, str]]) -> float:
	"""Draw chips (words, kind) side by side as far as there is room; return how much of it they took, with a gap.

	One that does not fit is left out: the spoken row and the reading view still say it.
	"""
	small, high = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("body")).height()
	taken = 0.0
	for words, kind in chips:
		wide = small.horizontalAdvance(words) + 14
		if taken + wide > room:
			break
		spot = QRectF(at.x() + taken, at.y(), wide, high)
		painter.setPen(Qt.PenStyle.NoPen)
		painter.setBrush(theme.colour(f"{kind}-soft"))
		painter.drawRoundedRect(spot, 4, 4)
		painter.setFont(theme.font("small"))
		painter.setPen(theme.colour(kind))
		painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)
		taken += wide + 6
	return taken
