"""Writing one export into the archive: observations, leaves, versions, messages, their order, and the full text.

Everything happens in the caller's transaction, in small steps, so that a cancelled import leaves nothing behind.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.messages import ReadExport, Receipt, Record
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.store import merkle, ordering
from cranford_desktop.store.groups import moment, receipt_json, wall
from cranford_desktop.store.normal import normal
from cranford_desktop.store.settling import settle

_CHUNK = 4000
_PLACES = 1 << 20
"""Version ids within one second."""
_EPOCH = datetime(1970, 1, 1)

_Body = tuple[str, str | None, str, bool, bool]
"""What makes a version: raw, text, kind, edited, deleted."""

_INSERT_MESSAGE = """
	INSERT INTO message(id, group_id, position, sent_at, precision, alias_id, sender_as_exported, kind,
		shown_version_id, edited, deleted) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_VERSION = """
	INSERT INTO version(id, message_id, raw, text, kind, edited, deleted, normal) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_OBSERVATION = """
	INSERT INTO observation(export_id, ord, sent_at, precision, sender, kind, flags, version_id, message_id, is_media,
		media_name, file_id, salt) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FULL_TEXT = """
	INSERT INTO version_text(rowid, normal)
	SELECT v.id, v.normal FROM json_each(?) wanted CROSS JOIN version v ON v.id = wanted.value
"""


class _State(NamedTuple):
	"""A matched message as it stands before this export."""

	sent_at: str
	precision: str
	alias_id: int | None
	sender_as_exported: str | None
	version_id: int
	versions: dict[_Body, int]


def add_export(
	c: Connection,
	read: ReadExport,
	*,
	group_id: int,
	phone_id: int,
	matched: Mapping[int, int],
	files: Mapping[int, int],
	original_id: int,
	receipt: Receipt,
	at: datetime,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> int:
	"""Write an export into the archive and return its id.

	`matched`: record order → id of the message it is; every other record becomes a message of its own. `files`: record
	order → id of the sealed file it shows. Raises `Cancelled` between steps once the clerk has stopped it; the caller's
	transaction then rolls everything back.
	"""
	work = _Import(c, read, group_id=group_id, matched=matched, files=files, progress=progress, stopped=stopped)
	return work.write(phone_id, original_id, receipt, at)


def export_root(c: Connection, export_id: int) -> str:
	"""Return the root over an import's leaves, which the record of actions names so that nobody can rewrite both."""
	return str(c.exec_driver_sql("SELECT root FROM export WHERE id = ?", (export_id,)).scalar_one())


class _Import:
	"""One export on its way in."""

	def __init__(
		self,
		c: Connection,
		read: ReadExport,
		*,
		group_id: int,
		matched: Mapping[int, int],
		files: Mapping[int, int],
		progress: Progress,
		stopped: Stopped,
	) -> None:
		self._c = c
		self._read = read
		self._group_id = group_id
		self._matched = matched
		self._files = files
		self._progress = progress
		self._stopped = stopped
		self._export_id = self._next_id("export")
		self._records = list(read.records)
		self._times = [wall(record.sent_at) for record in self._records]
		self._aliases: dict[str | None, int | None] = {}
		self._digests: dict[int, str] = {}
		self._places: dict[int, int] = {}
		self._new_versions: list[int] = []
		self._leaves: list[bytes] = []
		self._unsettled: list[int] = []

	def write(self, phone_id: int, original_id: int, receipt: Receipt, at: datetime) -> int:
		"""Write everything and return the export's id."""
		records = self._records
		self._aliases = self._alias_ids(
			{one.sender for one in records if one.sender is not None and one.kind != "system"}
		)
		self._digests = self._file_digests()
		self._places = self._taken_places()
		positions = iter(self._positions())
		self._insert_export(phone_id, original_id, receipt, at)
		message_id = self._next_id("message")
		for start in range(0, len(records), _CHUNK):
			check(self._stopped)
			message_id = self._write_chunk(range(start, min(start + _CHUNK, len(records))), message_id, positions)
			self._progress(min(start + _CHUNK, len(records)), len(records), "messages")
		settle(self._c, sorted(set(self._unsettled)), self._stopped)
		self._index()
		self._c.exec_driver_sql("UPDATE export SET root = ? WHERE id = ?", (merkle.root(self._leaves), self._export_id))
		return self._export_id

	def _next_id(self, table: str) -> int:
		return int(self._c.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").scalar_one())  # noqa: S608 (our own table names)

	def _insert_export(self, phone_id: int, original_id: int, receipt: Receipt, at: datetime) -> None:
		read = self._read
		self._c.exec_driver_sql(
			"""
			INSERT INTO export(id, sha256, file_name, group_id, phone_id, platform, date_order, dialect, first_at,
				last_at, records, unread_lines, original_id, root, receipt, imported_at)
			VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)
			""",
			(
				self._export_id,
				read.sha256,
				read.file_name,
				self._group_id,
				phone_id,
				read.platform,
				read.date_order,
				read.dialect,
				min(self._times),
				max(self._times),
				len(read.records),
				json.dumps(list(read.unread_lines), ensure_ascii=False),
				original_id,
				receipt_json(receipt),
				moment(at),
			),
		)

	def _alias_ids(self, rendered: Iterable[str]) -> dict[str | None, int | None]:
		"""Return the alias of each rendered name, adding rows for new ones.

		Renderings that differ in case only are one alias; it is shown as the first of them in code-point order.
		"""
		plain: dict[str, str] = {}
		for one in rendered:
			name, folded = plain_name(one), folded_name(one)
			plain[folded] = min(name, plain.get(folded, name))
		held = {row[0]: row[1] for row in self._c.exec_driver_sql("SELECT folded, rendered FROM alias")}
		for folded, name in plain.items():
			if folded not in held:
				self._c.exec_driver_sql("INSERT INTO alias(rendered, folded) VALUES(?, ?)", (name, folded))
			elif name < held[folded]:
				self._c.exec_driver_sql("UPDATE alias SET rendered = ? WHERE folded = ?", (name, folded))
		ids = {row[0]: row[1] for row in self._c.exec_driver_sql("SELECT folded, id FROM alias")}
		return {None: None, **{one: ids[folded_name(one)] for one in rendered}}

	def _file_digests(self) -> dict[int, str]:
		rows = self._c.exec_driver_sql(
			"SELECT id, sha256 FROM sealed_file WHERE id IN (SELECT value FROM json_each(?))",
			(json.dumps(list(set(self._files.values()))),),
		)
		return {row[0]: row[1] for row in rows}

	def _taken_places(self) -> dict[int, int]:
		"""Return for each second of this export's span the first free version number in it."""
		seconds = [_second(one.sent_at) for one in self._read.records]
		rows = self._c.exec_driver_sql(
			"SELECT id >> 20, max(id) & 1048575 FROM version WHERE id BETWEEN ? AND ? GROUP BY 1",
			(min(seconds) * _PLACES, (max(seconds) + 1) * _PLACES - 1),
		)
		return {row[0]: row[1] + 1 for row in rows}

	def _version_id(self, sent_at: datetime) -> int:
		second = _second(sent_at)
		while self._places.get(second, 0) >= _PLACES:
			second += 1
		place = self._places.get(second, 0)
		self._places[second] = place + 1
		return second * _PLACES + place

	def _positions(self) -> list[int]:
		"""Return the positions of the new messages, in file order; renumbers the group where there is no room."""
		held = self._c.exec_driver_sql(
			"SELECT id, position, sent_at FROM message WHERE group_id = ? ORDER BY position", (self._group_id,)
		).fetchall()
		index = {row[0]: place for place, row in enumerate(held)}
		anchors = [
			index.get(self._matched[one.order]) if one.order in self._matched else None for one in self._read.records
		]
		into = ordering.slots(len(held), anchors, self._held_first(held))
		positions = ordering.places([row[1] for row in held], into)
		if positions is None:
			old, positions = ordering.renumbered(len(held), into)
			self._renumber([row[0] for row in held], [row[1] for row in held], old)
		return positions

	def _held_first(self, held: Sequence[Any]) -> Callable[[int, int], bool]:
		"""Return the comparison of `ordering.slots`: by minute, then by who and what, whichever side holds it."""

		def compare(place: int, order: int) -> bool:
			minute, other = held[place][2][:16], self._times[order][:16]
			if minute != other:
				return bool(minute < other)
			sender, raw = self._c.exec_driver_sql(
				"""
				SELECT m.sender_as_exported, v.raw
				FROM message m JOIN version v ON v.id = m.shown_version_id WHERE m.id = ?
				""",
				(held[place][0],),
			).one()
			record = self._records[order]
			return (plain_name(sender or ""), raw) <= (plain_name(record.sender or ""), record.raw)

		return compare

	def _renumber(self, ids: Sequence[int], before: Sequence[int], after: Sequence[int]) -> None:
		"""Move every message of the group; first out of the way, because (group, position) is unique at every step."""
		away = max(before[-1], before[-1] - before[0]) + 1
		self._c.exec_driver_sql("UPDATE message SET position = position - ? WHERE group_id = ?", (away, self._group_id))
		for chunk in _chunks(list(zip(after, ids, strict=True))):
			check(self._stopped)
			self._c.exec_driver_sql("UPDATE message SET position = ? WHERE id = ?", chunk)

	def _write_chunk(self, orders: range, message_id: int, positions: Iterator[int]) -> int:
		"""Write the records of one stretch of the file; return the next free message id."""
		records = self._records
		owners = [self._matched.get(records[place].order) for place in orders]
		states = self._states([owner for owner in owners if owner is not None])
		salts = os.urandom(merkle.SALT_SIZE * len(orders))
		messages: list[tuple[Any, ...]] = []
		versions: list[tuple[Any, ...]] = []
		observations: list[tuple[Any, ...]] = []
		leaves: list[tuple[Any, ...]] = []
		for place, (index, matched) in enumerate(zip(orders, owners, strict=True)):
			record, sent_at = records[index], self._times[index]
			body: _Body = (record.raw, record.text, record.kind, record.edited, record.deleted)
			state = states[matched] if matched is not None else None
			version_id = state.versions.get(body) if state is not None else None
			owner = matched if matched is not None else message_id
			if version_id is None:
				version_id = self._version_id(record.sent_at)
				self._new_versions.append(version_id)
				versions.append((version_id, owner, *body, _searched(record)))
			if state is None:
				messages.append(self._message(record, sent_at, owner, version_id, next(positions)))
				message_id += 1
			else:
				state.versions[body] = version_id
				if not self._agrees(record, sent_at, version_id, state):
					self._unsettled.append(owner)
			file_id = self._files.get(record.order)
			salt = salts[place * merkle.SALT_SIZE : (place + 1) * merkle.SALT_SIZE]
			observations.append(
				(
					self._export_id,
					record.order,
					sent_at,
					record.precision,
					record.sender,
					record.kind,
					",".join(record.flags),
					version_id,
					owner,
					int(record.is_media),
					record.media_name,
					file_id,
					salt,
				)
			)
			leaf = merkle.leaf(salt, self._observation(record, sent_at, file_id))
			leaves.append((self._export_id, record.order, leaf))
			self._leaves.append(leaf)
		for statement, rows in (
			(_INSERT_MESSAGE, messages),
			(_INSERT_VERSION, versions),
			(_INSERT_OBSERVATION, observations),
			("INSERT INTO leaf(export_id, ord, leaf) VALUES(?, ?, ?)", leaves),
		):
			if rows:
				self._c.exec_driver_sql(statement, rows)
		return message_id

	def _observation(self, record: Record, sent_at: str, file_id: int | None) -> Sequence[str | int | None]:
		digest = self._digests[file_id] if file_id is not None else None
		return merkle.observation(
			record.order, sent_at, record.precision, record.sender, record.kind, record.raw, record.media_name, digest
		)

	def _message(
		self, record: Record, sent_at: str, message_id: int, version_id: int, position: int
	) -> tuple[Any, ...]:
		return (
			message_id,
			self._group_id,
			position,
			sent_at,
			record.precision,
			None if record.kind == "system" else self._aliases[record.sender],
			record.sender,
			record.kind,
			version_id,
			int(record.edited),
			int(record.deleted or record.kind == "deleted"),
		)

	def _agrees(self, record: Record, sent_at: str, version_id: int, state: _State) -> bool:
		"""Say whether one more export that shows the message as it stands changes nothing in it."""
		return (
			state.version_id == version_id
			and state.sent_at == sent_at
			and state.precision == record.precision
			and state.sender_as_exported == record.sender
			and (record.kind == "system" or state.alias_id == self._aliases[record.sender])
		)

	def _states(self, ids: Sequence[int]) -> dict[int, _State]:
		if not ids:
			return {}
		wanted = (json.dumps(list(ids)),)
		states = {
			row[0]: _State(row[1], row[2], row[3], row[4], row[5], {})
			for row in self._c.exec_driver_sql(
				"""
				SELECT id, sent_at, precision, alias_id, sender_as_exported, shown_version_id FROM message
				WHERE id IN (SELECT value FROM json_each(?))
				""",
				wanted,
			)
		}
		for row in self._c.exec_driver_sql(
			"""
			SELECT message_id, id, raw, text, kind, edited, deleted FROM version
			WHERE message_id IN (SELECT value FROM json_each(?))
			""",
			wanted,
		):
			states[row[0]].versions[(row[2], row[3], row[4], bool(row[5]), bool(row[6]))] = row[1]
		return states

	def _index(self) -> None:
		"""Add the new versions to the full text in the order of their ids: unsorted costs four times as much."""
		for chunk in _chunks(sorted(self._new_versions)):
			check(self._stopped)
			self._c.exec_driver_sql(_FULL_TEXT, (json.dumps(chunk),))


def _second(at: datetime) -> int:
	passed = at - _EPOCH
	return passed.days * 86400 + passed.seconds


def _searched(record: Record) -> str:
	"""Return what the full text reads of a record: what was written, and the name of its file."""
	return normal("\n".join(part for part in (record.text, record.media_name) if part))


def _chunks(values: Sequence[Any]) -> Iterator[list[Any]]:
	for start in range(0, len(values), _CHUNK):
		yield list(values[start : start + _CHUNK])
