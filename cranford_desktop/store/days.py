"""On which days messages were sent: counted, grouped along a list, looked for."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from cranford_desktop.domain.days import DayCount, NearDay, Reach

_CHUNK = 20_000


def days(c: Connection, group_id: int, *, without_personal: bool = False) -> list[DayCount]:
	"""Return the days of a group on which messages were sent, in order, with how many."""
	shown = _shown(without_personal)
	found = c.exec_driver_sql(
		f"SELECT substr(m.sent_at, 1, 10) AS day, count(*) FROM message m WHERE m.group_id = ?{shown}"  # noqa: S608 (our own words)
		" GROUP BY day ORDER BY day",
		(group_id,),
	)
	return [DayCount(date.fromisoformat(row[0]), row[1]) for row in found]


def day_runs(c: Connection, ids: Sequence[int]) -> list[DayCount]:
	"""Return how a list of messages falls into days: an entry for each stretch of one day, in the list's order."""
	runs: list[tuple[str, int]] = []
	for start in range(0, len(ids), _CHUNK):
		found = c.exec_driver_sql(
			"""
			SELECT substr(m.sent_at, 1, 10) FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value
			ORDER BY wanted.key
			""",
			(json.dumps(list(ids[start : start + _CHUNK])),),
		)
		for (day,) in found:
			if runs and runs[-1][0] == day:
				runs[-1] = (day, runs[-1][1] + 1)
			else:
				runs.append((day, 1))
	return [DayCount(date.fromisoformat(day), messages) for day, messages in runs]


def nearest(c: Connection, group_id: int, day: date, *, without_personal: bool = False) -> NearDay | None:
	"""Return where a group's conversation is entered for a day; None where the group has no message."""
	shown = _shown(without_personal)
	later = c.exec_driver_sql(
		f"SELECT m.sent_at FROM message m WHERE m.group_id = ? AND m.sent_at >= ?{shown} ORDER BY m.sent_at LIMIT 1",  # noqa: S608 (our own words)
		(group_id, day.isoformat()),
	).scalar()
	earlier = c.exec_driver_sql(
		f"SELECT m.sent_at FROM message m WHERE m.group_id = ? AND m.sent_at < ?{shown} ORDER BY m.sent_at"  # noqa: S608 (our own words)
		" DESC LIMIT 1",
		(group_id, day.isoformat()),
	).scalar()
	near = [datetime.fromisoformat(one).date() for one in (earlier, later) if one is not None]
	if not near:
		return None
	found = min(near, key=lambda one: abs(one - day))
	first = c.exec_driver_sql(
		f"SELECT m.id FROM message m WHERE m.group_id = ? AND m.sent_at >= ? AND m.sent_at < ?{shown}"  # noqa: S608 (our own words)
		" ORDER BY m.position LIMIT 1",
		(group_id, found.isoformat(), (found + timedelta(days=1)).isoformat()),
	).scalar_one()
	return NearDay(found, first)


def next_of(c: Connection, message_id: int, ids: Sequence[int]) -> int:
	"""Return the place of the first of a group's messages, in their order, that does not stand before another one; 0
	where all do.
	"""

	def position(one: int) -> int:
		return int(c.exec_driver_sql("SELECT position FROM message WHERE id = ?", (one,)).scalar() or 0)

	found = bisect_left(ids, position(message_id), key=position)
	return found if found < len(ids) else 0


def reaches(c: Connection, group_id: int) -> list[Reach]:
	"""Return from when to when each export of a group reaches, its clock put right."""
	found = c.exec_driver_sql(
		"SELECT first_at, last_at, clock_offset FROM export WHERE group_id = ? AND set_aside_at IS NULL", (group_id,)
	)
	return [
		Reach(*(datetime.fromisoformat(at) - timedelta(minutes=offset) for at in (first, last)))
		for first, last, offset in found
	]


def _shown(without_personal: bool) -> str:
	return " AND m.set_aside = 0" + (" AND m.category != 'personal'" if without_personal else "")
