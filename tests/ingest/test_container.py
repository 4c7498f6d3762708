"""Files that are no exports, or mean harm: a plain sentence, nothing added, no crash, bounded memory."""

import contextlib
import hashlib
import io
import os
import stat
import tracemalloc
import unicodedata
import zipfile
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import MediaMember
from cranford_desktop.errors import Cancelled, CranfordError, ProblemWithFile
from cranford_desktop.ingest.container import open_export
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.ingest.zip_files import copy_member, opened_members

from .conftest import TODAY, Read
from .writer import write_zip

CHAT = b"13/03/2024, 19:05 - Ann: hello\n13/03/2024, 19:06 - Bob: x\n"


def refused(path: Path) -> str:
	with pytest.raises(CranfordError) as problem:
		read_export(path, today=TODAY)
	said = str(problem.value)
	assert "Nothing was added." in said
	assert "hello" not in said
	return said


@pytest.mark.parametrize(
	("name", "content", "word"),
	[
		("a.zip", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "PDF"),
		("a.txt", b"", "empty"),
		("a.txt", b"\n \n\r\n", "blank"),
		("a.txt", b"\xef\xbb\xbf", "blank"),
		("a.txt", b"Dear all,\nplease find the minutes.\n", "not a WhatsApp chat"),
		("a.txt", b"\x00\x01\x02\x03" * 500, "not a WhatsApp chat"),
		("a.jpg", b"\xff\xd8\xff\xe0" + b"x" * 100, "photo"),
		("a.eml", b"Subject: chat\n\nhello", "e-mail"),
		("a.txt", b"Received: from x\nMIME-Version: 1.0\nSubject: y\n\n", "e-mail"),
		("a.txt", b"Message-ID: <1@example.org>\nSubject: y\n\nNothing attached", "no WhatsApp chat is attached"),
		("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word"),
		("a.html", b"<!DOCTYPE html><html></html>", "web page"),
		("a.gz", b"\x1f\x8b\x08\x00abc", "gzip"),
		("a.7z", b"7z\xbc\xaf\x27\x1c", "7-Zip"),
		("a.db", b"SQLite format 3\x00" + b"\0" * 100, "database"),
		("a.zip", b"PK\x03\x04" + b"\0" * 300, "damaged"),
		("a.txt", "१३/०३/२०२४, १९:०५ - Ann: hello\n".encode(), "Devanagari digits"),
		("a.txt", "[٢٠٢٤/٣/١٣، ٧:٠٥:١١ م] Ann: hello\n".encode(), "Arabic-Indic digits"),
		("a.txt", "令和6/3/13 19:05 - Ann: hello\n".encode(), "Japanese years"),
		("a.txt", b"[13/3/2567 BE, 19:05:11] Ann: hello\n", "Buddhist years"),
		("a.txt", b"13/03/1446 AH, 19:05 - Ann: hello\n", "Persian or Islamic years"),
		("a.txt", b"13 Mar 2024, 19:05 - Ann: hello\n", "names of months"),
		("a.txt", b"[Mar 13, 2024, 7:05:11 PM] Ann: hello\n", "names of months"),
		("a.txt", "13 de março de 2024 19:05 - Ann: hello\n".encode(), "names of months"),
		("a.txt", b"13/03/2567, 19:05 - Ann: hello\n14/03/2567, 19:05 - Ann: hello\n", "Buddhist"),
		("a.txt", b"1403/03/13, 19:05 - Ann: hello\n", "Persian"),
	],
)
def test_what_is_no_export_is_named(tmp_path: Path, name: str, content: bytes, word: str):
	path = tmp_path / name
	path.write_bytes(content)
	assert word in refused(path)


def test_places_that_are_no_files(tmp_path: Path):
	assert "folder" in refused(tmp_path)
	assert "no file" in refused(tmp_path / "nothing.zip")
	pipe = tmp_path / "pipe.txt"
	if hasattr(os, "mkfifo"):
		os.mkfifo(pipe)
		assert "ordinary file" in refused(pipe)


@pytest.mark.parametrize(
	("files", "word"),
	[
		({"[Content_Types].xml": b"x", "word/document.xml": b"x"}, "Word document"),
		({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}, "Excel workbook"),
		({"mimetype": b"x", "content.xml": b"x"}, "LibreOffice"),
		({"inner.zip": b"PK\x03\x04"}, "another zip"),
		({"inner.zip": b"PK\x03\x04", "readme.txt": b"hi"}, "another zip"),
		({"photo.jpg": b"x"}, "no chat text"),
		({"readme.txt": b"hello there"}, "none of it is a WhatsApp chat"),
		({"_chat.txt": b""}, "empty"),
		({}, "empty"),
		({"../evil.txt": CHAT, "_chat.txt": CHAT}, "outside"),
		({"/etc/evil.txt": CHAT, "_chat.txt": CHAT}, "outside"),
		({"C:\\evil.txt": CHAT, "_chat.txt": CHAT}, "outside"),
		({"a\\..\\..\\evil.txt": CHAT, "_chat.txt": CHAT}, "outside"),
		({"_chat.txt": CHAT, "IMG-1.jpg": b"\0" * (20 << 20)}, "harm"),
		({"_chat.txt": b"13/03/2024, 19:05 - Ann: " + b"a" * (20 << 20)}, "harm"),
		({"WhatsApp Chat with A.txt": CHAT, "WhatsApp Chat with B.txt": CHAT}, "2 chats"),
	],
)
def test_zips_that_are_no_exports(tmp_path: Path, files: dict[str, bytes], word: str):
	assert word in refused(write_zip(tmp_path / "x.zip", files))


def test_symlink_entry(tmp_path: Path):
	path = tmp_path / "x.zip"
	with zipfile.ZipFile(path, "w") as archive:
		archive.writestr("_chat.txt", CHAT)
		link = zipfile.ZipInfo("IMG-1.jpg")
		link.external_attr = (stat.S_IFLNK | 0o777) << 16
		archive.writestr(link, "/etc/passwd")
	assert "link" in refused(path)


def test_locked_zip(tmp_path: Path):
	path = write_zip(tmp_path / "x.zip", {"_chat.txt": CHAT})
	data = bytearray(path.read_bytes())
	data[6] |= 1
	data[data.rfind(b"PK\x01\x02") + 8] |= 1
	path.write_bytes(data)
	assert "password" in refused(path)


def test_unknown_packing(tmp_path: Path):
	path = tmp_path / "x.zip"
	with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
		archive.writestr("_chat.txt", CHAT)
	assert "packed in a way" in refused(path)


def test_too_many_entries(tmp_path: Path):
	path = tmp_path / "x.zip"
	with zipfile.ZipFile(path, "w") as archive:
		archive.writestr("_chat.txt", CHAT)
	data = bytearray(path.read_bytes())
	at = data.rfind(b"PK\x05\x06")
	data[at + 8 : at + 12] = b"\xf0\xff\xf0\xff"
	path.write_bytes(data)
	assert "50,000" in refused(path)


def test_cut_off_and_damaged_zips(tmp_path: Path):
	path = write_zip(tmp_path / "x.zip", {"_chat.txt": CHAT * 50, "IMG-1.jpg": os.urandom(5000)})
	data = path.read_bytes()
	for cut in (10, len(data) // 2, len(data) - 1):
		path.write_bytes(data[:cut])
		refused(path)
	for at in range(0, len(data), 97):
		broken = bytearray(data)
		broken[at] ^= 0xFF
		path.write_bytes(broken)
		with contextlib.suppress(CranfordError):
			read_export(path, today=TODAY)


def test_understated_size_is_found_while_streaming(tmp_path: Path):
	path = write_zip(tmp_path / "x.zip", {"_chat.txt": CHAT, "IMG-1.jpg": b"x" * 5000})
	data = path.read_bytes().replace((5000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
	path.write_bytes(data)
	member = open_export(path).media["IMG-1.jpg"]
	with pytest.raises(ProblemWithFile):
		copy_member(path, member, lambda _chunk: None)


@pytest.mark.slow
def test_one_line_of_500_mb_stays_small(tmp_path: Path):
	path = tmp_path / "a.txt"
	with path.open("wb") as file:
		file.write(b"13/03/2024, 19:05 - Ann: ")
		for _ in range(500):
			file.write(b"a" * (1 << 20))
	tracemalloc.start()
	assert "line" in refused(path)
	assert tracemalloc.get_traced_memory()[1] < 60 << 20
	tracemalloc.stop()


def test_a_line_as_long_as_a_message_may_be_is_read(read: Read):
	body = "x" * 200_000
	assert read(f"13/03/2024, 19:05 - Ann: {body}\n").records[0].text == body


def test_chat_text_is_chosen_not_the_first_txt(tmp_path: Path, read: Read):
	path = write_zip(
		tmp_path / "WhatsApp Chat - Planning.zip",
		{
			"__MACOSX/._chat.txt": b"junk",
			"export/00000003-notes.txt": CHAT,
			"export/._x.txt": CHAT,
			"export/.DS_Store": b"junk",
			"export/_chat.txt": b"[13/03/2024, 19:05:11] Ann: hi\r\n",
			"export/00000004-inner.zip": b"PK\x03\x04",
		},
	)
	export = read(path)
	assert len(export.records) == 1
	assert set(export.media) == {"00000003-notes.txt", "00000004-inner.zip"}
	assert export.chat_name == "Planning"


def test_a_shared_chat_is_an_attachment(tmp_path: Path, read: Read):
	shared = b"01/02/2023, 10:00 - X: y\n" * 3
	path = write_zip(
		tmp_path / "renamed.zip",
		{
			"WhatsApp Chat with Old.txt": shared,
			"WhatsApp Chat with Planning.txt": CHAT
			+ b"13/03/2024, 19:07 - Ann: WhatsApp Chat with Old.txt (file attached)\n",
		},
	)
	export = read(path)
	assert len(export.records) == 3
	assert export.present == {2: "WhatsApp Chat with Old.txt"}
	assert export.chat_name == "Planning"


def test_names_without_utf8_flag_and_decomposed(tmp_path: Path, read: Read):
	name = "Übersicht Café.pdf"
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w") as archive:
		archive.writestr("_chat.txt", f"13/03/2024, 19:05 - Ann: {name} (file attached)\n".encode())
		archive.writestr("@" * len(unicodedata.normalize("NFD", name).encode()), b"pdf")
	raw = unicodedata.normalize("NFD", name).encode()
	path = tmp_path / "x.zip"
	path.write_bytes(buffer.getvalue().replace(b"@" * len(raw), raw))
	export = read(path)
	assert export.present == {0: name}
	assert export.media[name].size == 3


@pytest.mark.parametrize(
	("written", "inside"),
	[
		("AUD-20240313-WA0006.", "AUD-20240313-WA0006.opus"),
		("img-20240313-wa0006.JPG", "IMG-20240313-WA0006.jpg"),
		("Re: minutes?.pdf", "Re_ minutes_.pdf"),
	],
)
def test_files_are_found_by_other_spellings(tmp_path: Path, read: Read, written: str, inside: str):
	path = write_zip(
		tmp_path / "x.zip",
		{"_chat.txt": f"13/03/2024, 19:05 - Ann: {written} (file attached)\n".encode(), inside: b"1"},
	)
	assert read(path).present == {0: inside}


def test_any_language_of_marker(tmp_path: Path, read: Read):
	chat = (
		"13.03.24, 19:05 - Ann: \u200eIMG-20240313-WA0001.jpg (Datei angehängt)\nDie Hecke\n"
		"13.03.24, 19:05 - Ann: Plan (neu).pdf (arquivo anexado)\n"
		"13.03.24, 19:05 - Ann: Plan (neu).pdf is wrong\n"
		"[13.03.24, 19:05:00] no\n"
	)
	path = write_zip(
		tmp_path / "x.zip", {"_chat.txt": chat.encode(), "IMG-20240313-WA0001.jpg": b"1", "Plan (neu).pdf": b"2"}
	)
	records = read(path).records
	assert [(record.kind, record.text, record.media_name) for record in records[:2]] == [
		("media", "Die Hecke", "IMG-20240313-WA0001.jpg"),
		("media", None, "Plan (neu).pdf"),
	]
	assert records[2].kind == "message"


def test_missing_and_unnamed_files_are_said(tmp_path: Path, read: Read):
	path = write_zip(
		tmp_path / "x.zip",
		{"_chat.txt": b"13/03/2024, 19:05 - Ann: IMG-20240313-WA0001.jpg (file attached)\n", "other.jpg": b"1"},
	)
	export = read(path)
	assert export.records[0].is_media
	assert not export.present
	assert any("not in the zip" in warning for warning in export.warnings)
	assert any("not named by any message" in warning for warning in export.warnings)


def test_members_stream_with_their_digest(tmp_path: Path):
	data = os.urandom(3 << 20)
	path = write_zip(tmp_path / "x.zip", {"_chat.txt": CHAT, "IMG-1.jpg": data})
	container = open_export(path)
	assert container.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
	got = bytearray()
	with opened_members(path) as members:
		assert members.copy(container.media["IMG-1.jpg"], got.extend) == hashlib.sha256(data).hexdigest()
	assert bytes(got) == data
	with pytest.raises(ProblemWithFile):
		copy_member(path, MediaMember("IMG-1.jpg", 5, 1), got.extend)


def test_stopping(tmp_path: Path):
	path = write_zip(tmp_path / "x.zip", {"_chat.txt": CHAT})
	with pytest.raises(Cancelled):
		read_export(path, today=TODAY, stopped=lambda: True)


def test_content_decides_not_the_ending(tmp_path: Path, read: Read):
	assert len(read(CHAT, name="export.zip").records) == 2
	assert len(read(write_zip(tmp_path / "export.txt", {"_chat.txt": CHAT})).records) == 2


def test_a_sentence_that_ends_like_a_file_name_is_a_message(tmp_path: Path, read: Read):
	chat = b"13/03/2024, 19:05 - Ann: Agenda.\n13/03/2024, 19:05 - Ann: Agenda.pdf is late\n"
	path = write_zip(tmp_path / "x.zip", {"_chat.txt": chat, "Agenda.pdf": b"1"})
	assert [record.kind for record in read(path).records] == ["message", "message"]


def test_a_damaged_text_beside_the_chat_does_not_hide_the_chat(tmp_path: Path):
	path = tmp_path / "WhatsApp Chat with Planning.zip"
	notes = b"just notes of mine " * 40
	with zipfile.ZipFile(path, "w") as archive:
		archive.writestr("Notes.txt", notes)
		archive.writestr("WhatsApp Chat with Planning.txt", "13/03/2024, 19:05 - Ann: Notes.txt (file attached)\n")
	path.write_bytes(path.read_bytes().replace(notes, notes[:-1] + b"x", 1))
	assert open_export(path).chat_member == "WhatsApp Chat with Planning.txt"


def test_a_damaged_chat_text_is_refused_as_damaged(tmp_path: Path):
	path = tmp_path / "chat.zip"
	chat = b"13/03/2024, 19:05 - Ann: hello\n"
	with zipfile.ZipFile(path, "w") as archive:
		archive.writestr("_chat.txt", chat)
	path.write_bytes(path.read_bytes().replace(chat, chat.replace(b"hello", b"hallo"), 1))
	with pytest.raises(ProblemWithFile, match="damaged"):
		open_export(path)
