"""The schedule of messages as a table in the pack's PDF: the same rows as the Excel file."""

from collections.abc import Sequence

from cranford_desktop.documents import fonts, words
from cranford_desktop.documents.lines import Line
from cranford_desktop.documents.sheet import HAIR, INK, LEFT, MUTED, RIGHT, RULE, TINT, TOP, Sheet
from cranford_desktop.domain.disclosure import PackContent, PackEntry, Piece

SCHEDULE = "Schedule of messages"
HEADS = ("Reference", "Date and time", "Sender and kind", "Decision", "Exemption", "Page")
SIZE, LEADING = 8.0, 10.5


def draw_schedule(sheet: Sheet, content: PackContent, pages: Sequence[int], key: str) -> None:
	"""Draw the table; `pages` are the transcript's pages, one for each entry."""
	sheet.new_page()
	sheet.bookmark(SCHEDULE, 0, key)
	sheet.heading(SCHEDULE, size=19, before=0)
	sheet.flow(
		"One row for each message in this pack. The Excel file has the same rows.", size=9, leading=13, colour=MUTED
	)
	sheet.gap(6)
	columns = tuple(
		(words.exemption(content.regime) if title == "Exemption" else title, x, wide)
		for title, x, wide in _columns(sheet)
	)
	with sheet.element("Table"):
		with sheet.element("TR"):
			_head(sheet, columns)
		sheet.continued = lambda: _head(sheet, columns)
		for at, entry in enumerate(content.entries):
			_row(sheet, columns, entry, pages[at])
	sheet.continued = None


def kind(entry: PackEntry) -> str:
	"""Return what an entry is, without repeating what it says."""
	if entry.status == "withheld":
		return "Message"
	if entry.system:
		return "Line written by WhatsApp"
	if any(one.photo for one in entry.media):
		return "Message with photo" if entry.body else "Photo"
	if entry.media:
		return "Message with photo or file" if entry.body else "Photo or file"
	return "Message"


def _columns(sheet: Sheet) -> tuple[tuple[str, float, float], ...]:
	"""Return title, left edge and width of each column; the sender's takes what the others leave."""
	widths = {"Reference": 80.0, "Date and time": 62.0, "Decision": 66.0, "Exemption": 66.0, "Page": 24.0}
	rest = RIGHT - LEFT - sum(widths.values())
	at = LEFT
	placed = []
	for title in HEADS:
		wide = widths.get(title, rest)
		placed.append((title, at, wide))
		at += wide
	return tuple(placed)


def _head(sheet: Sheet, columns: tuple[tuple[str, float, float], ...]) -> None:
	top = sheet.y
	sheet.box(LEFT, top - 18, RIGHT - LEFT, 18, fill=TINT)
	for title, x, wide in columns:
		with sheet.element("TH", scope="Column"):
			if title == "Page":
				sheet.text_right(title, x + wide - 4, top - 12, SIZE, fonts.BOLD)
			else:
				sheet.text(title, x + 4, top - 12, SIZE, fonts.BOLD)
	sheet.gap(18)
	sheet.rule(colour=RULE, thickness=0.9)


def _row(sheet: Sheet, columns: tuple[tuple[str, float, float], ...], entry: PackEntry, page: int) -> None:
	sent = f"{words.day_short(entry.sent_at)}\n{words.clock(entry.sent_at, entry.precision)}"
	who = (*entry.sender, Piece("\n")) if entry.sender else ()
	cells: list[list[Line]] = []
	values: tuple[tuple[Piece, ...], ...] = (
		(Piece(entry.reference, own=True),),
		(Piece(sent, own=True),),
		(*who, Piece(kind(entry), own=True)),
		(Piece(words.STATUSES[entry.status], own=True),),
		(Piece(", ".join(entry.exemptions), own=True),),
		(Piece(str(page), own=True),),
	)
	for value, (title, _, wide) in zip(values, columns, strict=True):
		set_ = sheet.setter.wrap if title in ("Reference", "Date and time") else sheet.setter.cell
		cells.append(set_(value, SIZE, wide - 8))
	height = max(len(lines) for lines in cells) * LEADING + 5
	if sheet.y < TOP - 30:
		sheet.need(height)
	with sheet.element("TR"):
		for lines, (title, x, wide) in zip(cells, columns, strict=True):
			y = sheet.y - 9.8
			with sheet.element("TH", scope="Row") if title == "Reference" else sheet.element("TD"):
				for line in lines:
					end = line[-1].at + line[-1].width if line else 0.0
					sheet.line(line, x + wide - 4 - end if title == "Page" else x + 4, y, SIZE, INK)
					y -= LEADING
	sheet.gap(height)
	sheet.rule(colour=HAIR)
