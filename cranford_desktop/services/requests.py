"""Requests for information: record one, gather what it asks for, decide message by message, cover up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from cranford_desktop.domain.clocks import Deadline, deadline
from cranford_desktop.domain.describing import describe
from cranford_desktop.domain.disclosure import (
	CHOICES,
	Candidate,
	Choice,
	Covered,
	Exemption,
	Piece,
	Redaction,
	Regime,
	Request,
	RequestRecord,
	SearchRecord,
)
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.personal_data import PATTERNS
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.redacting import LONGEST_TEXT, find, matches_anything
from cranford_desktop.domain.retention import hold_ends
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.pack_building import PackBuilder
from cranford_desktop.services.written_request import check_reference, check_stand_in
from cranford_desktop.store import casebook
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.people import names_of

RedactionKind = Literal["text", "pattern", "person", "span"]
NOTHING_CHANGED = "Nothing was changed."
_AROUND = 40
"""Characters shown on either side of a place that a redaction would cover."""


class Requests:
	"""Keeps requests, their messages, decisions and redactions; each change is recorded by number, never by name."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def next_reference(self, regime: Regime) -> str:
		"""Return the reference a new request would get: FOI-2026-001, EIR-…, SAR-…."""
		with self._archive.reading() as connection:
			return self._next_reference(connection, regime)

	def deadline(self, regime: Regime, received: date) -> Deadline:
		"""Return when a request that arrived on a day has to be answered, with the working."""
		return deadline(regime, received, holidays=self._tables.holidays, rules=self._tables.clocks)

	def create(
		self, *, regime: Regime, received: date, requester: str, wording: str, reference: str | None = None
	) -> Request:
		"""Record a request; until its set is confirmed it keeps the whole archive from being erased."""
		now = self._clock()
		if received > now.date():
			raise RefusedByPolicy(
				"The day it arrived has not come yet.",
				NOTHING_CHANGED,
				"Give the day on which it reached the council.",
			)
		due = self.deadline(regime, received).due
		given = check_reference(reference) if reference is not None else None
		with self._archive.writing(now) as change:
			named = given or self._next_reference(change.connection, regime)
			if casebook.request_by_reference(change.connection, named) is not None:
				raise RefusedByPolicy(
					f"There is a request with the reference {named} already.",
					NOTHING_CHANGED,
					"Choose another reference.",
				)
			request_id = casebook.create_request(
				change.connection,
				reference=named,
				regime=regime,
				received=received,
				requester=requester.strip(),
				wording=wording.strip(),
				at=now,
			)
			change.record(
				"recorded a request",
				{"request": request_id, "regime": regime, "received": received.isoformat(), "due": due.isoformat()},
			)
		return self.get(request_id)

	def requests(self) -> list[Request]:
		"""Return all requests, the newest first."""
		with self._archive.reading() as connection:
			return [self._request(connection, one) for one in casebook.requests(connection)]

	def get(self, request_id: int) -> Request:
		"""Return one request; raises `NotFound`."""
		with self._archive.reading() as connection:
			return self._request(connection, casebook.request(connection, request_id))

	def gather(self, request_id: int, wanted: MessageFilter) -> SearchRecord:
		"""Add what a search finds to the request's messages; the search writes its own record, for the internal log.

		What was marked personal or set aside is found as well, whatever the search says of it.
		"""
		now = self._clock()
		wanted = replace(wanted, without_personal=False)
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			ids = books.message_ids(change.connection, replace(wanted, with_set_aside=True))
			added = casebook.add_messages(change.connection, request_id, ids, now)
			record = SearchRecord(now, describe(wanted), len(ids), added)
			casebook.add_search(change.connection, request_id, record)
			if wanted.ids is None and wanted not in request.include:
				casebook.set_source(change.connection, request_id, include=(*request.include, wanted))
			change.record("searched for a request", {"request": request_id, "found": len(ids), "added": added})
		return record

	def remove(self, request_id: int, message_ids: Sequence[int]) -> None:
		"""Take messages out of the request's set, with what was decided on them."""
		with self._archive.writing(self._clock()) as change:
			casebook.request(change.connection, request_id)
			casebook.remove_messages(change.connection, request_id, message_ids)
			change.record("took messages out of a request", {"request": request_id, "messages": len(message_ids)})

	def searches(self, request_id: int) -> list[SearchRecord]:
		"""Return the searches made for a request, in order."""
		with self._archive.reading() as connection:
			return list(casebook.searches(connection, request_id))

	def confirm_set(self, request_id: int) -> None:
		"""Confirm that the set is complete: from now on only its messages are kept from being erased."""
		with self._archive.writing(self._clock()) as change:
			casebook.request(change.connection, request_id)
			casebook.set_confirmed(change.connection, request_id)
			change.record("confirmed the set of a request", {"request": request_id})

	def candidates(self, request_id: int) -> list[Candidate]:
		"""Return the request's messages by group and conversation order, with decisions and what is covered."""
		with self._archive.reading() as connection:
			return candidates(connection, request_id)

	def decide(
		self,
		request_id: int,
		message_ids: Sequence[int],
		choice: Choice,
		*,
		exemption: str | None = None,
		reason: str | None = None,
		prejudice: str | None = None,
		public_interest: str | None = None,
		balance: str | None = None,
		with_media: bool = False,
	) -> None:
		"""Decide what becomes of messages; a later decision replaces an earlier one. Withholding needs an exemption."""
		if choice not in CHOICES:
			raise RefusedByPolicy("That is not a decision.", NOTHING_CHANGED, f"Known ones: {', '.join(CHOICES)}.")
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			code = find_exemption(self._tables, exemption, request.regime).code if exemption else None
			if choice == "withhold" and code is None:
				raise RefusedByPolicy(
					"Withholding a message needs an exemption.", NOTHING_CHANGED, "Choose the exemption that applies."
				)
			rows = self._members(change.connection, request_id, message_ids)
			casebook.decide(
				change.connection,
				request_id,
				[row.id for row in rows],
				choice,
				exemption=code,
				reason=_told(reason),
				prejudice=_told(prejudice),
				public_interest=_told(public_interest),
				balance=_told(balance),
				with_media=with_media,
				at=now,
			)
			change.record(
				"decided on messages",
				{"request": request_id, "messages": len(rows), "decision": choice, "exemption": code},
			)

	def undecide(self, request_id: int, message_ids: Sequence[int]) -> None:
		"""Take decisions back: the messages are undecided again."""
		with self._archive.writing(self._clock()) as change:
			casebook.request(change.connection, request_id)
			casebook.undecide(change.connection, request_id, message_ids)
			change.record("took decisions back", {"request": request_id, "messages": len(message_ids)})

	def places(self, request_id: int, kind: RedactionKind, value: str) -> list[tuple[int, tuple[Piece, ...]]]:
		"""Return where a redaction would bite: message id and the words around, what it would cover as a label."""
		if kind == "span" or not _can_be_looked_for(kind, value):
			return []
		with self._archive.reading() as connection:
			trial = _trial(connection, kind, value)
		found: list[tuple[int, tuple[Piece, ...]]] = []
		for row in (candidate.row for candidate in self.candidates(request_id)):
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
	) -> Redaction:
		"""Cover a text, a pattern or a person everywhere in this request, or a stretch of one message's shown text.

		A person is given by a confirmed name or any rendering: every name, number and address known of them is covered
		as whole words. Raises `NotFound` for a person whom nobody knows.
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
			trial = _trial(change.connection, kind, value)
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
				at=now,
			)
			change.record(
				"covered something up",
				{"request": request_id, "redaction": redaction.id, "kind": kind, "exemption": redaction.exemption},
			)
		return redaction

	def remove_redaction(self, request_id: int, redaction_id: int) -> None:
		"""Take a redaction back: its words may be read again in the next pack."""
		with self._archive.writing(self._clock()) as change:
			casebook.request(change.connection, request_id)
			casebook.remove_redaction(change.connection, request_id, redaction_id)
			change.record("took a redaction back", {"request": request_id, "redaction": redaction_id})

	def redactions(self, request_id: int) -> list[Redaction]:
		"""Return what is covered up in a request, in the order it was done."""
		with self._archive.reading() as connection:
			return list(casebook.redactions(connection, request_id))

	def exemptions(self, regime: Regime) -> list[Exemption]:
		"""Return the exemptions that a message or a stretch of words can have under a law."""
		return [one for one in self._tables.exemptions if regime in one.regimes]

	def requester_view(self, request_id: int, message_id: int) -> tuple[Piece, ...] | None:
		"""Return a message's words exactly as the pack will say them; None where it is not in the pack."""
		return self.requester_views(request_id, [message_id])[message_id]

	def requester_views(self, request_id: int, message_ids: Sequence[int]) -> dict[int, tuple[Piece, ...] | None]:
		"""Return the requester's view of many messages at once, by message id."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			rows = self._members(connection, request_id, message_ids)
			decisions = casebook.decisions(connection, request_id)
			redactions = casebook.redactions(connection, request_id)
		builder = PackBuilder(request.reference, redactions, self._tables.exemptions, request.regime)
		entries = {row.id: builder.entry(row, decisions.get(row.id), 1) for row in rows}
		return {message_id: entry.body if entry else None for message_id, entry in entries.items()}

	def undecided(self, request_id: int) -> int:
		"""Count the messages that still need a decision: none yet, or changed since."""
		return self.get(request_id).undecided

	def mark_answered(self, request_id: int, on: date) -> None:
		"""Record the day the answer went out."""
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			if not request.received <= on <= now.date():
				raise RefusedByPolicy(
					"The day of the answer lies before the request or in the future.",
					NOTHING_CHANGED,
					"Give the day on which it was sent.",
				)
			casebook.mark_answered(change.connection, request_id, on)
			change.record("recorded an answer", {"request": request_id, "on": on.isoformat()})

	def _next_reference(self, connection: Connection, regime: Regime) -> str:
		start = f"{regime.upper()}-{self._clock().year}-"
		return f"{start}{casebook.next_number(connection, start):03d}"

	def _request(self, connection: Connection, kept: RequestRecord) -> Request:
		changed = casebook.changed_since_decided(connection, kept.id) if kept.candidates else ()
		return Request(
			id=kept.id,
			reference=kept.reference,
			regime=kept.regime,
			received=kept.received,
			requester=kept.requester,
			wording=kept.wording,
			due=self.deadline(kept.regime, kept.received).due,
			status=kept.status,
			set_confirmed=kept.set_confirmed,
			created_at=kept.created_at,
			candidates=kept.candidates,
			undecided=kept.undecided + len(changed),
			packs=kept.packs,
			answered_on=kept.answered_on,
			kept_until=hold_ends(kept.answered_on, self._tables.holidays, self._tables.clocks)
			if kept.answered_on is not None
			else None,
		)

	def _members(self, connection: Connection, request_id: int, message_ids: Sequence[int]) -> list[MessageRow]:
		"""Return the rows of these messages; raises `NotFound` where one is not in the request's set."""
		members = set(casebook.candidate_ids(connection, request_id))
		if any(one not in members for one in message_ids):
			raise NotFound(
				"That message is not among this request's messages.", NOTHING_CHANGED, "Add it to the request first."
			)
		return books.rows(connection, list(dict.fromkeys(message_ids)))

	def _stretch(
		self, connection: Connection, request_id: int, message_id: int | None, start: int | None, end: int | None
	) -> str:
		"""Return the words of a span; raises where it lies outside the message's shown text."""
		if message_id is not None and start is not None and end is not None:
			text = self._members(connection, request_id, [message_id])[0].text or ""
			if 0 <= start < end <= len(text):
				return text[start:end]
		raise RefusedByPolicy("Nothing is selected.", NOTHING_CHANGED, "Select the words to cover in one message.")


def candidates(connection: Connection, request_id: int) -> list[Candidate]:
	"""Return a request's messages with decisions and what is covered; for this service and for making packs."""
	casebook.request(connection, request_id)
	decisions = casebook.decisions(connection, request_id)
	changed = casebook.changed_since_decided(connection, request_id)
	redactions = casebook.redactions(connection, request_id)
	known: dict[str, tuple[tuple[str, Redaction], ...]] = {}

	def beside(row: MessageRow) -> tuple[tuple[str, Redaction], ...]:
		found: list[tuple[str, Redaction]] = []
		for name in (row.sender, *(one.name for one in row.attachments)):
			if name and name not in known:
				known[name] = tuple((name[one.start : one.end], one.redaction) for one in find(name, redactions))
			found += known.get(name or "", ())
		return tuple(found)

	return [
		Candidate(row, decisions.get(row.id), find(row.text or "", redactions, row.id), row.id in changed, beside(row))
		for row in books.rows(connection, casebook.candidate_ids(connection, request_id))
	]


def _can_be_looked_for(kind: str, value: str) -> bool:
	if kind == "pattern":
		return value in PATTERNS
	return kind in ("text", "person") and matches_anything(value) and len(value) <= LONGEST_TEXT


def _trial(connection: Connection, kind: RedactionKind, value: str) -> Redaction:
	return Redaction(0, kind, value, "", names=names_of(connection, value) if kind == "person" else ())


def _snippet(text: str, one: Covered) -> tuple[Piece, ...]:
	before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
	before = f"…{before}" if one.start > _AROUND else before
	after = f"{after}…" if one.end + _AROUND < len(text) else after
	pieces = (Piece(before), Piece(text[one.start : one.end], is_label=True), Piece(after))
	return tuple(piece for piece in pieces if piece.text)


def _told(text: str | None) -> str | None:
	return (text or "").strip() or None
