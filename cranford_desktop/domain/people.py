"""People and the names that phones show for them."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

_CONTROLS = dict.fromkeys(
	[0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x200B, 0x2060]
)
_BIDI = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACES = {0x00A0: " ", 0x202F: " ", 0x2007: " ", 0x2011: "-"}


def plain_name(rendered: str) -> str:
	"""Return a rendered name without bidi controls, with ordinary spaces and hyphens: what is shown and compared."""
	return unicodedata.normalize("NFC", rendered).translate(_CONTROLS).translate(_SPACES).strip()


def rendered_name(exported: str) -> str:
	"""Return an exported name as rendered: character for character, but for bidi controls."""
	return exported.translate(_BIDI)


def folded_name(rendered: str) -> str:
	"""Return the key under which a name or group is looked up: plain, case-folded."""
	return plain_name(rendered).casefold()


@dataclass(frozen=True, slots=True)
class Sender:
	"""A name that exports show, and the person the clerk has confirmed it to be, if any."""

	rendered: str
	"""Plain rendering, as shown."""
	person_id: int | None
	name: str | None
	"""The confirmed name."""
	role: str | None
	messages: int
	groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
	"""One human being, with every rendering that is theirs."""

	id: int
	name: str
	role: str | None
	aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamePerson:
	"""A guess that two renderings are one human being, with its reasons. It decides nothing."""

	key: str
	"""Names the pair for good."""
	first: str
	second: str
	"""Plain renderings."""
	person_id: int | None
	"""Person that one of them is confirmed to be."""
	name: str | None
	"""That person's name, else the name proposed."""
	reasons: tuple[str, ...]
	"""In words: "The same 212 messages: Mrs Potter on Cllr Shaw's phone, +44 7700 900123 on yours"."""
	certain: bool
	"""The evidence leaves hardly a doubt: the same number, or many of the same messages."""


@dataclass(frozen=True, slots=True)
class Choice:
	"""What the clerk said of a guess; she can take it back."""

	id: int
	key: str
	first: str
	second: str
	said: str
	"""Like one of "same", "different", "later"."""
	at: datetime
