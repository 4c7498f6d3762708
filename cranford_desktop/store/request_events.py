"""What happened to requests, documents of their files, and the bank holidays that the clerk added."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.request_events import AddedHoliday, EventKind, RequestEvent
from cranford_desktop.domain.requests import Regime, RequestDocument
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment

_EVENTS = """
	SELECT id, request_id, kind, on_day, note, detail, made_at FROM request_event WHERE taken_back_at IS NULL
		AND kind NOT IN ('without_archive', 'review_asked', 'review_decided', 'regulator_asked', 'regulator_decided',
			'right_decided')
"""
"""What is decided about a request as a whole moves no clock: that is read by `request_steps`."""


def add_event(
	c: Connection, request_id: int, kind: EventKind, on: date, note: str, detail: Mapping[str, object], at: datetime
) -> int:
	"""Record something that happened to a request and return its id."""
	return int(
		c.exec_driver_sql(
			"""
			INSERT INTO request_event(request_id, kind, on_day, note, detail, made_at)
			VALUES(?, ?, ?, ?, ?, ?) RETURNING id
			""",
			(request_id, kind, on.isoformat(), note, json.dumps(detail, ensure_ascii=False), moment(at)),
		).scalar_one()
	)


def events(c: Connection, request_id: int) -> list[RequestEvent]:
	"""Return what happened to a request in the order of the days; without what was taken back."""
	return [
		_event(row) for row in c.exec_driver_sql(f"{_EVENTS} AND request_id = ? ORDER BY on_day, id", (request_id,))
	]


def all_events(c: Connection) -> Mapping[int, list[RequestEvent]]:
	"""Return what happened to every request, by its id."""
	found: defaultdict[int, list[RequestEvent]] = defaultdict(list)
	for row in c.exec_driver_sql(f"{_EVENTS} ORDER BY on_day, id"):
		found[row[1]].append(_event(row))
	return found


def event(c: Connection, event_id: int) -> RequestEvent:
	"""Return one event; raises `NotFound` where there is none, or it was taken back."""
	row = c.exec_driver_sql(f"{_EVENTS} AND id = ?", (event_id,)).first()
	if row is None:
		raise NotFound("Nothing of that kind is recorded any more.", "Nothing was changed.")
	return _event(row)


def take_back(c: Connection, event_id: int, at: datetime) -> None:
	"""Mark an event as recorded by mistake; it stays in the archive."""
	c.exec_driver_sql("UPDATE request_event SET taken_back_at = ? WHERE id = ?", (moment(at), event_id))


def set_regime(c: Connection, request_id: int, regime: Regime) -> None:
	"""Write which law a request comes under. The written request it came from no longer says what it is."""
	c.exec_driver_sql("UPDATE request SET regime = ?, source_json = NULL WHERE id = ?", (regime, request_id))


def added_holidays(c: Connection) -> list[AddedHoliday]:
	"""Return the bank holidays that the clerk added, in order."""
	rows = c.exec_driver_sql("SELECT day, why, nations, added_at FROM added_holiday ORDER BY day")
	return [AddedHoliday(date.fromisoformat(row[0]), row[1], row[2], datetime.fromisoformat(row[3])) for row in rows]


def add_holiday(c: Connection, added: AddedHoliday) -> None:
	"""Add a bank holiday."""
	c.exec_driver_sql(
		"INSERT INTO added_holiday(day, why, nations, added_at) VALUES(?, ?, ?, ?)",
		(added.day.isoformat(), added.why, added.nations, moment(added.added_at)),
	)


def remove_holiday(c: Connection, day: date) -> None:
	"""Take an added bank holiday back; raises `NotFound` where none was added on that day."""
	if not c.exec_driver_sql("DELETE FROM added_holiday WHERE day = ?", (day.isoformat(),)).rowcount:
		raise NotFound("No bank holiday was added on that day.", "Nothing was changed.")


def add_document(c: Connection, request_id: int, title: str, file_id: int, at: datetime) -> int:
	"""Put a sealed file into a request's file and return the document's id."""
	return int(
		c.exec_driver_sql(
			"INSERT INTO request_document(request_id, title, file_id, added_at) VALUES(?, ?, ?, ?) RETURNING id",
			(request_id, title, file_id, moment(at)),
		).scalar_one()
	)


def documents(c: Connection, request_id: int) -> list[RequestDocument]:
	"""Return the documents of a request's file in the order added; without those taken back."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, request_id, title, file_id, added_at FROM request_document
		WHERE request_id = ? AND taken_back_at IS NULL ORDER BY id
		""",
		(request_id,),
	)
	return [RequestDocument(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4])) for row in rows]


def document(c: Connection, document_id: int) -> RequestDocument:
	"""Return one document; raises `NotFound` where there is none, or it was taken back."""
	row = c.exec_driver_sql(
		"""
		SELECT id, request_id, title, file_id, added_at FROM request_document
		WHERE id = ? AND taken_back_at IS NULL
		""",
		(document_id,),
	).first()
	if row is None:
		raise NotFound("That document is not in this file any more.", "Nothing was changed.")
	return RequestDocument(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]))


def take_back_document(c: Connection, document_id: int, at: datetime) -> None:
	"""Take a document out of a request's file; it stays sealed in the archive."""
	c.exec_driver_sql("UPDATE request_document SET taken_back_at = ? WHERE id = ?", (moment(at), document_id))


def _event(row: Any) -> RequestEvent:
	return RequestEvent(
		row[0],
		row[1],
		row[2],
		date.fromisoformat(row[3]),
		row[4],
		json.loads(row[5]),
		datetime.fromisoformat(row[6]),
	)
