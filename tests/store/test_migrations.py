"""From one version of the tables to the next; golden archives of every version that councils may have."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store import database, ledger, migrations, schema
from cranford_desktop.store.archive import Archive, open_archive
from cranford_desktop.store.copies import read_back
from cranford_desktop.store.migrations import Updates
from cranford_desktop.store.verify import verify
from tests.store.archive_support import COUNCIL, NOW, PASS_PHRASE, filled, made
from tests.store.make_golden import GOLDEN, TEXTS

NOW_AT = schema.SCHEMA_VERSION


@pytest.fixture(params=sorted(path.name for path in GOLDEN.glob("version-*") if path.is_dir()))
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
	"""A copy of a golden archive."""
	shutil.copytree(GOLDEN / request.param, tmp_path / request.param)
	return tmp_path / request.param


def shape(archive: Archive) -> set[tuple[object, ...]]:
	"""Everything in the file, and each table by its columns, keys and checks: a column added later stands last."""
	found: set[tuple[object, ...]] = set()
	with archive.reading() as connection:
		ask = connection.exec_driver_sql
		for kind, name, sql in ask("SELECT type, name, sql FROM sqlite_schema").fetchall():
			if name.startswith(tuple(schema.INDEXES)):
				found.add((kind, name))
			elif kind != "table":
				found.add((kind, name, sql))
			else:
				columns = tuple(tuple(row[1:]) for row in ask(f'PRAGMA table_xinfo("{name}")'))
				points = frozenset(tuple(row[2:]) for row in ask(f'PRAGMA foreign_key_list("{name}")'))
				checks = tuple(sorted(line.strip(" ,)") for line in (sql or "").splitlines() if "CHECK" in line))
				found.add((kind, name, columns, points, checks))
	return found


class TestGolden:
	def test_there_is_one_for_the_present_version(self) -> None:
		assert (GOLDEN / f"version-{schema.SCHEMA_VERSION}" / "archive.db").is_file()

	def test_it_opens_and_everything_in_it_is_whole(self, golden: Path) -> None:
		with open_archive(golden, PASS_PHRASE) as archive:
			assert archive.council == COUNCIL
			result = verify(archive)
			assert (result.messages, result.attachments, result.problems) == (len(TEXTS), 1, ())
			with archive.reading() as connection:
				assert tuple(connection.execute(select(schema.version.c.raw)).scalars()) == TEXTS
				assert archive.files.read_all(connection, 1) == b"a photo"
				found = connection.execute(text("SELECT rowid FROM version_text WHERE version_text MATCH 'cafe'"))
				assert found.scalars().all() == [3]
				assert ledger.entries(connection)[0].action == "archive set up"

	def test_it_opens_with_its_recovery_key(self, golden: Path) -> None:
		key = (GOLDEN / f"{golden.name}.txt").read_text("utf-8")
		open_archive(golden, key).close()

	def test_opened_it_has_the_tables_of_a_new_one(self, golden: Path, tmp_path: Path) -> None:
		with open_archive(golden, PASS_PHRASE) as old, made(tmp_path / "new", None)[0] as new:
			assert shape(old) == shape(new)


def test_from_the_first_version_bodies_texts_and_what_is_searched_stay_as_they_are(tmp_path: Path) -> None:
	shutil.copytree(GOLDEN / "version-1", tmp_path / "a")
	bodies = [
		("IMG-1.jpg (file attached)", None, "IMG-1.jpg"),
		("Ta <This message was edited>", "Ta", "Ta"),
		("One\ntwo", "One\ntwo", "One two"),
		("Plain", "Plain", "Plain"),
		("This message was deleted", None, ""),
	]
	asked = "SELECT raw, text, normal FROM version WHERE id > 100 ORDER BY id"
	with open_archive(tmp_path / "a", PASS_PHRASE, updates=Updates(1, {})) as archive:
		key = archive.keys.derived("database")
	old = database.connect(tmp_path / "a" / "archive.db", key, writer=True)
	for number, body in enumerate(bodies, 101):
		old.execute(
			"INSERT INTO version(id, message_id, raw, text, normal, kind, edited, deleted, event, named)"
			" VALUES(?, 4, ?, ?, ?, 'message', 1, 0, 'left', '[]')",
			(number, *body),
		)
	assert old.execute(asked).fetchall() == bodies
	old.close()
	with open_archive(tmp_path / "a", PASS_PHRASE) as archive, archive.reading() as connection:
		assert [tuple(row) for row in connection.exec_driver_sql(asked)] == bodies
		rest = connection.exec_driver_sql(
			"SELECT DISTINCT message_id, kind, edited, event, named FROM version WHERE id > 100"
		)
		assert [tuple(row) for row in rest] == [(4, "message", 1, "left", "[]")]
	immutable = pytest.raises(IntegrityError, match="immutable")
	with open_archive(tmp_path / "a", PASS_PHRASE) as archive, immutable, archive.writing(NOW) as change:
		change.connection.exec_driver_sql("UPDATE version SET own_text = 'other' WHERE id = 102")


def add_column(connection: Connection) -> None:
	connection.exec_driver_sql("ALTER TABLE person ADD COLUMN note TEXT")


def add_table(connection: Connection) -> None:
	connection.exec_driver_sql("CREATE TABLE newsletter(id INTEGER PRIMARY KEY)")


def fail(connection: Connection) -> None:
	connection.exec_driver_sql("CREATE TABLE half_made(id INTEGER PRIMARY KEY)")
	raise ZeroDivisionError


class TestSteps:
	@pytest.fixture
	def folder(self, tmp_path: Path) -> Path:
		with made(tmp_path / "a")[0] as archive:
			filled(archive, TEXTS)
		return tmp_path / "a"

	def test_each_step_is_taken_in_order(self, folder: Path) -> None:
		updates = Updates(NOW_AT + 2, {NOW_AT: add_column, NOW_AT + 1: add_table})
		with open_archive(folder, PASS_PHRASE, updates=updates) as archive:
			assert state(archive) == (NOW_AT + 2, True)
			assert verify(archive).problems == ()
		with open_archive(folder, PASS_PHRASE, updates=updates) as archive:
			assert state(archive) == (NOW_AT + 2, True)

	def test_before_the_first_step_a_copy_is_made_that_opens_with_the_same_key(self, folder: Path) -> None:
		with open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 1, {NOW_AT: add_table})) as archive:
			kept = folder / f"before-update-{NOW_AT}"
			assert {path.name for path in kept.iterdir()} == {"archive.db", "keys.json"}
			before = read_back(kept / "archive.db", archive.keys.derived("database"))
			assert (before.schema, before.counts["message"]) == (NOW_AT, len(TEXTS))

	def test_without_a_step_there_is_no_copy(self, folder: Path) -> None:
		open_archive(folder, PASS_PHRASE).close()
		assert not (folder / f"before-update-{NOW_AT}").exists()

	def test_a_step_that_fails_leaves_the_version_before_it(self, folder: Path) -> None:
		with pytest.raises(ZeroDivisionError):
			open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 2, {NOW_AT: add_table, NOW_AT + 1: fail}))
		with open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 1, {})) as archive:
			assert state(archive) == (NOW_AT + 1, True)
			assert verify(archive).problems == ()

	def test_it_can_be_tried_again(self, folder: Path) -> None:
		for _ in range(2):
			with pytest.raises(ZeroDivisionError):
				open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 1, {NOW_AT: fail}))
		open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 1, {NOW_AT: add_table})).close()

	def test_where_the_copy_cannot_be_made_no_step_is_taken(self, folder: Path) -> None:
		(folder / f"before-update-{NOW_AT}").write_bytes(b"in the way")
		with pytest.raises((ProblemWithArchive, OSError)):
			open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 1, {NOW_AT: add_table}))
		with open_archive(folder, PASS_PHRASE) as archive:
			assert state(archive) == (NOW_AT, False)

	def test_an_older_program_leaves_a_newer_archive_alone(self, folder: Path) -> None:
		open_archive(folder, PASS_PHRASE, updates=Updates(NOW_AT + 1, {NOW_AT: add_table})).close()
		with pytest.raises(ProblemWithArchive, match="newer version"):
			open_archive(folder, PASS_PHRASE)


def state(archive: Archive) -> tuple[int, bool]:
	"""Return the tables' version and whether the step made its table; the failed step's must never be there."""
	with archive.reading() as connection:
		names = set(connection.execute(text("SELECT name FROM sqlite_schema")).scalars())
		assert "half_made" not in names
		return connection.execute(text("PRAGMA user_version")).scalar_one(), "newsletter" in names


def test_every_step_between_the_first_version_and_the_present_exists() -> None:
	assert set(migrations.UPDATES.steps) == set(range(1, schema.SCHEMA_VERSION))
