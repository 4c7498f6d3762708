"""Suggestions follow the texts they stand in when messages join, part or go; nothing here decides anything."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

_CHUNK = 4096
_FOLLOW = """
	INSERT INTO suggestion(message_id, version_id, detector, start, "end", found_at, state, reason, answered_at, scope,
		done, case_id)
	SELECT ?, ?, detector, start, "end", found_at, state, reason, answered_at, scope, done, case_id FROM suggestion
	WHERE version_id = ?
	ON CONFLICT(version_id, detector, start, "end") DO UPDATE SET state = excluded.state, reason = excluded.reason,
		answered_at = excluded.answered_at, scope = excluded.scope, done = excluded.done, case_id = excluded.case_id
	WHERE suggestion.state = 'open'
"""


def follow(c: Connection, shown: Iterable[tuple[int, int, int]]) -> None:
	"""Let suggestions stand in the versions that now hold their text: (version before, version now, its message).

	An answer wins over an open suggestion of the same place; a version that was looked at counts as looked at.
	"""
	moves = list(dict.fromkeys(shown))
	held: set[int] = set()
	before = [one[0] for one in moves]
	for start in range(0, len(before), _CHUNK):
		rows = c.exec_driver_sql(
			"SELECT DISTINCT version_id FROM suggestion WHERE version_id IN (SELECT value FROM json_each(?))",
			(json.dumps(before[start : start + _CHUNK]),),
		)
		held.update(row[0] for row in rows)
	wanted = [(owner, now, old) for old, now, owner in moves if old in held]
	if wanted:
		c.exec_driver_sql(_FOLLOW, wanted)
	if moves:
		c.exec_driver_sql(
			"INSERT OR IGNORE INTO looked_version(version_id) SELECT ? FROM looked_version WHERE version_id = ?",
			[(now, old) for old, now, _ in moves],
		)


def move(c: Connection, owners: Iterable[tuple[int, int]]) -> None:
	"""Let suggestions belong to the messages of which their versions are now: (message, version)."""
	c.exec_driver_sql("UPDATE suggestion SET message_id = ? WHERE version_id = ?", list(owners))


def forget(c: Connection, versions: Iterable[int]) -> None:
	"""Drop what was found in versions that go, and that they were looked at."""
	gone = [(one,) for one in versions]
	for table in ("suggestion", "looked_version"):
		c.exec_driver_sql(f"DELETE FROM {table} WHERE version_id = ?", gone)  # noqa: S608 (our own words)
