"""The app's own lines in a chat: who was added, who left, what was changed, in every language that is read.

Each wording is matched against a whole line, never against a part of it: "she left early" is a message. A full stop at
the end and an invitation to tap are optional everywhere, straight and typographic quotes and apostrophes are the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container
from functools import cache
from typing import NamedTuple

from cranford_desktop.ingest.chat_words import Language, Line, languages

OWNER = "You"
"""The phone's owner, in names of every language."""

_QUOTE = "[\"“”„«»‘’']"
_PLACES = {
	"n": "(?P<n{0}>.{{1,200}}?)",
	"m": "(?P<m{0}>.{{1,1000}}?)",
	"q": f"{_QUOTE}(?P<q{{0}}>.{{{{0,200}}}}?){_QUOTE}",
	"x": ".{{0,1000}}?",
}
_STRONG = 24
"""Letters of fixed wording from which nobody would write the line by hand."""
_PIECE = re.compile(r"(\{[^{}]*\})")
_LEADING = "\u200e\u200f\ufeff"
_LONGEST = 2000
_PUNCTUATION = ".,!?:;()"


class Event(NamedTuple):
	"""A line that the app itself wrote."""

	event: str
	actor: str
	"""The first name of the line as it stands there: who did it, or whom it is about; "" where it names nobody."""
	names: tuple[str, ...]
	"""Everybody the line names, in its order; the owner as "You" in every language."""
	quoted: tuple[str, ...]
	"""Names in quotes: of the group, old and new."""
	strong: bool
	"""The fixed wording is long enough that nobody would type it."""
	language: str = "en"
	taps: bool = False
	"""An invitation to tap follows, which nobody types."""
	lists: tuple[str, ...] = ()
	"""Lists of names as they stand: "Mum and Dad" may be one contact."""


class _Template:
	"""A wording, compiled when a line first looks like it."""

	def __init__(self, language: Language, line: Line, place: int) -> None:
		self.language, self.line, self.place = language, line, place
		pieces = _PIECE.split(line.text)
		fixed = "".join(_fixed(piece) for piece in pieces)
		self.letters = len(fixed.replace("\0", ""))
		self.tokens = [token.strip(_PUNCTUATION) for token in fixed.split() if "\0" not in token]
		self._pieces = pieces
		self._pattern: re.Pattern[str] | None = None

	@property
	def pattern(self) -> re.Pattern[str]:
		"""Return the pattern of the whole line."""
		if self._pattern is None:
			made = "".join(_pattern_of(piece, number) for number, piece in enumerate(self._pieces))
			after = "|".join(map(re.escape, self.language.after))
			tail = rf"(?P<tap>[.!]?\u200e? ?\u200e?(?:{after})\b[^\n]{{0,80}})?[.!]?\s{{0,20}}"
			self._pattern = re.compile(made + tail, re.DOTALL)
		return self._pattern


def _fixed(piece: str) -> str:
	"""Return the letters of a piece that always stand in the line; a NUL for the rest."""
	if piece.startswith("{You:"):
		return piece[5:-1]
	return "\0" if piece.startswith("{") else piece


def _pattern_of(piece: str, number: int) -> str:
	"""Return the pattern of one piece of a wording."""
	if piece.startswith("{o:"):
		return "(?:" + "|".join(_escaped(one) for one in piece[3:-1].split("|")) + ")"
	if piece.startswith("{You:"):
		return f"(?P<u{number}>{_escaped(piece[5:-1])})"
	if piece.startswith("{"):
		return _PLACES[piece[1]].format(number)
	return _escaped(piece)


def _escaped(text: str) -> str:
	"""Return fixed words as a pattern in which apostrophes are the same."""
	return re.escape(text).replace("'", "['’]")


@cache
def _by_token() -> dict[str, tuple[_Template, ...]]:
	"""Return all wordings by the rarest word that always stands in them, so that few are tried on a line."""
	templates = [_Template(language, line, 0) for language in languages() for line in language.lines]
	templates.sort(key=lambda one: -one.letters)
	often = Counter(token for template in templates for token in set(template.tokens))
	found: dict[str, list[_Template]] = defaultdict(list)
	for place, template in enumerate(templates):
		template.place = place
		found[min(template.tokens, key=lambda token: (often[token], -len(token)))].append(template)
	return {token: tuple(those) for token, those in found.items()}


def match(line: str) -> Event | None:
	"""Return what the app says in this line; None where the whole line is none of its own."""
	line = line.lstrip(_LEADING)
	if len(line) > _LONGEST:
		return None
	table = _by_token()
	near: list[_Template] = []
	for token in line.replace("’", "'").split():
		those = table.get(token) or table.get(token.strip(_PUNCTUATION))
		if those is not None:
			near.extend(those)
	# The wording with the most letters says most exactly what happened.
	for template in sorted(set(near), key=lambda one: one.place):
		found = template.pattern.fullmatch(line)
		if found is not None:
			event = _event(template, found)
			if event is not None:
				return event
	return None


def _event(template: _Template, found: re.Match[str]) -> Event | None:
	"""Read the names of a line; None where what stands at a name's place is none."""
	language = template.language
	actor = ""
	names: list[str] = []
	quoted: list[str] = []
	lists: list[str] = []
	for group, value in found.groupdict().items():
		if group == "tap":
			continue
		if group[0] == "q":
			quoted.append(value.strip("\u00a0\u202f "))
			continue
		if group[0] == "u":
			actor = actor or OWNER
			names.append(OWNER)
			continue
		actor = actor or value
		if value.casefold() in language.nobody:
			return None
		parts = _divided(language.code).split(value) if group[0] == "m" else [value]
		if len(parts) > 1:
			lists.append(value)
		names.extend(_name(part, language) for part in parts if part)
	if not _plausible(actor):
		return None
	return Event(
		template.line.event,
		actor,
		tuple(names),
		tuple(quoted),
		template.letters >= _STRONG,
		language.code,
		found["tap"] is not None,
		tuple(lists),
	)


def named(event: Event, known: Container[str] = ()) -> tuple[str, ...]:
	"""Return everybody a line names, whoever acted first; a list that is a `known` name in itself stays one name."""
	names = list(event.names)
	language = next(one for one in languages() if one.code == event.language)
	for undivided in event.lists:
		if undivided in known:
			parts = [_name(part, language) for part in _divided(language.code).split(undivided) if part]
			for start in range(len(names) - len(parts) + 1):
				if names[start : start + len(parts)] == parts:
					names[start : start + len(parts)] = [undivided]
					break
	return tuple(names)


@cache
def _divided(code: str) -> re.Pattern[str]:
	"""Return what stands between two names of a list in a language."""
	language = next(one for one in languages() if one.code == code)
	words = "|".join(map(re.escape, language.joins))
	again = "".join(f"(?:{re.escape(word)} )?" for word in language.before)
	return re.compile(rf", (?:(?:{words}) )?{again}| (?:{words}) {again}")


def _name(text: str, language: Language) -> str:
	"""Return a name as exported, the owner as "You"."""
	return OWNER if text.casefold() in language.you else text


def _plausible(actor: str) -> bool:
	"""Say whether the first name of a line can be a name: "Tom:" is the sender of a message instead."""
	return not actor.endswith(":") and "\n" not in actor
