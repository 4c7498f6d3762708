"""What a search of the archive answers beside the messages: counts, word forms, ideas, what was not searched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.messages import MessageFilter, MessageRow

Facet = Literal["group", "person", "role", "holding", "category", "tag", "phone"]
"""A way to narrow a search; the word is also the key of `MessageFilter` it stands for."""


@dataclass(frozen=True, slots=True)
class FacetCount:
	"""How many messages of a search one value of a facet would leave."""

	value: str
	"""As the filter takes it: a name, a category, one of `Holding`."""
	messages: int


@dataclass(frozen=True, slots=True)
class WordForms:
	"""A word of a search, and the other words of the archive that it finds as well, commonest first."""

	word: str
	"""As typed."""
	others: tuple[FacetCount, ...]
	"""Words with the same stem; `messages`: in how many each stands. Those the clerk took out are not among them."""
	dropped: tuple[str, ...]
	"""Words with the same stem that she took out."""


@dataclass(frozen=True, slots=True)
class Idea:
	"""Something else to look for, offered and never done by itself."""

	why: Literal["together", "spelling", "fewer_words", "any_word", "beginning", "all_dates", "all_groups", "everyone",
		"personal", "not_exact", "all_kinds", "no_filters", "sender", "month", "name", "naming"]  # fmt: skip
	words: str
	"""What is offered: the word that stands near the hits, the near spelling, the words that are left."""
	wanted: MessageFilter
	"""The search it would be; a word or a spelling is added to what is looked for already."""
	messages: int
	"""How many messages that would find; for a word or a spelling: how many more."""


@dataclass(frozen=True, slots=True)
class NothingFound:
	"""What to say where a search finds nothing: at least three things to try, `ideas` and `hints` together."""

	tried: tuple[WordForms, ...]
	ideas: tuple[Idea, ...]
	"""Other searches; each finds something."""
	hints: tuple[str, ...]
	"""Plain sentences for what no search can do."""


class Mark(NamedTuple):
	"""Where a page of a search ended: the next one, going the same way, begins after it."""

	sent_at: datetime
	group_id: int
	position: int


@dataclass(frozen=True, slots=True)
class Page:
	"""Messages of a search by time, newest or oldest first."""

	rows: tuple[MessageRow, ...]
	after: Mark | None
	"""Where the next page begins; None where this is the last."""


FoundWhere = Literal["file", "gist", "file_name", "version"]


@dataclass(frozen=True, slots=True)
class FoundIn:
	"""Where else than in the shown text a message holds what was looked for."""

	where: FoundWhere
	"""The words of a file, what the clerk wrote of a voice note, a file's name, an earlier or later text."""
	name: str | None
	"""The file's name; None for a version."""
	snippet: str
	"""The words around, in one line."""


@dataclass(frozen=True, slots=True)
class FilesRead:
	"""What became of the files whose words were to be read."""

	read: int
	no_text: int
	unreadable: int
	"""Broken, locked with a password, or not what their name says."""
	too_large: int


@dataclass(frozen=True, slots=True)
class NotSearched:
	"""What words cannot find: files whose content nobody has read, among the messages that the filters leave."""

	photos: int
	voice_notes: int
	videos: int
	documents: int
	"""Files without words in them, or that could not be read."""
	waiting: int
	"""Files that have not been looked into yet."""
	beside_hits: int
	"""Photos and voice notes within five messages of a hit."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
	"""A search the clerk keeps under a name."""

	id: int
	name: str
	wanted: MessageFilter
