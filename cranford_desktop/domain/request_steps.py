"""What is decided about a request as a whole: answered without the archive, a review, what the regulator said."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

StepKind = Literal[
	"without_archive",
	"review_asked",
	"review_decided",
	"regulator_asked",
	"regulator_decided",
	"right_decided",
]
"""Answered without the archive; a review and who carries it out; its outcome; a complaint to the regulator; what came
of it; what became of a wish to erase, correct or object."""
STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)
STEP_WORDS: dict[StepKind, str] = {
	"without_archive": "Answered without the archive",
	"review_asked": "A review was begun",
	"review_decided": "The review was decided",
	"regulator_asked": "They complained to the regulator",
	"regulator_decided": "The regulator decided",
	"right_decided": "Decided",
}


class RequestStep(NamedTuple):
	"""One of these, as it is kept."""

	id: int
	request_id: int
	kind: StepKind
	on: date
	note: str
	detail: Mapping[str, str]
