"""What a whole import costs beside a naive one of the same file: `python -m tests.benchmarks.import_ratios [RECORDS]`.

The floor reads the file with one regular expression and keeps it with plain sqlite3: executemany, two indexes, a
full-text index with Porter stems built at the end. Ours reads, compares, digests, encrypts, stores and indexes it
through the service. Each runs in a process of its own; what counts is processor time and peak memory. Asserts nothing.
"""

import json
import platform
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council, open_council
from tests.benchmarks.peak_memory import peak_megabytes

NOW = datetime(2026, 11, 23, 10, 0)
GROUP = "Benchmark"
BEGUN = datetime(2021, 1, 4, 8, 0)
HEADER = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}), (\d{2}):(\d{2}) - (?:([^:\n]+): )?(.*)")
WORDS = (
	"drain culvert Mill Lane hedge verge quote agenda minutes clerk chair county highways meeting tonight thanks "
	"agreed could someone ring the contractor about the gate key hall boiler allotment bin bench grass at on for with "
	"please before Tuesday morning again budget precept planning footpath lights notice board school road crossing"
).split()


class Cost(NamedTuple):
	"""What one run took."""

	cpu: float
	"""Seconds of processor time."""
	peak: float
	"""Megabytes of memory at most."""


def write_export(path: Path, records: int, *, names: str = "Cllr Number", first: int = 0, spare: int = 0) -> None:
	"""Write an Android export: 110 characters a text on average, 7 in 100 of several lines, 9 photos, edits and
	deletions, 1 line of the app.

	`first`: number of the first record, the same for every phone; `spare`: every so many records are left out.
	"""
	with path.open("w", encoding="utf-8") as file:
		for number in range(first, first + records):
			if spare and number % spare == 0:
				continue
			chance = random.Random(number)  # noqa: S311 - the same export every time
			at = BEGUN + timedelta(minutes=3 * number + chance.randrange(3))
			file.write(f"{at:%d/%m/%Y, %H:%M} - {_line(chance, number, names)}\n")


def _line(chance: random.Random, number: int, names: str) -> str:
	kind = chance.randrange(1000)
	who = f"{names} {chance.randrange(12)}"
	if kind < 8:
		return f"{who} left"
	if kind < 40:
		return f"{who}: IMG-20200101-WA{number % 10000:04d}.jpg (file attached)"
	if kind < 70:
		return f"{who}: <Media omitted>"
	if kind < 80:
		return f"{who}: This message was deleted"
	text = " ".join(chance.choices(WORDS, k=chance.randint(4, 35)))
	if kind < 150:
		text = text[:40] + "\n" + text[40:]
	if kind > 980:
		text += " <This message was edited>"
	return f"{who}: {text}"


def naive(export: Path, folder: Path) -> Callable[[], int]:
	"""Return the floor."""

	def run() -> int:
		rows: list[list[str]] = []
		with export.open(encoding="utf-8") as file:
			for line in file:
				found = HEADER.match(line)
				if found:
					day, month, year, hour, minute, who, text = found.groups()
					at = datetime(int(year), int(month), int(day), int(hour), int(minute))
					rows.append([at.isoformat(), who, text])
				elif rows:
					rows[-1][2] += "\n" + line.rstrip("\n")
		connection = sqlite3.connect(folder / "naive.db")
		connection.execute("PRAGMA journal_mode = WAL")
		connection.execute("CREATE TABLE message(id INTEGER PRIMARY KEY, at TEXT, sender TEXT, body TEXT)")
		connection.execute("CREATE INDEX message_at ON message(at)")
		connection.execute("CREATE INDEX message_sender ON message(sender)")
		connection.execute(
			"CREATE VIRTUAL TABLE words USING"
			" fts5(body, content='message', content_rowid='id', tokenize='porter unicode61')"
		)
		with connection:
			connection.executemany("INSERT INTO message(at, sender, body) VALUES(?, ?, ?)", rows)
			connection.execute("INSERT INTO words(words) VALUES('rebuild')")
		connection.close()
		return len(rows)

	return run


def council_in(folder: Path) -> Council:
	"""Return a new council's archive, or the one that is there, without a pass phrase."""
	clock, tables = standing_clock(NOW), load()
	if folder.exists():
		return open_council(folder, None, clock=clock, tables=tables)
	return create_council(folder, "Bench", None, practice=False, clock=clock, tables=tables)[0]


def ours(export: Path, folder: Path, phone: str) -> Callable[[], int]:
	"""Return our import of one export by one phone."""

	def run() -> int:
		council = council_in(folder)
		try:
			return council.importing.import_file(export, group=GROUP, phone=phone).records
		finally:
			council.close()

	return run


def alone(what: str, export: Path, folder: Path, phone: str = "Phone 1") -> Cost:
	"""Run one import in a process of its own."""
	said = subprocess.run(  # noqa: S603 - ourselves
		[sys.executable, "-m", "tests.benchmarks.import_ratios", what, str(export), str(folder), phone],
		check=True,
		capture_output=True,
		text=True,
	)
	return Cost(*json.loads(said.stdout))


def inside(what: str, export: Path, folder: Path, phone: str) -> None:
	"""Do one import here and print what it took."""
	run = naive(export, folder) if what == "naive" else ours(export, folder, phone)
	begun = time.process_time()
	run()
	taken = time.process_time() - begun
	peak = peak_megabytes()
	sys.stdout.write(json.dumps([taken, peak]))


def whole(folder: Path, records: int) -> tuple[Cost, Cost]:
	"""Return what the floor and ours take for one export into an empty archive."""
	export = folder / "WhatsApp Chat with Benchmark.txt"
	write_export(export, records)
	return alone("naive", export, folder), alone("ours", export, folder / "archive")


def newest(folder: Path, held: int, coming: int) -> tuple[Cost, Cost]:
	"""Return what another phone's newest export takes in an empty archive and in one that holds so many messages."""
	archive, export = folder / "archive", folder / "sixth.txt"
	write_export(export, coming, names="Councillor", first=held - coming + coming // 20, spare=50)
	if not archive.exists():
		first = folder / "first.txt"
		write_export(first, held)
		alone("ours", first, archive)
	return alone("ours", export, folder / "empty", "Sixth"), alone("ours", export, archive, "Sixth")


def main() -> None:
	"""Measure and print."""
	records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
	coming = min(40_000, records // 5)
	say = sys.stdout.write
	say(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()})\n")
	with tempfile.TemporaryDirectory() as temporary:
		floor, cost = whole(Path(temporary), records)
		say(f"{records:,} records, naive: {floor.cpu:.1f} s, {floor.peak:.0f} MB\n")
		say(f"{records:,} records, ours: {cost.cpu:.1f} s, {cost.peak:.0f} MB: {cost.cpu / floor.cpu:.2f} times\n")
		empty, full = newest(Path(temporary), records, coming)
		say(f"{coming:,} of another phone into an empty archive: {empty.cpu:.1f} s, {empty.peak:.0f} MB\n")
		times = full.cpu / empty.cpu
		say(f"the same into one of {records:,}: {full.cpu:.1f} s, {full.peak:.0f} MB: {times:.2f} times\n")


if __name__ == "__main__":
	if len(sys.argv) > 2:
		inside(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
	else:
		main()
