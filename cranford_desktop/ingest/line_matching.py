"""The app's own lines that come in crowds: "Tom added Ann", "Tom added Bob", in one minute and in any order.

What tells them apart is whom they name, so all lines of a crowd are weighed against each other at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from cranford_desktop.ingest.anchors import Pair
from cranford_desktop.ingest.assignment import best_pairs
from cranford_desktop.ingest.author_names import LIKELY, SAME, UNKNOWN, UNLIKELY
from cranford_desktop.ingest.likeness import Thing

_CLOSE = 2
"""Minutes that two phones' times of one line lie apart at most."""
_CELLS = 900
_MATCHED = 10_000
"""More than all else together: as many lines are matched as can be one."""
_RELATED = {SAME: 200, LIKELY: 100, UNKNOWN: 0, UNLIKELY: -200}
_FIRST_NAME = 80
_EQUAL = 150
_EXACT = 60
_MINUTE = 20
_TURNED = 100
_LATER = 30

Related = Callable[[int, int], list[int] | None]
"""What is known of the places of a held and a new line's casts, one by one; None where they cannot be one."""


def matched_lines(
	held: Sequence[Thing], new: Sequence[Thing], to_new: Sequence[int], to_held: Sequence[int], related: Related
) -> list[Pair]:
	"""Return (held, new) of the free lines that name somebody and go together best."""
	found: list[Pair] = []
	used: set[int] = set()
	for some, theirs in _crowds(held, new, to_new, to_held):
		ours = [i for i in some if i not in used]
		if not ours or len(ours) * len(theirs) > _CELLS:
			continue
		weights = [
			[
				_weight(
					held[i],
					new[j],
					related(i, j),
					_turn(
						x,
						y,
						held[i].adds_you and len(ours) < len(theirs),
						new[j].adds_you and len(theirs) < len(ours),
					),
				)
				for y, j in enumerate(theirs)
			]
			for x, i in enumerate(ours)
		]
		for x, y in best_pairs(weights):
			found.append((ours[x], theirs[y]))
			used.add(ours[x])
	return found


def _crowds(
	held: Sequence[Thing], new: Sequence[Thing], to_new: Sequence[int], to_held: Sequence[int]
) -> Iterator[tuple[list[int], list[int]]]:
	"""Yield the free lines of one event on both sides, as far as each stands within minutes of another."""
	events: dict[str | None, list[tuple[int, int, int]]] = defaultdict(list)
	for side, things, taken in ((0, held, to_new), (1, new, to_held)):
		for place, thing in enumerate(things):
			if thing.cast and taken[place] < 0:
				events[thing.looks[0].event].extend((at, side, place) for at in thing.minutes)
	for marks in events.values():
		marks.sort()
		sides: tuple[set[int], set[int]] = (set(), set())
		last = marks[0][0]
		for at, side, place in marks:
			if at - last > _CLOSE:
				yield sorted(sides[0]), sorted(sides[1])
				sides = (set(), set())
			sides[side].add(place)
			last = at
		yield sorted(sides[0]), sorted(sides[1])


def _turn(x: int, y: int, held_begins: bool, new_begins: bool) -> int:
	"""Return what two places in a crowd say against two lines' being one: by how much they differ, or, where one tells
	a phone's owner that she was added and her phone shows less of the crowd, how little there is before.
	"""
	if held_begins == new_begins:
		return min((x - y) ** 2, _TURNED)
	return -min(y if held_begins else x, _LATER)


def _weight(held: Thing, new: Thing, related: list[int] | None, turn: int) -> int:
	"""Return how well two lines can be one; 0: not at all. `turn`: what their places in the crowd say against it."""
	if related is None:
		return 0
	weight = _MATCHED + sum(_RELATED.get(one, 2 * _RELATED[UNLIKELY]) for one in related) - turn
	weight -= _MINUTE * held.apart(new)
	weight += sum(_FIRST_NAME * one.may_be(two) for one, two in zip(held.cast, new.cast, strict=True))
	if new.looks[0].words in {look.words for look in held.looks} and "You" not in new.looks[0].named:
		weight += _EQUAL
	return weight + (_EXACT if new.moments[0] in held.moments else 0)
