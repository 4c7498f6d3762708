"""Fixtures of all tests. The window's tests need Qt's system libraries: see `pytest_configure`."""

import gc
import importlib
import os
import sys
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

QT_LIBRARIES = "sudo apt-get install -y libgl1 libegl1 libglib2.0-0 libxkbcommon0 libfontconfig1 libdbus-1-3"


def _qt_problem() -> str | None:
	try:
		importlib.import_module("PySide6.QtWidgets")
	except ImportError as problem:
		return str(problem)
	return None


def pytest_addoption(parser: pytest.Parser) -> None:
	"""Where Qt cannot load, know pytest-qt's settings all the same: strict configuration would stop the run."""
	if _qt_problem() is not None:
		parser.addini("qt_log_level_fail", "read by pytest-qt")
		parser.addini("qt_log_ignore", "read by pytest-qt", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
	"""Load pytest-qt ourselves: where Qt cannot load, pytest-qt would stop the whole run."""
	problem = _qt_problem()
	config.stash[QT_PROBLEM] = problem
	if problem is None and not config.pluginmanager.has_plugin("pytest-qt-own"):
		config.pluginmanager.register(importlib.import_module("pytestqt.plugin"), "pytest-qt-own")


QT_PROBLEM = pytest.StashKey[str | None]()


def pytest_ignore_collect(collection_path: object, config: pytest.Config) -> bool | None:
	"""Leave the window's tests out where Qt cannot load; with CI=true that is a failure (see the summary)."""
	if config.stash[QT_PROBLEM] is None:
		return None
	parts = getattr(collection_path, "parts", ())
	return True if "ui" in parts or "journeys" in parts else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
	"""Say which tests were not run and the line that mends it."""
	problem = config.stash[QT_PROBLEM]
	if problem is not None:
		terminalreporter.write_line(f"Not run: the tests of the window, because Qt cannot load ({problem}).")
		if sys.platform.startswith("linux"):
			terminalreporter.write_line(f"On Debian or Ubuntu this mends it: {QT_LIBRARIES}")


def pytest_sessionfinish(session: pytest.Session) -> None:
	"""With CI=true, tests of the window that could not run are a failure."""
	if session.config.stash[QT_PROBLEM] is not None and os.environ.get("CI") == "true":
		session.exitstatus = 1


@pytest.fixture(autouse=True)
def rubbish_in_one_thread(request: pytest.FixtureRequest) -> Iterator[None]:
	"""Collect rubbish as the window does, in its own thread: a worker's collection would take Qt's objects apart."""
	parts = request.node.path.parts
	if "ui" not in parts and "journeys" not in parts:
		yield
		return
	gc.disable()
	yield
	gc.collect()
	gc.enable()
