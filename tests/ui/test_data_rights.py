"""A request to erase somebody's data, in the window: from what they ask to the letter."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.right_dialogs import RightDecisionDialog, RightDialog
from tests.journeys.test_foi_journey import in_dialog
from tests.ui.flow_support import settle, town, town_window, words_of
from tests.ui.test_request_places import Hand


def test_erasing_is_declined_with_the_reason_in_the_letter(town, town_window, qtbot):
	made = town.requests.create(regime="sar", received=date(2026, 11, 3), requester="B Hill", wording="Erase my number")
	town.letters.answer(
		made.id, {"contact": "clerk@example.org", "clerk": "Pat Field", "searched": "The WhatsApp archive"}
	)
	town_window.go("requests")
	tab = town_window.tab_pages["requests"]
	tab.open_item(made.id)
	hand = Hand()
	in_dialog(RightDialog, lambda dialog: dialog.ticks[0].click())
	hand.press(tab, "What they ask of their data")
	assert "Erasing their data" in words_of(tab.page)
	assert [row.task.key for row in tab.page.rows] == ["search", "places", "right_decide", "letters", "answer"]
	in_dialog(RightDecisionDialog, lambda dialog: None)
	hand.press(tab, "Decide what becomes of it: Not yet started")
	assert town.data_rights.decision(made.id).outcome == "keep"
	hand.press(tab, "Write to them: Not yet started")
	settle(town_window, qtbot)
	assert tab.letters.kind == "rights_answer"
	assert tab.letters.draft.ready


def test_upholding_says_that_nothing_is_erased_now(town, town_window, qtbot):
	made = town.requests.create(regime="sar", received=date(2026, 11, 3), requester="B Hill", wording="Erase my number")
	town.data_rights.set_right(made.id, "erasure")
	words = town.data_rights.words("erasure")
	asked = RightDecisionDialog(town_window, words, town.requests.get(made.id), None)
	asked.uphold.click()
	assert asked.reason.toPlainText() == ""
	assert "Nothing is erased now" in asked.note.text()
	assert list(asked.faults().values()) == ["Say why"]
	asked.keep.click()
	assert asked.reason.toPlainText() == words.keep
	town.gathering.gather(made.id, MessageFilter(search="drain"))
	town.gathering.confirm_set(made.id)
	asked = RightDecisionDialog(town_window, words, town.requests.get(made.id), None)
	asked.uphold.click()
	assert "5 messages found and confirmed stay on the list." in asked.note.text()
