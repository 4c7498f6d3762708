"""Searches that the clerk keeps under a name."""

from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.searching import SavedSearch
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.stored import filters, filters_json


def saved(c: Connection) -> list[SavedSearch]:
	"""Return all that are kept, by name."""
	rows = c.exec_driver_sql("SELECT id, name, query FROM saved_search ORDER BY folded")
	return [SavedSearch(row[0], row[1], filters(row[2])[0]) for row in rows]


def named(c: Connection, name: str) -> int | None:
	"""Return which search has a name, whatever its case."""
	held = c.exec_driver_sql("SELECT id FROM saved_search WHERE folded = ?", (folded_name(name),)).scalar()
	return int(held) if held is not None else None


def put(c: Connection, name: str, wanted: MessageFilter, at: datetime) -> int:
	"""Keep a search; one of that name is replaced. Return its number."""
	return int(
		c.exec_driver_sql(
			"INSERT INTO saved_search(name, folded, query, saved_at) VALUES(?, ?, ?, ?) ON CONFLICT(folded) DO UPDATE"
			" SET name = excluded.name, query = excluded.query, saved_at = excluded.saved_at RETURNING id",
			(name, folded_name(name), filters_json([wanted]), moment(at)),
		).scalar_one()
	)


def rename(c: Connection, search_id: int, name: str) -> None:
	"""Give a search another name; raises `NotFound`."""
	changed = c.exec_driver_sql(
		"UPDATE saved_search SET name = ?, folded = ? WHERE id = ?", (name, folded_name(name), search_id)
	)
	if not changed.rowcount:
		raise _unknown()


def drop(c: Connection, search_id: int) -> None:
	"""Keep a search no longer; raises `NotFound`."""
	if not c.exec_driver_sql("DELETE FROM saved_search WHERE id = ?", (search_id,)).rowcount:
		raise _unknown()


def _unknown() -> NotFound:
	return NotFound("These records hold no such search.")
