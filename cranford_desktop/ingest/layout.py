"""Which lines of a chat text begin records: settled over the whole text, by majority, line ends and known names.

One export is written by one phone in one setting. A line in another phone's form is text; one that differs only in its
clock or date is a record where its name is known. On an iPhone CRLF ends a record, and nothing typed can imitate it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
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
	warnings: tuple[str, ...]


def lay_out(text: Text, chat_name: str | None, stopped: Stopped) -> LaidOut:
	"""Settle which lines begin records. Raises `ProblemWithFile` where the text is no chat."""
	found = _as_most_are(text, chat_name, stopped)
	warnings = []
	for family, count in found.strays.items():
		if count:
			begun = several(count, "1 line begins", "lines begin")
			warnings.append(
				f"{begun} as {_CALLED[family]} writes, in a chat from {_CALLED[found.layout.family]}: kept as text of "
				"the messages in which they stand."
			)
	flagged: dict[int, tuple[str, ...]] = {}
	dropped, terminator = _by_line_ends(found, flagged, warnings)
	dropped |= _pasted(found, dropped, flagged, warnings)
	layout = Layout(found.layout.family, terminator, tuple(sorted(dropped)))
	if layout != found.layout:
		found = survey(text, layout, found.written.usual, chat_name, stopped)
	return LaidOut(found, flagged, tuple(warnings))


def without(laid: LaidOut, days: Collection[int], chat_name: str | None, stopped: Stopped) -> LaidOut:
	"""Take headers with these dates, which no calendar has, for text."""
	old = laid.survey
	gone = _headers_with(old, days)
	if len(gone) == len(old):
		raise refuse(
			"This looks like a chat, but none of its dates exists in the calendar.",
			"Ask the member to export the chat again.",
		)
	layout = old.layout._replace(dropped=tuple(sorted({*old.layout.dropped, *gone})))
	lines = several(len(gone), "1 line begins", "lines begin")
	warning = f"{lines} with a date that does not exist: kept as text."
	found = survey(old.text, layout, old.written.usual, chat_name, stopped)
	return LaidOut(found, laid.flagged, (*laid.warnings, warning))


def _headers_with(found: Survey, days: Collection[int]) -> list[int]:
	"""Return the headers with these dates, counted over the whole text, dropped ones too."""
	dropped = set(found.layout.dropped)
	header = -1
	gone = []
	for day in found.days:
		header += 1
		while header in dropped:
			header += 1
		if day in days:
			gone.append(header)
	return gone


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
		stray, count = max(found.strays.items(), key=lambda one: one[1], default=(family, 0))
		if count > len(found):
			strays = headers(text.opening(_SAMPLE), stray)
			family = stray
			usual = usual_of(Counter(form for _, form in strays)) if strays else usual
			continue
		form = found.usual_form()
		if (form.core, form.clock) == (usual.core, usual.clock):
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
		return set(), "\r\n" if ends > bare else "\n"
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


def _pasted(
	found: Survey, dropped: Collection[int], flagged: dict[int, tuple[str, ...]], warnings: list[str]
) -> set[int]:
	"""Find lines of another form that somebody pasted: few, and neither the app's nor a known person's."""
	odd = [one for one in found.odd if one.header not in dropped]
	if not odd:
		return set()
	written, total = found.written, len(found) - len(dropped)
	core, clock = written.usual.core, written.usual.clock
	cores: Counter[tuple[str, str]] = Counter()
	clocks: Counter[tuple[bool, bool]] = Counter()
	for one in odd:
		form = written.form(one.day, one.clock)
		cores[form.core] += 1
		if form.core == core:
			clocks[form.clock] += 1
	rare_cores = {one for one, count in cores.items() if one != core and count * 10 < total}
	rare_clocks = {one for one, count in clocks.items() if one != clock and count * 10 < total}
	by_odd = Counter(one.name for one in found.odd)
	prefixes = found.learner.prefixes
	pasted = set()
	for one in odd:
		form = written.form(one.day, one.clock)
		known = one.name is not None and prefixes[one.name] > by_odd[one.name]
		if one.header == 0 or known or one.app:
			doubtful = False
		elif form.core != core:
			doubtful = form.core in rare_cores or (one.name is None and total > 2)
		else:
			doubtful = form.clock in rare_clocks and one.name is None
		if doubtful:
			pasted.add(one.header)
		else:
			flagged[one.header] = (*flagged.get(one.header, ()), "other_clock")
	_say_other_forms(len(odd) - len(pasted), len(pasted), warnings)
	return pasted


def _say_other_forms(others: int, dropped: int, warnings: list[str]) -> None:
	if others:
		messages = several(others, "1 message is", "messages are")
		warnings.append(f"{messages} written with another form of date or clock than the rest of the file.")
	if dropped:
		lines = several(dropped, "1 line begins", "lines begin")
		warnings.append(
			f"{lines} with a date in another form than the rest of the file, and no known name: kept as text of the "
			"messages in which they stand."
		)
