"""Deadlines, with their working shown.

Seven clocks, three ways to stop one (information-law 0 and 7): an FOI or EIR clarification starts the clock again, an
FOI fees notice leaves days out, a subject access clarification adds its days. Where a law can be read two ways, the
due date is the earlier reading and a note names the other.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.policy import ClockRules, Holidays
from cranford_desktop.domain.request_clocks import Deadline, Span, eir_due, foi_due, provisional, sar_due
from cranford_desktop.domain.working_days import DAY, UNCHANGED, check_table, count, roll_on
from cranford_desktop.errors import CranfordError, NotBuiltYet

ClockKind = Literal["foi", "eir", "sar", "review", "complaint", "data-breach"]
CLOCK_KINDS: tuple[ClockKind, ...] = ("foi", "eir", "sar", "review", "complaint", "data-breach")

_LONDON = ZoneInfo("Europe/London")
_COMPLAINTS_SINCE = date(2026, 6, 19)
"""DPA 2018 s.164A in force."""
_NAMES: dict[ClockKind, str] = {
	"foi": "a request under the Freedom of Information Act",
	"eir": "a request under the Environmental Information Regulations",
	"sar": "a subject access request",
	"review": "an internal review",
	"complaint": "a data-protection complaint",
	"data-breach": "a data breach",
}


def deadline(
	kind: str,
	received: date | datetime,
	*,
	regime: str | None = None,
	clarification_asked: date | None = None,
	clarified: date | None = None,
	fee_asked: date | None = None,
	fee_paid: date | None = None,
	extended: bool = False,
	holidays: Holidays,
	rules: ClockRules,
) -> Deadline:
	"""Return the deadline of a clock (`CLOCK_KINDS`); a data breach takes a UK wall time with hours and minutes.

	Raises `CranfordError` for days that cannot go together, an option that this clock does not have, and a span that
	leaves the table of bank holidays.
	"""
	if kind not in CLOCK_KINDS:
		raise CranfordError(f'"{kind}" is not a clock.', UNCHANGED, f"Known ones: {', '.join(CLOCK_KINDS)}.")
	clock: ClockKind = kind
	_check_options(clock, regime, clarification_asked, clarified, fee_asked, fee_paid, extended)
	if clock == "data-breach":
		if not isinstance(received, datetime):
			raise CranfordError(
				"A data breach is counted in hours.", UNCHANGED, "Give the time it was noticed, too: 2026-11-23T16:10."
			)
		check_table(received, holidays)
		due = data_breach_due(received, rules.data_breach_hours)
		check_table(due, holidays)
		return Deadline(due, notes=_data_breach_notes(received, due, rules.data_breach_hours))
	day = received.date() if isinstance(received, datetime) else received
	if clock == "review":
		return review_due(day, holidays, rules, regime=regime, extended=extended)
	if clock == "complaint":
		return complaint_due(day, holidays, rules)
	asked = _pair("clarification", clarification_asked, clarified)
	notice = _pair("fee", fee_asked, fee_paid)
	clarifications: tuple[Span, ...] = (asked,) if asked is not None else ()
	if asked is not None:
		_check_pause("question", "answer", day, asked, _asked_by(clock, day, holidays, rules, extended))
	if clock == "sar":
		return sar_due(day, holidays, rules, clarifications=clarifications, extended=extended)
	if clock == "eir":
		return eir_due(day, holidays, rules, clarifications=clarifications, extended=extended)
	if notice is not None:
		latest = foi_due(day, holidays, rules, clarifications=clarifications).due
		_check_pause("fees notice", "payment", day, notice, latest)
	return foi_due(
		day,
		holidays,
		rules,
		clarifications=clarifications,
		fees=(notice,) if notice is not None else (),
		extended=extended,
	)


def review_due(
	received: date, holidays: Holidays, rules: ClockRules, *, regime: str | None = None, extended: bool = False
) -> Deadline:
	"""Return when an internal review is due: FOI 20 working days (40 exceptionally), EIR 40 (reg 11)."""
	notes = []
	if regime == "eir":
		days = rules.review_eir_working_days
		if extended:
			notes.append("A review under the Environmental Information Regulations has 40 working days in any case.")
	else:
		days = rules.review_foi_extended_working_days if extended else rules.review_foi_working_days
		notes.append("Good practice under the section 45 Code, not a date set by the Act.")
		if regime is None:
			notes.append(
				"Counted as a review under the Freedom of Information Act; one about the environment has 40: "
				"give its regime, eir."
			)
	due, working = count(received, days, holidays)
	return Deadline(due, working, (*notes, *provisional(due, holidays)))


def complaint_due(received: date, holidays: Holidays, rules: ClockRules) -> Deadline:
	"""Return the thirtieth day, counting the day received, never rolled (DPA 2018 s.164A): acknowledge by then."""
	check_table(received, holidays)
	due = received + timedelta(days=rules.complaint_days - 1)
	notes = ["Every day counts, weekends and bank holidays too."]
	check_table(due, holidays)
	later = due + DAY
	if (later + timedelta(days=7)).year <= holidays.last_year:
		rolled, _ = roll_on(later, holidays)
		notes.append(f"The ICO counts from the day after, to a working day: {_day(rolled)}. The earlier day is safe.")
	if received < _COMPLAINTS_SINCE:
		notes.append("The duty to acknowledge within 30 days began on 19 June 2026.")
	return Deadline(due, (), tuple(notes))


def data_breach_due(noticed_at: datetime, hours: int = 72) -> datetime:
	"""Return the end of 72 elapsed hours as a UK wall time (UK GDPR Art 33(1)); both times without a zone.

	Weekends count; where the clocks change, the wall time differs by that hour. A wall time that came twice means its
	first. Raises `CranfordError` for a wall time that the clocks jumped over.
	"""
	start = noticed_at.replace(tzinfo=_LONDON, fold=0) if noticed_at.tzinfo is None else noticed_at
	elapsed = start.astimezone(UTC)
	if noticed_at.tzinfo is None and elapsed.astimezone(_LONDON).replace(tzinfo=None) != noticed_at.replace(fold=0):
		raise CranfordError(
			f"There was no {noticed_at:%H:%M} on {_day(noticed_at.date())}: the clocks went forward.",
			UNCHANGED,
			"Give the time again.",
		)
	return (elapsed + timedelta(hours=hours)).astimezone(_LONDON).replace(tzinfo=None, fold=0)


def _data_breach_notes(noticed_at: datetime, due: datetime, hours: int) -> tuple[str, ...]:
	notes = [f"{hours} elapsed hours from when anyone acting for the council knew; weekends and nights count."]
	local = noticed_at.astimezone(_LONDON).replace(tzinfo=None) if noticed_at.tzinfo else noticed_at
	if due - local != timedelta(hours=hours):
		notes.append("The clocks change in between, so the time of day differs by an hour.")
	if noticed_at.tzinfo is None and _comes_twice(noticed_at):
		notes.append("That time came twice because the clocks went back; the first is meant.")
	if _comes_twice(due):
		notes.append("The last moment's time comes twice because the clocks go back; keep to the first.")
	return tuple(notes)


def _comes_twice(wall: datetime) -> bool:
	first = wall.replace(tzinfo=_LONDON, fold=0)
	return first.utcoffset() != first.replace(fold=1).utcoffset()


def _check_options(
	kind: ClockKind,
	regime: str | None,
	clarification_asked: date | None,
	clarified: date | None,
	fee_asked: date | None,
	fee_paid: date | None,
	extended: bool,
) -> None:
	"""Refuse an option that a clock does not have."""
	if regime is not None and kind not in (("review", regime) if regime in ("foi", "eir") else ()):
		raise CranfordError(f"The regime {regime} does not go with {_NAMES[kind]}.", UNCHANGED, "Leave it out.")
	if (clarification_asked or clarified) and kind not in ("foi", "eir", "sar"):
		raise CranfordError(f"A clarification does not change the clock of {_NAMES[kind]}.", UNCHANGED, "Leave it out.")
	if fee_asked or fee_paid:
		if kind == "eir":
			raise NotBuiltYet("charges under the Environmental Information Regulations", UNCHANGED)
		if kind != "foi":
			raise CranfordError(
				f"A fees notice does not change the clock of {_NAMES[kind]}.", UNCHANGED, "Leave it out."
			)
	if extended and kind in ("complaint", "data-breach"):
		raise CranfordError(f"The clock of {_NAMES[kind]} cannot be extended.", UNCHANGED, "Leave it out.")


def _pair(what: str, asked: date | None, answered: date | None) -> tuple[date, date] | None:
	if asked is None and answered is None:
		return None
	if asked is None or answered is None:
		raise CranfordError(
			f"For a {what} both days are needed: when the council asked and when the answer came.",
			UNCHANGED,
			"Give both. While nothing has come back, no day can be worked out.",
		)
	return asked, answered


def _asked_by(kind: ClockKind, day: date, holidays: Holidays, rules: ClockRules, extended: bool) -> date:
	"""Return until when a question can move a clock: EIR asks within the first 20 days even where extended (reg 9)."""
	if kind == "sar":
		return sar_due(day, holidays, rules, extended=extended).due
	return (eir_due if kind == "eir" else foi_due)(day, holidays, rules).due


def _check_pause(asking: str, answering: str, start: date, days: tuple[date, date], due: date) -> None:
	"""Refuse days that cannot go together: an answer before its question, a question too early or too late."""
	asked, answered = days
	if answered < asked:
		problem = f"The {answering} on {_day(answered)} is before the {asking} on {_day(asked)}."
	elif asked < start:
		problem = f"The {asking} on {_day(asked)} is before the request counts as received, {_day(start)}."
	elif asked > due:
		problem = f"The {asking} on {_day(asked)} came after the answer was due, {_day(due)}."
	else:
		return
	raise CranfordError(problem, UNCHANGED, "Check the days.")


def _day(day: date) -> str:
	return weekday_words(day)
