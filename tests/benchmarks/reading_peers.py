"""Reading a chat, ours beside two others in one run: records returned by second of CPU, and peak memory.

	python -m tests.benchmarks.reading_peers            100,000 and 1,000,000 records, both platforms
	python -m tests.benchmarks.reading_peers ours FILE  one run of one reader: "ours", "streamed", "chatpack" or "node"

Each run is a process of its own. Timed is what turns the file into records, after imports; for ours that is both of
its passes over the text. "streamed" goes through our records without keeping them, as an import does.
"""

import gc
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.ingest import encoding
from cranford_desktop.ingest.container import open_export
from cranford_desktop.ingest.markers import Files
from cranford_desktop.ingest.parser import parse
from cranford_desktop.ingest.text import Text, text_of
from tests.benchmarks.peak_memory import peak_megabytes
from tests.benchmarks.synthetic import PLATFORMS, write

TODAY = date(2026, 11, 23)
PEERS = Path(__file__).parent / "peers"
MEND = "uv sync --group peers && npm install --prefix tests/benchmarks/peers --no-package-lock"
_WARM = "13/03/2024, 19:05 - Ann: hello\n13/03/2024, 19:05 - Bob left\n13/03/2024, 19:05 - Ann: <Media omitted>\n"


class Run(NamedTuple):
	"""What one reader did with one file."""

	records: int
	seconds: float
	"""Of CPU, user and system."""
	megabytes: float
	"""Peak of the process's memory."""

	@property
	def speed(self) -> float:
		"""Records by second of CPU."""
		return self.records / self.seconds


def absent() -> list[str]:
	"""Name the peers that are not installed here."""
	missing = []
	if importlib.util.find_spec("chatpack") is None:
		missing.append("chatpack (PyPI)")
	if shutil.which("node") is None or not (PEERS / "node_modules" / "whatsapp-chat-parser").is_dir():
		missing.append("whatsapp-chat-parser (npm)")
	return missing


def best(reader: str, path: Path, runs: int = 3) -> Run:
	"""Return the fastest of some runs."""
	return min((run(reader, path) for _ in range(runs)), key=lambda one: one.seconds)


def run(reader: str, path: Path) -> Run:
	"""Let one reader read a file, in a process of its own."""
	if reader == "node":
		command = ["node", "--max-old-space-size=6000", str(PEERS / "read.mjs"), str(path)]
	else:
		command = [sys.executable, "-m", __spec__.name if __name__ == "__main__" else __name__, reader, str(path)]
	done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - our own commands
	return Run(**json.loads(done.stdout))


def ours(path: Path) -> int:
	"""Read a file into a list of our records."""
	return len(list(_records(path)))


def streamed(path: Path) -> int:
	"""Go through a file's records, keeping none."""
	return sum(1 for _ in _records(path))


def chatpack(path: Path) -> int:
	"""Read a file with chatpack."""
	return len(importlib.import_module("chatpack").parse_whatsapp(str(path)))


READERS: dict[str, Callable[[Path], int]] = {"ours": ours, "streamed": streamed, "chatpack": chatpack}


def _records(path: Path):
	chunks = open_export(path).chunks
	return parse(Text(chunks, encoding.presumed(chunks)), today=TODAY, files=Files({})).records


def one(reader: str, path: Path) -> None:
	"""Run one reader in this process and print what it took."""
	if reader == "chatpack":
		importlib.import_module("chatpack")
	else:
		# The words of all languages are loaded once in the life of a program: as much as an import.
		list(parse(text_of(_WARM), today=TODAY, files=Files({})).records)
	# Python's search for rubbish goes through records again and again; what chatpack makes it never looks at.
	gc.disable()
	begun = time.process_time()
	records = READERS[reader](path)
	seconds = time.process_time() - begun
	megabytes = peak_megabytes()
	sys.stdout.write(json.dumps({"records": records, "seconds": seconds, "megabytes": megabytes}))


def compare() -> None:
	"""Measure all readers and print a table."""
	say = sys.stdout.write
	say(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()}), best of three, CPU\n")
	for peer in absent():
		say(f"absent: {peer}\n")
	peers = [] if absent() else ["chatpack", "node"]
	with tempfile.TemporaryDirectory() as folder:
		for messages in (100_000, 1_000_000):
			for phone in PLATFORMS:
				path = write(Path(folder) / f"{phone}.txt", messages, phone)
				found = {reader: best(reader, path) for reader in ("ours", "streamed", *peers)}
				for reader, took in found.items():
					speed = f"{took.speed / 1000:,.0f} thousand a second"
					say(f"{messages:>9,} {phone:8} {reader:9} {took.records:>9,} records, {speed}, ")
					say(f"{took.megabytes:,.0f} MB\n")
				if peers:
					fastest = max(found[peer].speed for peer in peers)
					say(f"{messages:>9,} {phone:8} ratio     {found['ours'].speed / fastest:.2f}\n")


if __name__ == "__main__":
	if len(sys.argv) > 1:
		one(sys.argv[1], Path(sys.argv[2]))
	else:
		compare()
