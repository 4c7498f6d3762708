"""FOI & requests: the form, the list, gathering, deciding, covering up, the pack."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.domain.disclosure import Enclosure
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.redacting import find
from cranford_desktop.ui.parts.calendar_saving import CalendarSaving
from cranford_desktop.ui.parts.chat_lines import ChatLine
from cranford_desktop.ui.parts.decide_view import by_group, clerk_line
from cranford_desktop.ui.parts.enclosures import EnclosureDialog
from cranford_desktop.ui.parts.pack_page import pack_words
from cranford_desktop.ui.parts.redact_dialog import Asked, RedactDialog
from cranford_desktop.ui.parts.request_form import working_words
from cranford_desktop.ui.parts.review_state import ReviewState
from cranford_desktop.ui.parts.withhold_dialog import WithholdDialog
from cranford_desktop.ui.parts.working_days import WorkingDays
from tests.ui.flow_support import (
	BANNED,
	NUMBER,
	RESIDENT,
	answer,
	nameless,
	settle,
	too_small,
	town,
	town_window,
	words_of,
)
from tests.ui.ui_support import button_named, clipped, primaries

WORDING = "All messages about the drainage of Mill Lane"


@pytest.fixture
def tab(town_window):
	town_window.go("requests")
	return town_window.tab_pages["requests"]


@pytest.fixture
def request_id(town):
	made = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="A Green", wording=WORDING)
	return made.id


@pytest.fixture
def deciding(town, request_id, town_window, tab, qtbot):
	"""The decide page on a set of five messages."""
	town.gathering.gather(request_id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(request_id)
	tab.open_item(request_id)
	tab.open_task("decide")
	settle(town_window, qtbot)
	return tab.decide


def fill(form, *, themselves=False, green=False, arrived="23 11 26"):
	form.wording.setPlainText(WORDING)
	form.themselves.set_answer(themselves)
	if not themselves:
		form.environment.set_answer(green)
	form.received.set_text(arrived)


def test_with_no_request_it_offers_to_record_one(tab):
	assert "No requests open." in words_of(tab)
	assert len(primaries(tab)) == 1


def test_form_says_what_is_missing_and_keeps_what_was_typed(tab, qtbot):
	tab.start()
	tab.form.requester.setText("A Green")
	assert tab.form.save() is None
	assert tab.form.summary.words() == [
		"Say what they asked for",
		"Say whether they are asking about themselves",
		"Enter the date it arrived",
	]
	assert tab.form.summary.hasFocus()
	assert tab.form.requester.text() == "A Green"
	tab.form.received.set_text("24 11 26")
	tab.form.save()
	assert "The date it arrived must be today or in the past. This is tomorrow." in tab.form.summary.words()


def test_cancel_asks_once_before_typed_words_go(tab, qtbot):
	tab.start()
	tab.form.leave()
	assert tab.form is not tab.stack.currentWidget(), "nothing typed, nothing asked"
	tab.start()
	tab.form.wording.setPlainText(WORDING)
	tab.start()
	assert tab.form.wording.toPlainText() == WORDING, "Ctrl+N goes on with what is being typed"
	asked = []
	answer(qtbot, "Keep it", asked)
	tab.form.leave()
	assert tab.stack.currentWidget() is tab.form
	answer(qtbot, "Discard it", asked)
	tab.form.leave()
	assert tab.stack.currentWidget() is not tab.form
	assert asked == ["Discard what you typed?"] * 2


@pytest.mark.parametrize(
	("themselves", "green", "regime", "due"),
	[
		(False, False, "foi", "Answer by Tuesday 22 December 2026"),
		(False, True, "eir", "Answer by Tuesday 22 December 2026"),
		(True, False, "sar", "Answer by Wednesday 23 December 2026"),
	],
)
def test_two_questions_lead_to_the_law_and_the_day(tab, town_window, qtbot, themselves, green, regime, due):
	tab.start()
	fill(tab.form, themselves=themselves, green=green)
	assert tab.form.regime() == regime
	assert tab.form.answer_by.text() == due
	tab.form.how.click()
	if regime != "sar":
		assert "Monday 30 November 2026 is not counted" in tab.form.working.text()
		assert tab.form.strip.isVisible()
	made = tab.form.save()
	assert made.regime == regime
	assert tab.current.id == made.id
	assert tab.page.request.reference == made.reference


def test_list_says_how_far_off_each_is(tab, town, request_id):
	town.requests.create(regime="foi", received=date(2026, 11, 2), requester="", wording="Allotment rents")
	tab.refresh()
	spoken = [tab.list.list.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(tab.list.list.count())]
	assert spoken[0].startswith("FOI-2026-002, Allotment rents. Answer by Tuesday 1 December 2026")
	assert "29 days left" in spoken[1]


def test_narrow_window_folds_the_list_away_and_leads_back(tab, town_window, request_id, qtbot):
	town_window.resize(900, 620)
	tab.open_item(request_id)
	assert not tab.list.isVisible()
	assert tab.page.isVisible()
	tab.show_list()
	assert tab.list.isVisible()


def test_the_strip_marks_today_and_the_working_says_which_bank_holidays(tab, town):
	made = town.requests.create(regime="foi", received=date(2026, 11, 17), requester="", wording="Allotment rents")
	tab.open_item(made.id)
	strip = tab.page.findChild(WorkingDays)
	assert "Today is 23 November." in strip.accessibleName()
	strip.grab()
	deadline = town.requests.deadline("foi", made.received)
	assert "any part of the United Kingdom" in working_words("foi", made.received, deadline)
	plain = town.requests.deadline("foi", date(2026, 9, 1))
	assert "United Kingdom" not in working_words("foi", date(2026, 9, 1), plain)


def test_groups_stand_under_each_other_and_say_so():
	lines = [
		ChatLine("message", "Words", n, date(2026, 4, 3), group)
		for n, group in enumerate(("Councillors", "Councillors", "Events"), 1)
	]
	assert [line.text for line in by_group(lines) if line.kind == "day"] == [
		"Group 1 of 2: Councillors – Friday 3 April 2026",
		"Group 2 of 2: Events – Friday 3 April 2026",
	]
	assert [line.text for line in by_group(lines[:2]) if line.kind == "day"] == ["Friday 3 April 2026"]


def test_what_is_in_the_pack_adds_up(tab, town, request_id):
	town.gathering.gather(request_id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(request_id)
	ids = [one.row.id for one in town.deciding.candidates(request_id)]
	town.deciding.decide(request_id, ids[:4], "release")
	town.deciding.decide(request_id, ids[4:], "release")
	town.deciding.decide(request_id, ids[1:2], "not_in_scope")
	town.deciding.decide(request_id, ids[2:3], "withhold", exemption="s41", reason="Told in confidence.")
	town.redacting.redact(request_id, "text", RESIDENT, "s40(2)")
	result = town.disclosing.make_pack(request_id)
	candidates = town.deciding.candidates(request_id)
	tally = ReviewState(candidates).tally()
	assert pack_words(result, candidates) == (
		"4 messages in the pack. 3 can be read: 1 of them with words taken out, 1 with a photo or file left out. "
		"1 is withheld. 1 is not in scope."
	)
	assert (tally.released, tally.redacted, tally.withheld) == (3, 1, 1)
	assert "taken out" not in pack_words(result, ()), "decided anew since: only what the pack itself knows"


def test_task_list_opens_only_what_can_be_done(tab, town, request_id):
	tab.open_item(request_id)
	states = {one.task.key: one.task.state for one in tab.page.rows}
	assert states["search"] == "Not yet started"
	assert states["decide"] == states["pack"] == states["send"] == "Cannot start yet"
	assert all((one.go is None) == (one.task.state == "Cannot start yet") for one in tab.page.rows)
	assert "later release" not in words_of(tab.page)


def test_gathering_writes_its_own_record(tab, town, town_window, request_id, qtbot):
	tab.open_item(request_id)
	tab.open_task("search")
	tab.gather.words.setText("mill lane")
	tab.gather.search()
	settle(town_window, qtbot)
	assert tab.gather.told.text() == "5 messages found"
	assert tab.gather.add_button.accessibleName() == "Add 5 to this request"
	place = QRect(tab.gather.add_button.mapTo(tab, QPoint()), tab.gather.add_button.size())
	tab.gather.add()
	settle(town_window, qtbot)
	assert town.requests.get(request_id).candidates == 5
	[record] = town.gathering.searches(request_id)
	assert (record.found, record.added) == (5, 5)
	assert tab.gather.told.text() == "5 messages found, 5 of them already in this request"
	assert not tab.gather.add_button.isVisible()
	assert tab.gather.confirm_button.hasFocus(), "the keyboard stands on the next step, not on the way back"
	assert tab.gather.confirm_button.mapTo(tab, QPoint()).y() > place.bottom(), "a double click finds nothing there"
	tab.gather.confirm_button.click()
	settle(town_window, qtbot)
	assert not town.requests.get(request_id).set_confirmed, "she sees what is in it first"
	tab.gather.contents.go.click()
	settle(town_window, qtbot)
	assert town.requests.get(request_id).set_confirmed
	assert tab.stack.currentWidget() is tab.decide
	tab.show_request()
	assert "mill lane" in words_of(tab.page)


def test_gathering_says_when_a_date_cannot_be_read(tab, request_id):
	tab.open_item(request_id)
	tab.open_task("search")
	tab.gather.start.setText("soon")
	tab.gather.search()
	assert tab.gather.told.text() == "A date cannot be read. Type it like 27 3 2026."


def test_one_key_decides_and_goes_on(deciding, town, request_id, qtbot):
	ids = deciding.state.ids()
	assert deciding.view.current_message() == ids[0]
	qtbot.keyClick(deciding.view, Qt.Key.Key_R)
	assert deciding.view.current_message() == ids[1]
	qtbot.keyClick(deciding.view, Qt.Key.Key_N)
	qtbot.keyClick(deciding.view, Qt.Key.Key_P)
	choices = {one.row.id: one.decision.choice for one in town.deciding.candidates(request_id) if one.decision}
	assert choices == {ids[0]: "release", ids[1]: "not_in_scope", ids[2]: "not_held"}
	assert "3 of 5 decided" in words_of(deciding.panel)
	qtbot.keyClick(deciding.view, Qt.Key.Key_Space)
	assert deciding.view.current_message() == ids[4]
	qtbot.keyClick(deciding.view, Qt.Key.Key_U)
	assert town.requests.get(request_id).undecided == 3
	assert deciding.view.current_message() == ids[2]


def test_keys_act_only_while_the_list_has_the_focus(deciding, town, request_id, qtbot):
	deciding.panel.buttons["R"].setFocus()
	qtbot.keyClick(deciding.panel.buttons["R"], Qt.Key.Key_N)
	qtbot.keyClick(deciding, Qt.Key.Key_P)
	assert town.requests.get(request_id).undecided == 5
	deciding.panel.buttons["N"].click()
	assert town.requests.get(request_id).undecided == 4


def test_a_key_with_ctrl_decides_nothing(deciding, town, request_id, qtbot):
	qtbot.keyClick(deciding.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
	assert town.requests.get(request_id).undecided == 5


def test_several_are_decided_at_once_and_taken_back_at_once(deciding, town, request_id, qtbot):
	deciding.view.selectAll()
	assert len(deciding.picked()) == 5
	deciding.press("N")
	assert town.requests.get(request_id).undecided == 0
	deciding.undo()
	assert town.requests.get(request_id).undecided == 5


def test_release_with_redactions_needs_something_covered(deciding, town, town_window, request_id, qtbot):
	first = deciding.state.ids()[0]
	deciding.press("D")
	assert town.requests.get(request_id).undecided == 5
	deciding.redact(Asked("text", RESIDENT, "s40(2)", None, False), None, 2)
	settle(town_window, qtbot)
	assert deciding.view.current_message() == first
	deciding.press("D")
	assert deciding.view.line_of(first).verdict[0] == "With redactions"


def test_context_is_shown_grey_and_never_decided(deciding, town, request_id, qtbot):
	deciding.view.show_message(deciding.state.ids()[1])
	before = len(deciding.view.message_ids())
	deciding.press("]")
	assert len(deciding.view.message_ids()) > before
	context = next(one for one in deciding.view.message_ids() if deciding.state.candidate(one) is None)
	assert deciding.view.line_of(context).quiet
	deciding.view.show_message(context)
	deciding.press("R")
	assert town.requests.get(request_id).undecided == 5
	assert "context" in words_of(deciding.panel)


def test_requesters_view_shows_only_what_goes_out(deciding, town, town_window, request_id, qtbot):
	deciding.redact(Asked("text", RESIDENT, "s40(2)", None, False), None, 2)
	settle(town_window, qtbot)
	ids = deciding.state.ids()
	deciding.apply(ids[:2], "release")
	deciding.apply(ids[2:3], "withhold", {"exemption": "s40(2)", "reason": "hers"})
	qtbot.keyClick(deciding.view, Qt.Key.Key_F9)
	settle(town_window, qtbot)
	shown = deciding.reader.message_ids()
	assert shown == ids[:3], "undecided ones are left out"
	spoken = " ".join(deciding.reader.line_of(one).spoken for one in shown)
	assert RESIDENT not in spoken
	assert "Redacted" in spoken
	deciding.show_requester(False)
	assert deciding.view.hasFocus()


def test_selected_words_are_covered_only_there(deciding, town, town_window, request_id, qtbot):
	first = deciding.state.ids()[0]
	text = deciding.state.candidate(first).row.text
	start = text.index("14 Mill Lane")
	deciding.redact(Asked("text", "14 Mill Lane", "s40(2)", None, True), (first, start, start + 12), 1)
	settle(town_window, qtbot)
	[made] = town.redacting.redactions(request_id)
	assert (made.kind, made.message_id, made.start, made.end) == ("span", first, start, start + 12)
	covered = {one: len(deciding.state.candidate(one).covered) for one in deciding.state.ids()}
	assert covered.pop(first) == 1
	assert not any(covered.values())
	deciding.uncover(made.id)
	settle(town_window, qtbot)
	assert not town.redacting.redactions(request_id)


def test_the_deadline_goes_into_her_calendar(town, town_window, request_id, tmp_path):
	town_window.go(f"requests:{request_id}")
	page = town_window.tab_pages["requests"].page
	assert not page.remind.isHidden()
	saving = CalendarSaving(page, town_window)
	name, data = town.reminders.of_request(request_id)
	assert saving.save(tmp_path / name, data)
	assert (tmp_path / name).read_bytes() == data
	assert not saving.save(tmp_path / "gone" / name, data)


def released(town, request_id):
	town.gathering.gather(request_id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(request_id)
	town.deciding.decide(request_id, [one.row.id for one in town.deciding.candidates(request_id)], "release")


def test_a_document_from_elsewhere_goes_out_with_the_pack(town, town_window, tab, request_id, qtbot):
	released(town, request_id)
	tab.open_item(request_id)
	tab.open_task("pack")
	settle(town_window, qtbot)
	card = tab.check.enclosures
	asked = EnclosureDialog(card, "minutes of a resident.pdf")
	qtbot.addWidget(asked)
	asked.accept()
	assert asked.summary.words() == ["Say what the document is called"]
	asked.title.setText("Minutes of 3 March 2026")
	asked.kind.setCurrentIndex(1)
	card.take(asked.enclosure(recovery_sheet_pdf("Thistlemere", "AAAAA-BBBBB", datetime(2026, 11, 23), True)))
	card.take(Enclosure("Wrong one", "paper", b"%PDF-"))
	card.drop(1)
	assert card.isVisible()
	tab.open_task("pack")
	assert [one.title for one in card.held] == ["Minutes of 3 March 2026"], "looking again loses nothing"
	tab.make_pack()
	settle(town_window, qtbot)
	result = tab.pack.result
	assert [one.path for one in result.files if one.path.endswith("-E1.pdf")]
	assert not card.held
	tab._look_at_pack(result.pack_number)
	pages = tab.look.preview.pages()
	assert pages > 1, "the pack itself is looked at, not what goes with it"
	tab._leave_look()
	name = next(one.path.rpartition("/")[2] for one in result.files if one.path.endswith("-E1.pdf"))
	button_named(tab.pack, f"Look at {name}").click()
	assert tab.look.preview.pages() == 1
	tab._leave_look()
	for warning in result.warnings:
		assert warning in words_of(tab.pack)


def test_the_disclosure_log_is_offered_once_something_was_answered(town, town_window, tab, request_id, qtbot, tmp_path):
	released(town, request_id)
	tab.refresh()
	assert tab.list.log_link.isHidden()
	town.requests.mark_answered(request_id, date(2026, 11, 23))
	tab.refresh()
	assert not tab.list.log_link.isHidden()
	tab.write_log(tmp_path / "log")
	settle(town_window, qtbot)
	names = {one.suffix for one in (tmp_path / "log").iterdir()}
	assert names == {".html", ".csv", ".pdf"}
	assert "Green" not in (tmp_path / "log" / "disclosure-log.html").read_text(encoding="utf-8")


def test_double_click_selects_a_word_and_offers_to_redact_it(deciding, qtbot):
	first = deciding.state.ids()[0]
	deciding.view.show_message(first)
	where = deciding.view.visualRect(deciding.view.currentIndex())
	qtbot.mouseDClick(
		deciding.view.viewport(), Qt.MouseButton.LeftButton, pos=where.topLeft() + QPoint(110, where.height() - 16)
	)
	assert deciding.view.chosen_words() is not None
	assert deciding.panel.redact_selection.isVisible()
	assert deciding.panel.redact_selection.accessibleName().startswith("Redact “")


def test_redact_everywhere_lists_every_place_first(deciding, town, request_id, qtbot):
	dialog = RedactDialog(
		deciding,
		town.deciding.exemptions("foi"),
		lambda kind, value: town.redacting.places(request_id, kind, value),
		deciding._names_of,
	)
	qtbot.addWidget(dialog)
	dialog.words.setText(NUMBER)
	dialog.look()
	assert dialog.told.text() == "2 places in 2 messages"
	assert dialog.list.count() == 2
	assert dialog.go.accessibleName() == "Redact 2 places"
	assert "s40(2)" in dialog.choice.currentText()
	assert dialog.asked() == Asked("text", NUMBER, "s40(2)", None, False)
	dialog.kind.setCurrentIndex(1)
	assert dialog.asked().kind == "pattern"
	assert dialog.list.count() == 2
	dialog.kind.setCurrentIndex(0)
	dialog.words.setText("  ")
	dialog.accept()
	assert dialog.summary.words() == ["Type the words or the number to cover up"]
	assert not town.redacting.redactions(request_id)


def test_a_person_is_chosen_with_all_that_is_known_of_them(deciding, town, town_window, request_id, qtbot):
	dialog = RedactDialog(
		deciding,
		town.deciding.exemptions("foi"),
		lambda kind, value: town.redacting.places(request_id, kind, value),
		deciding._names_of,
		deciding._whom(),
		wordings=town.tables.reasons.wordings,
	)
	qtbot.addWidget(dialog)
	dialog.kind.setCurrentIndex(1)
	assert dialog.person.currentData() == "", "nobody is chosen to begin with"
	dialog.accept()
	assert dialog.summary.words() == ["Choose the person to cover up"]
	wrote = town.deciding.candidates(request_id)[0].row.sender
	dialog.person.setCurrentIndex(dialog.person.findData(wrote))
	dialog.accept()
	assert dialog.summary.words() == ["Wait until every place is found, then press Redact again"]
	qtbot.waitUntil(lambda: dialog.named.count() > 0)
	assert not dialog.person.isHidden()
	assert dialog.words.parentWidget().isHidden()
	assert dialog.places() == len(town.redacting.places(request_id, "person", wrote)) > 0
	assert dialog.named.line(0).head.startswith(f"{wrote} – name")
	assert dialog.stand_in.text() == "Resident 1"
	assert dialog.asked().reason.startswith("It names")
	every = dialog.places()
	dialog.named.toggle(0)
	assert dialog.places() == 0
	dialog.accept()
	assert dialog.summary.words()[0].startswith(("Tick at least", "Wait"))
	qtbot.waitUntil(lambda: dialog.named.found.forms[0].places != ())
	dialog.named.toggle(0)
	qtbot.waitUntil(lambda: not dialog._task.running)
	assert dialog.places() == every
	deciding.redact(dialog.asked(), None, dialog.places())
	[made] = town.redacting.redactions(request_id)
	assert (made.kind, made.value) == ("person", wrote)
	settle(town_window, qtbot)
	[theirs] = [one for one in deciding.state.ids() if deciding.state.candidate(one).row.sender == wrote][:1]
	covered = deciding.state.candidate(theirs)
	assert covered.is_covered, "a name that is covered shows beside the words"
	assert any(wrote in note[1] for note in clerk_line(covered.row, covered).notes)
	deciding.apply([theirs], "release")
	assert deciding.state.tally().redacted == 1
	assert all(one.row.sender != wrote or find(wrote, [made]) for one in town.deciding.candidates(request_id))


def test_redact_dialog_fits_a_small_screen_with_all_its_questions(deciding, town, town_window, request_id, qtbot):
	town_window.resize(1024, 600)
	dialog = RedactDialog(
		deciding,
		town.deciding.exemptions("foi"),
		lambda kind, value: town.redacting.places(request_id, kind, value),
		deciding._names_of,
		words="mill lane",
		here=True,
	)
	qtbot.addWidget(dialog)
	dialog.room = lambda: 540  # what a screen 600 high leaves
	dialog.show()
	qtbot.waitExposed(dialog)
	assert dialog.height() <= 540
	for part in (dialog.kind, dialog.words, dialog.choice, dialog.stand_in, dialog.list, dialog.cancel, dialog.go):
		assert not part.visibleRegion().isEmpty()
		assert part.visibleRegion().boundingRect().height() == part.height(), part
		assert part.mapTo(dialog, QPoint(part.width(), 0)).x() <= dialog.width()


def test_numbers_worth_a_look_are_named(deciding, town_window, qtbot):
	settle(town_window, qtbot)
	assert "2 phone numbers" in words_of(deciding.panel)
	deciding.redact(Asked("text", NUMBER, "s40(2)", None, False), None, 2)
	settle(town_window, qtbot)
	assert "phone number" not in words_of(deciding.panel), "what is covered needs no second look"


def test_buttons_stand_still_whatever_message_is_picked(deciding, town_window, qtbot):
	panel = deciding.panel

	def places() -> list[int]:
		settle(town_window, qtbot)
		parts = [*panel.buttons.values(), panel.redact_everywhere]
		return [one.mapTo(panel, QPoint()).y() for one in parts]

	deciding.view.show_message(deciding.state.ids()[0])
	first = places()
	for one in deciding.state.ids()[1:]:
		deciding.view.show_message(one)
		assert places() == first
	deciding.view.show_message(deciding.state.ids()[0])
	where = deciding.view.visualRect(deciding.view.currentIndex())
	spot = where.topLeft() + QPoint(110, where.height() - 16)
	qtbot.mouseDClick(deciding.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
	assert panel.redact_selection.isVisible()
	assert places() == first
	deciding.apply(deciding.state.ids(), "release")
	assert panel.done.isVisible()
	assert places() == first


@pytest.mark.parametrize(
	("regime", "called"),
	[("foi", "The exemption in the Act."), ("eir", "The exception in the Regulations.")],
)
def test_the_regulations_know_exceptions_the_act_exemptions(deciding, town, qtbot, regime, called):
	exemptions = town.deciding.exemptions(regime)
	for dialog in (
		withholding(deciding, town, regime),
		RedactDialog(deciding, exemptions, lambda *_: [], deciding._names_of),
	):
		qtbot.addWidget(dialog)
		assert called in words_of(dialog)


def withholding(deciding, town, regime="foi", before=()):
	"""Return the dialog that asks why, on a request under a law."""
	made = town.requests.create(regime=regime, received=date(2026, 11, 23), requester="", wording=WORDING)
	return WithholdDialog(
		deciding,
		town.deciding.exemptions(regime),
		1,
		lambda code: town.reasons.asked(made.id, code),
		lambda code, answers: town.reasons.faults(made.id, code, answers),
		date(2026, 11, 23),
		before,
	)


def test_withholding_asks_for_the_reason_the_law_wants(deciding, town, qtbot):
	dialog = withholding(deciding, town, before=["s42"])
	qtbot.addWidget(dialog)
	dialog.accept()
	assert dialog.summary.words() == [
		"Say why it applies here",
		"Say what speaks for giving it out",
		"Say what speaks for keeping it back",
		"Say how the two weigh up",
	]
	dialog.reason.setPlainText("It is legal advice.")
	for key in ("public_interest", "against", "balance"):
		dialog.legal(0).widget(key).setPlainText(f"About {key}.")
	dialog.accept()
	assert dialog.result()
	assert dialog.answers() == {"exemption": "s42"}
	assert dialog.written()["s42"]["balance"] == "About balance."


def test_photo_goes_in_only_when_told(deciding, town, request_id, qtbot):
	picture = next(one for one in deciding.state.ids() if deciding.state.candidate(one).row.attachments)
	deciding.view.show_message(picture)
	assert deciding.panel.photos.isVisible()
	assert "Release, key R, words only" in words_of(deciding.panel)
	assert "not decided" in words_of(deciding.panel.media)
	deciding.panel.photos.click()
	assert "Release, key R, words and photo" in words_of(deciding.panel)
	[pictured] = town.deciding.again(request_id, [picture])
	assert [one.choice for one in pictured.media] == ["release"]
	assert pictured.decision is None, "a photo never decides the words"
	assert deciding.panel.photos.isChecked()
	deciding.undo()
	assert town.deciding.again(request_id, [picture])[0].media == ()
	assert not deciding.panel.photos.isChecked()


def test_check_page_says_what_is_missing_and_takes_there(deciding, tab, town_window, request_id, qtbot):
	tab.open_task("pack")
	assert tab.check.go.accessibleName() == "Decide 5 more messages first"
	tab.check.go.click()
	settle(town_window, qtbot)
	assert tab.stack.currentWidget() is tab.decide
	tab.decide.apply(tab.decide.state.ids(), "release")
	tab.open_task("pack")
	assert tab.check.go.accessibleName() == "Make the pack"
	assert "5 messages" in words_of(tab.check)


def test_answering_is_recorded(tab, town, request_id):
	tab.open_item(request_id)
	tab.mark_answered(date(2026, 11, 23))
	assert town.requests.get(request_id).status == "answered"
	assert "Answered" in words_of(tab.page)


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_every_page_fits_names_its_controls_and_has_one_way_on(tab, town, town_window, request_id, qtbot, size):
	town_window.resize(*size)
	town.gathering.gather(request_id, MessageFilter(search="mill lane"))

	def check(where: str) -> None:
		settle(town_window, qtbot)
		assert not clipped(tab), (where, clipped(tab))
		assert not nameless(tab), (where, nameless(tab))
		assert not too_small(tab), (where, too_small(tab))
		assert len(primaries(tab)) <= 1, (where, primaries(tab))
		said = words_of(tab).casefold()
		assert not [word for word in BANNED if word in said], where

	check("list")
	tab.start()
	fill(tab.form, green=True)
	tab.form.how.click()
	check("form")
	tab.open_item(request_id)
	check("request")
	for task in ("search", "decide", "pack"):
		tab.open_task(task)
		check(task)
