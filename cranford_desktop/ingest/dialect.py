"""Where a record begins and when: the forms of header that WhatsApp writes, as patterns that cut a text at C speed.

Every pattern begins with the line end before a header and is bounded, so that no text can make it slow. Lines end at LF
only: VT, FF, NEL, U+2028 and lone CR are characters of a message.
"""

import re
from typing import Literal, NamedTuple

from cranford_desktop.ingest.clocks import CLOCK, Clock, read_clock

Family = Literal["android", "iphone", "old_iphone"]
FAMILIES: tuple[Family, ...] = ("android", "iphone", "old_iphone")

MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SPACE = "[ \u00a0\u202f]"
_SEP = "(?:/|-|\\.[ \u00a0]?)"
_JOIN = rf"(?:{_SPACE}г\.)?[,،]?(?:{_SPACE}(?:klo|kl\.|à|às|um|at|ob|om|a las|alle|a les))?"
"""What stands between date and time, in Finnish, Scandinavian, French, Portuguese, German and others."""
_DATE = rf"[0-9]{{1,4}}{_SEP}[0-9]{{1,2}}{_SEP}[0-9]{{1,4}}\.?{_JOIN}"
_END = r"(?=\r?(?:\n|\Z))"
LONGEST_NAME = 250
_NAME = rf"[^:\n]{{1,{LONGEST_NAME - 2}}}"

_AROUND: dict[Family, tuple[str, str]] = {
	"android": (rf"[{MARKS}]{{0,4}}", rf"{_SPACE}[-–](?:{_SPACE}|{_END})"),
	"iphone": (rf"[{MARKS}]{{0,4}}\[[{MARKS}]{{0,2}}", rf"[{MARKS}]{{0,2}}\](?:{_SPACE}|(?=[{MARKS}])|{_END})"),
	# Up to about 2016: "09/12/2012 17:03:48: Name: text".
	"old_iphone": (rf"[{MARKS}]{{0,4}}", rf"(?<=[:.][0-9][0-9][:.][0-9][0-9])(?:: |:{_END})"),
}
"""What stands before and after the moment of a record, by family."""
PATTERNS: dict[Family, re.Pattern[str]] = {
	family: re.compile(rf"\n{begins}({_DATE}){_SPACE}({CLOCK}){ends}(?:({_NAME}): )?")
	for family, (begins, ends) in _AROUND.items()
}
"""Groups: date with what joins it to the time, time, name up to the first ": " where it holds no other colon."""
MAY_BEGIN = re.compile(rf"\n[{MARKS}]{{0,4}}\[?[{MARKS}]{{0,2}}[0-9]{{1,4}}(?:/|-|\.)")
"""Cheap first look: text without it holds no header."""
_DATE_PARTS = re.compile(
	rf"(?P<a>[0-9]{{1,4}})(?P<sep>{_SEP})(?P<b>[0-9]{{1,2}})(?P=sep)(?P<c>[0-9]{{1,4}})(?P<dot>\.?)(?P<join>{_JOIN})"
)
FIRST_LINES = 50
"""A chat has a header within its first so many non-blank lines."""


class Day(NamedTuple):
	"""A date as it is written, whichever of its numbers is the day."""

	numbers: tuple[str, str, str]
	core: tuple[str, str]
	"""What no setting of a phone changes inside one export: separator of the date, what joins it to the time."""
	width: int
	"""Digits of the year at the end; 0 where it stands first."""

	@property
	def kind(self) -> tuple[str, int]:
		"""Which dates of a file are written in one order: those with one separator and one place of the year."""
		return self.core[0], self.width


class Form(NamedTuple):
	"""One form of header, as a phone's settings make it."""

	core: tuple[str, str]
	width: int
	half: bool
	seconds: bool

	@property
	def dating(self) -> tuple[tuple[str, str], int]:
		"""The part that is the same in all headers of one export."""
		return self.core, self.width

	@property
	def clock(self) -> tuple[bool, bool]:
		"""The part that a phone's user may switch: 12-hour or not, seconds or not."""
		return self.half, self.seconds


def read_day(written: str) -> Day | None:
	"""Read a date; None where three numbers cannot be one, in any order: year of two or four digits, at one end."""
	match = _DATE_PARTS.fullmatch(written)
	if match is None:
		return None
	a, b, c = match.group("a", "b", "c")
	if not _can_be_date(a, b, c):
		return None
	return Day((a, b, c), (match["sep"].strip(), match["join"].strip()), 0 if len(a) == 4 else len(c))


def usual_pattern(family: Family, usual: Form, *, crlf: bool, taking: bool = True) -> re.Pattern[str]:
	"""Return the pattern for headers of one form alone, after CRLF or LF: it finds these twice as fast.

	Without `taking` it has no groups: where only the text between headers is wanted, nothing else is copied.
	"""
	sep, join = usual.core
	plain_sep = sep if sep in ("/", "-") else _SEP
	date = rf"[0-9]{{1,4}}{plain_sep}[0-9]{{1,2}}{plain_sep}[0-9]{{1,4}}"
	date += (r"\.?" if sep == "." else "") + (join if join in ("", ",") else _JOIN)
	clock = CLOCK if usual.half else "[0-9]{1,2}[:.][0-9]{2}" + ("[:.][0-9]{2}" if usual.seconds else "")
	begins, ends = _AROUND[family]
	group = "(" if taking else "(?:"
	line_end = "\r\n" if crlf else "\n"
	return re.compile(rf"{line_end}{begins}{group}{date}){_SPACE}{group}{clock}){ends}(?:{group}{_NAME}): )?")


def form_of(day: Day, clock: Clock) -> Form:
	"""Return the form of a header."""
	return Form(day.core, day.width, clock.half, clock.seconds)


def headers(text: str, family: Family) -> list[tuple[int, Form]]:
	"""Find the lines of a short text that begin as records of this family do: where, and in which form."""
	found = []
	for match in PATTERNS[family].finditer(f"\n{text}"):
		day, clock = read_day(match[1]), read_clock(match[2])
		if day is not None and clock is not None:
			found.append((match.start(), form_of(day, clock)))
	return found


def looks_like_chat(head: str) -> bool:
	"""Say whether one of the first 50 non-blank lines begins as a record does."""
	lines = f"\n{opening(head)}"
	return any(pattern.search(lines) for pattern in PATTERNS.values())


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


def sketch(family: Family, form: Form) -> str:
	"""Draw a header's form for the log: "[d/m/yyyy, h:mm:ss am]"."""
	sep, join = form.core
	parts = ["n", "n", "y" * form.width] if form.width else ["yyyy", "n", "n"]
	clock = f"h:mm{':ss' if form.seconds else ''}{' am' if form.half else ''}"
	joined = join if join[:1] in ("", ",", "،") else f" {join}"
	moment = f"{sep.join(parts)}{joined} {clock}"
	return {"android": f"{moment} - ", "iphone": f"[{moment}]", "old_iphone": f"{moment}: "}[family]
