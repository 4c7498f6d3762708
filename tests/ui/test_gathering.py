"""The gather page: searches on record, by hand with keys and mouse, what is in it, confirming, what comes later."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from cranford_desktop.domain.gathering import Look, Membership, Standing, Step
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.store import casebook
from cranford_desktop.ui.parts.gather_acts import TakeOutDialog
from cranford_desktop.ui.parts.gather_bar import NO_DATE, NOTHING, WRONG_WAY
from cranford_desktop.ui.parts.gather_reading import SHOWN, found_words
from cranford_desktop.ui.parts.gather_side import folded, reopened_words
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.flow_support import (
	BANNED,
	BELL,
	SHAW,
	answer,
	make_council,
	nameless,
	settle,
	story,
	too_small,
	town,
	town_window,
	window_on,
	words_of,
)
from tests.ui.ui_support import button_named, clipped, primaries

WORDING = "All messages about the drainage of Mill Lane, and what the county answered about the culvert there"


@pytest.fixture
def request_id(town):
	made = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="A Green", wording=WORDING)
	return made.id


@pytest.fixture
def page(town, town_window, request_id, qtbot):
	"""The gather page of a request."""
	town_window.go(f"requests:{request_id}")
	tab = town_window.tab_pages["requests"]
	tab.open_task("search")
	settle(town_window, qtbot)
	return tab.gather


def look_for(page, window, qtbot, words):
	page.words.setText(words)
	qtbot.keyClick(page.words, Qt.Key.Key_Return)
	settle(window, qtbot)


def press(page, window, qtbot, *keys):
	for key in keys:
		qtbot.keyClick(page.view, key)
		settle(window, qtbot)


def members(town, request_id):
	with town.archive.reading() as connection:
		return list(casebook.candidate_ids(connection, request_id))


def later(town, tmp_path, *texts):
	sent = [Sent(datetime(2025, 6, 1, 9, 0) + timedelta(minutes=at), SHAW, text) for at, text in enumerate(texts)]
	town.importing.import_file(write_export(tmp_path / "WhatsApp Chat with Events.zip", Phone(), sent), group="Events")


def test_words_of_the_request_stay_in_sight_at_every_width(page, town_window, qtbot):
	look_for(page, town_window, qtbot, "mill lane")
	for width in (1600, 1024, 820):
		town_window.resize(width, 640)
		settle(town_window, qtbot)
		assert WORDING[:40] in words_of(page)
		assert not clipped(page)
	button_named(page, "What they asked, and searches").click()
	assert "5 found, 0 added" in words_of(page.side)
	page.add()
	settle(town_window, qtbot)
	page.show_contents()
	settle(town_window, qtbot)
	assert WORDING[:40] in words_of(page.contents)


def test_each_state_has_one_primary_button_names_and_room(page, town_window, request_id, qtbot):
	def check(least=1):
		for size in ((1024, 600), (1600, 900)):
			town_window.resize(*size)
			settle(town_window, qtbot)
			assert least <= len(primaries(page)) <= 1
			assert not nameless(page)
			assert not too_small(page)
			assert not clipped(page)
			assert not [one for one in BANNED if one in words_of(page).casefold()]

	check(least=0)
	look_for(page, town_window, qtbot, "mill lane drain")
	check()
	page.add()
	settle(town_window, qtbot)
	check()
	look_for(page, town_window, qtbot, "hippopotamus")
	check()
	page.confirm_button.click()
	settle(town_window, qtbot)
	check()


def test_every_search_is_listed_with_what_it_found_and_can_be_opened_again(page, town_window, qtbot):
	look_for(page, town_window, qtbot, "hippopotamus")
	assert page.words.hasFocus(), "the next thing is other words"
	assert "Nothing matched" in words_of(page.found)
	look_for(page, town_window, qtbot, "mill lane")
	assert page.view.hasFocus(), "what was found can be read at once"
	look_for(page, town_window, qtbot, "drain")
	said = words_of(page.side)
	assert "Nothing found." in said
	assert "5 found, 0 added." in said
	button_named(page.side, "Open again: mill lane").click()
	settle(town_window, qtbot)
	assert page.told.text() == "5 messages found"
	assert page.words.text() == "mill lane"
	assert len(page._council.gathering.searches(page.request.id)) == 3, "the same search with the same outcome"


def test_keys_add_leave_out_and_undo_one_by_one(page, town, town_window, request_id, qtbot):
	look_for(page, town_window, qtbot, "mill lane")
	first, second = [one for one in page.view.message_ids() if one in page.found.screen.found][:2]
	page.view.show_message(first)
	press(page, town_window, qtbot, Qt.Key.Key_A)
	assert members(town, request_id) == [first]
	assert page.view.line_of(first).chips[0][0] == "Added by hand"
	assert page.view.hasFocus()
	page.view.show_message(second)
	press(page, town_window, qtbot, Qt.Key.Key_L)
	assert page.view.line_of(second).chips[0][0] == "Left out"
	assert page.told.text() == "5 messages found, 1 of them already in this request, 1 left out by you"
	assert page.add_button.accessibleName() == "Add 3 to this request"
	press(page, town_window, qtbot, Qt.Key.Key_U, Qt.Key.Key_U)
	assert members(town, request_id) == []
	assert page.told.text() == "5 messages found"
	press(page, town_window, qtbot, Qt.Key.Key_U)
	assert members(town, request_id) == []


def test_context_is_marked_and_what_is_added_from_it_too(page, town, town_window, request_id, qtbot):
	look_for(page, town_window, qtbot, "culvert")
	[hit] = page.found.screen.found
	beside = [one for one in page.view.message_ids() if one != hit]
	assert all(page.view.line_of(one).quiet for one in beside)
	assert "Context" in page.view.line_of(beside[0]).spoken
	page.view.show_message(beside[0])
	button_named(page.found.verbs, "Add (A)").click()
	settle(town_window, qtbot)
	assert members(town, request_id) == beside[:1]
	[step] = [one for one in town.gathering.steps(request_id) if one.kind == "add"]
	assert "from beside what a search found" in step.words
	shown = len(page.view.message_ids())
	page.view.show_message(hit)
	press(page, town_window, qtbot, Qt.Key.Key_BracketRight)
	assert len(page.view.message_ids()) > shown
	assert page.view.current_message() == hit


def test_a_whole_day_all_between_two_and_photos_beside(page, town, town_window, request_id, qtbot):
	look_for(page, town_window, qtbot, "culvert")
	[hit] = page.found.screen.found
	page.view.show_message(hit)
	menu = page.found.menu()
	[act] = [one for one in menu.actions() if one.text().startswith("Add its whole day")]
	act.trigger()
	settle(town_window, qtbot)
	assert members(town, request_id) == town.gathering.whole_day(hit)
	assert len(page.view.message_ids()) >= 9
	press(page, town_window, qtbot, Qt.Key.Key_U)
	page.view.choose(page.view.message_ids()[:3:2])
	press(page, town_window, qtbot, Qt.Key.Key_B)
	assert len(members(town, request_id)) == 3
	press(page, town_window, qtbot, Qt.Key.Key_U, Qt.Key.Key_B)
	assert members(town, request_id) == [], "one message alone is no stretch"
	press(page, town_window, qtbot, Qt.Key.Key_Q)
	assert members(town, request_id) == []
	menu.deleteLater()


def test_photos_that_no_words_find_are_offered_beside_the_hits(tmp_path, dressed_town, qtbot):
	town, window, request_id = dressed_town
	tab = window.tab_pages["requests"]
	window.go(f"requests:{request_id}")
	tab.open_task("search")
	settle(window, qtbot)
	page = tab.gather
	look_for(page, window, qtbot, "culvert")
	assert "Not searched: what is in 1 photo and 1 voice note." in words_of(page)
	button_named(page, "Include 2 photos and voice notes near these").click()
	settle(window, qtbot)
	rows = town.browsing.rows(members(town, request_id))
	assert [bool(row.attachments) for row in rows] == [True, True]
	[step] = [one for one in town.gathering.steps(request_id) if one.kind == "add"]
	assert "beside" in step.words


@pytest.fixture
def dressed_town(dressed, tmp_path, qtbot):
	"""A window on a town with a voice note and a photo without words, and a request."""
	at = datetime(2025, 5, 2, 9, 0)
	sent = [
		Sent(at, SHAW, "The culvert is blocked"),
		Sent(at + timedelta(minutes=1), BELL, "", file="PTT-20250502-WA0001.opus", data=b"OggS"),
		Sent(at + timedelta(minutes=2), BELL, "", file="IMG-20250502-WA0002.jpg", data=b"\xff\xd8\xff"),
		*(Sent(at + timedelta(hours=1, minutes=n), SHAW, f"Number {n} of the roll") for n in range(2 * SHOWN + 30)),
	]
	town = make_council(tmp_path, sent)
	made = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="", wording=WORDING)
	with window_on(town, tmp_path, qtbot) as window:
		yield town, window, made.id
	town.close()


def test_many_hits_come_in_pages_and_adding_takes_all(dressed_town, qtbot):
	town, window, request_id = dressed_town
	tab = window.tab_pages["requests"]
	window.go(f"requests:{request_id}")
	tab.open_task("search")
	settle(window, qtbot)
	page = tab.gather
	look_for(page, window, qtbot, "roll")
	assert page.told.text() == "430 messages found. 1 to 200 are shown; adding takes all"
	first = page.view.message_ids()
	button_named(page, "Next 200").click()
	settle(window, qtbot)
	assert "201 to 400" in page.told.text()
	assert len(set(first) & set(page.view.message_ids())) <= 2
	assert page.view.hasFocus()
	qtbot.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
	settle(window, qtbot)
	assert len(members(town, request_id)) == 430
	page.show_contents()
	settle(window, qtbot)
	assert "430 messages" in page.contents.title.text()
	button_named(page.contents, "Leave out this whole day").click()
	settle(window, qtbot)
	assert members(town, request_id) == []


def test_one_searchs_messages_are_taken_out_and_put_back(page, town, town_window, request_id, qtbot):
	look_for(page, town_window, qtbot, "mill lane")
	page.add()
	settle(town_window, qtbot)
	button_named(page.side, "Take out: mill lane").click()
	settle(town_window, qtbot)
	assert members(town, request_id) == []
	assert "taken out again" in words_of(page.side)
	button_named(town_window, "Undo").click()
	settle(town_window, qtbot)
	assert len(members(town, request_id)) == 5


def test_what_is_decided_on_is_named_before_it_is_taken_out(page, town, town_window, request_id, qtbot):
	look_for(page, town_window, qtbot, "mill lane")
	page.add()
	settle(town_window, qtbot)
	first = members(town, request_id)[0]
	town.deciding.decide(request_id, [first], "release")
	asked = []
	answer(qtbot, "Take 4 out", asked)
	button_named(page.side, "Take out: mill lane").click()
	settle(town_window, qtbot)
	assert asked == ["Take out what “mill lane” added?"]
	assert members(town, request_id) == [first]
	step = next(one for one in town.gathering.steps(request_id) if one.kind == "search")
	taking = town.gathering.would_take_out(request_id, step.id)
	dialog = TakeOutDialog(page, "it", taking, town.browsing.rows([first]))
	assert SHAW in words_of(dialog)
	assert dialog.go.text() == "Keep them in the request"
	dialog.deleteLater()
	page.view.show_message(first)
	answer(qtbot, "Keep it", asked)
	press(page, town_window, qtbot, Qt.Key.Key_L)
	assert members(town, request_id) == [first]
	answer(qtbot, "Leave it out", asked)
	press(page, town_window, qtbot, Qt.Key.Key_L)
	assert members(town, request_id) == []
	assert asked[1:] == ["Leave out a message that was decided on?"] * 2


def test_what_is_in_it_is_seen_together_before_it_is_confirmed(page, town, town_window, request_id, qtbot):
	tab = town_window.tab_pages["requests"]
	look_for(page, town_window, qtbot, "mill lane")
	page.add()
	settle(town_window, qtbot)
	assert page.confirm_button.hasFocus()
	qtbot.keyClick(page.confirm_button, Qt.Key.Key_Space)
	settle(town_window, qtbot)
	whole = page.contents
	assert whole.title.text() == "5 messages, Thursday 3 April 2025"
	assert "From Cllr Jean Shaw (3)" in whole.told.text()
	assert "whole archive until you confirm" in words_of(whole)
	assert "counted where they stood" in words_of(whole)
	assert whole.go.hasFocus()
	spoken = [whole.days.topLevelItem(n).data(0, Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
	assert spoken == [
		"Councillors: 5 messages on 1 day",
		"Thursday 3 April 2025, Councillors: 5 messages, 5 to decide",
	]
	whole.view.setFocus()
	whole.view.show_message(whole.view.message_ids()[0])
	qtbot.keyClick(whole.view, Qt.Key.Key_L)
	settle(town_window, qtbot)
	assert len(members(town, request_id)) == 4
	assert whole.title.text().startswith("4 messages")
	qtbot.keyClick(whole.view, Qt.Key.Key_U)
	settle(town_window, qtbot)
	assert len(members(town, request_id)) == 5
	qtbot.keyClick(whole.view, Qt.Key.Key_Escape)
	assert page.stack.currentWidget() is not whole, "Escape leads back to the search"
	page.show_contents()
	settle(town_window, qtbot)
	button_named(whole, "Confirm: these 5 messages are everything").click()
	settle(town_window, qtbot)
	assert town.requests.get(request_id).set_confirmed
	assert tab.stack.currentWidget() is tab.decide


def test_a_later_import_is_shown_on_the_request_and_opens_the_list_again_only_when_it_is_added(
	page, town, town_window, request_id, tmp_path, qtbot
):
	tab = town_window.tab_pages["requests"]
	look_for(page, town_window, qtbot, "mill lane")
	page.add()
	settle(town_window, qtbot)
	page.confirm()
	settle(town_window, qtbot)
	later(town, tmp_path, "A stall in Mill Lane", "Cake")
	tab.show_request()
	settle(town_window, qtbot)
	assert "1 new message matches your searches." in words_of(tab.news)
	assert len(members(town, request_id)) == 5
	button_named(tab.news, "Look at them").click()
	settle(town_window, qtbot)
	assert page.told.text() == "1 new message matches your searches."
	assert town.requests.get(request_id).set_confirmed
	button_named(page, "Add 1 to this request").click()
	settle(town_window, qtbot)
	assert not town.requests.get(request_id).set_confirmed
	told = "This list is open again: 1 message added since you confirmed it, not decided on yet."
	assert told in page._foot.note.text()
	assert told in words_of(page.side)
	tab.show_request()
	settle(town_window, qtbot)
	assert tab.news.isHidden()


def test_two_searches_are_added_and_confirmed_by_the_keys_alone(page, town, town_window, request_id, qtbot):
	tab, enter, control = town_window.tab_pages["requests"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
	for words in ("mill lane", "allotment"):
		tab.find()
		assert page.words.hasFocus()
		page.words.selectAll()
		qtbot.keyClicks(page.words, words)
		qtbot.keyClick(page.words, enter)
		settle(town_window, qtbot)
		qtbot.keyClick(page.view, enter, control)
		settle(town_window, qtbot)
	qtbot.keyClick(page.confirm_button, Qt.Key.Key_Space)
	settle(town_window, qtbot)
	qtbot.keyClick(page.contents.go, Qt.Key.Key_Space)
	settle(town_window, qtbot)
	made = town.requests.get(request_id)
	assert (made.set_confirmed, made.candidates) == (True, 6)
	assert [(one.words, one.added) for one in town.gathering.searches(request_id)] == [
		("mill lane", 5),
		("allotment", 1),
	]
	assert tab.stack.currentWidget() is tab.decide


def test_where_nothing_was_found_that_is_confirmed(page, town, town_window, request_id, qtbot):
	assert not page.confirm_button.isVisible()
	look_for(page, town_window, qtbot, "hippopotamus")
	button_named(page, "Nothing was found: confirm that").click()
	settle(town_window, qtbot)
	made = town.requests.get(request_id)
	assert (made.set_confirmed, made.candidates) == (True, 0)
	assert town_window.tab_pages["requests"].stack.currentWidget() is not page


def test_what_makes_no_sense_is_said_and_not_recorded(page, town, request_id):
	page.search()
	assert page.told.text() == NOTHING
	page.start.setText("soon")
	page.search()
	assert page.told.text() == NO_DATE
	page.start.setText("3 4 2025")
	page.end.setText("2 4 2025")
	page.search()
	assert page.told.text() == WRONG_WAY
	assert town.gathering.steps(request_id) == []


def test_an_answer_for_another_request_is_not_shown(page, town, town_window, request_id, qtbot):
	other = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="", wording="Allotments")
	page.words.setText("mill lane")
	page.search()
	page.open_request(other)
	settle(town_window, qtbot)
	assert page.told.text() == ""
	assert page.request.id == other.id
	assert [one.words for one in town.gathering.searches(request_id)] == ["mill lane"], "it was made, for the first"
	assert town.gathering.steps(other.id) == []


def test_a_saved_search_and_a_tag_are_looked_for(page, town, town_window, request_id, qtbot):
	rows = list(town.browsing.stream(MessageFilter(search="allotment")))
	town.sorting.tag([row.id for row in rows], "Allotments")
	kept = town.searching.save("Drains", MessageFilter(search="drain", exact=True))
	page.open_request(page.request)
	page.bar.saved.open(kept)
	settle(town_window, qtbot)
	assert town.gathering.steps(request_id)[-1].wanted == MessageFilter(search="drain", exact=True)
	page.words.setText("")
	page.bar.tag.setCurrentIndex(page.bar.tag.findText("Allotments"))
	page.search()
	settle(town_window, qtbot)
	assert town.gathering.steps(request_id)[-1].wanted == MessageFilter(tag=("Allotments",))
	assert page.found.screen.found == {row.id for row in rows}


def test_words_for_counts_and_for_a_list_that_is_open_again():
	look = Look(1, MessageFilter(search="x"), (1, 2, 3), frozenset(), frozenset(), 1)
	held = Membership(frozenset({1}), frozenset(), frozenset({2}))
	assert found_words(look, held, 0) == (
		"3 messages found, 1 of them already in this request, 1 left out by you, 1 marked personal"
	)
	assert held.adding([1, 2, 4], by_hand=True) == Membership(frozenset({1, 2, 4}), frozenset({2, 4}), frozenset())
	assert held.leaving([1]) == Membership(frozenset(), frozenset(), frozenset({1, 2}))

	def standing(since, undecided):
		return Standing(9, False, True, since, undecided, 0, "")

	assert "open again. Confirm" in reopened_words(standing(0, 0))
	assert "2 messages added since you confirmed it, 1 of them not decided on yet." in reopened_words(standing(2, 1))
	assert "all decided on" in reopened_words(standing(2, 0))
	assert reopened_words(Standing(9, True, True, 0, 0, 0, "")) == ""


def test_many_acts_by_hand_stand_as_one_line():
	def step(number, kind, words):
		return Step(number, datetime(2026, 11, 23), kind, words, 1, 1, None, 1, live=False)

	steps = [step(1, "search", "a"), *(step(n, "add", "added by hand") for n in (2, 3, 4)), step(5, "leave", "left")]
	assert [[one.id for one in run] for run in folded(steps)] == [[5], [4, 3, 2], [1]]
	assert [[one.id for one in run] for run in folded(steps[:3])] == [[3], [2], [1]]
