"""Taking one export into the archive: its place in the fold, its records, what it changes in those held already.

Everything happens in the caller's transaction, in small steps, so that a cancelled import leaves nothing behind.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import ReadExport, Receipt
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.store import fold
from cranford_desktop.store.consequences import draw, messages_of
from cranford_desktop.store.groups import moment, receipt_json, wall
from cranford_desktop.store.held import digests_of
from cranford_desktop.store.joining import Changed, refold
from cranford_desktop.store.ordering import GAP
from cranford_desktop.store.writing import Writer, Written, index_versions

_MINUTE = timedelta(minutes=1)


class Added(NamedTuple):
	"""What taking an export did."""

	export_id: int
	receipt: Receipt
	"""The receipt given, with what only the archive can tell filled in."""
	root: str
	"""Root over its leaves, which the record of actions names so that nobody can rewrite both."""
	proposals: int
	"""Joins and splits of messages on which decisions or packs rest: put to the clerk, not done."""


def add_export(
	c: Connection,
	read: ReadExport,
	*,
	group_id: int,
	phone_id: int,
	files: Mapping[int, int],
	original_id: int,
	receipt: Receipt,
	at: datetime,
	merge: fold.Merging,
	aligned: fold.Aligned | None = None,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> Added:
	"""Write an export into the archive.

	`files`: record order → id of the sealed file it shows. `merge` compares exports; `aligned` is `fold.look`'s answer
	where nothing was written since. In `receipt` the export's id, new, matched, on_other_phones, files_filled,
	doubtful and clock_offset are filled in here. Raises `Cancelled` between steps once the clerk has stopped it; the
	caller's transaction then rolls everything back.
	"""
	before = fold.order(c, group_id)
	rank = fold.rank(before, read.last, read.sha256)
	digests = digests_of(c, files)
	if aligned is None:
		aligned = fold.NOTHING
		if rank:
			span = (read.first, read.last)
			aligned = fold.align(c, group_id, before[:rank], list(read.records), span, digests, merge)
	export_id = _insert_export(c, read, group_id, phone_id, original_id, at)
	me = fold.Placed(export_id, phone_id, read.sha256, read.first, read.last, aligned.offset)
	clock = aligned.offset - fold.frame(before)
	behind = None if aligned.matched else _behind_everything(c, group_id, read.first - clock)
	written = Writer(
		c,
		export_id=export_id,
		group_id=group_id,
		span=(read.first, read.last),
		offset=clock,
		matched=aligned.matched,
		files=files,
		digests=digests,
		first_position=behind,
	).write(read.records, len(read.records), progress, stopped)
	changed = refold(
		c,
		group_id,
		[*before[:rank], me, *before[rank:]],
		rank + 1,
		(read.first - aligned.offset, read.last - aligned.offset),
		merge,
		stopped,
		at=at,
		unindexed=written.versions,
		newcomer=export_id,
	)
	new = range(written.first_message, written.first_message + written.messages)
	unplaced: set[int] = set() if behind is not None else set(new)
	if rank < len(before):
		# Where phones contradict each other the earlier export is kept to: that may be this one now.
		unplaced.update(messages_of(c, export_id))
	draw(
		c,
		group_id,
		before,
		changed,
		unsettled=written.unsettled,
		unplaced=unplaced,
		lines=[export_id] if behind is None else [],
		stopped=stopped,
	)
	if changed.lines:
		fresh = (one for one in written.versions if one not in changed.versions_gone)
		index_versions(c, [*fresh, *changed.versions], stopped)
	else:
		index_versions(c, written.versions, stopped, alone=written.alone)
	receipt = _filled_in(c, receipt, me, written, aligned, changed, has_files=bool(files))
	c.exec_driver_sql(
		"UPDATE export SET root = ?, receipt = ? WHERE id = ?", (written.root, receipt_json(receipt), export_id)
	)
	fold.keep_doubts(c, export_id, aligned.doubtful)
	return Added(export_id, receipt, written.root, changed.proposals)


def export_root(c: Connection, export_id: int) -> str:
	"""Return the root over an import's leaves."""
	return str(c.exec_driver_sql("SELECT root FROM export WHERE id = ?", (export_id,)).scalar_one())


def _insert_export(
	c: Connection, read: ReadExport, group_id: int, phone_id: int, original_id: int, at: datetime
) -> int:
	row = c.exec_driver_sql(
		"""
		INSERT INTO export(sha256, file_name, group_id, phone_id, platform, date_order, dialect, first_at, last_at,
			records, unread_lines, original_id, root, receipt, imported_at)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '{}', ?) RETURNING id
		""",
		(
			read.sha256,
			read.file_name,
			group_id,
			phone_id,
			read.platform,
			read.date_order,
			read.dialect,
			wall(read.first),
			wall(read.last),
			len(read.records),
			json.dumps(list(read.unread_lines), ensure_ascii=False),
			original_id,
			moment(at),
		),
	)
	return int(row.scalar_one())


def _behind_everything(c: Connection, group_id: int, first: datetime) -> int | None:
	"""Return the first position behind a group's last message where an export begins later than that; else None."""
	last, position = c.exec_driver_sql(
		"""
		SELECT (SELECT max(sent_at) FROM message WHERE group_id = ?1),
			(SELECT max(position) FROM message WHERE group_id = ?1)
		""",
		(group_id,),
	).one()
	if last is None:
		return GAP
	return int(position) + GAP if wall(first) > last else None


def _filled_in(
	c: Connection,
	receipt: Receipt,
	me: fold.Placed,
	written: Written,
	aligned: fold.Aligned,
	changed: Changed,
	*,
	has_files: bool,
) -> Receipt:
	"""Return the receipt with what only the archive can tell."""
	last = changed.exports[-1].id == me.id
	held = list(aligned.matched.values())
	if not last:
		held = [one for one in messages_of(c, me.id) if one < written.first_message or one in changed.parted]
	frame = fold.frame(changed.exports)
	return replace(
		receipt,
		export_id=me.id,
		matched=len(held),
		new=written.records - len(held),
		on_other_phones=len(fold.shown_by_others(c, held, me.phone_id)),
		files_filled=_files_filled(c, me.id) if has_files else 0,
		clock_offset=(me.offset - frame) // _MINUTE,
		doubtful=len(aligned.doubtful),
	)


def _files_filled(c: Connection, export_id: int) -> int:
	"""Count the messages whose attachment only this export carries and others merely name or leave out."""
	return int(
		c.exec_driver_sql(
			"""
			SELECT count(*) FROM observation o WHERE o.export_id = ?1 AND o.file_id IS NOT NULL
				AND EXISTS (SELECT 1 FROM observation x
					WHERE x.message_id = o.message_id AND x.export_id != ?1 AND x.is_media = 1)
				AND NOT EXISTS (SELECT 1 FROM observation x
					WHERE x.message_id = o.message_id AND x.export_id != ?1 AND x.file_id IS NOT NULL)
			""",
			(export_id,),
		).scalar_one()
	)
