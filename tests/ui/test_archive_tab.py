"""Archive: narrow down, read, act on a message."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cranford_desktop.domain.searching import FacetCount
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.tabs.archive import ArchiveTab
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.flow_support import words_of
from tests.ui.ui_support import button_named, clipped, inside, until


def archive(window: Window, qtbot) -> ArchiveTab:
	window.go("archive")
	page = window.tab_pages["archive"]
	until(qtbot, lambda: len(page.list.ids) == 41)
	return page


def test_everything_is_listed_and_the_first_message_is_read(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	assert page.list.current() == page.list.ids[0]
	assert page.chat.current_message() == page.list.current()
	assert page.reading.title.text() == "Example Councillors"
	until(qtbot, lambda: clipped(window) == [])


def test_the_tab_key_goes_through_the_head_of_the_conversation_as_it_reads(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.search_everything("mill lane")
	until(qtbot, page.reading.hits.isVisible)
	stops, here = [], button_named(page.reading, "Previous hit (Shift+F3)")
	for _ in range(40):
		if here.isVisible() and here.focusPolicy() & Qt.FocusPolicy.TabFocus:
			stops.append(here.accessibleName())
		here = here.nextInFocusChain()
	wanted = ["Previous hit (Shift+F3)", "Next hit (F3)", "Find in this conversation (Ctrl+F)", "Go to date (Ctrl+G)"]
	assert stops[:5] == [*wanted, "Conversation"]


def test_where_nothing_is_found_she_stays_where_she_reads_without_old_marks(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.search_everything("mill lane")
	until(qtbot, lambda: len(page.list.ids) == 8 and page.search.idle)
	read = page.reading.current()
	assert page.chat.line_of(read).marks
	page.search_everything("zebra crossing")
	until(qtbot, lambda: len(page.list.ids) == 0 and page.search.idle)
	assert page.reading.current() == read
	assert not page.chat.line_of(read).marks


def test_the_menus_lead_to_every_page_of_the_archive(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	for key in page._stack:
		window._actions[f"archive:{key}"].trigger()
		until(qtbot, lambda: not window.busy)
		assert page._stack.currentWidget() is page._stack[key]


def test_the_list_shows_where_the_keys_are_after_a_search(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	window.activateWindow()
	page.search_everything("mill lane")
	until(qtbot, page.list.hasFocus)
	assert page.list.by_keyboard


def test_long_names_stay_inside_the_filter_pane(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	until(qtbot, lambda: page.search.idle)
	long = FacetCount("Councillor Hermione Featherstonehaugh-Cholmondeley", 12_345)
	page.side.show_counts({"person": (long, FacetCount("Ann Example", 3)), "group": (long, long)})
	for width, height in ((1366, 768), (1600, 900)):
		window.resize(width, height)
		qtbot.wait(10)
		assert page.side.isVisible()
		assert page.side.widget().minimumSizeHint().width() <= page.side.viewport().width()
		until(qtbot, lambda: clipped(window) == [])


def test_a_search_marks_its_hits_and_f3_goes_to_the_next(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	window.search.setText("mill lane")
	window._search()
	until(qtbot, lambda: len(page.list.ids) == 8)
	assert page.counted.text() == "8 messages found"
	assert (window.search.text(), page.words.text()) == ("", "mill lane")
	first = page.chat.line_of(page.list.current())
	assert [first.text[mark.start : mark.end].casefold() for mark in first.marks] in (["mill lane"], ["mill", "lane"])
	window._actions["next"].trigger()
	assert page.reading.hits.place.text() == "Hit 2 of 8"
	assert page.chat.current_message() == page.list.ids[1]
	window._actions["previous"].trigger()
	assert page.reading.hits.place.text() == "Hit 1 of 8"
	window._actions["previous"].trigger()
	assert page.reading.hits.place.text() == "Hit 1 of 8"
	assert window._toast._words.text() == "This is the first one in the list."


def test_no_hit_says_what_was_tried_and_three_things_to_try(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.search_everything("zebra drain")
	until(qtbot, lambda: page.search.idle)
	assert page.search.nothing.head.text() == "Nothing matched “zebra drain”."
	ways = [one for one in inside(page.search.nothing, QAbstractButton) if one.isVisible()]
	assert ways
	fewer = button_named(page, "Search “drain” only (8)")
	assert window.focusWidget() is not None
	fewer.click()
	until(qtbot, lambda: len(page.list.ids) == 8)
	assert page.words.text() == "drain"


@pytest.mark.parametrize(
	"typed", ["don't", "(", "a AND", "-x", "\U0001f382", "Breeder's and cake", '"', "*", "NOT", "OR OR"]
)
def test_whatever_is_typed_is_answered(window: Window, qtbot, typed: str) -> None:
	page = archive(window, qtbot)
	page.words.setText(typed)
	page.search.search()
	until(qtbot, lambda: page.search.idle)
	assert len(page.list.ids) or page.search.nothing.head.text() == f"Nothing matched “{typed}”."


def test_filters_act_at_once_with_their_counts_and_are_cleared(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	until(qtbot, lambda: page.search.idle)
	page.side.start.set_text("10 4 2025")
	until(qtbot, lambda: page.search.idle and 0 < len(page.list.ids) < 41)
	left = len(page.list.ids)
	assert page.counted.text() == f"{left} messages of 41"
	assert page.side._dates.text() == "From Thursday 10 April 2025 on"
	ann = button_named(page.side, "Cara Test, 4 messages")
	ann.click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 4)
	button_named(page.side, "Clear all filters").click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 41)
	assert page.side._dates.isHidden()


def test_hits_can_be_found_in_this_conversation_alone(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.list.go_to(9)
	window.activateWindow()
	until(qtbot, window.isActiveWindow)
	page.chat.setFocus()
	window._actions["find"].trigger()
	bar = page.reading.finding
	assert window.focusWidget() is bar.box
	bar.box.setText("cake")
	until(qtbot, lambda: bar.place.text() == "2 of 8")
	assert len(page.list.ids) == 41
	line = page.chat.line_of(page.chat.current_message())
	assert [line.text[mark.start : mark.end] for mark in line.marks] == ["cake"]
	window._actions["next"].trigger()
	assert bar.place.text() == "3 of 8"
	qtbot.keyClick(bar.box, Qt.Key.Key_Escape)
	assert not bar.isVisible()
	assert not page.chat.line_of(page.chat.current_message()).marks
	page.list.setFocus()
	window._actions["find"].trigger()
	assert window.focusWidget() is page.words


def test_other_endings_are_told_taken_out_and_taken_back(window: Window, qtbot, tmp_path) -> None:
	said = ("The drain is blocked", "Drains again", "It drained at last", "Nothing new")
	export_of = [Sent(datetime(2025, 6, 1, 9, n), "Ann Example", words) for n, words in enumerate(said)]
	window.council.importing.import_file(write_export(tmp_path / "more.txt", Phone("android"), export_of), group="More")
	window.go("archive")
	page = window.tab_pages["archive"]
	page.search_everything("drain")
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 11)
	button_named(page, "Also matching drains: take it out").click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 10)
	button_named(page, "drains is left out: take it back in").click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 11)
	page.search.extras.exactly.click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 9)


def test_a_search_is_kept_found_again_modified_and_forgotten(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	saved = page.search.saved
	page.search_everything("cake")
	until(qtbot, lambda: page.search.idle)
	saved.save_as("Cakes")
	assert saved.name.text() == "Saved search: Cakes"
	page.words.setText("cake drain")
	page.search.search()
	until(qtbot, lambda: page.search.idle)
	assert saved.name.text() == "Saved search: Cakes – modified"
	saved.leave()
	[kept] = window.council.searching.saved()
	saved.open(kept)
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 8)
	assert page.words.text() == "cake"
	assert saved.menu().actions()[0].text() == "Cakes"
	saved.copy()
	assert QApplication.clipboard().text() == "Words: cake; without personal messages. 8 messages found."
	saved.rename(kept, "Cake orders")
	saved.forget(window.council.searching.saved()[0])
	assert window.council.searching.saved() == []


def test_the_form_writes_the_search(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.search.form_button.click()
	form = page.search.form
	form.boxes["exactly"].setText("Mill Lane")
	form.boxes["none_of"].setText("cake")
	button_named(form, "Search").click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 8)
	assert '"Mill Lane"' in page.words.text()
	page.words.setText("drain OR cake")
	page.search.form_button.click()
	page.search.form_button.click()
	assert form.boxes["any_of"].text() == "drain cake"
	until(qtbot, lambda: clipped(window) == [])


class _Page(QWidget):
	closed = Signal()
	message_wanted = Signal(int)
	refreshed = 0

	def refresh(self) -> None:
		self.refreshed += 1


def test_other_pages_hang_on_the_more_menu_and_lead_back_to_a_message(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	other = _Page()
	page.add_page("other", "Another page", "image", other)
	assert page.bar.more.isVisible()
	next(act for act in page.bar.menu().actions() if act.text() == "Another page").trigger()
	assert other.isVisible()
	assert other.refreshed == 1
	wanted = page.list.ids[6]
	other.message_wanted.emit(wanted)
	until(qtbot, lambda: page.search.idle and page.chat.current_message() == wanted)
	assert page.list.isVisible()
	page.show_page("other")
	other.closed.emit()
	assert page.list.isVisible()


def test_other_parts_put_acts_into_the_menu_of_the_messages_chosen(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	given: list[tuple[int, ...]] = []
	page.add_section(lambda menu, ids: menu.addAction("Kind", lambda: given.append(ids)))
	page.list.select(page.list.ids[2:5])
	page.list.setFocus()
	menu = page.verbs.menu(page.list.chosen())
	next(act for act in menu.actions() if act.text() == "Kind").trigger()
	assert given == [tuple(page.list.ids[2:5])]


def test_personal_messages_stay_out_until_they_are_asked_for(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	with window.council.archive.writing(window.council.clock()) as change:
		change.connection.exec_driver_sql("UPDATE message SET category = 'personal' WHERE id = ?", (page.list.ids[5],))
		change.record("sorted", {})
	personal = page.list.ids[5]
	page.refresh()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 40)
	assert page.chat.line_of(personal) is None
	page.side.personal.click()
	until(qtbot, lambda: page.search.idle and len(page.list.ids) == 41)
	page.list.show_message(personal)
	assert page.chat.line_of(personal).chips == (("Personal", "personal"),)


def test_the_list_is_grouped_by_day(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.search_everything("cake")
	until(qtbot, lambda: page.search.idle)
	model = page.list.model()
	assert model.data(model.index(0, 0)) == "Friday 4 April 2025, 1 hit"
	assert page.list.position() == 1
	page.list.setFocus()
	qtbot.keyClick(page.list, Qt.Key.Key_Down)
	assert page.list.position() == 2


def test_a_case_is_logged_from_a_message(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	chosen = page.list.ids[3]
	page.verbs.log_case([chosen])
	assert window.tab_pages["cases"].isVisible()
	assert list(window.tab_pages["cases"]._about) == [chosen]


def test_a_message_is_added_to_an_open_request(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	request = window.council.requests.create(
		regime="foi", received=window.council.clock().date(), requester="A resident", wording="Drainage in Mill Lane"
	)
	page.verbs.add_to_request(request.id, request.reference, [page.list.ids[2]])
	until(qtbot, lambda: not window.busy)
	assert [one.row.id for one in window.council.deciding.candidates(request.id)] == [page.list.ids[2]]
	assert request.reference in window._toast._words.text()


def test_the_original_line_stands_beside_the_conversation(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.list.go_to(1)
	button_named(page, "What the phones show").click()
	panel = page.reading.testimony
	assert panel.isVisible()
	assert page.chat.isVisible()
	line = "Original line: message {} of WhatsApp Chat with Example Councillors.txt"
	until(qtbot, lambda: line.format(2) in words_of(panel))
	page.list.go_to(4)
	assert panel.message_id == page.list.current()
	until(qtbot, lambda: line.format(5) in words_of(panel))
	qtbot.keyClick(panel, Qt.Key.Key_Escape)
	assert not panel.isVisible()


def test_a_photo_is_fetched_without_the_window_waiting(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	assert page.reading.thumbnails.get(123_456) is None  # no such file: never a fault, only no picture
	page.reading.thumbnails.close()
