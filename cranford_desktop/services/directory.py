"""The directory of people: their page, what is kept of them, joining and parting, leavers, and who read the policy."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cranford_desktop.documents.member_sheets import acknowledgement_pdf, new_member_pdf
from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.directory import (
	DETAIL_KINDS,
	Contact,
	ContactMatch,
	DetailKind,
	DirectoryEntry,
	LeaverStep,
	PeopleJoin,
	PersonPage,
)
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import CranfordError, NotFound, ProblemWithFile
from cranford_desktop.ingest.contacts import LARGEST_BYTES, read_contacts
from cranford_desktop.letter_words import acknowledgement_words, new_member_words
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.policy_review import PolicyReview
from cranford_desktop.store import directory as books
from cranford_desktop.store import people, reviews, terms
from cranford_desktop.store.archive import Archive, Connection

CLERK, FILE = "clerk", "contacts file"
_NOTHING = "Nothing was changed."


class Directory:
	"""What the council keeps of each person. Nothing else waits for any of it."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables, policy: PolicyReview) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._policy = policy

	def entries(self) -> list[DirectoryEntry]:
		"""Return everybody in the directory, by name; goes over every message once (half a second for a million)."""
		with self._archive.reading() as connection:
			return self._entries(connection)

	def page(self, person_id: int) -> PersonPage:
		"""Return everything the archive knows of one person; raises `NotFound`."""
		with self._archive.reading() as connection:
			entry = self._entry(connection, person_id)
			words = books.words_for(entry)
			return PersonPage(
				entry=entry,
				said=entry.messages,
				mentioned=books.mentioned(connection, entry, words),
				mention_words=words,
				cases=tuple(books.cases_of(connection, entry)),
				requests=tuple(books.requests_of(connection, entry)),
			)

	def add(self, name: str, role: str | None = None, start: date | None = None) -> int:
		"""Enter a person whom no chat need show, a new member for example; return their number.

		With a first day the role is a term of office, without one it holds for all time. Raises `CranfordError` without
		a name or for a day without a role, `NotFound` for a name that is taken.
		"""
		words, now = _words(name, "A person needs a name.", "Say who it is."), self._clock()
		office = " ".join((role or "").split()) or None
		with self._archive.writing(now) as change:
			if start is None:
				person_id = books.add_person(change.connection, words, office, now)
				change.record("added a person", {"person": person_id})
			else:
				held = _words(office or "", "A first day needs a role.", "Say what the role is.")
				person_id = books.add_person(change.connection, words, None, now)
				term_id = terms.put_term(change.connection, person_id, held, start, None)
				change.record("added a person", {"person": person_id, "term": term_id})
		return person_id

	def rename(self, person_id: int, name: str) -> None:
		"""Give a person another name; raises `NotFound` where it is somebody else's."""
		words = _words(name, "A person needs a name.", "Say who it is.")
		with self._archive.writing(self._clock()) as change:
			books.rename(change.connection, person_id, words)
			change.record("changed what is kept of a person", {"person": person_id, "what": "name"})

	def add_detail(self, person_id: int, kind: DetailKind, value: str) -> None:
		"""Keep a nickname, number, e-mail address, postal address or note of a person.

		Raises `CranfordError` for an empty one, a number that is none, or an address that is none.
		"""
		words = _words(value, "There is nothing to keep.", "Type it first.")
		if kind not in DETAIL_KINDS:
			raise AssertionError("no such kind of detail")
		if kind == "phone" and phone_number(words) is None:
			raise CranfordError("That is no telephone number.", _NOTHING, "Type it with its area code.")
		if kind == "email" and (words.count("@") != 1 or " " in words):
			raise CranfordError("That is not one e-mail address.", _NOTHING, "Check the address.")
		with self._archive.writing(self._clock()) as change:
			added = books.add_detail(change.connection, person_id, kind, words, CLERK)
			change.record("changed what is kept of a person", {"person": person_id, "what": kind, "added": added})

	def drop_detail(self, detail_id: int) -> None:
		"""Keep something no longer; raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			person_id = books.drop_detail(change.connection, detail_id)
			change.record("changed what is kept of a person", {"person": person_id, "added": False})

	def join(self, kept_id: int, gone_id: int) -> int:
		"""Make two people one, who keeps the first one's name; return the join's number. Raises `NotFound`."""
		now = self._clock()
		with self._archive.writing(now) as change:
			number = books.join(change.connection, kept_id, gone_id, now)
			change.record("joined two people", {"join": number, "person": kept_id, "gone": gone_id})
		return number

	def joins(self, person_id: int) -> list[PeopleJoin]:
		"""Return who was made one with a person, newest first."""
		with self._archive.reading() as connection:
			return books.joins(connection, person_id)

	def part(self, join_id: int) -> int:
		"""Part two people again; return the number of the one who is back. Raises `NotFound`."""
		now = self._clock()
		with self._archive.writing(now) as change:
			back = books.part(change.connection, join_id, now)
			change.record("parted two people", {"join": join_id, "person": back})
		return back

	# contacts
	def read_contacts(self, path: Path) -> tuple[list[ContactMatch], int]:
		"""Read a contacts file and say whom each entry may be; nothing is written. Also: how many tell nothing.

		Only entries are returned that fit somebody in the archive: others are no business of the council's records.
		Raises `ProblemWithFile`.
		"""
		try:
			if path.stat().st_size > LARGEST_BYTES:
				raise ProblemWithFile("This file is larger than any list of contacts.", "Nothing was taken from it.")
			data = path.read_bytes()
		except OSError as problem:
			raise ProblemWithFile(
				f"The file could not be read: {problem.strerror}.", "Nothing was taken from it.", "Choose it again."
			) from None
		found = read_contacts(data)
		with self._archive.reading() as connection:
			matches = self._matches(connection, found.contacts)
		return matches, found.left_out + len(found.contacts) - len(matches)

	def take_contacts(self, matches: Sequence[ContactMatch]) -> int:
		"""Keep what these contacts add, in one go; return how many people it was about."""
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			taken = 0
			for one in matches:
				person_id = one.person_id
				for rendered in one.unnamed:
					person_id = people.name_sender(c, rendered, one.person or one.contact.name, None, now)
				if person_id is None:
					continue
				for kind, value in one.fresh:
					books.add_detail(c, person_id, kind, value, FILE)
				taken += 1
			change.record("took in contacts", {"people": taken})
		return taken

	def _matches(self, connection: Connection, contacts: Sequence[Contact]) -> list[ContactMatch]:
		by_number: dict[str, DirectoryEntry] = {}
		by_name: dict[str, DirectoryEntry] = {}
		for entry in self._entries(connection):
			for number in entry.numbers:
				by_number.setdefault(books.detail_key("phone", number), entry)
			for name in (entry.name, *entry.other_names):
				by_name.setdefault(folded_name(name), entry)
		free = books.unnamed(connection)
		found = []
		for contact in contacts:
			keys = {books.detail_key("phone", one): one for one in contact.phones}
			names = [folded_name(one) for one in (contact.name, *contact.nicknames)]
			known = next((by_number[key] for key in keys if key in by_number), None) or by_name.get(names[0])
			loose = tuple(dict.fromkeys(free[key] for key in (*keys, *names) if key in free))
			fresh = _fresh(contact, known)
			if loose or (known is not None and fresh):
				found.append(
					ContactMatch(
						contact,
						known.person_id if known else None,
						known.name if known else None,
						loose,
						fresh,
					)
				)
		return found

	# leavers and the policy
	def leaver_steps(self, person_id: int) -> list[LeaverStep]:
		"""Return what is to be done when a member leaves, with what was done."""
		with self._archive.reading() as connection:
			return books.steps(connection, person_id, tuple(self._tables.leavers))

	def set_leaver_step(self, person_id: int, key: str, done_on: date | None, note: str = "") -> None:
		"""Record a step as done on a day, or as still to do (None). Raises `CranfordError` for a day to come."""
		if all(one.key != key for one in self._tables.leavers):
			raise NotFound("There is no such step.", _NOTHING)
		self._past(done_on)
		with self._archive.writing(self._clock()) as change:
			books.set_step(change.connection, person_id, key, done_on, note.strip())
			change.record("did a leaver's step", {"person": person_id, "step": key, "done": done_on is not None})

	def acknowledge(self, person_id: int, on: date, how: str) -> None:
		"""Record that a person acknowledged the policy in force: on which day, and how ("signed slip", "e-mail")."""
		words = _words(how, "Say how they acknowledged it.", "For example: signed slip, e-mail, at the meeting.")
		self._past(on)
		now = self._clock()
		with self._archive.writing(now) as change:
			policy_id = self._policy_id(change.connection)
			books.acknowledge(change.connection, person_id, policy_id, on, words, now)
			change.record("acknowledged the policy", {"person": person_id, "policy": policy_id})

	def acknowledgement_slip(self, person_id: int) -> bytes:
		"""Return the slip on which a member signs that they have read the policy in force, as a PDF."""
		with self._archive.reading() as connection:
			entry = self._entry(connection, person_id)
		words = acknowledgement_words(self._filled())
		return acknowledgement_pdf(
			words.title,
			words.opening,
			words.points,
			words.ending,
			entry.name,
			self._archive.council,
			self._clock().date(),
			self._archive.practice,
		)

	def new_member_sheet(self) -> bytes:
		"""Return the sheet for a new member: what the policy asks of them, as a PDF."""
		words = new_member_words(self._filled())
		return new_member_pdf(
			words.title,
			words.opening,
			words.parts,
			words.ending,
			self._archive.council,
			self._clock().date(),
			self._archive.practice,
		)

	def _filled(self) -> dict[str, str]:
		policy = self._policy.policy()
		return {
			"council": self._archive.council,
			"policy": policy.title,
			"adopted": day_words(policy.adopted),
			"minute": policy.minute,
		}

	def _past(self, day: date | None) -> None:
		if day is not None and day > self._clock().date():
			raise CranfordError("That day is still to come.", _NOTHING, "Give the day on which it was done.")

	def _policy_id(self, connection: Connection) -> int:
		versions = reviews.policy_versions(connection)
		if not versions:
			raise NotFound("No policy is recorded yet.", _NOTHING, "Record the council's policy first.")
		return versions[0].id

	def _entries(self, connection: Connection) -> list[DirectoryEntry]:
		versions = reviews.policy_versions(connection)
		return books.entries(connection, self._clock().date(), versions[0].id if versions else 0)

	def _entry(self, connection: Connection, person_id: int) -> DirectoryEntry:
		found = next((one for one in self._entries(connection) if one.person_id == person_id), None)
		if found is None:
			raise NotFound("These records hold no such person.")
		return found


def _fresh(contact: Contact, entry: DirectoryEntry | None) -> tuple[tuple[DetailKind, str], ...]:
	"""Return what a contact adds to what is held."""
	held = {(one.kind, books.detail_key(one.kind, one.value)) for one in entry.details} if entry else set()
	known = {books.detail_key("phone", one) for one in entry.numbers} if entry else set()
	names = {folded_name(one) for one in (entry.name, *entry.other_names)} if entry else {folded_name(contact.name)}
	offered: list[tuple[DetailKind, str]] = [
		*(("phone", one) for one in contact.phones if books.detail_key("phone", one) not in known),
		*(("email", one) for one in contact.emails),
		*(("nickname", one) for one in (contact.name, *contact.nicknames) if folded_name(one) not in names),
	]
	return tuple(one for one in offered if (one[0], books.detail_key(*one)) not in held)


def _words(text: str, what: str, do: str) -> str:
	words = " ".join(text.split())
	if not words:
		raise CranfordError(what, _NOTHING, do)
	return words
