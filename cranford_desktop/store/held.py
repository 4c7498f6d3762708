"""What the archive holds of a group, as alignment with a new export needs it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.messages import HeldRecord

_CHUNK = 4000
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
