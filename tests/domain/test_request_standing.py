"""Where a request's clock stands after what happened to it, for each kind of request and law."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.clocks import deadline
from cranford_desktop.domain.request_events import (
	NATIONS,
	AddedHoliday,
	EventKind,
	RequestEvent,
	Standing,
	standing,
	with_added,
)
from cranford_desktop.domain.requests import REGIMES, Regime, RequestKind
from cranford_desktop.policy_tables import load

TABLES = load()
RECEIVED = date(2026, 9, 15)
TODAY = date(2026, 10, 1)


def happened(*events: tuple[EventKind, date]) -> list[RequestEvent]:
	made = datetime(2026, 10, 1, tzinfo=UTC)
	return [RequestEvent(n, 1, kind, on, "", {}, made) for n, (kind, on) in enumerate(events, 1)]


def stands(
	regime: Regime,
	events: list[RequestEvent],
	*,
	kind: RequestKind = "access",
	received: date = RECEIVED,
	today: date = TODAY,
) -> Standing:
	return standing(kind, regime, received, events, today=today, holidays=TABLES.holidays, rules=TABLES.clocks)


@pytest.mark.parametrize("kind", ["erasure", "rectification", "objection"])
def test_other_data_rights_have_the_month_of_subject_access(kind: RequestKind) -> None:
	assert stands("sar", [], kind=kind).deadline.due == stands("sar", []).deadline.due == date(2026, 10, 15)
	asked = happened(("identity_asked", date(2026, 9, 16)), ("identity_shown", date(2026, 9, 21)))
	assert stands("sar", asked, kind=kind).deadline.due == date(2026, 10, 21)


def test_a_review_and_a_complaint_have_their_own_clocks_and_wait_for_nobody() -> None:
	asked = happened(("clarification_asked", date(2026, 9, 16)))
	assert stands("foi", asked, kind="review").deadline.due == date(2026, 10, 13)
	assert stands("eir", asked, kind="review").deadline.due == date(2026, 11, 10)
	assert stands("foi", asked, kind="complaint").deadline.due == date(2026, 10, 14)
	assert stands("foi", asked, kind="review").waiting is None


def test_what_one_law_waits_for_another_does_not() -> None:
	fee = happened(("fee_asked", date(2026, 9, 16)))
	assert stands("foi", fee).waiting == "fee"
	assert stands("eir", fee) == stands("eir", [])
	who = happened(("identity_asked", date(2026, 9, 16)))
	assert stands("sar", who).since == date(2026, 9, 16)
	assert stands("foi", who) == stands("foi", [])


def test_while_two_things_are_awaited_the_earlier_is_said() -> None:
	both = happened(("clarification_asked", date(2026, 9, 21)), ("fee_asked", date(2026, 9, 17)))
	found = stands("foi", both)
	assert (found.waiting, found.since) == ("fee", date(2026, 9, 17))


EVENTS = st.lists(
	st.tuples(
		st.sampled_from(
			["clarification_asked", "clarified", "fee_asked", "fee_paid", "identity_asked", "identity_shown"]
		),
		st.integers(0, 60),
	),
	max_size=6,
)


@settings(max_examples=80)
@given(st.sampled_from(REGIMES), EVENTS, st.dates(date(2015, 1, 1), date(2028, 6, 1)))
def test_whatever_happened_a_clock_never_ends_before_it_would_have_and_waits_only_for_what_was_asked(
	regime: Regime, told: list[tuple[EventKind, int]], received: date
) -> None:
	events = happened(*[(kind, received + timedelta(days=after)) for kind, after in told])
	today = received + timedelta(days=60)
	found = stands(regime, events, received=received, today=today)
	plain = deadline(regime, received, holidays=TABLES.holidays, rules=TABLES.clocks).due
	assert found.deadline.due >= plain
	assert found.deadline.due.weekday() < 5
	if not told:
		assert found.deadline.due == plain
	if found.since is not None:
		assert found.since in {one.on for one in events if one.kind.endswith("asked")}
		assert found.deadline.notes[0].startswith("Waiting for them since")


@settings(max_examples=60)
@given(st.sampled_from(REGIMES), st.dates(date(2015, 1, 1), date(2029, 6, 1)), st.integers(1, 40))
def test_an_added_day_never_shortens_and_one_that_is_known_changes_nothing(
	regime: Regime, received: date, later: int
) -> None:
	day = received + timedelta(days=later)
	added = AddedHoliday(day, "Proclaimed", NATIONS, datetime(2026, 10, 1, tzinfo=UTC))
	more = with_added(TABLES.holidays, [added])
	before = deadline(regime, received, holidays=TABLES.holidays, rules=TABLES.clocks).due
	assert deadline(regime, received, holidays=more, rules=TABLES.clocks).due >= before
	assert with_added(TABLES.holidays, []) == TABLES.holidays
