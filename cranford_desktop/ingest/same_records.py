"""Records that stand in two exports character for character: those of one phone, exported twice."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.anchors import Pair

_ENOUGH = 3
_SHARE = 0.8
"""Two phones of one group agree on far less: times, names of contacts, names of files."""
_OTHER_SHARE = 0.5
_YOU = "You"
_Lines = dict[tuple[datetime, str], tuple[bool, ...] | None]
"""(time, event) of the app's lines → whom of those they name they call "you"; None where two come at once."""
_Said = dict[tuple[datetime, str], str | None]
"""(time, words) of plain messages → the name of their sender."""


class Same(NamedTuple):
	"""What an export shares with an earlier one of the same phone."""

	equal: list[Pair]
	"""(held, new) of equal records, by new."""
	at_one_time: list[Pair]
	"""(held, new) of what both show at one time under one name, as often as each other, but not alike: a phone shows a
	message that was edited or deleted where it stood before.
	"""
	phones: dict[int, bool]
	"""For each held export of which that is plain, whether it is of the same phone."""


def same_records(held: Sequence[HeldMessage], incoming: Sequence[Record], ahead: timedelta) -> Same:
	"""Find equal records, where most of what some held export covers is equal.

	Equal are time, name and body; lines about "you" are left out, for they mean somebody else on each phone. Of records
	that come several times only those are paired of which both sides show the same number.
	"""
	keys: list[Hashable] = [(one.sent_at - ahead, one.sender, one.raw) for one in incoming]
	said = {(one.sent_at - ahead, one.raw): one.sender for one in incoming if _plain(one)}
	wanted = {key for key, one in zip(keys, incoming, strict=True) if _YOU not in one.named}
	found: dict[int, list[tuple[Hashable, int]]] = defaultdict(list)
	spans: dict[int, list[datetime]] = {}
	same: dict[int, _Said] = defaultdict(dict)
	lines: dict[int, _Lines] = defaultdict(dict)
	own_lines: _Lines = {}
	for one in incoming:
		_note(one, one.sent_at - ahead, own_lines)
	for place, message in enumerate(held):
		for face in message.faces:
			span = spans.setdefault(face.export, [face.sent_at, face.sent_at])
			span[0], span[1] = min(span[0], face.sent_at), max(span[1], face.sent_at)
			key = (face.sent_at, face.sender, face.raw)
			_note(face, face.sent_at, lines[face.export])
			if _plain(face):
				same[face.export][face.sent_at, face.raw] = face.sender
			if key in wanted:
				found[face.export].append((key, place))
	times = sorted(one.sent_at - ahead for one in incoming if _YOU not in one.named)
	covered = {export: bisect_right(times, end) - bisect_left(times, begin) for export, (begin, end) in spans.items()}
	phones = {
		export: own
		for export, count in covered.items()
		if count >= _ENOUGH
		and (own := _of_one_phone(len(found[export]) / count, same[export], said, spans[export])) is not None
	}
	for export, their_lines in lines.items():
		own = _same_owner(their_lines, own_lines)
		if own is not None:
			phones[export] = own
	for export in sorted(found, key=lambda one: (-len(found[one]), one)):
		if phones.get(export) and len(found[export]) >= _ENOUGH:
			pairs = _paired(found[export], keys)
			return Same(pairs, _at_one_time(held, incoming, ahead, export, pairs), phones)
	return Same([], [], phones)


def _plain(one: Record | Face) -> bool:
	"""Say whether a phone shows this alike in each of its exports, unless it was deleted: a contact may be called
	otherwise later, a file may be left out.
	"""
	return one.kind == "message" and not one.edited


def _note(one: Record | Face, at: datetime, lines: _Lines) -> None:
	if one.kind == "system" and one.event is not None and one.named:
		key = (at, one.event)
		lines[key] = tuple(name == _YOU for name in one.named) if key not in lines else None


def _same_owner(here: _Lines, there: _Lines) -> bool | None:
	"""Say whether two exports call the same person "you", by lines that come alone in one moment; None where none does.

	Two phones never do so of one line.
	"""
	pairs = [(here[key], there[key]) for key in here.keys() & there.keys()]
	found = [one == two for one, two in pairs if one and two and (any(one) or any(two))]
	return all(found) if found else None


def _of_one_phone(share: float, here: _Said, there: _Said, span: Sequence[datetime]) -> bool | None:
	"""Say whether two exports are of one phone, by the share of records that are equal; None where it is not plain."""
	if share >= _SHARE:
		return True
	return False if share < _OTHER_SHARE and _of_others(here, there, span) else None


def _of_others(here: _Said, there: _Said, span: Sequence[datetime]) -> bool:
	"""Say whether most messages that two exports can both show have other words or times there, or most people other
	names, and not only one, who may have been renamed.
	"""
	common = here.keys() & there.keys()
	covered = sum(span[0] <= at <= span[1] for at, _ in there)
	if len(common) < _OTHER_SHARE * min(len(here), covered):
		return True
	names = {(here[one], there[one]) for one in common}
	return len(names) > 1 and sum(one != other for one, other in names) >= _OTHER_SHARE * len(names)


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


def _at_one_time(
	held: Sequence[HeldMessage], incoming: Sequence[Record], ahead: timedelta, export: int, equal: Sequence[Pair]
) -> list[Pair]:
	ours, theirs = {i for i, _ in equal}, {j for _, j in equal}
	here: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
	there: dict[Hashable, list[int]] = defaultdict(list)
	for j, record in enumerate(incoming):
		if j not in theirs:
			there[record.sent_at - ahead, record.sender].append(j)
	if not there:
		return []
	for i, message in enumerate(held):
		if i in ours:
			continue
		for face in message.faces:
			key = (face.sent_at, face.sender)
			if face.export == export and key in there:
				here[key].append((face.order, i))
	return [
		(i, j)
		for key, some in here.items()
		if len(some) == len(there[key])
		for (_, i), j in zip(sorted(some), there[key], strict=True)
	]
