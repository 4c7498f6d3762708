"""Longest silence of the window's event loop while 40,000 messages with 500 photos are imported in it, and cancelled.

Absolute figures, best of three, with the machine's name: `python -m tests.benchmarks.window_gaps`. Asserts nothing.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council, open_council
from cranford_desktop.ui.application import application
from cranford_desktop.ui.collector import Collector
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.settings import WindowSettings
from cranford_desktop.ui.tabs.import_ import ImportTab
from tests.benchmarks.measure import android_export

MESSAGES, PHOTOS = 40_000, 500
TICK_MS = 5


class Watch:
	"""Notes the longest time between two turns of the event loop."""

	def __init__(self) -> None:
		self.longest = 0.0
		self._last = time.perf_counter()
		self._timer = QTimer()
		self._timer.timeout.connect(self._turn)
		self._timer.start(TICK_MS)

	def begin(self) -> None:
		self.longest = 0.0
		self._last = time.perf_counter()

	def _turn(self) -> None:
		now = time.perf_counter()
		self.longest = max(self.longest, now - self._last)
		self._last = now


def turn_until(done: Callable[[], bool]) -> float:
	"""Turn the event loop until something holds; return the seconds it took."""
	begun = time.perf_counter()
	loop = QEventLoop()
	timer = QTimer()
	timer.timeout.connect(lambda: loop.quit() if done() else None)
	timer.start(20)
	loop.exec()
	return time.perf_counter() - begun


def say_it_is_business(imports: ImportTab) -> None:
	"""Go past the check page and answer what is asked of an unknown chat."""
	imports.page.on.click()
	[question] = imports.page.cards
	question.pick("all")
	question.name.widget.setText("Benchmark")


def one_run(folder: Path, export: Path, say: Callable[[str], object]) -> None:
	"""Open a new council's window, read, cancel an import, import, browse, search; report each gap."""
	council, _ = create_council(
		folder, "Bench", None, practice=False, clock=standing_clock(datetime(2026, 11, 23, 10, 0)), tables=load()
	)
	window = Window(None, WindowSettings(folder.parent / "window.ini"))
	window.resize(1366, 768)
	window.show_council(council)
	window.show()
	turn_until(lambda: not window.busy)
	watch = Watch()

	def step(words: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
		watch.begin()
		act()
		took = turn_until(done)
		say(f"{words}: {took:.2f} s, longest gap {watch.longest * 1000:.0f} ms")

	imports = window.tab_pages["import"]
	step("read", lambda: imports.take_files([export]), lambda: bool(imports.cards) and not window.busy)
	say_it_is_business(imports)

	def cancel_halfway() -> None:
		imports.import_all()
		QTimer.singleShot(1500, window._work.cancel)

	step("import, cancelled", cancel_halfway, lambda: not window.busy)
	assert council.browsing.count() == 0
	step(
		"read again",
		lambda: (imports.start_again(), imports.take_files([export])),
		lambda: bool(imports.cards) and not window.busy,
	)
	say_it_is_business(imports)
	step("import", imports.import_all, lambda: not window.busy and council.browsing.count() == MESSAGES)
	step("archive", lambda: window.go("archive"), lambda: not window.busy)
	step("retention", lambda: window.go("retention"), lambda: not window.busy)
	step("home", lambda: window.go("home"), lambda: not window.busy)
	window.close()
	window.deleteLater()
	turn_until(lambda: True)
	council.close()


def to_window(folder: Path, secret: str) -> float:
	"""Return the seconds from a pass phrase to the window, painted."""
	begun = time.perf_counter()
	council: Council = open_council(folder, secret, clock=standing_clock(datetime(2026, 11, 23, 10, 0)), tables=load())
	window = Window(None, WindowSettings(folder.parent / "window.ini"))
	window.resize(1366, 768)
	window.show_council(council)
	window.show()
	turn_until(lambda: not window.busy)
	window.grab()
	took = time.perf_counter() - begun
	window.close()
	window.deleteLater()
	turn_until(lambda: True)
	council.close()
	return took


def main() -> None:
	"""Measure and print."""

	def say(words: str) -> None:
		sys.stdout.write(words + "\n")
		sys.stdout.flush()

	app = application()
	Collector(lambda: False, app)
	say(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()})")
	with tempfile.TemporaryDirectory() as temporary:
		folder = Path(temporary)
		export = folder / "WhatsApp Chat with Benchmark.zip"
		export.write_bytes(android_export(MESSAGES, PHOTOS))
		for number in range(1, 4):
			say(f"run {number}")
			one_run(folder / f"archive{number}", export, say)
		smaller = folder / "smaller.zip"
		smaller.write_bytes(android_export(20_000, 100))
		council, _ = create_council(
			folder / "passphrase",
			"Bench",
			"four words make sense",
			practice=False,
			clock=standing_clock(datetime(2026, 11, 23, 10, 0)),
			tables=load(),
		)
		council.importing.import_file(smaller, group="Benchmark")
		council.close()
		times = [to_window(folder / "passphrase", "four words make sense") for _ in range(3)]
		say(f"from the pass phrase to the window, 20,000 messages: {min(times):.2f} s")


if __name__ == "__main__":
	main()
