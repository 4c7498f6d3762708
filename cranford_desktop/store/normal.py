"""Text as the full-text index and "contains" read it, with the way back to the characters as they were written."""

import unicodedata
from functools import lru_cache

_MARKS = frozenset(
	[0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
"""Invisible characters outside category Cf: joiners, fillers, variation selectors."""


def _plain(char: str) -> str:
	"""Return what one character is read as: itself, a space, or nothing."""
	if ord(char) in _MARKS:
		return ""
	category = unicodedata.category(char)
	if category in {"Cf", "Cs"}:
		return ""
	return " " if category in {"Cc", "Zs", "Zl", "Zp"} else char


class _Plain(dict[int, str]):
	"""Table for `str.translate` that works each character out once."""

	def __missing__(self, code: int) -> str:
		self[code] = _plain(chr(code))
		return self[code]


_PLAIN = _Plain()


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
	"""Return one character without case and accents, possibly several characters or none."""
	plain = _plain(char)
	if not plain or plain == " ":
		return plain
	bare = "".join(part for part in unicodedata.normalize("NFD", plain) if unicodedata.category(part) != "Mn")
	return bare.casefold()


def normal(text: str) -> str:
	"""Return a text as the full-text index reads it: NFC, invisible characters gone, every kind of space a space."""
	if text.isascii() and text.isprintable():
		return text
	return unicodedata.normalize("NFC", text.translate(_PLAIN))


def folded(text: str) -> tuple[str, list[int]]:
	"""Return a text without case, accents and invisible characters, and for each of its characters the offset it
	comes from in the text as given.
	"""
	if text.isascii() and text.isprintable():
		return text.lower(), list(range(len(text)))
	chars: list[str] = []
	places: list[int] = []
	for place, char in enumerate(text):
		bare = _folded(char)
		chars.append(bare)
		places.extend([place] * len(bare))
	return "".join(chars), places
