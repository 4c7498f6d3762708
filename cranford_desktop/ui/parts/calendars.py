"""How a calendar looks and speaks, wherever one opens."""

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import icon

_TURNS = (
	("qt_calendar_prevmonth", "chevron_left", "Month before"),
	("qt_calendar_nextmonth", "chevron_right", "Next month"),
)


def dress_calendar(calendar: QCalendarWidget) -> QCalendarWidget:
	"""Give a calendar British weeks, quiet weekends and arrows that can be seen and heard; return it."""
	calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
	calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
	calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
	plain = QTextCharFormat()
	plain.setForeground(theme.colour("muted"))
	for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
		calendar.setWeekdayTextFormat(day, plain)
	# typing on a calendar edits a hidden date of its own, whose year knows no bounds
	calendar.setDateEditEnabled(False)
	for tool, ic, words in _TURNS:
		found = calendar.findChild(QToolButton, tool)
		if found is not None:
			found.setIcon(icon(ic, "text"))
			found.setIconSize(QSize(theme.px(18), theme.px(18)))
			found.setAccessibleName(words)
	return calendar
