"""Laws of what counts as missing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.holdings import CUT_OFF, MIDWAY, OpeningLine, before_words, gaps, opening, silences
from cranford_desktop.policy_tables import load

LIMITS = load().holdings
FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n))


@given(st.sets(DAYS, min_size=1), st.dictionaries(DAYS, st.integers(1, 50)))
def test_a_gap_counts_what_others_show_between_two_days_of_the_phone(
	shown: set[date], missed: Mapping[date, int]
) -> None:
	found = gaps(sorted(shown), missed, LIMITS)
	for gap in found:
		inside = {gap.start + timedelta(days=n) for n in range((gap.end - gap.start).days + 1)}
		assert len(inside) >= LIMITS.gap_days
		assert not inside & shown
		assert {gap.start - timedelta(days=1), gap.end + timedelta(days=1)} <= shown
		assert gap.missed == sum(number for day, number in missed.items() if day in inside) >= LIMITS.gap_messages
	assert list(found) == sorted(found, key=lambda gap: gap.start)


@given(st.sets(DAYS, min_size=1))
def test_where_nobody_shows_more_nothing_is_missed(shown: set[date]) -> None:
	assert gaps(sorted(shown), {}, LIMITS) == ()


@given(st.sets(DAYS, min_size=1))
def test_a_phone_that_covers_the_time_ends_every_doubt_about_silence(shown: set[date]) -> None:
	assert silences(sorted(shown), [(min(shown), max(shown))], LIMITS) == ()


@given(st.sets(DAYS, max_size=LIMITS.silence_least_days - 1))
def test_few_days_have_no_rhythm(shown: set[date]) -> None:
	assert silences(sorted(shown), [], LIMITS) == ()


@given(st.lists(st.sampled_from([None, "left", "subject", "icon"]), max_size=12))
def test_no_other_line_makes_a_beginning(events: list[str | None]) -> None:
	at = datetime(2025, 1, 1, 9, 0)
	assert opening(OpeningLine(at, event, ("You",)) for event in events) == "midway"


def test_the_limit_alone_does_not_cut_off_what_begins_at_the_start() -> None:
	assert before_words("start", at_cap=True, others_show_older=False) == ""
	assert before_words("midway", at_cap=True, others_show_older=False) == CUT_OFF
	assert before_words("midway", at_cap=False, others_show_older=True) == MIDWAY
	assert LIMITS.at_cap(39_990, with_media=False)
	assert not LIMITS.at_cap(39_989, with_media=False)
	assert LIMITS.at_cap(9_990, with_media=True)
