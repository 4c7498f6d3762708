"""Text as a reader hears it, with the way back to what was written.

Names and numbers hide behind case, accents, invisible marks, odd spaces, hyphens and apostrophes. `folded` takes all
of that away and keeps, for each character that is left, the stretch of the original it came from.
"""

import re
import unicodedata
from dataclasses import dataclass

_HYPHENS = dict.fromkeys([*range(0x2010, 0x2016), 0x2043, 0x2212, 0x2E3A, 0x2E3B, 0x30FB, 0xFE58, 0xFE63, 0xFF0D], "-")
_APOSTROPHES = dict.fromkeys([0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02B9, 0x02BB, 0x02BC, 0x00B4, 0x0060], "'")
_QUOTES = dict.fromkeys([0x201C, 0x201D, 0x201E, 0x201F, 0x2033], '"')
_STROKES = {0x0131: "i", 0x0142: "l", 0x00F8: "o", 0x0111: "d", 0x0127: "h", 0x0167: "t", 0x00E6: "ae", 0x0153: "oe"}
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_BLANK_RUN = re.compile(" {2,}")
_PLAIN = {**_HYPHENS, **_APOSTROPHES, **_QUOTES, **_STROKES}


@dataclass(frozen=True, slots=True)
class Folded:
	"""A folded text; `starts[i]` and `ends[i]` bound, in the original, what character `i` came from.

	An end includes the invisible and combining marks that follow, so that nothing of a covered letter stays behind.
	"""

	original: str
	text: str
	starts: tuple[int, ...]
	ends: tuple[int, ...]

	def span(self, start: int, end: int) -> tuple[int, int]:
		"""Return the stretch of the original from which the folded characters `start`–`end` (not empty) came."""
		first = self.starts[start]
		while first > 0 and unicodedata.category(self.original[first - 1]) == "Cf":
			first -= 1
		return first, self.ends[end - 1]

	def written_large(self, start: int, end: int) -> bool:
		"""Return whether every letter in that folded stretch was written as a capital."""
		return not any(self.original[self.starts[place]].islower() for place in range(start, end))


def folded(text: str) -> Folded:
	"""Fold a text; linear in its length, defined for every text."""
	if all(len(_TABLE[ord(one)]) == 1 for one in set(text)):
		plain = text.translate(_TABLE)
		if "  " not in plain:
			return Folded(text, plain, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
	out: list[str] = []
	starts: list[int] = []
	ends: list[int] = []
	for place, character in enumerate(text):
		plain = _TABLE[ord(character)]
		if not plain:
			if ends:
				_stretch(starts, ends, place + 1)
			continue
		if plain == " " and out and out[-1] == " ":
			_stretch(starts, ends, place + 1)
			continue
		for one in plain:
			out.append(one)
			starts.append(place)
			ends.append(place + 1)
	return Folded(text, "".join(out), tuple(starts), tuple(ends))


def fold(text: str) -> str:
	"""Return only the folded text, without blanks around it."""
	plain = _plainly(text)
	return (_BLANK_RUN.sub(" ", plain) if "  " in plain else plain).strip()


def _plainly(text: str) -> str:
	"""Return what `_TABLE` makes of a text. A few signs in English words (£, ’, an emoji) are replaced one by one: the
	table costs several times as much once a text is not all ASCII.
	"""
	if not text.isascii():
		odd = [one for one in set(text) if one > "\x7f"]
		if len(odd) > _FEW:
			return text.translate(_TABLE)
		plain = text
		for one in odd:
			plain = plain.replace(one, _TABLE[ord(one)])
		if not plain.isascii():
			return text.translate(_TABLE)
		text = plain
	return text.lower() if text.isprintable() and "`" not in text else text.translate(_TABLE)


def _stretch(starts: list[int], ends: list[int], end: int) -> None:
	"""Let the last character, and those that came from the same place, reach up to `end`."""
	last = len(ends) - 1
	place = starts[last]
	while last >= 0 and starts[last] == place:
		ends[last] = end
		last -= 1


def _fold_one(character: str) -> str:
	if character.isascii():
		if character.isspace():
			return " "
		if character == "`":
			return "'"
		return character.lower() if character.isprintable() else ""
	if character in _BLANKS:
		return " "
	plain = []
	for one in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()):
		category = unicodedata.category(one)
		if category in ("Cf", "Cc", "Mn", "Me"):
			continue
		if category.startswith("Z") or one.isspace() or one in _BLANKS:
			plain.append(" ")
		elif category == "Nd":
			plain.append(str(unicodedata.digit(one)))
		else:
			plain.append(_PLAIN.get(ord(one), one))
	kept = "".join(plain)
	# A spacing accent (U+00B4, U+00A8) decomposes into a blank and a mark: it is a sign, not a space.
	if kept == " " and not character.isspace() and not unicodedata.category(character).startswith("Z"):
		return _PLAIN.get(ord(character), "")
	return kept


class _Table(dict[int, str]):
	"""Table for `str.translate` that works each character out once."""

	def __missing__(self, code: int) -> str:
		self[code] = _fold_one(chr(code))
		return self[code]


_TABLE = _Table()
_FEW = 8
