"""Reading from the archive what tells who belonged to a group: the app's own lines, and who wrote when."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.people import plain_name
from cranford_desktop.domain.stays import EVENTS, Line

_LINES = """
	SELECT DISTINCT m.id, m.position, m.sent_at, v.event, v.named, v.text, e.phone_id
	FROM version v
	JOIN message m ON m.id = v.message_id
	JOIN observation o ON o.message_id = m.id AND o.version_id = v.id
	JOIN export e ON e.id = o.export_id
	WHERE v.event IN (SELECT value FROM json_each(?)) AND m.group_id = ? AND m.set_aside = 0
	ORDER BY m.position, e.phone_id
"""
_WRITERS = """
	SELECT alias_id, min(sent_at || ' ' || id), max(sent_at), count(*) FROM message NOT INDEXED
	WHERE group_id = ? AND alias_id IS NOT NULL AND set_aside = 0 GROUP BY alias_id
"""


class Writer(NamedTuple):
	"""When a rendering wrote in a group."""

	alias_id: int
	first_message: int
	first: datetime
	last: datetime
	messages: int


class Holder(NamedTuple):
	"""A phone and whose it is, as far as the clerk said so."""

	phone_id: int
	phone: str
	person_id: int | None


def lines(c: Connection, group_id: int) -> list[Line]:
	"""Return the app's own lines on who came and went in a group, as each phone shows them, in conversation order."""
	return [
		Line(
			message_id=row[0],
			place=row[1],
			sent_at=datetime.fromisoformat(row[2]),
			event=row[3],
			named=tuple(plain_name(name) for name in json.loads(row[4] or "[]")),
			text=plain_name(row[5] or ""),
			phone=row[6],
		)
		for row in c.exec_driver_sql(_LINES, (json.dumps(EVENTS), group_id))
	]


def writers(c: Connection, group_id: int) -> list[Writer]:
	"""Return when each rendering wrote in a group, first and last."""
	found = []
	for alias_id, first, last, messages in c.exec_driver_sql(_WRITERS, (group_id,)):
		at, _, message_id = first.partition(" ")
		found.append(
			Writer(alias_id, int(message_id), datetime.fromisoformat(at), datetime.fromisoformat(last), messages)
		)
	return found


def wrote_after(
	c: Connection, group_id: int, alias_ids: Sequence[int], moment: datetime
) -> tuple[int, datetime] | None:
	"""Return the first message that these renderings wrote in a group after a moment."""
	row = c.exec_driver_sql(
		"""
		SELECT id, sent_at FROM message WHERE sent_at > ? AND group_id = ? AND set_aside = 0
			AND +alias_id IN (SELECT value FROM json_each(?)) ORDER BY sent_at, id LIMIT 1
		""",
		(moment.isoformat(), group_id, json.dumps(list(alias_ids))),
	).first()
	return (row[0], datetime.fromisoformat(row[1])) if row is not None else None


def holders(c: Connection, group_id: int) -> dict[int, Holder]:
	"""Return the phones of a group by id."""
	rows = c.exec_driver_sql("SELECT id, name, person_id FROM phone WHERE group_id = ?", (group_id,))
	return {row[0]: Holder(*row) for row in rows}


def newest(c: Connection, group_id: int) -> datetime | None:
	"""Return when the newest record of a group was made, by its exports."""
	last = c.exec_driver_sql(
		"SELECT max(last_at) FROM export WHERE group_id = ? AND set_aside_at IS NULL", (group_id,)
	).scalar()
	return datetime.fromisoformat(last) if last else None
