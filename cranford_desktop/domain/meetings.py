"""Matters raised in the chat that go to a meeting or into the council's own e-mail (policy section 2, second point).

A chat is not a minute, and nothing agreed in it is a decision of the council.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.pointers import Pointer

Route = Literal["agenda", "email"]
ItemState = Literal["open", "dealt", "all"]

NO_MINUTE = (
	"A chat is not a minute. Nothing that was agreed in it is a decision of the council until a meeting of the council "
	"has made it one."
)
LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class MeetingItem:
	"""A message whose matter goes to a formal channel."""

	id: int
	message_id: int
	route: Route
	subject: str
	note: str
	meeting_on: date | None
	"""None: the next meeting."""
	added_at: datetime
	reported_at: datetime | None
	"""When it last stood in a report."""
	dealt_on: date | None
	outcome: str
	"""Minute reference, or what became of it."""


@dataclass(frozen=True, slots=True)
class Matter:
	"""An item with its message, as lists and the report show it."""

	item: MeetingItem
	row: MessageRow


@dataclass(frozen=True, slots=True)
class DecisionSuggestion:
	"""A message that reads like a decision, and why; the clerk decides."""

	row: MessageRow
	reason: str
	"""In words, with what was found: "It says to go ahead: “let's go ahead”"."""


@dataclass(frozen=True, slots=True)
class MeetingReport:
	"""A report that was made for a meeting and is kept."""

	id: int
	meeting_on: date | None
	items: int
	quoted: bool
	"""Whether the messages' own words stand in it."""
	made_at: datetime


@dataclass(frozen=True, slots=True)
class MeetingPaper:
	"""What the report says."""

	council: str
	practice: bool
	meeting_on: date | None
	made_at: datetime
	matters: Sequence[Matter]
	quoted: bool


@dataclass(frozen=True, slots=True)
class MeetingEmail:
	"""The words of an e-mail that takes a matter up."""

	subject: str
	body: str


@dataclass(frozen=True, slots=True)
class Ahead:
	"""What Home says of matters that wait: how many, and for when."""

	waiting: int
	meeting_on: date | None
	"""The next meeting, where its date is known."""
	overdue: int
	"""Matters of a meeting that has been, of which nothing is written down yet."""


def reads_like_decision(text: str | None, pointers: Sequence[Pointer]) -> str | None:
	"""Return why a text reads like a decision; None where it does not, or asks a question."""
	if not text or text.rstrip().endswith("?"):
		return None
	plain = fold(text)
	for one in pointers:
		found = one.find(plain)
		if found is not None:
			return f"{one.reason}: “{found}”"
	return None


def meant_for(item: MeetingItem, meeting_on: date | None) -> bool:
	"""Say whether an item belongs into the report for a meeting: it is not dealt with, and is for the next one, for
	this one, or was for an earlier one.
	"""
	if item.dealt_on is not None:
		return False
	return item.meeting_on is None or meeting_on is None or item.meeting_on <= meeting_on
