"""On which days messages were sent: counted, grouped along a list, looked for."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection

from cranford_desktop.domain.days import DayCount, NearDay, Reach

_CHUNK = 20_000
_LEFT_OUT = """
	SELECT substr(sent_at, 1, 10) AS day, count(*) FROM message WHERE group_id = ? AND id IN (
		SELECT id FROM message INDEXED BY ix_message_set_aside WHERE set_aside = 1 UNION
		SELECT id FROM message INDEXED BY ix_message_category
			WHERE category != 'council' AND category = 'personal' AND ?
	) GROUP BY day
"""


def days(c: Connection, group_id: int, *, without_personal: bool = False) -> list[DayCount]:
	"""Return the days of a group on which messages were sent, in order, with how many."""
	# Counted along the index of times alone; the few that are not shown are taken off again.
	found: dict[str, int] = dict(
		c.exec_driver_sql(
			"SELECT substr(sent_at, 1, 10) AS day, count(*) FROM message WHERE group_id = ? GROUP BY day", (group_id,)
		).all()
	)
	for day, messages in c.exec_driver_sql(_LEFT_OUT, (group_id, int(without_personal))).all():
		found[day] -= messages
	return [DayCount(date.fromisoformat(day), messages) for day, messages in sorted(found.items()) if messages]


def day_runs(c: Connection, ids: Sequence[int]) -> list[DayCount]:
	"""Return how a list of messages falls into days: an entry for each stretch of one day, in the list's order."""
	runs: list[tuple[str, int]] = []
	for start in range(0, len(ids), _CHUNK):
		# One text of all days: a row for each of a million messages takes three times as long.
		listed = c.exec_driver_sql(
			"""
			SELECT group_concat(day) FROM (SELECT substr(m.sent_at, 1, 10) AS day
				FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value ORDER BY wanted.key)
			""",
			(json.dumps(list(ids[start : start + _CHUNK])),),
		).scalar()
		for day, same in groupby(listed.split(",") if listed else ()):
			messages = sum(1 for _ in same)
			if runs and runs[-1][0] == day:
				runs[-1] = (day, runs[-1][1] + messages)
			else:
				runs.append((day, messages))
	return [DayCount(date.fromisoformat(day), messages) for day, messages in runs]


def first_ids(
	c: Connection, group_ids: Sequence[int], *, newest_first: bool, limit: int, without_personal: bool = False
) -> list[int]:
	"""Return the first messages of some groups by time, oldest or newest first, without listing the others."""
	way = " DESC" if newest_first else ""
	found: list[tuple[str, int]] = []
	for group_id in group_ids:
		found += c.exec_driver_sql(
			f"SELECT m.sent_at, m.id FROM message m WHERE m.group_id = ?{_shown(without_personal)}"  # noqa: S608 (our own words)
			f" ORDER BY m.sent_at{way}, m.position{way} LIMIT ?",
			(group_id, limit),
		).all()
	found.sort(key=lambda one: one[0], reverse=newest_first)
	return [one[1] for one in found[:limit]]


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
		"SELECT first_at, last_at, clock_offset, phone_id FROM export WHERE group_id = ? AND set_aside_at IS NULL",
		(group_id,),
	)

	def right(at: str, offset: int) -> datetime:
		return datetime.fromisoformat(at) - timedelta(minutes=offset)

	return [Reach(right(first, offset), right(last, offset), phone) for first, last, offset, phone in found]


def _shown(without_personal: bool) -> str:
	return " AND m.set_aside = 0" + (" AND m.category != 'personal'" if without_personal else "")
