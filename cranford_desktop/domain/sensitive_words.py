"""Words and names in a text: many phrases looked for at once, at a cost that grows with the text, not with the list."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cranford_desktop.domain.folding import Folded, fold

TOKEN = re.compile(r"[^\W_]+")
"""A run of letters and digits; an apostrophe parts words, so that "Hartley's" holds "hartley"."""


def tokens_of(plain: str) -> list[str]:
	"""Return the words of a folded text without their places; English ones are split in a third of the time."""
	if not plain.isascii():
		odd = [one for one in set(plain) if one > "\x7f"]
		if len(odd) > _FEW or any(one.isalnum() for one in odd):
			return TOKEN.findall(plain)
		for one in odd:
			plain = plain.replace(one, " ")
	return plain.translate(_SPLIT).split()


_FEW = 8
_SPLIT = {code: " " for code in range(128) if not chr(code).isalnum()}


class Word(NamedTuple):
	"""A word of a folded text and where it stands."""

	text: str
	start: int
	end: int


def words_of(text: Folded) -> list[Word]:
	"""Return the words of a folded text."""
	return [Word(found[0], found.start(), found.end()) for found in TOKEN.finditer(text.text)]


class Phrases:
	"""Finds phrases word by word, whatever stands between the words: blanks, line breaks, hyphens."""

	def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
		"""Take (phrase, what it is)."""
		self._by_key: dict[str, list[tuple[tuple[str, ...], int, str]]] = {}
		for phrase, label in phrases:
			parts = tuple(TOKEN.findall(fold(phrase)))
			if parts:
				at = max(range(len(parts)), key=lambda place: len(parts[place]))
				self._by_key.setdefault(parts[at], []).append((parts, at, label))
		self.keys = frozenset(self._by_key)
		"""A text without any of these words holds none of the phrases."""

	def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
		"""Yield (first word, word behind the last, what it is)."""
		for key in self.keys.intersection(words):
			for place, word in enumerate(words):
				if word == key:
					yield from self._at(words, place)

	def _at(self, words: Sequence[str], place: int) -> Iterator[tuple[int, int, str]]:
		for parts, at, label in self._by_key[words[place]]:
			first = place - at
			if first >= 0 and tuple(words[first : first + len(parts)]) == parts:
				yield first, first + len(parts), label


class Titled:
	"""Finds a title with a name: "Mrs Hartley", "Dr. J Example"; members of the council are not meant."""

	def __init__(
		self, titles: Sequence[str], formal: Sequence[str], nobody: Sequence[str], known: Iterable[str]
	) -> None:
		"""`titles` go before a name written with a capital; `formal` ones (mr, mrs) before any; `nobody`: words behind
		a title that name nobody ("chairman"); `known`: surnames of members.
		"""
		self.titles = frozenset((*titles, *formal))
		self._formal, self._nobody = frozenset(formal), frozenset(nobody)
		self._known = frozenset(known)

	def find(self, text: Folded, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
		"""Yield the stretches of titles with their names."""
		for place, word in enumerate(words):
			if word.text not in self.titles:
				continue
			name = self._name(text, words, place)
			if name and not self._known.intersection(one.text for one in name):
				yield word.start, name[-1].end

	def _name(self, text: Folded, words: Sequence[Word], place: int) -> list[Word]:
		"""Return the words of the name behind a title: at most three, joined by a blank, a full stop or a hyphen."""
		formal = words[place].text in self._formal
		name: list[Word] = []
		for before, word in zip(words[place:], words[place + 1 : place + 4], strict=False):
			capital = text.original[text.starts[word.start]].isupper()
			joined = re.fullmatch(r"\.? ?|[-']", text.text[before.end : word.start]) is not None
			if not joined or word.text in self._nobody or not word.text[0].isalpha():
				break
			if not capital and (name or not formal or len(word.text) < 3):
				break
			if word.text == "s" and text.text[before.end] == "'":
				break
			name.append(word)
		return name
