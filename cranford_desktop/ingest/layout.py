"""Which lines of a chat text begin records: settled over the whole text, by majority, line ends and known names.

One export is written by one phone in one setting. A line in another phone's form is text; one that differs only in its
clock or date is a record where its name is known. On an iPhone CRLF ends a record, and nothing typed can imitate it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import count, islice
from typing import NamedTuple

from cranford_desktop.domain.work import Stopped
from cranford_desktop.ingest.cutting import Layout
from cranford_desktop.ingest.dialect import FAMILIES, Family, headers, looks_like_chat
from cranford_desktop.ingest.file_types import refuse
from cranford_desktop.ingest.other_calendars import no_chat
from cranford_desktop.ingest.survey import Survey, survey, usual_of
from cranford_desktop.ingest.text import Text
from cranford_desktop.ingest.wording import several

_SAMPLE = 1 << 17
"""Characters of the beginning from which a first guess is made; the whole text confirms it or not."""
_GUESSES = 4
_CALLED: dict[Family, str] = {
	"android": "an Android phone",
	"iphone": "an iPhone",
	"old_iphone": "an iPhone of before 2016",
}


class LaidOut(NamedTuple):
	"""A text with its layout settled, and what the pass over its records found."""

	survey: Survey
	flagged: Mapping[int, tuple[str, ...]]
	"""Doubts by header."""
	said: tuple[str, ...]
	"""Warnings about other phones' headers and about line ends."""
	pasted: int = 0
	"""Headers of another form that are text."""
	impossible: int = 0
	"""Headers with a date that no calendar has."""

	@property
	def warnings(self) -> tuple[str, ...]:
		"""Return what is doubtful about the lines that begin records, in words."""
		found = self.survey
		dropped = set(found.layout.dropped)
		others = sum("other_clock" in flags for header, flags in self.flagged.items() if header not in dropped)
		more = []
		if others:
			messages = several(others, "1 message is", "messages are")
			more.append(f"{messages} written with another form of date or clock than the rest of the file.")
		if self.pasted:
			lines = several(self.pasted, "1 line begins", "lines begin")
			more.append(
				f"{lines} with a date in another form than the rest of the file, as a pasted line does: kept as text "
				"of the messages in which they stand."
			)
		if self.impossible:
			lines = several(self.impossible, "1 line begins", "lines begin")
			more.append(f"{lines} with a date that does not exist: kept as text.")
		return (*self.said, *more)


def lay_out(text: Text, chat_name: str | None, stopped: Stopped) -> LaidOut:
	"""Settle which lines begin records. Raises `ProblemWithFile` where the text is no chat."""
	found = _as_most_are(text, chat_name, stopped)
	warnings = []
	for family, lines in found.strays.items():
		if lines:
			begun = several(lines, "1 line begins", "lines begin")
			warnings.append(
				f"{begun} as {_CALLED[family]} writes, in a chat from {_CALLED[found.layout.family]}: kept as text of "
				"the messages in which they stand."
			)
	flagged: dict[int, tuple[str, ...]] = {}
	dropped, terminator = _by_line_ends(found, flagged, warnings)
	pasted = _pasted(found, dropped, flagged)
	dropped |= pasted
	layout = Layout(found.layout.family, terminator, tuple(sorted(dropped)))
	if layout != found.layout:
		found = survey(text, layout, found.written.usual, chat_name, stopped)
	return LaidOut(found, flagged, tuple(warnings), len(pasted))


def without(laid: LaidOut, days: Collection[int], chat_name: str | None, stopped: Stopped) -> LaidOut:
	"""Take headers with these dates, which no calendar has, for text."""
	gone = _headers_with(laid.survey, days)
	if len(gone) == len(laid.survey):
		raise refuse(
			"This looks like a chat, but none of its dates exists in the calendar.",
			"Ask the member to export the chat again.",
		)
	return _dropping(laid, gone, chat_name, stopped)._replace(impossible=len(gone))


def without_quoted(laid: LaidOut, records: Collection[int], chat_name: str | None, stopped: Stopped) -> LaidOut:
	"""Take the headers of these records, which quote another export, for text."""
	headers_of = list(_headers(laid.survey))
	gone = [headers_of[record] for record in records]
	return _dropping(laid, gone, chat_name, stopped)._replace(pasted=laid.pasted + len(gone))


def _dropping(laid: LaidOut, gone: Collection[int], chat_name: str | None, stopped: Stopped) -> LaidOut:
	"""Read the text once more, with these headers as text."""
	old = laid.survey
	layout = old.layout._replace(dropped=tuple(sorted({*old.layout.dropped, *gone})))
	return laid._replace(survey=survey(old.text, layout, old.written.usual, chat_name, stopped))


def _headers_with(found: Survey, days: Collection[int]) -> list[int]:
	"""Return the headers with these dates."""
	return [header for header, day in zip(_headers(found), found.days, strict=False) if day in days]


def _headers(found: Survey) -> Iterator[int]:
	"""Return the header of each record, counted over the whole text, dropped ones too."""
	dropped = set(found.layout.dropped)
	return islice((header for header in count() if header not in dropped), len(found))


def _as_most_are(text: Text, chat_name: str | None, stopped: Stopped) -> Survey:
	"""Find the family and the form of most headers: guessed from the beginning, confirmed by the whole text."""
	head = text.opening(_SAMPLE)
	sample = {family: begun for family in FAMILIES if (begun := headers(head, family))}
	if not sample or not looks_like_chat(head):
		raise no_chat(head)
	family = max(sample, key=lambda one: (len(sample[one]), -sample[one][0][0]))
	usual = usual_of(Counter(form for _, form in sample[family]))
	for _ in range(_GUESSES):
		terminator = "\r\n" if text.mixed else "\n"
		found = survey(text, Layout(family, terminator), usual, chat_name, stopped)
		stray, lines = max(found.strays.items(), key=lambda one: one[1], default=(family, 0))
		if lines > len(found):
			strays = headers(text.opening(_SAMPLE), stray)
			family = stray
			usual = usual_of(Counter(form for _, form in strays)) if strays else usual
			continue
		form = found.usual_form()
		if form == usual:
			break
		usual = form
	return found


def _by_line_ends(found: Survey, flagged: dict[int, tuple[str, ...]], warnings: list[str]) -> tuple[set[int], str]:
	"""Use CRLF where it is the end of a record: on an iPhone nothing typed can imitate it."""
	if not found.text.mixed:
		return set(), "\n"
	bare = len(found.bare)
	ends = len(found) - 1 - bare + found.ends
	if found.layout.family == "android" or ends < bare or not ends:
		return set(), "\r\n" if ends > bare + (not found.ends) else "\n"
	dropped: set[int] = set()
	mended = 0
	block_is_edited = False
	kept = before = 0
	for header in found.bare:
		if header != before + 1:
			kept, block_is_edited = header - 1, False
		before = header
		# What quotes a message is sent later than it: the same second means that somebody edited the file here.
		same = (found.days[header], found.clocks[header]) == (found.days[kept], found.clocks[kept])
		block_is_edited = block_is_edited or same
		if block_is_edited:
			mended += 1
			kept = header
			flagged[header] = ("line_end",)
		else:
			dropped.add(header)
	if dropped:
		lines = several(len(dropped), "1 line looks", "lines look")
		warnings.append(
			f"{lines} like the start of a message inside another message, as the line ends show: kept as text."
		)
	if mended:
		messages = several(mended, "1 message begins", "messages begin")
		warnings.append(
			f"{messages} after a line end that an iPhone does not write there. The file may have been edited."
		)
	return dropped, "\r\n"


def _pasted(found: Survey, dropped: Collection[int], flagged: dict[int, tuple[str, ...]]) -> set[int]:
	"""Find lines of another form that somebody pasted: few, and neither the app's nor a known person's."""
	odd = [one for one in found.odd if one.header not in dropped]
	if not odd:
		return set()
	written, total = found.written, len(found) - len(dropped)
	dating, clock = written.usual.dating, written.usual.clock
	datings: Counter[tuple[tuple[str, str], int]] = Counter()
	clocks: Counter[tuple[bool, bool]] = Counter()
	for one in odd:
		form = written.form(one.day, one.clock)
		datings[form.dating] += 1
		if form.dating == dating:
			clocks[form.clock] += 1
	rare_datings = {one for one, times in datings.items() if one != dating and times * 10 < total}
	rare_clocks = {one for one, times in clocks.items() if one != clock and times * 10 < total}
	by_odd = Counter(one.name for one in found.odd)
	prefixes = found.learner.prefixes
	pasted = set()
	for one in odd:
		form = written.form(one.day, one.clock)
		known = one.name is not None and prefixes[one.name] > by_odd[one.name]
		if one.header == 0 or known or one.app:
			doubtful = False
		elif form.dating != dating:
			doubtful = form.dating in rare_datings or (one.name is None and total > 2)
		else:
			doubtful = form.clock in rare_clocks and one.name is None
		if doubtful:
			pasted.add(one.header)
		else:
			flagged[one.header] = (*flagged.get(one.header, ()), "other_clock")
	return pasted
