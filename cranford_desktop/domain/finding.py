"""What the finder of private details tells the clerk, and what she answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.sensitive import Detector

State = Literal["open", "dismissed", "dealt"]
Scope = Literal["here", "words", "group"]
"""How far a dismissal reaches: only here, the same words everywhere, or the detector in the message's group."""
Done = Literal["data_breach", "policy_breach", "dispute", "asked"]
"""How a suggestion was dealt with: a case was logged, or the sender was asked to delete."""
WordSort = Literal["watch", "own"]
"""The council's own words: to be pointed at, or published by itself and never pointed at."""


class Found(NamedTuple):
	"""A find as it is written into the archive."""

	version_id: int
	detector: str
	start: int
	end: int
	same: str
	"""The words as they are compared."""


@dataclass(frozen=True, slots=True)
class Suggestion:
	"""One place that may be private. It decides nothing."""

	ids: tuple[int, ...]
	"""The same words in several places or versions of a message are one suggestion."""
	message_id: int
	detector: Detector
	words: str
	"""What stands there; "" for a contact card."""
	places: tuple[tuple[int, int], ...]
	"""Where in the text that is shown; none: only in another version of it, or a card without words."""
	state: State
	reason: str
	"""Why it was dismissed."""
	scope: Scope
	done: Done | None
	case_id: int | None
	answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
	"""A message with its suggestions of one state."""

	message_id: int
	group: str
	sent_at: datetime
	sender: str | None
	text: str
	suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
	"""What a look at the messages came to."""

	looked: int
	"""Versions of messages that were looked at."""
	found: int
	"""New open suggestions."""
	fallen: int
	"""Open suggestions that no longer hold: words or names have changed."""


@dataclass(frozen=True, slots=True)
class CouncilWord:
	"""One of the council's own words."""

	id: int
	words: str
	sort: WordSort


@dataclass(frozen=True, slots=True)
class DeleteAsk:
	"""Words that ask a sender to delete a message on every phone."""

	to: str
	subject: str
	email: str
	chat: str
	"""Shorter, for WhatsApp, to the sender alone."""
