"""Searching the full text: what the clerk types becomes a query that never fails and never silently drops a sign.

All words must occur; "several words" in quotes stand together; OR separates alternatives (each alternative holds its
own words: `mill lane OR church road`); NOT word or -word leaves out; word* is the beginning of words. Operators are
upper case; anything else is a word. Emoji and signs, which no word index knows, are looked for as they stand.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.store.normal import folded, normal
from cranford_desktop.store.stems import stem

_TOKEN = re.compile(r'(?P<minus>[-−–])?"(?P<phrase>[^"“”]*)(?:"|$)|(?P<word>[^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"""""')
_NOT_SEARCHED = frozenset("!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\"–—…‘’")
"""Signs that mean nothing beside words; alone they are looked for as they stand."""


class Term(NamedTuple):
	"""One thing to look for."""

	text: str
	"""As typed, without quotes, minus and star, normalised."""
	excluded: bool
	prefix: bool
	words: bool
	"""The full-text index knows it; else it is a sign, looked for as it stands."""


@lru_cache(maxsize=64)
def parse(words: str) -> tuple[tuple[Term, ...], ...]:
	"""Return the alternatives of a search, each with its terms; empty where nothing is looked for."""
	tokens = [*_TOKEN.finditer(normal(words.translate(_QUOTES)))]
	alternatives: list[list[Term]] = [[]]
	negate = False
	for place, token in enumerate(tokens):
		word = token["word"]
		is_last = place == len(tokens) - 1
		if word in {"AND", "OR", "NOT"} and len(tokens) > 1:
			if word == "OR" and alternatives[-1] and not is_last:
				alternatives.append([])
			negate = word == "NOT" and not is_last
			continue
		term = _term(token, negate=negate)
		negate = False
		if term is not None and term not in alternatives[-1]:
			alternatives[-1].append(term)
	return tuple(tuple(_told(one)) for one in alternatives if one)


def _told(terms: list[Term]) -> list[Term]:
	"""Leave out bare punctuation where there is something else to look for."""
	telling = [one for one in terms if one.words or not _NOT_SEARCHED.issuperset(one.text)]
	return telling or terms


def _term(token: re.Match[str], *, negate: bool) -> Term | None:
	if token["word"] is None:
		words = _has_words(token["phrase"])
		# The index knows no spaces; signs are looked for as they stand, and so are the spaces between them.
		text = " ".join(token["phrase"].split()) if words else token["phrase"].strip()
		return Term(text, negate or bool(token["minus"]), prefix=False, words=words) if text else None
	word = token["word"]
	if len(word) > 1 and word[0] in "-−–" and _has_words(word):
		negate, word = True, word[1:]
	prefix = word.endswith("*") and _has_words(word)
	return Term(word.rstrip("*") if prefix else word, negate, prefix, _has_words(word))


def _has_words(text: str) -> bool:
	"""Say whether the index surely makes a word of a text: it knows the letters and digits of an old Unicode."""
	return any(unicodedata.ucd_3_2_0.category(char)[0] in "LN" for char in text)


def _expression(terms: Sequence[Term]) -> str | None:
	"""Return the index's query for the words of one alternative; None where it has none to find."""
	found = " AND ".join(_quoted(one) for one in terms if one.words and not one.excluded)
	left_out = " OR ".join(_quoted(one) for one in terms if one.words and one.excluded)
	if not found:
		return None
	return f"({found}) NOT ({left_out})" if left_out else found


def _quoted(term: Term) -> str:
	return '"' + term.text.replace('"', '""') + '"' + ("*" if term.prefix else "")


def fts_query(words: str) -> str | None:
	"""Return what the full-text index is asked; None where nothing in it is a word to find. Never raises.

	Signs and emoji are not part of it: `matching` looks for them as well.
	"""
	expressions = [_expression(one) for one in parse(words)]
	telling = [one for one in expressions if one is not None]
	return " OR ".join(f"({one})" for one in telling) if len(telling) > 1 else next(iter(telling), None)


def matching(c: Connection, words: str) -> set[int] | None:
	"""Return the ids of the messages that a search finds in any of their versions; None where it looks for nothing.

	A search that only leaves out finds everything else.
	"""
	alternatives = parse(words)
	if not alternatives:
		return None
	return set().union(*(_found(c, terms) for terms in alternatives))


def _found(c: Connection, terms: Sequence[Term]) -> set[int]:
	found = [_containing(c, one) for one in terms if not one.excluded and (not one.words or one.prefix)]
	if plain := [one for one in terms if one.words and not one.excluded and not one.prefix]:
		found.append(_ids(c, " AND ".join(map(_quoted, plain))))
	if not found:
		found = [{row[0] for row in c.exec_driver_sql("SELECT id FROM message")}]
	left_out = [_containing(c, one) for one in terms if one.excluded and (not one.words or one.prefix)]
	left_out += [_ids(c, _quoted(one)) for one in terms if one.excluded and one.words and not one.prefix]
	return set.intersection(*found).difference(*left_out)


def _ids(c: Connection, query: str) -> set[int]:
	rows = c.exec_driver_sql(
		"SELECT v.message_id FROM version_text t CROSS JOIN version v ON v.id = t.rowid WHERE version_text MATCH ?",
		(query,),
	)
	return {row[0] for row in rows}


def _containing(c: Connection, term: Term) -> set[int]:
	"""Return the messages that hold a sign as it stands, or a word that begins so."""
	if not term.words:
		rows = c.exec_driver_sql("SELECT message_id FROM version WHERE instr(normal, ?) > 0", (term.text,))
		return {row[0] for row in rows}
	found = _ids(c, _quoted(term))
	# The index holds stems, and "relatio" is not the beginning of the stem of "relation": scan as well.
	begins = re.compile(r"(?<!\w)" + re.escape(folded(term.text)[0]))
	rows = c.exec_driver_sql(
		r"SELECT message_id, normal FROM version WHERE normal LIKE ? ESCAPE '\'",
		("%" + re.sub(r"([%_\\])", r"\\\1", term.text) + "%",),
	)
	found.update(row[0] for row in rows if row[0] not in found and begins.search(folded(row[1])[0]))
	return found


def highlights(text: str, words: str) -> list[tuple[int, int]]:
	"""Return where the words of a search stand in a text: (start, end) in characters of the text as given, in order,
	not overlapping. Case, accents, invisible characters and endings ("drain", "drains") do not matter.
	"""
	terms = [one for terms in parse(words) for one in terms if not one.excluded]
	if not terms or not text:
		return []
	bare, places = folded(text)
	spoken = [(match.start(), match.end()) for match in re.finditer(r"[^\W_]+", bare)]
	stems = [stem(bare[start:end]) for start, end in spoken]
	spans: list[tuple[int, int]] = []
	for term in terms:
		if term.words:
			for first, last in _phrases(term, bare, spoken, stems):
				spans.append((spoken[first][0], spoken[last][1]))
		elif sign := folded(term.text)[0]:
			spans += [(match.start(), match.end()) for match in re.finditer(re.escape(sign), bare)]
	# A combining accent or a joiner belongs to the character before it.
	after = [*places[1:], len(text)]
	return _merged([(places[start], max(after[end - 1], places[end - 1] + 1)) for start, end in spans])


def _phrases(term: Term, bare: str, spoken: Sequence[tuple[int, int]], stems: Sequence[str]) -> list[tuple[int, int]]:
	"""Return the first and last word of every place where a term stands."""
	asked = re.findall(r"[^\W_]+", folded(term.text)[0])
	wanted = [stem(word) for word in asked]
	if not wanted:
		return []
	found: list[tuple[int, int]] = []
	for first in range(len(stems) - len(wanted) + 1):
		last = first + len(wanted) - 1
		if stems[first:last] != wanted[:-1]:
			continue
		start, end = spoken[last]
		if stems[last] == wanted[-1] or (term.prefix and bare[start:end].startswith(asked[-1])):
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
