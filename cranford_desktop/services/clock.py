"""The council's clock, injected everywhere: UK wall time with its zone."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]
"""Answers the present moment, aware, in UK time."""


def standing_clock(moment: datetime) -> Clock:
	"""Return a clock that stands still at a UK wall time: the practice council's day, or a test's."""
	aware = moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)
	return lambda: aware
