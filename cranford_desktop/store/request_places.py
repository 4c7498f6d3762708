"""Places besides the archive that were searched for a request, and members who were asked for it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.other_places import LookedPlace, PlaceEntry
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment

_PLACES = """
	SELECT p.id, p.request_id, p.place, coalesce(who.name, p.who), p.person_id, coalesce(a.asked_on, p.asked_on),
		p.due, CASE WHEN a.id IS NULL THEN p.looked_on WHEN a.reply IN ('exported', 'nothing_held', 'refused')
			THEN a.replied_on END,
		CASE WHEN a.id IS NULL THEN p.result WHEN a.reply = 'exported' THEN 'found'
			WHEN a.reply = 'nothing_held' THEN 'nothing' WHEN a.reply = 'refused' THEN 'not_looked' END,
		p.looked_for, CASE WHEN a.id IS NULL THEN p.note ELSE a.note END, p.ask_id
	FROM request_place p LEFT JOIN ask a ON a.id = p.ask_id LEFT JOIN person who ON who.id = p.person_id
"""
"""What a member answered is read from the ask: it can be written down in either place."""


def places(c: Connection, request_id: int) -> list[LookedPlace]:
	"""Return where was looked for a request, in the order recorded."""
	return [_place(row) for row in c.exec_driver_sql(f"{_PLACES} WHERE p.request_id = ? ORDER BY p.id", (request_id,))]


def place(c: Connection, place_id: int) -> LookedPlace:
	"""Return one place; raises `NotFound`."""
	row = c.exec_driver_sql(f"{_PLACES} WHERE p.id = ?", (place_id,)).first()
	if row is None:
		raise NotFound("There is no such place on record.", "Nothing was changed.")
	return _place(row)


def members_waited_for(c: Connection) -> dict[int, list[LookedPlace]]:
	"""Return by request the members who were asked, of every request that is open and still waits for one of them."""
	rows = c.exec_driver_sql(
		f"{_PLACES} JOIN request r ON r.id = p.request_id WHERE r.status = 'open' AND p.person_id IS NOT NULL"
		" ORDER BY r.received, r.id, p.id"
	)
	found: dict[int, list[LookedPlace]] = {}
	for row in rows:
		found.setdefault(row[1], []).append(_place(row))
	return {key: some for key, some in found.items() if any(one.waits for one in some)}


def asks_of_requests(c: Connection) -> set[int]:
	"""Return the asks that belong to a request."""
	return {row[0] for row in c.exec_driver_sql("SELECT ask_id FROM request_place WHERE ask_id IS NOT NULL")}


def add_place(c: Connection, request_id: int, entry: PlaceEntry, at: datetime) -> int:
	"""Record a place and return its number."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO request_place(request_id, place, who, looked_on, looked_for, result, note, made_at)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(request_id, entry.place, entry.who, _text(entry.looked_on), *_rest(entry), moment(at)),
	)
	return int(row.scalar_one())


def add_member(
	c: Connection, request_id: int, person_id: int, ask_id: int, *, asked_on: date, due: date | None, at: datetime
) -> int:
	"""Record that a member was asked for a request; what they answer is read from the ask."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO request_place(request_id, place, who, person_id, ask_id, asked_on, due, made_at)
		VALUES(?, 'phones', '', ?, ?, ?, ?, ?) RETURNING id
		""",
		(request_id, person_id, ask_id, asked_on.isoformat(), _text(due), moment(at)),
	)
	return int(row.scalar_one())


def change_place(c: Connection, place_id: int, entry: PlaceEntry) -> None:
	"""Write what is said of a place anew."""
	c.exec_driver_sql(
		"UPDATE request_place SET place = ?, who = ?, looked_on = ?, looked_for = ?, result = ?, note = ? WHERE id = ?",
		(entry.place, entry.who, _text(entry.looked_on), *_rest(entry), place_id),
	)


def set_due(c: Connection, place_id: int, due: date | None) -> None:
	"""Write when a member's answer is due, or is to be asked for again."""
	c.exec_driver_sql("UPDATE request_place SET due = ? WHERE id = ?", (_text(due), place_id))


def remove_place(c: Connection, place_id: int) -> None:
	"""Take a place out again that was recorded by mistake."""
	c.exec_driver_sql("DELETE FROM request_place WHERE id = ?", (place_id,))


def _rest(entry: PlaceEntry) -> tuple[str, str, str]:
	return entry.looked_for, entry.result, entry.note


def _text(day: date | None) -> str | None:
	return day.isoformat() if day is not None else None


def _day(stored: str | None) -> date | None:
	return date.fromisoformat(stored) if stored else None


def _place(row: Any) -> LookedPlace:
	return LookedPlace(
		id=row[0],
		request_id=row[1],
		place=row[2],
		who=row[3],
		person_id=row[4],
		asked_on=_day(row[5]),
		due=_day(row[6]),
		looked_on=_day(row[7]),
		result=row[8],
		looked_for=row[9],
		note=row[10],
		ask_id=row[11],
	)
