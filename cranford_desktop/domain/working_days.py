"""Working days: which Mondays to Fridays do not count, and why, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cranford_desktop.domain.day_words import short_day_words
from cranford_desktop.domain.policy import Holiday, Holidays
from cranford_desktop.errors import CranfordError

UNCHANGED = "Nothing was worked out."
DAY = timedelta(days=1)
_NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


@dataclass(frozen=True, slots=True)
class NotCounted:
	"""A Monday to Friday that does not count."""

	day: date
	why: str
	"""In words: "St Andrew's Day, a bank holiday in Scotland"."""

	@property
	def sentence(self) -> str:
		"""Return the day with its reason: "Mon 30 Nov not counted: St Andrew's Day, a bank holiday in Scotland"."""
		return f"{short_day_words(self.day)} not counted: {self.why}"


def add_working_days(day: date, days: int, holidays: Holidays) -> date:
	"""Return the working day that many working days after a day, bank holidays of any nation left out."""
	return count(day, days, holidays)[0]


def holiday_words(holiday: Holiday) -> str:
	"""Return a bank holiday in words: "St Andrew's Day, a bank holiday in Scotland"."""
	places = [name for letter, name in _NATIONS.items() if letter in holiday.nations]
	if len(places) == len(_NATIONS):
		where = "the whole United Kingdom"
	else:
		where = f"{', '.join(places[:-1])} and {places[-1]}" if len(places) > 1 else places[0]
	return f"{holiday.name}, {'kept' if 'bank holiday' in holiday.name.lower() else 'a bank holiday'} in {where}"


def count(
	start: date, days: int, holidays: Holidays, paused: Callable[[date], str | None] | None = None
) -> tuple[date, tuple[NotCounted, ...]]:
	"""Count working days after `start` (day zero); return the last and the weekdays left out on the way."""
	check_table(start, holidays)
	day, counted, left_out = start, 0, []
	while counted < days:
		day += DAY
		if day.year > holidays.last_year:
			raise _outside(holidays)
		if day.weekday() > 4:
			continue
		holiday = holidays.days.get(day)
		why = holiday_words(holiday) if holiday else paused(day) if paused else None
		if why:
			left_out.append(NotCounted(day, why))
		else:
			counted += 1
	return day, tuple(left_out)


def roll_on(day: date, holidays: Holidays) -> tuple[date, tuple[NotCounted, ...]]:
	"""Go on to the next working day of England and Wales, the day itself if it is one."""
	left_out: list[NotCounted] = []
	while True:
		check_table(day, holidays)
		holiday = holidays.days.get(day)
		closed = holiday is not None and ("E" in holiday.nations or "W" in holiday.nations)
		if day.weekday() < 5 and not closed:
			return day, tuple(left_out)
		if holiday is not None and closed and day.weekday() < 5:
			left_out.append(NotCounted(day, holiday_words(holiday)))
		day += DAY


def check_table(day: date, holidays: Holidays) -> None:
	"""Raise `CranfordError`, naming the years, for a day that the table of bank holidays does not cover."""
	if not holidays.first_year <= day.year <= holidays.last_year:
		raise _outside(holidays)


def _outside(holidays: Holidays) -> CranfordError:
	return CranfordError(
		f"The table of bank holidays covers {holidays.first_year} to {holidays.last_year}; this reaches outside it.",
		UNCHANGED,
		"Check the year.",
	)
