"""Bytes of a chat text → characters, without a silent loss, a stretch at a time.

WhatsApp writes UTF-8. Anything else comes from an editor or a mail gateway: it is read as what it proves to be, and
whatever could not be read is counted and said.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_SNIFF = 4096
_UTF16_SHARE = 0.4
"""Share of NUL bytes on one side of the byte pairs from which a text without a mark is taken as UTF-16."""
_NEEDS_REPLACING = "\ufffd"

_BARE = re.compile(rb"(?<!\r)\n")
"""A line end without CR."""

Chunks = Callable[[], Iterable[bytes]]
"""Goes through the bytes of a text once more, from the beginning."""


class Encoding(NamedTuple):
	"""How the bytes of a text are to be read."""

	name: str
	""" "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"."""
	mark: int
	"""Bytes of the byte-order mark, which is no part of the text."""
	strict: bool
	"""Every byte can be read."""
	lines: int
	"""Line ends (LF) in the text; where not all are CRLF, at least one of each kind that it has."""
	crlf: int
	"""Those of them that are CRLF."""
	warnings: tuple[str, ...]


def examine(chunks: Chunks) -> Encoding:
	"""Find out how the bytes of a text are to be read: a byte-order mark is dropped, nothing else is changed."""
	head = _head(chunks)
	name, mark = _by_mark(head)
	name = name or _utf16_without_mark(head)
	if name:
		said = "UTF-16" if "16" in name else "UTF-32"
		warning = f"The chat text was saved as {said} by another program. It was read as such."
		try:
			return Encoding(name, len(mark), True, *_counted(decoded(chunks, name, len(mark))), (warning,))
		except UnicodeDecodeError:
			return _replacing(chunks, name, len(mark), (warning,))
	size = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
	try:
		return Encoding("utf-8", size, True, *_utf8(chunks), ())
	except UnicodeDecodeError:
		return _not_utf8(chunks, size)


def presumed(chunks: Chunks) -> Encoding:
	"""Take a text without a mark for UTF-8, which nearly all are: reading it shows whether it is, and saves a pass."""
	head = _head(chunks)
	if _by_mark(head)[0] or _utf16_without_mark(head):
		return examine(chunks)
	returns = crlf = bare = False
	last = b""
	for chunk in chunks():
		data = last + chunk if last == b"\r" else chunk
		bare = bare or _BARE.search(data) is not None
		if b"\r" in data:
			returns, crlf = True, crlf or b"\r\n" in data
			if crlf and bare:
				break
		last = data[-1:]
	if returns and not (crlf and bare):
		return examine(chunks)
	mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
	# How many there are does not matter, as long as not all lines end so.
	return Encoding("utf-8", mark, True, int(bare) + int(crlf), int(crlf), ())


def decoded(chunks: Chunks, name: str, mark: int, errors: str = "strict") -> Iterator[str]:
	"""Read a text as characters, stretch by stretch, without its byte-order mark."""
	decoder = codecs.getincrementaldecoder(name)(errors)
	for chunk in chunks():
		data = chunk
		if mark:
			# The first chunk of a file holds its mark whole, unless somebody hands it over byte by byte.
			data, mark = chunk[mark:], max(0, mark - len(chunk))
		yield decoder.decode(data)
	yield decoder.decode(b"", True)


def decode_head(data: bytes) -> str:
	"""Read the first bytes of a text as far as they go, to see what it is; never raises."""
	name, mark = _by_mark(data)
	name = name or _utf16_without_mark(data) or "utf-8"
	return data[len(mark) :].decode(name, "replace").removeprefix("\ufeff")


def _head(chunks: Chunks) -> bytes:
	"""Return the first bytes of a text."""
	head = b""
	for chunk in chunks():
		head += chunk
		if len(head) >= _SNIFF:
			break
	return head


def _utf8(chunks: Chunks) -> tuple[int, int]:
	"""Count the line ends of a UTF-8 text, all and CRLF. Raises `UnicodeDecodeError` where it is none."""
	decoder = codecs.getincrementaldecoder("utf-8")()
	lines = crlf = 0
	last = b""
	for chunk in chunks():
		decoder.decode(chunk)
		lines += chunk.count(b"\n")
		crlf += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
		last = chunk[-1:]
	decoder.decode(b"", True)
	return lines, crlf


def _counted(text: Iterable[str]) -> tuple[int, int]:
	"""Count line ends, all and CRLF."""
	lines = crlf = 0
	last = ""
	for piece in text:
		lines += piece.count("\n")
		crlf += piece.count("\r\n") + (last == "\r" and piece.startswith("\n"))
		last = piece[-1:] or last
	return lines, crlf


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


def _not_utf8(chunks: Chunks, mark: int) -> Encoding:
	"""Read a text that is not UTF-8: Windows characters where nothing speaks for UTF-8, else with marks in place."""
	if not _breaks_off(chunks) and all(piece.isascii() for piece in decoded(chunks, "utf-8", mark, "ignore")):
		try:
			count = sum(len(piece) - len(piece.encode("ascii", "ignore")) for piece in decoded(chunks, "cp1252", mark))
		except UnicodeDecodeError:
			pass
		else:
			said = (
				"The chat text is not UTF-8 as WhatsApp writes it. It was read with Windows characters (cp1252): "
				f"check the {count:,} accented or special character{'' if count == 1 else 's'}."
			)
			return Encoding("cp1252", mark, True, *_counted(decoded(chunks, "cp1252", mark)), (said,))
	return _replacing(chunks, "utf-8", mark, ())


def _breaks_off(chunks: Chunks) -> bool:
	"""Say whether a text is UTF-8 but for the end of its last character: copying it was interrupted."""
	decoder = codecs.getincrementaldecoder("utf-8")()
	try:
		for chunk in chunks():
			decoder.decode(chunk)
	except UnicodeDecodeError:
		return False
	begun, _ = decoder.getstate()
	# Alone at the end, the first byte of a longer character is as well "é" in Windows characters.
	return len(begun) > 1 or b"\xc2" <= begun < b"\xe0"


def _replacing(chunks: Chunks, name: str, mark: int, warnings: tuple[str, ...]) -> Encoding:
	"""Read a text of which some bytes are no characters: each such place is marked and counted."""
	before = sum(piece.count(_NEEDS_REPLACING) for piece in decoded(chunks, name, mark, "ignore"))
	after = sum(piece.count(_NEEDS_REPLACING) for piece in decoded(chunks, name, mark, "replace"))
	counted = _counted(decoded(chunks, name, mark, "replace"))
	return Encoding(name, mark, False, *counted, (*warnings, _unreadable(after - before)))


def _unreadable(count: int) -> str:
	"""Say how many places could not be read."""
	places = "1 place" if count == 1 else f"{count:,} places"
	return (
		f"{places} in the chat text could not be read as characters and {'is' if count == 1 else 'are'} marked with "
		"\ufffd. The original file is kept as it is."
	)
