"""A bare archive in memory and exports written in a few words: for the tests of the books."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import sqlcipher3.dbapi2
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from cranford_desktop.domain.merging import HeldMessage, Merge
from cranford_desktop.domain.messages import ReadExport, Receipt, Record, Tally
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.store import fold, groups, imports
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


def tally(records: Sequence[Record]) -> Tally:
	times = [one.sent_at for one in records]
	return Tally(
		system=sum(one.kind == "system" for one in records),
		media=sum(one.is_media for one in records),
		people=Counter(one.sender for one in records if one.sender is not None and one.kind != "system"),
		first=min(times),
		last=max(times),
		months=Counter((at.year, at.month) for at in times),
		example=max(times),
	)


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


def strangers(_held: Sequence[HeldMessage], _incoming: Sequence[Record], _digests: Mapping[int, str]) -> Merge:
	"""Two exports have nothing in common."""
	return Merge({}, timedelta())


def by_place(held: Sequence[HeldMessage], incoming: Sequence[Record], _digests: Mapping[int, str]) -> Merge:
	"""The first record is the first message, and so on."""
	return Merge({record.order: index for index, record in enumerate(incoming[: len(held)])}, timedelta())


def exact(held: Sequence[HeldMessage], incoming: Sequence[Record], _digests: Mapping[int, str]) -> Merge:
	"""The longest common sequence of records that are the same to the letter."""
	lengths = [[0] * (len(incoming) + 1) for _ in range(len(held) + 1)]

	def same(one: HeldMessage, record: Record) -> bool:
		mine = (record.sent_at, record.sender, record.raw)
		return any((face.sent_at, face.sender, face.raw) == mine for face in one.faces)

	for i in reversed(range(len(held))):
		for k in reversed(range(len(incoming))):
			if same(held[i], incoming[k]):
				lengths[i][k] = lengths[i + 1][k + 1] + 1
			else:
				lengths[i][k] = max(lengths[i + 1][k], lengths[i][k + 1])
	matched: dict[int, int] = {}
	i = k = 0
	while i < len(held) and k < len(incoming):
		if same(held[i], incoming[k]):
			matched[incoming[k].order] = i
			i, k = i + 1, k + 1
		elif lengths[i + 1][k] >= lengths[i][k + 1]:
			i += 1
		else:
			k += 1
	return Merge(matched, timedelta())


def take(
	c: Connection,
	read: ReadExport,
	*,
	merge: fold.Merging = strangers,
	group: str = GROUP,
	phone: str = "Phone 1",
	matched: Mapping[int, int] | None = None,
	files: Mapping[int, int] | None = None,
	at: datetime = NOW,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> int:
	return added(
		c,
		read,
		merge=merge,
		group=group,
		phone=phone,
		matched=matched,
		files=files,
		at=at,
		progress=progress,
		stopped=stopped,
	).export_id


def added(
	c: Connection,
	read: ReadExport,
	*,
	merge: fold.Merging = strangers,
	group: str = GROUP,
	phone: str = "Phone 1",
	matched: Mapping[int, int] | None = None,
	files: Mapping[int, int] | None = None,
	at: datetime = NOW,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> imports.Added:
	"""`matched`: order of a record → id of the message it is; without it `merge` compares."""
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
		new=0,
		matched=0,
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
		files=files or {},
		merge=merge,
		aligned=None if matched is None else fold.Aligned(matched, timedelta(), frozenset()),
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
