"""People and the names that phones show for them."""

import unicodedata
from dataclasses import dataclass

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
