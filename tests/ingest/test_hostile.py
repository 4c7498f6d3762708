"""Files that are plausible and hard: what each must read as, written out by hand from the rules of the format.

Every row gives the bytes of a file and its records as (sender, kind, text), with the flags that a record must carry.
"""

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest

from .conftest import Read
from .hostile import END, A, Row
from .hostile_layouts import CHARACTERS, LAYOUT, MARKERS
from .hostile_names import APP_LINES, NAMES, PROSE
from .writer import write_zip

ROWS = [*NAMES, *APP_LINES, *PROSE, *LAYOUT, *CHARACTERS, *MARKERS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_hostile(read: Read, row: Row):
	records = list(read(row.chat, name=row.file).records)
	assert [(record.sender, record.kind, record.text) for record in records] == list(row.expected)
	for number, flags in row.flags.items():
		assert flags <= set(records[number].flags)
	if not row.flags:
		assert not any({"unknown_system", "out_of_sequence", "other_clock"} & set(record.flags) for record in records)


def test_there_are_enough_rows():
	assert len({row.name for row in ROWS}) == len(ROWS) > 60


def test_lines_before_the_first_message_are_kept(read: Read):
	export = read(f"Exported for the clerk\n\nby Ann: see below\n{A}Ann: x\n{END}")
	assert export.unread_lines == ("Exported for the clerk", "by Ann: see below")
	assert len(list(export.records)) == 2


CHAT = f"{A}Ann: Übersicht Café.pdf (file attached)\n{END}".encode()


def records_of(read: Read, path: Path) -> list[tuple[str | None, str, str | None]]:
	return [(record.sender, record.media_name or "", record.text) for record in read(path).records]


ATTACHED = [("Ann", "Übersicht Café.pdf", None), ("Bob", "", "end")]


def test_a_shared_text_is_not_the_chat(tmp_path: Path, read: Read):
	shared = f"{A}Zoe: another chat\n".encode() * 3
	files = {
		"00000001-AAA notes.txt": shared,
		"AAA.txt": b"plain notes",
		"__MACOSX/._WhatsApp Chat with Planning.txt": b"\x00\x05\x16\x07junk",
		"WhatsApp Chat with Planning.txt": CHAT,
		"Übersicht Café.pdf": b"pdf",
	}
	export = read(write_zip(tmp_path / "WhatsApp Chat with Planning.zip", files))
	assert [record.sender for record in export.records] == ["Ann", "Bob"]
	assert export.present == {0: "Übersicht Café.pdf"}


def test_a_folder_packed_again(tmp_path: Path, read: Read):
	path = tmp_path / "Archive.zip"
	with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
		archive.mkdir("WhatsApp Chat - Planning")
		archive.writestr("WhatsApp Chat - Planning/.DS_Store", b"junk")
		archive.writestr("WhatsApp Chat - Planning/_chat.txt", CHAT)
		archive.writestr("WhatsApp Chat - Planning/Übersicht Café.pdf", b"pdf")
		archive.writestr("__MACOSX/WhatsApp Chat - Planning/.__chat.txt", b"junk")
	assert records_of(read, path) == ATTACHED
	assert read(path).present == {0: "Übersicht Café.pdf"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("flagged", [True, False])
def test_names_in_other_forms(tmp_path: Path, read: Read, form: str, flagged: bool):
	name = unicodedata.normalize(form, "Übersicht Café.pdf")  # type: ignore[arg-type]
	stand_in = "@" * len(name.encode())
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w") as archive:
		archive.writestr("_chat.txt", CHAT)
		archive.writestr(name if flagged else stand_in, b"pdf")
	data = buffer.getvalue() if flagged else buffer.getvalue().replace(stand_in.encode(), name.encode())
	path = tmp_path / "WhatsApp Chat - Planning.zip"
	path.write_bytes(data)
	export = read(path)
	assert export.present == {0: "Übersicht Café.pdf"}
	assert export.media["Übersicht Café.pdf"].size == 3
