"""Writing the records of an export: observations with their leaves, versions, and the messages they begin."""

import gc
import json
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from json.encoder import encode_basestring
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
from cranford_desktop.store.versions import VERSION_INDEXES

CHUNK = 4096
"""Records written at once: a power of two, so that their leaves make a full tree."""
UNPLACED = -(1 << 40)
"""Positions below belong to messages that have no place yet."""
_LATE = 3 * 86400
"""Seconds by which records of one file run backwards at most, as a rule."""

Body = tuple[str, str | None, str, int, int, str | None, str | None]
"""What makes a version: raw, text, kind, edited, deleted, event, named (JSON)."""

_MESSAGE = (
	"id, group_id, position, sent_at, precision, kind, shown_version_id, edited, deleted",
	", alias_id, sender_as_exported",
)
_VERSION = (
	"id, message_id, raw, kind, edited, deleted",
	", own_normal",
	", own_normal, own_text, wordless, event, named",
)
_OBSERVATION = (
	"export_id, ord, sent_at, precision, kind, flags, version_id, message_id, is_media, salt, leaf",
	", sender",
	", sender, media_name, file_id",
)
"""Columns that every row has, and those that some have besides. The driver takes ten times as long over a column it is
given nothing for as over a number, so each row goes in by the shortest statement that holds it.
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
	INSERT INTO {index}(rowid, normal)
	SELECT v.id, v.normal FROM json_each(?) wanted CROSS JOIN version v ON v.id = wanted.value
"""
_FULL_TEXT_BETWEEN = "INSERT INTO {index}(rowid, normal) SELECT id, normal FROM version WHERE id BETWEEN ? AND ?"
_BETWEEN = "SELECT count(*) FROM (SELECT 1 FROM version WHERE id BETWEEN ? AND ? LIMIT ?)"


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
	alone: bool
	"""No other version stands between these."""


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
		self._alone = self._ids.alone
		self._unsettled: list[int] = []
		self._quoted: dict[str | None, str] = {}
		self._at: datetime | None = None
		self._shown = self._corrected = ""
		self._second = 0

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
		new = self._message_id - first
		return Written(done, first, new, self._unsettled, self._versions, self._tree.root(), self._alone)

	def _write_chunk(self, records: Sequence[Record]) -> None:
		matched, aliases = self._matched, self._aliases
		states = self._states([matched[one.order] for one in records if one.order in matched]) if matched else {}
		rows = _Rows()
		for record, salt in zip(records, _salts(len(records)), strict=True):
			if record.sent_at != self._at:
				self._set_time(record.sent_at)
			owner = matched.get(record.order)
			state = states[owner] if owner is not None else None
			body = _body(record)
			version_id = state.versions.get(body) if state is not None else None
			if version_id is None:
				version_id = self._ids.at(self._second)
				self._versions.append(version_id)
				rows.add_version(version_id, self._message_id if owner is None else owner, body, record.media_name)
			alias_id = None if record.kind == "system" else aliases[record.sender]
			if state is None or owner is None:
				owner = self._message_id
				self._add_message(rows, record, alias_id, version_id)
			else:
				state.versions[body] = version_id
				known = state.shown[2] if record.kind == "system" else alias_id
				same = (self._corrected, record.precision, known, record.sender, version_id, 0)
				if state.shown != same:
					self._unsettled.append(owner)
			self._add_observation(rows, record, version_id, owner, salt)
		self._tree.extend(rows.leaves)
		for statement, several in rows.statements():
			self._c.exec_driver_sql(statement, several)
		self._ids.forget(self._second - _LATE)

	def _set_time(self, at: datetime) -> None:
		"""Write a time once for the many records of one minute."""
		self._at, self._shown, self._second = at, wall(at), second(at)
		self._corrected = wall(at - self._offset) if self._offset else self._shown

	def _add_message(self, rows: "_Rows", record: Record, alias_id: int | None, version_id: int) -> None:
		row = (
			self._message_id,
			self._group_id,
			self._position,
			self._corrected,
			record.precision,
			record.kind,
			version_id,
			int(record.edited),
			int(record.deleted or record.kind == "deleted"),
		)
		if alias_id is None and record.sender is None:
			rows.messages[0].append(row)
		else:
			rows.messages[1].append((*row, alias_id, record.sender))
		self._message_id += 1
		self._position += self._step

	def _add_observation(self, rows: "_Rows", record: Record, version_id: int, owner: int, salt: bytearray) -> None:
		order, _, precision, sender, raw, kind, _, _, _, media_name, is_media, flags, _, _ = record
		file_id = self._files.get(order)
		by = self._quoted.get(sender)
		if by is None:
			by = self._quoted[sender] = merkle.quoted(sender)
		shows = "null,null"
		if media_name is not None or file_id is not None:
			digest = self._digests[order] if file_id is not None else None
			shows = f"{merkle.quoted(media_name)},{merkle.quoted(digest)}"
		leaf = merkle.sealed(
			salt, f'{order},"{self._shown}","{precision}",{by},"{kind}",{encode_basestring(raw)},{shows}'
		)
		rows.leaves.append(leaf)
		row = (
			self._export_id,
			order,
			self._shown,
			precision,
			kind,
			",".join(flags) if flags else "",
			version_id,
			owner,
			int(is_media),
			salt,
			bytearray(leaf),
		)
		if media_name is not None or file_id is not None:
			rows.observations[2].append((*row, sender, media_name, file_id))
		elif sender is not None:
			rows.observations[1].append((*row, sender))
		else:
			rows.observations[0].append(row)

	def _states(self, ids: Sequence[int]) -> dict[int, _State]:
		wanted = (json.dumps(ids),)
		states = {row[0]: _State(tuple(row[1:]), {}) for row in self._c.exec_driver_sql(_STATES, wanted).fetchall()}
		for row in self._c.exec_driver_sql(_VERSIONS, wanted).fetchall():
			states[row[0]].versions[tuple(row[2:])] = row[1]
		return states


class _Rows:
	"""The rows of a chunk, by the statement that writes them."""

	def __init__(self) -> None:
		self.messages: tuple[list[tuple[Any, ...]], ...] = ([], [])
		self.versions: tuple[list[tuple[Any, ...]], ...] = ([], [], [])
		self.observations: tuple[list[tuple[Any, ...]], ...] = ([], [], [])
		self.leaves: list[bytes] = []

	def add_version(self, version_id: int, message_id: int, body: Body, media_name: str | None) -> None:
		"""Add a version; the full text reads what was written and the name of its file."""
		raw, text, kind, edited, deleted, event, named = body
		if media_name is None:
			searched = normal(text) if text else ""
		else:
			searched = normal(f"{text}\n{media_name}" if text else media_name)
		row = (version_id, message_id, raw, kind, edited, deleted)
		own_normal = searched if searched != raw else None
		if text != raw or event is not None or named is not None:
			own_text = text if text != raw else None
			self.versions[2].append((*row, own_normal, own_text, int(text is None), event, named))
		elif own_normal is not None:
			self.versions[1].append((*row, own_normal))
		else:
			self.versions[0].append(row)

	def statements(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
		"""Yield what to execute."""
		for table, (columns, *more), several in (
			("message", _MESSAGE, self.messages),
			("version", _VERSION, self.versions),
			("observation", _OBSERVATION, self.observations),
		):
			for besides, rows in zip(("", *more), several, strict=True):
				if rows:
					yield _insert(table, columns + besides), rows


@cache
def _insert(table: str, columns: str) -> str:
	places = ", ".join("?" for _ in columns.split(","))
	return f"INSERT INTO {table}({columns}) VALUES({places})"


def _salts(count: int) -> Iterator[bytearray]:
	# The driver takes an array of bytes as it is, and asks around how to store any other kind.
	several = bytearray(os.urandom(merkle.SALT_SIZE * count))
	return (several[at : at + merkle.SALT_SIZE] for at in range(0, len(several), merkle.SALT_SIZE))


def _body(record: Record) -> Body:
	named = json.dumps(record.named, ensure_ascii=False) if record.named else None
	return (
		record.raw,
		record.text,
		record.kind,
		int(record.edited),
		int(record.deleted),
		record.event,
		named,
	)


def next_message_id(c: Connection) -> int:
	"""Return the first id that means no message yet."""
	taken = c.exec_driver_sql(
		"SELECT max(coalesce((SELECT max(id) FROM message), 0), coalesce((SELECT max(old_id) FROM message_alias), 0))"
	)
	return int(taken.scalar_one()) + 1


def index_versions(c: Connection, ids: Iterable[int], stopped: Stopped, *, alone: bool = False) -> None:
	"""Add versions to the full-text indexes in the order of their ids: unsorted costs four times as much.

	`alone`: the table holds no other versions between the first and the last of them.
	"""
	ordered = array("q", ids)
	if any(first >= second for first, second in pairwise(ordered)):
		ordered = array("q", sorted(ordered))
	for start in range(0, len(ordered), CHUNK):
		check(stopped)
		chunk = ordered[start : start + CHUNK]
		low, high = chunk[0], chunk[-1]
		among = alone or c.exec_driver_sql(_BETWEEN, (low, high, len(chunk) + 1)).scalar_one() == len(chunk)
		for index in VERSION_INDEXES:
			if among:
				c.exec_driver_sql(_FULL_TEXT_BETWEEN.format(index=index), (low, high))
			else:
				c.exec_driver_sql(_FULL_TEXT.format(index=index), (json.dumps(chunk.tolist()),))


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
