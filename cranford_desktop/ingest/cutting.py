"""A chat text cut into records, in columns: one pass of one pattern over each stretch of text.

A second cutting knows from the first what the headers say, and takes only what stands between them.

What looks like a header but is none (an hour that no clock shows, a line that was found to be pasted) stays text of
the record in which it stands. Such stretches are rare and are cut header by header.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cranford_desktop.ingest.dialect import PATTERNS, Family, usual_pattern
from cranford_desktop.ingest.file_types import changed, refuse
from cranford_desktop.ingest.text import PIECE, Text
from cranford_desktop.ingest.written_times import NO_TIME, WrittenTimes

MAX_RECORD = 32 << 20
"""Characters of one record. A WhatsApp message has at most about 65,000."""
_COLUMNS = 4
"""Date, time, name and body: what a pattern cuts a record into."""


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
	days: Sequence[int]
	"""Numbers of their dates in `WrittenTimes`."""
	clocks: Sequence[int]
	"""Their times, packed: see `written_times`."""
	names: Sequence[str | None]
	"""What stands before the first ": ", where that is simple to see; None where it is not."""
	bodies: Sequence[str]
	"""What follows it, or the whole record after its header where the name is None; without the line end."""
	headers: Sequence[int]
	"""Which header of the text each begins with, from 0, dropped ones counted."""
	bare: Sequence[int] = ()
	"""Headers that follow a bare LF, in a text whose records end in CRLF."""
	ended: bool = True
	"""The last record ends as the layout says."""


class Outline:
	"""What the headers of a whole text say, as a few numbers a record."""

	def __init__(self) -> None:
		self.days, self.clocks, self.names = array("I"), array("I"), array("I")
		"""For each record the numbers of its date, its time and its name: see `WrittenTimes`."""
		self.stretches = array("I")
		"""How many records were cut from each stretch in turn, if all its headers have the usual form; else 0."""


def cut(text: Text, layout: Layout, written: WrittenTimes, outline: Outline) -> Iterator[Cut]:
	"""Cut a text into records, in file order, and draw its outline.

	Raises `ProblemWithFile` where a record is longer than any message.
	"""
	return _cut(text, _Cutter(layout, written, outline))


def cut_again(text: Text, layout: Layout, written: WrittenTimes, outline: Outline) -> Iterator[Cut]:
	"""Cut a text once more by its outline. Raises `ProblemWithFile` where the text is no longer the same."""
	return _cut(text, _SecondCutter(layout, written, outline))


def _cut(text: Text, cutter: "_Cutter") -> Iterator[Cut]:
	held: list[str] = []
	length = 0
	for piece in text.pieces():
		if held and length > PIECE and not cutter.may_cut(piece):
			held.append(piece)
			length += len(piece)
			if length > MAX_RECORD:
				raise refuse(
					f"One message of this chat would have more than {MAX_RECORD >> 20} million characters. WhatsApp "
					"never writes such a message: this is no chat, or it was damaged."
				)
			continue
		done, rest = cutter.cut((*held, piece), final=False)
		if done is not None:
			yield done
		held = [rest] if rest else []
		length = len(rest)
	done, _ = cutter.cut(held, final=True)
	if done is not None:
		yield done


class _Cutter:
	"""Cuts stretch after stretch, counting headers and records."""

	def __init__(self, layout: Layout, written: WrittenTimes, outline: Outline) -> None:
		self._outline = outline
		self._dropped = layout.dropped
		self._crlf = layout.terminator == "\r\n"
		self._pattern = PATTERNS[layout.family]
		self._usual = usual_pattern(layout.family, written.usual, crlf=self._crlf)
		self._written = written
		self._days, self._clocks = written.days.__getitem__, written.clocks.__getitem__
		self._number, self._name = written.names.__getitem__, written.names.listed.__getitem__
		self._header = self._order = 0
		self._head = ""
		self._begun = False
		self._bare = False
		"""The next record follows a bare LF."""

	def may_cut(self, piece: str) -> bool:
		"""Say whether a further stretch holds what can be a header."""
		return self._pattern.search(f"\n{piece}") is not None

	def cut(self, pieces: Sequence[str], *, final: bool) -> tuple[Cut | None, str]:
		"""Cut a stretch that begins at a record (or at the text's start); return also the rest, not complete yet."""
		text = "".join(("\r\n" if self._crlf else "\n", *pieces))
		return self._usually(text, final) or self._slowly(text[1:] if self._crlf else text, final)

	def _usually(self, text: str, final: bool) -> tuple[Cut | None, str] | None:
		"""Cut at every header of the usual form, where there are no others; draw the outline of it."""
		done = self._quickly(text, final)
		self._outline.stretches.append(len(done[0].days) if done else 0)
		return done

	def _quickly(self, text: str, final: bool) -> tuple[Cut, str] | None:
		"""Cut at every header of the usual form; None where that is not the whole truth."""
		parts = self._usual.split(text)
		if len(parts) < _COLUMNS * 2:
			return None
		multiple = [body for body in parts[_COLUMNS::_COLUMNS] if "\n" in body]
		if parts[0] and (self._begun or self._pattern.search(parts[0])):
			return None
		if any(map(self._pattern.search, multiple)):
			return None
		days, clocks = list(map(self._days, parts[1::_COLUMNS])), self._written.clocks.several(parts[2::_COLUMNS])
		# Also of the last one: the next stretch must begin with a record.
		if max(days) >= NO_TIME or max(clocks) >= NO_TIME:
			return None
		if final:
			rest, ended = "", True
			parts[-1], ended = self._without_end(parts[-1])
		else:
			rest, ended = _from_header(text, parts[-1]), True
			del parts[-_COLUMNS:], days[-1], clocks[-1]
		following = self._header + len(days)
		if self._dropped:
			at = bisect_left(self._dropped, self._header)
			# The header at which the stretch ends must not be a dropped one either.
			if at < len(self._dropped) and self._dropped[at] <= following:
				return None
		headers = range(self._header, following)
		bare = (self._header,) if self._bare else ()
		numbers = list(map(self._number, parts[3::_COLUMNS]))
		names, bodies = list(map(self._name, numbers)), parts[4::_COLUMNS]
		columns = Cut(parts[0], self._order, days, clocks, names, bodies, headers, bare, ended)
		self._bare = False
		self._draw(days, clocks, numbers)
		return self._counted(columns, following), rest

	def _draw(self, days: Sequence[int], clocks: Sequence[int], names: Sequence[int]) -> None:
		"""Add some records to the outline."""
		# Through an array: each number is packed once, without a look at how long the list will be.
		self._outline.days.extend(array("I", days))
		self._outline.clocks.extend(array("I", clocks))
		self._outline.names.extend(array("I", names))

	def _without_end(self, body: str) -> tuple[str, bool]:
		"""Take the line end off the last body of a text; say whether it is there."""
		if not body.endswith("\n"):
			return body, False
		body = body[:-1]
		if not self._crlf:
			return body, True
		return body.removesuffix("\r"), body.endswith("\r")

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
		bodies = [text[match.end() : after] for (match, _), after in zip(begun, starts[1:], strict=True)]
		bare = [begun[0][1]] if begun and self._bare else []
		ended = not final
		if final and bodies:
			bodies[-1], ended = self._without_end(bodies[-1])
		if self._crlf and bodies:
			others = len(bodies) - final
			lacking = [index for index in range(others) if not bodies[index].endswith("\r")]
			bare += [begun[index + 1][1] for index in lacking if index + 1 < len(begun)]
			self._bare = not final and len(bodies) - 1 in lacking
			bodies[:others] = [body.removesuffix("\r") for body in bodies[:others]]
		days, clocks = [self._days(match[1]) for match, _ in begun], [self._clocks(match[2]) for match, _ in begun]
		numbers = [self._number(match[3]) for match, _ in begun]
		headers = [number for _, number in begun]
		names = list(map(self._name, numbers))
		columns = Cut(text[: starts[0]], self._order, days, clocks, names, bodies, headers, bare, ended)
		self._draw(days, clocks, numbers)
		if not days:
			self._header = following
			if not self._begun:
				self._head += columns.head
			return None, text[end + 1 :]
		return self._counted(columns, following), text[end + 1 :]

	def _counted(self, done: Cut, following: int) -> Cut:
		"""Count what was cut; the first cut takes what stands before the first record."""
		self._header = following
		self._order += len(done.days)
		head, self._begun = "" if self._begun else self._head + done.head, True
		return done._replace(head=head)


class _SecondCutter(_Cutter):
	"""Cuts the stretches of a text that was cut before."""

	def __init__(self, layout: Layout, written: WrittenTimes, outline: Outline) -> None:
		super().__init__(layout, written, outline)
		self._stretches = iter(outline.stretches)
		self._between = usual_pattern(layout.family, written.usual, crlf=self._crlf, taking=False)

	def _usually(self, text: str, final: bool) -> tuple[Cut | None, str] | None:
		count = next(self._stretches, 0)
		if not count:
			return None
		head, *bodies = self._between.split(text)
		if len(bodies) != (count if final else count + 1):
			raise changed()
		rest, ended = "", True
		if final:
			bodies[-1], ended = self._without_end(bodies[-1])
		else:
			rest = _from_header(text, bodies.pop())
		begins, ends = self._order, self._order + count
		outline, following = self._outline, self._header + count
		days, clocks = outline.days[begins:ends], outline.clocks[begins:ends]
		names = list(map(self._name, outline.names[begins:ends]))
		headers = range(self._header, following)
		return self._counted(Cut(head, begins, days, clocks, names, bodies, headers, (), ended), following), rest

	def _draw(self, days: Sequence[int], clocks: Sequence[int], names: Sequence[int]) -> None:
		"""Draw nothing: the outline is there."""


def _from_header(text: str, body: str) -> str:
	"""Return the end of a stretch from the header of its last record on, which goes on in the next one."""
	return text[text.rfind("\n", 0, len(text) - len(body)) + 1 :]
