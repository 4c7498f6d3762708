"""Guessing who is one person: which names are alike, and what is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.same_person import (
	Rendering,
	SharedMessages,
	alike,
	best_name,
	guess,
	pair_key,
)


@pytest.mark.parametrize(
	("first", "second"),
	[
		("Cllr Jean Shaw", "Jean Shaw"),
		("Jean Shaw", "J. Shaw"),
		("~ Jean Shaw", "Jean Shaw (Chair)"),
		("Holt, Peter", "Peter Holt"),
		("Zoë Náñez", "Zoe Nanez"),
		("Carol Christmas Work", "Carol Christmas"),
		("Alice", "Alice Wonderland"),
	],
)
def test_names_that_are_alike(first: str, second: str) -> None:
	assert alike(first, second)
	assert alike(second, first)


@pytest.mark.parametrize(
	("first", "second"),
	[
		("Jean Shaw", "Joan Shaw"),
		("Jean Shaw", "Jean Potter"),
		("Cllr", "Councillor Jean"),
		("+44 7700 900123", "+44 7700 900456"),
		("A", "A B"),
		("🌻", "🌻🌻"),
	],
)
def test_names_that_are_not(first: str, second: str) -> None:
	assert not alike(first, second)
	assert not alike(second, first)


def test_the_name_that_is_proposed() -> None:
	assert best_name(["+44 7700 900123", "~ Jo", "Jo", "Joan Potter"]) == "Joan Potter"
	assert best_name(["+44 7700 900123", "~ Jo"]) == "Jo"
	assert best_name(["Tom Barlow: Allotments", "Cllr Tom Barlow"]) == "Cllr Tom Barlow"
	assert best_name(["Shaw (Chair of Finance)", "Jean Shaw-O'Neil"]) == "Jean Shaw-O'Neil"
	assert best_name(["Clerk - Helen", "+44 7700 900123"]) == "Clerk - Helen"


def test_a_pair_has_one_key_whatever_its_order_case_and_marks() -> None:
	assert pair_key("Jean S", "+44 7700 900123") == pair_key("\u202a+44\u00a07700\u00a0900123\u202c", "JEAN S")


NAMES = ["Jean Shaw", "Cllr Jean Shaw", "Mrs Potter", "Potter", "+44 7700 900123", "07700 900123", "Jean", "Tom"]


@given(
	people=st.lists(st.sampled_from([None, 1, 2]), min_size=8, max_size=8),
	together=st.lists(st.frozensets(st.integers(0, 7), max_size=4), max_size=3),
	shared=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 30)), max_size=6),
)
def test_two_senders_of_one_export_are_never_guessed_to_be_one(
	people: list[int | None], together: list[frozenset[int]], shared: list[tuple[int, int, int]]
) -> None:
	renderings = [
		Rendering(at, name, who, f"Person {who}" if who else None)
		for at, (name, who) in enumerate(zip(NAMES, people, strict=True))
	]
	told = [SharedMessages(one, other, many, many, "A", "B") for one, other, many in shared]
	ids = {one.rendered: one.id for one in renderings}
	for found in guess(renderings, together=together, shared=told, changes=[], said={}):
		pair = {ids[found.first], ids[found.second]}
		who = [renderings[one].person_id for one in pair]
		assert who[0] is None or who[0] != who[1]
		assert found.reasons
		if pair != {4, 5}:  # one number, written in two ways
			assert not any(pair <= shown for shown in together)
