"""Reading everything again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cranford_desktop.errors import Cancelled, ProblemWithArchive
from cranford_desktop.store.archive import Archive, open_archive
from cranford_desktop.store.verify import verify
from tests.store.archive_support import NOW, PASS_PHRASE, filled, made

TEXTS = ["The drain is blocked again", "I will write to the county", "Thank you"]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
	with made(tmp_path / "a", None)[0] as opened:
		filled(opened, TEXTS)
		yield opened


def meddle(archive: Archive, *statements: str) -> None:
	"""Change tables as somebody with the key could."""
	with archive.unchanging() as connection:
		connection.execute("PRAGMA foreign_keys=OFF")
		connection.execute("DROP TRIGGER version_no_update")
		for statement in statements:
			connection.execute(statement)


def test_a_whole_archive_has_no_problems(archive: Archive) -> None:
	result = verify(archive)
	assert (result.messages, result.attachments, result.ledger_entries, result.problems) == (3, 1, 2, ())


def test_an_empty_one_neither(tmp_path: Path) -> None:
	with made(tmp_path / "b", None)[0] as archive:
		assert verify(archive).problems == ()


@pytest.mark.parametrize(
	("statement", "problem"),
	[
		("UPDATE version SET raw = raw || '.' WHERE id = 2", "Import 1: 1 record is not as it was when it was taken."),
		(
			"UPDATE observation SET sender = 'Cllr Other'",
			"Import 1: 3 records are not as they were when they were taken.",
		),
		("UPDATE observation SET sent_at = '2026-03-15T19:05:00' WHERE ord = 1", "Import 1: 1 record is not as it was"),
		("UPDATE observation SET salt = x'00' WHERE ord = 1", "Import 1: 1 record is not as it was"),
		("UPDATE observation SET salt = 'text' WHERE ord = 1", "Import 1: 1 record is not as it was"),
		("UPDATE observation SET file_id = NULL WHERE ord = 0", "Import 1: 1 record is not as it was"),
		("UPDATE observation SET leaf = x'00' WHERE ord = 1", "Import 1: its records no longer add up"),
		("UPDATE observation SET leaf = 'text' WHERE ord = 1", "Import 1: its records no longer add up"),
		("INSERT INTO leaf VALUES(1, 9, x'00')", "Import 1: its records no longer add up"),
		("DELETE FROM observation WHERE ord = 2", "1 message is in no export."),
		("DELETE FROM version WHERE id = 2", "1 message has lost its text."),
		("DELETE FROM version WHERE id = 2", "1 entry of “observation” points to nothing."),
		("UPDATE message SET shown_version_id = 3 WHERE id = 2", "1 message has lost its text."),
		(
			"UPDATE message SET sent_at = '2026-03-15T19:05:00' WHERE id = 2",
			"1 message is not shown as the exports say.",
		),
		("UPDATE message SET position = -1099511627777 WHERE id = 2", "1 message has no place."),
		("INSERT INTO message_alias VALUES(2, 1)", "1 former number of a message has no place."),
		("UPDATE export SET clock_offset = 60", "Group 1: the clocks of its phones were altered."),
		("UPDATE export SET root = 'x'", "Import 1: it is not the one that the record of actions names."),
		("DELETE FROM version_text WHERE rowid = 2", "The search index does not agree with the messages"),
		("DELETE FROM version_plain WHERE rowid = 2", "The search index does not agree with the messages"),
		(
			"INSERT INTO file_words(rowid, normal) VALUES(1, 'stray')",
			"The search index does not agree with the messages",
		),
		(
			"UPDATE version SET own_normal = 'other words' WHERE id = 2",
			"The search index does not agree with the messages",
		),
	],
)
def test_what_was_changed_with_the_key_is_named(archive: Archive, statement: str, problem: str) -> None:
	meddle(archive, statement)
	assert any(found.startswith(problem) for found in verify(archive).problems), verify(archive).problems


def test_the_record_of_actions_is_checked(archive: Archive) -> None:
	meddle(archive, "DROP TRIGGER ledger_no_update", "UPDATE ledger SET detail = '{}' WHERE number = 2")
	assert "Record of actions: entry 2 was altered." in verify(archive).problems


def test_photos_and_files_are_read(archive: Archive) -> None:
	one, other = sorted(archive.files.folder.iterdir())
	one.write_bytes(b"")
	other.unlink()
	assert set(verify(archive).problems) == {"1 photo or file is damaged.", "1 photo or file is missing."}


def test_no_problem_repeats_what_a_message_says(archive: Archive) -> None:
	meddle(archive, "UPDATE version SET raw = 'Winifred'")
	assert verify(archive).problems
	assert not any("Winifred" in problem or "drain" in problem for problem in verify(archive).problems)


def test_progress_and_stopping(archive: Archive) -> None:
	heard: list[tuple[int, int, str]] = []
	verify(archive, lambda *step: heard.append(step))
	assert (3, 3, "messages") in heard
	assert heard[-1] == (2, 2, "photos and files")
	for calls in range(4):
		asked = iter(range(100))
		with pytest.raises(Cancelled):
			verify(archive, stopped=lambda calls=calls, asked=asked: next(asked) >= calls)


def test_it_never_stumbles_over_a_damaged_database(tmp_path: Path) -> None:
	archive, _ = made(tmp_path / "a")
	filled(archive, [f"{text} {number}" for number in range(200) for text in TEXTS])
	archive.close()
	whole = (tmp_path / "a" / "archive.db").read_bytes()
	folder = tmp_path / "b"
	pages = len(whole) // 4096
	noticed = 0
	for page in range(0, pages, max(1, pages // 25)):
		shutil.rmtree(folder, ignore_errors=True)
		shutil.copytree(tmp_path / "a", folder)
		place = page * 4096 + 100
		(folder / "archive.db").write_bytes(whole[:place] + b"\0" * 64 + whole[place + 64 :])
		try:
			with open_archive(folder, PASS_PHRASE) as damaged:
				assert verify(damaged).problems, page
		except ProblemWithArchive as problem:
			assert "damaged" in problem.what  # noqa: PT017
		noticed += 1
	assert noticed >= 20


def test_a_change_can_follow_a_check(archive: Archive) -> None:
	verify(archive)
	with archive.writing(NOW) as change:
		change.record("checked", {})
