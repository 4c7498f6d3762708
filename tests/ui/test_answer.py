"""From the last decision to the answer on record: check, second look, pack, sent, withdrawn, disclosure log."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.second_look import LookRules
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.second_look import SecondLook
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.letters_page import LettersPage
from cranford_desktop.ui.parts.log_page import SummaryDialog
from cranford_desktop.ui.parts.withdraw_dialog import WithdrawDialog
from tests.ui.flow_support import (
	BANNED,
	NUMBER,
	RESIDENT,
	nameless,
	settle,
	too_small,
	town,
	town_window,
	words_of,
)
from tests.ui.ui_support import button_named, clipped, inside, primaries

WORDING = "All messages about the drainage of Mill Lane"


@pytest.fixture
def tab(town_window):
	town_window.go("requests")
	return town_window.tab_pages["requests"]


@pytest.fixture
def request_id(town):
	return made(town, "foi")


def made(town, regime):
	"""Return a request of five messages, all released, with a resident covered up."""
	one = town.requests.create(regime=regime, received=date(2026, 11, 20), requester="A Green", wording=WORDING)
	town.gathering.gather(one.id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(one.id)
	ids = [each.row.id for each in town.deciding.candidates(one.id)]
	town.deciding.decide(one.id, ids, "release")
	town.redacting.redact(one.id, "text", RESIDENT, "s40(2)")
	return one.id


def open_task(tab, request_id, task, window, qtbot):
	tab.open_item(request_id)
	tab.open_task(task)
	settle(window, qtbot)


def packed(town, tab, request_id, window, qtbot):
	town.disclosing.make_pack(request_id)
	open_task(tab, request_id, "send", window, qtbot)
	return tab.pack


class TestCheck:
	def test_nothing_covered_up_is_asked_about(self, town, tab, request_id, town_window, qtbot):
		open_task(tab, request_id, "pack", town_window, qtbot)
		assert "Nothing is covered up" not in words_of(tab.check)
		for one in town.redacting.redactions(request_id):
			town.redacting.remove_redaction(request_id, one.id)
		open_task(tab, request_id, "pack", town_window, qtbot)
		assert "Nothing is covered up. Is that right?" in words_of(tab.check)
		assert primaries(tab) == ["Make the pack"], "it stops nothing"

	def test_what_is_undecided_is_led_to(self, town, tab, request_id, town_window, qtbot):
		third = [one.row.id for one in town.deciding.candidates(request_id)][2]
		town.deciding.undecide(request_id, [third])
		open_task(tab, request_id, "pack", town_window, qtbot)
		button_named(tab, "Decide 1 more message first").click()
		settle(town_window, qtbot)
		assert tab.stack.currentWidget() is tab.decide
		assert tab.decide.view.current_message() == third

	def test_a_failed_leak_check_stays_on_the_page_with_what_to_do(self, town, tab, request_id, town_window, qtbot):
		town.redacting.redact(request_id, "text", "Test Parish Council", "s40(2)")
		open_task(tab, request_id, "pack", town_window, qtbot)
		button_named(tab, "Make the pack").click()
		settle(town_window, qtbot)
		assert tab.stack.currentWidget() is tab.check
		said = words_of(tab.check)
		assert "The leak check did not pass" in said
		assert "FOI-2026-001.pdf, page 1" in said
		assert "docProps" not in said
		assert town.disclosing.packs(request_id) == []

	def test_a_second_look_is_advised_only_where_it_matters(self, town, tab, request_id, town_window, qtbot):
		open_task(tab, request_id, "pack", town_window, qtbot)
		assert "A second look is worth it" not in words_of(tab.check)
		tab.show_request()
		[row] = [one for one in tab.page.rows if one.task.key == "second_look"]
		assert (row.task.state, row.go is not None) == ("Optional", True)
		strict = replace(load(), second_look=LookRules(2))
		look = SecondLook(town.archive, town.clock, strict, town.disclosing)
		tab.check.show_request(tab.current, look.read(request_id))
		assert "A second look is worth it here" in words_of(tab.check)
		assert tab.check.go.text() == "Make the pack"


class TestSecondLook:
	def test_not_on_the_day_of_deciding_and_skipped_with_a_reason(self, town, tab, request_id, town_window, qtbot):
		open_task(tab, request_id, "second_look", town_window, qtbot)
		page = tab.second_look
		assert "You can from Tuesday 24 November 2026" in words_of(page)
		assert primaries(tab) == ["Make the review copy"]
		page.without.click()
		assert page.summary.words() == ["Say in a few words why not"]
		page.why_not.setText("I am the only officer.")
		page.without.click()
		settle(town_window, qtbot)
		assert tab.stack.currentWidget() is tab.check
		assert "None. Why: I am the only officer." in words_of(tab.check)

	def test_another_person_gets_the_copy_and_what_they_said_is_typed(self, town, tab, request_id, town_window, qtbot):
		open_task(tab, request_id, "second_look", town_window, qtbot)
		page = tab.second_look
		page.give.click()
		assert page.summary.words() == ["Say who reads it"]
		page.who.setText("Cllr Bell")
		page.give.click()
		settle(town_window, qtbot)
		assert tab.review_copy.preview.pages() >= 1
		tab._leave_copy()
		settle(town_window, qtbot)
		assert "Cllr Bell looks at it" in words_of(page)
		page.typed.setPlainText("2 the house can be told\n88 no such one")
		page.record.click()
		assert "“88 no such one”" in page.summary.words()[0]
		page.typed.setPlainText("2 the house can be told")
		page.record.click()
		settle(town_window, qtbot)
		assert "1 message to change" in words_of(page)
		assert "the house can be told" in words_of(page)
		assert primaries(tab) == ["Change the first"]
		second = next(one for one, at in page.read.standing.look.numbers.items() if at == 2)
		button_named(tab, "Change the first").click()
		settle(town_window, qtbot)
		assert tab.decide.view.current_message() == second
		qtbot.keyClick(tab.decide.view, Qt.Key.Key_N)
		tab.decide.left.emit()
		settle(town_window, qtbot)
		assert tab.stack.currentWidget() is page, "the way back leads to where she came from"
		assert "1 changed because of it" in words_of(page)

	def test_on_another_day_one_key_each_in_another_order(self, town, tab, request_id, town_window, qtbot):
		tomorrow = standing_clock(datetime(2026, 11, 24, 9, 0))
		SecondLook(town.archive, tomorrow, town.tables, town.disclosing).begin_own(request_id)
		open_task(tab, request_id, "second_look", town_window, qtbot)
		reading = tab.second_look.reading
		order = town.second_look.order(town.second_look.read(request_id))
		assert reading.current == order[0]
		assert RESIDENT not in " ".join(reading.view.line_of(one).spoken for one in reading.view.message_ids())
		qtbot.keyClick(reading.view, Qt.Key.Key_Y)
		qtbot.keyClick(reading.view, Qt.Key.Key_U)
		assert reading.current == order[0]
		qtbot.keyClick(reading.view, Qt.Key.Key_Y)
		assert town.second_look.brief(request_id).right == 1
		qtbot.keyClick(reading.view, Qt.Key.Key_C)
		settle(town_window, qtbot)
		assert tab.stack.currentWidget() is tab.decide
		assert tab.decide.view.current_message() == order[1]
		tab.decide.left.emit()
		settle(town_window, qtbot)
		reading = tab.second_look.reading
		assert reading.current == order[2], "it goes on where it was"
		for _ in order[2:]:
			qtbot.keyClick(reading.view, Qt.Key.Key_Y)
		settle(town_window, qtbot)
		assert "1 message to change" in words_of(tab.second_look)


class TestSent:
	def test_a_file_of_internal_is_refused_and_the_right_one_is_known(
		self, town, tab, request_id, town_window, qtbot, tmp_path
	):
		pack = packed(town, tab, request_id, town_window, qtbot)
		pack.place(tmp_path / "stick")
		settle(town_window, qtbot)
		assert "INTERNAL is for you and never leaves the council." in words_of(pack)
		assert not town_window._toast.isVisible(), "the page says it; nothing lies over it"
		button_named(tab, "Record as sent…").click()
		settle(town_window, qtbot)
		send = tab.send
		send.record()
		assert send.summary.words() == ["Say where it went to", "Choose the file that you attached"]
		send.to.setText("a.green@example.org")
		send.take([next((pack.placed / "INTERNAL").iterdir())])
		assert "must not leave the council" in words_of(send)
		assert "choose “This should not have gone out”" in words_of(send)
		send.take([pack.placed / "DISCLOSURE" / "FOI-2026-001.pdf"])
		assert "must not leave the council" not in words_of(send)
		assert "FOI-2026-001.pdf: the same as in pack 1" in words_of(send)
		assert send.note.text() == (
			"Pack 1, by e-mail to a.green@example.org, on Monday 23 November 2026. The request is then answered."
		)
		send.record()
		settle(town_window, qtbot)
		assert tab.current.status == "answered"
		assert town.disclosing.packs(request_id)[0].sent.files == ("DISCLOSURE/FOI-2026-001.pdf",)
		assert "Sent by e-mail on 23 November 2026" in words_of(packed_again(tab, town_window, qtbot))

	def test_a_file_is_dropped_anywhere_on_the_page(self, town, tab, request_id, town_window, qtbot, tmp_path):
		pack = packed(town, tab, request_id, town_window, qtbot)
		pack.place(tmp_path)
		settle(town_window, qtbot)
		tab.open_send()
		data = QMimeData()
		data.setUrls([QUrl.fromLocalFile(str(pack.placed / "DISCLOSURE" / "FOI-2026-001.pdf"))])
		buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
		drop = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, held)
		tab.send.dropEvent(drop)
		assert drop.isAccepted()
		assert "FOI-2026-001.pdf: the same as in pack 1" in words_of(tab.send)

	def test_with_its_letter_it_is_one_step(self, town, tab, request_id, town_window, qtbot):
		town.disclosing.make_pack(request_id)
		known = {"contact": "clerk@example.org", "clerk": "H Marsh", "s40(2):why": "It is about a resident."}
		town.letters.answer(request_id, known)
		tab.open_item(request_id)
		tab.open_task("letters")
		settle(town_window, qtbot)
		assert tab.letters.go.text() == "Mark as sent"
		tab.letters.go.click()
		settle(town_window, qtbot)
		assert tab.stack.currentWidget() is tab.send
		assert tab.send.with_letter.isChecked()
		tab.send.ways.buttons["post"].click()
		tab.send.to.setText("1 High Street")
		assert "Pack 1 with its letter, printed, by post to 1 High Street" in tab.send.note.text()
		tab.send.record()
		settle(town_window, qtbot)
		[letter] = town.letters.sent(request_id)
		assert (letter.how, letter.pack_number, tab.current.status) == ("post", 1, "answered")

	def test_a_request_about_themselves_has_no_tick_for_the_log(self, town, tab, town_window, qtbot):
		own = town.requests.create(regime="sar", received=date(2026, 11, 20), requester="A Green", wording="Mine")
		town.gathering.gather(own.id, MessageFilter(search="allotment"))
		town.deciding.decide(own.id, [one.row.id for one in town.deciding.candidates(own.id)], "release")
		town.disclosing.make_pack(own.id)
		open_task(tab, own.id, "answer", town_window, qtbot)
		assert "disclosure log" not in words_of(tab.send)

	def test_left_out_of_the_log_by_one_tick(self, town, tab, request_id, town_window, qtbot):
		town.disclosing.make_pack(request_id)
		open_task(tab, request_id, "answer", town_window, qtbot)
		tab.send.ways.buttons["hand"].click()
		tab.send.listed.setChecked(False)
		tab.send.record()
		settle(town_window, qtbot)
		[choice] = town.disclosure_log.choices()
		assert not choice.listed
		assert choice.request_id == request_id


def packed_again(tab, window, qtbot):
	tab.open_task("send")
	settle(window, qtbot)
	return tab.pack


class TestWithdrawn:
	def test_it_says_what_to_do_and_leads_to_the_case(self, town, tab, request_id, town_window, qtbot):
		pack = packed(town, tab, request_id, town_window, qtbot)
		assert "This should not have gone out…" not in words_of(pack), "nothing is outside yet"
		town.disclosing.place(request_id, 1, town.folder.parent / "stick")
		pack = packed_again(tab, town_window, qtbot)
		dialog = WithdrawDialog(tab, pack.record)
		qtbot.addWidget(dialog)
		dialog.accept()
		assert dialog.summary.words() == ["Say what is wrong with it"]
		assert not dialog.go.isDefault()
		tab.withdraw(pack.record, "Her number can be read.", "A Green")
		settle(town_window, qtbot)
		said = words_of(pack)
		assert "This pack was withdrawn" in said
		assert "Ask for it back" in said
		assert "until Thursday 26 November 2026, 11:04" in said
		assert primaries(tab) == ["Make the pack again"]
		button_named(tab, "Log a data breach…").click()
		form = town_window.tab_pages["cases"].form
		assert form.kind == "data_breach"
		assert form.title.text() == "Pack 1 of FOI-2026-001 should not have gone out"
		assert "Her number can be read." in form.facts.toPlainText()
		assert "Who has it: A Green" in form.facts.toPlainText()
		assert "26 November 2026" in form.until.text()
		case = form.save()
		assert {one.message_id for one in case.evidence} == set(town.sending.readable(request_id, 1))
		assert len(case.evidence) == 5
		tab.show_request()
		assert "Pack 1 was withdrawn: make it again" in words_of(tab.page)

	def test_the_way_back_from_looking_leads_to_where_she_came_from(self, town, tab, request_id, town_window, qtbot):
		packed(town, tab, request_id, town_window, qtbot)
		button_named(tab.pack, "Look at the pack").click()
		assert tab.stack.currentWidget() is tab.look
		assert button_named(tab.look, "Pack 1").isVisible()
		button_named(tab.look, "Pack 1").click()
		assert tab.stack.currentWidget() is tab.pack


class TestLog:
	def test_it_is_looked_at_before_it_is_saved(self, town, tab, request_id, town_window, qtbot, tmp_path):
		tab.show_log()
		assert "No request has been answered yet" in words_of(tab.log)
		town.requests.mark_answered(request_id, date(2026, 11, 23))
		tab.show_log()
		assert "1 request would be listed" in words_of(tab.log)
		assert "Green" not in words_of(tab.log)
		tab.log.word(request_id, "What the council said about the drain")
		assert "What the council said about the drain" in words_of(tab.log)
		tab.log.ticks[request_id].click()
		assert "0 requests would be listed" in words_of(tab.log)
		tab.write_log(tmp_path / "log")
		settle(town_window, qtbot)
		assert "drain" not in (tmp_path / "log" / "disclosure-log.csv").read_text("utf-8")

	def test_words_that_name_somebody_are_not_kept(self, town, tab, request_id, town_window, qtbot):
		town.requests.mark_answered(request_id, date(2026, 11, 23))
		tab.show_log()
		[choice] = town.disclosure_log.choices()
		dialog = SummaryDialog(tab.log, choice)
		qtbot.addWidget(dialog)
		tab.log.word(request_id, f"About {RESIDENT}")
		assert not town.disclosure_log.choices()[0].worded
		assert RESIDENT not in words_of(tab.log)


class TestToast:
	def test_it_covers_no_banner_and_no_button(self, town, tab, request_id, town_window, qtbot, tmp_path):
		pack = packed(town, tab, request_id, town_window, qtbot)
		pack.place(tmp_path / "stick")
		settle(town_window, qtbot)
		town_window.resize(1024, 600)
		for words in ("Short.", "A long sentence that says much about what was done just now, and where. " * 2):
			town_window.toast(words)
			settle(town_window, qtbot)
			toast = town_window._toast
			spot = QRect(toast.mapTo(town_window, QPoint()), toast.size())
			frames = [one for one in inside(town_window, QFrame) if one.isVisible()]
			kept = [one for one in frames if str(one.property("kind")).startswith("banner")]
			assert kept
			for one in [*kept, pack.go]:
				assert not spot.intersects(QRect(one.mapTo(town_window, QPoint()), one.size()))

	def test_it_is_not_clipped_at_150_percent(self, dressed, town_window, tab, qtbot):
		theme.set_zoom(dressed, 150)
		town_window.resize(1024, 600)
		town_window.toast(
			"A long sentence that says much about what was done just now, and where it went.", "Undo", print
		)
		settle(town_window, qtbot)
		toast = town_window._toast
		assert toast.width() <= town_window.width() - 16
		assert toast._words.height() >= toast._words.heightForWidth(toast._words.width())

	def test_a_refusal_has_no_tick(self, town_window, qtbot):
		town_window.toast("There is nothing to take back.", done=False)
		assert not town_window._toast._icon.isVisible()
		town_window.toast("Saved.")
		assert town_window._toast._icon.isVisible()


@pytest.mark.parametrize(("size", "zoom"), [((1024, 600), 100), ((1024, 600), 150), ((1600, 900), 100)])
def test_every_page_shows_all_its_words_names_its_controls_and_has_one_primary(
	dressed, town, tab, request_id, town_window, qtbot, size, zoom
):
	theme.set_zoom(dressed, zoom)
	town_window.resize(*size)

	def check(where):
		settle(town_window, qtbot)
		here = tab.stack.currentWidget()
		assert clipped(here) == [], where
		assert nameless(here) == [], where
		assert too_small(here) == [], where
		assert len(primaries(here)) <= 1, where
		said = words_of(here).casefold()
		assert not [one for one in BANNED if one in said], where

	tab.open_item(request_id)
	for task in ("pack", "second_look"):
		tab.open_task(task)
		check(task)
	town.second_look.begin_other(request_id, "Cllr Bell")
	tab.open_task("second_look")
	check("waiting")
	tomorrow = standing_clock(datetime(2026, 11, 24, 9, 0))
	SecondLook(town.archive, tomorrow, town.tables, town.disclosing).begin_own(request_id)
	tab.open_task("second_look")
	check("reading")
	town.disclosing.make_pack(request_id)
	for task in ("send", "answer"):
		tab.open_task(task)
		check(task)
	town.requests.mark_answered(request_id, date(2026, 11, 23))
	tab.show_log()
	check("log")
	tab.open_task("send")
	town.sending.withdraw(request_id, 1, why="Wrong", who_has_it="A Green")
	tab.open_task("send")
	check("withdrawn")


def test_a_narrow_page_opens_no_window_of_its_own_for_a_button(town, town_window, qtbot):
	page = LettersPage(town, town_window)
	qtbot.addWidget(page)
	page.resize(500, 500)
	page.show()
	settle(town_window, qtbot)
	assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QPushButton) and one.isVisible()]
	page.hide()
