"""Leaves and roots."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.store import merkle

observations = st.lists(st.none() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])), max_size=8)


def tree_hash(leaves: list[bytes]) -> bytes:
	"""RFC 6962, section 2.1, word for word: split at the largest power of two below the number of leaves."""
	if not leaves:
		return sha256(b"").digest()
	if len(leaves) == 1:
		return sha256(b"\x00" + leaves[0]).digest()
	split = 1
	while split * 2 < len(leaves):
		split *= 2
	return sha256(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:])).digest()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=32), max_size=70))
def test_the_root_is_the_one_of_rfc_6962(leaves: list[bytes]) -> None:
	assert merkle.root(leaves) == tree_hash(leaves).hex()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.binary(max_size=4), max_size=17), max_size=8))
def test_leaves_may_come_in_pieces(pieces: list[list[bytes]]) -> None:
	tree = merkle.Tree()
	for piece in pieces:
		tree.extend(piece)
	leaves = [one for piece in pieces for one in piece]
	assert (tree.root(), len(tree)) == (tree_hash(leaves).hex(), len(leaves))


@pytest.mark.parametrize(
	("count", "expected"),
	[
		(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
		(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
	],
)
def test_known_answers(count: int, expected: str) -> None:
	assert merkle.root([b""] * count) == expected


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=16, max_size=16), observations, observations)
def test_different_observations_have_different_leaves(salt: bytes, one: list[object], other: list[object]) -> None:
	same = [(type(value), value) for value in one] == [(type(value), value) for value in other]
	assert (merkle.leaf(salt, one) == merkle.leaf(salt, other)) is same  # type: ignore[arg-type]


def test_another_salt_is_another_leaf() -> None:
	assert merkle.leaf(b"a" * 16, ["yes"]) != merkle.leaf(b"b" * 16, ["yes"])
