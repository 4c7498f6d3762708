"""How long records are kept, what is due, what is held.

Trigger is the UK date of the message; due is the same date six years on, 29 February becoming 1 March, never early
(information-law 2.2; policy section 5, first point). Holds beat retention, always (FOIA s.77).
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from cranford_desktop.domain.policy import ClockRules, Holidays, RetentionClass
from cranford_desktop.domain.working_days import add_working_days
from cranford_desktop.errors import CranfordError

FALLBACK_CLASS = "council"
"""Messages whose class the table does not know are council business: the default in an official group."""


def due_date(sent_on: date, years: int) -> date:
	"""Return the first day on which a record of this date may be put to a review; 29 February becomes 1 March."""
	if sent_on.year + years > date.max.year:
		return date.max
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
	"""As: "WhatsApp Use Policy, adopted 16 September 2024, minute 24/037, section 5, first and fourth points"."""
	made_at: datetime
	practice: bool
	encrypted: bool
	ledger_head: str
	assumed: tuple[str, ...] = ()
	messages: Sequence[tuple[str, date, int]] = field(default_factory=tuple)
	"""For a schedule: (group, day, how many messages are due), never text or names."""
	note: str = ""
	"""What the clerk added, printed as she wrote it."""


class ClassTally(NamedTuple):
	"""How many messages of one kind of business there are, and from when the oldest is."""

	category: str
	messages: int
	oldest: date


@dataclass(frozen=True, slots=True)
class Hold:
	"""Something that is open and needs messages: no eraser may touch them."""

	reference: str
	reason: str
	"""In words, with the reference: "FOI-2026-001 asks about this"."""
	ids: AbstractSet[int] | None
	"""The messages held; None: the whole archive."""


def hold_ends(answered_on: date, holidays: Holidays, rules: ClockRules) -> date | None:
	"""Return the last day on which an answered request is still open: time for a review, then for the regulator.

	None where the table of bank holidays ends before it: then it stays open.
	"""
	try:
		asked_by = add_working_days(answered_on, rules.hold_after_answer_working_days, holidays)
	except CranfordError:
		return None
	return asked_by + timedelta(weeks=rules.hold_after_answer_weeks)


def years_kept(classes: Sequence[RetentionClass]) -> Mapping[str, int | None]:
	"""Return how many years each class of the table is kept; None: decided at the next review."""
	return {one.key: one.years for one in classes}


def class_of(category: str, years: Mapping[str, int | None]) -> str:
	"""Return the retention class of a message's kind of business."""
	return category if category in years else FALLBACK_CLASS


def sift(due: Iterable[int], holds: Sequence[Hold]) -> tuple[list[int], list[list[int]]]:
	"""Divide due messages into those that nothing holds and, for each hold in order, those it is the first to hold.

	Every eraser asks this, and asks it again at the moment of erasing.
	"""
	free: list[int] = []
	held: list[list[int]] = [[] for _ in holds]
	for message in due:
		first = next((n for n, hold in enumerate(holds) if hold.ids is None or message in hold.ids), None)
		(free if first is None else held[first]).append(message)
	return free, held


def position(
	on: date,
	tallies: Iterable[ClassTally],
	classes: Sequence[RetentionClass],
	due: int,
	held: Iterable[tuple[Hold, int]],
	months: Iterable[DueMonth] = (),
) -> RetentionPosition:
	"""Return a position from figures: due dates follow from the oldest message of each class, never from the policy's
	adoption. `due`: messages past their period that nothing holds; `held`: those that something holds.
	"""
	years = years_kept(classes)
	total = 0
	oldest: date | None = None
	counts: dict[str, int] = {}
	firsts: dict[str, date] = {}
	for tally in tallies:
		total += tally.messages
		oldest = tally.oldest if oldest is None else min(oldest, tally.oldest)
		key = class_of(tally.category, years)
		counts[key] = counts.get(key, 0) + tally.messages
		kept = years[key]
		if kept is not None:
			day = due_date(tally.oldest, kept)
			firsts[key] = min(day, firsts.get(key, day))
	return RetentionPosition(
		on=on,
		total=total,
		due=due,
		held=tuple(HeldReason(hold.reason, hold.reference, count) for hold, count in held if count),
		first_due=min(firsts.values(), default=None),
		oldest=oldest,
		classes=tuple(
			ClassPosition(one.key, one.title, one.years, counts.get(one.key, 0), firsts.get(one.key))
			for one in classes
			if one.key in counts or one.key == FALLBACK_CLASS
		),
		months=tuple(months),
	)
