import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from cranford_desktop.errors import ProblemWithArchive, WrongSecret
from cranford_desktop.store import ledger
from cranford_desktop.store.archive import Archive, Change, needs_secret, open_archive
from cranford_desktop.store.people_tables import person
from cranford_desktop.store.troubles import plainly
from cranford_desktop.store.verify import verify
from tests.store.archive_support import CHEAP, COUNCIL, NOW, PASS_PHRASE, filled, made


def add_person(change: Change, name: str) -> None:
	change.connection.execute(insert(person).values(name=name, created_at=ledger.moment(NOW)))
	change.record("named a sender", {"person": 1})


def people(archive: Archive) -> list[str]:
	with archive.reading() as connection:
		return list(connection.execute(select(person.c.name)).scalars())


def said(problem: pytest.ExceptionInfo[ProblemWithArchive]) -> str:
	return problem.value.what


class TestOpening:
	def test_a_new_archive_opens_with_its_pass_phrase_and_knows_its_council(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		with open_archive(tmp_path / "a", PASS_PHRASE) as archive:
			assert (archive.council, archive.practice, archive.encrypted) == (COUNCIL, False, True)

	def test_it_opens_with_the_printed_recovery_key_typed_carelessly(self, tmp_path: Path) -> None:
		archive, key = made(tmp_path / "a")
		archive.close()
		assert key is not None
		open_archive(tmp_path / "a", f" {key.lower().replace('-', ' ')} ").close()

	def test_the_same_letters_typed_on_another_keyboard_are_the_same_pass_phrase(self, tmp_path: Path) -> None:
		made(tmp_path / "a", "caf\u00e9 by the church")[0].close()
		open_archive(tmp_path / "a", "cafe\u0301 by the church").close()

	def test_without_a_pass_phrase_it_opens_with_nothing_and_claims_no_encryption(self, tmp_path: Path) -> None:
		archive, key = made(tmp_path / "a", None)
		archive.close()
		assert key is None
		assert not needs_secret(tmp_path / "a")
		with open_archive(tmp_path / "a", None) as archive:
			assert not archive.encrypted

	def test_a_wrong_pass_phrase(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		with pytest.raises(WrongSecret) as problem:
			open_archive(tmp_path / "a", "seven geese on mill lane")
		assert said(problem) == "The pass phrase does not fit this archive."

	def test_no_pass_phrase_given(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		assert needs_secret(tmp_path / "a")
		with pytest.raises(WrongSecret, match="needs its pass phrase"):
			open_archive(tmp_path / "a", None)

	def test_the_recovery_key_of_another_archive(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		other, key = made(tmp_path / "b")
		other.close()
		with pytest.raises(WrongSecret, match="belongs to another archive"):
			open_archive(tmp_path / "a", key)

	def test_a_recovery_key_with_a_typing_mistake_names_the_group(self, tmp_path: Path) -> None:
		archive, key = made(tmp_path / "a")
		archive.close()
		assert key is not None
		wrong = key[:14] + ("7" if key[14] != "7" else "8") + key[15:]
		with pytest.raises(WrongSecret) as problem:
			open_archive(tmp_path / "a", wrong)
		assert said(problem) == "The recovery key is not typed as it was printed."
		assert "third group" in problem.value.do

	def test_open_in_another_window_of_the_same_program(self, tmp_path: Path) -> None:
		archive, _ = made(tmp_path / "a")
		with archive, pytest.raises(ProblemWithArchive, match="open in another window"):
			open_archive(tmp_path / "a", PASS_PHRASE)
		open_archive(tmp_path / "a", PASS_PHRASE).close()

	def test_open_in_another_program_until_that_one_is_killed(self, tmp_path: Path) -> None:
		made(tmp_path / "a", None)[0].close()
		program = (
			"import sys; from pathlib import Path; from cranford_desktop.store.archive import open_archive\n"
			"archive = open_archive(Path(sys.argv[1]), None); print('open', flush=True); sys.stdin.read()"
		)
		command = [sys.executable, "-c", program, str(tmp_path / "a")]
		with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603
			assert other.stdout is not None
			assert other.stdout.readline() == b"open\n"
			with pytest.raises(ProblemWithArchive, match="open in another window"):
				open_archive(tmp_path / "a", None)
			other.kill()
		open_archive(tmp_path / "a", None).close()

	def test_written_by_a_newer_version(self, tmp_path: Path) -> None:
		archive, _ = made(tmp_path / "a")
		with archive.unchanging() as connection:
			connection.execute("PRAGMA user_version=2000")
		archive.close()
		with pytest.raises(ProblemWithArchive, match="newer version of Cranford Desktop"):
			open_archive(tmp_path / "a", PASS_PHRASE)

	@pytest.mark.parametrize("foreign", [[], ["photo.jpg", "notes.txt"]])
	def test_not_an_archive(self, tmp_path: Path, foreign: list[str]) -> None:
		for name in foreign:
			(tmp_path / name).write_text("something else", encoding="utf-8")
		with pytest.raises(ProblemWithArchive, match="not an archive of Cranford Desktop"):
			open_archive(tmp_path, PASS_PHRASE)
		assert sorted(path.name for path in tmp_path.iterdir()) == sorted(foreign)

	def test_no_such_folder(self, tmp_path: Path) -> None:
		with pytest.raises(ProblemWithArchive, match="There is no such folder"):
			open_archive(tmp_path / "gone", PASS_PHRASE)

	def test_a_database_of_another_program_under_our_names(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		(tmp_path / "a" / "archive.db").write_bytes(b"SQLite format 3\0" + bytes(8176))
		with pytest.raises(ProblemWithArchive, match=r"damaged, or keys\.json belongs to another archive"):
			open_archive(tmp_path / "a", PASS_PHRASE)

	def test_an_emptied_database(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		(tmp_path / "a" / "archive.db").write_bytes(b"")
		with pytest.raises(ProblemWithArchive, match=r"archive\.db\) is damaged"):
			open_archive(tmp_path / "a", PASS_PHRASE)

	def test_the_database_is_missing(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		(tmp_path / "a" / "archive.db").unlink()
		with pytest.raises(ProblemWithArchive, match=r"archive\.db\) is missing"):
			open_archive(tmp_path / "a", PASS_PHRASE)

	def test_the_key_file_is_missing(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		(tmp_path / "a" / "keys.json").unlink()
		with pytest.raises(ProblemWithArchive, match=r"keys\.json\) is missing") as problem:
			open_archive(tmp_path / "a", PASS_PHRASE)
		assert "back-up" in problem.value.do

	def test_the_key_file_of_another_archive(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		made(tmp_path / "b")[0].close()
		shutil.copy(tmp_path / "b" / "keys.json", tmp_path / "a" / "keys.json")
		with pytest.raises(ProblemWithArchive, match=r"keys\.json belongs to another archive"):
			open_archive(tmp_path / "a", PASS_PHRASE)

	def test_flipped_bytes_anywhere_are_noticed_at_the_latest_when_all_is_read(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		file = tmp_path / "a" / "archive.db"
		whole = file.read_bytes()
		for place in (20, 200, 4096 + 9, 4096 * 3, len(whole) // 2, len(whole) - 7):
			file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
			with pytest.raises(ProblemWithArchive, match="damaged"):
				_read_all(tmp_path / "a")

	def test_a_back_up_is_not_opened_to_work_with(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		(tmp_path / "a" / "manifest.json").write_text("{}", encoding="utf-8")
		with pytest.raises(ProblemWithArchive, match="is a back-up"):
			open_archive(tmp_path / "a", PASS_PHRASE)

	@pytest.mark.parametrize("place", ["OneDrive - Council", "Dropbox", "Google Drive", "iCloudDrive"])
	def test_a_synced_folder_is_refused_for_a_new_archive_and_for_one_moved_there(
		self, tmp_path: Path, place: str
	) -> None:
		with pytest.raises(ProblemWithArchive, match="kept in step with other computers"):
			made(tmp_path / place / "a")
		assert not (tmp_path / place).exists()
		made(tmp_path / "a")[0].close()
		shutil.copytree(tmp_path / "a", tmp_path / place / "a")
		with pytest.raises(ProblemWithArchive, match="kept in step with other computers"):
			open_archive(tmp_path / place / "a", PASS_PHRASE)

	def test_a_lost_folder_of_files_does_not_keep_the_messages_from_being_read(self, tmp_path: Path) -> None:
		archive, _ = made(tmp_path / "a")
		filled(archive, ["The drain is blocked again"])
		archive.close()
		shutil.rmtree(tmp_path / "a" / "files")
		with open_archive(tmp_path / "a", PASS_PHRASE) as archive:
			assert verify(archive).problems == ("2 photos and files are missing.",)

	def test_a_failed_opening_lets_the_next_one_in(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		for _ in range(2):
			with pytest.raises(WrongSecret):
				open_archive(tmp_path / "a", "no")
		open_archive(tmp_path / "a", PASS_PHRASE).close()


def _read_all(folder: Path) -> None:
	with open_archive(folder, PASS_PHRASE) as archive, archive.reading() as connection:
		names = connection.execute(text("SELECT name FROM sqlite_schema WHERE type='table'")).scalars().all()
		for name in names:
			connection.execute(text(f'SELECT * FROM "{name}"')).all()  # noqa: S608
		wrong = connection.execute(text("PRAGMA cipher_integrity_check")).all()
	if wrong:
		raise ProblemWithArchive("damaged page that holds nothing")


class TestSettingUp:
	def test_the_folder_must_be_new_or_empty(self, tmp_path: Path) -> None:
		(tmp_path / "letter.txt").write_text("x", encoding="utf-8")
		with pytest.raises(ProblemWithArchive, match="not empty"):
			made(tmp_path)
		assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]

	def test_an_archive_is_never_set_up_over_another(self, tmp_path: Path) -> None:
		made(tmp_path / "a")[0].close()
		with pytest.raises(ProblemWithArchive, match="an archive in this folder already"):
			made(tmp_path / "a")
		open_archive(tmp_path / "a", PASS_PHRASE).close()

	def test_what_the_system_puts_into_every_folder_does_not_count(self, tmp_path: Path) -> None:
		(tmp_path / ".DS_Store").write_bytes(b"x")
		made(tmp_path)[0].close()

	def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
		(tmp_path / "a").write_bytes(b"")
		with pytest.raises(ProblemWithArchive, match="a file, not a folder"):
			made(tmp_path / "a")

	@pytest.mark.parametrize("empty", ["", "   "])
	def test_an_empty_pass_phrase_is_refused(self, tmp_path: Path, empty: str) -> None:
		with pytest.raises(ProblemWithArchive, match="pass phrase is empty"):
			made(tmp_path / "a", empty)
		assert not (tmp_path / "a").exists()

	@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
	def test_nobody_else_may_read_the_folder_or_a_file(self, tmp_path: Path) -> None:
		archive, _ = made(tmp_path / "a")
		with archive, archive.writing(NOW) as change:
			archive.files.put(change.connection, [b"x"], "evidence")
			change.record("x", {})
			folder = tmp_path / "a"
			modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
			assert modes == {0o600}
			assert {path.stat().st_mode & 0o777 for path in (folder, folder / "files")} == {0o700}

	@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
	def test_a_folder_that_may_not_be_written(self, tmp_path: Path) -> None:
		tmp_path.chmod(0o500)
		with pytest.raises(ProblemWithArchive, match="cannot be written to"):
			made(tmp_path / "a")

	def test_nothing_of_the_council_can_be_read_without_the_key(self, tmp_path: Path) -> None:
		archive, _ = made(tmp_path / "a")
		with archive:
			with archive.writing(NOW) as change:
				add_person(change, "Winifred Ashdown")
			content = b"".join(path.read_bytes() for path in (tmp_path / "a").rglob("*") if path.is_file())
		assert b"Winifred" not in content
		assert COUNCIL.encode() not in content
		assert PASS_PHRASE.encode() not in content


class TestWriting:
	def test_a_change_is_kept_with_its_entry(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			with archive.writing(NOW) as change:
				add_person(change, "A")
			assert people(archive) == ["A"]
			with archive.reading() as connection:
				assert [entry.action for entry in ledger.entries(connection)] == ["archive set up", "named a sender"]
				assert ledger.check(connection) == []

	def test_an_exception_takes_everything_back_also_the_entry(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			with pytest.raises(ZeroDivisionError), archive.writing(NOW) as change:  # noqa: PT012
				add_person(change, "A")
				raise ZeroDivisionError
			assert people(archive) == []
			with archive.reading() as connection:
				assert ledger.head(connection).number == 1

	def test_a_change_without_an_entry_is_a_bug_and_not_kept(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			with pytest.raises(AssertionError, match="without an entry"), archive.writing(NOW) as change:
				change.connection.execute(insert(person).values(name="A", created_at=""))
			assert people(archive) == []

	def test_reading_cannot_write(self, tmp_path: Path) -> None:
		with (
			made(tmp_path / "a")[0] as archive,
			pytest.raises(Exception, match="readonly"),
			archive.reading() as connection,
		):
			connection.execute(insert(person).values(name="A", created_at=""))

	def test_a_reader_sees_one_moment_while_another_writes(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive, archive.reading() as connection:
			assert connection.execute(select(person.c.name)).all() == []
			with archive.writing(NOW) as change:
				add_person(change, "A")
			assert connection.execute(select(person.c.name)).all() == []
			assert people(archive) == ["A"]

	def test_two_writers_wait_for_each_other(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			inside = threading.Semaphore(1)
			overlaps: list[bool] = []

			def write(number: int) -> None:
				for turn in range(5):
					with archive.writing(NOW) as change:
						overlaps.append(not inside.acquire(blocking=False))
						add_person(change, f"{number}-{turn}")
						inside.release()

			threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
			for thread in threads:
				thread.start()
			for thread in threads:
				thread.join()
			assert not any(overlaps)
			assert len(people(archive)) == 20
			with archive.reading() as connection:
				assert ledger.check(connection) == []
				assert ledger.head(connection).number == 21

	def test_a_change_inside_a_change_is_a_bug_not_a_standstill(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive, archive.writing(NOW) as change:
			change.record("x", {})
			with pytest.raises(AssertionError, match="inside a change"), archive.writing(NOW):
				pass

	def test_a_full_disk_is_said_plainly_and_changes_nothing(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			with pytest.raises(ProblemWithArchive, match="disk is full"), archive.writing(NOW) as change:  # noqa: PT012
				add_person(change, "A")
				pages = change.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
				change.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
				change.connection.execute(insert(person).values(name="x" * 200_000, created_at=""))
			assert people(archive) == []
			with archive.writing(NOW) as change:
				change.connection.exec_driver_sql("PRAGMA max_page_count=1000000")
				add_person(change, "B")
			assert people(archive) == ["B"]

	def test_no_value_ever_stands_in_an_exception(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			with pytest.raises(Exception, match="IntegrityError") as bug, archive.writing(NOW) as change:  # noqa: PT012
				change.connection.execute(insert(person).values(id=1, name="Winifred", created_at=""))
				change.connection.execute(insert(person).values(id=1, name="Winifred", created_at=""))
			assert "Winifred" not in str(bug.value)

	def test_settings_are_kept_and_replaced(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive:
			for value in ("one", "two"):
				with archive.writing(NOW) as change:
					archive.set_setting(change.connection, "last_backup", value)
					change.record("backed up", {})
			with archive.reading() as connection:
				assert archive.setting(connection, "last_backup") == "two"
				assert archive.setting(connection, "never") is None

	def test_closing_inside_a_change_is_a_bug_not_a_standstill(self, tmp_path: Path) -> None:
		with made(tmp_path / "a")[0] as archive, archive.writing(NOW) as change:
			change.record("x", {})
			with pytest.raises(AssertionError, match="closed inside"):
				archive.close()

	def test_after_closing_it_says_so_and_leaves_no_journal(self, tmp_path: Path) -> None:
		archive, _ = made(tmp_path / "a")
		with archive.writing(NOW) as change:
			add_person(change, "A")
		archive.close()
		archive.close()
		journal = tmp_path / "a" / "archive.db-wal"
		assert not journal.exists() or journal.stat().st_size == 0
		with pytest.raises(ProblemWithArchive, match="has been closed"), archive.reading():
			pass


@pytest.mark.parametrize(
	("number", "words"),
	[
		(errno.ENOSPC, "disk is full"),
		(errno.EACCES, "cannot be written to"),
		(errno.EROFS, "cannot be written to"),
		(errno.EIO, "did not answer"),
		(errno.ENOENT, "no longer where it was"),
		(errno.EFBIG, "too large"),
	],
)
def test_what_the_system_says_becomes_words_with_something_to_do(number: int, words: str) -> None:
	with pytest.raises(ProblemWithArchive, match=words) as problem, plainly(files=True):
		raise OSError(number, os.strerror(number), "/home/clerk/secret-name")
	assert problem.value.safe
	assert problem.value.do
	assert "secret-name" not in str(problem.value) + problem.value.detail


def test_what_the_system_says_of_the_callers_own_files_is_left_alone() -> None:
	with pytest.raises(PermissionError), plainly():
		raise PermissionError(errno.EACCES, "not ours")


def test_a_bug_stays_a_bug() -> None:
	with pytest.raises(OSError, match="strange"), plainly(files=True):
		raise OSError(errno.EXDEV, "strange")


def _write_and_hang(folder: str, reached: Event, rows: int) -> None:
	archive = open_archive(Path(folder), None)
	with archive.writing(NOW) as change:
		change.connection.exec_driver_sql("PRAGMA cache_size=20")
		archive.files.put(change.connection, [b"photo"], "attachment")
		for number in range(rows):
			change.connection.execute(insert(person).values(name=f"{number}" * 50, created_at=""))
		change.record("x", {})
		reached.set()
		threading.Event().wait()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("rows", [1, 3000])
def test_a_process_killed_in_the_middle_of_a_change_leaves_nothing_of_it(tmp_path: Path, rows: int) -> None:
	made(tmp_path / "a", None)[0].close()
	context = multiprocessing.get_context("spawn")
	reached = context.Event()
	process = context.Process(target=_write_and_hang, args=(str(tmp_path / "a"), reached, rows))
	process.start()
	assert reached.wait(60)
	assert process.pid is not None
	os.kill(process.pid, signal.SIGKILL)
	process.join()
	assert len(list((tmp_path / "a" / "files").iterdir())) == 1
	with open_archive(tmp_path / "a", None) as archive:
		assert people(archive) == []
		assert list((tmp_path / "a" / "files").iterdir()) == []
		with archive.reading() as connection:
			assert ledger.head(connection).number == 1
			assert connection.execute(text("PRAGMA quick_check")).scalar() == "ok"
		with archive.writing(NOW) as change:
			add_person(change, "A")
		assert people(archive) == ["A"]


def _write_for_ever(folder: str, reached: Event) -> None:
	archive = open_archive(Path(folder), None)
	while True:
		with archive.writing(NOW) as change:
			change.connection.exec_driver_sql("PRAGMA cache_size=20")
			for number in range(400):
				change.connection.execute(insert(person).values(name=f"{number}" * 50, created_at=""))
			archive.files.put(change.connection, [os.urandom(50_000)], "attachment")
			change.record("x", {})
		reached.set()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_killed_at_any_moment_each_change_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
	made(tmp_path / "a", None)[0].close()
	context = multiprocessing.get_context("spawn")
	for turn in range(10):
		reached = context.Event()
		process = context.Process(target=_write_for_ever, args=(str(tmp_path / "a"), reached))
		process.start()
		assert reached.wait(60)
		threading.Event().wait(turn * 0.013)
		assert process.pid is not None
		os.kill(process.pid, signal.SIGKILL)
		process.join()
		with open_archive(tmp_path / "a", None) as archive:
			with archive.reading() as connection:
				changes = ledger.head(connection).number - 1
				assert ledger.check(connection) == []
			assert len(people(archive)) == changes * 400
			files = list((tmp_path / "a" / "files").iterdir())
			assert len(files) == changes
			assert verify(archive).problems == ()


def test_the_recorded_choice_of_no_pass_phrase(tmp_path: Path) -> None:
	with made(tmp_path / "a", None, practice=True)[0] as archive, archive.reading() as connection:
		entry = ledger.entries(connection)[0]
		assert entry.detail["pass_phrase"] is False
		assert entry.detail["practice"] is True
	assert json.loads((tmp_path / "a" / "keys.json").read_text("utf-8"))["practice"] is True
	assert CHEAP.bearable
