"""What one step of deciding by keyboard costs in the real window: 500 messages decided with one key each.

Absolute figures, best of three, with the machine's name: `python -m tests.benchmarks.deciding_steps`. Asserts nothing.
`--profile`: also say where the time of one pass goes.
"""

import cProfile
import os
import platform
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council
from cranford_desktop.ui.application import application
from cranford_desktop.ui.collector import Collector
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.settings import WindowSettings
from tests.benchmarks.measure import android_export
from tests.benchmarks.window_gaps import Watch, turn_until

HELD, DECIDED = 5_000, 500
KEYS = (Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_R)
"""Release, not in scope, private, release: one key and nothing to fill in."""
_QUIET_MS = 300


def council_with_a_request(folder: Path, regime: str) -> tuple[Council, int]:
	"""Make a council that holds 5,000 messages and a request with 500 of them, all undecided."""
	export = folder / "WhatsApp Chat with Benchmark.zip"
	export.write_bytes(android_export(HELD, 20))
	council, _ = create_council(
		folder / "archive",
		"Bench",
		None,
		practice=False,
		clock=standing_clock(datetime(2026, 11, 23, 10)),
		tables=load(),
	)
	council.importing.import_file(export, group="Benchmark")
	ids = tuple(council.browsing.ids(MessageFilter()))[:DECIDED]
	request = council.requests.create(
		regime=regime,  # type: ignore[arg-type]
		received=date(2026, 11, 20),
		requester="Alex Example",
		wording="Everything",
	)
	council.gathering.gather(request.id, MessageFilter(ids=ids))
	council.gathering.confirm_set(request.id)
	return council, request.id


def press(view: object, key: Qt.Key) -> None:
	"""Press and let go of a key, as a keyboard does."""
	for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
		QApplication.sendEvent(view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))  # type: ignore[arg-type]


def quiet(window: Window) -> None:
	"""Turn the loop until nothing runs and nothing has run for a while."""
	turn_until(lambda: not window.busy)
	begun = time.perf_counter()
	turn_until(lambda: not window.busy and time.perf_counter() - begun > _QUIET_MS / 1000)


def one_run(folder: Path, say: Callable[[str], object], profile: cProfile.Profile | None = None) -> None:
	"""Decide on every message with a key; report the steps and the longest time between two turns of the loop."""
	council, request_id = council_with_a_request(folder, "foi")
	window = Window(None, WindowSettings(folder / "window.ini"))
	window.resize(1366, 768)
	window.show_council(council)
	window.show()
	quiet(window)
	window.go("requests")
	tab = window.tab_pages["requests"]
	tab.open_item(request_id)
	watch = Watch()
	watch.begin()
	tab.open_task("decide")
	turn_until(lambda: not window.busy and len(tab.decide.state) == DECIDED)
	say(f"the decide page with {DECIDED} messages: longest gap {watch.longest * 1000:.0f} ms")
	quiet(window)
	steps: list[tuple[float, float]] = []
	watch.begin()
	if profile is not None:
		profile.enable()
	for key in cycle(KEYS):
		left = len(tab.decide.state.undecided())
		if not left:
			break
		wall, cpu = time.perf_counter(), time.thread_time()
		press(tab.decide.view, key)
		# until the row is painted again, as she would see it
		QApplication.processEvents()
		steps.append((time.perf_counter() - wall, time.thread_time() - cpu))
		if len(steps) > 2 * DECIDED:
			say("the keys do not decide any more")
			break
	if profile is not None:
		profile.disable()
	longest = watch.longest
	quiet(window)
	decided = sum(one.decision is not None for one in council.deciding.candidates(request_id))
	walls, cpus = sorted(one[0] * 1000 for one in steps), sorted(one[1] * 1000 for one in steps)
	say(
		f"{decided} messages decided in {len(steps)} steps: "
		f"middle {walls[len(walls) // 2]:.0f} ms, 95 of 100 within {walls[int(len(walls) * 0.95)]:.0f} ms, "
		f"longest {walls[-1]:.0f} ms, longest gap {longest * 1000:.0f} ms; "
		f"processor of the window's thread: middle {cpus[len(cpus) // 2]:.0f} ms, longest {cpus[-1]:.0f} ms; "
		f"over 100 ms: {sum(one > 100 for one in walls)} by the clock, {sum(one > 100 for one in cpus)} by processor"
	)
	window.close()
	window.deleteLater()
	turn_until(lambda: True)
	council.close()


def main() -> None:
	"""Measure and print."""

	def say(words: str) -> None:
		sys.stdout.write(words + "\n")
		sys.stdout.flush()

	app = application()
	Collector(lambda: False, app)
	say(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()})")
	for number in range(1, 4):
		say(f"run {number}")
		with tempfile.TemporaryDirectory() as temporary:
			one_run(Path(temporary), say)
	if "--profile" in sys.argv:
		profile = cProfile.Profile()
		with tempfile.TemporaryDirectory() as temporary:
			one_run(Path(temporary), say, profile)
		pstats.Stats(profile, stream=sys.stdout).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
	main()
