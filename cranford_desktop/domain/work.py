"""How long work reports itself and is stopped."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cranford_desktop.errors import Cancelled

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what): counts in the unit that `what` names, "messages" or "photos"."""
Stopped = Callable[[], bool]
"""Answers True once the clerk has asked to stop."""


def unheard(_done: int, _total: int, _what: str) -> None:
	"""Take progress that nobody watches."""


def never() -> bool:
	"""Answer that nobody has asked to stop."""
	return False


def check(stopped: Stopped) -> None:
	"""Raise `Cancelled` once the clerk has asked to stop; called between small steps of long work."""
	if stopped():
		raise Cancelled


@contextmanager
def uncollected() -> Iterator[None]:
	"""Keep Python from looking for circles among the many small objects of the body, which stay or go by themselves.

	It would go through all of them again and again: two fifths of the time of comparing an export with 40,000 messages.
	"""
	was_on = gc.isenabled()
	gc.disable()
	try:
		yield
	finally:
		if was_on:
			gc.enable()
