"""The leak check finds every canary that is planted, and passes a clean pack."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.documents import fonts
from cranford_desktop.documents.house_words import house_words
from cranford_desktop.documents.leak_check import check
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import LeakReport, Piece, Redaction
from cranford_desktop.domain.redacting import cover, find
from tests.documents.samples import content, entry, photo

CANARY = "Mrs Jean Pottér"
OTHERS = ("Zebedee Quill", "07700 900123")


def looked_for(name: str, data: bytes) -> LeakReport:
	return check({name: data}, (*OTHERS, CANARY))


def assert_found(report: LeakReport) -> None:
	assert not report.passed
	assert {place.needle for place in report.places} & {2}
	assert not any("Jean" in place.place for place in report.places)


def paper(*, font: str = "Helvetica") -> tuple[io.BytesIO, Canvas]:
	fonts.register()
	out = io.BytesIO()
	canvas = Canvas(out, pagesize=A4, invariant=1)
	canvas.setFont(font, 12)
	return out, canvas


def changed(pdf: bytes, change: object) -> bytes:
	out = io.BytesIO()
	with pikepdf.open(io.BytesIO(pdf)) as opened:
		change(opened)  # type: ignore[operator]
		opened.save(out)
	return out.getvalue()


def plain_pdf() -> bytes:
	out, canvas = paper()
	canvas.drawString(72, 700, "nothing here")
	canvas.showPage()
	canvas.save()
	return out.getvalue()


def test_clean_pack_passes() -> None:
	made = content(60, practice=True)
	files = {
		"DISCLOSURE/FOI-2026-001.pdf": render_pack(made),
		"DISCLOSURE/FOI-2026-001-schedule.xlsx": render_schedule(made),
	}
	report = check(files, (CANARY, *OTHERS, "margaret@example.org", "SW1A 1AA"), content=made, compared=tuple(files))
	assert report.passed, report.places
	assert report.needles == 5


OWN_WORDS = (
	*("Ed", "Page", "Nathan", "Art", "May", "Reg", "Hal", "Ian", "Abe", "Dee"),
	*("Pack", "Time", "Council", "12", "2026", "09:01", "Monday", "September", "Cover", "Redacted", "personal data"),
	*("Released", "Message", "Photo", "Schedule", "Label", "FOI", "How to read this pack", "Withheld", "left out"),
	*("Page 2", "4 May 2026", "Ful", "Key", "Meaning", "Freedom of Information"),
)


@pytest.mark.parametrize("name", OWN_WORDS)
def test_what_the_pack_says_by_itself_is_no_leak_and_in_a_message_it_is(name: str) -> None:
	group = (Piece("Nil"),)
	made = replace(content(3), groups=(group,), wording=(Piece("Nil"),))
	made = replace(made, entries=(entry(1, (Piece("Nil"),), sender=(Piece("Jo"),), group=group),))
	files = {
		"a.pdf": render_pack(made),
		"a.xlsx": render_schedule(made),
	}
	files["m.json"] = json.dumps({"sha256": hashlib.sha256(files["a.pdf"]).hexdigest()}).encode()
	assert check(files, (name,), house=house_words(made)).passed
	shown = replace(made, entries=(entry(1, (Piece(f"Seen by {name} today"),), sender=(Piece("Jo"),), group=group),))
	report = check({"a.pdf": render_pack(shown), "a.xlsx": render_schedule(shown)}, (name,), house=house_words(shown))
	assert {place.file for place in report.places} == {"a.pdf", "a.xlsx"}
	named = replace(made, entries=(entry(1, (Piece("Nil"),), sender=(Piece(name),), group=group),))
	report = check({"a.pdf": render_pack(named), "a.xlsx": render_schedule(named)}, (name,), house=house_words(named))
	assert {place.file for place in report.places} == {"a.pdf", "a.xlsx"}


@pytest.mark.parametrize("name", ["Cranford", "Cranford Full Council", "FOI-2026-001", "Marketplace"])
def test_the_council_s_name_and_the_reference_are_for_the_clerk_to_know(name: str) -> None:
	made = replace(content(1), entries=(), council="Cranford Full Council near Marketplace")
	report = check({"a.pdf": render_pack(made), "a.xlsx": render_schedule(made)}, (name,), house=house_words(made))
	assert {place.file for place in report.places} == {"a.pdf", "a.xlsx"}


def test_planted_in_a_released_message() -> None:
	made = replace(content(3), entries=(entry(1, (Piece("Ask mrs JEAN potter, she knows"),)),), gaps={})
	report = check({"a.pdf": render_pack(made), "a.xlsx": render_schedule(made)}, (CANARY,), house=house_words(made))
	assert {place.file for place in report.places} == {"a.pdf", "a.xlsx"}


def test_words_under_a_box() -> None:
	out, canvas = paper()
	canvas.drawString(72, 700, CANARY)
	canvas.setFillColorRGB(0, 0, 0)
	canvas.rect(60, 690, 300, 30, fill=1)
	canvas.save()
	assert_found(looked_for("a.pdf", out.getvalue()))


def test_words_under_a_picture_off_the_page_white_or_unpainted() -> None:
	for plant in ("picture", "off", "white", "unpainted"):
		out, canvas = paper(font=fonts.REGULAR)
		if plant == "white":
			canvas.setFillColorRGB(1, 1, 1)
		words = canvas.beginText(-900 if plant == "off" else 72, 700)
		words.setFont(fonts.REGULAR, 12)
		words.setTextRenderMode(3 if plant == "unpainted" else 0)
		words.textOut(CANARY)
		canvas.drawText(words)
		if plant == "picture":
			canvas.drawImage(ImageReader(io.BytesIO(photo())), 60, 600, 400, 200)
		canvas.save()
		report = looked_for("a.pdf", out.getvalue())
		assert_found(report)
		assert any(place.needle == -1 for place in report.places)


def test_words_in_properties_bookmarks_and_notes() -> None:
	out, canvas = paper()
	canvas.setSubject(f"about {CANARY}")
	canvas.save()
	assert_found(looked_for("a.pdf", out.getvalue()))
	out, canvas = paper()
	canvas.bookmarkPage("x")
	canvas.addOutlineEntry(CANARY, "x", 0)
	canvas.save()
	assert_found(looked_for("a.pdf", out.getvalue()))
	out, canvas = paper()
	canvas.textAnnotation(CANARY, (10, 10, 50, 50))
	canvas.save()
	assert_found(looked_for("a.pdf", out.getvalue()))


def test_words_in_xmp_and_in_things_nothing_points_to() -> None:
	def xmp(pdf: pikepdf.Pdf) -> None:
		with pdf.open_metadata() as meta:
			meta["dc:description"] = CANARY

	assert_found(looked_for("a.pdf", changed(plain_pdf(), xmp)))
	stray = plain_pdf()
	at = stray.rindex(b"\nxref\n") + 1
	body = b"999 0 obj\n<< /Note (Mrs Jean Potter) >>\nendobj\n"
	moved = stray[:at] + body + stray[at:].replace(f"startxref\n{at}".encode(), f"startxref\n{at + len(body)}".encode())
	assert any("nothing points to" in place.place for place in looked_for("a.pdf", moved).places)


def test_words_in_an_attached_file() -> None:
	def attach(pdf: pikepdf.Pdf) -> None:
		pdf.attachments["notes.txt"] = CANARY.encode()

	report = looked_for("a.pdf", changed(plain_pdf(), attach))
	assert_found(report)
	assert "a file is attached" in {place.place for place in report.places}


def test_an_earlier_version_inside_the_file() -> None:
	pdf = plain_pdf()
	start = pdf.rindex(b"startxref")
	report = looked_for("a.pdf", pdf + b"\n" + pdf[start:])
	assert any("earlier version" in place.place for place in report.places)


def test_a_cropped_page() -> None:
	def crop(pdf: pikepdf.Pdf) -> None:
		pdf.pages[0].cropbox = [0, 0, 100, 100]

	report = looked_for("a.pdf", changed(plain_pdf(), crop))
	assert any("cropped" in place.place for place in report.places)


def test_camera_data_in_a_picture() -> None:
	exif = Image.Exif()
	exif[0x013B] = "Jean Potter"
	with_exif = io.BytesIO()
	Image.open(io.BytesIO(photo())).save(with_exif, "JPEG", exif=exif)
	out, canvas = paper()
	canvas.drawImage(ImageReader(io.BytesIO(with_exif.getvalue())), 60, 600, 400, 200)
	canvas.save()
	report = check({"a.pdf": out.getvalue()}, ("Jean Potter",))
	assert {place.needle for place in report.places} == {-1, 0}
	assert not check({"a.jpg": with_exif.getvalue()}, ("Jean Potter",)).passed
	assert check({"a.jpg": photo()}, ("Jean Potter",)).passed


def book() -> openpyxl.Workbook:
	made = openpyxl.Workbook()
	made.active["A1"] = "nothing here"
	return made


def saved(made: openpyxl.Workbook) -> bytes:
	out = io.BytesIO()
	made.save(out)
	return out.getvalue()


def test_every_hiding_place_of_a_workbook() -> None:
	shown = book()
	shown.active["A2"] = CANARY
	assert_found(looked_for("a.xlsx", saved(shown)))
	sheet = book()
	sheet.create_sheet("Second").sheet_state = "hidden"
	sheet["Second"]["A1"] = CANARY
	report = looked_for("a.xlsx", saved(sheet))
	assert_found(report)
	assert "a sheet is hidden" in {place.place for place in report.places}
	for hide in ("row", "column"):
		made = book()
		made.active["B2"] = CANARY
		if hide == "row":
			made.active.row_dimensions[2].hidden = True
		else:
			made.active.column_dimensions["B"].hidden = True
		report = looked_for("a.xlsx", saved(made))
		assert_found(report)
		assert any("hidden rows" in place.place for place in report.places)
	noted = book()
	noted.active["A1"].comment = Comment(CANARY, "clerk")
	assert_found(looked_for("a.xlsx", saved(noted)))
	owned = book()
	owned.properties.creator = CANARY
	assert_found(looked_for("a.xlsx", saved(owned)))
	linked = book()
	linked.active["A1"].hyperlink = "https://example.org/jean-potter"
	assert any("links" in place.place for place in check({"a.xlsx": saved(linked)}, ("jean potter",)).places)
	named = book()
	named.defined_names["JeanPotter"] = openpyxl.workbook.defined_name.DefinedName("JeanPotter", attr_text="Sheet!$A$1")
	assert {-1, 0} <= {place.needle for place in check({"a.xlsx": saved(named)}, ("Jean Potter",)).places}
	counted = book()
	counted.active["A3"] = "=1+1"
	assert any("formulas" in place.place for place in looked_for("a.xlsx", saved(counted)).places)


def test_parts_slipped_into_a_workbook() -> None:
	out = io.BytesIO(saved(book()))
	with zipfile.ZipFile(out, "a") as archive:
		archive.writestr("xl/media/image1.jpeg", photo())
		archive.writestr("customXml/item1.xml", f"<a>{CANARY}</a>")
		archive.comment = b"made by somebody"
	report = looked_for("a.xlsx", out.getvalue())
	assert_found(report)
	assert {"it has pictures", "it has custom data", "the file carries a comment"} <= {
		one.place for one in report.places
	}


def test_text_files_and_names_of_files() -> None:
	assert_found(looked_for("manifest.json", json.dumps({"name": CANARY}).encode()))
	assert_found(looked_for("note.txt", ("\ufeff" + CANARY).encode("utf-16")))
	assert_found(looked_for("Mrs-Jean-Potter.txt", b""))


@pytest.mark.parametrize(
	"written",
	[
		"07700 900123",
		"+44 7700 900123",
		"+44 (0)7700-900123",
		"0044 7700 900 123",
		"(07700) 900.123",
		"0 7 7 0 0 9 0 0 1 2 3",
		"tel:+447700900123",
		"07700\u00a0900\u200b123",
	],
)
def test_a_number_is_found_in_any_written_form(written: str) -> None:
	for needle in ("07700 900123", "+447700900123", "0044 7700 900123"):
		assert not check({"a.txt": f"ring {written} today".encode()}, (needle,)).passed
	assert check({"a.txt": b"ring 07700 900124 today"}, ("07700 900123",)).passed


@pytest.mark.parametrize(
	"written",
	["JEAN POTTER", "jean\u200bpotter", "Jean\nPotter", "Je\u0301an_Potter", "J\u00e9an-Pott\u00e8r", "jean.potter@x"],
)
def test_case_accents_and_signs_do_not_hide_a_name(written: str) -> None:
	assert not check({"a.txt": written.encode()}, ("Jean Potter",)).passed


def test_words_only_joined_by_chance_are_no_leak() -> None:
	assert check({"a.txt": b"We can need more; the car row is long."}, ("Ann", "Carro")).passed


def test_emoji_and_letters_printed_as_codes_are_found() -> None:
	assert not check({"a.txt": "thanks 🙏".encode()}, ("🙏",)).passed
	made = replace(content(1), entries=(entry(1, (Piece("about 王小明"),)),))
	assert not check({"a.pdf": render_pack(made)}, ("王小明",)).passed


def test_right_to_left_name_is_found() -> None:
	made = replace(content(1), entries=(entry(1, (Piece("about שלום כהן there"),)),))
	assert not check({"a.pdf": render_pack(made)}, ("שלום כהן",)).passed


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx"])
def test_a_file_that_cannot_be_opened_does_not_pass(name: str) -> None:
	assert not check({name: b"%PDF-1.7 broken"}, ()).passed


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N"], max_codepoint=0x24F), min_size=3, max_size=20))
def test_what_is_released_is_always_found(secret: str) -> None:
	assert not check({"a.txt": f"and {secret} too".encode()}, (secret,)).passed


@settings(max_examples=8, deadline=None)
@given(
	st.text(st.characters(codec="utf-8", categories=["L"], max_codepoint=0x24F), min_size=2, max_size=6),
	st.text(st.characters(codec="utf-8", categories=["L"], max_codepoint=0x24F), min_size=20, max_size=60),
)
def test_a_short_and_a_long_secret_give_the_same_files(short: str, long: str) -> None:
	def files(secret: str) -> tuple[bytes, bytes]:
		text = f"12 34 {secret} 56 {secret}, 78"
		redaction = Redaction(1, "text", secret, "s40(2)")
		body = cover(text, find(text, (redaction,)), lambda _one: "Redacted – personal data, s40(2)")
		made = replace(content(1), entries=(entry(1, body),))
		return render_pack(made), render_schedule(made)

	assert files(short) == files(long)
