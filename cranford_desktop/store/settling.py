"""Working out again what messages are once another export has shown them in another way."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.work import Stopped, check
from cranford_desktop.store.shown import Seen, shown

_CHUNK = 2000
_SEEN = """
	SELECT o.message_id, o.sent_at, o.precision, o.sender, o.is_media, o.media_name IS NOT NULL,
		o.file_id IS NOT NULL, e.last_at, e.sha256, v.id, v.raw, v.text, v.kind, v.edited, v.deleted
	FROM observation o JOIN export e ON e.id = o.export_id JOIN version v ON v.id = o.version_id
	WHERE o.message_id IN (SELECT value FROM json_each(?)) ORDER BY o.message_id
"""
_UPDATE_MESSAGE = """
	UPDATE message SET sent_at = ?, precision = ?, alias_id = ?, sender_as_exported = ?, kind = ?,
		shown_version_id = ?, edited = ?, deleted = ? WHERE id = ?
"""


def settle(c: Connection, ids: Sequence[int], stopped: Stopped) -> None:
	"""Write the columns of these messages that follow from all their observations."""
	for start in range(0, len(ids), _CHUNK):
		check(stopped)
		chunk = list(ids[start : start + _CHUNK])
		seen: dict[int, list[Seen]] = {}
		for row in c.exec_driver_sql(_SEEN, (json.dumps(chunk),)):
			seen.setdefault(row[0], []).append(_seen(row))
		c.exec_driver_sql(_UPDATE_MESSAGE, [_columns(c, one, seen[one]) for one in chunk])


def _seen(row: Any) -> Seen:
	return Seen(
		sent_at=row[1],
		precision=row[2],
		sender=row[3],
		is_media=bool(row[4]),
		named=bool(row[5]),
		present=bool(row[6]),
		last_at=row[7],
		sha256=row[8],
		version_id=row[9],
		raw=row[10],
		text=row[11],
		kind=row[12],
		edited=bool(row[13]),
		deleted=bool(row[14]),
	)


def _columns(c: Connection, message_id: int, seen: Sequence[Seen]) -> tuple[Any, ...]:
	now = shown(seen)
	alias_id = None
	if now.sender is not None:
		folded = folded_name(now.sender)
		alias_id = c.exec_driver_sql("SELECT id FROM alias WHERE folded = ?", (folded,)).scalar_one()
	return (
		now.sent_at,
		now.precision,
		alias_id,
		now.sender_as_exported,
		now.kind,
		now.version_id,
		int(now.edited),
		int(now.deleted),
		message_id,
	)
