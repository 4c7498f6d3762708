"""Photos, documents, voice notes and links of the messages: looking at them, listening, and copies saved outside."""

import os
import re
from collections import deque
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Lock

from cranford_desktop.documents.photos import reencode, thumbnail
from cranford_desktop.documents.sound import decode
from cranford_desktop.domain.files import FileCounts, FileSort, HeldFile, HeldLink, OutsideCopy, Sound
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import files as books
from cranford_desktop.store import messages
from cranford_desktop.store.archive import Archive

SAVED = "saved a copy outside the archive"
GONE = "a copy outside is deleted"
LISTENED = "listened to a voice note"
_VIEW = 2000
_TOGETHER = 24
"""Small pictures kept in one go: one write for a screen of them."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class Files:
	"""Reads in batches of plain rows; what leaves the archive is warned of by the window and recorded here."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock
		self._made: deque[tuple[int, int, bytes | None]] = deque()
		self._lock = Lock()

	def counts(self, wanted: MessageFilter) -> FileCounts:
		"""Count the files and links of the messages that are meant."""
		with self._archive.reading() as connection:
			return books.counts(connection, wanted)

	def files(self, wanted: MessageFilter, sort: FileSort | None = None) -> list[HeldFile]:
		"""Return the files of the messages that are meant, newest first."""
		with self._archive.reading() as connection:
			return books.held_files(connection, wanted, sort)

	def links(self, wanted: MessageFilter) -> list[HeldLink]:
		"""Return the addresses in the texts of the messages that are meant, newest first."""
		with self._archive.reading() as connection:
			return list(books.links(connection, wanted))

	def thumbnail(self, file_id: int, box: int) -> bytes:
		"""Return a photo as a JPEG that fits a square of `box` pixels, kept encrypted for the next time.

		Raises `ProblemWithFile` if it is no photo that can be shown.
		"""
		with self._archive.reading() as connection:
			kept = books.kept_thumbnail(connection, file_id, box)
			if kept is None:
				data = self._archive.files.read_all(connection, messages.attachment_file(connection, file_id))
		if kept is None:
			jpeg: bytes | None = None
			with suppress(ProblemWithFile):
				jpeg = thumbnail(data, box).jpeg
			self._keep(file_id, box, jpeg)
			kept = (jpeg,)
		if kept[0] is None:
			raise ProblemWithFile("This file is no photo that can be shown.", "It is kept as it came.")
		return kept[0]

	def _keep(self, file_id: int, box: int, jpeg: bytes | None) -> None:
		with self._lock:
			self._made.append((file_id, box, jpeg))
			if len(self._made) < _TOGETHER:
				return
		self.settle()

	def settle(self) -> None:
		"""Keep the small pictures made since the last time; what cannot be kept now is made again when it is wanted."""
		with self._lock:
			some = list(self._made)
			self._made.clear()
		with self._archive.remembering() as connection:
			if connection is not None:
				for one in some:
					books.keep_thumbnail(connection, *one)

	def picture(self, file_id: int) -> bytes:
		"""Return a photo for looking at closely, as a JPEG of up to 2,000 pixels; raises `ProblemWithFile`."""
		return reencode(self._data(file_id), box=_VIEW).jpeg

	def sound(self, file_id: int) -> Sound:
		"""Return a voice note's samples, in memory only; raises `ProblemWithFile` where it cannot be played here."""
		return decode(self._data(file_id))

	def set_listened(self, file_id: int, by: str, on: date, gist: str) -> None:
		"""Record who listened to a voice note or looked at a video, when, and what it is about (searched like a text).

		Raises `CranfordError` without a name, or for a day to come.
		"""
		now = self._clock()
		who, about = " ".join(by.split()), gist.strip()
		if not who:
			raise CranfordError("Somebody listened: the record needs a name.", "Nothing was kept.", "Say who it was.")
		if on > now.date():
			raise CranfordError("That day is still to come.", "Nothing was kept.", "Give the day it was listened to.")
		with self._archive.writing(now) as change:
			messages.attachment_file(change.connection, file_id)
			books.set_listened(change.connection, file_id, who, on, about, now)
			change.record(LISTENED, {"file": file_id, "gist": bool(about)})

	def copy_name(self, file_id: int) -> str:
		"""Return a safe name for a copy of a file."""
		with self._archive.reading() as connection:
			return _safe(books.shown_name(connection, file_id))

	def save_copy(self, file_id: int, path: Path) -> OutsideCopy:
		"""Write a file's own bytes to a place outside the archive and enter it among the copies outside.

		A file of that name is replaced only when the new one is whole and entered. Raises `CranfordError`; then nothing
		is left there that was not there before.
		"""
		place = path.absolute()
		if place.resolve().is_relative_to(self._archive.folder.resolve()):
			raise ProblemWithFile(
				"That folder is the archive's own.", "Nothing was saved.", "Choose a folder outside it."
			)
		data = self._data(file_id)
		unfinished = place.with_name(f".{place.name}.unfinished")
		now = self._clock()
		try:
			_write(unfinished, data)
			with self._archive.writing(now) as change:
				number = books.add_copy(change.connection, file_id, str(place.parent), place.name, now)
				change.record(SAVED, {"file": file_id, "copy": number})
				unfinished.replace(place)
		except OSError as problem:
			raise ProblemWithFile(
				f"The copy could not be saved: {problem.strerror}.",
				"The file is safe in the archive.",
				"The disk may be full or write-protected. Choose another folder.",
			) from None
		finally:
			with suppress(OSError):
				unfinished.unlink(missing_ok=True)
		return next(one for one in self.copies() if one.id == number)

	def copies(self) -> list[OutsideCopy]:
		"""Return the copies saved outside, newest first."""
		with self._archive.reading() as connection:
			return books.copies(connection)

	def copy_gone(self, copy_id: int) -> None:
		"""Record that the clerk deleted a copy outside; raises `NotFound`."""
		now = self._clock()
		with self._archive.writing(now) as change:
			books.copy_gone(change.connection, copy_id, now.date())
			change.record(GONE, {"copy": copy_id})

	def _data(self, file_id: int) -> bytes:
		with self._archive.reading() as connection:
			return self._archive.files.read_all(connection, messages.attachment_file(connection, file_id))


def _safe(name: str) -> str:
	"""Return a file name that every system takes, whatever an export called the file."""
	plain = re.sub(r"[\x00-\x1f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "-", name).strip(" .")[-120:]
	return f"file-{plain}" if not plain or _RESERVED.match(plain) or plain.startswith("-") else plain


def _write(path: Path, data: bytes) -> None:
	handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
	with os.fdopen(handle, "wb") as file:
		file.write(data)
		file.flush()
		os.fsync(file.fileno())
