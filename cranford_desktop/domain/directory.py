"""The directory: what the council keeps of each person beside the names that phones show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cranford_desktop.domain.people import plain_name
from cranford_desktop.domain.phone_numbers import phone_number, written_forms

DetailKind = Literal["nickname", "phone", "email", "address", "note"]

DETAIL_KINDS: tuple[DetailKind, ...] = ("nickname", "phone", "email", "address", "note")
_NAMES_OF_OFFICE = (
	"cllr",
	"councillor",
	"mr",
	"mrs",
	"ms",
	"miss",
	"mx",
	"dr",
	"rev",
	"revd",
	"sir",
	"dame",
	"clerk",
	"chair",
)
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class PersonDetail:
	"""One thing that is kept of a person."""

	id: int
	kind: DetailKind
	value: str
	source: str
	""" "clerk" or "contacts file"."""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
	"""A person as the directory lists them."""

	person_id: int
	name: str
	role: str | None
	"""Today's."""
	aliases: tuple[str, ...]
	"""Names and numbers that phones show for them."""
	details: tuple[PersonDetail, ...]
	messages: int
	first_seen: datetime | None
	last_seen: datetime | None
	last_export: date | None
	"""When the latest export of a phone of theirs was taken in."""
	acknowledged: date | None
	"""When they acknowledged the policy in force."""
	left_on: date | None
	"""Last day of their last office, once it has passed."""

	@property
	def numbers(self) -> tuple[str, ...]:
		"""Their telephone numbers: from phones, and as the clerk keeps them."""
		kept = [one.value for one in self.details if one.kind == "phone"]
		return tuple(dict.fromkeys([*(one for one in self.aliases if phone_number(one) is not None), *kept]))

	@property
	def other_names(self) -> tuple[str, ...]:
		"""What else they are called: names on phones and nicknames."""
		kept = [one.value for one in self.details if one.kind == "nickname"]
		return tuple(dict.fromkeys([*(one for one in self.aliases if phone_number(one) is None), *kept]))


@dataclass(frozen=True, slots=True)
class Involved:
	"""A case or request in which a person is named."""

	reference: str
	title: str
	target: str
	"""Where the window shows it: "cases:3"."""


@dataclass(frozen=True, slots=True)
class PersonPage:
	"""Everything the archive knows of one person."""

	entry: DirectoryEntry
	said: int
	mentioned: int
	"""Messages of others in which one of their names, numbers or addresses stands."""
	mention_words: str
	"""The search that finds them."""
	cases: tuple[Involved, ...]
	requests: tuple[Involved, ...]


@dataclass(frozen=True, slots=True)
class PeopleJoin:
	"""Two people whom the clerk made one, and can part again."""

	id: int
	kept_id: int
	gone_name: str
	at: datetime


@dataclass(frozen=True, slots=True)
class LeaverStep:
	"""One step when a member leaves office."""

	key: str
	words: str
	why: str
	done_on: date | None = None
	note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
	"""A person as a contacts file knows them."""

	name: str
	nicknames: tuple[str, ...]
	phones: tuple[str, ...]
	emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactMatch:
	"""A contact, whom it may be, and what it would add."""

	contact: Contact
	person_id: int | None
	"""Who has the same number or name; None: nobody yet."""
	person: str | None
	unnamed: tuple[str, ...]
	"""Numbers and names that phones show and nobody is named for: it would name them."""
	fresh: tuple[tuple[DetailKind, str], ...]
	"""What the directory does not hold yet."""


def mention_words(name: str, other_names: Sequence[str], numbers: Sequence[str], emails: Sequence[str]) -> str:
	"""Return the search for a person's mentions: every name and address as a phrase, every number in its usual forms.

	Titles are left out ("Cllr Jean Shaw" is looked for as "Jean Shaw"). A first name alone counts only where the clerk
	gave it as a nickname: it would find too many others.
	"""
	looked_for: list[str] = []
	for one in (name, *other_names):
		words = [
			word
			for word in plain_name(one).lstrip("~").split()
			if word.rstrip(".:,").casefold() not in _NAMES_OF_OFFICE
		]
		phrase = " ".join(words).replace('"', " ").strip()
		if len(phrase) >= _SHORTEST and (len(words) > 1 or one in other_names):
			looked_for.append(phrase)
	for one in numbers:
		number = phone_number(one)
		looked_for += written_forms(number) if number is not None else (one,)
	looked_for += [one.replace('"', " ") for one in emails]
	return " OR ".join(f'"{one}"' for one in dict.fromkeys(looked_for))
