"""What the archive holds of a group, as comparison with an export needs it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.messages import HeldRecord, Record
from cranford_desktop.store.ordering import arranged

_CHUNK = 4000
_AROUND = timedelta(days=7)
"""How far the faces of one message may lie apart: a sender offline, on several phones."""
_FACES = """
	SELECT o.message_id, o.export_id, o.ord, o.sent_at, o.precision, o.sender, v.kind, v.raw, v.text, v.edited,
		v.deleted, o.media_name, o.is_media, f.sha256, v.event, v.named
	FROM message m INDEXED BY ix_message_time CROSS JOIN observation o ON o.message_id = m.id
	JOIN version v ON v.id = o.version_id LEFT JOIN sealed_file f ON f.id = o.file_id
	WHERE m.group_id = ? AND m.sent_at BETWEEN ? AND ?
"""
_RECORDS = """
	SELECT o.message_id, o.ord, o.sent_at, o.precision, o.sender, v.raw, v.kind, v.text, v.edited, v.deleted,
		o.media_name, o.is_media, o.flags, v.event, v.named, f.sha256
	FROM observation o JOIN version v ON v.id = o.version_id LEFT JOIN sealed_file f ON f.id = o.file_id
	WHERE o.export_id = ? ORDER BY o.ord
"""
_HELD = """
	SELECT o.message_id, o.sent_at, o.precision, o.sender, v.kind, v.raw, v.text, v.edited, v.deleted, o.media_name,
		o.is_media
	FROM observation o JOIN version v ON v.id = o.version_id
"""
_HELD_OF_EXPORT = _HELD + "WHERE o.export_id = ?"
_HELD_OF_MESSAGES = "".join(
	(
		_HELD,
		"JOIN export e ON e.id = o.export_id ",
		"WHERE o.message_id IN (SELECT value FROM json_each(?)) ORDER BY e.last_at, e.sha256",
	)
)


class _Export(Protocol):
	"""An export at its place, as `fold.Placed` gives it."""

	@property
	def id(self) -> int: ...

	@property
	def offset(self) -> timedelta: ...


def held(c: Connection, group_id: int, exports: Sequence[_Export], start: datetime, end: datetime) -> list[HeldMessage]:
	"""Return the messages that some exports, in their order, show within a stretch, in conversation order.

	A message counts if any of its faces lies in the stretch; times are less the exports' offsets. What other exports
	show of it is left out, so that the answer depends on nothing but these exports.
	"""
	if not exports:
		return []
	places = {one.id: (place, one.offset) for place, one in enumerate(exports)}
	bounds = ((start - _AROUND).isoformat(), (end + _AROUND).isoformat())
	found: dict[int, list[Face]] = {}
	for chunk in c.exec_driver_sql(_FACES, (group_id, *bounds)).partitions(_CHUNK):
		for row in chunk:
			place = places.get(row[1])
			if place is not None:
				faces = found.get(row[0])
				if faces is None:
					faces = found[row[0]] = []
				faces.append(_face(row, *place))
	messages = [
		HeldMessage(message_id, tuple(sorted(faces, key=_export_of)))
		for message_id, faces in found.items()
		if any(start <= face.sent_at <= end for face in faces)
	]
	return _in_order(messages, len(exports))


def _export_of(face: Face) -> int:
	return face.export


def _face(row: Any, export: int, offset: timedelta) -> Face:
	sent_at = datetime.fromisoformat(row[3])
	return Face(
		export,
		row[2],
		sent_at - offset if offset else sent_at,
		row[4],
		row[5],
		row[6],
		row[7],
		row[8],
		bool(row[9]),
		bool(row[10]),
		row[11],
		bool(row[12]),
		row[13],
		row[14],
		tuple(json.loads(row[15])) if row[15] else (),
	)


def _in_order(messages: Sequence[HeldMessage], exports: int) -> list[HeldMessage]:
	"""Return messages as these exports alone order them."""
	shown: list[list[tuple[int, int]]] = [[] for _ in range(exports)]
	for index, one in enumerate(messages):
		for face in one.faces:
			shown[face.export].append((face.order, index))
	chains = [[index for _, index in sorted(one)] for one in shown if one]
	keys = [
		(min(face.sent_at for face in one.faces), one.faces[0].raw, one.faces[0].export, one.faces[0].order)
		for one in messages
	]
	return [messages[index] for index in arranged(keys, chains)[0]]


def stored_records(c: Connection, export_id: int) -> tuple[list[Record], list[int], dict[int, str]]:
	"""Return the records of an export as they were read, the message that each is now, and by order the digests of the
	files it carries.
	"""
	records: list[Record] = []
	ids: list[int] = []
	digests: dict[int, str] = {}
	for row in c.exec_driver_sql(_RECORDS, (export_id,)):
		ids.append(row[0])
		records.append(
			Record(
				order=row[1],
				sent_at=datetime.fromisoformat(row[2]),
				precision=row[3],
				sender=row[4],
				raw=row[5],
				kind=row[6],
				text=row[7],
				edited=bool(row[8]),
				deleted=bool(row[9]),
				media_name=row[10],
				is_media=bool(row[11]),
				flags=tuple(row[12].split(",")) if row[12] else (),
				event=row[13],
				named=tuple(json.loads(row[14])) if row[14] else (),
			)
		)
		if row[15] is not None:
			digests[row[1]] = row[15]
	return records, ids, digests


def digests_of(c: Connection, files: Mapping[int, int]) -> dict[int, str]:
	"""Return by order of record the digest of the file it shows; `files`: order → id of the sealed file."""
	rows = c.exec_driver_sql(
		"SELECT id, sha256 FROM sealed_file WHERE id IN (SELECT value FROM json_each(?))",
		(json.dumps(list(set(files.values()))),),
	)
	known = {row[0]: row[1] for row in rows}
	return {place: known[file_id] for place, file_id in files.items()}


def held_records(c: Connection, group_id: int) -> list[HeldRecord]:
	"""Return the messages of a group in conversation order, each as the newest export that has it shows it."""
	ids = [
		row[0] for row in c.exec_driver_sql("SELECT id FROM message WHERE group_id = ? ORDER BY position", (group_id,))
	]
	newest = c.exec_driver_sql(
		"SELECT id FROM export WHERE group_id = ? ORDER BY last_at DESC, sha256 DESC LIMIT 1", (group_id,)
	).scalar()
	found: dict[int, HeldRecord] = {}
	for row in c.exec_driver_sql(_HELD_OF_EXPORT, (newest,)):
		found[row[0]] = _held(row)
	# Most messages are in the newest export; only the others are looked up one by one.
	missing = [one for one in ids if one not in found]
	for start in range(0, len(missing), _CHUNK):
		rows = c.exec_driver_sql(_HELD_OF_MESSAGES, (json.dumps(missing[start : start + _CHUNK]),))
		found.update((row[0], _held(row)) for row in rows)
	return [found[one] for one in ids]


def _held(row: Any) -> HeldRecord:
	return HeldRecord(
		message_id=row[0],
		sent_at=datetime.fromisoformat(row[1]),
		precision=row[2],
		sender=row[3],
		kind=row[4],
		raw=row[5],
		text=row[6],
		edited=bool(row[7]),
		deleted=bool(row[8]),
		media_name=row[9],
		is_media=bool(row[10]),
	)
