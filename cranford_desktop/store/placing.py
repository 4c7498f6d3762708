"""Giving messages their place in the conversation, where something changed and no further.

The place follows from the messages and the orders of all exports (`ordering`), whatever came in first. Only the stretch
around a change is worked out again: between two cuts where every time before is earlier than every time after and no
phone goes back across.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.work import Stopped, check
from cranford_desktop.store import ordering
from cranford_desktop.store.writing import UNPLACED

_CHUNK = 4000
_FEW = 100_000
_SHOWN_BY = """
	SELECT o.export_id, o.ord, o.message_id FROM json_each(?) wanted
	CROSS JOIN observation o ON o.message_id = wanted.value
"""
_KEYS = """
	SELECT m.id, v.kind, v.raw FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value
	JOIN version v ON v.id = m.shown_version_id
"""
_BESIDE_UNCERTAIN = """
	SELECT m.sent_at, n.sent_at, b.ord > o.ord FROM message m INDEXED BY ix_message_uncertain
	CROSS JOIN observation o ON o.message_id = m.id
	CROSS JOIN observation b ON b.export_id = o.export_id AND b.ord IN (
		(SELECT max(x.ord) FROM observation x WHERE x.export_id = o.export_id AND x.ord < o.ord),
		(SELECT min(x.ord) FROM observation x WHERE x.export_id = o.export_id AND x.ord > o.ord))
	CROSS JOIN message n ON n.id = b.message_id
	WHERE m.group_id = ? AND m.uncertain_order = 1
"""


def place(c: Connection, group_id: int, changed: Collection[int], exports: Sequence[int], stopped: Stopped) -> None:
	"""Give every message its place again that the change of some messages may have moved.

	`changed`: messages that are new, or shown with another time or text, or by other exports than before. `exports`:
	those whose order the places do not reflect yet.
	"""
	if not changed and not exports:
		return
	lines = [_line(c, export_id) for export_id in exports]
	span = _span(c, group_id, [*changed, *(one for line in lines for one in line)])
	if span is None:
		return
	backwards = _steps_back(c, group_id)
	low, high = _cuts(c, group_id, span, backwards)
	window = _Window(c, group_id, low, high, [one for one in backwards if low <= one[0] < high])
	window.arrange(set(changed), lines, stopped)
	window.write()


def _line(c: Connection, export_id: int) -> list[int]:
	"""Return the messages of an export in the order of its file."""
	rows = c.exec_driver_sql("SELECT message_id FROM observation WHERE export_id = ? ORDER BY ord", (export_id,))
	return [row[0] for row in rows.fetchall()]


def _span(c: Connection, group_id: int, ids: Sequence[int]) -> tuple[str, str] | None:
	first, last = None, None
	for start in range(0, len(ids), _CHUNK):
		low, high = c.exec_driver_sql(
			"""
			SELECT min(m.sent_at), max(m.sent_at) FROM json_each(?) wanted
			CROSS JOIN message m ON m.id = wanted.value WHERE m.group_id = ?
			""",
			(json.dumps(ids[start : start + _CHUNK]), group_id),
		).one()
		if low is not None:
			first, last = min(first or low, low), max(last or high, high)
	return (first, last) if first is not None and last is not None else None


def _cuts(c: Connection, group_id: int, span: tuple[str, str], backwards: Sequence[tuple[str, str]]) -> tuple[str, str]:
	"""Return from when (inclusive) to when (exclusive) the stretch around a span stands for itself."""
	low = span[0]
	while True:
		lower = min([low, *(first for first, last in backwards if first < low <= last)])
		lower = min(lower, _crossing(c, group_id, lower, "min(sent_at)", "sent_at < ?", "sent_at >= ?") or lower)
		if lower == low:
			break
		low = lower
	high = f"{span[1]}~"
	while True:
		higher = max([high, *(f"{last}~" for first, last in backwards if first < high <= last)])
		late = _crossing(c, group_id, higher, "max(sent_at)", "sent_at >= ?", "sent_at < ?")
		higher = max(higher, f"{late}~") if late is not None else higher
		if higher == high:
			break
		high = higher
	return low, high


def _crossing(c: Connection, group_id: int, cut: str, which: str, here: str, beyond: str) -> str | None:
	"""Return the time farthest from a cut of a message that stands on the other side of it than its time says."""
	down = here.startswith("sent_at <")
	inhabited = c.exec_driver_sql(
		f"SELECT 1 FROM message INDEXED BY ix_message_time WHERE group_id = ? AND {here} LIMIT 1",  # noqa: S608 (our own conditions)
		(group_id, cut),
	).first()
	if inhabited is None:
		return None
	edge = c.exec_driver_sql(
		f"SELECT {'min' if down else 'max'}(position) FROM message INDEXED BY ix_message_time"  # noqa: S608 (our own conditions)
		f" WHERE group_id = ? AND {beyond} AND position > {UNPLACED // 2}",
		(group_id, cut),
	).scalar()
	if edge is None:
		return None
	few = c.exec_driver_sql(
		f"SELECT count(*) FROM (SELECT 1 FROM message INDEXED BY ix_message_place"  # noqa: S608 (our own conditions)
		f" WHERE group_id = ? AND position {'>' if down else '<'} ? LIMIT {_FEW})",
		(group_id, edge),
	).scalar_one()
	# One index says which stand beyond the edge, the other which are of another time: whichever has less to say.
	index = "ix_message_place" if few < _FEW else "ix_message_time"
	found = c.exec_driver_sql(
		f"SELECT {which} FROM message INDEXED BY {index}"  # noqa: S608 (our own conditions)
		f" WHERE group_id = ? AND {here} AND position {'>' if down else '<'} ? AND position > {UNPLACED // 2}",
		(group_id, cut, edge),
	).scalar()
	return None if found is None else str(found)


def _steps_back(c: Connection, group_id: int) -> list[tuple[str, str]]:
	"""Return (earlier, later) between which a phone goes back where others contradict it: places do not show that."""
	found = []
	for here, there, later in c.exec_driver_sql(_BESIDE_UNCERTAIN, (group_id,)):
		first, second = (here, there) if later else (there, here)
		if first > second:
			found.append((second, first))
	return found


class _Window:
	"""A stretch of a group's conversation."""

	def __init__(self, c: Connection, group_id: int, low: str, high: str, backwards: Sequence[tuple[str, str]]) -> None:
		self._c, self._group_id = c, group_id
		self._low, self._high, self._backwards = low, high, backwards
		rows = c.exec_driver_sql(
			"""
			SELECT id, position, sent_at, uncertain_order FROM message INDEXED BY ix_message_time
			WHERE group_id = ? AND sent_at >= ? AND sent_at < ?
			""",
			(group_id, low, high),
		).fetchall()
		self._ids: list[int] = []
		self._positions: list[int | None] = []
		self._times: list[str] = []
		self._uncertain: set[int] = set()
		for row in sorted(rows, key=lambda row: row[1]):
			if row[3]:
				self._uncertain.add(len(self._ids))
			self._ids.append(row[0])
			self._positions.append(row[1] if row[1] > UNPLACED // 2 else None)
			self._times.append(row[2])
		self._index = {one: index for index, one in enumerate(self._ids)}
		self._order: list[int] = []
		self._doubtful: set[int] = set()
		self._held = list(self._positions)

	def arrange(self, changed: set[int], lines: Iterable[Sequence[int]], stopped: Stopped) -> None:
		"""Work out the order and who is uncertain in it."""
		chains = [[self._index[one] for one in line if one in self._index] for line in lines]
		placed = [index for index, position in enumerate(self._positions) if position is not None]
		stretch = self._stretches(placed, chains)
		dirty = {stretch[self._index[one]] for one in changed if one in self._index}
		for chain in chains:
			for first, second in pairwise(chain):
				one, other = self._positions[first], self._positions[second]
				if one is not None and other is not None and one >= other:
					dirty |= {stretch[first], stretch[second]}
			if self._uncertain:
				dirty |= {stretch[index] for index in chain} & {stretch[index] for index in self._uncertain}
		members: dict[int, list[int]] = {}
		for index, number in enumerate(stretch):
			members.setdefault(number, []).append(index)
		again = {number: inside for number, inside in members.items() if number in dirty and len(inside) > 1}
		found = self._arranged(again, stopped)
		self._order = []
		for number in sorted(members):
			inside = members[number]
			if number in found:
				order, doubtful = found[number]
				if not ordering.increasing(self._positions[index] for index in order):
					for index in order:
						self._positions[index] = None
				self._order += order
				self._doubtful |= doubtful
			else:
				self._order += inside
				if number not in dirty:
					self._doubtful |= self._uncertain.intersection(inside)

	def _stretches(self, placed: Sequence[int], chains: Iterable[Sequence[int]]) -> list[int]:
		"""Cut the window where it can be cut. What stands before an earlier time does so for a reason that is still
		there: it holds together what lies between.
		"""
		steps = [pair for chain in chains for pair in pairwise(chain)]
		latest = None
		for index in placed:
			if latest is not None and self._times[index] < self._times[latest]:
				steps.append((latest, index))
			else:
				latest = index
		by_time = {time: index for index, time in enumerate(self._times)}
		steps += [(by_time[later], by_time[earlier]) for earlier, later in self._backwards]
		return ordering.stretches(self._times, steps)

	def _arranged(self, stretches: dict[int, list[int]], stopped: Stopped) -> dict[int, tuple[list[int], set[int]]]:
		indices = [index for inside in stretches.values() for index in inside]
		ranks = {
			row[0]: rank
			for rank, row in enumerate(
				self._c.exec_driver_sql(
					"SELECT id FROM export WHERE group_id = ? ORDER BY last_at, sha256", (self._group_id,)
				)
			)
		}
		shown: dict[int, list[tuple[int, int]]] = {}
		texts: dict[int, tuple[str, str]] = {}
		for start in range(0, len(indices), _CHUNK):
			check(stopped)
			wanted = (json.dumps([self._ids[index] for index in indices[start : start + _CHUNK]]),)
			for row in self._c.exec_driver_sql(_SHOWN_BY, wanted).fetchall():
				shown.setdefault(self._index[row[2]], []).append((ranks[row[0]], row[1]))
			for row in self._c.exec_driver_sql(_KEYS, wanted).fetchall():
				texts[self._index[row[0]]] = (row[2], row[1])
		return {number: self._one(inside, shown, texts) for number, inside in stretches.items()}

	def _one(
		self, inside: Sequence[int], shown: dict[int, list[tuple[int, int]]], texts: dict[int, tuple[str, str]]
	) -> tuple[list[int], set[int]]:
		lines: dict[int, list[tuple[int, int]]] = {}
		for local, index in enumerate(inside):
			for rank, at in shown[index]:
				lines.setdefault(rank, []).append((at, local))
		chains = [[local for _, local in sorted(lines[rank])] for rank in sorted(lines)]
		keys: list[tuple[Any, ...]] = [(self._times[index], *texts[index], min(shown[index])) for index in inside]
		order, doubtful = ordering.arranged(keys, chains)
		return [inside[local] for local in order], {inside[local] for local in doubtful}

	def write(self) -> None:
		"""Write what changed."""
		marks = [(int(index in self._doubtful), self._ids[index]) for index in self._doubtful ^ self._uncertain]
		if marks:
			self._c.exec_driver_sql("UPDATE message SET uncertain_order = ? WHERE id = ?", marks)
		known: list[int | None] = []
		highest: int | None = None
		for index in self._order:
			position = self._positions[index]
			# A stretch that moved as a whole lets its places go.
			if position is not None and (highest is None or position > highest):
				highest = position
			else:
				position = None
			known.append(position)
		before, after = self._beside()
		filled = ordering.filled([*before, *known, *after])
		if filled is None:
			self._renumber()
			return
		fresh = filled[len(before) : len(before) + len(known)]
		_move(
			self._c,
			[
				(self._ids[index], new)
				for index, new in zip(self._order, fresh, strict=True)
				if self._held[index] != new
			],
		)

	def _beside(self) -> tuple[list[int], list[int]]:
		"""Return the last position before the window and the first behind it, where there is one."""
		held = [one for one in self._held if one is not None]
		conditions = (
			(("position < ?", min(held)), ("position > ?", max(held)))
			if held
			else (("sent_at < ?", self._low), ("sent_at >= ?", self._high))
		)
		low, high = (
			self._c.exec_driver_sql(
				f"SELECT {which}(position) FROM message WHERE group_id = ? AND {condition} AND position > ?",  # noqa: S608 (our own conditions)
				(self._group_id, value, UNPLACED // 2),
			).scalar()
			for which, (condition, value) in zip(("max", "min"), conditions, strict=True)
		)
		return [low] if low is not None else [], [high] if high is not None else []

	def _renumber(self) -> None:
		"""Give the whole group fresh places, with room between them."""
		inside = set(self._ids)
		before, after = self._beside()
		rows = self._c.exec_driver_sql(
			"SELECT id, position FROM message WHERE group_id = ? ORDER BY position", (self._group_id,)
		)
		others = [(row[0], row[1]) for row in rows if row[0] not in inside]
		ids = [
			*(one for one, position in others if before and position <= before[0]),
			*(self._ids[index] for index in self._order),
			*(one for one, position in others if after and position >= after[0]),
		]
		_move(self._c, [(one, ordering.GAP * place) for place, one in enumerate(ids, 1)])


def _move(c: Connection, places: Sequence[tuple[int, int]]) -> None:
	"""Move messages; first out of the way, because (group, position) is unique at every step."""
	if places:
		c.exec_driver_sql(
			"UPDATE message SET position = ? WHERE id = ?", [(2 * UNPLACED - one, one) for one, _ in places]
		)
		c.exec_driver_sql("UPDATE message SET position = ? WHERE id = ?", [(new, one) for one, new in places])
