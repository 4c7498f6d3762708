"""Requests for information: each recorded with its deadline, listed, and answered."""

from datetime import date

from cranford_desktop.domain.clocks import deadline
from cranford_desktop.domain.disclosure import (
	Regime,
	Request,
	RequestRecord,
)
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_clocks import Deadline
from cranford_desktop.domain.retention import hold_ends
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.services.written_request import check_reference
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive, Connection


class Requests:
	"""Keeps requests; each change is recorded by number, never by name."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def next_reference(self, regime: Regime) -> str:
		"""Return the reference a new request would get: FOI-2026-001, EIR-…, SAR-…."""
		with self._archive.reading() as connection:
			return self._next_reference(connection, regime)

	def deadline(self, regime: Regime, received: date) -> Deadline:
		"""Return when a request that arrived on a day has to be answered, with the working."""
		return deadline(regime, received, holidays=self._tables.holidays, rules=self._tables.clocks)

	def create(
		self, *, regime: Regime, received: date, requester: str, wording: str, reference: str | None = None
	) -> Request:
		"""Record a request; until its set is confirmed it keeps the whole archive from being erased."""
		now = self._clock()
		if received > now.date():
			raise RefusedByPolicy(
				"The day it arrived has not come yet.",
				NOTHING_CHANGED,
				"Give the day on which it reached the council.",
			)
		due = self.deadline(regime, received).due
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
			)
			change.record(
				"recorded a request",
				{"request": request_id, "regime": regime, "received": received.isoformat(), "due": due.isoformat()},
			)
		return self.get(request_id)

	def requests(self) -> list[Request]:
		"""Return all requests, the newest first."""
		with self._archive.reading() as connection:
			return [self._request(connection, one) for one in casebook.requests(connection)]

	def get(self, request_id: int) -> Request:
		"""Return one request; raises `NotFound`."""
		with self._archive.reading() as connection:
			return self._request(connection, casebook.request(connection, request_id))

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
		start = f"{regime.upper()}-{self._clock().year}-"
		return f"{start}{casebook.next_number(connection, start):03d}"

	def _request(self, connection: Connection, kept: RequestRecord) -> Request:
		changed = casebook.changed_since_decided(connection, kept.id) if kept.candidates else ()
		return Request(
			id=kept.id,
			reference=kept.reference,
			regime=kept.regime,
			received=kept.received,
			requester=kept.requester,
			wording=kept.wording,
			due=self.deadline(kept.regime, kept.received).due,
			status=kept.status,
			set_confirmed=kept.set_confirmed,
			created_at=kept.created_at,
			candidates=kept.candidates,
			undecided=kept.undecided + len(changed),
			packs=kept.packs,
			answered_on=kept.answered_on,
			kept_until=hold_ends(kept.answered_on, self._tables.holidays, self._tables.clocks)
			if kept.answered_on is not None
			else None,
		)
