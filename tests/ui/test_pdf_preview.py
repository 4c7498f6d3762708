"""A PDF on the screen and on paper."""

import io

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen import canvas

from cranford_desktop.ui.parts.pdf_pages import PdfPages, paint_pages
from cranford_desktop.ui.parts.pdf_preview import PdfPreview

A4 = (595.3, 841.9)


def pdf(pages: int = 3, size: tuple[float, float] = A4) -> bytes:
	out = io.BytesIO()
	drawn = canvas.Canvas(out, pagesize=size)
	for page in range(pages):
		drawn.setFillGray(0)
		drawn.rect(100, 100, 200, 200, fill=1)
		drawn.setFont("Helvetica", 24)
		drawn.drawString(60, size[1] - 90, f"This is page {page + 1}")
		drawn.showPage()
	drawn.save()
	return out.getvalue()


def test_renders_pages_at_any_scale():
	pages = PdfPages(pdf(2))
	image = pages.image(0, 2.0)
	assert (image.width(), image.height()) == pytest.approx((1191, 1684), abs=2)
	assert image.pixelColor(400, 1684 - 400).value() < 40
	assert image.pixelColor(20, 20).value() > 250
	assert "page 2" in pages.text(1)
	pages.close()


def test_prints_to_a_file_at_the_size_of_the_page(dressed, tmp_path):
	printer = QPrinter(QPrinter.PrinterMode.HighResolution)
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(tmp_path / "printed.pdf"))
	pages = PdfPages(pdf(3))
	assert paint_pages(pages, printer) == 3
	printed = pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())
	assert len(printed) == 3
	assert printed.get_page_size(0) == pytest.approx(A4, abs=2)
	image = PdfPages((tmp_path / "printed.pdf").read_bytes()).render(0, 1.0)
	assert image.pixelColor(200, 842 - 200).value() < 40, "the black square stands where it stood"
	assert image.pixelColor(320, 842 - 200).value() > 250


def test_prints_only_the_pages_asked_for(dressed, tmp_path):
	printer = QPrinter()
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(tmp_path / "some.pdf"))
	printer.setFromTo(2, 3)
	assert paint_pages(PdfPages(pdf(5)), printer) == 2
	assert len(pypdfium2.PdfDocument((tmp_path / "some.pdf").read_bytes())) == 2


def test_a_sideways_page_prints_sideways(dressed, tmp_path):
	printer = QPrinter()
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(tmp_path / "wide.pdf"))
	paint_pages(PdfPages(pdf(1, (A4[1], A4[0]))), printer)
	width, height = pypdfium2.PdfDocument((tmp_path / "wide.pdf").read_bytes()).get_page_size(0)
	assert width > height


def test_preview_counts_pages_and_zooms(dressed, qtbot):
	preview = PdfPreview()
	qtbot.addWidget(preview)
	preview.resize(900, 600)
	preview.show()
	qtbot.waitExposed(preview)
	preview.show_pdf(pdf(6), "Six pages")
	assert preview.pages() == 6
	assert preview.where() == "Page 1 of 6"
	qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
	assert preview.where() == "Page 2 of 6"
	qtbot.keyClick(preview.view, Qt.Key.Key_End)
	assert preview.where() == "Page 6 of 6"
	before = preview.view.percent()
	preview.view.step(True)
	assert preview.view.percent() > before
	preview.view.set_zoom(None)
	assert preview.view.horizontalScrollBar().maximum() == 0
	preview.grab()
	preview.close_pdf()
	assert preview.pages() == 0
