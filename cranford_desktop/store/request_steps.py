"""What was decided about a request as a whole, kept among the things that happened to it."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.request_steps import STEP_KINDS, RequestStep, StepKind
from cranford_desktop.domain.requests import RequestKind
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment

_STEPS = """
	SELECT id, request_id, kind, on_day, note, detail FROM request_event
	WHERE taken_back_at IS NULL AND kind IN (SELECT value FROM json_each(?)) AND coalesce(?, request_id) = request_id
	ORDER BY id
"""


def steps(c: Connection, request_id: int | None = None) -> list[RequestStep]:
	"""Return the steps of a request, of all requests without one, in the order recorded."""
	rows = c.exec_driver_sql(_STEPS, (json.dumps(STEP_KINDS), request_id))
	return [RequestStep(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], json.loads(row[5])) for row in rows]


def add_step(
	c: Connection,
	request_id: int,
	kind: StepKind,
	*,
	on: date,
	note: str = "",
	detail: Mapping[str, str] | None = None,
	at: datetime,
) -> int:
	"""Record a step and return its number."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO request_event(request_id, kind, on_day, note, detail, made_at)
		VALUES(?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(request_id, kind, on.isoformat(), note, json.dumps(dict(detail or {}), ensure_ascii=False), moment(at)),
	)
	return int(row.scalar_one())


def take_back(c: Connection, step_id: int, at: datetime) -> int:
	"""Take a step back that was recorded by mistake; return whose it was. Raises `NotFound`."""
	row = c.exec_driver_sql(
		"UPDATE request_event SET taken_back_at = ? WHERE id = ? AND taken_back_at IS NULL RETURNING request_id",
		(moment(at), step_id),
	).scalar()
	if row is None:
		raise NotFound("There is no such step on record.", "Nothing was changed.")
	return int(row)


def reviews(c: Connection) -> list[int]:
	"""Return the requests that are reviews of another, in the order recorded."""
	return [row[0] for row in c.exec_driver_sql("SELECT id FROM request WHERE kind = 'review' ORDER BY id")]


def set_kind(c: Connection, request_id: int, kind: RequestKind) -> None:
	"""Write which kind of request it is."""
	c.exec_driver_sql("UPDATE request SET kind = ? WHERE id = ?", (kind, request_id))
