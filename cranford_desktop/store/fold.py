"""A group's exports become one history by going through them in their order: a fold.

The order of exports is (last record's wall time, digest of the file). Each step compares one export with the messages
that the exports before it made; a record joins one message or begins a new one. So the messages of the first k exports
are today's messages less what the later exports show of them, and an export may arrive at any place in the order: it is
compared with what stands before it, and the later exports that overlap are compared again. How an export is compared is
not known here: the caller hands that in (`Merging`).

What a service needs: `look` while reading (nothing is written; its `aligned` serves the import as long as nothing was
written in between), `imports.add_export` to take an export, `undoing` to take one back.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.merging import HeldMessage, Merge
from cranford_desktop.domain.messages import ReadExport, Record
from cranford_desktop.store.held import held

Merging = Callable[[Sequence[HeldMessage], Sequence[Record], Mapping[int, str]], Merge]
"""Compares an export with what is held: `ingest.reconcile.merge`. The digests are those of the files records show."""
MARGIN = timedelta(hours=26, minutes=1)
"""How far outside an export's own span held messages can matter: a phone abroad, a sender offline."""


class Placed(NamedTuple):
	"""An export of a group at its place in the order."""

	id: int
	phone_id: int
	sha256: str
	first: datetime
	last: datetime
	"""Wall times as rendered."""
	offset: timedelta
	"""By how much its clock is ahead of the messages that the exports before it made."""

	@property
	def key(self) -> tuple[datetime, str]:
		"""Return what orders exports."""
		return self.last, self.sha256


class Aligned(NamedTuple):
	"""An export, compared with the exports before it."""

	matched: Mapping[int, int]
	"""Order of a record → id of the message it is; every other record begins a message."""
	offset: timedelta
	doubtful: frozenset[int]
	"""Orders of records that joined on weaker evidence."""


NOTHING = Aligned({}, timedelta(), frozenset())


class Look(NamedTuple):
	"""What taking an export would do."""

	aligned: Aligned
	new: int
	"""Records of which no export in the archive shows the message."""
	matched: int
	on_other_phones: int
	"""Matched records that an export of another phone shows."""


def order(c: Connection, group_id: int) -> list[Placed]:
	"""Return the exports of a group in their order."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, phone_id, sha256, first_at, last_at, clock_offset FROM export
		WHERE group_id = ? ORDER BY last_at, sha256
		""",
		(group_id,),
	).fetchall()
	return [
		Placed(
			row[0],
			row[1],
			row[2],
			datetime.fromisoformat(row[3]),
			datetime.fromisoformat(row[4]),
			# The first export of the order has nothing before it: its own offset is how far the group's frame moved.
			timedelta(minutes=row[5] - rows[0][5]),
		)
		for row in rows
	]


def rank(placed: Sequence[Placed], last: datetime, sha256: str) -> int:
	"""Return the place of an export among others in the order of exports."""
	return sum(one.key < (last, sha256) for one in placed)


def frame(placed: Sequence[Placed]) -> timedelta:
	"""Return the offset that most exports have, that of the earliest of them in the order where several are as many: it
	is the group's own clock.
	"""
	offsets = [one.offset for one in placed]
	return max(offsets, key=offsets.count, default=timedelta())


def is_framed(c: Connection, group_id: int) -> bool:
	"""Say whether the stored offsets have the group's own clock at nothing."""
	rows = c.exec_driver_sql("SELECT clock_offset FROM export WHERE group_id = ? ORDER BY last_at, sha256", (group_id,))
	offsets = [row[0] for row in rows]
	return max(offsets, key=offsets.count, default=0) == 0


def align(
	c: Connection,
	group_id: int,
	earlier: Sequence[Placed],
	records: Sequence[Record],
	span: tuple[datetime, datetime],
	digests: Mapping[int, str],
	merge: Merging,
) -> Aligned:
	"""Compare records of an export with what the exports before it made of the stretch they lie in."""
	messages = held(c, group_id, earlier, span[0] - MARGIN, span[1] + MARGIN)
	if not messages:
		return NOTHING
	found = merge(messages, records, digests)
	return Aligned(
		{place: messages[index].message_id for place, index in found.matched.items()}, found.offset, found.doubtful
	)


def keep_doubts(c: Connection, export_id: int, doubtful: Collection[int]) -> None:
	"""Keep which records of an export joined a message on weak evidence, as it was compared last."""
	c.exec_driver_sql(
		"UPDATE export SET doubtful = ?1 WHERE id = ?2 AND doubtful != ?1", (_json(sorted(doubtful)), export_id)
	)


def look(
	c: Connection, group_id: int, phone_id: int | None, read: ReadExport, digests: Mapping[int, str], merge: Merging
) -> Look:
	"""Compare an export with what a group holds; `phone_id` is whose it is, None for a phone not known yet.

	`digests`: order of a record → SHA-256 of the file the export carries for it.
	"""
	placed = order(c, group_id)
	if not placed:
		return Look(NOTHING, len(read.records), 0, 0)
	place = rank(placed, read.last, read.sha256)
	records, span = list(read.records), (read.first, read.last)
	aligned = align(c, group_id, placed[:place], records, span, digests, merge)
	everything = aligned if place == len(placed) else align(c, group_id, placed, records, span, digests, merge)
	ids = list(everything.matched.values())
	return Look(aligned, len(records) - len(ids), len(ids), len(shown_by_others(c, ids, phone_id)))


def shown_by_others(c: Connection, ids: Sequence[int], phone_id: int | None) -> set[int]:
	"""Return those of some messages that an export of another phone shows."""
	found: set[int] = set()
	for start in range(0, len(ids), _CHUNK):
		rows = c.exec_driver_sql(_SHOWN_BY_OTHERS, (_json(ids[start : start + _CHUNK]), phone_id)).fetchall()
		found.update(row[0] for row in rows)
	return found


_CHUNK = 4000
_SHOWN_BY_OTHERS = """
	SELECT value FROM json_each(?) wanted WHERE EXISTS (
		SELECT 1 FROM observation o JOIN export e ON e.id = o.export_id
		WHERE o.message_id = wanted.value AND e.phone_id IS NOT ?)
"""


def _json(ids: Sequence[int]) -> str:
	return "[" + ",".join(map(str, ids)) + "]"
