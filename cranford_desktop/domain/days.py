"""Days with messages: what a date rail, a calendar and the headings of a list need to know."""

from datetime import date, datetime
from typing import NamedTuple


class DayCount(NamedTuple):
	"""How many messages stand on one day."""

	day: date
	messages: int


class NearDay(NamedTuple):
	"""Where a conversation is entered for a day that was asked for."""

	day: date
	"""The day itself, or the nearest one with messages; the earlier of two that are equally near."""
	message_id: int
	"""Its first message."""


class Reach(NamedTuple):
	"""From when to when an export shows its group, in UK wall time."""

	first: datetime
	last: datetime
	phone_id: int


class Reached(NamedTuple):
	"""How many exports would show a message, and how many phones they come from."""

	exports: int = 0
	phones: int = 0


def reaching(reaches: list[Reach], at: datetime) -> Reached:
	"""Return how many exports would show a message of that time; one at an export's very edge is not asked of it."""
	found = [one.phone_id for one in reaches if one.first < at < one.last]
	return Reached(len(found), len(set(found)))
