"""Writing the records of an export: observations with their leaves, versions, and the messages they begin."""

import gc
import json
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import Record
from cranford_desktop.domain.work import Progress, Stopped, check
from cranford_desktop.store import merkle
from cranford_desktop.store.groups import wall
from cranford_desktop.store.names import Aliases
from cranford_desktop.store.normal import normal
from cranford_desktop.store.ordering import GAP
from cranford_desktop.store.version_ids import VersionIds, second

CHUNK = 4000
UNPLACED = -(1 << 40)
"""Positions below belong to messages that have no place yet."""
_LATE = 3 * 86400
"""Seconds by which records of one file run backwards at most, as a rule."""

Body = tuple[str, str | None, str, int, int, str | None, str | None]
"""What makes a version: raw, text, kind, edited, deleted, event, named (JSON)."""

INSERT_MESSAGE = """
	INSERT INTO message(id, group_id, position, sent_at, precision, alias_id, sender_as_exported, kind,
		shown_version_id, edited, deleted) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_VERSION = """
	INSERT INTO version(id, message_id, raw, text, kind, edited, deleted, event, named, normal)
	VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_OBSERVATION = """
	INSERT INTO observation(export_id, ord, sent_at, precision, sender, kind, flags, version_id, message_id, is_media,
		media_name, file_id, salt, leaf) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_STATES = """
	SELECT id, sent_at, precision, alias_id, sender_as_exported, shown_version_id, set_aside FROM message
	WHERE id IN (SELECT value FROM json_each(?))
"""
_VERSIONS = """
	SELECT message_id, id, raw, text, kind, edited, deleted, event, named FROM version
	WHERE message_id IN (SELECT value FROM json_each(?))
"""
_FULL_TEXT = """
	INSERT INTO version_text(rowid, normal)
	SELECT v.id, v.normal FROM json_each(?) wanted CROSS JOIN version v ON v.id = wanted.value
"""


class Written(NamedTuple):
	"""What was written of an export."""

	records: int
	first_message: int
	messages: int
	"""New messages have the ids from the first on, in file order."""
	unsettled: Sequence[int]
	"""Matched messages that this export may show in another way."""
	versions: "array[int]"
	root: str


class _State(NamedTuple):
	"""A matched message as it stands before this export."""

	shown: tuple[str, str, int | None, str | None, int, int]
	versions: dict[Body, int]


class Writer:
	"""Writes the records of one export, a chunk at a time."""

	def __init__(
		self,
		c: Connection,
		*,
		export_id: int,
		group_id: int,
		span: tuple[datetime, datetime],
		offset: timedelta,
		matched: Mapping[int, int],
		files: Mapping[int, int],
		digests: Mapping[int, str],
		first_position: int | None,
	) -> None:
		"""`offset`: by how much the file's clock is ahead of the group's. `first_position`: where its new messages
		stand when all of them come after everything held; None: they get their places afterwards.
		"""
		self._c = c
		self._export_id, self._group_id, self._offset = export_id, group_id, offset
		self._matched, self._files, self._digests = matched, files, digests
		self._aliases = Aliases(c)
		self._ids = VersionIds(c, *span)
		self._message_id = next_message_id(c)
		self._position, self._step = (UNPLACED, -1) if first_position is None else (first_position, GAP)
		self._tree = merkle.Tree()
		self._versions: array[int] = array("q")
		self._unsettled: list[int] = []

	def write(self, records: Iterable[Record], total: int, progress: Progress, stopped: Stopped) -> Written:
		"""Write everything; raises `Cancelled` between chunks."""
		first = self._message_id
		rest = iter(records)
		done = 0
		with _no_collecting():
			while chunk := list(islice(rest, CHUNK)):
				check(stopped)
				self._write_chunk(chunk)
				done += len(chunk)
				progress(done, total, "messages")
		return Written(done, first, self._message_id - first, self._unsettled, self._versions, self._tree.root())

	def _write_chunk(self, records: Sequence[Record]) -> None:
		matched, files, aliases = self._matched, self._files, self._aliases
		states = self._states([matched[one.order] for one in records if one.order in matched]) if matched else {}
		salts = os.urandom(merkle.SALT_SIZE * len(records))
		messages: list[tuple[Any, ...]] = []
		versions: list[tuple[Any, ...]] = []
		observations: list[tuple[Any, ...]] = []
		sent_at: datetime | None = None
		shown = corrected = ""
		when = 0
		for place, record in enumerate(records):
			(
				order,
				at,
				precision,
				sender,
				raw,
				kind,
				text,
				edited,
				deleted,
				media_name,
				is_media,
				flags,
				event,
				named,
			) = record
			if at != sent_at:
				sent_at, shown, when = at, wall(at), second(at)
				corrected = wall(at - self._offset) if self._offset else shown
			body: Body = (
				raw,
				text,
				kind,
				int(edited),
				int(deleted),
				event,
				json.dumps(named, ensure_ascii=False) if named else None,
			)
			owner = matched.get(order) if matched else None
			version_id: int | None = None
			if owner is not None:
				state = states[owner]
				version_id = state.versions.get(body)
			if version_id is None:
				version_id = self._ids.at(when)
				self._versions.append(version_id)
				if media_name is None:
					searched = normal(text) if text else ""
				else:
					searched = normal(f"{text}\n{media_name}" if text else media_name)
				mine = owner if owner is not None else self._message_id
				versions.append((version_id, mine, *body, searched))
			alias_id = None if kind == "system" else aliases[sender]
			if owner is None:
				owner = self._message_id
				self._message_id += 1
				messages.append(
					(
						owner,
						self._group_id,
						self._position,
						corrected,
						precision,
						alias_id,
						sender,
						kind,
						version_id,
						int(edited),
						int(deleted or kind == "deleted"),
					)
				)
				self._position += self._step
			else:
				state.versions[body] = version_id
				same = (corrected, precision, state.shown[2] if kind == "system" else alias_id, sender, version_id, 0)
				if state.shown != same:
					self._unsettled.append(owner)
			file_id = files.get(order) if files else None
			digest = self._digests[order] if file_id is not None else None
			salt = salts[place * merkle.SALT_SIZE : (place + 1) * merkle.SALT_SIZE]
			leaf = merkle.leaf(salt, (order, shown, precision, sender, kind, raw, media_name, digest))
			self._tree.add(leaf)
			observations.append(
				(
					self._export_id,
					order,
					shown,
					precision,
					sender,
					kind,
					",".join(flags) if flags else "",
					version_id,
					owner,
					int(is_media),
					media_name,
					file_id,
					salt,
					leaf,
				)
			)
		for statement, rows in (
			(INSERT_MESSAGE, messages),
			(INSERT_VERSION, versions),
			(_INSERT_OBSERVATION, observations),
		):
			if rows:
				self._c.exec_driver_sql(statement, rows)
		self._ids.forget(when - _LATE)

	def _states(self, ids: Sequence[int]) -> dict[int, _State]:
		wanted = (json.dumps(ids),)
		states = {row[0]: _State(tuple(row[1:]), {}) for row in self._c.exec_driver_sql(_STATES, wanted)}
		for row in self._c.exec_driver_sql(_VERSIONS, wanted):
			states[row[0]].versions[tuple(row[2:])] = row[1]
		return states


def next_message_id(c: Connection) -> int:
	"""Return the first id that means no message yet."""
	taken = c.exec_driver_sql(
		"SELECT max(coalesce((SELECT max(id) FROM message), 0), coalesce((SELECT max(old_id) FROM message_alias), 0))"
	)
	return int(taken.scalar_one()) + 1


def index_versions(c: Connection, ids: Iterable[int], stopped: Stopped) -> None:
	"""Add versions to the full text in the order of their ids: unsorted costs four times as much."""
	ordered = array("q", sorted(ids))
	for start in range(0, len(ordered), CHUNK):
		check(stopped)
		c.exec_driver_sql(_FULL_TEXT, (json.dumps(ordered[start : start + CHUNK].tolist()),))


@contextmanager
def _no_collecting() -> Iterator[None]:
	"""Keep the collector out of a loop that makes millions of rows and no circles."""
	was_on = gc.isenabled()
	gc.disable()
	try:
		yield
	finally:
		if was_on:
			gc.enable()
