"""A bare archive in memory and exports written in a few words: for the tests of the books."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import sqlcipher3.dbapi2
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from cranford_desktop.domain.messages import ReadExport, Receipt, Record
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.ingest.reading import tally
from cranford_desktop.store import groups, imports
from cranford_desktop.store.schema import FULL_TEXT, TRIGGERS, metadata

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
START = datetime(2024, 3, 13, 19, 5)
GROUP = "Cranford Parish Council"


@contextmanager
def bare_archive() -> Iterator[Connection]:
	def connect() -> object:
		connection = sqlcipher3.dbapi2.connect(":memory:", check_same_thread=False)
		connection.execute("PRAGMA foreign_keys = ON")
		return connection

	engine = create_engine("sqlite://", module=sqlcipher3.dbapi2, creator=connect, poolclass=StaticPool)
	metadata.create_all(engine)
	with engine.begin() as c:
		for statement in (*FULL_TEXT, *TRIGGERS):
			c.exec_driver_sql(statement)
		yield c
		c.rollback()
	engine.dispose()


def said(
	text: str | None,
	*,
	sender: str | None = "Cllr Jane Shaw",
	at: datetime | None = None,
	raw: str | None = None,
	kind: str = "message",
	precision: str = "minute",
	edited: bool = False,
	deleted: bool = False,
	media: str | None = None,
	is_media: bool = False,
) -> Record:
	return Record(
		order=0,
		sent_at=at or START,
		precision=precision,  # type: ignore[arg-type]
		sender=sender,
		raw=raw if raw is not None else (text or ""),
		kind=kind,  # type: ignore[arg-type]
		text=text,
		edited=edited,
		deleted=deleted,
		media_name=media,
		is_media=is_media or media is not None,
	)


def minutes(*texts: str, first: datetime = START, sender: str = "Cllr Jane Shaw") -> list[Record]:
	return [said(text, at=first + timedelta(minutes=place), sender=sender) for place, text in enumerate(texts)]


def export(records: Sequence[Record], name: str = "chat.txt") -> ReadExport:
	numbered = [record._replace(order=order) for order, record in enumerate(records)]
	return ReadExport(
		file_name=name,
		sha256=hashlib.sha256(repr((name, numbered)).encode("utf-8", "replace")).hexdigest(),
		size=1,
		chat_name=GROUP,
		one_to_one=False,
		platform="android",
		date_order="dmy",
		date_evidence="line 1 has day 13",
		dialect="dd/mm/yyyy, HH:MM - ",
		records=numbered,
		tally=tally(numbered),
		unread_lines=(),
		media={},
	)


def sealed(c: Connection, content: str, purpose: str = "attachment") -> int:
	digest = hashlib.sha256(content.encode()).hexdigest()
	row = c.exec_driver_sql(
		"INSERT INTO sealed_file(file_name, sha256, size, purpose)"
		" VALUES(lower(hex(randomblob(16))), ?, ?, ?) RETURNING id",
		(digest, len(content), purpose),
	)
	return int(row.scalar_one())


def take(
	c: Connection,
	read: ReadExport,
	*,
	group: str = GROUP,
	phone: str = "Phone 1",
	matched: Mapping[int, int] | None = None,
	files: Mapping[int, int] | None = None,
	at: datetime = NOW,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> int:
	matched = matched or {}
	group_id = groups.register_group(c, group, at)
	receipt = Receipt(
		file=read.file_name,
		sha256=read.sha256,
		group=group,
		phone=phone,
		platform=read.platform,
		date_order=read.date_order,
		first=read.first,
		last=read.last,
		records=len(read.records),
		messages=len(read.records),
		system=0,
		media_present=len(files or {}),
		media_missing=0,
		unread_lines=0,
		new=len(read.records) - len(matched),
		matched=len(matched),
		disposed_earlier=0,
		past_cut_off=0,
		already_imported=False,
		warnings=("A warning.",),
		imported_at=at,
	)
	return imports.add_export(
		c,
		read,
		group_id=group_id,
		phone_id=groups.add_phone(c, group_id, phone),
		matched=matched,
		files=files or {},
		original_id=sealed(c, read.sha256, "original"),
		receipt=receipt,
		at=at,
		progress=progress,
		stopped=stopped,
	)


def take_said(c: Connection, *texts: str) -> list[int]:
	"""Take an export of these texts, a minute apart; return the messages' ids in order."""
	take(c, export(minutes(*texts)))
	return [row[0] for row in c.exec_driver_sql("SELECT id FROM message ORDER BY position")]
