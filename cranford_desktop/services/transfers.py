"""Handing messages on to the council's e-mail (policy section 5, second point), and the register of it."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from cranford_desktop.documents.internal_copy import InternalCopy, internal_copy_pdf
from cranford_desktop.documents.internal_mail import internal_mail
from cranford_desktop.documents.photos import reencode
from cranford_desktop.documents.transfer_register import transfer_register_pdf
from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.disclosure import PackEntry, PackMedia, PackPhoto, Piece
from cranford_desktop.domain.messages import Attachment, MessageFilter, MessageRow
from cranford_desktop.domain.transfers import Transfer, TransferFile, TransferForm
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.store import messages as messages_of
from cranford_desktop.store import transfers as books
from cranford_desktop.store.archive import Archive

TRANSFERRED = "transferred messages"
MOST = 10_000
"""Messages of one file at most: a year of a busy group. More is for a back-up, not for an e-mail."""
_NOTHING_WRITTEN = "Nothing was written."
_NOT_HELD = "not held by the council"
_NOT_SHOWN = "not shown here; it is in the archive"
_STEP = 50


class Transfers:
	"""Makes the file, puts it where the clerk says, keeps the register."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def count(self, wanted: MessageFilter) -> int:
		"""Return how many messages a file of these would hold."""
		with self._archive.reading() as connection:
			return len(messages_of.message_ids(connection, wanted))

	def make(
		self,
		wanted: MessageFilter,
		form: TransferForm,
		*,
		to: str = "",
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> TransferFile:
		"""Return these messages as PDF or e-mail, marked "INTERNAL: not a disclosure"; writes nothing.

		`to`: the council's own e-mail address for the draft. Raises `CranfordError` where there is no message or there
		are too many for one file.
		"""
		with self._archive.reading() as connection:
			ids = messages_of.message_ids(connection, wanted)
			if not ids:
				raise CranfordError("There is no message to save.", _NOTHING_WRITTEN, "Choose some messages first.")
			if len(ids) > MOST:
				raise CranfordError(
					f"These are {len(ids):,} messages; one file takes {MOST:,}.",
					_NOTHING_WRITTEN,
					"Choose a shorter period, or one group.",
				)
			rows = messages_of.rows(connection, ids)
		entries = []
		for number, row in enumerate(rows, 1):
			if number % _STEP == 1:
				check(stopped)
				progress(number - 1, len(rows), "messages")
			entries.append(self._entry(row, number))
		progress(len(rows), len(rows), "messages")
		start = min(row.sent_at for row in rows).date()
		end = max(row.sent_at for row in rows).date()
		groups = tuple(dict.fromkeys(row.group for row in rows))
		period = day_words(start) if start == end else f"{day_words(start)} to {day_words(end)}"
		title = f"{groups[0] if len(groups) == 1 else f'{len(groups)} groups'}, {period}"
		copy = InternalCopy(
			council=self._archive.council,
			practice=self._archive.practice,
			title=title,
			groups=groups,
			start=start,
			end=end,
			entries=entries,
			made_at=self._clock(),
		)
		check(stopped)
		stem = _file_stem(groups, start.isoformat(), end.isoformat())
		data = internal_copy_pdf(copy)
		if form == "eml":
			data = internal_mail(copy, data, f"{stem}.pdf", _address(to))
		return TransferFile(
			name=f"{stem}.{'eml' if form == 'eml' else 'pdf'}",
			data=data,
			form=form,
			messages=len(rows),
			start=start,
			end=end,
			group="; ".join(groups),
		)

	def save(self, file: TransferFile, path: Path, *, member: str, to_whom: str, what: str = "") -> Transfer:
		"""Write the file to a place outside the archive and enter it in the register.

		A file of that name is replaced only when the new one is whole and entered. Raises `CranfordError`; then nothing
		is left there that was not there before.
		"""
		said = _said(file, member, to_whom, what)
		place = path.absolute()
		if place.resolve().is_relative_to(self._archive.folder.resolve()):
			raise ProblemWithFile("That folder is the archive's own.", _NOTHING_WRITTEN, "Choose a folder outside it.")
		unfinished = place.with_name(f".{place.name}.unfinished")
		try:
			_write(unfinished, file.data)
			return self._enter(file, said, lambda: unfinished.replace(place))
		except OSError as problem:
			raise ProblemWithFile(
				f"The file could not be written: {problem.strerror}.",
				"Nothing was entered in the register.",
				"The disk may be full or write-protected. Choose another folder.",
			) from None
		finally:
			with suppress(OSError):
				unfinished.unlink(missing_ok=True)

	def printed(self, file: TransferFile, *, member: str, to_whom: str, what: str = "") -> Transfer:
		"""Enter a print in the register."""
		return self._enter(replace(file, form="print"), _said(file, member, to_whom, what), lambda: None)

	def register(self) -> list[Transfer]:
		"""Return the register, newest first."""
		with self._archive.reading() as connection:
			found = books.transfers(connection)
		return [replace(one, made_at=one.made_at.astimezone(LONDON)) for one in found]

	def register_pdf(self) -> bytes:
		"""Return the register as a PDF."""
		return transfer_register_pdf(self.register(), self._archive.council, self._clock(), self._archive.practice)

	def _enter(self, file: TransferFile, said: tuple[str, str, str], last: Callable[[], object]) -> Transfer:
		now = self._clock()
		member, to_whom, what = said
		digest = sha256(file.data).hexdigest()
		with self._archive.writing(now) as change:
			number = books.add_transfer(
				change.connection,
				member=member,
				what=what,
				start=file.start,
				end=file.end,
				messages=file.messages,
				to_whom=to_whom,
				form=file.form,
				sha256=digest,
				at=now,
			)
			change.record(
				TRANSFERRED, {"transfer": number, "messages": file.messages, "form": file.form, "sha256": digest}
			)
			last()
		return next(one for one in self.register() if one.id == number)

	def _entry(self, row: MessageRow, number: int) -> PackEntry:
		text = row.text if row.text is not None else "" if row.attachments else row.raw
		return PackEntry(
			reference=f"{number}",
			group=(Piece(row.group),),
			sent_at=row.sent_at,
			precision=row.precision,
			sender=(Piece(row.sender),) if row.sender else (),
			role=row.role,
			system=row.kind == "system",
			status="released",
			exemptions=(),
			body=(Piece(text),) if text else (),
			notes=_notes(row),
			media=tuple(self._medium(one, f"{number}-P{at}") for at, one in enumerate(row.attachments, 1)),
		)

	def _medium(self, one: Attachment, reference: str) -> PackMedia:
		label = (Piece(one.name or "Photo or file"),)
		if not one.present or one.id is None:
			return PackMedia(label, _NOT_HELD)
		if (one.media_type or "").startswith("image/"):
			with self._archive.reading() as connection:
				data = self._archive.files.read_all(connection, one.id)
			with suppress(ProblemWithFile):
				photo = reencode(data)
				return PackMedia(label, "", PackPhoto(reference, photo.jpeg, photo.width, photo.height, ""))
		return PackMedia(label, _NOT_SHOWN)


def _notes(row: MessageRow) -> tuple[str, ...]:
	notes = []
	if row.edited:
		notes.append("edited by its sender after it was sent")
	if row.deleted or row.kind == "deleted":
		notes.append("deleted by its sender")
	return tuple(notes)


def _said(file: TransferFile, member: str, to_whom: str, what: str) -> tuple[str, str, str]:
	"""Return member, receiver and matter without stray blanks; raises `CranfordError` where one is left out."""
	names = " ".join(member.split()), " ".join(to_whom.split())
	if not all(names):
		raise CranfordError(
			"The register needs a member and a receiver.",
			_NOTHING_WRITTEN,
			"Say whose messages they are, and who gets them.",
		)
	return *names, " ".join(what.split()) or file.group


def _address(to: str) -> str:
	"""Return an e-mail address as it was typed; raises `CranfordError` for what can be none."""
	words = to.strip()
	if words and not re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+", words):
		raise CranfordError("That is not one e-mail address.", _NOTHING_WRITTEN, "Check the address, or leave it out.")
	return words


def _file_stem(groups: tuple[str, ...], start: str, end: str) -> str:
	name = groups[0] if len(groups) == 1 else "several groups"
	plain = "".join(one if one.isalnum() or one in "-_" else "-" for one in name)[:60].strip("-") or "messages"
	return f"INTERNAL-{re.sub('-+', '-', plain)}-{start}" + ("" if start == end else f"-to-{end}")


def _write(path: Path, data: bytes) -> None:
	handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
	with os.fdopen(handle, "wb") as file:
		file.write(data)
		file.flush()
		os.fsync(file.fileno())
