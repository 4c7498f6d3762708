"""The next screen of a search, newest or oldest first, without working out all that it finds.

Versions stream from the index by their ids, which begin with the second of their first observed wall time. A message's
own time can differ from that by its phone's clock and some minutes, so a little more is read than a screen holds, and
the first of that are shown: the order is that of `messages.message_ids(…, newest_first=True)`, or the reverse of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge, nlargest, nsmallest
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


class _Way(NamedTuple):
	"""Where to begin, and which way to go."""

	oldest_first: bool
	mark: tuple[str, int, int] | None

	def ahead(self, hit: Hit) -> bool:
		"""Whether a message comes after the place where to begin."""
		if self.mark is None:
			return True
		return hit[:3] > self.mark if self.oldest_first else hit[:3] < self.mark

	def first(self, limit: int, found: Iterable[Hit]) -> list[Hit]:
		"""Return the first of some messages, in order."""
		return nsmallest(limit, found) if self.oldest_first else nlargest(limit, found)

	@property
	def order(self) -> str:
		return "ASC" if self.oldest_first else "DESC"

	@property
	def beyond(self) -> str:
		return ">" if self.oldest_first else "<"


def page(c: Connection, f: MessageFilter, after: Mark | None, limit: int, *, oldest_first: bool = False) -> list[Hit]:
	"""Return the next messages of a search after a place, one more than `limit` where there are more."""
	where = narrowed(c, f)
	if where is None:
		return []
	mark = (wall(after.sent_at), after.group_id, after.position) if after is not None else None
	way = _Way(oldest_first, mark)
	found = hits.sources(c, asked(f)) if f.search is not None else None
	if found is None:
		return list(islice(_by_time(c, f, where, way), limit + 1))
	margin = _margin(c)
	several = [hit for one in found for hit in _of_source(c, f, one, where, way, limit + 1, margin)]
	return way.first(limit + 1, dict.fromkeys(several))


def _of_source(
	c: Connection,
	f: MessageFilter,
	one: Source,
	where: Sql,
	way: _Way,
	limit: int,
	margin: int,
) -> list[Hit]:
	left_out = Sql(" AND " + one.left_out.text.replace("{message}", "m.id"), one.left_out.values)
	narrowed_more = Sql(where.text + left_out.text, where.values + left_out.values)
	if one.versions is None:
		return list(islice(_by_time(c, f, narrowed_more, way), limit))
	found = _streamed(c, one, narrowed_more, way, limit, margin)
	if one.files is not None:
		rows = c.exec_driver_sql(
			f"SELECT m.sent_at, m.group_id, m.position, m.id FROM message m"
			f" WHERE m.id IN ({one.files.text}){narrowed_more.text}",
			one.files.values + narrowed_more.values,
		)
		found += [hit for hit in (Hit(*row) for row in rows) if way.ahead(hit)]
	return found


def _streamed(c: Connection, one: Source, where: Sql, way: _Way, limit: int, margin: int) -> list[Hit]:
	"""Read versions from the first on until no later one can belong on the page."""
	assert one.versions is not None  # noqa: S101 (the caller looked)
	# By so many seconds a version can stand on the wrong side of its message's place.
	slack = -margin if way.oldest_first else margin
	begin = ""
	if way.mark is not None:
		moment = second(datetime.fromisoformat(way.mark[0])) + slack + (0 if way.oldest_first else 1)
		begin = f" AND {one.rowid} {way.beyond} {moment << 20}"
	rows = c.exec_driver_sql(
		f"SELECT v.id, m.sent_at, m.group_id, m.position, m.id {_with_message(one.versions.text)}{begin}{where.text}"
		f" ORDER BY {one.rowid} {way.order}",
		one.versions.values + where.values,
	)
	found: dict[Hit, None] = {}
	enough: int | None = None
	while chunk := rows.fetchmany(limit if enough is None else _MORE):
		for version_id, *rest in chunk:
			moment = version_id >> 20
			if enough is not None and (moment > enough if way.oldest_first else moment < enough):
				rows.close()
				return [*found]
			hit = Hit(*rest)
			if way.ahead(hit):
				found[hit] = None
		if enough is None and len(found) >= limit:
			enough = second(datetime.fromisoformat(way.first(limit, found)[-1].sent_at)) - slack
	return [*found]


def _with_message(versions: str) -> str:
	"""Put the table of messages between FROM and WHERE."""
	tables, _, conditions = versions.partition(" WHERE ")
	return f"{tables} CROSS JOIN message m ON m.id = v.message_id WHERE {conditions}"


def _by_time(c: Connection, f: MessageFilter, where: Sql, way: _Way) -> Iterator[Hit]:
	"""Yield messages along the index on times; each group has its own."""
	return merge(*(_group(c, one, where, way) for one in group_ids(c, f)), reverse=not way.oldest_first)


def _group(c: Connection, group_id: int, where: Sql, way: _Way) -> Iterator[Hit]:
	begin = ""
	values: tuple[str | int, ...] = ()
	if way.mark is not None:
		sent_at, marked, position = way.mark
		# In the order of one moment the groups follow each other: of another group all of it is ahead, or none.
		whole = (group_id > marked) == way.oldest_first
		end = -(1 << 62) if way.oldest_first == whole else 1 << 62
		begin = f" AND (m.sent_at, m.position) {way.beyond} (?, ?)"
		values = (sent_at, position if group_id == marked else end)
	rows = c.exec_driver_sql(
		f"SELECT m.sent_at, m.group_id, m.position, m.id FROM message m INDEXED BY ix_message_time"
		f" WHERE m.group_id = ?{begin}{where.text} ORDER BY m.sent_at {way.order}, m.position {way.order}",
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
