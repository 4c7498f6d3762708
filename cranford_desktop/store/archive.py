"""One council's archive on disk: create, open, read, write, close.

The folder holds archive.db (encrypted), keys.json (see `keys`), files/ (see `attachments`) and archive.lock. Readers
see one moment for as long as their block lasts; there is one writer at a time; each change is one transaction that
also writes its entry into the record of actions.
"""

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store import copies, database, keys, ledger, migrations, places
from cranford_desktop.store.attachments import SealedFiles
from cranford_desktop.store.lock import NAME as LOCK
from cranford_desktop.store.lock import FolderLock
from cranford_desktop.store.schema import setting
from cranford_desktop.store.troubles import busy, disk_full, plainly

__all__ = ["Archive", "Change", "Connection", "create", "needs_secret", "open_archive"]

DATABASE = "archive.db"
FILES = "files"
_WAIT_S = 30
_ROOM = 1 << 20
"""Bytes that opening needs: the journal and its index."""
_SYSTEM_LITTER = {".ds_store", "desktop.ini", "thumbs.db", ".localized", LOCK}
needs_secret = keys.needs_secret


class Change:
	"""A transaction being written."""

	def __init__(self, connection: Connection, at: datetime) -> None:
		self.connection = connection
		self._at = at
		self._recorded = 0

	def record(self, action: str, detail: Mapping[str, ledger.JSON]) -> None:
		"""Append an entry to the record of actions: ids, counts, codes and dates, never texts or names."""
		ledger.append(self.connection, self._at, action, detail)
		self._recorded += 1

	@property
	def recorded(self) -> int:
		"""How many entries this change has written."""
		return self._recorded


class Archive:
	"""An open archive. Made by `create` and `open_archive` only; safe to use from several threads."""

	def __init__(self, folder: Path, unlocked: keys.Keys, lock: FolderLock, engines: "_Engines") -> None:
		"""Take what opening made sure of: the lock is held, the keys fit, the database answers."""
		self.folder = folder
		self._keys = unlocked
		self._lock = lock
		self._writer, self._readers = engines
		self._writing = threading.Lock()
		self._writing_thread: int | None = None
		self._closed = False
		self.files = SealedFiles(folder / FILES)
		with self.reading() as connection:
			self.council = self.setting(connection, "council") or ""

	@property
	def practice(self) -> bool:
		"""A practice archive: its documents carry a watermark and its dates may lie ahead."""
		return self._keys.practice

	@property
	def encrypted(self) -> bool:
		"""A pass phrase was set; without one no document may claim encryption."""
		return self._keys.protected

	@property
	def keys(self) -> keys.Keys:
		"""The opened keys, for the other modules of `store`."""
		return self._keys

	@property
	def file(self) -> Path:
		"""The database file."""
		return self.folder / DATABASE

	@contextmanager
	def reading(self) -> Iterator[Connection]:
		"""Give a connection that sees one moment of the archive and cannot write."""
		self._require_open()
		with plainly(writing=False), self._readers.connect() as connection, connection.begin():
			yield connection

	@contextmanager
	def writing(self, at: datetime) -> Iterator[Change]:
		"""Give a transaction: all of it is kept at the end of the block, none of it after an exception.

		Waits for another writer. A block that records no action is a bug, and nothing of it is kept.
		"""
		with self._alone():
			committed = False
			try:
				with plainly(), self._writer.connect() as connection:
					with connection.begin():
						change = Change(connection, at)
						yield change
						if not change.recorded:
							raise AssertionError("a change without an entry in the record of actions")
						self.files.before_commit()
					committed = True
			finally:
				self.files.after_change(committed=committed)

	@contextmanager
	def remembering(self) -> Iterator[Connection | None]:
		"""Give a transaction for what can be made again at any time and says nothing new, such as small pictures: no
		entry in the record of actions. None where somebody is writing: then nothing is kept.
		"""
		if self._closed or not self._writing.acquire(blocking=False):
			yield None
			return
		self._writing_thread = threading.get_ident()
		try:
			with plainly(), self._writer.begin() as connection:
				yield connection
		finally:
			self._writing_thread = None
			self._writing.release()

	@contextmanager
	def unchanging(self) -> Iterator[Any]:
		"""Give a connection of the driver, outside a transaction, while nobody can write: for copies and checks."""
		with self._alone(), plainly():
			connection = database.connect(self.file, self._keys.derived("database"), writer=True)
			try:
				yield connection
			finally:
				connection.close()

	@contextmanager
	def _alone(self) -> Iterator[None]:
		"""Hold back other writers of this process; the lock on the folder has held back all others."""
		self._require_open()
		if self._writing_thread == threading.get_ident():
			raise AssertionError("a change inside a change")
		if not self._writing.acquire(timeout=_WAIT_S):
			raise busy()
		self._writing_thread = threading.get_ident()
		try:
			self._require_open()
			yield
		finally:
			self._writing_thread = None
			self._writing.release()

	def setting(self, connection: Connection, key: str) -> str | None:
		"""Return a setting; None where it was never set."""
		value = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
		return None if value is None else str(value)

	def set_setting(self, connection: Connection, key: str, value: str) -> None:
		"""Keep a setting, in the caller's change."""
		statement = insert(setting).values(key=key, value=value)
		connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

	def close(self) -> None:
		"""Fold the journal into the database, forget the keys' connections and let others open the archive."""
		if self._closed:
			return
		if self._writing_thread == threading.get_ident():
			raise AssertionError("closed inside a change")
		self._closed = True
		with self._writing:
			self._readers.dispose()
			with suppress(dbapi2.Error, DBAPIError):
				database.checkpoint(self._writer)
			self._writer.dispose()
			self._lock.release()

	def __enter__(self) -> "Archive":
		return self

	def __exit__(self, *_: object) -> None:
		self.close()

	def _require_open(self) -> None:
		if self._closed:
			raise ProblemWithArchive(
				"The archive has been closed.", "Everything that was saved is safe.", "Open it again."
			)


_Engines = tuple[Engine, Engine]
"""One for the writer, one for readers."""


def create(
	folder: Path,
	*,
	council: str,
	passphrase: str | None,
	practice: bool,
	now: datetime,
	cost: keys.Argon2Cost = keys.STANDARD_COST,
) -> tuple[Archive, str | None]:
	"""Set up a new archive in a new or empty folder; return it, open, and its printed recovery key.

	Without a pass phrase (a recorded choice) there is no recovery key: whoever has the folder can open the archive.
	`cost` is for tests; the default is the one to use. Raises `ProblemWithArchive`; then the folder is as it was.
	"""
	if passphrase is not None and not passphrase.strip():
		raise ProblemWithArchive(
			"The pass phrase is empty.", "Nothing has been set up.", "Choose a pass phrase of several words."
		)
	folder = folder.absolute()
	with new_folder(folder, practice=practice):
		new = keys.new_keys(practice=practice, protected=passphrase is not None)
		printed = keys.write(folder, new, passphrase, cost)
		with plainly(files=True):
			(folder / FILES).mkdir(mode=0o700)
			os.close(os.open(folder / DATABASE, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
		with plainly():
			_fill(folder, council, new, now)
	lock = FolderLock(folder)
	return Archive(folder, new, lock, _engines(folder, new)), printed


@contextmanager
def new_folder(folder: Path, *, practice: bool) -> Iterator[bool]:
	"""Make sure that a new archive may lie here and hold its lock for the block; says whether the folder is new.

	After an exception in the block the folder is as it was. Raises `ProblemWithArchive` for a synced or network folder,
	one that is not empty, and one that cannot be written.
	"""
	places.require_local(folder, practice=practice)
	made = not folder.exists()
	with plainly(files=True):
		_require_empty(folder)
		folder.mkdir(mode=0o700, parents=True, exist_ok=True)
		if os.name == "posix":
			folder.chmod(0o700)
	lock: FolderLock | None = None
	try:
		lock = FolderLock(folder)
		yield made
	except BaseException:
		if lock is not None:
			lock.release()
			undo_folder(folder, made=made)
		elif made:
			_remove_folder(folder)
		raise
	lock.release()


def open_archive(folder: Path, secret: str | None, *, updates: migrations.Updates = migrations.UPDATES) -> Archive:
	"""Open an archive with its pass phrase or recovery key; None where it has neither. Updates older tables.

	Raises `WrongSecret` or `ProblemWithArchive`, each with what is wrong: not an archive, key file missing or damaged,
	open in another window, database missing, damaged or newer, a synced or network folder.
	"""
	folder = folder.absolute()
	_require_archive(folder)
	places.require_local(folder, practice=keys.is_practice(folder))
	_require_room(folder)
	lock = FolderLock(folder)
	try:
		unlocked = keys.unlock(folder, secret)
		with plainly(files=True):
			# A lost folder of files must not keep the messages from being read.
			(folder / FILES).mkdir(mode=0o700, exist_ok=True)
		writer, readers = _engines(folder, unlocked)
		try:
			with plainly():
				migrations.bring_up_to_date(writer, lambda version: _copy_before(folder, unlocked, version), updates)
				archive = Archive(folder, unlocked, lock, (writer, readers))
				with archive.reading() as connection:
					archive.files.sweep(connection)
				# What work that never finished had written into the journal goes at once.
				database.checkpoint(writer)
			return archive
		except BaseException:
			writer.dispose()
			readers.dispose()
			raise
	except BaseException:
		lock.release()
		raise


def _engines(folder: Path, unlocked: keys.Keys) -> _Engines:
	key = unlocked.derived("database")
	file = folder / DATABASE
	return database.engine(file, key, writer=True), database.engine(file, key, writer=False)


def _fill(folder: Path, council: str, new: keys.Keys, now: datetime) -> None:
	writer = database.engine(folder / DATABASE, new.derived("database"), writer=True)
	try:
		with writer.begin() as connection:
			migrations.make_tables(connection)
			for key, value in (("council", council), ("archive", new.archive), ("created_at", ledger.moment(now))):
				connection.execute(insert(setting).values(key=key, value=value))
			detail: dict[str, ledger.JSON] = {
				"archive": new.archive,
				"pass_phrase": new.protected,
				"practice": new.practice,
			}
			ledger.append(connection, now, "archive set up", detail)
	finally:
		writer.dispose()


def _require_empty(folder: Path) -> None:
	if not folder.exists():
		return
	if not folder.is_dir():
		raise ProblemWithArchive(
			"This is a file, not a folder.", "Nothing has been changed.", "Choose a new or an empty folder."
		)
	names = {entry.name.casefold() for entry in folder.iterdir()} - _SYSTEM_LITTER
	if DATABASE in names and keys.NAME in names:
		raise ProblemWithArchive(
			"There is an archive in this folder already.",
			"Nothing has been changed.",
			"Open it, or choose a new or an empty folder.",
		)
	if names:
		raise ProblemWithArchive(
			"This folder is not empty.", "Nothing has been changed.", "Choose a new or an empty folder."
		)


def _require_archive(folder: Path) -> None:
	keys.needs_secret(folder)
	if (folder / "manifest.json").is_file():
		raise ProblemWithArchive(
			"This folder is a back-up, not an archive to work with.",
			"Nothing has been changed.",
			"Restore it into a new folder.",
		)
	if not (folder / DATABASE).is_file():
		raise ProblemWithArchive(
			"The archive's database (archive.db) is missing from its folder.",
			"Your back-ups are not affected. Nothing has been changed.",
			"Put the file back, or restore the newest back-up into a new folder.",
		)


def _require_room(folder: Path) -> None:
	"""Refuse a disk without room for the journal: the database would only say that the disk does not answer."""
	with plainly(files=True):
		if shutil.disk_usage(folder).free < _ROOM:
			raise disk_full()


def _copy_before(folder: Path, unlocked: keys.Keys, found: int) -> None:
	"""Keep the database as an older version left it, with the key file, beside the one that is changed."""
	kept = folder / f"before-update-{found}"
	with plainly(), plainly(files=True):
		if kept.exists():
			shutil.rmtree(kept)
		kept.mkdir(mode=0o700)
		source = database.connect(folder / DATABASE, unlocked.derived("database"), writer=True)
		try:
			copies.copy_database(source, kept / DATABASE)
		finally:
			source.close()
		copies.copy_file(folder / keys.NAME, kept / keys.NAME)
	copies.read_back(kept / DATABASE, unlocked.derived("database"))


def undo_folder(folder: Path, *, made: bool) -> None:
	"""Remove what setting up or restoring had put into an empty folder, so that it can be chosen again."""
	for name in (DATABASE, keys.NAME, LOCK):
		for ending in ("", ".part", "-wal", "-shm"):
			with suppress(OSError):
				(folder / (name + ending)).unlink(missing_ok=True)
	shutil.rmtree(folder / FILES, ignore_errors=True)
	if made:
		_remove_folder(folder)


def _remove_folder(folder: Path) -> None:
	with suppress(OSError):
		folder.rmdir()
