"""Speed as ratios to a floor measured in the same run, best of three each: what must hold on any machine."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import create_council
from tests.benchmarks.measure import android_export, best_of_three

pytestmark = pytest.mark.slow

MESSAGES = 20_000
HEADER = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4}), (\d{2}):(\d{2}) - ([^:]+): (.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
	path = tmp_path_factory.mktemp("bench") / "WhatsApp Chat with Benchmark.zip"
	path.write_bytes(android_export(MESSAGES, 0))
	return path


def plain_loop(export: Path) -> Callable[[], list[tuple[object, ...]]]:
	"""The floor of reading: one regular expression over the text, a tuple a message."""

	def read() -> list[tuple[object, ...]]:
		with zipfile.ZipFile(io.BytesIO(export.read_bytes())) as archive:
			text = archive.read(archive.namelist()[0]).decode()
		return [
			(datetime(int(y), int(m), int(d), int(hh), int(mm)), who, body)
			for d, m, y, hh, mm, who, body in HEADER.findall(text)
		]

	return read


def raw_rows(folder: Path, rows: list[tuple[object, ...]]) -> Callable[[], None]:
	"""The floor of keeping: the same rows into one encrypted table with a full-text index, one transaction."""
	number = 0

	def write() -> None:
		nonlocal number
		number += 1
		connection = dbapi2.connect(str(folder / f"floor{number}.db"))
		connection.execute("PRAGMA key = \"x'" + "ab" * 32 + "'\"")
		connection.execute("PRAGMA journal_mode = WAL")
		connection.execute("CREATE TABLE message(id INTEGER PRIMARY KEY, at TEXT, sender TEXT, body TEXT)")
		connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, content='message', content_rowid='id')")
		with connection:
			connection.executemany(
				"INSERT INTO message(at, sender, body) VALUES (?, ?, ?)",
				[(str(at), who, body) for at, who, body in rows],
			)
			connection.execute("INSERT INTO words(rowid, body) SELECT id, body FROM message")
		connection.close()

	return write


def test_reading_stays_near_a_plain_loop(export: Path) -> None:
	floor = best_of_three(plain_loop(export))
	ours = best_of_three(lambda: read_export(export, today=date(2026, 11, 23)))
	assert ours / floor < 30


def test_keeping_stays_near_raw_inserts(export: Path, tmp_path: Path) -> None:
	rows = plain_loop(export)()
	assert len(rows) == MESSAGES
	floor = best_of_three(raw_rows(tmp_path, rows))
	number = 0

	def keep() -> None:
		nonlocal number
		number += 1
		council, _ = create_council(
			tmp_path / f"archive{number}",
			"Bench",
			None,
			practice=False,
			clock=standing_clock(datetime(2026, 11, 23, 10, 0)),
			tables=load(),
		)
		council.importing.import_file(export, group="Benchmark")
		assert council.browsing.count() == MESSAGES
		council.close()

	ours = best_of_three(keep)
	assert ours / floor < 40


def test_a_search_costs_less_than_reading_everything(export: Path, tmp_path: Path) -> None:
	council, _ = create_council(
		tmp_path / "archive",
		"Bench",
		None,
		practice=False,
		clock=standing_clock(datetime(2026, 11, 23, 10, 0)),
		tables=load(),
	)
	council.importing.import_file(export, group="Benchmark")
	everything = best_of_three(lambda: sum(1 for _ in council.browsing.stream(MessageFilter())))
	search = best_of_three(lambda: council.browsing.ids(MessageFilter(search="mill lane culvert")))
	council.close()
	assert search < everything
