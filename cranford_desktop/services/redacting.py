"""Covering up in a request: words, patterns, people and stretches of one message."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from cranford_desktop.domain.covering import ALL_TICKED, Ticks, name_key
from cranford_desktop.domain.disclosure import Covered, Piece, Redaction
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.personal_data import PATTERNS
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.redacting import LONGEST_TEXT, find, matches_anything
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED, candidates, members
from cranford_desktop.services.written_request import check_stand_in
from cranford_desktop.store import casebook
from cranford_desktop.store import decision_steps as steps
from cranford_desktop.store.archive import Archive, Change, Connection
from cranford_desktop.store.people import names_of
from cranford_desktop.store.photo_areas import photo_areas

RedactionKind = Literal["text", "pattern", "person", "span"]
_AROUND = 40
"""Characters shown on either side of a place that a redaction would cover."""
_STAND_INS = ("Resident", "Person", "Name")
"""Words of the stand-ins that are offered, numbered; a later one where an earlier is itself covered up."""


class Redacting:
	"""Keeps what is covered up in requests; each change is recorded by number, never by name."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def places(self, request_id: int, kind: RedactionKind, value: str) -> list[tuple[int, tuple[Piece, ...]]]:
		"""Return where a redaction would bite: message id and the words around, what it would cover as a label."""
		if kind == "span" or not _can_be_looked_for(kind, value):
			return []
		with self._archive.reading() as connection:
			trial = _trial(connection, kind, value)
			found_in = candidates(connection, request_id)
		found: list[tuple[int, tuple[Piece, ...]]] = []
		for row in (candidate.row for candidate in found_in):
			for text in (row.text, row.sender, *(one.name for one in row.attachments)):
				found += ((row.id, _snippet(text or "", one)) for one in find(text or "", (trial,)))
		return found

	def redact(
		self,
		request_id: int,
		kind: RedactionKind,
		value: str,
		exemption: str,
		reason: str | None = None,
		stand_in: str | None = None,
		message_id: int | None = None,
		start: int | None = None,
		end: int | None = None,
		ticks: Ticks = ALL_TICKED,
	) -> Redaction:
		"""Cover a text, a pattern or a person everywhere in this request, or a stretch of one message's shown text.

		A person is given by a confirmed name or any rendering: every name, number and address known of them is covered
		as whole words, as far as `ticks` say nothing else. Raises `NotFound` for a person whom nobody knows.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			held = casebook.redactions(change.connection, request_id)
			if kind == "span":
				value = self._stretch(change.connection, request_id, message_id, start, end)
			elif not _can_be_looked_for(kind, value):
				raise RefusedByPolicy(
					"There is nothing to look for.",
					NOTHING_CHANGED,
					"Give the words, the number or one of the patterns.",
				)
			trial = _trial(change.connection, kind, value, ticks)
			_require_something(trial)
			told = check_stand_in(stand_in, [*held, trial])
			for one in held:
				if kind in ("text", "person") and one.stand_in and find(one.stand_in, (trial,)):
					raise RefusedByPolicy(
						"These words are part of what stands in place of something else you covered.",
						NOTHING_CHANGED,
						"Change that one first.",
					)
			redaction = casebook.add_redaction(
				change.connection,
				request_id,
				kind=kind,
				value=value,
				exemption=find_exemption(self._tables, exemption, request.regime).code,
				reason=_told(reason),
				stand_in=told,
				message_id=message_id if kind == "span" else None,
				start=start if kind == "span" else None,
				end=end if kind == "span" else None,
				ticks=ticks if kind == "person" else ALL_TICKED,
				at=now,
			)
			self._keep_step(change, request_id, redaction, made=True)
			change.record(
				"covered something up",
				{"request": request_id, "redaction": redaction.id, "kind": kind, "exemption": redaction.exemption},
			)
		return redaction

	def remove_redaction(self, request_id: int, redaction_id: int) -> None:
		"""Take a redaction back: its words may be read again in the next pack."""
		with self._archive.writing(self._clock()) as change:
			casebook.request(change.connection, request_id)
			for one in casebook.redactions(change.connection, request_id):
				if one.id == redaction_id:
					self._keep_step(change, request_id, one, made=False)
			casebook.remove_redaction(change.connection, request_id, redaction_id)
			change.record("took a redaction back", {"request": request_id, "redaction": redaction_id})

	def _keep_step(self, change: Change, request_id: int, redaction: Redaction, *, made: bool) -> None:
		"""Let a covering-up, or taking one off, be taken back like a decision."""
		at = redaction.message_id or steps.first_message(change.connection, request_id)
		if at is not None:
			before = steps.covering_before(change.connection, request_id, redaction.id, made=made)
			words = "1 covering-up" if made else "1 covering-up taken off"
			steps.add_step(change.connection, request_id, at, words, before, self._clock())

	def redactions(self, request_id: int) -> list[Redaction]:
		"""Return what is covered up in a request, in the order it was done."""
		with self._archive.reading() as connection:
			return list(casebook.redactions(connection, request_id))

	def next_stand_in(self, request_id: int, person: str = "") -> str:
		"""Return the stand-in to offer: what already stands for this person, else the first that is free."""
		held = self.redactions(request_id)
		for one in held:
			if person and one.stand_in and name_key(person) in map(name_key, (one.value, *one.names)):
				return one.stand_in
		taken = {folded_name(one.stand_in) for one in held if one.stand_in}
		for word in _STAND_INS:
			for number in range(1, len(taken) + 2):
				offered = f"{word} {number}"
				if folded_name(offered) not in taken and not find(offered, _everywhere(held)):
					return offered
		return ""

	def nothing_covered(self, request_id: int) -> bool:
		"""Return whether nothing at all is covered up in a request, words and pictures: worth asking once."""
		with self._archive.reading() as connection:
			casebook.regime_of(connection, request_id)
			return not photo_areas(connection, request_id) and not any(
				one.is_covered for one in candidates(connection, request_id)
			)

	def _stretch(
		self, connection: Connection, request_id: int, message_id: int | None, start: int | None, end: int | None
	) -> str:
		"""Return the words of a span; raises where it lies outside the message's shown text."""
		if message_id is not None and start is not None and end is not None:
			text = members(connection, request_id, [message_id])[0].text or ""
			if 0 <= start < end <= len(text):
				return text[start:end]
		raise RefusedByPolicy("Nothing is selected.", NOTHING_CHANGED, "Select the words to cover in one message.")


def _can_be_looked_for(kind: str, value: str) -> bool:
	if kind == "pattern":
		return value in PATTERNS
	return kind in ("text", "person") and matches_anything(value) and len(value) <= LONGEST_TEXT


def _trial(connection: Connection, kind: RedactionKind, value: str, ticks: Ticks = ALL_TICKED) -> Redaction:
	names = names_of(connection, value) if kind == "person" else ()
	if kind == "person" and not names:
		raise NotFound("Nobody of that name or number is known.", NOTHING_CHANGED, "Choose somebody from the list.")
	return Redaction(0, kind, value, "", names=ticks.covered(names), ticks=ticks)


def _require_something(trial: Redaction) -> None:
	"""Refuse a person of whom nothing is ticked, or whose names would be left readable by a phrase that is theirs."""
	if trial.kind != "person":
		return
	whole = replace(trial, ticks=ALL_TICKED)
	if not trial.names:
		raise RefusedByPolicy("No name of this person is ticked.", NOTHING_CHANGED, "Tick what is to be covered.")
	for phrase in trial.ticks.phrases:
		covered = sum(one.end - one.start for one in find(phrase, (whole,)))
		if covered >= len(phrase.strip()):
			raise RefusedByPolicy(
				"A name that is to stay readable is a name of this person.", NOTHING_CHANGED, "Tick it, or untick both."
			)


def _snippet(text: str, one: Covered) -> tuple[Piece, ...]:
	before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
	before = f"…{before}" if one.start > _AROUND else before
	after = f"{after}…" if one.end + _AROUND < len(text) else after
	pieces = (Piece(before), Piece(text[one.start : one.end], is_label=True), Piece(after))
	return tuple(piece for piece in pieces if piece.text)


def _everywhere(redactions: Sequence[Redaction]) -> tuple[Redaction, ...]:
	return tuple(one for one in redactions if one.kind in ("text", "person"))


def _told(text: str | None) -> str | None:
	return (text or "").strip() or None
