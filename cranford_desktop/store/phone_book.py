"""What an export is compared with to tell whose it is: each phone's own records, and what a group talks about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import HeldRecord
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.store.groups import wall

_EXPORTS = """
	SELECT id FROM export WHERE phone_id = ? AND first_at <= ? AND last_at >= ? ORDER BY last_at DESC, sha256 DESC
"""
_RECORDS = """
	SELECT o.message_id, o.sent_at, o.precision, o.sender, v.kind, v.raw, v.text, v.edited, v.deleted, o.media_name,
		o.is_media
	FROM observation o JOIN version v ON v.id = o.version_id
	WHERE o.export_id = ? AND o.sent_at BETWEEN ? AND ? ORDER BY o.ord DESC LIMIT ?
"""
_TEXTS = """
	SELECT m.sent_at, v.text FROM message m INDEXED BY ix_message_time CROSS JOIN version v ON v.id = m.shown_version_id
	WHERE m.group_id = ? AND m.sent_at BETWEEN ? AND ? AND v.kind != 'system' AND length(v.text) >= ?
	ORDER BY m.sent_at DESC, m.position DESC LIMIT ?
"""


class OwnPhone(NamedTuple):
	"""A phone, as much as telling whose an export is needs of it."""

	id: int
	name: str
	person_id: int | None
	platform: str
	"""Of its latest export."""
	last: datetime
	"""Its newest record."""


def phones_of(c: Connection, group_id: int) -> list[OwnPhone]:
	"""Return the phones of a group in the order in which they came in."""
	rows = c.exec_driver_sql(
		"""
		SELECT p.id, p.name, p.person_id, max(e.last_at),
			(SELECT platform FROM export l WHERE l.phone_id = p.id ORDER BY l.last_at DESC, l.sha256 DESC LIMIT 1)
		FROM phone p JOIN export e ON e.phone_id = p.id WHERE p.group_id = ? GROUP BY p.id ORDER BY p.id
		""",
		(group_id,),
	)
	return [OwnPhone(row[0], row[1], row[2], row[4], datetime.fromisoformat(row[3])) for row in rows]


def own_records(c: Connection, phone_id: int, start: datetime, end: datetime, most: int) -> list[HeldRecord]:
	"""Return what a phone's newest export shows of a stretch, in its own order; of more than `most` the last ones.

	Where the newest shows nothing of it, an earlier one answers.
	"""
	bounds = (wall(start), wall(end))
	for (export_id,) in c.exec_driver_sql(_EXPORTS, (phone_id, bounds[1], bounds[0])).fetchall():
		rows = c.exec_driver_sql(_RECORDS, (export_id, *bounds, most)).fetchall()
		if rows:
			return [_record(row) for row in reversed(rows)]
	return []


def _record(row: Any) -> HeldRecord:
	return HeldRecord(
		row[0],
		datetime.fromisoformat(row[1]),
		row[2],
		row[3],
		row[4],
		row[5],
		row[6],
		bool(row[7]),
		bool(row[8]),
		row[9],
		bool(row[10]),
	)


def texts(
	c: Connection, group_id: int, start: datetime, end: datetime, *, length: int, most: int
) -> Iterator[tuple[datetime, str]]:
	"""Yield time and text of what a group wrote in a stretch, newest first: texts of at least so many characters."""
	for row in c.exec_driver_sql(_TEXTS, (group_id, wall(start), wall(end), length, most)):
		yield datetime.fromisoformat(row[0]), row[1]


def set_phone(c: Connection, phone_id: int, name: str, person_id: int | None) -> None:
	"""Write anew what a phone is called and whose it is; raises `NotFound`, and `CranfordError` for a name taken."""
	row = c.exec_driver_sql("SELECT group_id FROM phone WHERE id = ?", (phone_id,)).first()
	if row is None:
		raise NotFound("These records hold no such phone.")
	taken = c.exec_driver_sql(
		"SELECT 1 FROM phone WHERE group_id = ? AND folded = ? AND id != ?", (row[0], folded_name(name), phone_id)
	).first()
	if taken is not None:
		raise CranfordError(
			"Another phone of this group is called so already.", "Nothing was changed.", "Choose another name."
		)
	c.exec_driver_sql(
		"UPDATE phone SET name = ?, folded = ?, person_id = ? WHERE id = ?",
		(plain_name(name), folded_name(name), person_id, phone_id),
	)


def set_holder(c: Connection, phone_id: int, person_id: int) -> None:
	"""Write whose phone it is."""
	c.exec_driver_sql("UPDATE phone SET person_id = ? WHERE id = ?", (person_id, phone_id))
