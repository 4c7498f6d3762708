"""Comparing later exports again, and what that makes of messages: which join, which part, and under which number.

A message keeps the number of the oldest message in it; an absorbed number goes on meaning it (`message_alias`); a part
that leaves gets a new one. Where decisions, requests, evidence or packs rest on a message, nothing is joined or parted
silently: it is put to the clerk and the messages stay as they were.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.work import Stopped, check
from cranford_desktop.store import fold
from cranford_desktop.store.groups import moment
from cranford_desktop.store.held import stored_records
from cranford_desktop.store.resting import rested
from cranford_desktop.store.said import anything_said, sort_out, unsay
from cranford_desktop.store.versions import sort_versions
from cranford_desktop.store.writing import UNPLACED, next_message_id

_CHUNK = 4000
_COPY_MESSAGE = """
	INSERT INTO message(id, group_id, position, sent_at, precision, alias_id, sender_as_exported, kind,
		shown_version_id, edited, deleted, category, set_aside)
	SELECT ?, group_id, ?, sent_at, precision, alias_id, sender_as_exported, kind, shown_version_id, edited, deleted,
		category, set_aside FROM message WHERE id = ?
"""

_Place = tuple[int, int]
"""A record: export, order in its file."""


@dataclass(slots=True)
class Changed:
	"""What comparing later exports again changed."""

	exports: list[fold.Placed]
	"""All exports of the group in their order, with the offsets they have now."""
	lines: set[int] = field(default_factory=set)
	"""Exports some of whose records are of other messages, or messages of other numbers, than before."""
	messages: set[int] = field(default_factory=set)
	"""Messages that other records belong to than before."""
	gone: set[int] = field(default_factory=set)
	"""Numbers that no message has any more."""
	parted: set[int] = field(default_factory=set)
	"""New numbers of what was part of a message before."""
	versions: list[int] = field(default_factory=list)
	"""New versions, which the full text does not know yet."""
	versions_gone: set[int] = field(default_factory=set)
	proposals: int = 0


def refold(
	c: Connection,
	group_id: int,
	exports: Sequence[fold.Placed],
	start: int,
	span: tuple[datetime, datetime],
	merge: fold.Merging,
	stopped: Stopped,
	*,
	at: datetime,
	unindexed: Collection[int] = (),
	newcomer: int | None = None,
) -> Changed:
	"""Compare the exports from a place in the order on again, as far as they overlap what changed within `span`.

	`exports`: all of the group, in order. `newcomer`: the export that has just come in; `unindexed`: its versions,
	which the full text does not know yet.
	"""
	changed = Changed(list(exports))
	spans = [span]
	moved: dict[_Place, tuple[int, int]] = {}
	fresh = next_message_id(c)
	for place in range(start, len(exports)):
		one = changed.exports[place]
		if not any(
			one.first - one.offset - fold.MARGIN <= last and first <= one.last - one.offset + fold.MARGIN
			for first, last in spans
		):
			continue
		check(stopped)
		moves, compared, fresh = _compared(c, group_id, changed.exports, place, merge, fresh)
		moved.update(moves)
		if moves or compared.offset != one.offset:
			spans.append((one.first - one.offset, one.last - one.offset))
			spans.append((one.first - compared.offset, one.last - compared.offset))
			changed.exports[place] = compared
	if moved:
		_Numbers(c, changed, moved, fresh, newcomer).settle(group_id, at, unindexed)
	return changed


def _compared(
	c: Connection, group_id: int, exports: Sequence[fold.Placed], place: int, merge: fold.Merging, fresh: int
) -> tuple[dict[_Place, tuple[int, int]], fold.Placed, int]:
	"""Compare a held export with those before it; return whose records moved from which message to which, the export
	with its offset, and the next free number.
	"""
	one = exports[place]
	records, ids, digests = stored_records(c, one.id)
	aligned = fold.align(c, group_id, exports[:place], records, (one.first, one.last), digests, merge)
	fold.keep_doubts(c, one.id, aligned.doubtful)
	taken = set(aligned.matched.values())
	loose = [old for record, old in zip(records, ids, strict=True) if record.order not in aligned.matched]
	taken |= _shown_by(c, loose, {before.id for before in exports[:place]})
	moves: dict[_Place, tuple[int, int]] = {}
	copies = []
	for record, old in zip(records, ids, strict=True):
		new = aligned.matched.get(record.order)
		if new is None:
			new = old
			if old in taken:
				new, fresh = fresh, fresh + 1
				copies.append((new, UNPLACED - new, old))
			taken.add(new)
		if new != old:
			moves[one.id, record.order] = (old, new)
	if copies:
		c.exec_driver_sql(_COPY_MESSAGE, copies)
	_move(c, {where: new for where, (_, new) in moves.items()})
	return moves, one._replace(offset=aligned.offset), fresh


def _move(c: Connection, moves: Mapping[_Place, int]) -> None:
	if moves:
		c.exec_driver_sql(
			"UPDATE observation SET message_id = ? WHERE export_id = ? AND ord = ?",
			[(new, *where) for where, new in moves.items()],
		)


def _shown_by(c: Connection, ids: Sequence[int], exports: Collection[int]) -> set[int]:
	"""Return those of some messages that one of some exports shows."""
	return {message_id for export_id, _, message_id in _records_of(c, ids) if export_id in exports}


def _records_of(c: Connection, ids: Sequence[int]) -> Iterable[tuple[int, int, int]]:
	for start in range(0, len(ids), _CHUNK):
		for row in c.exec_driver_sql(
			"""
			SELECT o.export_id, o.ord, o.message_id FROM json_each(?) wanted
			CROSS JOIN observation o ON o.message_id = wanted.value
			""",
			(json.dumps(ids[start : start + _CHUNK]),),
		):
			yield row[0], row[1], row[2]


class _Numbers:
	"""Gives the messages that came out of comparing again their numbers."""

	def __init__(
		self,
		c: Connection,
		changed: Changed,
		moved: Mapping[_Place, tuple[int, int]],
		fresh: int,
		newcomer: int | None,
	) -> None:
		self._c, self._changed, self._moved, self._fresh = c, changed, moved, fresh
		ranks = {one.id: rank for rank, one in enumerate(changed.exports)}
		touched = sorted({one for pair in moved.values() for one in pair})
		self._touched = set(touched)
		self._before: dict[_Place, int] = {}
		"""What each record held before was part of."""
		self._now: dict[_Place, int] = {}
		rows = sorted(_records_of(c, touched), key=lambda row: (ranks[row[0]], row[1]))
		for export_id, order, message_id in rows:
			where = (export_id, order)
			self._now[where] = message_id
			if export_id != newcomer:
				self._before[where] = moved[where][0] if where in moved else message_id

	def settle(self, group_id: int, at: datetime, unindexed: Collection[int]) -> None:
		"""Give out numbers, sort the versions by them, and drop what no record belongs to any more."""
		parts = self._parts()
		old_ids = [sorted({self._before[one] for one in part if one in self._before}) for part in parts]
		resting = rested(self._c, [one for ids in old_ids for one in ids])
		final: dict[_Place, int] = {}
		for part, ids in zip(parts, old_ids, strict=True):
			if self._is_structural(part) and resting.intersection(ids):
				self._propose(part, ids, at)
				final.update(self._as_before(part))
			else:
				final.update(self._numbered(part))
		_move(self._c, {where: new for where, new in final.items() if new != self._now[where]})
		self._changed.lines = {where[0] for where in final}
		living = set(final.values())
		gone = (self._touched | set(self._now.values())) - living
		absorbed = self._absorbed(final, gone)
		self._changed.gone |= gone
		self._changed.messages |= living
		if anything_said(self._c):
			sort_out(self._c, living)
		new, dropped = sort_versions(self._c, sorted(living), sorted(gone), unindexed)
		self._changed.versions += new
		self._changed.versions_gone |= dropped
		self._drop(gone, absorbed)

	def _parts(self) -> list[list[_Place]]:
		"""Return the records that belong together, before or now."""
		groups: dict[tuple[str, int], list[_Place]] = defaultdict(list)
		for where, message_id in self._now.items():
			groups["now", message_id].append(where)
			if where in self._before:
				groups["before", self._before[where]].append(where)
		seen: set[_Place] = set()
		found = []
		for start in self._now:
			if start in seen:
				continue
			seen.add(start)
			part, waiting = [], [start]
			while waiting:
				where = waiting.pop()
				part.append(where)
				beside = list(groups["now", self._now[where]])
				if where in self._before:
					beside += groups["before", self._before[where]]
				fresh = [one for one in beside if one not in seen]
				seen.update(fresh)
				waiting += fresh
			found.append(part)
		place = {where: at for at, where in enumerate(self._now)}
		return [sorted(part, key=place.__getitem__) for part in found]

	def _is_structural(self, part: Sequence[_Place]) -> bool:
		"""Say whether messages join or part."""
		pairs = {(self._before[one], self._now[one]) for one in part if one in self._before}
		return len({old for old, _ in pairs}) < len(pairs) or len({new for _, new in pairs}) < len(pairs)

	def _numbered(self, part: Sequence[_Place]) -> dict[_Place, int]:
		"""Return a number for each record of a part: its message has the oldest one whose first record is in it."""
		home: dict[int, int] = {}
		for where in part:
			if where in self._before:
				home.setdefault(self._before[where], self._now[where])
		numbers: dict[int, int] = {}
		for old, cluster in home.items():
			numbers[cluster] = min(old, numbers.get(cluster, old))
		for where in part:
			cluster = self._now[where]
			if cluster not in numbers:
				numbers[cluster] = self._new_message(cluster) if cluster in home else cluster
				if any(one in self._before for one in part if self._now[one] == cluster):
					self._changed.parted.add(numbers[cluster])
		return {where: numbers[self._now[where]] for where in part}

	def _new_message(self, like: int) -> int:
		new, self._fresh = self._fresh, self._fresh + 1
		self._c.exec_driver_sql(_COPY_MESSAGE, (new, UNPLACED - new, like))
		return new

	def _as_before(self, part: Sequence[_Place]) -> dict[_Place, int]:
		"""Leave every record where it was; the newcomer's go to the message of the first record beside them."""
		found = {where: self._before[where] for where in part if where in self._before}
		first: dict[int, int] = {}
		for where in part:
			if where in self._before:
				first.setdefault(self._now[where], self._before[where])
		given: set[int] = set()
		for where in part:
			if where in found:
				continue
			cluster = self._now[where]
			wish = first.get(cluster, cluster)
			if wish in given:
				wish = self._new_message(cluster)
			given.add(wish)
			found[where] = wish
		return found

	def _propose(self, part: Sequence[_Place], ids: Sequence[int], at: datetime) -> None:
		"""Put a join or a split to the clerk, unless she knows of it."""
		joined: dict[int, set[int]] = defaultdict(set)
		for where in part:
			if where in self._before:
				joined[self._now[where]].add(self._before[where])
		kind = "join" if any(len(one) > 1 for one in joined.values()) else "split"
		named = json.dumps(list(ids))
		known = self._c.exec_driver_sql(
			"SELECT 1 FROM join_proposal WHERE kind = ? AND messages = ?", (kind, named)
		).first()
		if known is None:
			self._c.exec_driver_sql(
				"INSERT INTO join_proposal(kind, messages, found_at) VALUES(?, ?, ?)", (kind, named, moment(at))
			)
			self._changed.proposals += 1

	def _absorbed(self, final: Mapping[_Place, int], gone: Collection[int]) -> dict[int, int]:
		"""Return for each number that was a message before and is none now the message that its first record is of."""
		found: dict[int, int] = {}
		for where, old in self._before.items():
			if old in gone:
				found.setdefault(old, final[where])
		return found

	def _drop(self, gone: Collection[int], absorbed: Mapping[int, int]) -> None:
		c = self._c
		pairs = [(new, old) for old, new in absorbed.items()]
		if pairs:
			c.exec_driver_sql("UPDATE message_alias SET message_id = ? WHERE message_id = ?", pairs)
			for table in ("suggestion", "meeting_item"):
				c.exec_driver_sql(f"UPDATE {table} SET message_id = ? WHERE message_id = ?", pairs)  # noqa: S608 (our own words)
			c.exec_driver_sql("INSERT INTO message_alias(message_id, old_id) VALUES(?, ?)", pairs)
		drop_messages(c, gone)


def drop_messages(c: Connection, ids: Collection[int]) -> None:
	"""Remove messages that no record belongs to, the numbers that meant them and the tags they had."""
	unsay(c, sorted(ids))
	for statement in (
		"DELETE FROM message_alias WHERE message_id = ?",
		"DELETE FROM suggestion WHERE message_id = ?",
		"DELETE FROM message WHERE id = ?",
	):
		if ids:
			c.exec_driver_sql(statement, [(one,) for one in sorted(ids)])
