"""References by the council's own pattern: made, counted on, and refused in words where they cannot be counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.reference_patterns import STANDARD, pattern_from
from cranford_desktop.errors import CranfordError


@pytest.mark.parametrize(
	("text", "expected"),
	[
		(STANDARD, "FOI-2026-004"),
		("CPC/{law}/{year}/{number:03}", "CPC/FOI/2026/004"),
		("{year}/{number}", "2026/4"),
		("Request {number:05} (CPC)", "Request 00004 (CPC)"),
	],
)
def test_a_pattern_makes_a_reference(text: str, expected: str) -> None:
	assert pattern_from(text).reference("foi", 2026, 4) == expected


def test_it_counts_on_from_what_has_its_own_form() -> None:
	pattern = pattern_from("CPC/{law}/{year}/{number:03}")
	given_before = ["CPC/FOI/2026/009", "cpc/foi/2026/011", "CPC/EIR/2026/040", "FOI-2026-099", "CPC/FOI/2025/070"]
	assert pattern.next_number("foi", 2026, given_before) == 12
	assert pattern.next_number("sar", 2026, given_before) == 1
	assert pattern_from("{year}/{number}").next_number("foi", 2026, ["2026/7", "2025/9"]) == 8


@pytest.mark.parametrize(
	("text", "match"),
	[
		("CPC/{law}/{year}", "needs {number} once"),
		("{number}/{number}", "once"),
		("{law}-{name}-{number}", "not known"),
		("{law}-{number", "not known"),
		("x" * 60 + "{number}", "one line"),
		("{year}{number}", "beside another figure"),
		("9{number}", "beside another figure"),
		("", "once"),
	],
)
def test_what_cannot_be_counted_is_refused(text: str, match: str) -> None:
	with pytest.raises(CranfordError, match=match):
		pattern_from(text)


@given(st.integers(1, 99_999), st.sampled_from([STANDARD, "A+B ({law}) {year}.{number}", "{number:04}*{year}"]))
def test_the_next_number_always_follows_the_reference_that_was_made(number: int, text: str) -> None:
	pattern = pattern_from(text)
	assert pattern.next_number("eir", 2026, [pattern.reference("eir", 2026, number)]) == number + 1
