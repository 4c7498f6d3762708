"""What the clerk types becomes a query that never fails and never silently drops a sign.

All words must occur; "several words" in quotes stand together; OR separates alternatives (each alternative holds its
own words: `mill lane OR church road`); NOT word or -word leaves out; word* is the beginning of words. Operators are
upper case; anything else is a word. Emoji and signs, which no word index knows, are looked for as they stand. What a
query finds in the tables stands in `hits`.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.store.normal import folded, normal
from cranford_desktop.store.stems import stem

TOKEN = re.compile(r'(?P<minus>[-−–])?"(?P<phrase>[^"“”]*)(?:"|$)|(?P<word>[^\s"]+)')
OPERATORS = frozenset({"AND", "OR", "NOT"})
_QUOTES = str.maketrans("“”„«»", '"""""')
_NOT_SEARCHED = frozenset("!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\"–—…‘’")
"""Signs that mean nothing beside words; alone they are looked for as they stand."""
_WORD = re.compile(r"[^\W_]+")


class Term(NamedTuple):
	"""One thing to look for."""

	text: str
	"""As typed, without quotes, minus and star, normalised."""
	excluded: bool
	prefix: bool
	words: bool
	"""The full-text index knows it; else it is a sign, looked for as it stands."""
	phrase: bool = False
	"""It stood in quotes."""


class Asked(NamedTuple):
	"""What is looked for, and how narrowly."""

	words: str
	exact: bool = False
	"""Words as typed only, not others of the same stem."""
	dropped: frozenset[str] = frozenset()
	"""Words that do not count as found, folded."""


def asked(wanted: MessageFilter) -> Asked:
	"""Return the words that a filter looks for."""
	return Asked(wanted.search or "", wanted.exact, frozenset(folded(one)[0] for one in wanted.dropped))


def straight(words: str) -> str:
	"""Return words as typed in the form in which they are taken apart: normalised, with plain quotation marks."""
	return normal(words.translate(_QUOTES))


@lru_cache(maxsize=64)
def parse(words: str) -> tuple[tuple[Term, ...], ...]:
	"""Return the alternatives of a search, each with its terms; empty where nothing is looked for."""
	tokens = [*TOKEN.finditer(straight(words))]
	alternatives: list[dict[Term, None]] = [{}]
	negate = False
	for place, token in enumerate(tokens):
		word = token["word"]
		is_last = place == len(tokens) - 1
		if word in OPERATORS and len(tokens) > 1:
			if word == "OR" and alternatives[-1] and not is_last:
				alternatives.append({})
			negate = word == "NOT" and not is_last
			continue
		term = _term(token, negate=negate)
		negate = False
		if term is not None:
			alternatives[-1].setdefault(term)
	return tuple(dict.fromkeys(tuple(_told([*one])) for one in alternatives if one))


def _told(terms: list[Term]) -> list[Term]:
	"""Leave out bare punctuation where there is something else to look for."""
	telling = [one for one in terms if one.words or not _NOT_SEARCHED.issuperset(one.text)]
	return telling or terms


def _term(token: re.Match[str], *, negate: bool) -> Term | None:
	if token["word"] is None:
		words = has_words(token["phrase"])
		# The index knows no spaces; signs are looked for as they stand, and so are the spaces between them.
		text = " ".join(token["phrase"].split()) if words else token["phrase"].strip()
		return Term(text, negate or bool(token["minus"]), prefix=False, words=words, phrase=True) if text else None
	word = token["word"]
	if len(word) > 1 and word[0] in "-−–" and has_words(word):
		negate, word = True, word[1:]
	prefix = word.endswith("*") and has_words(word)
	return Term(word.rstrip("*") if prefix else word, negate, prefix, has_words(word))


def has_words(text: str) -> bool:
	"""Say whether the index surely makes a word of a text: it knows the letters and digits of an old Unicode."""
	return any(unicodedata.ucd_3_2_0.category(char)[0] in "LN" for char in text)


def words_in(text: str) -> list[str]:
	"""Return the words of a text in order, folded."""
	return _WORD.findall(folded(text)[0])


def highlights(text: str, what: str | Asked) -> list[tuple[int, int]]:
	"""Return where the words of a search stand in a text: (start, end) in characters of the text as given, in order,
	not overlapping. Case, accents, invisible characters and endings ("drain", "drains") do not matter.
	"""
	given = Asked(what) if isinstance(what, str) else what
	terms = [one for terms in parse(given.words) for one in terms if not one.excluded]
	if not terms or not text:
		return []
	bare, places = folded(text)
	spoken = [(match.start(), match.end()) for match in _WORD.finditer(bare)]
	words = [bare[start:end] for start, end in spoken]
	# Stemming changes endings only: a word that begins with another letter is no hit.
	heads = {word[0] for term in terms for word in words_in(term.text)}
	stems = [stem(word) if word[0] in heads else word for word in words]
	spans: list[tuple[int, int]] = []
	for term in terms:
		if term.words:
			for first, last in _phrases(term, given, words, stems):
				spans.append((spoken[first][0], spoken[last][1]))
		elif sign := folded(term.text)[0]:
			spans += [(match.start(), match.end()) for match in re.finditer(re.escape(sign), bare)]
	# A combining accent or a joiner belongs to the character before it.
	after = [*places[1:], len(text)]
	return _merged([(places[start], max(after[end - 1], places[end - 1] + 1)) for start, end in spans])


def _phrases(term: Term, given: Asked, words: Sequence[str], stems: Sequence[str]) -> list[tuple[int, int]]:
	"""Return the first and last word of every place where a term stands."""
	wanted = words_in(term.text)
	literal = given.exact or term.prefix
	held = words if literal else stems
	sought = wanted if literal else [stem(word) for word in wanted]
	if not sought:
		return []
	found: list[tuple[int, int]] = []
	for first in range(len(held) - len(sought) + 1):
		last = first + len(sought) - 1
		if held[first:last] != sought[:-1]:
			continue
		ends = held[last].startswith(sought[-1]) if term.prefix else held[last] == sought[-1]
		if ends and (literal or given.dropped.isdisjoint(words[first : last + 1])):
			found.append((first, last))
	return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
	merged: list[tuple[int, int]] = []
	for start, end in sorted(spans):
		if merged and start < merged[-1][1]:
			merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
		else:
			merged.append((start, end))
	return merged
