"""The time a request takes, as far as it counts towards the cost limit of FOIA s.12."""

from datetime import date

from cranford_desktop.domain.costs import Activity, CostTotal, TimeEntry, from_sample, help_lines, sample_words, total
from cranford_desktop.domain.disclosure import Regime
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import casebook
from cranford_desktop.store import request_costs as books
from cranford_desktop.store.archive import Archive

_NOTHING = "Nothing was recorded."
_LONGEST = 60 * 10_000
BEYOND: dict[Regime, str] = {
	"foi": "Beyond the limit the council may refuse (section 12), and then has to say what it could answer instead.",
	"eir": "The Environmental Information Regulations have no such limit. A request that costs far too much may be "
	"manifestly unreasonable, regulation 12(4)(b): a refusal that has to weigh the public interest.",
	"sar": "Subject access has no limit in hours. The search has to be reasonable and proportionate; only a request "
	"that is manifestly unfounded or excessive may be refused (UK GDPR Art 12(5)).",
}
"""What follows from much time, by law."""


class TimeLog:
	"""Keeps time, done and estimated."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def entries(self, request_id: int) -> list[TimeEntry]:
		"""Return the time of a request, in the order recorded."""
		with self._archive.reading() as connection:
			return books.entries(connection, request_id)

	def total(self, request_id: int) -> CostTotal:
		"""Return the time of a request against the limit."""
		return total(self.entries(request_id), self._tables.cost_limit)

	def help_to_offer(self, request_id: int) -> list[str]:
		"""Return what advice a refusal would begin with (s.16); none while the limit is not exceeded."""
		return help_lines(self.entries(request_id), self._tables.cost_limit)

	def add(self, request_id: int, activity: Activity, minutes: int, *, on: date, note: str = "") -> int:
		"""Record time that was spent; raises `RefusedByPolicy` for no time at all, and a day before the request or
		ahead.
		"""
		return self._add(request_id, activity, minutes, on, note, estimated=False)

	def estimate(self, request_id: int, activity: Activity, minutes: int, *, note: str = "") -> int:
		"""Record time that it would take; raises as `add`."""
		return self._add(request_id, activity, minutes, self._clock().date(), note, estimated=True)

	def estimate_from_sample(
		self, request_id: int, activity: Activity, *, what: str, sample: int, minutes: int, to_do: int
	) -> int:
		"""Record what a sample shows: 20 messages took 10 minutes, 4,000 are to do. Raises as `add`, and for a sample
		of nothing or a sample larger than what there is to do.
		"""
		if sample < 1 or minutes < 1 or to_do < sample:
			raise RefusedByPolicy(
				"The sample and what there is to do do not go together.",
				_NOTHING,
				"Give how many were looked at, how long that took, and how many there are in all.",
			)
		whole = from_sample(sample, minutes, to_do)
		note = sample_words(" ".join(what.split()) or "messages", sample, minutes, to_do)
		return self._add(request_id, activity, whole, self._clock().date(), note, estimated=True)

	def remove(self, entry_id: int) -> None:
		"""Take time out again that was recorded by mistake; raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			request_id = books.remove(change.connection, entry_id)
			change.record("took out time", {"request": request_id, "entry": entry_id})

	def _add(self, request_id: int, activity: Activity, minutes: int, on: date, note: str, *, estimated: bool) -> int:
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			if not 1 <= minutes <= _LONGEST:
				raise RefusedByPolicy("There is no such time.", _NOTHING, "Give it in minutes, at least one.")
			if not request.received <= on <= now.date():
				raise RefusedByPolicy(
					"The day lies before the request or in the future.", _NOTHING, "Give the day it was done."
				)
			made = books.add(
				change.connection,
				request_id,
				activity,
				minutes,
				on=on,
				estimated=estimated,
				note=" ".join(note.split()),
				at=now,
			)
			change.record(
				"recorded time",
				{"request": request_id, "entry": made, "minutes": minutes, "estimated": estimated},
			)
		return made
