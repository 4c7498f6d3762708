"""Text flowed once to a width, with marks that know their rectangles. Offsets are Python characters throughout."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from cranford_desktop.ui import theme

MarkKind = Literal["hit", "redact", "label", "gap", "chosen", "sensitive"]
_GROUND = {
	"hit": "hit-soft",
	"redact": "redact-soft",
	"label": "redact-soft",
	"gap": "gap-soft",
	"chosen": "accent",
	"sensitive": "sensitive-soft",
}


@dataclass(frozen=True, slots=True)
class Mark:
	"""A marked stretch: a search hit, covered-up words as the clerk sees them, their label, the requester's label, or
	words that may be private.
	"""

	start: int
	end: int
	kind: MarkKind = "hit"


def _shown(text: str) -> str:
	"""Return text with line breaks that a text layout understands, character for character."""
	return text.replace("\n", "\u2028").replace("\r", " ").replace("\t", " ")


class Laid:
	"""Words laid out for one width, font and mode."""

	def __init__(self, text: str, font: QFont, width: float, marks: Sequence[Mark] = (), lines: int = 0) -> None:
		self.text = text
		self.marks = tuple(marks)
		self._wide = any(ord(char) > 0xFFFF for char in text)
		self._layout = QTextLayout(_shown(text), font)
		option = QTextOption()
		option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
		self._layout.setTextOption(option)
		self._layout.setFormats([self._format(mark, font) for mark in self.marks])
		self._layout.beginLayout()
		self.lead = QFontMetricsF(font).height() * 1.14  # a little air for long reading
		y, count = 0.0, 0
		while not lines or count < lines:
			line = self._layout.createLine()
			if not line.isValid():
				break
			line.setLineWidth(max(1.0, width))
			line.setPosition(QPointF(0, y + (self.lead - line.height()) / 2))
			y += self.lead
			count += 1
		self._layout.endLayout()
		self.height, self.count = y, count

	@property
	def first_line(self) -> float:
		"""Return how far below the top the first line begins."""
		return self._layout.lineAt(0).y() if self.count else 0.0

	def _units(self, at: int) -> int:
		"""Return a character's offset in Qt's units, of which an emoji takes two."""
		return at + sum(ord(char) > 0xFFFF for char in self.text[:at]) if self._wide else at

	def _characters(self, units: int) -> int:
		if not self._wide:
			return units
		passed = 0
		for at, char in enumerate(self.text):
			if passed >= units:
				return at
			passed += 2 if ord(char) > 0xFFFF else 1
		return len(self.text)

	def _format(self, mark: Mark, font: QFont) -> QTextLayout.FormatRange:
		look = QTextCharFormat()
		if mark.kind == "redact":
			look.setForeground(theme.colour("redact"))
			look.setFontStrikeOut(True)
		elif mark.kind == "label":
			small = QFont(font)
			small.setPointSizeF(max(7.0, font.pointSizeF() - 2))
			small.setWeight(QFont.Weight.DemiBold)
			look.setFont(small)
			look.setForeground(theme.colour("redact"))
		elif mark.kind == "gap":
			look.setForeground(theme.colour("gap"))
			look.setFontWeight(QFont.Weight.DemiBold)
		elif mark.kind == "chosen":
			look.setForeground(theme.colour("on-accent"))
		elif mark.kind == "sensitive":
			look.setForeground(theme.colour("sensitive"))
			look.setFontWeight(QFont.Weight.DemiBold)
		else:
			look.setForeground(theme.colour("hit"))
		made = QTextLayout.FormatRange()
		made.start = self._units(mark.start)
		made.length = self._units(mark.end) - made.start
		made.format = look
		return made

	def rectangles(self, start: int, end: int) -> list[QRectF]:
		"""Return where a stretch of characters stands, one rectangle a line, from the layout's own corner."""
		first, last = self._units(start), self._units(end)
		out = []
		for at in range(self.count):
			line = self._layout.lineAt(at)
			a, b = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
			if a < b:
				left, right = sorted((_x(line, a), _x(line, b)))
				out.append(QRectF(left - 1, line.y(), right - left + 2, line.height()))
		return out

	def character_at(self, point: QPointF) -> int:
		"""Return the character offset nearest to a point, from the layout's own corner."""
		at = min(max(0, int(point.y() // self.lead)), max(0, self.count - 1))
		if not self.count:
			return 0
		return self._characters(self._layout.lineAt(at).xToCursor(point.x()))

	def draw(self, painter: QPainter, at: QPointF, ink: QColor, chosen: tuple[int, int] | None = None) -> None:
		"""Draw grounds, then words; `chosen` is a stretch the clerk has selected."""
		painter.setPen(Qt.PenStyle.NoPen)
		labels = {mark.start: mark.end for mark in self.marks if mark.kind == "label"}
		for mark in self.marks:
			if mark.kind == "label" and mark.start in {other.end for other in self.marks if other.kind == "redact"}:
				continue  # one ground under both
			end = labels.get(mark.end, mark.end) if mark.kind == "redact" else mark.end
			painter.setBrush(theme.colour(_GROUND[mark.kind]))
			for spot in self.rectangles(mark.start, end):
				painter.drawRoundedRect(spot.translated(at), 3, 3)
		if chosen and chosen[0] < chosen[1]:
			painter.setBrush(theme.colour("accent", 0.28))
			for spot in self.rectangles(*chosen):
				painter.drawRoundedRect(spot.translated(at), 2, 2)
		painter.setPen(ink)
		self._layout.draw(painter, at)


def _x(line, cursor: int) -> float:
	x = line.cursorToX(cursor)
	return x[0] if isinstance(x, tuple) else x
