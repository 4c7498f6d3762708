"""The form of a request: two questions and a day are all it needs; the rest is folded away and says what it is for."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.ui.parts.request_extras import PatternDialog
from tests.ui.flow_support import BANNED, nameless, settle, too_small, town, town_window, words_of
from tests.ui.ui_support import button_named, clipped

WORDING = "All messages about the pavilion"


@pytest.fixture
def tab(town_window):
	town_window.go("requests")
	return town_window.tab_pages["requests"]


@pytest.fixture
def form(tab):
	tab.start()
	return tab.form


def fill(form, *, themselves=False, green=False, arrived="23 11 26"):
	form.wording.setPlainText(WORDING)
	form.themselves.set_answer(themselves)
	if not themselves:
		form.environment.set_answer(green)
	form.received.set_text(arrived)


def test_only_words_law_and_day_are_asked_and_the_rest_stays_folded(form, tab):
	fill(form)
	assert not form.extras.isVisible()
	assert "or a member who acts for it" in words_of(form)
	made = form.save()
	assert (made.arrived_by, made.form_wanted, made.address, made.kind) == ("", "", "", "access")


def test_what_is_added_is_kept_and_shown(form, tab, town, town_window, qtbot):
	fill(form)
	button_named(form, "Add who asked, how it arrived, where the answer goes").click()
	assert form.extras.isVisible()
	extras = form.extras
	extras.arrived.setCurrentText("Through a councillor")
	extras.requester.setText("A Green")
	extras.address.setPlainText("a.green@example.org")
	extras.forms["summary"].setChecked(True)
	extras.forms["participants"].setChecked(True)
	extras.reference.setText("FOI/77")
	made = form.save()
	assert (made.reference, made.arrived_by, made.form_wanted) == ("FOI/77", "councillor", "summary participants")
	settle(town_window, qtbot)
	assert (
		"Who asked: A Green. Arrived Monday 23 November 2026, through a councillor. They would like: a summary, who "
		"takes part in them. The answer goes to: a.green@example.org."
	) in words_of(tab.page)


def test_a_spoken_request_counts_under_two_laws_and_under_the_third_is_helped_to_paper(form, town):
	fill(form)
	form.unfold(True)
	form.extras.arrived.setCurrentText("Spoken")
	assert form.answer_by.text() == "It does not count yet"
	assert "Offer to write it down with them" in form.extras.validity.text()
	assert form.save() is None
	assert form.summary.words() == ["Help them to write it down first: a spoken request does not count under the Act"]
	with pytest.raises(RefusedByPolicy, match="does not count"):
		town.requests.create(regime="foi", received=date(2026, 11, 23), requester="", wording="", arrived_by="spoken")
	form.environment.set_answer(True)
	assert form.answer_by.text() == "Answer by Tuesday 22 December 2026"
	assert form.save().arrived_by == "spoken"


def test_what_the_act_asks_of_a_request_is_said_with_what_to_do(form):
	fill(form)
	form.unfold(True)
	assert "The Act asks for a real name." in form.extras.validity.text()
	assert "offer your help" in form.extras.validity.text()
	form.extras.requester.setText("A Green")
	form.extras.address.setPlainText("1 Low Road")
	assert not form.extras.validity.isVisible()
	form.extras.requester.clear()
	form.themselves.set_answer(True)
	assert "know who they are" in form.extras.validity.text()


def test_a_day_before_the_oldest_message_is_said_and_one_ahead_is_refused(form):
	fill(form, arrived="23 11 2016")
	assert form.early.text() == "That is before the oldest message you hold, Monday 6 May 2019. Check the year."
	form.received.set_text("24 11 26")
	assert form.save() is None
	assert "must be today or in the past" in form.summary.words()[0]
	form.received.set_text("23 11 26")
	assert not form.early.isVisible()
	form.received.set_text("1 1 2010")
	assert form.save() is None
	assert "2014 to 2030" in form.summary.words()[0]


def test_a_second_request_under_one_reference_is_refused_beside_it(form, town, tab):
	town.requests.create(regime="foi", received=date(2026, 11, 2), requester="", wording="Rents", reference="CPC/1")
	fill(form)
	form.extras.reference.setText("cpc/1")
	assert form.save() is None
	assert form.extras.isVisible(), "what is wrong is shown"
	assert "CPC/1" in form.summary.words()[0] or "cpc/1" in form.summary.words()[0]
	assert form.extras.named.error()


def test_references_look_as_the_council_wants_them(form, town):
	fill(form)
	assert form.reference.text() == "It will be FOI-2026-001."

	def work() -> None:
		dialog = QApplication.activeModalWidget()
		if not isinstance(dialog, PatternDialog):
			QTimer.singleShot(10, work)
			return
		dialog.pattern.setText("CPC/{law}/{year}")
		dialog.accept()
		assert "{number} once" in dialog.summary.words()[0]
		dialog.pattern.setText("CPC/{law}/{year}/{number:03}")
		assert dialog.shown.text() == "The next one would be CPC/FOI/2026/001."
		button_named(dialog, "Use this").click()

	QTimer.singleShot(10, work)
	button_named(form, "Change how references look").click()
	assert form.reference.text() == "It will be CPC/FOI/2026/001."
	assert form.save().reference == "CPC/FOI/2026/001"
	assert town.requests.next_reference("foi") == "CPC/FOI/2026/002"
	assert town.requests.next_reference("sar") == "CPC/SAR/2026/001"


def test_a_request_made_in_the_chat_is_recorded_from_its_messages(tab, town, town_window, qtbot):
	rents, noted = (
		next(one for one in town.browsing.stream(MessageFilter()) if words in (one.text or ""))
		for words in ("Allotment rents", "note 3")
	)
	verbs = town_window.tab_pages["archive"].verbs
	menu = verbs.request_menu([rents.id, noted.id])
	[record] = [one for one in menu.actions() if one.text() == "Record as a request…"]
	record.trigger()
	menu.close()
	settle(town_window, qtbot)
	form = tab.form
	assert tab.stack.currentWidget() is form
	assert form.wording.toPlainText() == f"{rents.text}\n\n{noted.text}"
	assert form.received.date() == date(2019, 5, 9), "the first of them"
	assert form.extras.arrived_by() == "chat"
	form.themselves.set_answer(False)
	form.environment.set_answer(False)
	assert form.save().arrived_by == "chat"


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_the_form_fits_and_speaks_plainly(form, town_window, qtbot, size):
	town_window.resize(*size)
	fill(form)
	form.unfold(True)
	settle(town_window, qtbot)
	assert clipped(town_window) == []
	assert nameless(form) == []
	assert too_small(form) == []
	assert not [word for word in BANNED if word in words_of(form).casefold()]


def test_from_home_a_request_is_recorded_with_six_clicks_and_its_words(town, town_window, qtbot):
	clicks = 0

	def click(target) -> None:
		nonlocal clicks
		qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(12, target.height() // 2))
		clicks += 1
		settle(town_window, qtbot)

	tabs = town_window.tabs
	spot = tabs.tabRect(next(n for n in range(tabs.count()) if "FOI" in tabs.tabText(n))).center()
	qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=spot)
	clicks += 1
	settle(town_window, qtbot)
	tab = town_window.tab_pages["requests"]
	click(button_named(tab, "Record a request"))
	form = tab.form
	qtbot.keyClicks(form.wording, WORDING)
	click(form.themselves.no)
	click(form.environment.no)
	click(form.received.box)
	qtbot.keyClicks(form.received.box, "today")
	click(form.save_button)
	assert tab.current.reference == "FOI-2026-001"
	assert clicks == 6
