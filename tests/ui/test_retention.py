"""Retention: where things stand in a sentence, the report, the yearly review that can be left and taken up again."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest
from PySide6.QtWidgets import QWizard

from cranford_desktop.domain.retention import ClassPosition, HeldReason, RetentionPosition
from cranford_desktop.ui.parts.retention_words import class_words, headline, next_review
from tests.ui.flow_support import BANNED, nameless, settle, too_small, town, town_window, words_of
from tests.ui.ui_support import clipped, primaries

NEXT, COMMIT, CANCEL, BACK, FINISH = (
	QWizard.WizardButton.NextButton,
	QWizard.WizardButton.CommitButton,
	QWizard.WizardButton.CancelButton,
	QWizard.WizardButton.BackButton,
	QWizard.WizardButton.FinishButton,
)


@pytest.fixture
def tab(town_window, qtbot):
	town_window.go("retention")
	settle(town_window, qtbot)
	return town_window.tab_pages["retention"]


def position(**changed):
	kept = {
		"on": date(2026, 11, 23),
		"total": 100,
		"due": 0,
		"held": (),
		"first_due": date(2030, 10, 6),
		"oldest": date(2024, 10, 6),
		"classes": (),
	}
	return RetentionPosition(**{**kept, **changed})


def test_headline_says_where_things_stand():
	assert headline(position())[0] == "Nothing is due until 6 October 2030"
	assert headline(position(due=84))[0] == "84 messages are past their six years"
	assert headline(position(due=1))[0] == "1 message is past its six years"
	held = (HeldReason("FOI-2026-001 asks about this", "FOI-2026-001", 7),)
	assert headline(position(held=held))[0] == "7 messages past their six years are kept"
	assert headline(position(total=0, oldest=None, first_due=None))[0] == "No messages are held yet"
	assert "The oldest one here is from 6 October 2024." in headline(position())[1]


def test_schedule_in_words():
	one = ClassPosition("council", "Council messages", 6, 469, date(2025, 5, 6))
	assert class_words(one) == "Kept for six years from the day sent. 469 messages, the first due on 6 May 2025."
	other = ClassPosition("personal", "Not council business", None, 0, None)
	assert class_words(other) == "Looked at in each yearly review. None here."


def test_a_council_that_never_reviewed_is_due_now():
	assert next_review([], date(2026, 11, 23)) == ("No yearly review has been made yet. The first is due now.", True)


def test_page_says_what_is_due(tab):
	said = words_of(tab)
	assert "12 messages are past their six years" in said
	assert "Erasing comes with a later release" in said
	assert len(primaries(tab)) == 1
	assert tab.start_button.accessibleName() == "Start the yearly review"


def test_report_is_shown_and_saved(tab, town_window, tmp_path, qtbot):
	tab.show_report()
	settle(town_window, qtbot)
	assert tab.stack.currentWidget() is tab.look
	assert tab.look.preview.pages() >= 1
	tab.save(tmp_path / "out")
	settle(town_window, qtbot)
	assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".xlsx"}
	tab.show_page()
	settle(town_window, qtbot)
	assert f"Saved to {tmp_path / 'out'}" in words_of(tab)


def test_review_is_saved_at_every_page_and_taken_up_again(tab, town, town_window, qtbot):
	tab.start_button.click()
	wizard = tab.wizard
	assert town.retention.open_review().page == "before"
	wizard.button(NEXT).click()
	assert "12 messages are due" in words_of(wizard.currentPage())
	wizard.button(NEXT).click()
	assert town.retention.open_review().page == "held"
	wizard.button(NEXT).click()
	wizard.check.minute.setText("26/121")
	wizard.button(CANCEL).click()
	settle(town_window, qtbot)
	kept = town.retention.open_review()
	assert (kept.page, kept.minute) == ("check", "26/121")
	assert "Go on with the yearly review" in words_of(tab)
	tab.start_button.click()
	assert tab.wizard.currentPage() is tab.wizard.check
	assert tab.wizard.check.minute.text() == "26/121"
	tab.wizard.button(BACK).click()
	assert "Nothing that is due is held" in words_of(tab.wizard.currentPage())


def test_what_was_typed_is_kept_when_the_records_are_locked(tab, town, town_window, qtbot):
	tab.start_review()
	for _ in range(3):
		tab.wizard.next()
	tab.wizard.check.minute.setText("26/121")
	tab.close_down()
	assert town.retention.open_review().minute == "26/121"


def test_review_asks_for_the_minute_or_that_it_is_awaited(tab, town, town_window, qtbot):
	tab.start_review()
	wizard = tab.wizard
	for _ in range(3):
		wizard.next()
	wizard.button(COMMIT).click()
	assert wizard.check.summary.words() == ["Enter the minute’s reference, or tick that it is not minuted yet"]
	wizard.check.pending.setChecked(True)
	wizard.button(COMMIT).click()
	settle(town_window, qtbot)
	assert wizard.report is not None
	assert wizard.report.outcome == "schedule"
	assert not wizard.button(BACK).isEnabled() or not wizard.button(BACK).isVisible()


def test_step_names_are_said(tab):
	tab.start_review()
	said = words_of(tab.wizard.steps)
	assert "Before you start" in said
	assert "The report" in said
	assert "Step 1 of 5 – saved 11:04" in words_of(tab.wizard.currentPage())


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_every_page_fits_names_its_controls_and_has_one_way_on(tab, town_window, qtbot, size):
	town_window.resize(*size)

	def check(where: str) -> None:
		settle(town_window, qtbot)
		assert not clipped(tab), (where, clipped(tab))
		assert not nameless(tab), (where, nameless(tab))
		assert not too_small(tab), (where, too_small(tab))
		assert len(primaries(tab)) == 1, (where, primaries(tab))
		assert not [word for word in BANNED if word in words_of(tab).casefold()], where

	check("page")
	tab.start_review()
	wizard = tab.wizard
	for _ in range(3):
		check(str(wizard.currentId()))
		wizard.next()
	check("check")
	wizard.check.pending.setChecked(True)
	wizard.button(COMMIT).click()
	settle(town_window, qtbot)
	check("report")
	wizard.button(FINISH).click()
	check("page again")
