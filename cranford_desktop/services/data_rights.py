"""Requests to erase, correct or no longer use somebody's data: what was decided, and the list of messages it is about.

Nothing is erased here: an upheld request keeps its list for the eraser, which asks for every hold again.
"""

from collections.abc import Mapping

from cranford_desktop.domain.data_rights import RIGHTS, DataRight, RightDecision, RightOutcome, RightWords
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import casebook, request_steps
from cranford_desktop.store.archive import Archive

_NOTHING = "Nothing was changed."


class DataRights:
	"""Keeps these decisions."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._rights: Mapping[DataRight, RightWords] = {one.key: one for one in tables.data_rights}

	def words(self, right: DataRight) -> RightWords:
		"""Return what a right is called, and the reasons to begin with."""
		return self._rights[right]

	def set_right(self, request_id: int, right: DataRight | None) -> None:
		"""Say which right a request uses; None: it asks for a copy after all. What was gathered stays.

		Raises `RefusedByPolicy` where it is not about somebody's own data, or has been answered.
		"""
		with self._archive.writing(self._clock()) as change:
			request = casebook.request(change.connection, request_id)
			if request.regime != "sar" or request.kind not in ("access", *RIGHTS):
				raise RefusedByPolicy(
					"This request is not about somebody’s own data.", _NOTHING, "Change the law it comes under first."
				)
			if request.status != "open":
				raise RefusedByPolicy("This request has been answered.", _NOTHING)
			request_steps.set_kind(change.connection, request_id, right or "access")
			change.record("changed what a request asks", {"request": request_id, "kind": right or "access"})

	def decision(self, request_id: int) -> RightDecision | None:
		"""Return what was decided; None where nothing is."""
		with self._archive.reading() as connection:
			steps = request_steps.steps(connection, request_id)
		found = next((one for one in reversed(steps) if one.kind == "right_decided"), None)
		if found is None:
			return None
		return RightDecision(
			outcome=found.detail["outcome"],  # type: ignore[arg-type]
			reason=found.note,
			messages=int(found.detail["messages"]),
		)

	def decide(self, request_id: int, outcome: RightOutcome, reason: str) -> None:
		"""Record what was decided; a later decision replaces an earlier one until it is answered.

		Raises `RefusedByPolicy` without a reason, where it is no such request or is answered, and where erasing is
		upheld and no message is on the list, or the list is not confirmed.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			if request.kind not in RIGHTS or request.status != "open":
				raise RefusedByPolicy("There is nothing here to decide.", _NOTHING)
			if not reason.strip():
				raise RefusedByPolicy("There is no reason.", _NOTHING, "Say why, for the letter and the record.")
			if outcome == "uphold" and request.kind == "erasure" and not (request.candidates and request.set_confirmed):
				raise RefusedByPolicy(
					"The messages to be erased are not listed.",
					_NOTHING,
					"Search for them and confirm that these are all, then decide.",
				)
			request_steps.add_step(
				change.connection,
				request_id,
				"right_decided",
				on=now.date(),
				note=reason.strip(),
				detail={"outcome": outcome, "messages": str(request.candidates)},
				at=now,
			)
			change.record(
				"decided a data right", {"request": request_id, "outcome": outcome, "messages": request.candidates}
			)
