"""What is due on a day, and the reviews that say so."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.errors import NotFound
from cranford_desktop.store import reviews
from tests.store.books_support import NOW, bare_archive, export, said, sealed, take

CUT_OFF = date(2020, 11, 23)


def test_what_is_due_is_what_was_sent_on_or_before_the_day() -> None:
	with bare_archive() as c:
		times = [
			datetime(2019, 5, 31, 23, 59),
			datetime(2019, 6, 1, 0, 0),
			datetime(2020, 11, 23, 23, 59),
			datetime(2020, 11, 24, 0, 0),
		]
		take(c, export([said(str(place), at=at) for place, at in enumerate(times)]), group="Working group")
		take(c, export([said("a", at=times[0])], "a"), group="Allotments")
		assert list(reviews.due_ids(c, CUT_OFF)) == [5, 1, 2, 3]
		assert reviews.due_counts(c, CUT_OFF) == [
			("Allotments", 2019, 5, 1),
			("Working group", 2019, 5, 1),
			("Working group", 2019, 6, 1),
			("Working group", 2020, 11, 1),
		]
		assert reviews.due_counts(c, CUT_OFF, among={2, 4}) == [("Working group", 2019, 6, 1)]
		assert reviews.due_counts(c, CUT_OFF, among=set()) == []
		assert reviews.due_counts(c, CUT_OFF, category="personal") == []
		assert reviews.due_days(c, CUT_OFF)[-1] == ("Working group", date(2020, 11, 23), 1)
		assert reviews.oldest(c) == date(2019, 5, 31)
		assert reviews.class_counts(c) == [("council", 5, date(2019, 5, 31))]


def test_nothing_is_due_in_an_empty_archive() -> None:
	with bare_archive() as c:
		assert reviews.oldest(c) is None
		assert reviews.due_counts(c, CUT_OFF) == []
		assert reviews.class_counts(c) == []
		assert reviews.open_requests(c) == []


@given(st.sets(st.integers(0, 30)), st.lists(st.none() | st.sets(st.integers(0, 30)), max_size=5))
@settings(max_examples=60)
def test_a_due_message_counts_under_its_first_hold(due: set[int], holds: list[set[int] | None]) -> None:
	counts = reviews.held_counts(due, holds)
	held = {one for one in due if any(hold is None or one in hold for hold in holds)}
	assert sum(counts) == len(held)
	assert len(counts) == len(holds)
	if holds:
		assert counts[0] == len(due if holds[0] is None else due & holds[0])


def test_a_review_goes_on_where_it_was_left() -> None:
	with bare_archive() as c:
		assert reviews.open_review(c) is None
		state = reviews.start_review(c, date(2026, 11, 23), NOW)
		assert (state.page, state.outcome, state.on, state.started_at) == ("before", "open", date(2026, 11, 23), NOW)
		on_its_way = replace(state, page="held", minute="26/041", minute_pending=True, note="a note")
		reviews.save_review(c, on_its_way)
		assert reviews.open_review(c) == on_its_way
		done = replace(on_its_way, page="report", finished_at=NOW, outcome="schedule")
		reviews.save_review(c, done)
		reviews.set_review_files(c, state.id, {"report.pdf": sealed(c, "a report", "report")})
		assert reviews.open_review(c) is None
		assert reviews.reviews(c) == [done]
		assert reviews.review(c, state.id) == done
		assert reviews.review_files(c, state.id) == {"report.pdf": 1}
		with pytest.raises(NotFound):
			reviews.save_review(c, replace(done, id=99))
		with pytest.raises(NotFound):
			reviews.review(c, 99)


def test_policy_versions_come_the_one_adopted_last_first() -> None:
	with bare_archive() as c:
		for adopted in (date(2024, 9, 16), date(2026, 9, 14), date(2025, 1, 1)):
			reviews.add_policy_version(
				c,
				title="WhatsApp Use Policy",
				text="The text.",
				adopted=adopted,
				minute="24/037",
				review_due="2026-09",
				at=NOW,
			)
		held = reviews.policy_versions(c)
		assert [one.adopted.year for one in held] == [2026, 2025, 2024]
		assert (held[0].review_due, held[0].recorded_at, held[0].minute) == ("2026-09", NOW, "24/037")
