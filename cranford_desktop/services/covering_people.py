"""Who can be covered up as a person in a request, what that covers, and whose names it touches as well."""

from collections.abc import Sequence

from cranford_desktop.domain.covering import Coverable, PersonPlaces
from cranford_desktop.domain.membership import is_office
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import folded_name
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.people import People
from cranford_desktop.services.person_places import Known, forms_of
from cranford_desktop.store import casebook
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.people import names_of, people
from cranford_desktop.store.terms import roll


class CoveringPeople:
	"""Looks people up for a request; covering them is `Redacting.redact`."""

	def __init__(self, archive: Archive, clock: Clock, people: People) -> None:
		self._archive = archive
		self._clock = clock
		self._people = people

	def people(self, request_id: int) -> list[Coverable]:
		"""Return who can be covered up as a person: those who wrote in this request, then all others who are named.

		Who holds an office on the day of a message of theirs, or today, stands last: their names in that role are not
		suggested.
		"""
		with self._archive.reading() as connection:
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
			known = roll(connection)
		today = self._clock().date()
		offices = {one.name: role for one in known if is_office(role := one.role_on(today))}
		offices |= {row.sender: row.role for row in rows if row.sender and is_office(row.role)}
		wrote = sorted({row.sender for row in rows if row.sender}, key=folded_name)
		names = dict.fromkeys((*wrote, *(one.name for one in known)))
		return sorted((Coverable(name, offices.get(name) or "") for name in names), key=lambda one: bool(one.office))

	def places(self, request_id: int, person: str, left: Sequence[str] = ()) -> PersonPlaces:
		"""Return every place in a request that covering a person would cover, name by name; `left`: names unticked.

		Goes over every version of every message: for a worker. No name of a person whom nobody knows is found.
		"""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			names = names_of(connection, person)
			ids = tuple(casebook.candidate_ids(connection, request_id))
			details = list(books.details(connection, MessageFilter(ids=ids, with_set_aside=True))) if ids else []
			known = people(connection)
		theirs = {folded_name(one) for one in names}
		others = [Known(one.name, (one.name, *one.aliases), True) for one in known]
		named = {folded_name(name) for one in others for name in one.names}
		senders = {one.row.sender for one in details if one.row.sender}
		others += [Known(name, (name,), False) for name in sorted(senders) if folded_name(name) not in named]
		others = [one for one in others if not theirs & {folded_name(name) for name in one.names}]
		forms = forms_of(names, details, request.wording, others, left)
		return PersonPlaces(person, tuple(forms), tuple(self.maybe(person)))

	def names_of(self, person: str) -> tuple[str, ...]:
		"""Return every name, number and address known of a person; empty for nobody."""
		with self._archive.reading() as connection:
			return names_of(connection, person)

	def maybe(self, person: str) -> list[str]:
		"""Return who may be the same person and is not covered with them: nobody has said so yet."""
		theirs = {folded_name(one) for one in self.names_of(person)}
		found: dict[str, None] = {}
		for one in self._people.guesses():
			for name, other in ((one.first, one.second), (one.second, one.first)):
				if folded_name(name) in theirs and folded_name(other) not in theirs:
					found[other] = None
		return list(found)
