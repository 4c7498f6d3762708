"""Making disclosure packs: built from redacted words, checked in memory, sealed in the archive, then placed outside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from cranford_desktop.documents.internal import render_internal
from cranford_desktop.documents.review_copy import review_copy_pdf
from cranford_desktop.documents.words import plain
from cranford_desktop.domain.disclosure import (
	Decision,
	Enclosure,
	PackFile,
	PackResult,
	Redaction,
	RequestRecord,
	SearchRecord,
)
from cranford_desktop.domain.exemption_fields import Reasons
from cranford_desktop.domain.media_decisions import MediaDecision
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.domain.photo_areas import PhotoArea
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.internal_log import elsewhere, internal_log, not_recorded
from cranford_desktop.services.leak_receipt import leak_receipt
from cranford_desktop.services.pack_building import PackSource, build
from cranford_desktop.services.pack_documents import require_nothing_open
from cranford_desktop.services.pack_enclosures import notes_on, numbered, require_covered, to_send_apart
from cranford_desktop.services.pack_files import (
	INTERNAL,
	NOTHING_MADE,
	file_stem,
	listed,
	render_checked,
	require_empty,
	require_passed,
	write_all,
)
from cranford_desktop.services.pack_photos import PackPhotos
from cranford_desktop.services.pack_state import (
	RequestState,
	request_state,
	require_decided,
	require_not_withdrawn,
	require_reasons,
	require_same_pictures,
	rests_on,
)
from cranford_desktop.services.pack_versions import said_more
from cranford_desktop.services.request_clock import due_of, due_of_new
from cranford_desktop.services.review_copies import review_copy
from cranford_desktop.services.second_look_reading import known_numbers, look_lines
from cranford_desktop.services.written_decisions import Planned, plan, require_same
from cranford_desktop.services.written_request import WrittenRequest, read_request
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive, Change, Connection
from cranford_desktop.store.attachments import Sealed


@dataclass(frozen=True, slots=True)
class _Made:
	"""A finished, checked pack, still only in memory."""

	result: PackResult
	files: Mapping[str, bytes]


class Disclosing:
	"""Makes packs from requests, keeps them sealed, and puts copies where the clerk wants them."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def make_pack(
		self,
		request_id: int,
		progress: Progress = unheard,
		stopped: Stopped = never,
		*,
		enclosures: Sequence[Enclosure] = (),
	) -> PackResult:
		"""Make a request's pack, open it again and look for what was removed, and seal it; it replaces earlier ones.

		Raises `RefusedByPolicy` where something is undecided, was changed since it was decided, has no exemption, or
		can still be read in the finished files; then nothing has changed.
		"""
		with self._archive.reading() as connection:
			before = request_state(connection, request_id)
			source = self._source(connection, before)
			searches = casebook.searches(connection, request_id)
			due = due_of(connection, self._tables, before.request, self._clock().date())
			looked = look_lines(connection, self._archive, self._tables, request_id)
		require_decided(before, self._tables.reasons)
		require_reasons(before, self._tables.exemptions)
		require_same_pictures(before)
		source = replace(source, enclosures=numbered(source.reference, enclosures))
		require_covered(source.enclosures, source.redactions)
		require_nothing_open(self._archive, source)
		made = self._make(request_id, source, searches, due, progress, stopped, looked)

		def keep(change: Change) -> int:
			if request_state(change.connection, request_id) != before:
				raise RefusedByPolicy(
					"Something in this request changed while its pack was being made.",
					NOTHING_MADE,
					"Make the pack again.",
				)
			return request_id

		return self._seal(made, keep)

	def packs(self, request_id: int) -> list[PackRecord]:
		"""Return the packs of a request, the newest first."""
		with self._archive.reading() as connection:
			return casebook.packs(connection, request_id)

	def files(self, request_id: int, number: int) -> dict[str, bytes]:
		"""Return the files of a pack by path: "DISCLOSURE/…", "INTERNAL/…"; raises `NotFound`."""
		with self._archive.reading() as connection:
			held = casebook.pack_files(connection, request_id, number)
			return {path: self._archive.files.read_all(connection, file_id) for path, file_id in held.items()}

	def review_copy(self, request_id: int, numbers: Mapping[int, int]) -> bytes:
		"""Return the review copy of a request as it stands, as a PDF; messages are called by these numbers.

		Raises `RefusedByPolicy` where something is undecided.
		"""
		with self._archive.reading() as connection:
			state = request_state(connection, request_id)
			source = replace(self._source(connection, state), places=numbers)
		require_decided(state, self._tables.reasons)
		photos = PackPhotos(self._archive)
		built = build(source, self._tables.exemptions, photos.photo)
		return review_copy_pdf(review_copy(source, built, self._tables.exemptions, self._clock()))

	def place(self, request_id: int, number: int, folder: Path) -> list[PackFile]:
		"""Write a pack's files into a new or empty folder, DISCLOSURE apart from INTERNAL, and record it.

		Raises `RefusedByPolicy` for a pack that was withdrawn, `ProblemWithFile` for the folder.
		"""
		require_empty(folder, self._archive.folder)
		require_not_withdrawn(self.packs(request_id), number)
		files = self.files(request_id, number)
		write_all(files, folder)
		with self._archive.writing(self._clock()) as change:
			casebook.set_placed(change.connection, request_id, number, str(folder.absolute()))
			change.record("placed a copy of a pack", {"request": request_id, "pack": number, "files": len(files)})
		return list(listed(files))

	def disclose(
		self, document: object, out: Path, progress: Progress = unheard, stopped: Stopped = never
	) -> PackResult:
		"""Make the pack of a written request (REQUEST.json of the design) and put it into a new or empty folder.

		The request is recorded with its set confirmed; the same reference with the same document makes a new pack that
		replaces the last; another document is refused unless it says `supersede`.
		"""
		require_empty(out, self._archive.folder)
		now = self._clock()
		written = read_request(document, self._tables, now.date())
		with self._archive.reading() as connection:
			due = due_of_new(connection, self._tables, written.regime, written.received)
			earlier = casebook.request_by_reference(connection, written.reference)
			require_same(earlier, written)
			planned = plan(connection, written, now)
			number = casebook.next_pack_number(connection, earlier.id) if earlier else 1
			past = casebook.searches(connection, earlier.id) if earlier else []
			places = known_numbers(connection, earlier.id) if earlier else {}
		source = self._pack_source(
			reference=earlier.reference if earlier else written.reference,
			request=written,
			rows=planned.rows,
			decisions=planned.decisions,
			redactions=planned.redactions,
			include=written.include,
			number=number,
			places=places,
		)
		made = self._make(earlier.id if earlier else 0, source, [*past, *planned.searches], due, progress, stopped)

		def keep(change: Change) -> int:
			return self._record(change, written, earlier, planned)

		result = self._seal(made, keep)
		self.place(result.request_id, result.pack_number, out)
		return result

	def _record(self, change: Change, written: WrittenRequest, earlier: RequestRecord | None, planned: Planned) -> int:
		"""Write a request that came as a document, with its set, decisions, redactions and searches; return its id."""
		connection, now = change.connection, self._clock()
		held = casebook.request_by_reference(connection, written.reference)
		if (held.id if held else None) != (earlier.id if earlier else None) or (
			plan(connection, written, now).rows != planned.rows
		):
			raise RefusedByPolicy(
				"Something in the archive changed while the pack was being made.", NOTHING_MADE, "Make the pack again."
			)
		if held is None:
			request_id = casebook.create_request(
				connection,
				reference=written.reference,
				regime=written.regime,
				received=written.received,
				requester=written.requester,
				wording=written.wording,
				at=now,
				include=written.include,
				source_json=written.source,
				set_confirmed=True,
			)
		else:
			request_id = held.id
			casebook.clear(connection, request_id)
			casebook.rewrite_request(
				connection,
				request_id,
				regime=written.regime,
				received=written.received,
				requester=written.requester,
				wording=written.wording,
				include=written.include,
				source_json=written.source,
			)
			casebook.set_confirmed(connection, request_id)
		casebook.add_messages(connection, request_id, [row.id for row in planned.rows], now)
		for search in planned.searches:
			casebook.add_search(connection, request_id, search)
		for decision, ids in planned.alike():
			casebook.decide(
				connection,
				request_id,
				ids,
				decision.choice,
				exemption=decision.exemption,
				reason=decision.reason,
				prejudice=decision.prejudice,
				public_interest=decision.public_interest,
				balance=decision.balance,
				with_media=decision.with_media,
				at=now,
			)
		for one in planned.redactions:
			casebook.add_redaction(
				connection,
				request_id,
				kind=one.kind,
				value=one.value,
				exemption=one.exemption,
				reason=one.reason,
				stand_in=one.stand_in,
				at=now,
			)
		change.record(
			"recorded a written request",
			{"request": request_id, "regime": written.regime, "messages": len(planned.rows), "new": held is None},
		)
		return request_id

	def _source(self, connection: Connection, state: RequestState) -> PackSource:
		request = state.request
		return self._pack_source(
			reference=request.reference,
			request=request,
			rows=[one.row for one in state.candidates],
			decisions={one.row.id: one.decision for one in state.candidates if one.decision is not None},
			redactions=state.redactions,
			media={one.row.id: one.media for one in state.candidates if one.media},
			areas=state.areas,
			reasons=None if request.source_json is not None else state.reasons,
			include=request.include,
			number=casebook.next_pack_number(connection, request.id),
			places=known_numbers(connection, request.id),
		)

	def _pack_source(
		self,
		*,
		reference: str,
		request: RequestRecord | WrittenRequest,
		rows: Sequence[MessageRow],
		decisions: Mapping[int, Decision],
		redactions: Sequence[Redaction],
		media: Mapping[int, tuple[MediaDecision, ...]] = MappingProxyType({}),
		areas: Sequence[PhotoArea] = (),
		reasons: Reasons | None = None,
		include: Sequence[MessageFilter],
		number: int,
		places: Mapping[int, int],
	) -> PackSource:
		starts, ends = [one.start for one in include], [one.end for one in include]
		return PackSource(
			council=self._archive.council,
			practice=self._archive.practice,
			reference=reference,
			regime=request.regime,
			received=request.received,
			requester=request.requester,
			wording=request.wording,
			made_on=self._clock().date(),
			pack_number=number,
			places=places,
			rows=rows,
			decisions=decisions,
			redactions=redactions,
			media=media,
			areas=areas,
			reasons=reasons,
			searched_from=min((one for one in starts if one), default=None) if all(starts) else None,
			searched_to=max((one for one in ends if one), default=None) if all(ends) else None,
		)

	def _make(
		self,
		request_id: int,
		source: PackSource,
		searches: Sequence[SearchRecord],
		due: date,
		progress: Progress,
		stopped: Stopped,
		looked: Sequence[tuple[str, str]] = (),
	) -> _Made:
		"""Build, render and check a pack in memory; raises `LeakFound` where the leak check does not pass.

		`looked`: what the council's own log says of a second look.
		"""
		photos = PackPhotos(self._archive, source.areas)
		built = build(source, self._tables.exemptions, photos.photo, photos.document, progress, stopped)
		photos.settle()
		check(stopped)
		checked = render_checked(built)
		require_passed(checked, built)
		check(stopped)
		more_before = said_more(self._archive, request_id, built.content)
		missing = not_recorded(source, self._tables)
		log = internal_log(
			source,
			built,
			self._tables.reasons,
			due=due,
			searches=searches,
			missing=missing,
			made_at=self._clock(),
			receipt=(
				*looked,
				*leak_receipt(
					checked.files,
					checked.report,
					counted=checked.counted,
					not_looked_for=checked.not_looked_for,
					taken_back=more_before,
					enclosures=built.content.enclosures,
				),
			),
		)
		record = render_internal(log, elsewhere(self._archive, request_id, self._tables.places))
		files = {**checked.files, **{f"{INTERNAL}/{name}": data for name, data in record.items()}}
		review = review_copy(source, built, self._tables.exemptions, log.made_at)
		files[f"{INTERNAL}/INTERNAL-{file_stem(source.reference)}-review-copy.pdf"] = review_copy_pdf(review)
		check(stopped)
		result = PackResult(
			request_id=request_id,
			reference=source.reference,
			pack_number=source.pack_number,
			messages=built.counts["messages"],
			released=built.counts["released"],
			redacted=built.counts["redacted"],
			withheld=built.counts["withheld"],
			not_in_scope=built.counts["not_in_scope"],
			not_held=built.counts["not_held"],
			undecided_media=built.counts["undecided_media"],
			not_recorded=missing,
			warnings=tuple(
				f"Pack {number} released more of {', '.join(references)}: whoever has both can compare them."
				for number, references in more_before
			)
			+ notes_on(built.content.enclosures, source.redactions, source.requester)
			+ to_send_apart(built.content),
			leak_check=checked.report,
			files=listed(files),
			enclosures=tuple(f"{one.reference}: {plain(one.title)}" for one in built.content.enclosures),
			numbers=tuple(built.places.items()),
			rests_on=rests_on(source, source.decisions.values(), source.redactions, source.media, source.areas),
		)
		return _Made(result, files)

	def _seal(self, made: _Made, keep: Callable[[Change], int]) -> PackResult:
		"""Encrypt a pack's files, then keep them in one change with whatever `keep` writes for the request."""
		now = self._clock()
		sealed: dict[str, Sealed] = {}
		try:
			for path, data in made.files.items():
				sealed[path] = self._archive.files.seal((data,), "pack")
			with self._archive.writing(now) as change:
				request_id = keep(change)
				result = replace(made.result, request_id=request_id)
				ids = {path: self._archive.files.register(change.connection, one) for path, one in sealed.items()}
				casebook.add_pack(change.connection, request_id, result, ids, now)
				change.record(
					"made a pack",
					{
						"request": request_id,
						"pack": result.pack_number,
						"messages": result.messages,
						"released": result.released,
						"redacted": result.redacted,
						"withheld": result.withheld,
						"leak_check": result.leak_check.needles,
					},
				)
		except BaseException:
			for one in sealed.values():
				self._archive.files.discard(one)
			raise
		return result
