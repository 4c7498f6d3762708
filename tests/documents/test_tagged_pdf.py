"""Every PDF is accessible and archival: what independent readers of the two standards say, and what they cannot see."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import page
import pdfua
import pikepdf
import pypdfium2
import pytest
from PIL import ImageCms
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.documents import fonts
from cranford_desktop.documents.pdf_file import line_end
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import Piece
from cranford_desktop.paths import resources
from tests.documents.kinds import KINDS, SCRIPTS
from tests.documents.samples import content


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
	return {kind: make() for kind, make in KINDS.items()}


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
	return (
		thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
	)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_accessible_archival_and_sound(kind: str, made: dict[str, bytes], tmp_path: Path) -> None:
	data = made[kind]
	for profile in ("ua1", "2a"):
		report = page.validate_pdf_bytes(data, profile=profile)
		assert report.is_compliant, [(one.rule_id, one.message) for one in report.failures]
	path = tmp_path / "made.pdf"
	path.write_bytes(data)
	assert [(one.rule_id, one.message) for one in pdfua.validate(path).findings] == []
	with pikepdf.open(path) as pdf:
		assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_content_gives_the_same_bytes(kind: str, made: dict[str, bytes]) -> None:
	assert KINDS[kind]() == made[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_headings_go_down_step_by_step_and_every_table_has_heads(kind: str, made: dict[str, bytes]) -> None:
	"""Readers of the standards miss a table whose heads are plain cells."""
	with pikepdf.open(io.BytesIO(made[kind])) as pdf:
		ranks = [
			int(str(one.S)[2:]) for one in in_order(pdf.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", str(one.S))
		]
		assert ranks[0] == 1
		assert all(after - before <= 1 for before, after in pairwise(ranks))
		for table in (one for one in elements(pdf) if one.S == "/Table"):
			cells = [cell for row in kids(table) for cell in kids(row)]
			heads = [cell for cell in cells if cell.S == "/TH"]
			assert heads
			assert all(str(cell.A.Scope) in ("/Row", "/Column") for cell in heads)


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
	found = element.get("/K", pikepdf.Array())
	return list(found) if isinstance(found, pikepdf.Array) else [found]


def in_order(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
	yield element
	for kid in kids(element):
		if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
			yield from in_order(kid)


def test_a_pack_is_read_in_order_message_by_message(made: dict[str, bytes]) -> None:
	with pikepdf.open(io.BytesIO(made["pack"])) as pdf:
		roles = [str(one.S)[1:] for one in in_order(pdf.Root.StructTreeRoot.K)]
		assert roles[:3] == ["Document", "P", "H1"]
		assert roles.count("LI") == 60
		assert roles.count("TR") >= 60
		links = [one for one in elements(pdf) if one.S == "/Link"]
		assert len(links) == 4
		figures = [str(one.Alt) for one in elements(pdf) if one.S == "/Figure"]
		assert figures == ["Photo"] * 5
		assert str(pdf.Root.Lang) == "en-GB"
		with pdf.open_metadata() as meta:
			assert meta["dc:title"] == "Disclosure pack FOI-2026-001"
			assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("2A", "1")


def test_a_table_head_comes_again_as_decoration(made: dict[str, bytes]) -> None:
	document = pypdfium2.PdfDocument(made["transfer register"])
	assert len(document) > 2
	assert all("To whom" in one.get_textpage().get_text_range() for one in document)
	with pikepdf.open(io.BytesIO(made["transfer register"])) as pdf:
		assert sum(one.S == "/TH" and one.A.Scope == "/Column" for one in elements(pdf)) == 6


def test_a_message_over_two_pages_stays_one_paragraph() -> None:
	pack = content(1)
	one = replace(pack.entries[0], body=(Piece("The drain was looked at again. " * 400),))
	with pikepdf.open(io.BytesIO(render_pack(replace(pack, entries=(one,), gaps={})))) as pdf:
		over = [
			element
			for element in elements(pdf)
			if element.S == "/P" and any(isinstance(kid, pikepdf.Dictionary) for kid in kids(element))
		]
		assert len(over) == 1
		assert all(kid.Type == "/MCR" for kid in kids(over[0]) if isinstance(kid, pikepdf.Dictionary))


def test_what_is_drawn_shaped_reads_as_it_was_written(made: dict[str, bytes]) -> None:
	with pikepdf.open(io.BytesIO(made["pack in all scripts"])) as pdf:
		spoken = [str(one.ActualText) for one in elements(pdf) if "/ActualText" in one]
	said = "".join(spoken)
	for word in ("नमस्ते", "क्षत्रिय", "ਸ੍ਰੀ", "مرحبا", "القاعة", "ברוכים", "🙏", "🇬🇧"):
		assert word in said
	assert "\u200d" not in said


def test_every_script_is_printed_or_told(made: dict[str, bytes]) -> None:
	said = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(made["pack in all scripts"]))
	plain = re.sub("[\\s\u200b-\u200f]", "", said)
	for text in SCRIPTS:
		if any(0x590 <= ord(one) < 0x900 for one in text):
			continue
		for word in text.split():
			assert "".join(run for _, run in fonts.runs(fonts.clean(word))) in plain
	for word in ("مرحبا", "القرية", "سنة", "שלום", "לכולם", "הצהריים", "14:30"):
		assert word in plain
	assert "[U+10380]" in said


# What our files have none of, and ReportLab's own would


def test_our_files_name_no_font_that_they_do_not_bring(made: dict[str, bytes]) -> None:
	for data in made.values():
		assert data.startswith(b"%PDF-1.7")
		with pikepdf.open(io.BytesIO(data)) as pdf:
			for one in pdf.pages:
				for font in one.Resources.Font.values():
					descriptor = font.DescendantFonts[0].FontDescriptor
					assert "/FontFile2" in descriptor
					table = font.ToUnicode.read_bytes()
					assert b"<0000> <0" not in table.replace(b"<0000> <FFFF>", b"")
					assert all(len(one) % 4 == 0 for one in re.findall(rb"> <([0-9A-F]+)>", table))


def test_reportlab_still_writes_no_line_end_before_endstream() -> None:
	"""When this fails, ReportLab has mended it: take the mend away."""
	write = pdfdoc.PDFStream.format
	unmended = write.__closure__[0].cell_contents if write.__closure__ else write
	stream = pdfdoc.PDFStream(content=b"q Q", filters=[])
	canvas = Canvas(io.BytesIO())
	assert b"q Qendstream" in unmended(stream, canvas._doc)
	assert b"q Q\nendstream" in write(stream, canvas._doc)


def test_a_line_end_cannot_be_taken_for_the_data() -> None:
	assert line_end(b"ab") == b"\nendstream"
	assert line_end(b"a\r") == b"\r\nendstream"


def test_reportlab_still_has_the_faults_that_keep_us_from_its_fonts() -> None:
	"""When this fails, ReportLab's own fonts may serve instead of `embedding`."""
	table = ttfonts.makeToUnicodeCMap("F", [0, 0x41, 0x1F64F])
	assert "<1F64F>" in table
	assert "<00> <0000>" in table


def test_reportlab_still_names_helvetica_on_every_page() -> None:
	"""When this fails, no first font has to be given to a canvas any more."""
	out = io.BytesIO()
	canvas = Canvas(out)
	canvas.line(0, 0, 10, 10)
	canvas.save()
	assert b"/Helvetica" in out.getvalue()


def test_no_stream_is_written_in_letters() -> None:
	"""ReportLab would write pictures through ASCII85, a quarter larger."""
	with pikepdf.open(io.BytesIO(render_pack(content(12)))) as pdf:
		pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
		assert len(pictures) == 1
		assert "ASCII85" not in str(pictures[0].Filter)


def test_the_colours_are_those_pillow_knows() -> None:
	ours = (resources() / "colour" / "srgb.icc").read_bytes()
	theirs = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
	assert ours[128:] == theirs[128:]


def test_headings_never_skip_a_step_whatever_is_asked_for() -> None:
	paper = Sheet(
		title="Report", council="Council", reference="R", footer="", practice=False, made_on=date(2026, 11, 23)
	)
	paper.heading("First", level=0)
	paper.heading("Deep", level=0, rank=5)
	data = paper.finish()
	assert page.is_pdf_compliant_bytes(data, profile="ua1")
	with pikepdf.open(io.BytesIO(data)) as pdf:
		assert [str(one.S) for one in in_order(pdf.Root.StructTreeRoot.K)][1:] == ["/H1", "/H2"]


@pytest.mark.slow
def test_a_long_pack_is_accessible_archival_and_sound_too() -> None:
	data = render_pack(content(4_000))
	for profile in ("ua1", "2a"):
		report = page.validate_pdf_bytes(data, profile=profile, limits=page.SafetyLimits.unlimited())
		assert report.is_compliant, [(one.rule_id, one.message) for one in report.failures[:5]]
	with pikepdf.open(io.BytesIO(data)) as pdf:
		assert pdf.check_pdf_syntax() == []
