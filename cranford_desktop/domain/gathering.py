"""Gathering for a request: what was looked for, what came of it, and what the set holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import Idea, NothingFound, NotSearched

StepKind = Literal["search", "add", "leave", "confirm"]
"""A search; messages added or left out by hand; the confirming of the set."""
How = Literal["one", "context", "day", "between", "quoted", "beside", "new"]
"""How messages were added by hand: one by one, from the context of a hit, a whole day, all between two, what a message
quotes, photos and voice notes beside hits, new ones that the searches find."""

HOW_WORDS: dict[How, str] = {
	"one": "added by hand",
	"context": "added by hand, from beside what a search found",
	"day": "a whole day, added by hand",
	"between": "everything between two messages, added by hand",
	"quoted": "quoted in other messages, added by hand",
	"beside": "photos and voice notes beside what a search found, added by hand",
	"new": "new messages that the searches find, added by hand",
}


@dataclass(frozen=True, slots=True)
class Step:
	"""One search or act of gathering, as the request's record keeps it."""

	id: int
	at: datetime
	kind: StepKind
	words: str
	found: int
	added: int
	wanted: MessageFilter | None
	"""What was looked for, or whose messages were meant; None where an earlier release did not keep it."""
	held: int
	"""How many messages stand in the request because of it."""
	live: bool
	"""Messages that it would find later are shown to the clerk, and held."""
	taken_out: bool = False
	"""What it added was taken out again."""


@dataclass(frozen=True, slots=True)
class Look:
	"""What a search found, recorded; nothing is added yet."""

	step_id: int
	wanted: MessageFilter
	ids: Sequence[int]
	"""In conversation order by group."""
	held: frozenset[int]
	"""Of these, those in the request already."""
	left: frozenset[int]
	"""Of these, those that were left out by hand: a search never brings them back."""
	personal: int
	"""Of these, marked personal: found all the same."""
	beside: tuple[int, ...] = ()
	"""Photos and voice notes without words near a hit, not in the request."""
	quoted: tuple[int, ...] = ()
	"""Earlier messages whose words some of these quote, not found and not in the request."""
	ideas: tuple[Idea, ...] = ()
	not_searched: NotSearched | None = None
	nothing: NothingFound | None = None

	def addable(self) -> list[int]:
		"""Return what adding would add, in order."""
		return [one for one in self.ids if one not in self.held and one not in self.left]


@dataclass(frozen=True, slots=True)
class Added:
	"""What came of adding messages to a request."""

	step_id: int
	added: int
	reopened: bool
	"""The set had been confirmed and is open again."""


@dataclass(frozen=True, slots=True)
class TakingOut:
	"""What taking messages out of a request does, or would do."""

	out: tuple[int, ...]
	decided: tuple[int, ...]
	"""Decided on already: they stay unless the clerk says so."""
	elsewhere: int = 0
	"""They stay because another search found them, or they were added by hand as well."""


@dataclass(frozen=True, slots=True)
class DayPart:
	"""A day of a group in the set."""

	day: date
	ids: tuple[int, ...]
	undecided: int
	by_hand: int


@dataclass(frozen=True, slots=True)
class GroupPart:
	"""A group in the set."""

	group_id: int
	name: str
	days: tuple[DayPart, ...]

	@property
	def messages(self) -> int:
		"""Return how many of its messages are in the set."""
		return sum(len(one.ids) for one in self.days)


@dataclass(frozen=True, slots=True)
class Contents:
	"""What is in a request, seen together before it is confirmed."""

	groups: tuple[GroupPart, ...]
	senders: tuple[tuple[str, int], ...]
	"""Who wrote how many, most first; lines of the app under ""."""
	by_hand: int
	undecided: int

	@property
	def messages(self) -> int:
		"""Return how many messages are in the request."""
		return sum(one.messages for one in self.groups)

	@property
	def span(self) -> tuple[date, date] | None:
		"""Return the first and the last day; None while nothing is in it."""
		days = [day.day for one in self.groups for day in one.days]
		return (min(days), max(days)) if days else None


@dataclass(frozen=True, slots=True)
class Standing:
	"""How far the gathering is."""

	messages: int
	confirmed: bool
	confirmed_before: bool
	"""The set was confirmed once and is open again, since something was added."""
	since: int
	"""Messages added since it was last confirmed."""
	undecided_since: int
	"""Of these, not decided on yet."""
	left_out: int
	"""Messages left out by hand."""
	taken_back: str
	"""What Undo would take back, in words; "" for nothing."""


class Membership(NamedTuple):
	"""Which messages are in a request, and which were left out."""

	held: frozenset[int]
	by_hand: frozenset[int]
	"""Of those held, the ones added by hand."""
	left: frozenset[int]
	"""Left out by hand, and not in it."""

	def adding(self, ids: Sequence[int], *, by_hand: bool) -> "Membership":
		"""Return it with some messages in the request."""
		fresh = frozenset(ids) - self.held if by_hand else frozenset[int]()
		return Membership(self.held.union(ids), self.by_hand | fresh, self.left.difference(ids))

	def leaving(self, ids: Sequence[int]) -> "Membership":
		"""Return it with some messages left out."""
		return Membership(self.held.difference(ids), self.by_hand.difference(ids), self.left.union(ids))


class Place(NamedTuple):
	"""Where a message of the set stands, for the view of the whole."""

	id: int
	group_id: int
	group: str
	day: date
	sender: str
	decided: bool
	by_hand: bool


_QUOTE_LINE = re.compile(r"^\s*>\s?(.*)$")
_QUOTE_MARKS = re.compile('[“"„«]([^“”"„«»]{20,600})[”"“»]')
_LEAST = 8
"""Letters of quoted words that can tell which message is meant."""


def quoted_words(text: str) -> tuple[str, ...]:
	"""Return the words that a message quotes: lines that begin with ">", and longer passages in quotation marks.

	Exports carry no link from an answer to what it answers; only what is quoted in words can be known.
	"""
	found: list[str] = []
	run: list[str] = []
	for line in [*text.splitlines(), ""]:
		told = _QUOTE_LINE.match(line)
		if told:
			run.append(told[1].strip())
		elif run:
			found.append(" ".join(part for part in run if part))
			run = []
	found += [" ".join(passage.split()) for passage in _QUOTE_MARKS.findall(text)]
	return tuple(dict.fromkeys(one for one in found if len(one) >= _LEAST))


def own_words(text: str) -> str:
	"""Return a text without what it quotes."""
	lines = [line for line in text.splitlines() if not _QUOTE_LINE.match(line)]
	return _QUOTE_MARKS.sub(" ", "\n".join(lines))
