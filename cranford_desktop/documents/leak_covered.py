"""Words of a PDF that are there and cannot be seen: covered, in the colour of the paper, off the page, unpainted.

For documents that somebody else made. A box drawn over words leaves the words in the file; this finds them by drawing
the page and looking whether anything can be seen where each word stands, and by what is painted after it.
"""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from cranford_desktop.domain.pdfium import PDFIUM

_SCALE = 100 / 72
_FLAT = 12
"""Difference in brightness, of 255, below which nothing is seen."""
_LETTERS = 2
"""Unseen letters side by side that make a word; one alone may be a thin sign."""
_COVERED = 0.8
_OPAQUE = 250
_DEEPEST = 8
_Box = tuple[float, float, float, float]


def covered_words(data: bytes) -> Iterator[str]:
	"""Yield where a PDF has words that cannot be seen: the page and how they are hidden, never the words."""
	for number, how in hidden_pages(data):
		yield f"page {number} has words {how}"


def hidden_pages(data: bytes) -> Iterator[tuple[int, str]]:
	"""Yield (page, how its words are hidden)."""
	with PDFIUM:
		document = pypdfium2.PdfDocument(data)
		pages = len(document)
	try:
		for number in range(pages):
			with PDFIUM:
				found = _page(document[number])
			for how in found:
				yield number + 1, how
	finally:
		with PDFIUM:
			document.close()


def _page(page: pypdfium2.PdfPage) -> list[str]:
	words = page.get_textpage()
	try:
		count = words.count_chars()
		order, covers, pictures = _painted(page)
		hidden = ["in a picture, under a box or another picture"] if _over_a_picture(covers, pictures) else []
		if not count:
			return hidden
		boxes = [_box(words, at) for at in range(count)]
		signs = [chr(pdfium.FPDFText_GetUnicode(words.raw, at)) for at in range(count)]
		found: dict[str, None] = dict.fromkeys(hidden)
		left, bottom, right, top = page.get_cropbox()
		for letters in _runs(signs, boxes):
			if all(
				box[2] < left or box[0] > right or box[3] < bottom or box[1] > top
				for box in (boxes[at] for at in letters)
			):
				found["that lie off the page"] = None
		if covers:
			for letters in _runs(signs, boxes):
				if all(_is_covered(words, at, boxes[at], order, covers) for at in letters):
					found["under a box or a picture"] = None
		if _unseen(page, signs, boxes):
			found["that cannot be seen"] = None
		return list(found)
	finally:
		words.close()
		page.close()


def _runs(signs: list[str], boxes: list[_Box]) -> Iterator[list[int]]:
	"""Yield stretches of two letters or digits side by side."""
	for at in range(len(signs) - 1):
		pair = [at, at + 1]
		if all(signs[one].isalnum() and boxes[one][2] > boxes[one][0] for one in pair):
			yield pair


def _box(words: pypdfium2.PdfTextPage, at: int) -> _Box:
	left, right, bottom, top = (ctypes.c_double() for _ in range(4))
	pdfium.FPDFText_GetCharBox(words.raw, at, left, right, bottom, top)
	return left.value, bottom.value, right.value, top.value


def _painted(page: pypdfium2.PdfPage) -> tuple[dict[int, int], list[tuple[int, _Box]], list[tuple[int, _Box]]]:
	"""Return when each object is painted, by its address; opaque boxes and pictures; and the pictures alone."""
	order: dict[int, int] = {}
	covers: list[tuple[int, _Box]] = []
	pictures: list[tuple[int, _Box]] = []
	for number, thing in enumerate(page.get_objects(max_depth=_DEEPEST)):
		order[ctypes.addressof(thing.raw.contents)] = number
		if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE or (thing.type == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(thing)):
			covers.append((number, thing.get_bounds()))
			if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
				pictures.append(covers[-1])
	return order, covers, pictures


def _over_a_picture(covers: list[tuple[int, _Box]], pictures: list[tuple[int, _Box]]) -> bool:
	"""Return whether something opaque is painted over a picture: what it hides is still in the picture's own data."""
	return any(
		when > painted
		and min(cover[2], under[2]) > max(cover[0], under[0])
		and min(cover[3], under[3]) > max(cover[1], under[1])
		for painted, under in pictures
		for when, cover in covers
	)


def _is_filled(thing: pypdfium2.PdfObject) -> bool:
	mode, stroke = ctypes.c_int(), ctypes.c_int()
	red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
	pdfium.FPDFPath_GetDrawMode(thing.raw, mode, stroke)
	pdfium.FPDFPageObj_GetFillColor(thing.raw, red, green, blue, alpha)
	return bool(mode.value) and alpha.value >= _OPAQUE


def _is_covered(
	words: pypdfium2.PdfTextPage, at: int, box: _Box, order: dict[int, int], covers: list[tuple[int, _Box]]
) -> bool:
	thing = pdfium.FPDFText_GetTextObject(words.raw, at)
	painted = order.get(ctypes.addressof(thing.contents), -1) if thing else -1
	area = (box[2] - box[0]) * (box[3] - box[1])
	if painted < 0 or area <= 0:
		return False
	for when, cover in covers:
		if when > painted:
			wide = min(box[2], cover[2]) - max(box[0], cover[0])
			high = min(box[3], cover[3]) - max(box[1], cover[1])
			if wide > 0 and high > 0 and wide * high >= _COVERED * area:
				return True
	return False


def _unseen(page: pypdfium2.PdfPage, signs: list[str], boxes: list[_Box]) -> bool:
	"""Return whether two letters side by side leave no trace on the drawn page."""
	image: Image.Image = page.render(scale=_SCALE, grayscale=True).to_pil().convert("L")
	left, _, _, top = page.get_cropbox()
	return any(all(_is_flat(image, boxes[at], left, top) for at in pair) for pair in _runs(signs, boxes))


def _is_flat(image: Image.Image, box: _Box, left: float, top: float) -> bool:
	place = (
		max(0, int((box[0] - left) * _SCALE)),
		max(0, int((top - box[3]) * _SCALE)),
		min(image.width, int((box[2] - left) * _SCALE) + 1),
		min(image.height, int((top - box[1]) * _SCALE) + 1),
	)
	if place[2] <= place[0] or place[3] <= place[1]:
		return True
	darkest, brightest = image.crop(place).getextrema()
	return bool(int(brightest) - int(darkest) < _FLAT)  # type: ignore[arg-type]
