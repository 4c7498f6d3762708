"""Enclosures go out with a pack: their pages only, listed in it, and checked like it."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.domain.disclosure import Enclosure, PackResult
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.clock import standing_clock
from tests.services.disclosure_support import NOW, Desk, desk
from tests.services.test_disclosing import everything, pdf_text


def paper(draw: Callable[[Canvas], None] | None = None, words: str = "Minutes of the drainage group") -> bytes:
	out = io.BytesIO()
	canvas = Canvas(out)
	canvas.setAuthor("Jean Potter")
	canvas.setSubject("Jean Potter's complaint")
	canvas.drawString(72, 700, words)
	if draw is not None:
		draw(canvas)
	canvas.save()
	return out.getvalue()


def asked(office: Desk, words: str = "culvert", *, requester: str = "Alex", with_media: bool = False) -> int:
	"""Record a request whose messages are all released; return its number."""
	request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester=requester, wording="The drain")
	office.gathering.gather(request.id, MessageFilter(search=words))
	ids = [one.row.id for one in office.deciding.candidates(request.id)]
	office.deciding.decide(request.id, ids, "release", with_media=with_media)
	return request.id


def made(office: Desk, *enclosures: Enclosure) -> tuple[PackResult, dict[str, bytes]]:
	request = asked(office)
	for text in ("Jean", "Potter"):
		office.redacting.redact(request, "text", text, "s40(2)")
	result = office.disclosing.make_pack(request, enclosures=enclosures)
	return result, office.disclosing.files(request, result.pack_number)


def test_an_enclosure_is_washed_listed_and_keeps_its_words(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		result, files = made(office, Enclosure("Minutes of 4 May, about Potter", "minutes", paper()))
	assert result.warnings == ()
	data = files["DISCLOSURE/FOI-2026-001-E1.pdf"]
	assert "Minutes of the drainage group" in pdf_text(data)
	assert b"otter" not in everything(data)
	front = pdf_text(files["DISCLOSURE/FOI-2026-001.pdf"])
	assert "FOI-2026-001-E1, minutes: Minutes of 4 May, about" in front
	assert "Potter" not in front
	sheet = openpyxl.load_workbook(io.BytesIO(files["DISCLOSURE/FOI-2026-001-schedule.xlsx"]))["Schedule"]
	row = [cell.value for cell in list(sheet.iter_rows())[-1]]
	assert row[0] == "FOI-2026-001-E1"
	assert row[5] == "Enclosure: minutes"
	assert row[10] == "1 page, redacted before it was added"
	listed = json.loads(files["DISCLOSURE/manifest.json"])["released_files"]
	assert "FOI-2026-001-E1.pdf" in {one["path"] for one in listed}


def boxed(canvas: Canvas) -> None:
	canvas.drawString(72, 600, "Jean Potter lives here")
	canvas.rect(60, 590, 300, 30, fill=1)


def off(canvas: Canvas) -> None:
	canvas.drawString(-400, 600, "Jean Potter lives here")


def white(canvas: Canvas) -> None:
	canvas.setFillColorRGB(1, 1, 1)
	canvas.drawString(72, 600, "Jean Potter lives here")


@pytest.mark.parametrize("hide", [boxed, off, white])
def test_pages_that_hide_words_become_pictures(tmp_path: Path, hide: Callable[[Canvas], None]) -> None:
	with desk(tmp_path) as office:
		result, files = made(office, Enclosure("A letter", "paper", paper(hide)))
	data = files["DISCLOSURE/FOI-2026-001-E1.pdf"]
	assert len(result.warnings) == 1
	assert "FOI-2026-001-E1 hid something" in result.warnings[0]
	record = " ".join(pdf_text(files["INTERNAL/INTERNAL-FOI-2026-001-record.pdf"]).split())
	assert "Words in pictures were not looked for: FOI-2026-001-E1." in record
	assert pdf_text(data).strip() == ""
	assert b"otter" not in everything(data)
	with pikepdf.open(io.BytesIO(data)) as opened:
		assert len(opened.pages) == 1


def noted(subtype: str, **more: object) -> Callable[[pikepdf.Pdf], None]:
	"""Lay an annotation over the words at 72, 700."""

	def plant(opened: pikepdf.Pdf) -> None:
		stream = opened.make_stream(b"0 g 0 0 300 40 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
		stream.BBox = [0, 0, 300, 40]
		note = pikepdf.Dictionary(
			Type=pikepdf.Name.Annot,
			Subtype=pikepdf.Name(subtype),
			Rect=[60, 690, 360, 730],
			F=4,
			AP=pikepdf.Dictionary(N=stream),
			**more,
		)
		opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(note)])

	return plant


def layered(opened: pikepdf.Pdf) -> None:
	opened.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(), D=pikepdf.Dictionary())


def spoken(opened: pikepdf.Pdf) -> None:
	page = opened.pages[0]
	page.contents_add(opened.make_stream(b"/Span <</ActualText (Jean Potter)>> BDC EMC"))


@pytest.mark.parametrize("plant", [noted("/Square"), noted("/Redact"), noted("/FreeText"), layered, spoken])
def test_what_lies_over_the_pages_stays_over_them(tmp_path: Path, plant: Callable[[pikepdf.Pdf], None]) -> None:
	out = io.BytesIO()
	with pikepdf.open(io.BytesIO(paper(words="Seen by Anna"))) as opened:
		plant(opened)
		opened.save(out)
	with desk(tmp_path) as office:
		result, files = made(office, Enclosure("A letter", "paper", out.getvalue()))
	data = files["DISCLOSURE/FOI-2026-001-E1.pdf"]
	assert "FOI-2026-001-E1 hid something" in result.warnings[0]
	assert pdf_text(data).strip() == ""
	if "noted" in plant.__qualname__:
		page = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("L")
		assert page.crop((80, 841 - 715, 340, 841 - 700)).getextrema()[1] < 60, "the box is still there"


def test_a_name_under_a_box_on_a_scan_is_gone(tmp_path: Path) -> None:
	scan = Image.new("L", (400, 100), 255)
	ImageDraw.Draw(scan).text((20, 40), "Jean Potter", fill=0)

	def boxed_scan(canvas: Canvas) -> None:
		canvas.drawImage(ImageReader(scan), 72, 400, 400, 100)
		canvas.rect(80, 420, 200, 60, fill=1)

	with desk(tmp_path) as office:
		result, files = made(office, Enclosure("A scan", "paper", paper(boxed_scan)))
	assert "FOI-2026-001-E1 hid something" in result.warnings[0]
	page = pypdfium2.PdfDocument(files["DISCLOSURE/FOI-2026-001-E1.pdf"])[0]
	[picture] = [one for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
	flat = picture.get_bitmap().to_pil().convert("L").resize((595, 842))
	assert flat.crop((90, 842 - 470, 270, 842 - 430)).getextrema()[1] < 60


def test_a_page_of_any_size_is_drawn_or_refused_in_plain_words(tmp_path: Path) -> None:
	out = io.BytesIO()
	with pikepdf.open(io.BytesIO(paper(boxed))) as opened:
		opened.pages[0].obj.MediaBox = [0, 0, 72_000, 200]
		opened.save(out)
	with desk(tmp_path) as office:
		_, files = made(office, Enclosure("A long one", "paper", out.getvalue()))
	assert len(files["DISCLOSURE/FOI-2026-001-E1.pdf"]) < 5_000_000


def test_every_enclosure_has_a_file_of_its_own_however_long_the_reference(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		reference = "F" * 58
		request = asked(office)
		with office.archive.writing(standing_clock(NOW)()) as change:
			change.connection.exec_driver_sql("UPDATE request SET reference = ? WHERE id = ?", (reference, request))
			change.record("renamed", {})
		two = [Enclosure(name, "paper", paper(words=name)) for name in ("First paper", "Second paper")]
		result = office.disclosing.make_pack(request, enclosures=two)
	paths = [one.path for one in result.files if one.path.startswith("DISCLOSURE") and one.path.endswith(".pdf")]
	assert len(paths) == len(set(paths)) == 3


def test_an_enclosure_that_shows_a_covered_name_makes_no_pack(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		with pytest.raises(RefusedByPolicy, match=r"E1 still says something that you covered up .* on page 1"):
			made(office, Enclosure("A letter", "paper", paper(words="From Jean Potter, about the drain")))
		assert office.disclosing.packs(1) == []


def test_an_enclosure_that_names_a_covered_person_makes_no_pack(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = asked(office)
		office.redacting.redact(request, "person", "Cllr Farrow", "s40(2)")
		for words in ("Proposed by cllr FARROW", "Proposed by Cllr", "Farrowing pens"):
			letter = Enclosure("Minutes", "minutes", paper(words=words))
			if "FARROW" in words:
				with pytest.raises(RefusedByPolicy, match="E1 still says"):
					office.disclosing.make_pack(request, enclosures=[letter])
			else:
				office.disclosing.make_pack(request, enclosures=[letter])


def test_a_withheld_message_in_an_enclosure_makes_no_pack(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = asked(office, "mill")
		advice = office.id_of("The solicitor says")
		office.deciding.decide(request, [advice], "withhold", exemption="s42")
		words = "The solicitor says do not admit liability for Mill Lane"
		with pytest.raises(RefusedByPolicy, match="leak check"):
			office.disclosing.make_pack(request, enclosures=[Enclosure("Minutes", "minutes", paper(words=words))])


def test_who_asked_and_numbers_in_an_enclosure_are_pointed_at(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = asked(office, requester="Sam Sample, 5 Long Row")
		office.redacting.redact(request, "pattern", "phone", "s40(2)")
		letter = Enclosure("A letter", "paper", paper(words="Mr Sample of 5 Long Row, telephone 07700 900456"))
		told = office.disclosing.make_pack(request, enclosures=[letter]).warnings
	assert "FOI-2026-001-E1 names who asked, or where they live, on page 1." in told
	assert any("numbers or addresses of a kind that you covered up, on page 1" in one for one in told)


def test_a_released_file_that_no_document_shows_is_to_be_sent_apart(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = asked(office, "complaint OR culvert", with_media=True)
		told = office.disclosing.make_pack(request).warnings
	assert any("are not inside it: FOI-2026-001-" in one for one in told)


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7 broken"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
	with desk(tmp_path) as office, pytest.raises(ProblemWithFile, match="enclosure"):
		made(office, Enclosure("A letter", "paper", data))
