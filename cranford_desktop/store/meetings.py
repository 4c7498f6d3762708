"""Items for a meeting, and the reports made of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.meetings import MeetingItem, MeetingReport, Route
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.numbers import meant

_ITEMS = """
	SELECT i.id, i.message_id, i.route, i.subject, i.note, i.meeting_on, i.added_at, i.reported_at, i.dealt_on,
		i.outcome
	FROM meeting_item i
"""
_UNCHANGED = "Nothing was changed."


def add_item(
	c: Connection, message_id: int, *, route: Route, subject: str, note: str, meeting_on: date | None, at: datetime
) -> int:
	"""Make an item of a message and return its number; raises `NotFound`."""
	message_id = meant(c, [message_id])[0]
	if c.exec_driver_sql("SELECT 1 FROM message WHERE id = ?", (message_id,)).first() is None:
		raise NotFound("This archive holds no message of that number.", _UNCHANGED)
	row = c.exec_driver_sql(
		"INSERT INTO meeting_item(message_id, route, subject, note, meeting_on, added_at) VALUES(?, ?, ?, ?, ?, ?)"
		" RETURNING id",
		(message_id, route, subject, note, _stored(meeting_on), moment(at)),
	)
	return int(row.scalar_one())


def change_item(c: Connection, item_id: int, *, route: Route, subject: str, note: str, meeting_on: date | None) -> None:
	"""Write an item anew; raises `NotFound`."""
	item(c, item_id)
	c.exec_driver_sql(
		"UPDATE meeting_item SET route = ?, subject = ?, note = ?, meeting_on = ? WHERE id = ?",
		(route, subject, note, _stored(meeting_on), item_id),
	)


def drop_item(c: Connection, item_id: int) -> None:
	"""Remove an item; raises `NotFound`."""
	item(c, item_id)
	c.exec_driver_sql("DELETE FROM meeting_item WHERE id = ?", (item_id,))


def put_outcome(c: Connection, item_id: int, on: date | None, outcome: str) -> None:
	"""Write down that an item is dealt with and what became of it, or (None) that it is open again."""
	item(c, item_id)
	c.exec_driver_sql("UPDATE meeting_item SET dealt_on = ?, outcome = ? WHERE id = ?", (_stored(on), outcome, item_id))


def items(c: Connection) -> list[MeetingItem]:
	"""Return all items: open ones first, for the next meeting, then by date; then those dealt with, newest first."""
	rows = [_item(row) for row in c.exec_driver_sql(_ITEMS)]
	waiting = [one for one in rows if one.dealt_on is None]
	dealt = [one for one in rows if one.dealt_on is not None]
	waiting.sort(key=lambda one: (one.meeting_on or date.min, one.added_at, one.id))
	dealt.sort(key=lambda one: (one.dealt_on or date.min, one.id), reverse=True)
	return [*waiting, *dealt]


def item(c: Connection, item_id: int) -> MeetingItem:
	"""Return one item; raises `NotFound`."""
	row = c.exec_driver_sql(f"{_ITEMS} WHERE i.id = ?", (item_id,)).first()
	if row is None:
		raise NotFound("There is no such matter on the list any more.", _UNCHANGED)
	return _item(row)


def open_item_messages(c: Connection) -> set[int]:
	"""Return the messages of the items that are not dealt with: they are kept."""
	return {row[0] for row in c.exec_driver_sql("SELECT message_id FROM meeting_item WHERE dealt_on IS NULL")}


def add_report(
	c: Connection, files: Mapping[str, int], *, item_ids: list[int], meeting_on: date | None, quoted: bool, at: datetime
) -> int:
	"""Keep a report (path → sealed file) and note of its items that they stood in it; return its number."""
	row = c.exec_driver_sql(
		"INSERT INTO meeting_report(meeting_on, items, quoted, made_at) VALUES(?, ?, ?, ?) RETURNING id",
		(_stored(meeting_on), len(item_ids), int(quoted), moment(at)),
	)
	number = int(row.scalar_one())
	c.exec_driver_sql(
		"INSERT INTO meeting_report_file(report_id, path, file_id) VALUES(?, ?, ?)",
		[(number, path, file_id) for path, file_id in files.items()],
	)
	c.exec_driver_sql("UPDATE meeting_item SET reported_at = ? WHERE id = ?", [(moment(at), one) for one in item_ids])
	return number


def reports(c: Connection) -> list[MeetingReport]:
	"""Return the reports, newest first."""
	rows = c.exec_driver_sql("SELECT id, meeting_on, items, quoted, made_at FROM meeting_report ORDER BY id DESC")
	return [MeetingReport(row[0], _day(row[1]), row[2], bool(row[3]), datetime.fromisoformat(row[4])) for row in rows]


def report_files(c: Connection, report_id: int) -> dict[str, int]:
	"""Return the sealed files of a report, by name; raises `NotFound`."""
	rows = c.exec_driver_sql(
		"SELECT path, file_id FROM meeting_report_file WHERE report_id = ? ORDER BY path", (report_id,)
	).fetchall()
	if not rows:
		raise NotFound("There is no such report.", _UNCHANGED)
	return {row[0]: row[1] for row in rows}


def _item(row: Any) -> MeetingItem:
	return MeetingItem(
		id=row[0],
		message_id=row[1],
		route=row[2],
		subject=row[3],
		note=row[4],
		meeting_on=_day(row[5]),
		added_at=datetime.fromisoformat(row[6]),
		reported_at=datetime.fromisoformat(row[7]) if row[7] else None,
		dealt_on=_day(row[8]),
		outcome=row[9],
	)


def _day(stored: str | None) -> date | None:
	return date.fromisoformat(stored) if stored else None


def _stored(day: date | None) -> str | None:
	return day.isoformat() if day is not None else None
