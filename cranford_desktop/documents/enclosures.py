"""Documents from elsewhere that go out with a pack: already redacted PDFs of e-mails, minutes or paper.

Only their pages are taken over: properties, notes, links, attached files and earlier versions stay behind. Where a page
still hides something (words under a box, off the page, in a picture's camera data), all pages become pictures, so that
only what can be seen goes out.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
import pypdfium2

from cranford_desktop.domain.pdfium import PDFIUM
from cranford_desktop.errors import ProblemWithFile

LARGEST_BYTES = 100 * 1024 * 1024
MOST_PAGES = 500
_DOTS = 150
"""Dots an inch of a page that is made into a picture."""
_QUALITY = 80
_NOT_THE_PAGE = (
	*("/Annots", "/AA", "/PieceInfo", "/Thumb", "/Metadata", "/B", "/StructParents", "/Tabs", "/LastModified"),
	*("/AF", "/Trans", "/Dur", "/PZ", "/ID"),
)


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
	hidden = faults_of(pages)
	return Washed(_pictures(pages) if hidden else pages, count, hidden)


def words_of(pdf: bytes) -> list[str]:
	"""Return what can be read on each page of a document; nothing of pages that are pictures."""
	with PDFIUM:
		document = pypdfium2.PdfDocument(pdf)
		try:
			return [page.get_textpage().get_text_bounded() for page in document]
		finally:
			document.close()


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


def _pictures(data: bytes) -> bytes:
	"""Return a PDF whose pages are pictures of those given."""
	out = io.BytesIO()
	with PDFIUM:
		document = pypdfium2.PdfDocument(data)
		count = len(document)
	try:
		with pikepdf.Pdf.new() as new:
			for number in range(count):
				with PDFIUM:
					page = document[number]
					wide, high = page.get_size()
					image = page.render(scale=_DOTS / 72).to_pil().convert("RGB")
					page.close()
				jpeg = io.BytesIO()
				image.save(jpeg, "JPEG", quality=_QUALITY, optimize=True)
				_add_picture(new, jpeg.getvalue(), image.size, (wide, high))
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
