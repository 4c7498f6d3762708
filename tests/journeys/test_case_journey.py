"""Logging one case of each kind in the real window, from the archive and by hand."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import datetime

from cranford_desktop.domain.messages import MessageFilter
from tests.ui.conftest import dressed
from tests.ui.flow_support import settle, town, town_window, words_of
from tests.ui.ui_support import button_named


def test_one_of_each(town, town_window, qtbot):
	window = town_window
	tab = window.tab_pages["cases"]

	# a policy breach, from a message
	[message] = town.browsing.ids(MessageFilter(search="cover it"))
	window.go("cases:new", message_ids=[message])
	button_named(tab, "Someone broke our WhatsApp policy: Policy breach").click()
	tab.form.title.setText("Decision made in the chat")
	tab.form.facts.setPlainText("He said that the council would cover it.")
	button_named(tab, "Log it").click()
	assert "PB-2026-001" in words_of(tab.page)

	# a data breach, by hand: the strip stands on every tab from now on
	window.go("cases:new")
	button_named(tab, "Personal information got out, or was lost: Data breach (72 hours)").click()
	form = tab.form
	form.noticed_day.set_text("23 11 26")
	form.noticed_time.set_text("8:15")
	form.title.setText("Pack sent to the wrong address")
	form.happened.set_text("22 nov")
	form.facts.setPlainText("The pack went to the wrong address.")
	button_named(tab, "Log it").click()
	assert "DB-2026-001" in words_of(tab.page)
	for other in ("home", "import", "archive", "people", "requests", "retention"):
		window.go(other)
		settle(window, qtbot)
		assert "Data breach DB-2026-001" in words_of(window._strip_place)
	button_named(window._strip_place, "Open the case").click()
	settle(window, qtbot)
	assert tab.page.case.kind == "data_breach"

	# a dispute, by hand
	window.go("cases:new")
	button_named(tab, "A falling-out: Dispute").click()
	form = tab.form
	form.title.setText("Sharp words about the allotment rents")
	form.people.setText("Cllr Bell, Cllr Ahmed")
	form.happened.set_text("2 nov")
	form.facts.setPlainText("They argued on three evenings.")
	button_named(tab, "Log it").click()
	assert "DI-2026-001" in words_of(tab.page)
	tab.page.take_note("Both met the chair", "They shook hands.")

	# all three are in the register, and their evidence is frozen and kept
	tab.show_list()
	assert "3 shown" in words_of(tab)
	breach = town.casework.cases("policy_breach")[0]
	assert breach.evidence[0].message_id == message
	assert len(breach.evidence[0].sha256) == 64
	assert town.casework.cases("data_breach")[0].due_at == datetime(2026, 11, 26, 8, 15)
	assert town.casework.cases("dispute")[0].steps[-1].what == "Both met the chair"
