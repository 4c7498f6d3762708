"""A plain report on paper: title, facts, paragraphs, tables, a place for signatures. Certificates are made of these."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from cranford_desktop.documents import fonts
from cranford_desktop.documents.lines import Line
from cranford_desktop.documents.sheet import ACCENT, BOTTOM, HAIR, INK, LEFT, MUTED, RIGHT, RULE, TINT, Sheet
from cranford_desktop.documents.structure import Element
from cranford_desktop.domain.disclosure import Piece

_SIZE, _LEADING = 9.0, 12.0
_FACTS = 130.0
_WHOLE_ROW = 13
"""Lines of a row that is kept on one page; a longer one begins where it stands."""
_FIRST_LINES = 4


class Column(NamedTuple):
	"""A column of a table: its head, its share of the width, and whether its cells are numbers."""

	head: str
	share: float
	number: bool = False


def title(sheet: Sheet, council: str, words: str, under: str = "") -> None:
	"""Draw the head of the first page."""
	sheet.bookmark(words, 0)
	sheet.flow(council, size=12, leading=18, font=fonts.BOLD, colour=MUTED)
	with sheet.element("H1"):
		sheet.flow(words, size=24, leading=31, font=fonts.BOLD, colour=ACCENT)
	if under:
		sheet.flow(under, size=12, leading=18, font=fonts.BOLD)
	sheet.gap(8)
	sheet.rule(thickness=1.2, colour=ACCENT)
	sheet.gap(8)


def facts(sheet: Sheet, pairs: Iterable[tuple[str, str]]) -> None:
	"""Draw names and values, one pair below the other."""
	with sheet.element("Table"):
		for name, value in pairs:
			with sheet.element("TR"):
				_fact(sheet, name, value)
	sheet.gap(6)


def _fact(sheet: Sheet, name: str, value: str) -> None:
	heads = sheet.setter.text(name, 10, _FACTS - 10)
	lines = sheet.setter.text(value, 10, RIGHT - LEFT - _FACTS)
	sheet.need(min(max(len(heads), len(lines)), 4) * 14 + 3)
	top = sheet.y
	with sheet.element("TH", scope="Row"):
		for at, line in enumerate(heads):
			sheet.line(line, LEFT, top - 10.6 - at * 14, 10, MUTED)
	with sheet.element("TD"):
		for line in lines:
			sheet.need(14)
			sheet.line(line, LEFT + _FACTS, sheet.y - 10.6, 10)
			sheet.gap(14)
	if len(heads) > len(lines):
		sheet.gap((len(heads) - len(lines)) * 14)
	sheet.gap(2)


def points(sheet: Sheet, lines: Iterable[str]) -> None:
	"""Draw short paragraphs, each with a dash before it."""
	with sheet.element("L"):
		for words in lines:
			sheet.need(16)
			with sheet.element("LI"):
				with sheet.element("Lbl"):
					sheet.text("–", LEFT, sheet.y - 10.6, 10, colour=MUTED)
				with sheet.element("LBody"):
					sheet.flow(words, x=LEFT + 12, width=RIGHT - LEFT - 12)
			sheet.gap(2)


def table(sheet: Sheet, columns: Sequence[Column], rows: Iterable[Sequence[str]], none: str = "") -> None:
	"""Draw a table whose head comes again on every page; `none` is said where it has no row."""
	total = sum(column.share for column in columns)
	widths = [column.share / total * (RIGHT - LEFT) for column in columns]
	heads = [[sheet.setter.straight(one.head, _SIZE, fonts.BOLD)] for one in columns]

	def head() -> None:
		sheet.box(LEFT, sheet.y - 17, RIGHT - LEFT, 17, fill=TINT)
		cells = [sheet.begin("TH", scope="Column") for _ in columns]
		_row(sheet, columns, widths, heads, cells)
		sheet.gap(5)
		sheet.rule(colour=RULE, thickness=0.9)

	def texts_of(row: Sequence[str]) -> list[list[Line]]:
		return [sheet.setter.text(value, _SIZE, width - 10) for value, width in zip(row, widths, strict=True)]

	rest = iter(rows)
	first = next(rest, None)
	# The head never stands alone at a page's end.
	sheet.need(22 + (_room(texts_of(first)) if first else 28))
	before = sheet.continued
	with sheet.element("Table"):
		with sheet.element("TR"):
			head()
		sheet.continued = head
		for row in () if first is None else chain((first,), rest):
			texts = texts_of(row)
			sheet.need(_room(texts))
			with sheet.element("TR"):
				_row(sheet, columns, widths, texts, [sheet.begin("TD") for _ in columns])
			sheet.gap(5)
			sheet.rule(colour=HAIR)
	sheet.continued = before
	if first is None and none:
		sheet.gap(2)
		sheet.flow(none, size=_SIZE, leading=_LEADING + 2, colour=MUTED)


def _room(texts: Sequence[Sequence[Line]]) -> float:
	"""Return how much room a row needs to begin on a page."""
	high = max(len(lines) for lines in texts)
	return (high if high <= _WHOLE_ROW else _FIRST_LINES) * _LEADING + 5


def signatures(sheet: Sheet, who: Sequence[str]) -> None:
	"""Draw a line to sign on and a date for each."""
	sheet.need(30 + 46 * len(who))
	sheet.gap(10)
	for one in who:
		sheet.gap(36)
		sheet.rule(LEFT, LEFT + 270, INK)
		sheet.rule(LEFT + 300, RIGHT, INK)
		sheet.text(one, LEFT, sheet.y - 11, 8.5, colour=MUTED)
		sheet.text("Date", LEFT + 300, sheet.y - 11, 8.5, colour=MUTED)
		sheet.gap(12)


def paragraph(sheet: Sheet, words: str) -> None:
	"""Draw a paragraph with room below it."""
	sheet.flow((Piece(words),))
	sheet.gap(5)


def _row(
	sheet: Sheet,
	columns: Sequence[Column],
	widths: Sequence[float],
	texts: Sequence[Sequence[Line]],
	cells: Sequence[Element | None],
) -> None:
	"""Draw the lines of a row's cells, cell by cell for as many lines as the page takes, and go on over pages."""
	high = max(len(lines) for lines in texts)
	at = 0
	while at < high:
		sheet.need(_LEADING + 5)
		fitting = min(high, at + max(1, int((sheet.y - BOTTOM - 5) // _LEADING)))
		x = LEFT
		for column, width, lines, cell in zip(columns, widths, texts, cells, strict=True):
			with sheet.within(cell):
				for number, line in enumerate(lines[at:fitting]):
					end = line[-1].at + line[-1].width if line else 0.0
					left = x + width - 5 - end if column.number else x + 5
					sheet.line(line, left, sheet.y - 11.2 - number * _LEADING, _SIZE)
			x += width
		sheet.gap((fitting - at) * _LEADING)
		at = fitting
	for cell in cells:
		sheet.end(cell)
