"""Requests for information: the three laws, what kind of request it is, and how it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.messages import MessageFilter

Regime = Literal["foi", "eir", "sar"]
RequestKind = Literal["access", "erasure", "rectification", "objection", "review", "complaint"]

REGIMES: tuple[Regime, ...] = ("foi", "eir", "sar")
ARRIVALS: Mapping[str, str] = {
	"email": "By e-mail",
	"letter": "By letter",
	"chat": "In the chat",
	"councillor": "Through a councillor",
	"spoken": "Spoken",
}
"""How a request reached the council. A member who acts for the council counts as the council."""
FORMS_WANTED: Mapping[str, str] = {
	"copy": "A copy",
	"inspect": "To look at it at the council",
	"summary": "A summary",
	"contents": "The messages themselves",
	"chats": "A list of the chats",
	"participants": "Who takes part in them",
	"dates": "When something was said",
}
"""What form they would like (FOIA s.11), and what of the chats."""


@dataclass(frozen=True, slots=True)
class Request:
	"""A request for information."""

	id: int
	reference: str
	regime: Regime
	received: date
	requester: str
	wording: str
	due: date
	status: Literal["open", "answered", "closed"]
	set_confirmed: bool
	created_at: datetime
	candidates: int
	undecided: int
	packs: int
	answered_on: date | None = None
	kept_until: date | None = None
	"""Last day on which an answered request still keeps its messages; None while it is open, and where no table of bank
	holidays reaches that far.
	"""
	kind: RequestKind = "access"
	of_request_id: int | None = None
	"""The request that a review is about."""
	arrived_by: str = ""
	"""One of `ARRIVALS`; empty: not recorded."""
	form_wanted: str = ""
	address: str = ""
	waiting_since: date | None = None
	"""Since when the council waits for an answer, a fee or a proof of identity; `due` then holds if it came today."""

	def keeps(self, today: date) -> bool:
		"""Return whether its messages may not be erased today."""
		return self.status == "open" or (
			self.status == "answered" and (self.kept_until is None or today <= self.kept_until)
		)


@dataclass(frozen=True, slots=True)
class RequestRecord:
	"""A request as it is kept; `Request` adds the deadline that the clocks work out."""

	id: int
	reference: str
	regime: Regime
	received: date
	requester: str
	wording: str
	status: Literal["open", "answered", "closed"]
	set_confirmed: bool
	answered_on: date | None
	include: tuple[MessageFilter, ...]
	"""The live query: its entries add up."""
	source_json: str | None
	"""The REQUEST.json of `cranford disclose`, canonical, if it came so."""
	created_at: datetime
	candidates: int
	undecided: int
	packs: int
	kind: RequestKind = "access"
	of_request_id: int | None = None
	arrived_by: str = ""
	form_wanted: str = ""
	address: str = ""


class RequestDocument(NamedTuple):
	"""A document that belongs to a request's file."""

	id: int
	request_id: int
	title: str
	"""As the clerk called it, with the file's ending."""
	file_id: int
	added_at: datetime
