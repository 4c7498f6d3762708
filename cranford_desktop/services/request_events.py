"""What happens to a request: asked back, paid, extended, noted, closed; each can be taken back.

Each is recorded by number and day; what the clerk writes about it stays in the archive, never in the record of actions.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_events import (
	ANSWERS,
	EVENT_KINDS,
	EventKind,
	RequestEvent,
	Standing,
	waits_since,
)
from cranford_desktop.domain.requests import RequestRecord
from cranford_desktop.errors import CranfordError, RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.changing_law import undo_law
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_clock import request_clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook
from cranford_desktop.store import request_events as books
from cranford_desktop.store.archive import Archive, Change, Connection

WHILE_OPEN: frozenset[EventKind] = frozenset({*ANSWERS, *ANSWERS.values(), "extended", "law_changed", "withdrawn"})
"""What can happen only while a request is open."""
_ENDS: frozenset[EventKind] = frozenset({"withdrawn", "closed", "reopened"})
_ASKED_WORDS: Mapping[EventKind, str] = {
	"clarification_asked": "A question",
	"fee_asked": "A fee",
	"identity_asked": "A proof of who they are",
}
_GROUNDS = ("complex", "many")
"""Why two more months may be taken (UK GDPR Art 12(3))."""


class RequestEvents:
	"""Records what happens to requests."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def events(self, request_id: int) -> list[RequestEvent]:
		"""Return what happened to a request, in order; without what was taken back."""
		with self._archive.reading() as connection:
			return books.events(connection, request_id)

	def offered(self, request_id: int) -> list[EventKind]:
		"""Return what can be recorded now, in the order of `EVENT_KINDS`; raises `NotFound`."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			events = books.events(connection, request_id)
			standing = self._standing(connection, request, events)
		return [one for one in EVENT_KINDS if _fits(one, request, events, standing)]

	def record(self, request_id: int, kind: EventKind, on: date, note: str = "") -> RequestEvent:
		"""Record a question or its answer, a fee or its payment, an identity asked for or shown, a note, a withdrawal,
		a reopening.

		Raises `RefusedByPolicy` for a day ahead, before the request or before the question, what has nothing to answer,
		and an empty note.
		"""
		if kind in ("extended", "law_changed", "closed"):
			raise AssertionError(f"{kind} has its own way in")
		if kind == "note" and not note.strip():
			raise RefusedByPolicy("The note is empty.", NOTHING_CHANGED, "Say in a few words what happened.")
		return self._add(request_id, kind, on, note, {})

	def extend(
		self,
		request_id: int,
		on: date,
		*,
		ground: str = "",
		until: date | None = None,
		complex_: bool = False,
		voluminous: bool = False,
		note: str = "",
	) -> RequestEvent:
		"""Record that the requester was told of an extension, with its ground in the law.

		FOI: `ground` is an exemption whose public interest is weighed, `until` the day the answer is promised for
		(s.10(3), 17(2)). EIR: complex and voluminous, both (reg 7(1)). Data rights: `ground` "complex" or "many". An
		FOI review: exceptional, said in the note. Raises `RefusedByPolicy` where that is missing, or it was told too
		late.
		"""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
		detail: dict[str, object] = {}
		if request.kind == "review":
			if not note.strip():
				raise RefusedByPolicy(
					"A review takes longer only exceptionally.", NOTHING_CHANGED, "Write what makes this one so."
				)
		elif request.regime == "sar" or request.kind != "access":
			if ground not in _GROUNDS:
				raise RefusedByPolicy(
					"Two more months need a ground.",
					NOTHING_CHANGED,
					"Say whether the request is complex, or whether this person made many.",
				)
			detail["ground"] = ground
		elif request.regime == "eir":
			if not (complex_ and voluminous):
				raise RefusedByPolicy(
					"Twenty more working days need both: a complex request and a voluminous one.",
					NOTHING_CHANGED,
					"Answer in time what is only one of the two.",
				)
			detail["ground"] = "complex and voluminous"
		else:
			detail = self._weighing(ground, until, on)
		return self._add(request_id, "extended", on, note, detail)

	def close(self, request_id: int, on: date, reason: str = "") -> RequestEvent:
		"""Close a request: from then on it keeps no messages. Sooner than its time for a review takes a reason.

		Raises `RefusedByPolicy` where the reason is missing, or it is closed already.
		"""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			until = request_clock(connection, self._tables, self._clock().date()).kept_until(request)
		if not reason.strip() and (request.status == "open" or until is None or on <= until):
			when = f"before {weekday_words(until)}" if until is not None else "without an answer"
			raise RefusedByPolicy(
				f"Closing it {when} takes a reason.",
				NOTHING_CHANGED,
				"Its messages may be erased from then on: say why.",
			)
		return self._add(request_id, "closed", on, reason, {})

	def take_back(self, event_id: int) -> None:
		"""Take back what was recorded by mistake; the request stands as before. It stays in the archive.

		Raises `NotFound` where it was taken back already, `RefusedByPolicy` where something later rests on it.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			event = books.event(change.connection, event_id)
			request = casebook.request(change.connection, event.request_id)
			events = books.events(change.connection, event.request_id)
			_require_last(event, events)
			books.take_back(change.connection, event_id, now)
			if event.kind in _ENDS:
				_stand_again(change.connection, event)
			elif event.kind == "law_changed":
				undo_law(change.connection, event)
			kept = casebook.request(change.connection, event.request_id)
			self._standing(change.connection, kept, books.events(change.connection, event.request_id))
			change.record("took back what happened", {"request": request.id, "event": event_id, "kind": event.kind})

	def _add(self, request_id: int, kind: EventKind, on: date, note: str, detail: Mapping[str, object]) -> RequestEvent:
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			event_id = add(change, self._tables, request, kind, on, note, detail, now)
			return books.event(change.connection, event_id)

	def _standing(self, connection: Connection, request: RequestRecord, events: list[RequestEvent]) -> Standing:
		return request_clock(connection, self._tables, self._clock().date()).standing(request, events)

	def _weighing(self, ground: str, until: date | None, on: date) -> dict[str, object]:
		if not ground:
			raise RefusedByPolicy(
				"Weighing the public interest for longer needs an exemption.",
				NOTHING_CHANGED,
				"Name the exemption whose public interest is weighed.",
			)
		exemption = find_exemption(self._tables, ground, "foi")
		if not exemption.needs_public_interest:
			raise RefusedByPolicy(
				f"Under {exemption.code} no public interest is weighed.",
				NOTHING_CHANGED,
				"Only a qualified exemption gives more time.",
			)
		if until is None or until <= on:
			raise RefusedByPolicy(
				"The notice has to say by when they will have an answer.",
				NOTHING_CHANGED,
				"Give the day you told them.",
			)
		return {"ground": exemption.code, "until": until.isoformat()}


def add(
	change: Change,
	tables: PolicyTables,
	request: RequestRecord,
	kind: EventKind,
	on: date,
	note: str,
	detail: Mapping[str, object],
	now: datetime,
) -> int:
	"""Record an event in the caller's transaction, with its entry, and return its id.

	Raises `RefusedByPolicy` where the days or what happened before do not allow it.
	"""
	connection = change.connection
	events = books.events(connection, request.id)
	standing = request_clock(connection, tables, now.date()).standing(request, events)
	_check(kind, on, request, events, standing, now.date())
	if kind in _ENDS:
		answered = request.answered_on.isoformat() if request.answered_on else None
		detail = {**detail, "status": request.status, "answered_on": answered}
	event_id = books.add_event(connection, request.id, kind, on, note.strip(), detail, now)
	if kind in ("withdrawn", "closed"):
		casebook.mark_answered(connection, request.id, request.answered_on, status="closed")
	elif kind == "reopened":
		casebook.mark_answered(connection, request.id, None, status="open")
	after = request_clock(connection, tables, now.date()).standing(
		casebook.request(connection, request.id), books.events(connection, request.id)
	)
	change.record(
		"recorded what happened to a request",
		{
			"request": request.id,
			"event": event_id,
			"kind": kind,
			"on": on.isoformat(),
			"before": standing.deadline.due.isoformat(),
			"due": after.deadline.due.isoformat(),
		},
	)
	return event_id


def can_add(
	connection: Connection, tables: PolicyTables, request: RequestRecord, kind: EventKind, on: date, today: date
) -> bool:
	"""Say whether something can be recorded on a day, as far as the request and what happened before go."""
	events = books.events(connection, request.id)
	standing = request_clock(connection, tables, today).standing(request, events)
	try:
		_check(kind, on, request, events, standing, today)
	except CranfordError:
		return False
	return True


def _fits(kind: EventKind, request: RequestRecord, events: Sequence[RequestEvent], standing: Standing) -> bool:
	"""Say whether an event fits the request as it stands."""
	if kind in WHILE_OPEN and request.status != "open":
		return False
	personal = request.regime == "sar" or request.kind in ("erasure", "rectification", "objection")
	if kind in ANSWERS:
		asked_for = {
			"clarification_asked": request.kind not in ("review", "complaint"),
			"fee_asked": request.regime == "foi" and request.kind == "access",
			"identity_asked": personal,
		}
		return asked_for[kind] and waits_since(events, kind) is None
	for asked, answer in ANSWERS.items():
		if kind == answer:
			return waits_since(events, asked) is not None
	if kind == "extended":
		no_more = request.kind == "complaint" or (request.kind == "review" and request.regime == "eir")
		return not standing.extended and not no_more
	if kind == "law_changed":
		return request.kind == "access"
	if kind == "closed":
		return request.status != "closed"
	return kind != "reopened" or request.status != "open"


def _check(
	kind: EventKind,
	on: date,
	request: RequestRecord,
	events: Sequence[RequestEvent],
	standing: Standing,
	today: date,
) -> None:
	if on > today:
		raise RefusedByPolicy("That day has not come yet.", NOTHING_CHANGED, "Give the day on which it happened.")
	if on < request.received:
		raise RefusedByPolicy(
			f"That is before the request arrived, {weekday_words(request.received)}.", NOTHING_CHANGED, "Check the day."
		)
	if not _fits(kind, request, events, standing):
		raise _unfit(kind, request, events, standing)
	for asked, answer in ANSWERS.items():
		since = waits_since(events, asked)
		if kind == answer and since is not None and on < since:
			raise RefusedByPolicy(
				f"That is before you asked, {weekday_words(since)}.", NOTHING_CHANGED, "Check the day of the answer."
			)
		ended = max((one.on for one in events if one.kind == answer), default=None)
		if kind == asked and ended is not None and on < ended:
			raise RefusedByPolicy(
				f"That is before their last answer, {weekday_words(ended)}.",
				NOTHING_CHANGED,
				"Check the day you asked.",
			)
	if kind == "extended" and standing.first_due is not None and on > standing.first_due:
		raise RefusedByPolicy(
			f"They had to be told of it by {weekday_words(standing.first_due)}.",
			NOTHING_CHANGED,
			"It can no longer be extended. Answer as soon as you can.",
		)


def _unfit(
	kind: EventKind, request: RequestRecord, events: Sequence[RequestEvent], standing: Standing
) -> CranfordError:
	if kind in WHILE_OPEN and request.status != "open":
		return RefusedByPolicy("This request is not open.", NOTHING_CHANGED, "Open it again first.")
	if kind in ANSWERS and (since := waits_since(events, kind)) is not None:
		return RefusedByPolicy(
			f"{_ASKED_WORDS[kind]} is waiting for them since {weekday_words(since)}.",
			NOTHING_CHANGED,
			"Record their answer first.",
		)
	if kind in ANSWERS.values():
		return RefusedByPolicy(
			"Nothing was asked that this could answer.", NOTHING_CHANGED, "Record first what you asked for, and when."
		)
	if kind == "extended" and standing.extended:
		return RefusedByPolicy("It was extended already.", NOTHING_CHANGED, "It can be extended once.")
	if kind in ("closed", "reopened"):
		how = "closed" if kind == "closed" else "open"
		return RefusedByPolicy(f"This request is {how} already.", NOTHING_CHANGED, "There is nothing to do.")
	return RefusedByPolicy("That does not go with this law.", NOTHING_CHANGED, "Check which law it comes under.")


def _require_last(event: RequestEvent, events: Sequence[RequestEvent]) -> None:
	"""Refuse to take back what something later rests on: a question that was answered, an end that was followed."""
	family = {event.kind, ANSWERS.get(event.kind)} if event.kind in ANSWERS else {event.kind}
	if event.kind in ANSWERS.values():
		family |= {asked for asked, answer in ANSWERS.items() if answer == event.kind}
	if event.kind in _ENDS:
		family |= _ENDS
	if event.kind == "note":
		return
	if any((one.on, one.id) > (event.on, event.id) for one in events if one.kind in family):
		raise RefusedByPolicy(
			"Something later rests on it.", NOTHING_CHANGED, "Take back first what was recorded after it."
		)


def _stand_again(connection: Connection, event: RequestEvent) -> None:
	"""Put a request's status back to what it was before it was withdrawn, closed or opened again."""
	answered = event.detail.get("answered_on")
	status = event.detail["status"]
	if status not in ("open", "answered", "closed"):
		raise AssertionError(f"a request cannot be {status}")
	casebook.mark_answered(
		connection,
		event.request_id,
		date.fromisoformat(str(answered)) if answered else None,
		status=status,
	)
