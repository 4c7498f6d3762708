"""The figures of a year: requests by law, on time or late, with what outcome. Numbers of requests, never a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cranford_desktop.domain.internal_reviews import RegulatorComplaint, ReviewOutcome
from cranford_desktop.domain.letters import LetterKind
from cranford_desktop.domain.policy import Holidays
from cranford_desktop.domain.requests import Request
from cranford_desktop.domain.working_days import DAY

Outcome = Literal["full", "part", "refused", "not_held", "ncnd", "unknown"]
OUTCOMES: Mapping[Outcome, str] = {
	"full": "Given in full",
	"part": "Given in part",
	"refused": "Refused",
	"not_held": "Not held",
	"ncnd": "Neither confirmed nor denied",
	"unknown": "Outcome not on record",
}
BY_LETTER: Mapping[LetterKind, Outcome] = {
	"answer": "full",
	"part_refusal": "part",
	"refusal": "refused",
	"cost": "refused",
	"vexatious": "refused",
	"not_held": "not_held",
	"ncnd": "ncnd",
}
_RIGHTS = ("erasure", "rectification", "objection")


@dataclass(frozen=True, slots=True)
class Counted:
	"""A request with what the figures need of it."""

	request: Request
	outcome: Outcome | None = None
	"""Of an answered request for information."""
	review: ReviewOutcome | None = None
	"""Of a decided review."""
	complaint: RegulatorComplaint | None = None
	minutes: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
	"""One line: its words, and the requests behind its number."""

	name: str
	requests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
	"""Lines that belong together."""

	title: str
	figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class YearFigures:
	"""The figures of the requests that arrived in a year, as they stand today."""

	year: int
	as_of: date
	sections: tuple[Section, ...]
	facts: tuple[tuple[str, str], ...]
	"""Averages and sums, in words."""


def figures(year: int, some: Iterable[Counted], as_of: date, holidays: Holidays) -> YearFigures:
	"""Return the figures of those that arrived in a year."""
	mine = [one for one in some if one.request.received.year == year]
	asked = [one for one in mine if one.request.kind == "access"]
	reviews = [one for one in mine if one.request.kind == "review"]
	ended = [one for one in asked if one.request.answered_on is not None]
	return YearFigures(
		year,
		as_of,
		(
			Section(
				"Requests that arrived",
				(
					_line("Freedom of information", [one for one in asked if one.request.regime == "foi"]),
					_line("Environmental information", [one for one in asked if one.request.regime == "eir"]),
					_line("Subject access", [one for one in asked if one.request.regime == "sar"]),
					_line("Erasing, correcting, objecting", [one for one in mine if one.request.kind in _RIGHTS]),
					_line("Data-protection complaints", [one for one in mine if one.request.kind == "complaint"]),
					_line("Internal reviews", reviews),
				),
			),
			Section("On time or late", _punctual(mine, as_of)),
			Section(
				"What was answered",
				tuple(_line(words, [one for one in ended if one.outcome == key]) for key, words in OUTCOMES.items()),
			),
			Section(
				"Reviews and the regulator",
				(
					_line("Upheld", [one for one in reviews if one.review == "upheld"]),
					_line("Partly upheld", [one for one in reviews if one.review == "partly"]),
					_line("Not upheld", [one for one in reviews if one.review == "not_upheld"]),
					_line("Not decided yet", [one for one in reviews if one.review is None]),
					_line("Complaints to the regulator", [one for one in mine if one.complaint is not None]),
				),
			),
		),
		tuple(_facts(mine, holidays)),
	)


def _line(name: str, some: Sequence[Counted]) -> Figure:
	return Figure(name, tuple(one.request.id for one in some))


def _punctual(some: Sequence[Counted], as_of: date) -> tuple[Figure, ...]:
	answered = [one for one in some if one.request.answered_on is not None]
	still = [one for one in some if one.request.status == "open"]
	ended = [one for one in some if one.request.status == "closed" and one.request.answered_on is None]
	return (
		_line("Answered on time", [one for one in answered if not _late(one.request)]),
		_line("Answered late", [one for one in answered if _late(one.request)]),
		_line("Open, in time", [one for one in still if one.request.due >= as_of]),
		_line("Open, overdue", [one for one in still if one.request.due < as_of]),
		_line("Ended without an answer", ended),
	)


def _late(request: Request) -> bool:
	return request.answered_on is not None and request.answered_on > request.due


def _facts(some: Sequence[Counted], holidays: Holidays) -> Iterable[tuple[str, str]]:
	for regimes, name in (
		(("foi", "eir"), "Average time to answer, FOI and EIR"),
		(("sar",), "Average time to answer, subject access"),
	):
		days = [
			working_days(one.request.received, one.request.answered_on, holidays)
			for one in some
			if one.request.answered_on is not None and one.request.regime in regimes and one.request.kind == "access"
		]
		if days:
			yield name, f"{sum(days) / len(days):.1f} working days"
	minutes = sum(one.minutes for one in some)
	yield "Time on record", f"{minutes / 60:.1f} hours"


def working_days(received: date, answered: date, holidays: Holidays) -> int:
	"""Return on which working day after its arrival a request was answered."""
	day, number = received, 0
	while day < answered:
		day += DAY
		number += day.weekday() < 5 and day not in holidays.days
	return number
