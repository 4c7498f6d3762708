"""Six years, counted from the date of each message; holds beat them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.retention import ClassTally, Hold, cut_off, due_date, hold_ends, position, sift
from cranford_desktop.policy_tables import load

TABLES = load()
D = date.fromisoformat


@pytest.mark.parametrize(
	("sent", "due"),
	[
		("2024-09-16", "2030-09-16"),
		("2028-02-29", "2034-03-01"),
		("2024-12-31", "2030-12-31"),
		("2025-07-01", "2031-07-01"),
		("2018-02-29".replace("2018", "2016"), "2022-03-01"),
	],
)
def test_due_is_the_same_date_six_years_on_never_early(sent: str, due: str) -> None:
	assert due_date(D(sent), 6) == D(due)


@settings(max_examples=60)
@given(st.dates(D("2010-01-01"), D("2100-01-01")), st.integers(-800, 800), st.integers(1, 12))
def test_the_cut_off_divides_exactly_what_is_due(on: date, days: int, years: int) -> None:
	sent = on.replace(year=on.year - years, day=1) + timedelta(days=days)
	assert (sent <= cut_off(on, years)) == (due_date(sent, years) <= on)


def test_a_message_counts_under_its_first_hold() -> None:
	holds = [Hold("A", "a", {1, 2}), Hold("B", "b", {2, 3})]
	assert sift([1, 2, 3, 4], holds) == ([4], [[1, 2], [3]])
	assert sift([1, 2], [Hold("A", "a", None), *holds]) == ([], [[1, 2], [], []])


def test_due_dates_follow_from_the_oldest_message_of_each_class() -> None:
	tallies = [ClassTally("council", 3, D("2019-05-02")), ClassTally("personal", 1, D("2018-01-01"))]
	found = position(
		D("2026-11-23"), tallies, TABLES.retention, 2, [(Hold("A", "a", None), 1), (Hold("B", "b", None), 0)]
	)
	assert (found.total, found.oldest, found.first_due) == (4, D("2018-01-01"), D("2025-05-02"))
	assert [(one.key, one.years, one.messages, one.first_due) for one in found.classes] == [
		("council", 6, 3, D("2025-05-02")),
		("personal", None, 1, None),
	]
	assert [one.reference for one in found.held] == ["A"], "a hold that keeps nothing due is not listed"


def test_a_class_the_table_does_not_know_is_council_business() -> None:
	found = position(D("2026-11-23"), [ClassTally("other", 2, D("2019-05-02"))], TABLES.retention, 0, [])
	assert [(one.key, one.messages) for one in found.classes] == [("council", 2)]


def test_an_empty_archive_has_no_due_date() -> None:
	found = position(D("2026-11-23"), [], TABLES.retention, 0, [])
	assert (found.total, found.due, found.first_due, found.oldest) == (0, 0, None, None)


def test_an_answered_request_stays_open_for_its_review_and_the_regulator() -> None:
	assert hold_ends(D("2026-09-15"), TABLES.holidays, TABLES.clocks) == D("2026-11-10") + timedelta(weeks=6)
	assert hold_ends(D("2030-12-20"), TABLES.holidays, TABLES.clocks) is None
