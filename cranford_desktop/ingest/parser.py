"""The characters of a chat text → records, in file order, with every character accounted for."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from cranford_desktop.domain.messages import DateOrder, Platform, Record
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.ingest import dialect, markers, senders, system_messages
from cranford_desktop.ingest.dates import Dates, settle
from cranford_desktop.ingest.dialect import Family, Header
from cranford_desktop.ingest.file_types import refuse
from cranford_desktop.ingest.markers import Files, Habits
from cranford_desktop.ingest.senders import Resolved
from cranford_desktop.ingest.wording import several

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a]")
"""What hardly stands in a text, but is one character of ten in anything else."""
REPORT_EVERY = 2000
_FAR = timedelta(days=1)
_FAMILIES: tuple[Family, ...] = ("android", "iphone", "old_iphone")
_CALLED: dict[Family, str] = {
	"android": "an Android phone",
	"iphone": "an iPhone",
	"old_iphone": "an iPhone of before 2016",
}


@dataclass(frozen=True, slots=True)
class Parsed:
	"""A chat text, read."""

	platform: Platform
	dates: Dates
	dialect: str
	records: list[Record]
	unread_lines: tuple[str, ...]
	people: frozenset[str]
	"""Names under which messages were sent, folded for comparison."""
	events: tuple[system_messages.Event, ...]
	"""The app's own lines that were recognised, in file order."""
	group_names: frozenset[str]
	"""Names under which the app itself spoke for the group."""
	warnings: tuple[str, ...]


class _Layout(NamedTuple):
	"""Which lines of a text begin records, and how records end."""

	text: str
	headers: list[Header]
	terminator: str
	flagged: dict[int, tuple[str, ...]]
	"""Doubts by where a header starts."""
	warnings: list[str]


def parse(
	text: str,
	*,
	today: date,
	files: Files,
	chat_name: str | None = None,
	date_order: DateOrder | None = None,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> Parsed:
	"""Read a chat text. Raises `ProblemWithFile` where it is no chat, or its dates cannot be read or are
	not in the `date_order` that the clerk named.
	"""
	layout = _lay_out(text)
	check(stopped)
	dates = settle(layout.text, layout.headers, date_order, today)
	layout, dates = _without_impossible(layout, dates, today, date_order)
	text, headers = layout.text, layout.headers
	check(stopped)
	step = _Steps(len(headers), progress, stopped)
	rests = _rests(text, headers, layout.terminator)
	iphone = headers[0].family != "android"
	resolved = senders.resolve(rests, iphone=iphone, chat_name=chat_name, step=step.quiet)
	if all(one.system and one.event is None for one in resolved) and not any(map(markers.started_call, rests)):
		raise refuse(
			"This file has lines with dates and times, but none that a person or WhatsApp wrote: it is not a WhatsApp "
			"chat."
		)
	habit = markers.habits([one.body for one in resolved if not one.system], iphone)
	records = []
	times = [
		datetime.combine(day or date.min, time(header.hour, header.minute, header.second))
		for day, header in zip(dates.days, headers, strict=True)
	]
	astray = _out_of_sequence(times)
	for order, (header, one) in enumerate(zip(headers, resolved, strict=True)):
		step()
		sent_at = times[order]
		flags = layout.flagged.get(header.start, ()) + one.flags
		if order in dates.other:
			flags += ("other_date_order",)
		if order in astray:
			flags += ("out_of_sequence",)
		elif sent_at.hour == 1 and _clocks_go_back(sent_at):
			flags += ("clock_change",)
		records.append(_record(order, sent_at, header, one, files, habit, flags))
	progress(len(records), len(records), "messages")
	head = text[: headers[0].start]
	return Parsed(
		"iphone" if iphone else "android",
		dates,
		dialect.sketch(_usual(headers)),
		records,
		tuple(line.removesuffix("\r") for line in head.split("\n") if line.strip()),
		frozenset(
			senders.folded(record.sender) for record in records if record.sender is not None and record.kind != "system"
		),
		tuple(one.event for one in resolved if one.event is not None),
		senders.group_names_of(resolved) if iphone else frozenset(),
		(*layout.warnings, *dates.warnings),
	)


class _Steps:
	"""Counts records, tells the progress and stops when asked, every 2,000."""

	def __init__(self, total: int, progress: Progress, stopped: Stopped) -> None:
		self._total, self._progress, self._stopped = total, progress, stopped
		self._done = self._quietly = 0

	def __call__(self) -> None:
		"""Count one record that is done."""
		self._done += 1
		if self._done % REPORT_EVERY == 0:
			check(self._stopped)
			self._progress(self._done, self._total, "messages")

	def quiet(self) -> None:
		"""Count one record that is half done: only listen."""
		self._quietly += 1
		if self._quietly % REPORT_EVERY == 0:
			check(self._stopped)


def _record(
	order: int, sent_at: datetime, header: Header, one: Resolved, files: Files, habit: Habits, flags: tuple[str, ...]
) -> Record:
	"""Make one record."""
	precision = "second" if header.style[4] else "minute"
	if one.system:
		if one.event is None and markers.started_call(one.body):
			flags = tuple(flag for flag in flags if flag != "unknown_system")
			return Record(order, sent_at, precision, one.sender, one.body, "call", None, flags=flags)  # type: ignore[arg-type]
		line = senders.spoken(one)
		return Record(order, sent_at, precision, one.sender, one.body, "system", line, flags=flags)  # type: ignore[arg-type]
	read = markers.read(one.body, files, habit)
	return Record(
		order,
		sent_at,
		precision,  # type: ignore[arg-type]
		one.sender,
		one.body,
		read.kind,
		read.text,
		read.edited,
		read.deleted,
		read.media_name,
		read.is_media,
		flags + read.flags,
	)


def _lay_out(text: str) -> _Layout:
	"""Decide which lines begin records."""
	lines = text.count("\n")
	if lines and text.count("\r\n") == lines:
		# Something converted the file: CRLF inside a text was LF.
		text = text.replace("\r\n", "\n")
	found = {family: dialect.find_headers(text, family) for family in _FAMILIES}
	found = {family: headers for family, headers in found.items() if headers}
	if not found or not dialect.looks_like_chat(text):
		raise _no_chat(text)
	family = max(found, key=lambda one: (len(found[one]), -found[one][0].start))
	warnings = []
	for other, strays in found.items():
		if other != family:
			begun = several(len(strays), "1 line begins", "lines begin")
			warnings.append(
				f"{begun} as {_CALLED[other]} writes, in a chat from {_CALLED[family]}: kept as text of the messages "
				"in which they stand."
			)
	headers = found[family]
	flagged: dict[int, tuple[str, ...]] = {}
	terminator = "\n"
	if "\r\n" in text:
		headers, terminator = _by_line_ends(text, headers, family, flagged, warnings)
	headers = _without_pasted(text, headers, flagged, warnings)
	return _Layout(text, headers, terminator, flagged, warnings)


def _no_chat(text: str) -> Exception:
	"""Make the refusal of a text without a single header."""
	if not text.strip():
		return refuse("This file holds nothing but blank lines.", "Ask the member to export the chat again.")
	head = text[: 1 << 14]
	if len(_CONTROLS.findall(head)) * 30 > len(head):
		return refuse("This file holds no text, so it is not a WhatsApp chat: it is encrypted, or of another program.")
	strange = dialect.unread_dates(text)
	if strange is not None:
		return refuse(
			"This looks like a chat, but its dates or times are written in a form that cannot be read yet."
			if strange.startswith("dates")
			else f"This looks like a chat, but its dates are written with {strange}. Reading them is not built yet.",
			"Ask the member to set the phone to English (United Kingdom) and to export the chat again.",
		)
	return refuse(
		"This is a text file, but not a WhatsApp chat: no line near its start begins with a date and a time as "
		"WhatsApp writes them.",
	)


def _by_line_ends(
	text: str, headers: list[Header], family: Family, flagged: dict[int, tuple[str, ...]], warnings: list[str]
) -> tuple[list[Header], str]:
	"""Use CRLF where it is the end of a record: on an iPhone nothing typed can imitate it."""
	after = [header for header in headers[1:] if text.startswith("\r\n", header.start - 2)]
	ends = len(after) + text.endswith("\r\n")
	bare = len(headers) - 1 - len(after)
	if family == "android" or ends < bare or not ends:
		return headers, "\r\n" if ends > bare else "\n"
	kept = [headers[0]]
	pasted = mended = 0
	block_is_edited = False
	for header in headers[1:]:
		if text.startswith("\r\n", header.start - 2):
			kept.append(header)
			block_is_edited = False
			continue
		# What quotes a message is sent later than it: the same second means that somebody edited the file here.
		block_is_edited = block_is_edited or _moment(header) == _moment(kept[-1])
		if block_is_edited:
			mended += 1
			kept.append(header)
			flagged[header.start] = ("line_end",)
		else:
			pasted += 1
	if pasted:
		lines = several(pasted, "1 line looks", "lines look")
		warnings.append(
			f"{lines} like the start of a message inside another message, as the line ends show: kept as text."
		)
	if mended:
		messages = several(mended, "1 message begins", "messages begin")
		warnings.append(
			f"{messages} after a line end that an iPhone does not write there. The file may have been edited."
		)
	return kept, "\r\n"


def _moment(header: Header) -> tuple[object, ...]:
	"""Return date and time of a header as written."""
	return header.date, header.hour, header.minute, header.second


def _usual(headers: Sequence[Header]) -> Header:
	"""Return the first header of the most common form."""
	common = Counter((header.core, header.style) for header in headers).most_common(1)[0][0]
	return next(header for header in headers if (header.core, header.style) == common)


def _without_pasted(
	text: str, headers: list[Header], flagged: dict[int, tuple[str, ...]], warnings: list[str]
) -> list[Header]:
	"""Drop lines of another form that somebody pasted: few, and neither the app's nor a known person's."""
	cores = Counter(header.core for header in headers)
	clocks = Counter(header.style[3:] for header in headers if header.core == cores.most_common(1)[0][0])
	core, clock = cores.most_common(1)[0][0], clocks.most_common(1)[0][0]
	odd_core = {one for one, count in cores.items() if one != core and count * 10 < len(headers)}
	odd_clock = {one for one, count in clocks.items() if one != clock and count * 10 < len(headers)}
	if len(cores) == 1 and len(clocks) == 1:
		return headers
	known = {
		senders.first_split(_opening_line(text, header))
		for header in headers
		if header.core == core and header.style[3:] == clock
	}
	kept = []
	others = dropped = 0
	for header in headers:
		if header.core == core and header.style[3:] == clock:
			kept.append(header)
			continue
		line = _opening_line(text, header)
		name = senders.first_split(line)
		if header is headers[0] or name in known - {None} or system_messages.match(line) is not None:
			doubtful = False
		elif header.core != core:
			doubtful = header.core in odd_core or (name is None and len(headers) > 2)
		else:
			doubtful = header.style[3:] in odd_clock and name is None
		if doubtful:
			dropped += 1
			continue
		kept.append(header)
		others += 1
		flagged[header.start] = (*flagged.get(header.start, ()), "other_clock")
	if others:
		messages = several(others, "1 message is", "messages are")
		warnings.append(f"{messages} written with another form of date or clock than the rest of the file.")
	if dropped:
		lines = several(dropped, "1 line begins", "lines begin")
		warnings.append(
			f"{lines} with a date in another form than the rest of the file, and no known name: kept as text of the "
			"messages in which they stand."
		)
	return kept


def _opening_line(text: str, header: Header) -> str:
	"""Return what follows a header on its line, as far as a name can reach."""
	end = text.find("\n", header.body, header.body + 1000)
	return text[header.body : end if end >= 0 else header.body + 1000]


def _without_impossible(
	layout: _Layout, dates: Dates, today: date, date_order: DateOrder | None
) -> tuple[_Layout, Dates]:
	"""Drop headers whose date the calendar does not have: those lines are text."""
	gone = sum(1 for day in dates.days if day is None)
	if not gone:
		return layout, dates
	headers = [header for header, day in zip(layout.headers, dates.days, strict=True) if day is not None]
	if not headers:
		raise refuse(
			"This looks like a chat, but none of its dates exists in the calendar.",
			"Ask the member to export the chat again.",
		)
	lines = several(gone, "1 line begins", "lines begin")
	layout.warnings.append(f"{lines} with a date that does not exist: kept as text.")
	return layout._replace(headers=headers), settle(layout.text, headers, date_order, today)


def _rests(text: str, headers: Sequence[Header], terminator: str) -> list[str]:
	"""Cut the text after each header up to the next, without the line end between them."""
	ends = [header.start for header in headers[1:]]
	ends.append(len(text))
	rests = []
	for header, end in zip(headers, ends, strict=True):
		rest = text[header.body : end]
		if rest.endswith(terminator):
			rest = rest[: -len(terminator)]
		elif rest.endswith("\n"):
			rest = rest[:-1]
		rests.append(rest)
	return rests


def _out_of_sequence(times: Sequence[datetime]) -> frozenset[int]:
	"""Return the records more than a day away from where the longest run that goes forward, day by day, has them."""
	ends: list[date] = []
	places: list[int] = []
	before = [-1] * len(times)
	for order, moment in enumerate(times):
		day = moment.date()
		at = bisect_right(ends, day)
		if at == len(ends):
			ends.append(day)
			places.append(order)
		else:
			ends[at], places[at] = day, order
		before[order] = places[at - 1] if at else -1
	run = set()
	order = places[-1]
	while order >= 0:
		run.add(order)
		order = before[order]
	astray = set()
	last: datetime | None = None
	for order, moment in enumerate(times):
		if order in run:
			last = moment
		elif last is None or abs(moment - last) > _FAR:
			astray.add(order)
	return frozenset(astray)


def _clocks_go_back(day: datetime) -> bool:
	"""Say whether this is the last Sunday of October, when 01:00 to 01:59 comes twice."""
	return day.month == 10 and day.day > 24 and day.weekday() == 6
