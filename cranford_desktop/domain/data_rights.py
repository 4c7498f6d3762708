"""What people may ask of their own data besides a copy of it: to erase it, to correct it, to stop using it.

UK GDPR Art 16, 17 and 21; the clock is that of subject access (Art 12(3)). Keeping, with the reason, is the usual
outcome for a public record (Art 17(3)(b)).
"""

from dataclasses import dataclass
from typing import Literal, get_args

DataRight = Literal["erasure", "rectification", "objection"]
RIGHTS: tuple[DataRight, ...] = get_args(DataRight)
RightOutcome = Literal["keep", "uphold"]
RIGHT_OUTCOME_WORDS: dict[RightOutcome, str] = {"keep": "Kept, with the reason", "uphold": "Upheld"}


@dataclass(frozen=True, slots=True)
class RightWords:
	"""A table of `resources/policy/data_rights.toml`."""

	key: DataRight
	name: str
	asked: str
	"""As the letter says it: "to erase personal data about you"."""
	law: str
	keep: str
	"""The reason to begin with for keeping the record."""
	uphold: str
	"""What to begin with where it is upheld."""


@dataclass(frozen=True, slots=True)
class RightDecision:
	"""What was decided."""

	outcome: RightOutcome
	reason: str
	messages: int
	"""On the list when it was decided. Nothing is erased by the decision."""
