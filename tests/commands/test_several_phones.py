"""`cranford import` and `cranford messages` where several phones of one group come in."""

import itertools
import zipfile
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from cranford_desktop.paths import resources
from tests.commands.conftest import Cranford

EXPORTS = resources() / "practice" / "exports"
MAIN = "Thistlemere Councillors"
PRACTICE = (
	EXPORTS / "android" / f"WhatsApp Chat with {MAIN}.zip",
	EXPORTS / "iphone-12h" / f"WhatsApp Chat - {MAIN}.zip",
	EXPORTS / "iphone-24h" / f"WhatsApp Chat - {MAIN}.zip",
)
GROUP = "Drains"
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8
LRM = "\u200e"

ANDROID = (
	"13/03/2024, 18:00 - You added Carol Model",
	"13/03/2024, 19:05 - Ben Sample: The drain at Mill Lane is blocked again",
	"13/03/2024, 19:06 - Ann Example: I have rung the county about it",
	"13/03/2024, 19:06 - Ben Sample: Yes",
	"13/03/2024, 19:06 - Ben Sample: Yes",
	"13/03/2024, 19:08 - Carol Model: I did not mean that at all",
	"13/03/2024, 19:10 - Ann Example: IMG-20240313-WA0001.jpg (file attached)",
	"13/03/2024, 19:12 - Ben Sample: The meeting is at seven on Thursday",
	"14/03/2024, 08:00 - Ann Example: Good morning to everybody here",
)
"""Exported early: what is deleted and edited later stands here as it was sent. With the photo."""
IPHONE = (
	f"[13/03/2024, 18:00:05] Drains: {LRM}Ann added Carol",
	"[13/03/2024, 19:05:12] Ben S: The drain at Mill Lane is blocked again",
	"[13/03/2024, 19:06:01] Ann: I have rung the county about it",
	"[13/03/2024, 19:06:20] Ben S: Yes",
	"[13/03/2024, 19:06:22] Ben S: Yes",
	f"[13/03/2024, 19:08:40] Carol: {LRM}This message was deleted.",
	f"{LRM}[13/03/2024, 19:10:10] Ann: {LRM}image omitted",
	f"[13/03/2024, 19:12:30] Ben S: The meeting is at eight on Thursday {LRM}<This message was edited>",
	"[14/03/2024, 08:00:15] Ann: Good morning to everybody here",
	"[15/03/2024, 09:00:00] Carol: The county has answered my letter",
)
ABROAD = (
	"13/03/2024, 20:00 - Ann Example added you",
	"13/03/2024, 21:05 - +44 7700 900101: The drain at Mill Lane is blocked again",
	"13/03/2024, 21:06 - Ann Example: I have rung the county about it",
	"13/03/2024, 21:06 - +44 7700 900101: Yes",
	"13/03/2024, 21:06 - +44 7700 900101: Yes",
	"13/03/2024, 21:08 - Carol Model: This message was deleted",
	"13/03/2024, 21:10 - Ann Example: <Media omitted>",
	"14/03/2024, 10:00 - Ann Example: Good morning to everybody here",
	"14/03/2024, 10:30 - Carol Model: Nobody else kept this line of mine",
)
"""Two hours ahead."""


@pytest.fixture
def archive(tmp_path: Path, cranford: Cranford) -> Path:
	return new(tmp_path / "archive", cranford)


def new(folder: Path, cranford: Cranford) -> Path:
	assert cranford("new", "--archive", folder, "--council", "Test Parish Council", "--no-passphrase").code == 0
	return folder


def plain(tmp_path: Path, name: str, lines: Iterable[str]) -> Path:
	path = tmp_path / f"{name}.txt"
	path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
	return path


def zipped(tmp_path: Path, name: str, lines: Iterable[str], **files: bytes) -> Path:
	path = tmp_path / f"{name}.zip"
	with zipfile.ZipFile(path, "w") as made:
		made.writestr(f"WhatsApp Chat with {GROUP}.txt", "".join(f"{line}\n" for line in lines))
		for one, data in files.items():
			made.writestr(one.replace("__", "-") + ".jpg", data)
	return path


@pytest.fixture
def phones(tmp_path: Path) -> tuple[Path, Path, Path]:
	return (
		zipped(tmp_path, "android", ANDROID, IMG__20240313__WA0001=PHOTO),
		plain(tmp_path, "iphone", IPHONE),
		plain(tmp_path, "abroad", ABROAD),
	)


def taken(cranford: Cranford, archive: Path, *files: Path, group: str = GROUP) -> list[dict[str, Any]]:
	answer = cranford("import", "--archive", archive, "--group", group, *files, "--json")
	assert answer.code == 0, answer.err
	found: list[dict[str, Any]] = answer.json["files"]
	for one in found:
		assert one["records"] == one["messages"] + one["system"]
		assert one["records"] == one["new"] + one["matched"] + one["disposed_earlier"] + one["past_cut_off"]
	return found


def held(cranford: Cranford, archive: Path) -> list[dict[str, Any]]:
	return cranford("messages", "--archive", archive).lines


def without_ids(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
	return [
		{key: value for key, value in one.items() if key != "id"}
		| {"versions": sorted((v["text"] or "", sorted(v["exports"])) for v in one["versions"])}
		for one in found
	]


def test_the_practice_phones_make_the_same_history_in_any_order(tmp_path: Path, cranford: Cranford) -> None:
	first: list[dict[str, Any]] | None = None
	for number, order in enumerate(itertools.permutations(PRACTICE)):
		archive = new(tmp_path / str(number), cranford)
		taken(cranford, archive, *order, group=MAIN)
		found = without_ids(held(cranford, archive))
		first = first or found
		assert found == first
		assert cranford("verify", "--archive", archive, "--json").json["problems"] == []
	assert first is not None
	assert len(first) == 1321


def test_three_phones_in_any_order_give_each_message_once(
	tmp_path: Path, cranford: Cranford, phones: tuple[Path, Path, Path]
) -> None:
	found = []
	for number, order in enumerate(itertools.permutations(phones)):
		archive = new(tmp_path / str(number), cranford)
		taken(cranford, archive, *order)
		found.append(without_ids(held(cranford, archive)))
	assert all(one == found[0] for one in found)
	assert [one["text"] for one in found[0] if one["kind"] != "system"] == [
		"The drain at Mill Lane is blocked again",
		"I have rung the county about it",
		"Yes",
		"Yes",
		"I did not mean that at all",
		None,
		"The meeting is at eight on Thursday",
		"Good morning to everybody here",
		"Nobody else kept this line of mine",
		"The county has answered my letter",
	]


def test_what_is_shown_where_phones_differ(cranford: Cranford, archive: Path, phones: tuple[Path, Path, Path]) -> None:
	android, iphone, abroad = taken(cranford, archive, *phones)
	assert [android["phone"], iphone["phone"], abroad["phone"]] == ["Phone 1", "Phone 2", "Phone 3"]
	assert any("2 hours ahead of the others" in one for one in abroad["warnings"])
	added, drain, county, _, _, deleted, photo, moved, morning, kept, answered = held(cranford, archive)
	assert (added["kind"], added["sender"], added["exports"]) == ("system", None, 3)
	assert (drain["sent_at"], drain["precision"]) == ("2024-03-13T19:05:12", "second")
	assert (kept["sent_at"], kept["precision"]) == ("2024-03-14T08:30:00", "minute")
	assert [one["exports"] for one in (drain, moved, answered, kept)] == [3, 2, 1, 1]
	# One phone each: a name before a number, then by code points. Two phones: what most show.
	assert drain["sender"] == "Ben S"
	assert (county["sender"], morning["sender"]) == ("Ann Example", "Ann Example")
	assert (deleted["kind"], deleted["deleted"], deleted["text"]) == ("message", True, "I did not mean that at all")
	assert [(one["present"], one["size"]) for one in photo["attachments"]] == [(True, len(PHOTO))]
	assert moved["edited"]
	assert {one["text"]: one["exports"] for one in moved["versions"]} == {
		"The meeting is at seven on Thursday": ["android.zip"],
		"The meeting is at eight on Thursday": ["iphone.txt"],
	}
	assert cranford("verify", "--archive", archive, "--json").json["problems"] == []


def test_the_same_files_again_change_nothing(
	cranford: Cranford, archive: Path, phones: tuple[Path, Path, Path]
) -> None:
	taken(cranford, archive, *phones)
	before = held(cranford, archive)
	for one in taken(cranford, archive, *reversed(phones)):
		assert one["already_imported"]
		assert (one["new"], one["matched"]) == (0, one["records"])
	assert held(cranford, archive) == before


def test_a_later_export_goes_to_the_phone_it_continues(
	tmp_path: Path, cranford: Cranford, archive: Path, phones: tuple[Path, Path, Path]
) -> None:
	taken(cranford, archive, *phones)
	later = plain(tmp_path, "iphone later", (*IPHONE, "[16/03/2024, 10:00:00] Ben S: Then we can close this"))
	(receipt,) = taken(cranford, archive, later)
	assert (receipt["phone"], receipt["new"], receipt["matched"]) == ("Phone 2", 1, len(IPHONE))


def test_an_export_with_its_photos_fills_the_messages_that_miss_them(
	tmp_path: Path, cranford: Cranford, archive: Path
) -> None:
	without = [one.replace("IMG-20240313-WA0001.jpg (file attached)", "<Media omitted>") for one in ANDROID]
	taken(cranford, archive, plain(tmp_path, "without", without))
	(photo,) = [one for one in held(cranford, archive) if one["kind"] == "media"]
	assert photo["attachments"] == [{"name": None, "present": False}]
	(receipt,) = taken(cranford, archive, zipped(tmp_path, "with", ANDROID, IMG__20240313__WA0001=PHOTO))
	assert (receipt["new"], receipt["media_present"]) == (0, 1)
	(photo,) = [one for one in held(cranford, archive) if one["kind"] == "media"]
	assert [one["present"] for one in photo["attachments"]] == [True]


def test_a_zip_of_photos_alone_is_refused(tmp_path: Path, cranford: Cranford, archive: Path) -> None:
	path = tmp_path / "photos.zip"
	with zipfile.ZipFile(path, "w") as made:
		made.writestr("IMG-20240313-WA0001.jpg", PHOTO)
	answer = cranford("import", "--archive", archive, "--group", GROUP, path, "--json")
	assert answer.code == 2
	assert "chat" in answer.json["files"][0]["error"]
	assert held(cranford, archive) == []


def test_the_wrong_name_for_a_phone_is_said_and_taken_as_said(
	tmp_path: Path, cranford: Cranford, archive: Path, phones: tuple[Path, Path, Path]
) -> None:
	taken(cranford, archive, *phones)
	later = plain(tmp_path, "later", (*IPHONE, "[16/03/2024, 10:00:00] Ben S: Then we can close this"))
	answer = cranford("import", "--archive", archive, "--group", GROUP, "--phone", "phone 1", later, "--json")
	assert answer.code == 0
	(receipt,) = answer.json["files"]
	assert (receipt["phone"], receipt["new"]) == ("Phone 1", 1)
	assert any("Phone 2" in one for one in receipt["warnings"])


def test_a_chat_called_like_a_group_but_about_something_else_is_asked_about(
	tmp_path: Path, cranford: Cranford, archive: Path
) -> None:
	def lines(what: str) -> list[str]:
		return [
			f"{1 + n // 24:02}/03/2024, {n % 24:02}:10 - Ann Example: {what} number {n} is on its way to us"
			for n in range(60)
		]

	taken(cranford, archive, plain(tmp_path, f"WhatsApp Chat with {GROUP}", lines("The council's letter")))
	other = plain(tmp_path, f"WhatsApp Chat with {GROUP} (1)", lines("Another pint of milk"))
	answer = cranford("import", "--archive", archive, other, "--json")
	assert answer.code == 2
	assert "--group" in answer.json["files"][0]["error"]
	assert len(held(cranford, archive)) == 60
	taken(cranford, archive, other)
	assert len(held(cranford, archive)) == 120


def test_an_unknown_name_is_told_by_its_messages(tmp_path: Path, cranford: Cranford, archive: Path) -> None:
	taken(cranford, archive, plain(tmp_path, f"WhatsApp Chat with {GROUP}", ANDROID))
	answer = cranford("import", "--archive", archive, plain(tmp_path, "WhatsApp Chat with Ditches", IPHONE), "--json")
	assert answer.code == 2
	assert GROUP in answer.json["files"][0]["error"]


def test_only_without_group_a_chat_is_asked_about(
	cranford: Cranford, archive: Path, phones: tuple[Path, Path, Path]
) -> None:
	taken(cranford, archive, phones[0])
	answer = cranford("import", "--archive", archive, phones[0].with_name("iphone.txt"), "--json")
	assert answer.code == 2
	assert len(held(cranford, archive)) == len(ANDROID)


def test_an_export_that_came_by_e_mail_is_the_same_phone_again(
	tmp_path: Path, cranford: Cranford, archive: Path, phones: tuple[Path, Path, Path]
) -> None:
	letter = EmailMessage()
	letter["From"], letter["To"], letter["Subject"] = "ann@example.org", "clerk@example.org", "The chat you asked for"
	letter.set_content("Here it is.")
	later = zipped(tmp_path, "sent", (*ANDROID, "15/03/2024, 09:30 - Ann Example: Sent"), IMG__20240313__WA0001=PHOTO)
	letter.add_attachment(later.read_bytes(), maintype="application", subtype="zip", filename=later.name)
	path = tmp_path / "mail.eml"
	path.write_bytes(letter.as_bytes())
	taken(cranford, archive, phones[0])
	(receipt,) = taken(cranford, archive, path)
	assert (receipt["phone"], receipt["new"], receipt["media_present"]) == ("Phone 1", 1, 1)
	assert cranford("verify", "--archive", archive, "--json").json["problems"] == []
