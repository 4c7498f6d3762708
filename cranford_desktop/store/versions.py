"""Versions follow their messages when these join or part: each byte-distinct body once under each message."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.store import following
from cranford_desktop.store.version_ids import VersionIds, second

VERSION_INDEXES = "version_text", "version_plain"
"""The full-text indexes over versions: by stems, and as written."""
_CHUNK = 4000
_BODIES = """
	SELECT o.export_id, o.ord, o.message_id, o.version_id, o.sent_at, v.message_id, v.raw, v.text, v.kind, v.edited,
		v.deleted, v.event, v.named
	FROM json_each(?) wanted CROSS JOIN observation o ON o.message_id = wanted.value
	JOIN version v ON v.id = o.version_id
"""
_COPY = """
	INSERT INTO version(id, message_id, raw, wordless, own_text, kind, edited, deleted, event, named, own_normal)
	SELECT ?, ?, raw, wordless, own_text, kind, edited, deleted, event, named, own_normal FROM version WHERE id = ?
"""


def sort_versions(
	c: Connection, living: Sequence[int], gone: Sequence[int], unindexed: Collection[int]
) -> tuple[list[int], set[int]]:
	"""Give every record of living messages its version under its message; drop versions that nothing shows.

	Return the new versions, which the full text does not know yet, and those dropped.
	"""
	used: dict[tuple[int, tuple[Any, ...]], list[Any]] = {}
	for start in range(0, len(living), _CHUNK):
		for row in c.exec_driver_sql(_BODIES, (json.dumps(living[start : start + _CHUNK]),)):
			used.setdefault((row[2], tuple(row[6:])), []).append(row)
	claimed: dict[int, int] = {}
	given: dict[tuple[int, tuple[Any, ...]], int] = {}
	for own in (True, False):
		for key, rows in sorted(used.items(), key=lambda item: item[0][0]):
			free = [row[3] for row in rows if row[3] not in claimed and (row[5] == key[0] or not own)]
			if key not in given and free:
				given[key] = min(free)
				claimed[given[key]] = key[0]
	new = _copies(c, used, given)
	_point(c, used, given)
	dropped = {one for one in _versions_of(c, [*living, *gone]) if one not in claimed and one not in new}
	drop_versions(c, dropped, unindexed)
	return sorted(new), dropped


def _copies(
	c: Connection, used: dict[tuple[int, tuple[Any, ...]], list[Any]], given: dict[tuple[int, tuple[Any, ...]], int]
) -> set[int]:
	"""Copy a version that stays with another message for each message that shows the same body."""
	new: set[int] = set()
	for key, rows in used.items():
		if key not in given:
			first = min(row[4] for row in rows)
			at = datetime.fromisoformat(first)
			given[key] = VersionIds(c, at, at).at(second(at))
			c.exec_driver_sql(_COPY, (given[key], key[0], rows[0][3]))
			new.add(given[key])
	return new


def _point(
	c: Connection, used: dict[tuple[int, tuple[Any, ...]], list[Any]], given: dict[tuple[int, tuple[Any, ...]], int]
) -> None:
	owners = {given[key]: key[0] for key in used}
	before = {row[3]: row[5] for rows in used.values() for row in rows}
	moved = [(owner, one) for one, owner in owners.items() if before.get(one, owner) != owner]
	if moved:
		c.exec_driver_sql("UPDATE version SET message_id = ? WHERE id = ?", moved)
		following.move(c, moved)
	shown = [(given[key], row[0], row[1]) for key, rows in used.items() for row in rows if row[3] != given[key]]
	if shown:
		c.exec_driver_sql("UPDATE observation SET version_id = ? WHERE export_id = ? AND ord = ?", shown)
		following.follow(
			c,
			[(row[3], given[key], key[0]) for key, rows in used.items() for row in rows if row[3] != given[key]],
		)


def text_when_decided(c: Connection, request_id: int, message_id: int) -> str | None:
	"""Return the words a message had when a request's decision on it was made; None where they are not known."""
	row = c.exec_driver_sql(
		"""
		SELECT v.text FROM decision d JOIN version v ON v.id = d.version_id
		WHERE d.request_id = ? AND d.message_id = ?
		""",
		(request_id, message_id),
	).first()
	return row[0] if row is not None else None


def _versions_of(c: Connection, ids: Sequence[int]) -> set[int]:
	return {
		row[0]
		for start in range(0, len(ids), _CHUNK)
		for row in c.exec_driver_sql(
			"SELECT id FROM version WHERE message_id IN (SELECT value FROM json_each(?))",
			(json.dumps(ids[start : start + _CHUNK]),),
		)
	}


def drop_versions(c: Connection, ids: Collection[int], unindexed: Collection[int] = ()) -> None:
	"""Remove versions, from the full text first: it has to be told the words it forgets."""
	indexed = sorted(set(ids).difference(unindexed))
	if indexed:
		for index in VERSION_INDEXES:
			c.exec_driver_sql(
				f"INSERT INTO {index}({index}, rowid, normal)"  # noqa: S608 (our own names)
				" SELECT 'delete', id, normal FROM version WHERE id = ?",
				[(one,) for one in indexed],
			)
	if ids:
		following.forget(c, sorted(ids))
		c.exec_driver_sql("DELETE FROM version WHERE id = ?", [(one,) for one in sorted(ids)])
