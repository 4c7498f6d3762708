"""Files beside the messages: lists, small pictures kept encrypted, who listened, and copies saved outside."""

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from cranford_desktop.domain.files import Listened
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound, ProblemWithFile
from cranford_desktop.services.council import Council
from cranford_desktop.store import ledger
from tests.ingest.writer import Phone, Sent, write_export

GROUP = "Test group"
START = datetime(2025, 4, 3, 8, 12)
ALL = MessageFilter()
NAMES = ("IMG-20250403-WA0001.jpg", "Survey.pdf", "PTT-20250403-WA0003.opus", "VID-20250403-WA0004.mp4", "Ann.vcf")


def photo(colour: str = "#8899aa") -> bytes:
	out = io.BytesIO()
	exif = Image.Exif()
	exif.get_ifd(0x8825)[1] = "N"
	Image.new("RGB", (640, 480), colour).save(out, "JPEG", exif=exif)
	return out.getvalue()


@pytest.fixture
def held(council: Council, tmp_path: Path) -> Council:
	texts = ("The broken swing", "", "", "", "")
	contents = (photo(), b"%PDF-1.4 nothing", b"OggS nothing", b"video", b"BEGIN:VCARD")
	sent = [
		Sent(START + timedelta(hours=at), "Ann Example", text, file=name, data=data)
		for at, (text, name, data) in enumerate(zip(texts, NAMES, contents, strict=True))
	]
	sent += [
		Sent(START + timedelta(days=1), "Ben Sample", "", file="IMG-20250404-WA0006.jpg"),
		Sent(START + timedelta(days=2), "Ben Sample", "See https://example.org/a?b=1, and www.example.org."),
		Sent(START + timedelta(days=3), "Ben Sample", "not a link: example.org"),
	]
	path = write_export(tmp_path / f"WhatsApp Chat with {GROUP}.zip", Phone(), sent)
	council.importing.import_file(path, group=GROUP)
	return council


def numbered(council: Council, name: str) -> int:
	return next(one.id for one in council.files.files(ALL) if one.name == name)


def test_every_sort_is_counted_and_listed_newest_first(held: Council) -> None:
	counts = held.files.counts(ALL)
	assert counts._asdict() == {
		"photo": 1, "video": 1, "voice": 1, "document": 1, "contact": 1, "link": 2, "missing": 1,
	}  # fmt: skip
	files = held.files.files(ALL)
	assert [one.name for one in files] == list(reversed(NAMES))
	(picture,) = held.files.files(ALL, "photo")
	assert (picture.caption, picture.sender, picture.group, picture.sent_at) == (
		"The broken swing", "Ann Example", GROUP, START,
	)  # fmt: skip
	assert held.browsing.detail(picture.message_id).row.attachments[0].id == picture.id


def test_links_are_found_as_written_without_the_full_stop(held: Council) -> None:
	assert [one.address for one in held.files.links(ALL)] == ["https://example.org/a?b=1", "www.example.org"]


def test_a_filter_narrows_files_and_links(held: Council) -> None:
	ben = MessageFilter(person="Ben Sample")
	assert held.files.files(ben) == []
	assert held.files.counts(ben)._asdict() == dict.fromkeys(held.files.counts(ALL)._asdict(), 0) | {
		"link": 2, "missing": 1,
	}  # fmt: skip


def test_one_photo_on_two_phones_is_one_file(held: Council, tmp_path: Path) -> None:
	sent = [Sent(START, "Ann E", "", file="00000001-PHOTO-2025-04-03-08-12-00.jpg", data=photo())]
	sent.append(Sent(START + timedelta(days=2), "Ben", "See https://example.org/a?b=1, and www.example.org."))
	path = write_export(tmp_path / "WhatsApp Chat - Test group.zip", Phone("iphone"), sent)
	held.importing.import_file(path, group=GROUP, phone="Another")
	assert len(held.files.files(ALL, "photo")) == 1


def test_small_pictures_are_kept_inside_the_archive_only(held: Council) -> None:
	number = numbered(held, NAMES[0])
	made = held.files.thumbnail(number, 120)
	with Image.open(io.BytesIO(made)) as image:
		assert max(image.size) == 120
		assert not image.getexif()
	entries = _entries(held)
	held.files.settle()
	assert held.files.thumbnail(number, 120) == made
	with held.archive.reading() as connection:
		kept = connection.exec_driver_sql("SELECT file_id, box, jpeg FROM thumbnail").all()
	assert [tuple(row) for row in kept] == [(number, 120, made)]
	assert _entries(held) == entries, "a picture that can be made again is no action"
	raw = b"".join(path.read_bytes() for path in held.folder.rglob("*") if path.is_file())
	assert made[:200] not in raw


def test_what_is_no_photo_is_said_each_time(held: Council) -> None:
	number = numbered(held, NAMES[1])
	for _ in range(2):
		with pytest.raises(ProblemWithFile):
			held.files.thumbnail(number, 120)
		held.files.settle()
	with pytest.raises(ProblemWithFile):
		held.files.picture(number)
	with pytest.raises(NotFound):
		held.files.thumbnail(9999, 120)


def test_nothing_is_kept_of_small_pictures_while_somebody_writes(held: Council) -> None:
	number = numbered(held, NAMES[0])
	held.files.thumbnail(number, 120)
	with held.archive.writing(held.clock()) as change:
		change.record("test", {})
		held.files.settle()
	with held.archive.reading() as connection:
		assert connection.exec_driver_sql("SELECT count(*) FROM thumbnail").scalar_one() == 0


def test_who_listened_is_recorded_and_its_gist_is_kept_for_the_search(held: Council) -> None:
	number = numbered(held, NAMES[2])
	held.files.set_listened(number, "  Helen   Stott ", date(2026, 11, 20), "The culvert and a hedge")
	(note,) = held.files.files(ALL, "voice")
	assert note.listened == Listened("Helen Stott", date(2026, 11, 20), "The culvert and a hedge")
	assert _word_hits(held, "culverts") == [number]
	held.files.set_listened(number, "Helen Stott", date(2026, 11, 21), "The allotments")
	assert (_word_hits(held, "culvert"), _word_hits(held, "allotment")) == ([], [number])
	held.files.set_listened(number, "Helen Stott", date(2026, 11, 21), "")
	assert _word_hits(held, "allotment") == []
	with held.archive.reading() as connection:
		entries = ledger.entries(connection)
	assert not any("culvert" in str(one.detail) or "Helen" in str(one.detail) for one in entries)


@pytest.mark.parametrize(("by", "on"), [(" ", date(2026, 11, 20)), ("Helen Stott", date(2026, 11, 24))])
def test_a_record_of_listening_needs_a_name_and_a_day_that_was(held: Council, by: str, on: date) -> None:
	number = numbered(held, NAMES[2])
	with pytest.raises(CranfordError):
		held.files.set_listened(number, by, on, "x")
	assert held.files.files(ALL, "voice")[0].listened is None


def test_a_copy_outside_is_whole_and_on_the_list_until_it_is_gone(held: Council, tmp_path: Path) -> None:
	number = numbered(held, NAMES[3])
	place = tmp_path / "out" / "swing.mp4"
	place.parent.mkdir()
	copy = held.files.save_copy(number, place)
	assert place.read_bytes() == b"video"
	assert (copy.folder, copy.name, copy.gone_on) == (str(place.parent), "swing.mp4", None)
	held.files.copy_gone(copy.id)
	assert [one.gone_on for one in held.files.copies()] == [date(2026, 11, 23)]
	with pytest.raises(NotFound):
		held.files.copy_gone(copy.id)
	with held.archive.reading() as connection:
		details = str([one.detail for one in ledger.entries(connection)])
	assert "swing" not in details


def test_a_copy_that_cannot_be_saved_leaves_nothing(held: Council, tmp_path: Path) -> None:
	number = numbered(held, NAMES[3])
	with pytest.raises(ProblemWithFile):
		held.files.save_copy(number, tmp_path / "not there" / "swing.mp4")
	with pytest.raises(ProblemWithFile):
		held.files.save_copy(number, held.folder / "swing.mp4")
	assert held.files.copies() == []
	assert not list(held.folder.glob("*swing*"))


@pytest.mark.parametrize(
	("name", "safe"),
	[
		("../../evil.pdf", "file--..-evil.pdf"),
		("a\u202efdp.exe", "a-fdp.exe"),
		("CON.txt", "file-CON.txt"),
		("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
	],
)
def test_the_name_of_a_copy_is_safe_on_every_system(council: Council, tmp_path: Path, name: str, safe: str) -> None:
	lines = f"03/04/2025, 08:12 - Ann Example: {name} (file attached)\n"
	path = tmp_path / f"WhatsApp Chat with {GROUP}.txt"
	path.write_text(lines, "utf-8")
	council.importing.import_file(path, group=GROUP)
	with council.archive.writing(council.clock()) as change:
		file = council.archive.files.put(change.connection, [b"x"], "attachment")
		change.connection.exec_driver_sql("UPDATE observation SET file_id = ?, media_name = ?", (file.id, name))
		change.record("test", {})
	assert council.files.copy_name(file.id) == safe


def _entries(council: Council) -> int:
	with council.archive.reading() as connection:
		return len(ledger.entries(connection))


def _word_hits(council: Council, word: str) -> list[int]:
	with council.archive.reading() as connection:
		return [
			row[0]
			for row in connection.exec_driver_sql(
				"SELECT t.file_id FROM file_words w JOIN file_text t ON t.id = w.rowid WHERE file_words MATCH ?",
				(word,),
			)
		]
