"""Documents from elsewhere that go out with a pack: already redacted PDFs of e-mails, minutes or paper.

Only their pages are taken over: properties, notes, links, attached files and earlier versions stay behind. Where a page
still hides something (words under a box, off the page, in a picture's camera data), all pages become pictures, so that
only what can be seen goes out.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
import pypdfium2
from PIL import Image

from cranford_desktop.domain.pdfium import PDFIUM
from cranford_desktop.errors import ProblemWithFile

LARGEST_BYTES = 100 * 1024 * 1024
MOST_PAGES = 500
_DOTS = 150
"""Dots an inch of a page that is made into a picture."""
_MOST_PIXELS = 5000
"""Of a page's longer side: A2 at 200 dots an inch, whatever the page says of its size."""
_LARGEST_PAGE = 14_400
"""Points of a side (PDF 32000-1, annex C)."""
_INSTEAD = re.compile(rb"/(?:ActualText|Alt|E)\s*[(<]")
_QUALITY = 80
_AS_USUAL = -1
"""Colours as coarse as JPEGs usually have them; where something is drawn on a page, they are as fine as light."""
_NOT_THE_PAGE = (
	*("/Annots", "/AA", "/PieceInfo", "/Thumb", "/Metadata", "/B", "/StructParents", "/Tabs", "/LastModified"),
	*("/AF", "/Trans", "/Dur", "/PZ", "/ID"),
)


def _as_it_is(image: Image.Image, _page: int) -> Image.Image:
	return image


@dataclass(frozen=True, slots=True)
class Washed:
	"""A document of which only the pages are left."""

	pdf: bytes
	pages: int
	hidden: tuple[str, ...]
	"""What the pages hid, for which they were made into pictures; empty where they stayed as they were."""


def washed(data: bytes, faults_of: Callable[[bytes], tuple[str, ...]]) -> Washed:
	"""Return a document's pages and nothing else; `faults_of` says what a PDF still hides.

	Raises `ProblemWithFile` for what is no PDF, protected, damaged, empty or too large.
	"""
	if len(data) > LARGEST_BYTES:
		raise _refused("The enclosure is larger than 100 MB.", "Send a smaller copy, or put it on paper.")
	try:
		pages, count = _pages_only(data)
	except pikepdf.PasswordError:
		raise _refused("The enclosure is protected by a password.", "Save a copy without it.") from None
	except pikepdf.PdfError:
		raise _refused("The enclosure is no PDF, or it is damaged.", "Print it to a new PDF.") from None
	if not 0 < count <= MOST_PAGES:
		raise _refused("The enclosure has no page, or more than 500.", "Split it into parts.")
	laid_over = _laid_over(data)
	hidden = (*laid_over, *_spoken_instead(pages), *faults_of(pages))
	if not hidden:
		return Washed(pages, count, ())
	try:
		# What was laid over the pages is drawn with them; without it, what it covers would be seen.
		return Washed(page_pictures(data if laid_over else pages), count, hidden)
	except (OSError, ValueError, MemoryError, pypdfium2.PdfiumError):
		raise _refused("The enclosure has a page that cannot be drawn.", "Print it to a new PDF.") from None


def _laid_over(data: bytes) -> tuple[str, ...]:
	"""Return what a document lays over its pages or switches off: notes, boxes, form fields, layers."""
	found: dict[str, None] = {}
	with pikepdf.open(io.BytesIO(data)) as document:
		if "/OCProperties" in document.Root:
			found["layers"] = None
		if "/AcroForm" in document.Root:
			found["form fields"] = None
		for page in document.pages:
			for one in page.obj.get("/Annots", pikepdf.Array()):
				if not isinstance(one, pikepdf.Dictionary) or one.get("/Subtype") != "/Link":
					found["notes or boxes"] = None
	return tuple(found)


def _spoken_instead(pages: bytes) -> tuple[str, ...]:
	"""Return what is read out or copied instead of what the pages draw (PDF 32000-1, 14.9.3–14.9.5)."""
	with pikepdf.open(io.BytesIO(pages)) as document:
		for thing in document.objects:
			if (
				isinstance(thing, pikepdf.Stream)
				and thing.get("/Subtype") in (None, "/Form")
				and "/Length1" not in thing
			):
				try:
					data = thing.read_bytes()
				except pikepdf.PdfError:
					continue
				if _INSTEAD.search(data):
					return ("words that are read out instead of what is drawn",)
	return ()


def _refused(what: str, remedy: str) -> ProblemWithFile:
	return ProblemWithFile(what, "No pack was made. Nothing was changed.", remedy)


def _pages_only(data: bytes) -> tuple[bytes, int]:
	out = io.BytesIO()
	with pikepdf.open(io.BytesIO(data)) as old, pikepdf.Pdf.new() as new:
		new.pages.extend(old.pages)
		for page in new.pages:
			for key in _NOT_THE_PAGE:
				if key in page.obj:
					del page.obj[key]
		new.remove_unreferenced_resources()
		new.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
		return out.getvalue(), len(new.pages)


def page_pictures(data: bytes, drawn_on: Callable[[Image.Image, int], Image.Image] = _as_it_is) -> bytes:
	"""Return a PDF whose pages are pictures of those given, after `drawn_on(picture, page)` drew on each."""
	out = io.BytesIO()
	colours = _AS_USUAL if drawn_on is _as_it_is else 0
	with PDFIUM:
		document = pypdfium2.PdfDocument(data)
		document.init_forms()
		count = len(document)
	try:
		with pikepdf.Pdf.new() as new:
			for number in range(count):
				with PDFIUM:
					page = document[number]
					wide, high = page.get_size()
					scale = min(_DOTS / 72, _MOST_PIXELS / max(wide, high, 1))
					image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
					page.close()
				image = drawn_on(image, number)
				jpeg = io.BytesIO()
				image.save(jpeg, "JPEG", quality=_QUALITY, optimize=True, subsampling=colours)
				less = min(1, _LARGEST_PAGE / max(wide, high, 1))
				_add_picture(new, jpeg.getvalue(), image.size, (max(3, wide * less), max(3, high * less)))
			new.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
	finally:
		with PDFIUM:
			document.close()
	return out.getvalue()


def _add_picture(pdf: pikepdf.Pdf, jpeg: bytes, pixels: tuple[int, int], points: tuple[float, float]) -> None:
	picture = pdf.make_stream(
		jpeg,
		Type=pikepdf.Name.XObject,
		Subtype=pikepdf.Name.Image,
		Width=pixels[0],
		Height=pixels[1],
		ColorSpace=pikepdf.Name.DeviceRGB,
		BitsPerComponent=8,
		Filter=pikepdf.Name.DCTDecode,
	)
	page = pdf.add_blank_page(page_size=points)
	page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
	page.obj.Contents = pdf.make_stream(f"q {points[0]:.2f} 0 0 {points[1]:.2f} 0 0 cm /Page Do Q".encode())
