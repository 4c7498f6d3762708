"""The disclosure pack as a PDF: cover, how to read it, transcript, schedule.

Drawn straight onto the page (documents are laid out from `PackContent`, which holds nothing withheld). Same content,
same bytes.
"""

from datetime import date

from reportlab.lib.colors import Color

from cranford_desktop.documents import fonts, words
from cranford_desktop.documents.lines import Line
from cranford_desktop.documents.pack_front import HOW_TO_READ, PACK, draw_cover, draw_how_to_read
from cranford_desktop.documents.pack_table import SCHEDULE, draw_schedule
from cranford_desktop.documents.sheet import BOTTOM, HAIR, INK, LEFT, MUTED, RIGHT, RULE, TOP, Sheet
from cranford_desktop.documents.structure import Element
from cranford_desktop.domain.disclosure import PackContent, PackEntry, PackMedia, PackPhoto, Piece

BODY = LEFT + 96
BODY_WIDTH = RIGHT - BODY
SIZE, LEADING = 10.0, 14.0
SMALL, SMALL_LEADING = 8.5, 12.0
_PHOTO_WIDTH, _PHOTO_HEIGHT = 250.0, 210.0
_LEAST_PHOTO = 60.0
_LEAST_SHRUNK = 0.6
"""How much smaller a photo may be printed so that it stands on the page where its message stands."""


def render_pack(content: PackContent) -> bytes:
	"""Return the pack as a PDF. Deterministic; linear in the number of entries."""
	sheet = Sheet(
		title=f"{PACK} {content.reference}",
		council=content.council,
		reference=content.reference,
		footer=f"{PACK} {content.pack_number}, made on {words.day(content.made_on)}",
		practice=content.practice,
		made_on=content.made_on,
		label_texts=content.label_texts,
	)
	groups = _by_group(content)
	parts: list[tuple[str, tuple[Piece, ...]]] = [("how", (Piece(HOW_TO_READ, own=True),))]
	parts += [(f"g{at}", (Piece("Transcript: ", own=True), *group)) for at, (group, _, _) in enumerate(groups)]
	parts.append(("schedule", (Piece(SCHEDULE, own=True),)))
	draw_cover(sheet, content, parts)
	draw_how_to_read(sheet, content, "how")
	pages: list[int] = []
	for at, (group, first, last) in enumerate(groups):
		Transcript(sheet, content, pages).draw(group, first, last, f"g{at}")
	sheet.continued = None
	sheet.running = ()
	draw_schedule(sheet, content, pages, "schedule")
	return sheet.finish()


def _by_group(content: PackContent) -> list[tuple[tuple[Piece, ...], int, int]]:
	"""Return (group, first entry, one past the last) for each stretch of one group; one empty group if none."""
	found: list[tuple[tuple[Piece, ...], int, int]] = []
	for at, entry in enumerate(content.entries):
		if found and found[-1][0] == entry.group:
			found[-1] = (entry.group, found[-1][1], at + 1)
		else:
			found.append((entry.group, at, at + 1))
	if not found:
		found.append((content.groups[0] if content.groups else (Piece("no messages", own=True),), 0, 0))
	return found


class Transcript:
	"""Draws the messages of one group, by day."""

	def __init__(self, sheet: Sheet, content: PackContent, pages: list[int]) -> None:
		self._sheet = sheet
		self._content = content
		self._pages = pages
		self._day: date | None = None
		self._entry: PackEntry | None = None
		self._shrunk = 1.0
		self._list: Element | None = None

	def draw(self, group: tuple[Piece, ...], first: int, last: int, key: str) -> None:
		"""Draw the entries `first` to `last` (one past the last)."""
		sheet = self._sheet
		sheet.continued = None
		sheet.running = group
		sheet.new_page()
		sheet.bookmark(f"Transcript: {words.plain(group)}", 0, key)
		sheet.heading((Piece("Transcript: ", own=True), *group), size=19, before=0)
		entries = self._content.entries
		if last == first:
			sheet.flow("No message of this group is in this pack.", colour=MUTED)
		else:
			sheet.flow(
				f"{words.count(last - first, 'message')}, {_span(entries[first].sent_at, entries[last - 1].sent_at)}. "
				"Times are UK local time.",
				size=9,
				leading=13,
				colour=MUTED,
			)
		sheet.continued = self._go_on
		for at in range(first, last):
			self._gap_line(at)
			self._draw_entry(entries[at])
		self._end_list()
		if last == len(entries):
			self._gap_line(last)

	def _go_on(self) -> None:
		"""Say at the top of a page which day and which message go on."""
		sheet = self._sheet
		if self._day is not None:
			sheet.text(f"{words.weekday(self._day)} (continued)", LEFT, sheet.y - 10, 9, colour=MUTED)
			sheet.gap(18)
		if self._entry is not None:
			sheet.text(self._entry.reference, LEFT, sheet.y - 10.6, 8, fonts.BOLD)
			sheet.text("continued", LEFT, sheet.y - 21.5, SMALL, colour=MUTED)

	def _gap_line(self, at: int) -> None:
		number = self._content.gaps.get(at, 0)
		if not number:
			return
		sheet = self._sheet
		why = "not in scope or not held" if self._content.counts.get("not_held") else "not in scope"
		text = f"… {words.count(number, 'message')} {why} …"
		self._end_list()
		sheet.need(24)
		wide = fonts.width(text, fonts.ITALIC) * 9.5
		sheet.text(text, BODY + (BODY_WIDTH - wide) / 2, sheet.y - 15, 9.5, fonts.ITALIC, MUTED)
		sheet.gap(24)

	def _draw_entry(self, entry: PackEntry) -> None:
		sheet = self._sheet
		head = sheet.setter.wrap(_sender(entry), SIZE, BODY_WIDTH, fonts.BOLD) if entry.sender or entry.role else []
		body = self._body(entry)
		height = (len(head) + len(body)) * LEADING + len(_notes(entry)) * SMALL_LEADING + 12
		photos = sum(_photo_size(one.photo)[1] for one in entry.media if one.photo)
		height += photos + sum(32 if one.photo else 28 for one in entry.media)
		new_day = 34 if entry.sent_at.date() != self._day else 0
		missing = height + new_day - (sheet.y - BOTTOM)
		# A photo that all but fits is printed a little smaller rather than leave half a page blank.
		self._shrunk = 1 - missing / photos if 0 < missing <= photos * (1 - _LEAST_SHRUNK) else 1.0
		height -= photos * (1 - self._shrunk)
		# Short messages stay in one piece; a long one begins where it stands, with at least three lines.
		whole = height <= (TOP - BOTTOM) / 2
		room = max(height if whole else len(head) * LEADING + 3 * LEADING + 12, 38)
		if entry.sent_at.date() != self._day:
			self._new_day(entry.sent_at.date(), room)
		sheet.need(room)
		self._pages.append(sheet.page)
		if self._list is None:
			self._list = sheet.begin("L")
		with sheet.within(self._list), sheet.element("LI"):
			self._item(entry, head, body)

	def _item(self, entry: PackEntry, head: list[Line], body: list[Line]) -> None:
		"""Draw one message: its reference and time in the margin, then who, what, notes and media."""
		sheet = self._sheet
		with sheet.element("Lbl"):
			sheet.text(entry.reference, LEFT, sheet.y - 10.6, 8, fonts.BOLD)
			sheet.text(words.clock(entry.sent_at, entry.precision), LEFT, sheet.y - 22, 9, colour=MUTED)
		start, page = sheet.y, sheet.page
		self._entry = entry
		with sheet.element("LBody"):
			self._lines(head, INK)
			self._lines(body, MUTED if entry.system else INK)
			for note in _notes(entry):
				self._small(note)
			for medium in entry.media:
				self._medium(medium)
		self._entry = None
		if sheet.page == page:
			sheet.y = min(sheet.y, start - 27)
		sheet.gap(5)
		sheet.rule(BODY, RIGHT, HAIR)
		sheet.gap(5)

	def _end_list(self) -> None:
		if self._list is not None:
			self._sheet.end(self._list)
			self._list = None

	def _new_day(self, day: date, room: float) -> None:
		"""Draw a day's heading, never at a page's end without its first message."""
		sheet = self._sheet
		self._day = None
		self._end_list()
		sheet.need(34 + room)
		if sheet.y < TOP:
			sheet.gap(10)
		self._day = day
		with sheet.element("H3"):
			sheet.text(words.weekday(day), LEFT, sheet.y - 12, 12, fonts.BOLD)
		sheet.gap(19)
		sheet.rule(colour=RULE, thickness=0.9)
		sheet.gap(5)

	def _body(self, entry: PackEntry) -> list[Line]:
		if not entry.body:
			return []
		return self._sheet.setter.wrap(entry.body, SIZE, BODY_WIDTH, fonts.ITALIC if entry.system else fonts.REGULAR)

	def _lines(self, lines: list[Line], colour: Color) -> None:
		if not lines:
			return
		sheet = self._sheet
		with sheet.element("P"):
			for line in lines:
				sheet.need(LEADING)
				sheet.line(line, BODY, sheet.y - 10.6, SIZE, colour)
				sheet.y -= LEADING

	def _small(self, text: str) -> None:
		self._sheet.flow(
			text, x=BODY, width=BODY_WIDTH, size=SMALL, leading=SMALL_LEADING, font=fonts.ITALIC, colour=MUTED
		)

	def _medium(self, medium: PackMedia) -> None:
		sheet = self._sheet
		if medium.photo is None:
			pieces = (*medium.label, Piece(f": {medium.note}" if medium.note else "", own=True))
			sheet.gap(2)
			with sheet.element("P"):
				for line in sheet.setter.wrap(pieces, 9, BODY_WIDTH - 12, fonts.ITALIC):
					sheet.need(13)
					sheet.box(BODY, sheet.y - 13, 1.6, 13, fill=RULE)
					sheet.line(line, BODY + 9, sheet.y - 9.6, 9, MUTED)
					sheet.gap(13)
			return
		photo = medium.photo
		wide, high = (self._shrunk * side for side in _photo_size(photo))
		sheet.need(high + 18)
		sheet.gap(4)
		sheet.image(photo.jpeg, BODY, sheet.y - high, wide, high, alt=photo.description)
		sheet.box(BODY, sheet.y - high, wide, high, stroke=HAIR)
		sheet.gap(high + 2)
		caption = (
			Piece(f"{photo.reference}  ", own=True),
			*medium.label,
			Piece(f": {medium.note}" if medium.note else "", own=True),
		)
		sheet.flow(caption, x=BODY, width=BODY_WIDTH, size=SMALL, leading=SMALL_LEADING, colour=MUTED)


def _span(first: date, last: date) -> str:
	begin, end = words.day(first), words.day(last)
	return begin if begin == end else f"{begin} to {end}"


def _photo_size(photo: PackPhoto) -> tuple[float, float]:
	"""Return how large a photo is printed: in a fixed frame, a small one not blown up much."""
	scale = min(_PHOTO_WIDTH / photo.width, _PHOTO_HEIGHT / photo.height, 0.6)
	least = min(_LEAST_PHOTO / max(photo.width, photo.height), _PHOTO_WIDTH / photo.width)
	return photo.width * max(scale, least), photo.height * max(scale, least)


def _sender(entry: PackEntry) -> tuple[Piece, ...]:
	if entry.role:
		return (*entry.sender, Piece(f", {entry.role}" if entry.sender else entry.role))
	return entry.sender


def _notes(entry: PackEntry) -> tuple[str, ...]:
	if words.came_twice(entry.sent_at):
		return (*entry.notes, "sent in the hour that came twice")
	return entry.notes
