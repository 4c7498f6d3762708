"""What rests on messages: requests, decisions, redactions, evidence, packs, items for a meeting, copies outside."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

_CHUNK = 4000
_RESTED = """
	SELECT message_id FROM request_message WHERE message_id IN (SELECT value FROM json_each(?1))
	UNION SELECT message_id FROM decision WHERE message_id IN (SELECT value FROM json_each(?1))
	UNION SELECT message_id FROM redaction WHERE message_id IN (SELECT value FROM json_each(?1))
	UNION SELECT message_id FROM evidence WHERE message_id IN (SELECT value FROM json_each(?1))
	UNION SELECT message_id FROM meeting_item WHERE message_id IN (SELECT value FROM json_each(?1))
"""
_ALONE = """
	FROM {table} r JOIN message m ON m.id = r.message_id
	WHERE {narrowed} EXISTS (
		SELECT 1 FROM observation o WHERE o.message_id = m.id AND o.export_id = ? AND (
			(o.version_id IN ({texts}) AND NOT EXISTS (
				SELECT 1 FROM observation x
				WHERE x.message_id = m.id AND x.export_id != o.export_id AND x.version_id = o.version_id))
			OR (o.file_id IS NOT NULL AND NOT EXISTS (
				SELECT 1 FROM observation x
				WHERE x.message_id = m.id AND x.export_id != o.export_id AND x.file_id = o.file_id))))
"""
"""Rows that rest on what one export alone shows: a text that was decided on or is shown today, or a file."""


class Depending(NamedTuple):
	"""How much rests on what one export alone shows."""

	requests: int
	"""Requests in whose set such a message is."""
	decisions: int
	redactions: int
	evidence: int
	packs: int
	meetings: int = 0
	"""Items for a meeting."""
	copies: int = 0
	"""Copies of its files that are believed to lie outside the archive: their list would be lost."""

	def __bool__(self) -> bool:
		return any(tuple(self))


def rested(c: Connection, ids: Sequence[int]) -> set[int]:
	"""Return those of some messages on which something rests."""
	found: set[int] = set()
	for start in range(0, len(ids), _CHUNK):
		wanted = json.dumps(ids[start : start + _CHUNK])
		found.update(row[0] for row in c.exec_driver_sql(_RESTED, (wanted,)))
	return found


def depends_on(c: Connection, export_id: int) -> Depending:
	"""Count what rests on messages, texts or files that only this export shows: none of it may go."""

	def counted(what: str, table: str, texts: str = "m.shown_version_id", narrowed: str = "") -> int:
		alone = _ALONE.format(table=table, texts=texts, narrowed=narrowed)
		return int(c.exec_driver_sql(f"SELECT count({what}) {alone}", (export_id,)).scalar_one())

	packs = c.exec_driver_sql(
		"SELECT count(*) FROM pack p WHERE EXISTS (SELECT 1 "  # noqa: S608 (our own words)
		+ _ALONE.format(table="request_message", texts="m.shown_version_id", narrowed="r.request_id = p.request_id AND")
		+ ")",
		(export_id,),
	)
	copies = c.exec_driver_sql(
		"""
		SELECT count(*) FROM outside_copy k WHERE k.gone_on IS NULL
			AND EXISTS (SELECT 1 FROM observation o WHERE o.file_id = k.file_id AND o.export_id = ?1)
			AND NOT EXISTS (SELECT 1 FROM observation x WHERE x.file_id = k.file_id AND x.export_id != ?1)
		""",
		(export_id,),
	)
	return Depending(
		requests=counted("DISTINCT r.request_id", "request_message"),
		decisions=counted("*", "decision", "m.shown_version_id, r.version_id"),
		redactions=counted("*", "redaction"),
		evidence=counted("*", "evidence"),
		packs=int(packs.scalar_one()),
		meetings=counted("*", "meeting_item"),
		copies=int(copies.scalar_one()),
	)
