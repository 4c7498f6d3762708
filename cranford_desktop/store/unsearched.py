"""What words cannot find, and where else than in the shown text they were found."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import FoundIn, NotSearched
from cranford_desktop.store.conditions import conditions, group_ids
from cranford_desktop.store.contents import KIND_OF_FILE
from cranford_desktop.store.file_texts import READ_ENDINGS
from cranford_desktop.store.hits import anywhere
from cranford_desktop.store.messages import message_ids
from cranford_desktop.store.search import Asked, asked, highlights, parse

_BESIDE = 5
"""Messages before and after a hit."""
_READABLE = " OR ".join(f"o.media_name LIKE '%.{ending}'" for ending in READ_ENDINGS)
_FILES = f"""
	SELECT o.message_id, {KIND_OF_FILE.format(name="o.media_name")},
		coalesce((SELECT t.state FROM file_text t WHERE t.file_id = o.file_id AND t.source = 'content'),
			CASE WHEN o.file_id IS NOT NULL AND ({_READABLE}) THEN 'waiting' ELSE '' END),
		EXISTS (SELECT 1 FROM file_text t WHERE t.file_id = o.file_id AND t.source = 'gist' AND t.normal != ''),
		coalesce(o.file_id, -o.message_id)
	FROM observation o INDEXED BY ix_observation_media JOIN message m ON m.id = o.message_id
	WHERE o.is_media = 1 AND o.media_name IS NOT NULL
"""
_NAMES = """
	SELECT DISTINCT o.message_id, o.media_name FROM observation o
	WHERE o.message_id IN (SELECT value FROM json_each(?)) AND o.media_name IS NOT NULL
"""
_OTHER_TEXTS = """
	SELECT v.message_id, v.text, v.id = m.shown_version_id FROM version v JOIN message m ON m.id = v.message_id
	WHERE v.message_id IN (SELECT value FROM json_each(?)) AND v.text IS NOT NULL
"""
_SNIPPETS = """
	SELECT DISTINCT o.message_id, x.source, o.media_name, snippet({index}, 0, '', '', '…', 16) FROM {index} f
	CROSS JOIN file_text x ON x.id = f.rowid
	CROSS JOIN observation o INDEXED BY ix_observation_file ON o.file_id = x.file_id
	WHERE {index} MATCH ? AND o.message_id IN (SELECT value FROM json_each(?))
	ORDER BY o.message_id, x.source, o.media_name
"""


def not_searched(c: Connection, f: MessageFilter) -> NotSearched:
	"""Count the files that words cannot find among the messages that the filters leave, whatever the words."""
	return beside_hits(c, f)[0]


def beside_hits(c: Connection, f: MessageFilter) -> tuple[NotSearched, tuple[int, ...]]:
	"""Return those counts, and which photos and voice notes stand close to a hit, by group and conversation order."""
	everything = replace(f, search=None)
	where = conditions(c, everything)
	kinds: dict[str, set[int]] = {kind: set() for kind in ("photo", "voice", "video", "document", "waiting")}
	unheard: set[int] = set()
	rows = c.exec_driver_sql(_FILES + where.text, where.values) if where is not None else ()
	for message_id, kind, state, gist, file_id in rows:
		if state == "waiting":
			kinds["waiting"].add(file_id)
		elif not gist and state != "read" and kind in kinds:
			kinds[kind].add(file_id)
			if kind in {"photo", "voice"}:
				unheard.add(message_id)
	near = tuple(_beside(c, f, everything, unheard)) if parse(f.search or "") and unheard else ()
	counted = NotSearched(
		photos=len(kinds["photo"]),
		voice_notes=len(kinds["voice"]),
		videos=len(kinds["video"]),
		documents=len(kinds["document"]),
		waiting=len(kinds["waiting"]),
		beside_hits=len(near),
	)
	return counted, near


def _beside(c: Connection, f: MessageFilter, everything: MessageFilter, unheard: set[int]) -> Iterator[int]:
	"""Yield those messages that stand close to a hit in their group."""
	hits = set(message_ids(c, f))
	if not hits:
		return
	groups = {row[0]: row[1] for row in c.exec_driver_sql("SELECT id, name FROM chat_group")}
	for group_id in group_ids(c, everything):
		# Neighbours are those in the conversation, not those that the filters leave.
		row = message_ids(c, MessageFilter(group=groups[group_id]))
		for place, message_id in enumerate(row):
			near = row[max(0, place - _BESIDE) : place + _BESIDE + 1]
			if message_id in unheard and message_id not in hits and not hits.isdisjoint(near):
				yield message_id


def found_in(c: Connection, ids: Sequence[int], f: MessageFilter) -> dict[int, tuple[FoundIn, ...]]:
	"""Return where else than in the shown text some messages hold what is looked for."""
	what = asked(f)
	wanted = json.dumps(list(ids))
	found: dict[int, dict[FoundIn, None]] = {}

	def add(message_id: int, one: FoundIn) -> None:
		found.setdefault(message_id, {})[one] = None

	for message_id, text in _not_shown(c, wanted, what):
		add(message_id, FoundIn("version", None, _around(text, what)))
	for message_id, name in c.exec_driver_sql(_NAMES, (wanted,)):
		if highlights(name, what):
			add(message_id, FoundIn("file_name", name, name))
	for index, query in anywhere(c, what):
		for message_id, source, name, snippet in c.exec_driver_sql(_SNIPPETS.format(index=index), (query, wanted)):
			add(message_id, FoundIn("gist" if source == "gist" else "file", name, " ".join(snippet.split())))
	return {message_id: tuple(several) for message_id, several in found.items()}


def _not_shown(c: Connection, wanted: str, what: Asked) -> Iterable[tuple[int, str]]:
	"""Yield the texts that hold the words of messages whose shown text holds none."""
	texts: dict[int, list[tuple[str, int]]] = {}
	for message_id, text, shown in c.exec_driver_sql(_OTHER_TEXTS, (wanted,)):
		texts.setdefault(message_id, []).append((text, shown))
	for message_id, several in texts.items():
		if all(shown for _, shown in several):
			continue  # nearly all: there is no other text to look at
		if not any(shown and highlights(text, what) for text, shown in several):
			yield from ((message_id, text) for text, shown in several if not shown and highlights(text, what))


def _around(text: str, what: Asked) -> str:
	"""Return the words around the first place that is found."""
	start, end = highlights(text, what)[0]
	before, after = text[max(0, start - 60) : start], text[end : end + 60]
	snippet = " ".join(f"{before}{text[start:end]}{after}".split())
	return f"{'…' if start > 60 else ''}{snippet}{'…' if len(text) > end + 60 else ''}"
