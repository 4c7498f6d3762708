"""Where what stands that tells a message from others: whose words, whose deletions, what comes in one second."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from cranford_desktop.ingest.anchors import Places
from cranford_desktop.ingest.likeness import LONG, Thing, minute


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
		keys: Iterable[Hashable] = thing.texts
		if gone:
			keys = ("deleted",) if thing.looks[0].sort == "deleted" else ()
		for key in keys:
			found[author, key].extend((at, number) for at in thing.minutes)
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


def telling(thing: Thing) -> list[Hashable]:
	"""Return what two people do not send in one moment: a long text in one minute, a file, any text in one second."""
	found: list[Hashable] = [(at, text) for text in thing.texts if len(text[1]) >= LONG for at in thing.minutes]
	found += [(at, digest) for digest in thing.digests for at in thing.minutes]
	found += [(moment, text) for moment in thing.moments if moment.second for text in thing.texts if text[1]]
	return found if not thing.is_line else []
