"""Import: a preview that writes nothing, the clerk's answer, a receipt."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from cranford_desktop.errors import Cancelled
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.drop_overlay import sort_files
from cranford_desktop.ui.tabs.import_ import ImportTab
from tests.ui.ui_support import GROUP, button_named, clipped, export, primaries, until


def tab(window: Window) -> ImportTab:
	window.go("import")
	return window.tab_pages["import"]


def look_at(window: Window, qtbot, *files: Path) -> ImportTab:
	page = tab(window)
	page.take_files(list(files))
	until(qtbot, lambda: not page._busy and bool(page.cards))
	return page


def test_a_preview_writes_nothing_and_an_unknown_chat_is_asked_about(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	council = empty_window.council
	assert council.importing.receipts() == []
	assert council.browsing.count() == 0
	page.import_all()
	assert council.importing.receipts() == []
	assert not page.cards[0].check()
	page.cards[0].answer(official=True, group="")
	page.cards[0]._name.setText("")
	assert not page.cards[0].check()
	until(qtbot, lambda: clipped(empty_window) == [])


def test_a_chat_is_imported_and_its_receipt_shown(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	page.cards[0].answer(official=True, group="Councillors", phone="Cllr Shaw’s phone")
	assert page._take_button.accessibleName() == "Import 41 new messages"
	page.import_all()
	until(qtbot, lambda: not page._busy)
	council = empty_window.council
	assert [group.name for group in council.browsing.groups()] == ["Councillors"]
	[receipt] = council.importing.receipts()
	assert (receipt.new, receipt.phone) == (41, "Cllr Shaw’s phone")
	button_named(page, "See them in the archive").click()
	assert empty_window.tab_pages["archive"].isVisible()
	until(qtbot, lambda: "41 messages in 1 group" in empty_window._counted.text())


def test_a_private_chat_stays_out(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	page.cards[0].answer(official=False)
	page.import_all()
	assert empty_window.council.browsing.count() == 0
	assert page.cards == []


def test_the_same_file_again_has_nothing_to_do(window: Window, qtbot, tmp_path) -> None:
	page = look_at(window, qtbot, export(tmp_path))
	assert not page.cards[0].usable
	assert primaries(window) == []
	assert "exact file" in " ".join(label.text() for label in page.findChildren(type(window._counted)))


def test_a_later_export_goes_into_its_group_without_a_question(window: Window, qtbot, tmp_path) -> None:
	page = look_at(window, qtbot, export(tmp_path, 50, "later.txt"))
	[card] = page.cards
	if card.found.preview.group is None:  # the file does not say its chat's name
		card.answer(official=True, group=GROUP)
	page.import_all()
	until(qtbot, lambda: not page._busy)
	assert window.council.browsing.count() == 51


def test_a_file_that_is_no_chat_is_said_and_the_others_go_on(empty_window: Window, qtbot, tmp_path) -> None:
	letter = tmp_path / "letter.txt"
	letter.write_text("Dear all,\nno chat here.\n", encoding="utf-8")
	page = look_at(empty_window, qtbot, letter, export(tmp_path))
	assert [card.usable for card in page.cards] == [False, True]
	page.cards[1].answer(official=True)
	page.import_all()
	until(qtbot, lambda: not page._busy)
	assert empty_window.council.browsing.count() == 41


def test_cancel_leaves_nothing(empty_window: Window, qtbot, tmp_path, monkeypatch) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	page.cards[0].answer(official=True)
	take = empty_window.council.importing.take

	def stopped_at_once(preview, *, group, phone, progress, stopped):
		return take(preview, group=group, phone=phone, progress=progress, stopped=lambda: True)

	monkeypatch.setattr(type(empty_window.council.importing), "take", lambda _self, *a, **k: stopped_at_once(*a, **k))
	page.import_all()
	until(qtbot, lambda: not page._busy)
	assert empty_window.council.browsing.count() == 0
	assert "Nothing was imported" in " ".join(label.text() for label in page.findChildren(type(empty_window._counted)))
	with pytest.raises(Cancelled):
		stopped_at_once(
			empty_window.council.importing.preview(tmp_path / f"WhatsApp Chat with {GROUP}.txt"),
			group="G",
			phone=None,
			progress=lambda *_: None,
			stopped=None,
		)


def test_the_order_of_the_dates_can_be_changed(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path, 2))
	[card] = page.cards
	before = card.found.preview.read.date_order
	card._order.setCurrentIndex(1)
	card._order.activated.emit(1)
	until(qtbot, lambda: not empty_window.busy)
	now = card.found.preview.read.date_order
	assert (before, now) in (("dmy", "mdy"), ("dmy", "dmy"))
	assert card._order.currentIndex() == (1 if now == "mdy" else 0)


def dragged(*files: Path) -> QMimeData:
	data = QMimeData()
	data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
	return data


def test_exports_can_be_dropped_on_any_tab(empty_window: Window, qtbot, tmp_path) -> None:
	empty_window.go("people")
	data = dragged(export(tmp_path))
	enter = QDragEnterEvent(
		QPointF(50, 50).toPoint(),
		Qt.DropAction.CopyAction,
		data,
		Qt.MouseButton.LeftButton,
		Qt.KeyboardModifier.NoModifier,
	)
	empty_window.dragEnterEvent(enter)
	assert enter.isAccepted()
	assert empty_window._overlay.accessibleName() == "Drop to import 1 WhatsApp export"
	drop = QDropEvent(
		QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
	)
	empty_window.dropEvent(drop)
	page = empty_window.tab_pages["import"]
	assert page.isVisible()
	assert not empty_window._overlay.isVisible()
	until(qtbot, lambda: not page._busy)
	assert len(page.cards) == 1


def test_what_cannot_go_here_is_refused_with_its_reason(tmp_path) -> None:
	good, reasons = sort_files([tmp_path / "minutes.docx", tmp_path / "chat.ZIP", tmp_path])
	assert good == [tmp_path / "chat.ZIP"]
	assert reasons[0] == "“minutes.docx” is a Word document – only WhatsApp exports (.zip, .txt) can go here."
	assert "is a folder" in reasons[1]
