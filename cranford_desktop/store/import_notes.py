"""What is kept about imports besides their messages: receipts, lines that belong to none, files that were declined."""

import json
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import Receipt
from cranford_desktop.domain.work import Stopped
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import receipt_json
from cranford_desktop.store.settling import settle


class ExportNote(NamedTuple):
	"""An import, as far as undoing it needs it."""

	id: int
	group_id: int
	group: str
	phone_id: int
	set_aside: bool
	first: datetime
	last: datetime


def save_receipt(c: Connection, export_id: int, receipt: Receipt) -> None:
	"""Keep an import's receipt as it is now."""
	c.exec_driver_sql("UPDATE export SET receipt = ? WHERE id = ?", (receipt_json(receipt), export_id))


def export_note(c: Connection, export_id: int) -> ExportNote:
	"""Return an import; raises `NotFound`."""
	row = c.exec_driver_sql(
		"""
		SELECT e.id, e.group_id, g.name, e.phone_id, e.set_aside_at, e.first_at, e.last_at
		FROM export e JOIN chat_group g ON g.id = e.group_id WHERE e.id = ?
		""",
		(export_id,),
	).first()
	if row is None:
		raise NotFound("The archive holds no such import.")
	first, last = datetime.fromisoformat(row[5]), datetime.fromisoformat(row[6])
	return ExportNote(row[0], row[1], row[2], row[3], row[4] is not None, first, last)


def export_id_of(c: Connection, sha256: str) -> int | None:
	"""Return the import of exactly this file; None if the archive holds none."""
	found = c.exec_driver_sql("SELECT id FROM export WHERE sha256 = ?", (sha256,)).scalar()
	return int(found) if found is not None else None


def bring_back(c: Connection, export_id: int, stopped: Stopped) -> None:
	"""Count an import again that was set aside."""
	c.exec_driver_sql("UPDATE export SET set_aside_at = NULL WHERE id = ?", (export_id,))
	settle(c, sorted(set(shown_by(c, export_id))), stopped)


def set_aside_ids(c: Connection) -> list[int]:
	"""Return the imports that were undone under a hold and are still there."""
	return [row[0] for row in c.exec_driver_sql("SELECT id FROM export WHERE set_aside_at IS NOT NULL ORDER BY id")]


def unread_lines(c: Connection, export_id: int) -> tuple[str, ...]:
	"""Return the lines of an export that belong to no message, verbatim; raises `NotFound`."""
	stored = c.exec_driver_sql("SELECT unread_lines FROM export WHERE id = ?", (export_id,)).scalar()
	if stored is None:
		raise NotFound("The archive holds no such import.")
	return tuple(json.loads(stored))


def unknown_lines(c: Connection, export_id: int, most: int) -> list[str]:
	"""Return lines of an export that nobody sent and whose wording is not known, verbatim, in file order."""
	rows = c.exec_driver_sql(
		"""
		SELECT v.raw FROM observation o JOIN version v ON v.id = o.version_id
		WHERE o.export_id = ? AND o.flags != '' AND instr(',' || o.flags || ',', ',unknown_system,') > 0
		ORDER BY o.ord LIMIT ?
		""",
		(export_id, most),
	)
	return [row[0] for row in rows]


def shown_by(c: Connection, export_id: int) -> list[int]:
	"""Return the messages that an export shows."""
	return [row[0] for row in c.exec_driver_sql("SELECT message_id FROM observation WHERE export_id = ?", (export_id,))]


def decline(c: Connection, sha256: str, day: date) -> None:
	"""Remember that none of a file is council business: its digest and the day, nothing else."""
	c.exec_driver_sql(
		"INSERT INTO declined_file(sha256, at) VALUES(?, ?) ON CONFLICT(sha256) DO UPDATE SET at = excluded.at",
		(sha256, day.isoformat()),
	)


def declined_on(c: Connection, sha256: str) -> date | None:
	"""Return the day on which a file was declined; None if it was not."""
	found = c.exec_driver_sql("SELECT at FROM declined_file WHERE sha256 = ?", (sha256,)).scalar()
	return date.fromisoformat(found[:10]) if found is not None else None


def accept(c: Connection, sha256: str) -> None:
	"""Forget that a file was declined: it is taken after all."""
	c.exec_driver_sql("DELETE FROM declined_file WHERE sha256 = ?", (sha256,))
