"""Reading everything again: every record against its leaf, every file against its digest, index, structure, actions.

Problems are plain sentences with counts; they never hold what a message or file says. Damage never stops the check:
what cannot be read is itself a problem, and the rest is still looked at.
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2

from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store import fold, ledger, merkle, settling
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.copies import page_problems
from cranford_desktop.store.said import UNSORTED
from cranford_desktop.store.schema import INDEXES, export, leaf, message, observation, sealed_file, version
from cranford_desktop.store.writing import UNPLACED

_BATCH = 2_000
_UNPLACED = "SELECT count(*) FROM message WHERE position <= ?"
_ORPHANS = {
	"observation": """
		SELECT count(*) FROM observation o LEFT JOIN version v ON v.id = o.version_id
		LEFT JOIN message m ON m.id = o.message_id WHERE v.message_id IS NOT m.id OR m.id IS NULL
	""",
	"version": """
		SELECT count(*) FROM version v LEFT JOIN message m ON m.id = v.message_id
		WHERE m.id IS NULL OR NOT EXISTS (SELECT 1 FROM observation o WHERE o.message_id = m.id AND o.version_id = v.id)
	""",
}
"""References that the tables do not check themselves."""
_FORMER = """
	SELECT count(*) FROM message_alias a WHERE EXISTS (SELECT 1 FROM message m WHERE m.id = a.old_id)
		OR NOT EXISTS (SELECT 1 FROM message m WHERE m.id = a.message_id)
"""
_UNREADABLE = (SQLAlchemyError, dbapi2.Error, ProblemWithArchive, ValueError, TypeError, AttributeError)
"""What damaged data may raise while it is read."""


@dataclass(frozen=True, slots=True)
class VerifyResult:
	"""What was read again, and what was wrong with it."""

	messages: int
	attachments: int
	"""Photos and files of messages; originals, packs and reports are read as well, but not counted here."""
	ledger_entries: int
	problems: tuple[str, ...]


def verify(archive: Archive, progress: Progress = unheard, stopped: Stopped = never) -> VerifyResult:
	"""Read everything again and change nothing; raises `Cancelled` when stopped."""
	problems: list[str] = []
	with archive.unchanging() as connection:
		problems += _pages(connection)
		check(stopped)
		problems += _index(connection)
	check(stopped)
	parts = _Parts(archive, progress, stopped)
	for name, part in (
		("The tables", parts.references),
		("The messages", parts.records),
		("The places of the messages", parts.places),
		("The photos and files", parts.files),
		("The record of actions", parts.actions),
	):
		try:
			with archive.reading() as connection:
				problems += part(connection)
		except _UNREADABLE:
			problems.append(f"{name} could not be read to the end: the archive's database is damaged.")
	return VerifyResult(parts.messages, parts.attachments, parts.entries, tuple(dict.fromkeys(problems)))


def _pages(connection: Any) -> list[str]:
	"""Check the pages of the file and the structure in it."""
	try:
		wrong = page_problems(connection)
	except dbapi2.Error:
		wrong = ["unreadable"]
	return ["The archive's database (archive.db) is damaged. Restore the newest back-up."] if wrong else []


def _index(connection: Any) -> list[str]:
	"""Compare the full-text indexes with their texts; the statement is an INSERT and is taken back."""
	for index in INDEXES:
		try:
			connection.execute("BEGIN IMMEDIATE")
			try:
				# Without the 1 an index over another table's texts is looked at for itself only.
				connection.execute(f"INSERT INTO {index}({index}, rank) VALUES('integrity-check', 1)")
			finally:
				connection.execute("ROLLBACK")
		except dbapi2.Error:
			return ["The search index does not agree with the messages and files: a search may miss some."]
	return []


class _Parts:
	"""The parts of a check that read through one moment of the archive each."""

	def __init__(self, archive: Archive, progress: Progress, stopped: Stopped) -> None:
		self._archive = archive
		self._progress = progress
		self._stopped = stopped
		self._roots: dict[int, str] = {}
		self.messages = self.attachments = self.entries = 0

	def references(self, connection: Connection) -> list[str]:
		"""Count rows that point to nothing."""
		problems = []
		broken: dict[str, int] = {}
		for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
			broken[row[0]] = broken.get(row[0], 0) + 1
		for table, query in _ORPHANS.items():
			if count := connection.exec_driver_sql(query).scalar_one():
				broken[table] = broken.get(table, 0) + count
		problems += [
			f"{_counted(count, 'entry', 'entries')} of “{table}” {'points' if count == 1 else 'point'} to nothing."
			for table, count in sorted(broken.items())
		]
		shown = version.alias()
		orphans = connection.execute(
			select(func.count())
			.select_from(message)
			.outerjoin(shown, (shown.c.id == message.c.shown_version_id) & (shown.c.message_id == message.c.id))
			.where(shown.c.id.is_(None))
		).scalar_one()
		if orphans:
			problems.append(f"{_counted(orphans, 'message has lost its', 'messages have lost their')} text.")
		seen = select(observation.c.ord).where(observation.c.message_id == message.c.id).exists()
		unseen = connection.execute(select(func.count()).select_from(message).where(~seen)).scalar_one()
		if unseen:
			problems.append(f"{_counted(unseen, 'message is', 'messages are')} in no export.")
		return problems

	def records(self, connection: Connection) -> list[str]:
		"""Recompute every leaf and every import's root."""
		total = connection.execute(select(func.count()).select_from(observation)).scalar_one()
		self.messages = connection.execute(select(func.count()).select_from(message)).scalar_one()
		problems, done = [], 0
		exports = connection.execute(select(export.c.id, export.c.root, export.c.records).order_by(export.c.id)).all()
		for one in exports:
			self._roots[one.id] = one.root
			tree, altered = _Leaves(connection, one.id), 0
			for batch in _batches(connection, one.id):
				check(self._stopped)
				for row in batch:
					tree.add(row.ord, row.leaf)
					altered += not _as_imported(row)
				done += len(batch)
				self._progress(done, total, "messages")
			if not tree.proves(one.root, one.records):
				problems.append(
					f"Import {one.id}: its records no longer add up to what was recorded when it was taken."
				)
			if altered:
				changed = _counted(
					altered, "record is not as it was when it was", "records are not as they were when they were"
				)
				problems.append(f"Import {one.id}: {changed} taken.")
		return problems

	def places(self, connection: Connection) -> list[str]:
		"""Work out again what messages are shown as, and look at their places, clocks and former numbers."""
		problems = []
		wrong = 0
		ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM message ORDER BY id")]
		for start in range(0, len(ids), _BATCH):
			check(self._stopped)
			wrong += len(settling.unsettled(connection, ids[start : start + _BATCH]))
		if wrong:
			problems.append(f"{_counted(wrong, 'message is', 'messages are')} not shown as the exports say.")
		for query, values, one, many in (
			(_UNPLACED, (UNPLACED // 2,), "message has", "messages have"),
			(_FORMER, (), "former number of a message has", "former numbers of messages have"),
		):
			count = connection.exec_driver_sql(query, values).scalar_one()
			if count:
				problems.append(f"{_counted(count, one, many)} no place.")
		if unsorted := connection.exec_driver_sql(UNSORTED).scalar_one():
			problems.append(f"{_counted(unsorted, 'kind or tag is', 'kinds and tags are')} not as the clerk said.")
		for row in connection.exec_driver_sql("SELECT id FROM chat_group"):
			if not fold.is_framed(connection, row[0]):
				problems.append(f"Group {row[0]}: the clocks of its phones were altered.")
		return problems

	def files(self, connection: Connection) -> list[str]:
		"""Decrypt every file and compare its digest."""
		rows = connection.execute(select(sealed_file).where(sealed_file.c.key.is_not(None)).order_by(sealed_file.c.id))
		wrong: dict[str, int] = {}
		files = rows.all()
		self.attachments = sum(row.purpose == "attachment" for row in files)
		for done, row in enumerate(files):
			self._progress(done, len(files), "photos and files")
			try:
				trouble = self._archive.files.proves(row.file_name, row.key, row.sha256, row.size, self._stopped)
			except _UNREADABLE:
				trouble = "damaged"
			if trouble is not None:
				wrong[trouble] = wrong.get(trouble, 0) + 1
		self._progress(len(files), len(files), "photos and files")
		return [
			f"{_counted(count, 'photo or file is', 'photos and files are')} {how}."
			for how, count in sorted(wrong.items())
		]

	def actions(self, connection: Connection) -> list[str]:
		"""Walk the chain; compare the imports' roots with those it names, where it does."""
		self.entries = connection.execute(text("SELECT count(*) FROM ledger")).scalar_one()
		problems = ledger.check(connection)
		if problems:
			return problems
		noted: dict[int, str] = {}
		for entry in ledger.entries(connection):
			root, number, undone = (entry.detail.get(key) for key in ("root", "export", "undone"))
			if isinstance(root, str) and isinstance(number, int):
				noted[number] = root
			elif isinstance(undone, int):
				noted.pop(undone, None)
		problems += [
			f"Import {number}: it is not the one that the record of actions names."
			for number, root in noted.items()
			if not _same(self._roots.get(number), root)
		]
		return problems


def _counted(count: int, one: str, many: str) -> str:
	return f"{count:,} {one if count == 1 else many}"


def _batches(connection: Connection, export_id: int) -> Iterator[Sequence[Any]]:
	"""Yield what an import's leaves cover, in file order."""
	o, v, f = observation.c, version.c, sealed_file.c
	wanted = (
		select(o.ord, o.sent_at, o.precision, o.sender, o.kind, v.raw, o.media_name, f.sha256, o.salt, o.leaf)
		.select_from(observation.outerjoin(version, v.id == o.version_id).outerjoin(sealed_file, f.id == o.file_id))
		.where(o.export_id == export_id)
		.order_by(o.ord)
	)
	result = connection.execution_options(yield_per=_BATCH).execute(wanted)
	yield from result.partitions()


def _as_imported(row: Any) -> bool:
	try:
		covered = merkle.observation(
			row.ord, row.sent_at, row.precision, row.sender, row.kind, row.raw, row.media_name, row.sha256
		)
		return hmac.compare_digest(merkle.leaf(row.salt, covered), row.leaf)
	except (TypeError, ValueError, AttributeError):
		return False


class _Leaves:
	"""The leaves of an import in file order: those of the records held, and between them those of erased ones."""

	def __init__(self, connection: Connection, export_id: int) -> None:
		erased = connection.execute(select(leaf).where(leaf.c.export_id == export_id).order_by(leaf.c.ord))
		self._erased = [(row.ord, row.leaf) for row in reversed(erased.all())]
		self._tree = merkle.Tree()
		self._whole = True

	def add(self, order: int, found: Any) -> None:
		"""Add the leaf of a record that is held."""
		while self._erased and self._erased[-1][0] < order:
			self._put(self._erased.pop()[1])
		self._put(found)

	def _put(self, found: Any) -> None:
		try:
			self._tree.add(found)
		except TypeError:
			self._whole = False

	def proves(self, root: str, records: int) -> bool:
		"""Say whether these are all the leaves that an import had."""
		while self._erased:
			self._put(self._erased.pop()[1])
		return self._whole and len(self._tree) == records and _same(self._tree.root(), root)


def _same(one: str | None, other: str) -> bool:
	return one is not None and one == other
