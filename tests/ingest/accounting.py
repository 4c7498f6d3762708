"""Every character of a chat text accounted for: it stands in a header, a name, a body or an unread line, in order."""

import re

from cranford_desktop.domain.messages import Record

_MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
# Looser than any header we read, and blind to what date and time say: digits, what joins them, one closing.
_BLANK = "[ \u00a0\u202f]"
_HEADER = (
	rf"[{_MARKS}]{{0,4}}\[?[{_MARKS}]{{0,2}}[0-9][^\n]{{8,60}}?"
	rf"(?:[{_MARKS}]{{0,2}}\]{_BLANK}?|{_BLANK}[-–]{_BLANK}?|: ?)"
)


def unaccounted(text: str, records: list[Record], unread_lines: tuple[str, ...]) -> str | None:
	"""Return the place from which a decoded text is not what its records and unread lines say; None where all is."""
	at = 0
	for place, record in enumerate(records):
		said = re.escape(record.raw)
		name = "" if record.sender is None else rf"{re.escape(record.sender)}: ?"
		begins = _head(unread_lines) if place == 0 else "\r?\n"
		found = re.compile(rf"{begins}{_HEADER}{name}{said}(?=\r?\n|\r?\Z)").match(text, at)
		if found is None:
			return text[at : at + 200]
		at = found.end()
	return None if text[at:] in ("", "\n", "\r\n", "\r") else text[at : at + 200]


def _head(unread_lines: tuple[str, ...]) -> str:
	"""Return what stands before the first record: the unread lines, and blank ones around them."""
	blank = r"(?:[^\S\n]*\n)*"
	return blank + "".join(rf"{re.escape(line)}\r?\n{blank}" for line in unread_lines)
