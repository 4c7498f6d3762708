"""`cranford`, verb by verb, on exports of the practice council and on small ones of its own."""

import csv
import io
import json
from pathlib import Path

import pytest

from cranford_desktop.paths import resources
from tests.commands.conftest import Cranford

ANDROID = resources() / "practice" / "exports" / "android" / "WhatsApp Chat with Thistlemere Councillors.zip"
IPHONE = resources() / "practice" / "exports" / "iphone-12h" / "WhatsApp Chat - Drainage working group.zip"


@pytest.fixture
def archive(tmp_path: Path, cranford: Cranford) -> Path:
	folder = tmp_path / "archive"
	assert cranford("new", "--archive", folder, "--council", "Test Parish Council", "--no-passphrase").code == 0
	return folder


def chat(tmp_path: Path, *lines: str, name: str = "WhatsApp Chat with Test group.txt") -> Path:
	path = tmp_path / name
	path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
	return path


def test_new_prints_the_recovery_key_once_and_the_pass_phrase_opens(
	tmp_path: Path, cranford: Cranford, monkeypatch: pytest.MonkeyPatch
) -> None:
	folder = tmp_path / "archive"
	monkeypatch.setenv("CRANFORD_PASSPHRASE", "three plain words here")
	made = cranford("new", "--archive", folder, "--council", "Test Parish Council", "--json")
	assert made.code == 0
	assert made.json["council"] == "Test Parish Council"
	key = made.json["recovery_key"]
	assert key
	assert cranford("verify", "--archive", folder, "--json").json["problems"] == []
	monkeypatch.setenv("CRANFORD_PASSPHRASE", key)
	assert cranford("verify", "--archive", folder, "--json").code == 0
	monkeypatch.setenv("CRANFORD_PASSPHRASE", "something else entirely")
	refused = cranford("verify", "--archive", folder)
	assert refused.code == 2
	assert "pass phrase" in refused.err


def test_new_without_pass_phrase_has_no_recovery_key(tmp_path: Path, cranford: Cranford) -> None:
	made = cranford("new", "--archive", tmp_path / "a", "--no-passphrase", "--json")
	assert made.json["recovery_key"] is None


def test_an_unknown_chat_is_asked_about(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	export = chat(tmp_path, "13/03/2024, 19:05 - Ann Example: Hello")
	answer = cranford("import", "--archive", archive, export, "--json")
	assert answer.code == 2
	assert "error" in answer.json["files"][0]
	assert cranford("messages", "--archive", archive).out == ""


def test_import_keeps_its_sums_and_the_same_file_again_adds_nothing(archive: Path, cranford: Cranford) -> None:
	first = cranford("import", "--archive", archive, "--group", "Councillors", ANDROID, "--json")
	assert first.code == 0
	one = first.json["files"][0]
	assert one["records"] == one["messages"] + one["system"]
	assert one["records"] == one["new"] + one["matched"] + one["disposed_earlier"] + one["past_cut_off"]
	assert one["new"] == one["records"] > 1200
	assert (one["platform"], one["date_order"], one["group"], one["phone"]) == (
		"android",
		"dmy",
		"Councillors",
		"Phone 1",
	)
	again = cranford("import", "--archive", archive, "--group", "councillors", ANDROID, "--json").json["files"][0]
	assert again["already_imported"]
	assert (again["new"], again["matched"]) == (0, again["records"])
	kept = cranford("messages", "--archive", archive).lines
	assert len(kept) == one["records"]
	carried = [file for message in kept for file in message["attachments"]]
	assert sum(file["present"] for file in carried) == one["media_present"]
	assert sum(not file["present"] for file in carried) == one["media_missing"]


def test_every_file_is_tried_and_a_failed_one_leaves_nothing(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	broken = chat(tmp_path, "This is a shopping list", "eggs", name="notes.txt")
	answer = cranford(
		"import", "--archive", archive, "--group", "Drainage", broken, IPHONE, tmp_path / "nowhere.zip", "--json"
	)
	assert answer.code == 2
	assert ["error" in one for one in answer.json["files"]] == [True, False, True]
	assert len(cranford("messages", "--archive", archive).lines) == answer.json["files"][1]["records"]


def test_messages_narrows_by_words_group_person_and_day(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	export = chat(
		tmp_path,
		"13/03/2024, 19:05 - Ann Example: The drain is blocked",
		"14/03/2024, 08:00 - Ben Example: =SUM(A1)",
		"15/03/2024, 08:00 - Ann Example: Thank you",
	)
	cranford("import", "--archive", archive, "--group", "Test group", export)

	def texts(*more: str) -> list[str]:
		return [one["text"] for one in cranford("messages", "--archive", archive, *more).lines]

	assert texts("--search", "drains") == ["The drain is blocked"]
	assert texts("--person", "ann example") == ["The drain is blocked", "Thank you"]
	assert texts("--from", "2024-03-14", "--to", "2024-03-15") == ["=SUM(A1)", "Thank you"]
	assert texts("--search", "(((") == []
	rows = list(csv.DictReader(io.StringIO(cranford("messages", "--archive", archive, "--format", "csv").out)))
	assert [row["text"] for row in rows] == ["The drain is blocked", "'=SUM(A1)", "Thank you"]
	assert cranford("messages", "--archive", archive, "--from", "14/3/2024").code == 2


def test_deadline_shows_its_working(cranford: Cranford) -> None:
	answer = cranford("deadline", "foi", "2026-11-23", "--json").json
	assert answer["due"] == "2026-12-22"
	assert [one["date"] for one in answer["working"]] == ["2026-11-30"]
	assert "Scotland" in answer["working"][0]["why"]
	assert cranford("deadline", "foi", "1999-01-01").code == 2
	assert cranford("deadline", "foi", "yesterday").code == 2


def test_disclose_writes_a_pack_that_holds_nothing_taken_out(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	export = chat(
		tmp_path,
		"13/03/2024, 19:05 - Ann Example: Mrs Potter's drain is blocked, ring 07700 900123",
		"14/03/2024, 08:00 - Ben Example: Legal advice: say nothing yet",
		"15/03/2024, 08:00 - Ann Example: drain is clear",
	)
	cranford("import", "--archive", archive, "--group", "Test group", export)
	request = {
		"reference": "FOI-2026-009",
		"regime": "foi",
		"received": "2026-11-02",
		"requester": "Quentin Requester",
		"wording": "Everything about the drain, and about Mrs Potter",
		"include": [{"search": "drain"}, {"search": "advice"}],
		"decisions": [{"search": "advice", "decision": "withhold", "exemption": "s42", "reason": "Legal advice"}],
		"redact": [{"text": "Potter", "exemption": "s40(2)"}, {"pattern": "phone", "exemption": "S.40 (2)"}],
	}
	written = tmp_path / "request.json"
	written.write_text(json.dumps(request), encoding="utf-8")
	answer = cranford("disclose", "--archive", archive, "--request", written, "--out", tmp_path / "out", "--json")
	assert answer.code == 0, answer.err
	result = answer.json
	assert (result["messages"], result["released"], result["redacted"], result["withheld"]) == (3, 2, 1, 1)
	assert result["leak_check"]["passed"]
	assert (tmp_path / "out" / "DISCLOSURE").is_dir()
	assert (tmp_path / "out" / "INTERNAL").is_dir()
	assert all((tmp_path / "out" / one["path"]).is_file() for one in result["files"])
	again = cranford("disclose", "--archive", archive, "--request", written, "--out", tmp_path / "out", "--json")
	assert again.code == 2


def test_retention_counts_from_the_oldest_message(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	export = chat(tmp_path, "31/12/2019, 23:59 - Ann Example: Old", "15/03/2024, 08:00 - Ann Example: New")
	cranford("import", "--archive", archive, "--group", "Test group", export)
	answer = cranford(
		"retention", "--archive", archive, "--on", "2025-12-31", "--report", tmp_path / "r", "--json"
	).json
	assert (answer["due"], answer["oldest"], answer["first_due"]) == (1, "2019-12-31", "2025-12-31")
	assert cranford("retention", "--archive", archive, "--on", "2025-12-30", "--json").json["due"] == 0
	assert {path.suffix for path in (tmp_path / "r").iterdir()} == {".pdf", ".xlsx"}


def test_a_backup_comes_back(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	cranford("import", "--archive", archive, "--group", "Drainage", IPHONE)
	before = cranford("messages", "--archive", archive).out
	made = cranford("backup", "--archive", archive, "--to", tmp_path / "stick", "--json")
	assert made.code == 0, made.err
	assert made.json["verified"] is True
	back = cranford("restore", made.json["path"], "--archive", tmp_path / "back", "--json")
	assert back.code == 0, back.err
	assert back.json["disposal_record"] is None
	assert "erased" in back.err
	assert cranford("messages", "--archive", tmp_path / "back").out == before
	assert cranford("verify", "--archive", tmp_path / "back", "--json").json["problems"] == []


@pytest.mark.parametrize("verb", [("review",), ("dispose",)])
def test_what_is_not_built_yet_says_so(archive: Path, cranford: Cranford, verb: tuple[str]) -> None:
	answer = cranford(*verb, "--archive", archive)
	assert answer.code == 2
	assert f"not built yet: {verb[0]}" in answer.err


def test_not_an_archive_is_said_plainly(tmp_path: Path, cranford: Cranford) -> None:
	(tmp_path / "holiday").mkdir()
	answer = cranford("verify", "--archive", tmp_path / "holiday")
	assert answer.code == 2
	assert "archive" in answer.err


def test_help_lists_what_is_not_built(cranford: Cranford) -> None:
	with pytest.raises(SystemExit) as left:
		cranford("--help")
	assert left.value.code == 0


def test_a_name_is_shown_as_rendered_but_for_bidi_controls(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	number = "\u202a+44\u00a07700\u00a0900\u2011123\u202c"
	export = chat(tmp_path, f"13/03/2024, 19:05 - {number}: one", "13/03/2024, 19:06 - ~\u202fPat: two")
	assert cranford("import", "--archive", archive, "--group", "Test", export).code == 0
	held = cranford("messages", "--archive", archive).lines
	assert [one["sender"] for one in held] == [number.strip("\u202a\u202c"), "~\u202fPat"]
	assert [one["sender_as_exported"] for one in held] == [number, "~\u202fPat"]
	assert len(cranford("messages", "--archive", archive, "--person", "07700 900123").lines) == 1


def test_each_export_of_a_version_is_named_though_all_are_called_the_same(
	tmp_path: Path, archive: Path, cranford: Cranford
) -> None:
	first, second = tmp_path / "monday", tmp_path / "friday"
	for folder, more in ((first, []), (second, ["15/03/2024, 19:05 - Bob: Later"])):
		folder.mkdir()
		export = chat(folder, "13/03/2024, 19:05 - Ann: Hello", "14/03/2024, 19:05 - Bob: Hi there", *more)
		assert cranford("import", "--archive", archive, "--group", "Test", export).code == 0
	held = cranford("messages", "--archive", archive).lines
	assert [(one["exports"], len(one["versions"][0]["exports"])) for one in held] == [(2, 2), (2, 2), (1, 1)]


def test_one_object_a_line_for_every_reader_of_lines(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	said = "a\u2028b\u2029c\u0085d\u000be\u000cf\u001eg"
	export = chat(tmp_path, f"13/03/2024, 19:05 - Ann: {said}", "13/03/2024, 19:06 - Bob: é")
	assert cranford("import", "--archive", archive, "--group", "Test", export).code == 0
	out = cranford("messages", "--archive", archive).out
	assert [json.loads(line)["text"] for line in out.splitlines()] == [said, "é"]
	assert "é" in out


def test_a_file_whose_name_is_no_text_is_named_in_sound_json(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	answer = cranford("import", "--archive", archive, tmp_path / "caf\udce9.txt", "--json")
	assert answer.code == 2
	answer.out.encode("utf-8")


def test_new_without_anybody_to_type_says_what_to_do(tmp_path: Path, cranford: Cranford) -> None:
	answer = cranford("new", "--archive", tmp_path / "archive")
	assert answer.code == 2
	assert "--no-passphrase" in answer.err


def test_export_writes_a_bag_outside(tmp_path: Path, archive: Path, cranford: Cranford) -> None:
	export = chat(tmp_path, "13/03/2024, 19:05 - Ann Example: Hello")
	assert cranford("import", "--archive", archive, "--group", "Test group", export).code == 0
	made = cranford("export", "--archive", archive, "--to", tmp_path / "bag", "--json")
	assert made.json == {"path": str(tmp_path / "bag"), "messages": 1, "files": 0}
	said = (tmp_path / "bag" / "data" / "messages.jsonl").read_text(encoding="utf-8")
	assert said == cranford("messages", "--archive", archive).out
	assert cranford("export", "--archive", archive, "--to", tmp_path / "bag").code == 2
