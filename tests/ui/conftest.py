"""The dressed application, a window on a council with one imported chat, and the ways in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QMessageBox, QWidget

from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.application import Entrance, application
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.settings import WindowSettings
from tests.ui.ui_support import GROUP, doors, export, let_go, new_council


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
	return QApplication


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
	"""A question nobody expects must fail the test, not wait for an answer for ever."""

	def asked(box: QMessageBox) -> None:
		raise AssertionError(f"asked: {box.text()}")

	monkeypatch.setattr(QMessageBox, "exec", asked)


@pytest.fixture(autouse=True)
def no_stray_windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
	"""What is shown before it has its place opens as a window of its own for a moment and takes the keyboard along."""
	show, stray = QWidget.setVisible, []

	def watched(widget: QWidget, visible: bool) -> None:
		alone = visible and widget.parentWidget() is None and not isinstance(widget, QDialog | QMainWindow | QMenu)
		if alone and any(isinstance(one, QMainWindow) and one.isVisible() for one in QApplication.topLevelWidgets()):
			stray.append(f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}")
		show(widget, visible)

	monkeypatch.setattr(QWidget, "setVisible", watched)
	yield
	assert stray == []


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
	app = application()
	theme.apply(app)
	theme.set_zoom(app, 100)
	yield app
	theme.set_zoom(app, 100)
	theme.apply(app)


@pytest.fixture
def empty_council(tmp_path: Path) -> Iterator[Council]:
	council = new_council(tmp_path / "archive")
	yield council
	council.close()


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made = new_council(tmp_path / "archive")
	made.importing.import_file(export(tmp_path), group=GROUP)
	yield made
	made.close()


def _window_on(council: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	window = Window(doors(tmp_path / "data"), WindowSettings(tmp_path / "window.ini"))
	window.show_council(council)
	window.resize(1366, 768)
	window.show()
	qtbot.waitExposed(window)
	yield window
	qtbot.waitUntil(lambda: not window.busy, timeout=20_000)
	window.council = None  # the fixture closes it
	for page in window.tab_pages.values():
		if hasattr(page, "close_down"):
			page.close_down()
	window.close()
	let_go(window)


@pytest.fixture
def window(dressed: QApplication, council: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	yield from _window_on(council, tmp_path, qtbot)


@pytest.fixture
def empty_window(dressed: QApplication, empty_council: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	yield from _window_on(empty_council, tmp_path, qtbot)


@pytest.fixture
def entrance(dressed: QApplication, tmp_path: Path, qtbot) -> Iterator[Entrance]:
	data = tmp_path / "data"
	data.mkdir()
	made = Entrance(doors(data), WindowSettings(data / "window.ini"))
	made.start()
	made.window.resize(1366, 768)
	made.window.show()
	qtbot.waitExposed(made.window)
	yield made
	made.window.close()
	let_go(made.window)
