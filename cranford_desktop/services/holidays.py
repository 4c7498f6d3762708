"""Bank holidays that the clerk adds: proclaimed days come late, and the app is offline."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cranford_desktop.domain.day_words import DAYS, MONTHS, day_words, weekday_words
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_events import NATIONS, AddedHoliday
from cranford_desktop.domain.working_days import holiday_words
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_clock import request_clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook
from cranford_desktop.store import request_events as books
from cranford_desktop.store.archive import Archive, Change, Connection


class DeadlineMoved(NamedTuple):
	"""An open request whose last day is another since a bank holiday was added or taken back."""

	request_id: int
	reference: str
	before: date
	after: date

	@property
	def words(self) -> str:
		"""Return what changed: "FOI-2026-004: 22 → 23 December"."""
		same = (self.before.year, self.before.month) == (self.after.year, self.after.month)
		first = str(self.before.day) if same else f"{self.before.day} {MONTHS[self.before.month - 1]}"
		return f"{self.reference}: {first} → {self.after.day} {MONTHS[self.after.month - 1]}"


class BankHolidays:
	"""Keeps the days that the clerk added; every deadline of an open request follows."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def added(self) -> list[AddedHoliday]:
		"""Return the days that were added, in order."""
		with self._archive.reading() as connection:
			return books.added_holidays(connection)

	def certain_until(self) -> int:
		"""Return the last year whose bank holidays are certain; later ones are provisional."""
		return self._tables.holidays.certain_until

	def add(self, day: date, why: str, nations: str = NATIONS) -> list[DeadlineMoved]:
		"""Add a bank holiday with its reason and where it is kept; return the open requests whose last day moved.

		Raises `RefusedByPolicy` for a weekend, a day that is in the table already or outside it, and no reason.
		"""
		reason = " ".join(why.split())
		kept = "".join(one for one in NATIONS if one in nations)
		self._check(day, reason, kept)
		now = self._clock()
		with self._archive.writing(now) as change:
			if any(one.day == day for one in books.added_holidays(change.connection)):
				raise RefusedByPolicy(
					f"{weekday_words(day)} was added already.", NOTHING_CHANGED, "Take it back first to change it."
				)
			before = self._dues(change.connection)
			books.add_holiday(change.connection, AddedHoliday(day, reason, kept, now))
			moved = self._moved(change.connection, before)
			_record(change, "added a bank holiday", day, kept, moved)
		return moved

	def take_back(self, day: date) -> list[DeadlineMoved]:
		"""Take an added day back; return the open requests whose last day moved. Raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			before = self._dues(change.connection)
			books.remove_holiday(change.connection, day)
			moved = self._moved(change.connection, before)
			_record(change, "took an added bank holiday back", day, "", moved)
		return moved

	def _check(self, day: date, reason: str, nations: str) -> None:
		table = self._tables.holidays
		known = table.days.get(day)
		if day.weekday() > 4:
			problem, way = f"{day_words(day)} is a {DAYS[day.weekday()]}.", "Weekends are never counted."
		elif known is not None and set(nations) <= set(known.nations):
			problem, way = (
				f"{day_words(day)} is in the table already: {holiday_words(known)}.",
				"There is nothing to do.",
			)
		elif not table.first_year <= day.year <= table.last_year:
			problem = f"The table of bank holidays covers {table.first_year} to {table.last_year}."
			way = "Check the year."
		elif not reason:
			problem, way = "A day is added with its reason.", "Write why it is a bank holiday, and who said so."
		elif not nations:
			problem, way = "A bank holiday is kept somewhere.", "Choose where."
		else:
			return
		raise RefusedByPolicy(problem, NOTHING_CHANGED, way)

	def _dues(self, connection: Connection) -> Mapping[int, tuple[str, date]]:
		clock, events = (
			request_clock(connection, self._tables, self._clock().date()),
			books.all_events(connection),
		)
		return {
			one.id: (one.reference, clock.standing(one, events.get(one.id, [])).deadline.due)
			for one in casebook.open_requests(connection)
			if one.status == "open"
		}

	def _moved(self, connection: Connection, before: Mapping[int, tuple[str, date]]) -> list[DeadlineMoved]:
		after = self._dues(connection)
		return [
			DeadlineMoved(known, reference, before[known][1], due)
			for known, (reference, due) in after.items()
			if due != before[known][1]
		]


def _record(change: Change, action: str, day: date, nations: str, moved: list[DeadlineMoved]) -> None:
	change.record(
		action,
		{
			"day": day.isoformat(),
			"nations": nations,
			"moved": [
				{"request": one.request_id, "before": one.before.isoformat(), "after": one.after.isoformat()}
				for one in moved
			],
		},
	)
