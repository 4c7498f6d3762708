"""The dates, times and names of one text by how they are written there: each is read once, and is a number after."""

import re
from collections.abc import Sequence
from datetime import time

from cranford_desktop.ingest.clocks import Clock, read_clock
from cranford_desktop.ingest.dialect import Day, Form, form_of, read_day

HALF, SECONDS = 1 << 17, 1 << 18
"""Above the second of the day: written with a word for the part of the day, written with seconds."""
ODD = 1 << 24
"""Above both kinds of number: of another form than most of the text."""
NO_TIME = 1 << 30
"""Stands for a date that cannot be one, and for a time that no clock shows."""
_SECOND = HALF - 1
_MINUTE = 5
"""Characters of "19:05"."""
_HOUR_MINUTE = re.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_SECOND_ALONE = re.compile(":[0-5][0-9]")


class _Days(dict[str, int]):
	"""Date as written → its number, with `ODD` where its form is not that of most; `NO_TIME` where it is none."""

	def __init__(self, dating: tuple[tuple[str, str], int]) -> None:
		super().__init__()
		self._dating = dating
		self.listed: list[Day] = []
		self.new: list[int] = []
		"""Numbers given since somebody emptied this list."""

	def __missing__(self, written: str) -> int:
		day = read_day(written)
		number = NO_TIME
		if day is not None:
			number = len(self.listed) | (0 if (day.core, day.width) == self._dating else ODD)
			self.listed.append(day)
			self.new.append(number)
		self[written] = number
		return number


class _Clocks(dict[str, int]):
	"""Time as written → second of the day with `HALF`, `SECONDS`, `ODD`; `NO_TIME` where no clock shows it."""

	def __init__(self, usual: tuple[bool, bool]) -> None:
		super().__init__()
		self._usual = usual
		self._by_second = usual == (False, True)
		self._minutes, self._seconds = _Minutes(), _Seconds()

	def __missing__(self, written: str) -> int:
		clock = read_clock(written)
		self[written] = number = NO_TIME if clock is None else self._packed(clock)
		return number

	def several(self, written: Sequence[str]) -> list[int]:
		"""Read some times. With seconds there are tens of thousands of them: too many to be looked up whole quickly, so
		minute and second are looked up apart, and what is not made of three pairs of digits with colons as any other.
		"""
		if not self._by_second:
			return list(map(self.__getitem__, written))
		minutes, seconds = self._minutes, self._seconds
		found = [minutes[one[:_MINUTE]] + seconds[one[_MINUTE:]] for one in written]
		if max(found) >= NO_TIME:
			return [number if number < NO_TIME else self[one] for number, one in zip(found, written, strict=True)]
		return found

	def _packed(self, clock: Clock) -> int:
		flags = (HALF if clock.half else 0) | (SECONDS if clock.seconds else 0)
		odd = 0 if (clock.half, clock.seconds) == self._usual else ODD
		return clock.hour * 3600 + clock.minute * 60 + clock.second | flags | odd


class _Minutes(dict[str, int]):
	"""Beginning of a time with seconds, "19:05" → its second of the day with `SECONDS`; `NO_TIME` for any other."""

	def __missing__(self, written: str) -> int:
		number = NO_TIME
		if _HOUR_MINUTE.fullmatch(written):
			number = int(written[:2]) * 3600 + int(written[3:]) * 60 | SECONDS
		self[written] = number
		return number


class _Seconds(dict[str, int]):
	"""End of a time with seconds, ":00" → the second; `NO_TIME` for any other."""

	def __missing__(self, written: str) -> int:
		self[written] = number = int(written[1:]) if _SECOND_ALONE.fullmatch(written) else NO_TIME
		return number


class _Names(dict[str | None, int]):
	"""What stands before a record's first ": " → its number: what most records share is held once."""

	def __init__(self) -> None:
		super().__init__()
		self.listed: list[str | None] = []

	def __missing__(self, written: str | None) -> int:
		self[written] = number = len(self.listed)
		self.listed.append(written)
		return number


class WrittenTimes:
	"""Dates, times and names of one text; `usual` is the form that most of its headers have."""

	def __init__(self, usual: Form) -> None:
		self.usual = usual
		self.days = _Days(usual.dating)
		self.clocks = _Clocks(usual.clock)
		self.names = _Names()

	def day(self, number: int) -> Day:
		"""Return a date by its number."""
		return self.days.listed[number & ~ODD]

	def form(self, day: int, clock: int) -> Form:
		"""Return the form of a header."""
		return form_of(self.day(day), Clock(0, 0, 0, bool(clock & HALF), bool(clock & SECONDS)))


def time_of(clock: int) -> time:
	"""Return the time of day of a packed time."""
	minutes, second = divmod(clock & _SECOND, 60)
	return time(*divmod(minutes, 60), second)
