"""A box for a date, typed the way people write dates, and a box for a time of day.

What was understood is said in words below the box; the calendar is an extra, never the only way in.
"""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.calendars import dress_calendar
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import col, row
from cranford_desktop.ui.parts.wording import day_words, parse_date, parse_time

__all__ = ["DateField", "TimeField", "parse_date", "parse_time"]


_HEIGHT = 35
"""A day and a time stand beside each other: both boxes are this high, in pixels at 100 %."""
_EARLIEST, _AHEAD = 1990, 10
"""The years a calendar offers: from this one, to so many after this year."""


class DateField(QWidget):
	"""Text box with a calendar button beside it and the date in words below it. `changed(object)`: a date or None."""

	changed = Signal(object)

	def __init__(self, name: str, today: date, value: date | None = None) -> None:
		"""Take its accessible name and the council's own today."""
		super().__init__()
		self._today = today
		self.box = field(width=200)
		self.box.setAccessibleName(name)
		theme.scaled(self.box, "setMinimumWidth", 200)
		theme.scaled(self.box, "setFixedHeight", _HEIGHT)
		opener = button("", "quiet", "calendar_ltr", name="Pick from a calendar")
		opener.clicked.connect(self._open_calendar)
		self._tick = Glyph("checkmark", "ok", 18)
		self._echo = say("", "ok", wrap=False)
		self._tick.hide()
		self.setLayout(col(row(self.box, opener, None, gap=2), row(self._tick, self._echo, None, gap=4), gap=2))
		self.setFocusProxy(self.box)
		self.box.textChanged.connect(self._read)
		if value is not None:
			self.set_date(value)

	def date(self) -> date | None:
		"""Return the date that is typed; None where it cannot be read, or is empty."""
		return parse_date(self.box.text(), self._today)

	def set_date(self, day: date) -> None:
		"""Fill the box."""
		self.box.setText(f"{day.day} {day.month} {day.year}")

	def set_text(self, text: str) -> None:
		"""Type into the box."""
		self.box.setText(text)

	def echo(self) -> str:
		"""Return the words that stand below the box."""
		return self._echo.text()

	def problem(self, what: str, *, past: bool = True) -> str | None:
		"""Return what is wrong with the date, beginning with what it is ("The date it arrived"); None if nothing is."""
		if not self.box.text().strip():
			return f"Enter {what[0].lower()}{what[1:]}"
		day = self.date()
		if day is None:
			return f"{what} must be a real date, for example 27 3 2026"
		if past and day > self._today:
			tail = " This is tomorrow." if (day - self._today).days == 1 else f" This is {day_words(day)}."
			return f"{what} must be today or in the past.{tail}"
		return None

	def _read(self) -> None:
		day = self.date()
		self._tick.setVisible(day is not None)
		typed = bool(self.box.text().strip())
		self._echo.setProperty("role", "ok" if day else "muted")
		self._echo.style().unpolish(self._echo)
		self._echo.style().polish(self._echo)
		self._echo.setText(day_words(day) if day else ("Not a date yet" if typed else ""))
		self.changed.emit(day)

	def calendar(self, parent: QWidget | None = None) -> QCalendarWidget:
		"""Return a calendar that shows the typed date, or today."""
		made = dress_calendar(QCalendarWidget(parent))
		made.setAccessibleName("Calendar")
		first, last = self._bounds()
		made.setDateRange(QDate(first.year, first.month, first.day), QDate(last.year, last.month, last.day))
		shown = min(max(self.date() or self._today, first), last)
		made.setSelectedDate(QDate(shown.year, shown.month, shown.day))
		return made

	def _open_calendar(self) -> None:
		popup = QFrame(self, Qt.WindowType.Popup)
		popup.setProperty("kind", "dialog")
		popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		calendar = self.calendar(popup)
		calendar.clicked.connect(lambda picked: self._picked(picked, popup))
		calendar.activated.connect(lambda picked: self._picked(picked, popup))
		box = QVBoxLayout(popup)
		box.setContentsMargins(6, 6, 6, 6)
		box.addWidget(calendar)
		popup.move(self.box.mapToGlobal(QPoint(0, self.box.height() + 2)))
		popup.show()
		calendar.setFocus()

	def _bounds(self) -> tuple[date, date]:
		"""Return the first and the last day the calendar offers; anything else can still be typed."""
		return date(_EARLIEST, 1, 1), date(self._today.year + _AHEAD, 12, 31)

	def _picked(self, day: QDate, popup: QFrame) -> None:
		self.set_date(date(day.year(), day.month(), day.day()))
		popup.close()
		self.box.setFocus()


class TimeField(QWidget):
	"""A small box for a time of day: "16:10", "4.10pm"."""

	changed = Signal(object)

	def __init__(self, name: str, value: time | None = None) -> None:
		super().__init__()
		self.box = field(f"{value:%H:%M}" if value else "", width=100)
		self.box.setAccessibleName(name)
		theme.scaled(self.box, "setMinimumWidth", 84)
		theme.scaled(self.box, "setFixedHeight", _HEIGHT)
		self.setLayout(row(self.box))
		self.setFocusProxy(self.box)
		self.box.textChanged.connect(lambda: self.changed.emit(self.time()))

	def time(self) -> time | None:
		"""Return the time that is typed, or None."""
		return parse_time(self.box.text())

	def set_text(self, text: str) -> None:
		"""Type into the box."""
		self.box.setText(text)


def at(day: date | None, hour: time | None) -> datetime | None:
	"""Return the UK wall time of a day and a time, or None where one is missing."""
	return datetime.combine(day, hour) if day is not None and hour is not None else None
