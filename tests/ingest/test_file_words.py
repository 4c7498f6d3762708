"""The words of a file, and an answer for every file that is none, is locked, or would fill the memory."""

import io
import random
import sys
import zipfile
import zlib

import pikepdf
import pytest

from cranford_desktop.ingest import file_words
from cranford_desktop.ingest.apart import Reader
from cranford_desktop.ingest.file_words import words_of
from tests.services.search_support import docx, pdf


def words(text: str) -> list[str]:
	return text.split()


def test_a_pdf_is_read_page_by_page() -> None:
	found = words_of("Survey.PDF", pdf("The culvert", "needs a clean"))
	assert found.state == "read"
	assert words(found.text) == ["The", "culvert", "needs", "a", "clean"]


def test_a_word_file_is_read_paragraph_by_paragraph() -> None:
	found = words_of("quote.docx", docx("Hedge cutting", "for £450"))
	assert found.state == "read"
	assert words(found.text) == ["Hedge", "cutting", "for", "£450"]


def test_a_scan_without_words_says_so() -> None:
	assert words_of("scan.pdf", pdf("")).state == "no_text"
	assert words_of("empty.docx", docx()).state == "no_text"


def locked() -> bytes:
	buffer = io.BytesIO()
	with pikepdf.open(io.BytesIO(pdf("secret"))) as opened:
		opened.save(buffer, encryption=pikepdf.Encryption(owner="one", user="two"))
	return buffer.getvalue()


def container(**members: bytes) -> bytes:
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
		for name, data in members.items():
			made.writestr(name.replace("__", "/").replace("_", "."), data)
	return buffer.getvalue()


LAUGHS = (
	'<!DOCTYPE w [<!ENTITY a "ha">'
	+ "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(12))
	+ "]>"
)
FETCH = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
	("name", "data"),
	[
		("locked.pdf", locked()),
		("broken.pdf", b"%PDF-1.7 and then nothing"),
		("empty.pdf", b""),
		("photo.pdf", b"\xff\xd8\xff" + bytes(1000)),
		("cut.pdf", pdf("cut off")[:300]),
		("broken.docx", b"PK\x03\x04 and then nothing"),
		("old.docx", b"\xd0\xcf\x11\xe0" + bytes(600)),
		("sheet.docx", container(xl__workbook_xml=b"<x/>")),
		("torn.docx", container(word__document_xml=b"<w:document><w:p>")),
		("cut.docx", docx("cut off" * 100)[:200]),
	],
)
def test_what_cannot_be_read_is_unreadable(name: str, data: bytes) -> None:
	assert words_of(name, data) == ("unreadable", "")


def test_entities_are_neither_unfolded_nor_fetched() -> None:
	for head, entity in ((LAUGHS, "&m;"), (FETCH, "&a;")):
		found = words_of("laughs.docx", docx(f"before {entity} after", head=head))
		assert found.state in {"read", "unreadable"}
		assert len(found.text) < 1000
		assert "root" not in found.text


def test_a_word_file_that_unfolds_to_gigabytes_is_too_large() -> None:
	bomb = container(word__document_xml=b"<w>" + bytes(200 << 20))
	assert len(bomb) < 1 << 20
	assert words_of("bomb.docx", bomb).state == "too_large"


def test_a_file_over_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(file_words, "LARGEST", 100)
	assert words_of("large.pdf", pdf("large")).state == "too_large"


def test_no_bytes_make_reading_fail() -> None:
	chance = random.Random(5)  # noqa: S311 (the same bytes every time)
	for whole, name in ((pdf("The culvert needs a clean"), "a.pdf"), (docx("The culvert needs a clean"), "a.docx")):
		for _ in range(150):
			data = bytearray(whole)
			for _ in range(chance.randint(1, 12)):
				data[chance.randrange(len(data))] = chance.randrange(256)
			assert words_of(name, bytes(data)).state in {"read", "no_text", "unreadable", "too_large"}


def nested_forms(depth: int, each: int) -> bytes:
	"""A PDF whose page draws a form that draws another so many times, and so on: reading it never ends."""
	made = pikepdf.new()
	page = made.add_blank_page()
	inner = made.make_stream(b"BT ET")
	for _ in range(depth):
		inner.Type, inner.Subtype, inner.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
		outer = made.make_stream(b"/F Do " * each)
		outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
		inner = outer
	page.obj.Contents, page.obj.Resources = inner, inner.Resources
	buffer = io.BytesIO()
	made.save(buffer)
	return buffer.getvalue()


def test_a_file_that_takes_for_ever_is_given_up_and_the_next_is_read() -> None:
	with Reader(seconds=2) as reader:
		assert reader.read("slow.pdf", nested_forms(12, 40)).state == "too_large"
		assert reader.read("next.pdf", pdf("next")) == ("read", words_of("next.pdf", pdf("next")).text)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system cannot hold a process to its memory")
def test_a_page_that_unfolds_to_gigabytes_takes_no_memory_of_ours() -> None:
	made = pikepdf.new()
	page = made.add_blank_page()
	content = made.make_stream(b"")
	content.write(
		zlib.compress(zlib.compress(bytes(1500 << 20), 9), 9), filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
	)
	page.obj.Contents = content
	buffer = io.BytesIO()
	made.save(buffer, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
	with Reader(seconds=20) as reader:
		assert reader.read("bomb.pdf", buffer.getvalue()).state in {"no_text", "unreadable", "too_large"}
		assert reader.read("next.docx", docx("next")).state == "read"
