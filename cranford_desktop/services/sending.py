"""What became of a pack: recorded as sent with the very file that went out, or withdrawn because it should not have.

Nothing is sent by the app. A file that she says she sent is taken only where its digest is that of a file of the
newest pack's DISCLOSURE folder.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.disclosure import RequestRecord
from cranford_desktop.domain.letters import LetterKind, SentHow
from cranford_desktop.domain.packs import PackFileMatch, PackRecord, PackSent, PackWithdrawn
from cranford_desktop.errors import NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.services.letter_facts import Situation
from cranford_desktop.services.letters import Letters
from cranford_desktop.services.pack_files import DISCLOSURE
from cranford_desktop.store import casebook
from cranford_desktop.store import packs as books
from cranford_desktop.store.archive import Archive, Change, Connection

NOTHING_RECORDED = "Nothing was recorded."
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Given:
	"""What the clerk says of a pack that went out."""

	on: date
	how: SentHow
	to: str
	files: tuple[str, ...] = ()
	"""Paths of the pack, as `Sending.recognise` gave them; empty: printed."""


@dataclass(frozen=True, slots=True)
class WithLetter:
	"""The letter that went with it, as it was looked at."""

	situation: Situation
	kind: LetterKind


class Sending:
	"""Records what went out and what was called back; by numbers and keyed digests, never by name or address."""

	def __init__(self, archive: Archive, clock: Clock, letters: Letters) -> None:
		self._archive = archive
		self._clock = clock
		self._letters = letters

	def address(self, request_id: int) -> str:
		"""Return where the answer goes to, as the request or an earlier pack has it."""
		with self._archive.reading() as connection:
			given = books.address_of(connection, request_id)
			earlier = (one.sent.to for one in books.packs(connection, request_id) if one.sent is not None)
			return given or next(filter(None, earlier), "")

	def unsent(self, request_id: int) -> bool:
		"""Return whether the newest pack of a request counts and is not on record as sent."""
		with self._archive.reading() as connection:
			newest = next(iter(books.packs(connection, request_id)), None)
		return newest is not None and newest.counts and newest.sent is None

	def recognise(self, request_id: int, number: int, files: Sequence[Path]) -> tuple[str, ...]:
		"""Return which files of a pack these are, by their digests; a folder stands for the files in it.

		Raises `RefusedByPolicy` for a file that must not go out or is another than was made, with what to do;
		`ProblemWithFile` for one that cannot be read.
		"""
		every = [one for given in files for one in _inside(given)]
		if not every:
			raise ProblemWithFile("There is no file.", NOTHING_RECORDED, "Choose the file that you sent.")
		paths: dict[str, None] = {}
		with self._archive.reading() as connection:
			casebook.request(connection, request_id)
			for one in every:
				paths[self._path_of(connection, request_id, number, one)] = None
		return tuple(paths)

	def record_sent(
		self, request_id: int, number: int, given: Given, *, letter: WithLetter | None = None, answers: bool
	) -> None:
		"""Record how a pack went out, with the letter that went with it, in one change.

		`answers`: it is the council's answer, so the request then counts as answered. Nothing is kept where it raises
		`RefusedByPolicy`: it was replaced, withdrawn or recorded as sent, the day cannot be, the letter is not ready.
		"""
		now = self._clock()

		def keep(change: Change) -> None:
			connection = change.connection
			request = casebook.request(connection, request_id)
			self._check(request, _pack(connection, request_id, number), given, now.date())
			books.set_sent(connection, request_id, number, PackSent(given.on, given.how, given.to.strip(), given.files))
			if given.to.strip():
				books.fill_address(connection, request_id, given.to.strip())
			change.record(
				"sent a pack",
				{
					"request": request_id,
					"pack": number,
					"on": given.on.isoformat(),
					"how": given.how,
					"printed": not given.files,
					"files": len(given.files),
					"digest": self._mark(self._digests(connection, request_id, number, given.files)),
				},
			)
			if answers and letter is None and request.status == "open":
				casebook.mark_answered(connection, request_id, given.on)
				change.record("recorded an answer", {"request": request_id, "on": given.on.isoformat()})

		if letter is not None:
			self._letters.mark_sent(letter.situation, letter.kind, on=given.on, how=given.how, also=keep)
			return
		with self._archive.writing(now) as change:
			keep(change)

	def withdraw(self, request_id: int, number: int, *, why: str, who_has_it: str) -> None:
		"""Record that a pack should not have gone out; it stays as it was made, and may not be placed again.

		Raises `RefusedByPolicy` without a reason, or where it was withdrawn already.
		"""
		if not why.strip():
			raise RefusedByPolicy("No reason is given.", NOTHING_RECORDED, "Say in a few words what is wrong with it.")
		now = self._clock()
		with self._archive.writing(now) as change:
			pack = _pack(change.connection, request_id, number)
			if pack.withdrawn is not None:
				raise RefusedByPolicy(
					f"Pack {number} was withdrawn already, on {day_words(pack.withdrawn.on)}.", NOTHING_RECORDED
				)
			books.set_withdrawn(
				change.connection,
				request_id,
				number,
				PackWithdrawn(now.astimezone(LONDON).date(), why.strip(), who_has_it.strip()),
			)
			change.record("withdrew a pack", {"request": request_id, "pack": number, "sent": pack.sent is not None})

	def readable(self, request_id: int, number: int) -> list[int]:
		"""Return the messages of a pack that can be read in it as things stand: evidence, should it have gone wrong."""
		with self._archive.reading() as connection:
			numbered = dict(_pack(connection, request_id, number).result.numbers)
			decisions = casebook.decisions(connection, request_id)
		return [one for one in numbered if one in decisions and decisions[one].choice == "release"]

	def _check(self, request: RequestRecord, pack: PackRecord, given: Given, today: date) -> None:
		made_on = pack.made_at.astimezone(LONDON).date()
		if pack.withdrawn is not None:
			raise RefusedByPolicy(
				f"Pack {pack.number} was withdrawn.", NOTHING_RECORDED, "Make the pack again and send that one."
			)
		if pack.superseded:
			raise RefusedByPolicy(
				f"Pack {pack.number} was replaced by a later one.",
				NOTHING_RECORDED,
				"Send the latest. If this one has gone out, choose “This should not have gone out”.",
			)
		if pack.sent is not None:
			raise RefusedByPolicy(
				f"Pack {pack.number} is recorded as sent already, on {day_words(pack.sent.on)}.", NOTHING_RECORDED
			)
		if not max(request.received, made_on) <= given.on <= today:
			raise RefusedByPolicy(
				f"Pack {pack.number} was made on {day_words(made_on)}.",
				NOTHING_RECORDED,
				"Give the day on which it was sent: that day or later, and not in the future.",
			)
		known = {one.path for one in pack.result.files}
		if not all(one in known and one.startswith(f"{DISCLOSURE}/") for one in given.files):
			raise RefusedByPolicy("A file is named that is not part of this pack.", NOTHING_RECORDED)
		if given.how == "email" and not given.files:
			raise RefusedByPolicy(
				"What was attached is not known.", NOTHING_RECORDED, "Choose the file that you attached to the e-mail."
			)

	def _path_of(self, connection: Connection, request_id: int, number: int, file: Path) -> str:
		found = books.files_with(connection, _digest(file))
		mine = [one for one in found if (one.request_id, one.number) == (request_id, number)]
		out = next((one for one in mine if one.path.startswith(f"{DISCLOSURE}/")), None)
		if out is None:
			raise _refusal(found, request_id, number)
		return out.path

	@staticmethod
	def _digests(connection: Connection, request_id: int, number: int, files: Sequence[str]) -> dict[str, str]:
		result = _pack(connection, request_id, number).result
		return {one.path: one.sha256 for one in result.files if one.path in (files or (one.path,))}

	def _mark(self, digests: Mapping[str, str]) -> str:
		"""Return what the record of actions keeps of the files: one keyed digest of them all."""
		told = "".join(f"{path}\0{digest}\n" for path, digest in sorted(digests.items()))
		return hmac.new(self._archive.keys.tombstone, b"pack\0" + told.encode(), "sha256").hexdigest()


def _pack(connection: Connection, request_id: int, number: int) -> PackRecord:
	found = next((one for one in books.packs(connection, request_id) if one.number == number), None)
	if found is None:
		raise NotFound("This request has no such pack.")
	return found


def _refusal(found: Sequence[PackFileMatch], request_id: int, number: int) -> RefusedByPolicy:
	"""Return why a file is not taken: what it is, and what to do. Only names that the archive gave are said."""
	out = "If it has gone out already, choose “This should not have gone out”."
	inside = next((one for one in found if not one.path.startswith(f"{DISCLOSURE}/")), None)
	if inside is not None:
		return RefusedByPolicy(
			f"“{_name(inside)}” is INTERNAL. It shows what you covered up, and must not leave the council.",
			NOTHING_RECORDED,
			f"Send a file of the folder DISCLOSURE instead. {out}",
		)
	older = next((one for one in found if one.request_id == request_id), None)
	if older is not None:
		return RefusedByPolicy(
			f"“{_name(older)}” is the one of pack {older.number}. Pack {number} has replaced it.",
			NOTHING_RECORDED,
			f"Send the file of pack {number}. {out}",
		)
	if found:
		return RefusedByPolicy(
			f"“{_name(found[0])}” belongs to another request, {found[0].reference}.",
			NOTHING_RECORDED,
			f"Choose the file of this request. {out}",
		)
	return RefusedByPolicy(
		"A file you chose is not one of this pack, or it was changed since.",
		NOTHING_RECORDED,
		"Choose it as it was saved, in the folder DISCLOSURE. If you saved it anew from another program, send a fresh "
		"copy of the pack.",
	)


def _name(match: PackFileMatch) -> str:
	return match.path.rpartition("/")[2]


def _inside(given: Path) -> list[Path]:
	try:
		if given.is_dir():
			return sorted(one for one in given.rglob("*") if one.is_file())
	except OSError as problem:
		raise ProblemWithFile(
			"That folder cannot be read.", NOTHING_RECORDED, "Check that it is still there."
		) from problem
	return [given]


def _digest(file: Path) -> str:
	made = hashlib.sha256()
	try:
		with file.open("rb") as stream:
			while piece := stream.read(_PIECE):
				made.update(piece)
	except OSError as problem:
		raise ProblemWithFile(
			"That file cannot be read.", NOTHING_RECORDED, "Check that it is still there."
		) from problem
	return made.hexdigest()
