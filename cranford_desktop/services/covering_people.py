"""Who can be covered up as a person in a request, what that covers, and whose names it touches as well."""

from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.redacting import find
from cranford_desktop.store import casebook
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.people import names_of, people


class CoveringPeople:
	"""Looks people up for a request; covering them is `Requests.redact`."""

	def __init__(self, archive: Archive) -> None:
		self._archive = archive

	def people(self, request_id: int) -> list[str]:
		"""Return who can be covered up as a person: those who wrote in this request, then all others who are named."""
		with self._archive.reading() as connection:
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
			named = [one.name for one in people(connection)]
		wrote = sorted({row.sender for row in rows if row.sender}, key=folded_name)
		return list(dict.fromkeys((*wrote, *named)))

	def names_of(self, person: str) -> tuple[str, ...]:
		"""Return every name, number and address known of a person; empty for nobody."""
		with self._archive.reading() as connection:
			return names_of(connection, person)

	def clashes(self, request_id: int, person: str) -> list[str]:
		"""Return who else, of those who wrote in this request, bears a name that covering a person would cover."""
		with self._archive.reading() as connection:
			names = names_of(connection, person)
			senders = {row.sender for row in books.rows(connection, casebook.candidate_ids(connection, request_id))}
			theirs = {folded_name(one) for one in names}
		trial = Redaction(0, "person", person, "", names=names)
		return sorted(
			one for one in senders if one and folded_name(one) not in theirs and find(plain_name(one), (trial,))
		)
