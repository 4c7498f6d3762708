"""Save or print these messages, from the archive; the transfer register."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.transfer_dialog import TransferDialog, TransferDone
from tests.ui.flow_support import (
	BANNED,
	GROUP,
	nameless,
	settle,
	too_small,
	town,
	town_window,
	words_of,
)
from tests.ui.ui_support import button_named, clipped

__all__ = ["town", "town_window"]  # fixtures


@pytest.fixture
def dialog(town_window: Window, qtbot) -> TransferDialog:
	"""The dialog, opened from the archive by its button, filled in."""
	town_window.go("archive")
	settle(town_window, qtbot)
	tab = town_window.tab_pages["archive"]
	qtbot.waitUntil(lambda: bool(tab.list.current()), timeout=20_000)
	button_named(tab, "Save or print").click()
	shown = QApplication.activeModalWidget()
	assert isinstance(shown, TransferDialog)
	shown.member.setText("Cllr Jean Shaw")
	shown.to_whom.setText("clerk@example.org")
	return shown


def test_it_offers_the_message_its_day_and_the_list(dialog: TransferDialog) -> None:
	assert [dialog.which.itemText(at) for at in range(dialog.which.count())] == [
		"This message",
		f"Everything of 6 May 2019 in {GROUP}",
		"All that is listed: 21 messages",
	]
	assert dialog.what.text() == GROUP
	dialog.which.setCurrentIndex(2)
	assert dialog.what.text() == ""
	dialog.what.setText("The pavilion")
	dialog.which.setCurrentIndex(0)
	assert dialog.what.text() == "The pavilion"


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_it_fits_and_says_what_it_is(town_window: Window, dialog: TransferDialog, qtbot, size: tuple[int, int]) -> None:
	town_window.resize(*size)
	dialog.fit()
	qtbot.wait(20)
	words = words_of(dialog)
	assert "INTERNAL: not a disclosure" in words
	for word in BANNED:
		assert word not in words.casefold()
	assert clipped(dialog) == []
	assert nameless(dialog) == []
	assert too_small(dialog) == []


def test_it_needs_a_member_and_a_receiver(dialog: TransferDialog) -> None:
	dialog.member.clear()
	dialog.to_whom.clear()
	button_named(dialog, "Save…").click()
	assert dialog.summary.words() == ["Say whose messages they are", "Say to whom they go"]


def test_a_saved_file_is_told_with_its_place_and_leads_to_the_register(
	town_window: Window, dialog: TransferDialog, qtbot, tmp_path: Path
) -> None:
	council = town_window.council
	assert council is not None
	file = council.transfers.make(MessageFilter(group=GROUP), "eml")
	dialog.hide()
	dialog.save(file, tmp_path / file.name)
	settle(town_window, qtbot)
	done = QApplication.activeModalWidget()
	assert isinstance(done, TransferDone)
	words = words_of(done)
	assert f"Saved as {file.name}" in words
	assert str(tmp_path) in words
	assert clipped(done) == []
	button_named(done, "Transfer register").click()
	settle(town_window, qtbot)
	page = town_window.tab_pages["import"].page.page
	cells = [page.table.topLevelItem(0).text(at) for at in range(7)]
	assert cells[1:3] == ["Cllr Jean Shaw", GROUP]
	assert cells[4:] == ["21", "clerk@example.org", "E-mail file"]
	button_named(page.window(), "Print or save…").click()
	settle(town_window, qtbot)
	assert town_window.tab_pages["import"].page.page.pages() == 1


def test_a_print_is_entered_once_it_is_whole(
	town_window: Window, dialog: TransferDialog, qtbot, tmp_path: Path
) -> None:
	council = town_window.council
	assert council is not None
	file = council.transfers.make(MessageFilter(group=GROUP, ids=None), "print")
	dialog.hide()
	printer = QPrinter()
	printer.setOutputFileName(str(tmp_path / "print.pdf"))
	dialog.print_on(file, printer)
	qtbot.waitUntil(lambda: bool(council.transfers.register()), timeout=20_000)
	settle(town_window, qtbot)
	assert council.transfers.register()[0].form == "print"
	assert (tmp_path / "print.pdf").exists()
	QApplication.activeModalWidget().close()


def test_the_context_menu_takes_the_messages_chosen(town_window: Window, qtbot) -> None:
	town_window.go("archive")
	settle(town_window, qtbot)
	tab = town_window.tab_pages["archive"]
	qtbot.waitUntil(lambda: bool(tab.list.current()), timeout=20_000)
	tab.verbs.save(list(tab.list.ids[:3]))
	shown = QApplication.activeModalWidget()
	assert shown.which.itemText(0) == "The 3 messages chosen"
	shown.reject()
