"""Second looks as they are kept, and what was said of each message."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.second_look import Look, LookKind, Mark
from cranford_desktop.store.groups import moment


def add_look(
	c: Connection,
	request_id: int,
	kind: LookKind,
	*,
	by_whom: str = "",
	reason: str = "",
	seed: int = 0,
	numbers: Mapping[int, int],
	shown: Mapping[int, str],
	at: datetime,
	finished: bool = False,
) -> int:
	"""Keep a look that begins, or that was skipped, and return its id.

	`numbers` and `shown`: of each message, the number that the review copy prints and the digest of what it shows.
	"""
	return int(
		c.exec_driver_sql(
			"""
			INSERT INTO second_look(request_id, kind, by_whom, reason, seed, numbers, started_at, finished_at)
			VALUES(?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
			""",
			(
				request_id,
				kind,
				by_whom,
				reason,
				seed,
				json.dumps([(one, number, shown.get(one, "")) for one, number in numbers.items()]),
				moment(at),
				moment(at) if finished else None,
			),
		).scalar_one()
	)


def last_look(c: Connection, request_id: int) -> Look | None:
	"""Return the newest look of a request; None where there was none."""
	row = c.exec_driver_sql(
		"""
		SELECT id, request_id, kind, by_whom, reason, seed, numbers, started_at, finished_at
		FROM second_look WHERE request_id = ? ORDER BY id DESC LIMIT 1
		""",
		(request_id,),
	).first()
	if row is None:
		return None
	numbered = json.loads(row[6])
	return Look(
		id=row[0],
		request_id=row[1],
		kind=row[2],
		by_whom=row[3],
		reason=row[4],
		seed=row[5],
		numbers={int(one[0]): int(one[1]) for one in numbered},
		shown={int(one[0]): str(one[2]) for one in numbered},
		started_at=datetime.fromisoformat(row[7]),
		finished_at=datetime.fromisoformat(row[8]) if row[8] is not None else None,
	)


def marks(c: Connection, look_id: int) -> dict[int, Mark]:
	"""Return what was said, by message."""
	rows = c.exec_driver_sql(
		"SELECT message_id, mark, note, shown, at FROM second_look_mark WHERE look_id = ?", (look_id,)
	)
	return {row[0]: Mark(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4])) for row in rows}


def put_marks(c: Connection, look_id: int, said: Iterable[Mark]) -> None:
	"""Keep what was said of messages, in place of what was said before."""
	c.exec_driver_sql(
		"""
		INSERT INTO second_look_mark(look_id, message_id, mark, note, shown, at) VALUES(?, ?, ?, ?, ?, ?)
		ON CONFLICT(look_id, message_id) DO UPDATE SET mark = excluded.mark, note = excluded.note,
			shown = excluded.shown, at = excluded.at
		""",
		[(look_id, one.message_id, one.mark, one.note, one.shown, moment(one.at)) for one in said],
	)


def drop_marks(c: Connection, look_id: int, message_ids: Iterable[int]) -> None:
	"""Take back what was said of messages."""
	c.exec_driver_sql(
		"DELETE FROM second_look_mark WHERE look_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		(look_id, json.dumps(list(message_ids))),
	)


def finish(c: Connection, look_id: int, at: datetime) -> None:
	"""Record that a look is over."""
	c.exec_driver_sql("UPDATE second_look SET finished_at = ? WHERE id = ?", (moment(at), look_id))


def last_decided(c: Connection, request_id: int) -> datetime | None:
	"""Return when something in a request was decided or covered up last."""
	found = c.exec_driver_sql(
		"""
		SELECT max(at) FROM (
			SELECT max(decided_at) AS at FROM decision WHERE request_id = ?
			UNION ALL SELECT max(made_at) FROM redaction WHERE request_id = ?
		)
		""",
		(request_id, request_id),
	).scalar()
	return datetime.fromisoformat(found) if found else None


def worth_it(c: Connection, request_id: int) -> tuple[int, bool]:
	"""Return how many messages go out, readable or as a label, and whether anything is covered up or withheld."""
	row = c.exec_driver_sql(
		"""
		SELECT count(*), coalesce(sum(d.choice = 'withhold'), 0),
			EXISTS(SELECT 1 FROM redaction WHERE request_id = ?)
		FROM request_message s JOIN decision d USING (request_id, message_id)
		WHERE s.request_id = ? AND d.choice IN ('release', 'withhold')
		""",
		(request_id, request_id),
	).one()
	return int(row[0]), bool(row[1]) or bool(row[2])
