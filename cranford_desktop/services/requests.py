"""Requests for information: each recorded with its deadline, listed, and answered."""

from datetime import date

from cranford_desktop.domain.clocks import deadline
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.reference_patterns import STANDARD, ReferencePattern, pattern_from
from cranford_desktop.domain.request_clocks import Deadline
from cranford_desktop.domain.request_events import RequestEvent, Standing
from cranford_desktop.domain.requests import Regime, Request, RequestKind, RequestRecord
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_clock import RequestClock, holidays, request_clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.services.written_request import check_reference
from cranford_desktop.store import casebook
from cranford_desktop.store import request_events as books
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.references import references

PATTERN = "reference_pattern"
"""The setting that holds how references are written."""


class Requests:
	"""Keeps requests; each change is recorded by number, never by name."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def next_reference(self, regime: Regime) -> str:
		"""Return the reference a new request would get, by the council's own pattern."""
		with self._archive.reading() as connection:
			return self._next_reference(connection, regime)

	def reference_pattern(self) -> str:
		"""Return how the council writes its references."""
		with self._archive.reading() as connection:
			return self._archive.setting(connection, PATTERN) or STANDARD

	def example_reference(self, text: str, regime: Regime) -> str:
		"""Return the next reference by another pattern; raises `CranfordError` for what cannot be one."""
		pattern, year = pattern_from(text), self._clock().year
		with self._archive.reading() as connection:
			return pattern.reference(regime, year, pattern.next_number(regime, year, references(connection)))

	def set_reference_pattern(self, text: str) -> None:
		"""Write references like this from now on; those given stay. Raises `CranfordError` for what cannot be one."""
		pattern = pattern_from(text)
		with self._archive.writing(self._clock()) as change:
			self._archive.set_setting(change.connection, PATTERN, pattern.text)
			change.record("set how references are written", {})

	def deadline(self, regime: Regime, received: date) -> Deadline:
		"""Return when a request that arrived on a day has to be answered, with the working."""
		with self._archive.reading() as connection:
			days = holidays(connection, self._tables)
		return deadline(regime, received, holidays=days, rules=self._tables.clocks)

	def standing(self, request_id: int) -> Standing:
		"""Return where a request's clock stands after all that happened, with the working; raises `NotFound`."""
		with self._archive.reading() as connection:
			kept = casebook.request(connection, request_id)
			return self._clock_of(connection).standing(kept, books.events(connection, request_id))

	def create(
		self,
		*,
		regime: Regime,
		received: date,
		requester: str,
		wording: str,
		reference: str | None = None,
		kind: RequestKind = "access",
		of_request_id: int | None = None,
		arrived_by: str = "",
		form_wanted: str = "",
		address: str = "",
	) -> Request:
		"""Record a request; until its set is confirmed it keeps the whole archive from being erased.

		Raises `RefusedByPolicy` for a day ahead, a reference that is taken, and a spoken request under a law that asks
		for writing (FOIA s.8(1)(a)).
		"""
		now = self._clock()
		if received > now.date():
			raise RefusedByPolicy(
				"The day it arrived has not come yet.",
				NOTHING_CHANGED,
				"Give the day on which it reached the council.",
			)
		if arrived_by == "spoken" and regime == "foi":
			raise RefusedByPolicy(
				"A spoken request does not count under the Freedom of Information Act.",
				NOTHING_CHANGED,
				"Help them to write it down. It counts from the day on which that reaches the council.",
			)
		given = check_reference(reference) if reference is not None else None
		with self._archive.writing(now) as change:
			named = given or self._next_reference(change.connection, regime)
			if casebook.request_by_reference(change.connection, named) is not None:
				raise RefusedByPolicy(
					f"There is a request with the reference {named} already.",
					NOTHING_CHANGED,
					"Choose another reference.",
				)
			request_id = casebook.create_request(
				change.connection,
				reference=named,
				regime=regime,
				received=received,
				requester=requester.strip(),
				wording=wording.strip(),
				at=now,
				kind=kind,
				of_request_id=of_request_id,
				arrived_by=arrived_by,
				form_wanted=form_wanted,
				address=address.strip(),
			)
			kept = casebook.request(change.connection, request_id)
			due = self._clock_of(change.connection).standing(kept, []).deadline.due
			change.record(
				"recorded a request",
				{
					"request": request_id,
					"regime": regime,
					"kind": kind,
					"received": received.isoformat(),
					"due": due.isoformat(),
				},
			)
		return self.get(request_id)

	def requests(self) -> list[Request]:
		"""Return all requests, the newest first."""
		with self._archive.reading() as connection:
			clock, events = self._clock_of(connection), books.all_events(connection)
			return [
				self._request(connection, one, clock, events.get(one.id, [])) for one in casebook.requests(connection)
			]

	def get(self, request_id: int) -> Request:
		"""Return one request; raises `NotFound`."""
		with self._archive.reading() as connection:
			kept = casebook.request(connection, request_id)
			return self._request(connection, kept, self._clock_of(connection), books.events(connection, request_id))

	def mark_answered(self, request_id: int, on: date) -> None:
		"""Record the day the answer went out."""
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			if not request.received <= on <= now.date():
				raise RefusedByPolicy(
					"The day of the answer lies before the request or in the future.",
					NOTHING_CHANGED,
					"Give the day on which it was sent.",
				)
			casebook.mark_answered(change.connection, request_id, on)
			change.record("recorded an answer", {"request": request_id, "on": on.isoformat()})

	def _next_reference(self, connection: Connection, regime: Regime) -> str:
		pattern = ReferencePattern(self._archive.setting(connection, PATTERN) or STANDARD)
		year = self._clock().year
		return pattern.reference(regime, year, pattern.next_number(regime, year, references(connection)))

	def _clock_of(self, connection: Connection) -> RequestClock:
		return request_clock(connection, self._tables, self._clock().date())

	def _request(
		self, connection: Connection, kept: RequestRecord, clock: RequestClock, events: list[RequestEvent]
	) -> Request:
		changed = casebook.changed_since_decided(connection, kept.id) if kept.candidates else ()
		standing = clock.standing(kept, events)
		return Request(
			id=kept.id,
			reference=kept.reference,
			regime=kept.regime,
			received=kept.received,
			requester=kept.requester,
			wording=kept.wording,
			due=standing.deadline.due,
			status=kept.status,
			set_confirmed=kept.set_confirmed,
			created_at=kept.created_at,
			candidates=kept.candidates,
			undecided=kept.undecided + len(changed),
			packs=kept.packs,
			answered_on=kept.answered_on,
			kept_until=clock.kept_until(kept),
			kind=kept.kind,
			of_request_id=kept.of_request_id,
			arrived_by=kept.arrived_by,
			form_wanted=kept.form_wanted,
			address=kept.address,
			waiting_since=standing.since,
		)
