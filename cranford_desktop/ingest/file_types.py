"""What a file is that somebody handed in by mistake, from its first bytes: so that a refusal can name it."""

import re

from cranford_desktop.errors import ProblemWithFile

NOTHING_ADDED = "Nothing was added."
CHOOSE = "Choose the .zip or .txt file that WhatsApp made, or ask the member to export the chat again."

_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
	(b"%PDF", "a PDF document"),
	(b"\xff\xd8\xff", "a photo (JPEG)"),
	(b"\x89PNG\r\n", "a picture (PNG)"),
	(b"GIF8", "a picture (GIF)"),
	(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Word, Excel or Outlook file"),
	(b"{\\rtf", "a rich text document (RTF)"),
	(b"Rar!\x1a\x07", "a RAR archive"),
	(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
	(b"\x1f\x8b", "a gzip archive"),
	(b"BZh", "a bzip2 archive"),
	(b"\xfd7zXZ\x00", "an XZ archive"),
	(b"SQLite format 3\x00", "a database, perhaps a phone's own copy of WhatsApp"),
	(b"MZ", "a Windows program"),
	(b"\x7fELF", "a program"),
	(b"bplist00", "an Apple settings file"),
	(b"OggS", "a voice message"),
	(b"ID3", "a sound file"),
	(b"RIFF", "a picture or sound file"),
)
_ARCHIVES = ("a RAR archive", "a 7-Zip archive", "a gzip archive", "a bzip2 archive", "an XZ archive")
_MAIL_FIELD = re.compile(
	rb"\A(?:\xef\xbb\xbf)?"
	rb"(?:From |(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|To|Date|Subject|X-[\w-]{1,60}):)",
	re.IGNORECASE,
)
_MAIL_PROOF = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Content-Type):", re.IGNORECASE | re.MULTILINE)
_WEB_PAGE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,200}<\?xml\b")


def is_mail(head: bytes, name: str) -> bool:
	"""Say whether a file is an e-mail that was saved, from its first bytes and its name."""
	return name.lower().endswith(".eml") or bool(_MAIL_FIELD.match(head) and _MAIL_PROOF.search(head))


def refuse(what: str, do: str = CHOOSE, detail: str = "") -> ProblemWithFile:
	"""Make the refusal of one file: what it is, that nothing was added, what to do."""
	return ProblemWithFile(what, NOTHING_ADDED, do, detail)


def changed() -> ProblemWithFile:
	"""Make the refusal of a file that was changed, moved or deleted while it was being read."""
	return refuse("The file was changed while it was being read.", "Import it again.")


def refusal(head: bytes) -> ProblemWithFile | None:
	"""Return the refusal for a file that is plainly no chat, from its first bytes; None where it may be one."""
	for first, what in _FIRST_BYTES:
		if head.startswith(first):
			if what in _ARCHIVES:
				return refuse(
					f"This file is {what}, not a WhatsApp export.", "Unpack it and import the chat file inside."
				)
			return refuse(f"This file is {what}, not a WhatsApp export.")
	if head[4:8] == b"ftyp":
		return refuse("This file is a photo or video, not a WhatsApp export.")
	if _WEB_PAGE.match(head):
		return refuse("This file is a web page, not a WhatsApp export.")
	if _XML.match(head):
		return refuse("This file is XML data, not a WhatsApp export.")
	return None


def refusal_of_zip(names: list[str]) -> ProblemWithFile:
	"""Return the refusal for a zip without a chat in it, from the names of what it holds."""
	low = [name.lower() for name in names]
	tops = {name.split("/", 1)[0] for name in low}
	if "[content_types].xml" in low:
		for top, what in (
			("word", "a Word document"),
			("xl", "an Excel workbook"),
			("ppt", "a PowerPoint presentation"),
		):
			if top in tops:
				return refuse(f"This file is {what}, not a WhatsApp export.")
		return refuse("This file is a Microsoft Office document, not a WhatsApp export.")
	if "mimetype" in low and "content.xml" in low:
		return refuse("This file is a LibreOffice document, not a WhatsApp export.")
	if "androidmanifest.xml" in low or "meta-inf/manifest.mf" in low:
		return refuse("This file is a program, not a WhatsApp export.")
	if any(re.search(r"msgstore.{0,30}\.(?:db|crypt\d+)$|chatstorage\.sqlite$", name) for name in low):
		return refuse("This zip is a phone's back-up of WhatsApp, not an export of one chat.")
	if not names:
		return refuse("This zip is empty.")
	if any(name.endswith(".zip") for name in low):
		return refuse(
			"This zip holds another zip, and no chat of its own.",
			"Open it, take the inner zip out, and import that one.",
		)
	if any(name.endswith(".txt") for name in low):
		return refuse(
			"This zip holds text, but none of it is a WhatsApp chat: no line begins with a date and a time as "
			"WhatsApp writes them."
		)
	return refuse("This zip holds no chat text: it is not a WhatsApp export.")
