"""What keeps messages from being erased. Every eraser asks here: retention, the undoing of an import, a single removal.

Holds beat the retention period, always: a request that is open, the evidence of a case, and what is still to be taken
to a meeting.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from cranford_desktop.domain.disclosure import RequestRecord
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.retention import Hold
from cranford_desktop.services.request_clock import RequestClock, request_clock
from cranford_desktop.store import casebook, meetings, messages
from cranford_desktop.store import reviews as books
from cranford_desktop.store.archive import Connection


def holds(connection: Connection, tables: PolicyTables, on: date) -> list[Hold]:
	"""Return what is open on a day and needs messages: requests in the order received, then cases, then matters
	for a meeting that nobody has dealt with.
	"""
	clock = request_clock(connection, tables, on)
	kept = [
		one
		for one in reversed(casebook.requests(connection))
		if clock.goes_on(one) or (one.status != "closed" and not _is_over(one, clock))
	]
	found = [_request_hold(connection, one) for one in kept]
	for reference, ids in books.case_evidence_ids(connection).items():
		found.append(Hold(reference, f"{reference}: evidence of a case that is not closed", ids))
	if waiting := meetings.open_item_messages(connection):
		found.append(Hold("Meeting", "it is on the list of matters for a meeting and not dealt with", waiting))
	return found


def hold_on(connection: Connection, tables: PolicyTables, on: date, ids: Collection[int]) -> Hold | None:
	"""Return the first hold that covers any of some messages; None where nothing keeps them."""
	if not ids:
		return None
	wanted = set(ids)
	return next(
		(one for one in holds(connection, tables, on) if one.ids is None or not wanted.isdisjoint(one.ids)),
		None,
	)


def _is_over(request: RequestRecord, clock: RequestClock) -> bool:
	"""Say whether an answered request no longer holds anything: time for a review and the regulator has passed."""
	last = clock.kept_until(request)
	return last is not None and clock.today > last


def _request_hold(connection: Connection, request: RequestRecord) -> Hold:
	"""Return what a request holds: everything until its set is confirmed, then its messages and its live query."""
	if request.kind == "review" and request.of_request_id is not None:
		# A review looks at what the first answer was about: nothing else.
		first = casebook.request(connection, request.of_request_id)
		reason = f"{request.reference} reviews the answer to {first.reference}"
		return Hold(request.reference, reason, _request_hold(connection, first).ids)
	if not request.set_confirmed:
		reason = f"{request.reference} is open and its messages are not chosen yet, so everything is kept"
		return Hold(request.reference, reason, None)
	ids = set(casebook.candidate_ids(connection, request.id))
	for wanted in request.include:
		ids.update(messages.message_ids(connection, replace(wanted, with_set_aside=True)))
	return Hold(request.reference, f"{request.reference} asks about this", ids)
