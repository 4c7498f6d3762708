"""A council whose archive holds every kind of thing a search can find, and a plain scan of it by the same rules."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.domain.membership import Term as Office
from cranford_desktop.domain.membership import role_on
from cranford_desktop.domain.messages import Holding, MessageFilter, MessageRow
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council
from cranford_desktop.store import file_texts
from cranford_desktop.store.normal import folded
from cranford_desktop.store.stems import stem

NOW = datetime(2026, 11, 23, 10, 0)
COUNCILLORS = """\
02/11/2024, 09:00 - Messages and calls are end-to-end encrypted.
02/11/2024, 09:01 - Ann Ashdown: The drain in Mill Lane is blocked again
02/11/2024, 09:02 - Ben Farrow: Drains and ditches, all of them draining 👍
02/11/2024, 09:03 - Ben Farrow: I drained the culvert by the hedge
03/11/2024, 10:00 - Ann Ashdown: survey.pdf (file attached)
Drainage survey of the lane
03/11/2024, 10:01 - Ann Ashdown: quote.docx (file attached)
03/11/2024, 10:02 - +44 7700 900123: PTT-20241103-WA0001.opus (file attached)
03/11/2024, 10:03 - +44 7700 900123: IMG-20241103-WA0002.jpg (file attached)
The hedge at Mill Ln
03/11/2024, 10:04 - Ann Ashdown: Don't touch it - it's Café Noël's hedge
04/11/2024, 08:00 - Ben Farrow: See https://www.example.org/culvert
04/11/2024, 08:01 - Ann Ashdown: The culvert is drained <This message was edited>
04/11/2024, 08:02 - Ben Farrow: This message was deleted
04/11/2024, 08:03 - Ben Farrow: Culverts flood, the lane floods, the mill floods
05/11/2024, 08:04 - Ann Ashdown: Happy birthday Ben 👍👍
05/11/2024, 08:05 - Ben Farrow: broken.pdf (file attached)
"""
OTHER_PHONE = """\
02/11/2024, 09:01 - Ann Ashdown: The drain in Mill Lane is blocked again
02/11/2024, 09:02 - Benjamin: Drains and ditches, all of them draining 👍
02/11/2024, 09:03 - Benjamin: I drained the culvert by the hedge
04/11/2024, 08:00 - Benjamin: See https://www.example.org/culvert
04/11/2024, 08:01 - Ann Ashdown: The culvert is dry
04/11/2024, 08:02 - Benjamin: My brother's hedge
04/11/2024, 08:03 - Benjamin: Culverts flood, the lane floods, the mill floods
06/11/2024, 09:00 - Ann Ashdown: Only on this phone: mill accounts
"""
ALLOTMENTS = """\
03/11/2024, 10:02 - Cara Sample: The mill pond floods plot 4
03/11/2024, 10:05 - Cara Sample: Anyone for hedge trimming near Mil Lane?
07/11/2024, 12:00 - Ann Ashdown: The drainage of plot 4 is done, the lane is dry
08/11/2024, 12:00 - Cara Sample: Location: https://maps.google.com/?q=51.5,-0.1
"""
SURVEY = "Culvert survey: the brickwork under the mill is sound"
QUOTE = "Quotation for hedge cutting, Fenwick Ltd"
GIST = "Ann says the sluice is stuck"


def pdf(*pages: str) -> bytes:
	buffer = io.BytesIO()
	canvas = Canvas(buffer)
	for words in pages:
		canvas.drawString(72, 720, words)
		canvas.showPage()
	canvas.save()
	return buffer.getvalue()


def docx(*paragraphs: str, head: str = "") -> bytes:
	space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
		made.writestr("word/document.xml", f'{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
	return buffer.getvalue()


def photo() -> bytes:
	buffer = io.BytesIO()
	Image.new("RGB", (8, 8), "green").save(buffer, "JPEG")
	return buffer.getvalue()


def export(path: Path, chat: str, files: dict[str, bytes] | None = None) -> Path:
	with zipfile.ZipFile(path, "w") as made:
		made.writestr(f"{path.stem}.txt", chat)
		for name, data in (files or {}).items():
			made.writestr(name, data)
	return path


def council_with_everything(folder: Path) -> Council:
	council, _ = create_council(
		folder / "archive", "Test Parish Council", None, practice=False, clock=standing_clock(NOW), tables=load()
	)
	files = {
		"survey.pdf": pdf(SURVEY),
		"quote.docx": docx(QUOTE),
		"PTT-20241103-WA0001.opus": b"OggS not really",
		"IMG-20241103-WA0002.jpg": photo(),
		"broken.pdf": b"%PDF-1.4 nothing else",
	}
	for name, chat, with_files, group, phone in (
		("WhatsApp Chat with Councillors", COUNCILLORS, files, "Councillors", "Clerk's phone"),
		("Second", OTHER_PHONE, {}, "Councillors", "Ben's phone"),
		("WhatsApp Chat with Allotments", ALLOTMENTS, {}, "Allotments", "Clerk's phone"),
	):
		council.importing.import_file(export(folder / f"{name}.zip", chat, with_files), group=group, phone=phone)
	council.searching.read_files()
	with council.archive.writing(council.clock()) as change:
		c = change.connection
		voice = c.exec_driver_sql("SELECT file_id FROM observation WHERE media_name LIKE '%.opus'").scalar_one()
		file_texts.put(c, voice, "gist", "read", GIST, council.clock())
		ann = c.exec_driver_sql("INSERT INTO person(name, role, created_at) VALUES('Ann', 'clerk', '') RETURNING id")
		person = ann.scalar_one()
		c.exec_driver_sql("UPDATE alias SET person_id = ? WHERE rendered = 'Ann Ashdown'", (person,))
		for role, start, end in (("clerk", None, "2024-11-03"), ("chair", "2024-11-04", None)):
			c.exec_driver_sql(
				'INSERT INTO term_of_office(person_id, role, start, "end") VALUES(?, ?, ?, ?)',
				(person, role, start, end),
			)
		c.exec_driver_sql("INSERT INTO person(name, role, created_at) VALUES('Cara Sample', 'plot holder', '')")
		c.exec_driver_sql(
			"UPDATE alias SET person_id = (SELECT id FROM person WHERE name = 'Cara Sample')"
			" WHERE rendered = 'Cara Sample'"
		)
		change.record("test", {})
	for words in ("birthday", "brother"):
		council.sorting.say_kind(council.searching.ids(MessageFilter(search=words)), "personal")
	council.sorting.tag(council.searching.ids(MessageFilter(search="flood*")), "Flooding")
	return council


class Word(NamedTuple):
	"""A term of a made-up search, before it is written as one."""

	words: tuple[str, ...]
	excluded: bool = False
	prefix: bool = False
	sign: bool = False

	def __str__(self) -> str:
		text = " ".join(self.words)
		text = f'"{text}"' if len(self.words) > 1 else text + "*" * self.prefix
		return ("-" if self.excluded and not self.sign else "NOT " if self.excluded else "") + text


@dataclass(frozen=True, repr=False)
class Whole:
	"""Everything of a message that a search reads."""

	row: MessageRow
	versions: tuple[str, ...]
	files: tuple[str, ...]
	senders: frozenset[str]
	phones: frozenset[str]
	tags: frozenset[str]
	media: frozenset[str]


def everything(council: Council) -> list[Whole]:
	with council.archive.reading() as c:

		def several(query: str) -> dict[int, list[str]]:
			found: dict[int, list[str]] = {}
			for message_id, value in c.exec_driver_sql(query):
				found.setdefault(message_id, []).append(value)
			return found

		versions = several("SELECT message_id, normal FROM version")
		texts = several(
			"SELECT DISTINCT o.message_id, t.normal FROM observation o JOIN file_text t ON t.file_id = o.file_id"
		)
		senders = several("SELECT message_id, sender FROM observation WHERE sender IS NOT NULL AND kind != 'system'")
		phones = several(
			"SELECT o.message_id, p.name FROM observation o JOIN export e ON e.id = o.export_id"
			" JOIN phone p ON p.id = e.phone_id"
		)
		tags = several("SELECT m.message_id, t.name FROM message_tag m JOIN tag t ON t.id = m.tag_id")
		media = several("SELECT message_id, media_name FROM observation WHERE media_name IS NOT NULL")
	return [
		Whole(
			row,
			tuple(versions[row.id]),
			tuple(texts.get(row.id, ())),
			frozenset(senders.get(row.id, ())),
			frozenset(phones[row.id]),
			frozenset(tags.get(row.id, ())),
			frozenset(media.get(row.id, ())),
		)
		for row in council.browsing.stream(MessageFilter())
	]


def matches(one: Whole, alternatives: Sequence[Sequence[Word]], f: MessageFilter) -> bool:
	"""Say whether a message is found, by the rule as it is written down in `store/hits`."""
	dropped = {folded(word)[0] for word in f.dropped}

	def stands(term: Word, text: str, *, file: bool = False) -> bool:
		if term.sign:
			return not file and term.words[0] in text
		held = re.findall(r"[^\W_]+", folded(text)[0])
		sought = [word for part in term.words for word in re.findall(r"[^\W_]+", folded(part)[0])]
		for first in range(len(held) - len(sought) + 1):
			there = held[first : first + len(sought)]
			if f.exact or term.prefix:
				ends = there[-1].startswith(sought[-1]) if term.prefix else there[-1] == sought[-1]
				if there[:-1] == sought[:-1] and ends:
					return True
			elif list(map(stem, there)) == list(map(stem, sought)) and dropped.isdisjoint(there):
				return True
		return False

	def in_files(term: Word) -> bool:
		return any(stands(term, text, file=True) for text in one.files)

	for terms in alternatives:
		inside = [term for term in terms if not term.excluded]
		outside = [term for term in terms if term.excluded]
		found = any(all(stands(term, text) or in_files(term) for term in inside) for text in one.versions)
		if found and not any(in_files(term) or any(stands(term, text) for text in one.versions) for term in outside):
			return True
	return not alternatives


_MEDIA: dict[str, Holding] = {"pdf": "document", "docx": "document", "opus": "voice", "jpg": "photo"}
ANN = (
	Office(1, 1, "clerk", None, datetime(2024, 11, 3).date()),
	Office(2, 1, "chair", datetime(2024, 11, 4).date(), None),
)
NAMES = {"Ann": {"Ann Ashdown"}, "Cara Sample": {"Cara Sample"}}
ROLES = {"Cara Sample": "plot holder"}


def held_by(one: Whole) -> set[Holding]:
	found = {_MEDIA[name.rsplit(".", 1)[1]] for name in one.media}
	words = [word for text in one.versions for word in re.findall(r"[^\W_]+", folded(text)[0])]
	if {"http", "https", "www"} & set(words):
		found.add("link")
	if one.row.kind == "location":
		found.add("location")
	found |= {"edited"} if one.row.edited else set()
	return found | ({"deleted"} if one.row.deleted else set())


def role_of(one: Whole) -> str | None:
	if one.row.sender == "Ann":
		return role_on(one.row.sent_at.date(), None, ANN)
	return ROLES.get(one.row.sender or "")


def left(one: Whole, f: MessageFilter) -> bool:
	"""Say whether the filters leave a message."""
	day = one.row.sent_at.date()
	called = NAMES.get(f.person or "", {f.person})
	return all(
		(
			f.group is None or one.row.group == f.group,
			f.person is None or one.row.sender == f.person or bool(called & one.senders),
			f.role is None or role_of(one) == f.role,
			f.start is None or day >= f.start,
			f.end is None or day <= f.end,
			f.holding is None or bool(held_by(one) & set(f.holding)),
			f.category is None or one.row.category in f.category,
			f.tag is None or bool(one.tags & set(f.tag)),
			f.phone is None or f.phone in one.phones,
			not f.without_personal or one.row.category != "personal",
		)
	)
