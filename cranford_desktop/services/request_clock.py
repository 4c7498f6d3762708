"""The one place that says when requests are due: the shipped table of days, those the clerk added, and the events."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cranford_desktop.domain.clocks import deadline
from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.internal_reviews import NOTHING_AFTER, Aftermath
from cranford_desktop.domain.policy import Holidays, PolicyTables
from cranford_desktop.domain.request_events import AddedHoliday, RequestEvent, Standing, standing, with_added
from cranford_desktop.domain.requests import Regime, RequestRecord
from cranford_desktop.domain.retention import hold_ends
from cranford_desktop.services.aftermath import read_aftermath
from cranford_desktop.services.clock import LONDON
from cranford_desktop.store import request_events as books
from cranford_desktop.store.archive import Connection


def holidays(connection: Connection, tables: PolicyTables) -> Holidays:
	"""Return the bank holidays that every deadline of this council counts."""
	return with_added(tables.holidays, books.added_holidays(connection))


@dataclass(frozen=True, slots=True)
class RequestClock:
	"""Says where clocks stand, today, as one reading of the archive shows it."""

	tables: PolicyTables
	"""With the days that the clerk added."""
	today: date
	added: tuple[AddedHoliday, ...]
	plain: Holidays
	"""The table that ships with the app."""
	after: Mapping[int, Aftermath] = field(default_factory=dict)
	"""What goes on after requests were answered."""

	def standing(self, request: RequestRecord, events: list[RequestEvent]) -> Standing:
		"""Return where a request's clock stands; raises `CranfordError` beyond the table of bank holidays."""
		found = self._standing(request, events, self.tables.holidays)
		late = [one for one in self.added if one.added_at.astimezone(LONDON).date() > request.received]
		if not late:
			return found
		early = self._standing(request, events, with_added(self.plain, [one for one in self.added if one not in late]))
		if early.deadline.due == found.deadline.due:
			return found
		note = (
			f"Without the bank holiday that was added after it arrived, it would be due on "
			f"{weekday_words(early.deadline.due)}. Whether such a day counts is not settled: the earlier day is safe."
		)
		return replace(found, deadline=replace(found.deadline, notes=(*found.deadline.notes, note)))

	def kept_until(self, request: RequestRecord) -> date | None:
		"""Return the last day on which an answered request keeps its messages; None while there is none: nothing was
		answered, a review runs, the regulator has not decided.
		"""
		after = self.after.get(request.id, NOTHING_AFTER)
		if request.answered_on is None or after.running:
			return None
		ends = [
			hold_ends(one, self.tables.holidays, self.tables.clocks) for one in (request.answered_on, *after.answers)
		]
		known = [one for one in ends if one is not None]
		if len(known) < len(ends):
			return None
		return max([*known, *([after.until] if after.until is not None else [])])

	def goes_on(self, request: RequestRecord) -> bool:
		"""Say whether something after its answer keeps a request's messages, also where it was closed."""
		after = self.after.get(request.id, NOTHING_AFTER)
		return after.running or (after.until is not None and self.today <= after.until)

	def _standing(self, request: RequestRecord, events: list[RequestEvent], days: Holidays) -> Standing:
		return standing(
			request.kind,
			request.regime,
			request.received,
			events,
			today=self.today,
			holidays=days,
			rules=self.tables.clocks,
		)


def request_clock(connection: Connection, tables: PolicyTables, today: date) -> RequestClock:
	"""Return the clock as the archive stands now."""
	added = tuple(books.added_holidays(connection))
	return RequestClock(
		replace(tables, holidays=with_added(tables.holidays, added)),
		today,
		added,
		tables.holidays,
		read_aftermath(connection, tables.tribunal_days),
	)


def due_of(connection: Connection, tables: PolicyTables, request: RequestRecord, today: date) -> date:
	"""Return the day by which a request has to be answered, after all that happened to it."""
	events = books.events(connection, request.id)
	return request_clock(connection, tables, today).standing(request, events).deadline.due


def due_of_new(connection: Connection, tables: PolicyTables, regime: Regime, received: date) -> date:
	"""Return the day by which a request that nothing has happened to has to be answered."""
	return deadline(regime, received, holidays=holidays(connection, tables), rules=tables.clocks).due
