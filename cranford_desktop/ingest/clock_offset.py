"""By how much one file's clock is ahead of another's: a phone exported abroad shifts its whole file.

Some zones change to summer time on other days than the UK, or never: then a stretch of the file lies an hour beside the
rest. The file has one offset, that of most of it; the stretches are known for comparing.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from cranford_desktop.ingest.likeness import LONG, Thing

QUARTER = 15
"""Minutes: every time zone is whole quarters of an hour from every other."""
_NEAR = 3
_MOST = 26 * 60
_ENOUGH = 2
_FEW = 4

_Stands = dict[Hashable, tuple[int, int]]
"""What stands once → (its minute, its place)."""


class Clock(NamedTuple):
	"""How a file's clock goes, compared with what is held."""

	offset: int
	"""Minutes by which it is ahead; 0 where nothing shows it."""
	stretches: tuple[tuple[int, tuple[int, ...]], ...] = ()
	"""(place of the first record, minutes by which the clock can be ahead from there on), where it does not go evenly."""


def compare_clocks(held: Sequence[Thing], new: Sequence[Thing]) -> Clock:
	"""Find out by how many quarters of an hour the new file's clock is ahead.

	Asked are long texts and files that stand once on each side; where these are too few, all texts that do, and then
	pairs of neighbours. An offset needs two witnesses at least, and most of all.
	"""
	found, against = _steps(_long(held), _long(new))[0], 0
	for witnesses in (_short, _pairs):
		if len(found) < _FEW:
			more, others = _steps(witnesses(held), witnesses(new))
			found, against = found + more, against + others
	if not any(step for _, step in found):
		return Clock(0)
	found.sort()
	votes = Counter(step for _, step in found)
	most = max(votes.values())
	best = min((step for step, count in votes.items() if count == most), key=lambda step: (abs(step), step))
	if len(found) < 2 * _FEW:
		against += len(found) - most
	if most < _ENOUGH or most <= 2 * votes[0] or most <= against:
		best = 0
	return Clock(best * QUARTER, _stretches(found, best))


def _stretches(found: Sequence[tuple[int, int]], best: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
	"""Return where the clock goes otherwise than in most of the file: at least two witnesses in a row say so."""
	runs: list[tuple[int, int, int]] = []
	for step, some in groupby(found, key=lambda one: one[1]):
		places = [place for place, _ in some]
		if step == best or len(set(places)) >= _ENOUGH:
			if runs and runs[-1][0] == step:
				runs[-1] = (step, runs[-1][1], places[-1])
			else:
				runs.append((step, places[0], places[-1]))
	if all(step == best for step, _, _ in runs):
		return ()
	stretches: list[tuple[int, tuple[int, ...]]] = [(0, (runs[0][0] * QUARTER,))]
	for before, after in pairwise(runs):
		# Between the last witness of one and the first of the other either can be right.
		stretches.append((before[2] + 1, (before[0] * QUARTER, after[0] * QUARTER)))
		stretches.append((after[1], (after[0] * QUARTER,)))
	return tuple(stretches)


def _steps(held: _Stands, new: _Stands) -> tuple[list[tuple[int, int]], int]:
	"""Return (place in the new file, quarters of an hour ahead) of what stands on both sides, and how much of it cannot
	be the same message.
	"""
	found = []
	against = 0
	for key, (at, place) in new.items():
		if key in held:
			apart = at - held[key][0]
			step = round(apart / QUARTER)
			if abs(apart) <= _MOST and abs(apart - step * QUARTER) <= _NEAR:
				found.append((place, step))
			else:
				against += 1
	return found, against


def _once(found: Iterable[tuple[Hashable, int, int]]) -> _Stands:
	"""Return what stands exactly once."""
	seen: dict[Hashable, tuple[int, int] | None] = {}
	for key, at, place in found:
		seen[key] = None if key in seen else (at, place)
	return {key: where for key, where in seen.items() if where is not None}


def _long(things: Sequence[Thing]) -> _Stands:
	found: list[tuple[Hashable, int, int]] = []
	for thing in things:
		if thing.is_line:
			continue
		found.extend((text, thing.minutes[0], thing.place) for text in thing.texts if len(text[1]) >= LONG)
		found.extend((digest, thing.minutes[0], thing.place) for digest in thing.digests)
	return _once(found)


def _short(things: Sequence[Thing]) -> _Stands:
	return _once(
		(text, thing.minutes[0], thing.place)
		for thing in things
		if not thing.is_line
		for text in thing.texts
		if len(text[1]) < LONG
	)


def _pairs(things: Sequence[Thing]) -> _Stands:
	"""Return each message with the one before it: "ok" stands often, "ok" after "who opens the hall" does not."""
	spoken = [
		(thing.texts[0] if thing.texts else thing.looks[0].sort, thing.minutes[0], thing.place)
		for thing in things
		if not thing.is_line
	]
	return _once(((one[0], two[0]), two[1], two[2]) for one, two in pairwise(spoken))
