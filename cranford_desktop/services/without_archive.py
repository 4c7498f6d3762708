"""Answering a request without the archive: that nothing in it is in scope is recorded, with the reason."""

from collections.abc import Sequence

from cranford_desktop.domain.other_places import WithoutReason
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_steps import RequestStep
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import casebook, request_steps
from cranford_desktop.store.archive import Archive, Connection

_NOTHING = "Nothing was changed."


class WithoutArchive:
	"""Records that a request's set stays empty."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def reasons(self, request_id: int) -> list[WithoutReason]:
		"""Return the reasons that can be given: that the archive was searched only where it was, and showed nothing."""
		with self._archive.reading() as connection:
			return self._reasons(connection, request_id)

	def why(self, request_id: int) -> RequestStep | None:
		"""Return what was recorded; None where nothing was, or something of the archive is in the set after all."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			told = [one for one in request_steps.steps(connection, request_id) if one.kind == "without_archive"]
		return told[-1] if told and not request.candidates else None

	def words(self, step: RequestStep) -> str:
		"""Return the reason of a step, with what the clerk added to it."""
		known = next((one.words for one in self._tables.without if one.key == step.detail.get("reason")), "")
		return ". ".join(part for part in (known, step.note) if part)

	def confirm(self, request_id: int, reason: str, note: str = "") -> WithoutReason:
		"""Record that nothing in the archive is in scope, and confirm the empty set; from then on it holds nothing.

		Raises `RefusedByPolicy` where messages are in the set, or the request is answered; `NotFound` for a reason
		that does not hold here.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			request = casebook.request(c, request_id)
			if request.candidates:
				raise RefusedByPolicy(
					"There are messages in this request.", _NOTHING, "Decide on them, or take them out first."
				)
			if request.status != "open":
				raise RefusedByPolicy("This request has been answered.", _NOTHING)
			given = next((one for one in self._reasons(c, request_id) if one.key == reason), None)
			if given is None:
				raise NotFound("That reason does not hold for this request.", _NOTHING, "Choose one of the list.")
			request_steps.add_step(
				c,
				request_id,
				"without_archive",
				on=now.date(),
				note=" ".join(note.split()),
				detail={"reason": reason},
				at=now,
			)
			casebook.set_confirmed(c, request_id)
			change.record("answers without the archive", {"request": request_id, "reason": reason})
		return given

	def _reasons(self, connection: Connection, request_id: int) -> list[WithoutReason]:
		searches: Sequence[int] = [one.found for one in casebook.searches(connection, request_id)]
		empty = bool(searches) and not any(searches)
		return [one for one in self._tables.without if empty or not one.searched]
