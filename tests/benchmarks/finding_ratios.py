"""How fast the finder looks, in messages per second of processor time: `python -m tests.benchmarks.finding_ratios`.

The floor, in the same run: the same texts read from the archive in the same chunks, each put into small letters.
"""

import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council
from cranford_desktop.store import suggestions
from tests.benchmarks.synthetic import write

NOW = datetime(2026, 11, 23, 10, 0)


def archive(folder: Path, messages: int) -> Council:
	"""Return a council with so many invented messages, encrypted as a real one is."""
	council, _ = create_council(
		folder / "archive", "Bench", "four words make sense", practice=False, clock=standing_clock(NOW), tables=load()
	)
	export = write(folder / "WhatsApp Chat with Benchmark.txt", messages, "android")
	council.importing.import_file(export, group="Benchmark")
	return council


def processor_seconds(call: Callable[[], object]) -> float:
	"""Return the processor time of one call: other programs do not count."""
	begun = time.process_time()
	call()
	return time.process_time() - begun


def plain_pass(council: Council) -> int:
	"""Read every text and put it into small letters."""
	letters = 0
	with council.archive.reading() as connection:
		ids = suggestions.unlooked(connection, "")
	for start in range(0, len(ids), suggestions.CHUNK):
		with council.archive.reading() as connection:
			for one in suggestions.texts(connection, ids[start : start + suggestions.CHUNK]):
				letters += len((one.text or "").lower())
	return letters


def look_again(council: Council) -> None:
	"""Look at everything: a word of the council's own has changed."""
	council.finding.add_word(f"word{len(council.finding.words())}", "watch")
	council.finding.scan()


def best(call: Callable[[], object]) -> float:
	"""Return the least processor time of three runs."""
	return min(processor_seconds(call) for _ in range(3))


def main() -> None:
	"""Measure and print."""
	messages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
	with tempfile.TemporaryDirectory() as temporary:
		council = archive(Path(temporary), messages)
		held = council.browsing.count(MessageFilter())
		floor, ours = best(lambda: plain_pass(council)), best(lambda: look_again(council))
		council.close()
	sys.stdout.write(
		f"{platform.node()} ({platform.machine()}, Python {platform.python_version()}), best of three, "
		f"{held:,} messages\n"
		f"the finder: {held / ours:,.0f} messages per processor second ({ours:.2f} s); a plain pass {held / floor:,.0f}"
		f" ({floor:.2f} s); ratio {ours / floor:.1f}\n"
	)


if __name__ == "__main__":
	main()
