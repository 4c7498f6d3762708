"""Records that stand in two exports character for character: those of one phone, exported twice."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta

from cranford_desktop.domain.merging import HeldMessage
from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.anchors import Pair

_ENOUGH = 3
_SHARE = 0.8
"""Two phones of one group agree on far less: times, names of contacts, names of files."""


def same_records(held: Sequence[HeldMessage], incoming: Sequence[Record], ahead: timedelta) -> list[Pair]:
	"""Return (held, new) of equal records, where most of what some held export covers is equal; by new.

	Equal are time, name and body. Of records that come several times only those are paired of which both sides show
	the same number.
	"""
	keys: list[Hashable] = [(one.sent_at - ahead, one.sender, one.raw) for one in incoming]
	wanted = set(keys)
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
	best: list[tuple[Hashable, int]] = []
	for export in sorted(found, key=lambda one: (-len(found[one]), one)):
		begin, end = spans[export]
		covered = sum(begin <= one.sent_at - ahead <= end for one in incoming)
		if len(found[export]) >= max(_ENOUGH, _SHARE * covered):
			best = found[export]
			break
	if not best:
		return []
	here: dict[Hashable, list[int]] = defaultdict(list)
	for one, place in best:
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
