"""Suggestions are broad, never change a text, and never read one for ever."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.folding import fold, folded
from cranford_desktop.domain.personal_data import FINDERS, PATTERNS
from cranford_desktop.domain.phone_numbers import PhoneNumber, phone_number, written_forms


def test_every_pattern_name_of_a_request_has_its_finder() -> None:
	assert set(PATTERNS) == set(FINDERS)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_law_places_lie_inside_any_text(words: str) -> None:
	plain = folded(words)
	assert len(plain.text) == len(plain.starts) == len(plain.ends)
	assert all(0 <= start < end <= len(words) for start, end in zip(plain.starts, plain.ends, strict=True))
	assert list(plain.starts) == sorted(plain.starts)
	for finder in FINDERS.values():
		assert all(0 <= start < end <= len(plain.text) for start, end in finder(plain))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_law_folding_twice_is_folding_once(words: str) -> None:
	assert fold(fold(words)) == fold(words)
	assert fold(words) == re.sub(" {2,}", " ", folded(words).text).strip()


@pytest.mark.parametrize(
	("written", "number"),
	[
		("07700 900123", PhoneNumber("44", "7700900123")),
		("+44 (0)7700 900123", PhoneNumber("44", "7700900123")),
		("0044 7700900123", PhoneNumber("44", "7700900123")),
		("7700 900123", PhoneNumber("44", "7700900123")),
		("0800 1111", PhoneNumber("44", "8001111")),
		("+353 87 123 4567", PhoneNumber("353", "871234567")),
		("+1 202 555 0143", PhoneNumber("1", "2025550143")),
		("900123", PhoneNumber("", "900123")),
		("Jean 07700 900123", None),
		("12", None),
		("", None),
	],
)
def test_a_text_that_is_a_phone_number_is_known_as_one(written: str, number: PhoneNumber | None) -> None:
	assert phone_number(written) == number


def test_written_forms_hold_the_usual_spellings() -> None:
	number = phone_number("07700 900123")
	assert number is not None
	assert {"07700900123", "7700900123", "447700900123", "07700 900123", "+44 7700 900123"} <= set(
		written_forms(number)
	)
