"""Words for dates, times and counts, as the window writes them. Free of Qt and of the computer's own locale."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cranford_desktop.domain.day_words import DAYS, MONTHS

_LONDON = ZoneInfo("Europe/London")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./\-]*(?:of )?([a-z]{3,9}|\d{1,2})\.?(?:[ ,./\-]+(\d{4}|\d{2}))?")
_AHEAD = timedelta(days=31)
"""A day and month without a year means this year, unless that is further ahead than this."""


def parse_date(text: str, today: date) -> date | None:
	"""Read a date as a clerk types it, day first: "23 11 26", "23/11/2026", "23 nov", "today", "yesterday".

	Without a year the nearest sensible one is meant: this year's, or last year's where this year's is over a month
	ahead. None: it cannot be read as a date.
	"""
	words = " ".join(text.strip().casefold().split())
	near = {"today": 0, "yesterday": -1, "tomorrow": 1}
	if words in near:
		return today + timedelta(days=near[words])
	words = re.sub(r"^(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b[ ,.]*", "", words)
	if whole := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
		return _day(int(whole[1]), int(whole[2]), int(whole[3]))
	if run := re.fullmatch(r"(\d{2})(\d{2})(\d{2}|\d{4})", words):
		return _day(_year(run[3]), int(run[2]), int(run[1]))
	parts = _DAY_FIRST.fullmatch(words)
	if parts is None:
		return None
	month = int(parts[2]) if parts[2].isdigit() else _month(parts[2])
	if month is None:
		return None
	if parts[3]:
		return _day(_year(parts[3]), month, int(parts[1]))
	this = _day(today.year, month, int(parts[1]))
	if this is not None and this - today > _AHEAD:
		return _day(today.year - 1, month, int(parts[1]))
	return this


def parse_time(text: str) -> time | None:
	"""Read a time of day: "16:10", "16.10", "1610", "4.10pm", "9 am", "noon". None: it cannot be read as one."""
	words = text.strip().casefold().replace(" ", "")
	if words in ("noon", "midday"):
		return time(12, 0)
	if words == "midnight":
		return time(0, 0)
	found = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?(am|pm|a\.m\.|p\.m\.)?", words)
	if found is None or (not found[2] and not found[3]):
		return None
	hour, minute = int(found[1]), int(found[2] or 0)
	if found[3]:
		if not 1 <= hour <= 12:
			return None
		hour = hour % 12 + (12 if found[3].startswith("p") else 0)
	return time(hour, minute) if hour < 24 and minute < 60 else None


def _year(text: str) -> int:
	return 2000 + int(text) if len(text) == 2 else int(text)


def _month(text: str) -> int | None:
	hits = [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(text)]
	if text == "sept":
		hits = [9]
	return hits[0] if len(hits) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
	try:
		return date(year, month, day)
	except ValueError:
		return None


def day_words(day: date, *, weekday: bool = True, year: bool = True) -> str:
	"""Return a date in words: "Monday 23 November 2026"."""
	parts = [DAYS[day.weekday()]] if weekday else []
	parts += [str(day.day), MONTHS[day.month - 1]]
	return " ".join(parts + ([str(day.year)] if year else []))


def short_day(day: date, today: date | None = None) -> str:
	"""Return a date for a narrow column: "Thu 3 Apr 2025"; the year is left out where it is this one."""
	words = f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
	return words if today is not None and today.year == day.year else f"{words} {day.year}"


def local(at: datetime) -> datetime:
	"""Return a moment as UK wall time; one without a zone is UK wall time already."""
	return at.astimezone(_LONDON) if at.tzinfo is not None else at


def moment_words(at: datetime) -> str:
	"""Return a day and time in words, UK wall time: "Thursday 26 November 2026, 08:15"."""
	at = local(at)
	return f"{day_words(at.date())}, {at:%H:%M}"


def count(number: int, one: str, many: str | None = None) -> str:
	"""Return a count with its noun: "1 message", "1,847 messages"."""
	return f"{number:,} {one if number == 1 else many or one + 's'}"


def days_off(day: date, today: date) -> str:
	"""Return how far off a day is, in calendar days: "29 days left", "today", "3 days late"."""
	left = (day - today).days
	if left == 0:
		return "due today"
	return f"{count(left, 'day')} left" if left > 0 else f"{count(-left, 'day')} late"


def working_days_between(today: date, due: date, not_counted: Iterable[date]) -> int:
	"""Count the working days after today up to the due day, leaving out those a deadline does not count."""
	skipped = set(not_counted)
	return sum(
		1
		for n in range(1, (due - today).days + 1)
		if (day := today + timedelta(days=n)).weekday() < 5 and day not in skipped
	)


def hours_left(due: datetime, now: datetime) -> str:
	"""Return what is left of 72 hours: by the hour, by the minute in the last two; both are UK wall times."""
	minutes = int((due - now).total_seconds() // 60)
	if minutes < 0:
		return f"{count(-minutes // 60, 'hour')} past the 72 hours"
	if minutes < 120:
		return f"{count(minutes, 'minute')} left"
	return f"{minutes // 60:,} hours left"


def short(text: str, letters: int = 60) -> str:
	"""Return the beginning of a text on one line, cut at a word."""
	line = " ".join(text.split())
	return line if len(line) <= letters else line[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def size_words(size: int) -> str:
	"""Return a size in bytes as a person says it: "84 kB"."""
	return f"{max(1, round(size / 1000)):,} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
