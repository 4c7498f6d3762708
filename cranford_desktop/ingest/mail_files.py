"""A chat export inside an e-mail that was saved as a file (.eml): members send exports to the clerk that way.

The message is taken apart in memory, within limits; nothing is unpacked to disk. Everything it says of itself may be
false: names are only shown and compared, sizes are counted.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cranford_desktop.domain.messages import MediaMember
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.ingest import dialect
from cranford_desktop.ingest.chat_words import chat_name
from cranford_desktop.ingest.encoding import decode_head
from cranford_desktop.ingest.file_types import refuse

if TYPE_CHECKING:
	from email.message import Message

MAX_MAIL = 64 << 20
"""Bytes of an e-mail, which is held whole. Most mail systems pass on no more than 25 to 50 MB."""
MAX_PARTS = 2_000
MAX_DEPTH = 20
"""How deep messages and their parts may lie in each other: a chat that was forwarded six times still does."""
MAX_BOUNDARIES = 300
"""How often a separator of parts may be agreed on: each may mean one more level to go down."""
_HEAD = 128 << 10
_SAVE = "Open the e-mail, save the chat file that is attached to it, and import that file."
_SAVE_EACH = "Open the e-mail, save each of them on its own, and import them one by one."
_IN_THE_WORDS = (
	"The chat stands in the words of the e-mail, not in a file. Mail programs break long lines: ask for the file that "
	"WhatsApp makes, if anything looks cut."
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MARK = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Part:
	"""A file in an e-mail."""

	name: str
	"""Its name, decoded, without folders; "" for words of the e-mail itself."""
	data: bytes
	place: int
	"""Which part of the e-mail it is, counted through."""


@dataclass(frozen=True, slots=True)
class Carried:
	"""An export found in an e-mail: a zip, or a text with the files beside it."""

	chat: Part
	zipped: bool
	beside: tuple[Part, ...]
	"""The other files, where the chat is a text."""
	warnings: tuple[str, ...] = ()


def parts_of(data: bytes) -> list[Part]:
	"""Take an e-mail apart. Raises `ProblemWithFile` where it is too large, too deep, or no e-mail."""
	if len(data) > MAX_MAIL:
		raise refuse(f"This e-mail is larger than {MAX_MAIL >> 20} MB.", _SAVE)
	if sum(1 for _ in re.finditer(rb"(?i)boundary\*?=", data)) > MAX_BOUNDARIES:
		raise refuse("This e-mail has more parts than any mail program makes.", _SAVE)
	# The reader of e-mails is large and seldom needed: the app starts without it.
	from email.errors import MessageError

	try:
		return [part for part in _walk(_message(data.removeprefix(b"\xef\xbb\xbf")), 0, [0]) if part.data]
	except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError, RecursionError) as error:
		raise refuse("This e-mail is damaged.", _SAVE, type(error).__name__) from error


def _message(data: bytes) -> "Message":
	"""Take an e-mail's bytes apart."""
	import email
	import email.policy

	return email.message_from_bytes(data, policy=email.policy.default)


def _walk(message: "Message", depth: int, count: list[int]) -> Iterator[Part]:
	"""Go through a message and those inside it."""
	if depth > MAX_DEPTH:
		raise refuse("This e-mail holds e-mails within e-mails, deeper than people forward them.", _SAVE)
	count[0] += 1
	if count[0] > MAX_PARTS:
		raise refuse("This e-mail has more parts than any mail program makes.", _SAVE)
	place = count[0]
	if message.is_multipart():
		for part in message.get_payload():
			if not isinstance(part, str):
				yield from _walk(part, depth + 1, count)
		return
	content = message.get_payload(decode=True)
	data = content if isinstance(content, bytes) else b""
	kind = message.get_content_type()
	name = _file_name(message)
	if not name and kind == "text/html":
		return
	if name.lower().endswith(".eml") or (not name and kind == "message/rfc822"):
		# Some programs attach a forwarded e-mail as a file.
		yield from _walk(_message(data), depth + 1, count)
		return
	yield Part(name, _as_utf8(message, data) if kind.startswith("text/") else data, place)


def _file_name(message: "Message") -> str:
	"""Return a part's file name, decoded and without folders."""
	try:
		name = message.get_filename("") or ""
	except (ValueError, LookupError, AttributeError, TypeError):
		# Names may be broken in ways that the reader of e-mails does not expect.
		name = ""
	name = _MARK.sub("", str(name)).replace("\\", "/").rsplit("/", 1)[-1]
	return unicodedata.normalize("NFC", "".join(one for one in name if one.isprintable())).strip()


def _as_utf8(message: "Message", data: bytes) -> bytes:
	"""Return a text's bytes as the chat had them: what the mail says in another character set is put back."""
	charset = str(message.get_content_charset("") or "").lower()
	if charset in ("", "utf-8", "utf8", "us-ascii", "ascii"):
		return data
	try:
		data.decode("utf-8")
	except UnicodeDecodeError:
		try:
			return data.decode(charset).encode()
		except (LookupError, UnicodeDecodeError):
			return data
	# Programs that do not know the characters call a UTF-8 text whatever their own set is.
	return data


def carried(parts: list[Part], holds_text: Callable[[bytes], bool]) -> Carried:
	"""Find the one export that an e-mail carries; `holds_text` says whether a zip holds a text at all.

	Raises `ProblemWithFile` in plain words where there is none, or more than one.
	"""
	zips = _without_copies([part for part in parts if part.data.startswith(_ZIP) and _may_be_export(part)])
	texts = _without_copies([part for part in parts if part.name and not part.data.startswith(_ZIP) and _is_chat(part)])
	if len(zips) > 1 or texts:
		zips = [part for part in zips if holds_text(part.data)]
	if len(zips) == 1 and all(_same_chat(zips[0], text) for text in texts):
		return Carried(zips[0], True, ())
	if zips:
		raise _several([*zips, *texts])
	if len(texts) > 1:
		texts = [text for text in texts if not _names(texts, text)] or texts
	if len(texts) > 1:
		raise _several(texts)
	if texts:
		return Carried(texts[0], False, _beside(parts, texts[0]))
	# No file: the chat may stand in the e-mail itself.
	texts = _without_copies([part for part in parts if not part.name and _is_chat(part)])
	if len(texts) != 1:
		raise refuse("This file is an e-mail, but no WhatsApp chat is attached to it.", _SAVE)
	chat = Part("", _from_chat(texts[0].data), texts[0].place)
	return Carried(chat, False, _beside(parts, chat), (_IN_THE_WORDS,))


def _beside(parts: list[Part], chat: Part) -> tuple[Part, ...]:
	"""Return the files beside a chat text; of two with one name the first."""
	kept: dict[str, Part] = {}
	for part in parts:
		if part.name and part.place != chat.place:
			kept.setdefault(part.name, part)
	return tuple(kept.values())


def _may_be_export(part: Part) -> bool:
	"""Say whether a zip in an e-mail can be an export rather than a document, which is a zip, too."""
	return not part.name.lower().endswith((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".jar", ".apk"))


def _is_chat(part: Part) -> bool:
	"""Say whether a part is the text of a chat."""
	return dialect.looks_like_chat(decode_head(part.data[:_HEAD]))


def _same_chat(zipped: Part, text: Part) -> bool:
	"""Say whether a text is the chat of a zip beside it: called as it, or `_chat.txt`."""
	zip_name, text_name = zipped.name.rpartition(".")[0].casefold(), text.name.rpartition(".")[0].casefold()
	if text_name in ("_chat", "chat") or text_name == zip_name:
		return True
	name = chat_name(zip_name)
	return name is not None and name == chat_name(text_name)


def _without_copies(texts: list[Part]) -> list[Part]:
	"""Drop a text that is there twice: forwarding attaches it again."""
	kept: dict[bytes, Part] = {}
	for text in texts:
		kept.setdefault(text.data, text)
	return list(kept.values())


def _names(texts: list[Part], text: Part) -> bool:
	"""Say whether another chat names this text as its attachment: then it is a shared file."""
	name = text.name.encode()
	return any(name in other.data for other in texts if other is not text)


def _from_chat(data: bytes) -> bytes:
	"""Return the words of an e-mail from the first line of the chat on."""
	at = 0
	while at < len(data):
		end = data.find(b"\n", at)
		end = len(data) if end < 0 else end
		if dialect.looks_like_chat(data[at:end].decode("utf-8", "replace")):
			return data[at:]
		at = end + 1
	return data


def _several(found: list[Part]) -> ProblemWithFile:
	"""Refuse an e-mail with several exports, naming them."""
	names = ", ".join(f"“{part.name}”" for part in found[:5])
	more = f" and {len(found) - 5:,} more" if len(found) > 5 else ""
	return refuse(f"This e-mail carries {len(found):,} chats: {names}{more}.", _SAVE_EACH)


class MailMembers:
	"""The files beside a chat text in an e-mail, to stream like those of a zip."""

	def __init__(self, parts: Iterable[Part]) -> None:
		"""Take the parts."""
		self._parts = {part.place: part for part in parts}

	def chunks(self, member: MediaMember) -> Iterator[bytes]:
		"""Give one file. Raises `ProblemWithFile` where it is another than was listed."""
		part = self._parts.get(member.member)
		if part is None or len(part.data) != member.size:
			raise refuse("The e-mail was changed while it was being read.", "Import it again.")
		yield part.data

	def copy(self, member: MediaMember, write: Callable[[bytes], object]) -> str:
		"""Write one file and return its SHA-256 (hex)."""
		digest = hashlib.sha256()
		for chunk in self.chunks(member):
			digest.update(chunk)
			write(chunk)
		return digest.hexdigest()
