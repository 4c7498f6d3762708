"""Taking members' chat exports into the archive: look first, then one transaction, then a receipt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.messages import DateOrder, Group, HeldRecord, Phone, ReadExport, Receipt
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.retention import cut_off
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import Cancelled, ProblemWithFile
from cranford_desktop.ingest import reconcile
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.ingest.zip_files import DamagedMember, opened_members
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import ledger
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.attachments import Sealed
from cranford_desktop.store.imports import add_export

_CHUNK = 1 << 20


class _Place(NamedTuple):
	"""Where an export goes, and what of it the archive holds already."""

	group: Group | None
	phone_id: int | None
	phone: str
	matched: Mapping[int, int]
	joins_second_phone: bool


class Importing:
	"""Reads exports, shows what they are, and adds them."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._compared: tuple[tuple[object, ...], _Place] | None = None

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

		Raises `ProblemWithFile` where the file is not an export that can be read.
		"""
		read = read_export(path, today=self._clock().date(), date_order=date_order, progress=progress, stopped=stopped)
		with self._archive.reading() as connection:
			earlier = books.export_by_digest(connection, read.sha256)
			if earlier is not None:
				return Preview(path, read, earlier.group, earlier.phone, 0, self._past(read), earlier, None)
			named = group or read.chat_name
			known = books.group_by_name(connection, named) if named else None
			place = self._place(connection, known, read, phone)
			if known and date_order is None and read.date_evidence.startswith("not proved"):
				read, place = self._as_before(connection, path, read, place, phone)
		return Preview(
			path=path,
			read=read,
			group=known.name if known else None,
			phone=place.phone,
			new=len(read.records) - len(place.matched),
			past_six_years=self._past(read),
			already_imported=None,
			problem=None,
		)

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
		return self.take(preview, group=group, phone=phone, progress=progress, stopped=stopped)

	def take(
		self,
		preview: Preview,
		*,
		group: str | None = None,
		phone: str | None = None,
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> Receipt:
		"""Add a previewed export in one transaction and return its receipt; cancelled, nothing has changed.

		`group` is the clerk's answer for an unknown chat and registers it; without it an unknown chat raises
		`ProblemWithFile`. The same file again adds nothing.
		"""
		read = preview.read
		if preview.already_imported is not None:
			return self._again(preview.already_imported, group)
		named = plain_name(group or preview.group or "")
		if not named:
			chat = f" It calls itself “{plain_name(read.chat_name)}”." if read.chat_name else ""
			raise ProblemWithFile(
				f"This chat is not one of the council's registered groups.{chat}",
				"Nothing was added.",
				"If it is council business, say which group it is; on the command line: --group NAME.",
			)
		sealed: list[Sealed] = []
		try:
			read, files, original = self._seal(preview.path, read, sealed, progress, stopped)
			return self._write(read, named, phone, files, original, progress, stopped)
		except BaseException:
			for one in sealed:
				self._archive.files.discard(one)
			raise

	def _again(self, earlier: Receipt, group: str | None) -> Receipt:
		warnings: tuple[str, ...] = ("This exact file was imported before. Nothing was added.",)
		if group and folded_name(group) != folded_name(earlier.group):
			warnings = (f"This exact file was imported before, into the group {earlier.group}. Nothing was added.",)
		return replace(earlier, new=0, matched=earlier.records, already_imported=True, warnings=warnings)

	def _seal(
		self, path: Path, read: ReadExport, sealed: list[Sealed], progress: Progress, stopped: Stopped
	) -> tuple[ReadExport, dict[int, Sealed | int], Sealed]:
		"""Encrypt the export and the files its records show; rows follow in the short transaction.

		A file whose content is held already is not kept twice: its id stands in its place. One that is damaged inside
		the zip costs the clerk that file, not the chat: it counts as missing, and the receipt says so.
		"""
		original = self._archive.files.seal(_file_chunks(path, stopped), "original")
		sealed.append(original)
		if original.sha256 != read.sha256:
			raise ProblemWithFile(
				"The file changed while it was being read.",
				"Nothing was added.",
				"Wait until it has been copied completely, then try again.",
			)
		by_name: dict[str, Sealed | int] = {}
		names = list(dict.fromkeys(read.present.values()))
		if names:
			with opened_members(path) as members, self._archive.reading() as connection:
				for done, name in enumerate(names):
					check(stopped)
					progress(done, len(names), "photos and files")
					digest = sha256()
					try:
						for chunk in members.chunks(read.media[name]):
							digest.update(chunk)
					except DamagedMember:
						continue
					held = self._archive.files.held(connection, digest.hexdigest(), "attachment")
					if held is None:
						new = self._archive.files.seal(members.chunks(read.media[name]), "attachment")
						sealed.append(new)
						by_name[name] = new
					else:
						by_name[name] = held
		damaged = len(names) - len(by_name)
		if damaged:
			present = {order: name for order, name in read.present.items() if name in by_name}
			read = replace(read, present=present, warnings=(*read.warnings, _damaged(damaged)))
		return read, {order: by_name[name] for order, name in read.present.items()}, original

	def _write(
		self,
		read: ReadExport,
		named: str,
		phone: str | None,
		files: Mapping[int, Sealed | int],
		original: Sealed,
		progress: Progress,
		stopped: Stopped,
	) -> Receipt:
		now = self._clock()
		with self._archive.writing(now) as change:
			connection = change.connection
			group = books.group_by_name(connection, named)
			place = self._place(connection, group, read, phone)
			group_id = group.id if group else books.register_group(connection, named, now)
			phone_id = place.phone_id or books.add_phone(connection, group_id, place.phone)
			receipt = self._receipt(read, group.name if group else named, place, now)
			file_ids = {
				one: one if isinstance(one, int) else self._archive.files.register(connection, one)
				for one in dict.fromkeys(files.values())
			}
			added = add_export(
				connection,
				read,
				group_id=group_id,
				phone_id=phone_id,
				merge=reconcile.merge,
				files={order: file_ids[one] for order, one in files.items()},
				original_id=self._archive.files.register(connection, original),
				receipt=receipt,
				at=now,
				progress=progress,
				stopped=stopped,
			)
			change.record(
				"imported",
				{
					"export": added.export_id,
					"group": group_id,
					"phone": phone_id,
					"records": receipt.records,
					"root": added.root,
					"new": added.receipt.new,
				},
			)
		return added.receipt

	def _as_before(
		self, connection: Connection, path: Path, read: ReadExport, place: _Place, phone: str | None
	) -> tuple[ReadExport, _Place]:
		"""Settle by what the archive holds of the phone which order its dates have, where the file alone proves none: a
		later export of a phone that writes month first overlaps an earlier one only so.
		"""
		other = read_export(path, today=self._clock().date(), date_order="mdy")
		there = self._compare(connection, place.group, other, phone)
		if len(there.matched) <= len(place.matched):
			return read, place
		said = "month first: so it continues this phone's earlier export"
		other = replace(other, date_evidence=said)
		self._compared = (self._state(connection, place.group, other, phone), there)
		return other, there

	@staticmethod
	def _state(connection: Connection, group: Group | None, read: ReadExport, phone: str | None) -> tuple[object, ...]:
		return read.sha256, read.date_order, group.id if group else None, phone, ledger.head(connection)

	def _place(self, connection: Connection, group: Group | None, read: ReadExport, phone: str | None) -> _Place:
		"""Say to which phone an export belongs and which of its records the group holds already.

		The answer of the preview serves the import too, as long as nothing has been recorded in between.
		"""
		state = self._state(connection, group, read, phone)
		if self._compared is None or self._compared[0] != state:
			self._compared = (state, self._compare(connection, group, read, phone))
		return self._compared[1]

	@staticmethod
	def _compare(connection: Connection, group: Group | None, read: ReadExport, phone: str | None) -> _Place:
		phones = books.phones(connection, group.id) if group else []
		named = plain_name(phone) if phone else None
		if group is None or not phones:
			return _Place(group, None, named or "Phone 1", {}, joins_second_phone=False)
		held: Sequence[HeldRecord] = books.held_records(connection, group.id)
		own = next(
			(
				candidate
				for candidate in phones
				if candidate.platform == read.platform
				and (
					folded_name(candidate.name) == folded_name(named)
					if named
					else reconcile.continues(held, list(read.records))
				)
			),
			None,
		)
		if own is None:
			return _Place(group, None, named or f"Phone {len(phones) + 1}", {}, joins_second_phone=True)
		alignment = reconcile.align(held, list(read.records))
		matched = {order: held[index].message_id for order, index in alignment.matched.items()}
		return _Place(group, own.id, own.name, matched, joins_second_phone=False)

	def _past(self, read: ReadExport) -> int:
		"""Count records that are past the council's period for its messages on arrival."""
		years = next((one.years for one in self._tables.retention if one.key == "council"), None)
		if years is None:
			return 0
		limit = cut_off(self._clock().date(), years)
		return sum(record.sent_at.date() <= limit for record in read.records)

	def _receipt(self, read: ReadExport, group: str, place: _Place, now: datetime) -> Receipt:
		system = sum(record.kind == "system" for record in read.records)
		media = sum(record.is_media for record in read.records)
		past = self._past(read)
		warnings = read.warnings
		if past:
			warnings += (
				f"{past:,} of these messages are already past their six years. They are kept until the next review.",
			)
		return Receipt(
			file=read.file_name,
			sha256=read.sha256,
			group=group,
			phone=place.phone,
			platform=read.platform,
			date_order=read.date_order,
			first=read.first,
			last=read.last,
			records=len(read.records),
			messages=len(read.records) - system,
			system=system,
			media_present=len(read.present),
			media_missing=media - len(read.present),
			unread_lines=len(read.unread_lines),
			new=len(read.records) - len(place.matched),
			matched=len(place.matched),
			disposed_earlier=0,
			past_cut_off=0,
			already_imported=False,
			warnings=warnings,
			past_six_years=past,
			imported_at=now,
		)


def _damaged(count: int) -> str:
	files = "1 photo or file inside the zip is" if count == 1 else f"{count:,} photos or files inside the zip are"
	return (
		f"{files} damaged and could not be read: counted as missing, everything else was taken. Copy the export again "
		"from where it came from, or ask for a new one, and import that, too."
	)


def _file_chunks(path: Path, stopped: Stopped) -> Iterator[bytes]:
	with path.open("rb") as file:
		while chunk := file.read(_CHUNK):
			if stopped():
				raise Cancelled
			yield chunk
