"""A PDF as pictures: rendered for the screen and for the printer. Takes bytes; nothing is written anywhere.

PDFium is not safe across threads: everything here is called from the window's own thread.
"""

from collections import OrderedDict

import pypdfium2
from PySide6.QtCore import QCoreApplication, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

POINTS_PER_INCH = 72
PRINT_DPI = 300
"""Enough for text on any office printer; more only makes the spool file larger."""
_KEPT = 12


class PdfPages:
	"""An open PDF document, page by page."""

	def __init__(self, data: bytes) -> None:
		"""Take the whole file."""
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
		self._document.close()


def paint_pages(pages: PdfPages, printer: QPrinter, parent: QWidget | None = None) -> int:
	"""Paint the chosen pages on a printer at its own resolution; return how many were painted.

	Each page keeps its size where the paper is the same, and is made to fit where it is not. With a parent a small
	window with Cancel counts the pages.
	"""
	first = max(printer.fromPage(), 1) - 1
	last = (printer.toPage() or len(pages)) - 1
	numbers = list(range(first, min(last, len(pages) - 1) + 1))
	busy = QProgressDialog("Printing", "Cancel", 0, len(numbers), parent) if parent is not None else None
	if busy is not None:
		busy.setWindowTitle("Printing")
		busy.setMinimumDuration(500)
	printer.setFullPage(True)
	_turn(printer, pages.size(numbers[0]))
	painter = QPainter()
	if not painter.begin(printer):
		return 0
	painted = 0
	for number in numbers:
		if busy is not None:
			busy.setLabelText(f"Printing page {number + 1} of {len(pages)}")
			busy.setValue(painted)
			QCoreApplication.processEvents()
			if busy.wasCanceled():
				printer.abort()
				break
		if painted:
			_turn(printer, pages.size(number))
			printer.newPage()
		_paint(painter, printer, pages, number)
		painted += 1
	painter.end()
	if busy is not None:
		busy.setValue(len(numbers))
		busy.deleteLater()
	return painted


def _turn(printer: QPrinter, size: QSizeF) -> None:
	sideways = size.width() > size.height()
	printer.setPageOrientation(QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait)


def _paint(painter: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
	paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
	size = pages.size(number)
	dots = printer.resolution() / POINTS_PER_INCH
	width, height = size.width() * dots, size.height() * dots
	# 1 %: paper sizes are rounded to whole points differently by different systems
	fit = min(1.0, paper.width() * 1.01 / width, paper.height() * 1.01 / height)
	width, height = width * fit, height * fit
	where = QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)
	picture = pages.render(number, min(printer.resolution(), PRINT_DPI) / POINTS_PER_INCH)
	painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
	painter.drawImage(where, picture)


def print_pages(pages: PdfPages, title: str, parent: QWidget) -> bool:
	"""Ask which printer and which pages, and print; "Print to File (PDF)" is among them. False: not printed."""
	printer = QPrinter(QPrinter.PrinterMode.HighResolution)
	printer.setDocName(title)
	dialog = QPrintDialog(printer, parent)
	dialog.setWindowTitle(f"Print – {title}")
	dialog.setMinMax(1, len(pages))
	dialog.setFromTo(1, len(pages))
	dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
	if not dialog.exec():
		return False
	if printer.printRange() == QPrinter.PrintRange.AllPages:
		printer.setFromTo(0, 0)
	return paint_pages(pages, printer, parent) > 0
