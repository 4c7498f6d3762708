"""What a letter that went out means for its request's clock: a question, a fees notice, an extension."""

from collections.abc import Mapping
from datetime import date, datetime

from cranford_desktop.domain.letters import LetterKind
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_events import EventKind
from cranford_desktop.domain.requests import RequestRecord
from cranford_desktop.services.request_events import add, can_add
from cranford_desktop.store.archive import Change

MEANS: Mapping[LetterKind, EventKind] = {
	"clarification": "clarification_asked",
	"fees": "fee_asked",
	"extension": "extended",
}


def record_with_letter(
	change: Change,
	tables: PolicyTables,
	request: RequestRecord,
	kind: LetterKind,
	on: date,
	letter_id: int,
	answers: Mapping[str, str],
	now: datetime,
) -> int | None:
	"""Record what a letter means, in the transaction that freezes it; return the event's id.

	None where it means nothing, or what it means is recorded already or comes too late for the clock.
	"""
	event = MEANS.get(kind)
	if event is None or not can_add(change.connection, tables, request, event, on, now.date()):
		return None
	detail: dict[str, object] = {"letter": letter_id}
	if event == "extended":
		if until := answers.get("estimate"):
			detail["until"] = until
		if request.regime == "eir":
			detail["ground"] = "complex and voluminous"
		elif request.regime == "foi" and (code := answers.get("considered")):
			detail["ground"] = code
	return add(change, tables, request, event, on, "", detail, now)
