"""Coverage as a chart and a table say it: months, rows, and a sentence for each. Free of Qt."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from cranford_desktop.domain.coverage import Gap, GroupCoverage, PhoneCoverage
from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.domain.holdings import JOINED
from cranford_desktop.ui.parts.wording import count, day_words

Month = tuple[int, int]
"""(year, month)"""


@dataclass(frozen=True, slots=True)
class Stretch:
	"""Where a phone shows nothing, although the conversation went on."""

	start: date
	end: date
	words: str
	"""The reason, short enough to stand on the line."""
	warn: bool
	"""Something may be lost; else the phone simply came later or left earlier."""
	inside: bool = False
	"""A gap between two stretches that the phone shows."""

	def holds(self, month: Month) -> bool:
		"""Say whether any day of a month lies in it."""
		return (self.start.year, self.start.month) <= month <= (self.end.year, self.end.month)


@dataclass(frozen=True, slots=True)
class ChartRow:
	"""One phone."""

	name: str
	counts: tuple[int, ...]
	"""Messages by month of the chart."""
	stretches: tuple[Stretch, ...]

	def missing(self, month: Month) -> Stretch | None:
		"""Return why a month, or a part of it, is missing."""
		return next((one for one in self.stretches if one.holds(month)), None)


@dataclass(frozen=True, slots=True)
class Chart:
	"""A group's phones side by side over the same months."""

	group: str
	months: tuple[Month, ...]
	rows: tuple[ChartRow, ...]
	together: tuple[int, ...]
	"""Messages of all phones by month, each counted once."""

	def sentence(self, row: int, at: int) -> str:
		"""Return what one phone shows of one month, for a screen reader and a tooltip."""
		phone, month = self.rows[row], self.months[at]
		missing = phone.missing(month)
		said = f"{phone.name}, {month_name(month)}: {_messages(phone.counts[at])}"
		if missing is None:
			return f"{said}."
		if missing.inside:
			return f"{said}. {_capital(missing.words)}, {_span(missing.start, missing.end)}."
		return f"{said}. {_capital(missing.words)}."

	def month_sentence(self, at: int) -> str:
		"""Return what all phones show of one month."""
		each = ", ".join(f"{one.name} {one.counts[at] or 'none'}" for one in self.rows)
		return f"{month_name(self.months[at])}: {_messages(self.together[at])} on all phones. {each}."

	def summary(self) -> str:
		"""Return the whole chart in a few sentences."""
		if not self.months:
			return f"{self.group}: no messages."
		parts = [f"What each phone shows of {self.group}, by month."]
		for phone in self.rows:
			shown = [at for at, n in enumerate(phone.counts) if n]
			if not shown:
				continue
			span = f"{month_name(self.months[shown[0]])} to {month_name(self.months[shown[-1]])}"
			why = "".join(f", {_lower(one.words)}" for one in phone.stretches if not one.inside)
			inside = sum(one.inside for one in phone.stretches)
			gaps = f", {count(inside, 'gap')}" if inside else ""
			parts.append(f"{phone.name}: {span}{why}{gaps}.")
		return " ".join(parts)


def chart_of(coverage: GroupCoverage) -> Chart:
	"""Lay a group's coverage out by month, from its first message to its last."""
	if coverage.first is None or coverage.last is None:
		return Chart(coverage.group, (), (), ())
	months = _months(coverage.first, coverage.last)
	rows = tuple(_row(phone, coverage, months) for phone in coverage.phones)
	return Chart(coverage.group, months, rows, tuple(coverage.months.get(month, 0) for month in months))


def month_name(month: Month) -> str:
	"""Return "March 2025"."""
	return f"{MONTHS[month[1] - 1]} {month[0]}"


def first_day(month: Month) -> date:
	"""Return the first day of a month."""
	return date(month[0], month[1], 1)


def days_in(month: Month) -> int:
	"""Return how many days a month has."""
	return calendar.monthrange(*month)[1]


def holder_words(phone: PhoneCoverage) -> str:
	"""Return whose phone it is, as a row is headed: the holder's name, else what the phone is called."""
	return phone.holder or phone.phone.removesuffix("’s phone").removesuffix("'s phone")


def _row(phone: PhoneCoverage, coverage: GroupCoverage, months: tuple[Month, ...]) -> ChartRow:
	stretches: list[Stretch] = []
	if phone.before and phone.first.date() > coverage.first.date():
		cut = phone.before.casefold().startswith(("cut", "starts"))
		joined = f"Joined {day_words(phone.first.date(), weekday=False)}"
		words = joined if phone.before == JOINED else phone.before
		stretches.append(Stretch(coverage.first.date(), phone.first.date(), words, cut))
	stretches += [_gap(one) for one in phone.gaps]
	if phone.after and phone.last.date() < coverage.last.date():
		stretches.append(Stretch(phone.last.date(), coverage.last.date(), phone.after, warn=False))
	return ChartRow(holder_words(phone), tuple(phone.months.get(month, 0) for month in months), tuple(stretches))


def _gap(gap: Gap) -> Stretch:
	missed = f"{gap.missed:,} missing" if gap.missed else "Nothing shown"
	return Stretch(gap.start, gap.end, missed, warn=bool(gap.missed), inside=True)


def _months(first: datetime, last: datetime) -> tuple[Month, ...]:
	out = [(first.year, first.month)]
	while out[-1] < (last.year, last.month):
		year, month = out[-1]
		out.append((year, month + 1) if month < 12 else (year + 1, 1))
	return tuple(out)


def _messages(number: int) -> str:
	return count(number, "message") if number else "no messages"


def _span(start: date, end: date) -> str:
	if start == end:
		return day_words(start, weekday=False)
	return f"{day_words(start, weekday=False, year=start.year != end.year)} to {day_words(end, weekday=False)}"


def _capital(words: str) -> str:
	return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
	return words[:1].lower() + words[1:]
