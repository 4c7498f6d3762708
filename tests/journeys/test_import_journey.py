"""Three members' phones, then every week: by mouse and by keyboard in the real window, every click counted."""

import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication

from cranford_desktop.paths import resources
from tests.ingest.writer import Phone, Sent, write_export
from tests.journeys.import_support import AHMED, BELL, CHAT, SHAW, Hands, keys_to, phones, story
from tests.ui.conftest import dressed, empty_council, empty_window, nobody_answers  # noqa: F401 fixtures
from tests.ui.flow_support import words_of
from tests.ui.ui_support import clipped, primaries

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PRACTICE = resources() / "practice" / "exports"
GROUP = "Thistlemere Councillors"
THREE = (
	PRACTICE / "android" / f"WhatsApp Chat with {GROUP}.zip",
	PRACTICE / "iphone-12h" / f"WhatsApp Chat - {GROUP}.zip",
	PRACTICE / "iphone-24h" / f"WhatsApp Chat - {GROUP}.zip",
)


@pytest.fixture
def hands(empty_window, qtbot) -> Hands:  # noqa: F811 a fixture
	return Hands(empty_window, qtbot)


def say_holders(hands: Hands, holders: dict[int, str]) -> None:
	"""Say whose phones they are, where the file itself does not show it already."""
	for at, name in holders.items():
		holder = hands.tab.cards[at].holder
		if holder is not None:
			hands.pick(holder.box, name)
		assert hands.tab.plan.phone_words(at) == f"{name}’s phone"


def import_three(hands: Hands, files, holders: dict[int, str]) -> None:
	"""Import three phones of one conversation for the first time."""
	hands.drop(*files)
	say_holders(hands, holders)
	hands.click("Continue")
	hands.click("All of it is council business")
	hands.click("Continue")
	[go] = [one for one in primaries(hands.window) if one.startswith("Import")]
	hands.click(go)


def test_three_practice_phones_take_at_most_six_steps_and_fifteen_clicks(hands: Hands) -> None:
	import_three(hands, THREE, {0: "Cllr Ruth Ashdown", 1: "Helen Stott", 2: "Gwen Pritchard"})
	assert hands.pages == ["CheckPage", "QuestionsPage", "AnswersPage", "ReceiptPage"]  # at most six steps
	assert hands.clicks <= 11  # a drop, two for each phone, the chat, two to go on, one to import
	council = hands.window.council
	assert [group.name for group in council.browsing.groups()] == [GROUP]
	receipts = council.importing.receipts()
	assert len(receipts) == 3
	assert council.browsing.count() == sum(one.new for one in receipts) < sum(one.records for one in receipts)
	for one in receipts:
		assert one.records == one.new + one.matched
	assert {one.phone for one in receipts} == {
		"Cllr Ruth Ashdown’s phone",
		"Helen Stott’s phone",
		"Gwen Pritchard’s phone",
	}
	assert clipped(hands.window) == []


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_on_a_small_screen_too_the_check_page_shows_what_joining_means(hands: Hands, size: tuple[int, int]) -> None:
	hands.window.resize(*size)
	hands.drop(*THREE)
	say_holders(hands, {0: "Cllr Ruth Ashdown", 1: "Helen Stott", 2: "Gwen Pritchard"})
	[joined] = hands.tab.page.joins
	assert hands.tab.page.area.verticalScrollBar().value() == 0
	for part in (joined.join, joined.apart, hands.tab.page.on):
		assert part.visibleRegion().boundingRect().height() == part.height(), part.text()
	chart = joined.view.chart
	last = chart.month_place(2, 0).toAlignedRect()
	assert chart.visibleRegion().boundingRect().contains(last.center())
	assert clipped(hands.window) == []


def test_her_week_is_one_drop_and_one_click(hands: Hands, tmp_path: Path) -> None:
	told = story()
	import_three(hands, phones(tmp_path, told), {0: SHAW, 1: AHMED, 2: BELL})
	before = hands.window.council.browsing.count()
	week = [Sent(told[-1].at + timedelta(hours=5 * n), SHAW, f"This week’s note {n}.") for n in range(1, 13)]
	later = tmp_path / "week" / CHAT
	later.parent.mkdir()
	write_export(later, Phone("android", owner=SHAW), [*told, *week])
	hands.click("Import another")
	hands.clicks, hands.pages = 0, []
	hands.drop(later)
	assert hands.clicks == 1
	assert primaries(hands.window) == ["Import 12 new messages"]
	hands.click("Import 12 new messages")
	assert (hands.clicks, hands.pages) == (2, ["CheckPage", "ReceiptPage"])  # the drop, and one click
	assert hands.window.council.browsing.count() == before + 12
	newest = hands.window.council.importing.receipts()[0]
	assert (newest.phone, newest.group, newest.new) == (f"{SHAW}’s phone", "Councillors", 12)


def test_nothing_new_needs_no_click_at_all(hands: Hands, tmp_path: Path) -> None:
	files = phones(tmp_path, story())
	import_three(hands, files, {0: SHAW, 1: AHMED, 2: BELL})
	held = hands.window.council.browsing.count()
	again = tmp_path / "again" / "WhatsApp Chat with Councillors.zip"
	again.parent.mkdir()
	with zipfile.ZipFile(again, "w") as packed:
		packed.write(files[0], CHAT)
	hands.click("Import another")
	hands.clicks = 0
	hands.drop(again)
	assert hands.clicks == 1
	assert "Nothing new since 15 October 2025" in words_of(hands.tab)
	assert hands.window.council.browsing.count() == held
	assert len(hands.window.council.importing.receipts()) == 3


def test_the_keyboard_alone_gets_a_chat_in(hands: Hands, qtbot, tmp_path: Path) -> None:
	[shaw, *_] = phones(tmp_path, story())
	window = hands.window
	window.activateWindow()
	qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
	data = QMimeData()
	data.setUrls([QUrl.fromLocalFile(str(shaw))])
	QApplication.clipboard().setMimeData(data)
	qtbot.keyClick(window.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
	hands.until(lambda: bool(hands.tab.cards))
	qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)  # Continue has the keys
	hands.rest()
	assert window.focusWidget().accessibleName() == "All of it is council business"
	qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
	qtbot.keyClick(keys_to(qtbot, window, "Continue"), Qt.Key.Key_Space)
	hands.rest()
	assert window.focusWidget().accessibleName() == "Import 120 new messages"
	qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
	hands.rest()
	assert window.council.browsing.count() == 120
	assert window.focusWidget().accessibleName() == "See them in the archive"


def test_an_import_is_undone_and_the_archive_is_as_before(hands: Hands, qtbot, tmp_path: Path) -> None:
	told = story()
	files = phones(tmp_path, told)
	hands.drop(files[0])
	hands.click("Continue")
	hands.click("All of it is council business")
	hands.click("Continue")
	hands.click("Import 120 new messages")
	before = [(row.sent_at, row.sender, row.text) for row in hands.window.council.browsing.rows(range(1, 121))]
	later = tmp_path / "later" / CHAT
	later.parent.mkdir()
	more = [Sent(told[-1].at + timedelta(hours=n), SHAW, f"Wrong chat, note {n}.") for n in range(1, 8)]
	write_export(later, Phone("android", owner=SHAW), [*told, *more])
	hands.click("Import another")
	hands.drop(later)
	hands.click("Import 7 new messages")
	assert hands.window.council.browsing.count() == 127
	hands.click("Undo this import…")
	dialog = QApplication.activeModalWidget()
	assert "7 messages came in with it" in words_of(dialog)
	dialog.go.click()
	hands.until(lambda: type(hands.tab.page).__name__ == "UndonePage" and not hands.window.busy)
	assert "7 messages that only this import showed went out of the archive again" in words_of(hands.tab)
	council = hands.window.council
	assert council.browsing.count() == 120
	assert [(row.sent_at, row.sender, row.text) for row in council.browsing.rows(range(1, 121))] == before
	hands.click("Back to Import")
	assert len(council.importing.receipts()) == 1


def test_files_can_wait_in_downloads_until_they_are_ticked(hands: Hands, qtbot, tmp_path: Path) -> None:
	downloads = tmp_path / "Downloads"
	downloads.mkdir()
	[shaw, *_] = phones(tmp_path, story(20))
	shutil.copy(shaw, downloads / CHAT)
	(downloads / "bank statement.txt").write_text("private", encoding="utf-8")
	hands.window.go("import")
	hands.tab.downloads = downloads
	hands.click("Look in Downloads")
	page = hands.tab.page
	assert [path.name for path in page.ticks] == [CHAT]
	hands.click("Tick what to read")
	assert hands.tab.page is page
	hands.click_on(page.ticks[downloads / CHAT])
	hands.click("Read 1 file")
	assert [card.found.path.name for card in hands.tab.cards] == [CHAT]
	assert hands.window.council.browsing.count() == 0
