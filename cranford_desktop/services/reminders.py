"""Deadlines for the clerk's own calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cranford_desktop.documents.calendar_file import calendar_file
from cranford_desktop.domain.letters import regulator_on
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import NotFound
from cranford_desktop.services.casework import Casework
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.services.pack_files import file_stem
from cranford_desktop.services.requests import Requests

_A_WEEK_OF_WORK = timedelta(days=5)
"""How long before the day of an answer the calendar reminds her."""
_PART_LEFT = 8
"""The calendar reminds her when an eighth of the hours of a data breach is left."""


@dataclass(frozen=True, slots=True)
class Reminders:
	"""Makes calendar files; they hold a reference and a day, never a name or a word of a request."""

	council: str
	clock: Clock
	tables: PolicyTables
	requests: Requests
	casework: Casework

	def of_request(self, request_id: int) -> tuple[str, bytes]:
		"""Return a file's name and bytes with the day by which a request has to be answered; raises `NotFound`."""
		request = self.requests.get(request_id)
		return self._entry(request.reference, "the answer is due", request.due, _A_WEEK_OF_WORK)

	def of_case(self, case_id: int) -> tuple[str, bytes]:
		"""Return a file's name and bytes with the end of a data breach's 72 hours.

		Raises `NotFound` where there is no such case, or no hours run in it.
		"""
		case = self.casework.get(case_id)
		if case.due_at is None:
			raise NotFound("No hours run in this case.", "Nothing was saved.", "They run in data breaches only.")
		due = case.due_at.replace(tzinfo=LONDON) if case.due_at.tzinfo is None else case.due_at
		hours = self.tables.clocks.data_breach_hours
		regulator = regulator_on(self.tables.regulators, due.date())
		what = f"the {hours} hours to tell the {regulator.name} end"
		return self._entry(case.reference, what, due, timedelta(hours=hours) / _PART_LEFT)

	def _entry(self, reference: str, what: str, due: date | datetime, before: timedelta) -> tuple[str, bytes]:
		made = calendar_file(self.council, reference, what, due, self.clock(), remind_before=before)
		return f"{file_stem(reference)}.ics", made
