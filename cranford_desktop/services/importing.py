"""Taking members' chat exports into the archive: look first, then one transaction, then a receipt.

What stands behind it: `import_place` (which group, which phone, what is held), `import_sealing` (the encrypted files),
`import_conversations` (several files at once), `import_undo`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from cranford_desktop.documents import import_receipt
from cranford_desktop.domain.holdings import preview_findings
from cranford_desktop.domain.importing import Answers, Conversation, Preview, Undone
from cranford_desktop.domain.messages import DateOrder, Group, Phone, ReadExport, Receipt
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.work import Progress, Stopped, never, uncollected, unheard
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.ingest import reconcile
from cranford_desktop.ingest.excerpt import excerpt, narrowed
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.services import import_conversations, import_place, import_receipts, import_undo
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.import_place import Place
from cranford_desktop.services.import_sealing import FileDigests, SealedExport, by_record, file_digests, seal
from cranford_desktop.services.remembered import Remembered
from cranford_desktop.store import import_notes, ledger, phone_book
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive, Change, Connection
from cranford_desktop.store.attachments import Sealed
from cranford_desktop.store.imports import add_export

_KEPT = 16
"""Previews whose comparison is remembered for their import."""
_LINES = 500
"""Lines that were not understood which a receipt shows."""


class Importing:
	"""Reads exports, shows what they are, adds them, and takes them back."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._compared: Remembered[tuple[object, ...], Place] = Remembered(_KEPT)
		self._digests: Remembered[str, FileDigests] = Remembered(_KEPT)
		self._named: Remembered[str, str | None] = Remembered(_KEPT)

	def groups(self) -> list[Group]:
		"""Return the official groups, by name."""
		with self._archive.reading() as connection:
			return books.groups(connection)

	def phones(self) -> list[Phone]:
		"""Return the phones whose exports are held."""
		with self._archive.reading() as connection:
			return books.phones(connection)

	def receipts(self) -> list[Receipt]:
		"""Return the receipts of all imports, newest first."""
		with self._archive.reading() as connection:
			return books.receipts(connection)

	def unread_lines(self, export_id: int) -> tuple[str, ...]:
		"""Return what was not understood of an import, verbatim: lines before its first message, and lines that nobody
		sent in a wording not known; the first 500. Raises `NotFound`.
		"""
		with self._archive.reading() as connection:
			before = import_notes.unread_lines(connection, export_id)
			return (*before, *import_notes.unknown_lines(connection, export_id, _LINES))[:_LINES]

	def receipts_pdf(self, receipts: Sequence[Receipt]) -> bytes:
		"""Return receipts as one PDF, to print and file."""
		lines = [self.unread_lines(one.export_id) if one.export_id is not None else () for one in receipts]
		return import_receipt.receipts_pdf(
			list(zip(receipts, lines, strict=True)),
			council=self._archive.council,
			made_at=self._clock(),
			practice=self._archive.practice,
		)

	def set_phone(self, phone_id: int, name: str, holder: int | None) -> None:
		"""Say what a phone is called and whose it is (None: not known), recorded."""
		called = plain_name(name)
		if not called:
			raise CranfordError("A phone needs a name.", "Nothing was changed.", "Name it after whoever holds it.")
		with self._archive.writing(self._clock()) as change:
			phone_book.set_phone(change.connection, phone_id, called, holder)
			change.record("said whose a phone is", {"phone": phone_id, "person": holder})

	@uncollected()
	def preview(
		self,
		path: Path,
		*,
		group: str | None = None,
		phone: str | None = None,
		date_order: DateOrder | None = None,
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> Preview:
		"""Read an export and compare it with the archive; write nothing.

		`group` is the clerk's answer to which group it is, and nothing is asked then. Raises `ProblemWithFile` where
		the file is not an export that can be read.
		"""
		read = read_export(path, today=self._clock().date(), date_order=date_order, progress=progress, stopped=stopped)
		self._named[read.sha256] = phone
		with self._archive.reading() as connection:
			earlier = books.export_by_digest(connection, read.sha256)
			if earlier is not None:
				return self._held(connection, path, read, earlier)
			declined = import_notes.declined_on(connection, read.sha256)
		if declined is not None:
			read = replace(read, warnings=(*read.warnings, import_place.declined_words(declined)))
		digests = self._file_digests(path, read, progress, stopped)
		with self._archive.reading() as connection:
			found = self._place(connection, read, group, phone, digests)
			if found.group and date_order is None and read.date_evidence.startswith("not proved"):
				read, found = self._as_before(connection, path, read, found, group, phone, digests)
			nothing = self._nothing_new_since(connection, read, found, digests)
		return Preview(
			path=path,
			read=read,
			group=found.group.name if found.group else None,
			phone=found.phone.name,
			new=found.look.new,
			past_six_years=self._past(read),
			already_imported=None,
			problem=None,
			question=found.question,
			phone_known=found.phone.known,
			holder=found.phone.holder,
			holder_reason=found.phone.holder_reason,
			holder_shown=found.phone.holder_shown,
			likely_group=found.likely_group,
			on_other_phones=found.look.on_other_phones,
			clock_offset=found.clock_offset,
			findings=preview_findings(read, self._tables.holdings),
			nothing_new_since=nothing,
		)

	@uncollected()
	def conversations(
		self, previews: Sequence[Preview], progress: Progress = unheard, stopped: Stopped = never
	) -> list[Conversation]:
		"""Say which previewed exports look like one conversation, with each other and with a registered group.

		Counts are exact for files of ordinary size. A file that belongs to no other and no group is in none.
		"""
		with self._archive.reading() as connection:

			def digests(preview: Preview) -> Mapping[int, str]:
				found = self._file_digests(preview.path, preview.read, progress, stopped)
				return by_record(preview.read, found)

			return import_conversations.conversations(connection, previews, digests, progress, stopped)

	def import_file(
		self,
		path: Path,
		*,
		group: str | None = None,
		phone: str | None = None,
		date_order: DateOrder | None = None,
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> Receipt:
		"""Read an export and take it, as `cranford import` does."""
		preview = self.preview(
			path, group=group, phone=phone, date_order=date_order, progress=progress, stopped=stopped
		)
		return self.take(preview, Answers(group=group, phone=phone), progress=progress, stopped=stopped)

	@uncollected()
	def take(
		self,
		preview: Preview,
		answers: Answers = Answers(),  # noqa: B008 (frozen)
		*,
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> Receipt:
		"""Add a previewed export in one transaction and return its receipt; cancelled, nothing has changed.

		Where the preview asks a question, only an answer with a group (or "none of it") is taken; without one it raises
		`ProblemWithFile`. The same file again adds nothing.
		"""
		if preview.already_imported is not None:
			return self._again(preview.already_imported, answers.group, stopped)
		if preview.problem is not None:
			raise ProblemWithFile(preview.problem)
		if answers.keep == "none":
			return self._decline(preview)
		self.finish_undone()
		named = plain_name(answers.group or (preview.group if preview.question == "none" else None) or "")
		if not named:
			what, do = import_place.unknown_words(preview.read, preview.question, preview.likely_group)
			raise ProblemWithFile(what, "Nothing was added.", do)
		whole, read = preview.read, preview.read
		if answers.keep == "some":
			read = narrowed(whole, answers.chosen)
		digests = self._file_digests(preview.path, whole, progress, stopped)
		sealed: list[Sealed] = []
		try:
			made = seal(
				self._archive,
				preview.path,
				read,
				digests,
				sealed,
				excerpt=excerpt(preview.path, whole, answers.chosen, stopped) if read is not whole else None,
				progress=progress,
				stopped=stopped,
			)
			left_out = len(whole.records) - len(read.records)
			receipt = self._write(made, named, answers, left_out, digests, progress, stopped)
		except BaseException:
			for one in sealed:
				self._archive.files.discard(one)
			raise
		self._compared.clear()
		return receipt

	def undo_refused(self, export_id: int) -> str:
		"""Return why an import cannot be undone, in words; "" if it can be. Raises `NotFound`."""
		with self._archive.reading() as connection:
			return import_undo.refused(connection, self._tables, self._clock().date(), export_id)

	def undo(self, export_id: int, *, progress: Progress = unheard, stopped: Stopped = never) -> Undone:
		"""Take an import back; while a hold keeps its messages it is set aside instead.

		Raises `RefusedByPolicy` where something depends on it, `NotFound` for an import that is not held.
		"""
		progress(0, 1, "undoing")
		undone = import_undo.undo(self._archive, self._tables, self._clock(), export_id, stopped)
		self._compared.clear()
		return undone

	def finish_undone(self) -> int:
		"""Erase imports that were set aside and that nothing holds any more; return how many that were."""
		return import_undo.finish(self._archive, self._tables, self._clock())

	def _held(self, connection: Connection, path: Path, read: ReadExport, earlier: Receipt) -> Preview:
		export_id = import_notes.export_id_of(connection, read.sha256)
		aside = export_id in import_notes.set_aside_ids(connection)
		known = replace(earlier, export_id=export_id, set_aside=aside)
		return Preview(
			path, read, earlier.group, earlier.phone, 0, self._past(read), known, problem=None, phone_known=True
		)

	def _again(self, earlier: Receipt, group: str | None, stopped: Stopped) -> Receipt:
		if earlier.set_aside and earlier.export_id is not None:
			with self._archive.writing(self._clock()) as change:
				import_notes.bring_back(change.connection, earlier.export_id, stopped)
				change.record("brought back an import", {"export": earlier.export_id})
		differs = bool(group) and folded_name(group or "") != folded_name(earlier.group)
		return import_receipts.again(earlier, differs, brought_back=earlier.set_aside)

	def _decline(self, preview: Preview) -> Receipt:
		"""Remember that none of a file is council business: its fingerprint and the day, nothing else."""
		now = self._clock()
		with self._archive.writing(now) as change:
			import_notes.decline(change.connection, preview.read.sha256, now.date())
			change.record("declined a file", {})
		return import_receipts.declined(preview.read, preview.group or "", preview.phone, now)

	def _write(
		self,
		made: SealedExport,
		named: str,
		answers: Answers,
		left_out: int,
		digests: FileDigests,
		progress: Progress,
		stopped: Stopped,
	) -> Receipt:
		now = self._clock()
		read = made.read
		with self._archive.writing(now) as change:
			connection = change.connection
			called = answers.phone or self._named.get(read.sha256)
			found = self._place(connection, read, named, called, digests)
			group_id = (
				found.group.id
				if found.group
				else books.register_group(connection, named, now, since=answers.since, admin=answers.admin)
			)
			phone_id = found.phone.id or books.add_phone(connection, group_id, found.phone.name)
			if answers.holder is not None:
				phone_book.set_holder(connection, phone_id, answers.holder)
			import_notes.accept(connection, read.sha256)
			receipt = import_receipts.drafted(
				read,
				found.group.name if found.group else named,
				found.phone.name,
				now,
				past=self._past(read),
				left_out=left_out,
				warning=found.phone.warning,
			)
			file_ids = {
				one: one if isinstance(one, int) else self._archive.files.register(connection, one)
				for one in dict.fromkeys(made.files.values())
			}
			added = add_export(
				connection,
				read,
				group_id=group_id,
				phone_id=phone_id,
				files={order: file_ids[one] for order, one in made.files.items()},
				original_id=self._archive.files.register(connection, made.original),
				receipt=receipt,
				at=now,
				merge=reconcile.merge,
				aligned=found.look.aligned if made.files.keys() == by_record(read, digests).keys() else None,
				progress=progress,
				stopped=stopped,
			)
			receipt = import_receipts.with_findings(added.receipt, added.proposals)
			if receipt != added.receipt:
				import_notes.save_receipt(connection, added.export_id, receipt)
			_record(change, receipt, added.root, group_id, phone_id)
		return receipt

	def _place(
		self, c: Connection, read: ReadExport, group: str | None, phone: str | None, digests: FileDigests
	) -> Place:
		"""Say where an export goes. The answer of the preview serves the import, too, as long as nothing has been
		recorded in between.
		"""
		known = books.group_by_name(c, group or read.chat_name or "")
		state = (
			read.sha256,
			read.file_name,
			read.date_order,
			len(read.records),
			known.id if known else folded_name(group or ""),
			folded_name(phone) if phone else None,
			ledger.head(c),
		)
		found = self._compared.get(state)
		if found is None or (group and found.group is None and known is not None):
			found = import_place.place(c, read, group=group, phone=phone, digests=by_record(read, digests))
			self._compared[state] = found
		return found

	def _as_before(
		self,
		connection: Connection,
		path: Path,
		read: ReadExport,
		found: Place,
		group: str | None,
		phone: str | None,
		digests: FileDigests,
	) -> tuple[ReadExport, Place]:
		"""Settle by what the archive holds which order its dates have, where the file alone proves none: an export of a
		phone that writes month first agrees with the messages held only so.
		"""
		other = read_export(path, today=self._clock().date(), date_order="mdy")
		there = import_place.place(connection, other, group=group, phone=phone, digests=by_record(other, digests))
		if there.look.matched <= found.look.matched:
			return read, found
		why = "it continues this phone's earlier export" if there.phone.known else "it agrees with the messages held"
		other = replace(other, date_evidence=f"month first: so {why}")
		return other, there

	def _nothing_new_since(self, c: Connection, read: ReadExport, found: Place, digests: FileDigests) -> date | None:
		"""Return the day of the newest message held of this phone where the archive holds every line and file of its
		export in exactly this form; else None.
		"""
		if found.look.new or found.phone.id is None or len(read.records) > import_place.ORDINARY:
			return None
		own = phone_book.own_records(c, found.phone.id, read.first, read.last, import_place.ORDINARY)
		lines = {(one.sent_at, one.sender, one.raw) for one in own}
		if any((one.sent_at, one.sender, one.raw) not in lines for one in read.records):
			return None
		files = self._archive.files
		if any(files.held(c, digest, "attachment") is None for digest in set(digests.values())):
			return None
		return found.newest_held

	def _file_digests(self, path: Path, read: ReadExport, progress: Progress, stopped: Stopped) -> FileDigests:
		if not read.present:
			return {}
		found = self._digests.get(read.sha256)
		if found is None:
			found = file_digests(path, read, progress, stopped)
			self._digests[read.sha256] = found
		return found

	def _past(self, read: ReadExport) -> int:
		return import_receipts.past_period(read, self._tables, self._clock().date())


def _record(change: Change, receipt: Receipt, root: str, group_id: int, phone_id: int) -> None:
	change.record(
		"imported",
		{
			"export": receipt.export_id,
			"group": group_id,
			"phone": phone_id,
			"records": receipt.records,
			"root": root,
			"new": receipt.new,
		},
	)
