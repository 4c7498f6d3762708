"""What must not be readable, and how it is recognised whatever way it is written.

Case, accents, invisible characters, spaces and punctuation do not hide a text; a phone number is found by its digits
in any written form. Short texts are looked for inside words as they stand, longer ones also across spaces.

A text that was removed everywhere may stand nowhere. One that was removed in one place may stand in another by
decision ("ok", "Jean" beside Cllr Jean Shaw): it is counted against what was released, and looked for wherever no
released word has any business to be.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.phone_numbers import phone_number

_APART = re.compile(r"[\W_]+")
_SPELT_OUT = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_WORD = re.compile(r"\w+")
_GRAM = 6
_ACROSS = 8
"""Letters and digits from which a text is also looked for across spaces; shorter ones would be found by chance."""
_WHOLE = 4
"""Letters and digits below which a text that is released elsewhere is looked for as a word of its own only."""
_DIALLED = 9
_LONGEST_COUNT = 5
_EVERY_COUNCIL = frozenset(
	("parish", "town", "city", "village", "community", "district", "borough", "joint", "council", "the", "of", "and")
)
_MASK = "\x01"


Voice = Literal["message", "own", "mixed"]


class Text(NamedTuple):
	"""Something readable in a file, and where."""

	place: str
	text: str
	loose: bool = False
	"""Taken from bytes that are no text: only texts of six characters and more are looked for in it."""
	voice: Voice = "message"
	"""Whose words: a message's (or nobody knows), the document's own, or both read as one."""
	released: bool = False
	"""Words on a page or in a cell, which are compared with what was released and counted there."""


@dataclass(frozen=True, slots=True)
class House:
	"""What documents say by themselves."""

	phrases: tuple[str, ...] = ()
	"""Fixed phrases, and what is worked out: dates, decisions, labels."""
	council: str = ""
	"""The council's name: a short text inside it is no leak, a long one is for the clerk to know."""
	reference: str = ""
	"""The request's reference, as the council wrote it: a text that stands in it is for the clerk to know too."""


def squashed(text: str) -> str:
	"""Return a text folded, with one space for everything that is neither letter nor digit."""
	if "[U+" in text:
		text = _SPELT_OUT.sub(lambda found: _character(int(found.group(1), 16)), text)
	return _APART.sub(" ", _folded(text)).strip()


@dataclass(frozen=True, slots=True)
class _Needle:
	number: int
	words: re.Pattern[str] | None
	"""For a short text: its words with or without blanks between them."""
	plain: str
	compact: str
	dialled: str
	sign: str


class Needles:
	"""Texts to look for, made ready once.

	Most are looked for in everything that can be read. A text that the documents say by themselves ("Pack", "12",
	"September") is looked for in the words of messages as they stand, and in the documents' own words once these are
	taken away: where the two cannot be told apart, finding it would say nothing.
	"""

	def __init__(
		self,
		needles: Sequence[str],
		house: House | None = None,
		*,
		counted: Collection[int] = (),
		explained: Collection[str] = (),
	) -> None:
		"""Take what to look for, and what the documents say by themselves.

		`counted` are the places in `needles` of texts that may be released elsewhere; `explained` are the squashed
		strings, titles and captions, in which such a text stands by decision.
		"""
		house = house or House()
		self._counted = frozenset(counted)
		self._explained = frozenset(explained)
		phrases = [squashed(phrase) for phrase in house.phrases]
		self._vocabulary = {word for phrase in phrases for word in phrase.split()}
		self._labels = [f"[{phrase}]" for phrase in house.phrases if len(phrase) > 2]
		self._council = squashed(house.council)
		self._names = f"{self._council}\n{squashed(house.reference)}"
		# A place a council is named after may be somebody's name too: only what every council is called is ours.
		self._vocabulary -= set(self._council.split()) - _EVERY_COUNCIL
		made = [one for number, text in enumerate(needles) for one in _ready(number, text)]
		said = "\n".join((*phrases, self._council))
		compact = "\n".join(one.replace(" ", "") for one in (*phrases, self._council))
		self._ours = [one for one in made if house.phrases and self._is_ours(one, said, compact)]
		ours = {id(one) for one in self._ours}
		self._needles = [one for one in made if id(one) not in ours]

	def find(self, texts: Sequence[Text]) -> list[tuple[str, int]]:
		"""Return (place, index of the needle) for every place where a needle can be read that may not stand there."""
		found: dict[tuple[str, int], None] = {}
		strict = [one for one in self._needles if one.number not in self._counted]
		self._search(strict, texts, found)
		self._find_ours([one for one in self._ours if one.number not in self._counted], texts, found)
		if self._counted:
			elsewhere = [self._unexplained(one) for one in texts if not one.released]
			self._search([one for one in self._needles if one.number in self._counted], elsewhere, found)
			self._find_ours([one for one in self._ours if one.number in self._counted], elsewhere, found)
		return list(found)

	def counts(self, text: str) -> Counter[int]:
		"""Return how often each needle stands in a text, whatever is between its letters; for comparing two texts."""
		plain = squashed(text)
		compact = plain.replace(" ", "")
		grams = {compact[at : at + _GRAM] for at in range(len(compact) - _GRAM + 1)}
		found: Counter[int] = Counter()
		for needle in (*self._needles, *self._ours):
			if not _possible(needle, grams):
				continue
			number = _count(needle, text, plain, compact)
			if number:
				found[needle.number] += number
		return found

	def _unexplained(self, one: Text) -> Text:
		if one.loose or not self._explained:
			return one
		lines = [line for line in one.text.split("\n") if squashed(line) not in self._explained]
		return one._replace(text="\n".join(lines))

	def _search(self, needles: Sequence[_Needle], texts: Sequence[Text], found: dict[tuple[str, int], None]) -> None:
		for loose in (False, True):
			some = [one for one in texts if one.loose == loose]
			plain = [squashed(one.text) for one in some]
			compact = [one.replace(" ", "") for one in plain]
			grams = {text[at : at + _GRAM] for text in compact for at in range(len(text) - _GRAM + 1)}
			for needle in needles:
				if loose and len(needle.compact) < _GRAM:
					continue
				if not _possible(needle, grams):
					continue
				for at, one in enumerate(some):
					if self._stands(needle, one.text, plain[at], compact[at]):
						found[one.place, needle.number] = None

	def _stands(self, needle: _Needle, raw: str, plain: str, compact: str) -> bool:
		if needle.number in self._counted and needle.plain and len(needle.compact) < _WHOLE:
			return f" {needle.plain} " in f" {plain} "
		return _stands(needle, raw, plain, compact)

	def _is_ours(self, needle: _Needle, said: str, compact: str) -> bool:
		words = needle.plain.split()
		if needle.sign:
			return False
		if all(word in _EVERY_COUNCIL for word in words):
			return True
		if len(needle.compact) >= _ACROSS and _stands(needle, "", self._names, self._names.replace(" ", "")):
			return False
		return all(word in self._vocabulary or _is_count(word) for word in words) or _stands(needle, "", said, compact)

	def _find_ours(self, needles: Sequence[_Needle], texts: Sequence[Text], found: dict[tuple[str, int], None]) -> None:
		if not needles:
			return
		for one in texts:
			if one.voice == "mixed":
				continue
			if one.voice == "own":
				plain = self._without_own(squashed(one.text))
			else:
				text = one.text
				for label in self._labels:
					text = text.replace(label, _MASK)
				plain = squashed(text)
			compact = plain.replace(" ", "")
			for needle in needles:
				if one.loose and len(needle.compact) < _GRAM:
					continue
				if self._stands(needle, one.text, plain, compact):
					found[one.place, needle.number] = None

	def _without_own(self, plain: str) -> str:
		"""Take away what documents say by themselves: the council's name, their words, and counts."""
		if self._council:
			plain = re.sub(rf"(?<!\w){re.escape(self._council)}(?!\w)", _MASK, plain)
		return _WORD.sub(lambda word: _MASK if word[0] in self._vocabulary or _is_count(word[0]) else word[0], plain)


def _is_count(word: str) -> bool:
	"""Return whether a word is a number so short that pages, times and sums print it too."""
	return word.isdecimal() and len(word) <= _LONGEST_COUNT


def _ready(number: int, text: str) -> list[_Needle]:
	plain = squashed(text)
	if not plain:
		sign = "".join(one for one in _folded(text) if unicodedata.category(one)[0] in "SC" and not one.isascii())
		return [_Needle(number, None, "", "", "", sign)] if sign else []
	forms = [plain]
	if any(unicodedata.bidirectional(one) in ("R", "AL") for one in plain):
		forms.append(plain[::-1])
	phone = phone_number(text)
	dialled = phone.core if phone else ""
	made = []
	for form in forms:
		compact = form.replace(" ", "")
		words = re.compile(" ?".join(map(re.escape, form.split(" ")))) if len(compact) < _ACROSS else None
		made.append(_Needle(number, words, form, compact, dialled, ""))
	return made


def _possible(needle: _Needle, grams: set[str]) -> bool:
	"""Return whether a needle can stand in a text at all, by its runs of six characters: quick for thousands."""
	for text in (needle.compact, needle.dialled):
		if text and all(text[at : at + _GRAM] in grams for at in range(max(0, len(text) - _GRAM + 1))):
			return True
	return bool(needle.sign)


def _stands(needle: _Needle, raw: str, plain: str, compact: str) -> bool:
	if needle.sign:
		return needle.sign in raw
	if needle.words is None:
		if needle.compact in compact:
			return True
	elif needle.words.search(plain):
		return True
	if len(needle.dialled) >= _DIALLED:
		return needle.dialled in compact
	return bool(needle.dialled) and _digits(needle.dialled).search(plain) is not None


def _count(needle: _Needle, raw: str, plain: str, compact: str) -> int:
	if needle.sign:
		return raw.count(needle.sign)
	if len(needle.dialled) >= _DIALLED:
		return compact.count(needle.dialled)
	number = compact.count(needle.compact)
	if number and len(needle.compact) < _WHOLE:
		# Where two readers part words differently, letters meet by chance: a short text counts as a word as well.
		number = min(number, f" {plain} ".replace(" ", "  ").count(f" {needle.plain.replace(' ', '  ')} "))
	if needle.dialled:
		number = max(number, len(_digits(needle.dialled).findall(plain)))
	return number


@lru_cache(maxsize=1024)
def _digits(number: str) -> re.Pattern[str]:
	return re.compile(r"(?<!\d)0?" + " ?".join(number) + r"(?!\d)")


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
	return fold(text)


def _character(code: int) -> str:
	return chr(code) if code <= 0x10FFFF else "\ufffd"
