"""Archive: narrow down, read, act on a message."""

from PySide6.QtCore import Qt

from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.tabs.archive import ArchiveTab
from tests.ui.flow_support import words_of
from tests.ui.ui_support import button_named, clipped, until


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
	assert clipped(window) == []


def test_long_names_stay_inside_the_filter_pane(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.side.group.addItem("The Working Group for the Drainage of the Lower Mill Lane Allotments")
	page.side.person.addItem("Councillor Hermione Featherstonehaugh-Cholmondeley")
	for width, height in ((1366, 768), (1600, 900)):
		window.resize(width, height)
		qtbot.wait(10)
		assert page.side.isVisible()
		assert page.side.widget().minimumSizeHint().width() <= page.side.viewport().width()
		assert clipped(window) == []


def test_a_search_marks_its_hits_and_f3_goes_to_the_next(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	window.search.setText("mill lane")
	window._search()
	until(qtbot, lambda: len(page.list.ids) == 8)
	assert page.counted.text() == "8 messages found"
	first = page.chat.line_of(page.list.current())
	assert [first.text[mark.start : mark.end].casefold() for mark in first.marks] in (["mill lane"], ["mill", "lane"])
	window._actions["next"].trigger()
	assert page._place.text() == "Hit 2 of 8"
	assert page.chat.current_message() == page.list.ids[1]
	window._actions["previous"].trigger()
	assert page._place.text() == "Hit 1 of 8"


def test_no_hit_says_so_and_offers_to_widen(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.words.setText("zebra")
	page._load()
	until(qtbot, lambda: not page.list.ids)
	assert page._nothing.text() == "Nothing matched “zebra”."
	page.words.setText('"')
	page._load()
	until(qtbot, lambda: page._task is None)


def test_filters_narrow_and_are_cleared(window: Window, qtbot) -> None:
	page = archive(window, qtbot)
	page.side.start.set_text("10 4 2025")
	page._load()
	until(qtbot, lambda: 0 < len(page.list.ids) < 41)
	assert page.counted.text().endswith("of 41")
	page.side.person.setCurrentIndex(page.side.person.findText("Cara Test"))
	until(qtbot, lambda: 0 < len(page.list.ids) < 8)
	page.clear_filters()
	until(qtbot, lambda: len(page.list.ids) == 41)


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
	assert [one.row.id for one in window.council.requests.candidates(request.id)] == [page.list.ids[2]]
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
