"""Where new messages come to stand among held ones."""

from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.store import ordering


@st.composite
def _files(draw: st.DrawFn) -> tuple[int, list[int | None]]:
	"""Draw how many messages are held, and a file that shows some of them, in order, among new ones."""
	held = draw(st.integers(0, 8))
	shown = sorted(draw(st.sets(st.integers(0, held - 1)))) if held else []
	anchors: list[int | None] = list(shown)
	for place in sorted(draw(st.lists(st.integers(0, len(anchors)), max_size=8)), reverse=True):
		anchors.insert(place, None)
	return held, anchors


@given(_files())
def test_the_order_of_the_file_and_of_what_is_held_are_both_kept(
	given_file: tuple[int, list[int | None]],
) -> None:
	held, anchors = given_file
	into = ordering.slots(held, anchors, lambda h, k: (h * 7 + k) % 3 == 0)
	assert into == sorted(into)
	assert len(into) == anchors.count(None)
	fresh = iter(into)
	for place, anchor in enumerate(anchors):
		if anchor is None:
			slot = next(fresh)
			assert all(one < slot for one in anchors[:place] if one is not None)
			assert all(one >= slot for one in anchors[place:] if one is not None)


@given(_files(), st.lists(st.integers(1, 20), min_size=8, max_size=8))
def test_positions_rise_and_keep_every_held_one(given_file: tuple[int, list[int | None]], steps: list[int]) -> None:
	held, anchors = given_file
	positions = [sum(steps[: place + 1]) - 40 for place in range(held)]
	into = ordering.slots(held, anchors, lambda _h, _k: False)
	new = ordering.places(positions, into)
	if new is None:
		positions, new = ordering.renumbered(held, into)
	# Each held message comes after the new ones of its slot.
	merged = sorted(
		[(slot, 0, place, position) for place, (slot, position) in enumerate(zip(into, new, strict=True))]
		+ [(slot, 1, 0, position) for slot, position in enumerate(positions)]
	)
	order = [one[3] for one in merged]
	assert order == sorted(set(order))


def test_an_anchor_that_runs_backwards_is_no_fixed_point() -> None:
	assert ordering.slots(3, [2, None, 0, None], lambda _h, _k: False) == [3, 3]
