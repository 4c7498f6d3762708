"""An export against what the archive holds: whose phone it is, and which of its records are held already."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cranford_desktop.domain.merging import Face, HeldMessage, Merge
from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.alignment import Alignment, align
from cranford_desktop.ingest.anchors import Pair, anchors, longest_rising
from cranford_desktop.ingest.author_names import LONG_TEXT, NOBODY, SHORT_TEXT, Authors, HeldPeople
from cranford_desktop.ingest.clock_offset import Clock, compare_clocks
from cranford_desktop.ingest.gap_matching import Matching
from cranford_desktop.ingest.likeness import Thing
from cranford_desktop.ingest.offline import offline
from cranford_desktop.ingest.same_phone import continues

__all__ = ["Alignment", "Fold", "FoldedExport", "FoldedMessage", "align", "continues", "fold", "merge"]

_WITNESSES = 2


def merge(held: Sequence[HeldMessage], incoming: Sequence[Record], digests: Mapping[int, str]) -> Merge:
	"""Compare an export with the messages held: which of its records are which of them, at most one each.

	`held` is in conversation order, `incoming` in file order; `digests` gives the SHA-256 of the file that a record
	shows, by the record's order. Nothing is merged or split on the side of what is held.
	"""
	if not held or not incoming:
		return Merge({}, timedelta())
	people = HeldPeople(held)
	authors = Authors(people, (one.sender for one in incoming if one.sender is not None and one.kind != "system"))
	ours = [_held_thing(place, message, people) for place, message in enumerate(held)]
	theirs = [_new_thing(place, record, digests.get(record.order), authors) for place, record in enumerate(incoming)]
	clock = compare_clocks(ours, theirs)
	_set_right(theirs, clock)
	matching = _matched(ours, theirs, authors)
	pairs = [(i, j) for j, i in enumerate(matching.to_held) if i >= 0]
	left_ours = [thing for i, thing in enumerate(ours) if matching.to_new[i] < 0]
	left_theirs = [thing for j, thing in enumerate(theirs) if matching.to_held[j] < 0]
	pairs += _by_another_clock(left_ours, left_theirs, authors)
	late = offline(ours, theirs, pairs, authors)
	return Merge(
		{incoming[j].order: i for i, j in (*pairs, *late)},
		timedelta(minutes=clock.offset),
		frozenset(incoming[j].order for _, j in late),
	)


def _held_thing(place: int, message: HeldMessage, people: HeldPeople) -> Thing:
	faces = message.faces
	thing = Thing(place, faces, [face.sent_at for face in faces], [face.digest for face in faces])
	thing.exports = tuple(face.export for face in faces)
	if faces[0].kind == "system":
		thing.cast = tuple(people.named(faces[0].export, name) for name in faces[0].named)
	else:
		thing.author = people.of(message)
	return thing


def _new_thing(place: int, record: Record, digest: str | None, authors: Authors) -> Thing:
	thing = Thing(place, (record,), (record.sent_at,), (digest,))
	if record.kind == "system":
		thing.cast = tuple(authors.named(name) for name in record.named)
	elif record.sender is not None:
		thing.author = authors.index[record.sender]
	return thing


def _set_right(theirs: Sequence[Thing], clock: Clock) -> None:
	"""Take the offset of its file's clock from the time of each record."""
	if clock.offset:
		for thing in theirs:
			thing.moments = (thing.moments[0] - timedelta(minutes=clock.offset),)
			thing.minutes = (thing.minutes[0] - clock.offset,)
	ends = [start for start, _ in clock.stretches[1:]]
	for (start, ahead), end in zip(clock.stretches, [*ends, len(theirs)], strict=False):
		for thing in theirs[start:end]:
			at = thing.minutes[0] + clock.offset
			thing.minutes = tuple(dict.fromkeys(at - one for one in ahead))


def _by_another_clock(ours: Sequence[Thing], theirs: Sequence[Thing], authors: Authors) -> list[Pair]:
	"""Match what is left where its clock goes otherwise: held from a phone abroad that shared nothing with others."""
	if len(ours) < _WITNESSES or len(theirs) < _WITNESSES:
		return []
	clock = compare_clocks(ours, theirs)
	if not clock.offset:
		return []
	_set_right(theirs, Clock(clock.offset))
	matching = Matching(ours, theirs, authors)
	matching.run(anchors(ours, theirs))
	return [(ours[i].place, theirs[j].place) for j, i in enumerate(matching.to_held) if i >= 0]


def _matched(ours: Sequence[Thing], theirs: Sequence[Thing], authors: Authors) -> Matching:
	"""Match twice: the second time with what the first showed of who is who."""
	fixed = anchors(ours, theirs)
	votes: dict[str, Counter[int]] = defaultdict(Counter)
	for i, j in fixed:
		if ours[i].author != NOBODY and theirs[j].author != NOBODY:
			votes[authors.names[theirs[j].author]][ours[i].author] += LONG_TEXT
	authors.learn(votes)
	matching = Matching(ours, theirs, authors)
	matching.run(fixed)
	before = authors.settled()
	anchored = set(fixed)
	for i, j in matching.worded():
		if (i, j) not in anchored and ours[i].author != NOBODY and theirs[j].author != NOBODY:
			votes[authors.names[theirs[j].author]][ours[i].author] += SHORT_TEXT
	authors.learn(votes)
	if authors.settled() != before:
		matching = Matching(ours, theirs, authors)
		matching.run(fixed)
	return matching


@dataclass(frozen=True, slots=True)
class FoldedExport:
	"""One export, as far as folding several into one history needs it."""

	records: Sequence[Record]
	"""In file order."""
	digests: Mapping[int, str]
	"""Order of a record → SHA-256 of the file it shows."""
	last: datetime
	"""Latest wall time of a record."""
	sha256: str
	"""Hex digest of the export file: two exports that end together are taken in its order."""


@dataclass(frozen=True, slots=True)
class FoldedMessage:
	"""One message out of several exports."""

	members: tuple[tuple[int, int], ...]
	"""(index of the export as given, order of the record in it), by the exports' order."""


@dataclass(frozen=True, slots=True)
class Fold:
	"""Several exports as one history."""

	messages: tuple[FoldedMessage, ...]
	"""By the first of their records: the exports' order, then the file's."""
	offsets: tuple[timedelta, ...]
	"""For each export as given: by how much its clock is ahead of the first in order."""
	doubtful: frozenset[tuple[int, int]]
	"""(export, order) of records that joined a message on weaker evidence."""


def fold(exports: Sequence[FoldedExport]) -> Fold:
	"""Make one history out of several exports of one group; the order in which they are given does not matter.

	A file that is given twice counts once: its later mentions have no members.
	"""
	order = sorted(range(len(exports)), key=lambda one: (exports[one].last, exports[one].sha256, one))
	offsets = [timedelta()] * len(exports)
	members: list[list[tuple[int, int]]] = []
	held: list[HeldMessage] = []
	doubtful: set[tuple[int, int]] = set()
	seen: set[str] = set()
	for number, index in enumerate(order):
		export = exports[index]
		if export.sha256 in seen:
			continue
		seen.add(export.sha256)
		found = merge(held, export.records, export.digests)
		offsets[index] = found.offset
		doubtful.update((index, one) for one in found.doubtful)
		new: list[HeldMessage | int] = []
		for record in export.records:
			face = _face(record, number, found.offset, export.digests.get(record.order))
			at = found.matched.get(record.order, -1)
			if at >= 0:
				message = held[at]
				members[message.message_id].append((index, record.order))
				held[at] = HeldMessage(message.message_id, (*message.faces, face))
				new.append(at)
			else:
				new.append(HeldMessage(len(members), (face,)))
				members.append([(index, record.order)])
		held = _woven(held, new)
	return Fold(tuple(FoldedMessage(tuple(some)) for some in members), tuple(offsets), frozenset(doubtful))


def _woven(held: list[HeldMessage], new: Sequence[HeldMessage | int]) -> list[HeldMessage]:
	"""Put the new messages of an export among those held: `new` is in file order, with the places of those matched.

	Between messages that both sides show in the same order, what is earlier comes first.
	"""
	rising = longest_rising([(one, number) for number, one in enumerate(new) if isinstance(one, int)])
	woven: list[HeldMessage] = []
	at = 0
	start = 0
	for place, number in [*rising, (len(held), len(new))]:
		for one in new[start:number]:
			if isinstance(one, int):
				continue
			while at < place and held[at].faces[0].sent_at <= one.faces[0].sent_at:
				woven.append(held[at])
				at += 1
			woven.append(one)
		woven.extend(held[at : place + 1])
		at, start = place + 1, number + 1
	return woven


def _face(record: Record, export: int, offset: timedelta, digest: str | None) -> Face:
	"""Return a record as a held message's face."""
	return Face(
		export,
		record.order,
		record.sent_at - offset,
		record.precision,
		record.sender,
		record.kind,
		record.raw,
		record.text,
		record.edited,
		record.deleted,
		record.media_name,
		record.is_media,
		digest,
		record.event,
		record.named,
	)
