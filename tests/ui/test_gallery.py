"""Photos and files: the list by sort, one of them looked at, who listened, and copies saved outside."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from cranford_desktop.domain.files import HeldFile
from cranford_desktop.services.council import Council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.copy_dialogs import CopiesDialog, SaveCopyDialog
from cranford_desktop.ui.parts.file_model import FILE, sentence
from cranford_desktop.ui.parts.gallery_page import GalleryPage
from tests.documents.test_sound import spoken
from tests.ingest.writer import Sent
from tests.ui.flow_support import BANNED, SHAW, make_council, nameless, photo, settle, too_small, window_on, words_of
from tests.ui.ui_support import button_named, clipped

START = datetime(2025, 4, 3, 8, 12)


def sent() -> list[Sent]:
	photos = [
		Sent(START + timedelta(days=at), SHAW, words, file=f"IMG-20250403-WA{at:04d}.jpg", data=photo() + bytes([at]))
		for at, words in enumerate(("The drain", "The hedge", "The broken swing"))
	]
	note = Sent(START + timedelta(days=9), SHAW, "", file="PTT-20250412-WA0009.opus", data=spoken(1.0))
	paper = Sent(START + timedelta(days=8), SHAW, "", file="Survey.pdf", data=b"%PDF-1.4")
	lost = Sent(START + timedelta(days=7), SHAW, "", file="IMG-20250410-WA0007.jpg")
	return [*photos, lost, paper, note, Sent(START + timedelta(days=10), SHAW, "https://example.org/plan")]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Council]:
	made = make_council(tmp_path, sent())
	yield made
	made.close()


@pytest.fixture
def page(dressed: QApplication, village: Council, tmp_path: Path, qtbot) -> Iterator[GalleryPage]:
	with window_on(village, tmp_path, qtbot) as window:
		made = GalleryPage(village, window)
		window.show_page(made)
		made.refresh()
		qtbot.waitUntil(lambda: made.view.current() is not None, timeout=10_000)
		yield made
		made.close_down()


def rows(page: GalleryPage) -> list[HeldFile]:
	model = page.view.model()
	return [model.index(at, 0).data(FILE) for at in range(model.rowCount())]


def shown(page: GalleryPage, sort: str, qtbot, many: int) -> None:
	button_named(page, next(one.text() for key, one in page.segments.items() if key == sort)).click()
	qtbot.waitUntil(lambda: page._sort == sort and len(rows(page)) == many, timeout=10_000)


def test_the_archive_leads_to_them_and_back_to_a_message(
	village: Council, dressed: QApplication, tmp_path: Path, qtbot
) -> None:
	with window_on(village, tmp_path, qtbot) as window:
		window.go("archive")
		tab = window.tab_pages["archive"]
		tab.show_page("gallery")
		gallery = tab._stack.currentWidget()
		qtbot.waitUntil(lambda: gallery.view.current() is not None, timeout=10_000)
		gallery.pane.place.click()
		swing = gallery.view.current().message_id
		qtbot.waitUntil(lambda: tab.list.isVisible() and tab.list.current() == swing, timeout=10_000)


def test_photos_come_first_with_their_count_and_the_newest_is_looked_at(page: GalleryPage, qtbot) -> None:
	assert [one.caption for one in rows(page)] == ["The broken swing", "The hedge", "The drain"]
	assert page.segments["photo"].text() == "Photos 3"
	assert "1 message shows a file that no phone handed in." in words_of(page)
	qtbot.waitUntil(page.pane.photo.isVisible, timeout=10_000)
	assert "The broken swing" in page.pane.photo.accessibleName()


def test_every_row_is_one_sentence(page: GalleryPage, qtbot) -> None:
	newest = page.view.model().index(0, 0)
	assert newest.data(Qt.ItemDataRole.AccessibleTextRole) == (
		f"Photo from {SHAW}, Sat 5 Apr 2025, 08:12, in Councillors: The broken swing, IMG-20250403-WA0002.jpg, 2 kB"
	)
	for sort, many in (("document", 1), ("voice", 1), ("link", 1)):
		shown(page, sort, qtbot, many)
		assert sentence(rows(page)[0])


def test_words_narrow_by_caption_name_and_sender(page: GalleryPage, qtbot) -> None:
	page.words.setText("swing")
	qtbot.waitUntil(lambda: len(rows(page)) == 1, timeout=5_000)
	assert "1 of 3 shown." in words_of(page)
	page.words.setText("nothing at all")
	qtbot.waitUntil(lambda: not rows(page), timeout=5_000)
	assert page.pane.isHidden()
	qtbot.waitUntil(lambda: "Show all" in words_of(page), timeout=5_000)
	button_named(page, "Show all").click()
	qtbot.waitUntil(lambda: len(rows(page)) == 3, timeout=5_000)


def test_a_photo_is_looked_at_closely_by_keyboard(page: GalleryPage, qtbot) -> None:
	page.view.setFocus()
	qtbot.keyClick(page.view, Qt.Key.Key_Return)
	photo_view = page.pane.photo
	qtbot.waitUntil(lambda: photo_view.isVisible() and not page.view.isVisible(), timeout=5_000)
	for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_R):
		qtbot.keyClick(photo_view, key)
	assert (photo_view.times, photo_view.turned) == (1.25**2, 90)
	qtbot.keyClick(photo_view, Qt.Key.Key_0)
	assert photo_view.times == 1.0
	button_named(page, "Next").click()
	qtbot.waitUntil(lambda: "The hedge" in photo_view.accessibleName(), timeout=5_000)
	assert photo_view.turned == 0
	qtbot.keyClick(photo_view, Qt.Key.Key_Escape)
	assert page.view.isVisible()
	assert page.view.current().caption == "The hedge"


def test_what_one_photo_shows_is_said_and_undone(page: GalleryPage, qtbot) -> None:
	window, hedge = page._window, rows(page)[1]
	page.words.setText("hedge april 2025")
	qtbot.waitUntil(lambda: rows(page) == [hedge], timeout=5_000)
	qtbot.waitUntil(lambda: "What this photo shows" in words_of(page), timeout=5_000)
	page.shows.ticks["Asset"].click()
	settle(window, qtbot)
	qtbot.waitUntil(lambda: page._shows == {hedge.message_id: ("Asset",)}, timeout=5_000)
	sorting = window.council.sorting
	assert [(one.name, one.sort) for one in sorting.tags_of([hedge.message_id])[hedge.message_id]] == [
		("Asset", "shows")
	]
	[here] = [page.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)]
	assert here.endswith(", shows an asset")
	assert page.view.current().id == hedge.id
	page.words.setText("asset")
	qtbot.waitUntil(lambda: rows(page) == [hedge], timeout=5_000)
	window._toast._act.click()
	settle(window, qtbot)
	qtbot.waitUntil(lambda: page._shows == {}, timeout=5_000)
	assert sorting.tags_of([hedge.message_id]) == {}


def test_what_several_photos_show_is_said_in_one_go(page: GalleryPage, qtbot) -> None:
	window, council = page._window, page._window.council
	swing, hedge, drain = (one.message_id for one in rows(page))
	council.sorting.tag([hedge], "Event", "shows")
	page.refresh()
	qtbot.waitUntil(lambda: page._shows == {hedge: ("Event",)}, timeout=5_000)
	page.view.setFocus()
	page.view.go_to(0)
	qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
	qtbot.waitUntil(lambda: "What the 3 photos chosen show" in words_of(page), timeout=5_000)
	event = page.shows.ticks["Event"]
	assert event.checkState() == Qt.CheckState.PartiallyChecked
	event.click()
	settle(window, qtbot)
	qtbot.waitUntil(lambda: page._shows == dict.fromkeys((swing, hedge, drain), ("Event",)), timeout=5_000)
	assert len(page.view.chosen_items()) == 3
	assert event.checkState() == Qt.CheckState.Checked
	event.click()
	settle(window, qtbot)
	qtbot.waitUntil(lambda: page._shows == {}, timeout=5_000)
	council.sorting.undo()
	assert set(council.sorting.tags_of([swing, hedge, drain])) == {swing, hedge, drain}


def test_the_menu_of_a_file_says_what_it_shows_too(page: GalleryPage, qtbot) -> None:
	menu = QMenu()
	page.shows.fill(menu)
	assert [act.text() for act in menu.actions()] == ["Shows an event", "Shows an asset", "Shows a project"]
	menu.actions()[2].trigger()
	settle(page._window, qtbot)
	qtbot.waitUntil(lambda: page._shows == {rows(page)[0].message_id: ("Project",)}, timeout=5_000)
	shown(page, "voice", qtbot, 1)
	qtbot.waitUntil(lambda: not page.shows.isVisible(), timeout=5_000)
	nothing = QMenu()
	page.shows.fill(nothing)
	assert nothing.isEmpty()


def test_the_way_to_its_conversation(page: GalleryPage, qtbot) -> None:
	with qtbot.waitSignal(page.message_wanted) as wanted:
		page.pane.place.click()
	assert wanted.args == [rows(page)[0].message_id]


def test_a_voice_note_is_played_or_says_why_not_and_its_gist_is_recorded(page: GalleryPage, qtbot) -> None:
	shown(page, "voice", qtbot, 1)
	panel = page.pane.listen
	qtbot.waitUntil(panel.isVisible, timeout=5_000)
	panel.play.click()
	# A machine without a loudspeaker says so; one with it plays.
	qtbot.waitUntil(lambda: panel.player.playing or "nothing to play" in words_of(panel), timeout=5_000)
	panel.leave()
	assert not panel.player.playing
	panel.keep.click()
	assert panel._by.error() == "Say who it was"
	panel.by.setText("Helen Marsh")
	panel.gist.setPlainText("The hedge on Church Street")
	panel.keep.click()
	window = page._window
	settle(window, qtbot)
	qtbot.waitUntil(lambda: bool(rows(page)) and rows(page)[0].listened is not None, timeout=5_000)
	assert rows(page)[0].listened.on == date(2026, 11, 23)
	assert "The hedge on Church Street" in sentence(rows(page)[0])


def test_a_copy_outside_is_warned_of_saved_and_ticked_off(page: GalleryPage, tmp_path: Path, qtbot) -> None:
	window: Window = page._window
	page.pane.save.click()
	dialog = QApplication.activeModalWidget()
	assert isinstance(dialog, SaveCopyDialog)
	assert "not encrypted" in words_of(dialog)
	assert nameless(dialog) == []
	dialog.reject()
	dialog.save(tmp_path / "swing.jpg")
	settle(window, qtbot)
	assert (tmp_path / "swing.jpg").read_bytes().startswith(b"\xff\xd8")
	page.refresh()
	qtbot.waitUntil(lambda: page._copies.isVisible() and page._copies.text() == "1 copy outside", timeout=5_000)
	page._copies.click()
	copies = QApplication.activeModalWidget()
	assert isinstance(copies, CopiesDialog)
	button_named(copies, "I have deleted swing.jpg").click()
	settle(window, qtbot)
	assert "No copy is believed to lie outside." in words_of(copies)
	copies.accept()


@pytest.mark.parametrize(("width", "height"), [(1024, 600), (1600, 900)])
def test_nothing_is_clipped_nameless_or_rude(page: GalleryPage, width: int, height: int, qtbot) -> None:
	page._window.resize(width, height)
	for sort, many in (("photo", 3), ("document", 1), ("voice", 1), ("contact", 0), ("link", 1)):
		shown(page, sort, qtbot, many)
		settle(page._window, qtbot)
		assert (clipped(page), nameless(page), too_small(page)) == ([], [], [])
		assert not [word for word in BANNED if word in words_of(page).casefold()]
