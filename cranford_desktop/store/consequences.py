"""What follows once records have come, gone, or gone to other messages: clocks, shown values, places."""

import json
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import Connection

from cranford_desktop.domain.work import Stopped
from cranford_desktop.store import fold, placing
from cranford_desktop.store.joining import Changed
from cranford_desktop.store.settling import settle

_MINUTE = timedelta(minutes=1)
_CHUNK = 4000


def draw(
	c: Connection,
	group_id: int,
	before: Sequence[fold.Placed],
	changed: Changed,
	*,
	unsettled: Collection[int],
	unplaced: Collection[int],
	lines: Sequence[int],
	stopped: Stopped,
) -> None:
	"""Work out the clocks, the shown values and the places of a group again.

	`before`: its exports as they were. `unsettled`: messages that an export may now show in another way. `unplaced`:
	messages whose place is open. `lines`: exports whose order the places do not reflect yet.
	"""
	again = set(unsettled) | changed.messages
	if before and fold.frame(before) != fold.frame(changed.exports):
		again.update(row[0] for row in c.exec_driver_sql("SELECT id FROM message WHERE group_id = ?", (group_id,)))
	else:
		held = {one.id: one.offset for one in before}
		for one in changed.exports:
			if held.get(one.id, one.offset) != one.offset:
				again.update(messages_of(c, one.id))
	_set_clocks(c, changed.exports)
	again -= changed.gone
	moved = settle(c, sorted(again), stopped)
	placing.place(
		c,
		group_id,
		(moved | set(unplaced) | changed.messages) - changed.gone,
		sorted(changed.lines.union(lines)),
		stopped,
	)


def messages_of(c: Connection, export_id: int) -> list[int]:
	"""Return the messages that an export shows."""
	return [row[0] for row in c.exec_driver_sql("SELECT message_id FROM observation WHERE export_id = ?", (export_id,))]


def _set_clocks(c: Connection, exports: Sequence[fold.Placed]) -> None:
	frame = fold.frame(exports)
	clocks = [((one.offset - frame) // _MINUTE, one.id) for one in exports]
	if clocks:
		c.exec_driver_sql("UPDATE export SET clock_offset = ?1 WHERE id = ?2 AND clock_offset != ?1", clocks)


def living(c: Connection, ids: Sequence[int]) -> list[int]:
	"""Return those of some messages that an export shows, in their order."""
	found: set[int] = set()
	for start in range(0, len(ids), _CHUNK):
		found.update(
			row[0]
			for row in c.exec_driver_sql(
				"SELECT value FROM json_each(?) wanted WHERE EXISTS"
				" (SELECT 1 FROM observation o WHERE o.message_id = wanted.value)",
				(json.dumps(ids[start : start + _CHUNK]),),
			)
		)
	return [one for one in ids if one in found]
