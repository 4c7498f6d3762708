"""A request's other places, its members, its time, and an answer without the archive: in the window."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from cranford_desktop.ui.parts.member_reply import MemberReply
from tests.journeys.test_foi_journey import in_dialog
from tests.ui.flow_support import (
	AHMED,
	BANNED,
	BELL,
	SHAW,
	answer,
	nameless,
	settle,
	town,
	town_window,
	words_of,
)
from tests.ui.ui_support import button_named, clipped, primaries

ARRIVED = date(2026, 11, 3)


@pytest.fixture
def number(town):
	for rendered, name in ((SHAW, "Jean Shaw"), (BELL, "Ruth Bell"), (AHMED, "Imran Ahmed")):
		town.people.name_sender(rendered, name, "Councillor")
	made = town.requests.create(regime="foi", received=ARRIVED, requester="A Green", wording="The rent of allotment 7")
	town.letters.answer(made.id, {"contact": "clerk@example.org", "clerk": "Pat Field"})
	return made.id


@pytest.fixture
def tab(town_window, number):
	town_window.go("requests")
	page = town_window.tab_pages["requests"]
	page.open_item(number)
	return page


class Hand:
	"""Presses what is on screen, and counts."""

	def __init__(self) -> None:
		self.clicks = 0

	def press(self, root, words: str) -> None:
		QApplication.processEvents()  # what was put in just now is shown with the next turn of the loop
		found = button_named(root, words)
		assert found.isEnabled(), words
		self.clicks += 1
		found.click()


def test_answer_without_the_archive_in_eight_clicks(town, tab, number, town_window, qtbot):
	hand = Hand()
	hand.press(tab, "Answer without WhatsApp")
	page = tab.more.places
	hand.press(page, "The council’s chats do not deal with this")
	for place in ("E-mail", "Minutes and agendas"):
		hand.press(page, f"Nothing there: {place}")
	hand.press(page, "Write the answer")
	settle(town_window, qtbot)
	assert tab.letters.kind == "not_held"
	assert tab.letters.draft.ready
	answer(qtbot, "Mark as sent")
	hand.press(tab.letters, "Mark as sent")
	hand.clicks += 1  # the same words in the small window
	assert hand.clicks == 7
	request = town.requests.get(number)
	assert (request.status, request.set_confirmed, request.candidates) == ("answered", True, 0)
	assert [one.place for one in town.other_places.places(number)] == ["email", "minutes"]
	files = town.letters.sent_files(town.letters.sent(number)[0].id)
	assert "The council’s e-mail" in next(data for name, data in files.items() if name.endswith(".txt")).decode()


def test_the_reason_is_asked_for_and_what_was_chosen_stays(tab, number, town):
	tab.open_task("without")
	page = tab.more.places
	page.go.click()
	assert page.fault.text() == "Choose the reason."
	page.reasons["available"].setChecked(True)
	page.reason_note.setText("On the website")
	Hand().press(page, "Nothing there: Paper files")
	assert page.reasons["available"].isChecked()
	assert page.reason_note.text() == "On the website"
	page.go.click()
	assert town.without_archive.words(town.without_archive.why(number)).endswith("the website. On the website")


def test_a_place_is_kept_in_one_line_changed_and_taken_out(tab, number, town):
	tab.open_task("places")
	page = tab.more.places
	page.looked_for.setText("rent, plot 7")
	Hand().press(page, "Not looked: Paper files")
	editor = page.lines["paper"].editor
	editor.save.click()
	assert [field.error() for field in editor._fields.values() if field.error()] == ["Say why nobody looked there"]
	editor.note.setText("At the record office")
	editor.save.click()
	assert "At the record office" in words_of(page)
	Hand().press(page, "Change: Paper files")
	editor = page.lines["paper"].editor
	editor.result.setCurrentIndex(1)
	editor.save.click()
	kept = town.other_places.places(number)[0]
	assert (kept.result, kept.who, kept.looked_for) == ("found", "Pat Field", "rent, plot 7")
	Hand().press(page, "Another place…")
	page.new.place.setText("The parish map")
	page.new.save.click()
	assert [one.place for one in town.other_places.places(number)] == ["paper", "The parish map"]
	Hand().press(page, "Change: The parish map")
	Hand().press(page, "Take this line out: The parish map")
	assert [one.place for one in town.other_places.places(number)] == ["paper"]


def test_members_are_asked_from_the_page_and_their_answers_counted(tab, number, town, town_window, qtbot):
	tab.open_task("places")
	page = tab.more.places
	hand = Hand()
	hand.press(page, "Ask members…")
	settle(town_window, qtbot)
	asking = tab.more.asking
	assert all(tick.isChecked() for tick in asking.members.values())
	assert "The rent of allotment 7" in asking.words.toPlainText()
	assert primaries(tab.stack.currentWidget()) == ["Mark as asked"]
	hand.press(tab.stack.currentWidget(), "Mark as asked")
	assert tab.stack.currentWidget() is page
	hand.press(page, "Nothing held: Ruth Bell")
	hand.press(page, "Exported: Jean Shaw")
	assert hand.clicks == 4
	assert "3 asked, 2 answered (1 holds nothing), 1 waiting since 23 November 2026." in words_of(page)

	in_dialog(MemberReply, lambda dialog: dialog.again.set_text("30 11 26"))
	Hand().press(page, "Other answer: Imran Ahmed")
	assert town.other_places.members_asked(number).next_due == date(2026, 11, 30)
	page.left.emit()
	assert any(row.task.key == "places" and row.task.state == "In progress" for row in tab.page.rows)


def test_time_from_a_sample_leads_to_the_refusal(tab, number, town, town_window, qtbot):
	tab.open_task("time")
	page = tab.more.time
	page.how.setCurrentIndex(2)
	page.add.click()
	assert page._sample.error() == "Enter a number, for example 20"
	for box, words in ((page.sample, "20"), (page.sample_minutes, "10"), (page.to_do, "4,000")):
		box.setText(words)
	page.add.click()
	assert "33 hours 20 minutes of 18 hours" in words_of(page)
	assert "This goes beyond the limit." in words_of(page)
	page.refuse.click()
	settle(town_window, qtbot)
	assert tab.letters.kind == "cost"
	assert tab.letters.draft.ready


def test_refusing_the_whole_request_leads_to_its_letter(tab, number, town, town_window, qtbot):
	answer(qtbot, "Write the letter")
	Hand().press(tab, "Refuse the whole request")
	settle(town_window, qtbot)
	assert tab.letters.kind == "cost"


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_the_pages_fit_and_say_what_they_mean(tab, number, town, town_window, qtbot, size):
	ids = [one.id for one in town.people.people()]
	town.other_places.ask(number, ids, "email", on=ARRIVED, due=date(2026, 11, 10))
	town_window.resize(*size)
	for task in ("places", "without", "time"):
		tab.open_task(task)
		settle(town_window, qtbot)
		shown = tab.stack.currentWidget()
		assert clipped(town_window) == []
		assert nameless(shown) == []
		assert len(primaries(shown)) == 1
		assert not any(word in words_of(shown).casefold() for word in BANNED)
