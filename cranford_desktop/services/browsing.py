"""Looking at what the archive holds: lists, conversations, one message with all that its exports say."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date

from cranford_desktop.documents.photos import thumbnail
from cranford_desktop.domain.days import DayCount, NearDay, Reach
from cranford_desktop.domain.messages import Group, MessageDetail, MessageFilter, MessageRow
from cranford_desktop.store import days as day_books
from cranford_desktop.store import messages as books
from cranford_desktop.store import search
from cranford_desktop.store.archive import Archive


class Browsing:
	"""Reads only; every answer is a batch of plain rows."""

	def __init__(self, archive: Archive) -> None:
		self._archive = archive

	def groups(self) -> list[Group]:
		"""Return the official groups, by name."""
		with self._archive.reading() as connection:
			return books.groups(connection)

	def ids(self, wanted: MessageFilter, *, by_time: bool = False) -> "array[int]":
		"""Return the ids of the messages that are meant, in conversation order by group, or over all groups by time."""
		with self._archive.reading() as connection:
			return books.message_ids(connection, wanted, by_time=by_time)

	def rows(self, ids: Sequence[int]) -> list[MessageRow]:
		"""Return these messages, in the order asked for."""
		with self._archive.reading() as connection:
			return books.rows(connection, ids)

	def stream(self, wanted: MessageFilter) -> Iterator[MessageRow]:
		"""Yield every message that is meant, by group and then conversation order."""
		with self._archive.reading() as connection:
			yield from books.stream(connection, wanted)

	def count(self, wanted: MessageFilter | None = None) -> int:
		"""Count the messages that are meant; all of them without a filter."""
		with self._archive.reading() as connection:
			return books.count(connection, wanted)

	def detail(self, message_id: int) -> MessageDetail:
		"""Return one message with its versions and every export's line; raises `NotFound`."""
		with self._archive.reading() as connection:
			return books.detail(connection, message_id)

	def neighbours(self, message_id: int, before: int, after: int, *, without_personal: bool = False) -> list[int]:
		"""Return the ids of a message and of those that stand before and after it in its group."""
		with self._archive.reading() as connection:
			return books.neighbours(connection, message_id, before, after, without_personal=without_personal)

	def days(self, group_id: int, *, without_personal: bool = False) -> list[DayCount]:
		"""Return the days of a group on which messages were sent, in order, with how many."""
		with self._archive.reading() as connection:
			return day_books.days(connection, group_id, without_personal=without_personal)

	def day_runs(self, ids: Sequence[int]) -> list[DayCount]:
		"""Return how a list of messages falls into days, stretch by stretch, in its own order."""
		with self._archive.reading() as connection:
			return day_books.day_runs(connection, ids)

	def first_ids(
		self, group_ids: Sequence[int], *, newest_first: bool, limit: int, without_personal: bool = False
	) -> list[int]:
		"""Return the first messages of some groups by time, oldest or newest first, without listing the others."""
		with self._archive.reading() as connection:
			return day_books.first_ids(
				connection, group_ids, newest_first=newest_first, limit=limit, without_personal=without_personal
			)

	def next_of(self, message_id: int, ids: Sequence[int]) -> int:
		"""Return the place in a list of one group, in its order, of the first that does not stand before a message.

		0 where all stand before it: a search goes round.
		"""
		with self._archive.reading() as connection:
			return day_books.next_of(connection, message_id, ids)

	def nearest_day(self, group_id: int, day: date, *, without_personal: bool = False) -> NearDay | None:
		"""Return where a group's conversation is entered for a day: that day, else the nearest one with messages."""
		with self._archive.reading() as connection:
			return day_books.nearest(connection, group_id, day, without_personal=without_personal)

	def reaches(self, group_id: int) -> list[Reach]:
		"""Return from when to when each export of a group reaches."""
		with self._archive.reading() as connection:
			return day_books.reaches(connection, group_id)

	def attachment(self, attachment_id: int) -> bytes:
		"""Return the bytes of a file that an export carried."""
		with self._archive.reading() as connection:
			return self._archive.files.read_all(connection, attachment_id)

	def thumbnail(self, attachment_id: int, box: int) -> bytes:
		"""Return a photo as a JPEG that fits a square of `box` pixels; raises `ProblemWithFile` if it is no photo."""
		return thumbnail(self.attachment(attachment_id), box).jpeg

	def highlights(self, text: str, words: str) -> list[tuple[int, int]]:
		"""Return where a search's words stand in a text: (start, end) in characters."""
		return search.highlights(text, words)

	def details(self, wanted: MessageFilter) -> Iterator[MessageDetail]:
		"""Yield every message that is meant with its versions, by group and order, without holding them all."""
		with self._archive.reading() as connection:
			yield from books.details(connection, wanted)
