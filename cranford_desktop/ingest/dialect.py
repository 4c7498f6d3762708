"""Where a record begins and when: the forms of header that WhatsApp writes, their clocks and their order of dates.

Every pattern is anchored at a line's start and bounded, so that no text can make it slow. Lines end at LF only: VT, FF,
NEL, U+2028 and lone CR are characters of a message.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

Family = Literal["android", "iphone", "old_iphone"]

_MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SPACE = "[ \u00a0\u202f]"
_DATE = r"(?P<a>[0-9]{1,4})(?P<sep>/|-|\.[ \u00a0]?)(?P<b>[0-9]{1,2})(?P=sep)(?P<c>[0-9]{1,4})(?P<dot>\.?)"
_CLOCK = (
	r"(?P<h>[0-9]{1,2})(?P<tick>[:.])(?P<m>[0-9]{2})(?:(?P=tick)(?P<s>[0-9]{2}))?"
	r"(?:[ \u00a0\u202f\u2009]?(?P<half>[AaPp])\.?[ \u00a0\u202f]?[Mm]\.?)?"
)
_MOMENT = rf"{_DATE}(?P<comma>,?){_SPACE}{_CLOCK}"
_END = r"(?=\r?$)"

_PATTERNS: dict[Family, re.Pattern[str]] = {
	"android": re.compile(rf"^[{_MARKS}]{{0,4}}{_MOMENT}{_SPACE}-(?:{_SPACE}|{_END})", re.MULTILINE),
	"iphone": re.compile(
		rf"^[{_MARKS}]{{0,4}}\[[{_MARKS}]{{0,2}}{_MOMENT}[{_MARKS}]{{0,2}}\](?:{_SPACE}|(?=[{_MARKS}])|{_END})",
		re.MULTILINE,
	),
	# Up to about 2016: "09/12/2012 17:03:48: Name: text".
	"old_iphone": re.compile(rf"^[{_MARKS}]{{0,4}}{_MOMENT}(?:: |:{_END})", re.MULTILINE),
}

_PIECE = 1 << 18
FIRST_LINES = 50
"""A chat has a header within its first so many non-blank lines."""


class Header(NamedTuple):
	"""One header as it stands in the text."""

	start: int
	"""Where its line begins."""
	body: int
	"""Where what follows it begins."""
	family: Family
	date: tuple[str, str, str]
	"""The three numbers of the date, as written."""
	hour: int
	minute: int
	second: int
	core: tuple[str, str]
	"""What no setting of a phone changes inside one export: separator of the date, comma."""
	style: tuple[int, int, int, bool, bool]
	"""What tells two settings of one phone apart: widths of the three numbers (0 where it varies), 12-hour, seconds."""


def find_headers(text: str, family: Family) -> list[Header]:
	"""Find every line of `text` that begins as a record of this family does, with a time that exists."""
	found = []
	for match in _matches(_PATTERNS[family], text):
		a, sep, b, c, _dot, h, _tick, m, s, half, comma = match.group(
			"a", "sep", "b", "c", "dot", "h", "tick", "m", "s", "half", "comma"
		)
		if family == "old_iphone" and s is None:
			continue
		if not _can_be_date(a, b, c):
			continue
		hour, minute, second = _hour(int(h), half), int(m), int(s or 0)
		if hour is None or minute > 59 or second > 59:
			continue
		wide = len(a) == 4
		style = (4 if wide else 0, 0, 0 if wide else len(c), half is not None, s is not None)
		found.append(
			Header(match.start(), match.end(), family, (a, b, c), hour, minute, second, (sep.strip(), comma), style)
		)
	return found


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
	"""Go through a text in pieces of whole lines, so that no single step takes long."""
	at = 0
	while at < len(text):
		end = text.find("\n", at + _PIECE) + 1 or len(text)
		yield from pattern.finditer(text, at, end)
		at = end


def looks_like_chat(head: str) -> bool:
	"""Say whether one of the first 50 non-blank lines begins as a record does."""
	return any(pattern.search(opening(head)) for pattern in _PATTERNS.values())


def opening(text: str) -> str:
	"""Return the first 50 non-blank lines, each cut to what a header can need."""
	lines: list[str] = []
	at = 0
	while len(lines) < FIRST_LINES and at < len(text):
		end = text.find("\n", at)
		end = len(text) if end < 0 else end
		line = text[at : min(end, at + 200)]
		if line.strip():
			lines.append(line)
		at = end + 1
	return "\n".join(lines)


_CJK_CLOCK = re.compile("上午|下午|午前|午後|오전|오후")
_STRANGE = re.compile(
	rf"^[{_MARKS}]{{0,4}}\[?[{_MARKS}]{{0,4}}(?:\w{{1,12}}\.?,? )?[0-9]{{1,4}}[^\n0-9]{{1,12}}[0-9\w]{{1,12}}"
	rf"[^\n0-9]{{1,8}}[0-9]{{1,4}}[^\n]{{1,16}}[0-9]{{1,2}}[:.][0-9]{{2}}[^\n]{{0,16}}(?:\]| - )",
	re.MULTILINE,
)


def unread_dates(text: str) -> str | None:
	"""Name what keeps the dates of a chat from being read: "Arabic-Indic digits", …; None where it is no chat."""
	head = opening(text)
	for character in head:
		if character.isdecimal() and not character.isascii():
			plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in head)
			if _STRANGE.search(plain) or any(pattern.search(plain) for pattern in _PATTERNS.values()):
				script = unicodedata.name(character, "").partition(" DIGIT")[0].replace("EXTENDED ARABIC", "PERSIAN")
				script = "-".join(part.capitalize() for part in script.replace("-", " ").split()) or "foreign"
				return f"{script} digits"
	if _STRANGE.search(head) or any(pattern.search(head) for pattern in _PATTERNS.values()):
		if _CJK_CLOCK.search(head):
			return "Chinese, Japanese or Korean times of day"
		return "dates or times in a form"
	return None


def _can_be_date(a: str, b: str, c: str) -> bool:
	"""Say whether three numbers are a date in any order: the year two or four digits, at one end."""
	one, two, three = int(a), int(b), int(c)
	if max(len(a), len(c)) == 4 and not 1300 <= max(one, three) < 2800:
		return False
	if len(a) == 4:
		return len(c) <= 2 and 1 <= two <= 12 and 1 <= three <= 31
	if len(a) > 2 or len(c) not in (2, 4):
		return False
	if 1 <= one <= 31 and 1 <= two <= 31 and min(one, two) <= 12:
		return True
	return len(c) == 2 and 1 <= two <= 12 and 1 <= three <= 31


def _hour(hour: int, half: str | None) -> int | None:
	"""Return the hour of the day; None where the clock shows no such hour (24:10, 13 am)."""
	if half is None:
		return hour if hour <= 23 else None
	if half in "Pp":
		if hour <= 12:
			return hour % 12 + 12
		return hour if hour <= 23 else None
	return hour % 12 if hour <= 12 else None


def sketch(header: Header) -> str:
	"""Draw a header's form for the log: "[d/m/yyyy, h:mm:ss am]"."""
	sep, comma = header.core
	wide, _, year, half, seconds = header.style
	parts = ["yyyy", "n", "n"] if wide else ["n", "n", "y" * year]
	clock = f"h:mm{':ss' if seconds else ''}{' am' if half else ''}"
	moment = f"{sep.join(parts)}{comma} {clock}"
	return {"android": f"{moment} - ", "iphone": f"[{moment}]", "old_iphone": f"{moment}: "}[header.family]
