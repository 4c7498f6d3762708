"""The printed recovery key, as people type it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.store import recovery_key

SECRETS = st.integers(min_value=0, max_value=2**140 - 1).map(lambda number: number.to_bytes(18, "big"))
PLACES = st.integers(min_value=0, max_value=recovery_key.SIGNS - 1)
few = settings(max_examples=60, deadline=None)


def plain(secret: bytes) -> str:
	return recovery_key.written(secret).replace("-", "")


@few
@given(SECRETS)
def test_what_is_printed_reads_back(secret: bytes) -> None:
	printed = recovery_key.written(secret)
	assert [len(group) for group in printed.split("-")] == [5] * 7
	assert recovery_key.read(printed).secret == secret


@few
@given(SECRETS, st.data())
def test_small_letters_spaces_dashes_and_look_alikes_are_forgiven(secret: bytes, data: st.DataObject) -> None:
	alike = {"0": "oO0", "1": "iIlL1", "V": "vVuU"}
	typed = "".join(
		data.draw(st.sampled_from(alike.get(sign, sign + sign.lower())))
		+ data.draw(st.sampled_from(["", " ", "-", "–", "."]))
		for sign in plain(secret)
	)
	assert recovery_key.read(typed).secret == secret


@few
@given(SECRETS, PLACES, st.sampled_from(recovery_key.ALPHABET))
def test_one_wrong_sign_is_found_and_its_group_named(secret: bytes, place: int, sign: str) -> None:
	right = plain(secret)
	if right[place] != sign:
		reading = recovery_key.read(right[:place] + sign + right[place + 1 :])
		assert reading.secret is None
		assert reading.wrong_groups == (place // 5,)
		assert reading.meant


@few
@given(SECRETS, PLACES, PLACES)
def test_two_signs_changed_about_are_found(secret: bytes, one: int, other: int) -> None:
	signs = list(plain(secret))
	if signs[one] != signs[other]:
		signs[one], signs[other] = signs[other], signs[one]
		assert recovery_key.read("".join(signs)).secret is None


@few
@given(SECRETS, st.permutations(range(7)))
def test_groups_in_another_order_are_found(secret: bytes, order: list[int]) -> None:
	groups = recovery_key.written(secret).split("-")
	mixed = [groups[place] for place in order]
	if mixed != groups:
		reading = recovery_key.read("-".join(mixed))
		assert reading.secret is None
		assert reading.meant


@few
@given(SECRETS, PLACES)
def test_a_sign_left_out_is_known_for_a_slip(secret: bytes, place: int) -> None:
	printed = recovery_key.written(secret)
	left_out = printed[: place + place // 5] + printed[place + place // 5 + 1 :]
	reading = recovery_key.read(left_out)
	assert reading.secret is None
	assert reading.meant


@few
@given(st.text(max_size=60))
def test_nothing_anybody_types_breaks_it(typed: str) -> None:
	recovery_key.read(typed)


def test_a_pass_phrase_is_not_taken_for_a_slip() -> None:
	for typed in ("seven geese on Mill Lane", "", "correct horse battery staple and one more", "12345-12345"):
		assert not recovery_key.read(typed).meant


def test_new_keys_differ_and_have_140_bits() -> None:
	keys = {recovery_key.new_secret() for _ in range(50)}
	assert len(keys) == 50
	assert all(int.from_bytes(key, "big") < 2**140 for key in keys)
	assert any(int.from_bytes(key, "big") >= 2**136 for key in keys)
