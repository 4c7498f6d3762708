"""How long work reports itself and is stopped."""

from collections.abc import Callable

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
