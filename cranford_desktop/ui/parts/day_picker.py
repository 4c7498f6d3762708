"""Going to a date: a box that takes "3 apr 25", and a calendar in which the days with messages are marked."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.calendars import dress_calendar
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, row
from cranford_desktop.ui.parts.wording import count, day_words, parse_date


class MarkedCalendar(QCalendarWidget):
	"""A calendar from first to last day; days with messages have a dot, days with hits a marked ground."""

	def __init__(self, days: Sequence[DayCount], hits: Sequence[DayCount], shown: date) -> None:
		super().__init__()
		self._days = dict(days)
		self._hits = {one.day for one in hits}
		self.setAccessibleName("Calendar: days with messages are marked")
		dress_calendar(self)
		if days:
			self.setDateRange(_qt(days[0].day), _qt(days[-1].day))
		self.setSelectedDate(_qt(shown))
		self.selectionChanged.connect(self._said)
		self._said()

	def _said(self) -> None:
		day = self.day()
		messages = self._days.get(day, 0)
		said = count(messages, "message") if messages else "no messages"
		self.setAccessibleDescription(f"{day_words(day)}: {said}{', with hits' if day in self._hits else ''}")

	def day(self) -> date:
		"""Return the chosen day."""
		return _day(self.selectedDate())

	def said(self) -> str:
		"""Return the chosen day in words, with how many messages it has."""
		return self.accessibleDescription()

	def paintCell(self, painter: QPainter, rect, day):
		here = _day(day)
		chosen = day == self.selectedDate()
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.setPen(Qt.PenStyle.NoPen)
		spot = QRectF(rect).adjusted(2, 2, -2, -2)
		messages = self._days.get(here, 0)
		if chosen:
			painter.setBrush(theme.colour("accent"))
			painter.drawRoundedRect(spot, 5, 5)
		elif here in self._hits:
			painter.setBrush(theme.colour("hit-soft"))
			painter.drawRoundedRect(spot, 5, 5)
		ink = "on-accent" if chosen else "hit" if here in self._hits else "text" if messages else "muted"
		painter.setFont(theme.font("strong" if messages else "body"))
		other = day.month() != self.monthShown()
		painter.setPen(theme.colour(ink, 0.55 if other and not chosen else None))
		painter.drawText(spot.adjusted(0, -3, 0, -3), Qt.AlignmentFlag.AlignCenter, str(day.day()))
		if messages:
			painter.setPen(Qt.PenStyle.NoPen)
			painter.setBrush(theme.colour(ink))
			painter.drawEllipse(QPointF(spot.center().x(), spot.bottom() - 4), 2, 2)
		painter.restore()


class DayPicker(QFrame):
	"""Opens beside what asked for it. `picked(date)`: the day she wants, with messages or not."""

	picked = Signal(object)

	def __init__(
		self, days: Sequence[DayCount], hits: Sequence[DayCount], shown: date, today: date, parent: QWidget
	) -> None:
		"""Take the days with messages, those with hits, the day to begin at, and the council's today."""
		super().__init__(parent, Qt.WindowType.Popup)
		self.setProperty("kind", "dialog")
		self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		self._today = today
		self.box: QLineEdit = field(place="3 apr 25")
		self._echo = say("", "muted", wrap=True)
		self.calendar = MarkedCalendar(days, hits, shown)
		theme.scaled(self.calendar, "setMinimumWidth", 300)
		theme.scaled(self.calendar, "setMinimumHeight", 232)
		go = button("Go there", "primary")
		go.clicked.connect(self._go)
		label = say("Go to date", "strong", wrap=False)
		label.setBuddy(self.box)
		self.box.setAccessibleName("Go to date, for example 3 apr 25")
		self.setLayout(col(label, row((self.box, 1), go), self._echo, self.calendar, gap=6, pad=12))
		self.box.textChanged.connect(self._read)
		self.box.returnPressed.connect(self._go)
		self.calendar.clicked.connect(self._from_calendar)
		self.calendar.activated.connect(self._from_calendar)
		self.calendar.selectionChanged.connect(self._turned)
		self._turned()

	def open_at(self, anchor: QPoint) -> None:
		"""Show it at a place on the screen, as far as there is room."""
		self.adjustSize()
		room = self.screen().availableGeometry()
		x = min(max(anchor.x(), room.left() + 8), room.right() - self.width() - 8)
		y = min(max(anchor.y(), room.top() + 8), room.bottom() - self.height() - 8)
		self.move(x, y)
		self.show()
		self.box.setFocus(Qt.FocusReason.PopupFocusReason)

	def day(self) -> date | None:
		"""Return the day that is typed, else the one chosen in the calendar; None where what is typed is no date."""
		return parse_date(self.box.text(), self._today) if self.box.text().strip() else self.calendar.day()

	def _read(self) -> None:
		day = self.day()
		if not self.box.text().strip():
			self._turned()
			return
		self._echo.setText(day_words(day) if day else "Not a date yet")
		if day is not None:
			self.calendar.blockSignals(True)
			self.calendar.setSelectedDate(_qt(day))
			self.calendar.blockSignals(False)

	def _turned(self) -> None:
		if not self.box.text().strip():
			self._echo.setText(self.calendar.said())

	def _from_calendar(self, day: QDate) -> None:
		self._take(_day(day))

	def _go(self) -> None:
		day = self.day()
		if day is None:
			self._echo.setText("Not a date yet. Try 3 apr 25 or 3/4/2025.")
			self.box.selectAll()
			return
		self._take(day)

	def _take(self, day: date) -> None:
		self.close()
		self.picked.emit(day)


def _qt(day: date) -> QDate:
	return QDate(day.year, day.month, day.day)


def _day(day: QDate) -> date:
	return date(day.year(), day.month(), day.day())
