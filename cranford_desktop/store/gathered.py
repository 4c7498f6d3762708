"""The record of a request's gathering: every search and every act by hand, and which of them brought a message.

`search_record.wanted` is a list with one entry. Of a search: its filter, with "out" (a moment) once what it added was
taken out again. Of an act by hand: "act" ("add", "leave" or "confirm"), "ids", and "undone" (a moment) once it was
taken back; of "leave" also "was", the messages that stood in the request then, each with the entry that had brought it;
of "add" also "stays", where what it added was taken out but for these, which were decided on. Of both also "reopened".
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.gathering import Place, Step, StepKind
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import rendered_name
from cranford_desktop.store.groups import moment
from cranford_desktop.store.numbers import meant
from cranford_desktop.store.stored import filters, filters_json

_STEPS = """
	SELECT s.id, s.at, s.words, s.found, s.added, s.wanted,
		(SELECT count(*) FROM request_message m WHERE m.request_id = s.request_id AND m.search_id = s.id)
	FROM search_record s WHERE s.request_id = ? ORDER BY s.id
"""
_PLACES = """
	SELECT m.id, m.group_id, g.name, substr(m.sent_at, 1, 10), coalesce(p.name, a.rendered, m.sender_as_exported, ''),
		d.choice IS NOT NULL, coalesce(json_extract(r.wanted, '$[0].act') = 'add', 0)
	FROM request_message s JOIN message m ON m.id = s.message_id JOIN chat_group g ON g.id = m.group_id
	LEFT JOIN alias a ON a.id = m.alias_id LEFT JOIN person p ON p.id = a.person_id
	LEFT JOIN decision d ON d.request_id = s.request_id AND d.message_id = s.message_id
	LEFT JOIN search_record r ON r.id = s.search_id
	WHERE s.request_id = ? ORDER BY g.folded, m.group_id, m.position
"""


class Kept(NamedTuple):
	"""One entry of the record, with what only gathering itself needs to know."""

	step: Step
	ids: tuple[int, ...]
	"""Of an act by hand: the messages meant, by their numbers of today."""
	was: tuple[tuple[int, int | None], ...]
	undone: bool
	stays: bool
	"""They stayed because they were decided on: nothing that she did by hand, and nothing to undo."""
	reopened: bool
	"""The set had been confirmed, and adding opened it again."""


def kept(c: Connection, request_id: int, live: Sequence[MessageFilter]) -> list[Kept]:
	"""Return the whole record of a request in order; `live`: the filters of its live query."""
	return [_kept(c, row, live) for row in c.exec_driver_sql(_STEPS, (request_id,)).fetchall()]


def _kept(c: Connection, row: Any, live: Sequence[MessageFilter]) -> Kept:
	entries = json.loads(row[5])
	entry: Mapping[str, Any] = entries[0] if entries else {}
	wanted = filters(row[5])[0] if entries else None
	kind: StepKind = entry.get("act", "search")
	step = Step(
		id=row[0],
		at=datetime.fromisoformat(row[1]),
		kind=kind,
		words=row[2],
		found=row[3],
		added=row[4],
		wanted=wanted,
		held=row[6],
		live=kind == "search" and wanted in live,
		taken_out="out" in entry,
	)
	was = entry.get("was", ())
	names = meant(c, [one for one, _ in was])
	return Kept(
		step,
		tuple(meant(c, entry.get("ids", ()))),
		tuple((name, brought) for name, (_, brought) in zip(names, was, strict=True)),
		"undone" in entry,
		"stays" in entry,
		"reopened" in entry,
	)


def add_step(
	c: Connection, request_id: int, at: datetime, words: str, found: int, added: int, entry: Mapping[str, Any]
) -> int:
	"""Write an entry of the record and return its number."""
	row = c.exec_driver_sql(
		"INSERT INTO search_record(request_id, at, words, found, added, wanted) VALUES(?, ?, ?, ?, ?, ?) RETURNING id",
		(request_id, moment(at), words, found, added, json.dumps([dict(entry)], ensure_ascii=False)),
	)
	return int(row.scalar_one())


def search_entry(wanted: MessageFilter) -> dict[str, Any]:
	"""Return how the record keeps a search."""
	[entry] = json.loads(filters_json((wanted,)))
	return dict(entry)


def mark(c: Connection, step_id: int, key: Literal["undone", "out", "reopened"], at: datetime | None) -> None:
	"""Write into an entry when it was taken back, taken out again, or opened the set again; None: it was not."""
	stored = c.exec_driver_sql("SELECT wanted FROM search_record WHERE id = ?", (step_id,)).scalar_one()
	entry = dict(next(iter(json.loads(stored)), {}))
	entry.pop(key, None)
	if at is not None:
		entry[key] = moment(at)
	c.exec_driver_sql(
		"UPDATE search_record SET wanted = ? WHERE id = ?", (json.dumps([entry], ensure_ascii=False), step_id)
	)


def count_added(c: Connection, step_id: int, more: int) -> None:
	"""Count messages that a search added after it was made."""
	c.exec_driver_sql("UPDATE search_record SET added = added + ? WHERE id = ?", (more, step_id))


def members(c: Connection, request_id: int) -> dict[int, int | None]:
	"""Return the messages of a request, each with the entry of the record that brought it."""
	rows = c.exec_driver_sql("SELECT message_id, search_id FROM request_message WHERE request_id = ?", (request_id,))
	return {row[0]: row[1] for row in rows}


def put(c: Connection, request_id: int, step_id: int | None, ids: Iterable[int], at: datetime) -> int:
	"""Put messages into a request as brought by an entry of its record; return how many were not in it."""
	return c.exec_driver_sql(
		"""
		INSERT OR IGNORE INTO request_message(request_id, message_id, added_at, search_id)
		SELECT ?, value, ?, ? FROM json_each(?) WHERE value IN (SELECT id FROM message)
		""",
		(request_id, moment(at), step_id, json.dumps(meant(c, ids))),
	).rowcount


def brought_by(c: Connection, request_id: int, step_id: int, ids: Iterable[int]) -> None:
	"""Say that messages of a request were brought by another entry of its record."""
	c.exec_driver_sql(
		"""
		UPDATE request_message SET search_id = ?
		WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))
		""",
		(step_id, request_id, json.dumps(list(ids))),
	)


def decided(c: Connection, request_id: int, ids: Iterable[int]) -> set[int]:
	"""Return which of some messages were decided on, in words or in a photo or file, or have words covered up."""
	rows = c.exec_driver_sql(
		"""
		SELECT message_id FROM decision WHERE request_id = ?1 AND message_id IN (SELECT value FROM json_each(?2))
		UNION SELECT message_id FROM media_decision
			WHERE request_id = ?1 AND message_id IN (SELECT value FROM json_each(?2))
		UNION SELECT message_id FROM redaction
			WHERE request_id = ?1 AND message_id IN (SELECT value FROM json_each(?2))
		""",
		(request_id, json.dumps(list(ids))),
	)
	return {row[0] for row in rows}


def places(c: Connection, request_id: int) -> list[Place]:
	"""Return where each message of a request stands, by group and conversation order."""
	return [
		Place(row[0], row[1], row[2], date.fromisoformat(row[3]), rendered_name(row[4]), bool(row[5]), bool(row[6]))
		for row in c.exec_driver_sql(_PLACES, (request_id,))
	]


def between(c: Connection, first: int, last: int) -> list[int]:
	"""Return the messages from one to another of the same group, both with; empty where they are of two groups."""
	ends = meant(c, (first, last))
	rows = c.exec_driver_sql(
		"SELECT group_id, position FROM message WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ends),)
	).fetchall()
	if len({row[0] for row in rows}) != 1:
		return []
	places_ = [row[1] for row in rows]
	found = c.exec_driver_sql(
		"""
		SELECT id FROM message WHERE group_id = ? AND position BETWEEN ? AND ?
			AND (set_aside = 0 OR id IN (SELECT value FROM json_each(?))) ORDER BY position
		""",
		(rows[0][0], min(places_), max(places_), json.dumps(ends)),
	)
	return [row[0] for row in found]


def whole_day(c: Connection, message_id: int) -> list[int]:
	"""Return the messages of a message's day in its group; empty where it is not held."""
	[living] = meant(c, (message_id,))
	rows = c.exec_driver_sql(
		"""
		SELECT d.id FROM message m JOIN message d ON d.group_id = m.group_id
			AND d.sent_at >= substr(m.sent_at, 1, 10) AND d.sent_at <= substr(m.sent_at, 1, 10) || 'T99'
		WHERE m.id = ? AND (d.set_aside = 0 OR d.id = m.id) ORDER BY d.position
		""",
		(living,),
	)
	return [row[0] for row in rows]


def quoting(c: Connection, ids: Iterable[int]) -> list[tuple[int, str]]:
	"""Return those of some messages in whose shown words something is set like a quotation, with these words."""
	rows = c.exec_driver_sql(
		"""
		SELECT m.id, v.text FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value
		JOIN version v ON v.id = m.shown_version_id
		WHERE v.text LIKE '%>%' OR v.text LIKE '%“%' OR v.text LIKE '%"%' OR v.text LIKE '%«%' OR v.text LIKE '%„%'
		ORDER BY wanted.key
		""",
		(json.dumps(list(ids)),),
	)
	return [(row[0], row[1]) for row in rows]


def earlier_with(c: Connection, message_id: int, ids: Iterable[int]) -> list[tuple[int, str]]:
	"""Return those of some messages that stand before another one in its group, nearest first, with their words."""
	rows = c.exec_driver_sql(
		"""
		SELECT p.id, v.text FROM message m JOIN message p ON p.group_id = m.group_id AND p.position < m.position
		JOIN version v ON v.id = p.shown_version_id
		WHERE m.id = ? AND p.id IN (SELECT value FROM json_each(?)) AND v.text IS NOT NULL ORDER BY p.position DESC
		""",
		(message_id, json.dumps(list(ids))),
	)
	return [(row[0], row[1]) for row in rows]
