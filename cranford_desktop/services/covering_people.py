"""Who can be covered up as a person in a request, what that covers, and whose names it touches as well."""

import re

from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.redacting import find
from cranford_desktop.domain.requester import is_title
from cranford_desktop.services.people import People
from cranford_desktop.store import casebook
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.people import names_of, people


def _stands_open(text: str, word: tuple[Redaction], covered: tuple[Redaction]) -> bool:
	if fold(word[0].value) not in fold(text):
		return False
	hidden = find(text, covered)
	return any(not any(one.start <= at.start and at.end <= one.end for one in hidden) for at in find(text, word))


class CoveringPeople:
	"""Looks people up for a request; covering them is `Requests.redact`."""

	def __init__(self, archive: Archive, people: People) -> None:
		self._archive = archive
		self._people = people

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

	def maybe(self, person: str) -> list[str]:
		"""Return who may be the same person and is not covered with them: nobody has said so yet."""
		theirs = {folded_name(one) for one in self.names_of(person)}
		found: dict[str, None] = {}
		for one in self._people.guesses():
			for name, other in ((one.first, one.second), (one.second, one.first)):
				if folded_name(name) in theirs and folded_name(other) not in theirs:
					found[other] = None
		return list(found)

	def left_readable(self, request_id: int, person: str) -> list[tuple[str, int]]:
		"""Return words of a person's names that stay readable by themselves, with the number of messages: "Jean"."""
		with self._archive.reading() as connection:
			names = names_of(connection, person)
			rows = books.rows(connection, casebook.candidate_ids(connection, request_id))
		covered = (Redaction(0, "person", person, "", names=names),)
		words = {
			folded_name(word): word
			for name in names
			if "@" not in name and not any(sign.isdecimal() for sign in name)
			for word in re.findall(r"[^\W\d_]{3,}", name)
		}
		found = []
		for word in words.values():
			alone = (Redaction(0, "person", word, "", names=(word,)),)
			number = sum(_stands_open(row.text or "", alone, covered) for row in rows)
			if number and not is_title(word):
				found.append((word, number))
		return found

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
