"""The window as a whole: tabs, keys, room, names, leaving."""

import time

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMessageBox, QScrollArea, QWidget

from cranford_desktop.domain.work import check
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.application import save_pictures
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.notices import ProblemDialog, ProgressRow
from cranford_desktop.ui.parts.shell_parts import TABS
from cranford_desktop.ui.task import Task
from tests.ui.ui_support import clipped, export, inside, primaries, until

SIZES = ((1024, 600), (1093, 614), (1366, 768), (1600, 900))


@pytest.mark.parametrize(
	("zoom", "sizes"),
	[
		(100, SIZES[:1]),
		pytest.param(100, SIZES[1:], marks=pytest.mark.slow),
		pytest.param(110, SIZES, marks=pytest.mark.slow),
		pytest.param(150, SIZES, marks=pytest.mark.slow),
	],
)
def test_no_words_are_clipped_on_any_tab(window: Window, dressed, zoom: int, sizes) -> None:
	theme.set_zoom(dressed, zoom)
	found = []
	for width, height in sizes:
		window.resize(width, height)
		for key, _, _ in TABS:
			window.go(key)
			for _ in range(60):
				dressed.processEvents()
			assert (window.width(), window.height()) == (width, height)
			found += [f"{key} {width}: {words}" for words in clipped(window)]
	assert found == []


def test_all_seven_words_fit_and_nothing_moves_when_one_is_chosen(window: Window, dressed) -> None:
	theme.set_zoom(dressed, 110)
	window.resize(1024, 600)
	dressed.processEvents()
	places = None
	for at in range(len(TABS)):
		window.tabs.setCurrentIndex(at)
		now = [window.tabs.tabRect(one) for one in range(len(TABS))]
		assert places in (None, now)
		places = now
	assert places[-1].right() <= window.tabs.width()


def test_keys_lead_to_the_tabs(window: Window) -> None:
	for at, (key, _, _) in enumerate(TABS):
		window._actions[f"tab:{key}"].trigger()
		assert window.tabs.currentIndex() == at
		assert window._actions[f"tab:{key}"].shortcut().toString() == f"Ctrl+{at + 1}"


def test_at_most_one_next_step_on_each_tab(window: Window) -> None:
	for key, _, _ in TABS:
		window.go(key)
		assert len(primaries(window)) <= 1, (key, primaries(window))


def test_everything_that_takes_the_focus_has_a_name(window: Window) -> None:
	nameless = []
	for key, _, _ in TABS:
		window.go(key)
		for one in inside(window, QWidget):
			takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus
			if not one.isVisible() or not takes or isinstance(one, QScrollArea):
				continue
			words = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton | QLineEdit) else "")
			if not words:
				nameless.append(f"{key}: {type(one).__name__}")
	assert nameless == []


def test_light_and_dark_and_text_size_are_kept(window: Window, dressed) -> None:
	window._actions["look:dark"].trigger()
	assert theme.is_dark()
	window._actions["larger"].trigger()
	assert theme.zoom() == 110
	window._actions["normal"].trigger()
	assert theme.zoom() == 100
	window._actions["look:light"].trigger()
	assert not theme.is_dark()
	assert (window.settings.look, window.settings.zoom) == ("light", 100)


def test_a_problem_says_what_happened_what_is_safe_and_what_to_do(window: Window, dressed) -> None:
	window.problem(CranfordError("It happened.", "All is safe.", "Do this.", "Detail 28"))
	dialog = dressed.activeModalWidget()
	assert isinstance(dialog, ProblemDialog)
	words = [label.text() for label in dialog.findChildren(type(window.status.counted))]
	assert {"It happened.", "All is safe.", "Do this."} <= set(words)
	dialog.accept()


def test_long_work_shows_its_count_and_can_be_cancelled(window: Window, qtbot) -> None:
	def slow(progress, stopped):
		for done in range(10_000):
			check(stopped)
			progress(done, 10_000, "messages")
			time.sleep(0.002)

	window.run("Reading", slow)
	until(qtbot, lambda: any(row.isVisible() for row in window.findChildren(ProgressRow)))
	[shown] = window.findChildren(ProgressRow)
	until(qtbot, lambda: "of 10,000 messages" in shown._count.text())
	shown._cancel.click()
	until(qtbot, lambda: not window.busy)
	assert window._toast._words.text() == "Stopped. Nothing was changed."


def test_a_notice_covers_no_button_and_can_be_closed(window: Window, qtbot, tmp_path) -> None:
	page = window.tab_pages["import"]
	page.take_files([export(tmp_path, 50, "later.txt")])
	until(qtbot, lambda: not page._busy and bool(page.cards))
	for width, height in ((1024, 600), (1600, 900)):
		window.resize(width, height)
		for key in ("import", "archive", "home"):
			window.go(key)
			qtbot.wait(10)
			window.toast("Backed up and read again: 1,498 messages.")
			spot = window._toast.geometry()
			assert window.rect().contains(spot)
			for one in inside(window, QAbstractButton):
				if one.isVisible() and one.window() is window and not window._toast.isAncestorOf(one):
					place = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
					assert not place.intersects(spot), (key, one.accessibleName())
	window._toast._close.click()
	assert not window._toast.isVisible()


def test_closing_while_work_runs_asks_once(window: Window, qtbot, monkeypatch) -> None:
	asked: list[str] = []

	def slow(_progress, stopped):
		while True:
			check(stopped)
			time.sleep(0.002)

	task = window.run("Reading", slow)
	until(qtbot, lambda: task.age > 1.1)
	monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
	monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.escapeButton())
	assert not window.close()
	assert asked == ["Close while work is running?"]
	assert window.isVisible()
	window._work.stop()
	until(qtbot, lambda: not window.busy)


def test_home_leads_to_what_it_names(window: Window, qtbot) -> None:
	home = window.tab_pages["home"]
	until(qtbot, lambda: "policy_review" in home.buttons)
	assert window.council.home.page().phones[0][0] == "Example Councillors"
	home.buttons["backup"].setEnabled(True)
	window.go("retention")
	assert window.tab_pages["retention"].isVisible()


def test_a_back_up_is_made_and_said(window: Window, qtbot, tmp_path) -> None:
	place = tmp_path / "stick"
	place.mkdir()
	window.back_up_to(place)
	until(qtbot, lambda: not window.busy)
	assert window.council.safekeeping.last_backup() is not None
	assert window.status.backup.accessibleName() == "Backed up today"
	assert any(place.iterdir())


def test_pictures_of_every_tab_are_saved(council, dressed, tmp_path) -> None:
	made = save_pictures(council, tmp_path / "pictures", sizes=((1024, 600),), schemes=("light",))
	assert len(made) == len(TABS)
	assert all(file.stat().st_size > 5_000 for file in made)
	assert council.browsing.count() == 41


def test_a_task_outlives_its_window_quietly(window: Window, qtbot) -> None:
	task = Task(lambda _progress, _stopped: 1)
	with qtbot.waitSignal(task.finished):
		pass
	assert task.wait(1)


def with_keys(window: Window, qtbot) -> QWidget | None:
	"""Return what has the keys once the event loop has turned."""
	qtbot.wait(20)
	return window.focusWidget()


def test_a_page_that_goes_takes_the_keys_to_the_next_page_never_to_the_search(window: Window, qtbot, tmp_path) -> None:
	window.activateWindow()
	until(qtbot, window.isActiveWindow)
	window.go("import")
	page = window.tab_pages["import"]
	pick = next(one for one in inside(page, QAbstractButton) if one.property("kind") == "primary")
	pick.setFocus()
	page.take_files([export(tmp_path, 50, "later.txt")])
	until(qtbot, lambda: not page._busy and bool(page.cards))
	assert page.isAncestorOf(with_keys(window, qtbot))
	page.start_again()
	here = with_keys(window, qtbot)
	assert page.isAncestorOf(here)
	assert here.property("kind") == "primary"
	here.hide()
	assert page.isAncestorOf(with_keys(window, qtbot))


def test_the_search_keeps_the_keys_where_she_asked_for_it(window: Window, qtbot) -> None:
	window.activateWindow()
	until(qtbot, window.isActiveWindow)
	window.go("archive")
	window.tab_pages["archive"].words.setFocus()
	window._actions["everything"].trigger()
	assert with_keys(window, qtbot) is window.search
	window.changed()
	until(qtbot, lambda: not window.busy)
	assert with_keys(window, qtbot) is window.search
