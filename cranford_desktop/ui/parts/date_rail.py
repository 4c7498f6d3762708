"""A rail of dates beside a conversation: all of it from first day to last, where she is, where the hits are."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractSlider

from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.domain.days import DayCount
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.labels import tip
from cranford_desktop.ui.parts.wording import count, day_words

_EDGE = 10
_WIDE = 58


class DateRail(QAbstractSlider):
	"""Its value is the place of a day among the days with messages; `day_wanted(date)` as soon as one is picked."""

	day_wanted = Signal(object)

	def __init__(self, name: str = "Dates") -> None:
		super().__init__()
		self._days: list[date] = []
		self._counts: dict[date, int] = {}
		self._hits: dict[date, int] = {}
		self._told = False
		self.setOrientation(Qt.Orientation.Vertical)
		self.setInvertedAppearance(True)
		self.setInvertedControls(True)  # Down is later, as in the conversation
		self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
		self.setMouseTracking(True)
		self.setAccessibleName(name)
		self.setSingleStep(1)
		theme.scaled(self, "setFixedWidth", _WIDE)
		self.valueChanged.connect(self._moved)

	# what it shows
	def set_days(self, days: Sequence[DayCount]) -> None:
		"""Show a conversation's days, in order."""
		self._days = [one.day for one in days]
		self._counts = dict(days)
		self._told = True
		self.setRange(0, max(0, len(self._days) - 1))
		self.setPageStep(max(1, len(self._days) // 12))
		self._told = False
		self.setEnabled(len(self._days) > 1)
		self.update()

	def set_hits(self, days: Sequence[DayCount]) -> None:
		"""Mark days with hits; nothing is marked where there are none."""
		self._hits = {}
		for one in days:
			self._hits[one.day] = self._hits.get(one.day, 0) + one.messages
		self.update()

	def show_day(self, day: date | None) -> None:
		"""Show where she is; asks for nothing."""
		if day is None or not self._days:
			return
		self._told = True
		self.setValue(min(bisect_left(self._days, day), len(self._days) - 1))
		self._told = False

	def day(self) -> date | None:
		"""Return the day it stands at."""
		return self._days[self.value()] if self._days else None

	def words(self, day: date) -> str:
		"""Return what is said of a day: its date, its messages, its hits."""
		parts = [day_words(day)]
		if self._counts.get(day):
			parts.append(count(self._counts[day], "message"))
		if self._hits.get(day):
			parts.append(count(self._hits[day], "hit"))
		return ", ".join(parts)

	def _moved(self, _value: int) -> None:
		day = self.day()
		if day is None:
			return
		self.setAccessibleDescription(self.words(day))
		self.update()
		if not self._told:
			self.day_wanted.emit(day)

	# places
	def _span(self) -> tuple[date, int]:
		return self._days[0], max(1, (self._days[-1] - self._days[0]).days)

	def _y(self, day: date) -> float:
		first, span = self._span()
		return _EDGE + (self.height() - 2 * _EDGE) * (day - first).days / span

	def _near(self, y: float) -> int:
		first, span = self._span()
		ahead = (y - _EDGE) / max(1, self.height() - 2 * _EDGE) * span
		at = bisect_left([(one - first).days for one in self._days], ahead)
		around = [one for one in (at - 1, at) if 0 <= one < len(self._days)]
		return min(around, key=lambda one: abs((self._days[one] - first).days - ahead))

	# mouse
	def mousePressEvent(self, event):
		if self._days and event.button() == Qt.MouseButton.LeftButton:
			self.setValue(self._near(event.position().y()))

	def mouseMoveEvent(self, event):
		if not self._days:
			return
		at = self._near(event.position().y())
		tip(self, self.words(self._days[at]))
		if event.buttons() & Qt.MouseButton.LeftButton:
			self.setValue(at)

	# looks
	def paintEvent(self, event):
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.fillRect(self.rect(), theme.colour("base"))
		line = QRectF(self.width() - 13, _EDGE, 3, self.height() - 2 * _EDGE)
		painter.setPen(Qt.PenStyle.NoPen)
		painter.setBrush(theme.colour("line"))
		painter.drawRoundedRect(line, 1.5, 1.5)
		if self._days:
			self._dates(painter, line)
			self._marks(painter, line)
			self._here(painter, line)
		painter.end()

	def _dates(self, painter: QPainter, line: QRectF) -> None:
		"""Write years, and months where there is room, beside the line."""
		small = theme.font("small")
		low = QFontMetricsF(small)
		first, span = self._span()
		room = (self.height() - 2 * _EDGE) / (span / 30.4)
		every = next((step for step in (1, 3, 6, 12) if room * step >= low.height() + 4), 12)
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		month = date(first.year, first.month, 1)
		last_y = -100.0
		while month <= self._days[-1]:
			if (month.month - 1) % every == 0 and month >= first:
				y = self._y(month)
				words = str(month.year) if month.month == 1 else MONTHS[month.month - 1][:3]
				if y - last_y >= low.height() + 2:
					painter.drawText(
						QPointF(line.x() - 8 - low.horizontalAdvance(words), y + low.ascent() / 2 - 1), words
					)
					painter.drawLine(QPointF(line.x() - 4, y), QPointF(line.x(), y))
					last_y = y
			month = date(month.year + month.month // 12, month.month % 12 + 1, 1)

	def _marks(self, painter: QPainter, line: QRectF) -> None:
		"""Draw hits: amber with a dark edge, wider than the line, so that the shape alone tells them."""
		painter.setPen(QPen(theme.colour("warn"), 1))
		painter.setBrush(theme.colour("hit-soft"))
		last = -10.0
		for day in sorted(self._hits):
			if not self._days[0] <= day <= self._days[-1]:
				continue
			y = self._y(day)
			if y - last >= 2:
				painter.drawRect(QRectF(line.x() - 3, y - 1.5, 9, 3))
				last = y

	def _here(self, painter: QPainter, line: QRectF) -> None:
		day = self.day()
		if day is None:
			return
		spot = QPointF(line.center().x(), self._y(day))
		painter.setPen(QPen(theme.colour("base"), 2))
		painter.setBrush(theme.colour("accent"))
		painter.drawEllipse(spot, 6.5, 6.5)
