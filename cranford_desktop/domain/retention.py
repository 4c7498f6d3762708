"""How long records are kept, what is due, what is held.

Trigger is the UK date of the message; due is the same date six years on, 29 February becoming 1 March, never early
(information-law 2.2; policy section 5, first point). Holds beat retention, always (FOIA s.77).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple


def due_date(sent_on: date, years: int) -> date:
	"""Return the first day on which a record of this date may be put to a review; 29 February becomes 1 March."""
	try:
		return sent_on.replace(year=sent_on.year + years)
	except ValueError:
		return date(sent_on.year + years, 3, 1)


def cut_off(on: date, years: int) -> date:
	"""Return the latest message date that is due on `on`: every message of that date or before is due."""
	day = on.replace(year=on.year - years) if not (on.month == 2 and on.day == 29) else date(on.year - years, 2, 28)
	while due_date(day, years) > on:
		day = date.fromordinal(day.toordinal() - 1)
	while due_date(date.fromordinal(day.toordinal() + 1), years) <= on:
		day = date.fromordinal(day.toordinal() + 1)
	return day


class HeldReason(NamedTuple):
	"""Messages that are due but held, under their first reason."""

	reason: str
	"""In words, with the reference: "FOI-2026-001 asks about this"."""
	reference: str
	messages: int


class ClassPosition(NamedTuple):
	"""One retention class in a position."""

	key: str
	title: str
	years: int | None
	messages: int
	first_due: date | None


class DueMonth(NamedTuple):
	"""What is due from one month of one group, for looking before letting go."""

	group: str
	year: int
	month: int
	messages: int
	held: int


@dataclass(frozen=True, slots=True)
class RetentionPosition:
	"""What is due on a day, what is held and why. `due` excludes held ones."""

	on: date
	total: int
	due: int
	held: tuple[HeldReason, ...]
	first_due: date | None
	"""The earliest due date of any message, past or not; from the oldest message held, never from the adoption."""
	oldest: date | None
	classes: tuple[ClassPosition, ...]
	months: tuple[DueMonth, ...] = ()


Page = Literal["before", "due", "held", "check", "report"]
REVIEW_PAGES: tuple[Page, ...] = ("before", "due", "held", "check", "report")


@dataclass(frozen=True, slots=True)
class ReviewState:
	"""The yearly review as far as it has got: free of Qt, saved at every page. The wizard only shows it."""

	id: int
	started_at: datetime
	on: date
	page: Page
	minute: str
	minute_pending: bool
	note: str
	finished_at: datetime | None = None
	outcome: Literal["open", "schedule", "nil"] = "open"


@dataclass(frozen=True, slots=True)
class ReviewReport:
	"""What the finished review produced: a schedule, or a nil certificate only where nothing is due."""

	reference: str
	outcome: Literal["schedule", "nil"]
	position: RetentionPosition
	minute: str
	council: str
	policy_line: str
	"""Authority: "WhatsApp Use Policy, adopted 16 September 2024, minute 24/037, section 5, first and fourth points"."""
	made_at: datetime
	practice: bool
	encrypted: bool
	ledger_head: str
	assumed: tuple[str, ...] = ()
	messages: Sequence[tuple[str, date, int]] = field(default_factory=tuple)
	"""For a schedule: (group, day, how many messages are due), never text or names."""
