"""Which phone covers which months, painted: one row a phone, one bar a month, what is missing in words."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.coverage_words import Chart, ChartRow, Stretch, days_in, first_day
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.notices import announce

_ROW_HEIGHTS = ((2, 44), (5, 36), (99, 30))
"""(up to so many phones, height of a row in pixels at 100 %)"""
_LOW_ROW = 24
"""Height of a row where the chart stands beside a question, in pixels at 100 %."""
_YEARS_ONLY = 18
"""A low chart of more months names the years only."""
_NAMES = 150
"""Width of the names, in pixels at 100 %; more where the words need it, up to a quarter."""
_LEAST_BAR = 0.25
"""A month with a single message still has this share of its row: presence first, volume second."""
_KEYS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class CoverageChart(QWidget):
	"""Each row on its own scale. `picked(day)`: she asked for a month or a gap; arrow keys move from month to month."""

	picked = Signal(object)

	def __init__(self, chart: Chart, *, opens: bool = False, low: bool = False) -> None:
		"""Take what to show, whether its months can be opened, and whether it has to make do with little height."""
		super().__init__()
		self._chart, self._opens, self._low = chart, opens, low
		self._here = (0, max(0, len(chart.months) - 1))
		self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
		self.setMouseTracking(opens)
		self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chart.months else Qt.FocusPolicy.NoFocus)
		self.setAccessibleName(chart.summary())
		self._tell(aloud=False)

	@property
	def here(self) -> tuple[int, int]:
		"""Return the row and the month the keys stand on."""
		return self._here

	def sentence(self) -> str:
		"""Return what is said of the month the keys stand on."""
		return self._chart.sentence(*self._here) if self._chart.months and self._chart.rows else ""

	# size
	def rescale(self) -> None:
		"""Follow the text size."""
		self.updateGeometry()
		self.update()

	def sizeHint(self):
		return QSize(theme.px(600), round(self._row * len(self._chart.rows) + self._axis))

	def minimumSizeHint(self):
		return QSize(theme.px(240), self.sizeHint().height())

	@property
	def _row(self) -> int:
		height = next(height for most, height in _ROW_HEIGHTS if len(self._chart.rows) <= most)
		return theme.px(_LOW_ROW if self._low else height)

	@property
	def _axis(self) -> float:
		lines = 2 if self._names_months else 1
		return QFontMetricsF(theme.font("small")).height() * lines + theme.px(8)

	@property
	def _names_months(self) -> bool:
		return not self._low or len(self._chart.months) <= _YEARS_ONLY

	@property
	def _left(self) -> float:
		metrics = QFontMetricsF(theme.font("body"))
		widest = max((metrics.horizontalAdvance(one.name) for one in self._chart.rows), default=0.0)
		return min(max(theme.px(_NAMES), widest + theme.px(16)), max(theme.px(110), self.width() * 0.27))

	@property
	def _step(self) -> float:
		return (self.width() - self._left - 2) / max(1, len(self._chart.months))

	def month_place(self, row: int, at: int) -> QRectF:
		"""Return where a month of a row is painted."""
		return QRectF(self._left + at * self._step, row * self._row, self._step, self._row)

	def _day_place(self, day: date) -> float:
		months = self._chart.months
		month = (day.year, day.month)
		if month < months[0]:
			return self._left
		if month > months[-1]:
			return self._left + self._step * len(months)
		at = (month[0] - months[0][0]) * 12 + month[1] - months[0][1]
		return self._left + (at + (day.day - 1) / days_in(month)) * self._step

	# keys and mouse
	def keyPressEvent(self, event: QKeyEvent) -> None:
		row, at = self._here
		if event.key() in _KEYS:
			down, on = _KEYS[Qt.Key(event.key())]
			self._stand(row + down, at + on)
		elif event.key() == Qt.Key.Key_Home:
			self._stand(row, 0)
		elif event.key() == Qt.Key.Key_End:
			self._stand(row, len(self._chart.months) - 1)
		elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._opens:
			self.picked.emit(self._day_of(row, at))
		else:
			super().keyPressEvent(event)

	def _stand(self, row: int, at: int) -> None:
		row = min(max(0, row), len(self._chart.rows) - 1)
		at = min(max(0, at), len(self._chart.months) - 1)
		if (row, at) != self._here:
			self._here = (row, at)
			self._tell(aloud=True)
			self.update()

	def _tell(self, *, aloud: bool) -> None:
		words = self.sentence()
		self.setAccessibleDescription(words)
		if aloud:
			announce(self, words)

	def focusInEvent(self, event) -> None:
		super().focusInEvent(event)
		announce(self, self.sentence())
		self.update()

	def focusOutEvent(self, event) -> None:
		super().focusOutEvent(event)
		self.update()

	def mousePressEvent(self, event: QMouseEvent) -> None:
		spot = self._at(event.position())
		if spot is not None and event.button() == Qt.MouseButton.LeftButton:
			self._stand(*spot)
			if self._opens:
				self.picked.emit(self._day_of(*spot))

	def mouseMoveEvent(self, event: QMouseEvent) -> None:
		pointing = self._opens and self._at(event.position()) is not None
		self.setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)

	def _at(self, place: QPointF) -> tuple[int, int] | None:
		row, at = int(place.y() // self._row), int((place.x() - self._left) // self._step)
		inside = 0 <= row < len(self._chart.rows) and 0 <= at < len(self._chart.months) and place.x() >= self._left
		return (row, at) if inside else None

	def _day_of(self, row: int, at: int) -> date:
		month = self._chart.months[at]
		missing = self._chart.rows[row].missing(month)
		if missing is not None and missing.inside and (missing.start.year, missing.start.month) == month:
			return missing.start
		return first_day(month)

	def event(self, event: QEvent) -> bool:
		if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
			spot = self._at(QPointF(event.pos()))
			if spot is None:
				QToolTip.hideText()
			else:
				QToolTip.showText(event.globalPos(), self._chart.sentence(*spot), self)
			return True
		return super().event(event)

	# painting
	def paintEvent(self, event) -> None:
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		for number, phone in enumerate(self._chart.rows):
			self._paint_row(painter, number, phone)
		if self._chart.months:
			self._paint_axis(painter)
			if self.hasFocus():
				self._paint_focus(painter)
		painter.end()

	def _paint_row(self, painter: QPainter, number: int, phone: ChartRow) -> None:
		top, base = float(number * self._row), float((number + 1) * self._row)
		font = theme.font("body")
		painter.setFont(font)
		painter.setPen(_ink("text"))
		room = self._left - theme.px(12)
		words = QFontMetricsF(font).elidedText(phone.name, Qt.TextElideMode.ElideRight, room)
		painter.drawText(QRectF(0, top, room, self._row), Qt.AlignmentFlag.AlignVCenter, words)
		painter.setPen(QPen(_ink("line"), 1))
		painter.drawLine(QPointF(self._left, base - 0.5), QPointF(self.width(), base - 0.5))
		most, space = max(phone.counts, default=0), min(2.0, self._step * 0.12)
		painter.setPen(Qt.PenStyle.NoPen)
		painter.setBrush(_ink("accent"))
		for at, messages in enumerate(phone.counts):
			if messages:
				high = (self._row - theme.px(6 if self._low else 12)) * (
					_LEAST_BAR + (1 - _LEAST_BAR) * messages / most
				)
				spot = QRectF(self._left + at * self._step + space, base - 1 - high, self._step - 2 * space, high)
				painter.drawRoundedRect(spot, min(2.0, spot.width() / 4), 2)
		for missing in phone.stretches:
			self._paint_missing(painter, phone, missing, base)

	def _paint_missing(self, painter: QPainter, phone: ChartRow, missing: Stretch, base: float) -> None:
		"""Draw the dashed line and, where they find room, the words on it."""
		left, right = self._empty(phone, missing)
		edge = _ink("warn-line" if missing.warn else "edge")
		if right - left < self._step * 0.9:  # shorter than a month: a mark under the bars
			start, end = self._day_place(missing.start), self._day_place(missing.end)
			painter.setPen(QPen(edge, 3))
			painter.drawLine(QPointF(start, base - 1.5), QPointF(max(end, start + 4), base - 1.5))
			return
		font = theme.font("small")
		metrics = QFontMetricsF(font)
		icon = theme.px(16) if missing.warn else 0
		room = right - left - icon - theme.px(8)
		words = metrics.elidedText(missing.words, Qt.TextElideMode.ElideRight, room)
		if len(words) < min(6, len(missing.words)):
			words = ""
		start = left + 2
		dashes = base - theme.px(7)
		line = dashes - theme.px(3) - metrics.descent()
		if self._low:  # the words stand in the line, not on it
			dashes = base - self._row / 2
			line = dashes + (metrics.ascent() - metrics.descent()) / 2
			start += icon + metrics.horizontalAdvance(words) + theme.px(8) if words else 0
		painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
		if start < right - 4:
			painter.drawLine(QPointF(start, dashes), QPointF(right - 4, dashes))
		if missing.warn and right - left > icon + 4:
			spot = QRectF(left + 2, line - metrics.ascent() + (metrics.ascent() - icon) / 2 + 1, icon, icon)
			paint_icon(painter, "warning:filled", spot, _ink("warn"))
		painter.setFont(font)
		painter.setPen(_ink("warn" if missing.warn else "muted"))
		painter.drawText(QPointF(left + 2 + (icon + theme.px(6) if icon else 0), line), words)

	def _empty(self, phone: ChartRow, missing: Stretch) -> tuple[float, float]:
		"""Return the widest run of months without a bar inside a stretch."""
		best, run = (0, 0), 0
		for at, month in enumerate((*self._chart.months, None)):
			if month is not None and missing.holds(month) and not phone.counts[at]:
				run += 1
				continue
			if run > best[1] - best[0]:
				best = (at - run, at)
			run = 0
		return self._left + best[0] * self._step, self._left + best[1] * self._step

	def _paint_axis(self, painter: QPainter) -> None:
		small, label = theme.font("small"), theme.font("label")
		metrics = QFontMetricsF(small)
		top = self._row * len(self._chart.rows) + theme.px(4)
		name = metrics.horizontalAdvance("May") + theme.px(6)
		every = next((one for one in (1, 2, 3, 6) if self._step * one >= name), 0) if self._names_months else 0
		year_room = QFontMetricsF(label).horizontalAdvance("2026") + theme.px(6)
		free = 0.0
		for at, (year, month) in enumerate(self._chart.months):
			x = self._left + at * self._step
			if every and (month - 1) % every == 0:
				painter.setFont(small)
				painter.setPen(_ink("muted"))
				spot = QRectF(x + self._step / 2 - name, top, name * 2, metrics.height())
				painter.drawText(spot, Qt.AlignmentFlag.AlignHCenter, MONTHS[month - 1][:3])
			if (at == 0 or month == 1) and x >= free and x + year_room <= self.width() + theme.px(6):
				if at == 0 and len(self._chart.months) > 1 and self._next_year(at) - x < year_room:
					continue
				painter.setFont(label)
				painter.setPen(_ink("text"))
				line = top + metrics.height() * (2 if every else 1) - metrics.descent()
				painter.drawText(QPointF(x + 2, line), str(year))
				free = x + year_room

	def _next_year(self, at: int) -> float:
		for later, (_, month) in enumerate(self._chart.months):
			if later > at and month == 1:
				return self._left + later * self._step
		return float(self.width())

	def _paint_focus(self, painter: QPainter) -> None:
		spot = self.month_place(*self._here).adjusted(-1, 2, 1, -1)
		painter.setPen(QPen(_ink("focus"), 2))
		painter.setBrush(Qt.BrushStyle.NoBrush)
		painter.drawRoundedRect(spot, 3, 3)


def _ink(name: str) -> QColor:
	"""Return a token's colour; under high contrast the system's own palette decides."""
	if not _high_contrast():
		return theme.colour(name)
	palette = QGuiApplication.palette()
	return palette.highlight().color() if name == "accent" else palette.windowText().color()


def _high_contrast() -> bool:
	hints = QGuiApplication.styleHints()
	if not hasattr(hints, "accessibility"):  # before Qt 6.10
		return False
	return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
