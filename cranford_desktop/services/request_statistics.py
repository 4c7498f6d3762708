"""The figures of a year's requests, each with the requests behind it; saved as PDF and Excel."""

from pathlib import Path
from typing import Literal

from cranford_desktop.documents.request_figures import figures_pdf, figures_xlsx
from cranford_desktop.domain.disclosure import PackResult
from cranford_desktop.domain.internal_reviews import complaint_of
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_statistics import BY_LETTER, Counted, Outcome, YearFigures, figures
from cranford_desktop.domain.requests import Request
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.letters import ANSWERING
from cranford_desktop.services.request_clock import holidays
from cranford_desktop.services.requests import Requests
from cranford_desktop.store import casebook, request_costs, request_steps
from cranford_desktop.store import letters as letter_books
from cranford_desktop.store.archive import Archive, Connection

Form = Literal["pdf", "xlsx"]


class RequestStatistics:
	"""Counts requests; reads only, but for the record of what was saved."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables, requests: Requests) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._requests = requests

	def years(self) -> list[int]:
		"""Return the years in which requests arrived, the newest first; this year always."""
		return sorted({self._clock().year, *(one.received.year for one in self._requests.requests())}, reverse=True)

	def of(self, year: int) -> YearFigures:
		"""Return the figures of the requests that arrived in a year."""
		requests = self._requests.requests()
		with self._archive.reading() as connection:
			minutes = request_costs.minutes_by_request(connection)
			days = holidays(connection, self._tables)
			counted = [
				self._counted(connection, one, minutes.get(one.id, 0))
				for one in reversed(requests)
				if one.received.year == year
			]
		return figures(year, counted, self._clock().date(), days)

	def render(self, year: int, form: Form) -> bytes:
		"""Return the figures as a file."""
		found = self.of(year)
		references = {one.id: one.reference for one in self._requests.requests()}
		make = figures_pdf if form == "pdf" else figures_xlsx
		return make(found, references, self._archive.council, practice=self._archive.practice)

	def save(self, year: int, form: Form, place: Path) -> None:
		"""Write the figures where the clerk said, and record that; raises `ProblemWithFile`."""
		data = self.render(year, form)
		try:
			place.write_bytes(data)
		except OSError as problem:
			raise ProblemWithFile(
				"It could not be saved there.",
				"Nothing was changed.",
				"The disk may be full or write-protected. Choose another folder.",
				type(problem).__name__,
			) from problem
		with self._archive.writing(self._clock()) as change:
			change.record("saved the figures of a year", {"year": year, "form": form})

	def _counted(self, c: Connection, request: Request, minutes: int) -> Counted:
		steps = request_steps.steps(c, request.id)
		decided = next((one for one in reversed(steps) if one.kind == "review_decided"), None)
		answered = request.kind == "access" and request.answered_on is not None
		return Counted(
			request,
			outcome=self._outcome(c, request) if answered else None,
			review=decided.detail["outcome"] if decided is not None else None,  # type: ignore[arg-type]
			complaint=complaint_of(steps),
			minutes=minutes,
		)

	def _outcome(self, c: Connection, request: Request) -> Outcome:
		"""Return what was answered: as the letter says, else as the pack shows, else as it was recorded."""
		letters = [one for one in letter_books.sent_letters(c, request.id) if one.kind in ANSWERING]
		packs = casebook.packs(c, request.id)
		if letters and letters[-1].kind in BY_LETTER:
			return BY_LETTER[letters[-1].kind]
		if packs:
			return _of_pack(packs[0].result)
		told = [one for one in request_steps.steps(c, request.id) if one.kind == "without_archive"]
		without = {one.key: one.letter for one in self._tables.without}
		if told and without.get(told[-1].detail.get("reason", "")) == "not_held":
			return "not_held"
		return "unknown"


def _of_pack(pack: PackResult) -> Outcome:
	if not pack.released:
		return "refused" if pack.withheld else "not_held"
	return "part" if pack.withheld or pack.redacted or pack.undecided_media else "full"
