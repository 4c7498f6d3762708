"""Who is who: naming the people behind the names that phones show, their terms of office, and guesses to answer."""

from datetime import date

from cranford_desktop.domain.membership import Term
from cranford_desktop.domain.people import Choice, Person, SamePerson, Sender, folded_name
from cranford_desktop.domain.same_person import Said, guess
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.name_findings import NameFindings
from cranford_desktop.store import name_guesses, terms
from cranford_desktop.store import people as books
from cranford_desktop.store.archive import Archive, Connection


class People:
	"""Names senders, answers who is one person, keeps the members' roll. Nothing else waits for any of it."""

	def __init__(self, archive: Archive, clock: Clock, findings: NameFindings) -> None:
		self._archive = archive
		self._clock = clock
		self._findings = findings

	def senders(self) -> list[Sender]:
		"""Return every name that exports show, with how many messages it sent, most first; the role is today's."""
		with self._archive.reading() as connection:
			return books.senders(connection, self._clock().date())

	def people(self) -> list[Person]:
		"""Return the people who were named."""
		with self._archive.reading() as connection:
			return books.people(connection)

	def name_sender(self, rendered: str, name: str, role: str | None) -> int:
		"""Say who a rendered name is; the same name for a second rendering makes it the same person."""
		now = self._clock()
		with self._archive.writing(now) as change:
			person_id = books.name_sender(change.connection, rendered, name, role, now)
			change.record("named a sender", {"person": person_id})
		return person_id

	def in_no_chat(self) -> list[Sender]:
		"""Return the people of whom no message is held, by name: a member who has not joined, or not exported."""
		with self._archive.reading() as connection:
			return books.in_no_chat(connection, self._clock().date())

	def rename(self, person_id: int, name: str) -> None:
		"""Call a person by another name; raises `CranfordError` where it is somebody else's, `NotFound`."""
		called = " ".join(name.split())
		if not called:
			raise CranfordError("A person needs a name.", "Nothing was changed.", "Say what they are called.")
		with self._archive.writing(self._clock()) as change:
			_require_free(change.connection, called, person_id)
			books.rename_person(change.connection, person_id, called)
			change.record("renamed a person", {"person": person_id})

	def guesses(self) -> list[SamePerson]:
		"""Return pairs of names that look like one person, with reasons, surest first, those put off last.

		After an import the first call goes over every record once (two seconds for a million messages); the next ones
		only over names.
		"""
		with self._archive.reading() as connection:
			return self._guesses(connection)

	def choose(self, key: str, said: Said, name: str | None = None) -> int:
		"""Answer a guess: "same" makes both names one person, who is made if there is none; "later" puts it off.

		`name`: what the person is called; None: as proposed. Returns the answer's number, for taking it back. Raises
		`NotFound` for a pair that is not asked about.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			asked = self._guesses(c)
			one = next((each for each in asked if each.key == key), None)
			if one is None:
				raise NotFound("This has been answered already, or no export shows these names any more.")
			before: dict[str, object] = {}
			person_id = None
			if said == "same":
				called = " ".join((name or one.name or one.first).split())
				person_id, before = name_guesses.join_people(c, one.first, one.second, called, now)
			choice_id = name_guesses.write_choice(c, key, one.first, one.second, said, before, now)
			change.record("said who a name is", {"answer": said, "choice": choice_id, "person": person_id})
		return choice_id

	def choices(self) -> list[Choice]:
		"""Return the answers that stand, newest first."""
		with self._archive.reading() as connection:
			return name_guesses.choices(connection)

	def take_back(self, choice_id: int) -> None:
		"""Undo an answer: what it changed is as it was. Raises `NotFound` for one taken back already."""
		now = self._clock()
		with self._archive.writing(now) as change:
			name_guesses.take_back(change.connection, choice_id, now)
			change.record("took back who a name is", {"choice": choice_id})

	def terms(self, person_id: int) -> list[Term]:
		"""Return a person's terms of office, oldest first."""
		with self._archive.reading() as connection:
			return terms.terms(connection, person_id)

	def set_term(
		self, person_id: int, role: str, start: date | None, end: date | None, term_id: int | None = None
	) -> int:
		"""Record a role from a first to a last day (None: not known, or still), or change one; return its number.

		From then on a message carries the role its sender had on its day. Raises `CranfordError` for an end before its
		start, `NotFound` for an unknown person or term.
		"""
		if start is not None and end is not None and end < start:
			raise CranfordError("The term ends before it begins.", "Nothing was changed.", "Look at both dates again.")
		words = " ".join(role.split())
		if not words:
			raise CranfordError("A term of office needs a role.", "Nothing was changed.", "Say what the role is.")
		with self._archive.writing(self._clock()) as change:
			held = terms.put_term(change.connection, person_id, words, start, end, term_id)
			change.record("set a term of office", {"person": person_id, "term": held})
		return held

	def drop_term(self, term_id: int) -> None:
		"""Remove a term of office; raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			person_id = terms.drop_term(change.connection, term_id)
			change.record("removed a term of office", {"person": person_id, "term": term_id})

	def _guesses(self, connection: Connection) -> list[SamePerson]:
		found = self._findings.of(connection)
		seen = frozenset[int]().union(*found.together)
		return guess(
			[one for one in name_guesses.renderings(connection) if one.id in seen],
			together=found.together,
			shared=found.shared,
			changes=found.changes,
			said=name_guesses.said(connection),
		)


def _require_free(c: Connection, name: str, person_id: int | None) -> None:
	if any(folded_name(one.name) == folded_name(name) and one.id != person_id for one in books.people(c)):
		raise CranfordError(
			f"There is a {name} already.",
			"Nothing was changed.",
			"Look for the name in the list, or write it out in full.",
		)
