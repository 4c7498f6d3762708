"""The next screen of a search, newest first, without working out all that it finds.

Versions stream from the index by their ids, which begin with the second of their first observed wall time. A message's
own time can differ from that by its phone's clock and some minutes, so a little more is read than a screen holds, and
the newest of that are shown: the order is that of `messages.message_ids(…, newest_first=True)`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge, nlargest
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import Mark
from cranford_desktop.store import hits
from cranford_desktop.store.conditions import group_ids, narrowed
from cranford_desktop.store.groups import wall
from cranford_desktop.store.hits import Source, Sql
from cranford_desktop.store.search import asked
from cranford_desktop.store.version_ids import second

_SLACK = 3600
"""Seconds by which the times of one message differ between phones at most, their clocks set right."""
_STEP = 64
"""Rows taken at once along the index on times."""
_MORE = 4
"""Rows taken at once from the full text, once there are enough."""


class Hit(NamedTuple):
	"""A message that is found, and its place by time."""

	sent_at: str
	group_id: int
	position: int
	id: int


def page(c: Connection, f: MessageFilter, after: Mark | None, limit: int) -> list[Hit]:
	"""Return the newest messages of a search after a place, one more than `limit` where there are more."""
	where = narrowed(c, f)
	if where is None:
		return []
	mark = (wall(after.sent_at), after.group_id, after.position) if after is not None else None
	found = hits.sources(c, asked(f)) if f.search is not None else None
	if found is None:
		return list(islice(_by_time(c, f, where, mark), limit + 1))
	margin = _margin(c)
	several = [hit for one in found for hit in _of_source(c, f, one, where, mark, limit + 1, margin)]
	return nlargest(limit + 1, dict.fromkeys(several))


def _of_source(
	c: Connection,
	f: MessageFilter,
	one: Source,
	where: Sql,
	mark: tuple[str, int, int] | None,
	limit: int,
	margin: int,
) -> list[Hit]:
	left_out = Sql(" AND " + one.left_out.text.replace("{message}", "m.id"), one.left_out.values)
	narrowed_more = Sql(where.text + left_out.text, where.values + left_out.values)
	if one.versions is None:
		return list(islice(_by_time(c, f, narrowed_more, mark), limit))
	found = _streamed(c, one, narrowed_more, mark, limit, margin)
	if one.files is not None:
		rows = c.exec_driver_sql(
			f"SELECT m.sent_at, m.group_id, m.position, m.id FROM message m"
			f" WHERE m.id IN ({one.files.text}){narrowed_more.text}",
			one.files.values + narrowed_more.values,
		)
		found += [hit for hit in (Hit(*row) for row in rows) if mark is None or hit[:3] < mark]
	return found


def _streamed(
	c: Connection, one: Source, where: Sql, mark: tuple[str, int, int] | None, limit: int, margin: int
) -> list[Hit]:
	"""Read versions from the newest on until no older one can belong on the page."""
	assert one.versions is not None  # noqa: S101 (the caller looked)
	begin = ""
	if mark is not None:
		begin = f" AND {one.rowid} < {(second(datetime.fromisoformat(mark[0])) + margin + 1) << 20}"
	rows = c.exec_driver_sql(
		f"SELECT v.id, m.sent_at, m.group_id, m.position, m.id {_with_message(one.versions.text)}{begin}{where.text}"
		f" ORDER BY {one.rowid} DESC",
		one.versions.values + where.values,
	)
	found: dict[Hit, None] = {}
	enough: int | None = None
	while chunk := rows.fetchmany(limit if enough is None else _MORE):
		for version_id, *rest in chunk:
			if enough is not None and version_id >> 20 < enough:
				rows.close()
				return [*found]
			hit = Hit(*rest)
			if mark is None or hit[:3] < mark:
				found[hit] = None
		if enough is None and len(found) >= limit:
			last = nlargest(limit, found)[-1]
			enough = second(datetime.fromisoformat(last.sent_at)) - margin
	return [*found]


def _with_message(versions: str) -> str:
	"""Put the table of messages between FROM and WHERE."""
	tables, _, conditions = versions.partition(" WHERE ")
	return f"{tables} CROSS JOIN message m ON m.id = v.message_id WHERE {conditions}"


def _by_time(c: Connection, f: MessageFilter, where: Sql, mark: tuple[str, int, int] | None) -> Iterator[Hit]:
	"""Yield messages along the index on times, newest first; each group has its own."""
	return merge(*(_group(c, one, where, mark) for one in group_ids(c, f)), reverse=True)


def _group(c: Connection, group_id: int, where: Sql, mark: tuple[str, int, int] | None) -> Iterator[Hit]:
	before = ""
	values: tuple[str | int, ...] = ()
	if mark is not None:
		sent_at, marked, position = mark
		# In a group that comes later in the order of one moment, that moment is past already.
		most = position if group_id == marked else (1 << 62 if group_id < marked else -(1 << 62))
		before = " AND (m.sent_at, m.position) < (?, ?)"
		values = (sent_at, most)
	rows = c.exec_driver_sql(
		f"SELECT m.sent_at, m.group_id, m.position, m.id FROM message m INDEXED BY ix_message_time"
		f" WHERE m.group_id = ?{before}{where.text} ORDER BY m.sent_at DESC, m.position DESC",
		(group_id, *values, *where.values),
	)
	while chunk := rows.fetchmany(_STEP):
		yield from (Hit(*row) for row in chunk)


def _margin(c: Connection) -> int:
	"""Return by how many seconds a version's id can be ahead of its message's time, or behind."""
	ahead = c.exec_driver_sql("SELECT max(abs(clock_offset)) FROM export").scalar() or 0
	return int(timedelta(minutes=int(ahead)).total_seconds()) + _SLACK


def mark_after(hits_shown: Sequence[Hit]) -> Mark:
	"""Return the place after the last of some messages."""
	last = hits_shown[-1]
	return Mark(datetime.fromisoformat(last.sent_at), last.group_id, last.position)
