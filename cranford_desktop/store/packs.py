"""Packs as they are kept: frozen when made, superseded by a later one, never edited; and what became of them."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.disclosure import PackResult
from cranford_desktop.domain.packs import PackFileMatch, PackRecord, PackSent, PackWithdrawn
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.stored import result, result_json


def next_pack_number(c: Connection, request_id: int) -> int:
	"""Return the number the next pack of a request gets; from 1."""
	highest = c.exec_driver_sql("SELECT max(number) FROM pack WHERE request_id = ?", (request_id,)).scalar()
	return (highest or 0) + 1


def add_pack(c: Connection, request_id: int, made: PackResult, files: Mapping[str, int], at: datetime) -> int:
	"""Keep a pack with its sealed files (path → file id) and return its id; it supersedes all earlier ones."""
	c.exec_driver_sql("UPDATE pack SET superseded = 1 WHERE request_id = ?", (request_id,))
	pack_id = int(
		c.exec_driver_sql(
			"INSERT INTO pack(request_id, number, made_at, result) VALUES(?, ?, ?, ?) RETURNING id",
			(request_id, made.pack_number, moment(at), result_json(made)),
		).scalar_one()
	)
	for path, file_id in files.items():
		c.exec_driver_sql("INSERT INTO pack_file(pack_id, path, file_id) VALUES(?, ?, ?)", (pack_id, path, file_id))
	return pack_id


def packs(c: Connection, request_id: int) -> list[PackRecord]:
	"""Return the packs of a request, newest first."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, request_id, number, made_at, result, superseded, placed_at,
			sent_on, sent_how, sent_to, sent_files, withdrawn_on, withdrawn_why, withdrawn_from
		FROM pack WHERE request_id = ? ORDER BY number DESC
		""",
		(request_id,),
	)
	return [_record(row) for row in rows]


def _record(row: Any) -> PackRecord:
	sent_on, how, to, files, withdrawn_on, why, who = row[7:14]
	return PackRecord(
		id=row[0],
		request_id=row[1],
		number=row[2],
		made_at=datetime.fromisoformat(row[3]),
		result=result(row[4]),
		superseded=bool(row[5]),
		placed_at=row[6],
		sent=PackSent(date.fromisoformat(sent_on), how, to or "", tuple(json.loads(files or "[]")))
		if sent_on is not None
		else None,
		withdrawn=PackWithdrawn(date.fromisoformat(withdrawn_on), why or "", who or "")
		if withdrawn_on is not None
		else None,
	)


def pack_files(c: Connection, request_id: int, number: int) -> dict[str, int]:
	"""Return the sealed files of a pack: path → file id; raises `NotFound`."""
	rows = c.exec_driver_sql(
		"""
		SELECT f.path, f.file_id FROM pack p JOIN pack_file f ON f.pack_id = p.id
		WHERE p.request_id = ? AND p.number = ? ORDER BY f.path
		""",
		(request_id, number),
	)
	found = {row[0]: row[1] for row in rows}
	if not found:
		raise NotFound("This request has no such pack.")
	return found


def files_with(c: Connection, sha256: str) -> list[PackFileMatch]:
	"""Return every file of every pack that has this digest (hexadecimal), newest pack first."""
	rows = c.exec_driver_sql(
		"""
		SELECT p.request_id, r.reference, p.number, f.path, p.superseded, p.withdrawn_on IS NOT NULL
		FROM sealed_file s JOIN pack_file f ON f.file_id = s.id JOIN pack p ON p.id = f.pack_id
			JOIN request r ON r.id = p.request_id
		WHERE s.sha256 = ? ORDER BY p.id DESC
		""",
		(sha256,),
	)
	return [PackFileMatch(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5])) for row in rows]


def set_placed(c: Connection, request_id: int, number: int, folder: str) -> None:
	"""Record the folder outside to which a copy of a pack was put."""
	c.exec_driver_sql("UPDATE pack SET placed_at = ? WHERE request_id = ? AND number = ?", (folder, request_id, number))


def set_sent(c: Connection, request_id: int, number: int, sent: PackSent) -> None:
	"""Record how a pack went out."""
	c.exec_driver_sql(
		"UPDATE pack SET sent_on = ?, sent_how = ?, sent_to = ?, sent_files = ? WHERE request_id = ? AND number = ?",
		(sent.on.isoformat(), sent.how, sent.to, json.dumps(sent.files), request_id, number),
	)


def set_withdrawn(c: Connection, request_id: int, number: int, withdrawn: PackWithdrawn) -> None:
	"""Record that a pack should not have gone out."""
	c.exec_driver_sql(
		"UPDATE pack SET withdrawn_on = ?, withdrawn_why = ?, withdrawn_from = ? WHERE request_id = ? AND number = ?",
		(withdrawn.on.isoformat(), withdrawn.why, withdrawn.who_has_it, request_id, number),
	)


def address_of(c: Connection, request_id: int) -> str:
	"""Return where the answer goes to, as the request gives it; empty where nobody wrote it down."""
	return str(c.exec_driver_sql("SELECT address FROM request WHERE id = ?", (request_id,)).scalar() or "")


def fill_address(c: Connection, request_id: int, address: str) -> None:
	"""Write where the answer went to, where the request gives no address yet."""
	c.exec_driver_sql("UPDATE request SET address = ? WHERE id = ? AND address = ''", (address, request_id))
