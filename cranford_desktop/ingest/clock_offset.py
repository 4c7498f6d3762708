"""By how much one file's clock is ahead of another's: a phone exported abroad shifts its whole file.

Some zones change to summer time on other days than the UK, or never: then a stretch of the file lies an hour beside the
rest. The file has one offset, that of most of it; the stretches are known for comparing.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from cranford_desktop.ingest.likeness import LONG, Thing

QUARTER = 15
"""Minutes: every time zone is whole quarters of an hour from every other."""
_NEAR = 3
_MOST = 26 * 60
_USUAL = 14 * 60
"""Minutes by which clocks differ from UK time, as far as people live."""
_ENOUGH = 2
_FEW = 4
_WEIGHT = 3
_ASKED = 100
_VEILED = ("deleted", "waiting")
"""Another phone may show the words themselves."""
_OWN_LINES = ("encryption", "code", "contact")
"""Lines that each phone shows at a time of its own."""

_Stands = dict[Hashable, tuple[int, int]]
"""What stands once → (its minute, its place)."""


class Clock(NamedTuple):
	"""How a file's clock goes, compared with what is held."""

	offset: int
	"""Minutes by which it is ahead; 0 where nothing shows it."""
	stretches: tuple[tuple[int, tuple[int, ...]], ...] = ()
	"""(place of a record, minutes by which the clock can be ahead from there on), where it does not go evenly."""


class _Spoken(NamedTuple):
	"""What was sent or done."""

	at: int
	"""Minute."""
	key: Hashable
	weight: int
	"""What it says where it stands on both sides."""
	author: int
	"""-1 for the app."""


def compare_clocks(held: Sequence[Thing], new: Sequence[Thing]) -> Clock:
	"""Find out by how many quarters of an hour the new file's clock is ahead.

	Asked are long texts and files that stand once on each side. Where these are too few, everything is asked where in
	the other file it could belong: then most of what both files cover must agree.
	"""
	found = _steps(_once(held), _once(new))
	votes = Counter(step for _, step in found)
	if len(found) >= _FEW:
		best = _most(votes)
		if votes[best] <= 2 * votes[0]:
			best = 0
		return Clock(best * QUARTER, _stretches(found, best))
	if not votes or set(votes) != {0}:
		return Clock(_few(held, new) * QUARTER)
	return Clock(0)


def _most(votes: Counter[int]) -> int:
	"""Return the step with most votes; of several the smallest."""
	most = max(votes.values())
	return min((step for step, count in votes.items() if count == most), key=lambda step: (abs(step), step))


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


def _steps(held: _Stands, new: _Stands) -> list[tuple[int, int]]:
	"""Return (place in the new file, quarters of an hour ahead) of what stands on both sides."""
	found = []
	for key, (at, place) in new.items():
		if key in held:
			step = _step(at - held[key][0])
			if step is not None:
				found.append((place, step))
	return sorted(found)


def _step(apart: int) -> int | None:
	"""Return how many quarters of an hour these minutes are; None where they are none."""
	step = round(apart / QUARTER)
	return step if abs(apart) <= _MOST and abs(apart - step * QUARTER) <= _NEAR else None


def _once(things: Sequence[Thing]) -> _Stands:
	"""Return the long texts and the files that stand exactly once."""
	seen: dict[Hashable, tuple[int, int] | None] = {}
	for thing in things:
		if thing.is_line:
			continue
		where = (thing.minutes[0], thing.place)
		for text in thing.texts:
			if len(text[1]) >= LONG:
				seen[text] = None if text in seen else where
		for digest in thing.digests:
			seen[digest] = None if digest in seen else where
	return {key: where for key, where in seen.items() if where is not None}


def _few(held: Sequence[Thing], new: Sequence[Thing]) -> int:
	"""Return the step at which most of what two files both cover agrees, where little in it stands only once."""
	ours, theirs = _spoken(held), _spoken(new)
	often = Counter(one.key for one in ours)
	often |= Counter(one.key for one in theirs)
	theirs = theirs[:_ASKED] + theirs[_ASKED:][-_ASKED:]
	places: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
	for one in ours:
		places[one.key].append((one.at, one.author))
	found: dict[int, list[tuple[_Spoken, set[int]]]] = defaultdict(list)
	for one in theirs:
		near = places.get(one.key, [])
		begin = bisect_left(near, (one.at - _USUAL,))
		authors: dict[int, set[int]] = defaultdict(set)
		for at, author in near[begin : begin + _ASKED]:
			step = _step(one.at - at) if at <= one.at + _USUAL else None
			if step is not None:
				authors[step].add(author)
		for step, some in authors.items():
			found[step].append((one, some))
	items: Counter[int] = Counter()
	keys: dict[int, dict[Hashable, int]] = defaultdict(dict)
	for step, pairs in found.items():
		for one in _by_one_author(pairs):
			items[step] += 1
			keys[step][one.key] = one.weight if often[one.key] == 1 else 1
	if not keys:
		return 0
	weights = Counter({step: sum(some.values()) for step, some in keys.items()})
	best = _most(weights)
	others = max((count for step, count in weights.items() if step != best), default=0)
	if len(keys[best]) < _ENOUGH or weights[best] < _WEIGHT or weights[best] < 2 * others:
		return 0
	begin = max(ours[0].at, theirs[0].at - best * QUARTER) - _NEAR
	end = min(ours[-1].at, theirs[-1].at - best * QUARTER) + _NEAR
	covered = min(
		sum(begin <= one.at <= end for one in ours), sum(begin <= one.at - best * QUARTER <= end for one in theirs)
	)
	return best if items[best] * 3 >= covered * 2 else 0


def _by_one_author(pairs: Sequence[tuple[_Spoken, set[int]]]) -> list[_Spoken]:
	"""Return of what is new and by whom it can be held only what fits together: each name of the new file is one held
	person's, and each of these has one name; the most first.
	"""
	often: Counter[tuple[int, int]] = Counter()
	for one, authors in pairs:
		often.update((one.author, author) for author in authors)
	of_name: dict[int, int] = {}
	of_person: dict[int, int] = {}
	for (name, author), _ in sorted(often.items(), key=lambda pair: (-pair[1], pair[0])):
		if name not in of_name and author not in of_person:
			of_name[name], of_person[author] = author, name
	return [one for one, authors in pairs if of_name.get(one.author) in authors]


def _spoken(things: Sequence[Thing]) -> list[_Spoken]:
	"""Return all that several phones show alike, by time."""
	said: list[_Spoken] = []
	for thing in things:
		look = thing.looks[0]
		if look.sort in _VEILED:
			continue
		if not thing.is_line:
			key: Hashable = thing.texts[0] if thing.texts else look.sort
			weight = 3 if thing.texts and len(thing.texts[0][1]) >= LONG else 1
			said.append(_Spoken(thing.minutes[0], key, weight, thing.author))
		elif look.event not in (None, *_OWN_LINES):
			said.append(_Spoken(thing.minutes[0], (look.event, look.quoted), 3 if look.quoted else 1, thing.author))
	said.sort(key=lambda one: one.at)
	return said
