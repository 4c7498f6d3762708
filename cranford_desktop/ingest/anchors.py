"""Messages that stand once on both sides: what an alignment is hung on."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from cranford_desktop.ingest.likeness import LONG, Thing

NEAR = 3
"""Minutes that two phones' times of one message may lie apart (0 to 2 measured, each way)."""

Pair = tuple[int, int]
Places = list[tuple[int, int]]
"""(minute, place) of things that are alike, by time."""


def anchors(held: Sequence[Thing], new: Sequence[Thing]) -> list[Pair]:
	"""Return (held, new) of long texts and files that stand exactly once near that time, on both sides; by new."""
	return alone(_places(held), _places(new))


def alone(here: Mapping[Hashable, Places], there: Mapping[Hashable, Places], near: int = NEAR) -> list[Pair]:
	"""Return (held, new) of what stands exactly once near its time, on both sides; by new."""
	found: dict[int, int] = {}
	twice: set[int] = set()
	for key, theirs in there.items():
		ours = here.get(key)
		if ours is None:
			continue
		for at, number in theirs:
			some = _within(ours, at, near)
			if len(some) != 1 or len(_within(theirs, some[0][0], near)) != 1:
				continue
			if found.setdefault(number, some[0][1]) != some[0][1]:
				twice.add(number)
	return _one_to_one(sorted((i, j) for j, i in found.items() if j not in twice))


def in_turn(here: Mapping[Hashable, Places], there: Mapping[Hashable, Places]) -> list[Pair]:
	"""Return (held, new) of what both sides show several times near one time, as often as each other: the n-th with the
	n-th.
	"""
	pairs: list[Pair] = []
	for key, theirs in there.items():
		ours = here.get(key)
		if ours is None or (len(ours) == 1 and len(theirs) == 1):
			continue
		marks = sorted([(at, 0, place) for at, place in ours] + [(at, 1, place) for at, place in theirs])
		start = 0
		for end in range(1, len(marks) + 1):
			if end == len(marks) or marks[end][0] - marks[end - 1][0] > NEAR:
				some = sorted({place for _, side, place in marks[start:end] if not side})
				others = sorted({place for _, side, place in marks[start:end] if side})
				if len(some) == len(others):
					pairs.extend(zip(some, others, strict=True))
				start = end
	return _one_to_one(pairs)


def _places(things: Sequence[Thing]) -> dict[Hashable, Places]:
	found: dict[Hashable, Places] = defaultdict(list)
	for number, thing in enumerate(things):
		if "system" in thing.sorts:
			continue
		for text in thing.texts:
			if len(text[1]) >= LONG:
				for at in thing.minutes:
					found[text].append((at, number))
		for digest in thing.digests:
			for at in thing.minutes:
				found[digest].append((at, number))
	for places in found.values():
		if len(places) > 1:
			places.sort()
	return found


def _within(places: Places, at: int, near: int) -> Places:
	"""Return what stands near a minute, each thing once; two are enough to say that it is not alone."""
	if len(places) == 1:
		return places if abs(places[0][0] - at) <= near else []
	begin = bisect_left(places, (at - near,))
	end = bisect_right(places, (at + near + 1,))
	some: dict[int, tuple[int, int]] = {}
	for one in places[begin : min(end, begin + 20)]:
		some.setdefault(one[1], one)
		if len(some) > 1:
			break
	return list(some.values())


def _one_to_one(pairs: Iterable[Pair]) -> list[Pair]:
	"""Drop pairs of which one side stands in two; return the others by new."""
	by_held: dict[int, list[int]] = defaultdict(list)
	for i, j in pairs:
		by_held[i].append(j)
	return sorted(((i, some[0]) for i, some in by_held.items() if len(some) == 1), key=lambda pair: pair[1])


def longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
	"""Return the longest run of (held, new) pairs that rises on both sides; pairs come sorted by new."""
	tails: list[int] = []
	places: list[int] = []
	before = [-1] * len(pairs)
	for number, (i, _) in enumerate(pairs):
		at = bisect_left(tails, i)
		if at == len(tails):
			tails.append(i)
			places.append(number)
		else:
			tails[at], places[at] = i, number
		before[number] = places[at - 1] if at else -1
	run = []
	at = places[-1] if places else -1
	while at >= 0:
		run.append(pairs[at])
		at = before[at]
	return run[::-1]
