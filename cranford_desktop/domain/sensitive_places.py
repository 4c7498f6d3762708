"""Where somebody lives, what they drive, when they were born, their e-mail. Stricter than `personal_data`."""

import re
from collections.abc import Collection, Iterator, Sequence

from cranford_desktop.domain.folding import Folded
from cranford_desktop.domain.personal_data import FINDERS
from cranford_desktop.domain.sensitive_numbers import Span
from cranford_desktop.domain.sensitive_words import TOKEN

_ORDINAL = re.compile(r"\d ?(?:st|nd|rd|th)$")
_PLATE_NOW = re.compile(r"([a-hj-pr-y][a-hj-pr-y])(0[2-9]|[12]\d|5[1-9]|[67]\d)[ \-]?([a-hj-pr-z]{3})")
_AT = re.compile(r"[(\[{] ?at ?[)\]}]| at [\w\-]+ dot ")
_BIRTHDAY = re.compile(r"birthday|b'day|bday")
_BORN = re.compile(r"born|birth ?date|date of birth|d\.? ?o\.? ?b\b")
_BIRTH = re.compile(r"born|birth|b'?day|d\.? ?o\.? ?b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEAR = 40


def emails(text: Folded) -> Iterator[Span]:
	"""Yield e-mail addresses."""
	if not has_at(text.text, TOKEN.findall(text.text)):
		return
	for start, end in FINDERS["email"](text):
		yield start, end - (text.text[end - 1] in ".-'")


def has_at(text: str, words: Collection[str]) -> bool:
	"""Say whether a folded text with these words holds the sign of an e-mail address, or what people write for it."""
	if "@" in text:
		return True
	bracket = "(" in text or "[" in text or "{" in text
	return (bracket or "dot" in words) and _AT.search(text) is not None


def postcodes(text: Folded, areas: Collection[str]) -> Iterator[Span]:
	"""Yield postcodes of one of these areas, with an inward half that can be."""
	for start, end in FINDERS["postcode"](text):
		written = re.sub(r"[ .\-]", "", text.text[start:end])
		area = re.match(r"[a-z]+", written)
		inward = written[-2:]
		if area is None or area[0] not in areas or set(inward) & set("cikmov") or _ORDINAL.search(written):
			continue
		if len(written) > 4:
			yield start, end


def vehicles(text: Folded, cars: Collection[str]) -> Iterator[Span]:
	"""Yield number plates of today's form in capitals; others where one of the words `cars` stands near."""
	for start, end in FINDERS["vehicle"](text):
		near = text.text[max(0, start - _NEAR) : end + _NEAR]
		plate = _PLATE_NOW.fullmatch(text.text[start:end])
		if (plate is not None and text.written_large(start, end)) or not frozenset(TOKEN.findall(near)).isdisjoint(
			cars
		):
			yield start, end


def tells_of_birth(text: str) -> bool:
	"""Say whether a folded text holds one of the words that stand beside a date of birth."""
	return _BIRTH.search(text) is not None


def births(text: Folded, year: int | None = None) -> Iterator[Span]:
	"""Yield dates of birth. Beside "birthday" a date of the message's own `year` or later is a party's."""
	if not tells_of_birth(text.text):
		return
	for start, end in FINDERS["date_of_birth"](text):
		near = text.text[max(0, start - _NEAR) : end + _NEAR]
		written = _YEAR.search(text.text, start, end)
		late = year is not None and written is not None and int(written[0]) >= year
		if _BORN.search(near) or (_BIRTHDAY.search(near) and written is not None and not late):
			yield start, end


class Addresses:
	"""Finds a house with its street: "14 Mill Lane", "Flat 2, 14 Mill Lane, TH1 2AB", "Rose Cottage, Mill Lane"."""

	def __init__(
		self,
		streets: Sequence[str],
		houses: Sequence[str],
		no_house: Sequence[str],
		no_street: Sequence[str],
		public: Sequence[str],
	) -> None:
		"""`streets`, `houses`: last words of their names; `no_house`: words before a number that is no house's
		("item"); `no_street`: words that never stand in a street's name ("potholes"); `public`: words shortly before an
		address that everybody may know ("application").
		"""
		self.streets = frozenset(streets)
		self.houses = frozenset(houses)
		self._no_house, self._no_street, self._public = frozenset(no_house), frozenset(no_street), frozenset(public)
		name = r"((?:[^\W\d_][\w'.\-]* ){1,3}?)"
		street = rf"(?:{'|'.join(sorted(self.streets, key=len, reverse=True))})(?![^\W_])"
		self._numbered = re.compile(
			r"(?<![\w£$€.:/\-])(?:(?:flat|apartment|apt|unit) \d{1,3}[a-z]?,? )?(?:(?:no|nos|number)\.? ?)?"
			rf"(\d{{1,4}})[a-z]?(?: ?- ?\d{{1,4}}[a-z]?)?,? {name}{street}"
		)
		self._begun = re.compile(rf"(?<![\w£$€.:/])\d{{1,4}}[a-z]?,? {name}{street}")
		self._named = re.compile(
			rf"(?<![^\W_])((?:[^\W\d_][\w'\-]* ){{1,2}}(?:{'|'.join(sorted(self.houses))}))(?![^\W_]),? {name}{street}"
		)

	def may_hold(self, text: str, words: Collection[str], *, numbered: bool) -> bool:
		"""Say whether a folded text with these words, and with digits or not, may hold an address."""
		if self.streets.isdisjoint(words):
			return False
		return (numbered and self._begun.search(text) is not None) or not self.houses.isdisjoint(words)

	def find(self, text: Folded, codes: Sequence[Span]) -> Iterator[Span]:
		"""Yield addresses, a postcode that follows with them; `codes`: where postcodes stand."""
		for found in self._numbered.finditer(text.text):
			if self._is_house(text, found):
				yield found.start(), _with_postcode(text.text, found.end(), codes)
		for found in self._named.finditer(text.text):
			words = text.text[found.start() : found.end()]
			first = [found.start() + word.start() for word in re.finditer(r"[^\W\d_][\w'.\-]*", words)]
			if all(_is_capital(text, place) for place in first) and not set(found[2].split()) & self._no_street:
				yield found.start(), _with_postcode(text.text, found.end(), codes)

	def _is_house(self, text: Folded, found: re.Match[str]) -> bool:
		number, between = int(found[1]), found[2].split()
		before = TOKEN.findall(text.text[max(0, found.start() - _NEAR) : found.start()])
		if not self._public.isdisjoint(before):
			return False
		if 1900 <= number <= 2099 or number == 0 or (before and before[-1] in self._no_house):
			return False
		if {one.strip(".") for one in between} & self._no_street:
			return False
		large = all(
			_is_capital(text, found.start(2) + word.start()) for word in re.finditer(r"[^\W\d_][\w'.\-]*", found[2])
		)
		return large or len(between) <= 2


def _is_capital(text: Folded, place: int) -> bool:
	return text.original[text.starts[place]].isupper()


def _with_postcode(text: str, end: int, codes: Sequence[Span]) -> int:
	for first, last in codes:
		if end < first <= end + _NEAR and re.fullmatch(r"[^\d.!?;]*", text[end:first]):
			return last
	return end
