"""What is held about one person, and why each thing counts as about them (WhatsApp Use Policy, section 5, third point).

Nobody is scored: a thing is about somebody where they sent it, or where one of their names, numbers or addresses stands
in it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from cranford_desktop.domain.directory import DetailKind
from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.redacting import find, hits
from cranford_desktop.domain.requester import is_title

Place = Literal["sent", "named", "file", "case", "request", "letter", "ask", "transfer", "directory", "other"]
"""Where it lies: messages they sent, messages naming them, words of files, and the council's own records."""
PLACES: tuple[Place, ...] = get_args(Place)
Sort = Literal["name", "called", "title", "number", "email", "address", "word"]
"""What was found: a whole name, a nickname, a title with the family name, a number, an address, a word to look for."""
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Cllr", "Councillor", "Revd", "Rev", "Sir", "Dame")
_SHORTEST = 3


class LookedFor(NamedTuple):
	"""One thing a person is looked for by."""

	words: str
	sort: Sort

	@property
	def why(self) -> str:
		"""The reason a hit on it is given: “Tom Green”."""
		told = {
			"name": "Names them",
			"called": "Also known as",
			"title": "Title and family name",
			"number": "Their number",
			"email": "Their e-mail address",
			"address": "Their address",
			"word": "The word looked for",
		}[self.sort]
		return f"{told}: {self.words}"


SENT_BY_THEM = "Sent by them"


@dataclass(frozen=True, slots=True)
class Whom:
	"""A person, or a name or number nobody is confirmed for, with all they are looked for by."""

	name: str
	person_id: int | None
	looked_for: tuple[LookedFor, ...]


class HeldItem(NamedTuple):
	"""One thing that is held."""

	place: Place
	reference: str
	"""For the clerk: "Councillors, 3 April 2025, 08:12", "FOI-2026-001", "Nickname"."""
	why: tuple[str, ...]
	words: str = ""
	"""What it says; empty where only the reference is given (cases)."""
	message_id: int | None = None
	target: str = ""
	"""Where the window shows it: "archive:12", "cases:3"."""
	sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldAbout:
	"""Everything held about one person."""

	council: str
	practice: bool
	whom: Whom
	made_at: datetime
	items: Sequence[HeldItem]
	messages_read: int
	"""Messages that were gone through."""

	@property
	def counts(self) -> Mapping[Place, int]:
		"""How many things lie in each place; places without any are left out."""
		return {place: number for place in PLACES if (number := sum(one.place == place for one in self.items))}

	def message_ids(self) -> list[int]:
		"""Return the messages about them, each once, in the order listed."""
		return list(dict.fromkeys(one.message_id for one in self.items if one.message_id is not None))


def looked_for(
	name: str, others: Sequence[str], details: Sequence[tuple[DetailKind, str]], more: Sequence[str] = ()
) -> tuple[LookedFor, ...]:
	"""Return all that a person is looked for by: names whole and without title, and the family name with any title.

	`others`: names and numbers on phones; `details`: as the directory keeps them; `more`: words the clerk adds. A first
	or a family name alone is looked for only where somebody gave it: it would find too many others.
	"""
	found: dict[str, LookedFor] = {}

	def add(words: str, sort: Sort) -> None:
		plain = " ".join(plain_name(words).split())
		if len(fold(plain)) >= _SHORTEST or sort in ("number", "word"):
			found.setdefault(folded_name(plain), LookedFor(plain, sort))

	for number, one in enumerate((name, *others)):
		if phone_number(one) is not None:
			add(one, "number")
			continue
		add(one, "name" if number == 0 else "called")
		bare = _without_titles(one)
		if len(bare) > 1:
			add(" ".join(bare), "name")
	for kind, value in details:
		if kind == "nickname":
			add(value, "called")
		elif kind == "phone":
			add(value, "number")
		elif kind == "email":
			add(value, kind)
		elif kind == "address":
			add(value, kind)
			add(re.split(r"[,\n]", value)[0], kind)
	for title in TITLES:
		if family := family_name(name):
			add(f"{title} {family}", "title")
	for words in more:
		if words.strip():
			add(words, "word")
	return tuple(found.values())


def family_name(name: str) -> str:
	"""Return the family name of somebody with a title or two names: "Green"; empty for one name alone."""
	words = _without_titles(name)
	titled = len(words) < len(_words(name))
	return words[-1] if words and (len(words) > 1 or titled) and phone_number(name) is None else ""


def reasons(whom: Whom) -> Callable[[str], tuple[str, ...]]:
	"""Return what says of a text why it is about somebody: each thing looked for that stands in it, as a pack would
	cover it (whatever the case, the accents, the form of a number); empty where it is not about them.
	"""
	trials = tuple(
		Redaction(number, "person", one.words, "", names=(one.words,)) for number, one in enumerate(whom.looked_for)
	)
	may = _may_hold(whom.looked_for)

	def why(text: str) -> tuple[str, ...]:
		if not text or not may(text):
			return ()
		numbers = sorted({one.redaction.id for one in hits(text, trials)})
		told = [whom.looked_for[number] for number in numbers]
		return tuple(one.why for one in told if not _inside_another(one, told))

	return why


def places(whoms: Sequence[Whom]) -> Callable[[str], list[tuple[int, int]]]:
	"""Return what says where in a text anything stands by which any of these people are looked for, in order."""
	everything = tuple(dict.fromkeys(one for whom in whoms for one in whom.looked_for))
	trial = Redaction(0, "person", "", "", names=tuple(one.words for one in everything))
	may = _may_hold(everything)

	def where(text: str) -> list[tuple[int, int]]:
		return [(one.start, one.end) for one in find(text, (trial,))] if text and may(text) else []

	return where


def _inside_another(one: LookedFor, others: Sequence[LookedFor]) -> bool:
	"""Say whether a longer name that was found says it already: "Tom Green" in "Cllr Tom Green"."""
	return any(
		other is not one and len(other.words) > len(one.words) and fold(one.words) in fold(other.words)
		for other in others
	)


def _may_hold(looked_for_: Sequence[LookedFor]) -> Callable[[str], bool]:
	"""Return a quick look that never misses: each thing's letters and digits, in their order, with anything between.

	What it lets through is looked at properly.
	"""
	runs = {re.sub(r"[\W_]", "", fold(one.words)) for one in looked_for_ if phone_number(one.words) is None}
	digits = any(phone_number(one.words) is not None for one in looked_for_)
	firsts = {run[:_SHORTEST] for run in runs if run}

	def may(text: str) -> bool:
		plain = "".join(sign for sign in fold(text) if sign.isalnum())
		if digits and sum(map(str.isdigit, plain)) >= 5:
			return True
		return any(first in plain for first in firsts)

	return may


def _words(name: str) -> list[str]:
	return [word for word in plain_name(name).lstrip("~").split() if word]


def _without_titles(name: str) -> list[str]:
	words = [word for word in _words(name) if any(sign.isalnum() for sign in word)]
	while words and is_title(words[0]):
		words = words[1:]
	return words
