"""Asking members in the window: who, the words, the letters, the answers, the yearly return."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cranford_desktop.services.council import Council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.ask_list import AskList, ReplyDialog
from cranford_desktop.ui.parts.ask_page import AskPage
from cranford_desktop.ui.parts.holdings_page import HoldingsPages
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.flow_support import BANNED, nameless, settle, too_small, window_on, words_of
from tests.ui.test_holdings import opened, town
from tests.ui.ui_support import button_named, clipped, primaries


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Council]:
	made = town(tmp_path)
	yield made
	made.close()


@pytest.fixture
def window(dressed: QApplication, held: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	with window_on(held, tmp_path, qtbot) as shown:
		yield shown


@pytest.fixture
def asking(window: Window, qtbot) -> tuple[HoldingsPages, AskPage]:
	shown = opened(window, qtbot)
	button_named(shown, "Ask members…").click()
	settle(window, qtbot)
	assert isinstance(shown.page, AskPage)
	return shown, shown.page


def test_those_behind_are_ticked_and_their_letter_is_shown(asking: tuple[HoldingsPages, AskPage]) -> None:
	_, page = asking
	ticked = {tick.text() for tick in page.members.values() if tick.isChecked()}
	assert ticked == {"Cara Test"}
	assert "Dear Cara Test," in page.words.toPlainText()
	assert "Monday 7 December 2026" in page.words.toPlainText()
	for word in BANNED:
		assert word not in page.words.toPlainText().casefold()


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_the_page_fits_and_is_read_aloud(
	window: Window, qtbot, asking: tuple[HoldingsPages, AskPage], size: tuple[int, int]
) -> None:
	window.resize(*size)
	qtbot.wait(20)
	shown, _ = asking
	assert clipped(window) == []
	assert nameless(shown) == []
	assert too_small(shown) == []
	assert primaries(window) == ["Mark as asked"]


def test_copy_puts_subject_and_words_on_the_clipboard(asking: tuple[HoldingsPages, AskPage]) -> None:
	_, page = asking
	button_named(page, "Copy").click()
	copied = QGuiApplication.clipboard().text()
	assert copied.startswith("WhatsApp: the council needs your export of “Full Council”")
	assert "Do not delete" in copied


def test_a_letter_names_no_chat_that_its_member_is_not_in(window: Window, held: Council, qtbot, tmp_path: Path) -> None:
	private = write_export(
		tmp_path / "WhatsApp Chat with Ann Example.txt",
		Phone(),
		[Sent(datetime(2026, 3, 1, 9), "Ann Example", "One"), Sent(datetime(2026, 3, 1, 10), "Ben Sample", "Two")],
	)
	held.importing.import_file(private, group="Ann and Ben")
	shown = opened(window, qtbot)
	button_named(shown, "Ask members…").click()
	settle(window, qtbot)
	page = shown.page
	for tick in (*page.members.values(), *page.groups.values()):
		tick.setChecked(True)
	named = {page.members[one].text(): groups for one, groups in page.chosen().groups.items()}
	assert named["Ben Sample"] == ("Ann and Ben", "Full Council")
	assert named["Cara Test"] == ("Full Council",)
	cara = next(draft for draft in page.drafts() if draft.to == "Cara Test")
	assert "Ann and Ben" not in f"{cara.subject} {cara.body}"
	button_named(shown, "Mark as asked").click()
	settle(window, qtbot)
	assert {one.person: one.groups for one in held.asking.asks()} == named


def test_nobody_ticked_nothing_to_mark(asking: tuple[HoldingsPages, AskPage]) -> None:
	shown, page = asking
	for tick in page.members.values():
		tick.setChecked(False)
	assert not button_named(shown, "Mark as asked").isEnabled()
	assert "Tick who is asked." in words_of(shown)


def test_a_day_gone_by_is_not_asked_for(asking: tuple[HoldingsPages, AskPage]) -> None:
	shown, page = asking
	page.due.set_date(date(2026, 11, 1))
	assert not button_named(shown, "Mark as asked").isEnabled()
	assert "gone by" in words_of(shown)


def test_letters_and_leaflets_are_shown_and_back_keeps_what_was_ticked(
	window: Window, qtbot, asking: tuple[HoldingsPages, AskPage]
) -> None:
	shown, page = asking
	for tick in page.members.values():
		tick.setChecked(True)
	button_named(page, "Letters as PDF…").click()
	assert isinstance(shown.page, PdfPreview)
	assert shown.page.pages() == 3
	button_named(shown, "Back").click()
	assert shown.page is page
	assert all(tick.isChecked() for tick in page.members.values())
	button_named(page, "Leaflet: iPhone…").click()
	assert shown.page.pages() == 1
	button_named(shown, "Back").click()
	qtbot.wait(10)


def test_asked_answered_and_in_the_return(
	window: Window, held: Council, qtbot, asking: tuple[HoldingsPages, AskPage]
) -> None:
	shown, page = asking
	page.kind.setCurrentIndex(3)
	page.how.setCurrentIndex(1)
	button_named(shown, "Mark as asked").click()
	settle(window, qtbot)
	assert isinstance(shown.page, AskList)
	(ask,) = held.asking.asks()
	assert (ask.person, ask.kind, ask.how, ask.year, ask.due) == (
		"Cara Test",
		"yearly",
		"letter",
		2026,
		date(2026, 12, 7),
	)
	assert "1 answer still to come" in words_of(shown)
	button_named(shown, "Write down the answer… Cara Test").click()
	dialog = QApplication.activeModalWidget()
	assert isinstance(dialog, ReplyDialog)
	assert clipped(dialog) == []
	assert nameless(dialog) == []
	dialog.choice.setCurrentIndex(1)
	dialog.day.set_text("24 11 2026")
	button_named(dialog, "Write it down").click()
	assert dialog.isVisible()  # that day has not come
	dialog.day.set_text("today")
	button_named(dialog, "Write it down").click()
	settle(window, qtbot)
	assert held.asking.asks()[0].reply == "nothing_held"
	assert "Everybody has answered" in words_of(shown)
	shown.show_return()
	settle(window, qtbot)
	assert "1 of 3 members asked, 1 exported or hold nothing." in words_of(shown)
	assert shown.page.table.topLevelItem(2).text(4) == "Nothing held (nil return)"
	button_named(shown, "Print or save…").click()
	settle(window, qtbot)
	assert isinstance(shown.page, PdfPreview)


def test_a_document_is_saved_where_she_says(
	window: Window, qtbot, asking: tuple[HoldingsPages, AskPage], tmp_path: Path
) -> None:
	shown, page = asking
	button_named(page, "Leaflet: Android…").click()
	data = held_bytes(shown)
	above = shown._stack.currentWidget()
	assert isinstance(above, PdfPage)
	above.save_to(tmp_path / "leaflet.pdf")
	assert (tmp_path / "leaflet.pdf").read_bytes() == data
	above.save_to(tmp_path / "nowhere" / "leaflet.pdf")
	assert "could not be saved" in words_of(QApplication.activeModalWidget())
	QApplication.activeModalWidget().close()


def held_bytes(shown: HoldingsPages) -> bytes:
	return shown.page._pages.data
