"""Time spent on requests, as far as it counts towards the cost limit."""

from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.costs import Activity, TimeEntry
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment


def entries(c: Connection, request_id: int) -> list[TimeEntry]:
	"""Return the time of a request, in the order recorded."""
	rows = c.exec_driver_sql(
		"SELECT id, request_id, on_day, activity, minutes, estimated, note FROM request_activity"
		" WHERE request_id = ? ORDER BY id",
		(request_id,),
	)
	return [TimeEntry(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], bool(row[5]), row[6]) for row in rows]


def minutes_by_request(c: Connection) -> dict[int, int]:
	"""Return by request the minutes that were spent, without estimates."""
	rows = c.exec_driver_sql(
		"SELECT request_id, sum(minutes) FROM request_activity WHERE NOT estimated GROUP BY request_id"
	)
	return {row[0]: row[1] for row in rows}


def add(
	c: Connection,
	request_id: int,
	activity: Activity,
	minutes: int,
	*,
	on: date,
	estimated: bool,
	note: str,
	at: datetime,
) -> int:
	"""Record time and return its number."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO request_activity(request_id, on_day, activity, minutes, estimated, note, made_at)
		VALUES(?, ?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(request_id, on.isoformat(), activity, minutes, int(estimated), note, moment(at)),
	)
	return int(row.scalar_one())


def remove(c: Connection, entry_id: int) -> int:
	"""Take time out again and return whose it was; raises `NotFound`."""
	row = c.exec_driver_sql("DELETE FROM request_activity WHERE id = ? RETURNING request_id", (entry_id,)).scalar()
	if row is None:
		raise NotFound("There is no such time on record.", "Nothing was changed.")
	return int(row)
