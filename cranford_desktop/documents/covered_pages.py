"""Documents of messages as they may leave the house: pictures of their pages, with the covered areas burnt in.

A page is measured as it is read: turned upright, cut to its visible box. Areas are fractions of that.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from cranford_desktop.documents.enclosures import LARGEST_BYTES, MOST_PAGES, page_pictures
from cranford_desktop.documents.photos import Photo, burnt, jpeg_of
from cranford_desktop.domain.pdfium import PDFIUM
from cranford_desktop.domain.photo_areas import Area
from cranford_desktop.errors import ProblemWithFile

Place = tuple[int, int]
"""Start and end in the words of a page."""
_TURNS: dict[int, Callable[[float, float], tuple[float, float]]] = {
	0: lambda across, up: (across, 1 - up),
	90: lambda across, up: (up, across),
	180: lambda across, up: (1 - across, up),
	270: lambda across, up: (1 - up, 1 - across),
}
"""From a place on the page as it was made to the place where it is read, by how far the page is turned."""
_EDGE = 0.15
"""Of a line's height: what is left free around words that are covered."""


def page_count(data: bytes) -> int:
	"""Return how many pages a document has; raises `ProblemWithFile` for what cannot be shown page by page."""
	with _opened(data) as document:
		return len(document)


def page_picture(data: bytes, page: int, *, box: int, areas: Sequence[Area] = ()) -> Photo:
	"""Return a page as a picture that fits a square of `box` pixels, the areas that lie on it burnt in."""
	with _opened(data) as document:
		if not 0 <= page < len(document):
			raise ProblemWithFile("The document has no such page.", "Nothing was changed.")
		shown = document[page]
		try:
			scale = box / max(*shown.get_size(), 1)
			image = shown.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
		finally:
			shown.close()
	return jpeg_of(image, [one for one in areas if one.page == page])


def covered_pages(data: bytes, areas: Sequence[Area]) -> tuple[bytes, int]:
	"""Return a PDF of pictures of a document's pages with the areas burnt in, and how many pages it has.

	Raises `ProblemWithFile` for what is no PDF, protected, damaged, empty or too large.
	"""
	with _opened(data) as document:
		pages = len(document)
	try:
		pdf = page_pictures(data, lambda image, page: burnt(image, [one for one in areas if one.page == page]))
	except (OSError, ValueError, MemoryError, pypdfium2.PdfiumError):
		raise _refused("The document has a page that cannot be drawn.") from None
	return pdf, pages


def words_on_pages(data: bytes, find: Callable[[str], Sequence[Place]]) -> list[Area]:
	"""Return where words that `find` finds stand on the pages; the words in pictures are not read."""
	found: list[Area] = []
	with _opened(data) as document:
		for number in range(len(document)):
			page = document[number]
			try:
				found += _on_page(page, number, find)
			finally:
				page.close()
	return found


def _on_page(page: pypdfium2.PdfPage, number: int, find: Callable[[str], Sequence[Place]]) -> Iterator[Area]:
	words = page.get_textpage()
	try:
		codes = [pdfium.FPDFText_GetUnicode(words.raw, at) for at in range(words.count_chars())]
		text = "".join(chr(code) if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF else " " for code in codes)
		for start, end in find(text):
			yield from _lines(page, words, text, start, end, number)
	finally:
		words.close()


def _lines(
	page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage, text: str, start: int, end: int, number: int
) -> Iterator[Area]:
	"""Yield one area for each line on which a stretch of words stands, whichever way the line runs."""
	current: list[float] = []
	for at in range(start, end):
		if text[at].isspace():
			continue
		left, top, right, bottom = _upright(page, words.get_charbox(at, loose=True))
		apart = max(left - current[2], current[0] - right, top - current[3], current[1] - bottom) if current else 0
		if apart > max(right - left, bottom - top):
			yield _area(current, number)
			current = []
		if current:
			current = [min(current[0], left), min(current[1], top), max(current[2], right), max(current[3], bottom)]
		else:
			current = [left, top, right, bottom]
	if current:
		yield _area(current, number)


def _area(sides: Sequence[float], number: int) -> Area:
	left, top, right, bottom = sides
	edge = min(bottom - top, right - left) * _EDGE
	return Area(left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge, number).within()


def _upright(page: pypdfium2.PdfPage, corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
	"""Return left, top, right and bottom of a box on a page, as fractions of the page as it is read."""
	left, bottom, right, top = page.get_bbox()
	wide, high = max(right - left, 1), max(top - bottom, 1)
	turn = _TURNS[page.get_rotation() % 360]
	points = [turn((x - left) / wide, (y - bottom) / high) for x, y in (corners[:2], corners[2:])]
	(a, b), (c, d) = points
	return min(a, c), min(b, d), max(a, c), max(b, d)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
	"""Open a document under PDFium's lock."""
	if len(data) > LARGEST_BYTES:
		raise _refused("The document is larger than 100 MB.")
	with PDFIUM:
		try:
			document = pypdfium2.PdfDocument(data)
		except pypdfium2.PdfiumError:
			raise _refused("The document is no PDF that can be shown: it is damaged, or protected.") from None
		try:
			if not 0 < len(document) <= MOST_PAGES:
				raise _refused(f"The document has no page, or more than {MOST_PAGES}.")
			document.init_forms()
			yield document
		finally:
			document.close()


def _refused(what: str) -> ProblemWithFile:
	return ProblemWithFile(what, "Nothing was changed.", "Leave it out of the pack, or print it to a new PDF.")
