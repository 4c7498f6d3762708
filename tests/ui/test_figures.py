"""The figures of the year, in the window."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest

from tests.ui.flow_support import BANNED, nameless, settle, town, town_window, words_of
from tests.ui.test_request_places import Hand
from tests.ui.ui_support import clipped, primaries


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_each_number_opens_its_requests(town, town_window, qtbot, tmp_path, size):
	made = town.requests.create(regime="foi", received=date(2026, 11, 3), requester="A Green", wording="The drain")
	town_window.resize(*size)
	town_window.go("requests")
	tab = town_window.tab_pages["requests"]
	hand = Hand()
	hand.press(tab, "Figures of the year")
	settle(town_window, qtbot)
	page = tab.more.figures
	assert tab.stack.currentWidget() is page
	assert primaries(page) == ["Save as PDF"]
	assert clipped(town_window) == []
	assert nameless(page) == []
	assert "A Green" not in words_of(page)
	assert not any(word in words_of(page).casefold() for word in BANNED)
	page.save("pdf", tmp_path / "figures.pdf")
	assert (tmp_path / "figures.pdf").read_bytes().startswith(b"%PDF")
	hand.press(page, "Requests that arrived, Freedom of information: 1")
	hand.press(page, f"{made.reference} The drain")
	assert tab.current.id == made.id
	assert hand.clicks == 3
