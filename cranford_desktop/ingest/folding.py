"""Several exports of one group → one history, in memory. The archive does the same step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.anchors import longest_rising
from cranford_desktop.ingest.merging import merge


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
			face = face_of(record, number, found.offset, export.digests.get(record.order))
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


def face_of(record: Record, export: int, offset: timedelta, digest: str | None) -> Face:
	"""Return a record as the face of a held message: `export` is its place among the exports, `offset` its clock's."""
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
