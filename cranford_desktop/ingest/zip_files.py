"""The files inside one zip, checked and streamed: nothing is believed that a zip says of itself.

Nothing is ever unpacked to disk or written under a name that a zip chose. Every budget is enforced while streaming.
"""

import hashlib
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cranford_desktop.domain.messages import MediaMember
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.ingest.file_types import NOTHING_ADDED, is_mail, refuse
from cranford_desktop.ingest.mail_files import MAX_MAIL, Carried, MailMembers, carried, parts_of

CHUNK = 1 << 20
MAX_ENTRIES = 50_000
MAX_DIRECTORY = 64 << 20
"""Bytes of a zip's table of contents, checked before it is read."""
MAX_MEMBER = 4 << 30
MAX_TOTAL = 40 << 30
MAX_RATIO = 200
"""How many times larger than its packed form an entry may be; chat text packs about 10:1, photos not at all."""
RATIO_FREE = 16 << 20
"""Bytes up to which the ratio says nothing: a small file can do no harm."""
_UNPACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError, RuntimeError)
"""What reading a broken zip raises."""
_BOMB_ADVICE = "Do not open it with other programs. Ask the member to export the chat again."


class DamagedMember(ProblemWithFile):
	"""One file inside a zip is damaged; the zip itself and its other files can be read."""


@dataclass(frozen=True, slots=True)
class Entry:
	"""One file of a zip, its name made readable."""

	index: int
	path: str
	info: zipfile.ZipInfo

	@property
	def name(self) -> str:
		"""Name without folders."""
		return self.path.rsplit("/", 1)[-1]


class Members:
	"""The files inside one zip, opened once to stream many."""

	def __init__(self, archive: zipfile.ZipFile) -> None:
		"""Take the open zip."""
		self._archive = archive
		self._infos = archive.infolist()

	def chunks(self, member: MediaMember) -> Iterator[bytes]:
		"""Stream one file.

		Raises `DamagedMember`, or `ProblemWithFile` where it is too large or another than was listed.
		"""
		try:
			info = self._infos[member.member]
			if info.file_size != member.size:
				raise refuse("The zip was changed while it was being read.", "Import it again.")
			check_member(info)
			yield from stream(self._archive, info)
		except IndexError as error:
			raise refuse("The zip was changed while it was being read.", "Import it again.") from error
		except DAMAGED as error:
			raise DamagedMember(
				"A photo or file inside this zip is damaged.",
				NOTHING_ADDED,
				"Copy it again from where it came from, or ask for a new export.",
				type(error).__name__,
			) from error

	def copy(self, member: MediaMember, write: Callable[[bytes], object]) -> str:
		"""Stream one file in chunks to `write` and return its SHA-256 (hex). Raises like `chunks`."""
		digest = hashlib.sha256()
		for chunk in self.chunks(member):
			digest.update(chunk)
			write(chunk)
		return digest.hexdigest()


def mail_export(file: BinaryIO) -> Carried:
	"""Find the export that an e-mail carries. Raises `ProblemWithFile` where there is none, or more than one."""
	return carried(parts_of(file.read(MAX_MAIL + 1)), _holds_text)


def _holds_text(data: bytes) -> bool:
	"""Say whether a zip holds a text; False where it cannot be opened."""
	try:
		check_directory(io.BytesIO(data), len(data))
		with zipfile.ZipFile(io.BytesIO(data)) as archive:
			return any(info.filename.lower().endswith(".txt") for info in archive.infolist())
	except (ProblemWithFile, *DAMAGED):
		return False


@contextmanager
def opened_members(path: Path) -> Iterator[Members | MailMembers]:
	"""Open the zip or e-mail at `path` to stream several of its files."""
	try:
		with path.open("rb") as file:
			found: Carried | None = None
			if is_mail(file.read(16 << 10), path.name):
				file.seek(0)
				found = mail_export(file)
			if found is not None and not found.zipped:
				yield MailMembers(found.beside)
				return
			with zipfile.ZipFile(file if found is None else io.BytesIO(found.chat.data)) as archive:
				yield Members(archive)
	except zipfile.BadZipFile as error:
		raise damaged(error) from error
	except OSError as error:
		raise unreadable(error) from error


def copy_member(path: Path, member: MediaMember, write: Callable[[bytes], object]) -> str:
	"""Stream one file out of the zip at `path` to `write`; returns its SHA-256 (hex). For many use `opened_members`."""
	with opened_members(path) as members:
		return members.copy(member, write)


def member_chunks(path: Path, member: MediaMember) -> Iterator[bytes]:
	"""Stream one file out of the zip at `path`. Each call reads the zip's table anew: for many use `opened_members`."""
	with opened_members(path) as members:
		yield from members.chunks(member)


def unreadable(error: Exception) -> ProblemWithFile:
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


def damaged(error: Exception) -> ProblemWithFile:
	"""Say that a zip is broken."""
	return refuse(
		"This zip is damaged or incomplete.",
		"Copy it again from where it came from, or ask for a new export.",
		type(error).__name__,
	)


def check_directory(file: BinaryIO, size: int) -> None:
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


def check_member(info: zipfile.ZipInfo) -> None:
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


def entries_of(archive: zipfile.ZipFile, size: int) -> list[Entry]:
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
		check_member(info)
		if parts[0] == "__MACOSX" or parts[-1].startswith("._"):
			continue
		if parts[-1].casefold() in (".ds_store", "thumbs.db", "desktop.ini"):
			continue
		entries.append(Entry(index, path, info))
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


def stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
	"""Read one entry in chunks; what it unpacks to is counted, not believed."""
	given = 0
	with archive.open(info) as source:
		while chunk := source.read(CHUNK):
			given += len(chunk)
			if given > MAX_MEMBER or (given > RATIO_FREE and given > MAX_RATIO * max(info.compress_size, 1)):
				raise _bomb()
			yield chunk
