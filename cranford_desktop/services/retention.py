"""What is due, what is held and why, and the yearly review. This release erases nothing.

The period runs from the UK date of each message (policy section 5, first point). Holds beat it, always: a request
that is open, and the evidence of a case.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from cranford_desktop.documents import certificates
from cranford_desktop.domain.day_words import day_words, month_words
from cranford_desktop.domain.policy import Policy, PolicyTables
from cranford_desktop.domain.retention import (
	REVIEW_PAGES,
	ClassTally,
	DueMonth,
	RetentionPosition,
	ReviewReport,
	ReviewState,
	class_of,
	cut_off,
	position,
	sift,
	years_kept,
)
from cranford_desktop.errors import CranfordError, RefusedByPolicy
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.services.holds import holds
from cranford_desktop.services.policy_review import PolicyReview
from cranford_desktop.store import ledger
from cranford_desktop.store import reviews as books
from cranford_desktop.store.archive import Archive, Connection

REPORT_PDF = "Retention report.pdf"
REPORT_XLSX = "Retention report.xlsx"
AWAITING_MINUTE = "awaiting minute"
"""What a report says where the council has not minuted the review yet."""
_EARLIEST, _LATEST = date(2009, 1, 1), date(2200, 12, 31)
"""Days that a position can be asked for: from WhatsApp's first year on."""


class Retention:
	"""Answers what is due; keeps the yearly review, saved at every page."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		"""Take the open archive, the clock and the policy tables."""
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._policy = PolicyReview(archive, clock, tables)

	def position(self, on: date | None = None) -> RetentionPosition:
		"""Return what is due on a day, today if none is given, and what is held and why."""
		with self._archive.reading() as connection:
			return self._position(connection, on or self._clock().date())[0]

	def report(self, on: date | None = None) -> dict[str, bytes]:
		"""Return the report on a day as PDF and Excel, by file name."""
		found = self.position(on)
		now = self._clock()
		council, practice = self._archive.council, self._archive.practice
		line, assumed = self._authority(), self._assumed()
		return {
			REPORT_PDF: certificates.retention_report_pdf(found, council, now, practice, line, assumed),
			REPORT_XLSX: certificates.retention_report_xlsx(found, council, now, practice, line, assumed),
		}

	def write_report(self, on: date | None, folder: Path) -> list[Path]:
		"""Write the report into a folder outside the archive, recorded; return its files.

		Raises `CranfordError` where it cannot be written; an earlier report there is replaced.
		"""
		inside = self._archive.folder.resolve()
		if inside in (folder.resolve(), *folder.resolve().parents):
			raise CranfordError(
				"The report cannot be written into the archive's own folder.",
				"The archive was not changed.",
				"Choose another folder.",
			)
		files = self.report(on)
		try:
			folder.mkdir(parents=True, exist_ok=True)
			written = []
			for name, data in files.items():
				path = folder / name
				path.write_bytes(data)
				written.append(path)
		except OSError as problem:
			raise CranfordError(
				f"The report cannot be written to {folder}: {problem.strerror}.",
				"The archive was not changed.",
				"Choose another folder.",
			) from None
		now = self._clock()
		with self._archive.writing(now) as change:
			change.record("wrote the retention report", {"on": (on or now.date()).isoformat()})
		return written

	def open_review(self) -> ReviewState | None:
		"""Return the review that was begun and not finished; None if there is none."""
		with self._archive.reading() as connection:
			found = books.open_review(connection)
		return _local(found) if found else None

	def start_review(self) -> ReviewState:
		"""Start the yearly review as of today; one that is open already is gone on with."""
		now = self._clock()
		if (begun := self.open_review()) is not None:
			return begun
		with self._archive.writing(now) as change:
			state = books.start_review(change.connection, now.date(), now)
			change.record("started the yearly review", {"review": state.id, "on": state.on.isoformat()})
		return _local(state)

	def save_review(self, state: ReviewState) -> None:
		"""Keep how far a review has got; raises for one that is finished."""
		if state.page not in REVIEW_PAGES:
			raise AssertionError("no such page")
		with self._archive.writing(self._clock()) as change:
			self._require_open(change.connection, state.id)
			books.save_review(change.connection, _kept(state))
			change.record("saved the yearly review", {"review": state.id, "page": state.page})

	def finish_review(self, state: ReviewState) -> ReviewReport:
		"""Finish a review: a schedule of what is due, or a nil certificate only where nothing is; both sealed as PDF
		and Excel. Nothing is erased. A schedule needs its minute, or the word that it is still to come.
		"""
		now = self._clock()
		with self._archive.reading() as connection:
			self._require_open(connection, state.id)
			found, free = self._position(connection, state.on)
			number = sum(one.started_at.year == state.started_at.year for one in books.reviews(connection))
			days = self._due_days(connection, state.on, free)
			head = ledger.head(connection)
		past = found.due + sum(one.messages for one in found.held)
		if past and not state.minute.strip() and not state.minute_pending:
			raise RefusedByPolicy(
				"The review needs the minute under which the council agreed it.",
				"Nothing was changed.",
				"Give its reference, or say that it is still to come.",
			)
		report = ReviewReport(
			reference=f"RR-{state.started_at.year}-{number:03d}",
			outcome="schedule" if past else "nil",
			position=found,
			minute=state.minute.strip() or (AWAITING_MINUTE if state.minute_pending else ""),
			council=self._archive.council,
			policy_line=self._authority(),
			made_at=now,
			practice=self._archive.practice,
			encrypted=self._archive.encrypted,
			ledger_head=f"{head[0]}: {head[1]}",
			assumed=self._assumed(),
			messages=days,
			note=state.note.strip(),
		)
		name = f"{report.reference} {'schedule' if past else 'nil certificate'}"
		documents = {
			f"{name}.pdf": certificates.review_report_pdf(report),
			f"{name}.xlsx": certificates.review_report_xlsx(report),
		}
		with self._archive.writing(now) as change:
			self._require_open(change.connection, state.id)
			again = self._position(change.connection, state.on)[0]
			if (again.due, again.held) != (found.due, found.held):
				raise RefusedByPolicy(
					"Something changed while the report was made.", "Nothing was finished.", "Finish the review again."
				)
			sealed = {
				path: self._archive.files.put(change.connection, [data], "report").id
				for path, data in documents.items()
			}
			finished = replace(state, page="report", finished_at=now, outcome=report.outcome)
			books.save_review(change.connection, _kept(finished))
			books.set_review_files(change.connection, state.id, sealed)
			change.record(
				"finished the yearly review",
				{
					"review": state.id,
					"reference": report.reference,
					"outcome": report.outcome,
					"due": found.due,
					"held": sum(one.messages for one in found.held),
					"erased": 0,
				},
			)
		return report

	def reviews(self) -> list[ReviewState]:
		"""Return all reviews, newest first."""
		with self._archive.reading() as connection:
			return [_local(one) for one in books.reviews(connection)]

	def review_files(self, review_id: int) -> dict[str, bytes]:
		"""Return what a finished review produced, by file name; empty while it is open. Raises `NotFound`."""
		with self._archive.reading() as connection:
			books.review(connection, review_id)
			files = books.review_files(connection, review_id)
			return {path: self._archive.files.read_all(connection, file_id) for path, file_id in files.items()}

	def _position(self, connection: Connection, on: date) -> tuple[RetentionPosition, list[int]]:
		"""Return the position on a day, and the ids of what is due and not held."""
		if not _EARLIEST <= on <= _LATEST:
			raise CranfordError(
				f"A position can be worked out for the years {_EARLIEST.year} to {_LATEST.year}.",
				"Nothing was changed.",
				"Check the year.",
			)
		tallies = [ClassTally(*one) for one in books.class_counts(connection)]
		due = self._past_period(connection, on, tallies)
		kept = holds(connection, self._tables, on) if due else []
		free, held = sift(due, kept)
		months = self._months(connection, on, tallies, free)
		counted = zip(kept, map(len, held), strict=True)
		return position(on, tallies, self._tables.retention, len(free), counted, months), free

	def _past_period(self, connection: Connection, on: date, tallies: list[ClassTally]) -> list[int]:
		years = years_kept(self._tables.retention)
		due: list[int] = []
		for tally in tallies:
			kept = years[class_of(tally.category, years)]
			if kept is not None:
				due.extend(books.due_ids(connection, cut_off(on, kept), tally.category))
		return due

	def _months(self, connection: Connection, on: date, tallies: list[ClassTally], free: list[int]) -> list[DueMonth]:
		"""Return how much is due, held ones included, for each month of each group."""
		years = years_kept(self._tables.retention)
		total: dict[tuple[str, int, int], int] = {}
		left: dict[tuple[str, int, int], int] = {}
		for tally in tallies:
			kept = years[class_of(tally.category, years)]
			if kept is None:
				continue
			last = cut_off(on, kept)
			for counts, among in ((total, None), (left, free)):
				for group, year, month, count in books.due_counts(
					connection, last, category=tally.category, among=among
				):
					counts[group, year, month] = counts.get((group, year, month), 0) + count
		return [DueMonth(*month, count, count - left.get(month, 0)) for month, count in sorted(total.items())]

	def _due_days(self, connection: Connection, on: date, free: list[int]) -> tuple[tuple[str, date, int], ...]:
		"""Return (group, day, messages) of what is due and not held."""
		return tuple(books.due_days(connection, on, among=free)) if free else ()

	def _require_open(self, connection: Connection, review_id: int) -> None:
		if books.review(connection, review_id).finished_at is not None:
			raise RefusedByPolicy(
				"This review is finished.", "Its report stays as it is.", "Start a new review if something changed."
			)

	def _authority(self) -> str:
		"""Return the rule that everything rests on, and that its own review is overdue where it is."""
		policy: Policy = self._policy.policy()
		late = ""
		if self._policy.overdue():
			month = date(policy.review_due_year, policy.review_due_month, 1)
			late = f". The policy's own review is overdue: it was due in {month_words(month)}"
		return (
			f"{policy.title}, adopted {day_words(policy.adopted)}, minute {policy.minute}, "
			f"section 5, first and fourth points{late}"
		)

	def _assumed(self) -> tuple[str, ...]:
		"""Return the periods that rest on a policy of the council that is not recorded."""
		return tuple(
			f"{one.title}: "
			+ (f"{one.years} years from {one.trigger}" if one.years is not None else f"until {one.trigger}")
			+ f" ({one.authority})"
			for one in self._tables.retention
			if one.assumed
		)


def _local(state: ReviewState) -> ReviewState:
	finished = state.finished_at.astimezone(LONDON) if state.finished_at else None
	return replace(state, started_at=state.started_at.astimezone(LONDON), finished_at=finished)


def _kept(state: ReviewState) -> ReviewState:
	return replace(state, minute=state.minute.strip(), note=state.note.strip())
