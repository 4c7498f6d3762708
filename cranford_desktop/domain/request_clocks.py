"""The clocks of requests: what starts one again, what makes it wait, and when the answer is due.

Three ways to stop a clock (information-law 0 and 7): an FOI or EIR clarification starts it again, an FOI fees notice
leaves days out, a subject access clarification adds its days. Nothing here refuses a span that came too late for the
law: it moves no day, and a note says so.
"""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.policy import ClockRules, Holidays
from cranford_desktop.domain.working_days import DAY, NotCounted, check_table, count, roll_on

Span: TypeAlias = tuple[date, date]
"""The day something was asked for and the day it came."""


@dataclass(frozen=True, slots=True)
class Deadline:
	"""When something is due and why."""

	due: date
	"""The last day; for a data breach the last moment, a UK wall time (a `datetime`)."""
	working: tuple[NotCounted, ...] = ()
	"""Each Monday to Friday not counted, in order."""
	notes: tuple[str, ...] = ()
	start: date | None = None
	"""The day that counts as the day of receipt, where it is another than the day of arrival."""
	extended_to: date | None = None
	"""While the public interest is weighed: the last day of the answer, after the notice that is due first."""
	extended_working: tuple[NotCounted, ...] = ()
	"""Each Monday to Friday not counted until then."""


def foi_due(
	received: date,
	holidays: Holidays,
	rules: ClockRules,
	*,
	clarifications: Sequence[Span] = (),
	fees: Sequence[Span] = (),
	extended: bool = False,
) -> Deadline:
	"""Return the twentieth working day after receipt (FOIA s.10(1), (6)).

	Each clarification (asked, answered) starts the clock again (s.1(3)); each fee (notice, paid) leaves the working
	days between out, both ends included (s.10(2)); extending it for the public interest moves no deadline, since the
	notice is still due on day 20 (s.17(2)).
	"""
	start, notes = _restart(received, clarifications, rules.foi_working_days, holidays, _waiting(fees))
	heard: list[Span] = []
	for fee in sorted(fees):
		if fee[0] > count(start, rules.foi_working_days, holidays, _waiting(heard))[0]:
			notes.append(f"The fees notice on {_day(fee[0])} came after the last day, so it changes nothing.")
			continue
		heard.append(fee)
		notes.append(
			f"Working days from the fees notice on {_day(fee[0])} to the payment on {_day(fee[1])} do not count."
		)
		if fee[1] > (until := months_on(fee[0], rules.fee_months) - DAY):
			notes.append(f"The fee could be paid until {_day(until)}; a later one does not have to be accepted.")
	paused = _waiting(heard)
	due, working = count(start, rules.foi_working_days, holidays, paused)
	later: date | None = None
	more: tuple[NotCounted, ...] = ()
	if extended:
		later, more = count(start, rules.foi_extended_working_days, holidays, paused)
		notes.append(
			"The public interest may be weighed for longer, but the notice that names the exemption is still due on "
			f"day {rules.foi_working_days}; the answer then by day {rules.foi_extended_working_days}, {_day(later)}."
		)
	notes += _code_note(start, rules.foi_working_days, holidays, paused)
	return Deadline(due, working, (*notes, *provisional(later or due, holidays)), _moved(received, start), later, more)


def eir_due(
	received: date,
	holidays: Holidays,
	rules: ClockRules,
	*,
	clarifications: Sequence[Span] = (),
	extended: bool = False,
) -> Deadline:
	"""Return the twentieth working day after receipt, the fortieth where extended (EIR reg 5(2), 7(1), 9(4))."""
	start, notes = _restart(received, clarifications, rules.eir_working_days, holidays, _waiting(()))
	due, working = count(start, rules.eir_extended_working_days if extended else rules.eir_working_days, holidays)
	if extended:
		first, _ = count(start, rules.eir_working_days, holidays)
		notes.append(
			f"Extended because it is complex and voluminous: the requester has to be told by {_day(first)} (reg 7)."
		)
	return Deadline(due, working, (*notes, *provisional(due, holidays)), _moved(received, start))


def sar_due(
	received: date,
	holidays: Holidays,
	rules: ClockRules,
	*,
	shown: date | None = None,
	clarifications: Sequence[Span] = (),
	extended: bool = False,
) -> Deadline:
	"""Return the same day of the next month, or of the third where extended (UK GDPR Art 12(3), 12A).

	The month begins when they had shown who they are, where that came later than the request (`shown`); it ends on the
	last day of a month that has no such day. Days between a question and its answer are added; then it is rolled over
	weekends and the bank holidays of England and Wales. A question after the last day changes nothing.
	"""
	check_table(received, holidays)
	start = max(received, shown) if shown is not None else received
	check_table(start, holidays)
	months = rules.sar_extended_months if extended else rules.sar_months
	notes = []
	if start != received:
		notes.append(f"The month began on {_day(start)}, when they had shown who they are.")
	waited: set[date] = set()
	counted = 0
	for asked, answered in sorted(clarifications):
		if asked > roll_on(months_on(start, months) + len(waited) * DAY, holidays)[0]:
			notes.append(f"The question on {_day(asked)} came after the last day, so it changes nothing.")
			continue
		began = max(asked, start)
		waited.update(began + n * DAY for n in range(1, (answered - began).days + 1))
		counted += answered >= began
	due = months_on(start, months) + len(waited) * DAY
	rolled, passed = roll_on(due, holidays)
	if counted:
		days = len(waited)
		notes.append(f"{days} {'day' if days == 1 else 'days'} from the question to its answer do not count.")
		literal, _ = roll_on(due + counted * DAY, holidays)
		both = f"With the day of the question left out as well, {days + counted} days, it would be due on"
		notes.append(
			f"{both} {_day(literal)}. The earlier day is safe." if literal != rolled else f"{both} the same day."
		)
	if rolled != due:
		notes.append(f"{_day(due)} is no working day in England and Wales, so it is due on the next.")
	if extended:
		told = roll_on(months_on(start, rules.sar_months), holidays)[0]
		notes.append(f"Extended by two months: the person has to be told why by {_day(told)}.")
	waiting = tuple(NotCounted(one, "waiting for the clarification") for one in sorted(waited) if one.weekday() < 5)
	return Deadline(rolled, (*waiting, *passed), (*notes, *provisional(rolled, holidays)), _moved(received, start))


def months_on(day: date, months: int) -> date:
	"""Return the same day some months on, the last day of the month where it has no such day."""
	year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
	return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def provisional(due: date, holidays: Holidays) -> tuple[str, ...]:
	"""Return the note of a deadline that reaches beyond the certain years of the table; nothing within them."""
	if due.year <= holidays.certain_until:
		return ()
	return (f"The bank holidays of {due.year} are provisional: some are proclaimed year by year.",)


def _restart(
	received: date,
	clarifications: Sequence[Span],
	days: int,
	holidays: Holidays,
	paused: Callable[[date], str | None],
) -> tuple[date, list[str]]:
	"""Return the day that counts as the day of receipt, and the notes that say so."""
	check_table(received, holidays)
	start, notes = received, []
	for asked, answered in sorted(clarifications):
		before, _ = count(start, days, holidays, paused)
		if asked > before:
			notes.append(f"The question on {_day(asked)} came after the last day, so it changes nothing.")
		elif answered >= start:
			start = answered
			notes.append(
				f"The clock began again on {_day(answered)}, when the clarification came; "
				f"before that it would have been due on {_day(before)}."
			)
	return start, notes


def _code_note(start: date, days: int, holidays: Holidays, paused: Callable[[date], str | None]) -> list[str]:
	"""Name the later day of the section 45 Code (4.2) for what came on a day that is no working day."""
	if start.weekday() < 5 and start not in holidays.days:
		return []
	code, _ = count(count(start, 1, holidays)[0], days, holidays, paused)
	return [
		f"It came on a day that is no working day. The section 45 Code would allow until {_day(code)}; "
		"the Act itself does not, so the earlier day stands."
	]


def _waiting(fees: Sequence[Span]) -> Callable[[date], str | None]:
	def why(day: date) -> str | None:
		return "between the fees notice and the payment" if any(a <= day <= b for a, b in fees) else None

	return why


def _moved(received: date, start: date) -> date | None:
	return start if start != received else None


def _day(day: date) -> str:
	return weekday_words(day)
