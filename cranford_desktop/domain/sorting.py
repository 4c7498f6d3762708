"""Kinds of business and tags: what the clerk says of messages, acts of saying it, and suggestions that decide nothing.

In an official group a message is council business unless she says otherwise: sorting is by exception, so nothing here
counts what is not sorted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.messages import Category, MessageRow
from cranford_desktop.domain.pointers import Pointer, stands_in

TagSort = Literal["topic", "shows"]
Reach = Literal["these", "rest_of_day", "day"]
"""These messages; from the first of them to the end of its day in its group; that whole day in its group."""
ActKind = Literal["kind", "tag", "untag", "rename", "merge", "forget"]

SHOWS: tuple[str, ...] = ("Event", "Asset", "Project")
"""What photos and documents are of (policy section 2, first point)."""
LONGEST_TAG = 40
"""Letters of a tag's name: it has to fit a chip."""


class TagRef(NamedTuple):
	"""A tag as an act meant it."""

	id: int
	name: str
	sort: TagSort


@dataclass(frozen=True, slots=True)
class Tag:
	"""A tag and how many messages carry it."""

	id: int
	name: str
	sort: TagSort
	messages: int


@dataclass(frozen=True, slots=True)
class Act:
	"""One act of sorting, as the list of what was done shows it."""

	id: int
	what: ActKind
	at: datetime
	messages: int
	"""How many messages it changed."""
	kind: Category | None
	tags: tuple[TagRef, ...]
	"""What was put on or taken off; for a rename, merge or forgetting the tag as it was before."""
	now: str
	"""A rename: the new name; a merge: the name of the tag that took it in."""
	undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Saying:
	"""What is said of some messages in one go."""

	kind: Category | None = None
	"""None: the kinds stay as they are."""
	put: tuple[tuple[str, TagSort], ...] = ()
	"""Tags to put on, by name."""
	off: tuple[int, ...] = ()
	"""Tags to take off, by number."""


@dataclass(frozen=True, slots=True)
class Undone:
	"""What undoing an act did."""

	act: Act
	messages: int
	"""Messages that are as they were before."""
	left: int
	"""Messages that were sorted again since, and stay as they are."""


@dataclass(frozen=True, slots=True)
class KindWords:
	"""The words of `resources/suggestions/kinds.toml`."""

	personal: tuple[Pointer, ...]
	council: tuple[str, ...]
	"""The council's own words: beside them a message is not simply personal."""
	pair_reason: str
	"""Why a message of a chat between two people is suggested that has none of these."""


@dataclass(frozen=True, slots=True)
class KindSuggestion:
	"""A kind that a message may be of, and why; the clerk decides."""

	kind: Category
	reason: str
	"""In words, with what was found: "Birthday wishes: “happy birthday”"."""


@dataclass(frozen=True, slots=True)
class SuggestedKind:
	"""A message with a suggestion."""

	row: MessageRow
	suggestion: KindSuggestion


def suggest_kind(text: str | None, words: KindWords, *, pair: bool = False) -> KindSuggestion | None:
	"""Return the kind that a text points to; None where nothing does.

	`pair`: the chat is between two people. Personal words beside the council's own are "mixed".
	"""
	if not text or not text.strip():
		return None
	plain = fold(text)
	business = stands_in(words.council, plain)
	for one in words.personal:
		found = one.find(plain)
		if found is not None and business is not None:
			return KindSuggestion("mixed", f"{one.reason}: “{found}”, beside “{business}”")
		if found is not None:
			return KindSuggestion("personal", f"{one.reason}: “{found}”")
	if pair and business is None:
		return KindSuggestion("personal", words.pair_reason)
	return None


def tag_name(name: str) -> str:
	"""Return a tag's name without stray blanks; "" where nothing is left."""
	return " ".join(name.split())
