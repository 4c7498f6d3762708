"""Everything about a request in one folder or one zip file, for the regulator: with a list of what is in it."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cranford_desktop.documents.regulator_bundle import (
	Bundle,
	BundleDecision,
	contents_pdf,
	decisions_pdf,
	request_pdf,
	searches_pdf,
)
from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.internal_reviews import OUTCOME_WORDS, Review
from cranford_desktop.domain.letter_laws import LAWS
from cranford_desktop.domain.other_places import logged_places
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_steps import RequestStep
from cranford_desktop.domain.requests import RequestRecord
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.internal_reviews import InternalReviews
from cranford_desktop.services.pack_files import file_stem, require_empty, write_all
from cranford_desktop.services.request_clock import due_of
from cranford_desktop.services.request_messages import candidates
from cranford_desktop.services.without_archive import WithoutArchive
from cranford_desktop.store import casebook, request_events, request_places, request_steps
from cranford_desktop.store import letters as letter_books
from cranford_desktop.store.archive import Archive, Connection

_CHOICES = {
	None: "Not decided",
	"release": "Released",
	"withhold": "Withheld",
	"not_in_scope": "Not in scope",
	"not_held": "Not held: private, not the council’s record",
}
_CONTENTS = "00-contents.pdf"


class RegulatorBundles:
	"""Gathers and writes bundles."""

	def __init__(
		self,
		archive: Archive,
		clock: Clock,
		tables: PolicyTables,
		reviews: InternalReviews,
		without: WithoutArchive,
	) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._reviews = reviews
		self._without = without

	def name(self, request_id: int) -> str:
		"""Return what the folder or zip file is called: INTERNAL and the reference, nobody's name."""
		with self._archive.reading() as connection:
			return f"INTERNAL-{file_stem(casebook.request(connection, request_id).reference)}"

	def write(self, request_id: int, place: Path) -> list[str]:
		"""Write the bundle as a zip file, where the place ends in ".zip", or into a new or empty folder; return the
		paths in it. It is recorded that it was, not where.

		Raises `ProblemWithFile` where it cannot be written.
		"""
		files = self._files(request_id)
		if place.suffix.casefold() == ".zip":
			_write_zip(self.name(request_id), files, place)
		else:
			require_empty(place, self._archive.folder)
			write_all(files, place)
		with self._archive.writing(self._clock()) as change:
			change.record("placed a bundle for the regulator", {"request": request_id, "files": len(files)})
		return list(files)

	def _files(self, request_id: int) -> dict[str, bytes]:
		reviews, empty = self._reviews.reviews_of(request_id), self._without.why(request_id)
		with self._archive.reading() as c:
			request = casebook.request(c, request_id)
			bundle = self._bundle(c, request, reviews, empty)
			files: dict[str, bytes] = {
				"01-request.pdf": request_pdf(bundle),
				"02-search-record.pdf": searches_pdf(bundle),
				"03-decision-log.pdf": decisions_pdf(bundle),
			}
			told = {
				"01-request.pdf": "The request, its dates, its reviews",
				"02-search-record.pdf": "Where was looked, who looked, with what result",
				"03-decision-log.pdf": "What was decided on each message, and why",
			}
			for path, data, words in self._kept(c, request_id, reviews):
				files[path] = data
				told[path] = words
		contents = contents_pdf(bundle, told.items())
		return {_CONTENTS: contents, **dict(sorted(files.items()))}

	def _kept(self, c: Connection, request_id: int, reviews: list[Review]) -> Iterator[tuple[str, bytes, str]]:
		"""Yield what is sealed in the archive: letters as sent, packs as made, documents of the file, reviews."""
		yield from self._letters(c, request_id, "04-letters")
		for pack in casebook.packs(c, request_id):
			number = pack.result.pack_number
			for path, file_id in casebook.pack_files(c, request_id, number).items():
				words = f"Pack {number}: {'as it went out' if path.startswith('DISCLOSURE') else 'internal record'}"
				yield f"05-packs/pack-{number}/{path}", self._archive.files.read_all(c, file_id), words
		for one in reviews:
			yield from self._letters(c, one.request_id, f"06-reviews/{file_stem(one.reference)}")
		for at, document in enumerate(request_events.documents(c, request_id), 1):
			path = f"07-documents/{at:02d}-{file_stem(document.title)}"
			yield path, self._archive.files.read_all(c, document.file_id), document.title

	def _letters(self, c: Connection, request_id: int, folder: str) -> Iterator[tuple[str, bytes, str]]:
		for one in letter_books.sent_letters(c, request_id):
			for path, file_id in letter_books.letter_files(c, one.id).items():
				if path.endswith(".pdf"):
					words = f"{one.subject}, sent on {weekday_words(one.sent_on)}"
					yield f"{folder}/{one.number:02d}-{path}", self._archive.files.read_all(c, file_id), words

	def _bundle(
		self, c: Connection, request: RequestRecord, reviews: list[Review], empty: RequestStep | None
	) -> Bundle:
		complaint = next(
			(one for one in reversed(request_steps.steps(c, request.id)) if one.kind == "regulator_asked"), None
		)
		facts = [
			("Reference", request.reference),
			("Who asked", request.requester or "not recorded"),
			("Under", LAWS[request.regime]),
			("Received", weekday_words(request.received)),
			("Answer due", weekday_words(due_of(c, self._tables, request, self._clock().date()))),
			("Answered", weekday_words(request.answered_on) if request.answered_on else "not yet"),
			("What was asked", request.wording),
		]
		if complaint is not None:
			told = f"on {weekday_words(complaint.on)}, reference {complaint.detail.get('reference') or 'not recorded'}"
			facts.append(("Complaint to the regulator", told))
		return Bundle(
			council=self._archive.council,
			practice=self._archive.practice,
			reference=request.reference,
			made_at=self._clock(),
			facts=facts,
			reviews=[_review_facts(one) for one in reviews],
			searches=casebook.searches(c, request.id),
			places=logged_places(request_places.places(c, request.id), self._tables.places),
			empty=self._without.words(empty) if empty is not None else "",
			decisions=[
				BundleDecision(
					sent_at=one.row.sent_at,
					sender=one.row.sender or "",
					text=one.row.text or "",
					choice=_CHOICES[one.decision.choice if one.decision is not None else None],
					exemption=(one.decision.exemption or "") if one.decision is not None else "",
					reason=(one.decision.reason or "") if one.decision is not None else "",
				)
				for one in candidates(c, request.id)
			],
		)


def _review_facts(one: Review) -> list[tuple[str, str]]:
	return [
		("Reference", one.reference),
		("Asked for", weekday_words(one.asked_on)),
		("Carried out by", f"{one.who}. {one.same_because}".strip(". ") if one.same_because else one.who),
		("Outcome", OUTCOME_WORDS[one.outcome] if one.outcome is not None else "not decided yet"),
		("Why", one.reasons or "–"),
		("Answered", weekday_words(one.answered_on) if one.answered_on is not None else "not yet"),
	]


def _write_zip(name: str, files: dict[str, bytes], place: Path) -> None:
	"""Write a zip file whose entries lie in one folder; the same content makes the same bytes."""
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
		for path, data in files.items():
			entry = zipfile.ZipInfo(f"{name}/{path}", (1980, 1, 1, 0, 0, 0))
			entry.compress_type = zipfile.ZIP_DEFLATED
			book.writestr(entry, data)
	try:
		place.write_bytes(out.getvalue())
	except OSError as problem:
		raise ProblemWithFile(
			"It could not be saved there.",
			"Nothing was changed.",
			"The disk may be full or write-protected. Choose another folder.",
			type(problem).__name__,
		) from problem
