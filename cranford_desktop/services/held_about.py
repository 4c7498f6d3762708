"""What do we hold about one person: everything, with why (WhatsApp Use Policy, section 5, third point)."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from cranford_desktop.documents.held_about import held_about_pdf
from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.directory import DetailKind
from cranford_desktop.domain.held_about import (
	SENT_BY_THEM,
	HeldAbout,
	HeldItem,
	Place,
	Whom,
	family_name,
	looked_for,
	reasons,
)
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import held_about as books
from cranford_desktop.store import messages, people
from cranford_desktop.store.archive import Archive, Connection

_STEP = 500
_LARGEST_CARD = 1_000_000
"""Bytes of a contact card that are read: one with a photo in it is still smaller."""
Why = Callable[[str], tuple[str, ...]]


class HeldAboutPeople:
	"""Looks through everything for one person; writes nothing."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def whom(self, name: str, more: Sequence[str] = ()) -> Whom:
		"""Return whom a confirmed name, a name on a phone or a number means, with all they are looked for by.

		`more`: other words to look for: a family name alone, a house. Raises `CranfordError` for no name.
		"""
		if not plain_name(name):
			raise CranfordError("There is nobody to look for.", "Nothing was changed.", "Give a name or a number.")
		with self._archive.reading() as connection:
			return self._whom(connection, name, more)

	def about(
		self,
		name: str,
		more: Sequence[str] = (),
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> HeldAbout:
		"""Return everything held about a person, or about a name or number that nobody is confirmed for.

		Goes through every text of the archive (about a second for 10,000 messages). Raises `Cancelled` when stopped.
		"""
		whom = self.whom(name, more)
		with self._archive.reading() as connection:
			why = reasons(whom)
			total = books.versions(connection)
			sent = set(messages.message_ids(connection, MessageFilter(person=name, with_set_aside=True)))
			named = self._named(connection, why, total, progress, stopped)
			in_files = self._in_files(connection, why, stopped)
			ids = list({**dict.fromkeys(sorted(sent | named.keys())), **dict.fromkeys(sorted(in_files))})
			rows = {row.id: row for row in messages.rows(connection, ids)}
			items = [*_of_messages(rows, sent, named), *_of_files(rows, in_files)]
			items += _of_records(connection, whom, why, ids)
		return HeldAbout(
			council=self._archive.council,
			practice=self._archive.practice,
			whom=whom,
			made_at=self._clock(),
			items=items,
			messages_read=total,
		)

	def paper(self, held: HeldAbout) -> bytes:
		"""Return the list as a PDF, marked INTERNAL: it names other people."""
		return held_about_pdf(held)

	def made_paper(self, held: HeldAbout) -> None:
		"""Record that a list of what is held about somebody was saved or printed; never about whom."""
		with self._archive.writing(self._clock()) as change:
			change.record(
				"listed what is held about a person",
				{"person": held.whom.person_id or 0, "items": len(held.items)},
			)

	def family_name(self, name: str) -> str:
		"""Return the family name that is not looked for by itself unless the clerk says so; empty for none."""
		return family_name(name)

	def _whom(self, connection: Connection, name: str, more: Sequence[str]) -> Whom:
		person = people.find_person(connection, name)
		known = people.names_of(connection, name)
		if person is None:
			return Whom(plain_name(name), None, looked_for(plain_name(name), known, (), more))
		kept = [(cast(DetailKind, kind), value) for kind, value in books.details(connection, person.id)]
		detailed = {folded_name(value) for _, value in kept}
		others = [one for one in known if folded_name(one) not in detailed]
		return Whom(person.name, person.id, looked_for(person.name, others, kept, more))

	def _named(
		self, connection: Connection, why: Why, total: int, progress: Progress, stopped: Stopped
	) -> dict[int, tuple[str, ...]]:
		found: dict[int, dict[str, None]] = {}
		for number, one in enumerate(books.texts(connection)):
			if number % _STEP == 0:
				check(stopped)
				progress(min(number, total), total, "messages")
			if told := why(one.text):
				found.setdefault(one.message_id, {}).update(dict.fromkeys(told))
		return {message_id: tuple(told) for message_id, told in found.items()}

	def _in_files(self, connection: Connection, why: Why, stopped: Stopped) -> dict[int, tuple[str, ...]]:
		found: dict[int, dict[str, None]] = {}
		read: dict[int, tuple[str, ...]] = {}
		for one in books.files(connection):
			check(stopped)
			told = why(one.text)
			if told:
				found.setdefault(one.message_id, {}).update(dict.fromkeys(f"{words}, in the file" for words in told))
		for card in books.contact_cards(connection):
			check(stopped)
			if card.file_id not in read:
				data = b"".join(_first(self._archive.files.read(connection, card.file_id)))
				read[card.file_id] = why(data.decode("utf-8", "replace"))
			if told := read[card.file_id]:
				found.setdefault(card.message_id, {}).update(
					dict.fromkeys(f"{words}, in the contact card" for words in told)
				)
		return {message_id: tuple(told) for message_id, told in found.items()}


def _first(chunks: Iterator[bytes]) -> Iterator[bytes]:
	size = 0
	for chunk in chunks:
		size += len(chunk)
		if size > _LARGEST_CARD:
			return
		yield chunk


def _where(row: MessageRow) -> str:
	return f"{row.group}, {day_words(row.sent_at.date())}, {row.sent_at:%H:%M}"


def _said(row: MessageRow) -> str:
	who = f"{row.sender}: " if row.sender else ""
	return f"{who}{row.text if row.text is not None else row.raw}"


def _of_messages(rows: dict[int, MessageRow], sent: set[int], named: dict[int, tuple[str, ...]]) -> Iterator[HeldItem]:
	for row in rows.values():
		told = (*((SENT_BY_THEM,) if row.id in sent else ()), *named.get(row.id, ()))
		if told:
			place: Place = "sent" if row.id in sent else "named"
			yield HeldItem(place, _where(row), told, _said(row), row.id, f"archive:{row.id}", row.sent_at)


def _of_files(rows: dict[int, MessageRow], in_files: dict[int, tuple[str, ...]]) -> Iterator[HeldItem]:
	for message_id, told in in_files.items():
		row = rows.get(message_id)
		if row is not None:
			names = ", ".join(one.name for one in row.attachments if one.name)
			yield HeldItem("file", _where(row), told, names, row.id, f"archive:{row.id}", row.sent_at)


def _of_records(connection: Connection, whom: Whom, why: Why, ids: list[int]) -> Iterator[HeldItem]:
	"""Yield the council's own records about them; a case or request once, with its reference and never its words."""
	gathered: dict[tuple[str, str], dict[str, None]] = {}
	targets = books.targets(connection)
	for row in books.own_rows(connection):
		told = dict.fromkeys(reason for texts in row.texts.values() for text in texts for reason in why(text))
		if whom.person_id is not None and whom.person_id in row.people:
			told["Kept under their name"] = None
		if not told:
			continue
		if row.table == "setting" and (kept := _OF_REQUEST.match(next(iter(row.texts["key"])))):
			about = next((name for name, where in targets.items() if where == f"requests:{kept[2]}"), "")
			part = "It is about them" if kept[1] == "subject of" else "Weighed in it"
			gathered.setdefault(("request", about), {})[part] = None
			continue
		if row.place in ("case", "request") and row.reference:
			gathered.setdefault((row.place, row.reference), {}).update(
				dict.fromkeys(_part(row.table, set(row.texts), row.texts, why))
			)
			continue
		reference = ", ".join(part for part in (row.title, row.reference) if part)
		yield HeldItem(row.place, reference, tuple(told), row.shown, None, row.target)
	for reference, number in books.requests_with(connection, ids).items():
		gathered.setdefault(("request", reference), {})[
			f"Messages about them that were looked at in it: {number:,}"
		] = None
	for reference, number in books.cases_with(connection, ids).items():
		gathered.setdefault(("case", reference), {})[f"Messages about them that are evidence in it: {number:,}"] = None
	for (place, reference), told in gathered.items():
		yield HeldItem(
			"case" if place == "case" else "request", reference, tuple(told), "", None, targets.get(reference, "")
		)


def _part(table: str, columns: set[str], texts: object, why: Why) -> Iterator[str]:
	"""Yield in which part of a request or case they stand, in words."""
	held = cast(dict[str, tuple[str, ...]], texts)
	for column in sorted(columns):
		if not any(why(text) for text in held[column]):
			continue
		yield _PARTS.get((table, column), "Named in its record")


_OF_REQUEST = re.compile(r"(subject of|other people in) request (\d+)")
"""Settings in which a subject access request keeps whom it is about, and what was weighed for others."""
_PARTS = {
	("request", "requester"): "They asked for it",
	("request", "wording"): "Named in what was asked",
	("request", "address"): "Where its answer goes",
	("redaction", "value"): "Covered up in it",
	("request_place", "who"): "Looked for it, or was asked",
	("search_record", "words"): "Looked for in it",
	("case_file", "people"): "One of the people in it",
	("case_file", "reported_by"): "Reported it",
	("evidence", "frozen"): "Named in its evidence",
}
