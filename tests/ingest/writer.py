"""Writes chat exports as a phone does, from plain messages: independent of the code that reads them.

	Phone("android", "dmy", clock="24")        how one phone writes
	Sent(at, "Ann Example", "Good morning")    one message
	write_text(phone, messages)                → str, the chat text
	write_export(path, phone, messages)        → the .txt or .zip at `path`, media inside

Facts from the description of the format; nothing of the reader is used here.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

LRM = "\u200e"
ENCRYPTED = (
	"Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read "
	"or listen to them."
)


@dataclass(frozen=True)
class Phone:
	"""The settings that shape an export."""

	platform: Literal["android", "iphone"] = "android"
	order: Literal["dmy", "mdy", "ymd"] = "dmy"
	separator: str = "/"
	year_digits: int = 4
	clock: Literal["24", "12"] = "24"
	am_pm: tuple[str, str] = ("am", "pm")
	space_before_am: str = "\u202f"
	comma: bool = True
	seconds: bool = True
	"""Of an iPhone; Android never writes them."""
	padded: bool = True
	time_separator: str = ":"
	owner: str = "Ann Example"
	"""Whose phone it is: the app calls this person "You" in its own lines."""
	names: Mapping[str, str] = field(default_factory=dict)
	"""Real name → what this phone's contacts call that person."""


@dataclass(frozen=True)
class Sent:
	"""One message that somebody wrote."""

	at: datetime
	sender: str
	text: str = ""
	file: str | None = None
	"""Name of a file that goes with it (as this phone names it)."""
	data: bytes | None = None
	"""The file's bytes; None: named in the text, missing from the zip."""
	omitted: str | None = None
	"""A medium that the app leaves out: "image", "video", "sticker", "document", …"""
	edited: bool = False
	deleted: bool = False
	poll: tuple[tuple[str, int], ...] = ()
	"""Options with their votes; `text` is the question."""
	verbatim: str | None = None
	"""Body exactly as given instead of all the above."""


@dataclass(frozen=True)
class AppLine:
	"""One line of the app itself. {who} stands for the actor's name, or "You" on the owner's phone."""

	at: datetime
	text: str
	who: str | None = None
	under: str | None = None
	"""On newer iPhones the name before it: the actor's or the group's."""


Entry = Sent | AppLine


def header(phone: Phone, at: datetime) -> str:
	"""Write the part of a record before the sender."""
	pad = 2 if phone.padded else 1
	day, month = f"{at.day:0{pad}d}", f"{at.month:0{pad}d}"
	year = f"{at.year:04d}" if phone.year_digits == 4 else f"{at.year % 100:02d}"
	parts = {"dmy": (day, month, year), "mdy": (month, day, year), "ymd": (year, month, day)}[phone.order]
	hour = at.hour if phone.clock == "24" else (at.hour % 12 or 12)
	clock = f"{hour:02d}" if phone.clock == "24" and phone.padded else f"{hour}"
	clock += f"{phone.time_separator}{at.minute:02d}"
	if phone.platform == "iphone" and phone.seconds:
		clock += f"{phone.time_separator}{at.second:02d}"
	if phone.clock == "12":
		clock += phone.space_before_am + phone.am_pm[at.hour >= 12]
	moment = f"{phone.separator.join(parts)}{',' if phone.comma else ''} {clock}"
	return f"[{moment}] " if phone.platform == "iphone" else f"{moment} - "


def body(phone: Phone, sent: Sent) -> str:
	"""Write what follows the sender's name."""
	iphone = phone.platform == "iphone"
	mark = LRM if iphone else ""
	if sent.verbatim is not None:
		return sent.verbatim
	if sent.deleted:
		if sent.sender == phone.owner:
			return f"{mark}You deleted this message{'.' if iphone else ''}"
		return f"{mark}This message was deleted{'.' if iphone else ''}"
	if sent.poll:
		lines = [f"{mark}POLL:", sent.text]
		lines += [f"{mark}OPTION: {name} ({mark}{n} vote{'' if n == 1 else 's'})" for name, n in sent.poll]
		said = "\n".join(lines)
	elif sent.file is not None and iphone:
		said = f"{sent.text} {LRM}<attached: {sent.file}>" if sent.text else f"{LRM}<attached: {sent.file}>"
	elif sent.file is not None:
		said = f"{sent.file} (file attached)" + (f"\n{sent.text}" if sent.text else "")
	elif sent.omitted is not None:
		said = f"{LRM}{sent.omitted} omitted" if iphone else "<Media omitted>"
	else:
		said = sent.text
	return said + (f" {mark}<This message was edited>" if sent.edited else "")


def write_text(phone: Phone, entries: Sequence[Entry]) -> str:
	"""Write a chat text: LF on Android; on an iPhone CRLF after each record, LF inside."""
	end = "\r\n" if phone.platform == "iphone" else "\n"
	written = []
	for entry in entries:
		if isinstance(entry, AppLine):
			who = "" if entry.who is None else phone.names.get(entry.who, entry.who)
			line = entry.text.replace("{who}", "You" if entry.who == phone.owner else who)
			if phone.platform == "iphone" and entry.under is not None:
				line = f"{phone.names.get(entry.under, entry.under)}: {LRM}{line}"
			written.append(header(phone, entry.at) + line + end)
			continue
		name = phone.names.get(entry.sender, entry.sender)
		marked = LRM if phone.platform == "iphone" and (entry.file or entry.omitted) else ""
		written.append(f"{marked}{header(phone, entry.at)}{name}: {body(phone, entry)}{end}")
	return "".join(written)


def media_of(entries: Sequence[Entry]) -> dict[str, bytes]:
	"""Return the files that go into the zip."""
	return {e.file: e.data for e in entries if isinstance(e, Sent) and e.file is not None and e.data is not None}


def write_export(path: Path, phone: Phone, entries: Sequence[Entry], extra: Mapping[str, bytes] | None = None) -> Path:
	"""Write an export file: a zip with its media where `path` ends in .zip, else the text alone."""
	data = write_text(phone, entries).encode()
	if path.suffix != ".zip":
		path.write_bytes(data)
		return path
	chat = "_chat.txt" if phone.platform == "iphone" else f"{path.stem}.txt"
	return write_zip(path, {chat: data, **media_of(entries), **(extra or {})})


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
	"""Write a zip of the given files."""
	with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in files.items():
			archive.writestr(name, content)
	return path
