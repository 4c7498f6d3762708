"""The encrypted database under SQLAlchemy: how a connection is opened, pooled and set up.

The key is given first and raw (a derived 32-byte key needs no stretching by the cipher), then what every connection
needs: silence of the cipher's own log, foreign keys, write-ahead log, full synchronisation, overwriting of what is
deleted, temporary tables in memory only.

A new file has pages of 16 KB: each is encrypted and authenticated on its own, and a message's rows fill few of them,
so an import takes less processor time than with the cipher's usual 4 KB. The file does not say which it has; those of
before keep theirs and are opened as they are.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

_BUSY_MS = 10_000
_CACHE_KIB = 32_000
"""Pages held decrypted: searches over 40,000 messages take a quarter less processor time than with SQLite's 2 MB."""


PAGE, OLD_PAGE = 16_384, 4096
"""Bytes of a page, in new files and in those of before."""


def connect(file: Path, key: bytes, *, writer: bool, journal: bool = True) -> Any:
	"""Open one connection of the driver; the caller closes it. `journal` False: a closed copy, left as it is."""
	connection = _unlocked(file, key)
	try:
		connection.execute("PRAGMA foreign_keys=ON")
		connection.execute("PRAGMA temp_store=MEMORY")
		connection.execute("PRAGMA secure_delete=ON")
		connection.execute("PRAGMA trusted_schema=OFF")
		connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
		if journal:
			# Needed before the first page is written; afterwards it only confirms what the file says.
			connection.execute("PRAGMA journal_mode=WAL")
		connection.execute("PRAGMA synchronous=FULL")
		if not writer:
			connection.execute("PRAGMA query_only=ON")
	except BaseException:
		connection.close()
		raise
	return connection


def _unlocked(file: Path, key: bytes) -> Any:
	"""Return a connection that reads the file by the key, with pages of the size it has; an empty file takes any."""
	for page in (PAGE, OLD_PAGE):
		connection = dbapi2.connect(str(file), isolation_level=None, check_same_thread=False, cached_statements=256)
		try:
			connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
			connection.execute("PRAGMA cipher_log_level=NONE")
			connection.execute(f"PRAGMA cipher_page_size={page}")
			connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
			connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
		except BaseException as error:
			connection.close()
			if page == OLD_PAGE or "not a database" not in str(error):
				raise
		else:
			return connection
	raise AssertionError("each size was tried")


def copy_into(connection: Any, target: str) -> None:
	"""Write a compact copy of a driver's connection into an empty file, with pages of the same size."""
	(page,) = connection.execute("PRAGMA page_size").fetchone()
	# The copy's pages are made by this, of the whole process; whoever connects says which he wants.
	connection.execute(f"PRAGMA cipher_default_page_size={int(page)}")
	connection.execute("VACUUM INTO ?", (target,))


def engine(file: Path, key: bytes, *, writer: bool) -> Engine:
	"""Return an engine over one file: a single connection for writing, or a pool of connections that cannot write."""

	def opened() -> Any:
		return connect(file, key, writer=writer)

	made = create_engine(
		"sqlite://",
		module=dbapi2,
		creator=opened,
		poolclass=QueuePool,
		pool_size=1 if writer else 4,
		max_overflow=0 if writer else 12,
		hide_parameters=True,
	)
	event.listen(made, "begin", _begin_immediate if writer else _begin)
	return made


def _begin(connection: Connection) -> None:
	connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
	connection.exec_driver_sql("BEGIN IMMEDIATE")


def checkpoint(engine: Engine) -> bool:
	"""Fold the journal into the database and empty it; False where a reader was in the way."""
	connection = engine.raw_connection()
	try:
		cursor = connection.cursor()
		cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
		row = cursor.fetchone()
		return row is not None and row[0] == 0
	finally:
		connection.close()
