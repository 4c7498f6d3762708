"""The days from a request's arrival to its deadline: counted ones numbered, the others with the reason."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.wording import day_words

_LONGEST = 45
"""Days a strip can show and still be read; longer spans are told in the sentence alone."""


class WorkingDays(QWidget):
	"""A strip of days. Hidden where the span is too long to be read."""

	def __init__(self) -> None:
		super().__init__()
		self._from = self._to = date(2026, 1, 1)
		self._skipped: Mapping[date, str] = {}
		self._today: date | None = None
		self.hide()

	def show_span(self, received: date, due: date, not_counted: Mapping[date, str], today: date | None = None) -> None:
		"""Show the days from `received` to `due`, today marked if it is among them; `not_counted`: Mondays to Fridays
		left out, with their reason.
		"""
		self._from, self._to, self._skipped = received, due, not_counted
		self._today = today if today is not None and received <= today <= due else None
		self.setVisible(0 < (due - received).days <= _LONGEST)
		left_out = "; ".join(
			f"{day_words(day, weekday=False, year=False)} is not counted, {why}" for day, why in not_counted.items()
		)
		self.setAccessibleName(
			f"Day 1 is {day_words(received + timedelta(days=1), year=False)}. {left_out + '. ' if left_out else ''}"
			f"The last day is {day_words(due, year=False)}."
			+ (f" Today is {day_words(self._today, weekday=False, year=False)}." if self._today else "")
		)
		self.updateGeometry()
		self.update()

	def sizeHint(self) -> QSize:
		return QSize(theme.px(420), theme.px(68 if self._skipped or self._today else 52))

	def minimumSizeHint(self) -> QSize:
		return QSize(theme.px(240), theme.px(68 if self._skipped or self._today else 52))

	def paintEvent(self, _event: QPaintEvent) -> None:
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		days = [self._from + timedelta(days=n) for n in range((self._to - self._from).days + 1)]
		weights = [0.5 if day.weekday() > 4 else 1.0 for day in days]
		unit = min(float(theme.px(34)), self.width() / sum(weights))
		x, number, named_to = 0.0, 0, -9.0
		for day, weight in zip(days, weights, strict=True):
			box = QRectF(x + 1, theme.px(20), unit * weight - 2, theme.px(28))
			counted = day.weekday() < 5 and day > self._from and day not in self._skipped
			number += counted
			self._day(painter, box, day, number if counted else 0)
			if day == self._to or (day.weekday() == 0 and (self._to - day).days > 2):
				self._month(painter, box, day)
			if day == self._today:
				named_to = self._mark_today(painter, box)
			elif day in self._skipped:
				named_to = self._reason(painter, box, self._skipped[day], named_to)
			x += unit * weight

	def _day(self, painter: QPainter, box: QRectF, day: date, number: int) -> None:
		last = day == self._to
		painter.setPen(Qt.PenStyle.NoPen)
		if number or last:
			painter.setBrush(theme.colour("accent" if last else "selected"))
			painter.drawRoundedRect(box, 4, 4)
			painter.setPen(theme.colour("on-accent" if last else "text"))
			painter.setFont(theme.font("strong" if last else "small"))
			painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number) if number else "")
		elif day in self._skipped:
			painter.setBrush(theme.colour("hold-soft"))
			painter.setPen(QPen(theme.colour("warn-line"), 1))
			painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
			painter.setPen(theme.colour("hold"))
			painter.setFont(theme.font("small"))
			painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–")
		elif day == self._from:
			painter.setBrush(Qt.BrushStyle.NoBrush)
			painter.setPen(QPen(theme.colour("border"), 1))
			painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
			side = min(16.0, box.width() - 4)
			where = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
			paint_icon(painter, "mail_inbox", where, theme.colour("muted"))
		else:
			painter.setBrush(theme.colour("plain-soft"))
			painter.drawRoundedRect(box.adjusted(0, theme.px(11), 0, -theme.px(11)), 3, 3)

	def _mark_today(self, painter: QPainter, box: QRectF) -> float:
		"""Frame the day in ink and write "today" below it; return where the word ends."""
		painter.setBrush(Qt.BrushStyle.NoBrush)
		painter.setPen(QPen(theme.colour("text"), 2))
		painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
		painter.setFont(theme.font("label"))
		painter.setPen(theme.colour("text"))
		metrics = QFontMetricsF(painter.font())
		wide = metrics.horizontalAdvance("today")
		left = max(0.0, min(box.center().x() - wide / 2, self.width() - wide - 1))
		painter.drawText(QPointF(left, box.bottom() + metrics.ascent() + 2), "today")
		return left + wide

	def _month(self, painter: QPainter, box: QRectF, day: date) -> None:
		last = day == self._to
		words = f"{day.day} {MONTHS[day.month - 1][:3]}"
		painter.setFont(theme.font("label" if last else "small"))
		painter.setPen(theme.colour("text" if last else "muted"))
		wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
		left = min(box.x() + 1, self.width() - wide - 1) if last else box.x() + 1
		painter.drawText(QPointF(left, theme.px(14)), words)

	def _reason(self, painter: QPainter, box: QRectF, why: str, named_to: float) -> float:
		"""Write a reason below its day where it does not run into the one before; return where it ends."""
		painter.setFont(theme.font("small"))
		painter.setPen(theme.colour("hold"))
		metrics = QFontMetricsF(painter.font())
		words = why.split(" (", maxsplit=1)[0].split(",", maxsplit=1)[0]
		wide = metrics.horizontalAdvance(words)
		left = min(box.x(), self.width() - wide - 1)
		if left < named_to + 8:
			return named_to
		painter.drawText(QPointF(left, theme.px(20 + 28) + metrics.ascent() + 2), words)
		return left + wide
