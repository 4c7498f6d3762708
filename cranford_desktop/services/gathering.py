"""Gathering for a request: searches that add to its set, what is taken out again, and the confirming."""

from collections.abc import Sequence
from dataclasses import replace

from cranford_desktop.domain.describing import describe
from cranford_desktop.domain.disclosure import SearchRecord
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import casebook
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive


class Gathering:
	"""Keeps the sets of requests; each search writes its own record."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

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
