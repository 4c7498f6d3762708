"""Letters of a request in the window: chosen, filled in, worded, saved, copied, frozen as sent."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.letters import Wording
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.letter_dialogs import MEANS, SentDialog
from tests.ui.flow_support import (
	BANNED,
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

CONTACT = "clerk@test-pc.example\nThe Pavilion, Test Lane"


@pytest.fixture
def tab(town_window):
	town_window.go("requests")
	return town_window.tab_pages["requests"]


@pytest.fixture
def request_id(town):
	made = town.requests.create(
		regime="foi", received=date(2026, 11, 3), requester="A Green", wording="The drainage of Mill Lane"
	)
	return made.id


@pytest.fixture
def page(town, request_id, tab, town_window, qtbot):
	"""The letters of a request to which nothing was written yet."""
	return open_letters(tab, request_id, town_window, qtbot)


def open_letters(tab, request_id, town_window, qtbot):
	tab.open_item(request_id)
	tab.open_task("letters")
	settle(town_window, qtbot)
	return tab.letters


def decide(town, request_id):
	town.gathering.gather(request_id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(request_id)
	ids = [one.row.id for one in town.deciding.candidates(request_id)]
	town.deciding.decide(request_id, ids, "release")
	town.redacting.redact(request_id, "text", RESIDENT, "s40(2)", reason="her name")
	town.disclosing.make_pack(request_id)


def known(town, request_id):
	town.letters.answer(request_id, {"contact": CONTACT, "clerk": "Helen Marsh"})


def type_in(page, name, words):
	page.fields.write(name, words)
	page.fields.keep()


def test_the_letter_that_comes_next_stands_first_and_says_what_it_lacks(page):
	assert page.which.currentText() == "Acknowledgement – comes next"
	assert "Nothing has been sent yet." in page.purpose.text()
	shown = words_of(page)
	assert "Not filled in: Who signs" in shown
	assert "[Who signs]" in page.preview.text()
	assert "Dear A Green," in page.preview.text()
	assert primaries(page.window()) == ["Fill it in"]
	for one in (page.pdf, page.word, page.copy):
		assert not one.isEnabled()
	assert "2 things are missing" in page.note.text()


def test_what_is_typed_appears_in_the_letter_and_stays(page, town, request_id):
	page.go.click()
	assert page.window().focusWidget() is page.fields.field("clerk").widget
	type_in(page, "clerk", "Helen Marsh")
	assert "Helen Marsh" in page.preview.text()
	box = page.fields.field("contact").widget
	type_in(page, "contact", CONTACT)
	assert page.fields.field("contact").widget is box, "the boxes stay while she types"
	assert page.draft.ready
	assert page.go.accessibleName() == "Mark as sent"
	assert page.problems.isHidden()
	assert town.letters.draft(town.letters.situation(request_id), "acknowledgement").ready


def test_typing_is_kept_after_a_pause_and_when_she_leaves(page, tab, town, request_id, qtbot):
	page.fields.write("clerk", "Helen Marsh")
	qtbot.waitUntil(lambda: "Helen Marsh" in page.preview.text(), timeout=5000)
	page.fields.write("contact", CONTACT)
	page._head.back.click()
	assert tab.stack.currentWidget() is not page
	assert town.letters.draft(town.letters.situation(request_id), "acknowledgement").ready


def test_a_refusal_leads_through_its_reasons_to_the_frozen_letter(town, request_id, tab, town_window, qtbot):
	decide(town, request_id)
	known(town, request_id)
	page = open_letters(tab, request_id, town_window, qtbot)
	assert page.kind == "part_refusal"
	shown = words_of(page)
	assert "Say why section 40(2) applies. (s.17(1)(c))" in shown
	assert "You noted with your decisions: “her name” The letter does not say this." in shown
	assert "her name" not in page.preview.text()
	assert page.go.accessibleName() == "Write it"
	page.go.click()
	assert page.window().focusWidget() is page.fields.field("s40(2):why").widget
	button_named(page, "Begin with standard words: Someone else's personal data").click()
	page.fields.keep()
	assert "the condition in section 40(3A)(a) is met" in page.preview.text()
	assert page.draft.ready
	page.mark_sent(date(2026, 11, 23), "post")
	settle(town_window, qtbot)
	assert tab.stack.currentWidget() is not page
	assert tab.current.status == "answered"
	shown = words_of(tab.page)
	assert "Letters sent" in shown
	assert "by post" in shown
	button_named(tab.page, "Look at the letter: Our answer to your request, FOI-2026-001").click()
	assert tab.stack.currentWidget() is tab.letter
	tab._back()
	assert tab.letter is None
	assert tab.stack.currentWidget() is tab._home
	alone = town.letters.sent_files(town.letters.sent(request_id)[0].id)
	settle(town_window, qtbot)
	button_named(tab.page, "Print the letter with its pack: Our answer to your request, FOI-2026-001").click()
	letter = next(data for name, data in alone.items() if name.endswith(".pdf"))
	assert tab.letter.preview.pages() > len(pypdfium2.PdfDocument(letter)) + 1
	tab._back()


def test_marking_as_sent_asks_for_the_day_first(page, town, request_id, tab, qtbot):
	known(town, request_id)
	page._show()
	asked = []
	answer(qtbot, "Cancel", asked)
	page.go.click()
	assert asked == ["Was this sent: Acknowledgement?"]
	assert town.letters.sent(request_id) == []
	answer(qtbot, "Mark as sent", asked)
	page.go.click()
	[sent] = town.letters.sent(request_id)
	assert (sent.kind, sent.how, sent.sent_on) == ("acknowledgement", "email", date(2026, 11, 23))
	assert "1 letter sent" in words_of(tab.page)


def test_what_was_decided_meanwhile_shows_before_it_is_sent(page, town, request_id, town_window, monkeypatch):
	known(town, request_id)
	page._show()
	said = []
	monkeypatch.setattr(town_window, "problem", lambda problem: said.append(problem.what))
	decide(town, request_id)
	page.mark_sent(date(2026, 11, 23), "email")
	assert said == ["Something in this request changed meanwhile."]
	assert town.letters.sent(request_id) == []
	assert page.kind == "acknowledgement"
	assert page.which.itemText(0) == "Answer with parts withheld – comes next"


def test_the_day_it_was_sent_is_not_ahead(page, qtbot):
	question = SentDialog(page, "Question", date(2026, 11, 23), answers=False, pack=None, means=MEANS["clarification"])
	assert "The clock then waits for their answer." in words_of(question)
	dialog = SentDialog(page, "Answer", date(2026, 11, 23), answers=True, pack=2)
	qtbot.addWidget(dialog)
	assert "The request then counts as answered" in words_of(dialog)
	assert "Pack 2 is kept with it." in words_of(dialog)
	dialog.day.set_text("24 11 26")
	dialog.accept()
	assert dialog.summary.words() == ["The day it was sent must be today or in the past. This is tomorrow."]


def test_a_letter_that_does_not_fit_leads_to_the_one_that_does(town, request_id, tab, town_window, qtbot):
	decide(town, request_id)
	known(town, request_id)
	page = open_letters(tab, request_id, town_window, qtbot)
	page.choose("answer")
	assert "this letter does not say why" in words_of(page)
	page.go.click()
	assert page.kind == "part_refusal"


def test_what_is_undecided_leads_to_deciding(town, request_id, tab, town_window, qtbot):
	known(town, request_id)
	town.gathering.gather(request_id, MessageFilter(search="mill lane"))
	open_letters(tab, request_id, town_window, qtbot).choose("answer")
	settle(town_window, qtbot)
	button_named(tab.letters, "Decide: 5 messages have no decision yet.").click()
	settle(town_window, qtbot)
	assert tab.stack.currentWidget() is tab.decide


def test_the_wording_is_changed_with_its_letter_beside_it(page, town, request_id, qtbot):
	known(town, request_id)
	page._show()
	page.edit.click()
	assert page.window().focusWidget() is page.editor.body
	assert "{received}" in page.editor.body.toPlainText()
	page.editor.body.setPlainText("Dear {name},\n\n")
	page.editor.body.moveCursor(page.editor.body.textCursor().MoveOperation.End)
	page.editor.fields.setCurrentIndex(page.editor.fields.findData("reference"))
	page.editor.put_in()
	qtbot.waitUntil(lambda: page.preview.text().endswith("\nFOI-2026-001"), timeout=5000)
	assert page.go.accessibleName() == "Use for this letter"
	assert not page.pdf.isEnabled()
	page.editor.ours.click()
	assert page.editor.isHidden()
	assert page.whose.text() == "The council’s own wording."
	assert town.letters.draft(town.letters.situation(request_id), "acknowledgement").whose == "council"
	page.edit.click()
	page.editor.back.click()
	assert page.whose.text() == "The standard wording."


def test_a_wording_with_an_unknown_field_is_not_kept(page, town, request_id, town_window, monkeypatch):
	said = []
	monkeypatch.setattr(town_window, "problem", lambda problem: said.append(problem.what))
	page.begin_wording()
	page.keep_wording(Wording("S", "Dear {nobody}"), everywhere=True)
	assert said == ["“nobody” cannot be filled."]
	assert not page.editor.isHidden(), "what was typed stays"


def test_a_wording_that_leaves_a_part_out_says_so_at_once(town, request_id, tab, town_window, qtbot):
	decide(town, request_id)
	known(town, request_id)
	town.letters.answer(request_id, {"s40(2):why": "It is about a resident."})
	page = open_letters(tab, request_id, town_window, qtbot)
	page.begin_wording()
	words = page.editor.body.toPlainText().replace("section 50", "the Act")
	page.editor.body.setPlainText(words)
	qtbot.waitUntil(lambda: not page.draft.ready, timeout=5000)
	assert "does not name section 50, the right to apply for a decision. (s.17(7)(b))" in words_of(page)
	page.editor.here.click()
	assert not page.pdf.isEnabled()
	page.go.click()
	assert not page.editor.isHidden()
	assert page.window().focusWidget() is page.editor.body


def test_a_wording_that_is_not_kept_is_not_lost_without_asking(page, tab, qtbot):
	page.begin_wording()
	page.editor.body.setPlainText("Dear neighbour")
	kind, asked = page.kind, []
	answer(qtbot, "Keep it", asked)
	tab._back()
	assert asked == ["Discard what you typed?"]
	answer(qtbot, "Keep it", asked)
	page.choose("cost" if kind != "cost" else "answer")
	assert page.kind == kind
	answer(qtbot, "Keep it", asked)
	page._head.back.click()
	assert page.editor.wording().body == "Dear neighbour"
	assert tab.stack.currentWidget() is page
	answer(qtbot, "Discard it", asked)
	tab._back()
	assert page.editor.isHidden()
	assert len(asked) == 4


def test_escape_leaves_the_wording_before_it_leaves_the_letters(page, tab):
	page.begin_wording()
	tab._back()
	assert page.editor.isHidden()
	assert tab.stack.currentWidget() is page
	tab._back()
	assert tab.stack.currentWidget() is tab._home


def test_it_is_copied_as_text_and_saved_where_she_says(page, town, request_id, tmp_path):
	known(town, request_id)
	page._show()
	page.copy.click()
	text = QApplication.clipboard().text()
	assert text.startswith("Your request for information, FOI-2026-001\n\n23 November 2026\nOur reference:")
	page.save("docx", tmp_path / "a.docx")
	page.save("pdf", tmp_path / "a.pdf")
	assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
	assert (tmp_path / "a.pdf").read_bytes()[:4] == b"%PDF"


def test_the_choice_of_a_provision_fills_the_letter(page, town, request_id):
	known(town, request_id)
	page.choose("ncnd")
	choice = page.fields.field("ncnd_limb").widget
	choice.setCurrentIndex(1)
	assert "Section 40(5B) of the Freedom of Information Act 2000" in page.preview.text()
	assert "s40(5B):why" in page.fields.names()


@pytest.mark.parametrize(("size", "zoom"), [((1024, 600), 100), ((1600, 900), 100), ((1024, 600), 150)])
def test_nothing_is_clipped_nameless_or_too_small(page, town_window, dressed, qtbot, size, zoom):
	theme.set_zoom(dressed, zoom)
	town_window.resize(*size)
	settle(town_window, qtbot)
	for kind in ("acknowledgement", "cost", "extension"):
		page.choose(kind)
		page.fields._open_others(open_=True)
		settle(town_window, qtbot)
		assert clipped(page) == []
		assert nameless(page) == []
		assert too_small(page) == []
		assert len(primaries(page)) == 1
	page.begin_wording()
	settle(town_window, qtbot)
	assert (clipped(page), nameless(page)) == ([], [])
	said = words_of(page).casefold()
	assert not [word for word in BANNED if word in said]


def test_where_words_are_large_the_form_and_the_letter_take_turns(page, town_window, dressed, qtbot):
	theme.set_zoom(dressed, 150)
	town_window.resize(1024, 600)
	settle(town_window, qtbot)
	assert page._side.isVisible()
	assert not page.preview.isVisible()
	button_named(page, "See the letter").click()
	assert page.preview.isVisible()
	page.go.click()
	assert page._side.isVisible(), "what is missing is filled in there"


def test_members_are_asked_from_here(page, tab, town_window, qtbot):
	page.fields.write("clerk", "Helen Marsh")
	page.members.click()
	settle(town_window, qtbot)
	assert "Nobody has been asked yet." in words_of(town_window)
	assert tab.stack.currentWidget() is tab._home, "the way back leads to the request"


@pytest.mark.parametrize("wording", [False, True])
def test_the_tab_key_goes_as_she_reads(page, town_window, qtbot, wording):
	page.choose("extension")
	page.fields._open_others(open_=True)
	if wording:
		page.begin_wording()
	settle(town_window, qtbot)
	chain, one = [], page._head.back
	while one not in chain:
		chain.append(one)
		one = one.nextInFocusChain()
	reachable = [
		one
		for one in chain
		if page.isAncestorOf(one)
		and one.isVisible()
		and one.isEnabled()
		and one.focusPolicy() & Qt.FocusPolicy.TabFocus
	]
	inside_form = [one for one in reachable if page._side.isAncestorOf(one) and one.focusProxy() is None]
	places = [
		(one.mapTo(page._side.widget(), QPoint()).y() // 12, one.mapTo(page, QPoint()).x()) for one in inside_form
	]
	assert places == sorted(places)
	assert len(inside_form) > 5
	assert reachable.index(inside_form[-1]) < reachable.index(page.preview.area) < reachable.index(page.go)


def test_the_keyboard_reaches_the_letter_itself(page):
	assert page.preview.area.focusPolicy() & Qt.FocusPolicy.TabFocus
	assert page.preview.area.accessibleName() == "The letter as it will be printed"
