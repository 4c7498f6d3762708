"""Working out again what messages are once their exports show them in another way."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.work import Stopped, check
from cranford_desktop.store.shown import Seen, shown

_CHUNK = 2000
_SEEN = """
	SELECT o.message_id, o.sent_at, o.precision, o.sender, o.is_media, o.media_name IS NOT NULL,
		o.file_id IS NOT NULL, e.last_at, e.sha256, v.id, v.raw, v.text, v.kind, v.edited, v.deleted,
		e.clock_offset, e.set_aside_at IS NOT NULL
	FROM json_each(?) wanted CROSS JOIN observation o ON o.message_id = wanted.value
	JOIN export e ON e.id = o.export_id JOIN version v ON v.id = o.version_id
"""
_NOW = """
	SELECT m.id, m.sent_at, m.alias_id, m.precision, m.sender_as_exported, m.kind, m.shown_version_id, m.edited,
		m.deleted, m.set_aside
	FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value
"""
_UPDATE = """
	UPDATE message SET precision = ?, sender_as_exported = ?, kind = ?, shown_version_id = ?, edited = ?, deleted = ?,
		set_aside = ? WHERE id = ?
"""
_UPDATE_PLACE = "UPDATE message SET sent_at = ?, alias_id = ? WHERE id = ?"


class Columns(NamedTuple):
	"""The columns of a message that follow from its observations."""

	sent_at: str
	alias_id: int | None
	precision: str
	sender_as_exported: str | None
	kind: str
	version_id: int
	edited: int
	deleted: int
	set_aside: int


def settle(c: Connection, ids: Sequence[int], stopped: Stopped) -> set[int]:
	"""Write what follows from all observations of these messages; return those that changed in time or text, on which
	their place depends.
	"""
	aliases = _aliases(c)
	moved: set[int] = set()
	for start in range(0, len(ids), _CHUNK):
		check(stopped)
		wanted = json.dumps(ids[start : start + _CHUNK])
		before = {row[0]: Columns(*row[1:]) for row in c.exec_driver_sql(_NOW, (wanted,)).fetchall()}
		rest: list[tuple[Any, ...]] = []
		places: list[tuple[Any, ...]] = []
		for message_id, now in columns(c, wanted, aliases).items():
			held = before[message_id]
			if now[:2] != held[:2]:
				places.append((*now[:2], message_id))
			if now[2:] != held[2:]:
				rest.append((*now[2:], message_id))
			if (now.sent_at, now.version_id) != (held.sent_at, held.version_id):
				moved.add(message_id)
		if rest:
			c.exec_driver_sql(_UPDATE, rest)
		if places:
			c.exec_driver_sql(_UPDATE_PLACE, places)
	return moved


def unsettled(c: Connection, ids: Sequence[int]) -> list[int]:
	"""Return those of some messages that are not as their observations say."""
	wanted = json.dumps(ids)
	now = columns(c, wanted)
	return [row[0] for row in c.exec_driver_sql(_NOW, (wanted,)) if row[0] in now and Columns(*row[1:]) != now[row[0]]]


def _aliases(c: Connection) -> dict[str, int]:
	return {row[0]: row[1] for row in c.exec_driver_sql("SELECT folded, id FROM alias")}


def columns(c: Connection, wanted: str, aliases: Mapping[str, int] | None = None) -> dict[int, Columns]:
	"""Return what follows for messages from their observations; `wanted`: their ids as JSON."""
	known = aliases if aliases is not None else _aliases(c)
	seen: dict[int, list[Seen]] = {}
	aside: dict[int, bool] = {}
	for row in c.exec_driver_sql(_SEEN, (wanted,)).fetchall():
		seen.setdefault(row[0], []).append(_seen(row))
		aside[row[0]] = bool(row[16]) and aside.get(row[0], True)
	found: dict[int, Columns] = {}
	alias_of: dict[str | None, int | None] = {None: None}
	for message_id, faces in seen.items():
		now = shown(faces)
		if now.sender not in alias_of:
			alias_of[now.sender] = known.get(folded_name(now.sender or ""))
		found[message_id] = Columns(
			now.sent_at,
			alias_of[now.sender],
			now.precision,
			now.sender_as_exported,
			now.kind,
			now.version_id,
			int(now.edited),
			int(now.deleted),
			int(aside[message_id]),
		)
	return found


def _seen(row: Any) -> Seen:
	seen = Seen._make(row[1:15])
	return seen._replace(sent_at=_corrected(seen.sent_at, row[15])) if row[15] else seen


def _corrected(sent_at: str, minutes: int) -> str:
	return (datetime.fromisoformat(sent_at) - timedelta(minutes=minutes)).isoformat(timespec="seconds")
