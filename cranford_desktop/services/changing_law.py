"""A request goes over to another law and keeps its work: what its exemptions have no counterpart for needs a reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_events import RequestEvent
from cranford_desktop.domain.requests import REGIMES, Regime
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_clock import request_clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook
from cranford_desktop.store import reasons_of_law as reasons
from cranford_desktop.store import request_events as books
from cranford_desktop.store.archive import Archive, Connection


class InUse(NamedTuple):
	"""An exemption that a request's work rests on, seen from another law."""

	code: str
	title: str
	decisions: int
	redactions: int
	counterpart: str | None
	"""What answers to it in the other law; None: nothing does, it needs a new reason."""


class ChangingLaw:
	"""Moves requests from law to law."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def in_use(self, request_id: int, to: Regime) -> list[InUse]:
		"""Return the exemptions that a request's work rests on and that another law does not have."""
		with self._archive.reading() as connection:
			casebook.request(connection, request_id)
			return [
				InUse(code, self._title(code), used.decisions, used.redactions, self._counterpart(code, to))
				for code, used in reasons.uses(connection, request_id).items()
				if to not in self._regimes(code)
			]

	def without_reason(self, request_id: int) -> list[InUse]:
		"""Return the exemptions of another law that a request's work still rests on: each needs a reason of its own."""
		with self._archive.reading() as connection:
			regime = casebook.request(connection, request_id).regime
		return self.in_use(request_id, regime)

	def exemptions(self, regime: Regime) -> list[Exemption]:
		"""Return the exemptions of a law."""
		return [one for one in self._tables.exemptions if regime in one.regimes]

	def due_under(self, request_id: int, to: Regime) -> date:
		"""Return the day by which a request would have to be answered under another law."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			events = books.events(connection, request_id)
			clock = request_clock(connection, self._tables, self._clock().date())
			return clock.standing(replace(request, regime=to), events).deadline.due

	def change(
		self, request_id: int, to: Regime, on: date, note: str = "", counterparts: Mapping[str, str] | None = None
	) -> RequestEvent:
		"""Put a request under another law. `counterparts`: what stands in place of an exemption, by its code.

		What has none keeps the old one and stops the pack until it gets a reason of the new law: nothing is lost.
		Raises `RefusedByPolicy` for the law it has, a request that is not open, and a day ahead or before it arrived;
		`NotFound` for an exemption that the new law does not have.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			connection = change.connection
			request = casebook.request(connection, request_id)
			if to not in REGIMES or to == request.regime or request.kind != "access":
				raise RefusedByPolicy("It comes under that law already.", NOTHING_CHANGED, "Choose another law.")
			if request.status != "open":
				raise RefusedByPolicy("This request is not open.", NOTHING_CHANGED, "Open it again first.")
			if not request.received <= on <= now.date():
				raise RefusedByPolicy(
					"That day lies before the request or in the future.", NOTHING_CHANGED, "Check the day."
				)
			codes = self._codes(connection, request_id, to, counterparts or {})
			made = reasons.replace(connection, request_id, codes)
			books.set_regime(connection, request_id, to)
			detail: dict[str, object] = {"from": request.regime, "to": to, "reasons": made}
			event_id = books.add_event(connection, request_id, "law_changed", on, note.strip(), detail, now)
			request_clock(connection, self._tables, now.date()).standing(
				casebook.request(connection, request_id), books.events(connection, request_id)
			)
			change.record(
				"changed the law of a request",
				{
					"request": request_id,
					"event": event_id,
					"from": request.regime,
					"to": to,
					"replaced": len(made),
					"without_reason": len(
						[one for one in reasons.uses(connection, request_id) if to not in self._regimes(one)]
					),
				},
			)
			return books.event(connection, event_id)

	def give_reasons(self, request_id: int, counterparts: Mapping[str, str]) -> None:
		"""Put exemptions of the request's own law in place of those it kept from another."""
		with self._archive.writing(self._clock()) as change:
			request = casebook.request(change.connection, request_id)
			codes = {
				code: find_exemption(self._tables, given, request.regime).code
				for code, given in counterparts.items()
				if request.regime not in self._regimes(code)
			}
			made = reasons.replace(change.connection, request_id, codes)
			change.record("gave reasons of the new law", {"request": request_id, "replaced": len(made)})

	def _codes(self, connection: Connection, request_id: int, to: Regime, given: Mapping[str, str]) -> dict[str, str]:
		return {
			code: find_exemption(self._tables, given[code], to).code
			for code in reasons.uses(connection, request_id)
			if to not in self._regimes(code) and given.get(code)
		}

	def _counterpart(self, code: str, to: Regime) -> str | None:
		return next(
			(one[to] for one in self._tables.counterparts if code in one.values() and one.get(to) is not None), None
		)

	def _regimes(self, code: str) -> tuple[Regime, ...]:
		return next((one.regimes for one in self._tables.exemptions if one.code == code), ())

	def _title(self, code: str) -> str:
		return next((one.title for one in self._tables.exemptions if one.code == code), code)


def undo_law(connection: Connection, event: RequestEvent) -> None:
	"""Put a request back under the law it had, with the exemptions it had; in the caller's transaction."""
	before, made = event.detail["from"], event.detail["reasons"]
	if before not in REGIMES or not isinstance(made, list):
		raise AssertionError("a change of law says what it changed")
	reasons.put_back(connection, event.request_id, made)
	books.set_regime(connection, event.request_id, before)
