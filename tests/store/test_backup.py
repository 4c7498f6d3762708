"""Back-ups: made, read back, brought back."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cranford_desktop.errors import Cancelled, ProblemWithArchive, WrongSecret
from cranford_desktop.store import database, ledger
from cranford_desktop.store.archive import Archive, open_archive
from cranford_desktop.store.backup import backup, restore
from cranford_desktop.store.schema import SCHEMA_VERSION
from cranford_desktop.store.verify import verify
from tests.store.archive_support import COUNCIL, NOW, PASS_PHRASE, filled, made
from tests.store.make_golden import GOLDEN

TEXTS = ["The drain is blocked again", "I will write to the county", "Thank you"]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
	with made(tmp_path / "a")[0] as opened:
		filled(opened, TEXTS, b"photo" * 1000)
		yield opened


def contents(folder: Path) -> dict[str, bytes]:
	return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_back_up_is_a_closed_folder_that_says_when_and_nothing_of_whom(archive: Archive, tmp_path: Path) -> None:
	result = backup(archive, tmp_path / "stick", NOW)
	assert (result.messages, result.verified, result.problems) == (3, True, ())
	assert result.path == tmp_path / "stick" / "cranford-backup-2026-11-23-100000"
	names = {name.split("/")[0] for name in contents(result.path)}
	assert names == {"archive.db", "keys.json", "manifest.json", "files"}
	everything = b"".join(contents(result.path).values())
	for secret in (COUNCIL, PASS_PHRASE, "Ashdown", "drain"):
		assert secret.encode() not in everything


def test_the_list_names_every_file_and_the_head_of_the_record(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	manifest = json.loads((path / "manifest.json").read_text("utf-8"))
	assert {entry["path"] for entry in manifest["files"]} == set(contents(path)) - {"manifest.json"}
	with archive.reading() as connection:
		assert manifest["head"] == {"number": 2, "hash": ledger.head(connection).hash}
	assert manifest["schema"] == SCHEMA_VERSION
	assert manifest["counts"]["message"] == 3
	assert manifest["made_at"] == "2026-11-23T10:00:00+00:00"


def test_it_comes_back_whole_into_a_new_folder(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	before = contents(path)
	result = restore(path, tmp_path / "new", PASS_PHRASE, NOW + timedelta(days=1))
	assert (result.messages, result.made_at, result.problems) == (3, "2026-11-23T10:00:00+00:00", ())
	assert contents(path) == before
	with open_archive(tmp_path / "new", PASS_PHRASE) as restored:
		assert restored.council == COUNCIL
		checked = verify(restored)
		assert (checked.messages, checked.attachments, checked.problems) == (3, 1, ())
		with restored.reading() as connection:
			last = ledger.entries(connection)[-1]
			assert (last.action, last.at) == ("restored", "2026-11-24T10:00:00+00:00")
			assert last.detail["disposal_record"] is None


def test_it_comes_back_with_the_recovery_key(tmp_path: Path) -> None:
	archive, key = made(tmp_path / "a")
	with archive:
		path = backup(archive, tmp_path / "stick", NOW).path
	restore(path, tmp_path / "new", key, NOW)


def test_an_archive_without_pass_phrase_comes_back_without_one(tmp_path: Path) -> None:
	with made(tmp_path / "a", None)[0] as archive:
		path = backup(archive, tmp_path / "stick", NOW).path
	restore(path, tmp_path / "new", None, NOW)
	with open_archive(tmp_path / "new", None) as restored:
		assert not restored.encrypted


def test_two_in_one_second_have_two_names(archive: Archive, tmp_path: Path) -> None:
	paths = [backup(archive, tmp_path / "stick", NOW).path.name for _ in range(2)]
	assert paths == ["cranford-backup-2026-11-23-100000", "cranford-backup-2026-11-23-100000-2"]


def test_it_may_lie_in_a_synced_folder(archive: Archive, tmp_path: Path) -> None:
	assert backup(archive, tmp_path / "OneDrive - Council", NOW).verified


def test_not_inside_the_archives_own_folder(archive: Archive) -> None:
	before = set(contents(archive.folder))
	with pytest.raises(ProblemWithArchive, match="own folder"):
		backup(archive, archive.folder / "backups", NOW)
	assert set(contents(archive.folder)) == before


@pytest.mark.parametrize("calls", [1, 2, 3, 5, 8])
def test_cancelled_anywhere_it_leaves_nothing(archive: Archive, tmp_path: Path, calls: int) -> None:
	asked = iter(range(100))
	with pytest.raises(Cancelled):
		backup(archive, tmp_path / "stick" / "deeper", NOW, stopped=lambda: next(asked) >= calls)
	assert not (tmp_path / "stick").exists()
	assert backup(archive, tmp_path / "stick", NOW).verified


def test_progress_counts_up_to_all(archive: Archive, tmp_path: Path) -> None:
	heard: list[tuple[int, int, str]] = []
	backup(archive, tmp_path / "stick", NOW, lambda *step: heard.append(step))
	assert (3, 3, "messages") in heard
	assert heard[-1] == (2, 2, "photos and files")


def test_what_a_stopped_computer_left_of_this_archive_goes_the_next_time(archive: Archive, tmp_path: Path) -> None:
	own = tmp_path / "stick" / "cranford-backup-2026-01-01-100000.part"
	foreign = tmp_path / "stick" / "cranford-backup-2026-01-02-100000.part"
	for part in (own, foreign):
		part.mkdir(parents=True)
	shutil.copy(archive.folder / "keys.json", own)
	backup(archive, tmp_path / "stick", NOW)
	assert not own.exists()
	assert foreign.exists()


def test_an_unfinished_one_is_not_restored(archive: Archive, tmp_path: Path) -> None:
	part = tmp_path / "cranford-backup-2026-01-01-100000.part"
	part.mkdir()
	with pytest.raises(ProblemWithArchive, match="never finished"):
		restore(part, tmp_path / "new", PASS_PHRASE, NOW)


def test_any_other_folder_is_not_a_back_up(tmp_path: Path) -> None:
	with pytest.raises(ProblemWithArchive, match="not a back-up"):
		restore(tmp_path, tmp_path / "new", PASS_PHRASE, NOW)


def test_a_wrong_pass_phrase_restores_nothing(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	with pytest.raises(WrongSecret):
		restore(path, tmp_path / "new", "wrong", NOW)
	assert not (tmp_path / "new").exists()


def test_only_into_a_new_or_empty_folder(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	before = contents(archive.folder)
	archive.close()
	with pytest.raises(ProblemWithArchive, match="an archive in this folder already"):
		restore(path, archive.folder, PASS_PHRASE, NOW)
	with pytest.raises(ProblemWithArchive, match="not empty"):
		restore(path, tmp_path / "stick", PASS_PHRASE, NOW)
	assert set(before) >= set(contents(archive.folder))
	open_archive(archive.folder, PASS_PHRASE).close()


def test_never_into_a_synced_folder(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	with pytest.raises(ProblemWithArchive, match="kept in step"):
		restore(path, tmp_path / "Dropbox" / "a", PASS_PHRASE, NOW)


def flip(path: Path) -> None:
	content = path.read_bytes()
	path.write_bytes(
		content[: len(content) // 2] + bytes([content[len(content) // 2] ^ 1]) + content[len(content) // 2 + 1 :]
	)


@pytest.mark.parametrize(
	"damage",
	[
		lambda path: flip(path / "archive.db"),
		lambda path: (path / "archive.db").unlink(),
		lambda path: flip(path / "manifest.json"),
		lambda path: (path / "manifest.json").write_text("{}", "utf-8"),
		lambda path: (path / "manifest.json").write_bytes(b"\xff"),
		lambda path: (path / "manifest.json").write_text(
			(path / "manifest.json").read_text("utf-8").replace('"message": 3', '"message": 4'), "utf-8"
		),
		lambda path: (path / "manifest.json").write_text(
			(path / "manifest.json").read_text("utf-8").replace('"archive.db"', '"../archive.db"'), "utf-8"
		),
	],
)
def test_a_damaged_or_changed_one_is_refused_and_leaves_nothing(
	archive: Archive, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	damage(path)
	with pytest.raises(ProblemWithArchive, match="back-up is damaged or was changed"):
		restore(path, tmp_path / "new", PASS_PHRASE, NOW)
	assert not (tmp_path / "new").exists()
	assert not (tmp_path / "archive.db").exists()


def test_a_damaged_key_file_of_a_back_up_says_so(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	flip(path / "keys.json")
	with pytest.raises(ProblemWithArchive, match=r"keys\.json\) is damaged"):
		restore(path, tmp_path / "new", PASS_PHRASE, NOW)


def test_a_lost_photo_does_not_keep_the_messages_from_coming_back(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	next((path / "files").iterdir()).unlink()
	flip(next((path / "files").iterdir()))
	result = restore(path, tmp_path / "new", PASS_PHRASE, NOW)
	assert result.messages == 3
	assert result.problems == (
		"1 photo or file of this back-up is missing.",
		"1 photo or file of this back-up is damaged.",
	)


def test_an_archive_with_a_damaged_photo_is_still_backed_up_and_says_so(archive: Archive, tmp_path: Path) -> None:
	flip(next(archive.files.folder.iterdir()))
	result = backup(archive, tmp_path / "stick", NOW)
	assert not result.verified
	assert result.problems == ("1 photo or file of the archive is damaged.",)
	restored = restore(result.path, tmp_path / "new", PASS_PHRASE, NOW)
	assert restored.problems == result.problems


def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
	archive, _ = made(tmp_path / "a")
	filled(archive, TEXTS * 400)
	archive.close()
	database = tmp_path / "a" / "archive.db"
	content = bytearray(database.read_bytes())
	content[len(content) - 4096 * 3 + 9] ^= 1
	database.write_bytes(content)
	with open_archive(tmp_path / "a", PASS_PHRASE) as archive, pytest.raises(ProblemWithArchive, match="damaged"):
		backup(archive, tmp_path / "stick", NOW)
	assert not (tmp_path / "stick").exists()


def test_cancelled_restoring_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	asked = iter(range(100))
	with pytest.raises(Cancelled):
		restore(path, tmp_path / "new", PASS_PHRASE, NOW, stopped=lambda: next(asked) >= 3)
	assert not (tmp_path / "new").exists()


def test_what_is_written_while_a_back_up_runs_waits_and_is_kept(archive: Archive, tmp_path: Path) -> None:
	written: list[int] = []

	def meanwhile(done: int, total: int, what: str) -> None:
		if what == "photos and files" and not written:
			with archive.writing(NOW) as change:
				change.record("looked", {})
			written.append(1)

	result = backup(archive, tmp_path / "stick", NOW, meanwhile)
	assert result.verified
	assert written
	restore(result.path, tmp_path / "new", PASS_PHRASE, NOW)


def test_never_inside_the_back_up_itself(archive: Archive, tmp_path: Path) -> None:
	path = backup(archive, tmp_path / "stick", NOW).path
	before = contents(path)
	with pytest.raises(ProblemWithArchive, match="inside its own back-up"):
		restore(path, path / "new", PASS_PHRASE, NOW)
	assert contents(path) == before


def test_a_file_in_the_way_of_the_back_ups_folder(archive: Archive, tmp_path: Path) -> None:
	(tmp_path / "stick").write_bytes(b"")
	with pytest.raises(ProblemWithArchive, match="a file where a folder is needed"):
		backup(archive, tmp_path / "stick", NOW)


def test_a_key_file_that_went_missing_is_said_before_anything_is_copied(archive: Archive, tmp_path: Path) -> None:
	(archive.folder / "keys.json").unlink()
	with pytest.raises(ProblemWithArchive, match=r"keys\.json\) is missing"):
		backup(archive, tmp_path / "stick", NOW)
	assert not (tmp_path / "stick").exists()


class TestPages:
	@pytest.fixture
	def old(self, tmp_path: Path) -> Path:
		"""An archive of the first version, which was written with small pages."""
		shutil.copytree(GOLDEN / "version-1", tmp_path / "old")
		return tmp_path / "old"

	@staticmethod
	def page(archive: Archive) -> int:
		with archive.reading() as connection:
			return int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())

	def test_a_new_archive_has_large_ones(self, archive: Archive) -> None:
		assert self.page(archive) == database.PAGE

	def test_an_archive_with_small_ones_opens_and_takes_more(self, old: Path) -> None:
		with open_archive(old, PASS_PHRASE) as opened:
			assert self.page(opened) == database.OLD_PAGE
			with opened.writing(NOW) as change:
				opened.set_setting(change.connection, "note", "more")
				change.record("noted", {})
			assert verify(opened).problems == ()
		with open_archive(old, PASS_PHRASE) as again, again.reading() as connection:
			assert again.setting(connection, "note") == "more"

	def test_with_either_it_is_backed_up_and_brought_back(self, old: Path, tmp_path: Path) -> None:
		with made(tmp_path / "b")[0] as new:
			filled(new, TEXTS)
			assert backup(new, tmp_path / "stick", NOW).verified
		with open_archive(old, PASS_PHRASE) as opened:
			path = backup(opened, tmp_path / "stick", NOW + timedelta(days=1)).path
		restore(path, tmp_path / "back", PASS_PHRASE, NOW + timedelta(days=2))
		with open_archive(tmp_path / "back", PASS_PHRASE) as opened:
			assert self.page(opened) == database.OLD_PAGE
			assert verify(opened).problems == ()
