"""Deadlines for the clerk's own calendar."""

from dataclasses import dataclass

from cranford_desktop.documents.calendar_file import calendar_file
from cranford_desktop.errors import NotFound
from cranford_desktop.services.casework import Casework
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.services.requests import Requests


@dataclass(frozen=True, slots=True)
class Reminders:
	"""Makes calendar files; they hold a reference and a day, never a name or a word of a request."""

	clock: Clock
	requests: Requests
	casework: Casework

	def of_request(self, request_id: int) -> tuple[str, bytes]:
		"""Return a file's name and bytes with the day by which a request has to be answered; raises `NotFound`."""
		request = self.requests.get(request_id)
		return f"{request.reference}.ics", calendar_file(
			request.reference, "the answer is due", request.due, self.clock()
		)

	def of_case(self, case_id: int) -> tuple[str, bytes]:
		"""Return a file's name and bytes with the end of a data breach's 72 hours.

		Raises `NotFound` where there is no such case, or no hours run in it.
		"""
		case = self.casework.get(case_id)
		if case.due_at is None:
			raise NotFound("No hours run in this case.", "Nothing was saved.", "They run in data breaches only.")
		due = case.due_at.replace(tzinfo=LONDON) if case.due_at.tzinfo is None else case.due_at
		return f"{case.reference}.ics", calendar_file(
			case.reference, "the 72 hours to tell the ICO end", due, self.clock()
		)
