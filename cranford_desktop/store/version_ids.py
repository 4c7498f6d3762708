"""Ids of versions: seconds of the first observed wall time × 2^20 + n, so that newest-first needs no sort."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

_PLACES = 1 << 20
"""Version ids within one second."""
_EPOCH = datetime(1970, 1, 1)
_REMEMBERED = 100_000
"""Seconds whose free place is remembered; beyond that they are looked up again."""


class VersionIds:
	"""Gives out ids that no version has; those it gave out must be in the table before `forget` is called."""

	def __init__(self, c: Connection, first: datetime, last: datetime) -> None:
		"""Look up what is taken; `first`, `last`: between which times most ids will be asked for."""
		self._c = c
		low, high = second(first), second(last)
		rows = c.exec_driver_sql(
			"SELECT id >> 20, max(id) & 1048575 FROM version WHERE id BETWEEN ? AND ? GROUP BY 1",
			(low * _PLACES, (high + 1) * _PLACES - 1),
		)
		self._free: dict[int, int] = {row[0]: row[1] + 1 for row in rows}
		self._looked_up = low, high
		self.alone = not self._free
		"""No version had an id of that span before."""

	def at(self, when: int) -> int:
		"""Return the next free id of a second."""
		free = self._free.get(when)
		if free is None:
			low, high = self._looked_up
			free = 0 if low <= when <= high else self._look_up(when)
		while free >= _PLACES:
			when += 1
			free = self._free.get(when, self._look_up(when))
		self._free[when] = free + 1
		return when * _PLACES + free

	def _look_up(self, when: int) -> int:
		taken = self._c.exec_driver_sql(
			"SELECT max(id) FROM version WHERE id BETWEEN ? AND ?", (when * _PLACES, (when + 1) * _PLACES - 1)
		).scalar()
		return 0 if taken is None else (int(taken) & (_PLACES - 1)) + 1

	def forget(self, after: int) -> None:
		"""Remember no more than is likely to be asked for again: seconds up to `after` are looked up from now on."""
		if len(self._free) > _REMEMBERED:
			self._free = {when: free for when, free in self._free.items() if when > after}
			self._looked_up = after + 1, self._looked_up[1]


def second(at: datetime) -> int:
	"""Return the whole seconds of a wall time."""
	passed = at - _EPOCH
	return passed.days * 86400 + passed.seconds


def year_of(version_id: int) -> int:
	"""Return the year of a version's first observed wall time."""
	return (_EPOCH + timedelta(seconds=version_id >> 20)).year
