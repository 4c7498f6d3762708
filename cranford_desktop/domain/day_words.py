"""Days and months in English words, whatever language the computer speaks: Qt and Python follow its settings."""

from datetime import date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
)


def month_words(day: date) -> str:
	"""Return the month of a day: "November 2026"."""
	return f"{MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
	"""Return a day: "23 November 2026"."""
	return f"{day.day} {month_words(day)}"


def weekday_words(day: date) -> str:
	"""Return a day with its weekday: "Monday 23 November 2026"."""
	return f"{DAYS[day.weekday()]} {day_words(day)}"


def short_day_words(day: date) -> str:
	"""Return a day in the short form of a list: "Mon 23 Nov"."""
	return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
