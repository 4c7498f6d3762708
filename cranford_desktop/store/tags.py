"""Tags: topics in the council's words, and what photos and documents show."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.sorting import Tag, TagRef, TagSort
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.store.groups import moment

_UNCHANGED = "Nothing was changed."


def tags(c: Connection) -> list[Tag]:
	"""Return all tags, what photos show first, then by name, with how many messages carry each."""
	rows = c.exec_driver_sql(
		"""
		SELECT t.id, t.name, t.sort, (SELECT count(*) FROM message_tag m WHERE m.tag_id = t.id) FROM tag t
		ORDER BY t.sort, t.folded
		"""
	)
	return [Tag(*row) for row in rows]


def tag(c: Connection, tag_id: int) -> TagRef:
	"""Return one tag; raises `NotFound`."""
	row = c.exec_driver_sql("SELECT id, name, sort FROM tag WHERE id = ?", (tag_id,)).first()
	if row is None:
		raise NotFound("There is no such tag any more.", _UNCHANGED)
	return TagRef(*row)


def named(c: Connection, name: str) -> TagRef | None:
	"""Return the tag of a name, whatever its case; None where there is none."""
	row = c.exec_driver_sql("SELECT id, name, sort FROM tag WHERE folded = ?", (folded_name(name),)).first()
	return TagRef(*row) if row is not None else None


def add_tag(c: Connection, name: str, sort: TagSort, at: datetime, *, tag_id: int | None = None) -> TagRef:
	"""Make a tag, under a number it had before if that is given. Raises `CranfordError` where the name is taken."""
	_require_free(c, name, None)
	row = c.exec_driver_sql(
		"INSERT INTO tag(id, sort, name, folded, made_at) VALUES(?, ?, ?, ?, ?) RETURNING id",
		(tag_id, sort, name, folded_name(name), moment(at)),
	)
	return TagRef(int(row.scalar_one()), name, sort)


def rename_tag(c: Connection, tag_id: int, name: str) -> None:
	"""Give a tag another name; raises `CranfordError` where another tag has it."""
	_require_free(c, name, tag_id)
	c.exec_driver_sql("UPDATE tag SET name = ?, folded = ? WHERE id = ?", (name, folded_name(name), tag_id))


def drop_tag(c: Connection, tag_id: int) -> None:
	"""Remove a tag that no record carries any more."""
	c.exec_driver_sql("DELETE FROM message_tag WHERE tag_id = ?", (tag_id,))
	c.exec_driver_sql("DELETE FROM tag WHERE id = ?", (tag_id,))


def tags_of(c: Connection, ids: Sequence[int]) -> dict[int, tuple[TagRef, ...]]:
	"""Return the tags of messages, what a photo shows first, then by name; a message without any is left out."""
	found: dict[int, list[TagRef]] = {}
	for row in c.exec_driver_sql(
		"""
		SELECT m.message_id, t.id, t.name, t.sort FROM message_tag m JOIN tag t ON t.id = m.tag_id
		WHERE m.message_id IN (SELECT value FROM json_each(?)) ORDER BY t.sort, t.folded
		""",
		(json.dumps(list(ids)),),
	):
		found.setdefault(row[0], []).append(TagRef(*row[1:]))
	return {message_id: tuple(held) for message_id, held in found.items()}


def _require_free(c: Connection, name: str, mine: int | None) -> None:
	held = named(c, name)
	if held is not None and held.id != mine:
		raise CranfordError(
			f"There is a tag “{held.name}” already.", _UNCHANGED, "Choose another name, or put the two together."
		)
