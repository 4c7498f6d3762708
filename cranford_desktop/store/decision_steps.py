"""Steps of deciding that can be taken back, also after a restart: what stood before each, kept with its request."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.store.groups import moment
from cranford_desktop.store.numbers import meant
from cranford_desktop.store.photo_areas import put_back

KEPT = 500
"""Steps of a request that can be taken back."""
_DECISION = """
	choice, exemption, reason, prejudice, public_interest, balance, with_media, version_id, decided_at, more_exemptions
"""
_MEDIUM = "choice, exemption, reason, decided_at"
_REDACTION = 'id, kind, value, exemption, reason, stand_in, message_id, start, "end", made_at, ticks'


class Step(NamedTuple):
	"""One step: what was done, where, and what stood there before."""

	id: int
	message_id: int
	words: str
	before: dict[str, Any]


def decisions_before(c: Connection, request_id: int, ids: Sequence[int]) -> dict[str, Any]:
	"""Return what stands decided on messages now, as a step keeps it."""
	wanted = meant(c, ids)
	rows = c.exec_driver_sql(
		f"SELECT message_id, {_DECISION} FROM decision "  # noqa: S608 (our own words)
		"WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		(request_id, json.dumps(wanted)),
	)
	held = [list(row) for row in rows]
	known = {row[0] for row in held}
	return {"decisions": held, "undecided": [one for one in wanted if one not in known]}


def medium_before(c: Connection, request_id: int, message_id: int, sha256: str) -> dict[str, Any]:
	"""Return what stands decided on one file of a message now, as a step keeps it."""
	row = c.exec_driver_sql(
		f"SELECT {_MEDIUM} FROM media_decision WHERE request_id = ? AND message_id = ? AND sha256 = ?",  # noqa: S608
		(request_id, message_id, sha256),
	).first()
	return {"medium": [message_id, sha256, list(row) if row else None]}


def covering_before(c: Connection, request_id: int, redaction_id: int, *, made: bool) -> dict[str, Any]:
	"""Return a covering-up as a step keeps it: one just `made`, or one about to be taken off."""
	if made:
		return {"covered": redaction_id}
	row = c.exec_driver_sql(
		f"SELECT {_REDACTION} FROM redaction WHERE request_id = ? AND id = ?",  # noqa: S608 (our own words)
		(request_id, redaction_id),
	).first()
	return {"uncovered": list(row) if row else None}


def first_message(c: Connection, request_id: int) -> int | None:
	"""Return a message of the set, for a step that belongs to no single one; None where the set is empty."""
	found: int | None = c.exec_driver_sql(
		"SELECT min(message_id) FROM request_message WHERE request_id = ?", (request_id,)
	).scalar()
	return found


def add_step(c: Connection, request_id: int, message_id: int, words: str, before: dict[str, Any], at: datetime) -> None:
	"""Keep a step in the caller's change; the oldest beyond `KEPT` go."""
	c.exec_driver_sql(
		"INSERT INTO decision_step(request_id, message_id, words, before, at) VALUES(?, ?, ?, ?, ?)",
		(request_id, meant(c, [message_id])[0], words, json.dumps(before, ensure_ascii=False), moment(at)),
	)
	c.exec_driver_sql(
		"""
		DELETE FROM decision_step WHERE request_id = ?1 AND id <=
			(SELECT id FROM decision_step WHERE request_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
		""",
		(request_id, KEPT),
	)


def last_step(c: Connection, request_id: int) -> Step | None:
	"""Return the newest step of a request that was not taken back."""
	row = c.exec_driver_sql(
		"SELECT id, message_id, words, before FROM decision_step WHERE request_id = ? ORDER BY id DESC LIMIT 1",
		(request_id,),
	).first()
	return Step(row[0], row[1], row[2], json.loads(row[3])) if row else None


def count_steps(c: Connection, request_id: int) -> int:
	"""Return how many steps of a request can be taken back."""
	return int(c.exec_driver_sql("SELECT count(*) FROM decision_step WHERE request_id = ?", (request_id,)).scalar_one())


def keep_steps(c: Connection, request_id: int) -> None:
	"""Let no step hang on a message that left the set; with the last message its steps go too."""
	c.exec_driver_sql(
		"""
		UPDATE decision_step SET message_id = (SELECT min(message_id) FROM request_message WHERE request_id = ?1)
		WHERE request_id = ?1 AND EXISTS (SELECT 1 FROM request_message WHERE request_id = ?1)
			AND message_id NOT IN (SELECT message_id FROM request_message WHERE request_id = ?1)
		""",
		(request_id,),
	)
	c.exec_driver_sql(
		"""
		DELETE FROM decision_step WHERE request_id = ?1
			AND NOT EXISTS (SELECT 1 FROM request_message WHERE request_id = ?1)
		""",
		(request_id,),
	)


def take_back(c: Connection, request_id: int, step: Step, codes: frozenset[str]) -> list[int] | None:
	"""Put back what stood before a step and forget it; return the messages it touched, None where it touched nothing.

	Messages that left the set meanwhile are passed over. A decision under an exemption that is not among `codes`, of
	the law the request is now answered under, is not put back: the message is undecided again.
	"""
	touched = _put_back(c, request_id, step.before, codes)
	c.exec_driver_sql("DELETE FROM decision_step WHERE id = ?", (step.id,))
	return touched


def _put_back(c: Connection, request_id: int, before: dict[str, Any], codes: frozenset[str]) -> list[int] | None:
	if "decisions" in before:
		return _put_decisions(c, request_id, before["decisions"], before["undecided"], codes) or None
	if "medium" in before:
		message_id, sha256, row = before["medium"]
		return _put_medium(c, request_id, meant(c, [message_id])[0], sha256, row, codes) or None
	if "covered" in before:
		gone = c.exec_driver_sql(
			"DELETE FROM redaction WHERE request_id = ? AND id = ?", (request_id, before["covered"])
		)
		return [] if gone.rowcount else None
	if "areas" in before:
		put_back(c, request_id, *before["areas"])
		return []
	row = before["uncovered"]
	if row is None or row[3] not in codes or (row[6] is not None and not _members(c, request_id, [row[6]])):
		return None
	c.exec_driver_sql(
		f"INSERT OR IGNORE INTO redaction(request_id, {_REDACTION}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		(request_id, *row),
	)
	return []


def _put_decisions(
	c: Connection, request_id: int, rows: list[list[Any]], undecided: list[int], codes: frozenset[str]
) -> list[int]:
	ids = meant(c, [*(row[0] for row in rows), *undecided])
	within = _members(c, request_id, ids)
	c.exec_driver_sql(
		"DELETE FROM decision WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		(request_id, json.dumps(sorted(within))),
	)
	again = [
		(request_id, message_id, *row[1:])
		for message_id, row in zip(ids, rows, strict=False)
		if message_id in within and {row[2], *json.loads(row[10])} - {None} <= codes
	]
	if again:
		c.exec_driver_sql(
			f"INSERT OR REPLACE INTO decision(request_id, message_id, {_DECISION}) "
			"VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			again,
		)
	return [one for one in dict.fromkeys(ids) if one in within]


def _put_medium(
	c: Connection, request_id: int, message_id: int, sha256: str, row: list[Any] | None, codes: frozenset[str]
) -> list[int]:
	if not _members(c, request_id, [message_id]):
		return []
	c.exec_driver_sql(
		"DELETE FROM media_decision WHERE request_id = ? AND message_id = ? AND sha256 = ?",
		(request_id, message_id, sha256),
	)
	if row is not None and (row[1] is None or row[1] in codes):
		c.exec_driver_sql(
			f"INSERT INTO media_decision(request_id, message_id, sha256, {_MEDIUM}) VALUES(?, ?, ?, ?, ?, ?, ?)",
			(request_id, message_id, sha256, *row),
		)
	return [message_id]


def _members(c: Connection, request_id: int, ids: Sequence[int]) -> set[int]:
	return {
		row[0]
		for row in c.exec_driver_sql(
			"""
			SELECT message_id FROM request_message
			WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))
			""",
			(request_id, json.dumps(list(ids))),
		)
	}
