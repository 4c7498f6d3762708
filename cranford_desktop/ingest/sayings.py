"""Where what stands that tells a message from others: whose words, whose deletions, what comes in one second."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from cranford_desktop.ingest.anchors import NEAR, Places
from cranford_desktop.ingest.likeness import LONG, Thing, minute

_Text = tuple[str, str]
_SEVERAL = 12
"""Repeats within minutes that are weighed against each other."""


def said(
	things: Sequence[Thing], taken: Sequence[int], meant: Sequence[int] | None = None, *, gone: bool = False
) -> dict[Hashable, Places]:
	"""Return where which known author says what: alone within minutes it is the same, whatever the order. `gone`:
	where whose messages were deleted, instead.
	"""
	found: dict[Hashable, Places] = defaultdict(list)
	for number, thing in enumerate(things):
		author = thing.author if meant is None or thing.author < 0 else meant[thing.author]
		if taken[number] >= 0 or author < 0:
			continue
		several = thing.authors if len(thing.authors) > 1 else (author,)
		keys: Iterable[Hashable] = thing.texts
		if gone:
			keys = ("deleted",) if thing.looks[0].sort == "deleted" else ()
		for key in keys:
			for one in several:
				found[one, key].extend((at, number) for at in thing.minutes)
	for places in found.values():
		if len(places) > 1:
			places.sort()
	return found


def in_seconds(things: Sequence[Thing], taken: Sequence[int]) -> dict[Hashable, Places]:
	"""Return what stands in which second, where a phone shows seconds."""
	found: dict[Hashable, Places] = defaultdict(list)
	for number, thing in enumerate(things):
		if taken[number] >= 0:
			continue
		look = thing.looks[0]
		for moment in thing.moments:
			if moment.second:
				found[moment, look.sort, look.words if look.sort != "system" else look.event].append(
					(minute(moment), number)
				)
	return found


def equals(
	held: Sequence[Thing], to_new: Sequence[int], new: Sequence[Thing], to_held: Sequence[int]
) -> Iterator[tuple[list[int], list[int]]]:
	"""Yield the free places (held, new) of each long text that both sides show several times within minutes, and not by
	one author alone.
	"""
	there = _several(new, _long(new, to_held))
	here = _several(held, _long(held, to_new, there.keys())) if there else {}
	for text, ours in here.items():
		marks = sorted(
			[(at, 0, i) for i in ours for at in held[i].minutes]
			+ [(at, 1, j) for j in there[text] for at in new[j].minutes]
		)
		start = 0
		for end in range(1, len(marks) + 1):
			if end == len(marks) or marks[end][0] - marks[end - 1][0] > NEAR:
				some = sorted({place for _, side, place in marks[start:end] if not side})
				others = sorted({place for _, side, place in marks[start:end] if side})
				start = end
				several = min(len(some), len(others)) > 1 and max(len(some), len(others)) <= _SEVERAL
				if several and _are_of_several(held, some) and _are_of_several(new, others):
					yield some, others


def _long(
	things: Sequence[Thing], taken: Sequence[int], wanted: Collection[_Text] | None = None
) -> dict[_Text, list[int]]:
	found: dict[_Text, list[int]] = defaultdict(list)
	for number, thing in enumerate(things):
		if taken[number] < 0:
			for text in thing.texts:
				if len(text[1]) >= LONG and (wanted is None or text in wanted) and not thing.is_line:
					found[text].append(number)
	return found


def _several(things: Sequence[Thing], found: Mapping[_Text, list[int]]) -> dict[_Text, list[int]]:
	return {text: some for text, some in found.items() if len(some) > 1 and _are_of_several(things, some)}


def _are_of_several(things: Sequence[Thing], some: Sequence[int]) -> bool:
	return len({things[one].author for one in some}) > 1


def telling(thing: Thing) -> list[Hashable]:
	"""Return what two people do not send in one moment: a long text in one minute, a file, any text in one second."""
	found: list[Hashable] = [(at, text) for text in thing.texts if len(text[1]) >= LONG for at in thing.minutes]
	found += [(at, digest) for digest in thing.digests for at in thing.minutes]
	found += [(moment, text) for moment in thing.moments if moment.second for text in thing.texts if text[1]]
	return found if not thing.is_line else []
