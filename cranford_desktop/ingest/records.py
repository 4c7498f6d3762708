"""The records of a chat, made from its text each time they are gone through: no more than a stretch of it is held."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import chain, compress, islice, repeat
from operator import itemgetter, le

from cranford_desktop.domain.messages import Precision, Record
from cranford_desktop.domain.work import Stopped, check, never, uncollected
from cranford_desktop.ingest import markers, senders, system_messages
from cranford_desktop.ingest.cutting import Cut, Layout, Outline, cut_again
from cranford_desktop.ingest.file_types import changed
from cranford_desktop.ingest.markers import Files, Habits
from cranford_desktop.ingest.names import MARKED, Names
from cranford_desktop.ingest.senders import Resolved, Resolver
from cranford_desktop.ingest.text import Text
from cranford_desktop.ingest.written_times import ODD, SECONDS, WrittenTimes, time_of

_SHORT, _MANY = 64, 4096
"""Characters of a body that may come again, and how many such are remembered."""
_MARKS = frozenset(MARKED)
_first_of = itemgetter(slice(0, 1))
_HARDLY = 3
"""Messages up to which somebody hardly writes in a chat."""
_record_of = partial(tuple.__new__, Record)
"""Makes a record of a tuple with all its fields, without asking whether there are as many."""


@dataclass(frozen=True)
class Reading:
	"""All that was decided over a whole chat: how each of its records is made."""

	text: Text
	layout: Layout
	written: WrittenTimes
	outline: Outline
	dates: Mapping[int, date]
	names: Names
	app_lines: set[int]
	habit: Habits
	files: Files
	count: int
	flagged: Mapping[int, tuple[str, ...]]
	"""Doubts by header."""
	dated: Mapping[int, tuple[str, ...]]
	"""Doubts by number of a date."""
	astray: Sequence[int]
	"""Records out of sequence, in order."""
	special: Sequence[int]
	"""Records that may hold a marker, in order."""
	kept: Sequence[Cut] | None
	"""All records as they were cut, where the text is short enough."""

	def cuts(self) -> Iterator[Cut]:
		"""Go through the text once more, in stretches. Raises `ProblemWithFile` where the file changed."""
		if self.kept is None:
			yield from cut_again(self.text, self.layout, self.written, self.outline)
			return
		self.text.confirm()
		yield from self.kept
		self.text.confirm()

	@property
	def iphone(self) -> bool:
		"""Whether an iPhone wrote the text."""
		return self.layout.family != "android"


class TextRecords:
	"""The records of a chat in file order, read again from the file each time they are gone through."""

	def __init__(self, reading: Reading) -> None:
		self._reading = reading

	def __len__(self) -> int:
		return self._reading.count

	def __iter__(self) -> Iterator[Record]:
		return chain.from_iterable(self._undisturbed())

	def _undisturbed(self) -> Iterator[list[Record]]:
		with uncollected():
			yield from self.stretches()

	def stretches(self, stopped: Stopped = never) -> Iterator[list[Record]]:
		"""Go through the records some hundred at a time. Raises `ProblemWithFile` where the file changed meanwhile."""
		reading = self._reading
		maker = _Maker(reading)
		order = 0
		for one in reading.cuts():
			check(stopped)
			order += len(one.days)
			if order > reading.count:
				break
			try:
				records = maker.make(one)
			except KeyError as error:
				raise changed() from error
			yield records
		if order != reading.count:
			raise changed()


class _Maker:
	"""Makes records of what was cut."""

	def __init__(self, reading: Reading) -> None:
		self._reading = reading
		self._resolver = Resolver(reading.names, reading.app_lines, iphone=reading.iphone)
		self._senders = _Senders(reading.names)
		self._app_lines = sorted(reading.app_lines)
		self._times = _Times()
		self._precision = _Precision()
		self._markers = _Markers(reading.files, reading.habit)
		self._lines = _AppLines()
		self._any_body = bool(reading.files) or (reading.iphone and not reading.habit.marked)
		"""A marker can stand in any body: one may begin with the name of a file, or has lost its mark."""

	def make(self, one: Cut) -> list[Record]:
		"""Make the records of one stretch."""
		reading = self._reading
		bodies = one.bodies
		names = list(map(self._senders.__getitem__, one.names))
		times = list(
			map(datetime.combine, map(reading.dates.__getitem__, one.days), map(self._times.__getitem__, one.clocks))
		)
		if max(one.clocks) < ODD:
			precisions: Iterable[Precision] = repeat(self._precision[one.clocks[0]])
		else:
			precisions = map(self._precision.__getitem__, one.clocks)
		count = len(bodies)
		records = list(
			map(
				_record_of,
				zip(
					range(one.order, one.order + count),
					times,
					precisions,
					names,
					bodies,
					repeat("message"),
					bodies,
					repeat(False),
					repeat(False),
					repeat(None),
					repeat(False),
					repeat(()),
					repeat(None),
					repeat(()),
				),
			)
		)
		for index in self._to_resolve(one, names):
			resolved = self._resolver.resolve(one.order + index, one.names[index], bodies[index])
			records[index] = self._resolved(records[index], resolved)
			names[index] = None
		for index in range(count) if self._any_body else self._special(one):
			if names[index] is not None:
				records[index] = _read(records[index], self._markers[bodies[index]])
		for index, flags in self._flags(one, times).items():
			records[index] = records[index]._replace(flags=records[index].flags + flags)
		return records

	def _special(self, one: Cut) -> list[int]:
		"""Return which records may hold a marker."""
		special = self._reading.special
		at = bisect_left(special, one.order)
		return [order - one.order for order in special[at : bisect_left(special, one.order + len(one.bodies), at)]]

	def _to_resolve(self, one: Cut, names: Sequence[str | None]) -> list[int]:
		"""Return which records are not plainly somebody's: the app's, or under names that must be looked at."""
		bodies = one.bodies
		found = {index for index, name in enumerate(names) if name is None}
		at = bisect_left(self._app_lines, one.order)
		upto = bisect_left(self._app_lines, one.order + len(bodies))
		found.update(order - one.order for order in self._app_lines[at:upto])
		if self._reading.iphone:
			marked = compress(range(len(bodies)), map(_MARKS.__contains__, map(_first_of, bodies)))
			for index in marked:
				name, body = names[index], bodies[index]
				# Marked, and not a file: the app's line, or the medium or call that somebody's message was.
				if name and body[1:2] != "<" and (body.startswith(name, 1) or self._lines[body]):
					found.add(index)
			if not one.order:
				found.add(0)
		else:
			spoken = map(str.startswith, bodies, [name or "\0" for name in names])
			found.update(compress(range(len(bodies)), spoken))
		return sorted(found)

	def _flags(self, one: Cut, times: Sequence[datetime]) -> dict[int, tuple[str, ...]]:
		"""Return the doubts about time and header, by place in the stretch."""
		reading = self._reading
		found: dict[int, tuple[str, ...]] = {}
		if reading.flagged:
			for index, header in enumerate(one.headers):
				if header in reading.flagged:
					found[index] = reading.flagged[header]
		at = bisect_left(reading.astray, one.order)
		upto = bisect_left(reading.astray, one.order + len(times))
		astray = {order - one.order for order in reading.astray[at:upto]}
		if reading.dated and not reading.dated.keys().isdisjoint(one.days):
			for index, day in enumerate(one.days):
				for flag in reading.dated.get(day, ()):
					# The hour comes twice only for who is where the file puts him.
					if flag != "clock_change" or (times[index].hour == 1 and index not in astray):
						found[index] = (*found.get(index, ()), flag)
		astray.update(self._strangers_behind(one, times))
		for index in astray:
			found[index] = (*found.get(index, ()), "out_of_sequence")
		return found

	def _strangers_behind(self, one: Cut, times: Sequence[datetime]) -> list[int]:
		"""Return the records that are earlier than one before them and of somebody who hardly writes in this chat.

		A transcript that was pasted into a message looks so; so does a line that was put in by hand.
		"""
		if all(map(le, times, islice(times, 1, None))):
			return []
		often, count = self._reading.names.plain, self._reading.count
		behind = []
		newest = times[0]
		for index, (at, name) in enumerate(zip(times, one.names, strict=True)):
			if at >= newest:
				newest = at
			elif name is not None and _hardly_writes(often.get(name, 0), count):
				behind.append(index)
		return behind

	def _resolved(self, record: Record, one: Resolved) -> Record:
		"""Make a record again of what was found by looking at it."""
		record = record._replace(sender=one.sender, raw=one.body, text=one.body, flags=one.flags)
		if not one.system:
			return _read(record, self._markers[one.body])
		if one.event is not None:
			named = system_messages.named(one.event, self._reading.names.plain)
			return record._replace(kind="system", text=senders.spoken(one), event=one.event.event, named=named)
		if markers.started_call(one.body):
			return record._replace(kind="call", text=None, flags=())
		return record._replace(kind="system", text=senders.spoken(one))


def _read(record: Record, read: markers.Reading) -> Record:
	"""Say in a record what its body is."""
	if read.kind == "message" and not read.edited and not read.flags:
		return record
	order, sent_at, precision, sender, raw = record[:5]
	kind, text, edited, deleted, media_name, is_media, flags = read
	row = (order, sent_at, precision, sender, raw, kind, text, edited, deleted, media_name, is_media)
	return _record_of((*row, record.flags + flags if flags else record.flags, None, ()))


def _hardly_writes(times: int, count: int) -> bool:
	"""Say whether somebody with so many messages of so many hardly writes in a chat."""
	return (times <= _HARDLY and times * 10 <= count) or (times == 1 and count > _HARDLY)


class _Senders(dict[str | None, str | None]):
	"""What stands before a ": " → the sender, where that is plain; else None."""

	def __init__(self, names: Names) -> None:
		super().__init__({None: None})
		self._names = names

	def __missing__(self, prefix: str) -> str | None:
		self[prefix] = found = prefix if self._names.simple(prefix) else None
		return found


class _Times(dict[int, time]):
	"""Packed time → time of day."""

	def __missing__(self, clock: int) -> time:
		self[clock] = found = time_of(clock)
		return found


class _Precision(dict[int, Precision]):
	"""Packed time → how exactly it is written."""

	def __missing__(self, clock: int) -> Precision:
		found: Precision = "second" if clock & SECONDS else "minute"
		self[clock] = found
		return found


class _Markers(dict[str, markers.Reading]):
	"""Body → what it is and says; the short ones, which come often, are read once."""

	def __init__(self, files: Files, habit: Habits) -> None:
		super().__init__()
		self._files, self._habit = files, habit

	def __missing__(self, body: str) -> markers.Reading:
		read = markers.read(body, self._files, self._habit)
		if len(body) <= _SHORT and len(self) < _MANY:
			self[body] = read
		return read


class _AppLines(dict[str, bool]):
	"""Marked body of an iPhone → whether the catalogue has it as a line of the app."""

	def __missing__(self, body: str) -> bool:
		found = system_messages.match(body) is not None
		if len(body) <= _SHORT and len(self) < _MANY:
			self[body] = found
		return found
