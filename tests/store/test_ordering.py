"""Where messages of several phones come to stand."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.store import ordering


@st.composite
def _phones(draw: st.DrawFn, *, agree: bool = False) -> tuple[list[tuple[int, int]], list[list[int]]]:
	"""Draw messages with times, and what several phones show of them in which order."""
	count = draw(st.integers(1, 9))
	keys = [(draw(st.integers(0, 6)), index) for index in range(count)]
	truth = draw(st.permutations(range(count)))
	chains = []
	for _ in range(draw(st.integers(1, 4))):
		shown = [index for index in truth if draw(st.booleans())]
		if not agree and len(shown) > 1:
			for _ in range(draw(st.integers(0, 2))):
				one, other = draw(st.integers(0, len(shown) - 1)), draw(st.integers(0, len(shown) - 1))
				shown[one], shown[other] = shown[other], shown[one]
		chains.append(shown)
	seen = {index for chain in chains for index in chain}
	chains.append([index for index in truth if index not in seen])
	return keys, [chain for chain in chains if chain]


@given(_phones(agree=True))
@settings(max_examples=300)
def test_where_phones_agree_every_order_is_kept_and_nothing_is_uncertain(
	phones: tuple[list[tuple[int, int]], list[list[int]]],
) -> None:
	keys, chains = phones
	order, uncertain = ordering.arranged(keys, chains)
	assert sorted(order) == list(range(len(keys)))
	assert not uncertain
	place = {index: at for at, index in enumerate(order)}
	for chain in chains:
		assert ordering.increasing(place[index] for index in chain)


@given(_phones())
@settings(max_examples=500)
def test_only_what_phones_disagree_on_leaves_an_order(
	phones: tuple[list[tuple[int, int]], list[list[int]]],
) -> None:
	keys, chains = phones
	order, uncertain = ordering.arranged(keys, chains)
	assert sorted(order) == list(range(len(keys)))
	place = {index: at for at, index in enumerate(order)}
	for chain in chains:
		for first, second in combinations(chain, 2):
			assert place[first] < place[second] or uncertain & {first, second}
	circles = _reachable(len(keys), chains)
	for index in uncertain:
		assert any(other in circles[index] and index in circles[other] for other in range(len(keys)) if other != index)


def _reachable(count: int, chains: list[list[int]]) -> list[set[int]]:
	found: list[set[int]] = [set() for _ in range(count)]
	for chain in chains:
		for first, second in combinations(chain, 2):
			found[first].add(second)
	for _ in range(count):
		for one in found:
			one.update(*(found[other] for other in list(one)))
	return found


@given(_phones())
@settings(max_examples=300)
def test_each_stretch_stands_for_itself(phones: tuple[list[tuple[int, int]], list[list[int]]]) -> None:
	keys, chains = phones
	order, uncertain = ordering.arranged(keys, chains)
	steps = [(first, second) for chain in chains for first, second in pairwise(chain)]
	stretch = ordering.stretches([key[0] for key in keys], steps)
	alone: list[int] = []
	doubtful: set[int] = set()
	for number in sorted(set(stretch)):
		inside = [index for index in range(len(keys)) if stretch[index] == number]
		local = {index: at for at, index in enumerate(inside)}
		parts = [[local[index] for index in chain if stretch[index] == number] for chain in chains]
		found, unsure = ordering.arranged([keys[index] for index in inside], [part for part in parts if part])
		alone += [inside[at] for at in found]
		doubtful |= {inside[at] for at in unsure}
	assert (alone, doubtful) == (order, uncertain)


def test_two_that_changed_places_are_both_uncertain_and_stand_as_the_first_export_has_them() -> None:
	keys = [(1, "a"), (1, "b"), (2, "c")]
	assert ordering.arranged(keys, [[1, 0, 2], [0, 1, 2]]) == ([1, 0, 2], {0, 1})


def test_one_that_a_phone_shows_hours_earlier_is_alone_uncertain() -> None:
	keys = [(hour, "") for hour in range(6)]
	assert ordering.arranged(keys, [[0, 1, 2, 3, 4, 5], [0, 4, 1, 2, 3, 5]]) == ([0, 1, 2, 3, 4, 5], {4})


def test_what_only_one_phone_shows_stands_by_time_between_what_it_stands_between_there() -> None:
	keys = [(1, "first"), (5, "last"), (3, "here"), (2, "there")]
	assert ordering.arranged(keys, [[0, 2, 1], [0, 3, 1]]) == ([0, 3, 2, 1], set())


def test_a_clock_that_ran_backwards_keeps_the_order_of_the_file() -> None:
	assert ordering.arranged([(1, 0), (9, 1), (2, 2), (9, 3)], [[0, 1, 2], [3]])[0] == [0, 1, 2, 3]


@given(st.lists(st.one_of(st.none(), st.integers(1, 20)), max_size=20))
def test_positions_rise_and_known_ones_stay(steps: list[int | None]) -> None:
	known, at = [], -40
	for step in steps:
		at += step or 0
		known.append(at if step is not None else None)
	given_positions = ordering.filled(known)
	if given_positions is not None:
		assert ordering.increasing(given_positions)
		assert len(given_positions) == len(known)
		assert all(one is None or one == other for one, other in zip(known, given_positions, strict=True))
	else:
		assert None in known


def test_there_is_always_room_at_the_ends() -> None:
	assert ordering.filled([None, None, 7, None]) == [7 - 2048, 7 - 1024, 7, 7 + 1024]
