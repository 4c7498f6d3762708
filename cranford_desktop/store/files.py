"""Lists of the files that messages show, who listened to which, and copies saved outside."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.files import (
	FileCounts,
	FileSort,
	HeldFile,
	HeldLink,
	Listened,
	OutsideCopy,
	file_sort,
)
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import NotFound
from cranford_desktop.store import file_texts, messages
from cranford_desktop.store.groups import moment
from cranford_desktop.store.media_types import media_type

_FILES = """
	SELECT o.message_id, o.file_id, min(o.media_name), f.size, l.by, l.on_date, l.gist
	FROM observation o
	JOIN sealed_file f ON f.id = o.file_id
	LEFT JOIN listened l ON l.file_id = o.file_id
	WHERE o.file_id IS NOT NULL AND o.message_id IN (SELECT value FROM json_each(?))
	GROUP BY o.message_id, o.file_id
"""
_MISSING = """
	SELECT count(DISTINCT o.message_id) FROM observation o
	WHERE o.is_media = 1 AND o.message_id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (
		SELECT 1 FROM observation x WHERE x.message_id = o.message_id AND x.file_id IS NOT NULL)
"""
_LINKED = """
	SELECT DISTINCT v.message_id FROM version_text t CROSS JOIN version v ON v.id = t.rowid
	WHERE version_text MATCH 'http OR https OR www'
"""
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]{1,2000}", re.IGNORECASE)
_ENDS = ".,;:!?)]}'’"
_CHUNK = 4000


def with_files(c: Connection, wanted: MessageFilter) -> list[int]:
	"""Return the messages that are meant and show a file, held or not, oldest first."""
	ids = messages.message_ids(c, wanted, by_time=True)
	shown = {row[0] for row in c.exec_driver_sql("SELECT DISTINCT message_id FROM observation WHERE is_media = 1")}
	return [one for one in ids if one in shown]


def held_files(c: Connection, wanted: MessageFilter, sort: FileSort | None = None) -> list[HeldFile]:
	"""Return the files of the messages that are meant, newest first; a file stands once for each message."""
	return _held(c, with_files(c, wanted), sort)


def _held(c: Connection, ids: list[int], sort: FileSort | None) -> list[HeldFile]:
	found: list[HeldFile] = []
	for start in range(0, len(ids), _CHUNK):
		some = ids[start : start + _CHUNK]
		files: dict[int, list[tuple[int, str, FileSort, int, Listened | None]]] = {}
		for message_id, file_id, name, size, by, on, gist in c.exec_driver_sql(_FILES, (json.dumps(some),)):
			kind = file_sort(media_type(name))
			if sort is None or kind == sort:
				heard = Listened(by, date.fromisoformat(on), gist) if by is not None else None
				files.setdefault(message_id, []).append((file_id, name or "", kind, size, heard))
		for row in messages.rows(c, [one for one in some if one in files]):
			for file_id, name, kind, size, heard in files[row.id]:
				found.append(
					HeldFile(
						id=file_id,
						message_id=row.id,
						sort=kind,
						name=name,
						media_type=media_type(name),
						size=size,
						sent_at=row.sent_at,
						sender=row.sender,
						group=row.group,
						caption=row.text or "",
						listened=heard,
					)
				)
	found.reverse()
	return found


def counts(c: Connection, wanted: MessageFilter) -> FileCounts:
	"""Count the files and links of the messages that are meant, and the messages whose file is not held."""
	ids = with_files(c, wanted)
	tally: Counter[str] = Counter()
	missing = 0
	for start in range(0, len(ids), _CHUNK):
		some = json.dumps(ids[start : start + _CHUNK])
		tally.update(file_sort(media_type(row[2])) for row in c.exec_driver_sql(_FILES, (some,)))
		missing += int(c.exec_driver_sql(_MISSING, (some,)).scalar_one())
	return FileCounts(
		photo=tally["photo"],
		video=tally["video"],
		voice=tally["voice"],
		document=tally["document"],
		contact=tally["contact"],
		link=sum(1 for _ in links(c, wanted)),
		missing=missing,
	)


def links(c: Connection, wanted: MessageFilter) -> Iterator[HeldLink]:
	"""Yield every address in the texts of the messages that are meant, newest first."""
	linked = {row[0] for row in c.exec_driver_sql(_LINKED)}
	ids = [one for one in messages.message_ids(c, wanted, by_time=True) if one in linked]
	for row in messages.rows(c, ids[::-1]):
		if row.kind == "location":
			continue
		for match in _LINK.finditer(row.text or ""):
			yield HeldLink(row.id, match.group().rstrip(_ENDS), row.sent_at, row.sender, row.group)


def shown_name(c: Connection, file_id: int) -> str:
	"""Return what exports call a file; raises `NotFound` where no message shows it."""
	name = c.exec_driver_sql(
		"SELECT min(media_name) FROM observation WHERE file_id = ? HAVING count(*) > 0", (file_id,)
	).first()
	if name is None:
		raise NotFound("This archive holds no such photo or file.")
	return name[0] or f"file {file_id}"


def set_listened(c: Connection, file_id: int, by: str, on: date, gist: str, at: datetime) -> None:
	"""Record who listened, and let the gist be searched like a text."""
	c.exec_driver_sql(
		"""
		INSERT INTO listened(file_id, by, on_date, gist, recorded_at) VALUES(?, ?, ?, ?, ?)
		ON CONFLICT(file_id) DO UPDATE SET by = excluded.by, on_date = excluded.on_date, gist = excluded.gist,
			recorded_at = excluded.recorded_at
		""",
		(file_id, by, on.isoformat(), gist, moment(at)),
	)
	file_texts.put(c, file_id, "gist", "read" if gist else "no_text", gist, at)


def add_copy(c: Connection, file_id: int, folder: str, name: str, at: datetime) -> int:
	"""Enter a copy outside the archive and return its number."""
	return int(
		c.exec_driver_sql(
			"INSERT INTO outside_copy(file_id, folder, name, at) VALUES(?, ?, ?, ?) RETURNING id",
			(file_id, folder, name, moment(at)),
		).scalar_one()
	)


def copies(c: Connection) -> list[OutsideCopy]:
	"""Return every copy saved outside, newest first."""
	return [
		OutsideCopy(
			row[0],
			row[1],
			row[2],
			row[3],
			datetime.fromisoformat(row[4]),
			date.fromisoformat(row[5]) if row[5] else None,
		)
		for row in c.exec_driver_sql("SELECT id, file_id, folder, name, at, gone_on FROM outside_copy ORDER BY id DESC")
	]


def copy_gone(c: Connection, copy_id: int, on: date) -> None:
	"""Record that a copy outside was deleted; raises `NotFound`."""
	held = c.exec_driver_sql(
		"UPDATE outside_copy SET gone_on = ? WHERE id = ? AND gone_on IS NULL RETURNING id", (on.isoformat(), copy_id)
	).scalar()
	if held is None:
		raise NotFound("No copy of that number is believed to lie outside.")


def kept_thumbnail(c: Connection, file_id: int, box: int) -> tuple[bytes | None] | None:
	"""Return a small picture kept from before: (bytes), (None) for what is no picture; None where none was kept."""
	row = c.exec_driver_sql("SELECT jpeg FROM thumbnail WHERE file_id = ? AND box = ?", (file_id, box)).first()
	return None if row is None else (row[0],)


def keep_thumbnail(c: Connection, file_id: int, box: int, jpeg: bytes | None) -> None:
	"""Keep a small picture; None for what is no picture. Of a file that is gone nothing is kept."""
	c.exec_driver_sql(
		"INSERT OR IGNORE INTO thumbnail(file_id, box, jpeg) SELECT id, ?, ? FROM sealed_file WHERE id = ?",
		(box, jpeg, file_id),
	)
