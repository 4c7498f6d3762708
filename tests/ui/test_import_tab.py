"""Import: a preview that writes nothing, what only the clerk can answer, a receipt, the way back."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui import theme
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.coverage_table import CoverageView
from cranford_desktop.ui.parts.import_pages import AnswersPage, CheckPage, NothingNewPage, QuestionsPage
from cranford_desktop.ui.parts.import_start import StartPage
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.receipt_page import ReceiptPage, UndonePage
from cranford_desktop.ui.tabs.import_ import ImportTab
from tests.ingest.writer import AppLine, Phone, Sent, write_export
from tests.journeys.import_support import AHMED, BELL, CHAT, SHAW, phones, story
from tests.ui.flow_support import nameless, too_small, words_of
from tests.ui.ui_support import GROUP, button_named, clipped, export, inside, primaries, talk, until


def tab(window: Window) -> ImportTab:
	window.go("import")
	return window.tab_pages["import"]


def rest(window: Window, qtbot) -> None:
	page = window.tab_pages["import"]
	for _ in range(2):
		QApplication.processEvents()
		until(qtbot, lambda: not page._busy and not window.busy)


def look_at(window: Window, qtbot, *files: Path) -> ImportTab:
	page = tab(window)
	page.take_files(list(files))
	rest(window, qtbot)
	return page


def answer(page: ImportTab, window: Window, qtbot, option: str = "all") -> None:
	"""Go from the check page past the questions to the answers."""
	page.page.on.click()
	rest(window, qtbot)
	for card in page.page.cards:
		card.pick(option)


def import_now(page: ImportTab, window: Window, qtbot) -> None:
	"""Press whatever goes on until the receipt is there."""
	for _ in range(4):
		if isinstance(page.page, ReceiptPage | StartPage):
			return
		page.page.on.click()
		rest(window, qtbot)


def test_a_preview_writes_nothing_and_an_unknown_chat_is_asked_about(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	council = empty_window.council
	assert page.page.on.accessibleName() == "Continue"
	page.page.on.click()
	assert isinstance(page.page, QuestionsPage)
	page.page.on.click()  # nothing said yet
	assert isinstance(page.page, QuestionsPage)
	assert page.page.summary.words() == ["Say whether this chat is council business"]
	[card] = page.page.cards
	card.pick("all")
	card._name.setText("  ")
	page.page.on.click()
	assert page.page.summary.words() == ["Say what the group is called"]
	assert council.importing.receipts() == []
	assert council.browsing.count() == 0
	until(qtbot, lambda: clipped(empty_window) == [])


def test_a_chat_is_imported_and_its_receipt_shown(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	answer(page, empty_window, qtbot)
	page.page.cards[0]._name.setText("Councillors")
	page.page.on.click()
	assert isinstance(page.page, AnswersPage)
	assert primaries(empty_window) == ["Import 41 new messages"]
	assert "A new official group. All of it is council business." in words_of(page)
	import_now(page, empty_window, qtbot)
	council = empty_window.council
	assert [group.name for group in council.browsing.groups()] == ["Councillors"]
	[receipt] = council.importing.receipts()
	assert receipt.new == 41
	button_named(page, "See them in the archive").click()
	assert empty_window.tab_pages["archive"].isVisible()
	until(qtbot, lambda: "41 messages in 1 group" in empty_window.status.counted.text())


def test_an_answer_can_be_changed_before_anything_is_done(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	answer(page, empty_window, qtbot)
	page.page.on.click()
	button_named(page, f"Change: {GROUP}").click()
	assert isinstance(page.page, QuestionsPage)
	assert page.page.cards[0].options["all"].isChecked()
	page.page.cards[0].pick("none")
	page.page.on.click()
	assert primaries(empty_window) == ["Import nothing"]
	page.page.on.click()
	rest(empty_window, qtbot)
	assert empty_window.council.browsing.count() == 0
	assert page.cards == []


def test_only_the_part_she_chooses_goes_in(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	answer(page, empty_window, qtbot, "some")
	[card] = page.page.cards
	page.page.on.click()
	assert page.page.summary.words() == ["Choose which part: a first or last day, or some of the people"]
	card.start.set_text("10 4 2025")
	card.end.set_text("9 4 2025")
	page.page.on.click()
	assert page.page.summary.words() == ["The last day must not be before the first"]
	card.end.set_text("12 4 2025")
	for name, tick in card.people.items():
		tick.setChecked(name != "Cara Test")
	page.page.on.click()
	assert "from 10 April 2025, up to 12 April 2025" in words_of(page)
	import_now(page, empty_window, qtbot)
	rows = list(empty_window.council.browsing.stream(MessageFilter()))
	wrote = [row for row in rows if row.kind != "system"]
	assert wrote
	assert all(date(2025, 4, 10) <= row.sent_at.date() <= date(2025, 4, 12) for row in wrote)
	assert "Cara Test" not in {row.sender for row in wrote}
	[receipt] = empty_window.council.importing.receipts()
	assert f"{receipt.not_chosen:,} left out, as you chose" in words_of(page)


def test_a_private_chat_is_asked_about_and_stays_out(empty_window: Window, qtbot, tmp_path) -> None:
	start, two = datetime(2025, 4, 3, 8), (SHAW, "Jo Bloggs")
	talk = [Sent(start + timedelta(hours=9 * n), two[n % 2], f"note {n}") for n in range(40)]
	private = write_export(tmp_path / "WhatsApp Chat with Jo Bloggs.txt", Phone(owner=SHAW), talk)
	page = look_at(empty_window, qtbot, private)
	page.page.on.click()
	assert "a chat between 2 people. Is it council business?" in words_of(page)
	page.page.cards[0].pick("none")
	import_now(page, empty_window, qtbot)
	rest(empty_window, qtbot)
	assert empty_window.council.browsing.count() == 0


def test_the_same_file_again_has_nothing_to_do(window: Window, qtbot, tmp_path) -> None:
	page = look_at(window, qtbot, export(tmp_path))
	assert isinstance(page.page, NothingNewPage)
	assert primaries(window) == []
	assert "you imported this exact file on 23 November 2026" in words_of(page)


def test_a_later_export_of_a_known_phone_asks_nothing(window: Window, qtbot, tmp_path) -> None:
	later = tmp_path / "later"
	later.mkdir()
	page = look_at(window, qtbot, export(later, 50))
	assert primaries(window) == ["Import 10 new messages"]
	assert "Step" not in words_of(page)
	page.page.on.click()
	rest(window, qtbot)
	assert isinstance(page.page, ReceiptPage)
	assert window.council.browsing.count() == 51


def test_a_file_that_is_no_chat_is_said_and_the_others_go_on(empty_window: Window, qtbot, tmp_path) -> None:
	letter = tmp_path / "letter.txt"
	letter.write_text("Dear all,\nno chat here.\n", encoding="utf-8")
	page = look_at(empty_window, qtbot, letter, export(tmp_path))
	assert [card.found.usable for card in page.cards] == [False, True]
	answer(page, empty_window, qtbot)
	import_now(page, empty_window, qtbot)
	assert empty_window.council.browsing.count() == 41


def test_a_file_that_is_no_chat_alone_leads_back(empty_window: Window, qtbot, tmp_path) -> None:
	letter = tmp_path / "letter.txt"
	letter.write_text("Dear all,\nno chat here.\n", encoding="utf-8")
	page = look_at(empty_window, qtbot, letter)
	assert isinstance(page.page, CheckPage)
	assert primaries(empty_window) == []
	button_named(page, "Back").click()
	assert button_named(page, "Choose files…")


def test_cancel_leaves_nothing(empty_window: Window, qtbot, tmp_path, monkeypatch) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path))
	answer(page, empty_window, qtbot)
	page.page.on.click()
	run = empty_window.run

	def stopped_at_once(*args, **more):
		task = run(*args, **more)
		task.stop()
		return task

	monkeypatch.setattr(empty_window, "run", stopped_at_once)
	page.page.on.click()
	rest(empty_window, qtbot)
	assert empty_window.council.browsing.count() == 0
	assert empty_window.council.importing.receipts() == []
	assert "Nothing was imported" in words_of(page)
	assert "Stopped. Nothing of this file was added." in words_of(page)


def test_dates_that_nothing_proves_are_asked_about_once(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path, 12))
	[card] = page.cards
	assert card.found.unproved
	assert "03/04/2025" in words_of(page)
	page.page.on.click()
	assert isinstance(page.page, CheckPage)
	assert card.question.error() == "Say which way the dates are written"
	card.question.buttons["mdy"].click()
	rest(empty_window, qtbot)
	[card] = page.cards
	assert card.found.preview.read.date_order == "mdy"
	assert card.found.preview.read.first.date() == date(2025, 3, 4)
	assert card.question is None
	assert "as you chose, and the file does not contradict it" in words_of(page)
	page.page.on.click()
	assert isinstance(page.page, QuestionsPage)


def test_a_reading_that_the_file_disproves_is_refused_and_the_right_one_stays(
	empty_window: Window, qtbot, tmp_path
) -> None:
	page = look_at(empty_window, qtbot, export(tmp_path, 60))
	[card] = page.cards
	card.dates.change.click()
	card.dates.box.setCurrentIndex(1)
	card.dates.box.activated.emit(1)
	rest(empty_window, qtbot)
	dialog = QApplication.activeModalWidget()
	assert dialog is not None
	dialog.accept()
	[card] = page.cards
	assert card.found.preview.read.date_order == "dmy"
	assert card.found.usable


def test_whose_phone_it_is_can_be_said_now_and_changed_later(empty_window: Window, qtbot, tmp_path) -> None:
	files = phones(tmp_path, story())
	page = look_at(empty_window, qtbot, files[0])
	card = page.cards[0]
	card._said_holder(next(one for one in page.plan.owners(0) if one.name == SHAW))
	assert f"{SHAW}’s phone" in words_of(page)
	answer(page, empty_window, qtbot)
	import_now(page, empty_window, qtbot)
	council = empty_window.council
	[phone] = council.importing.phones()
	[person] = council.people.people()
	assert (phone.name, phone.person_id, person.name) == (f"{SHAW}’s phone", person.id, SHAW)
	button_named(page, f"Change whose phone it is: {SHAW}’s phone").click()
	dialog = QApplication.activeModalWidget()
	dialog.go.click()
	assert dialog.summary.words() == ["Say whose phone it is"]
	dialog.choice.box.setCurrentIndex(dialog.choice.box.count() - 1)
	dialog.choice.box.activated.emit(dialog.choice.box.count() - 1)
	dialog.choice.name.setText("Cllr Imran Ahmed")
	dialog.go.click()
	rest(empty_window, qtbot)
	assert council.importing.phones()[0].name == "Cllr Imran Ahmed’s phone"
	assert "Cllr Imran Ahmed’s phone" in words_of(page)


def test_phones_that_look_like_one_conversation_can_be_kept_apart(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, *phones(tmp_path, story())[:2])
	[join] = page.page.joins
	assert "These two look like one conversation" in words_of(page)
	assert join.view.chart.isVisible()
	join.apart.setChecked(True)
	answer(page, empty_window, qtbot)
	names = [card._name.text() for card in page.page.cards]
	assert len(set(names)) == 2
	import_now(page, empty_window, qtbot)
	council = empty_window.council
	assert sorted(group.name for group in council.browsing.groups()) == sorted(names)
	assert council.browsing.count() == 240


def test_what_was_not_understood_is_shown_verbatim(empty_window: Window, qtbot, tmp_path) -> None:
	file = export(tmp_path)
	file.write_text("Forwarded by Ann\nsee below <b>\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
	page = look_at(empty_window, qtbot, file)
	answer(page, empty_window, qtbot)
	import_now(page, empty_window, qtbot)
	assert "2 lines were not understood." in words_of(page)
	button_named(page, f"Look at what was not understood in {file.name}").click()
	dialog = QApplication.activeModalWidget()
	assert dialog.findChild(QPlainTextEdit).toPlainText() == "Forwarded by Ann\nsee below <b>"
	dialog.accept()


def test_the_receipt_is_there_to_print(window: Window, qtbot) -> None:
	page = tab(window)
	rest(window, qtbot)
	button_named(page, f"Receipt of WhatsApp Chat with {GROUP}.txt").click()
	button_named(page, "Print the receipt").click()
	rest(window, qtbot)
	[preview] = page.findChildren(PdfPreview)
	assert preview.pages() >= 1
	button_named(page, "Back to the receipt").click()
	assert isinstance(page.page, ReceiptPage)


def test_the_first_page_shows_what_is_held_and_opens_the_archive_there(window: Window, qtbot) -> None:
	page = tab(window)
	rest(window, qtbot)
	[view] = page.page.findChildren(CoverageView)
	view.picked.emit(date(2025, 4, 8))
	rest(window, qtbot)
	archive = window.tab_pages["archive"]
	until(qtbot, lambda: archive.isVisible() and bool(archive.chat.current_message()))
	row = window.council.browsing.rows([archive.chat.current_message()])[0]
	assert row.sent_at.date() == date(2025, 4, 8)


def test_a_second_drop_joins_the_first(empty_window: Window, qtbot, tmp_path) -> None:
	shaw, ahmed, _ = phones(tmp_path, story())
	page = look_at(empty_window, qtbot, shaw)
	page.cards[0]._said_holder(next(one for one in page.plan.owners(0) if one.name == SHAW))
	page = look_at(empty_window, qtbot, ahmed)
	assert [card.found.path for card in page.cards] == [shaw, ahmed]
	assert page.plan.phone_words(0) == f"{SHAW}’s phone"
	assert len(page.page.joins) == 1


def test_what_she_lists_before_the_import_is_on_her_list_afterwards(empty_window: Window, qtbot, tmp_path) -> None:
	told = story(60)
	switched = AppLine(
		told[30].at + timedelta(minutes=5),
		"{who} turned on disappearing messages. New messages will disappear from this chat 7 days after they're sent, "
		"except when kept.",
		who=SHAW,
	)
	entries = sorted([*told, switched], key=lambda one: one.at)
	page = look_at(empty_window, qtbot, write_export(tmp_path / CHAT, Phone(owner=AHMED), entries))
	adding = [one for one in inside(page, QAbstractButton) if one.text() == "Add to my list"]
	[listed] = [one for one in adding if "isappearing" in one.accessibleName()]
	listed.click()
	assert listed.text() == "On your list – undo"
	assert empty_window.council.holdings.findings(with_dismissed=True) == []
	answer(page, empty_window, qtbot)
	page.page.on.click()
	assert "On your list afterwards" in words_of(page)
	import_now(page, empty_window, qtbot)
	found = [one.kind for one in empty_window.council.holdings.findings(with_dismissed=True) if one.listed]
	assert found == ["disappearing_on"]


def test_a_file_that_is_gone_when_it_is_to_be_imported_is_said_and_the_other_goes_in(
	empty_window: Window, qtbot, tmp_path
) -> None:
	shaw, ahmed, _ = phones(tmp_path, story())
	page = look_at(empty_window, qtbot, shaw, ahmed)
	answer(page, empty_window, qtbot)
	page.page.on.click()
	shaw.unlink()
	import_now(page, empty_window, qtbot)
	assert isinstance(page.page, ReceiptPage)
	assert len(page.page.receipts) == 1
	assert f"{shaw.name}: " in words_of(page)
	assert empty_window.council.browsing.count() == 120


def test_another_group_of_the_same_name_is_not_mixed_in(window: Window, qtbot, tmp_path) -> None:
	at_the_same_time = story(start=datetime(2025, 4, 3, 9))
	other = write_export(tmp_path / f"WhatsApp Chat with {GROUP}.zip", Phone(owner=SHAW), at_the_same_time)
	page = look_at(window, qtbot, other)
	page.page.on.click()
	assert "called like one of your groups, but has no message in common with it" in words_of(page)
	[card] = page.page.cards
	card.pick("all")
	card._name.setText(GROUP)
	page.page.on.click()
	assert page.page.summary.words() == ["You have a group of that name already. Give this one another name"]
	card._name.setText("Allotments")
	import_now(page, window, qtbot)
	groups = {group.name: group.messages for group in window.council.browsing.groups()}
	assert groups == {GROUP: 41, "Allotments": 120}


def test_a_group_that_was_renamed_is_offered_its_place(window: Window, qtbot, tmp_path) -> None:
	renamed = write_export(tmp_path / "WhatsApp Chat - Parish team.zip", Phone("iphone", owner="Ben Sample"), talk(40))
	page = look_at(window, qtbot, renamed)
	page.page.on.click()
	assert f"has messages in common with {GROUP}" in words_of(page)
	page.page.cards[0].pick("same")
	page.page.on.click()
	assert f"Goes into your group {GROUP}." in words_of(page)
	import_now(page, window, qtbot)
	assert [group.name for group in window.council.browsing.groups()] == [GROUP]
	assert window.council.browsing.count() == 41
	assert len(window.council.importing.phones()) == 2


def undo_first(window: Window, qtbot) -> ImportTab:
	"""Undo the import that the council began with, from its receipt."""
	page = tab(window)
	rest(window, qtbot)
	button_named(page, f"Receipt of WhatsApp Chat with {GROUP}.txt").click()
	button_named(page, "Undo this import…").click()
	QApplication.activeModalWidget().go.click()
	rest(window, qtbot)
	assert isinstance(page.page, UndonePage)
	return page


def foi(window: Window) -> int:
	requests = window.council.requests
	made = requests.create(
		regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="Drainage since April 2025."
	)
	window.council.gathering.gather(made.id, MessageFilter(search="drain"))
	return made.id


def test_under_a_hold_an_undone_import_is_set_aside_and_comes_back_with_the_same_file(
	window: Window, qtbot, tmp_path
) -> None:
	foi(window)
	page = undo_first(window, qtbot)
	said = words_of(page)
	assert "The import is set aside" in said
	assert "41 messages are set aside: out of the archive’s lists, still found by requests. FOI-2026-001" in said
	assert window.council.browsing.count() == 0
	button_named(page, "Back to Import").click()
	rest(window, qtbot)
	assert "Set aside." in words_of(page)
	page = look_at(window, qtbot, export(tmp_path))
	assert primaries(window) == ["Bring it back"]
	page.page.on.click()
	rest(window, qtbot)
	assert isinstance(page.page, ReceiptPage)
	assert window.council.browsing.count() == 41


def test_an_import_that_a_decision_depends_on_stays_and_says_why(window: Window, qtbot) -> None:
	number = foi(window)
	window.council.gathering.confirm_set(number)
	first = window.council.deciding.candidates(number)[0].row.id
	window.council.deciding.decide(number, (first,), "release")
	page = undo_first(window, qtbot)
	said = words_of(page)
	assert "Nothing was undone" in said
	assert f"Phone 1, {GROUP}: this import stays." in said
	assert "belong to decisions in a request. So it stays." in said
	assert window.council.browsing.count() == 41


def dragged(*files: Path) -> QMimeData:
	data = QMimeData()
	data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
	return data


def test_exports_can_be_dropped_on_any_tab(empty_window: Window, qtbot, tmp_path) -> None:
	empty_window.go("people")
	data = dragged(export(tmp_path))
	left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
	enter = QDragEnterEvent(QPointF(50, 50).toPoint(), Qt.DropAction.CopyAction, data, left, none)
	empty_window.dragEnterEvent(enter)
	assert enter.isAccepted()
	assert empty_window._overlay.accessibleName() == "Drop to import 1 WhatsApp export"
	empty_window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))
	page = empty_window.tab_pages["import"]
	assert page.isVisible()
	assert not empty_window._overlay.isVisible()
	rest(empty_window, qtbot)
	assert len(page.cards) == 1


def test_a_folder_can_be_dropped(empty_window: Window, qtbot, tmp_path) -> None:
	folder = tmp_path / "from members"
	folder.mkdir()
	phones(tmp_path, story(20))
	(tmp_path / "shaw" / CHAT).rename(folder / CHAT)
	(folder / "notes.docx").write_bytes(b"x")
	page = look_at(empty_window, qtbot, folder)
	assert [card.found.path.name for card in page.cards] == [CHAT]


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
@pytest.mark.parametrize("zoom", [100, 150])
def test_no_step_clips_words_or_has_two_primaries(
	empty_window: Window, dressed, qtbot, tmp_path, size: tuple[int, int], zoom: int
) -> None:
	theme.set_zoom(dressed, zoom)
	empty_window.resize(*size)
	seen = []

	def look() -> None:
		rest(empty_window, qtbot)
		until(qtbot, lambda: clipped(page) == [])
		assert len(primaries(empty_window)) <= 1
		assert nameless(page) == []
		assert too_small(page) == []
		seen.append(type(page.page).__name__)

	page = look_at(empty_window, qtbot, *phones(tmp_path, story()))
	look()
	answer(page, empty_window, qtbot, "some")
	look()
	page.page.cards[0].pick("all")
	page.page.on.click()
	look()
	import_now(page, empty_window, qtbot)
	look()
	button_named(page, "Import another").click()
	look()
	assert seen == ["CheckPage", "QuestionsPage", "AnswersPage", "ReceiptPage", "StartPage"]


def test_nobody_is_guessed_who_is_named_where_the_owner_acts(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, phones(tmp_path, story())[0])
	names = [one.name for one in page.plan.owners(0)]
	assert set(names) >= {SHAW, AHMED, BELL}
	assert len(names) == len(set(names))


def test_files_of_one_name_are_told_apart_by_their_folders(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, *phones(tmp_path, story(40)))
	said = words_of(page)
	for folder in ("shaw", "ahmed", "bell"):
		assert f"{folder} / {CHAT}" in said
	boxes = [card.holder.box.accessibleName() for card in page.cards if card.holder is not None]
	assert len(set(boxes)) == len(boxes)


def test_a_folder_without_an_export_says_so_and_shows_no_empty_list(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, tmp_path)
	assert "Nothing to import" in words_of(page)
	assert f"The folder “{tmp_path.name}” holds no WhatsApp export." in words_of(page)
	assert page.cards == []
	assert not page.page.on.isVisible()
	assert page.page.back.text() == "Back"


def test_a_phone_that_shows_nothing_new_is_added_as_a_copy(empty_window: Window, qtbot, tmp_path) -> None:
	shaw, ahmed, _ = phones(tmp_path, story(40))
	page = look_at(empty_window, qtbot, shaw)
	answer(page, empty_window, qtbot)
	import_now(page, empty_window, qtbot)
	button_named(page, "Import another").click()
	look_at(empty_window, qtbot, ahmed)
	assert "None of them new: all here already" in words_of(page)
	page.page.on.click() if primaries(empty_window) == ["Continue"] else None
	assert primaries(empty_window) == ["Add this phone’s copy"]


def test_a_chat_of_two_has_no_name_of_a_group_and_nobody_who_runs_it(empty_window: Window, qtbot, tmp_path) -> None:
	told = [one for one in story(60) if one.sender in (SHAW, BELL)]
	private = tmp_path / f"WhatsApp Chat with {BELL}.txt"
	write_export(private, Phone("android", owner=SHAW), told)
	page = look_at(empty_window, qtbot, private)
	answer(page, empty_window, qtbot, "some")
	[card] = page.page.cards
	assert "What the records call this chat" in words_of(page)
	assert "Who runs it" not in words_of(page)
	card.start.set_date(told[3].at.date())
	page.page.on.click()
	assert "A chat between two people. Only a part of it" in words_of(page)
	assert "What you left out is kept nowhere." in words_of(page)
	import_now(page, empty_window, qtbot)
	assert "What you left out is kept nowhere." in words_of(page)
	assert "kept unchanged" not in words_of(page)
	assert "1 file without what you left out" in words_of(page)


def test_a_receipt_says_how_many_names_are_left_once_some_were_answered(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, *phones(tmp_path, story(60)))
	answer(page, empty_window, qtbot)
	import_now(page, empty_window, qtbot)
	rest(empty_window, qtbot)
	assert page.page.names == (2, 1)
	people = empty_window.council.people
	for one in people.guesses():
		people.choose(one.key, "same")
	empty_window.go("people")
	empty_window.changed()
	empty_window.go("import")
	until(qtbot, lambda: page.page.names == (0, 0))
	assert "look like" not in words_of(page)


def test_undoing_several_imports_speaks_of_several(empty_window: Window, qtbot, tmp_path) -> None:
	page = look_at(empty_window, qtbot, *phones(tmp_path, story(60)))
	answer(page, empty_window, qtbot)
	import_now(page, empty_window, qtbot)
	button_named(page, "Undo these imports…").click()
	QApplication.activeModalWidget().go.click()
	rest(empty_window, qtbot)
	assert "60 messages that only these imports showed went out of the archive again, with the sealed exports." in (
		words_of(page)
	)
