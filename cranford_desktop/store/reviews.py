"""What is due on a day, the yearly reviews, and the versions of the policy they rest on.

Which day is the cut-off, and what holds a message, are rules of `domain.retention` and its service; here they are
days and sets of ids.
"""

import json
from array import array
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.policy import PolicyVersion
from cranford_desktop.domain.retention import ReviewState
from cranford_desktop.errors import NotFound
from cranford_desktop.store.casebook import open_requests
from cranford_desktop.store.cases import evidence_ids as case_evidence_ids
from cranford_desktop.store.groups import moment

__all__ = [
	"ClassCount",
	"add_policy_version",
	"case_evidence_ids",
	"class_counts",
	"due_counts",
	"due_days",
	"due_ids",
	"held_counts",
	"oldest",
	"open_requests",
	"open_review",
	"policy_versions",
	"review",
	"review_files",
	"reviews",
	"save_review",
	"set_review_files",
	"start_review",
]

_REVIEWS = "SELECT id, started_at, on_date, page, minute, minute_pending, note, finished_at, outcome FROM review"


class ClassCount(NamedTuple):
	"""How many messages of one kind of business there are, and from when the oldest is."""

	category: str
	messages: int
	oldest: date


def _end_of(day: date) -> str:
	"""Return what every wall time of that day or before is not greater than."""
	return f"{day.isoformat()}T99"


def due_ids(c: Connection, cut_off: date, category: str | None = None) -> "array[int]":
	"""Return the ids of the messages sent on or before a day, by group name and then conversation order."""
	rows = c.exec_driver_sql(
		"""
		SELECT m.id FROM message m JOIN chat_group g ON g.id = m.group_id
		WHERE m.sent_at <= ? AND (? IS NULL OR m.category = ?) ORDER BY g.folded, m.group_id, m.position
		""",
		(_end_of(cut_off), category, category),
	)
	return array("q", [row[0] for row in rows])


def due_counts(
	c: Connection, cut_off: date, *, category: str | None = None, among: Collection[int] | None = None
) -> list[tuple[str, int, int, int]]:
	"""Return (group, year, month, messages) of what was sent on or before a day; of these ids only, if given."""
	rows = c.exec_driver_sql(
		"""
		SELECT g.name, substr(m.sent_at, 1, 4), substr(m.sent_at, 6, 2), count(*)
		FROM message m JOIN chat_group g ON g.id = m.group_id
		WHERE m.sent_at <= ? AND (? IS NULL OR m.category = ?)
			AND (? IS NULL OR m.id IN (SELECT value FROM json_each(?)))
		GROUP BY m.group_id, substr(m.sent_at, 1, 7) ORDER BY g.folded, m.group_id, 2, 3
		""",
		(_end_of(cut_off), category, category, *_ids(among)),
	)
	return [(row[0], int(row[1]), int(row[2]), row[3]) for row in rows]


def due_days(
	c: Connection, cut_off: date, *, category: str | None = None, among: Collection[int] | None = None
) -> list[tuple[str, date, int]]:
	"""Return (group, day, messages) of what was sent on or before a day; of these ids only, if given."""
	rows = c.exec_driver_sql(
		"""
		SELECT g.name, substr(m.sent_at, 1, 10), count(*)
		FROM message m JOIN chat_group g ON g.id = m.group_id
		WHERE m.sent_at <= ? AND (? IS NULL OR m.category = ?)
			AND (? IS NULL OR m.id IN (SELECT value FROM json_each(?)))
		GROUP BY m.group_id, 2 ORDER BY g.folded, m.group_id, 2
		""",
		(_end_of(cut_off), category, category, *_ids(among)),
	)
	return [(row[0], date.fromisoformat(row[1]), row[2]) for row in rows]


def _ids(among: Collection[int] | None) -> tuple[str | None, str | None]:
	stored = json.dumps(list(among)) if among is not None else None
	return stored, stored


def held_counts(due: Collection[int], holds: Sequence[Collection[int] | None]) -> list[int]:
	"""Return for each hold, in order, how many due messages it is the first to hold; None holds everything."""
	left = set(due)
	counts: list[int] = []
	for hold in holds:
		held = set(left) if hold is None else left.intersection(hold)
		counts.append(len(held))
		left -= held
	return counts


def oldest(c: Connection) -> date | None:
	"""Return the day of the oldest message held; None while the archive is empty."""
	first = c.exec_driver_sql("SELECT min(sent_at) FROM message").scalar()
	return date.fromisoformat(first[:10]) if first is not None else None


def class_counts(c: Connection) -> list[ClassCount]:
	"""Return for each kind of business how many messages there are and from when the oldest is."""
	rows = c.exec_driver_sql("SELECT category, count(*), min(sent_at) FROM message GROUP BY category ORDER BY category")
	return [ClassCount(row[0], row[1], date.fromisoformat(row[2][:10])) for row in rows]


def _state(row: Any) -> ReviewState:
	return ReviewState(
		id=row[0],
		started_at=datetime.fromisoformat(row[1]),
		on=date.fromisoformat(row[2]),
		page=row[3],
		minute=row[4],
		minute_pending=bool(row[5]),
		note=row[6],
		finished_at=datetime.fromisoformat(row[7]) if row[7] else None,
		outcome=row[8],
	)


def start_review(c: Connection, on: date, at: datetime) -> ReviewState:
	"""Start a review as of a day."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO review(started_at, on_date, page, minute, minute_pending, note, outcome)
		VALUES(?, ?, 'before', '', 0, '', 'open') RETURNING id
		""",
		(moment(at), on.isoformat()),
	)
	return review(c, int(row.scalar_one()))


def save_review(c: Connection, state: ReviewState) -> None:
	"""Keep how far a review has got; raises `NotFound` for one that was never started."""
	saved = c.exec_driver_sql(
		"""
		UPDATE review SET on_date = ?, page = ?, minute = ?, minute_pending = ?, note = ?, finished_at = ?, outcome = ?
		WHERE id = ?
		""",
		(
			state.on.isoformat(),
			state.page,
			state.minute,
			int(state.minute_pending),
			state.note,
			moment(state.finished_at) if state.finished_at is not None else None,
			state.outcome,
			state.id,
		),
	)
	if not saved.rowcount:
		raise NotFound("This archive holds no such review.")


def reviews(c: Connection) -> list[ReviewState]:
	"""Return all reviews, newest first."""
	return [_state(row) for row in c.exec_driver_sql(_REVIEWS + " ORDER BY started_at DESC, id DESC")]


def review(c: Connection, review_id: int) -> ReviewState:
	"""Return one review; raises `NotFound`."""
	row = c.exec_driver_sql(_REVIEWS + " WHERE id = ?", (review_id,)).first()
	if row is None:
		raise NotFound("This archive holds no such review.")
	return _state(row)


def open_review(c: Connection) -> ReviewState | None:
	"""Return the newest review that is not finished; None if there is none."""
	row = c.exec_driver_sql(_REVIEWS + " WHERE finished_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1").first()
	return _state(row) if row is not None else None


def set_review_files(c: Connection, review_id: int, files: Mapping[str, int]) -> None:
	"""Keep the sealed reports of a review: file name → file id."""
	for path, file_id in files.items():
		c.exec_driver_sql(
			"INSERT INTO review_file(review_id, path, file_id) VALUES(?, ?, ?)", (review_id, path, file_id)
		)


def review_files(c: Connection, review_id: int) -> dict[str, int]:
	"""Return the sealed reports of a review: file name → file id; empty while it is not finished."""
	rows = c.exec_driver_sql("SELECT path, file_id FROM review_file WHERE review_id = ? ORDER BY path", (review_id,))
	return {row[0]: row[1] for row in rows}


def add_policy_version(
	c: Connection, *, title: str, text: str, adopted: date, minute: str, review_due: str, at: datetime
) -> int:
	"""Record a version of the policy and return its id; `review_due` is a month, "2026-09"."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO policy_version(title, text, adopted, minute, review_due, recorded_at)
		VALUES(?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(title, text, adopted.isoformat(), minute, review_due, moment(at)),
	)
	return int(row.scalar_one())


def policy_versions(c: Connection) -> list[PolicyVersion]:
	"""Return the versions of the policy, the one adopted last first."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, title, text, adopted, minute, review_due, recorded_at FROM policy_version
		ORDER BY adopted DESC, id DESC
		"""
	)
	return [
		PolicyVersion(
			row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5], datetime.fromisoformat(row[6])
		)
		for row in rows
	]
