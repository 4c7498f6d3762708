"""A subject access request: whom it is about, who else stands in their messages, and how the two are weighed.

Sources: UK GDPR Art 12(6), 15; Data Protection Act 2018 Schedule 2, paragraph 16 (the rights of others).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.held_about import HeldAbout
from cranford_desktop.domain.requester import called, is_title

OTHERS = "Sch 2 para 16"
"""The exemption under which other people are covered up."""
Sure = Literal["known", "asked"]
"""Whether the council is sure who they are: it knows them, or has asked for proof."""
SURE: tuple[Sure, ...] = get_args(Sure)
Outcome = Literal["redact", "agreed", "reasonable"]
"""What becomes of somebody else: covered up, they agreed, or it is reasonable without their agreement."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class SubjectChoice:
	"""Somebody whom a request may be about, with what tells two people of one name apart."""

	name: str
	person_id: int | None
	"""None: a name or number on a phone that nobody is confirmed for."""
	role: str | None
	numbers: tuple[str, ...]
	messages: int
	first: datetime | None
	last: datetime | None
	fits: bool
	"""Their name has the words of the name of whoever asked. It decides nothing."""


@dataclass(frozen=True, slots=True)
class Subject:
	"""Whom a request is about, as the clerk said."""

	name: str
	person_id: int | None = None
	more: tuple[str, ...] = ()
	"""Other words to look for."""
	sure: Sure = "known"


class Looked(NamedTuple):
	"""What a look through everything found for a request."""

	held: HeldAbout
	in_set: frozenset[int]
	"""Messages of it that are in the request already."""

	def new_ids(self) -> list[int]:
		"""Return the messages that are not in the request yet."""
		return [one for one in self.held.message_ids() if one not in self.in_set]


@dataclass(frozen=True, slots=True)
class Other:
	"""Somebody else in the messages of a request."""

	name: str
	role: str | None
	in_office: bool
	"""They wrote or stand there in a role of the council's."""
	wrote: int
	named: int
	"""Messages of the request that they sent, and that name them."""
	covered: bool
	"""Covered up already."""


@dataclass(frozen=True, slots=True)
class Balance:
	"""What Schedule 2, paragraph 16(3) asks to be weighed, written down once for several people."""

	information: str
	"""(a) the type of information."""
	confidence: str
	"""(b) any duty of confidentiality owed to them."""
	consent: str
	"""(c) steps taken to seek their agreement."""
	capable: str
	"""(d) whether they are capable of agreeing."""
	refused: str
	"""(e) whether they refused."""

	def missing(self) -> list[str]:
		"""Return the fields that are empty, in order."""
		return [name for name in FACTORS if not getattr(self, name).strip()]

	def words(self) -> str:
		"""Return it as one reason, for the internal log."""
		return " ".join(f"{title}: {getattr(self, name).strip().rstrip('.')}." for name, title in FACTORS.items())


FACTORS = {
	"information": "Type of information",
	"confidence": "Confidence owed",
	"consent": "Asked for agreement",
	"capable": "Able to agree",
	"refused": "Refused",
}
USUAL = Balance(
	information="Names, numbers and what shows who they are, in messages about council business",
	confidence="None is known",
	consent="Not asked: covering up who they are takes nothing from the person’s own data",
	capable="Not asked",
	refused="Not asked",
)
"""To begin with; the clerk changes it before it is kept."""


@dataclass(frozen=True, slots=True)
class OtherAnswer:
	"""What was decided about somebody else, with the reason."""

	name: str
	outcome: Outcome
	why: str
	"""For "redact" the balance in words; for the others why it is so."""


def fits(name: str, requester: str) -> bool:
	"""Say whether a person's name has the family name of whoever asked and no other first name: "Tom Green" fits
	"Mr T Green" and "Mr Green", and does not fit "Sarah Green".
	"""
	asked = _words(called(requester))
	theirs = _words(name)
	if not asked or not theirs or asked[-1] != theirs[-1]:
		return False
	return (
		all(
			any(one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]) for other in theirs[:-1])
			for one in asked[:-1]
		)
		or not theirs[:-1]
	)


def _words(name: str) -> list[str]:
	return [fold(word).strip(".,") for word in name.split() if not is_title(word) and fold(word).strip(".,")]


def same_name(choices: Sequence[SubjectChoice]) -> list[SubjectChoice]:
	"""Return those whose names fit whoever asked, where there are several: look at dates and numbers."""
	found = [one for one in choices if one.fits]
	return found if len(found) > 1 else []
