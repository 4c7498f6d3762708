"""A PDF as pictures: rendered for the screen and for the printer. Takes bytes; nothing is written anywhere.

PDFium is not safe across threads: every call into it holds the one lock of the process.
"""

from collections import OrderedDict

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from cranford_desktop.domain.pdfium import PDFIUM

_KEPT = 12


class PdfPages:
	"""An open PDF document, page by page."""

	def __init__(self, data: bytes) -> None:
		"""Take the whole file."""
		self.data = data
		with PDFIUM:
			self._document = pypdfium2.PdfDocument(data)
			self._sizes = [QSizeF(*self._document.get_page_size(n)) for n in range(len(self._document))]
		self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()

	def __len__(self) -> int:
		return len(self._sizes)

	def size(self, number: int) -> QSizeF:
		"""Return the size of a page in points; pages count from 0."""
		return self._sizes[number]

	def image(self, number: int, scale: float) -> QImage:
		"""Return a page as a picture, `scale` pixels for each point; the latest few are kept."""
		key = (number, round(scale * 1000))
		if key in self._images:
			self._images.move_to_end(key)
			return self._images[key]
		image = self.render(number, scale)
		self._images[key] = image
		while len(self._images) > _KEPT:
			self._images.popitem(last=False)
		return image

	def render(self, number: int, scale: float) -> QImage:
		"""Return a page as a picture that is not kept."""
		with PDFIUM:
			page = self._document[number]
			try:
				bitmap = page.render(scale=scale, prefer_bgrx=True)
				image = QImage(
					bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
				).copy()
				bitmap.close()
			finally:
				page.close()
		return image

	def text(self, number: int) -> str:
		"""Return the words of a page, for a screen reader."""
		with PDFIUM:
			page = self._document[number]
			words = page.get_textpage()
			try:
				return words.get_text_bounded()
			finally:
				words.close()
				page.close()

	def close(self) -> None:
		"""Let the document go."""
		self._images.clear()
		with PDFIUM:
			self._document.close()
