"""Attachments, originals, packs and reports: encrypted files under random names, their keys in the encrypted database.

Format of a file: 8 bytes of signature, then chunks of 256 KiB of content, each AES-256-GCM with a 16-byte tag. Each
file has its own random key, used for nothing else, so the nonce may count: 4 zero bytes, the chunk's number (7 bytes)
and 1 for the last chunk, 0 for the others. A chunk that was altered, moved, repeated or cut off therefore fails.
Order of work: encrypt → fsync → rename → row in the caller's transaction → folder fsync → commit. A file without a row
is an orphan of work that never finished, and is removed at the next start.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, CursorResult, insert, select

from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store.schema import sealed_file
from cranford_desktop.store.troubles import plainly

SIGNATURE = b"CRFSEAL1"
CHUNK = 1 << 18
"""Bytes of content in each chunk but the last."""
_TAG = 16
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Sealed:
	"""A file that is encrypted on disk and not yet known to the database."""

	name: str
	key: bytes
	sha256: str
	"""Hex digest of the plain content."""
	size: int
	"""Bytes of plain content."""
	purpose: str

	def __repr__(self) -> str:
		"""Show no key."""
		return f"Sealed({self.name!r}, {self.size} bytes, {self.purpose!r})"


class SealedFile(NamedTuple):
	"""A file the archive holds."""

	id: int
	sha256: str
	size: int


class Sealing:
	"""Writes one file, encrypted, with bounded memory; `sealed` says what it became."""

	def __init__(self, folder: Path, purpose: str) -> None:
		self._name = os.urandom(16).hex()
		self._target = folder / self._name
		self._part = folder / (self._name + _PART)
		self._purpose = purpose
		self._key = os.urandom(32)
		self._cipher = AESGCM(self._key)
		self._digest = sha256()
		self._waiting = bytearray()
		self._chunks = self._size = 0
		self._sealed: Sealed | None = None
		self._file: BinaryIO = os.fdopen(
			os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb"
		)
		self._file.write(SIGNATURE)

	@property
	def sealed(self) -> Sealed:
		"""The finished file; before the end of the `with` block there is none, and asking is a bug."""
		if self._sealed is None:
			raise AssertionError("not sealed yet")
		return self._sealed

	def write(self, data: bytes) -> None:
		"""Take the next bytes of the content."""
		self._digest.update(data)
		self._size += len(data)
		rest = memoryview(data)
		# A full chunk waits until more comes: whether it is the last one is part of what its tag covers.
		while rest:
			if len(self._waiting) == CHUNK:
				self._put(last=False)
			room = CHUNK - len(self._waiting)
			self._waiting += rest[:room]
			rest = rest[room:]

	def _put(self, *, last: bool) -> None:
		with plainly(files=True):
			self._file.write(self._cipher.encrypt(_nonce(self._chunks, last=last), bytes(self._waiting), SIGNATURE))
		self._chunks += 1
		self._waiting.clear()

	def finish(self) -> Sealed:
		"""Write the last chunk, bring the file to the disk and give it its name."""
		self._put(last=True)
		with plainly(files=True):
			self._file.flush()
			os.fsync(self._file.fileno())
			self._file.close()
			self._part.rename(self._target)
		self._sealed = Sealed(self._name, self._key, self._digest.hexdigest(), self._size, self._purpose)
		return self._sealed

	def abandon(self) -> None:
		"""Leave nothing behind."""
		with suppress(OSError):
			self._file.close()
		with suppress(OSError):
			self._part.unlink(missing_ok=True)


class SealedFiles:
	"""The encrypted files of one archive."""

	def __init__(self, folder: Path) -> None:
		self._folder = folder
		self._unsaved: set[str] = set()
		self._registered: set[str] = set()
		self._put: set[str] = set()
		self._renamed = False

	@property
	def folder(self) -> Path:
		"""Where the files lie."""
		return self._folder

	@contextmanager
	def sealing(self, purpose: str) -> Iterator[Sealing]:
		"""Open a file to be written in pieces; after the block its `sealed` can be registered.

		An exception in the block leaves nothing behind.
		"""
		with plainly(files=True):
			writer = Sealing(self._folder, purpose)
		try:
			yield writer
			sealed = writer.finish()
		except BaseException:
			writer.abandon()
			raise
		self._unsaved.add(sealed.name)
		self._renamed = True

	def seal(self, chunks: Iterable[bytes], purpose: str) -> Sealed:
		"""Encrypt a content to disk; its row follows with `register`, or `discard` takes it back."""
		with self.sealing(purpose) as writer:
			for chunk in chunks:
				writer.write(chunk)
		return writer.sealed

	def register(self, connection: Connection, sealed: Sealed) -> int:
		"""Add the row of a sealed file in the caller's transaction and return its id.

		The same content for the same purpose is kept once: then the earlier file's id is returned and this copy goes.
		"""
		known = connection.execute(
			select(sealed_file.c.id, sealed_file.c.file_name).where(
				sealed_file.c.sha256 == sealed.sha256,
				sealed_file.c.purpose == sealed.purpose,
				sealed_file.c.size == sealed.size,
				sealed_file.c.key.is_not(None),
			)
		).first()
		if known is not None and (self._folder / known.file_name).is_file():
			if sealed.name not in self._registered:
				self.discard(sealed)
			return int(known.id)
		inserted: CursorResult[Any] = connection.execute(
			insert(sealed_file).values(
				file_name=sealed.name,
				key=sealed.key,
				sha256=sealed.sha256,
				size=sealed.size,
				purpose=sealed.purpose,
			)
		)
		self._registered.add(sealed.name)
		return int(inserted.lastrowid)

	def held(self, connection: Connection, digest: str, purpose: str) -> int | None:
		"""Return the id of a file of this content (SHA-256, hex) that is held whole; None if there is none."""
		found = connection.execute(
			select(sealed_file.c.id, sealed_file.c.file_name)
			.where(sealed_file.c.sha256 == digest, sealed_file.c.purpose == purpose, sealed_file.c.key.is_not(None))
			.order_by(sealed_file.c.id)
		).first()
		return int(found.id) if found is not None and (self.folder / found.file_name).is_file() else None

	def put(self, connection: Connection, source: Iterable[bytes], purpose: str) -> SealedFile:
		"""Encrypt a small content and add its row, both inside the caller's transaction."""
		sealed = self.seal(source, purpose)
		self._put.add(sealed.name)
		return SealedFile(self.register(connection, sealed), sealed.sha256, sealed.size)

	def discard(self, sealed: Sealed) -> None:
		"""Remove a sealed file whose row was never committed; a committed one stays."""
		self._remove(sealed.name)

	def _remove(self, name: str) -> None:
		if name in self._unsaved:
			self._unsaved.discard(name)
			with suppress(OSError):
				(self._folder / name).unlink(missing_ok=True)

	def before_commit(self) -> None:
		"""Bring the names of new files to the disk; the archive calls it before each commit."""
		if self._renamed:
			self._renamed = False
			with plainly(files=True):
				sync_folder(self._folder)

	def after_change(self, *, committed: bool) -> None:
		"""Learn how the transaction ended: committed files are no longer `discard`'s to remove."""
		if committed:
			self._unsaved -= self._registered
		for name in self._put & self._unsaved:
			self._remove(name)
		self._registered.clear()
		self._put.clear()

	def read(self, connection: Connection, file_id: int) -> Iterator[bytes]:
		"""Yield the content of a file in chunks; each chunk is authentic, and the end checks size and digest.

		Raises `ProblemWithArchive` where the file is missing, damaged or erased.
		"""
		row = connection.execute(select(sealed_file).where(sealed_file.c.id == file_id)).first()
		if row is None:
			raise AssertionError("no such sealed file")
		if row.key is None:
			raise ProblemWithArchive(
				"This file was erased after its retention period.", "Its record of erasing is kept."
			)
		return self._content(row.file_name, row.key, row.sha256, row.size)

	def read_all(self, connection: Connection, file_id: int) -> bytes:
		"""Return the whole content of a file."""
		return b"".join(self.read(connection, file_id))

	def proves(self, name: str, key: bytes, digest: str, size: int, stopped: Stopped = never) -> str | None:
		"""Read one file through and throw its content away; return what is wrong: "missing", "damaged", or None."""
		try:
			for _ in self._content(name, key, digest, size):
				check(stopped)
		except ProblemWithArchive as problem:
			return "missing" if isinstance(problem.__cause__, FileNotFoundError) else "damaged"
		return None

	def sweep(self, connection: Connection) -> int:
		"""Remove files that no row knows, left by work that never finished; return how many."""
		known = set(connection.execute(select(sealed_file.c.file_name)).scalars())
		swept = 0
		with plainly(files=True):
			for path in self._folder.iterdir():
				if _is_ours(path.name) and path.name not in known and path.name not in self._unsaved:
					path.unlink(missing_ok=True)
					swept += 1
		return swept

	def _content(self, name: str, key: bytes, digest: str, size: int) -> Iterator[bytes]:
		found, length = sha256(), 0
		try:
			with (self._folder / name).open("rb") as file:
				for chunk in _decrypted(file, AESGCM(key)):
					found.update(chunk)
					length += len(chunk)
					yield chunk
		except FileNotFoundError as error:
			raise ProblemWithArchive(
				"A photo or file of the archive is missing from its folder.",
				"The messages themselves are there.",
				"Run the check of the archive to see how many, then restore the newest back-up into a new folder.",
				name,
			) from error
		except (InvalidTag, ValueError, OSError) as error:
			raise _damaged(name) from error
		if length != size or found.hexdigest() != digest:
			raise _damaged(name)


def sync_folder(folder: Path) -> None:
	"""Bring a folder's own list of names to the disk, where the system can (Windows cannot and need not)."""
	if os.name == "posix":
		handle = os.open(folder, os.O_RDONLY)
		try:
			os.fsync(handle)
		finally:
			os.close(handle)


_BINARY = getattr(os, "O_BINARY", 0)
_NAME_LENGTH = 32


def _is_ours(name: str) -> bool:
	stem = name.removesuffix(_PART)
	return len(stem) == _NAME_LENGTH and set(stem) <= set("0123456789abcdef")


def _nonce(number: int, *, last: bool) -> bytes:
	return bytes(4) + number.to_bytes(7, "big") + (b"\x01" if last else b"\x00")


def _decrypted(file: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
	if file.read(len(SIGNATURE)) != SIGNATURE:
		raise ValueError("not a sealed file")
	number, sealed = 0, file.read(CHUNK + _TAG)
	while True:
		following = file.read(CHUNK + _TAG)
		chunk = cipher.decrypt(_nonce(number, last=not following), sealed, SIGNATURE)
		if chunk or number:
			yield chunk
		if not following:
			return
		number, sealed = number + 1, following


def _damaged(name: str) -> ProblemWithArchive:
	return ProblemWithArchive(
		"A photo or file of the archive is damaged and cannot be shown.",
		"The messages themselves are there. Nothing has been changed.",
		"Run the check of the archive to see how many, then restore the newest back-up into a new folder.",
		name,
	)
