"""By how much one file's clock is ahead of another's: a phone exported abroad shifts its whole file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cranford_desktop.ingest.likeness import LONG, Thing

QUARTER = 15
"""Minutes: every time zone is whole quarters of an hour from every other."""
_NEAR = 3
_MOST = 26 * 60
_ENOUGH = 2


def clock_offset(held: Sequence[Thing], new: Sequence[Thing]) -> int:
	"""Return the minutes by which the new file's clock is ahead, whole quarters of an hour; 0 where nothing shows it.

	Asked are long texts and files that stand once on each side; where these are too few, all texts that do, and then
	pairs of neighbouring texts. The offset needs two witnesses at least, and most of all.
	"""
	votes: Counter[int] = Counter()
	for witnesses in (_long, _short, _pairs):
		votes += _votes(witnesses(held), witnesses(new))
		if votes.total() >= 2 * _ENOUGH:
			break
	if not votes:
		return 0
	most = max(votes.values())
	best = min((step for step, count in votes.items() if count == most), key=lambda step: (abs(step), step))
	others = votes.total() - most
	if best and most >= _ENOUGH and most > others and most > 2 * votes[0]:
		return best * QUARTER
	return 0


def _votes(held: dict[object, tuple[int, ...]], new: dict[object, tuple[int, ...]]) -> Counter[int]:
	"""Count by how many quarters of an hour the same things lie apart."""
	votes: Counter[int] = Counter()
	for key, minutes in new.items():
		for at in held.get(key, ())[:1]:
			apart = minutes[0] - at
			step = round(apart / QUARTER)
			if abs(apart) <= _MOST and abs(apart - step * QUARTER) <= _NEAR:
				votes[step] += 1
	return votes


def _once(found: Iterable[tuple[object, tuple[int, ...]]]) -> dict[object, tuple[int, ...]]:
	"""Return what stands exactly once, with its minutes."""
	seen: dict[object, tuple[int, ...] | None] = {}
	for key, minutes in found:
		seen[key] = None if key in seen else minutes
	return {key: minutes for key, minutes in seen.items() if minutes is not None}


def _long(things: Sequence[Thing]) -> dict[object, tuple[int, ...]]:
	found: list[tuple[object, tuple[int, ...]]] = []
	for thing in things:
		if thing.is_line:
			continue
		found.extend((text, thing.minutes) for text in thing.texts if len(text[1]) >= LONG)
		found.extend((digest, thing.minutes) for digest in thing.digests)
	return _once(found)


def _short(things: Sequence[Thing]) -> dict[object, tuple[int, ...]]:
	return _once(
		(text, thing.minutes) for thing in things if not thing.is_line for text in thing.texts if len(text[1]) < LONG
	)


def _pairs(things: Sequence[Thing]) -> dict[object, tuple[int, ...]]:
	"""Return each text with the one before it: "ok" stands often, "ok" after "who opens the hall" does not."""
	spoken = [(thing.texts[0], thing.minutes) for thing in things if thing.texts and not thing.is_line]
	return _once(((one[0], two[0]), two[1]) for one, two in pairwise(spoken))
