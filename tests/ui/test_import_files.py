"""What may be an export, by name alone; and what lies in a folder."""

import os
from pathlib import Path

import pytest

from cranford_desktop.ui.parts.drop_overlay import sort_files
from cranford_desktop.ui.parts.import_files import export_shaped, look_in, unfold


@pytest.mark.parametrize(
	"name",
	[
		"WhatsApp Chat with Councillors.zip",
		"WhatsApp Chat - Councillors.zip",
		"WhatsApp Chat with Councillors (2).txt",
		"WhatsApp-Chat mit Gemeinderat.zip",
		"Chat de WhatsApp con Concejales.txt",
		"Discussion WhatsApp avec Conseil.zip",
		"_chat.txt",
		"_chat (1).txt",
		"Fwd WhatsApp export.eml",
	],
)
def test_exports_are_known_by_their_names(name: str) -> None:
	assert export_shaped(name)


@pytest.mark.parametrize("name", ["minutes.txt", "WhatsApp Image 2025-04-03.jpeg", "holiday.zip", "chat.pdf"])
def test_other_files_are_not(name: str) -> None:
	assert not export_shaped(name)


def test_a_look_lists_names_newest_first_and_opens_nothing(tmp_path: Path) -> None:
	for age, name in enumerate(("WhatsApp Chat with A.zip", "WhatsApp Chat with B.zip", "letter.txt")):
		file = tmp_path / name
		file.write_bytes(b"not a zip at all")
		os.utime(file, (1_700_000_000 - age * 1000,) * 2)
	assert [one.path.name for one in look_in(tmp_path)] == ["WhatsApp Chat with A.zip", "WhatsApp Chat with B.zip"]
	assert look_in(tmp_path / "nowhere") == []


def test_a_folder_stands_for_the_exports_in_it(tmp_path: Path) -> None:
	folder, empty = tmp_path / "from members", tmp_path / "empty"
	folder.mkdir()
	empty.mkdir()
	for name in ("WhatsApp Chat with A.zip", "notes.txt", "photo.jpg"):
		(folder / name).write_bytes(b"x")
	single = tmp_path / "chat.txt"
	single.write_bytes(b"x")
	files, reasons = unfold([folder, single, single, empty])
	assert files == [folder / "WhatsApp Chat with A.zip", single]
	assert reasons == ["The folder “empty” holds no WhatsApp export."]


def test_a_folder_with_a_folder_for_each_member_stands_for_all_of_them(tmp_path: Path) -> None:
	for member in ("shaw", "ahmed/november", ".hidden", "a/b/c/d"):
		place = tmp_path / "from members" / member
		place.mkdir(parents=True)
		(place / "WhatsApp Chat - A.zip").write_bytes(b"x")
	(tmp_path / "from members" / "loop").symlink_to(tmp_path / "from members", target_is_directory=True)
	files, reasons = unfold([tmp_path / "from members"])
	assert [one.parent.name for one in files] == ["november", "shaw"]
	assert reasons == []


def test_what_cannot_go_here_is_refused_with_its_reason(tmp_path: Path) -> None:
	good, reasons = sort_files([tmp_path / "minutes.docx", tmp_path / "chat.ZIP", tmp_path / "sent.eml", tmp_path])
	assert good == [tmp_path / "chat.ZIP", tmp_path / "sent.eml", tmp_path]
	assert reasons == ["“minutes.docx” is a Word document – only WhatsApp exports (.zip, .txt, .eml) can go here."]
