"""Taking an export back, as if it had never been imported; or setting it aside while something keeps it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.work import Stopped, never
from cranford_desktop.errors import NotFound
from cranford_desktop.store import file_texts, fold
from cranford_desktop.store.consequences import draw, living, messages_of
from cranford_desktop.store.groups import moment
from cranford_desktop.store.joining import drop_messages, refold
from cranford_desktop.store.resting import Depending, depends_on
from cranford_desktop.store.said import hand_over
from cranford_desktop.store.settling import settle
from cranford_desktop.store.versions import sort_versions
from cranford_desktop.store.writing import index_versions

__all__ = ["Depending", "Removed", "depends_on", "remove_export", "set_aside"]


class Removed(NamedTuple):
	"""What went with an export."""

	messages: int
	"""Messages that only it showed."""
	files: int
	"""Sealed files without a row now, its own original among them: `SealedFiles.sweep` removes them after commit."""


def remove_export(
	c: Connection, export_id: int, *, merge: fold.Merging, at: datetime, stopped: Stopped = never
) -> Removed:
	"""Take an export out as if it had never come in: later exports are compared again without it.

	What rests on it must have been asked before (`depends_on`). Raises `NotFound` for an export that is not held.
	"""
	group_id, original_id, phone_id = _export(c, export_id)
	before = fold.order(c, group_id)
	rank = next(place for place, one in enumerate(before) if one.id == export_id)
	me = before[rank]
	shown = sorted(set(messages_of(c, export_id)))
	files = {
		row[0]
		for row in c.exec_driver_sql(
			"SELECT DISTINCT file_id FROM observation WHERE export_id = ? AND file_id IS NOT NULL", (export_id,)
		)
	}
	names = {
		row[0] for row in c.exec_driver_sql("SELECT DISTINCT sender FROM observation WHERE export_id = ?", (export_id,))
	}
	hand_over(c, export_id)
	for statement in ("DELETE FROM observation WHERE export_id = ?", "DELETE FROM leaf WHERE export_id = ?"):
		c.exec_driver_sql(statement, (export_id,))
	c.exec_driver_sql("DELETE FROM export WHERE id = ?", (export_id,))
	span = (me.first - me.offset, me.last - me.offset)
	changed = refold(c, group_id, [*before[:rank], *before[rank + 1 :]], rank, span, merge, stopped, at=at)
	left = living(c, [one for one in shown if one not in changed.gone])
	gone = sorted(set(shown).difference(left, changed.gone))
	new, _ = sort_versions(c, left, gone, changed.versions)
	drop_messages(c, gone)
	changed.gone.update(gone)
	draw(
		c,
		group_id,
		before,
		changed,
		unsettled=left,
		unplaced=left,
		lines=[],
		stopped=stopped,
	)
	index_versions(c, [*new, *changed.versions], stopped)
	_forget_names(c, [one for one in names if one is not None])
	c.exec_driver_sql(
		"DELETE FROM phone WHERE id = ? AND person_id IS NULL"
		" AND NOT EXISTS (SELECT 1 FROM export WHERE export.phone_id = phone.id)",
		(phone_id,),
	)
	_forget_group(c, group_id)
	return Removed(len(gone), _forget_files(c, [*sorted(files), original_id]))


def set_aside(c: Connection, export_id: int, at: datetime, stopped: Stopped = never) -> int:
	"""Set an export aside: what no other export shows leaves browsing, and requests still find it. Return how many
	messages that are.
	"""
	_export(c, export_id)
	c.exec_driver_sql("UPDATE export SET set_aside_at = ? WHERE id = ?", (moment(at), export_id))
	ids = sorted(set(messages_of(c, export_id)))
	settle(c, ids, stopped)
	return int(
		c.exec_driver_sql(
			"SELECT count(DISTINCT o.message_id) FROM observation o JOIN message m ON m.id = o.message_id"
			" WHERE o.export_id = ? AND m.set_aside = 1",
			(export_id,),
		).scalar_one()
	)


def _export(c: Connection, export_id: int) -> tuple[int, int, int]:
	row = c.exec_driver_sql("SELECT group_id, original_id, phone_id FROM export WHERE id = ?", (export_id,)).first()
	if row is None:
		raise NotFound("The archive holds no such import.")
	return row[0], row[1], row[2]


def _forget_group(c: Connection, group_id: int) -> None:
	"""Take a group without an export out of the register, so that its chat is asked about anew; one of which the clerk
	recorded more than the name, or of which something was erased, stays.
	"""
	empty = c.exec_driver_sql(
		"""
		SELECT 1 FROM chat_group g WHERE g.id = ? AND g.since IS NULL AND g.admin IS NULL AND g.cut_off IS NULL
			AND NOT EXISTS (SELECT 1 FROM export e WHERE e.group_id = g.id)
			AND NOT EXISTS (SELECT 1 FROM message m WHERE m.group_id = g.id)
		""",
		(group_id,),
	).first()
	if empty is not None:
		c.exec_driver_sql("DELETE FROM phone WHERE group_id = ?", (group_id,))
		c.exec_driver_sql("DELETE FROM chat_group WHERE id = ?", (group_id,))


def _forget_names(c: Connection, exported: Sequence[str]) -> None:
	"""Drop or rewrite the aliases of names that only this export showed; one that the clerk named a person stays."""
	gone = {folded_name(one) for one in exported}
	left: dict[str, str] = {}
	# Along the index from one name to the next: there are few names and many records.
	for (name,) in c.exec_driver_sql(
		"""
		WITH RECURSIVE name(value) AS (
			SELECT min(sender) FROM observation
			UNION ALL
			SELECT (SELECT min(sender) FROM observation WHERE sender > value) FROM name WHERE value IS NOT NULL
		) SELECT value FROM name
		WHERE value IS NOT NULL AND EXISTS (SELECT 1 FROM observation WHERE sender = value AND kind != 'system')
		"""
	).fetchall():
		folded = folded_name(name)
		left[folded] = min(plain_name(name), left.get(folded, plain_name(name)))
	for folded in gone:
		if folded in left:
			c.exec_driver_sql("UPDATE alias SET rendered = ? WHERE folded = ?", (left[folded], folded))
		else:
			c.exec_driver_sql("DELETE FROM alias WHERE folded = ? AND person_id IS NULL", (folded,))


def _forget_files(c: Connection, ids: Sequence[int]) -> int:
	"""Drop the rows of sealed files that nothing uses any more, and what is known of them; return how many."""
	unused = [
		row[0]
		for row in c.exec_driver_sql(
			"""
			SELECT id FROM sealed_file WHERE id IN (SELECT value FROM json_each(?))
				AND NOT EXISTS (SELECT 1 FROM observation WHERE file_id = sealed_file.id)
				AND NOT EXISTS (SELECT 1 FROM export WHERE original_id = sealed_file.id)
				AND NOT EXISTS (SELECT 1 FROM pack_file WHERE file_id = sealed_file.id)
				AND NOT EXISTS (SELECT 1 FROM letter_file WHERE file_id = sealed_file.id)
				AND NOT EXISTS (SELECT 1 FROM review WHERE report_id = sealed_file.id)
				AND NOT EXISTS (SELECT 1 FROM review_file WHERE file_id = sealed_file.id)
			""",
			(json.dumps(ids),),
		)
	]
	# What no export shows any more is not searched any more, even where a pack still holds the file.
	unseen = c.exec_driver_sql(
		"SELECT value FROM json_each(?) WHERE value NOT IN (SELECT file_id FROM observation WHERE file_id IS NOT NULL)",
		(json.dumps(ids),),
	)
	file_texts.forget(c, [row[0] for row in unseen])
	c.exec_driver_sql("DELETE FROM sealed_file WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(unused),))
	return len(unused)
