"""Policy breaches, disputes and data breaches: what is kept of them, with frozen copies of messages as evidence."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.cases import Case, CaseDraft, CaseKind, CaseStep, Evidence
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.errors import NotFound
from cranford_desktop.store import messages
from cranford_desktop.store.groups import moment, wall
from cranford_desktop.store.references import next_number

__all__ = ["add_case", "add_evidence", "add_step", "case", "cases", "evidence_ids", "next_number", "set_stage"]

_CASES = """
	SELECT id, reference, kind, title, stage, logged_at, happened_on, noticed_at, people, facts, own_view, clause,
		reported_by
	FROM case_file
"""


def add_case(c: Connection, draft: CaseDraft, *, reference: str, stage: str, at: datetime) -> int:
	"""Log a case with its first evidence and return its id."""
	case_id = int(
		c.exec_driver_sql(
			"""
			INSERT INTO case_file(reference, kind, title, stage, logged_at, happened_on, noticed_at, people, facts,
				own_view, clause, reported_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
			""",
			(
				reference,
				draft.kind,
				draft.title,
				stage,
				moment(at),
				draft.happened_on.isoformat(),
				wall(draft.noticed_at) if draft.noticed_at is not None else None,
				json.dumps(list(draft.people), ensure_ascii=False),
				draft.facts,
				draft.own_view,
				draft.clause,
				draft.reported_by,
			),
		).scalar_one()
	)
	add_evidence(c, case_id, draft.message_ids, at)
	return case_id


def add_evidence(c: Connection, case_id: int, message_ids: Iterable[int], at: datetime) -> int:
	"""Freeze copies of messages as they stand now and return how many were not evidence of this case before."""
	added = 0
	for row in messages.rows(c, list(dict.fromkeys(message_ids))):
		frozen = _frozen(row)
		added += c.exec_driver_sql(
			"INSERT OR IGNORE INTO evidence(case_id, message_id, frozen, sha256, added_at) VALUES(?, ?, ?, ?, ?)",
			(case_id, row.id, frozen, hashlib.sha256(frozen.encode()).hexdigest(), moment(at)),
		).rowcount
	return added


def _frozen(row: MessageRow) -> str:
	"""Return a copy of a message that stays as it is whatever later exports show."""
	return json.dumps(
		{
			"id": row.id,
			"group": row.group,
			"sent_at": wall(row.sent_at),
			"precision": row.precision,
			"sender": row.sender,
			"sender_as_exported": row.sender_as_exported,
			"kind": row.kind,
			"text": row.text,
			"raw": row.raw,
			"edited": row.edited,
			"deleted": row.deleted,
			"attachments": [
				{"file": one.id, "name": one.name, "size": one.size, "sha256": one.sha256, "present": one.present}
				for one in row.attachments
			],
		},
		ensure_ascii=False,
		sort_keys=True,
		separators=(",", ":"),
	)


def add_step(c: Connection, case_id: int, what: str, note: str, at: datetime) -> None:
	"""Add an entry to the timeline of a case."""
	c.exec_driver_sql(
		"INSERT INTO case_step(case_id, at, what, note) VALUES(?, ?, ?, ?)", (case_id, moment(at), what, note)
	)


def set_stage(c: Connection, case_id: int, stage: str, *, closed_on: date | None = None) -> None:
	"""Write how far a case has got, and the day it was closed, if it was."""
	c.exec_driver_sql(
		"UPDATE case_file SET stage = ?, closed_on = ? WHERE id = ?",
		(stage, closed_on.isoformat() if closed_on is not None else None, case_id),
	)


def cases(c: Connection, kind: CaseKind | None = None) -> list[Case]:
	"""Return the cases, newest first, of one kind if that is given. `due_at` and `next_step` are left to the rules."""
	rows = c.exec_driver_sql(
		_CASES + " WHERE ? IS NULL OR kind = ? ORDER BY logged_at DESC, id DESC", (kind, kind)
	).fetchall()
	ids = [row[0] for row in rows]
	evidence, steps = _evidence(c, ids), _steps(c, ids)
	return [_case(row, evidence.get(row[0], ()), steps.get(row[0], ())) for row in rows]


def case(c: Connection, case_id: int) -> Case:
	"""Return one case; raises `NotFound`. `due_at` and `next_step` are left to the rules."""
	row = c.exec_driver_sql(_CASES + " WHERE id = ?", (case_id,)).first()
	if row is None:
		raise NotFound("This archive holds no such case.")
	return _case(row, _evidence(c, [case_id]).get(case_id, ()), _steps(c, [case_id]).get(case_id, ()))


def _case(row: Any, evidence: Sequence[Evidence], steps: Sequence[CaseStep]) -> Case:
	return Case(
		id=row[0],
		reference=row[1],
		kind=row[2],
		title=row[3],
		stage=row[4],
		logged_at=datetime.fromisoformat(row[5]),
		happened_on=date.fromisoformat(row[6]),
		noticed_at=datetime.fromisoformat(row[7]) if row[7] else None,
		due_at=None,
		people=tuple(json.loads(row[8])),
		facts=row[9],
		own_view=row[10],
		clause=row[11],
		reported_by=row[12],
		next_step="",
		evidence=tuple(evidence),
		steps=tuple(steps),
	)


def _evidence(c: Connection, case_ids: Sequence[int]) -> dict[int, list[Evidence]]:
	found: dict[int, list[Evidence]] = {}
	rows = c.exec_driver_sql(
		"""
		SELECT case_id, message_id, frozen, sha256, added_at FROM evidence
		WHERE case_id IN (SELECT value FROM json_each(?))
		""",
		(json.dumps(list(case_ids)),),
	)
	for case_id, message_id, frozen, sha256, added_at in rows:
		copy = json.loads(frozen)
		found.setdefault(case_id, []).append(
			Evidence(
				message_id=message_id,
				group=copy["group"],
				sent_at=datetime.fromisoformat(copy["sent_at"]),
				sender=copy["sender"],
				text=copy["text"] if copy["text"] is not None else copy["raw"],
				sha256=sha256,
				added_at=datetime.fromisoformat(added_at),
			)
		)
	for held in found.values():
		held.sort(key=lambda one: (one.sent_at, one.message_id))
	return found


def _steps(c: Connection, case_ids: Sequence[int]) -> dict[int, list[CaseStep]]:
	found: dict[int, list[CaseStep]] = {}
	rows = c.exec_driver_sql(
		"SELECT case_id, at, what, note FROM case_step WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY id",
		(json.dumps(list(case_ids)),),
	)
	for case_id, at, what, note in rows:
		found.setdefault(case_id, []).append(CaseStep(datetime.fromisoformat(at), what, note))
	return found


def evidence_ids(c: Connection) -> dict[str, set[int]]:
	"""Return for each open case, by reference, the messages that are its evidence: they are held."""
	found: dict[str, set[int]] = {}
	for reference, message_id in c.exec_driver_sql(
		"""
		SELECT f.reference, e.message_id FROM case_file f JOIN evidence e ON e.case_id = f.id
		WHERE f.closed_on IS NULL ORDER BY f.logged_at, f.id
		"""
	):
		found.setdefault(reference, set()).add(message_id)
	return found
