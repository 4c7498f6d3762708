"""Official groups, the phones whose exports they hold, and the receipts of imports."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.messages import Group, Phone, Receipt
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.errors import NotFound

_GROUP = """
	SELECT g.id, g.name,
		(SELECT count(*) FROM message m WHERE m.group_id = g.id)
			- (SELECT count(*) FROM message a INDEXED BY ix_message_set_aside
				WHERE a.set_aside = 1 AND a.group_id = g.id),
		(SELECT min(m.sent_at) FROM message m WHERE m.group_id = g.id),
		(SELECT max(m.sent_at) FROM message m WHERE m.group_id = g.id), g.since, g.admin
	FROM chat_group g
"""


def moment(at: datetime) -> str:
	"""Return a moment of the council's own acts as it is stored: UTC, to the second."""
	return at.astimezone(UTC).isoformat(timespec="seconds")


def wall(at: datetime) -> str:
	"""Return a wall time as it is stored."""
	return at.isoformat(timespec="seconds")


def _group(row: Any) -> Group:
	first, last = (datetime.fromisoformat(at) if at else None for at in (row[3], row[4]))
	since = date.fromisoformat(row[5]) if row[5] else None
	return Group(row[0], row[1], row[2], first, last, since, row[6])


def groups(c: Connection) -> list[Group]:
	"""Return the official groups by name."""
	return [_group(row) for row in c.exec_driver_sql(f"{_GROUP} ORDER BY g.folded, g.id")]


def group_by_name(c: Connection, name: str) -> Group | None:
	"""Return the group of that name, whatever its case and invisible characters; None if it is not registered."""
	row = c.exec_driver_sql(f"{_GROUP} WHERE g.folded = ?", (folded_name(name),)).first()
	return _group(row) if row is not None else None


def group_name(c: Connection, group_id: int) -> str:
	"""Return a group's name; raises `NotFound`."""
	name = c.exec_driver_sql("SELECT name FROM chat_group WHERE id = ?", (group_id,)).scalar()
	if name is None:
		raise NotFound("These records hold no such group.")
	return str(name)


def register_group(
	c: Connection, name: str, at: datetime, *, since: date | None = None, admin: str | None = None
) -> int:
	"""Register an official group and return its id; the id of the one that has that name already, if any."""
	folded = folded_name(name)
	held = c.exec_driver_sql("SELECT id FROM chat_group WHERE folded = ?", (folded,)).scalar()
	if held is not None:
		return int(held)
	row = c.exec_driver_sql(
		"INSERT INTO chat_group(name, folded, registered_at, since, admin) VALUES(?, ?, ?, ?, ?) RETURNING id",
		(plain_name(name), folded, moment(at), since.isoformat() if since else None, admin),
	)
	return int(row.scalar_one())


def change_group(c: Connection, group_id: int, *, name: str, since: date | None, admin: str | None) -> None:
	"""Write anew what the register says of a group; raises `NotFound`. Its name must be free."""
	held = c.exec_driver_sql(
		"UPDATE chat_group SET name = ?, folded = ?, since = ?, admin = ? WHERE id = ? RETURNING id",
		(plain_name(name), folded_name(name), since.isoformat() if since else None, admin, group_id),
	).scalar()
	if held is None:
		raise NotFound("These records hold no such group.")


def phones(c: Connection, group_id: int | None = None) -> list[Phone]:
	"""Return the phones whose exports are held, by group and name; of one group if that is given."""
	rows = c.exec_driver_sql(
		"""
		SELECT p.id, p.name, g.name, count(e.id), max(e.last_at), max(e.imported_at),
			(SELECT platform FROM export l WHERE l.phone_id = p.id ORDER BY l.last_at DESC, l.id DESC LIMIT 1),
			p.person_id
		FROM phone p JOIN chat_group g ON g.id = p.group_id JOIN export e ON e.phone_id = p.id
		WHERE ? IS NULL OR p.group_id = ? GROUP BY p.id ORDER BY g.folded, p.folded
		""",
		(group_id, group_id),
	)
	return [
		Phone(
			id=row[0],
			name=row[1],
			group=row[2],
			platform=row[6],
			exports=row[3],
			last_record=datetime.fromisoformat(row[4]),
			last_import=datetime.fromisoformat(row[5]),
			person_id=row[7],
		)
		for row in rows
	]


def add_phone(c: Connection, group_id: int, name: str) -> int:
	"""Add a phone to a group and return its id; the id of the one that has that name there already, if any."""
	folded = folded_name(name)
	held = c.exec_driver_sql("SELECT id FROM phone WHERE group_id = ? AND folded = ?", (group_id, folded)).scalar()
	if held is not None:
		return int(held)
	row = c.exec_driver_sql(
		"INSERT INTO phone(group_id, name, folded) VALUES(?, ?, ?) RETURNING id", (group_id, plain_name(name), folded)
	)
	return int(row.scalar_one())


def receipt_json(receipt: Receipt) -> str:
	"""Return a receipt as it is stored."""
	return json.dumps(asdict(receipt), ensure_ascii=False, default=datetime.isoformat)


def _receipt(stored: str) -> Receipt:
	fields = json.loads(stored)
	for key in ("first", "last", "imported_at"):
		fields[key] = datetime.fromisoformat(fields[key]) if fields[key] else None
	return Receipt(**{**fields, "warnings": tuple(fields["warnings"])})


def receipts(c: Connection) -> list[Receipt]:
	"""Return the receipts of all imports, newest first: as written then, but for what the phone is called now and
	whether the import was set aside since.
	"""
	rows = c.exec_driver_sql(
		"""
		SELECT e.receipt, e.id, p.name, e.set_aside_at IS NOT NULL
		FROM export e JOIN phone p ON p.id = e.phone_id ORDER BY e.id DESC
		"""
	)
	return [
		replace(_receipt(stored), export_id=export_id, phone=phone, set_aside=bool(aside))
		for stored, export_id, phone, aside in rows
	]


def export_by_digest(c: Connection, sha256: str) -> Receipt | None:
	"""Return the receipt of the import of exactly this file; None if it was never imported."""
	stored = c.exec_driver_sql("SELECT receipt FROM export WHERE sha256 = ?", (sha256,)).scalar()
	return _receipt(stored) if stored is not None else None


def of_two(c: Connection) -> dict[int, str]:
	"""Return the names of the chats between two people, by number: two wrote and nobody else, and one gave it its name,
	as WhatsApp calls such a chat.
	"""
	names = {row[0] for row in c.exec_driver_sql("SELECT folded FROM alias")}
	names |= {folded_name(row[0]) for row in c.exec_driver_sql("SELECT name FROM person")}
	found = c.exec_driver_sql("SELECT id, name, folded FROM chat_group").fetchall()
	return {row[0]: row[1] for row in found if row[2] in names and _writers(c, row[0]) == 2}


def _writers(c: Connection, group_id: int) -> int:
	"""Count the people who wrote in a group."""
	row = c.exec_driver_sql(
		"""
		SELECT count(DISTINCT coalesce(-a.person_id, a.id)) FROM alias a
		WHERE EXISTS (SELECT 1 FROM message m WHERE m.alias_id = a.id AND m.group_id = ? AND m.kind != 'system')
		""",
		(group_id,),
	)
	return int(row.scalar_one())
