"""A whole export: the chat's name, what the clerk is warned of, counts."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cranford_desktop.ingest import reading

from .conftest import Read
from .writer import AppLine, Phone, Sent, write_export, write_text

START = datetime(2024, 3, 13, 19, 5, 11)
CHAT = "13/03/2024, 19:05 - Ann: hello\n13/03/2024, 19:06 - Bob: x\n13/03/2024, 19:06 - Carol: x\n"


@pytest.mark.parametrize(
	("file_name", "chat_name"),
	[
		("WhatsApp Chat with Planning & hedges.txt", "Planning & hedges"),
		("WhatsApp Chat - Parish Council.txt", "Parish Council"),
		("WhatsApp Chat with Planning (1).txt", "Planning"),
		("WhatsApp_Chat_with_Mill_Lane.txt", "Mill Lane"),
		("WhatsApp Chat with Cafe\u0301.txt", "Café"),
		("chat.txt", None),
	],
)
def test_name_of_the_chat(read: Read, file_name: str, chat_name: str | None):
	assert read(CHAT, name=file_name).chat_name == chat_name


def test_name_of_the_chat_from_its_own_lines(read: Read):
	chat = f'13/03/2024, 19:05 - Ann created group "Old"\n{CHAT}'
	chat += '13/03/2024, 19:09 - Ann changed the subject from "Old" to "New: name"\n'
	assert read(chat, name="x.txt").chat_name == "New: name"


def test_name_inside_a_renamed_zip(tmp_path: Path, read: Read):
	path = write_export(tmp_path / "WhatsApp Chat with Planning.zip", Phone(), [Sent(START, "Ann", "x")])
	moved = path.rename(tmp_path / "from Ann.zip")
	assert read(moved).chat_name == "Planning"


def test_one_to_one(read: Read):
	two = "13/03/2024, 19:05 - Ann: hello\n13/03/2024, 19:06 - Bob: x\n"
	assert read(two, name="WhatsApp Chat with Bob.txt").one_to_one
	assert not read(CHAT).one_to_one
	assert not read(f"13/03/2024, 19:05 - Ann added Bob\n{two}").one_to_one


def test_caps_are_said(read: Read, monkeypatch: pytest.MonkeyPatch):
	assert reading.CAP_WITHOUT_MEDIA == 39_990
	assert reading.CAP_WITH_MEDIA == 9_990
	chat = "".join(f"13/03/2024, 19:{i % 60:02d} - Ann: message {i}\n" for i in range(39_990))
	export = read(chat)
	assert len(export.records) == 39_990
	assert any("leaves out older messages" in warning for warning in export.warnings)


def test_cap_with_media(tmp_path: Path, read: Read):
	entries = [Sent(START + timedelta(minutes=i), "Ann", f"m {i}") for i in range(9_989)]
	entries.append(Sent(START + timedelta(days=30), "Ann", file="IMG-20240412-WA0001.jpg", data=b"x"))
	export = read(write_export(tmp_path / "x.zip", Phone(), entries))
	assert any("10,000 with media" in warning for warning in export.warnings)


def test_settings_that_lose_messages_are_said(read: Read):
	entries = [
		AppLine(
			START,
			"{who} turned on disappearing messages. New messages will disappear from this chat 7 days after "
			"they're sent, except when kept.",
			"Ann",
		),
		AppLine(START, "{who} turned on advanced chat privacy.", "Ann"),
		Sent(START, "Ann", "x"),
	]
	warnings = read(write_text(Phone(), entries)).warnings
	assert any("Disappearing messages were turned on" in warning for warning in warnings)
	assert any("Advanced chat privacy" in warning for warning in warnings)


def test_progress_counts_records(tmp_path: Path):
	path = write_export(tmp_path / "x.txt", Phone(), [Sent(START, "Ann", "x")] * 5000)
	heard: list[tuple[int, int, str]] = []
	reading.read_export(path, today=START.date(), progress=lambda *said: heard.append(said))
	assert heard[-1] == (5000, 5000, "messages")
	assert len(heard) >= 3


def test_warnings_name_nobody_and_quote_nothing(read: Read):
	chat = (
		"Ann Example wrote\n13/03/2024, 19:05 - Ann Example: secret hedge\n[13/03/2024, 19:05:11] Bob: secret\n"
		"13/03/2024, 7:05 pm - Etwas Geheimes\n31/02/2024, 19:05 - secret\n"
	)
	for warning in read(chat).warnings:
		assert "secret" not in warning
		assert "Ann" not in warning


def test_a_number_that_belongs_to_the_name_stays(read: Read):
	chat = f'13/03/2024, 19:05 - Ann created group "Allotments (2)"\n{CHAT}'
	assert read(chat, name="WhatsApp Chat with Allotments (2).txt").chat_name == "Allotments (2)"
	assert read(CHAT, name="WhatsApp Chat with Allotments (2).txt").chat_name == "Allotments"
