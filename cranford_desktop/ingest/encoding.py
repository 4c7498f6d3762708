"""Bytes of a chat text → characters, without a silent loss.

WhatsApp writes UTF-8. Anything else comes from an editor or a mail gateway: it is read as what it proves to be, and
whatever could not be read is counted and said.
"""

import codecs
from typing import NamedTuple

_SNIFF = 4096
_UTF16_SHARE = 0.4
"""Share of NUL bytes on one side of the byte pairs from which a text without a mark is taken as UTF-16."""
_NEEDS_REPLACING = "\ufffd"


class Decoded(NamedTuple):
	"""A chat text as characters."""

	text: str
	encoding: str
	"""How the bytes were read: "utf-8", "utf-16-le", "utf-16-be", "utf-32", "cp1252"."""
	warnings: tuple[str, ...]


def decode(data: bytes) -> Decoded:
	"""Read the bytes of a chat text; a byte-order mark at the start is dropped, nothing else is changed."""
	name, mark = _by_mark(data)
	if name == "":
		name = _utf16_without_mark(data)
	if name:
		return _wide(data[len(mark) :], name)
	body = data.removeprefix(codecs.BOM_UTF8)
	try:
		return Decoded(body.decode("utf-8"), "utf-8", ())
	except UnicodeDecodeError:
		return _not_utf8(body)


def decode_head(data: bytes) -> str:
	"""Read the first bytes of a text as far as they go, to see what it is; never raises."""
	name, mark = _by_mark(data)
	name = name or _utf16_without_mark(data) or "utf-8"
	return data[len(mark) :].decode(name, "replace").removeprefix("\ufeff")


def _by_mark(data: bytes) -> tuple[str, bytes]:
	"""Return encoding and byte-order mark of a text that names them; ("", b"") otherwise."""
	for mark, name in (
		(codecs.BOM_UTF32_LE, "utf-32-le"),
		(codecs.BOM_UTF32_BE, "utf-32-be"),
		(codecs.BOM_UTF16_LE, "utf-16-le"),
		(codecs.BOM_UTF16_BE, "utf-16-be"),
	):
		# A UTF-16 text that begins with NUL would look like UTF-32; a chat begins with a digit or a bracket.
		if data.startswith(mark):
			return name, mark
	return "", b""


def _utf16_without_mark(data: bytes) -> str:
	"""Return "utf-16-le" or "utf-16-be" where NUL bytes give it away, else ""."""
	head = data[:_SNIFF]
	pairs = len(head) // 2
	if pairs < 4:
		return ""
	first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
	if second >= pairs * _UTF16_SHARE and first * 4 < second:
		return "utf-16-le"
	if first >= pairs * _UTF16_SHARE and second * 4 < first:
		return "utf-16-be"
	return ""


def _wide(data: bytes, name: str) -> Decoded:
	"""Read a text in two or four bytes a character."""
	said = "UTF-16" if "16" in name else "UTF-32"
	warning = f"The chat text was saved as {said} by another program. It was read as such."
	try:
		return Decoded(data.decode(name), name, (warning,))
	except UnicodeDecodeError:
		before = data.decode(name, "ignore").count(_NEEDS_REPLACING)
		text = data.decode(name, "replace")
		return Decoded(text, name, (warning, _unreadable(text.count(_NEEDS_REPLACING) - before)))


def _not_utf8(data: bytes) -> Decoded:
	"""Read a text that is not UTF-8: Windows characters where nothing speaks for UTF-8, else with marks in place."""
	ignored = data.decode("utf-8", "ignore")
	if ignored.isascii():
		try:
			text = data.decode("cp1252")
		except UnicodeDecodeError:
			pass
		else:
			count = sum(1 for character in text if not character.isascii())
			return Decoded(
				text,
				"cp1252",
				(
					"The chat text is not UTF-8 as WhatsApp writes it. It was read with Windows characters (cp1252): "
					f"check the {count:,} accented or special character{'' if count == 1 else 's'}.",
				),
			)
	text = data.decode("utf-8", "replace")
	return Decoded(text, "utf-8", (_unreadable(text.count(_NEEDS_REPLACING) - ignored.count(_NEEDS_REPLACING)),))


def _unreadable(count: int) -> str:
	"""Say how many places could not be read."""
	places = "1 place" if count == 1 else f"{count:,} places"
	return (
		f"{places} in the chat text could not be read as characters and {'is' if count == 1 else 'are'} marked with "
		"\ufffd. The original file is kept as it is."
	)
