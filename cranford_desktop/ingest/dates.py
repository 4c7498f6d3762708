"""Which number of a date is the day: settled by evidence in the file, never by the country alone.

Evidence, strongest first: a number above 12; dates that attachments carry in their names; an export runs forward in
time; nothing is sent after today. What stays open is read day first, and said.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.messages import DateOrder
from cranford_desktop.ingest.file_types import refuse
from cranford_desktop.ingest.survey import Survey, proves
from cranford_desktop.ingest.wording import several
from cranford_desktop.ingest.written_times import ODD

_FAR_BACK = timedelta(days=20)
"""A wrong order jumps back by months; a phone that was offline sends late by hours or days."""
_BOTH: tuple[DateOrder, ...] = ("dmy", "mdy")
_FULL_STOPS = "dates with full stops are written so everywhere"
_WORDS: dict[DateOrder, str] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_BEGAN = date(2009, 1, 1)
"""The year in which WhatsApp began: nothing in a chat is older."""
_AHEAD = timedelta(days=370)

_Kind = tuple[str, int]


class Dates(NamedTuple):
	"""The dates of all headers, and why they are read so."""

	days: dict[int, date | None]
	"""Date by its number in the text; None where no such date exists: those lines are text."""
	order: DateOrder
	evidence: str
	proved: bool
	other: frozenset[int]
	"""Numbers of dates read in the other order than the rest of their kind."""
	orders: Mapping[tuple[str, int], DateOrder]
	"""How each kind of date is read."""
	warnings: tuple[str, ...]


class _Finding(NamedTuple):
	order: DateOrder
	why: str
	for_it: int
	against: int


class _Written:
	"""The dates of one text as written: how often each stands, in what sequence."""

	def __init__(self, found: Survey) -> None:
		self.found = found
		self.count = found.day_counts
		self.total = len(found)
		self.kinds: dict[_Kind, list[int]] = {}
		# By first appearance: a tie goes to what stands first in the file.
		for number in sorted(self.count, key=lambda one: one & ~ODD):
			self.kinds.setdefault(found.written.day(number).kind, []).append(number)

	def numbers(self, number: int) -> tuple[str, str, str]:
		"""Return the three numbers of a date."""
		return self.found.written.day(number).numbers

	def times(self, kind: _Kind) -> int:
		"""Count the headers with a date of this kind."""
		return sum(self.count[number] for number in self.kinds[kind])

	def unreadable(self, kind: _Kind, order: DateOrder) -> int:
		"""Count the headers of a kind whose date does not exist when read in this order."""
		return sum(self.count[one] for one in self.kinds[kind] if _day(self.numbers(one), order) is None)


def settle(found: Survey, forced: DateOrder | None, today: date) -> Dates:
	"""Decide the order of dates, for each form of date in the file on its own. Raises `ProblemWithFile`.

	`forced` is the clerk's answer: a file that disproves it is refused. `today` is the last day that can be in a chat.
	"""
	written = _Written(found)
	_refuse_other_calendars(written, today)
	findings = {kind: _find(written, kind, today) for kind in written.kinds}
	largest = max(written.kinds, key=written.times)
	if forced is not None:
		_refuse_disproved(written, findings, forced)
		findings = {kind: _obey(written, kind, finding, forced) for kind, finding in findings.items()}
	proven = [kind for kind in written.kinds if findings[kind] is not None]
	main = max(proven, key=written.times) if proven else None
	fallback: DateOrder = "dmy"
	main_finding = findings[main] if main else None
	if forced is not None:
		fallback = forced
	elif main_finding is not None and main_finding.order != "ymd":
		fallback = main_finding.order
	days: dict[int, date | None] = {}
	other: set[int] = set()
	orders: dict[_Kind, DateOrder] = {}
	for kind, numbers in written.kinds.items():
		finding = findings[kind]
		orders[kind] = finding.order if finding else fallback
		_fill(written, numbers, orders[kind], days, other)
	_refuse_far_years(written, days, today)
	chief = findings[largest]
	order = chief.order if chief else fallback
	return Dates(
		days,
		order,
		_evidence(chief or main_finding, order, forced),
		chief is not None or main is not None,
		frozenset(other),
		orders,
		tuple(_warnings(written, findings, days, order, forced, today, other)),
	)


def _fill(
	written: _Written, numbers: Iterable[int], order: DateOrder, days: dict[int, date | None], other: set[int]
) -> None:
	"""Read the dates of one kind; one that only the other order makes possible is read so and noted."""
	swapped: DateOrder = "mdy" if order == "dmy" else "dmy" if order == "mdy" else "ymd"
	for number in numbers:
		day = _day(written.numbers(number), order)
		if day is None and swapped != order:
			day = _day(written.numbers(number), swapped)
			if day is not None:
				other.add(number)
		days[number] = day


def _day(written: tuple[str, str, str], order: DateOrder) -> date | None:
	"""Read a date in an order; None where the calendar has no such day."""
	a, b, c = written
	if len(a) == 4 or order == "ymd":
		year, month, day = a, b, c
	elif order == "dmy":
		year, month, day = c, b, a
	else:
		year, month, day = c, a, b
	if len(year) not in (2, 4) or len(day) > 2:
		return None
	number = int(year) + (2000 if len(year) == 2 else 0)
	if not 1970 <= number < 2400:
		return None
	try:
		return date(number, int(month), int(day))
	except ValueError:
		return None


def _find(written: _Written, kind: _Kind, today: date) -> _Finding | None:
	"""Find what proves the order of one kind of date; None where nothing does."""
	numbers = written.kinds[kind]
	if kind[1] == 0:
		return _Finding("ymd", "the year stands first", written.times(kind), 0)
	count = {"dmy": 0, "mdy": 0, "ymd": 0}
	for number in numbers:
		order = proves(written.found.written.day(number))
		if order is not None:
			count[order] += written.count[number]
	total = sum(count.values())
	if total:
		best: DateOrder = max(("dmy", "mdy", "ymd"), key=lambda order: (count[order], order == "dmy"))
		line, first = written.found.proofs[kind, best]
		shown = written.numbers(first)[1 if best == "mdy" else 0]
		what = "year" if best == "ymd" else "day"
		return _Finding(best, f"line {line} has {what} {shown}", count[best], total - count[best])
	found = _by_files(written, kind) or _by_sequence(written, kind) or _by_today(written, kind, today)
	if found is None and kind[0] == ".":
		return _Finding("dmy", _FULL_STOPS, written.times(kind), 0)
	return found


def _by_files(written: _Written, kind: _Kind) -> _Finding | None:
	"""Compare dates with those in the names of attachments."""
	votes = {"dmy": 0, "mdy": 0}
	lines = []
	mine = frozenset(written.kinds[kind])
	for (number, named), times in written.found.votes.items():
		if number not in mine:
			continue
		matches = [order for order in _BOTH if _day(written.numbers(number), order) == named]
		if len(matches) == 1:
			votes[matches[0]] += times
			lines.append(written.found.vote_lines[number, named])
	return _majority(votes, f"the file named on line {min(lines, default=0)} carries its date")


def _by_sequence(written: _Written, kind: _Kind) -> _Finding | None:
	"""Count the steps far back in time that each order would mean."""
	back = {"dmy": 0, "mdy": 0}
	mine = frozenset(written.kinds[kind])
	sequence = [number for number, _ in groupby(written.found.days) if number in mine]
	for order in _BOTH:
		days = {number: _day(written.numbers(number), order) for number in mine}
		last: date | None = None
		for day in map(days.__getitem__, sequence):
			if day is None:
				continue
			if last is not None and last - day > _FAR_BACK:
				back[order] += 1
			last = day
	return _majority({"dmy": back["mdy"], "mdy": back["dmy"]}, "the messages run forward in time only so")


def _by_today(written: _Written, kind: _Kind, today: date) -> _Finding | None:
	"""Exclude an order by which messages would have been sent after today."""
	late = {"dmy": 0, "mdy": 0}
	for order in _BOTH:
		for number in written.kinds[kind]:
			day = _day(written.numbers(number), order)
			if day is not None and day > today + timedelta(days=1):
				late[order] += written.count[number]
	if (late["dmy"] == 0) == (late["mdy"] == 0):
		return None
	possible: DateOrder = "dmy" if late["dmy"] == 0 else "mdy"
	return _Finding(possible, "read otherwise, messages would lie in the future", max(late.values()), 0)


def _majority(votes: dict[str, int], why: str) -> _Finding | None:
	"""Return the order that clearly has the votes."""
	dmy, mdy = votes["dmy"], votes["mdy"]
	if dmy and (not mdy or (dmy >= 4 * mdy and dmy - mdy >= 3)):
		return _Finding("dmy", why, dmy, mdy)
	if mdy and (not dmy or (mdy >= 4 * dmy and mdy - dmy >= 3)):
		return _Finding("mdy", why, mdy, dmy)
	return None


def _evidence(finding: _Finding | None, order: DateOrder, forced: DateOrder | None) -> str:
	"""Say in words why the dates are read so."""
	if finding is not None and finding.order == order:
		return f"{_WORDS[order]}: {finding.why}"
	if forced is not None:
		return f"{_WORDS[order]}, as you chose; the file does not contradict it"
	return f"not proved: read {_WORDS[order]}"


def _refuse_disproved(written: _Written, findings: Mapping[_Kind, _Finding | None], forced: DateOrder) -> None:
	"""Refuse a file that shows another order than the clerk's."""
	for kind in written.kinds:
		times = written.times(kind)
		# A stray line or two in another form is somebody's pasted text.
		if times * 20 < written.total:
			continue
		finding = findings[kind]
		if finding is None or finding.why == _FULL_STOPS:
			if written.unreadable(kind, forced) * 2 > times:
				raise _disproved(forced, "dmy", "its dates cannot be read so")
			continue
		if finding.order != forced and not (forced == "ymd" and _readable(written, kind, forced)):
			raise _disproved(forced, finding.order, finding.why)


def _obey(written: _Written, kind: _Kind, finding: _Finding | None, forced: DateOrder) -> _Finding | None:
	"""Drop a finding that the clerk's answer overrules: where dates can be read her way, custom does not decide."""
	if finding is None or finding.order == forced:
		return finding
	if finding.why == _FULL_STOPS or (forced == "ymd" and _readable(written, kind, forced)):
		return None
	return finding


def _readable(written: _Written, kind: _Kind, order: DateOrder) -> bool:
	"""Say whether nearly all of these dates exist when read in this order."""
	return written.unreadable(kind, order) * 20 <= written.times(kind)


def _disproved(forced: DateOrder, order: DateOrder, why: str) -> Exception:
	"""Make the refusal of a date order that the file disproves."""
	return refuse(
		f"The dates of this file cannot be {_WORDS[forced]}: {why}.",
		f"Import it again without choosing an order of dates, or with {_WORDS[order]}.",
	)


def _refuse_other_calendars(written: _Written, today: date) -> None:
	"""Refuse years that are not of the Gregorian calendar, by name."""
	buddhist = islamic = far = 0
	for number, times in written.count.items():
		a, _, c = written.numbers(number)
		year = a if len(a) == 4 else c
		value = int(year)
		buddhist += times * (2400 <= value < 2800)
		islamic += times * (len(year) == 4 and 1300 <= value < 1500)
		far += times * (len(year) == 2 and 2000 + value > today.year + 20 and len(a) <= 2 and int(a) <= 31)
	for count, name in (
		(buddhist, "Buddhist years"),
		(islamic, "Persian or Islamic years"),
		(far, "years of another calendar (they would lie in the far future)"),
	):
		if count * 2 > written.total:
			raise _other_calendar(name)


def _refuse_far_years(written: _Written, days: Mapping[int, date | None], today: date) -> None:
	"""Refuse a chat most of which would lie before WhatsApp began, or in the future: other years than ours."""
	past = future = 0
	for number, day in days.items():
		if day is not None:
			past += written.count[number] * (day < _BEGAN)
			future += written.count[number] * (day > today + _AHEAD)
	if past * 2 > written.total:
		raise _other_calendar("years of another calendar (they would lie before WhatsApp began)")
	if future * 2 > written.total:
		raise _other_calendar("years of another calendar (they would lie in the future)")


def _other_calendar(name: str) -> Exception:
	"""Make the refusal of dates in a calendar that is not read."""
	return refuse(
		f"The dates in this chat are written in {name}. Reading them is not built yet.",
		"Ask the member to set the phone's calendar to Gregorian, and to export the chat again.",
	)


def _warnings(
	written: _Written,
	findings: Mapping[_Kind, _Finding | None],
	days: Mapping[int, date | None],
	order: DateOrder,
	forced: DateOrder | None,
	today: date,
	other: Collection[int],
) -> Iterable[str]:
	"""Say what is doubtful about the dates."""
	known = [day for day in days.values() if day is not None]
	orders = {finding.order for finding in findings.values() if finding is not None}
	unproved = all(finding is None for finding in findings.values())
	if unproved and forced is None and known:
		yield (
			f"The order of day and month could not be proved from this file. Its dates were read day first: from "
			f"{_said(min(known))} to {_said(max(known))}. If that is wrong, choose month first "
			"before it is added (on the command line: --date-order mdy)."
		)
	if len(orders) > 1:
		counts: Counter[DateOrder] = Counter()
		for kind in written.kinds:
			finding = findings[kind]
			if finding is not None:
				counts[finding.order] += written.times(kind)
		parts = ", ".join(f"{count:,} {_WORDS[one]}" for one, count in sorted(counts.items()))
		yield f"This file writes dates in more than one way: {parts}. Each was read by its own evidence."
	others = sum(written.count[number] for number in other)
	if others:
		messages = several(others, "1 message has", "messages have")
		yield f"{messages} a date that is not {_WORDS[order]} like the rest; read the other way round."
	late = sum(written.count[one] for one, day in days.items() if day is not None and day > today + timedelta(days=1))
	if late:
		messages = several(late, "1 message is", "messages are")
		yield f"{messages} dated after today. The phone's clock may be wrong."


def _said(day: date) -> str:
	"""Write a day as it is said: "5 June 2024"."""
	return day_words(day)
