"""A sender who was offline: her own phone shows when she wrote, the others when it arrived, up to a day later."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence

from cranford_desktop.ingest.anchors import Pair
from cranford_desktop.ingest.author_names import SAME, UNKNOWN, Authors
from cranford_desktop.ingest.likeness import LONG, Thing

_DAY = 24 * 60
_HALF_DAY = _DAY // 2
"""Minutes within which a message arrives, where the phones to which it came show nothing of the time at which it was
written. Somebody who reminds others in the same words mostly does so on another day.
"""

_HABIT = 20
"""Minutes: the same words at the same time of the next day are said again ("The hall is open"), not delivered late."""

_Spans = dict[int, tuple[int, int]]
"""Export → the first and the last minute of what it shows."""


def offline(
	held: Sequence[Thing],
	new: Sequence[Thing],
	matched: Sequence[Pair],
	authors: Authors,
	can_be_own: Callable[[int], bool],
) -> list[Pair]:
	"""Return (held, new) of what is left on both sides and says the same within a day, by one author as far as known.

	`can_be_own`: whether a held message can stand on its sender's own phone. Weaker evidence than the rest: it counts
	only where the words or the file stand once within days, where the earlier time can be that of the sender's own
	phone, and where one of the phones shows both times and so could have shown it twice.
	"""
	if len(matched) in (len(held), len(new)):
		return []
	taken_held, taken_new = {i for i, _ in matched}, {j for _, j in matched}
	ours = _alone(held, taken_held)
	theirs = _alone(new, taken_new)
	if ours.keys().isdisjoint(theirs):
		return []
	spans: _Spans = {}
	for thing in held:
		for export in thing.orders:
			first, last = spans.get(export, (thing.minutes[0], thing.minutes[0]))
			spans[export] = min(first, *thing.minutes), max(last, *thing.minutes)
	covered = min(thing.minutes[0] for thing in new), max(thing.minutes[0] for thing in new)
	found: dict[int, int] = {}
	used: set[int] = set()
	for key, their in theirs.items():
		our = ours.get(key)
		if our is None or our.place in used or their.place in found:
			continue
		written_here = our.minutes[0] < their.minutes[0]
		own = can_be_own(our.place) if written_here else authors.can_be_owner(their.author)
		if (
			own
			and _arrived(our, their, spans, covered)
			and any(authors.relation(label, their.author) in (SAME, UNKNOWN) for label in our.labels)
		):
			found[their.place] = our.place
			used.add(our.place)
	return [(i, j) for j, i in found.items()]


def _arrived(our: Thing, their: Thing, spans: _Spans, covered: tuple[int, int]) -> bool:
	"""Say whether the later of two times can be that of an arrival."""
	here = covered[0] <= our.minutes[0] <= covered[1]
	there = any(spans[one][0] <= their.minutes[0] <= spans[one][1] for one in our.orders)
	late, early = (here, there) if our.minutes[0] < their.minutes[0] else (there, here)
	return our.apart(their) <= (_DAY - _HABIT if late else _HALF_DAY if early else -1)


def _alone(things: Sequence[Thing], taken: set[int]) -> dict[Hashable, Thing]:
	"""Return the long texts and the files that are left and stand once within days."""
	left = {
		key: thing
		for place, thing in enumerate(things)
		if place not in taken and not thing.is_line
		for key in _telling(thing)
	}
	if not left:
		return {}
	where: dict[Hashable, list[int]] = {key: [] for key in left}
	for thing in things:
		for key in _telling(thing):
			if key in where and not thing.is_line:
				where[key].append(thing.minutes[0])
	found: dict[Hashable, Thing] = {}
	for key, thing in left.items():
		times = sorted(where[key])
		at = thing.minutes[0]
		if bisect_right(times, at + _DAY) - bisect_left(times, at - _DAY) == 1:
			found[key] = thing
	return found


def _telling(thing: Thing) -> Iterator[Hashable]:
	for text in thing.texts:
		if len(text[1]) >= LONG:
			yield text
	yield from thing.digests
