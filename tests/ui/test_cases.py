"""Disputes & breaches: which is it, one form for each kind, the register, a case's page, the strip."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date, datetime

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.evidence_dialog import EvidenceDialog
from tests.ui.flow_support import AHMED, BANNED, answer, nameless, settle, too_small, town, town_window, words_of
from tests.ui.ui_support import clipped, primaries


@pytest.fixture
def tab(town_window):
	town_window.go("cases")
	return town_window.tab_pages["cases"]


def draft(kind="policy_breach", **changed):
	kept = {
		"kind": kind,
		"title": "Decision made in the chat",
		"happened_on": date(2025, 4, 3),
		"noticed_at": datetime(2026, 11, 23, 8, 15) if kind == "data_breach" else None,
		"people": ("Cllr Imran Ahmed", "Cllr Ruth Bell"),
		"facts": "He said that the council would cover it.",
		"clause": "section 2, second point" if kind == "policy_breach" else None,
	}
	return CaseDraft(**{**kept, **changed})


def test_nothing_logged_is_good_news(tab):
	assert "Nothing logged – that’s good news." in words_of(tab)
	assert len(primaries(tab)) == 1


def test_asks_which_it_is_with_examples(tab, town_window):
	tab.log.click()
	said = words_of(tab.which)
	assert "Which is it?" in said
	for words in ("Someone broke our WhatsApp policy", "Data breach (72 hours)", "A falling-out"):
		assert words in said
	assert [one.accessibleName() for one in tab.which.buttons.values()] == [
		"Someone broke our WhatsApp policy: Policy breach",
		"Personal information got out, or was lost: Data breach (72 hours)",
		"A falling-out: Dispute",
	]


def test_policy_breach_from_a_message(tab, town, town_window):
	[message] = town.browsing.ids(MessageFilter(search="cover it"))
	town_window.go("cases:new", message_ids=[message])
	tab.which.buttons["policy_breach"].click()
	form = tab.form
	assert form.people.text() == AHMED
	assert form.happened.date() == date(2025, 4, 3)
	assert "I said the council would cover it." in words_of(form)
	form.clause.setCurrentIndex(3)
	sentence = [clause for clause in town.tables.policy.clauses if clause.section][3]
	assert sentence.text in words_of(form)
	form.title.setText("Decision made in the chat")
	form.facts.setPlainText("He said that the council would cover it.")
	form.own_view.setPlainText("Meant kindly.")
	form.save_button.click()
	[case] = town.casework.cases()
	assert (case.kind, case.clause, case.stage) == ("policy_breach", sentence.cite, "Logged")
	assert [one.message_id for one in case.evidence] == [message]
	assert case.own_view == "Meant kindly."
	said = words_of(tab.page)
	assert case.reference in said
	assert sentence.text in said
	assert "My view – kept apart" in said
	assert "later release" in said


def test_data_breach_counts_72_hours_from_when_it_was_noticed(tab, town, town_window, qtbot):
	tab.start()
	tab.start_form("data_breach")
	form = tab.form
	form.noticed_day.set_text("today")
	form.noticed_time.set_text("8.15")
	assert form.until.text() == "72 hours end on Thursday 26 November 2026, 08:15"
	form.title.setText("Pack sent to the wrong address")
	form.happened.set_text("yesterday")
	form.facts.setPlainText("It went to the wrong address.")
	form.save_button.click()
	[case] = town.casework.cases("data_breach")
	assert case.due_at == datetime(2026, 11, 26, 8, 15)
	assert "69 hours left to tell the ICO, if you need to: until Thursday 26 November 2026, 08:15" in words_of(tab.page)
	assert "It was noticed, at 08:15" in words_of(tab.page)
	town_window.go("home")
	settle(town_window, qtbot)
	strip = town_window._strip_place
	assert "if you need to" in words_of(strip)
	assert "Thursday 26 November 2026, 08:15" in words_of(strip)


def test_data_breach_needs_day_and_time_and_neither_in_the_future(tab):
	tab.start_form("data_breach")
	tab.form.noticed_time.set_text("")
	tab.form.save()
	assert "Enter the time it was noticed, for example 16:10" in tab.form.summary.words()
	tab.form.noticed_time.set_text("23:50")
	tab.form.save()
	assert "The time it was noticed must be now or in the past" in tab.form.summary.words()


def test_noticed_before_it_happened_is_said_at_the_noticed_day(tab):
	tab.start_form("data_breach")
	form = tab.form
	form.title.setText("Pack sent to the wrong address")
	form.facts.setPlainText("It went to the wrong address.")
	form.happened.set_text("today")
	form.noticed_day.set_text("yesterday")
	assert form.save() is None
	[words] = form.summary.words()
	assert words == "It cannot have been noticed before it happened, on Monday 23 November 2026"
	assert form._noticed.error() == words
	assert form.noticed_day.box.property("state") == "error"
	assert form.noticed_day.box.height() == form.noticed_time.box.height()


def test_cancel_asks_once_before_a_typed_case_goes(tab, town, qtbot):
	ids = list(town.browsing.ids(MessageFilter(search="cover it")))
	tab.start(ids)
	tab.start_form("dispute")
	tab.form.leave()
	assert tab._stack.currentWidget() is not tab.form, "what came from the message was not typed"
	tab.start_form("dispute")
	tab.form.title.setText("Sharp words")
	answer(qtbot, "Keep it")
	tab.form.leave()
	assert tab._stack.currentWidget() is tab.form
	answer(qtbot, "Discard it")
	tab.form.leave()
	assert tab._stack.currentWidget() is not tab.form


@pytest.mark.parametrize(
	("kind", "example"),
	[
		("policy_breach", "Decision made in the chat"),
		("data_breach", "Pack sent to the wrong address"),
		("dispute", "Sharp words about the pavilion"),
	],
)
def test_each_kind_has_its_own_example(tab, kind, example):
	tab.start_form(kind)
	assert f"for example “{example}”" in words_of(tab.form)


def test_dispute_needs_two_people(tab, town):
	tab.start_form("dispute")
	form = tab.form
	form.people.setText("Cllr Bell")
	form.title.setText("Sharp words")
	form.happened.set_text("2 nov")
	form.facts.setPlainText("They argued on three evenings.")
	assert form.save() is None
	assert form.summary.words() == ["Name the two people, or more"]
	form.people.setText("Cllr Bell, Cllr Ahmed")
	assert form.save().kind == "dispute"


def test_another_kind_can_still_be_chosen_and_keeps_the_message(tab, town, town_window):
	ids = list(town.browsing.ids(MessageFilter(search="cover it")))
	tab.start(ids)
	tab.start_form("dispute")
	tab.form.again.emit()
	tab.which.chosen.emit("policy_breach")
	assert "cover it" in words_of(tab.form)


def test_register_lists_finds_and_opens(tab, town, qtbot):
	for one in (draft(), draft("dispute", title="Sharp words"), draft("data_breach", title="Wrong address")):
		town.casework.log(one)
	tab.refresh()
	tree = tab._tree
	assert tree.topLevelItem(0).text(1) == "Wrong address", "what has 72 hours stands first"
	tab._find.setText("sharp")
	assert [tree.topLevelItem(n).isHidden() for n in range(3)].count(False) == 1
	assert "1 of 3 shown" in words_of(tab)
	tab._find.clear()
	tab._kind.setCurrentIndex(1)
	assert "1 of 3 shown" in words_of(tab)
	tree.itemActivated.emit(tree.topLevelItem(0), 0)
	assert tab.page.case.title == "Wrong address"


def test_messages_are_found_and_kept_as_evidence(tab, town, qtbot):
	case = town.casework.log(draft("dispute"))
	tab.open_item(case.id)
	assert "No message is kept as evidence of this case." in words_of(tab.page)
	dialog = EvidenceDialog(tab.page, town)
	qtbot.addWidget(dialog)
	dialog.accept()
	assert dialog.summary.words() == ["Pick at least one message"]
	dialog.words.setText("promise money")
	dialog.search()
	assert dialog.told.text().startswith("1 message found.")
	dialog.accept()
	assert dialog.result()
	tab.page.take_evidence(dialog.picked())
	[kept] = town.casework.get(case.id).evidence
	assert "promise money" in kept.text
	assert "1 message, frozen" in words_of(tab.page)


def test_note_joins_the_timeline(tab, town):
	case = town.casework.log(draft())
	tab.open_item(case.id)
	tab.page.take_note("Spoke to him by phone", "He agrees.")
	assert "Spoke to him by phone" in words_of(tab.page)
	assert town.casework.get(case.id).steps[-1].note == "He agrees."


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_every_page_fits_names_its_controls_and_has_one_way_on(tab, town, town_window, qtbot, size):
	town_window.resize(*size)
	case = town.casework.log(draft(message_ids=tuple(town.browsing.ids(MessageFilter(search="cover it")))))
	breach = town.casework.log(draft("data_breach"))
	tab.refresh()

	def check(where: str) -> None:
		settle(town_window, qtbot)
		assert not clipped(tab), (where, clipped(tab))
		assert not nameless(tab), (where, nameless(tab))
		assert not too_small(tab), (where, too_small(tab))
		assert len(primaries(tab)) <= 1, (where, primaries(tab))
		assert not [word for word in BANNED if word in words_of(tab).casefold()], where

	check("list")
	tab.start()
	check("which")
	for kind in ("policy_breach", "data_breach", "dispute"):
		tab.start_form(kind)
		check(kind)
	for one in (case, breach):
		tab.open_item(one.id)
		check(one.reference)
