"""The file that was handed in → the chat text and the list of its media, safely.

Nothing is ever unpacked to disk or written under a name that a zip chose. Every budget is enforced while streaming: a
zip may claim what it likes.
"""

import hashlib
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cranford_desktop.domain.messages import MediaMember
from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.errors import Cancelled, CranfordError, ProblemWithFile
from cranford_desktop.ingest import dialect
from cranford_desktop.ingest.encoding import decode_head
from cranford_desktop.ingest.file_types import CHOOSE, refusal, refusal_of_zip, refuse

CHUNK = 1 << 20
MAX_TEXT = 100 << 20
"""Bytes of one chat text. WhatsApp's own cap of 40,000 messages makes about 5 MB."""
MAX_LINE = 8 << 20
"""Bytes of one line. A WhatsApp message has at most about 65,000 characters."""
MAX_ENTRIES = 50_000
MAX_DIRECTORY = 64 << 20
"""Bytes of a zip's table of contents, checked before it is read."""
MAX_MEMBER = 4 << 30
MAX_TOTAL = 40 << 30
MAX_RATIO = 200
"""How many times larger than its packed form an entry may be; chat text packs about 10:1, photos not at all."""
RATIO_FREE = 16 << 20
"""Bytes up to which the ratio says nothing: a small file can do no harm."""
_HEAD = 128 << 10
_UNPACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError, RuntimeError)
_BOMB_ADVICE = "Do not open it with other programs. Ask the member to export the chat again."
_CHAT_NAME = re.compile(r"(?i)\AWhatsApp[ _-]?chat|whatsapp")


@dataclass(frozen=True, slots=True)
class Container:
	"""An export file, opened: the bytes of its chat text, and what lies beside it."""

	file_name: str
	sha256: str
	"""Hex digest of the whole file."""
	size: int
	chat: bytes
	chat_member: str | None
	"""Name of the chat text inside the zip, without folders; None for a plain text file."""
	media: dict[str, MediaMember]
	"""Files beside the chat text, by NFC name."""
	warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
	"""One file of a zip, its name made readable."""

	index: int
	path: str
	info: zipfile.ZipInfo

	@property
	def name(self) -> str:
		return self.path.rsplit("/", 1)[-1]


def open_export(path: Path, stopped: Stopped = never) -> Container:
	"""Open an export file, `.txt` or `.zip`, by what it holds rather than by its name.

	Raises `ProblemWithFile` (or `NotBuiltYet` for an e-mail) in plain words for everything that is no export.
	"""
	size = _size(path)
	if size == 0:
		raise refuse("This file is empty.", "Ask the member to export the chat again.")
	try:
		with path.open("rb") as file:
			head = file.read(CHUNK)
			if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
				return _zip(path, file, size, stopped)
			no = refusal(head[: 16 << 10], path.name)
			if no is not None:
				raise no
			digest = hashlib.sha256()
			taken = _Text("This file")
			file.seek(0)
			while chunk := file.read(CHUNK):
				check(stopped)
				digest.update(chunk)
				taken.add(chunk)
			return Container(_readable(path.name), digest.hexdigest(), size, bytes(taken.data), None, {}, ())
	except OSError as error:
		raise _unreadable(error) from error


class Members:
	"""The files inside one zip, opened once to stream many."""

	def __init__(self, archive: zipfile.ZipFile) -> None:
		"""Take the open zip."""
		self._archive = archive
		self._infos = archive.infolist()

	def chunks(self, member: MediaMember) -> Iterator[bytes]:
		"""Stream one file. Raises `ProblemWithFile` where it is damaged, too large or another than was listed."""
		try:
			info = self._infos[member.member]
			if info.file_size != member.size:
				raise refuse("The zip was changed while it was being read.", "Import it again.")
			_check_member(info)
			yield from _stream(self._archive, info)
		except IndexError as error:
			raise refuse("The zip was changed while it was being read.", "Import it again.") from error
		except _DAMAGED as error:
			raise _damaged(error, "A file inside this zip is damaged.") from error

	def copy(self, member: MediaMember, write: Callable[[bytes], object]) -> str:
		"""Stream one file in chunks to `write` and return its SHA-256 (hex). Raises like `chunks`."""
		digest = hashlib.sha256()
		for chunk in self.chunks(member):
			digest.update(chunk)
			write(chunk)
		return digest.hexdigest()


@contextmanager
def opened_members(path: Path) -> Iterator[Members]:
	"""Open the zip at `path` to stream several of its files."""
	try:
		with zipfile.ZipFile(path) as archive:
			yield Members(archive)
	except zipfile.BadZipFile as error:
		raise _damaged(error) from error
	except OSError as error:
		raise _unreadable(error) from error


def copy_member(path: Path, member: MediaMember, write: Callable[[bytes], object]) -> str:
	"""Stream one file out of the zip at `path` to `write`; returns its SHA-256 (hex). For many use `opened_members`."""
	with opened_members(path) as members:
		return members.copy(member, write)


def member_chunks(path: Path, member: MediaMember) -> Iterator[bytes]:
	"""Stream one file out of the zip at `path`. Each call reads the zip's table anew: for many use `opened_members`."""
	with opened_members(path) as members:
		yield from members.chunks(member)


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
		raise _unreadable(error) from error
	if stat.S_ISDIR(status.st_mode):
		raise refuse("This is a folder, not a file.", "Choose the .zip or .txt file inside it.")
	if not stat.S_ISREG(status.st_mode):
		raise refuse("This is not an ordinary file.")
	return status.st_size


def _unreadable(error: Exception) -> ProblemWithFile:
	"""Say that the computer does not let us read the file."""
	if isinstance(error, PermissionError):
		return refuse(
			"This file may not be read: the computer refused access.",
			"Copy it to a folder of your own and import the copy.",
			type(error).__name__,
		)
	return refuse(
		"This file could not be read from its disk or drive.",
		"Copy it to this computer and import the copy.",
		type(error).__name__,
	)


def _damaged(error: Exception, what: str = "This zip is damaged or incomplete.") -> ProblemWithFile:
	"""Say that a zip is broken."""
	return refuse(what, "Copy it again from where it came from, or ask for a new export.", type(error).__name__)


class _Text:
	"""Bytes of a chat text, collected under budgets."""

	def __init__(self, what: str) -> None:
		self.data = bytearray()
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
		if len(self.data) + len(chunk) > MAX_TEXT:
			raise refuse(f"{self._what} holds more than {MAX_TEXT >> 20} MB of text. No WhatsApp chat is that long.")
		self.data += chunk


def _zip(path: Path, file: BinaryIO, size: int, stopped: Stopped) -> Container:
	"""Read a zip export."""
	_check_directory(file, size)
	digest = hashlib.sha256()
	file.seek(0)
	while chunk := file.read(CHUNK):
		check(stopped)
		digest.update(chunk)
	try:
		with zipfile.ZipFile(file) as archive:
			entries = _entries(archive, size)
			chat = _chat_entry(archive, entries, path.stem)
			taken = _Text("The chat text in this zip")
			for chunk in _stream(archive, chat.info):
				check(stopped)
				taken.add(chunk)
	except (CranfordError, Cancelled):
		raise
	except _DAMAGED as error:
		raise _damaged(error) from error
	if not taken.data:
		raise refuse("The chat text in this zip is empty.", "Ask the member to export the chat again.")
	media, warnings = _media(entries, chat)
	return Container(_readable(path.name), digest.hexdigest(), size, bytes(taken.data), chat.name, media, warnings)


def _check_directory(file: BinaryIO, size: int) -> None:
	"""Refuse a zip whose table of contents is too large to read, before anything reads it."""
	reach = min(size, 65_557 + 20)
	file.seek(size - reach)
	tail = file.read(reach)
	at = tail.rfind(b"PK\x05\x06")
	if at < 0 or len(tail) - at < 22:
		raise refuse(
			"This zip is damaged or incomplete: its table of contents is missing.",
			"Copy it again from where it came from, or ask for a new export.",
		)
	entries, length = struct.unpack("<HL", tail[at + 10 : at + 16])
	locator = tail.rfind(b"PK\x06\x07", 0, at)
	if locator >= 0 and at - locator == 20:
		(offset,) = struct.unpack("<Q", tail[locator + 8 : locator + 16])
		file.seek(min(offset, size))
		record = file.read(56)
		if record.startswith(b"PK\x06\x06") and len(record) == 56:
			entries, length = struct.unpack("<Q", record[32:40])[0], struct.unpack("<Q", record[40:48])[0]
	if length > MAX_DIRECTORY or entries > MAX_ENTRIES:
		raise _too_many()


def _too_many() -> ProblemWithFile:
	"""Refuse a zip with more files than any export has."""
	return refuse(f"This zip holds more than {MAX_ENTRIES:,} files. No WhatsApp export does.", _BOMB_ADVICE)


def _bomb() -> ProblemWithFile:
	"""Refuse a zip that unpacks to far more than it is."""
	return refuse(
		"This zip would unpack to far more than a chat export can hold: it is made to harm computers, or damaged.",
		_BOMB_ADVICE,
	)


def _check_member(info: zipfile.ZipInfo) -> None:
	"""Refuse one entry that is locked, oddly packed or far too large."""
	if info.flag_bits & 0x1:
		raise refuse(
			"This zip is locked with a password.", "Ask the member for the export as WhatsApp made it, without one."
		)
	if info.compress_type not in _UNPACKING:
		raise refuse(
			"This zip is packed in a way that is not read here.",
			"Unpack it and pack it again with your computer's own tool, or ask for a new export.",
			f"method {info.compress_type}",
		)
	if info.file_size > MAX_MEMBER:
		raise _bomb()
	if info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * max(info.compress_size, 1):
		raise _bomb()


def _entries(archive: zipfile.ZipFile, size: int) -> list[_Entry]:
	"""Check every entry of a zip and return those that matter."""
	infos = archive.infolist()
	if len(infos) > MAX_ENTRIES:
		raise _too_many()
	packed = sum(info.compress_size for info in infos)
	total = sum(info.file_size for info in infos)
	if total > MAX_TOTAL or (total > RATIO_FREE and total > MAX_RATIO * size) or packed > size:
		raise _bomb()
	entries = []
	for index, info in enumerate(infos):
		path = _name(info).replace("\\", "/")
		parts = path.split("/")
		if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:/", path) or "\x00" in path:
			raise refuse(
				"This zip holds a file whose name points outside the zip. WhatsApp makes no such files.", _BOMB_ADVICE
			)
		if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
			raise refuse(
				"This zip holds a link to another place instead of a file. WhatsApp makes no such entries.",
				_BOMB_ADVICE,
			)
		if path.endswith("/"):
			continue
		_check_member(info)
		if parts[0] == "__MACOSX" or parts[-1].startswith("._"):
			continue
		if parts[-1].casefold() in (".ds_store", "thumbs.db", "desktop.ini"):
			continue
		entries.append(_Entry(index, path, info))
	return entries


def _name(info: zipfile.ZipInfo) -> str:
	"""Return an entry's name, read as UTF-8 where its maker forgot to say so.

	Zips made on phones and on macOS often carry UTF-8 names without the flag; Python then reads them as cp437.
	"""
	name = info.orig_filename
	if info.flag_bits & 0x800:
		return name
	try:
		raw = name.encode("cp437")
	except UnicodeEncodeError:
		return name
	extra = info.extra
	while len(extra) >= 4:
		kind, length = struct.unpack("<HH", extra[:4])
		value, extra = extra[4 : 4 + length], extra[4 + length :]
		# Info-ZIP's Unicode path: version 1, CRC of the plain name, the name in UTF-8.
		if kind == 0x7075 and value[:1] == b"\x01" and value[1:5] == struct.pack("<L", zlib.crc32(raw)):
			raw = value[5:]
	try:
		return raw.decode("utf-8")
	except UnicodeDecodeError:
		return name


def _stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
	"""Read one entry in chunks; what it unpacks to is counted, not believed."""
	given = 0
	with archive.open(info) as source:
		while chunk := source.read(CHUNK):
			given += len(chunk)
			if given > MAX_MEMBER or (given > RATIO_FREE and given > MAX_RATIO * max(info.compress_size, 1)):
				raise _bomb()
			yield chunk


def _head(archive: zipfile.ZipFile, entry: _Entry) -> str:
	"""Return the beginning of a text inside the zip."""
	with archive.open(entry.info) as source:
		return decode_head(source.read(_HEAD))


def _chat_entry(archive: zipfile.ZipFile, entries: list[_Entry], stem: str) -> _Entry:
	"""Choose the chat text of a zip: not the first .txt, since a shared document may be one."""
	texts = [entry for entry in entries if entry.name.lower().endswith(".txt")]
	heads = {entry.index: _head(archive, entry) for entry in texts[:500]}
	chats = [entry for entry in texts if entry.index in heads and dialect.looks_like_chat(heads[entry.index])]
	if not chats:
		# What has a chat's name but unknown dates is refused later, by the name of its dates.
		named = [entry for entry in texts if entry.name.lower() == "_chat.txt" or _CHAT_NAME.match(entry.name)]
		strange = [entry for entry in texts if entry.index in heads and dialect.unread_dates(heads[entry.index])]
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


def _media(entries: list[_Entry], chat: _Entry) -> tuple[dict[str, MediaMember], tuple[str, ...]]:
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
	files = "1 file" if doubles == 1 else f"{doubles:,} files"
	return media, (f"{files} in the zip share a name with another file in it; only the first of each name was taken.",)


__all__ = ["CHOOSE", "Container", "Members", "copy_member", "folded", "member_chunks", "open_export", "opened_members"]
