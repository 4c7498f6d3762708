"""The record of actions: what its chain shows."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cranford_desktop.store import ledger
from cranford_desktop.store.archive import Archive
from tests.store.archive_support import NOW, made


def written(folder: Path, entries: int = 5) -> Archive:
	archive, _ = made(folder)
	for number in range(entries):
		with archive.writing(NOW) as change:
			change.record("looked", {"number": number})
	return archive


def meddle(archive: Archive, *statements: str) -> None:
	"""Change the table as somebody with the key could: without its triggers."""
	with archive.unchanging() as connection:
		connection.execute("DROP TRIGGER ledger_no_update")
		connection.execute("DROP TRIGGER ledger_no_delete")
		for statement in statements:
			connection.execute(statement)


def problems(archive: Archive, noted: ledger.Head | None = None) -> list[str]:
	with archive.reading() as connection:
		return ledger.check(connection, noted)


def test_a_chain_that_nobody_touched_is_whole(tmp_path: Path) -> None:
	with written(tmp_path / "a") as archive:
		assert problems(archive) == []
		with archive.reading() as connection:
			entries = ledger.entries(connection)
			assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6]
			assert entries[-1].at == "2026-11-23T10:00:00+00:00"
			assert entries[-1].detail == {"number": 4}
			assert ledger.head(connection) == (6, entries[-1].hash)


@pytest.mark.parametrize("column", ["at", "action", "detail", "hash", "previous"])
def test_an_altered_entry_is_named(tmp_path: Path, column: str) -> None:
	with written(tmp_path / "a") as archive:
		meddle(archive, f"UPDATE ledger SET {column} = {column} || ' ' WHERE number = 3")  # noqa: S608
		assert "Record of actions: entry 3 was altered." in problems(archive)


def test_a_removed_entry_is_named(tmp_path: Path) -> None:
	with written(tmp_path / "a") as archive:
		meddle(archive, "DELETE FROM ledger WHERE number = 3")
		assert problems(archive) == ["Record of actions: entry 3 is missing."]


def test_several_removed_entries_are_named(tmp_path: Path) -> None:
	with written(tmp_path / "a") as archive:
		meddle(archive, "DELETE FROM ledger WHERE number IN (2, 3)")
		assert problems(archive) == ["Record of actions: entries 2 to 3 are missing."]


def test_removed_entries_and_renumbered_ones_break_the_chain(tmp_path: Path) -> None:
	with written(tmp_path / "a") as archive:
		meddle(
			archive,
			"DELETE FROM ledger WHERE number = 3",
			"UPDATE ledger SET number = number - 1 WHERE number = 4",
			"UPDATE ledger SET number = number - 1 WHERE number = 5",
			"UPDATE ledger SET number = number - 1 WHERE number = 6",
		)
		assert "Record of actions: entry 3 does not follow from the one before it." in problems(archive)


def test_a_cut_off_end_shows_only_against_a_head_noted_elsewhere(tmp_path: Path) -> None:
	with written(tmp_path / "a") as archive:
		with archive.reading() as connection:
			noted = ledger.head(connection)
		meddle(archive, "DELETE FROM ledger WHERE number > 4")
		assert problems(archive) == []
		assert problems(archive, noted) == ["Record of actions: entry 6 is missing, although it was noted elsewhere."]


def test_a_chain_written_anew_shows_only_against_a_head_noted_elsewhere(tmp_path: Path) -> None:
	with written(tmp_path / "a") as archive:
		with archive.reading() as connection:
			noted = ledger.head(connection)
		meddle(archive, "DELETE FROM ledger WHERE number = 6")
		with archive.writing(NOW) as change:
			change.record("never happened", {})
		assert problems(archive) == []
		assert problems(archive, noted) == ["Record of actions: entry 6 is not the one that was noted elsewhere."]


@pytest.mark.parametrize("statement", ["UPDATE ledger SET action = 'x'", "DELETE FROM ledger"])
def test_by_accident_nothing_in_it_is_changed(tmp_path: Path, statement: str) -> None:
	with (
		written(tmp_path / "a") as archive,
		pytest.raises(Exception, match="append-only"),
		archive.writing(NOW) as change,
	):
		change.connection.execute(text(statement))


@pytest.mark.parametrize("detail", [{"words": "x" * 201}, {"list": [{"deep": "y" * 500}]}, {"share": 0.5}])
def test_texts_and_fractions_are_refused(tmp_path: Path, detail: dict[str, Any]) -> None:
	with (
		written(tmp_path / "a", 0) as archive,
		pytest.raises(AssertionError, match="a detail holds"),
		archive.writing(NOW) as change,
	):
		change.record("x", detail)


def test_a_moment_without_a_zone_is_a_bug() -> None:
	with pytest.raises(AssertionError, match="zone"):
		ledger.moment(NOW.replace(tzinfo=None))


details = st.dictionaries(
	st.text(max_size=10), st.none() | st.booleans() | st.integers() | st.lists(st.integers()), max_size=4
)


@settings(max_examples=15, deadline=None)
@given(st.lists(details, min_size=1, max_size=5))
def test_any_details_make_a_chain_that_holds(tmp_path_factory: pytest.TempPathFactory, all_of: list[Any]) -> None:
	with made(tmp_path_factory.mktemp("a"))[0] as archive:
		with archive.writing(NOW) as change:
			for detail in all_of:
				change.record("x", detail)
		assert problems(archive) == []
		with archive.reading() as connection:
			assert [entry.detail for entry in ledger.entries(connection)[1:]] == all_of
