"""Whether a finished file says what was released and nothing else."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from cranford_desktop.documents.leak_model import Released, canonical
from cranford_desktop.documents.leak_pdf import PdfWords
from cranford_desktop.documents.leak_xlsx import BookWords
from cranford_desktop.documents.needles import Needles
from cranford_desktop.documents.workbook import Value, safe_text

Fault = Callable[[str], None]

_LONGEST_TITLE = 150
"""Signs of a bookmark's title that are compared; a longer one is cut off."""


def pages_differ(
	words: PdfWords, released: Released, made_on: date, needles: Needles, fault: Fault
) -> Iterator[tuple[str, int]]:
	"""Report to `fault` where a PDF says something else than was released; yield (place, needle) of any excess."""
	pages = ["".join(page.message) for page in words.pages]
	different = released.first_difference(pages)
	if different is not None:
		fault(f"page {different}: its words are not those that were released, from here on")
	for page in words.pages:
		if not all(released.says(one) for one in page.own):
			fault(f"{page.place} says something that the pack does not say by itself")
		if not released.is_head("".join(page.furniture)):
			fault(f"{page.place} has a header or footer that says more than the pack's own")
	known = {title[:_LONGEST_TITLE] for title in released.outline}
	if any(canonical(title)[:_LONGEST_TITLE] not in known for title in words.outline):
		fault("a bookmark is not the title of a part")
	if not all(released.stands_for(one) for one in words.spoken):
		fault("a text that is read out instead of what is drawn was not released")
	if any(moment != f"{made_on:%Y%m%d}" for moment in words.moments):
		fault("the document says when it was made, apart from the day of the pack")
	yield from _too_much(words, released, needles, compared=different is None)


def _too_much(words: PdfWords, released: Released, needles: Needles, *, compared: bool) -> Iterator[tuple[str, int]]:
	"""Yield needles that stand on a page more often than was released there.

	Another reader's words of a page are held against ours; ours, where they could not be compared, against everything.
	"""
	everything = needles.counts(released.text())
	for page, seen in zip(words.pages, words.seen, strict=False):
		ours = needles.counts("\n".join(page.order)) + needles.counts("\n".join(page.signs))
		for number, often in needles.counts(seen).items():
			if often > ours[number]:
				yield page.place, number
		if not compared:
			yield from ((page.place, number) for number in _more(needles.counts("\n".join(page.message)), everything))


def _more(found: Counter[int], allowed: Counter[int]) -> list[int]:
	return [number for number, often in found.items() if often > allowed[number]]


def sheets_differ(book: BookWords, released: Released, made_on: date, fault: Fault) -> None:
	"""Report to `fault` where a workbook's cells say something else than was released."""
	sheets = released.sheets()
	if book.titles != list(sheets):
		fault("its sheets are not those of a schedule")
	expected_parts = {book.parts.get(title, "") for title in sheets}
	if set(book.cells) - expected_parts:
		fault("it has a sheet that nothing names")
	for title, rows in sheets.items():
		cells = dict(book.cells.get(book.parts.get(title, ""), {}))
		for at, row in enumerate(rows, 1):
			for column, value in enumerate(row, 1):
				reference = f"{get_column_letter(column)}{at}"
				if not _same(cells.pop(reference, ""), value):
					fault(f"cell {title}!{reference} is not what was released")
		for reference, value in cells.items():
			if value:
				fault(f"cell {title}!{reference} was not released")
	if any(moment != f"{made_on:%Y%m%d}" for moment in book.moments):
		fault("the workbook says when it was made, apart from the day of the pack")


def manifest_differs(value: object, files: Mapping[str, bytes], released: Released, fault: Fault) -> None:
	"""Report to `fault` where the list of files says something else than which files were released, and how large."""
	expected = [
		{"path": path.rpartition("/")[2], "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
		for path, data in sorted(files.items())
	]
	if value != {**released.facts(), "released_files": expected}:
		fault("the list of files does not say which files are released, and nothing else")


def _same(written: str, value: Value) -> bool:
	if value is None or value == "":
		return not written
	if isinstance(value, str):
		return written == safe_text(value)
	try:
		number = float(written)
	except ValueError:
		return False
	return number == (float(to_excel(value)) if isinstance(value, date | datetime) else value)  # type: ignore[no-untyped-call]
