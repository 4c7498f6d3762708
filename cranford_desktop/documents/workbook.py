"""Excel files without surprises: text is text, dates are dates, nothing is hidden; same content, same bytes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cranford_desktop.documents.openpyxl_mends import Settle, keep_in_memory, saved

Value = str | int | date | datetime | None
"""What a cell can hold; a text always stays a text, whatever sign it begins with."""

LONGEST = 32_767
"""UTF-16 units that Excel takes in one cell."""
_CUT = " … [the rest does not fit into an Excel cell; it is in the PDF]"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INK, _HEAD_FILL, _LINE = "FF1B1F24", "FFE9ECF0", "FFBCC4CE"


@dataclass(frozen=True, slots=True)
class Table:
	"""One sheet: heads, widths in characters, rows."""

	title: str
	heads: Sequence[str]
	widths: Sequence[float]
	rows: Iterable[Sequence[Value]]
	with_filter: bool = True


def write(tables: Sequence[Table], *, creator: str, title: str, made_on: date, header: str) -> bytes:
	"""Return a workbook; `header` is printed on every page. Deterministic."""
	book = Workbook(write_only=True)
	made = datetime(made_on.year, made_on.month, made_on.day)
	book.properties.creator = safe_text(creator)
	book.properties.lastModifiedBy = safe_text(creator)
	book.properties.title = safe_text(title)
	book.properties.created = made
	book.properties.modified = made
	for table in tables:
		_sheet(book, table, header)
	return saved(book, _settled(made))


def safe_text(text: str) -> str:
	"""Return a text as Excel can hold it: no direction controls, control characters replaced, cut with a note."""
	text = text.replace("\r\n", "\n").replace("\r", "\n")
	text = _UNSEEN.sub("", text)
	text = _ILLEGAL.sub("\ufffd", text)
	if len(text) + sum(1 for character in text if ord(character) > 0xFFFF) <= LONGEST:
		return text
	room = LONGEST - len(_CUT)
	units = 0
	for at, character in enumerate(text):
		units += 2 if ord(character) > 0xFFFF else 1
		if units > room:
			return text[:at] + _CUT
	return text


def _sheet(book: Workbook, table: Table, header: str) -> None:
	sheet = book.create_sheet(table.title)
	sheet.freeze_panes = "A2"
	sheet.page_setup.orientation = "landscape"
	sheet.page_setup.paperSize = "9"  # A4
	sheet.page_setup.fitToWidth = 1
	sheet.page_setup.fitToHeight = 0
	sheet.sheet_properties.pageSetUpPr.fitToPage = True
	# An ampersand begins a code in a printed header; doubled it is itself.
	sheet.oddHeader.left.text = safe_text(header).replace("&", "&&")[:200]
	sheet.oddFooter.right.text = "Page &P of &N"
	for at, width in enumerate(table.widths, 1):
		sheet.column_dimensions[get_column_letter(at)].width = width
	line = Side(style="thin", color=_LINE)
	top = Alignment(vertical="top", wrap_text=True)
	heads = []
	for head in table.heads:
		cell = WriteOnlyCell(sheet, value=head)
		cell.font = Font(name="Calibri", size=11, bold=True, color=_INK)
		cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
		cell.border = Border(bottom=line)
		cell.alignment = top
		heads.append(cell)
	keep_in_memory(sheet)
	sheet.append(heads)
	# Cells are used again for every row: a row is written at once, and this is a third faster.
	count = 1
	pool: dict[tuple[int, str], Cell] = {}
	for row in table.rows:
		sheet.append([_cell(sheet, pool, at, value, top) for at, value in enumerate(row)])
		count += 1
	if table.with_filter:
		sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.heads))}{count}"


def _cell(
	sheet: WriteOnlyWorksheet, pool: dict[tuple[int, str], Cell], at: int, value: Value, alignment: Alignment
) -> Cell:
	kind = (
		"n"
		if isinstance(value, int)
		else "t"
		if isinstance(value, datetime)
		else "d"
		if isinstance(value, date)
		else "s"
	)
	cell = pool.get((at, kind))
	if cell is None:
		cell = WriteOnlyCell(sheet)
		cell.alignment = alignment
		pool[at, kind] = cell
	if value is None:
		cell.value = None
		return cell
	if isinstance(value, str):
		text = safe_text(value)
		cell.value = text
		# A text that begins like a formula, an error or a link is a text.
		cell.data_type = "s"
		return cell
	cell.value = value
	if kind in "dt":
		cell.number_format = "d mmm yyyy" if kind == "d" else "d mmm yyyy hh:mm"
	return cell


def _settled(made: datetime) -> Settle:
	"""Return what takes the program's own moment of saving out of a part, and a filter's hidden name."""
	moment = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()

	def settle(name: str, part: bytes) -> bytes:
		if name == "docProps/core.xml":
			return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, part)
		if name == "xl/workbook.xml":
			# The hidden name that stands for the filter; the filter itself needs none.
			return re.sub(rb"<definedNames>.*?</definedNames>", b"", part, flags=re.DOTALL)
		return part

	return settle
