"""Printing a PDF page by page while the window stays alive.

The job opens its own document from the bytes, so whatever is done to the preview meanwhile cannot reach it. While it
runs one small window with Cancel stands before everything else; it always goes away with the job. A print to a file
is written beside its name and takes the name only when it is whole.
"""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import bar, button
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, row
from cranford_desktop.ui.parts.pdf_pages import PdfPages
from cranford_desktop.ui.parts.wording import count
from cranford_desktop.ui.task import log, place_of

POINTS_PER_INCH = 72
PRINT_DPI = 300
"""Enough for text on any office printer; more only makes the spool file larger."""
_UNFINISHED = ".unfinished.pdf"


class Printed(NamedTuple):
	"""How a print ended."""

	pages: int
	"""How many were painted."""
	whole: bool
	told: str
	"""One or two sentences for the clerk."""


class _Busy(QDialog):
	"""How far the printer is, before everything else, with Cancel. Closing it cancels."""

	def __init__(self, pages: int, parent: QWidget) -> None:
		super().__init__(parent)
		self.setWindowTitle("Printing")
		self.setWindowModality(Qt.WindowModality.ApplicationModal)
		theme.scaled(self, "setMinimumWidth", 360)
		self._told = say("", "strong", wrap=False)
		self._bar = bar(0, pages)
		cancel = button("Cancel")
		cancel.clicked.connect(self.reject)
		self.setLayout(col(self._told, self._bar, 4, row(None, cancel), gap=8, pad=(20, 18, 20, 16)))

	def show_progress(self, page: int, pages: int, done: int) -> None:
		"""Say which page is being painted."""
		self._told.setText(f"Printing page {page} of {pages}")
		self._bar.setValue(done)
		self._bar.setAccessibleName(self._told.text())


class PrintJob(QObject):
	"""Paints the chosen pages, one for each turn of the event loop. `ended(Printed)`: once, however it ends."""

	ended = Signal(object)

	def __init__(self, data: bytes, printer: QPrinter, parent: QWidget | None = None) -> None:
		"""Take the whole file and a printer that knows its pages; with a parent a small window counts them."""
		super().__init__(parent)
		self._pages, self._printer, self._painter = PdfPages(data), printer, QPainter()
		first = max(printer.fromPage(), 1) - 1
		last = min((printer.toPage() or len(self._pages)), len(self._pages)) - 1
		self._numbers = list(range(first, last + 1))
		self._painted = 0
		self.running = True
		self._target = Path(printer.outputFileName()) if printer.outputFileName() else None
		if self._target is not None:
			printer.setOutputFileName(str(self._partial()))
		self._busy: _Busy | None = None
		if parent is not None:
			self._busy = _Busy(len(self._numbers), parent.window())
			self._busy.rejected.connect(self.stop)

	def start(self) -> None:
		"""Begin; the pages follow with the turns of the event loop."""
		if self._busy is not None:
			self._busy.show_progress(self._numbers[0] + 1 if self._numbers else 0, len(self._pages), 0)
			self._busy.show()
		QTimer.singleShot(0, self, self._turn)

	def run(self) -> Printed:
		"""Paint everything at once, without a window, and return how it ended."""
		heard: list[Printed] = []
		self.ended.connect(heard.append)
		while self.running:
			self.step()
		return heard[0]

	def stop(self) -> None:
		"""Stop now; an unfinished file goes."""
		if self.running:
			done = count(self._painted, "page")
			self._end(
				False,
				f"Printing stopped. Nothing was saved as {self._target.name}."
				if self._target is not None
				else f"Printing stopped after {done}. The printer may still put out what it has already got.",
			)

	def step(self) -> None:
		"""Paint one page, or end."""
		if not self.running:
			return
		try:
			going = self._page()
		except OSError:
			going = False
		except Exception as problem:  # a driver's fault or a bug: logged by type and place, told in plain words
			log.error("printing: %s", place_of(problem))
			going = False
		if not going:
			self._end(False, self._failed())
		elif self._painted == len(self._numbers):
			self._end(True, "")

	def _turn(self) -> None:
		self.step()
		if self.running:
			QTimer.singleShot(0, self, self._turn)

	def _page(self) -> bool:
		number = self._numbers[self._painted] if self._painted < len(self._numbers) else None
		if number is None:
			return False
		if self._busy is not None and isValid(self._busy):
			self._busy.show_progress(number + 1, len(self._pages), self._painted)
		_turn_paper(self._printer, self._pages.size(number))
		if not self._painted:
			if self._target is not None:
				self._partial().touch()
			self._printer.setFullPage(True)
			if not self._painter.begin(self._printer):
				return False
		elif not self._printer.newPage():
			return False
		_paint(self._painter, self._printer, self._pages, number)
		self._painted += 1
		return True

	def _failed(self) -> str:
		if self._target is not None:
			return (
				f"It could not be saved as {self._target.name}, and nothing is left of it. The disk may be full, "
				"or the file may be open somewhere. Choose another name or folder."
			)
		return "It could not be printed. See whether the printer is on and has paper, then print it again."

	def _end(self, whole: bool, told: str) -> None:
		self.running = False
		if not whole and self._target is None and self._painter.isActive():
			self._printer.abort()
		if self._painter.isActive() and not self._painter.end():
			whole, told = False, told or self._failed()
		self._pages.close()
		if self._target is not None:
			whole, told = self._settle(whole, told)
		if whole:
			pages = count(self._painted, "page")
			told = f"{pages} saved as {self._target.name}." if self._target else f"{pages} sent to the printer."
		if self._busy is not None and isValid(self._busy):
			self._busy.rejected.disconnect(self.stop)
			self._busy.hide()
			self._busy.deleteLater()
		self._busy = None
		self.ended.emit(Printed(self._painted, whole, told))

	def _partial(self) -> Path:
		return self._target.with_name(f"{self._target.stem}{_UNFINISHED}")

	def _settle(self, whole: bool, told: str) -> tuple[bool, str]:
		"""Give a whole file its name; remove any other, or say that it is still there."""
		partial = self._partial()
		try:
			if whole:
				partial.replace(self._target)
			else:
				partial.unlink(missing_ok=True)
		except OSError:
			if whole:
				return False, f"It could not be given the name {self._target.name}. It lies beside it: {partial.name}."
			return False, f"{told} An unfinished file is left: delete {partial.name}."
		return whole, told


def ask_printer(pages: int, title: str, parent: QWidget) -> QPrinter | None:
	"""Ask which printer and which pages; "Print to File (PDF)" is among them. None: nothing is to be printed."""
	printer = QPrinter(QPrinter.PrinterMode.HighResolution)
	printer.setDocName(title)
	dialog = QPrintDialog(printer, parent)
	dialog.setWindowTitle(f"Print – {title}")
	dialog.setMinMax(1, pages)
	dialog.setFromTo(1, pages)
	dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
	if not dialog.exec():
		return None
	if printer.printRange() == QPrinter.PrintRange.AllPages:
		printer.setFromTo(0, 0)
	return printer


def _turn_paper(printer: QPrinter, size: QSizeF) -> None:
	sideways = size.width() > size.height()
	printer.setPageOrientation(QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait)


def _paint(painter: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
	"""Paint a page at its own size where the paper is the same, made to fit where it is not."""
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
