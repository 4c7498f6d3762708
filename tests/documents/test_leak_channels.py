"""Each way in which something withheld can travel in a file is planted in an honest pack, one by one, and caught."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cranford_desktop.documents.leak_check import check
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import Piece
from tests.documents.leak_support import (
	LIST,
	PDF,
	SECRET,
	XLSX,
	drawn,
	listed,
	look,
	pdf,
	released,
	repacked,
	replant,
	swapped,
	xlsx,
)
from tests.documents.samples import photo

SHEET = "xl/worksheets/sheet1.xml"
Plant = Callable[[pikepdf.Pdf], None]


def test_the_honest_pack_passes() -> None:
	report = look()
	assert report.passed, report.places


def test_saving_the_honest_pdf_again_changes_nothing_that_is_said() -> None:
	report = look({PDF: replant(lambda _pdf: None)})
	assert report.passed, report.places


def stream(opened: pikepdf.Pdf, words: str = SECRET) -> pikepdf.Object:
	return opened.make_indirect(pikepdf.Stream(opened, words.encode()))


def info(opened: pikepdf.Pdf) -> None:
	opened.docinfo["/Subject"] = SECRET


def info_key(opened: pikepdf.Pdf) -> None:
	opened.docinfo[f"/{SECRET.replace(' ', '')}"] = "x"


def xmp(opened: pikepdf.Pdf) -> None:
	with opened.open_metadata(set_pikepdf_as_editor=False) as meta:
		meta["dc:description"] = SECRET


def outline(opened: pikepdf.Pdf) -> None:
	opened.Root.Outlines.First.Title = f"About {SECRET}"


def destination(opened: pikepdf.Pdf) -> None:
	opened.Root.Dests = pikepdf.Dictionary({"/MargaretEllsworth": [opened.pages[0].obj, pikepdf.Name.Fit]})


def labels(opened: pikepdf.Pdf) -> None:
	opened.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=f"{SECRET} ", S=pikepdf.Name.D)])


def structure(key: str) -> Plant:
	def plant(opened: pikepdf.Pdf) -> None:
		leaf = pikepdf.Dictionary({"/Type": pikepdf.Name.StructElem, "/S": pikepdf.Name.P, key: SECRET})
		opened.Root.StructTreeRoot = opened.make_indirect(
			pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=opened.make_indirect(leaf))
		)

	return plant


def spoken(opened: pikepdf.Pdf) -> None:
	drawn(f"/Span <</ActualText ({SECRET})>> BDC 300 5 Td (Page) Tj EMC ET")(opened)


def link(opened: pikepdf.Pdf) -> None:
	note = pikepdf.Dictionary(
		Type=pikepdf.Name.Annot,
		Subtype=pikepdf.Name.Link,
		Rect=[0, 0, 9, 9],
		A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/margaret-ellsworth"),
	)
	opened.pages[0].Annots = pikepdf.Array([opened.make_indirect(note)])


def note(opened: pikepdf.Pdf) -> None:
	made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=SECRET)
	opened.pages[0].Annots = pikepdf.Array([opened.make_indirect(made)])


def attachment(opened: pikepdf.Pdf) -> None:
	opened.attachments[f"{SECRET}.txt"] = SECRET.encode()


def private(opened: pikepdf.Pdf) -> None:
	opened.pages[0].PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=stream(opened)))


def small_picture(opened: pikepdf.Pdf) -> None:
	opened.pages[0].Thumb = stream(opened)


def form(opened: pikepdf.Pdf) -> None:
	made = pikepdf.Stream(opened, f"BT /F 9 Tf ({SECRET}) Tj ET".encode())
	made.Subtype, made.BBox = pikepdf.Name.Form, [0, 0, 9, 9]
	made.Resources = pikepdf.Dictionary(
		Font=pikepdf.Dictionary(F=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1))
	)
	opened.Root.Plant = opened.make_indirect(made)


def crop(opened: pikepdf.Pdf) -> None:
	opened.pages[2].CropBox = [0, 0, 300, 300]


def moment(opened: pikepdf.Pdf) -> None:
	opened.docinfo["/ModDate"] = "D:20261124093011Z"


def letters(opened: pikepdf.Pdf) -> None:
	for thing in opened.objects:
		if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
			table = thing.ToUnicode.read_bytes()
			thing.ToUnicode = opened.make_stream(table.replace(b"endbfchar", b"<7F> <0141>\nendbfchar", 1))
			return


def exif(opened: pikepdf.Pdf, **more: object) -> None:
	made = Image.Exif()
	made[0x013B] = SECRET
	out = io.BytesIO()
	Image.open(io.BytesIO(photo())).save(out, "JPEG", exif=made, **more)
	for thing in opened.objects:
		if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
			thing.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)


def alpha(opened: pikepdf.Pdf) -> None:
	for thing in opened.objects:
		if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
			thing.SMask = opened.make_stream(b"\x00")
			return


WORDS_PLANTED: dict[str, Plant] = {
	"1 words on a page": drawn(f"72 400 Td ({SECRET}) Tj ET"),
	"1 words in pieces": drawn("72 400 Td [(Marg) -20 (aret Ells) 3 (worth)] TJ ET"),
	"3 properties": info,
	"3 a property's name": info_key,
	"3 XMP": xmp,
	"4 a bookmark": outline,
	"4 a destination": destination,
	"4 page labels": labels,
	"5 Alt": structure("/Alt"),
	"5 ActualText": structure("/ActualText"),
	"5 E": structure("/E"),
	"5 T": structure("/T"),
	"5 Title": structure("/Title"),
	"5 ActualText on a page": spoken,
	"6 a note": note,
	"6 a link's address": link,
	"7 an attached file": attachment,
	"2 a program's own data": private,
	"2 a small picture of a page": small_picture,
	"2 a form that no page draws": form,
	"10 a picture's camera data": exif,
	"12 off the page": drawn(f"-900 400 Td ({SECRET}) Tj ET"),
	"12 white": drawn(f"1 1 1 rg 72 400 Td ({SECRET}) Tj ET"),
	"12 not painted": drawn(f"3 Tr 72 400 Td ({SECRET}) Tj ET"),
	"12 under a box": drawn(f"72 400 Td ({SECRET}) Tj ET 0 0 0 rg 60 390 200 30 re f"),
}
FAULTS_PLANTED: dict[str, tuple[Plant, str]] = {
	"9 letters of withheld words in a font": (letters, "letters that no page shows"),
	"12 a cropped page": (crop, "cropped"),
	"23 a see-through layer": (alpha, "see-through"),
	"24 when it was saved": (moment, "when it was made"),
	"1 other words than released": (drawn("72 400 Td (the) Tj ET"), "not those that were released"),
	"1 words said twice": (drawn("72 400 Td (ok) Tj ET"), "not those that were released"),
	"1 own words that are nobody's": (drawn("/Own BMC 72 400 Td (Zanzibar) Tj EMC ET"), "does not say by itself"),
	"1 a header that says more": (drawn("/Artifact BMC 72 400 Td (Zanzibar) Tj EMC ET"), "header or footer"),
}


@pytest.mark.parametrize("name", WORDS_PLANTED)
def test_words_planted_in_the_pdf_are_found(name: str) -> None:
	report = look({PDF: replant(WORDS_PLANTED[name])})
	assert {place.file for place in report.places} == {PDF}, report.places
	assert 0 in {place.needle for place in report.places}, report.places
	assert not any("Margaret" in place.place for place in report.places)


@pytest.mark.parametrize("name", FAULTS_PLANTED)
def test_what_hides_something_in_the_pdf_is_a_fault(name: str) -> None:
	plant, what = FAULTS_PLANTED[name]
	report = look({PDF: replant(plant)})
	assert any(what in place.place for place in report.places), report.places


def test_2_words_that_nothing_points_to_and_behind_a_streams_data() -> None:
	data = pdf()
	at = int(data[data.rindex(b"startxref") :].split()[1])
	stray = f"99999 0 obj\n<< /Note ({SECRET}) >>\nendobj\n".encode()
	moved = data[:at] + stray + data[at:].replace(f"startxref\n{at}".encode(), f"startxref\n{at + len(stray)}".encode())
	assert any("nothing points to" in place.place for place in look({PDF: moved}).places)

	def unreached(opened: pikepdf.Pdf) -> None:
		opened.pages[0].obj["/Spare"] = stream(opened)

	assert 0 in {place.needle for place in look({PDF: replant(unreached)}).places}
	remark = data.replace(b"startxref", f"% {SECRET}\nstartxref".encode())
	assert 0 in {place.needle for place in look({PDF: remark}).places}


def test_8_an_earlier_version_inside_the_file() -> None:
	data = pdf()
	longer = data + b"\n" + data[data.rindex(b"startxref") :]
	assert any("earlier version" in place.place for place in look({PDF: longer}).places)
	assert any("behind the end" in place.place for place in look({PDF: data + b"more"}).places)


@pytest.mark.parametrize(
	("what", "more"),
	[
		("EXIF", {"exif": True}),
		("XMP", {"xmp": b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"}),
		("colour profile", {"icc_profile": b"profile of a phone" * 20}),
		("comment", {"comment": b"somewhere"}),
	],
)
def test_10_what_a_camera_adds_to_a_picture(what: str, more: dict[str, object]) -> None:
	if more.get("exif"):
		more = {"exif": Image.Exif()}
		more["exif"][0x8825] = {1: "N", 2: (51.0, 2.0, 3.0)}  # type: ignore[index]
	out = io.BytesIO()
	Image.open(io.BytesIO(photo())).save(out, "JPEG", **more)

	def plant(opened: pikepdf.Pdf) -> None:
		for thing in opened.objects:
			if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
				thing.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)

	assert any(what in place.place for place in look({PDF: replant(plant)}).places)


def jpeg_with(segment: bytes) -> bytes:
	return photo()[:2] + segment + photo()[2:]


@pytest.mark.parametrize(
	("data", "what"),
	[
		(jpeg_with(b"\xff\xed\x00\x14Photoshop 3.0\x00xxxx"), "IPTC"),
		(jpeg_with(b"\xff\xe2\x00\x0aMPF\x00xxxx"), "second picture"),
		(jpeg_with(b"\xff\xe0\x00\x0aJFXX\x00xxx"), "small picture"),
		(jpeg_with(b"\xff\xeb\x00\x0asecretxx"), "no picture needs"),
		(photo() + b"Margaret", "behind a picture's end"),
	],
)
def test_10_other_data_in_a_jpeg(data: bytes, what: str) -> None:
	report = check({"a.jpg": data}, ())
	assert any(what in place.place for place in report.places), report.places
	assert check({"a.jpg": photo()}, ()).passed


def test_10_other_data_in_a_png_or_webp() -> None:
	out = io.BytesIO()
	image = Image.new("RGB", (8, 8))
	about = PngInfo()
	about.add_text("Author", SECRET)
	image.save(out, "PNG", pnginfo=about)
	assert {place.needle for place in check({"a.png": out.getvalue()}, (SECRET,)).places} == {-1, 0}
	webp = io.BytesIO()
	exif_data = Image.Exif()
	exif_data[0x010F] = "A phone"
	image.save(webp, "WEBP", exif=exif_data)
	assert any("EXIF" in place.place for place in check({"a.webp": webp.getvalue()}, ()).places)
	clean = io.BytesIO()
	image.save(clean, "PNG")
	assert check({"a.png": clean.getvalue()}, ()).passed


@pytest.mark.parametrize("path", [f"DISCLOSURE/{SECRET}.pdf", "DISCLOSURE/Margaret_Ellsworth/pack.pdf"])
def test_11_and_20_names_of_files_and_folders(path: str) -> None:
	report = check({path: pdf()}, (SECRET,))
	assert any(place.place == "the file's name" for place in report.places)


def test_20_what_a_zip_says_beside_its_files() -> None:
	def zipped(name: str = "pack.txt", moment: tuple[int, ...] = (1980, 1, 1, 0, 0, 0), **more: bytes) -> bytes:
		out = io.BytesIO()
		with zipfile.ZipFile(out, "w") as archive:
			entry = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]
			entry.extra = more.get("extra", b"")
			archive.writestr(entry, b"nothing here")
			archive.comment = more.get("comment", b"")
		return out.getvalue()

	assert check({"a.zip": zipped()}, (SECRET,)).passed
	assert 0 in {one.needle for one in check({"a.zip": zipped(f"{SECRET}.txt")}, (SECRET,)).places}
	for data, what in (
		(zipped(moment=(2026, 3, 2, 9, 4, 6)), "when it was written"),
		(zipped(extra=b"UT\x01\x00x"), "extra data"),
		(zipped(comment=b"made by"), "comment"),
		(b"before" + zipped(), "before"),
	):
		assert any(what in place.place for place in check({"a.zip": data}, ()).places), what


def test_21_a_checksum_of_something_that_is_not_released() -> None:
	digest = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
	value = json.loads(listed({PDF: pdf(), XLSX: xlsx()})[LIST])
	value["released_files"][0]["words"] = digest
	files = {PDF: pdf(), XLSX: xlsx(), LIST: json.dumps(value).encode()}
	report = check(files, (), content=released(), compared=tuple(files))
	assert {"a checksum of something that is no file of this pack"} <= {place.place for place in report.places}
	value["released_files"][0].pop("words")
	value["released_files"][0]["sha256"] = digest
	files[LIST] = json.dumps(value).encode()
	report = check(files, (), content=released(), compared=tuple(files))
	assert any("list of files" in place.place for place in report.places)


XML = '<?xml version="1.0"?><a>Margaret Ellsworth</a>'
PARTS = {
	"17 comments": ("xl/comments1.xml", "comments"),
	"17 a link to another file": ("xl/externalLinks/externalLink1.xml", "links to other files"),
	"17 a pivot's cache": ("xl/pivotCache/pivotCacheRecords1.xml", "pivot"),
	"17 custom XML": ("customXml/item1.xml", "custom data"),
	"17 custom properties": ("docProps/custom.xml", "custom properties"),
	"17 program code": ("xl/vbaProject.bin", "program code"),
	"17 a table of another kind": ("xl/slicers/slicer1.xml", "does not need"),
	"17 a picture": ("xl/media/image1.jpeg", "pictures"),
}


@pytest.mark.parametrize("name", PARTS)
def test_17_parts_that_a_schedule_does_not_need(name: str) -> None:
	path, what = PARTS[name]
	report = look({XLSX: repacked(lambda _name, data: data, {path: XML.encode()})})
	assert any(what in place.place for place in report.places), report.places
	assert 0 in {place.needle for place in report.places}


NAMES = "</sheets><definedNames><definedName name='Margaret_Ellsworth'>1</definedName></definedNames>"
CHOICES = "<dataValidations><dataValidation><formula1>Margaret Ellsworth</formula1></dataValidation></dataValidations>"
FORMATS = "<conditionalFormatting><cfRule><formula>Margaret Ellsworth</formula></cfRule></conditionalFormatting>"
BESIDE = "<c r='Z1' t='inlineStr'><is><t>Margaret Ellsworth</t></is></c></row>"
BOOK, STYLES, CORE = "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"
SHEET_PLANTS = {
	"a hidden sheet": (BOOK, 'state="visible"', 'state="veryHidden"', "a sheet is hidden"),
	"a defined name": (BOOK, "</sheets>", NAMES, "defined names"),
	"a hidden row": (SHEET, '<row r="2"', '<row r="2" hidden="1"', "hidden rows"),
	"a row without height": (SHEET, '<row r="2"', '<row r="2" ht="0" customHeight="1"', "hidden rows"),
	"a filtered row": (SHEET, "<autoFilter", "<filterColumn colId='0'/><autoFilter", "a filter hides"),
	"a formula": (SHEET, "<v>", "<f>1+1</f><v>", "formulas"),
	"a validation": (SHEET, "</sheetData>", f"</sheetData>{CHOICES}", "links, lists"),
	"a conditional format": (SHEET, "</sheetData>", f"</sheetData>{FORMATS}", "links, lists"),
	"a remark": (SHEET, "<sheetData>", "<!-- Margaret Ellsworth --><sheetData>", "remark"),
	"a format": (STYLES, '"d mmm yyyy"', '"&quot;Margaret Ellsworth&quot;"', "format that changes"),
	"white words": (STYLES, "FF1B1F24", "FFFFFFFF", "white words"),
	"the creator": (CORE, "</dc:creator>", ", for Margaret Ellsworth</dc:creator>", ""),
	"a moment": (CORE, "2026-11-23T", "2026-11-24T", "when it was made"),
	"a cell": (SHEET, "about the culvert", "Margaret Ellsworth about the culvert", "is not what was released"),
	"a cell beside the table": (SHEET, "</row>", BESIDE, "was not released"),
}


@pytest.mark.parametrize("name", SHEET_PLANTS)
def test_17_words_and_hiding_places_in_the_workbook(name: str) -> None:
	part, old, new, what = SHEET_PLANTS[name]
	report = look({XLSX: swapped(part, old, new)})
	assert not report.passed
	assert any(what in place.place for place in report.places), report.places
	if "Margaret" in new:
		assert 0 in {place.needle for place in report.places}, report.places


def test_17_shared_words_that_no_cell_shows() -> None:
	words = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>{SECRET}</t></si></sst>"
	data = repacked(lambda name, data: words.encode() if name == "xl/sharedStrings.xml" else data)
	if "xl/sharedStrings.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist():
		data = repacked(lambda _name, data: data, {"xl/sharedStrings.xml": words.encode()})
	report = look({XLSX: data})
	assert 0 in {place.needle for place in report.places}
	assert "it keeps words that no cell shows" in {place.place for place in report.places}


def test_18_a_text_that_a_program_would_work_out() -> None:
	report = look({XLSX: swapped(SHEET, "<v>", "<f>HYPERLINK(1)</f><v>")})
	assert any("formulas" in place.place for place in report.places)


def test_14_and_15_words_that_stand_in_another_field_are_found_there() -> None:
	for change in ("sender", "body", "media"):
		first = released().entries[2]
		said = (Piece(f"@{SECRET} was added"),)
		if change == "media":
			first = replace(first, media=(replace(released().entries[3].media[0], label=said, photo=None),))
		else:
			first = replace(first, **{change: said})
		made = replace(released(), entries=(first,))
		report = look({PDF: render_pack(made), XLSX: render_schedule(made)}, made=made)
		assert {place.file for place in report.places if place.needle == 0} == {PDF, XLSX}


def test_a_withheld_ok_and_a_withheld_jean_beside_a_released_one_are_no_alarm() -> None:
	secrets = (SECRET, "ok", "Jean", "Shaw", "drain", "Page", "Regular", "12", "Cranford")
	report = look(secrets=secrets, counted=tuple(range(1, len(secrets))))
	assert report.passed, report.places


@pytest.mark.parametrize("word", ["ok", "Jean", "Jean Shaw"])
def test_more_of_a_released_word_than_was_released_is_found(word: str) -> None:
	for plant in (
		drawn(f"72 400 Td ({word}) Tj ET"),
		lambda opened: opened.docinfo.__setitem__("/Subject", f"about {word} again"),
		lambda opened: structure("/Alt")(opened) or opened.Root.StructTreeRoot.K.__setattr__("Alt", word),
	):
		report = look({PDF: replant(plant)}, secrets=(SECRET, word), counted=(1,))
		assert 1 in {place.needle for place in report.places}, report.places


def test_pages_that_say_the_same_in_another_order_or_too_little_do_not_pass() -> None:
	def turned(opened: pikepdf.Pdf) -> None:
		opened.pages.reverse()

	def fewer(opened: pikepdf.Pdf) -> None:
		del opened.pages[2]

	for plant in (turned, fewer):
		report = look({PDF: replant(plant)})
		assert any("not those that were released" in place.place for place in report.places)
