"""Records that stand in two exports character for character: those of one phone, exported twice."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta

from cranford_desktop.domain.merging import HeldMessage
from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.anchors import Pair

_ENOUGH = 3
_SHARE = 0.8
"""Two phones of one group agree on far less: times, names of contacts, names of files."""
_OTHER_SHARE = 0.5
_YOU = "You"


def same_records(
	held: Sequence[HeldMessage], incoming: Sequence[Record], ahead: timedelta
) -> tuple[list[Pair], dict[int, bool]]:
	"""Return (held, new) of equal records, where most of what some held export covers is equal, by new; and for each
	held export of which that is plain, whether it is of the same phone.

	Equal are time, name and body; lines about "you" are left out, for they mean somebody else on each phone. Of records
	that come several times only those are paired of which both sides show the same number.
	"""
	keys: list[Hashable] = [(one.sent_at - ahead, one.sender, one.raw) for one in incoming]
	wanted = {key for key, one in zip(keys, incoming, strict=True) if _YOU not in one.named}
	found: dict[int, list[tuple[Hashable, int]]] = defaultdict(list)
	spans: dict[int, list[datetime]] = {}
	for place, message in enumerate(held):
		for face in message.faces:
			span = spans.get(face.export)
			if span is None:
				spans[face.export] = [face.sent_at, face.sent_at]
			elif face.sent_at > span[1]:
				span[1] = face.sent_at
			elif face.sent_at < span[0]:
				span[0] = face.sent_at
			key = (face.sent_at, face.sender, face.raw)
			if key in wanted:
				found[face.export].append((key, place))
	times = sorted(one.sent_at - ahead for one in incoming if _YOU not in one.named)
	covered = {export: bisect_right(times, end) - bisect_left(times, begin) for export, (begin, end) in spans.items()}
	phones = {
		export: len(found[export]) >= _SHARE * count
		for export, count in covered.items()
		if count >= _ENOUGH and not _OTHER_SHARE * count <= len(found[export]) < _SHARE * count
	}
	for export in sorted(found, key=lambda one: (-len(found[one]), one)):
		if phones.get(export) and len(found[export]) >= _ENOUGH:
			return _paired(found[export], keys), phones
	return [], phones


def _paired(equal: Sequence[tuple[Hashable, int]], keys: Sequence[Hashable]) -> list[Pair]:
	"""Return (held, new) of the equal records of one export, the n-th with the n-th."""
	here: dict[Hashable, list[int]] = defaultdict(list)
	for one, place in equal:
		here[one].append(place)
	counts = Counter(keys)
	turn: Counter[Hashable] = Counter()
	pairs = []
	for j, record in enumerate(keys):
		places = here.get(record)
		if places is not None and len(places) == counts[record]:
			pairs.append((places[turn[record]], j))
			turn[record] += 1
	return pairs
