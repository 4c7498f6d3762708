"""Internal reviews of an answer, and complaints to the regulator about it.

Sources: section 45 Code part 5 (a fresh decision, by somebody else where possible); EIR reg 11; FOIA s.50.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cranford_desktop.domain.request_steps import RequestStep
from cranford_desktop.domain.requests import RequestRecord

Reviewer = Literal["chair", "panel", "other", "same"]
"""The chair, a panel of members, somebody else, or whoever decided the first time, with the reason why."""
ReviewOutcome = Literal["upheld", "partly", "not_upheld"]

REVIEWER_WORDS: dict[Reviewer, str] = {
	"chair": "The chair of the council",
	"panel": "A panel of members",
	"other": "Somebody else",
	"same": "Whoever decided the first time",
}
REVIEWER_LETTER: Mapping[str, str] = {
	"chair": "the chair of the council",
	"panel": "a panel of members of the council",
	"same": "the officer who decided on your request",
}
"""As the letter says it, where nobody is named."""
OUTCOME_WORDS: dict[ReviewOutcome, str] = {
	"upheld": "Upheld: the first answer was wrong",
	"partly": "Partly upheld",
	"not_upheld": "Not upheld: the first answer stands",
}
OUTCOME_LETTER: Mapping[str, str] = {
	"upheld": "The review upholds your complaint: our first answer was wrong.",
	"partly": "The review upholds your complaint in part.",
	"not_upheld": "The review does not uphold your complaint: our first answer stands.",
}


@dataclass(frozen=True, slots=True)
class Review:
	"""A review as it stands."""

	request_id: int
	"""Of the review, which is a request of its own."""
	reference: str
	of_request_id: int
	asked_on: date
	reviewer: Reviewer
	who: str
	"""How the letter names whoever reviews."""
	same_because: str
	"""Why it is the same person; empty where it is not."""
	outcome: ReviewOutcome | None
	reasons: str
	answered_on: date | None


@dataclass(frozen=True, slots=True)
class RegulatorComplaint:
	"""A complaint to the regulator about a request."""

	asked_on: date
	reference: str
	decided_on: date | None
	outcome: str


def complaint_of(steps: Iterable[RequestStep]) -> RegulatorComplaint | None:
	"""Return the newest complaint to the regulator among a request's steps."""
	found: RegulatorComplaint | None = None
	for one in steps:
		if one.kind == "regulator_asked":
			found = RegulatorComplaint(one.on, one.detail.get("reference", ""), None, "")
		elif one.kind == "regulator_decided" and found is not None:
			found = RegulatorComplaint(found.asked_on, found.reference, one.on, one.note)
	return found


@dataclass(frozen=True, slots=True)
class Aftermath:
	"""What happens to a request after its answer, as far as it goes on keeping messages."""

	running: bool = False
	"""A review is not answered, or the regulator has not decided."""
	answers: tuple[date, ...] = ()
	"""Days on which reviews of it were answered: from each the time to complain begins again."""
	until: date | None = None
	"""End of the time for an appeal to the tribunal."""


NOTHING_AFTER = Aftermath()


def aftermath(reviews: Sequence[RequestRecord], steps: Iterable[RequestStep], tribunal_days: int) -> Aftermath:
	"""Return what goes on after a request's answer."""
	complaint = complaint_of(steps)
	decided = complaint.decided_on if complaint is not None else None
	return Aftermath(
		running=any(one.status == "open" for one in reviews) or (complaint is not None and decided is None),
		answers=tuple(one.answered_on for one in reviews if one.answered_on is not None),
		until=decided + timedelta(days=tribunal_days) if decided is not None else None,
	)
