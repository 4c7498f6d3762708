"""Where an export goes: its group, its phone, and what of it the archive holds already. Nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.importing import Question
from cranford_desktop.domain.messages import Group, ReadExport, Record
from cranford_desktop.domain.people import plain_name
from cranford_desktop.ingest import reconcile
from cranford_desktop.services import phone_naming, same_chat
from cranford_desktop.services.phone_naming import WhosePhone
from cranford_desktop.store import fold
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Connection

ORDINARY = 60_000
"""Records of an export that is kept in memory while it is compared; WhatsApp writes 40,000 at most."""


class Place(NamedTuple):
	"""Where an export goes, and what taking it there would do."""

	group: Group | None
	question: Question
	likely_group: str | None
	phone: WhosePhone
	look: fold.Look
	clock_offset: int
	"""Minutes by which its clock is ahead of the group's."""
	newest_held: date | None
	"""Day of the newest message held of this phone, where the phone is known."""


def place(
	c: Connection, read: ReadExport, *, group: str | None, phone: str | None, digests: Mapping[int, str]
) -> Place:
	"""Say where an export goes. `group` is the clerk's answer and settles the question; `phone` names the phone.

	`digests`: order of a record → SHA-256 of the file the export carries for it.
	"""
	records = in_memory(read) if books.groups(c) else read.records
	known = books.group_by_name(c, group or read.chat_name or "")
	question: Question = "none"
	likely: str | None = None
	if not group:
		known, question, likely = _asked(c, known, read, records)
	owner = phone_naming.whose_phone(c, known.id if known else None, read, records, phone)
	if known is None:
		return Place(None, question, likely, owner, fold.Look(fold.NOTHING, len(read.records), 0, 0), 0, None)
	kept = read if records is read.records else _with_records(read, records)
	look = fold.look(c, known.id, owner.id, kept, digests, reconcile.merge)
	newest = next((one.last_record.date() for one in books.phones(c, known.id) if one.id == owner.id), None)
	return Place(known, question, likely, owner, look, _ahead(c, known.id, owner, read, look), newest)


def in_memory(read: ReadExport) -> Iterable[Record]:
	"""Return the records of an export, in memory if it is one of ordinary size: they are gone through several times."""
	return tuple(read.records) if len(read.records) <= ORDINARY else read.records


def _with_records(read: ReadExport, records: Iterable[Record]) -> ReadExport:
	return replace(read, records=records)  # type: ignore[arg-type]


def _asked(
	c: Connection, known: Group | None, read: ReadExport, records: Iterable[Record]
) -> tuple[Group | None, Question, str | None]:
	"""Return the group, what has to be asked about it, and the registered group that it may be."""
	if known is not None:
		stretch = same_chat.group_stretch(c, known.id, read.first, read.last)
		likeness = same_chat.compared(records, [stretch])[0] if stretch is not None else None
		if likeness is not None and likeness.same:
			return known, "none", None
		if read.one_to_one:
			return None, "one_to_one", None
		if likeness is not None and likeness.strangers:
			return known, "other_group", None
		return known, "none", None
	if read.one_to_one:
		return None, "one_to_one", None
	found = same_chat.likeliest(c, books.groups(c), records, read.first, read.last)
	return None, "unknown_chat", found[0].name if found is not None else None


def _ahead(c: Connection, group_id: int, owner: WhosePhone, read: ReadExport, look: fold.Look) -> int:
	"""Return by how many minutes a file's clock is ahead of its group's, itself counted in."""
	before = fold.order(c, group_id)
	if not before:
		return 0
	rank = fold.rank(before, read.last, read.sha256)
	me = fold.Placed(0, owner.id or 0, read.sha256, read.first, read.last, look.aligned.offset)
	frame = fold.frame([*before[:rank], me, *before[rank:]])
	return int((look.aligned.offset - frame).total_seconds() // 60)


def unknown_words(read: ReadExport, question: Question, likely: str | None) -> tuple[str, str]:
	"""Return why a chat is asked about, and what to do, for somebody who can only answer on the command line."""
	chat = f" It calls itself “{plain_name(read.chat_name)}”." if read.chat_name else ""
	answer = "If it is council business, say which group it is; on the command line: --group NAME."
	if question == "one_to_one":
		return f"This chat is between two people and not one of the council's registered groups.{chat}", answer
	if question == "other_group":
		return (
			"This chat is called like one of the council's registered groups, but not one of its longer messages "
			f"stands in that group on the same days.{chat}",
			"If it is that group all the same, say so; on the command line: --group NAME. If it is another one, give "
			"it a name of its own.",
		)
	shared = f" By its messages it looks like the group “{likely}”." if likely else ""
	return f"This chat is not one of the council's registered groups.{chat}{shared}", answer


def clock_words(minutes: int) -> str:
	"""Return a warning that a phone's clock differs from the others'."""
	hours, rest = divmod(abs(minutes), 60)
	parts = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
	parts += [f"{rest} minutes"] if rest else []
	where = "ahead of" if minutes > 0 else "behind"
	return (
		f"This phone's clock is {' and '.join(parts)} {where} the others: perhaps it was abroad. "
		"Times are shown in UK time."
	)


def declined_words(day: date) -> str:
	"""Return what is said of a file that was declined before."""
	return (
		f"On {day_words(day)} you said that nothing in this file is council business, and nothing of it was kept. "
		"It can be taken after all."
	)
