"""What happened to a request, as the clerk records it: one button, small dialogs, a timeline, a clock that follows."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.event_dialogs import LawDialog, dialog_for
from cranford_desktop.ui.parts.holidays_dialog import HolidaysDialog
from tests.ui.flow_support import BANNED, answer, nameless, settle, too_small, town, town_window, words_of
from tests.ui.ui_support import button_named, clipped, inside, primaries

WORDING = "All messages about the drainage of Mill Lane"
TODAY = date(2026, 11, 23)


@pytest.fixture
def tab(town_window):
	town_window.go("requests")
	return town_window.tab_pages["requests"]


@pytest.fixture
def made(town, tab):
	request = town.requests.create(
		regime="foi", received=date(2026, 11, 16), requester="A Green", wording=WORDING, arrived_by="councillor"
	)
	tab.open_item(request.id)
	return request


def choose(tab, words: str) -> None:
	"""Choose an entry of "What happened?"."""
	menu = tab.page.menu()
	[act] = [one for one in menu.actions() if one.text().startswith(words)]
	act.trigger()
	menu.close()


def type_and_press(qtbot, name: str, words: str) -> None:
	"""Type into the first box of the next dialog, and press a button of it."""

	def work() -> None:
		dialog = QApplication.activeModalWidget()
		if dialog is None:
			QTimer.singleShot(10, work)
			return
		inside(dialog, QPlainTextEdit)[0].setPlainText(words)
		button_named(dialog, name).click()

	QTimer.singleShot(10, work)


def test_a_question_and_its_answer_are_three_clicks_each_and_the_page_says_where_it_stands(
	tab, town, made, town_window, qtbot
):
	assert [one.text() for one in tab.page.menu().actions()] == [
		"You asked them what they mean…",
		"You asked for a fee…",
		"You took more time…",
		"It comes under another law…",
		"Something else: a note…",
		"They withdrew it…",
		"Close it…",
	]
	answer(qtbot, "Record the question")
	choose(tab, "You asked them what they mean")
	settle(town_window, qtbot)
	said = words_of(tab.page)
	assert "Waiting for them since 23 November 2026" in said
	assert "If their answer came today, the last day would be Tuesday 22 December 2026." in said
	assert "Waiting for them since 23 November" in words_of(tab.page)
	answer(qtbot, "Record the answer")
	choose(tab, "They said what they mean")
	settle(town_window, qtbot)
	said = words_of(tab.page)
	assert "Answer by Tuesday 22 December 2026" in said
	button_named(tab.page, "How we worked this out").click()
	assert "The clock began again on Monday 23 November 2026" in words_of(tab.page)
	assert "It arrived\nThrough a councillor." in said
	assert said.index("It arrived") < said.index("Asked them what they mean") < said.index("They said what they mean")
	button_named(tab.page, "Take back: They said what they mean, Monday 23 November 2026").click()
	settle(town_window, qtbot)
	assert "Waiting for them since 23 November 2026" in words_of(tab.page)


def test_a_note_needs_words_and_an_early_closing_its_reason(tab, town, made, town_window, qtbot):
	note = dialog_for(tab, "note", town, made)
	note.accept()
	assert note.summary.words() == ["Say what happened"]
	type_and_press(qtbot, "Add the note", "Rang them: they are in no hurry")
	choose(tab, "Something else")
	settle(town_window, qtbot)
	assert "Rang them: they are in no hurry" in words_of(tab.page)
	close = dialog_for(tab, "closed", town, made)
	close.accept()
	assert close.summary.words() == ["Say why it is closed so soon"]
	type_and_press(qtbot, "Close the request", "Sent to us by mistake")
	choose(tab, "Close it")
	settle(town_window, qtbot)
	assert town.requests.get(made.id).status == "closed"
	assert [one.text() for one in tab.page.menu().actions()] == ["Something else: a note…", "Open it again…"]
	answer(qtbot, "Open it again")
	choose(tab, "Open it again")
	settle(town_window, qtbot)
	assert town.requests.get(made.id).status == "open"


def test_a_day_that_cannot_be_is_said_beside_it_and_the_dialog_stays(tab, town, made):
	dialog = dialog_for(tab, "clarification_asked", town, made)
	dialog.day.set_text("15 11 26")
	dialog.accept()
	assert "before the request arrived" in dialog.summary.words()[0]
	assert dialog.result() == 0
	dialog.day.set_text("24 11 26")
	dialog.accept()
	assert dialog.summary.words() == ["The day you asked must be today or in the past. This is tomorrow."]
	assert town.request_events.events(made.id) == []


def test_more_time_asks_for_what_each_law_asks(tab, town, made):
	foi = dialog_for(tab, "extended", town, made)
	assert foi.until.date() == date(2027, 1, 18)
	foi.until.set_text("")
	foi.accept()
	assert foi.summary.words() == ["Enter the day you promised"]
	foi.until.set_text("8 1 27")
	foi.accept()
	assert town.requests.get(made.id).due == date(2027, 1, 8)
	eir = town.requests.create(regime="eir", received=TODAY, requester="", wording="Trees")
	both = dialog_for(tab, "extended", town, eir)
	both.complex.setChecked(True)
	both.accept()
	assert both.summary.words() == ["Tick both, or answer in time: one alone gives no more time"]
	both.voluminous.setChecked(True)
	both.accept()
	assert town.requests.get(eir.id).due == date(2027, 1, 25)


def test_another_law_keeps_the_work_and_asks_for_what_it_does_not_know(tab, town, made, town_window, qtbot):
	town.gathering.gather(made.id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(made.id)
	ids = [one.row.id for one in town.deciding.candidates(made.id)]
	town.deciding.decide(made.id, ids, "release")
	town.deciding.decide(made.id, ids[:1], "withhold", exemption="s22", public_interest="None", balance="Soon")
	town.redacting.redact(made.id, "text", "Okonkwo", "s40(2)")
	law = LawDialog(tab, town, made)
	law.show()
	assert law.chosen() == "eir"
	assert "Wednesday 16 December 2026" not in law.told.text()
	assert "The last day becomes Tuesday 15 December 2026." in law.told.text()
	assert "1 redaction." in words_of(law)
	assert nameless(law) == []
	law.accept()
	town_window.changed()
	tab.refresh()
	said = words_of(tab.page)
	assert "Environmental information" in said
	assert "From freedom of information to environmental information" in said
	assert "1 decision or redaction rests on another law." in said
	assert [one.exemption for one in town.redacting.redactions(made.id)] == ["reg 13"]

	def choose_reason() -> None:
		dialog = QApplication.activeModalWidget()
		if dialog is None:
			QTimer.singleShot(10, choose_reason)
			return
		dialog.reasons.choices["s22"].setCurrentIndex(5)
		button_named(dialog, "Use these reasons").click()

	QTimer.singleShot(10, choose_reason)
	button_named(tab.page, "Give the reasons").click()
	settle(town_window, qtbot)
	assert "rests on another law" not in words_of(tab.page)
	assert town.disclosing.make_pack(made.id).withheld == 1


def test_a_bank_holiday_is_added_from_the_working_and_the_change_is_said(tab, town, made, town_window, qtbot):
	button_named(tab.page, "How we worked this out").click()

	def add() -> None:
		dialog = QApplication.activeModalWidget()
		if dialog is None:
			QTimer.singleShot(10, add)
			return
		dialog.accept()
		assert dialog.summary.words() == ["Enter the bank holiday", "Say why it is a bank holiday"]
		dialog.day.set_text("12 12 26")
		dialog.why.setText("Proclaimed on 3 December")
		dialog.accept()
		assert "is a Saturday" in dialog.summary.words()[0]
		dialog.day.set_text("14 12 26")
		assert nameless(dialog) == []
		button_named(dialog, "Add the day").click()

	QTimer.singleShot(10, add)
	button_named(tab.page, "Add a bank holiday…").click()
	settle(town_window, qtbot)
	assert "FOI-2026-001: 15 → 16 December." in words_of(town_window)
	assert "Answer by Wednesday 16 December 2026" in words_of(tab.page)
	dialog = HolidaysDialog(tab, town)
	dialog.show()
	button_named(dialog, "Take back Monday 14 December 2026").click()
	assert dialog.said == "Monday 14 December 2026 is no bank holiday any more. FOI-2026-001: 16 → 15 December."
	assert "Days you added" not in words_of(dialog)
	dialog.reject()


def test_the_menu_leads_to_the_bank_holidays(town_window, qtbot):
	asked: list[str] = []
	answer(qtbot, "Close", asked)
	town_window._actions["holidays"].trigger()
	assert asked == ["Add a bank holiday"]


def test_documents_are_kept_opened_and_taken_out(tab, town, made, town_window, qtbot, tmp_path):
	letter, mail = tmp_path / "ico.pdf", tmp_path / "request.eml"
	letter.write_bytes(recovery_sheet_pdf("Test Parish Council", "AAAA-BBBB", town.clock(), practice=False))
	mail.write_text("Subject: Mill Lane", encoding="utf-8")
	tab.page.documents.keep("Letter from the ICO", letter)
	tab.page.documents.keep("The e-mail as it came", mail)
	settle(town_window, qtbot)
	assert [one.title for one in town.request_documents.documents(made.id)] == [
		"Letter from the ICO.pdf",
		"The e-mail as it came.eml",
	]
	button_named(tab.page, "Look at Letter from the ICO.pdf").click()
	assert tab.stack.currentWidget() is tab.letter
	tab._leave_letter()
	settle(town_window, qtbot)
	town.request_documents.save(town.request_documents.documents(made.id)[1].id, tmp_path / "copy.eml")
	assert (tmp_path / "copy.eml").read_text(encoding="utf-8") == "Subject: Mill Lane"
	button_named(tab.page, "Take out Letter from the ICO.pdf").click()
	settle(town_window, qtbot)
	assert "Letter from the ICO" not in words_of(tab.page)
	problems: list[object] = []
	tab.page.documents.problem.connect(problems.append)
	tab.page.documents.keep("Nothing", tmp_path / "none.pdf")
	assert len(problems) == 1


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_the_page_fits_and_speaks_plainly(tab, town, made, town_window, qtbot, size):
	town_window.resize(*size)
	town.request_events.record(made.id, "clarification_asked", TODAY, "Which part of the lane do they mean?")
	tab.open_item(made.id)
	settle(town_window, qtbot)
	assert clipped(town_window) == []
	assert nameless(tab.page) == []
	assert too_small(tab.page) == []
	assert len(primaries(tab)) <= 1
	assert not [word for word in BANNED if word in words_of(tab).casefold()]


def test_a_long_story_shows_its_end_and_unfolds_its_beginning(tab, town, made, town_window, qtbot):
	for n in range(14):
		town.request_events.record(made.id, "note", TODAY, f"Rang them, try {n}")
	tab.open_item(made.id)
	settle(town_window, qtbot)
	said = words_of(tab.page)
	assert "Rang them, try 13" in said
	assert "It arrived" not in said
	button_named(tab.page, "Show 3 earlier lines").click()
	assert "It arrived" in words_of(tab.page)
	button_named(tab.page, "Hide the earlier lines").click()
	assert "It arrived" not in words_of(tab.page)
