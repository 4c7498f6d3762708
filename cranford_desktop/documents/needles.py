"""What must not be readable, and how it is recognised whatever way it is written.

Case, accents, invisible characters, spaces and punctuation do not hide a text; a phone number is found by its digits
in any written form. Short texts are looked for inside words as they stand, longer ones also across spaces.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.phone_numbers import phone_number

_APART = re.compile(r"[\W_]+")
_SPELT_OUT = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_DATE = re.compile(r"(?:[a-z]+day )?\d{1,2} [a-z]{3,9} \d{4}")
_PAGE = re.compile(r"(?<!\w)page \d+ of(?: \d+)?(?!\w)")
_WORD = re.compile(r"\w+")
_GRAM = 6
_ACROSS = 8
"""Letters and digits from which a text is also looked for across spaces; shorter ones would be found by chance."""
_DIALLED = 9
_MASK = "\x01"


class Text(NamedTuple):
	"""Something readable in a file, and where."""

	place: str
	text: str
	loose: bool = False
	"""Taken from bytes that are no text: only texts of six characters and more are looked for in it."""


def squashed(text: str) -> str:
	"""Return a text folded, with one space for everything that is neither letter nor digit."""
	if "[U+" in text:
		text = _SPELT_OUT.sub(lambda found: _character(int(found.group(1), 16)), text)
	return _APART.sub(" ", _folded(text)).strip()


@dataclass(frozen=True, slots=True)
class _Needle:
	number: int
	words: re.Pattern[str]
	compact: str
	dialled: str
	sign: str


class Needles:
	"""Texts to look for, made ready once; `house` are the document's own fixed phrases, which are not looked into."""

	def __init__(self, needles: Sequence[str], house: Iterable[str] = ()) -> None:
		"""Take what to look for. A house phrase of one word is only passed over where it is longer than the needle."""
		folded = {squashed(phrase) for phrase in house}
		phrases = {phrase for phrase in folded if " " in phrase}
		self._dates = {phrase for phrase in phrases if _DATE.fullmatch(phrase)}
		self._phrases = sorted(phrases - self._dates, key=lambda one: (-len(one), one))
		self._needles = [made for number, text in enumerate(needles) for made in _ready(number, text)]
		self._single = folded - phrases - {made.compact for made in self._needles}
		self._house = bool(folded)

	def find(self, texts: Sequence[Text]) -> list[tuple[str, int]]:
		"""Return (place, index of the needle) for every place where a needle can be read."""
		found: dict[tuple[str, int], None] = {}
		for loose in (False, True):
			some = [one for one in texts if one.loose == loose]
			plain = [self._masked(squashed(one.text)) for one in some]
			compact = [one.replace(" ", "") for one in plain]
			grams = {text[at : at + _GRAM] for text in compact for at in range(len(text) - _GRAM + 1)}
			for needle in self._needles:
				if loose and len(needle.compact) < _GRAM:
					continue
				if not _possible(needle, grams):
					continue
				for at, one in enumerate(some):
					if _stands(needle, one.text, plain[at], compact[at]):
						found[one.place, needle.number] = None
		return list(found)

	def _masked(self, plain: str) -> str:
		if not self._house:
			return plain
		plain = _PAGE.sub(_MASK, plain)
		if self._dates:
			plain = _DATE.sub(lambda found: _MASK if found.group() in self._dates else found.group(), plain)
		for phrase in self._phrases:
			if phrase in plain:
				plain = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", _MASK, plain)
		return _WORD.sub(lambda found: _MASK if found.group() in self._single else found.group(), plain)


def _ready(number: int, text: str) -> list[_Needle]:
	plain = squashed(text)
	if not plain:
		sign = "".join(one for one in _folded(text) if unicodedata.category(one)[0] in "SC" and not one.isascii())
		return [_Needle(number, re.compile("(?!)"), "", "", sign)] if sign else []
	forms = [plain]
	if any(unicodedata.bidirectional(one) in ("R", "AL") for one in plain):
		forms.append(plain[::-1])
	phone = phone_number(text)
	dialled = phone.core if phone else ""
	return [
		_Needle(number, re.compile(" ?".join(map(re.escape, form.split(" ")))), form.replace(" ", ""), dialled, "")
		for form in forms
	]


def _possible(needle: _Needle, grams: set[str]) -> bool:
	"""Return whether a needle can stand in a text at all, by its runs of six characters: quick for thousands."""
	for text in (needle.compact, needle.dialled):
		if text and all(text[at : at + _GRAM] in grams for at in range(max(0, len(text) - _GRAM + 1))):
			return True
	return bool(needle.sign)


def _stands(needle: _Needle, raw: str, plain: str, compact: str) -> bool:
	if needle.sign:
		return needle.sign in raw
	if needle.words.search(plain):
		return True
	if len(needle.compact) >= _ACROSS and needle.compact in compact:
		return True
	if len(needle.dialled) >= _DIALLED:
		return needle.dialled in compact
	return bool(needle.dialled) and _digits(needle.dialled).search(plain) is not None


@lru_cache(maxsize=1024)
def _digits(number: str) -> re.Pattern[str]:
	return re.compile(r"(?<!\d)0?" + " ?".join(number) + r"(?!\d)")


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
	return fold(text)


def _character(code: int) -> str:
	return chr(code) if code <= 0x10FFFF else "\ufffd"
