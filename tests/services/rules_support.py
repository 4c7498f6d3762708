"""A real archive with messages written straight into its books, for the services of the rules."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from cranford_desktop.domain.disclosure import Regime
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.policy_tables import load
from cranford_desktop.services.casework import Casework
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.policy_review import PolicyReview
from cranford_desktop.services.retention import Retention
from cranford_desktop.store import archive as archives
from cranford_desktop.store import casebook, ledger, messages
from tests.store.books_support import export, said, take

TABLES = load()
TODAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)


class Room:
	"""An open archive and a clock that a test may move."""

	def __init__(self, archive: archives.Archive) -> None:
		self.archive = archive
		self.now = TODAY
		self.casework = Casework(archive, self.clock, TABLES)
		self.policy_review = PolicyReview(archive, self.clock, TABLES)
		self.retention = Retention(archive, self.clock, TABLES)
		self._exports = 0

	def clock(self) -> datetime:
		return self.now

	def say(self, *lines: tuple[str, str], group: str = "Councillors", sender: str = "Cllr Ann Example") -> list[int]:
		"""Take an export with these (wall time, text) lines; return the ids of the messages, in order."""
		self._exports += 1
		records = [said(text, at=datetime.fromisoformat(at), sender=sender) for at, text in lines]
		with self.archive.writing(self.now) as change:
			before = set(messages.message_ids(change.connection, MessageFilter()))
			name = f"chat {self._exports}.txt"
			take(change.connection, export(records, name), group=group, phone=f"Phone {self._exports}", at=self.now)
			change.record("test", {})
			return [one for one in messages.message_ids(change.connection, MessageFilter()) if one not in before]

	def ask(
		self,
		reference: str,
		*,
		ids: Sequence[int] = (),
		include: Sequence[MessageFilter] = (),
		confirmed: bool = False,
		regime: Regime = "foi",
	) -> int:
		"""Record a request with its set."""
		with self.archive.writing(self.now) as change:
			request_id = casebook.create_request(
				change.connection,
				reference=reference,
				regime=regime,
				received=self.now.date(),
				requester="Alex Example",
				wording="Everything about the pond.",
				at=self.now,
				include=include,
				set_confirmed=confirmed,
			)
			casebook.add_messages(change.connection, request_id, ids, self.now)
			change.record("test", {})
		return request_id

	def answer(self, request_id: int, on: date) -> None:
		with self.archive.writing(self.now) as change:
			casebook.mark_answered(change.connection, request_id, on)
			change.record("test", {})

	def recorded(self) -> list[ledger.Entry]:
		with self.archive.reading() as connection:
			return ledger.entries(connection)

	def count(self) -> int:
		with self.archive.reading() as connection:
			return messages.count(connection)


@contextmanager
def room(folder: Path) -> Iterator[Room]:
	archive, _ = archives.create(folder, council="Test Parish Council", passphrase=None, practice=False, now=TODAY)
	made = Room(archive)
	made.policy_review.record_first()
	try:
		yield made
	finally:
		archive.close()
