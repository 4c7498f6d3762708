"""A chat text cut into records, in columns: one pass of one pattern over each stretch of text.

What looks like a header but is none (an hour that no clock shows, a line that was found to be pasted) stays text of
the record in which it stands. Such stretches are rare and are cut header by header.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cranford_desktop.ingest.dialect import PATTERNS, Family
from cranford_desktop.ingest.file_types import refuse
from cranford_desktop.ingest.text import Text
from cranford_desktop.ingest.written_times import NO_TIME, WrittenTimes

MAX_RECORD = 32 << 20
"""Characters of one record. A WhatsApp message has at most about 65,000."""


class Layout(NamedTuple):
	"""Which lines of a text begin records, and how records end."""

	family: Family
	terminator: str = "\n"
	dropped: tuple[int, ...] = ()
	"""Headers (counted from 0 over the whole text) that are text of the record before them, in order."""


class Cut(NamedTuple):
	"""Some records, one after the other, in columns."""

	head: str
	"""What stands before the first record of the text; "" but for the first cut."""
	order: int
	"""Place of the first record among all, from 0."""
	line: int
	"""Number of the line on which the first record begins, from 1."""
	days: Sequence[int]
	"""Numbers of their dates in `WrittenTimes`."""
	clocks: Sequence[int]
	"""Their times, packed: see `written_times`."""
	names: Sequence[str | None]
	"""What stands before the first ": ", where that is simple to see; None where it is not."""
	bodies: Sequence[str]
	"""What follows it, or the whole record after its header where the name is None; without LF at the end;
	see also `without_line_ends`."""
	headers: Sequence[int]
	"""Which header of the text each begins with, from 0, dropped ones counted."""


def without_line_ends(bodies: Sequence[str], layout: Layout) -> Sequence[str]:
	"""Return bodies without the CR of the CRLF that ends each, where records end so."""
	if layout.terminator == "\r\n":
		return [body[:-1] if body[-1:] == "\r" else body for body in bodies]
	return bodies


def cut(text: Text, layout: Layout, written: WrittenTimes) -> Iterator[Cut]:
	"""Cut a text into records, in file order. Raises `ProblemWithFile` where one is longer than any message."""
	cutter = _Cutter(layout, written)
	held: list[str] = []
	length = 0
	for piece in text.pieces():
		held.append(piece)
		length += len(piece)
		if len(held) > 1 and not cutter.may_cut(piece):
			if length > MAX_RECORD:
				raise refuse(
					f"One message of this chat would have more than {MAX_RECORD >> 20} million characters. WhatsApp "
					"never writes such a message: this is no chat, or it was damaged."
				)
			continue
		done, rest = cutter.cut("".join(held), final=False)
		if done is not None:
			yield done
		held = [rest]
		length = len(rest)
	done, _ = cutter.cut("".join(held), final=True)
	if done is not None:
		yield done


class _Cutter:
	"""Cuts stretch after stretch, counting headers, records and lines."""

	def __init__(self, layout: Layout, written: WrittenTimes) -> None:
		self._dropped = layout.dropped
		self._pattern = PATTERNS[layout.family]
		self._days, self._clocks = written.days.__getitem__, written.clocks.__getitem__
		self._header = self._order = 0
		self._line = 1
		self._head = ""
		self._begun = False

	def may_cut(self, piece: str) -> bool:
		"""Say whether a further stretch holds what can be a header."""
		return self._pattern.search(f"\n{piece}") is not None

	def cut(self, text: str, *, final: bool) -> tuple[Cut | None, str]:
		"""Cut a stretch that begins at a record (or at the text's start); return also the rest, not complete yet."""
		text = f"\n{text}"
		end = len(text) if final else self._last_header(text)
		if end <= 0:
			return None, text[1:]
		whole = text if end == len(text) else text[:end]
		columns = self._quickly(whole)
		if columns is None:
			return self._slowly(text, final)
		return self._counted(columns, self._header + len(columns.days), text, end, final)

	def _last_header(self, text: str) -> int:
		"""Return where the last header of a stretch begins; 0 or less where only its first record is there."""
		at = len(text)
		while (at := text.rfind("\n", 0, at)) > 0:
			match = self._pattern.match(text, at)
			if match is not None and self._days(match[1]) < NO_TIME and self._clocks(match[2]) < NO_TIME:
				break
		return at

	def _quickly(self, text: str) -> Cut | None:
		"""Cut at every header; None where one of them is none."""
		parts = self._pattern.split(text)
		days, clocks = list(map(self._days, parts[1::4])), list(map(self._clocks, parts[2::4]))
		if days and (max(days) >= NO_TIME or max(clocks) >= NO_TIME):
			return None
		if self._dropped:
			at = bisect_left(self._dropped, self._header)
			# The header at which the stretch ends must not be a dropped one either.
			if at < len(self._dropped) and self._dropped[at] <= self._header + len(days):
				return None
		headers = range(self._header, self._header + len(days))
		return Cut(parts[0], self._order, self._line, days, clocks, parts[3::4], parts[4::4], headers)

	def _slowly(self, text: str, final: bool) -> tuple[Cut | None, str]:
		"""Cut header by header."""
		dropped = set(self._dropped)
		following = self._header
		begun = []
		for match in self._pattern.finditer(text):
			if self._days(match[1]) >= NO_TIME or self._clocks(match[2]) >= NO_TIME:
				continue
			if following not in dropped:
				begun.append((match, following))
			following += 1
		end = len(text)
		if not final:
			if not begun or begun[-1][0].start() == 0:
				return None, text[1:]
			last, following = begun.pop()
			end = last.start()
		starts = [match.start() for match, _ in begun] + [end]
		columns = Cut(
			text[: starts[0]],
			self._order,
			self._line,
			[self._days(match[1]) for match, _ in begun],
			[self._clocks(match[2]) for match, _ in begun],
			[match[3] for match, _ in begun],
			[text[match.end() : after] for (match, _), after in zip(begun, starts[1:], strict=True)],
			[number for _, number in begun],
		)
		return self._counted(columns, following, text, end, final)

	def _counted(self, done: Cut, following: int, text: str, end: int, final: bool) -> tuple[Cut | None, str]:
		"""Count what was cut; the first cut takes what stands before the first record."""
		rest = text[end + 1 :]
		line = self._line + done.head.count("\n")
		self._line += text.count("\n", 0, end)
		self._header = following
		self._order += len(done.days)
		if not self._begun:
			self._head += done.head
		if not done.days:
			return None, rest
		head, self._begun = "" if self._begun else self._head, True
		bodies = [*done.bodies[:-1], done.bodies[-1].removesuffix("\n")] if final else done.bodies
		return done._replace(head=head, line=line, bodies=bodies), rest
