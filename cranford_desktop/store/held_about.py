"""Reading everything that may hold something about a person: every text of every message, the words of files, and every
text of every table of the council's own records.

Tables are taken from the schema itself, so that one added later is read as well, without anybody thinking of it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Table, Text, select

from cranford_desktop.domain.held_about import Place
from cranford_desktop.store.schema import metadata

_NOT_OURS = frozenset(
	{
		"message",
		"version",
		"observation",
		"leaf",
		"message_alias",
		"file_text",
		"sealed_file",
		"thumbnail",
		"looked_version",
		"kind_said",
		"tag_said",
		"sorting_record",
		"ledger",
	}
)
"""Tables of the messages themselves, which are read apart, and those that hold neither words nor names."""
_PLACES: Mapping[str, Place] = {
	**dict.fromkeys(("case_file", "case_step", "evidence"), "case"),
	**dict.fromkeys(("letter", "letter_answer", "letter_wording", "letter_file"), "letter"),
	**dict.fromkeys(
		("person", "alias", "term_of_office", "alias_choice", "person_detail", "person_join", "acknowledgement"),
		"directory",
	),
	**dict.fromkeys(("leaver_step", "phone", "chat_group"), "directory"),
	"ask": "ask",
	"transfer": "transfer",
}
_TITLES: Mapping[str, str] = {
	"alias": "Name on a phone",
	"alias_choice": "What was said of two names",
	"acknowledgement": "Acknowledged the policy",
	"ask": "Asked for an export",
	"chat_group": "Register of groups",
	"export": "An import",
	"file_text": "Words of a file",
	"leaver_step": "Leaving office",
	"listened": "Who listened to a voice note",
	"meeting_item": "Matter for a meeting",
	"person": "Entry in the directory",
	"person_detail": "Kept in the directory",
	"person_join": "Two entries made one",
	"phone": "A phone whose exports are held",
	"saved_search": "A search that is kept",
	"setting": "Settings",
	"suggestion": "Private details pointed at",
	"tag": "A tag",
	"term_of_office": "Term of office",
	"transfer": "Messages handed on",
	"watched_word": "Words that are watched for",
}
_SHOWN: Mapping[str, tuple[str, ...]] = {
	"acknowledgement": ("on_date", "how"),
	"alias": ("rendered",),
	"ask": ("asked_on", "reply", "note"),
	"chat_group": ("name", "admin"),
	"export": ("file_name",),
	"leaver_step": ("step", "done_on", "note"),
	"letter": ("subject", "sent_on"),
	"meeting_item": ("subject", "note"),
	"person": ("name", "role"),
	"person_detail": ("kind", "value"),
	"phone": ("name",),
	"saved_search": ("name",),
	"tag": ("name",),
	"term_of_office": ("role", "start", "end"),
	"transfer": ("member", "what", "to_whom"),
	"watched_word": ("words",),
}
"""What the list says of a row; of all others it says only where it stands."""


class TextOf(NamedTuple):
	"""A text that belongs to a message: a version of it, or the name of its file."""

	message_id: int
	text: str


class FileOf(NamedTuple):
	"""A file beside a message."""

	message_id: int
	file_id: int
	name: str
	text: str
	"""Its words, or its gist as the clerk noted it; empty for a contact card, which is read from the file itself."""


class OwnRow(NamedTuple):
	"""A row of the council's own records."""

	place: Place
	title: str
	reference: str
	"""Of the request or case it belongs to; empty for none."""
	target: str
	texts: Mapping[str, tuple[str, ...]]
	"""By column."""
	shown: str
	people: frozenset[int]
	"""People it is kept of."""
	table: str


def texts(c: Connection) -> Iterator[TextOf]:
	"""Yield every text of every message, set aside or not, and every name of a file that an export shows."""
	for row in c.exec_driver_sql("SELECT message_id, raw FROM version ORDER BY message_id"):
		yield TextOf(*row)
	for row in c.exec_driver_sql(
		"SELECT DISTINCT message_id, media_name FROM observation WHERE is_media = 1 AND media_name IS NOT NULL"
	):
		yield TextOf(*row)


def files(c: Connection) -> Iterator[FileOf]:
	"""Yield the files whose words are known, each with every message that shows it."""
	for row in c.exec_driver_sql(
		"""
		SELECT DISTINCT o.message_id, t.file_id, coalesce(o.media_name, ''), t.normal
		FROM file_text t JOIN observation o ON o.file_id = t.file_id WHERE t.normal != ''
		UNION ALL
		SELECT DISTINCT o.message_id, l.file_id, coalesce(o.media_name, ''), l.gist
		FROM listened l JOIN observation o ON o.file_id = l.file_id WHERE l.gist != ''
		"""
	):
		yield FileOf(*row)


def contact_cards(c: Connection) -> list[FileOf]:
	"""Return the contact cards that are held, each with every message that shows it."""
	return [
		FileOf(row[0], row[1], row[2], "")
		for row in c.exec_driver_sql(
			"""
			SELECT DISTINCT o.message_id, o.file_id, o.media_name
			FROM observation o JOIN sealed_file f ON f.id = o.file_id
			WHERE o.media_name LIKE '%.vcf' AND f.key IS NOT NULL ORDER BY o.file_id
			"""
		)
	]


def versions(c: Connection) -> int:
	"""Return how many texts of messages there are."""
	return int(c.exec_driver_sql("SELECT count(*) FROM version").scalar_one())


def details(c: Connection, person_id: int) -> list[tuple[str, str]]:
	"""Return what the directory keeps of a person: (kind, value)."""
	rows = c.exec_driver_sql(
		"SELECT kind, value FROM person_detail WHERE person_id = ? ORDER BY kind, folded", (person_id,)
	)
	return [(row[0], row[1]) for row in rows]


def seen_unnamed(c: Connection) -> dict[str, tuple[datetime, datetime]]:
	"""Return when each name nobody is confirmed for was first and last seen, by how it is compared."""
	rows = c.exec_driver_sql(
		"""
		SELECT a.folded, min(m.sent_at), max(m.sent_at) FROM message m JOIN alias a ON a.id = m.alias_id
		WHERE a.person_id IS NULL GROUP BY a.id
		"""
	)
	return {row[0]: (datetime.fromisoformat(row[1]), datetime.fromisoformat(row[2])) for row in rows}


def requests_with(c: Connection, message_ids: list[int]) -> dict[str, int]:
	"""Return in the sets of which requests some of these messages are, by reference, with how many."""
	return _counted(
		c,
		"""
		SELECT r.reference, count(*) FROM request_message s JOIN request r ON r.id = s.request_id
		WHERE s.message_id IN (SELECT value FROM json_each(?)) GROUP BY r.id ORDER BY r.id
		""",
		message_ids,
	)


def cases_with(c: Connection, message_ids: list[int]) -> dict[str, int]:
	"""Return in which cases some of these messages are evidence, by reference, with how many."""
	return _counted(
		c,
		"""
		SELECT k.reference, count(*) FROM evidence e JOIN case_file k ON k.id = e.case_id
		WHERE e.message_id IN (SELECT value FROM json_each(?)) GROUP BY k.id ORDER BY k.id
		""",
		message_ids,
	)


def targets(c: Connection) -> dict[str, str]:
	"""Return where the window shows each request and case, by reference."""
	found = {row[1]: f"requests:{row[0]}" for row in c.exec_driver_sql("SELECT id, reference FROM request")}
	return found | {row[1]: f"cases:{row[0]}" for row in c.exec_driver_sql("SELECT id, reference FROM case_file")}


def own_rows(c: Connection) -> Iterator[OwnRow]:
	"""Yield every row of the council's own records that holds a text or is kept of a person."""
	references = {
		"request": dict(tuple(row) for row in c.exec_driver_sql("SELECT id, reference FROM request")),
		"case_file": dict(tuple(row) for row in c.exec_driver_sql("SELECT id, reference FROM case_file")),
		"pack": dict(
			tuple(row)
			for row in c.exec_driver_sql("SELECT p.id, r.reference FROM pack p JOIN request r ON r.id = p.request_id")
		),
		"letter": dict(
			tuple(row)
			for row in c.exec_driver_sql("SELECT l.id, r.reference FROM letter l JOIN request r ON r.id = l.request_id")
		),
	}
	where = targets(c)
	for table in metadata.sorted_tables:
		if table.name not in _NOT_OURS:
			yield from _rows(c, table, references, where)


def _rows(
	c: Connection, table: Table, references: Mapping[str, Mapping[int, str]], where: Mapping[str, str]
) -> Iterator[OwnRow]:
	words = [column.name for column in table.columns if isinstance(column.type, Text)]
	to = {
		column.name: key.column.table.name
		for column in table.columns
		for key in column.foreign_keys
		if key.column.name == "id"
	}
	if table.name in references:
		to["id"] = table.name
	people = [name for name, other in to.items() if other == "person"] + (["id"] if table.name == "person" else [])
	for row in c.execute(select(table)).mappings():
		reference = next(
			(references[other].get(row[name], "") for name, other in to.items() if other in references and row[name]),
			"",
		)
		request = reference and where.get(reference, "").startswith("requests:")
		place: Place = _PLACES.get(table.name, "request" if request else "other")
		yield OwnRow(
			place=place,
			title=_TITLES.get(table.name, table.name.replace("_", " ").capitalize()),
			reference=reference,
			target=where.get(reference, ""),
			texts={name: tuple(_strings(row[name])) for name in words if row[name]},
			shown=", ".join(str(row[name]) for name in _SHOWN.get(table.name, ()) if row[name]),
			people=frozenset(row[name] for name in people if row[name] is not None),
			table=table.name,
		)


def _counted(c: Connection, statement: str, message_ids: list[int]) -> dict[str, int]:
	return {row[0]: row[1] for row in c.exec_driver_sql(statement, (json.dumps(message_ids),))}


def _strings(text: str) -> Iterator[str]:
	"""Yield the texts in a column: itself, or each one in what is kept as JSON."""
	if text[:1] not in ("{", "["):
		yield text
		return
	try:
		waiting = [json.loads(text)]
	except ValueError:
		yield text
		return
	while waiting:
		one = waiting.pop()
		if isinstance(one, str):
			yield one
		elif isinstance(one, dict):
			waiting += [*one.values(), *one.keys()]
		elif isinstance(one, list):
			waiting += one
