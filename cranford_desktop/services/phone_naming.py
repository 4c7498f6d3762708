"""Whose phone an export is from: one that the archive knows, or a new one; and who holds it, with the reason."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cranford_desktop.domain.messages import HeldRecord, ReadExport, Record
from cranford_desktop.domain.people import Person, folded_name, plain_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.ingest import reconcile
from cranford_desktop.store import people as people_book
from cranford_desktop.store import phone_book
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.phone_book import OwnPhone

_MOST = 4000
"""Records of each phone that are compared: the newest of the stretch both sides show."""
_ABROAD = timedelta(hours=26)
_SHORTEST_NAME = 3


class WhosePhone(NamedTuple):
	"""A phone that an export is from."""

	id: int | None
	"""None: a new one."""
	name: str
	holder: int | None
	holder_reason: str
	holder_shown: str | None = None
	"""Name under which the chat shows the holder, where they are no known person yet."""
	warning: str = ""
	"""Why the name that was given looks wrong."""

	@property
	def known(self) -> bool:
		"""Return whether the archive holds an earlier export of it."""
		return self.id is not None


def whose_phone(
	c: Connection, group_id: int | None, read: ReadExport, records: Iterable[Record], named: str | None
) -> WhosePhone:
	"""Say whose phone an export is from: the one that is `named`, else the one whose earlier export it continues, else
	a new one. `records` is gone through at most once.
	"""
	phones = phone_book.phones_of(c, group_id) if group_id is not None else []
	called = plain_name(named) if named else None
	if not phones:
		return _new(c, read, called, [], "")
	own = _continued(c, phones, read, records)
	if called is None:
		return _known(own) if own is not None else _new(c, read, None, phones, "")
	same = next((one for one in phones if folded_name(one.name) == folded_name(called)), None)
	warning = ""
	if own is not None and own is not same:
		warning = (
			f"By its messages, times and names this export looks like one of {own.name}, which is held already. It was "
			f"taken as one of {called}, as you said. If that was a mistake, undo this import."
		)
	elif same is not None and own is None and same.platform != read.platform:
		warning = (
			f"Earlier exports of {same.name} came from {_kind(same.platform)}; this one came from "
			f"{_kind(read.platform)}. If it is another member's phone, undo this import and name the phone."
		)
	if same is not None:
		return _known(same)._replace(warning=warning)
	return _new(c, read, called, phones, warning)


def one_phone(first: ReadExport, second: ReadExport) -> bool:
	"""Say whether two exports, neither of which is held, are of one phone."""
	if first.platform != second.platform:
		return False
	start, end = max(first.first, second.first) - _ABROAD, min(first.last, second.last) + _ABROAD
	here = [_as_held(record) for record in first.records if start <= record.sent_at <= end][-_MOST:]
	if not here:
		return False
	there = [record for record in second.records if _near(record.sent_at, here)]
	return reconcile.continues(here, there)


def _known(phone: OwnPhone) -> WhosePhone:
	return WhosePhone(phone.id, phone.name, phone.person_id, "")


def _new(c: Connection, read: ReadExport, called: str | None, phones: Sequence[OwnPhone], warning: str) -> WhosePhone:
	holder, shown, reason = guessed_holder(
		people_book.people(c), read, called, {one.person_id for one in phones if one.person_id is not None}
	)
	return WhosePhone(None, called or _free_name(phones), holder, reason, shown, warning)


def _free_name(phones: Sequence[OwnPhone]) -> str:
	taken = {folded_name(one.name) for one in phones}
	number = len(phones) + 1
	while folded_name(f"Phone {number}") in taken:
		number += 1
	return f"Phone {number}"


def _continued(
	c: Connection, phones: Sequence[OwnPhone], read: ReadExport, records: Iterable[Record]
) -> OwnPhone | None:
	"""Return the phone whose earlier export this one continues; of several, the one with most lines in common."""
	held = {
		one: own
		for one in phones
		if one.platform == read.platform
		and (own := phone_book.own_records(c, one.id, read.first - _ABROAD, read.last + _ABROAD, _MOST))
	}
	if not held:
		return None
	near: dict[OwnPhone, list[Record]] = {one: [] for one in held}
	for record in records:
		for one, own in held.items():
			if _near(record.sent_at, own):
				near[one].append(record)
	found = [one for one, own in held.items() if near[one] and reconcile.continues(own, near[one])]
	return max(found, key=lambda one: _in_common(held[one], near[one]), default=None)


def _near(at: datetime, own: Sequence[HeldRecord]) -> bool:
	"""Say whether a time lies where the records of a phone lie; where they go on to its end, everything later, too."""
	return own[0].sent_at - _ABROAD <= at <= own[-1].sent_at + _ABROAD


def _in_common(own: Sequence[HeldRecord], near: Sequence[Record]) -> int:
	lines = {(one.sent_at, one.sender, one.raw) for one in own}
	return sum((one.sent_at, one.sender, one.raw) in lines for one in near)


def _as_held(record: Record) -> HeldRecord:
	return HeldRecord(
		record.order,
		record.sent_at,
		record.precision,
		record.sender,
		record.kind,
		record.raw,
		record.text,
		record.edited,
		record.deleted,
		record.media_name,
		record.is_media,
	)


def guessed_holder(
	people: Sequence[Person], read: ReadExport, called: str | None, others: Collection[int]
) -> tuple[int | None, str | None, str]:
	"""Guess who holds a phone, and say why; nobody where nothing speaks for one of them alone: a wrong name on a phone
	is worse than none.

	Return a known person, or the name of somebody who is not known yet as the chat shows it. `others` hold another
	phone of the group.
	"""
	free = [one for one in people if one.id not in others]
	for words, reason in (
		(called, "The phone is called after them."),
		(_without_chat(read), "The file is called after them."),
	):
		found = [one for one in free if words and _is_named(one, words)]
		if len(found) == 1:
			return found[0].id, None, reason
	shown, reason = _shown_owner(read)
	if shown is None:
		return None, None, ""
	by_name: dict[Hashable, Person] = {}
	for one in free:
		by_name.update({_key(name): one for name in (one.name, *one.aliases)})
	if _key(shown) in by_name:
		return by_name[_key(shown)].id, None, reason
	held_by_others = {_key(name) for one in people if one.id in others for name in (one.name, *one.aliases)}
	return (None, None, "") if _key(shown) in held_by_others else (None, shown, reason)


def _shown_owner(read: ReadExport) -> tuple[str | None, str]:
	"""Return the one sender whom the file itself shows to be the owner, as exported, and how it does."""
	tally = read.tally
	if tally.owner is not None:
		return tally.owner, "WhatsApp writes “You” where they act in it."
	if read.one_to_one and read.chat_name and len(tally.people) == 2:
		rest = [name for name in tally.people if _key(name) != _key(read.chat_name)]
		if len(rest) == 1:
			return rest[0], "The chat is called after the other person."
	if len(tally.owner_named) == 1 and len(tally.people) > 1:
		return tally.owner_named[0], "Of all who write in it, only they are never named where WhatsApp writes “You”."
	return None, ""


def _key(name: str) -> Hashable:
	return phone_number(name) or folded_name(name).lstrip("~").strip()


def _without_chat(read: ReadExport) -> str:
	"""Return the file's name without the chat's, which may name people, too."""
	name = folded_name(read.file_name.rpartition(".")[0])
	return name.replace(folded_name(read.chat_name), " ") if read.chat_name else name


def _is_named(person: Person, words: str) -> bool:
	"""Say whether words name a person: by the whole name, or by the surname."""
	parts = folded_name(words).replace("’", " ").replace("'", " ")
	written = {one.strip("()[].,_-–") for one in parts.replace("_", " ").split()}
	name = folded_name(person.name)
	surname = name.split()[-1] if name else ""
	return bool(name) and (
		set(name.split()) <= written or (len(surname) >= _SHORTEST_NAME and surname in written and " " in name)
	)


def _kind(platform: str) -> str:
	return "an iPhone" if platform == "iphone" else "an Android phone"
