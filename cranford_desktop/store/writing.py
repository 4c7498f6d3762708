"""Writing the records of an export: observations with their leaves, versions, and the messages they begin."""

import json
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import Precision, Record
from cranford_desktop.domain.work import Progress, Stopped, check, uncollected
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
	"group_id, id, position, sent_at, shown_version_id, precision, kind, edited, deleted",
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
_PLAIN_MESSAGE = "id, position, sent_at, shown_version_id, alias_id, sender_as_exported"
_PLAIN_VERSION = "id, message_id, raw"
_PLAIN_OBSERVATION = "ord, sent_at, version_id, message_id, salt, leaf, sender"
"""Columns in which the rows of ordinary records differ."""
_SAME_MESSAGE = "group_id, precision, kind, edited, deleted"
_SAME_VERSION = "kind, edited, deleted"
_SAME_OBSERVATION = "export_id, precision, kind, is_media"
"""Columns in which they are the same."""
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
		self._said_by = _Quoted()
		self._at: datetime | None = None
		self._shown = self._corrected = ""
		self._second = 0

	def write(self, records: Iterable[Record], total: int, progress: Progress, stopped: Stopped) -> Written:
		"""Write everything; raises `Cancelled` between chunks."""
		first = self._message_id
		rest = iter(records)
		done = 0
		with uncollected():
			while chunk := list(islice(rest, CHUNK)):
				check(stopped)
				self._write_chunk(chunk)
				done += len(chunk)
				progress(done, total, "messages")
		new = self._message_id - first
		return Written(done, first, new, self._unsettled, self._versions, self._tree.root(), self._alone)

	def _write_chunk(self, records: Sequence[Record]) -> None:
		"""Write some records. What is done for each of a million is done here and not in functions of its own."""
		matched, files, said_by = self._matched, self._files, self._said_by
		states = self._states([matched[one.order] for one in records if one.order in matched]) if matched else {}
		usual = records[0].precision
		rows = _Rows(self._export_id, self._group_id, usual)
		for record, salt in zip(records, _salts(len(records)), strict=True):
			order, at, precision, sender, raw, kind, text, edited, deleted, media_name, is_media, flags, event, _ = (
				record
			)
			if at != self._at:
				self._set_time(at)
			owner = matched.get(order)
			plain = raw.isascii() and raw.isprintable()
			said = f'"{raw}"' if plain and '"' not in raw and "\\" not in raw else encode_basestring(raw)
			# Nearly all records: words that somebody sent, and nothing else to say of them.
			ordinary = kind == "message" and text is raw and sender is not None and precision == usual
			if edited or deleted or is_media or flags or media_name is not None or event is not None or order in files:
				ordinary = False
			if owner is None:
				owner, version_id = self._message_id, self._next_version()
				if ordinary and plain:
					rows.plain_versions.append((version_id, owner, raw))
				else:
					rows.add_version(version_id, owner, _body(record), media_name)
				alias_id = None if kind == "system" else self._aliases[sender]
				row = (owner, self._position, self._corrected, version_id)
				if ordinary:
					rows.plain_messages.append((*row, alias_id, sender))
				else:
					rows.add_message(row, record, alias_id)
				self._message_id = owner + 1
				self._position += self._step
			else:
				version_id = self._joined(rows, states[owner], owner, record)
			if ordinary:
				shown = self._shown
				written = f'{order},"{shown}","{precision}",{said_by[sender]},"message",{said},null,null'
				leaf = merkle.sealed(salt, written)
				rows.plain_observations.append((order, shown, version_id, owner, salt, bytearray(leaf), sender))
			else:
				leaf = self._observed(rows, record, (version_id, owner), said, salt)
			rows.leaves.append(leaf)
		self._tree.extend(rows.leaves)
		# Handed to the driver as they are: SQLAlchemy would copy each row first.
		with closing(self._c.connection.cursor()) as cursor:
			for statement, several in rows.statements():
				cursor.executemany(statement, several)
		self._ids.forget(self._second - _LATE)

	def _next_version(self) -> int:
		version_id = self._ids.at(self._second)
		self._versions.append(version_id)
		return version_id

	def _joined(self, rows: "_Rows", state: "_State", owner: int, record: Record) -> int:
		"""Return the version that a record of a held message shows; add it where it is new."""
		body = _body(record)
		version_id = state.versions.get(body)
		if version_id is None:
			version_id = state.versions[body] = self._next_version()
			rows.add_version(version_id, owner, body, record.media_name)
		alias_id = state.shown[2] if record.kind == "system" else self._aliases[record.sender]
		if state.shown != (self._corrected, record.precision, alias_id, record.sender, version_id, 0):
			self._unsettled.append(owner)
		return version_id

	def _observed(self, rows: "_Rows", record: Record, shows: tuple[int, int], said: str, salt: bytearray) -> bytes:
		"""Add what a record that is not ordinary shows of which version and message; return its leaf."""
		order, _, precision, sender, _, kind, _, _, _, media_name, is_media, flags, _, _ = record
		file_id = self._files.get(order)
		digest = self._digests[order] if file_id is not None else None
		file = f"{merkle.quoted(media_name)},{merkle.quoted(digest)}"
		written = f'{order},"{self._shown}","{precision}",{self._said_by[sender]},"{kind}",{said},{file}'
		leaf = merkle.sealed(salt, written)
		doubts, media = ",".join(flags), 1 if is_media else 0
		row = (order, self._shown, precision, kind, doubts, *shows, media, salt, bytearray(leaf))
		rows.add_observation(row, sender, media_name, file_id)
		return leaf

	def _set_time(self, at: datetime) -> None:
		"""Write a time once for the many records of one minute."""
		# Times of records have no parts of a second, so this is what `wall` says, in two thirds of the time.
		self._at, self._shown, self._second = at, at.isoformat(), second(at)
		self._corrected = wall(at - self._offset) if self._offset else self._shown

	def _states(self, ids: Sequence[int]) -> dict[int, _State]:
		wanted = (json.dumps(ids),)
		states = {row[0]: _State(tuple(row[1:]), {}) for row in self._c.exec_driver_sql(_STATES, wanted).fetchall()}
		for row in self._c.exec_driver_sql(_VERSIONS, wanted).fetchall():
			states[row[0]].versions[tuple(row[2:])] = row[1]
		return states


class _Quoted(dict[str | None, str]):
	"""Name as exported → as a leaf has it."""

	def __missing__(self, name: str | None) -> str:
		self[name] = found = merkle.quoted(name)
		return found


class _Rows:
	"""The rows of a chunk, by the statement that writes them; what is the same in all rows stands in the statement."""

	def __init__(self, export_id: int, group_id: int, precision: Precision) -> None:
		"""`precision`: that of the rows for ordinary records: plain words that somebody sent."""
		self._export_id, self._group_id, self._precision = export_id, group_id, precision
		self.plain_messages: list[tuple[Any, ...]] = []
		self.plain_versions: list[tuple[Any, ...]] = []
		self.plain_observations: list[tuple[Any, ...]] = []
		self.leaves: list[bytes] = []
		self._messages: tuple[list[tuple[Any, ...]], ...] = ([], [])
		self._versions: tuple[list[tuple[Any, ...]], ...] = ([], [], [])
		self._observations: tuple[list[tuple[Any, ...]], ...] = ([], [], [])

	def add_message(self, begun: tuple[Any, ...], record: Record, alias_id: int | None) -> None:
		"""Add a message of which number, position, time and shown version are given."""
		kind, sender = record.kind, record.sender
		deleted = 1 if record.deleted or kind == "deleted" else 0
		row = (*begun, record.precision, kind, 1 if record.edited else 0, deleted)
		if alias_id is None and sender is None:
			self._messages[0].append(row)
		else:
			self._messages[1].append((*row, alias_id, sender))

	def add_version(self, version_id: int, message_id: int, body: Body, media_name: str | None) -> None:
		"""Add a version; the full text reads what was written and the name of its file."""
		raw, text, kind, edited, deleted, event, named = body
		if media_name is None:
			searched = normal(text) if text else ""
		else:
			searched = normal(f"{text}\n{media_name}" if text else media_name)
		own_normal = None if searched == raw else searched
		row = (version_id, message_id, raw, kind, edited, deleted)
		if text != raw or event is not None or named is not None:
			own_text = text if text != raw else None
			self._versions[2].append((*row, own_normal, own_text, int(text is None), event, named))
		elif own_normal is not None:
			self._versions[1].append((*row, own_normal))
		else:
			self._versions[0].append(row)

	def add_observation(
		self, row: tuple[Any, ...], sender: str | None, media_name: str | None, file_id: int | None
	) -> None:
		"""Add an observation."""
		if media_name is not None or file_id is not None:
			self._observations[2].append((*row, sender, media_name, file_id))
		elif sender is not None:
			self._observations[1].append((*row, sender))
		else:
			self._observations[0].append(row)

	def statements(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
		"""Yield what to execute."""
		group, export, precision = str(self._group_id), str(self._export_id), f"'{self._precision}'"
		words, no = "'message'", "0"
		for table, columns, (same, *values), rows in (
			("message", _PLAIN_MESSAGE, (_SAME_MESSAGE, group, precision, words, no, no), self.plain_messages),
			("version", _PLAIN_VERSION, (_SAME_VERSION, words, no, no), self.plain_versions),
			(
				"observation",
				_PLAIN_OBSERVATION,
				(_SAME_OBSERVATION, export, precision, words, no),
				self.plain_observations,
			),
		):
			if rows:
				yield _insert(table, f"{same}, {columns}", tuple(values)), rows
		for table, (columns, *more), values, several in (
			("message", _MESSAGE, [group], self._messages),
			("version", _VERSION, [], self._versions),
			("observation", _OBSERVATION, [export], self._observations),
		):
			for besides, rows in zip(("", *more), several, strict=True):
				if rows:
					yield _insert(table, columns + besides, tuple(values)), rows


@lru_cache(maxsize=32)
def _insert(table: str, columns: str, values: tuple[str, ...]) -> str:
	"""Return a statement; `values`: what all rows have in the first columns, as SQL writes it."""
	count = len(columns.split(","))
	places = ", ".join([*values, *["?"] * (count - len(values))])
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
		1 if record.edited else 0,
		1 if record.deleted else 0,
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
