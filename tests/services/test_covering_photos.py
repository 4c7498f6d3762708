"""Areas of photos and documents: burnt in where they were drawn, in one colour, and nothing of what was there."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.documents.photos import reencode
from cranford_desktop.domain.messages import Attachment, MessageFilter, MessageRow
from cranford_desktop.domain.photo_areas import Area, covers_all
from cranford_desktop.errors import NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.covering_photos import CoveringPhotos, Wanted
from tests.services.disclosure_support import GROUP, NOW, Desk, desk
from tests.services.test_disclosing import everything, pdf_text

CHAT = """\
02/11/2025, 09:00 - Cllr Ashdown: IMG-1.jpg (file attached)
The culvert
02/11/2025, 09:01 - Cllr Ashdown: letter.pdf (file attached)
02/11/2025, 09:02 - Cllr Farrow: note.docx (file attached)
02/11/2025, 09:03 - Jean Potter: I saw it
"""
FACE = Area(0.25, 0.5, 0.2, 0.25)
WHITE, RED = (255, 255, 255), (220, 30, 30)


def faces(*, turned: int = 1, kind: str = "JPEG") -> bytes:
	"""Return a white photo with a red square where `FACE` is once it stands upright."""
	upright = Image.new("RGB", (800, 600), WHITE)
	ImageDraw.Draw(upright).rectangle((205, 305, 355, 445), fill=RED)
	lying = upright.rotate(90, expand=True) if turned == 6 else upright
	exif = Image.Exif()
	exif[0x0112] = turned
	exif[0x010F] = "CANARYCAMERA"
	out = io.BytesIO()
	lying.save(out, kind, exif=exif, quality=95)
	return out.getvalue()


def letter() -> bytes:
	"""Return a PDF of two pages, one of them turned, whose words name a person."""
	out = io.BytesIO()
	canvas = Canvas(out, pagesize=(400, 600))
	canvas.setTitle("CANARYTITLE of Jean Potter")
	canvas.drawString(60, 500, "Dear Jean Potter, thank you")
	canvas.showPage()
	canvas.setPageRotation(90)
	canvas.drawString(60, 300, "Yours, the clerk. Copy to Jean Potter")
	canvas.showPage()
	canvas.save()
	return out.getvalue()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
	folder = tmp_path / "files"
	folder.mkdir()
	name = "WhatsApp Chat with Drainage working group"
	with desk(tmp_path, "01/11/2025, 09:00 - Cllr Ashdown: Good morning\n") as made:
		with zipfile.ZipFile(folder / f"{name}.zip", "w") as packed:
			packed.writestr(f"{name}.txt", CHAT)
			packed.writestr("IMG-1.jpg", faces(turned=6))
			packed.writestr("letter.pdf", letter())
			packed.writestr("note.docx", b"PK\x03\x04 no document")
		made.importing.import_file(folder / f"{name}.zip", group=GROUP, phone="Phone 2")
		yield made


def covering(office: Desk) -> CoveringPhotos:
	return CoveringPhotos(office.archive, standing_clock(NOW), load())


def asked(office: Desk) -> int:
	request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester="Tom", wording="The drain")
	office.gathering.gather(request.id, MessageFilter())
	office.deciding.decide(request.id, [row.id for row in office.rows()], "release")
	return request.id


def file_of(office: Desk, ending: str) -> tuple[MessageRow, Attachment, str]:
	row, one = next((row, one) for row in office.rows() for one in row.attachments if (one.name or "").endswith(ending))
	return row, one, one.sha256 or ""


def pictures(pdf: bytes) -> list[Image.Image]:
	with pikepdf.open(io.BytesIO(pdf)) as document:
		return [
			pikepdf.PdfImage(one).as_pil_image().convert("RGB")
			for page in document.pages
			for one in page.images.values()
		]


def colours(picture: Image.Image, area: Area) -> set[tuple[int, ...]]:
	wide, high = picture.size
	box = (area.left * wide, area.top * high, (area.left + area.width) * wide, (area.top + area.height) * high)
	return {colour for _, colour in picture.crop(tuple(map(round, box))).getcolors(1 << 20)}


def test_an_area_of_a_turned_photo_is_one_colour_in_the_pack(office: Desk) -> None:
	request, (row, one, digest) = asked(office), file_of(office, ".jpg")
	photos = covering(office)
	before = Image.open(io.BytesIO(photos.picture(request, row.id, digest)))
	assert before.size == (800, 600), "upright, as she sees it"
	office.deciding.decide_medium(request, row.id, digest, "release")
	photos.cover(request, row.id, digest, [Wanted(FACE, "s40(2)", "A face")])
	pack = office.disclosing.make_pack(request)
	assert pack.leak_check.passed
	assert pack.redacted == 1
	files = office.disclosing.files(request, pack.pack_number)
	[picture] = pictures(files["DISCLOSURE/FOI-2026-001.pdf"])
	assert colours(picture, FACE) == {(0, 0, 0)}
	assert not [dot for _, dot in picture.getcolors(1 << 20) if dot[0] > 150 and dot[1] < 90], "nothing of it is left"
	assert colours(picture, Area(0.7, 0.1, 0.2, 0.2)) == {WHITE}
	assert "personal data" in pdf_text(files["DISCLOSURE/FOI-2026-001.pdf"])
	small = Image.open(io.BytesIO(photos.thumbnail(request, one.id or 0, 176)))
	assert colours(small, FACE) == {(0, 0, 0)}, "and so the requester's view shows it"
	for path, data in files.items():
		assert b"CANARY" not in everything(data), path


@pytest.mark.parametrize("side", range(0, 40, 3))
def test_law_any_area_is_one_colour_and_not_much_larger(side: int) -> None:
	area = Area(0.11 + side / 131, 0.07 + side / 97, 0.2, 0.05 + side / 211)
	noise = Image.effect_noise((640, 480), 30).point(lambda value: max(90, value)).convert("RGB")
	out = io.BytesIO()
	noise.save(out, "PNG")
	made = Image.open(io.BytesIO(reencode(out.getvalue(), areas=[area]).jpeg))
	assert colours(made, area) == {(0, 0, 0)}
	black = made.convert("L").point(lambda value: 255 * (value == 0)).getbbox()
	assert black is not None
	assert (black[2] - black[0]) * (black[3] - black[1]) <= (area.width * 640 + 21) * (area.height * 480 + 21)


def test_a_photo_covered_whole_is_left_out(office: Desk) -> None:
	request, (row, _one, digest) = asked(office), file_of(office, ".jpg")
	office.deciding.decide_medium(request, row.id, digest, "release")
	halves = [Wanted(Area(0, 0, 0.5, 1), "s40(2)"), Wanted(Area(0.4, -1, 2, 3), "s40(2)")]
	covering(office).cover(request, row.id, digest, halves)
	assert covers_all([one.area for one in covering(office).areas(request, digest)])
	pack = office.disclosing.make_pack(request)
	pdf = office.disclosing.files(request, pack.pack_number)["DISCLOSURE/FOI-2026-001.pdf"]
	assert not pictures(pdf)
	assert "withheld: s40(2)" in pdf_text(pdf)


def test_what_was_drawn_is_taken_back_like_a_decision_and_makes_another_pack(office: Desk) -> None:
	request, (row, _one, digest) = asked(office), file_of(office, ".jpg")
	office.deciding.decide_medium(request, row.id, digest, "release")
	photos = covering(office)
	assert office.redacting.nothing_covered(request)
	bare = office.disclosing.make_pack(request).rests_on
	photos.cover(request, row.id, digest, [Wanted(FACE, "s40(2)")])
	assert not office.redacting.nothing_covered(request)
	assert office.disclosing.make_pack(request).rests_on != bare
	photos.cover(request, row.id, digest, [])
	office.deciding.undo(request)
	assert [one.area for one in photos.areas(request)] == [FACE]
	office.deciding.undo(request)
	assert photos.areas(request) == []
	assert office.disclosing.make_pack(request).rests_on == bare


def test_areas_are_refused_in_plain_words(office: Desk) -> None:
	request, (row, _one, digest) = asked(office), file_of(office, ".jpg")
	photos = covering(office)
	with pytest.raises(RefusedByPolicy, match="covers nothing"):
		photos.cover(request, row.id, digest, [Wanted(Area(0.5, 0.5, 0.001, 0.5), "s40(2)")])
	with pytest.raises(NotFound):
		photos.cover(request, row.id, "0" * 64, [])
	with pytest.raises(NotFound):
		photos.cover(request, row.id, digest, [Wanted(FACE, "s99")])
	other, _one, digest = file_of(office, ".docx")
	with pytest.raises(ProblemWithFile, match="photos and PDF"):
		photos.cover(request, other.id, digest, [])
	assert photos.areas(request) == []


def test_a_second_copy_of_a_covered_photo_stops_the_pack(office: Desk, tmp_path: Path) -> None:
	request, (row, _one, digest) = asked(office), file_of(office, ".jpg")
	office.deciding.decide(request, [row.id], "release", with_media=True)
	covering(office).cover(request, row.id, digest, [Wanted(FACE, "s40(2)")])
	name = "WhatsApp Chat with Drainage working group"
	with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as packed:
		packed.writestr(f"{name}.txt", CHAT)
		packed.writestr("IMG-1.jpg", faces(turned=1))
	office.importing.import_file(tmp_path / f"{name}.zip", group=GROUP, phone="Phone 3")
	assert len(file_of(office, ".jpg")[0].attachments) == 2
	with pytest.raises(RefusedByPolicy, match="another copy"):
		office.disclosing.make_pack(request)


def test_a_document_goes_out_as_pictures_once_its_words_are_covered(office: Desk) -> None:
	request, (row, _one, digest) = asked(office), file_of(office, ".pdf")
	photos = covering(office)
	assert photos.pages(request, row.id, digest) == 2
	office.deciding.decide_medium(request, row.id, digest, "release")
	office.redacting.redact(request, "person", "Jean Potter", "s40(2)", stand_in="Resident 1")
	with pytest.raises(RefusedByPolicy, match="on page 1, 2"):
		office.disclosing.make_pack(request)
	places = photos.suggested(request, row.id, digest)
	assert [one.page for one in places] == [0, 1]
	photos.cover(request, row.id, digest, [Wanted(one, "s40(2)") for one in places])
	assert photos.suggested(request, row.id, digest) == []
	pack = office.disclosing.make_pack(request)
	assert pack.leak_check.passed
	assert any("as pictures" in one for one in pack.warnings)
	files = office.disclosing.files(request, pack.pack_number)
	drawn = pictures(files["DISCLOSURE/FOI-2026-001-E1.pdf"])
	for area, page in zip(places, drawn, strict=True):
		assert colours(page, area) == {(0, 0, 0)}
	for path, data in files.items():
		if path.startswith("DISCLOSURE/"):
			assert not [word for word in (b"CANARYTITLE", b"Potter") if word in everything(data)], path
	assert "FOI-2026-001-E1" in pdf_text(files["DISCLOSURE/FOI-2026-001.pdf"])


def test_other_files_and_documents_nobody_decided_on_are_listed_only(office: Desk) -> None:
	request = asked(office)
	for ending in (".docx", ".pdf"):
		row, _one, digest = file_of(office, ending)
		if ending == ".docx":
			office.deciding.decide_medium(request, row.id, digest, "release")
		else:
			office.deciding.decide(request, [row.id], "release", with_media=True)
	pack = office.disclosing.make_pack(request)
	files = office.disclosing.files(request, pack.pack_number)
	assert not [path for path in files if path.endswith("-E1.pdf")]
	assert "ask the council for a copy" in pdf_text(files["DISCLOSURE/FOI-2026-001.pdf"])
