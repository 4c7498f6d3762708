"""What else to look for: words that stand near the hits, near spellings, wider searches where nothing is found.

Suggestions only: nothing is ever added to a search by itself, and each says how many more messages it would find.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import Idea, NothingFound, WordForms
from cranford_desktop.search_words import SearchWords
from cranford_desktop.services import search_meanings
from cranford_desktop.store import messages as books
from cranford_desktop.store import vocabulary
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.search import Term, parse, words_in
from cranford_desktop.store.stems import stem

_BROAD = 20_000
"""A search that finds more needs no other words."""
_SAMPLE = 400
"""Hits that are read for the words in them."""
_TOGETHER = 6
_SPELLINGS = 4
_LIKELY = 10.83
"""Log-likelihood ratio above which a word stands with the hits not by chance: once in a thousand."""
_TELLING = 4
"""How many times as often as elsewhere."""
_CANDIDATES = 80
_LONGEST = 40
"""Letters of the longest word whose near spellings are looked for: there are some hundred times as many of them."""
_SHORTEST = 6
"""Letters of a word that is found and still has near spellings offered; shorter ones have too many."""
_BEGINNING = 4
"""Letters of a word with which others may begin."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_THINGS = 3
"""Things to try that are said at least."""
_HINTS = (
	"Try a nickname, a house name or the name of a place beside it.",
	"Look at the photos and voice notes of those days: no words in them are searched.",
	"Check the holdings: the phone that has it may not have been imported yet.",
)


def ideas(c: Connection, wanted: MessageFilter, words: SearchWords) -> tuple[Idea, ...]:
	"""Return who wrote under that name, near spellings, then words typical for what is found, most telling first."""
	if not parse(wanted.search or ""):
		return ()
	found = books.message_ids(c, wanted)
	if not found or len(found) > _BROAD:
		return ()
	wrote = search_meanings.by_sender(c, wanted)
	spelled = (_adding(c, wanted, len(found), "spelling", *one) for one in _spellings(c, wanted, words))
	sample = found[:: max(1, len(found) // _SAMPLE)]
	together = (_adding(c, wanted, len(found), "together", one, one) for one in _typical(c, wanted, sample, words))
	return (*wrote, *_first(spelled, _SPELLINGS), *_first(together, _TOGETHER))


def nothing_found(
	c: Connection, wanted: MessageFilter, tried: tuple[WordForms, ...], words: SearchWords
) -> NothingFound:
	"""Return what was tried and what to try where a search finds nothing."""
	found: list[Idea] = []
	seen: set[MessageFilter] = {wanted}
	for idea in _wider(c, wanted, words):
		if idea.wanted not in seen:
			seen.add(idea.wanted)
			if messages := books.count(c, idea.wanted):
				found.append(replace(idea, messages=messages))
	return NothingFound(tried, tuple(found), _HINTS if len(found) < _THINGS else ())


def _first(several: Iterable[Idea], most: int) -> Iterator[Idea]:
	for one in several:
		if one.messages > 0:
			yield one
			most -= 1
			if not most:
				return


def _adding(
	c: Connection, wanted: MessageFilter, found: int, why: Literal["spelling", "together"], shown: str, search: str
) -> Idea:
	wider = replace(wanted, search=f"{wanted.search} OR {search}")
	return Idea(why, shown, wider, books.count(c, wider) - found)


def _typical(c: Connection, wanted: MessageFilter, sample: Sequence[int], words: SearchWords) -> list[str]:
	"""Return the words that stand in the hits far more often than in the archive as a whole."""
	asked = {stem(one) for terms in parse(wanted.search or "") for term in terms for one in words_in(term.text)}
	texts = vocabulary.texts_of(c, sample)
	inside = Counter[str]()
	written = dict[str, Counter[str]]()
	for text in texts:
		told = {one for one in words_in(text) if len(one) > 2 and not one.isdigit() and one not in words.unsaid}
		for word in told:
			written.setdefault(stem(word), Counter())[word] += 1
		inside.update({stem(one) for one in told})
	candidates = [
		one for one, _ in inside.most_common(_CANDIDATES + len(asked)) if inside[one] > 1 and one not in asked
	]
	everywhere = vocabulary.texts_with_stems(c, candidates)
	total = max(books.count(c, MessageFilter(with_set_aside=True)), len(texts))
	scored = []
	for one in candidates:
		here, all_over = inside[one], max(everywhere.get(one, 0), inside[one])
		if here / len(texts) >= _TELLING * all_over / total:
			score = _likelihood(here, len(texts), all_over, total)
			if score >= _LIKELY:
				scored.append((score, written[one].most_common(1)[0][0]))
	return [word for _, word in sorted(scored, key=lambda one: (-one[0], one[1]))]


def _likelihood(here: int, texts: int, all_over: int, total: int) -> float:
	"""Return the log-likelihood ratio of a word's share in some texts against the rest (T. Dunning, 1993)."""
	elsewhere, others = max(all_over - here, 0), max(total - texts, 1)
	share = (here + elsewhere) / (texts + others)

	def part(seen: int, of: int) -> float:
		return seen * math.log(seen / (of * share)) if seen else 0.0

	return 2 * (
		part(here, texts)
		+ part(elsewhere, others)
		+ (texts - here) * math.log(max((texts - here) / (texts * (1 - share)), 1e-12) if share < 1 else 1)
		+ (others - elsewhere) * math.log(max((others - elsewhere) / (others * (1 - share)), 1e-12) if share < 1 else 1)
	)


class _Spelling(NamedTuple):
	"""A near spelling of one alternative of a search."""

	shown: str
	search: str
	"""The whole alternative, spelled so."""


def _spellings(c: Connection, wanted: MessageFilter, words: SearchWords) -> list[_Spelling]:
	"""Return near spellings of the words of a search that the archive holds."""
	found: dict[_Spelling, None] = {}
	for terms in parse(wanted.search or ""):
		spoken = [
			(place, word)
			for place, one in enumerate(terms)
			if one.words and not one.excluded and not one.prefix
			for word in words_in(one.text)
		]
		near = {word: _near(c, word, words) for _, word in spoken}
		for (at, first), (then, second) in pairwise(spoken):
			# Beside its neighbour a near spelling is no other word: "Mill Ln", "Mil Lane".
			for pair in (*(f"{one} {second}" for one in near[first]), *(f"{first} {one}" for one in near[second])):
				whole = f" {' '.join(words_in(terms[at].text))} ".replace(f" {first} {second} ", f" {pair} ")
				shown = whole.strip() if at == then else pair
				others = [_written(one) for place, one in enumerate(terms) if place not in {at, then}]
				found[_Spelling(shown, " ".join([f'"{shown}"', *others]))] = None
		if len(spoken) == 1:
			(at, word), others = spoken[0], [_written(one) for place, one in enumerate(terms) if place != spoken[0][0]]
			often = vocabulary.texts_with(c, [word]).get(word, 0)
			for one, texts in near[word].items():
				if not often or (len(word) >= _SHORTEST and texts * 5 <= often):
					found[_Spelling(one, " ".join([one, *others]))] = None
	return [*found]


def _near(c: Connection, word: str, words: SearchWords) -> dict[str, int]:
	"""Return the archive's words that differ from a word in one letter or two changed places, or are its short form;
	most frequent first, those of its own stem not among them.
	"""
	made = (
		{words.short[word]} if word in words.short else {short for short, long in words.short.items() if long == word}
	)
	if 2 < len(word) <= _LONGEST:
		for place in range(len(word) + 1):
			before, after = word[:place], word[place:]
			made.add(before + after[1:])
			made.update(before + letter + after for letter in _LETTERS)
			made.update(before + letter + after[1:] for letter in _LETTERS)
			if len(after) > 1:
				made.add(before + after[1] + after[0] + after[2:])
	others = [one for one in made if len(one) > 1 and one not in words.unsaid and stem(one) != stem(word)]
	held = vocabulary.texts_with(c, others)
	return dict(sorted(held.items(), key=lambda one: (-one[1], one[0])))


def _wider(c: Connection, wanted: MessageFilter, words: SearchWords) -> Iterator[Idea]:
	"""Yield searches that ask for less; none of them has been counted."""
	alternatives = parse(wanted.search or "")
	yield from search_meanings.by_sender(c, wanted)
	yield from search_meanings.in_month(c, wanted)
	if wanted.exact or wanted.dropped:
		yield Idea("not_exact", wanted.search or "", replace(wanted, exact=False, dropped=()), 0)
	if len(alternatives) == 1:
		yield from _with_other_words(c, wanted, alternatives[0], words)
	yield from _without_filters(wanted)


def _with_other_words(
	c: Connection, wanted: MessageFilter, terms: Sequence[Term], words: SearchWords
) -> Iterator[Idea]:
	inside = [one for one in terms if not one.excluded]
	left_out = [_written(one) for one in terms if one.excluded]

	def idea(why: Literal["fewer_words", "any_word", "beginning"], *alternatives: Sequence[str]) -> Idea:
		search = " OR ".join(" ".join([*several, *left_out]) for several in alternatives)
		return Idea(why, " OR ".join(map(" ".join, alternatives)), replace(wanted, search=search), 0)

	for spelling in _spellings(c, wanted, words)[:_SPELLINGS]:
		yield Idea("spelling", spelling.shown, replace(wanted, search=spelling.search), 0)
	apart = [word for one in inside for word in (one.text.split() if one.phrase else [_written(one)])]
	if len(apart) > len(inside):
		yield idea("fewer_words", apart)
	if len(inside) > 1:
		for place in range(len(inside)):
			yield idea("fewer_words", [_written(one) for at, one in enumerate(inside) if at != place])
	if len(apart) > 1:
		yield idea("any_word", *([one] for one in apart))
	whole = [one.words and not one.phrase and not one.prefix for one in inside]
	if any(whole):
		yield idea(
			"beginning",
			[one.text + "*" if is_word else _written(one) for one, is_word in zip(inside, whole, strict=True)],
		)
	for place, is_word in enumerate(whole):
		if is_word and len(inside[place].text) > _BEGINNING + 1:
			begins = inside[place].text[:_BEGINNING] + "*"
			yield idea("beginning", [begins if at == place else _written(one) for at, one in enumerate(inside)])


def _without_filters(wanted: MessageFilter) -> Iterator[Idea]:
	shown = wanted.search or ""
	everywhere = replace(
		wanted, group=None, person=None, role=None, start=None, end=None, kinds=None, holding=None, category=None,
		tag=None, phone=None, without_personal=False,
	)  # fmt: skip
	if wanted.start is not None or wanted.end is not None:
		yield Idea("all_dates", shown, replace(wanted, start=None, end=None), 0)
	if wanted.group is not None or wanted.phone is not None:
		yield Idea("all_groups", shown, replace(wanted, group=None, phone=None), 0)
	if wanted.person is not None or wanted.role is not None:
		yield Idea("everyone", shown, replace(wanted, person=None, role=None), 0)
	if wanted.without_personal:
		yield Idea("personal", shown, replace(wanted, without_personal=False), 0)
	if any(one is not None for one in (wanted.kinds, wanted.holding, wanted.category, wanted.tag)):
		yield Idea("all_kinds", shown, replace(wanted, kinds=None, holding=None, category=None, tag=None), 0)
	yield Idea("no_filters", shown, everywhere, 0)


def _written(term: Term) -> str:
	return "-" * term.excluded + (f'"{term.text}"' if term.phrase else term.text + "*" * term.prefix)
