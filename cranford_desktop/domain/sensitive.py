"""What may be sensitive in a message: places to look at, each with its kind. They are suggestions and never complete.

Pure functions over text; word lists, names and the council's own words are handed in. Nothing is counted or kept about
a person.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from cranford_desktop.domain import sensitive_numbers as numbers
from cranford_desktop.domain import sensitive_places as places
from cranford_desktop.domain.folding import Folded, fold, folded
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.sensitive_words import TOKEN, Phrases, Titled, Word, tokens_of, words_of

REVISION = 1
"""Raise it when a detector changes: then everything is looked at again."""

Detector = Literal[
	"own_word", "iban", "card", "bank", "account", "nhs", "nino", "phone", "email", "address", "postcode", "birth",
	"vehicle", "contact", "name", "health", "family", "safeguarding", "confidential",
]  # fmt: skip
"""Kinds of finds, surest first: where two of one length overlap the first stands."""
DETECTORS: tuple[Detector, ...] = get_args(Detector)


class Find(NamedTuple):
	"""A place in a text, in characters of the text as it was written."""

	detector: Detector
	start: int
	end: int


@dataclass(frozen=True, slots=True)
class FindKind:
	"""What a kind of find is called, and why it is pointed at, in plain words."""

	one: str
	many: str
	reason: str


@dataclass(frozen=True, slots=True)
class WordList:
	"""Words that say something private."""

	detector: Detector
	words: tuple[str, ...]
	unless: tuple[str, ...]
	"""Phrases in which such a word means something else: "private road"."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
	"""The word lists that ship with the app (`resources/sensitive`)."""

	lists: tuple[WordList, ...]
	streets: tuple[str, ...]
	houses: tuple[str, ...]
	no_house: tuple[str, ...]
	no_street: tuple[str, ...]
	public: tuple[str, ...]
	postcode_areas: tuple[str, ...]
	cars: tuple[str, ...]
	titles: tuple[str, ...]
	formal_titles: tuple[str, ...]
	nobody: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watch:
	"""What one council's archive adds."""

	own_words: tuple[str, ...] = ()
	"""To be pointed at."""
	own_details: tuple[str, ...] = ()
	"""Published by the council itself, never pointed at: its telephone, its e-mail domain, its hall's address."""
	members: tuple[str, ...] = ()
	"""Names of members and staff: in ordinary talk they are no find."""
	others: tuple[str, ...] = ()
	"""Names of other people the archive knows; of at least two words, or they would be found everywhere."""
	nicknames: tuple[str, ...] = ()
	"""What people are called besides; found where written with a capital."""


class SensitiveFinder:
	"""Looks for everything at once; made once, asked for every text."""

	def __init__(self, vocabulary: Vocabulary, watch: Watch) -> None:
		self._addresses = places.Addresses(
			vocabulary.streets, vocabulary.houses, vocabulary.no_house, vocabulary.no_street, vocabulary.public
		)
		self._areas = frozenset(vocabulary.postcode_areas)
		members = {fold(name) for name in watch.members}
		surnames = {TOKEN.findall(name)[-1] for name in members if TOKEN.findall(name)}
		self._titled = Titled(vocabulary.titles, vocabulary.formal_titles, vocabulary.nobody, surnames)
		named = [one for one in watch.others if len(TOKEN.findall(fold(one))) > 1 and fold(one) not in members]
		self._phrases = Phrases(
			[
				*((words, one.detector) for one in vocabulary.lists for words in one.words),
				*((words, "own_word") for words in watch.own_words),
				*((name, "name") for name in named),
				*((name, _NICKNAME) for name in watch.nicknames),
			]
		)
		self._unless = Phrases((words, one.detector) for one in vocabulary.lists for words in one.unless)
		self._own = _OwnDetails(watch.own_details)
		self._cars = frozenset(vocabulary.cars)

	def find(self, text: str, year: int | None = None) -> list[Find]:
		"""Return the places of a text, in order, none overlapping another; `year`: in which it was sent."""
		return self.look_closely(text, year) if self.may_hold(text) else []

	def may_hold(self, text: str) -> bool:
		"""Say whether a close look is worth it, at a tenth of its cost: wrongly yes at times, never wrongly no."""
		plain = fold(text)
		tokens = tokens_of(plain)
		words = frozenset(tokens)
		digit = _DIGITS.search(plain)
		if digit is not None and (
			_RUN.search(plain, digit.start())
			or _after_letter(plain, digit.start())
			or not self._cars.isdisjoint(words)
			or places.tells_of_birth(plain)
		):
			return True
		if "@" in plain or ("at" in words and places.has_at(plain, words)):
			return True
		if not self._phrases.keys.isdisjoint(words) and next(self._phrases.find(tokens), None) is not None:
			return True
		if not self._titled.titles.isdisjoint(words):
			return True
		return self._addresses.may_hold(plain, words, numbered=digit is not None)

	def look_closely(self, text: str, year: int | None = None) -> list[Find]:
		"""Return what `find` does, without asking first whether it is worth it."""
		here = folded(text)
		words = words_of(here)
		found = [
			*((*span, "email") for span in places.emails(here)),
			*self._numbers(here, year),
			*self._addressed(here),
			*self._worded(here, words),
		]
		if not found:
			return []
		kept = _without_overlaps(found)
		return [
			Find(detector, *here.span(start, end))  # type: ignore[arg-type]
			for start, end, detector in kept
			if not self._own.holds(detector, here.text[start:end])
		]

	def _numbers(self, text: Folded, year: int | None) -> Iterator[tuple[int, int, str]]:
		digits = sum(map(len, _DIGITS.findall(text.text)))
		if not digits:
			return
		for detector, least, finder in _NUMBERS:
			if digits >= least:
				for start, end in finder(text):
					yield start, end, detector
		for start, end, whole in numbers.bank_details(text):
			yield start, end, "bank" if whole else "account"
		for start, end in places.vehicles(text, self._cars):
			yield start, end, "vehicle"
		for start, end in places.births(text, year):
			yield start, end, "birth"

	def _addressed(self, text: Folded) -> Iterator[tuple[int, int, str]]:
		codes = list(places.postcodes(text, self._areas))
		for start, end in codes:
			yield start, end, "postcode"
		for start, end in self._addresses.find(text, codes):
			yield start, end, "address"

	def _worded(self, text: Folded, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
		for start, end in self._titled.find(text, words):
			yield start, end, "name"
		plain = [one.text for one in words]
		unless = list(self._unless.find(plain))
		for first, last, label in self._phrases.find(plain):
			start, end = words[first].start, words[last - 1].end
			if label == _NICKNAME:
				if _has_capital(text, words[first]):
					yield start, end, "name"
			elif not any(label == other and a <= first and last <= b for a, b, other in unless):
				yield start, end, label


def same_words(detector: str, words: str) -> str:
	"""Return how found words are compared: telephone numbers as dialled, all else by letters and digits alone."""
	if detector == "phone":
		number = phone_number(re.sub("[*~]", "", fold(words)))
		if number is not None:
			return f"{number.country}{number.core}"
	return "".join(TOKEN.findall(fold(words)))


class _OwnDetails:
	"""What the council publishes itself."""

	def __init__(self, details: Sequence[str]) -> None:
		self._plain = {same_words("phone", one) if phone_number(one) else same_words("", one) for one in details}
		self._domains = tuple(
			domain for domain in (fold(one).rpartition("@")[2].strip(". ") for one in details) if "." in domain
		)

	def holds(self, detector: str, words: str) -> bool:
		"""Say whether found words are the council's own."""
		if not self._plain:
			return False
		if detector == "email" and any(words.endswith((f"@{one}", f".{one}")) for one in self._domains):
			return True
		plain = same_words(detector, words)
		if detector in ("address", "postcode"):
			return any(plain in one for one in self._plain)
		return plain in self._plain


def _without_overlaps(found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
	"""Return the longest of those that overlap, in order."""
	kept: list[tuple[int, int, str]] = []
	for start, end, detector in sorted(
		set(found), key=lambda one: (one[2] != "own_word", one[0] - one[1], _RANK[one[2]], one[0])
	):
		if all(end <= first or last <= start for first, last, _ in kept):
			kept.append((start, end, detector))
	return sorted(kept)


def _after_letter(plain: str, start: int) -> bool:
	"""Say whether digits stand right behind a letter, as in a postcode or a number plate."""
	return any(found.start() and plain[found.start() - 1].isalpha() for found in _DIGITS.finditer(plain, start))


def _has_capital(text: Folded, word: Word) -> bool:
	return text.original[text.starts[word.start]].isupper()


_NICKNAME = "nickname"
_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"\d(?:[ ()\[\]\-./_*~]{0,4}\d){5}")
"""Digits that may belong together, as many as the shortest account or telephone number has."""
_NUMBERS: tuple[tuple[Detector, int, Callable[[Folded], Iterator[tuple[int, int]]]], ...] = (
	("iban", 2, numbers.ibans),
	("card", 13, numbers.cards),
	("nhs", 10, numbers.nhs_numbers),
	("nino", 6, numbers.national_insurance),
	("phone", 9, numbers.phones),
)
"""Detectors of numbers, with the fewest digits in a text that holds one."""
_RANK: dict[str, int] = {detector: rank for rank, detector in enumerate(DETECTORS)}
