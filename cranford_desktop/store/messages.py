"""Reading messages in bulk: lists of ids, batches of rows, one message with everything its exports say of it.

Nothing here builds objects of a mapper; rows come in chunks, so that a hundred thousand messages pass through without
being held at once.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.messages import (
	Attachment,
	MessageDetail,
	MessageFilter,
	MessageRow,
	Observation,
	Version,
)
from cranford_desktop.domain.people import folded_name, rendered_name
from cranford_desktop.errors import NotFound
from cranford_desktop.store.conditions import conditions, group_ids, many
from cranford_desktop.store.groups import (
	add_phone,
	export_by_digest,
	group_by_name,
	groups,
	phones,
	receipts,
	register_group,
)
from cranford_desktop.store.held import held_records
from cranford_desktop.store.imports import add_export
from cranford_desktop.store.media_types import media_type
from cranford_desktop.store.numbers import meant
from cranford_desktop.store.tags import tags_of
from cranford_desktop.store.terms import ROLE_ON_DAY

__all__ = [
	"add_export",
	"add_phone",
	"attachment_file",
	"bounds",
	"count",
	"detail",
	"details",
	"export_by_digest",
	"group_by_name",
	"groups",
	"held_records",
	"message_ids",
	"neighbours",
	"phones",
	"receipts",
	"register_group",
	"rows",
	"stream",
]

NEWEST_FIRST = "m.sent_at DESC, m.group_id DESC, m.position DESC"
_CHUNK = 1000
_PIECE = 100_000
"""Characters of a list of ids that are read in one go."""

_ROWS = f"""
	SELECT m.id, m.group_id, g.name, m.position, m.sent_at, m.precision, p.name, a.rendered, a.folded,
		m.sender_as_exported, {ROLE_ON_DAY}, m.kind, v.text, v.raw, m.edited, m.deleted, m.shown_version_id, m.category,
		(SELECT count(*) FROM observation o WHERE o.message_id = m.id), m.uncertain_order, m.set_aside
	FROM json_each(?) wanted
	CROSS JOIN message m ON m.id = wanted.value
	JOIN chat_group g ON g.id = m.group_id
	JOIN version v ON v.id = m.shown_version_id
	LEFT JOIN alias a ON a.id = m.alias_id
	LEFT JOIN person p ON p.id = a.person_id
	ORDER BY wanted.key
"""  # noqa: S608 (our own words)
_MEDIA = """
	SELECT DISTINCT o.message_id, o.version_id = m.shown_version_id AS as_shown, o.media_name, o.file_id, f.sha256,
		f.size
	FROM observation o JOIN message m ON m.id = o.message_id LEFT JOIN sealed_file f ON f.id = o.file_id
	WHERE o.is_media = 1 AND o.message_id IN (SELECT value FROM json_each(?))
	ORDER BY o.message_id, as_shown DESC, o.media_name, o.file_id
"""
_VERSIONS = """
	SELECT message_id, id, raw, text, edited, deleted FROM version
	WHERE message_id IN (SELECT value FROM json_each(?))
"""
_OBSERVATIONS = """
	SELECT o.message_id, o.version_id, e.file_name, p.name, o.ord, o.sent_at, o.precision, o.sender, v.raw, e.last_at,
		e.id, e.clock_offset, v.edited, v.deleted OR v.kind = 'deleted', o.is_media, o.file_id IS NOT NULL
	FROM observation o
	JOIN export e ON e.id = o.export_id
	JOIN phone p ON p.id = e.phone_id
	JOIN version v ON v.id = o.version_id
	WHERE o.message_id IN (SELECT value FROM json_each(?)) ORDER BY o.message_id, e.last_at, e.sha256
"""


def message_ids(c: Connection, f: MessageFilter, *, by_time: bool = False, newest_first: bool = False) -> "array[int]":
	"""Return the ids of the messages that are meant, by group name and then conversation order.

	`by_time` puts the groups into each other, oldest message first; one group alone stays in conversation order.
	`newest_first` goes by time, in one group as well.
	"""
	groups = group_ids(c, f)
	if not newest_first and not (by_time and len(groups) > 1) and many(c, f):
		return _swept(c, f, groups)
	where = conditions(c, f)
	if where is None:
		return array("q")
	order = "g.folded, m.group_id, m.position"
	if newest_first:
		order = NEWEST_FIRST
	elif by_time and len(groups) > 1:
		order = f"m.sent_at, {order}"
	listed = c.exec_driver_sql(
		"SELECT group_concat(id) FROM (SELECT m.id FROM message m CROSS JOIN chat_group g ON g.id = m.group_id"  # noqa: S608 (values are bound)
		f" WHERE true{where.text} ORDER BY {order})",
		where.values,
	)
	return _ids(listed.scalar())


def _swept(c: Connection, f: MessageFilter, groups: Sequence[int]) -> "array[int]":
	"""Go through all messages along the index of their places, which is also the order in which they are listed."""
	where = conditions(c, f, sweeping=True)
	if where is None:
		return array("q")
	rows = c.exec_driver_sql(
		"SELECT m.group_id, group_concat(m.id) FROM message m INDEXED BY ix_message_place"  # noqa: S608 (values are bound)
		f" WHERE true{where.text} GROUP BY m.group_id",
		where.values,
	)
	listed = {row[0]: row[1] for row in rows}
	found: array[int] = array("q")
	for one in groups:
		found.extend(_ids(listed.get(one)))
	return found


def _ids(listed: str | None) -> "array[int]":
	"""Return the ids of a list that the database wrote: a row for each of a million takes six times as long.

	Piece by piece: one call over a million numbers would hold up every other thread, the window's too.
	"""
	found: array[int] = array("q")
	start = 0
	while listed and start < len(listed):
		end = listed.find(",", start + _PIECE)
		end = len(listed) if end < 0 else end
		found.extend(map(int, listed[start:end].split(",")))
		start = end + 1
	return found


def count(c: Connection, f: MessageFilter | None = None) -> int:
	"""Count the messages that are meant; all that are not set aside without a filter."""
	where = conditions(c, f or MessageFilter())
	if where is None:
		return 0
	return int(c.exec_driver_sql(f"SELECT count(*) FROM message m WHERE true{where.text}", where.values).scalar_one())  # noqa: S608 (values are bound)


def rows(c: Connection, ids: Sequence[int], *, living_ids: bool = False) -> list[MessageRow]:
	"""Return these messages in the order asked for, set aside or not; an id the archive does not hold is left out, that
	of a message which joined another gives the other. `living_ids`: they were read from the archive just now.
	"""
	living = ids if living_ids else meant(c, ids)
	return [row for start in range(0, len(living), _CHUNK) for row in _rows(c, living[start : start + _CHUNK])]


def stream(c: Connection, f: MessageFilter) -> Iterator[MessageRow]:
	"""Yield every message that is meant, by group name and then conversation order, a chunk at a time."""
	ids = message_ids(c, f)
	for start in range(0, len(ids), _CHUNK):
		yield from _rows(c, ids[start : start + _CHUNK])


def _rows(c: Connection, ids: Sequence[int]) -> list[MessageRow]:
	wanted = (json.dumps(list(ids)),)
	media, tags = _attachments(c, wanted), tags_of(c, ids)
	return [
		MessageRow(
			id=row[0],
			group_id=row[1],
			group=row[2],
			position=row[3],
			sent_at=datetime.fromisoformat(row[4]),
			precision=row[5],
			sender=row[6] or _rendered(row[7], row[8], row[9]),
			sender_as_exported=row[9],
			role=row[10],
			kind=row[11],
			text=row[12],
			raw=row[13],
			edited=bool(row[14]),
			deleted=bool(row[15]),
			version_id=row[16],
			attachments=media.get(row[0], ()),
			exports=row[18],
			category=row[17],
			uncertain_order=bool(row[19]),
			set_aside=bool(row[20]),
			tags=tuple(one.name for one in tags.get(row[0], ())),
		)
		for row in c.exec_driver_sql(_ROWS, wanted)
	]


def _rendered(alias: str | None, folded: str | None, as_exported: str | None) -> str | None:
	"""Return the name of an unconfirmed sender: as its export writes it, where that is the alias the exports agree on
	(one alias holds renderings that differ in case and kinds of space only).
	"""
	if alias is None or as_exported is None or alias == as_exported:
		return alias
	return rendered_name(as_exported) if folded_name(as_exported) == folded else alias


def _attachments(c: Connection, wanted: tuple[str]) -> dict[int, tuple[Attachment, ...]]:
	"""Return the media of messages: each content once; a file that is there stands before one that is not."""
	found: dict[int, dict[str | None, Attachment]] = {}
	for message_id, _, name, file_id, sha256, size in c.exec_driver_sql(_MEDIA, wanted):
		held = found.setdefault(message_id, {})
		if file_id is not None and sha256 not in held:
			held[sha256] = Attachment(file_id, name, media_type(name), size, sha256, present=True)
		elif file_id is None and (None not in held or (held[None].name is None and name is not None)):
			held[None] = Attachment(None, name, media_type(name), None, None, present=False)
	return {
		message_id: tuple(one for key, one in held.items() if key is not None or len(held) == 1)
		for message_id, held in found.items()
	}


def detail(c: Connection, message_id: int) -> MessageDetail:
	"""Return one message with its versions and what each export shows of it; raises `NotFound`."""
	found = _details(c, meant(c, [message_id]))
	if not found:
		raise NotFound("This archive holds no message of that number.")
	return found[0]


def details(c: Connection, f: MessageFilter) -> Iterator[MessageDetail]:
	"""Yield every message that is meant with everything its exports say of it, as `stream` orders them."""
	ids = message_ids(c, f)
	for start in range(0, len(ids), _CHUNK):
		yield from _details(c, ids[start : start + _CHUNK])


def _details(c: Connection, ids: Sequence[int]) -> list[MessageDetail]:
	wanted = (json.dumps(list(ids)),)
	observations: dict[int, list[Observation]] = {}
	exports: dict[int, dict[int, str]] = {}
	first: dict[int, str] = {}
	doubts = {
		row[0]: frozenset(json.loads(row[1]))
		for row in c.exec_driver_sql("SELECT id, doubtful FROM export WHERE doubtful != '[]'")
	}
	for row in c.exec_driver_sql(_OBSERVATIONS, wanted):
		observations.setdefault(row[0], []).append(
			Observation(
				export_file=row[2],
				phone=row[3],
				order=row[4],
				sent_at=datetime.fromisoformat(row[5]),
				precision=row[6],
				sender=row[7],
				raw=row[8],
				export_id=row[10],
				clock_offset=row[11],
				edited=bool(row[12]),
				deleted=bool(row[13]),
				present=bool(row[15]) if row[14] else None,
				doubtful=row[4] in doubts.get(row[10], ()),
			)
		)
		exports.setdefault(row[1], {})[row[10]] = row[2]
		first[row[1]] = min(row[9], first.get(row[1], row[9]))
	versions: dict[int, list[Version]] = {}
	for row in c.exec_driver_sql(_VERSIONS, wanted):
		seen = tuple(exports.get(row[1], {}).values())
		versions.setdefault(row[0], []).append(Version(row[1], row[2], row[3], bool(row[4]), bool(row[5]), seen))
	for held in versions.values():
		# First sent, then edited, then deleted; within these as the exports came about, whatever order they came in.
		held.sort(key=lambda one: (one.deleted, one.edited, first.get(one.id, ""), one.raw))
	return [
		MessageDetail(row, tuple(versions.get(row.id, ())), tuple(observations.get(row.id, ()))) for row in rows(c, ids)
	]


def neighbours(c: Connection, message_id: int, before: int, after: int, *, without_personal: bool = False) -> list[int]:
	"""Return the ids of a message and of up to so many before and after it in its group; empty if it is not held.

	`without_personal` leaves out neighbours that were marked personal, never the message itself.
	"""
	message_id = meant(c, [message_id])[0]
	place = c.exec_driver_sql("SELECT group_id, position FROM message WHERE id = ?", (message_id,)).first()
	if place is None:
		return []
	shown = "set_aside = 0 AND category != 'personal'" if without_personal else "set_aside = 0"
	earlier = c.exec_driver_sql(
		f"SELECT id FROM message WHERE group_id = ? AND position < ? AND {shown} ORDER BY position DESC LIMIT ?",  # noqa: S608 (our own words)
		(place[0], place[1], max(before, 0)),
	)
	later = c.exec_driver_sql(
		f"SELECT id FROM message WHERE group_id = ? AND position > ? AND {shown} ORDER BY position LIMIT ?",  # noqa: S608 (our own words)
		(place[0], place[1], max(after, 0)),
	)
	return [*reversed([row[0] for row in earlier]), message_id, *[row[0] for row in later]]


def bounds(c: Connection) -> tuple[datetime, datetime] | None:
	"""Return when the first and the last message were sent; None while the archive is empty."""
	first, last = c.exec_driver_sql(
		"""
		SELECT min((SELECT min(m.sent_at) FROM message m WHERE m.group_id = g.id)),
			max((SELECT max(m.sent_at) FROM message m WHERE m.group_id = g.id)) FROM chat_group g
		"""
	).one()
	return (datetime.fromisoformat(first), datetime.fromisoformat(last)) if first is not None else None


def attachment_file(c: Connection, attachment_id: int) -> int:
	"""Return the id of the sealed file that holds an attachment; raises `NotFound` where no message shows it."""
	held = c.exec_driver_sql("SELECT 1 FROM observation WHERE file_id = ? LIMIT 1", (attachment_id,)).scalar()
	if held is None:
		raise NotFound("This archive holds no such photo or file.")
	return attachment_id
