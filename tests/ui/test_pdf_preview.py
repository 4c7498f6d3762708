"""A PDF on the screen and on paper."""

import io

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog
from reportlab.pdfgen import canvas

from cranford_desktop.ui.parts.pdf_pages import PdfPages
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.pdf_printing import PrintJob

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
	assert PrintJob(pdf(3), printer).run().pages == 3
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
	assert PrintJob(pdf(5), printer).run().pages == 2
	assert len(pypdfium2.PdfDocument((tmp_path / "some.pdf").read_bytes())) == 2


def test_a_sideways_page_prints_sideways(dressed, tmp_path):
	printer = QPrinter()
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(tmp_path / "wide.pdf"))
	PrintJob(pdf(1, (A4[1], A4[0])), printer).run()
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


def to_file(path) -> QPrinter:
	printer = QPrinter(QPrinter.PrinterMode.HighResolution)
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(path))
	return printer


def shown(qtbot, pages: int) -> PdfPreview:
	preview = PdfPreview()
	qtbot.addWidget(preview)
	preview.resize(900, 600)
	preview.show()
	qtbot.waitExposed(preview)
	preview.show_pdf(pdf(pages), "A pack")
	return preview


def progress_boxes() -> list[QDialog]:
	return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_a_click_while_it_prints_does_not_reach_the_page(dressed, qtbot, tmp_path):
	preview = shown(qtbot, 6)
	pressed = []
	preview.saving.connect(lambda: pressed.append(True))
	job = preview.print_on(to_file(tmp_path / "printed.pdf"))
	[box] = progress_boxes()
	assert box.windowModality() == Qt.WindowModality.ApplicationModal
	assert QApplication.activeModalWidget() is box
	assert preview.print_on(to_file(tmp_path / "second.pdf")) is None, "one print at a time"
	with qtbot.waitSignal(job.ended, timeout=20_000) as heard:
		qtbot.mouseClick(preview.windowHandle(), Qt.MouseButton.LeftButton, pos=preview.save_button.geometry().center())
		preview.view.step(True)
	assert not pressed
	assert heard.args[0].whole
	assert len(pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())) == 6
	assert not progress_boxes()
	assert preview.told.text() == "6 pages saved as printed.pdf."
	assert [one.name for one in tmp_path.iterdir()] == ["printed.pdf"]


def test_the_print_reads_its_own_document(dressed, tmp_path):
	pages = PdfPages(pdf(4))
	job = PrintJob(pages.data, to_file(tmp_path / "printed.pdf"))
	job.step()
	pages.close()  # what used to end in a fault and half a file
	assert job.run().whole
	assert len(pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())) == 4


def test_leaving_the_page_stops_the_print_and_leaves_no_half_file(dressed, qtbot, tmp_path):
	(tmp_path / "printed.pdf").write_bytes(b"what was there before")
	for leave in (PdfPreview.close_pdf, PdfPreview.hide):
		preview = shown(qtbot, 5)
		job = preview.print_on(to_file(tmp_path / "printed.pdf"))
		ends = []
		job.ended.connect(ends.append)
		job.step()
		leave(preview)
		assert [one.whole for one in ends] == [False]
		assert not progress_boxes()
		assert [one.name for one in tmp_path.iterdir()] == ["printed.pdf"]
		assert (tmp_path / "printed.pdf").read_bytes() == b"what was there before"


def test_cancel_stops_the_print_and_says_so(dressed, qtbot, tmp_path):
	preview = shown(qtbot, 5)
	preview.print_on(to_file(tmp_path / "printed.pdf")).step()
	progress_boxes()[0].reject()
	assert preview.told.text() == "Printing stopped. Nothing was saved as printed.pdf."
	assert not progress_boxes()
	assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_said(dressed, qtbot, tmp_path):
	preview = shown(qtbot, 2)
	job = preview.print_on(to_file(tmp_path / "no such folder" / "printed.pdf"))
	with qtbot.waitSignal(job.ended, timeout=20_000):
		pass
	assert preview.told.text().startswith("It could not be saved as printed.pdf")
	assert not progress_boxes()
