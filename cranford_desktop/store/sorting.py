"""Acts of sorting: saying a kind, putting tags on and taking them off, each with what undoing it restores."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.messages import Category
from cranford_desktop.domain.sorting import Act, ActKind, TagRef
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.numbers import meant
from cranford_desktop.store.said import sort_out

_REST_OF_DAY = """
	SELECT id FROM message WHERE group_id = ? AND sent_at >= ? AND sent_at <= ? AND position >= ? AND kind != 'system'
		AND set_aside = 0 ORDER BY position
"""
_RECORDS = "json_each(?) wanted CROSS JOIN observation o ON o.message_id = wanted.value"
_KEEP_KINDS = f"""
	INSERT INTO sorting_record(sorting_id, export_id, ord, tag_id, was)
	SELECT ?, o.export_id, o.ord, 0, coalesce(k.category, 'council')
	FROM {_RECORDS} LEFT JOIN kind_said k ON k.export_id = o.export_id AND k.ord = o.ord
	WHERE coalesce(k.category, 'council') != ?
"""  # noqa: S608 (our own words)
_KEEP_WITHOUT = f"""
	INSERT INTO sorting_record(sorting_id, export_id, ord, tag_id, was)
	SELECT ?, o.export_id, o.ord, ?, 'without'
	FROM {_RECORDS} LEFT JOIN tag_said t ON t.export_id = o.export_id AND t.ord = o.ord AND t.tag_id = ?
	WHERE t.tag_id IS NULL
"""  # noqa: S608 (our own words)
_KEEP_WITH = f"""
	INSERT INTO sorting_record(sorting_id, export_id, ord, tag_id, was)
	SELECT ?, o.export_id, o.ord, t.tag_id, 'with'
	FROM {_RECORDS} JOIN tag_said t ON t.export_id = o.export_id AND t.ord = o.ord
	WHERE t.tag_id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (our own words)
_NOW_AS_SAID = """
	SELECT r.export_id, r.ord, r.was FROM sorting_record r
	JOIN observation o ON o.export_id = r.export_id AND o.ord = r.ord
	LEFT JOIN kind_said k ON k.export_id = r.export_id AND k.ord = r.ord
	WHERE r.sorting_id = ? AND coalesce(k.category, 'council') = ?
"""
_REACHED = """
	SELECT DISTINCT o.message_id FROM sorting_record r
	JOIN observation o ON o.export_id = r.export_id AND o.ord = r.ord WHERE r.sorting_id = ?
"""


def within(c: Connection, message_id: int, *, whole_day: bool) -> list[int]:
	"""Return the messages of a message's day in its group, all or from it on, without lines of the app.

	Raises `NotFound`.
	"""
	row = c.exec_driver_sql(
		"SELECT group_id, sent_at, position FROM message WHERE id = ?", (meant(c, [message_id])[0],)
	).first()
	if row is None:
		raise NotFound("This archive holds no message of that number.", "Nothing was changed.")
	day = row[1][: len(date.min.isoformat())]
	first = -(1 << 62) if whole_day else row[2]
	return [one[0] for one in c.exec_driver_sql(_REST_OF_DAY, (row[0], day, f"{day}T99", first))]


def say_kind(c: Connection, ids: Iterable[int], kind: Category, at: datetime) -> Act | None:
	"""Say of messages what kind of business they are; None where all of them are of it already."""
	other = _chosen(c, ids, "m.category != ?", (kind,))
	if not other:
		return None
	number = begin(c, "kind", at)
	c.exec_driver_sql(_KEEP_KINDS, (number, json.dumps(other), kind))
	_put_kind(c, number, kind)
	sort_out(c, other)
	return end(c, number, {"kind": kind, "messages": len(other)})


def say_tag(c: Connection, ids: Iterable[int], tag: TagRef, at: datetime, *, made: bool) -> Act | None:
	"""Put a tag on messages; None where all of them carry it already. `made`: the tag was made for this."""
	other = _chosen(
		c, ids, "NOT EXISTS (SELECT 1 FROM message_tag t WHERE t.message_id = m.id AND t.tag_id = ?)", (tag.id,)
	)
	if not other:
		return None
	number = begin(c, "tag", at)
	put_tag(c, number, tag.id, other, at)
	sort_out(c, other)
	return end(c, number, {"tags": [list(tag)], "messages": len(other), "made": made})


def put_tag(c: Connection, act_id: int, tag_id: int, ids: Sequence[int], at: datetime) -> None:
	"""Put a tag on every record of some messages, as part of an act; what follows is the caller's to sort out."""
	c.exec_driver_sql(_KEEP_WITHOUT, (act_id, tag_id, json.dumps(list(ids)), tag_id))
	c.exec_driver_sql(
		"INSERT INTO tag_said(export_id, ord, tag_id, added_at) SELECT export_id, ord, tag_id, ? FROM sorting_record"
		" WHERE sorting_id = ? AND tag_id = ? AND was = 'without'",
		(moment(at), act_id, tag_id),
	)


def unsay_tags(c: Connection, ids: Iterable[int], tags: Sequence[TagRef], at: datetime) -> Act | None:
	"""Take tags off messages; None where none of them carries one."""
	wanted = json.dumps([one.id for one in tags])
	other = _chosen(
		c,
		ids,
		"EXISTS (SELECT 1 FROM message_tag t WHERE t.message_id = m.id"
		" AND t.tag_id IN (SELECT value FROM json_each(?)))",
		(wanted,),
	)
	if not other:
		return None
	number = begin(c, "untag", at)
	c.exec_driver_sql(_KEEP_WITH, (number, json.dumps(other), wanted))
	_drop_with(c, number)
	sort_out(c, other)
	held = {row[0] for row in c.exec_driver_sql("SELECT tag_id FROM sorting_record WHERE sorting_id = ?", (number,))}
	taken = [list(one) for one in tags if one.id in held]
	return end(c, number, {"tags": taken, "messages": len(other)})


def take_off(c: Connection, act_id: int, tag_id: int, ids: Sequence[int]) -> None:
	"""Take a tag off every record of some messages, as part of an act; what follows is the caller's to sort out."""
	c.exec_driver_sql(_KEEP_WITH, (act_id, json.dumps(list(ids)), json.dumps([tag_id])))
	_drop_with(c, act_id)


def _drop_with(c: Connection, act_id: int) -> None:
	"""Take off, as part of an act, the tags of the records that it notes as having had them."""
	c.exec_driver_sql(
		"DELETE FROM tag_said WHERE (export_id, ord, tag_id) IN"
		" (SELECT export_id, ord, tag_id FROM sorting_record WHERE sorting_id = ? AND was = 'with')",
		(act_id,),
	)


def restore_kinds(c: Connection, act_id: int, kind: Category) -> tuple[int, int]:
	"""Give records the kinds they had before an act, where nothing was said since; return how many messages that are,
	and how many were sorted again and stay.
	"""
	rows = c.exec_driver_sql(_NOW_AS_SAID, (act_id, kind)).fetchall()
	back = [(row[0], row[1]) for row in rows if row[2] == "council"]
	if back:
		c.exec_driver_sql("DELETE FROM kind_said WHERE export_id = ? AND ord = ?", back)
	again = [tuple(row) for row in rows if row[2] != "council"]
	if again:
		c.exec_driver_sql("INSERT OR REPLACE INTO kind_said(export_id, ord, category) VALUES(?, ?, ?)", again)
	reached = reached_by(c, act_id)
	changed = {
		row[0]
		for row in c.exec_driver_sql(
			"SELECT DISTINCT o.message_id FROM json_each(?) p JOIN observation o"
			" ON o.export_id = p.value ->> 0 AND o.ord = p.value ->> 1",
			(json.dumps([[row[0], row[1]] for row in rows]),),
		)
	}
	sort_out(c, changed)
	return len(changed), len(set(reached) - changed)


def restore_tags(c: Connection, act_id: int, at: datetime) -> int:
	"""Give records the tags they had before an act; return how many messages that are."""
	c.exec_driver_sql(
		"DELETE FROM tag_said WHERE (export_id, ord, tag_id) IN"
		" (SELECT export_id, ord, tag_id FROM sorting_record WHERE sorting_id = ? AND was = 'without')",
		(act_id,),
	)
	c.exec_driver_sql(
		"""
		INSERT OR IGNORE INTO tag_said(export_id, ord, tag_id, added_at)
		SELECT r.export_id, r.ord, r.tag_id, ? FROM sorting_record r
		JOIN observation o ON o.export_id = r.export_id AND o.ord = r.ord
		JOIN tag t ON t.id = r.tag_id WHERE r.sorting_id = ? AND r.was = 'with'
		""",
		(moment(at), act_id),
	)
	reached = reached_by(c, act_id)
	sort_out(c, reached)
	return len(reached)


def reached_by(c: Connection, act_id: int) -> list[int]:
	"""Return the messages that an act reached, as they are numbered today."""
	return [row[0] for row in c.exec_driver_sql(_REACHED, (act_id,))]


def carrying(c: Connection, tag_id: int) -> list[int]:
	"""Return the messages that carry a tag."""
	return [row[0] for row in c.exec_driver_sql("SELECT message_id FROM message_tag WHERE tag_id = ?", (tag_id,))]


def begin(c: Connection, what: ActKind, at: datetime) -> int:
	"""Begin an act; `end` tells what it was."""
	row = c.exec_driver_sql("INSERT INTO sorting(what, detail, at) VALUES(?, '{}', ?) RETURNING id", (what, moment(at)))
	return int(row.scalar_one())


def end(c: Connection, act_id: int, detail: Mapping[str, Any]) -> Act:
	"""Note what an act was, and return it. `detail`: kind, tags, messages, now, made, made_at, as `Act` has them."""
	c.exec_driver_sql(
		"UPDATE sorting SET detail = ? WHERE id = ?", (json.dumps(dict(detail), ensure_ascii=False), act_id)
	)
	return act(c, act_id)


def mark_undone(c: Connection, act_id: int, at: datetime) -> None:
	"""Note that an act was undone."""
	c.exec_driver_sql("UPDATE sorting SET undone_at = ? WHERE id = ?", (moment(at), act_id))


def acts(c: Connection, limit: int, *, standing_only: bool = False) -> list[Act]:
	"""Return the newest acts, newest first; only those that were not undone."""
	where = "WHERE undone_at IS NULL" if standing_only else ""
	rows = c.exec_driver_sql(
		f"SELECT id, what, detail, at, undone_at FROM sorting {where} ORDER BY id DESC LIMIT ?",  # noqa: S608 (our own words)
		(limit,),
	)
	return [_act(row) for row in rows]


def act(c: Connection, act_id: int) -> Act:
	"""Return one act; raises `NotFound`."""
	row = c.exec_driver_sql("SELECT id, what, detail, at, undone_at FROM sorting WHERE id = ?", (act_id,)).first()
	if row is None:
		raise NotFound("That was not done here.", "Nothing was changed.")
	return _act(row)


def was_made(c: Connection, act_id: int) -> bool:
	"""Say whether an act made the tag that it put on."""
	return bool(c.exec_driver_sql("SELECT detail ->> 'made' FROM sorting WHERE id = ?", (act_id,)).scalar_one())


def _chosen(c: Connection, ids: Iterable[int], condition: str, values: tuple[object, ...]) -> list[int]:
	"""Return those of some messages that the archive holds and that meet a condition, each once."""
	wanted = json.dumps(list(dict.fromkeys(meant(c, ids))))
	rows = c.exec_driver_sql(
		f"SELECT m.id FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value WHERE {condition}",  # noqa: S608 (our own words)
		(wanted, *values),
	)
	return [row[0] for row in rows]


def _put_kind(c: Connection, act_id: int, kind: Category) -> None:
	c.exec_driver_sql(
		"DELETE FROM kind_said WHERE (export_id, ord) IN"
		" (SELECT export_id, ord FROM sorting_record WHERE sorting_id = ?)",
		(act_id,),
	)
	if kind != "council":
		c.exec_driver_sql(
			"INSERT INTO kind_said(export_id, ord, category) SELECT export_id, ord, ? FROM sorting_record"
			" WHERE sorting_id = ?",
			(kind, act_id),
		)


def _act(row: Any) -> Act:
	detail = json.loads(row[2])
	return Act(
		id=row[0],
		what=row[1],
		at=datetime.fromisoformat(row[3]),
		messages=detail.get("messages", 0),
		kind=detail.get("kind"),
		tags=tuple(TagRef(*one) for one in detail.get("tags", ())),
		now=detail.get("now", ""),
		undone_at=datetime.fromisoformat(row[4]) if row[4] else None,
	)
