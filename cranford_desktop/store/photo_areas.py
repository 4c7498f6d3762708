"""Areas of photos and pages that are covered in a request."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.photo_areas import Area, PhotoArea
from cranford_desktop.store.groups import moment

_KEPT = 'sha256, page, "left", top, width, height, exemption, reason, made_at'


def photo_areas(c: Connection, request_id: int, sha256: str | None = None) -> list[PhotoArea]:
	"""Return the covered areas of a request, of one file where its digest is given, in the order made."""
	rows = c.exec_driver_sql(
		'SELECT id, sha256, page, "left", top, width, height, exemption, reason FROM photo_area '
		"WHERE request_id = ?1 AND (?2 IS NULL OR sha256 = ?2) ORDER BY id",
		(request_id, sha256),
	)
	return [PhotoArea(row[0], row[1], Area(row[3], row[4], row[5], row[6], row[2]), row[7], row[8]) for row in rows]


def areas_of_file(c: Connection, request_id: int, file_id: int) -> list[Area]:
	"""Return the covered areas of a file by its number in the archive."""
	digest = c.exec_driver_sql("SELECT sha256 FROM sealed_file WHERE id = ?", (file_id,)).scalar()
	return [one.area for one in photo_areas(c, request_id, digest)] if digest else []


def areas_as_kept(c: Connection, request_id: int, sha256: str) -> list[list[Any]]:
	"""Return the areas of one file as a step that can be taken back keeps them."""
	rows = c.exec_driver_sql(
		f"SELECT {_KEPT} FROM photo_area WHERE request_id = ? AND sha256 = ? ORDER BY id",  # noqa: S608 (our own words)
		(request_id, sha256),
	)
	return [list(row) for row in rows]


def put_back(c: Connection, request_id: int, sha256: str, rows: Sequence[Sequence[Any]]) -> None:
	"""Let a file have these areas again, as `areas_as_kept` gave them, and no others."""
	c.exec_driver_sql("DELETE FROM photo_area WHERE request_id = ? AND sha256 = ?", (request_id, sha256))
	for row in rows:
		c.exec_driver_sql(
			f"INSERT INTO photo_area(request_id, {_KEPT}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			(request_id, *row),
		)


def cover_areas(
	c: Connection, request_id: int, sha256: str, areas: Sequence[tuple[Area, str, str | None]], at: datetime
) -> None:
	"""Let a file have these areas, each with exemption and reason, and no others."""
	rows = [(sha256, one.page, *one[:4], exemption, reason, moment(at)) for one, exemption, reason in areas]
	put_back(c, request_id, sha256, rows)
