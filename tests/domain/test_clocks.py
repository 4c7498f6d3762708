"""Deadlines against worked examples: statute, regulator's published cases, and days counted by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.clocks import data_breach_due, deadline
from cranford_desktop.domain.policy import Holiday
from cranford_desktop.domain.request_clocks import Deadline, eir_due, foi_due, sar_due
from cranford_desktop.errors import CranfordError, NotBuiltYet
from cranford_desktop.policy_tables import load

TABLES = load()
D = date.fromisoformat


def due(kind: str, received: date | datetime | str, **options: object) -> Deadline:
	moment = D(received) if isinstance(received, str) else received
	return deadline(kind, moment, holidays=TABLES.holidays, rules=TABLES.clocks, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
	("received", "expected", "skipped"),
	[
		("2026-09-15", "2026-10-13", ()),
		("2026-03-15", "2026-04-15", ("2026-03-17", "2026-04-03", "2026-04-06")),
		("2026-12-10", "2027-01-13", ("2026-12-25", "2026-12-28", "2027-01-01", "2027-01-04")),
		("2026-07-01", "2026-07-30", ("2026-07-13",)),
		("2026-07-31", "2026-09-01", ("2026-08-03", "2026-08-31")),
		("2026-11-23", "2026-12-22", ("2026-11-30",)),
		("2026-05-02", "2026-06-02", ("2026-05-04", "2026-05-25")),
		("2014-03-16", "2014-04-14", ("2014-03-17",)),
	],
	ids=["plain", "sunday-and-17-march", "christmas", "12-july", "august-twice", "st-andrew", "saturday", "ico-2014"],
)
def test_foi_is_the_twentieth_working_day_in_any_part_of_the_uk(
	received: str, expected: str, skipped: tuple[str, ...]
) -> None:
	answer = due("foi", received)
	assert answer.due == D(expected)
	assert [one.day for one in answer.working] == [D(one) for one in skipped]


def test_a_time_of_day_does_not_move_a_request() -> None:
	assert due("foi", datetime(2026, 5, 2, 23, 59)).due == D("2026-06-02")


def test_the_working_says_why_a_day_does_not_count() -> None:
	(skipped,) = due("foi", "2026-11-23").working
	assert skipped.why == "St Andrew's Day, a bank holiday in Scotland"
	assert skipped.sentence == "Mon 30 Nov not counted: St Andrew's Day, a bank holiday in Scotland"
	assert [one.why for one in due("foi", "2026-07-31").working] == [
		"Summer bank holiday, kept in Scotland",
		"Summer bank holiday, kept in England, Wales and Northern Ireland",
	]


@pytest.mark.parametrize(("received", "later"), [("2026-03-15", "16 April 2026"), ("2026-05-02", "3 June 2026")])
def test_the_lenient_reading_of_the_code_is_only_a_note(received: str, later: str) -> None:
	assert any(later in note for note in due("foi", received).notes)
	assert due("foi", "2026-11-23").notes == ()


def test_a_clarification_starts_the_foi_and_eir_clock_again() -> None:
	for kind in ("foi", "eir"):
		answer = due(kind, "2026-03-02", clarification_asked=D("2026-03-10"), clarified=D("2026-03-23"))
		assert answer.due == D("2026-04-22")
		assert any("31 March 2026" in note for note in answer.notes)
		assert [one.day for one in answer.working] == [D("2026-04-03"), D("2026-04-06")]


def test_a_fees_notice_leaves_the_days_between_out_both_ends_included() -> None:
	assert due("foi", "2026-07-06").due == D("2026-08-05")
	answer = due("foi", "2026-07-06", fee_asked=D("2026-07-08"), fee_paid=D("2026-07-22"))
	assert answer.due == D("2026-08-19")
	days = [one.day for one in answer.working]
	assert days[0] == D("2026-07-08")
	assert D("2026-07-22") in days
	assert D("2026-07-23") not in days
	assert len(days) == 12
	assert {one.day: one.why for one in answer.working}[D("2026-07-13")].startswith("Battle of the Boyne")


def test_extending_foi_moves_no_deadline_but_names_day_forty() -> None:
	answer = due("foi", "2026-09-15", extended=True)
	assert answer.due == D("2026-10-13")
	assert any("day 40, Tuesday 10 November 2026" in note for note in answer.notes)


def test_eir_has_twenty_working_days_and_forty_extended() -> None:
	assert due("eir", "2026-11-20").due == D("2026-12-21")
	answer = due("eir", "2026-09-15", extended=True)
	assert answer.due == D("2026-11-10")
	assert any("13 October 2026" in note for note in answer.notes)


@pytest.mark.parametrize(
	("received", "expected", "extended"),
	[
		("2026-09-03", "2026-10-05", "2026-12-03"),
		("2028-01-30", "2028-02-29", "2028-05-02"),
		("2026-02-17", "2026-03-17", "2026-05-18"),
	],
)
def test_subject_access_is_a_month_rolled_over_england_and_wales(received: str, expected: str, extended: str) -> None:
	assert due("sar", received).due == D(expected)
	assert due("sar", received, extended=True).due == D(extended)


def test_subject_access_names_the_bank_holiday_it_rolled_over() -> None:
	answer = due("sar", "2026-11-25")
	assert answer.due == D("2026-12-29")
	assert [one.day for one in answer.working] == [D("2026-12-25"), D("2026-12-28")]
	assert due("sar", "2026-10-30").due == D("2026-11-30"), "St Andrew's Day does not roll an English month"


def test_days_waiting_for_a_clarification_are_added_to_a_subject_access_month() -> None:
	answer = due("sar", "2026-09-03", clarification_asked=D("2026-09-10"), clarified=D("2026-09-24"))
	assert answer.due == D("2026-10-19")
	assert all(one.why == "waiting for the clarification" for one in answer.working)
	assert len(answer.working) == 10


def test_an_internal_review_has_twenty_or_forty_working_days() -> None:
	assert due("review", "2026-07-20", regime="foi").due == D("2026-08-18")
	assert due("review", "2026-07-20").due == D("2026-08-18")
	assert due("review", "2026-09-15", regime="foi", extended=True).due == D("2026-11-10")
	assert due("review", "2026-09-15", regime="eir").due == D("2026-11-10")
	assert due("review", "2026-09-15", regime="eir", extended=True).due == D("2026-11-10")


def test_a_complaint_has_thirty_days_counting_the_first_and_is_never_rolled() -> None:
	answer = due("complaint", "2026-11-20")
	assert answer.due == D("2026-12-19")
	assert answer.working == ()
	assert any("Monday 21 December 2026" in note for note in answer.notes)


@pytest.mark.parametrize(
	("noticed", "expected"),
	[
		(datetime(2026, 12, 18, 16, 40), datetime(2026, 12, 21, 16, 40)),
		(datetime(2026, 10, 24, 10, 0), datetime(2026, 10, 27, 9, 0)),
		(datetime(2027, 3, 27, 10, 0), datetime(2027, 3, 30, 11, 0)),
		(datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 28, 0, 30)),
	],
	ids=["weekend", "clocks-go-back", "clocks-go-forward", "hour-that-came-twice"],
)
def test_a_data_breach_has_seventy_two_elapsed_hours(noticed: datetime, expected: datetime) -> None:
	answer = due("data-breach", noticed)
	assert answer.due == expected == data_breach_due(noticed)
	assert answer.working == ()


def test_a_time_the_clocks_jumped_over_is_refused() -> None:
	with pytest.raises(CranfordError, match="clocks went forward"):
		due("data-breach", datetime(2027, 3, 28, 1, 30))


@pytest.mark.parametrize(
	("kind", "received", "options"),
	[
		("foi", "2026-03-02", {"clarified": D("2026-03-23")}),
		("foi", "2026-03-02", {"clarification_asked": D("2026-03-10")}),
		("foi", "2026-03-02", {"clarification_asked": D("2026-03-23"), "clarified": D("2026-03-10")}),
		("foi", "2026-03-02", {"clarification_asked": D("2026-03-01"), "clarified": D("2026-03-10")}),
		("foi", "2026-03-02", {"clarification_asked": D("2026-04-01"), "clarified": D("2026-04-10")}),
		("foi", "2026-03-02", {"fee_asked": D("2026-03-03")}),
		("sar", "2026-03-02", {"fee_asked": D("2026-03-03"), "fee_paid": D("2026-03-04")}),
		("sar", "2026-03-02", {"clarified": D("2026-03-23")}),
		("sar", "2026-03-02", {"regime": "foi"}),
		("foi", "2026-03-02", {"regime": "eir"}),
		("complaint", "2026-11-20", {"extended": True}),
		("complaint", "2026-11-20", {"clarification_asked": D("2026-11-21"), "clarified": D("2026-11-22")}),
		("data-breach", "2026-11-20", {}),
		("review", "2026-11-20", {"fee_asked": D("2026-11-21"), "fee_paid": D("2026-11-22")}),
		("reply", "2026-11-20", {}),
	],
)
def test_what_makes_no_sense_is_refused_in_words(kind: str, received: str, options: dict[str, object]) -> None:
	with pytest.raises(CranfordError):
		due(kind, received, **options)


def test_a_data_breach_cannot_be_extended() -> None:
	with pytest.raises(CranfordError, match="cannot be extended"):
		due("data-breach", datetime(2026, 11, 20, 12, 0), extended=True)


def test_charges_under_eir_are_named_as_not_built() -> None:
	with pytest.raises(NotBuiltYet):
		due("eir", "2026-03-02", fee_asked=D("2026-03-03"), fee_paid=D("2026-03-04"))


@pytest.mark.parametrize(
	("kind", "received"),
	[
		("foi", "2013-12-31"),
		("foi", "2030-12-20"),
		("sar", "2030-12-02"),
		("eir", "2031-01-02"),
		("review", "2030-12-20"),
		("complaint", "2013-06-01"),
		("foi", "9999-12-31"),
	],
)
def test_a_span_outside_the_table_names_its_years(kind: str, received: str) -> None:
	with pytest.raises(CranfordError, match="2014 to 2030"):
		due(kind, received)


def test_days_in_a_provisional_year_are_said_to_be_so() -> None:
	assert any("provisional" in note for note in due("foi", "2029-06-01").notes)
	assert not any("provisional" in note for note in due("foi", "2028-06-01").notes)


@settings(max_examples=60)
@given(st.dates(D("2014-01-01"), D("2030-09-01")))
def test_counted_and_left_out_days_make_up_every_weekday(received: date) -> None:
	answer = due("foi", received)
	weekdays = [
		day for n in range(1, (answer.due - received).days + 1) if (day := received + timedelta(days=n)).weekday() < 5
	]
	assert len(weekdays) - len(answer.working) == 20
	assert answer.due.weekday() < 5
	assert answer.due not in TABLES.holidays.days


@settings(max_examples=60)
@given(st.dates(D("2014-01-01"), D("2030-09-01")), st.integers(1, 40))
def test_a_later_receipt_is_never_due_earlier(received: date, later: int) -> None:
	for kind in ("foi", "eir", "sar", "complaint"):
		if received + timedelta(days=later) <= D("2030-09-01"):
			assert due(kind, received).due <= due(kind, received + timedelta(days=later)).due


@settings(max_examples=60)
@given(st.dates(D("2014-01-01"), D("2030-06-01")), st.integers(1, 60))
def test_a_holiday_more_never_shortens_a_deadline(received: date, later: int) -> None:
	day = received + timedelta(days=later)
	more = replace(
		TABLES.holidays, days={**TABLES.holidays.days, day: Holiday(day=day, name="Bank holiday", nations="EWSN")}
	)
	for kind in ("foi", "eir", "sar", "review"):
		assert deadline(kind, received, holidays=more, rules=TABLES.clocks).due >= due(kind, received).due


@settings(max_examples=60)
@given(st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)))
def test_seventy_two_hours_differ_from_three_days_by_at_most_the_clock_change(noticed: datetime) -> None:
	try:
		end = data_breach_due(noticed)
	except CranfordError:
		return
	assert abs(end - noticed - timedelta(days=3)) <= timedelta(hours=1)


@pytest.mark.parametrize(
	("received", "expected"),
	[
		("2026-01-31", "2026-03-02"),
		("2027-01-29", "2027-03-01"),
		("2028-01-31", "2028-02-29"),
		("2026-08-31", "2026-09-30"),
		("2026-03-31", "2026-04-30"),
		("2026-12-31", "2027-02-01"),
		("2026-11-26", "2026-12-29"),
		("2026-11-30", "2026-12-30"),
	],
)
def test_a_month_without_that_day_ends_on_its_last_and_is_then_rolled(received: str, expected: str) -> None:
	assert due("sar", received).due == D(expected)


def test_the_month_begins_when_they_had_shown_who_they_are() -> None:
	answer = sar_due(D("2026-09-03"), TABLES.holidays, TABLES.clocks, shown=D("2026-09-10"))
	assert answer.due == due("sar", "2026-09-10").due == D("2026-10-12")
	assert answer.start == D("2026-09-10")
	assert any("Thursday 10 September 2026" in note for note in answer.notes)
	early = sar_due(D("2026-09-03"), TABLES.holidays, TABLES.clocks, shown=D("2026-09-01"))
	assert (early.due, early.start) == (D("2026-10-05"), None)


def test_a_question_before_the_month_began_adds_only_what_lies_within_it() -> None:
	answer = sar_due(
		D("2026-09-03"),
		TABLES.holidays,
		TABLES.clocks,
		shown=D("2026-09-10"),
		clarifications=[(D("2026-09-04"), D("2026-09-14")), (D("2026-09-05"), D("2026-09-08"))],
	)
	assert answer.due == D("2026-10-14")


def test_the_later_reading_of_a_subject_access_pause_is_only_a_note() -> None:
	answer = due("sar", "2026-09-01", clarification_asked=D("2026-09-07"), clarified=D("2026-09-10"))
	assert answer.due == D("2026-10-05"), "1 October and three days is Sunday 4 October"
	assert any("4 days, it would be due on the same day" in note for note in answer.notes), "both roll to that Monday"
	answer = due("sar", "2026-09-01", clarification_asked=D("2026-09-07"), clarified=D("2026-09-12"))
	assert answer.due == D("2026-10-06")
	assert any("Wednesday 7 October 2026" in note for note in answer.notes)


def test_an_extended_month_can_still_wait_for_a_clarification() -> None:
	answer = due("sar", "2026-09-03", clarification_asked=D("2026-10-20"), clarified=D("2026-10-27"), extended=True)
	assert answer.due == D("2026-12-10")
	with pytest.raises(CranfordError, match="after the answer was due"):
		due("sar", "2026-09-03", clarification_asked=D("2026-10-20"), clarified=D("2026-10-27"))


def test_a_second_clarification_starts_the_clock_once_more() -> None:
	spans = [(D("2026-03-10"), D("2026-03-23")), (D("2026-04-20"), D("2026-04-28"))]
	for work in (foi_due, eir_due):
		answer = work(D("2026-03-02"), TABLES.holidays, TABLES.clocks, clarifications=spans)
		assert answer.start == D("2026-04-28")
		assert answer.due == due("foi", "2026-04-28").due
		late = work(
			D("2026-03-02"), TABLES.holidays, TABLES.clocks, clarifications=[(D("2026-04-01"), D("2026-04-09"))]
		)
		assert late.due == D("2026-03-31"), "a question after the last day cannot mend it"
		assert any("changes nothing" in note for note in late.notes)


def test_a_fee_asked_and_paid_on_one_day_leaves_that_day_out() -> None:
	assert due("foi", "2026-07-06", fee_asked=D("2026-07-08"), fee_paid=D("2026-07-08")).due == D("2026-08-06")
	last = due("foi", "2026-07-06", fee_asked=D("2026-08-05"), fee_paid=D("2026-08-10"))
	assert last.due == D("2026-08-11"), "asked on the last day: that day waits for the payment"


def test_a_fee_after_its_three_months_is_said() -> None:
	answer = due("foi", "2026-07-06", fee_asked=D("2026-07-08"), fee_paid=D("2026-10-08"))
	assert any("Wednesday 7 October 2026" in note for note in answer.notes)
	assert not any(
		"could be paid" in note
		for note in due("foi", "2026-07-06", fee_asked=D("2026-07-08"), fee_paid=D("2026-10-07")).notes
	)


def test_a_clarification_and_a_fee_go_together() -> None:
	answer = due(
		"foi",
		"2026-03-02",
		clarification_asked=D("2026-03-10"),
		clarified=D("2026-03-23"),
		fee_asked=D("2026-04-07"),
		fee_paid=D("2026-04-10"),
	)
	assert answer.due == D("2026-04-28"), "22 April, and the four working days of the fee"


def test_an_extended_eir_clock_starts_again_too() -> None:
	answer = due("eir", "2026-03-02", clarification_asked=D("2026-03-10"), clarified=D("2026-03-23"), extended=True)
	assert answer.due == due("eir", "2026-03-23", extended=True).due
	assert any("22 April 2026" in note for note in answer.notes), "told by day twenty of the new clock"


@pytest.mark.parametrize(
	("noticed", "expected"),
	[
		(datetime(2026, 12, 30, 23, 30), datetime(2027, 1, 2, 23, 30)),
		(datetime(2026, 12, 24, 9, 0), datetime(2026, 12, 27, 9, 0)),
		(datetime(2026, 10, 22, 1, 30), datetime(2026, 10, 25, 1, 30)),
		(datetime(2026, 10, 22, 2, 30), datetime(2026, 10, 25, 1, 30)),
		(datetime(2027, 3, 25, 1, 30), datetime(2027, 3, 28, 2, 30)),
		(datetime(2027, 3, 28, 2, 0), datetime(2027, 3, 31, 2, 0)),
	],
	ids=["new-year", "christmas", "first-half-past-one", "second-half-past-one", "no-half-past-one", "after-the-jump"],
)
def test_seventy_two_hours_run_through_new_year_and_into_both_clock_changes(
	noticed: datetime, expected: datetime
) -> None:
	assert due("data-breach", noticed).due == expected


SPANS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 60)), max_size=3)


@settings(max_examples=80)
@given(st.dates(D("2014-01-01"), D("2029-06-01")), st.integers(0, 40), st.booleans())
def test_every_clock_is_never_earlier_for_a_later_receipt(received: date, later: int, extended: bool) -> None:
	after = received + timedelta(days=later)
	for kind, options in (
		("foi", {}),
		("eir", {"extended": extended}),
		("sar", {"extended": extended}),
		("review", {"regime": "foi", "extended": extended}),
		("review", {"regime": "eir"}),
		("complaint", {}),
	):
		assert due(kind, received, **options).due <= due(kind, after, **options).due
	noon = datetime(received.year, received.month, received.day, 12, 0)
	assert data_breach_due(noon) <= data_breach_due(noon + timedelta(days=later))


@settings(max_examples=80)
@given(
	st.dates(D("2014-01-01"), D("2029-06-01")), SPANS, SPANS, st.integers(1, 120), st.sampled_from(["EWSN", "S", "EW"])
)
def test_a_holiday_more_never_shortens_a_clock_that_waited(
	received: date, asked: list[tuple[int, int]], paid: list[tuple[int, int]], later: int, nations: str
) -> None:
	def spans(given: list[tuple[int, int]]) -> list[tuple[date, date]]:
		days = [received + timedelta(days=first) for first, _ in given]
		return [(day, day + timedelta(days=long)) for day, (_, long) in zip(days, given, strict=True)]

	day = received + timedelta(days=later)
	more = replace(TABLES.holidays, days={**TABLES.holidays.days, day: Holiday(day, "Bank holiday", nations)})
	rules, clarifications = TABLES.clocks, spans(asked)
	for with_it, without in (
		[sar_due(received, one, rules, clarifications=clarifications).due for one in (more, TABLES.holidays)],
		[eir_due(received, one, rules, extended=True).due for one in (more, TABLES.holidays)],
		[foi_due(received, one, rules, fees=spans(paid)[:1]).due for one in (more, TABLES.holidays)],
	):
		assert with_it >= without


@settings(max_examples=80)
@given(st.dates(D("2014-01-01"), D("2029-06-01")), SPANS, st.booleans())
def test_what_counts_working_days_is_due_on_one(received: date, asked: list[tuple[int, int]], extended: bool) -> None:
	days = [received + timedelta(days=first) for first, _ in asked]
	spans = [(day, day + timedelta(days=long)) for day, (_, long) in zip(days, asked, strict=True)]
	plain = foi_due(received, TABLES.holidays, TABLES.clocks).due
	for answer in (
		foi_due(received, TABLES.holidays, TABLES.clocks, clarifications=spans, fees=spans[:1]),
		eir_due(received, TABLES.holidays, TABLES.clocks, clarifications=spans, extended=extended),
		due("review", received, regime="foi"),
	):
		assert answer.due.weekday() < 5
		assert answer.due not in TABLES.holidays.days
		assert answer.due >= plain, "nothing that makes a clock wait brings its end nearer"
	month = sar_due(received, TABLES.holidays, TABLES.clocks, clarifications=spans, extended=extended).due
	closed = {day for day, one in TABLES.holidays.days.items() if set("EW") & set(one.nations)}
	assert month.weekday() < 5
	assert month not in closed
	assert month >= due("sar", received).due
