"""The printed recovery key: 140 random bits in seven groups of five signs, each group with its own check sign.

The alphabet leaves out I, L, O and U (Douglas Crockford's base 32), and reading forgives what hands and eyes do: small
letters, spaces, dashes, O for 0, I or L for 1, U for V. Four signs of a group carry 20 bits; the fifth makes a weighted
sum over GF(32) come out, so that any one wrong sign and any two signs changed about are found, and the group is named.
Each group's sum has a constant of its own, so that groups written in the wrong order are found as well.
"""

import os
import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 7
GROUP_LENGTH = 5
SIGNS = GROUPS * GROUP_LENGTH
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_RECOGNISED = 3
"""So many groups that come out right are no accident: one group does by chance in 32."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def _powers() -> tuple[int, ...]:
	"""Return α^0 … α^30 of GF(32) over x^5 + x^2 + 1."""
	powers, value = [], 1
	for _ in range(31):
		powers.append(value)
		value <<= 1
		if value & 32:
			value ^= 0b100101
	return tuple(powers)


_POWERS = _powers()
_LOGARITHMS = {value: power for power, value in enumerate(_POWERS)}


def _times(value: int, power: int) -> int:
	return 0 if value == 0 else _POWERS[(_LOGARITHMS[value] + power) % 31]


def _check_sign(group: int, four: list[int]) -> int:
	"""Return the fifth sign of a group: its own constant plus the four others, each under another weight."""
	total = _POWERS[group]
	for place, sign in enumerate(four):
		total ^= _times(sign, place + 1)
	return total


@dataclass(frozen=True, slots=True)
class Reading:
	"""What somebody typed, read as a recovery key."""

	secret: bytes | None
	"""The key's bytes; None where it does not come out."""
	wrong_groups: tuple[int, ...]
	"""Groups that do not come out, from 0; empty where the number of signs is wrong."""
	meant: bool
	"""It is so much like a recovery key that a pass phrase is not meant."""


def new_secret() -> bytes:
	"""Return the bytes of a new recovery key: 140 random bits, in 18 bytes."""
	return (int.from_bytes(os.urandom(18), "big") >> 4).to_bytes(18, "big")


def written(secret: bytes) -> str:
	"""Return a recovery key as it is printed: "7QK2M-…", seven groups of five."""
	number = int.from_bytes(secret, "big")
	signs = [(number >> (5 * place)) & 31 for place in reversed(range(GROUPS * 4))]
	groups = []
	for group in range(GROUPS):
		four = signs[group * 4 : group * 4 + 4]
		groups.append("".join(ALPHABET[sign] for sign in [*four, _check_sign(group, four)]))
	return "-".join(groups)


def read(typed: str) -> Reading:
	"""Read what somebody typed; never raises."""
	plain = unicodedata.normalize("NFKC", typed).upper().translate(_FORGIVEN)
	pieces = "".join(sign if sign.isalnum() else " " for sign in plain).split()
	signs = "".join(pieces)
	if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
		return Reading(None, (), meant=_likeness(pieces) >= _RECOGNISED or _likeness(_cut(signs)) >= _RECOGNISED)
	groups = _cut(signs)
	wrong = tuple(number for number, group in enumerate(groups) if not _comes_out(number, group))
	if wrong:
		return Reading(None, wrong, meant=_likeness(groups) >= _RECOGNISED or any(sign.isdigit() for sign in typed))
	number = 0
	for group in groups:
		for sign in group[:4]:
			number = number << 5 | ALPHABET.index(sign)
	return Reading(number.to_bytes(18, "big"), (), meant=True)


def _cut(signs: str) -> list[str]:
	return [signs[start : start + GROUP_LENGTH] for start in range(0, len(signs), GROUP_LENGTH)]


def _comes_out(number: int, group: str) -> bool:
	if len(group) != GROUP_LENGTH or not set(group) <= set(ALPHABET):
		return False
	values = [ALPHABET.index(sign) for sign in group]
	return _check_sign(number, values[:4]) == values[4]


def _likeness(groups: list[str]) -> int:
	"""Count the groups that come out in their place, or would in another."""
	return sum(any(_comes_out(number, group) for number in range(GROUPS)) for group in groups)
