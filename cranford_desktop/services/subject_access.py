"""A subject access request from "who is it?" to covering up everybody else."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date

from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.held_about import SENT_BY_THEM, Whom, places, reasons
from cranford_desktop.domain.membership import is_office
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.redacting import find
from cranford_desktop.domain.request_events import EventKind
from cranford_desktop.domain.subject_access import (
	OTHERS,
	Balance,
	Looked,
	Other,
	OtherAnswer,
	Subject,
	SubjectChoice,
	fits,
)
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.deciding import Deciding
from cranford_desktop.services.directory import Directory
from cranford_desktop.services.gathering import Gathering
from cranford_desktop.services.held_about import HeldAboutPeople
from cranford_desktop.services.redacting import Redacting
from cranford_desktop.services.request_events import RequestEvents
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook, people
from cranford_desktop.store import held_about as records
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive, Connection

_SUBJECT = "subject of request {}"
_ANSWERS = "other people in request {}"


class SubjectAccess:
	"""Keeps whom a request is about and what was weighed for others; deciding and covering go their usual ways."""

	def __init__(
		self,
		archive: Archive,
		clock: Clock,
		*,
		held: HeldAboutPeople,
		directory: Directory,
		gathering: Gathering,
		deciding: Deciding,
		redacting: Redacting,
		events: RequestEvents,
	) -> None:
		self._archive = archive
		self._clock = clock
		self._held = held
		self._directory = directory
		self._gathering = gathering
		self._deciding = deciding
		self._redacting = redacting
		self._events = events

	# who is it
	def choices(self, request_id: int) -> list[SubjectChoice]:
		"""Return everybody the request may be about: those whose name fits whoever asked first, then by name."""
		with self._archive.reading() as connection:
			requester = casebook.request(connection, request_id).requester
			unnamed = [one for one in people.senders(connection) if one.person_id is None]
			seen = records.seen_unnamed(connection)
		found = [
			SubjectChoice(
				name=one.name,
				person_id=one.person_id,
				role=one.role,
				numbers=one.numbers,
				messages=one.messages,
				first=one.first_seen,
				last=one.last_seen,
				fits=any(fits(name, requester) for name in (one.name, *one.other_names)),
			)
			for one in self._directory.entries()
		]
		found += [
			SubjectChoice(
				name=one.rendered,
				person_id=None,
				role=None,
				numbers=(one.rendered,) if phone_number(one.rendered) else (),
				messages=one.messages,
				first=seen[folded_name(one.rendered)][0] if folded_name(one.rendered) in seen else None,
				last=seen[folded_name(one.rendered)][1] if folded_name(one.rendered) in seen else None,
				fits=fits(one.rendered, requester),
			)
			for one in unnamed
		]
		return sorted(found, key=lambda one: (not one.fits, folded_name(one.name)))

	def subject(self, request_id: int) -> Subject | None:
		"""Return whom a request is about; None until the clerk has said so."""
		with self._archive.reading() as connection:
			return self._subject(connection, request_id)

	def waits_for_proof(self, request_id: int) -> bool:
		"""Return whether they were asked who they are and have not shown it yet: the month has not begun."""
		return "identity_shown" in self._events.offered(request_id)

	def proof(self, request_id: int, subject: Subject, on: date) -> None:
		"""Record that they were asked for proof on a day, or that they showed it, as `subject.sure` says; where that
		is on record already, nothing happens. Raises `RefusedByPolicy` for a day that cannot be.
		"""
		kind: EventKind = "identity_asked" if subject.sure == "asked" else "identity_shown"
		if kind in self._events.offered(request_id):
			self._events.record(request_id, kind, on)

	def choose(self, request_id: int, subject: Subject) -> None:
		"""Say whom a request is about. Raises `RefusedByPolicy` for a request that is not about somebody's own data."""
		if not plain_name(subject.name):
			raise RefusedByPolicy("Say who it is first.", NOTHING_CHANGED, "Choose a person, or type a name or number.")
		with self._archive.writing(self._clock()) as change:
			if casebook.request(change.connection, request_id).regime != "sar":
				raise RefusedByPolicy(
					"This request is not a subject access request.",
					NOTHING_CHANGED,
					"Change its type first, if they ask for what is held about them.",
				)
			person = people.find_person(change.connection, subject.name)
			kept = replace(subject, person_id=person.id if person else None)
			self._archive.set_setting(
				change.connection, _SUBJECT.format(request_id), json.dumps(asdict(kept), ensure_ascii=False)
			)
			change.record(
				"said whom a request is about",
				{"request": request_id, "person": kept.person_id or 0, "sure": kept.sure},
			)

	# looking
	def look(self, request_id: int, progress: Progress = unheard, stopped: Stopped = never) -> Looked:
		"""Look through everything for the person of a request; nothing is added yet. Raises `NotFound` without one."""
		subject = self._required(request_id)
		held = self._held.about(subject.name, subject.more, progress, stopped)
		with self._archive.reading() as connection:
			return Looked(held, frozenset(casebook.candidate_ids(connection, request_id)))

	def add(self, request_id: int, looked: Looked) -> int:
		"""Add all that was found to the request; return how many messages were new.

		What they sent is added as a search of its own, so that the request also keeps what they send in exports to
		come; the rest as it was found. Each writes its own search record.
		"""
		added = 0
		if any(one.place == "sent" for one in looked.held.items):
			added += self._gathering.gather(request_id, MessageFilter(person=looked.held.whom.name)).added
		rest = tuple(one.message_id for one in looked.held.items if one.message_id is not None and one.place != "sent")
		if rest:
			added += self._gathering.gather(request_id, MessageFilter(ids=tuple(dict.fromkeys(rest)))).added
		return added

	def why(self, request_id: int) -> dict[int, tuple[str, ...]]:
		"""Return why each message of the request is about the person; nothing for one that was added otherwise."""
		subject = self.subject(request_id)
		if subject is None:
			return {}
		why = reasons(self._held.whom(subject.name, subject.more))
		with self._archive.reading() as connection:
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
			own = self._own(connection, subject, rows)
		found = {}
		for row in rows:
			told = dict.fromkeys(reason for text in _words(row) for reason in why(text))
			if row.id in own:
				told = {SENT_BY_THEM: None, **told}
			if told:
				found[row.id] = tuple(told)
		return found

	# deciding
	def own_undecided(self, request_id: int) -> list[int]:
		"""Return the person's own messages that nothing is decided on: giving them is the usual thing, never done by
		itself.
		"""
		subject = self.subject(request_id)
		if subject is None:
			return []
		left = [
			one for one in self._deciding.candidates(request_id) if one.decision is None or one.changed_since_decided
		]
		with self._archive.reading() as connection:
			own = self._own(connection, subject, [one.row for one in left])
		return [one.row.id for one in left if one.row.id in own]

	def others(self, request_id: int, progress: Progress = unheard, stopped: Stopped = never) -> list[Other]:
		"""Return everybody else whom the archive knows and who wrote or is named in the request's messages.

		Those who stand there in no role of the council's come first, then by how often.
		"""
		with self._archive.reading() as connection:
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
			covered = casebook.redactions(connection, request_id)
		whoms = self._others(request_id)
		found: list[Other] = []
		for number, (whom, role) in enumerate(whoms):
			check(stopped)
			progress(number, len(whoms), "people")
			why = reasons(whom)
			theirs = {folded_name(one.words) for one in whom.looked_for} | {folded_name(whom.name)}
			wrote = [row for row in rows if row.sender and folded_name(row.sender) in theirs]
			named = sum(any(why(text) for text in _words(row)) for row in rows)
			if wrote or named:
				found.append(
					Other(
						name=whom.name,
						role=role,
						in_office=is_office(role) or any(is_office(row.role) for row in wrote),
						wrote=len(wrote),
						named=named,
						covered=any(
							one.kind == "person" and theirs & {folded_name(name) for name in one.names}
							for one in covered
						),
					)
				)
		return sorted(found, key=lambda one: (one.in_office, -(one.wrote + one.named), folded_name(one.name)))

	def marks(self, request_id: int) -> Callable[[str], list[tuple[int, int]]]:
		"""Return what says where in a text other people stand, to be tinted."""
		return places([whom for whom, _ in self._others(request_id)])

	def cover_others(self, request_id: int, names: Sequence[str], balance: Balance) -> list[Redaction]:
		"""Cover these people up under Schedule 2, paragraph 16, with what was weighed; those covered already stay.

		Raises `RefusedByPolicy` while a factor is not written down, and for the person the request is about.
		"""
		if balance.missing():
			raise RefusedByPolicy(
				"The balance is not written down yet.", NOTHING_CHANGED, "Fill in each of its five parts."
			)
		subject = self._required(request_id)
		mine = {folded_name(one.words) for one in self._held.whom(subject.name).looked_for}
		if any(folded_name(name) in mine for name in names):
			raise RefusedByPolicy(
				"The person who asked is never covered up from themselves.", NOTHING_CHANGED, "Take them off the list."
			)
		held = {
			folded_name(name)
			for one in self._redacting.redactions(request_id)
			if one.kind == "person"
			for name in one.names
		}
		made = [
			self._redacting.redact(request_id, "person", name, OTHERS, reason=balance.words())
			for name in names
			if folded_name(name) not in held
		]
		for name in names:
			made += [
				self._redacting.redact(request_id, "text", words, OTHERS, reason=balance.words())
				for words in self._still_open(request_id, name, mine)
			]
		self._keep(request_id, [OtherAnswer(name, "redact", balance.words()) for name in names])
		return made

	def leave_readable(self, request_id: int, answers: Sequence[OtherAnswer]) -> None:
		"""Keep why others stay readable: they agreed, or it is reasonable without; `RefusedByPolicy` without a why."""
		if any(one.outcome != "redact" and not one.why.strip() for one in answers):
			raise RefusedByPolicy(
				"A reason is missing.", NOTHING_CHANGED, "Say why they may be named: they agreed, or it is reasonable."
			)
		self._keep(request_id, answers)

	def answers(self, request_id: int) -> list[OtherAnswer]:
		"""Return what was decided about others, by name."""
		with self._archive.reading() as connection:
			return self._answers(connection, request_id)

	# the check, turned round
	def own_name_covered(self, request_id: int) -> list[tuple[Redaction, int]]:
		"""Return what covers the person's own name, number or address up, with the number of messages it does so in."""
		subject = self.subject(request_id)
		if subject is None:
			return []
		mine = places([self._held.whom(subject.name)])
		with self._archive.reading() as connection:
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
			redactions = casebook.redactions(connection, request_id)
		found = []
		for one in redactions:
			number = sum(any(_meet(mine(text), text, one, row.id) for text in _texts(row)) for row in rows)
			if number:
				found.append((one, number))
		return found

	def warnings(self, request_id: int) -> tuple[str, ...]:
		"""Return what the clerk should look at before a pack goes out; nothing for another kind of request."""
		with self._archive.reading() as connection:
			if casebook.request(connection, request_id).regime != "sar":
				return ()
		if self.subject(request_id) is None:
			return ("Nobody has said whom this request is about, so their own name could not be looked for.",)
		told = []
		if self.waits_for_proof(request_id):
			told.append("They have not shown who they are yet. Give nothing out before.")
		covered = sum(number for _, number in self.own_name_covered(request_id))
		if covered:
			where = "place" if covered == 1 else "places"
			told.append(
				f"The person’s own name, number or address is covered up in {covered:,} {where}. They may read it."
			)
		return tuple(told)

	def _others(self, request_id: int) -> list[tuple[Whom, str | None]]:
		"""Return everybody the archive knows but the person of the request, with today's role."""
		subject = self.subject(request_id)
		mine = {folded_name(one.words) for one in self._held.whom(subject.name).looked_for} if subject else set()
		known = [(one.name, one.role) for one in self._directory.entries()]
		with self._archive.reading() as connection:
			known += [(one.rendered, None) for one in people.senders(connection) if one.person_id is None]
		return [(self._held.whom(name), role) for name, role in known if folded_name(name) not in mine]

	def _still_open(self, request_id: int, name: str, mine: set[str]) -> list[str]:
		"""Return in which other words somebody who is covered up can still be read: without a title, "Mrs Hartley"."""
		with self._archive.reading() as connection:
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
			held = casebook.redactions(connection, request_id)
		found: list[str] = []
		for one in self._held.whom(name).looked_for:
			if one.sort == "number" or folded_name(one.words) in mine:
				continue
			trial = (Redaction(0, "person", one.words, "", names=(one.words,)),)
			more = [Redaction(0, "text", words, "") for words in found]
			if any(_shows(text, trial, [*held, *more], row.id) for row in rows for text in _texts(row)):
				found.append(one.words)
		return found

	def _own(self, connection: Connection, subject: Subject, rows: Sequence[MessageRow]) -> set[int]:
		wanted = MessageFilter(person=subject.name, ids=tuple(row.id for row in rows), with_set_aside=True)
		return set(books.message_ids(connection, wanted))

	def _required(self, request_id: int) -> Subject:
		subject = self.subject(request_id)
		if subject is None:
			raise NotFound("Nobody has said whom this request is about.", NOTHING_CHANGED, "Say who it is first.")
		return subject

	def _subject(self, connection: Connection, request_id: int) -> Subject | None:
		kept = self._archive.setting(connection, _SUBJECT.format(request_id))
		if kept is None:
			return None
		read = json.loads(kept)
		return Subject(read["name"], read["person_id"], tuple(read["more"]), read["sure"])

	def _answers(self, connection: Connection, request_id: int) -> list[OtherAnswer]:
		kept = self._archive.setting(connection, _ANSWERS.format(request_id))
		return [OtherAnswer(**one) for one in json.loads(kept)] if kept else []

	def _keep(self, request_id: int, answers: Sequence[OtherAnswer]) -> None:
		with self._archive.writing(self._clock()) as change:
			held = {folded_name(one.name): one for one in self._answers(change.connection, request_id)}
			held |= {folded_name(one.name): one for one in answers}
			self._archive.set_setting(
				change.connection,
				_ANSWERS.format(request_id),
				json.dumps([asdict(one) for one in held.values()], ensure_ascii=False),
			)
			change.record(
				"weighed what becomes of other people",
				{
					"request": request_id,
					"covered": sum(one.outcome == "redact" for one in answers),
					"readable": sum(one.outcome != "redact" for one in answers),
				},
			)


def _words(row: MessageRow) -> tuple[str, ...]:
	"""Return what a message says, and how its files are called."""
	return tuple(text for text in (row.text or row.raw, *(one.name for one in row.attachments)) if text)


def _texts(row: MessageRow) -> tuple[str, ...]:
	"""Return the same with the name of its sender."""
	return (*_words(row), row.sender) if row.sender else _words(row)


def _meet(mine: Sequence[tuple[int, int]], text: str, redaction: Redaction, message_id: int) -> bool:
	"""Say whether a redaction covers any of these stretches of a text."""
	if not mine:
		return False
	covered = find(text, (redaction,), message_id)
	return any(one.start < end and start < one.end for one in covered for start, end in mine)


def _shows(text: str, trial: tuple[Redaction], held: Sequence[Redaction], message_id: int) -> bool:
	"""Say whether what `trial` finds in a text can be read beside what is covered."""
	at = find(text, trial)
	if not at:
		return False
	covered = find(text, held, message_id)
	return any(not any(one.start <= here.start and here.end <= one.end for one in covered) for here in at)
