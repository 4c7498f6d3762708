"""Reading a conversation: a window over it, its dates, the way back, what is chosen, the looks of the tab."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.chat_model import LINE
from cranford_desktop.ui.parts.conversation import MORE, MOST, Conversation
from cranford_desktop.ui.parts.day_picker import DayPicker
from cranford_desktop.ui.parts.places import Place, Places
from cranford_desktop.ui.tabs.archive import ArchiveTab
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.flow_support import nameless, too_small
from tests.ui.ui_support import button_named, clipped, new_council, until

START = datetime(2025, 1, 6, 9, 0)


def long_talk(messages: int) -> list[Sent]:
	"""Return a conversation with a message every five hours."""
	return [
		Sent(START + timedelta(hours=5 * n), ("Ann Example", "Ben Sample")[n % 2], f"Note {n}") for n in range(messages)
	]


def import_talk(council: Council, folder: Path, talk: list[Sent], group: str, phone: str = "Phone A") -> None:
	export = write_export(folder / f"{group} {phone}.txt", Phone("android"), talk)
	council.importing.import_file(export, group=group, phone=phone)


@pytest.fixture(scope="module")
def long_council(tmp_path_factory) -> Council:
	folder = tmp_path_factory.mktemp("long")
	made = new_council(folder / "archive")
	import_talk(made, folder, long_talk(1_500), "Councillors")
	yield made
	made.close()


def ids_of(council: Council) -> list[int]:
	return list(council.searching.ids(MessageFilter()))


def test_the_window_over_a_conversation_grows_and_lets_go_at_both_ends(long_council: Council) -> None:
	ids = ids_of(long_council)
	talk = Conversation(long_council.browsing)
	assert talk.open(ids[700])
	while len(talk.message_ids) < MOST:
		assert talk.grow(earlier=False)
	first = talk.message_ids[0]
	assert talk.grow(earlier=False)
	assert len(talk.message_ids) == MOST
	assert first not in talk.message_ids
	while talk.grow(earlier=False):
		assert len(talk.message_ids) == MOST
	assert talk.message_ids == ids[-MOST:]
	assert not talk.grow(earlier=False)
	assert talk.grow(earlier=True)
	assert talk.message_ids == ids[-MOST - MORE : -MORE]
	while talk.grow(earlier=True):
		pass
	assert talk.message_ids == ids[:MOST]


def test_what_is_held_already_is_not_read_again(long_council: Council) -> None:
	ids = ids_of(long_council)
	talk = Conversation(long_council.browsing)
	talk.open(ids[100])
	assert not talk.open(ids[130])
	assert talk.open(ids[900])
	assert ids[130] not in talk.message_ids


def test_a_message_that_one_export_lacks_says_so_and_the_others_say_nothing(tmp_path: Path) -> None:
	council = new_council(tmp_path / "archive")
	talk = long_talk(12)
	import_talk(council, tmp_path, talk, "Councillors")
	import_talk(council, tmp_path, [one for at, one in enumerate(talk) if at != 5], "Councillors", "Phone B")
	reading = Conversation(council.browsing)
	ids = ids_of(council)
	reading.open(ids[5])
	notes = {line.text: [words for _, words, _ in line.notes] for line in reading.lines() if line.message_id}
	assert notes.pop("Note 5") == ["In 1 of 2 exports"]
	assert not any(notes.values())
	import_talk(council, tmp_path, [*talk, Sent(talk[-1].at, "Ann Example", "Last")], "Councillors", "Phone B")
	reading.open(ids[5], anew=True)
	notes = {line.text: [words for _, words, _ in line.notes] for line in reading.lines() if line.message_id}
	assert notes["Note 5"] == ["In 2 of 3 exports from 2 phones"]
	council.close()


def test_an_edited_message_shows_its_first_words_too(tmp_path: Path) -> None:
	council = new_council(tmp_path / "archive")
	talk = long_talk(6)
	import_talk(council, tmp_path, talk, "Councillors")
	changed = [*talk[:3], Sent(talk[3].at, talk[3].sender, "Note 3, put right", edited=True), *talk[4:]]
	import_talk(council, tmp_path, changed, "Councillors", "Phone B")
	reading = Conversation(council.browsing)
	reading.open(ids_of(council)[3])
	line = next(one for one in reading.lines() if one.text == "Note 3, put right")
	assert line.earlier == (("First sent", "Note 3"),)
	assert "Note 3, put right" in line.spoken
	assert "First sent: Note 3" in line.spoken
	council.close()


def test_places_lead_back_and_forward_and_a_new_one_forgets_what_lay_ahead() -> None:
	one, two, three = (MessageFilter(search=words) for words in ("one", "two", "three"))
	places = Places()
	assert places.back() is None
	places.arrive(Place(one, 1))
	places.arrive(Place(two, 5))
	places.move(7)
	assert places.back() == Place(one, 1)
	assert not places.can_go_back
	assert places.forward() == Place(two, 7)
	assert places.forward() is None
	places.back()
	places.arrive(Place(three, 9))
	assert not places.can_go_forward
	assert places.back() == Place(one, 1)


# through the window


@pytest.fixture
def page(window: Window, tmp_path: Path, qtbot) -> ArchiveTab:
	import_talk(window.council, tmp_path, long_talk(700), "Long")
	window.changed()
	window.go("archive")
	tab = window.tab_pages["archive"]
	until(qtbot, lambda: len(tab.list.ids) == 741 and not tab.tasks())
	return tab


def read_of(page: ArchiveTab):
	return page._council.browsing.rows([page.chat.current_message()])[0]


def in_long(page: ArchiveTab) -> None:
	first = page._council.searching.ids(MessageFilter(group="Long"))[0]
	page.list.show_message(first)


def test_ctrl_g_goes_to_a_day_or_to_the_nearest_with_messages_and_says_so(page: ArchiveTab, qtbot, dressed) -> None:
	in_long(page)
	until(qtbot, lambda: not page.tasks())
	page._window._actions["date"].trigger()
	picker = dressed.activePopupWidget()
	assert isinstance(picker, DayPicker)
	picker.box.setText("nonsense")
	picker._go()
	assert "Not a date yet" in picker._echo.text()
	picker.box.setText("3 mar 25")
	picker._go()
	assert read_of(page).sent_at.date() == date(2025, 3, 3)
	page._window._actions["date"].trigger()
	picker = dressed.activePopupWidget()
	picker.box.setText("25 12 2025")
	picker._go()
	assert read_of(page).sent_at.date() == date(2025, 6, 1)
	assert page.reading._said.text() == (
		"No messages on Thursday 25 December 2025. The nearest day with messages is Sunday 1 June 2025."
	)


def test_a_day_heading_opens_the_calendar_at_that_day(page: ArchiveTab, qtbot, dressed) -> None:
	in_long(page)
	until(qtbot, lambda: not page.tasks())
	heading = page.chat.model().index(0, 0)
	qtbot.mouseClick(page.chat.viewport(), Qt.MouseButton.LeftButton, pos=page.chat.visualRect(heading).center())
	picker = dressed.activePopupWidget()
	assert isinstance(picker, DayPicker)
	assert picker.calendar.said() == "Monday 6 January 2025: 3 messages"
	qtbot.keyClick(picker.calendar, Qt.Key.Key_Escape)
	picker.close()


def test_the_rail_moves_the_conversation_and_follows_it(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	until(qtbot, lambda: not page.tasks())
	rail = page.reading.rail
	assert rail.day() == date(2025, 1, 6)
	qtbot.keyClick(rail, Qt.Key.Key_Down)
	assert rail.day() == date(2025, 1, 7)
	assert read_of(page).sent_at.date() == date(2025, 1, 7)
	qtbot.keyClick(rail, Qt.Key.Key_End)
	assert read_of(page).sent_at.date() == date(2025, 6, 1)
	assert rail.accessibleDescription().startswith("Sunday 1 June 2025, ")
	page.reading.show_message(page._council.searching.ids(MessageFilter(group="Long"))[300])
	assert rail.day() == read_of(page).sent_at.date()


def test_a_date_that_is_gone_to_stands_on_top_with_its_heading(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	page.reading.go_to_date(date(2025, 3, 3))
	top = page.chat.indexAt(QPoint(page.chat.viewport().width() // 2, 4)).data(LINE)
	assert (top.kind, top.day) == ("day", date(2025, 3, 3))


def test_back_and_forward_lead_through_searches_and_dates(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	start = page.chat.current_message()
	page.reading.go_to_date(date(2025, 3, 3))
	there = page.chat.current_message()
	page.search_everything("cake")
	until(qtbot, lambda: len(page.list.ids) == 8 and page.search.idle)
	page.go_back()
	until(qtbot, lambda: len(page.list.ids) == 741 and page.search.idle)
	assert page.words.text() == ""
	assert page.chat.current_message() == there
	page.go_back()
	assert page.chat.current_message() == start
	page.go_forward()
	page.go_forward()
	until(qtbot, lambda: len(page.list.ids) == 8)
	assert page.words.text() == "cake"


def test_reading_on_reads_on_and_keeps_the_place(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	view = page.chat
	bar = view.verticalScrollBar()
	before = len(view.message_ids())
	bar.setValue(bar.maximum() - 10)
	assert len(view.message_ids()) > before
	top = view.top_message()
	bar.setValue(bar.value() + 1)
	assert view.top_message() == top


def test_the_table_and_the_conversation_keep_what_is_selected(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	page.show_look("reading")
	assert not page.listing.isVisible()
	page.reading.widen_choice(earlier=False)
	page.reading.widen_choice(earlier=False)
	chosen = page.reading.chosen()
	assert len(chosen) == 3
	page.show_look("table")
	assert page.list.chosen() == chosen
	assert not page.reading.isVisible()
	assert page.listing.heads.isVisible()
	page.show_look("both")
	assert page.list.chosen() == chosen
	assert page.reading.chosen() == chosen
	until(qtbot, lambda: clipped(page._window) == [])


def test_the_keys_choose_neighbours_and_the_whole_day(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	page.reading.go_to_date(date(2025, 3, 3))
	page._window.activateWindow()
	until(qtbot, page._window.isActiveWindow)
	page.chat.setFocus()
	here = page.chat.current_message()
	qtbot.keyClick(page.chat, Qt.Key.Key_BracketLeft)
	qtbot.keyClick(page.chat, Qt.Key.Key_BracketRight)
	ids = list(page._council.searching.ids(MessageFilter(group="Long")))
	at = ids.index(here)
	assert page.reading.chosen() == ids[at - 1 : at + 2]
	page.reading.choose_day()
	days = {one.sent_at.date() for one in page._council.browsing.rows(page.reading.chosen())}
	assert days == {date(2025, 3, 3)}
	assert page._council.browsing.count(
		MessageFilter(group="Long", start=date(2025, 3, 3), end=date(2025, 3, 3))
	) == len(page.reading.chosen())


def test_f6_goes_round_the_panes_in_reading_order(page: ArchiveTab, qtbot) -> None:
	window = page._window
	window.activateWindow()
	until(qtbot, window.isActiveWindow)
	page.words.setFocus()
	seen = []
	for _ in range(5):
		window._actions["pane"].trigger()
		seen.append(window.focusWidget())
	assert seen[-5:] in (
		[page.list, page.chat, page.reading.rail, page.verbs.first, page.words],
		[page.side.first, page.list, page.chat, page.reading.rail, page.verbs.first],
	)


def test_at_twice_the_text_one_pane_is_shown_at_a_time(page: ArchiveTab, qtbot, dressed: QApplication) -> None:
	window = page._window
	theme.set_zoom(dressed, 200)
	window.resize(1024, 600)
	qtbot.wait(20)
	assert page.list.isVisible()
	assert not page.reading.isVisible()
	page.list.setFocus()
	qtbot.keyClick(page.list, Qt.Key.Key_Return)
	assert page.reading.isVisible()
	assert not page.list.isVisible()
	button_named(page, "Back to the list").click()
	assert page.list.isVisible()
	assert not page.reading.isVisible()


def test_where_she_was_is_where_she_is_next_time(page: ArchiveTab) -> None:
	in_long(page)
	page.reading.go_to_date(date(2025, 3, 3))
	here = page.chat.current_message()
	page.close_down()
	assert page._window.settings.read_last(page._council.folder) == here
	assert page._window.settings.read_last(page._council.folder / "other") == 0


def test_a_group_is_opened_where_she_left_it(page: ArchiveTab, qtbot) -> None:
	in_long(page)
	page.reading.go_to_date(date(2025, 3, 3))
	here = page.chat.current_message()
	button_named(page.side, "Example Councillors, 41 messages").click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 41)
	button_named(page.side, "Long, 700 messages").click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 700)
	assert page.chat.current_message() == here
	assert page.list.current() == here


def test_every_control_has_a_name_and_room(page: ArchiveTab) -> None:
	page._show_phones()
	page.reading.find_here()
	assert nameless(page) == []
	assert too_small(page) == []
