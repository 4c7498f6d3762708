"""Kinds and tags are said of records, so that they go where a record goes when messages join or part.

A message has the weightiest kind said of any of its records and every tag said of one; so any order of imports gives
the same. `message.category` and `message_tag` hold what follows, for reading.
"""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection

_CHUNK = 4000
_WEIGHT = "CASE k.category WHEN 'sensitive' THEN 3 WHEN 'mixed' THEN 2 ELSE 1 END"
_KIND_OF = f"""
	coalesce((SELECT k.category FROM observation o JOIN kind_said k ON k.export_id = o.export_id AND k.ord = o.ord
		WHERE o.message_id = {{message}} ORDER BY {_WEIGHT} DESC LIMIT 1), 'council')
"""  # noqa: S608 (our own words)
_KINDS = f"""
	UPDATE message SET category = now.category
	FROM (SELECT value AS id, {_KIND_OF.format(message="wanted.value")} AS category FROM json_each(?) wanted) now
	WHERE message.id = now.id AND message.category != now.category
"""  # noqa: S608 (our own words)
_TAGS = """
	INSERT INTO message_tag(message_id, tag_id, added_at)
	SELECT o.message_id, t.tag_id, min(t.added_at)
	FROM json_each(?) wanted CROSS JOIN observation o ON o.message_id = wanted.value
	JOIN tag_said t ON t.export_id = o.export_id AND t.ord = o.ord GROUP BY o.message_id, t.tag_id
"""
_OTHERS = """
	JOIN observation o ON o.export_id = said.export_id AND o.ord = said.ord
	JOIN message m ON m.id = o.message_id
	JOIN observation x ON x.message_id = o.message_id AND x.export_id != o.export_id
	WHERE said.export_id = ?
"""
"""The other records of the messages of which something was said with this export's records."""
_HAND_OVER = (
	f"""
	INSERT INTO kind_said(export_id, ord, category)
	SELECT x.export_id, x.ord, m.category FROM kind_said said {_OTHERS}
	ON CONFLICT DO UPDATE SET category = excluded.category
	""",  # noqa: S608 (our own words)
	f"""
	INSERT INTO tag_said(export_id, ord, tag_id, added_at)
	SELECT x.export_id, x.ord, said.tag_id, said.added_at FROM tag_said said {_OTHERS} ON CONFLICT DO NOTHING
	""",  # noqa: S608 (our own words)
	f"""
	INSERT INTO sorting_record(sorting_id, export_id, ord, tag_id, was)
	SELECT said.sorting_id, x.export_id, x.ord, said.tag_id, said.was FROM sorting_record said {_OTHERS}
		AND NOT EXISTS (SELECT 1 FROM sorting_record own WHERE own.sorting_id = said.sorting_id
			AND own.export_id = x.export_id AND own.ord = x.ord)
	ON CONFLICT DO NOTHING
	""",  # noqa: S608 (our own words)
)
_TABLES = ("kind_said", "tag_said", "sorting_record")
UNSORTED = f"""
	SELECT (SELECT count(*) FROM message WHERE id IN (SELECT id FROM message WHERE category != 'council' UNION
			SELECT o.message_id FROM kind_said k JOIN observation o ON o.export_id = k.export_id AND o.ord = k.ord)
			AND category != {_KIND_OF.format(message="message.id")})
		+ (SELECT count(*) FROM message_tag WHERE NOT EXISTS (SELECT 1 FROM observation o
			JOIN tag_said t ON t.export_id = o.export_id AND t.ord = o.ord
			WHERE o.message_id = message_tag.message_id AND t.tag_id = message_tag.tag_id))
		+ (SELECT count(*) FROM tag_said t JOIN observation o ON o.export_id = t.export_id AND o.ord = t.ord
			WHERE NOT EXISTS (SELECT 1 FROM message_tag m WHERE m.message_id = o.message_id AND m.tag_id = t.tag_id))
"""  # noqa: S608 (our own words)
"""How many messages have another kind or other tags than follow from what was said: none, unless one was altered."""


def anything_said(c: Connection) -> bool:
	"""Say whether any message was given a kind or a tag; as long as there is none nobody need ask."""
	said = c.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM kind_said) OR EXISTS (SELECT 1 FROM tag_said)")
	return bool(said.scalar_one())


def sort_out(c: Connection, ids: Collection[int]) -> None:
	"""Write the kinds and tags that follow for some messages from what was said of their records."""
	listed = list(ids)
	for start in range(0, len(listed), _CHUNK):
		wanted = json.dumps(listed[start : start + _CHUNK])
		c.exec_driver_sql(_KINDS, (wanted,))
		c.exec_driver_sql("DELETE FROM message_tag WHERE message_id IN (SELECT value FROM json_each(?))", (wanted,))
		c.exec_driver_sql(_TAGS, (wanted,))


def hand_over(c: Connection, export_id: int) -> None:
	"""Before an export goes: what was said with its records stays said with the others of the same messages."""
	for statement in _HAND_OVER:
		c.exec_driver_sql(statement, (export_id,))
	for table in _TABLES:
		c.exec_driver_sql(f"DELETE FROM {table} WHERE export_id = ?", (export_id,))  # noqa: S608 (our own words)


def unsay(c: Connection, ids: Sequence[int]) -> None:
	"""Remove the tags of messages that go."""
	c.exec_driver_sql(
		"DELETE FROM message_tag WHERE message_id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
	)
