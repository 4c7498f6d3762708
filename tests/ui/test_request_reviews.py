"""What follows an answer, in the window: an internal review, the regulator, the bundle for them."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

import zipfile
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.review_dialogs import RegulatorDialog, ReviewDialog
from tests.journeys.test_foi_journey import in_dialog
from tests.ui.flow_support import BANNED, answer, nameless, settle, town, town_window, words_of
from tests.ui.test_request_places import Hand
from tests.ui.ui_support import clipped, primaries

ARRIVED = date(2026, 11, 3)


@pytest.fixture
def number(town):
	made = town.requests.create(regime="foi", received=ARRIVED, requester="A Green", wording="The drain of Mill Lane")
	town.letters.answer(made.id, {"contact": "clerk@example.org", "clerk": "Pat Field"})
	town.gathering.gather(made.id, MessageFilter(search="drain"))
	town.gathering.confirm_set(made.id)
	town.deciding.decide(
		made.id, [one.row.id for one in town.deciding.candidates(made.id)], "not_in_scope", reason="no"
	)
	town.requests.mark_answered(made.id, date(2026, 11, 20))
	return made.id


@pytest.fixture
def tab(town_window, number):
	town_window.go("requests")
	page = town_window.tab_pages["requests"]
	page.open_item(number)
	return page


def test_a_review_from_the_asking_to_its_letter(town, tab, number, town_window, qtbot):
	hand = Hand()
	in_dialog(ReviewDialog, lambda dialog: dialog.wording.setPlainText("You hold more."))
	hand.press(tab, "They ask for a review")
	hand.clicks += 1  # Begin the review
	review = town.requests.requests()[0]
	assert (review.reference, tab.current.id) == ("FOI-2026-001-R1", review.id)
	assert [row.task.key for row in tab.page.rows] == ["review", "letters", "answer"]
	hand.press(tab, "Decide afresh: Not yet started")
	settle(town_window, qtbot)
	page = tab.more.review
	assert page.table.topLevelItemCount() == town.requests.get(number).candidates > 0
	assert page.table.topLevelItem(0).text(3) == "Not in scope"
	hand.press(page, "Keep it and write the letter")
	assert page.fault.text() == "Choose what the review decides."
	hand.press(page, "Not upheld: the first answer stands")
	page.reasons.setPlainText("Nothing more was found on any phone.")
	hand.press(page, "Keep it and write the letter")
	settle(town_window, qtbot)
	assert tab.letters.kind == "internal_review"
	assert tab.letters.draft.ready
	answer(qtbot, "Mark as sent")
	hand.press(tab.letters, "Mark as sent")
	hand.clicks += 1
	assert town.requests.get(review.id).status == "answered"
	assert hand.clicks == 8
	hand.press(tab, "Open the first request")
	assert tab.current.id == number
	assert "Not upheld: the first answer stands, answered on Monday 23 November 2026" in words_of(tab.page)


def test_the_same_person_reviews_only_with_a_reason(town, tab, number, qtbot):
	asked = ReviewDialog(tab, "FOI-2026-001", date(2026, 11, 23))
	asked.reviewer.setCurrentIndex(3)
	asked.accept()
	assert asked.summary.words() == ["Say why nobody else can review it"]
	asked.because.setPlainText("Every member wrote in it")
	assert asked.faults() == {}
	asked.reviewer.setCurrentIndex(2)
	assert list(asked.faults().values()) == ["Say who reviews it"]


def test_the_regulator_is_recorded_and_gets_one_file(town, tab, number, town_window, tmp_path, qtbot):
	hand = Hand()
	in_dialog(RegulatorDialog, lambda dialog: dialog.words.setText("IC-1"))
	hand.press(tab, "They complained to the regulator")
	assert town.reviews.complaint(number).reference == "IC-1"
	assert "They were asked on Monday 23 November 2026, IC-1" in words_of(tab.page)
	tab.more.write_bundle(tab.current, tmp_path / "bundle")
	settle(town_window, qtbot)
	assert "INTERNAL-FOI-2026-001/00-contents.pdf" in zipfile.ZipFile(tmp_path / "bundle.zip").namelist()
	in_dialog(RegulatorDialog, lambda dialog: dialog.words.setText("Not upheld"))
	hand.press(tab, "The regulator decided")
	assert "Decided on Monday 23 November 2026: Not upheld" in words_of(tab.page)


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_the_page_of_a_review_fits(town, tab, number, town_window, qtbot, size):
	made = town.reviews.start(number, asked_on=date(2026, 11, 23), wording="More is held.", reviewer="panel")
	town_window.resize(*size)
	tab.open_item(made)
	assert clipped(town_window) == []
	tab.open_task("review")
	settle(town_window, qtbot)
	shown = tab.stack.currentWidget()
	assert clipped(town_window) == []
	assert nameless(shown) == []
	assert primaries(shown) == ["Keep it and write the letter"]
	assert not any(word in words_of(shown).casefold() for word in BANNED)
