"""Letters about requests: which comes next, its fields filled, checked, and frozen once it was sent.

Nothing is sent by the app. A letter that lacks what the law asks for is not made: not as PDF, not for Word, not as
text, and it cannot be marked as sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from cranford_desktop.documents.for_printing import one_after_another
from cranford_desktop.documents.letter_pages import LetterPage, letter_pdf
from cranford_desktop.documents.letter_word import letter_docx
from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.letter_choice import Standing, suggested, suits
from cranford_desktop.domain.letter_rules import WITH_PACK
from cranford_desktop.domain.letters import (
	Field,
	Filled,
	LetterKind,
	SentHow,
	SentLetter,
	Wording,
	fill,
	plain_text,
)
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import CranfordError, ProblemWithFile, RefusedByPolicy
from cranford_desktop.letter_templates import LetterTables
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.letter_drafts import EXTRA, SETTING, Draft, Drafts, Question
from cranford_desktop.services.letter_events import record_with_letter
from cranford_desktop.services.letter_facts import GROUND_PARTS, Situation
from cranford_desktop.services.letter_reading import read_situation
from cranford_desktop.services.pack_files import file_stem, going_out
from cranford_desktop.store import casebook
from cranford_desktop.store import letters as books
from cranford_desktop.store.archive import Archive, Change
from cranford_desktop.store.attachments import Sealed

Form = Literal["pdf", "docx", "txt"]
FORMS: tuple[Form, ...] = ("pdf", "docx", "txt")
ANSWERING: frozenset[LetterKind] = frozenset(
	{"answer", "part_refusal", "refusal", "cost", "vexatious", "ncnd", "not_held", "sar_answer", "rights_answer"}
)
"""Letters that answer the request: once they are sent, it counts as answered."""
_NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Offer:
	"""A letter that can be chosen."""

	kind: LetterKind
	title: str
	purpose: str
	next: bool
	"""It is the one that comes next."""
	why: str
	"""Why it comes next; empty for the others."""
	sent_on: date | None


class Letters:
	"""The letters of a request."""

	def __init__(self, archive: Archive, clock: Clock, policy: PolicyTables, letters: LetterTables) -> None:
		self._archive = archive
		self._clock = clock
		self._policy = policy
		self._letters = letters
		self._drafts = Drafts(archive, policy, letters)

	def situation(self, request_id: int) -> Situation:
		"""Return how far a request is: what its letters are filled from. Looks at every message of the request."""
		with self._archive.reading() as connection:
			return read_situation(connection, request_id, self._policy, self._clock().date())

	def offers(self, situation: Situation) -> list[Offer]:
		"""Return the letters of the request's law, the one that comes next first."""
		tally, request = situation.tally, situation.request
		kind, why = suggested(
			Standing(
				regime=request.regime,
				answered=request.status != "open",
				sent=tuple(one.kind for one in situation.sent),
				set_confirmed=request.set_confirmed,
				messages=tally.messages,
				undecided=tally.undecided,
				readable=tally.readable,
				removed=bool(tally.redacted or tally.withheld),
				elsewhere=situation.elsewhere,
				asks=request.kind,
			)
		)
		sent = {one.kind: one.sent_on for one in situation.sent}
		offers = [
			Offer(
				one.kind, one.title, one.purpose, one.kind == kind, why if one.kind == kind else "", sent.get(one.kind)
			)
			for one in self._letters.templates.values()
			if one.regime == request.regime and suits(one.kind, request.kind)
		]
		return sorted(offers, key=lambda one: not one.next)

	def fields(self) -> Sequence[Field]:
		"""Return the merge fields that a wording may use."""
		return tuple(one for one in self._letters.fields.values() if one.name not in EXTRA.values())

	def draft(
		self, situation: Situation, kind: LetterKind, wording: Wording | None = None, *, on: date | None = None
	) -> Draft:
		"""Return a letter with its fields filled and its problems; with a `wording` not kept yet, if one is given.

		It is dated today, or `on`. Raises `NotFound` where the request's law has no such letter.
		"""
		return self._drafts.draft(situation, kind, wording, on or self._clock().date())

	def answer(self, request_id: int, values: Mapping[str, str]) -> None:
		"""Keep what was typed into fields of a request's letters; empty: what the archive fills in by itself again.

		A field of the whole council is kept for all letters. Raises `CranfordError` for a field that cannot be typed.
		"""
		now = self._clock()
		for name, value in values.items():
			self._check_answer(name, value)
		mine = {name: value.strip() for name, value in values.items() if not self._of_council(name)}
		ours = {name: value.strip() for name, value in values.items() if self._of_council(name)}
		with self._archive.reading() as connection:
			casebook.request(connection, request_id)
			held = books.answers(connection, request_id)
			mine = {name: value for name, value in mine.items() if value != held.get(name, "")}
			kept = {name: self._archive.setting(connection, SETTING + name) or "" for name in ours}
			ours = {name: value for name, value in ours.items() if value != kept[name]}
		if not mine and not ours:
			return
		with self._archive.writing(now) as change:
			books.put_answers(change.connection, request_id, mine, now)
			for name, value in ours.items():
				self._archive.set_setting(change.connection, SETTING + name, value)
			change.record("filled in a letter", {"request": request_id, "fields": sorted((*mine, *ours))})

	def standard(self, situation: Situation, kind: LetterKind) -> Wording:
		"""Return the wording that the app ships."""
		return self._letters.template(kind, situation.request.regime).wording

	def keep_wording(self, situation: Situation, kind: LetterKind, wording: Wording, *, everywhere: bool) -> None:
		"""Keep a wording: for this request's letter only, or as the council's own for every letter of the kind.

		Raises `CranfordError` where it is empty or names a field that there is not.
		"""
		now = self._clock()
		template = self._letters.template(kind, situation.request.regime)
		words = Wording(" ".join(wording.subject.split()), wording.body.strip())
		unknown = fill(words, {}, self._drafts.fields(kind)).unknown
		if not words.subject or not words.body:
			raise CranfordError("The letter has no words.", _NOTHING, "Write a subject and the letter itself.")
		if unknown:
			raise CranfordError(
				f"{', '.join(f'“{one}”' for one in unknown)} cannot be filled.",
				_NOTHING,
				"Choose a field from the list, or take it out.",
			)
		with self._archive.writing(now) as change:
			request_id = None if everywhere else situation.request.id
			books.put_wording(change.connection, kind, template.regime, words, now, request_id)
			if everywhere:
				books.drop_wording(change.connection, kind, template.regime, situation.request.id)
			change.record("worded a letter", _which(situation, kind, everywhere=everywhere))

	def reset_wording(self, situation: Situation, kind: LetterKind, *, everywhere: bool) -> None:
		"""Go back: this request's letter to the council's wording, or every letter of the kind to the standard one."""
		regime = situation.request.regime
		with self._archive.writing(self._clock()) as change:
			books.drop_wording(change.connection, kind, regime, situation.request.id)
			if everywhere:
				books.drop_wording(change.connection, kind, regime)
			change.record("went back to the standard letter", _which(situation, kind, everywhere=everywhere))

	def render(self, situation: Situation, kind: LetterKind, form: Form) -> bytes:
		"""Return a letter as a file; raises `RefusedByPolicy` where something it must say is missing."""
		today = self._clock().date()
		return self._file(situation, self._ready(situation, kind, today).letter, form, today)

	def save(self, situation: Situation, kind: LetterKind, form: Form, place: Path) -> None:
		"""Write a letter outside the archive, where the clerk said; the copy is recorded, not the place.

		Raises `ProblemWithFile` where it cannot be written, `RefusedByPolicy` where something it must say is missing.
		"""
		data = self.render(situation, kind, form)
		try:
			place.write_bytes(data)
		except OSError as problem:
			raise ProblemWithFile(
				"It could not be saved there.",
				_NOTHING,
				"The disk may be full or write-protected. Choose another folder.",
				type(problem).__name__,
			) from problem
		with self._archive.writing(self._clock()) as change:
			change.record("placed a copy of a letter", {"request": situation.request.id, "kind": kind, "form": form})

	def file_name(self, situation: Situation, kind: LetterKind, form: Form) -> str:
		"""Return what a letter's file is called; without anybody's name."""
		title = self._letters.template(kind, situation.request.regime).title
		return f"{file_stem(f'{situation.request.reference} {title}')}.{form}"

	def mark_sent(
		self,
		situation: Situation,
		kind: LetterKind,
		*,
		on: date,
		how: SentHow,
		also: Callable[[Change], object] | None = None,
	) -> SentLetter:
		"""Freeze a letter as sent, dated that day. With one of `WITH_PACK` the newest pack is kept; one of `ANSWERING`
		answers the request. `also`: what else is written in the same change; where it raises, nothing is kept.

		Raises `RefusedByPolicy` where something is missing, the day lies before the request, before the pack was made
		or ahead, or the request
		has changed since its `situation` was read: then the letter would say something else than was looked at.
		"""
		now, request_id = self._clock(), situation.request.id
		if not situation.request.received <= on <= now.date():
			raise RefusedByPolicy(
				"The day it was sent lies before the request or in the future.",
				_NOTHING,
				"Give the day on which it was sent.",
			)
		draft = self._ready(situation, kind, on)
		letter = draft.letter
		answers = kind in ANSWERING or (kind == "internal_review" and situation.request.kind == "review")
		pack = situation.pack.pack_number if kind in WITH_PACK and situation.pack is not None else None
		if pack is not None and situation.pack_made_on is not None and on < situation.pack_made_on:
			raise RefusedByPolicy(
				f"The pack that goes with it was made on {day_words(situation.pack_made_on)}, after that day.",
				_NOTHING,
				"Give the day on which both were sent.",
			)
		sealed: dict[str, Sealed] = {}
		try:
			for form in FORMS:
				name = self.file_name(situation, kind, form)
				sealed[name] = self._archive.files.seal((self._file(situation, letter, form, on),), "letter")
			with self._archive.writing(now) as change:
				if read_situation(change.connection, request_id, self._policy, now.date()) != situation:
					raise RefusedByPolicy(
						"Something in this request changed meanwhile.", _NOTHING, "Look at the letter again."
					)
				number = books.next_letter_number(change.connection, request_id)
				ids = {name: self._archive.files.register(change.connection, one) for name, one in sealed.items()}
				letter_id = books.add_letter(
					change.connection,
					request_id,
					number,
					kind,
					letter.title,
					ids,
					sent_on=on,
					how=how,
					pack_number=pack,
					at=now,
				)
				record_with_letter(
					change,
					self._policy,
					situation.request,
					kind,
					on,
					letter_id,
					_known(draft.questions),
					now,
				)
				digests = {name: one.sha256 for name, one in sealed.items()}
				change.record(
					"sent a letter",
					{
						"request": request_id,
						"letter": letter_id,
						"kind": kind,
						"pack": pack,
						"on": on.isoformat(),
						"digest": books.mark(self._archive, digests),
					},
				)
				if also is not None:
					also(change)
				if answers and situation.request.status == "open":
					casebook.mark_answered(change.connection, request_id, on)
					change.record("recorded an answer", {"request": request_id, "on": on.isoformat()})
		except BaseException:
			for one in sealed.values():
				self._archive.files.discard(one)
			raise
		return next(one for one in self.sent(request_id) if one.id == letter_id)

	def sent(self, request_id: int) -> list[SentLetter]:
		"""Return the letters of a request that went out, in order."""
		with self._archive.reading() as connection:
			return books.sent_letters(connection, request_id)

	def sent_files(self, letter_id: int) -> dict[str, bytes]:
		"""Return a letter as it went out, by file name; raises `NotFound`."""
		with self._archive.reading() as connection:
			held = books.letter_files(connection, letter_id)
			return {path: self._archive.files.read_all(connection, file_id) for path, file_id in held.items()}

	def with_pack(self, letter_id: int) -> bytes:
		"""Return a letter that went out with a pack, and that pack behind it, as one PDF for the printer.

		Raises `NotFound` where there is no such letter, or it went out alone.
		"""
		with self._archive.reading() as connection:
			request_id, number = books.pack_of(connection, letter_id)
			letter, pack = (
				books.letter_files(connection, letter_id),
				casebook.pack_files(connection, request_id, number),
			)
			parts = [file_id for path, file_id in letter.items() if path.endswith(".pdf")]
			parts += [pack[path] for path in going_out(pack) if path.endswith(".pdf")]
			return one_after_another([self._archive.files.read_all(connection, one) for one in parts])

	def _ready(self, situation: Situation, kind: LetterKind, on: date) -> Draft:
		draft = self.draft(situation, kind, on=on)
		stopping = [one for one in draft.problems if one.stops]
		if stopping:
			more = f" There {'is' if len(stopping) == 2 else 'are'} {len(stopping) - 1} more." if stopping[1:] else ""
			raise RefusedByPolicy(f"{stopping[0].words}{more}", "No letter was made.", "Fill in what is missing.")
		return draft

	def _file(self, situation: Situation, letter: Filled, form: Form, on: date) -> bytes:
		if form == "txt":
			return f"{letter.title}\n\n{plain_text(letter)}".encode()
		page = LetterPage(
			subject=letter.title,
			blocks=letter.blocks,
			council=self._archive.council,
			reference=situation.request.reference,
			made_on=on,
			practice=self._archive.practice,
		)
		return letter_pdf(page) if form == "pdf" else letter_docx(page)

	def _of_council(self, name: str) -> bool:
		field = self._letters.fields.get(name)
		return field is not None and field.scope == "council"

	def _check_answer(self, name: str, value: str) -> None:
		field = self._letters.fields.get(name)
		code, _, part = name.rpartition(":")
		known = {one.code for one in self._policy.exemptions} | {one.code for one in self._letters.limbs}
		if field is None and not (code in known and part in GROUND_PARTS):
			raise CranfordError("That is nothing a letter asks for.", _NOTHING)
		if field is not None and field.scope == "known":
			raise CranfordError("The archive fills this in by itself.", _NOTHING)
		if field is not None and field.shape == "date" and value:
			try:
				date.fromisoformat(value)
			except ValueError as problem:
				raise CranfordError("That is not a day.", _NOTHING, "Give it as 2026-11-23.") from problem


def _known(questions: Sequence[Question]) -> dict[str, str]:
	return {one.field.name: one.value for one in questions}


def _which(situation: Situation, kind: LetterKind, *, everywhere: bool) -> dict[str, str | int | bool | None]:
	return {
		"kind": kind,
		"regime": situation.request.regime,
		"request": None if everywhere else situation.request.id,
	}
