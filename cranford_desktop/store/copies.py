"""Copies of an archive's parts that were read back: for back-ups, restoring and updates."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.errors import Cancelled
from cranford_desktop.store import database
from cranford_desktop.store.troubles import damaged, plainly

_CHUNK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)
COUNTED = ("message", "version", "observation", "export", "sealed_file", "request", "case_file", "ledger")
"""Tables whose rows a manifest counts."""


@dataclass(frozen=True, slots=True)
class Contents:
	"""What a database holds, as far as two copies of it can be compared."""

	schema: int
	counts: Mapping[str, int]
	head_number: int
	head_hash: str


def copy_database(source: Any, target: Path, stopped: Stopped = never) -> None:
	"""Write a closed, compact copy of the database behind a driver's connection, under the same key."""
	os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
	source.set_progress_handler(lambda: 1 if stopped() else 0, 100_000)
	try:
		database.copy_into(source, str(target))
	except dbapi2.OperationalError as error:
		if "interrupted" in str(error):
			raise Cancelled from error
		raise
	finally:
		source.set_progress_handler(None, 0)
	with target.open("r+b") as file:
		os.fsync(file.fileno())


def contents(connection: Any) -> Contents:
	"""Count what a driver's connection sees."""
	head = connection.execute("SELECT number, hash FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
	return Contents(
		schema=connection.execute("PRAGMA user_version").fetchone()[0],
		counts={table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED},  # noqa: S608
		head_number=head[0] if head else 0,
		head_hash=head[1] if head else "",
	)


def read_back(file: Path, key: bytes) -> Contents:
	"""Read a closed copy through, every page, and count it; raises `ProblemWithArchive` if it is damaged."""
	with plainly():
		connection = database.connect(file, key, writer=False, journal=False)
		try:
			problems = page_problems(connection)
			if problems:
				raise damaged(problems[0])
			return contents(connection)
		finally:
			connection.close()


def page_problems(connection: Any) -> list[str]:
	"""Check the pages' authentication and the structure of a database; return what the driver says is wrong."""
	found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
	return found or [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)") if row[0] != "ok"]


def copy_file(source: Path, target: Path, stopped: Stopped = never) -> tuple[int, str]:
	"""Copy a file, bring it to the disk, and return its size and hex digest as they were read from the source."""
	digest, size = sha256(), 0
	handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
	with source.open("rb") as read, os.fdopen(handle, "wb") as write:
		while chunk := read.read(_CHUNK):
			check(stopped)
			digest.update(chunk)
			size += len(chunk)
			write.write(chunk)
		write.flush()
		os.fsync(write.fileno())
	return size, digest.hexdigest()


def digest_of(file: Path, stopped: Stopped = never) -> tuple[int, str]:
	"""Return a file's size and hex digest."""
	digest, size = sha256(), 0
	with file.open("rb") as read:
		while chunk := read.read(_CHUNK):
			check(stopped)
			digest.update(chunk)
			size += len(chunk)
	return size, digest.hexdigest()
