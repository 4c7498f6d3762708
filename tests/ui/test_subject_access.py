"""The window of a subject access request: who it is, what was found and why, their own words, everybody else."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cranford_desktop.domain.subject_access import OTHERS, USUAL
from cranford_desktop.ui.parts.sar_covering import CoverOthersDialog
from tests.ui.flow_support import NUMBER, RESIDENT, answer, nameless, settle, too_small, town, town_window, words_of
from tests.ui.ui_support import clipped, primaries


@pytest.fixture
def tab(town, town_window):
	person = town.directory.add(f"Mrs {RESIDENT}")
	town.directory.add_detail(person, "phone", NUMBER)
	town.people.name_sender("Cllr Jean Shaw", "Cllr Jean Shaw", "Councillor")
	town.people.name_sender("Cllr Imran Ahmed", "Cllr Imran Ahmed", "Councillor")
	town_window.go("requests")
	return town_window.tab_pages["requests"]


@pytest.fixture
def request_id(town):
	asked = town.requests.create(
		regime="sar", received=date(2026, 11, 23), requester="Wilhelmina Okonkwo", wording="Everything about me"
	)
	return asked.id


@pytest.fixture
def page(tab, request_id, town_window, qtbot):
	tab.open_item(request_id)
	tab.open_task("search")
	settle(town_window, qtbot)
	return tab.sar


@pytest.fixture
def found(page, town_window, qtbot):
	page.who.people.setCurrentRow(0)
	page.who.known.click()
	page.who.look_button.click()
	settle(town_window, qtbot)
	return page


@pytest.fixture
def deciding(found, tab, town, request_id, town_window, qtbot):
	found.add_button.click()
	settle(town_window, qtbot)
	answer(qtbot, "Confirm")
	found.on_button.click()
	settle(town_window, qtbot)
	return tab.decide


def test_the_task_of_searching_asks_who_it_is_and_nobody_is_chosen_by_itself(page, town_window) -> None:
	assert page.stack.currentIndex() == 0
	assert page.who.people.item(0).text().startswith(f"Mrs {RESIDENT}")
	assert page.who.chosen() is None
	page.who.look_button.click()
	assert page.who.summary.words() == ["Choose who it is", "Say whether you are sure who they are"]
	assert page.looked is None


def test_what_is_found_says_why_and_is_added_at_once(found, town, request_id, town_window, qtbot) -> None:
	assert found.told.text() == f"3 messages about Mrs {RESIDENT}"
	notes = [note[1] for line in _lines(found.view) for note in line.notes]
	assert f"Names them: {RESIDENT}; Their number: {NUMBER}" in notes
	assert primaries(town_window) == ["Add these 3 messages"]
	found.add_button.click()
	settle(town_window, qtbot)
	assert town.requests.get(request_id).candidates == 3
	assert primaries(town_window) == ["That is everything…"]


def test_coming_back_shows_what_was_found_again(found, tab, town_window, qtbot) -> None:
	tab.open_task("search")
	settle(town_window, qtbot)
	assert found.stack.currentIndex() == 1
	assert found.looked is not None


def test_confirming_leads_to_deciding_where_others_are_tinted(deciding, town_window) -> None:
	assert deciding.sar.isVisibleTo(deciding)
	marks = {mark.kind for line in _lines(deciding.view) for mark in line.marks}
	assert marks == set()
	assert f"About Mrs {RESIDENT}." in words_of(deciding.sar)
	assert not deciding.sar.give_button.isVisibleTo(deciding)


def test_one_key_gives_their_own_words_and_u_takes_it_back(deciding, town, request_id, town_window, qtbot) -> None:
	person = next(one for one in town.directory.entries() if RESIDENT in one.name)
	town.directory.join(person.person_id, _named(town, "Cllr Imran Ahmed"))
	deciding.open_request(town.requests.get(request_id))
	settle(town_window, qtbot)
	assert not any(one.decision for one in _candidates(town, request_id))
	qtbot.keyClick(deciding.view, Qt.Key.Key_G)
	settle(town_window, qtbot)
	given = [one for one in _candidates(town, request_id) if one.decision]
	assert [one.decision.choice for one in given] == ["release"]
	assert given[0].row.sender == f"Mrs {RESIDENT}"
	qtbot.keyClick(deciding.view, Qt.Key.Key_U)
	settle(town_window, qtbot)
	assert not any(one.decision for one in _candidates(town, request_id))


def test_everybody_else_is_covered_with_ticks_and_councillors_are_left(
	deciding, town, request_id, town_window, qtbot
) -> None:
	dialog = CoverOthersDialog(
		deciding, "Mrs Okonkwo", town.subject_access.others(request_id), town.subject_access.answers(request_id)
	)
	dialog.show()
	assert {one.other.name: one.tick.isChecked() for one in dialog.rows} == {
		"Cllr Imran Ahmed": False,
		"Cllr Jean Shaw": False,
	}
	dialog.rows[0].tick.setChecked(True)
	assert dialog.go.text() == "Cover up 1 person"
	dialog.factors["consent"].clear()
	dialog.go.click()
	assert dialog.isVisible()
	assert dialog.summary.words() == ["Asked for agreement: say what was weighed"]
	dialog.factors["consent"].setText("She was asked and has not answered")
	assert not nameless(dialog)
	assert not too_small(dialog)
	dialog.close()
	deciding.sar.cover(dialog.names(), dialog.balance(), dialog.readable())
	settle(town_window, qtbot)
	[made] = [one for one in town.redacting.redactions(request_id) if one.kind == "person"]
	assert (made.value, made.exemption) == (dialog.rows[0].other.name, OTHERS)
	assert [one.outcome for one in town.subject_access.answers(request_id)] == ["reasonable", "redact"]


def test_their_own_name_covered_up_is_said(deciding, town, request_id, town_window, qtbot) -> None:
	town.redacting.redact(request_id, "text", "Okonkwo", OTHERS)
	deciding.open_request(town.requests.get(request_id))
	settle(town_window, qtbot)
	assert "own name, number or address is covered up in 2 places" in words_of(deciding.sar)


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_nothing_is_cut_off(found, town_window, qtbot, size) -> None:
	town_window.resize(*size)
	settle(town_window, qtbot)
	assert clipped(town_window) == []
	found.ask_who()
	settle(town_window, qtbot)
	assert clipped(town_window) == []
	assert not nameless(found)


def test_what_is_held_about_a_person_opens_from_their_page(town, tab, town_window, qtbot) -> None:
	town_window.go("people")
	people = town_window.tab_pages["people"]
	settle(town_window, qtbot)
	number = next(one for one in town.directory.entries() if RESIDENT in one.name).person_id
	people.directory.open_person(number)
	qtbot.waitUntil(lambda: people.directory.panel.current() == number)
	people.directory.panel.held.click()
	settle(town_window, qtbot)
	assert "INTERNAL What is held about one person" in words_of(people)


def _named(council, name: str) -> int:
	return next(one.person_id for one in council.directory.entries() if one.name == name)


def _candidates(council, request_id: int):
	return council.deciding.candidates(request_id)


def _lines(view):
	return [view.line_of(one) for one in view.message_ids()]


def test_another_request_begins_without_an_answer_of_the_last(found, town, tab, town_window, qtbot) -> None:
	other = town.requests.create(regime="sar", received=date(2026, 11, 23), requester="Ruth Bell", wording="About me")
	tab.open_item(other.id)
	tab.open_task("search")
	settle(town_window, qtbot)
	assert found.stack.currentIndex() == 0
	assert not found.who.known.isChecked()
	assert found.who.chosen() is None
