"""One pass over a chat text that keeps counts, and a few numbers a record, of what must be decided over the whole file.

Nothing of what people wrote is kept. The records themselves are made in a further pass, once all is decided.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from cranford_desktop.domain.work import Stopped, check
from cranford_desktop.ingest import markers, system_messages
from cranford_desktop.ingest.cutting import Cut, Layout, Outline, cut
from cranford_desktop.ingest.dialect import FAMILIES, MAY_BEGIN, Day, Family, Form, headers
from cranford_desktop.ingest.names import Learner, first_line, first_split
from cranford_desktop.ingest.text import Text
from cranford_desktop.ingest.written_times import ODD, WrittenTimes

FILE_DATE = re.compile(
	r"(?:IMG|VID|PTT|AUD|STK|GIF|DOC)-(20[0-9]{2})([0-9]{2})([0-9]{2})-WA[0-9]"
	r"|-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF)-(20[0-9]{2})-([0-9]{2})-([0-9]{2})-[0-9]{2}-"
)
"""The day in the name that the app gives to an attachment."""
KEPT = 16 << 20
"""Characters of a text up to which its records are held while it is read: three times what WhatsApp writes at most."""
_FILE_DATE_WITHIN = 300


class OddHeader:
	"""A header in another form than most: whether somebody pasted it is decided once all names are known."""

	__slots__ = ("app", "clock", "day", "header", "name")

	def __init__(self, header: int, day: int, clock: int, name: str | None, app: bool) -> None:
		self.header, self.day, self.clock, self.name, self.app = header, day, clock, name, app


class Survey:
	"""What one pass over a text found."""

	def __init__(self, text: Text, layout: Layout, usual: Form, chat_name: str | None) -> None:
		self.text, self.layout = text, layout
		self.written = WrittenTimes(usual)
		self.head = ""
		self.outline = Outline()
		self.days, self.clocks = self.outline.days, self.outline.clocks
		"""For each record the number of its date, and its time: see `written_times`."""
		self.strays: Counter[Family] = Counter()
		"""Lines that begin as another kind of phone writes."""
		self.bare = array("I")
		"""Headers that do not follow CRLF, in a text that has both line ends."""
		self.ends = True
		"""The last record ends as the layout says."""
		self.odd: list[OddHeader] = []
		self.learner = Learner(iphone=layout.family != "android", chat_name=chat_name)
		self.proofs: dict[tuple[tuple[str, int], str], tuple[int, int]] = {}
		"""For each kind of date and each order of its numbers: line and date of the first that proves it."""
		self.votes: Counter[tuple[int, date]] = Counter()
		"""Dates beside the day in an attachment's name, counted while no date of the file proves its order."""
		self.vote_lines: dict[tuple[int, date], int] = {}
		self.habits = markers.HabitLearner(self.iphone)
		self.special = array("I")
		"""Records that may hold a marker of the app."""
		self.kept: list[Cut] | None = []
		"""All records as they were cut; None where they are too many to be held."""
		self._length = 0
		self._line = 1
		self._others = tuple(family for family in FAMILIES if family != layout.family)

	def __len__(self) -> int:
		return len(self.days)

	@cached_property
	def day_counts(self) -> Counter[int]:
		"""How many records have each date, by its number; asked once all are taken."""
		return Counter(self.days)

	@property
	def iphone(self) -> bool:
		"""Whether an iPhone wrote the text."""
		return self.layout.family != "android"

	def usual_form(self) -> Form:
		"""Return the form of most headers."""
		usual = self.written.usual
		forms: Counter[Form] = Counter()
		for number, count in self.day_counts.items():
			day = self.written.day(number)
			forms[Form(day.core, day.width, *usual.clock)] += count
		for odd in self.odd:
			day = self.written.day(odd.day)
			forms[Form(day.core, day.width, *usual.clock)] -= 1
			forms[self.written.form(odd.day, odd.clock)] += 1
		return usual_of(Counter({form: count for form, count in forms.items() if count > 0}))

	def add(self, one: Cut) -> None:
		"""Take some records."""
		if one.head:
			self.head = one.head
			self._look_for_strays((one.head,))
		self.bare.extend(one.bare)
		self.ends = one.ended
		bodies = one.bodies
		multiple = [body for body in bodies if "\n" in body]
		self._look_for_strays(multiple)
		if max(one.days) >= ODD or max(one.clocks) >= ODD:
			self._other_forms(one)
		self._line += one.head.count("\n")
		self._date_proofs(one)
		self._line += len(bodies) + sum(body.count("\n") for body in multiple)
		self.learner.add(one)
		places = markers.may_be_markers(bodies)
		self.special.extend([one.order + place for place in places])
		self.habits.add([bodies[place] for place in places])
		self._keep(one)

	def _keep(self, one: Cut) -> None:
		"""Keep the records of a short text, so that they need not be cut again."""
		if self.kept is None:
			return
		self._length += sum(map(len, one.bodies))
		if self._length > KEPT:
			self.kept = None
		else:
			self.kept.append(one)

	def _look_for_strays(self, bodies: Iterable[str]) -> None:
		for body in bodies:
			if MAY_BEGIN.search(body) is None:
				continue
			for family in self._others:
				self.strays[family] += len(headers(body.partition("\n")[2], family))

	def _other_forms(self, one: Cut) -> None:
		for index, (day, clock) in enumerate(zip(one.days, one.clocks, strict=True)):
			if day < ODD and clock < ODD:
				continue
			name, body = one.names[index], one.bodies[index]
			line = body if name is None else f"{name}: {body}"
			name = first_split(first_line(line)) if name is None else name
			# Whose name is known needs no further proof; comparing a line with the app's is slow.
			app = (name is None or name not in self.learner.prefixes) and (
				system_messages.match(first_line(line)) is not None
			)
			self.odd.append(OddHeader(one.headers[index], day, clock, name, app))

	def _date_proofs(self, one: Cut) -> None:
		"""Note the first dates that prove an order; until then, the days in the names of attachments."""
		new = self.written.days.new
		for number in tuple(new):
			day = self.written.day(number)
			order = proves(day)
			if order is None or (day.kind, order) in self.proofs:
				new.remove(number)
			elif number in one.days:
				# Else it begins the next stretch, or stands in a line that begins no record.
				self.proofs[day.kind, order] = (self._line_of(one, one.days.index(number)), number)
				new.remove(number)
		if self.proofs:
			return
		for index, body in enumerate(one.bodies):
			match = FILE_DATE.search(body, 0, _FILE_DATE_WITHIN) if "-" in body else None
			if match is None or "\n" in body[: match.start()]:
				continue
			try:
				vote = one.days[index], date(*(int(group) for group in match.groups() if group))
			except ValueError:
				continue
			self.votes[vote] += 1
			if vote not in self.vote_lines:
				self.vote_lines[vote] = self._line_of(one, index)

	def _line_of(self, one: Cut, index: int) -> int:
		"""Return the number of the line on which a record begins."""
		return self._line + index + sum(body.count("\n") for body in one.bodies[:index])


def usual_of(forms: Mapping[Form, int]) -> Form:
	"""Return the form of most headers: the commonest core, and in it the commonest clock."""
	cores: Counter[tuple[str, str]] = Counter()
	for form, count in forms.items():
		cores[form.core] += count
	core = cores.most_common(1)[0][0]
	clocks: Counter[tuple[bool, bool]] = Counter()
	for form, count in forms.items():
		if form.core == core:
			clocks[form.clock] += count
	clock = clocks.most_common(1)[0][0]
	return max((form for form in forms if form.core == core and form.clock == clock), key=lambda form: forms[form])


def proves(day: Day) -> str | None:
	"""Say which order a date proves by a number above 12; what no order can read is no date, and proves nothing."""
	if not day.width:
		return None
	one, two, three = map(int, day.numbers)
	if 12 < one <= 31 and 1 <= two <= 12:
		return "dmy"
	if 12 < two <= 31 and 1 <= one <= 12:
		return "mdy"
	if one > 31 and day.width == 2 and 1 <= two <= 12 and 1 <= three <= 31:
		return "ymd"
	return None


def survey(text: Text, layout: Layout, usual: Form, chat_name: str | None, stopped: Stopped) -> Survey:
	"""Go through a text once."""
	found = Survey(text, layout, usual, chat_name)
	for one in cut(text, layout, found.written, found.outline):
		check(stopped)
		found.add(one)
	return found
