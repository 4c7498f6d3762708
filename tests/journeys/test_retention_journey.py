"""The yearly review walked to its end: to a schedule that erases nothing, and to a nil certificate."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWizard

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.pdf_pages import PdfPages
from cranford_desktop.ui.parts.pdf_printing import PrintJob
from tests.ui.conftest import dressed
from tests.ui.flow_support import (
	make_council,
	old_business,
	settle,
	story,
	town,
	town_window,
	window_on,
	words_of,
)
from tests.ui.ui_support import button_named

NEXT, COMMIT, FINISH = (
	QWizard.WizardButton.NextButton,
	QWizard.WizardButton.CommitButton,
	QWizard.WizardButton.FinishButton,
)


def walk(window, qtbot, minute: str):
	"""Walk the review from its start to its report; return the tab."""
	window.go("retention")
	settle(window, qtbot)
	tab = window.tab_pages["retention"]
	button_named(tab, "Start the yearly review").click()
	wizard = tab.wizard
	for title in ("Before you start", None, None):
		if title:
			assert title in words_of(wizard.currentPage())
		wizard.button(NEXT).click()
	wizard.check.minute.setText(minute)
	wizard.button(COMMIT).click()
	settle(window, qtbot)
	return tab


def test_to_a_schedule_that_erases_nothing_and_says_so(town, town_window, tmp_path, qtbot):
	before = town.browsing.count()
	tab = walk(town_window, qtbot, "26/121")
	said = words_of(tab.wizard.currentPage())
	assert "The schedule is made: 12 messages, nothing erased" in said
	assert "Erasing comes with a later release" in said
	report = tab.wizard.report
	assert report.outcome == "schedule"
	assert report.minute == "26/121"
	assert sum(number for _group, _day, number in report.messages) == 12
	assert {day.year for _group, day, _number in report.messages} == {2019}
	assert town.browsing.count() == before, "nothing is erased"
	pages = tab.wizard.last.preview
	assert pages.pages() >= 1
	pages.grab()
	printer = QPrinter()
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(tmp_path / "schedule.pdf"))
	assert PrintJob(pages._pages.data, printer).run().pages == pages.pages()
	text = "\n".join(pages._pages.text(n) for n in range(pages.pages()))
	assert "26/121" in text
	assert "Pavilion keys" not in text, "a report names counts, never words"
	tab.wizard.button(FINISH).click()
	settle(town_window, qtbot)
	assert "a schedule was made. Minute 26/121." in words_of(tab)
	assert town.retention.open_review() is None


def test_what_an_open_request_asks_for_is_held(town, town_window, qtbot):
	made = town.requests.create(regime="foi", received=date(2026, 11, 20), requester="", wording="Pavilion keys")
	town.gathering.gather(made.id, MessageFilter(search="pavilion"))
	town.gathering.confirm_set(made.id)
	town_window.go("retention")
	settle(town_window, qtbot)
	tab = town_window.tab_pages["retention"]
	assert made.reference in words_of(tab)
	tab.start_review()
	tab.wizard.next()
	tab.wizard.next()
	said = words_of(tab.wizard.currentPage())
	assert "12 messages are held" in said
	assert made.reference in said


@pytest.mark.parametrize("entries", [story(), []], ids=["recent messages", "no messages"])
def test_to_a_nil_certificate_where_nothing_is_due(dressed, tmp_path, qtbot, entries):
	council = make_council(tmp_path, entries)
	try:
		with window_on(council, tmp_path, qtbot) as window:
			tab = walk(window, qtbot, "26/121")
			assert tab.wizard.report.outcome == "nil"
			assert "The nil certificate is made: nothing was due" in words_of(tab.wizard.currentPage())
			text = "\n".join(tab.wizard.last.preview._pages.text(n) for n in range(tab.wizard.last.preview.pages()))
			assert "26/121" in text
			tab.wizard.button(FINISH).click()
			settle(window, qtbot)
			if entries:
				assert "Nothing is due until 3 April 2031" in words_of(tab)
			assert "looked, nothing due" in words_of(tab)
	finally:
		council.close()
