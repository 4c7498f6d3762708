"""Private details on screen: the queue, the message in its conversation, and what the clerk does about it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cranford_desktop.services.council import Council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.laid import Mark
from cranford_desktop.ui.parts.sensitive_dialogs import AskDeleteDialog, DismissDialog, OwnWordsDialog
from cranford_desktop.ui.parts.sensitive_page import SensitivePage
from tests.ingest.writer import Sent
from tests.ui.flow_support import BANNED, BELL, SHAW, make_council, nameless, settle, too_small, window_on, words_of
from tests.ui.ui_support import button_named, clipped, primaries

START = datetime(2025, 4, 3, 8, 12)
WORDS = (
	"The drain is blocked again, minute 24/037",
	"Mrs Hartley of 14 Mill Lane rang, 07700 900123",
	"I will ring her",
	"She is in hospital, Mrs Hartley that is",
	"Ring the office instead, 01632 960100",
)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Council]:
	sent = [Sent(START + timedelta(hours=at), (SHAW, BELL)[at % 2], words) for at, words in enumerate(WORDS)]
	made = make_council(tmp_path, sent)
	yield made
	made.close()


@pytest.fixture
def window(dressed: QApplication, village: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	with window_on(village, tmp_path, qtbot) as made:
		yield made


@pytest.fixture
def page(window: Window, qtbot) -> SensitivePage:
	window.go("archive:private")
	made = window.tab_pages["archive"].private
	quiet(window, made, qtbot, 3)
	return made


def press(page: SensitivePage, key: Qt.Key, qtbot) -> None:
	"""Press a key in the list, as in a window that is active."""
	page.window().activateWindow()
	qtbot.waitUntil(page.window().isActiveWindow, timeout=10_000)
	page.list.setFocus()
	qtbot.keyClick(page.list, key)


def quiet(window: Window, page: SensitivePage, qtbot, messages: int) -> None:
	"""Wait until nothing runs and so many messages are listed."""
	settle(window, qtbot)
	qtbot.waitUntil(lambda: page._task is None and page._scan is None, timeout=10_000)
	qtbot.waitUntil(lambda: len(page.list.model().ids) == messages, timeout=10_000)


def texts(page: SensitivePage) -> list[str]:
	model = page.list.model()
	return [model.place(at).text for at in range(model.rowCount())]


def with_dialog(kind: type, do) -> None:
	"""Do something in the next dialog of a kind."""

	def look() -> None:
		dialog = QApplication.activeModalWidget()
		if not isinstance(dialog, kind):
			QTimer.singleShot(10, look)
			return
		do(dialog)

	QTimer.singleShot(10, look)


def test_opening_the_page_looks_and_lists_newest_first(page: SensitivePage, qtbot) -> None:
	assert texts(page) == [WORDS[4], WORDS[3], WORDS[1]]
	assert page.counted.text() == "3 messages"
	spoken = page.list.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
	assert spoken == f"{BELL}, Thu 3 Apr 2025, 09:12: Name, Home address, Phone number. {WORDS[1]}"
	assert "Suggestions, not complete" in words_of(page)


def test_the_message_stands_in_its_conversation_with_the_places_marked(page: SensitivePage) -> None:
	page.list.setCurrentIndex(page.list.model().index(2, 0))
	place = page.list.current()
	line = page.chat.line_of(place.message_id)
	assert line.marks == (Mark(0, 11, "sensitive"), Mark(15, 27, "sensitive"), Mark(34, 46, "sensitive"))
	assert line.chips == (("Name", "sensitive"), ("and 2 more", "sensitive"))
	assert len(page.chat.message_ids()) == len(WORDS)
	told = words_of(page)
	assert "Looks like a house with its street: 14 Mill Lane." in told
	assert "Looks like a phone number: 07700 900123." in told


def test_one_kind_can_be_listed_alone(window: Window, page: SensitivePage, qtbot) -> None:
	labels = [page.kind.itemText(at) for at in range(page.kind.count())]
	assert labels == ["All kinds", "Phone numbers (2)", "Home addresses (1)", "Names (2)", "Health (1)"]
	page.kind.setCurrentIndex(4)
	quiet(window, page, qtbot, 1)
	assert texts(page) == [WORDS[3]]


def test_a_dismissal_takes_a_reason_and_can_be_undone(window: Window, page: SensitivePage, qtbot) -> None:
	def office(asked: DismissDialog) -> None:
		assert words_of(asked).count("01632 960100") == 1
		asked.why.setCurrentText("Something else")
		button_named(asked, "Dismiss").click()
		assert asked.summary.words() == ["Say in a few words why it may stay"]
		asked.other.setText("Our own number")
		asked.words.setChecked(True)
		button_named(asked, "Dismiss").click()

	with_dialog(DismissDialog, office)
	press(page, Qt.Key.Key_D, qtbot)
	quiet(window, page, qtbot, 2)
	page.state.setCurrentIndex(1)
	quiet(window, page, qtbot, 1)
	assert "Dismissed, everywhere: Our own number" in words_of(page)
	assert not page.dismiss_button.isVisible()
	press(page, Qt.Key.Key_U, qtbot)
	quiet(window, page, qtbot, 0)
	page.state.setCurrentIndex(0)
	quiet(window, page, qtbot, 3)


def test_only_what_is_ticked_is_dismissed(window: Window, page: SensitivePage, qtbot) -> None:
	page.list.setCurrentIndex(page.list.model().index(2, 0))

	def address(asked: DismissDialog) -> None:
		for at, tick in asked.ticks.items():
			tick.setChecked(asked._place.suggestions[at].detector == "address")
		assert asked.group.text() == "All home addresses in this group, now and later"
		asked.accept()

	with_dialog(DismissDialog, address)
	page.dismiss()
	quiet(window, page, qtbot, 3)
	assert {one.detector for one in page.list.model().place(2).suggestions} == {"name", "phone"}


def test_a_data_breach_is_logged_from_it_and_deals_with_it(window: Window, page: SensitivePage, qtbot) -> None:
	page.list.setCurrentIndex(page.list.model().index(1, 0))
	press(page, Qt.Key.Key_B, qtbot)
	cases = window.tab_pages["cases"]
	assert (cases.form.kind, cases.isVisible()) == ("data_breach", True)
	cases.form.title.setText("Health detail in the group")
	cases.form.facts.setPlainText("It was posted to the group.")
	assert cases.form.save() is not None
	window.go("archive:private")
	quiet(window, page, qtbot, 2)
	page.state.setCurrentIndex(2)
	quiet(window, page, qtbot, 1)
	assert "Logged as a data breach" in words_of(page)
	page.case_button.click()
	assert cases.page.case.reference == "DB-2026-001"


def test_a_case_of_another_message_deals_with_nothing(window: Window, page: SensitivePage, qtbot) -> None:
	page.log_case("policy_breach")
	window.go("cases:policy_breach")
	form = window.tab_pages["cases"].form
	form.title.setText("Something else")
	form.people.setText("Somebody")
	form.happened.set_text("3 4 2025")
	form.facts.setPlainText("It happened.")
	assert form.save() is not None
	window.go("archive:private")
	quiet(window, page, qtbot, 3)


def test_the_sender_is_asked_with_words_to_copy(window: Window, page: SensitivePage, qtbot) -> None:
	page.list.setCurrentIndex(page.list.model().index(2, 0))

	def ask(asked: AskDeleteDialog) -> None:
		asked.how.setCurrentIndex(1)
		asked.copy.click()
		assert "Delete for everyone" in QGuiApplication.clipboard().text()
		assert "900123" not in QGuiApplication.clipboard().text()
		asked.accept()

	with_dialog(AskDeleteDialog, ask)
	press(page, Qt.Key.Key_A, qtbot)
	quiet(window, page, qtbot, 2)
	page.state.setCurrentIndex(2)
	quiet(window, page, qtbot, 1)
	assert "The sender was asked to delete it. In WhatsApp" in words_of(page)


def test_the_councils_own_words_are_looked_for_at_once(window: Window, page: SensitivePage, qtbot) -> None:
	def edit(asked: OwnWordsDialog) -> None:
		asked.keep.click()
		assert asked.summary.words() == ["There is no word in it. Type a word, a number or an address."]
		asked.word.setText("drain")
		asked.keep.click()
		asked.own.setChecked(True)
		asked.word.setText("01632 960100")
		asked.keep.click()
		assert [asked.list.item(at).text() for at in range(asked.list.count())] == [
			"01632 960100 – never pointed at",
			"drain – pointed at",
		]
		asked.accept()

	with_dialog(OwnWordsDialog, edit)
	page.edit_words()
	settle(window, qtbot)
	qtbot.waitUntil(lambda: texts(page) == [WORDS[3], WORDS[1], WORDS[0]], timeout=10_000)


def test_home_tells_of_it_quietly_and_an_empty_list_says_so(window: Window, page: SensitivePage, qtbot) -> None:
	home = window.tab_pages["home"]
	window.go("home")
	words = "3 messages may hold private details. Look when you have time."
	assert words in words_of(home)
	button_named(home, words).click()
	for place in window.council.finding.places(window.council.finding.queue()):
		window.council.finding.record_asked(place.message_id, "spoken")
	page.refresh()
	quiet(window, page, qtbot, 0)
	assert "Nothing to look at." in words_of(page)
	window.changed()
	settle(window, qtbot)
	assert "private details" not in words_of(home)


def test_it_leads_to_the_message_in_the_archive_and_back(window: Window, page: SensitivePage, qtbot) -> None:
	wanted = page.list.current().message_id
	press(page, Qt.Key.Key_Return, qtbot)
	archive = window.tab_pages["archive"]
	settle(window, qtbot)
	qtbot.waitUntil(lambda: archive.reading.current() == wanted, timeout=10_000)
	window.go("archive:private")
	press(page, Qt.Key.Key_Escape, qtbot)
	assert not page.isVisible()


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_it_fits_and_every_control_has_a_name(window: Window, page: SensitivePage, qtbot, size) -> None:
	window.resize(*size)
	QApplication.processEvents()
	qtbot.waitUntil(lambda: clipped(window) == [])
	assert nameless(page) == []
	assert too_small(page) == []
	assert len(primaries(page)) == 1
	assert not [word for word in BANNED if word in words_of(page).casefold().split()]
