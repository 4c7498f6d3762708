"""Members asked for their exports, and what they answered."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.asking import Ask, AskKind, Reply
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment

_ASKS = """
	SELECT a.id, a.kind, a.person_id, p.name, a.groups, a.asked_on, a.how, a.due, a.reply, a.replied_on, a.note, a.year
	FROM ask a JOIN person p ON p.id = a.person_id
"""
_WAITING = "(a.reply IS NULL OR a.reply IN ('will_do', 'no_reply'))"


def add_ask(
	c: Connection,
	kind: AskKind,
	person_id: int,
	groups: Sequence[str],
	how: str,
	*,
	on: date,
	due: date | None,
	year: int | None,
	at: datetime,
) -> int:
	"""Record that somebody was asked; raises `NotFound` for an unknown person."""
	if c.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person_id,)).scalar() is None:
		raise NotFound("These records hold no such person.", "Nothing was recorded.")
	row = c.exec_driver_sql(
		"""
		INSERT INTO ask(kind, person_id, groups, asked_on, how, due, year, made_at)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(
			kind,
			person_id,
			json.dumps(list(groups), ensure_ascii=False),
			on.isoformat(),
			how,
			due.isoformat() if due else None,
			year,
			moment(at),
		),
	)
	return int(row.scalar_one())


def nil_returns(c: Connection) -> dict[int, date]:
	"""Return by person the day of their latest answer that they hold nothing."""
	rows = c.exec_driver_sql(
		"SELECT person_id, max(replied_on) FROM ask WHERE reply = 'nothing_held' GROUP BY person_id"
	)
	return {row[0]: date.fromisoformat(row[1]) for row in rows}


def put_reply(c: Connection, ask_id: int, reply: Reply, on: date, note: str) -> None:
	"""Write down what a member answered, in place of an earlier answer; raises `NotFound`."""
	held = c.exec_driver_sql(
		"UPDATE ask SET reply = ?, replied_on = ?, note = ? WHERE id = ? RETURNING id",
		(reply, on.isoformat(), note, ask_id),
	).scalar()
	if held is None:
		raise NotFound("Nobody was asked under that number.", "Nothing was recorded.")


def asks(c: Connection, *, waiting_only: bool = False, year: int | None = None) -> list[Ask]:
	"""Return who was asked, newest first; only those that wait for an answer, or those of one yearly return."""
	parts = ([_WAITING] if waiting_only else []) + (["a.year = ?"] if year is not None else [])
	where = f"WHERE {' AND '.join(parts)}" if parts else ""
	values = (year,) if year is not None else ()
	rows = c.exec_driver_sql(f"{_ASKS} {where} ORDER BY a.asked_on DESC, a.id DESC", values)
	return [
		Ask(
			id=row[0],
			kind=row[1],
			person_id=row[2],
			person=row[3],
			groups=tuple(json.loads(row[4])),
			asked_on=date.fromisoformat(row[5]),
			how=row[6],
			due=_day(row[7]),
			reply=row[8],
			replied_on=_day(row[9]),
			note=row[10],
			year=row[11],
		)
		for row in rows
	]


def _day(stored: str | None) -> date | None:
	return date.fromisoformat(stored) if stored else None
