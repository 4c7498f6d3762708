"""Which number of a date is the day: settled by evidence in the file, never by the country alone.

Evidence, strongest first: a number above 12; dates that attachments carry in their names; an export runs forward in
time; nothing is sent after today. What stays open is read day first, and said.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.messages import DateOrder
from cranford_desktop.ingest.dialect import Header
from cranford_desktop.ingest.file_types import refuse
from cranford_desktop.ingest.wording import several

_FILE_DATE = re.compile(
	r"(?:IMG|VID|PTT|AUD|STK|GIF|DOC)-(20[0-9]{2})([0-9]{2})([0-9]{2})-WA[0-9]"
	r"|-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF)-(20[0-9]{2})-([0-9]{2})-([0-9]{2})-[0-9]{2}-"
)
_FAR_BACK = timedelta(days=20)
"""A wrong order jumps back by months; a phone that was offline sends late by hours or days."""
_BOTH: tuple[DateOrder, ...] = ("dmy", "mdy")
_FULL_STOPS = "dates with full stops are written so everywhere"
_WORDS: dict[DateOrder, str] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}


class Dates(NamedTuple):
	"""The dates of all headers, and why they are read so."""

	days: list[date | None]
	"""For each header its date; None where no such date exists: that line is text."""
	order: DateOrder
	evidence: str
	proved: bool
	other: frozenset[int]
	"""Headers read in the other order than the rest of their kind."""
	warnings: tuple[str, ...]


class _Finding(NamedTuple):
	order: DateOrder
	why: str
	for_it: int
	against: int


def settle(text: str, headers: Sequence[Header], forced: DateOrder | None, today: date) -> Dates:
	"""Decide the order of dates, for each form of date in the file on its own. Raises `ProblemWithFile`.

	`forced` is the clerk's answer: a file that disproves it is refused. `today` is the last day that can be in a chat.
	"""
	_refuse_other_calendars(headers, today)
	kinds: dict[tuple[str, int], list[int]] = defaultdict(list)
	for index, header in enumerate(headers):
		sep, width = header.core[0], 0 if len(header.date[0]) == 4 else len(header.date[2])
		kinds[sep, width].append(index)
	findings = {kind: _find(text, headers, where, kind[1], today) for kind, where in kinds.items()}
	largest = max(kinds, key=lambda kind: len(kinds[kind]))
	if forced is not None:
		_refuse_disproved(headers, kinds, findings, forced)
		findings = {kind: _obey(headers, kinds[kind], finding, forced) for kind, finding in findings.items()}
	proven = [kind for kind in kinds if findings[kind] is not None]
	main = max(proven, key=lambda kind: len(kinds[kind])) if proven else None
	fallback: DateOrder = "dmy"
	main_finding = findings[main] if main else None
	if forced is not None:
		fallback = forced
	elif main_finding is not None and main_finding.order != "ymd":
		fallback = main_finding.order
	days: list[date | None] = [None] * len(headers)
	other: set[int] = set()
	for kind, where in kinds.items():
		finding = findings[kind]
		order = finding.order if finding else fallback
		_fill(headers, where, order, days, other)
	chief = findings[largest]
	order = chief.order if chief else fallback
	return Dates(
		days,
		order,
		_evidence(chief or main_finding, order, forced),
		chief is not None or main is not None,
		frozenset(other),
		tuple(_warnings(headers, kinds, findings, days, order, forced, today, len(other))),
	)


def _fill(
	headers: Sequence[Header], where: Iterable[int], order: DateOrder, days: list[date | None], other: set[int]
) -> None:
	"""Read the dates of one kind; one that only the other order makes possible is read so and noted."""
	cache: dict[tuple[str, str, str], tuple[date | None, bool]] = {}
	swapped: DateOrder = "mdy" if order == "dmy" else "dmy" if order == "mdy" else "ymd"
	for index in where:
		written = headers[index].date
		if written not in cache:
			day = _day(written, order)
			again = _day(written, swapped) if day is None and swapped != order else None
			cache[written] = (day or again, day is None and again is not None)
		days[index], is_other = cache[written]
		if is_other:
			other.add(index)


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


def _find(text: str, headers: Sequence[Header], where: list[int], width: int, today: date) -> _Finding | None:
	"""Find what proves the order of one kind of date; None where nothing does."""
	if width == 0:
		return _Finding("ymd", "the year stands first", len(where), 0)
	first = {"dmy": -1, "mdy": -1, "ymd": -1}
	count = {"dmy": 0, "mdy": 0, "ymd": 0}
	for index in where:
		a, b, c = headers[index].date
		one, two = int(a), int(b)
		# What no order can read is no date, and proves nothing.
		if 12 < one <= 31 and 1 <= two <= 12:
			proves = "dmy"
		elif 12 < two <= 31 and 1 <= one <= 12:
			proves = "mdy"
		elif one > 31 and width == 2 and 1 <= two <= 12 and 1 <= int(c) <= 31:
			proves = "ymd"
		else:
			continue
		count[proves] += 1
		if first[proves] < 0:
			first[proves] = index
	total = sum(count.values())
	if total:
		best: DateOrder = max(("dmy", "mdy", "ymd"), key=lambda order: (count[order], order == "dmy"))
		header = headers[first[best]]
		number = {"dmy": header.date[0], "mdy": header.date[1], "ymd": header.date[0]}[best]
		what = "year" if best == "ymd" else "day"
		return _Finding(best, f"line {_line(text, header)} has {what} {number}", count[best], total - count[best])
	found = _by_files(text, headers, where) or _by_sequence(headers, where) or _by_today(headers, where, today)
	if found is None and headers[where[0]].core[0] == ".":
		return _Finding("dmy", _FULL_STOPS, len(where), 0)
	return found


def _by_files(text: str, headers: Sequence[Header], where: list[int]) -> _Finding | None:
	"""Compare dates with those in the names of attachments."""
	votes = {"dmy": 0, "mdy": 0}
	seen = -1
	for index in where:
		header = headers[index]
		match = _FILE_DATE.search(text, header.body, header.body + 300)
		if match is None or "\n" in text[header.body : match.start()]:
			continue
		numbers = [int(group) for group in match.groups() if group]
		try:
			named = date(*numbers)
		except ValueError:
			continue
		matches = [order for order in _BOTH if _day(header.date, order) == named]
		if len(matches) == 1:
			votes[matches[0]] += 1
			seen = index if seen < 0 else seen
	return _majority(
		votes, f"the file named on line {_line(text, headers[seen])} carries its date" if seen >= 0 else ""
	)


def _by_sequence(headers: Sequence[Header], where: list[int]) -> _Finding | None:
	"""Count the steps far back in time that each order would mean."""
	back = {"dmy": 0, "mdy": 0}
	for order in _BOTH:
		last: date | None = None
		for index in where:
			day = _day(headers[index].date, order)
			if day is None:
				continue
			if last is not None and last - day > _FAR_BACK:
				back[order] += 1
			last = day
	return _majority({"dmy": back["mdy"], "mdy": back["dmy"]}, "the messages run forward in time only so")


def _by_today(headers: Sequence[Header], where: list[int], today: date) -> _Finding | None:
	"""Exclude an order by which messages would have been sent after today."""
	late = {"dmy": 0, "mdy": 0}
	for order in _BOTH:
		days = (_day(headers[index].date, order) for index in where)
		late[order] = sum(1 for day in days if day is not None and day > today + timedelta(days=1))
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


def _line(text: str, header: Header) -> int:
	"""Return the number of a header's line, from 1."""
	return text.count("\n", 0, header.start) + 1


def _evidence(finding: _Finding | None, order: DateOrder, forced: DateOrder | None) -> str:
	"""Say in words why the dates are read so."""
	if finding is not None and finding.order == order:
		return f"{_WORDS[order]}: {finding.why}"
	if forced is not None:
		return f"{_WORDS[order]}, as you chose; the file does not contradict it"
	return f"not proved: read {_WORDS[order]}"


def _refuse_disproved(
	headers: Sequence[Header],
	kinds: dict[tuple[str, int], list[int]],
	findings: dict[tuple[str, int], _Finding | None],
	forced: DateOrder,
) -> None:
	"""Refuse a file that shows another order than the clerk's."""
	for kind, where in kinds.items():
		# A stray line or two in another form is somebody's pasted text.
		if len(where) * 20 < len(headers):
			continue
		finding = findings[kind]
		impossible = sum(1 for index in where if _day(headers[index].date, forced) is None)
		if finding is None or finding.why == _FULL_STOPS:
			if impossible * 2 > len(where):
				raise _disproved(forced, "dmy", "its dates cannot be read so")
			continue
		if finding.order != forced and not (forced == "ymd" and _readable(headers, where, forced)):
			raise _disproved(forced, finding.order, finding.why)


def _obey(headers: Sequence[Header], where: list[int], finding: _Finding | None, forced: DateOrder) -> _Finding | None:
	"""Drop a finding that the clerk's answer overrules: where dates can be read her way, custom does not decide."""
	if finding is None or finding.order == forced:
		return finding
	if finding.why == _FULL_STOPS or (forced == "ymd" and _readable(headers, where, forced)):
		return None
	return finding


def _readable(headers: Sequence[Header], where: list[int], order: DateOrder) -> bool:
	"""Say whether nearly all of these dates exist when read in this order."""
	return sum(1 for index in where if _day(headers[index].date, order) is None) * 20 <= len(where)


def _disproved(forced: DateOrder, order: DateOrder, why: str) -> Exception:
	"""Make the refusal of a date order that the file disproves."""
	return refuse(
		f"The dates of this file cannot be {_WORDS[forced]}: {why}.",
		f"Import it again without choosing an order of dates, or with {_WORDS[order]}.",
	)


def _refuse_other_calendars(headers: Sequence[Header], today: date) -> None:
	"""Refuse years that are not of the Gregorian calendar, by name."""
	buddhist = islamic = far = 0
	for header in headers:
		a, _, c = header.date
		year = a if len(a) == 4 else c
		number = int(year)
		buddhist += 2400 <= number < 2800
		islamic += len(year) == 4 and 1300 <= number < 1500
		far += len(year) == 2 and 2000 + number > today.year + 20 and len(a) <= 2 and int(a) <= 31
	for count, name in (
		(buddhist, "Buddhist years"),
		(islamic, "Persian or Islamic years"),
		(far, "years of another calendar (they would lie in the far future)"),
	):
		if count * 2 > len(headers):
			raise refuse(
				f"The dates in this chat are written in {name}. Reading them is not built yet.",
				"Ask the member to set the phone's calendar to Gregorian, and to export the chat again.",
			)


def _warnings(
	headers: Sequence[Header],
	kinds: dict[tuple[str, int], list[int]],
	findings: dict[tuple[str, int], _Finding | None],
	days: Sequence[date | None],
	order: DateOrder,
	forced: DateOrder | None,
	today: date,
	others: int,
) -> Iterable[str]:
	"""Say what is doubtful about the dates."""
	known = [day for day in days if day is not None]
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
		for kind, where in kinds.items():
			finding = findings[kind]
			if finding is not None:
				counts[finding.order] += len(where)
		parts = ", ".join(f"{count:,} {_WORDS[one]}" for one, count in sorted(counts.items()))
		yield f"This file writes dates in more than one way: {parts}. Each was read by its own evidence."
	if others:
		messages = several(others, "1 message has", "messages have")
		yield f"{messages} a date that is not {_WORDS[order]} like the rest; read the other way round."
	late = sum(1 for day in known if day > today + timedelta(days=1))
	if late:
		messages = several(late, "1 message is", "messages are")
		yield f"{messages} dated after today. The phone's clock may be wrong."


def _said(day: date) -> str:
	"""Write a day as it is said: "5 June 2024"."""
	return day_words(day)
