"""The archive's tab on a million messages: how long each step takes to the painted window, the longest silence of the
event loop meanwhile, and the memory over the empty window.

`python -m tests.benchmarks.archive_gaps FOLDER [MESSAGES]` makes the archive below FOLDER the first time. Asserts
nothing.
"""

import gc
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop

from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import open_council
from cranford_desktop.ui import theme
from cranford_desktop.ui.application import application
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.settings import WindowSettings
from cranford_desktop.ui.tabs.archive import ArchiveTab
from tests.benchmarks.million import build
from tests.benchmarks.window_gaps import Watch, turn_until

NOW = datetime(2026, 11, 23, 10, 0)


def memory() -> float:
	"""Return what this process holds in memory, in MB."""
	gc.collect()
	pages = int(Path("/proc/self/statm").read_text().split()[1])
	return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def turn(seconds: float) -> None:
	"""Let the window work for a while."""
	end = time.perf_counter() + seconds
	loop = QEventLoop()
	while time.perf_counter() < end:
		loop.processEvents()
		time.sleep(0.001)


def measure(archive: Path, settings: Path, say: Callable[[str], object]) -> None:
	"""Open the window on the archive and go through it; say each figure."""
	council = open_council(archive, None, clock=standing_clock(NOW), tables=load())
	window = Window(None, WindowSettings(settings))
	window.resize(1366, 768)
	window.show_council(council)
	window.show()
	turn_until(lambda: not window.busy)
	turn(0.5)
	empty = memory()
	page: ArchiveTab = window.tab_pages["archive"]
	watch = Watch()

	def step(words: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
		watch.begin()
		begun = time.perf_counter()
		act()
		loop = QEventLoop()
		while not done():
			loop.processEvents()
			time.sleep(0.001)
		window.repaint()
		took = time.perf_counter() - begun
		while not (page.search.idle and not page.tasks()):
			loop.processEvents()
			time.sleep(0.001)
		whole = time.perf_counter() - begun
		turn(0.05)
		say(f"{words}: {took * 1000:.0f} ms; all said after {whole:.2f} s; longest gap {watch.longest * 1000:.0f} ms")

	step("first paint of the list", lambda: window.go("archive"), lambda: bool(page.list.ids))
	_read(page, step)
	_scroll(page, watch, say)
	for words in ("culvert", "mill lane", "the"):
		before = page.list.ids
		step(
			f"search “{words}” to its list",
			lambda words=words: page.search_everything(words),
			lambda before=before: page.list.ids is not before,
		)
		say(f"  {len(page.list.ids):,} messages")
	say(f"memory over the empty window: {memory() - empty:.0f} MB")
	window.close()
	window.deleteLater()
	turn(0.05)
	council.close()


def _read(page: ArchiveTab, step: Callable) -> None:
	def at_once() -> bool:
		return True

	for day in (date(2021, 3, 3), date(2025, 4, 3), date(2023, 12, 25)):
		step(f"conversation at {day}", lambda day=day: page.reading.go_to_date(day), at_once)
	step("list to a date", lambda: page.list.go_to_day(date(2022, 6, 1)), at_once)
	step("table", lambda: page.show_look("table"), at_once)
	step("back to both", lambda: page.show_look("both"), at_once)


def _scroll(page: ArchiveTab, watch: Watch, say: Callable[[str], object]) -> None:
	for words, bar, by in (
		("conversation", page.chat.verticalScrollBar(), 400),
		("list", page.list.verticalScrollBar(), 2_000),
	):
		times = []
		watch.begin()
		for _ in range(150):
			begun = time.perf_counter()
			bar.setValue(bar.value() + by)
			page.window().repaint()
			times.append(time.perf_counter() - begun)
			turn(0.002)
		times.sort()
		say(
			f"scroll the {words}: median {times[75] * 1000:.0f} ms, 95 of 100 within {times[142] * 1000:.0f} ms, "
			f"most {times[-1] * 1000:.0f} ms; longest gap {watch.longest * 1000:.0f} ms"
		)


def main() -> None:
	"""Measure and print."""

	def say(words: str) -> None:
		sys.stdout.write(words + "\n")
		sys.stdout.flush()

	archive = build(Path(sys.argv[1]), *map(int, sys.argv[2:]))
	theme.apply(application())
	say(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()})")
	with tempfile.TemporaryDirectory() as folder:
		measure(archive, Path(folder) / "window.ini", say)


if __name__ == "__main__":
	main()
