"""A sender who was offline: her own phone shows when she wrote, the others when it arrived, up to a day later."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

from cranford_desktop.ingest.anchors import Pair
from cranford_desktop.ingest.author_names import SAME, UNKNOWN, Authors
from cranford_desktop.ingest.likeness import Thing

_SURE = 20
"""Characters from which a text that stands once is the same a day later."""
_DAY = 24 * 60


def offline(held: Sequence[Thing], new: Sequence[Thing], matched: Sequence[Pair], authors: Authors) -> list[Pair]:
	"""Return (held, new) of what is left on both sides and says the same within a day, by one author as far as known.

	Weaker evidence than the rest: it counts only where the words or the file stand once among what is left, and where
	each side covers the other's time and could have shown it there.
	"""
	if len(matched) in (len(held), len(new)):
		return []
	taken_held, taken_new = {i for i, _ in matched}, {j for _, j in matched}
	ours = _alone([thing for thing in held if thing.place not in taken_held])
	theirs = _alone([thing for thing in new if thing.place not in taken_new])
	if ours.keys().isdisjoint(theirs):
		return []
	spans: dict[int, tuple[int, int]] = {}
	for thing in held:
		for export in thing.exports:
			first, last = spans.get(export, (thing.minutes[0], thing.minutes[0]))
			spans[export] = min(first, thing.minutes[0]), max(last, thing.minutes[0])
	begin, end = min(thing.minutes[0] for thing in new), max(thing.minutes[0] for thing in new)
	found: dict[int, int] = {}
	used: set[int] = set()
	for key, their in theirs.items():
		our = ours.get(key)
		if (
			our is not None
			and our.apart(their) <= _DAY
			and authors.relation(our.author, their.author) in (SAME, UNKNOWN)
			and begin <= our.minutes[0] <= end
			and any(spans[one][0] <= their.minutes[0] <= spans[one][1] for one in our.exports)
			and our.place not in used
			and their.place not in found
		):
			found[their.place] = our.place
			used.add(our.place)
	return [(i, j) for j, i in found.items()]


def _alone(things: Sequence[Thing]) -> dict[Hashable, Thing]:
	"""Return the long texts and the files that stand once."""
	by_key: dict[Hashable, list[Thing]] = defaultdict(list)
	for thing in things:
		if thing.is_line:
			continue
		for text in thing.texts:
			if len(text[1]) >= _SURE:
				by_key[text].append(thing)
		for digest in thing.digests:
			by_key[digest].append(thing)
	return {key: some[0] for key, some in by_key.items() if len(some) == 1}
