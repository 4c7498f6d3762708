"""The words of files: which wait to be read, what was found, and that they go with their files."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.store.groups import moment
from cranford_desktop.store.normal import normal

State = Literal["read", "no_text", "unreadable", "too_large"]
Source = Literal["content", "gist"]
FILE_INDEXES = "file_words", "file_plain"
READ_ENDINGS = "pdf", "docx"
"""Endings of the names of files whose words are read."""
_READABLE = " OR ".join(f"o.media_name LIKE '%.{ending}'" for ending in READ_ENDINGS)
_WAITING = f"""
	SELECT o.file_id, min(o.media_name) FROM observation o INDEXED BY ix_observation_file
	JOIN sealed_file f ON f.id = o.file_id
	WHERE o.file_id IS NOT NULL AND f.key IS NOT NULL AND ({_READABLE})
		AND NOT EXISTS (SELECT 1 FROM file_text t WHERE t.file_id = o.file_id AND t.source = 'content')
	GROUP BY o.file_id ORDER BY o.file_id
"""  # noqa: S608 (our own words)
_KNOWN_OF = "listened", "outside_copy", "thumbnail"
"""Other tables of what is known of a file."""


class Waiting(NamedTuple):
	"""A file whose words nobody has looked for."""

	file_id: int
	name: str


def waiting(c: Connection) -> list[Waiting]:
	"""Return the files whose words are still to be read, in the order they came."""
	return [Waiting(*row) for row in c.exec_driver_sql(_WAITING)]


def size(c: Connection, file_id: int) -> int:
	"""Return how many bytes a file has."""
	return int(c.exec_driver_sql("SELECT size FROM sealed_file WHERE id = ?", (file_id,)).scalar_one())


def is_held(c: Connection, file_id: int) -> bool:
	"""Say whether an export still shows a file: it may have been taken back while it was read."""
	shown = c.exec_driver_sql("SELECT 1 FROM observation WHERE file_id = ? LIMIT 1", (file_id,))
	return shown.first() is not None


def put(c: Connection, file_id: int, source: Source, state: State, text: str, at: datetime) -> None:
	"""Keep the words of a file, or the gist of one, in place of what was kept before."""
	_drop(c, "file_id = ? AND source = ?", (file_id, source))
	row = (file_id, source, state, normal(text), moment(at))
	text_id = c.exec_driver_sql(
		"INSERT INTO file_text(file_id, source, state, normal, read_at) VALUES(?, ?, ?, ?, ?) RETURNING id", row
	).scalar_one()
	for index in FILE_INDEXES:
		c.exec_driver_sql(f"INSERT INTO {index}(rowid, normal) VALUES(?, ?)", (text_id, row[3]))


def forget(c: Connection, file_ids: Sequence[int]) -> None:
	"""Drop all that is known of files which go: their words, small pictures, who listened, copies outside."""
	wanted = (json.dumps(list(file_ids)),)
	_drop(c, "file_id IN (SELECT value FROM json_each(?))", wanted)
	for table in _KNOWN_OF:
		c.exec_driver_sql(f"DELETE FROM {table} WHERE file_id IN (SELECT value FROM json_each(?))", wanted)  # noqa: S608 (our own names)


def _drop(c: Connection, which: str, values: tuple[str | int, ...]) -> None:
	"""Remove words, from the full text first: it has to be told what it forgets."""
	for index in FILE_INDEXES:
		c.exec_driver_sql(
			f"INSERT INTO {index}({index}, rowid, normal) SELECT 'delete', id, normal FROM file_text WHERE {which}",  # noqa: S608 (our own names)
			values,
		)
	c.exec_driver_sql(f"DELETE FROM file_text WHERE {which}", values)  # noqa: S608 (our own names)
