"""The file that was handed in → the chat text and the list of its media, safely.

Nothing is ever unpacked to disk or written under a name that a zip chose. Every budget is enforced while streaming: a
zip may claim what it likes.
"""

import hashlib
import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cranford_desktop.domain.messages import MediaMember
from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.errors import Cancelled, CranfordError
from cranford_desktop.ingest import dialect, other_calendars
from cranford_desktop.ingest.encoding import decode_head
from cranford_desktop.ingest.file_types import changed, is_mail, refusal, refusal_of_zip, refuse
from cranford_desktop.ingest.zip_files import (
	CHUNK,
	DAMAGED,
	Entry,
	check_directory,
	damaged,
	entries_of,
	mail_export,
	stream,
	unreadable,
)

MAX_TEXT = 512 << 20
"""Bytes of one chat text. WhatsApp's own cap of 40,000 messages makes about 5 MB; several exports put together by hand
may make more. It is never held whole."""
MAX_LINE = 8 << 20
"""Bytes of one line. A WhatsApp message has at most about 65,000 characters."""
_HEAD = 128 << 10
_CHAT_NAME = re.compile(r"(?i)\AWhatsApp[ _-]?chat|whatsapp")


@dataclass(frozen=True, slots=True)
class Container:
	"""An export file, opened: the bytes of its chat text, and what lies beside it."""

	file_name: str
	sha256: str
	"""Hex digest of the whole file."""
	size: int
	chunks: Callable[[], Iterator[bytes]]
	"""Goes through the bytes of the chat text once more, read from the file each time; raises `ProblemWithFile` where
	the file is no longer the one that was opened."""
	chat_member: str | None
	"""Name of the chat text inside the zip, without folders; None for a plain text file."""
	media: dict[str, MediaMember]
	"""Files beside the chat text, by NFC name."""
	warnings: tuple[str, ...]


def open_export(path: Path, stopped: Stopped = never) -> Container:
	"""Open an export file, `.txt`, `.zip` or an e-mail that carries one, by what it holds rather than by its name.

	Raises `ProblemWithFile` in plain words for everything that is no export.
	"""
	size = _size(path)
	if size == 0:
		raise refuse("This file is empty.", "Ask the member to export the chat again.")
	try:
		with path.open("rb") as file:
			head = file.read(CHUNK)
			if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
				whole = _digest(file, stopped)
				opened = _zip(file, size, _readable(path.name), whole, stopped)
				return replace(opened.container, chunks=partial(_again, path, _stamp(file), opened.entry))
			if is_mail(head[: 16 << 10], path.name):
				return _mail(file, size, _readable(path.name), stopped)
			no = refusal(head[: 16 << 10])
			if no is not None:
				raise no
			digest = hashlib.sha256()
			taken = _Text("This file")
			file.seek(0)
			while chunk := file.read(CHUNK):
				check(stopped)
				digest.update(chunk)
				taken.add(chunk)
			chunks = partial(_again, path, _stamp(file), None)
			return Container(_readable(path.name), digest.hexdigest(), size, chunks, None, {}, ())
	except OSError as error:
		raise unreadable(error) from error


def folded(name: str) -> str:
	"""Return a file name as names are compared: composed, whatever its case, without invisible marks."""
	return unicodedata.normalize("NFC", name.translate(_INVISIBLE)).casefold()


_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))


def _readable(name: str) -> str:
	"""Return a file's name without bytes that are no characters, which Linux allows in names."""
	return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _size(path: Path) -> int:
	"""Return the size of an ordinary file; refuse everything else by what it is."""
	try:
		status = path.stat()
	except FileNotFoundError as error:
		raise refuse("There is no file at this place.", "Check the name, or choose the file again.") from error
	except (OSError, ValueError) as error:
		raise unreadable(error) from error
	if stat.S_ISDIR(status.st_mode):
		raise refuse("This is a folder, not a file.", "Choose the .zip or .txt file inside it.")
	if not stat.S_ISREG(status.st_mode):
		raise refuse("This is not an ordinary file.")
	return status.st_size


def _stamp(file: BinaryIO) -> tuple[int, int]:
	"""Return what changes when a file is written to: its size and the time of its last change."""
	status = os.fstat(file.fileno())
	return status.st_size, status.st_mtime_ns


def _again(path: Path, stamp: tuple[int, int], index: int | None) -> Iterator[bytes]:
	"""Go through a chat text again: of the whole file, or of the zip's entry with this index."""
	try:
		with path.open("rb") as file:
			if _stamp(file) != stamp:
				raise changed()
			if index is None:
				while chunk := file.read(CHUNK):
					yield chunk
			else:
				with zipfile.ZipFile(file) as archive:
					yield from stream(archive, archive.infolist()[index])
			if _stamp(file) != stamp:
				raise changed()
	except FileNotFoundError as error:
		raise changed() from error
	except OSError as error:
		raise unreadable(error) from error
	except DAMAGED as error:
		raise damaged(error) from error


class _Text:
	"""The budgets of a chat text, kept while it streams past."""

	def __init__(self, what: str) -> None:
		self.size = 0
		self._what = what
		self._line = 0

	def add(self, chunk: bytes) -> None:
		"""Take the next bytes; refuse a text or a line that no chat has."""
		at = chunk.find(b"\n")
		if self._line + (len(chunk) if at < 0 else at) > MAX_LINE:
			raise refuse(
				f"{self._what} has a line of more than {MAX_LINE >> 20} million characters. WhatsApp never writes such "
				"a line: this is no chat, or it was damaged."
			)
		self._line = self._line + len(chunk) if at < 0 else len(chunk) - chunk.rfind(b"\n") - 1
		self.size += len(chunk)
		if self.size > MAX_TEXT:
			raise refuse(f"{self._what} holds more than {MAX_TEXT >> 20} MB of text. No WhatsApp chat is that long.")


class _Opened(NamedTuple):
	"""A zip export, opened."""

	container: Container
	entry: int
	"""Which entry of the zip the chat text is."""


def _digest(file: BinaryIO, stopped: Stopped) -> str:
	"""Return the SHA-256 (hex) of a whole file."""
	digest = hashlib.sha256()
	file.seek(0)
	while chunk := file.read(CHUNK):
		check(stopped)
		digest.update(chunk)
	return digest.hexdigest()


def _zip(file: BinaryIO, size: int, name: str, digest: str, stopped: Stopped) -> _Opened:
	"""Read a zip export. Its chat text is not to be gone through yet."""
	check_directory(file, size)
	try:
		with zipfile.ZipFile(file) as archive:
			entries = entries_of(archive, size)
			chat = _chat_entry(archive, entries, name.rpartition(".")[0])
			taken = _Text("The chat text in this zip")
			for chunk in stream(archive, chat.info):
				check(stopped)
				taken.add(chunk)
	except (CranfordError, Cancelled):
		raise
	except DAMAGED as error:
		raise damaged(error) from error
	if not taken.size:
		raise refuse("The chat text in this zip is empty.", "Ask the member to export the chat again.")
	media, warnings = _media(entries, chat)
	return _Opened(Container(name, digest, size, _nothing, chat.name, media, warnings), chat.index)


def _mail(file: BinaryIO, size: int, name: str, stopped: Stopped) -> Container:
	"""Read the export that an e-mail carries: under the attachment's name, with the digest of the e-mail."""
	digest = _digest(file, stopped)
	file.seek(0)
	found = mail_export(file)
	check(stopped)
	data = found.chat.data
	if found.zipped:
		opened = _zip(io.BytesIO(data), len(data), found.chat.name or name, digest, stopped)
		return replace(opened.container, size=size, chunks=partial(_unzipped, data, opened.entry))
	taken = _Text("The chat text in this e-mail")
	for at in range(0, len(data), CHUNK):
		taken.add(data[at : at + CHUNK])
	media = {part.name: MediaMember(part.name, len(part.data), part.place) for part in found.beside}
	return Container(found.chat.name or name, digest, size, partial(_pieces, data), None, media, found.warnings)


def _nothing() -> Iterator[bytes]:
	"""Go through no bytes."""
	return iter(())


def _pieces(data: bytes) -> Iterator[bytes]:
	"""Go through bytes that are held, in chunks."""
	return (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))


def _unzipped(data: bytes, index: int) -> Iterator[bytes]:
	"""Go through one entry of a zip that is held."""
	with zipfile.ZipFile(io.BytesIO(data)) as archive:
		yield from stream(archive, archive.infolist()[index])


def _head(archive: zipfile.ZipFile, entry: Entry) -> str | None:
	"""Return the beginning of a text inside the zip; None where it is damaged there."""
	try:
		with archive.open(entry.info) as source:
			return decode_head(source.read(_HEAD))
	except DAMAGED:
		return None


def _chat_entry(archive: zipfile.ZipFile, entries: list[Entry], stem: str) -> Entry:
	"""Choose the chat text of a zip: not the first .txt, since a shared document may be one."""
	texts = [entry for entry in entries if entry.name.lower().endswith(".txt")]
	begun = {entry.index: _head(archive, entry) for entry in texts[:500]}
	heads = {index: head for index, head in begun.items() if head is not None}
	chats = [entry for entry in texts if entry.index in heads and dialect.looks_like_chat(heads[entry.index])]
	if not chats:
		# What has a chat's name but unknown dates is refused later, by the name of its dates.
		if len(heads) < len(begun):
			raise refuse(
				"The chat text in this zip is damaged.",
				"Copy it again from where it came from, or ask for a new export.",
			)
		named = [entry for entry in texts if entry.name.lower() == "_chat.txt" or _CHAT_NAME.match(entry.name)]
		strange = [entry for entry in texts if other_calendars.unread_dates(heads.get(entry.index) or "")]
		for choice in (named, strange):
			if choice:
				return choice[0]
		raise refusal_of_zip([entry.path for entry in entries])
	for wanted in (
		[entry for entry in chats if entry.name.lower() == "_chat.txt"],
		[entry for entry in chats if folded(entry.name) == folded(f"{stem}.txt")],
		[entry for entry in chats if _CHAT_NAME.match(entry.name)],
		chats,
	):
		if not wanted:
			continue
		depth = min(entry.path.count("/") for entry in wanted)
		top = [entry for entry in wanted if entry.path.count("/") == depth]
		# A chat that another one names as its attachment is a shared file.
		if len(top) > 1:
			top = [
				entry
				for entry in top
				if not any(entry.name in heads[other.index] for other in top if other.index != entry.index)
			] or top
		if len(top) == 1:
			return top[0]
		raise refuse(
			f"This zip holds {len(top)} chats. Which of them is meant cannot be told.",
			"Unpack it and import each chat on its own.",
		)
	raise AssertionError("chats is not empty")


def _media(entries: list[Entry], chat: Entry) -> tuple[dict[str, MediaMember], tuple[str, ...]]:
	"""List the files beside the chat text by NFC name; of two with one name the first stays."""
	media: dict[str, MediaMember] = {}
	kept: dict[str, zipfile.ZipInfo] = {}
	doubles = 0
	for entry in entries:
		if entry is chat:
			continue
		name = unicodedata.normalize("NFC", entry.name)
		first = kept.get(name)
		if first is not None:
			doubles += (first.CRC, first.file_size) != (entry.info.CRC, entry.info.file_size)
			continue
		kept[name] = entry.info
		media[name] = MediaMember(entry.name, entry.info.file_size, entry.index)
	if not doubles:
		return media, ()
	files = "1 file in the zip shares its" if doubles == 1 else f"{doubles:,} files in the zip share their"
	return media, (f"{files} name with another file in it; only the first of each name was taken.",)
