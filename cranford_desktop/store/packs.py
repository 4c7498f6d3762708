"""Packs as they are kept: frozen when made, superseded by a later one, never edited."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.disclosure import PackRecord, PackResult
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
		SELECT id, request_id, number, made_at, result, superseded, placed_at
		FROM pack WHERE request_id = ? ORDER BY number DESC
		""",
		(request_id,),
	)
	return [
		PackRecord(row[0], row[1], row[2], datetime.fromisoformat(row[3]), result(row[4]), bool(row[5]), row[6])
		for row in rows
	]


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


def set_placed(c: Connection, request_id: int, number: int, folder: str) -> None:
	"""Record the folder outside to which a copy of a pack was put."""
	c.exec_driver_sql("UPDATE pack SET placed_at = ? WHERE request_id = ? AND number = ?", (folder, request_id, number))
