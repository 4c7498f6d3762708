"""Who is who: naming the people behind the names that phones show."""

from cranford_desktop.domain.people import Person, Sender
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import people as books
from cranford_desktop.store.archive import Archive


class People:
	"""Names senders; joining the names of several phones comes with a later release."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def senders(self) -> list[Sender]:
		"""Return every name that exports show, with how many messages it sent, most first."""
		with self._archive.reading() as connection:
			return books.senders(connection)

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
