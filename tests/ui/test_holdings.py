"""What we do not hold, in the window: findings with their next step, put aside, on her list, the charts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from cranford_desktop.services.council import Council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.ask_page import AskPage
from cranford_desktop.ui.parts.coverage_table import CoverageView
from cranford_desktop.ui.parts.holdings_list import FindingsPage
from cranford_desktop.ui.parts.holdings_page import HoldingsPages
from tests.ingest.writer import ENCRYPTED, AppLine, Phone, Sent, write_export
from tests.ui.flow_support import BANNED, make_council, nameless, settle, too_small, window_on, words_of
from tests.ui.ui_support import button_named, clipped, primaries

GROUP = "Full Council"


def town(folder: Path) -> Council:
	"""Return a council with two phones of one group, the second with weeks missing, and three members."""
	council = make_council(folder, [])
	start = datetime(2026, 1, 5, 9, 0)
	names = ("Ann Example", "Ben Sample", "Cara Test")
	opening = AppLine(start - timedelta(hours=1), ENCRYPTED)
	sent = [Sent(start + timedelta(days=n), names[n % 3], f"Note {n}") for n in range(300)]
	away = (datetime(2026, 5, 1), datetime(2026, 6, 15, 23))
	for phone, said in (
		("Ann Example's phone", [opening, *sent]),
		("Ben Sample's phone", [one for one in sent[60:] if not away[0] <= one.at <= away[1]]),
	):
		path = write_export(folder / f"{phone}.txt", Phone(), said)
		council.importing.import_file(path, group=GROUP, phone=phone)
	for name, role in zip(names, ("Chairman", "Councillor", "Clerk"), strict=True):
		council.people.name_sender(name, name, role)
	return council


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Council]:
	made = town(tmp_path)
	yield made
	made.close()


@pytest.fixture
def window(dressed: QApplication, held: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	with window_on(held, tmp_path, qtbot) as shown:
		yield shown


def opened(window: Window, qtbot, part: str = "missing") -> HoldingsPages:
	window.go(f"import:{part}")
	settle(window, qtbot)
	shown = window.tab_pages["import"].page
	assert isinstance(shown, HoldingsPages)
	return shown


def test_findings_stand_with_their_next_step_and_a_chart(window: Window, qtbot) -> None:
	shown = opened(window, qtbot)
	words = words_of(shown)
	assert "starts in the middle of a conversation" in words
	assert "shows nothing of Full Council from 1 May 2026 to 15 June 2026" in words
	assert "No export from Cara Test is held." in words
	assert shown.findChild(CoverageView) is not None
	assert primaries(window) == ["Ask members…"]
	for word in BANNED:
		assert word not in words.casefold()


@pytest.mark.parametrize("part", ["missing", "asks", "return", "transfers"])
@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_every_page_fits_and_is_read_aloud(window: Window, qtbot, part: str, size: tuple[int, int]) -> None:
	window.resize(*size)
	shown = opened(window, qtbot, part)
	qtbot.wait(20)
	assert clipped(window) == []
	assert nameless(shown) == []
	assert too_small(shown) == []


def test_a_finding_is_put_aside_with_a_reason_and_comes_back(window: Window, held: Council, qtbot) -> None:
	shown = opened(window, qtbot)
	(finding,) = [one for one in held.holdings.findings() if one.kind == "gap"]
	button_named(shown, f"Put aside: {finding.title}").click()
	dialog = QApplication.activeModalWidget()
	button_named(dialog, "Put it aside").click()
	assert dialog.isVisible()  # without a reason nothing is done
	assert dialog.summary.words() == ["Say why it can rest"]
	dialog.why.setPlainText("Away on a ship")
	button_named(dialog, "Put it aside").click()
	settle(window, qtbot)
	assert "Away on a ship" in words_of(shown)
	assert finding.key not in {one.key for one in held.holdings.findings()}
	button_named(shown, f"Bring it back: {finding.title}").click()
	settle(window, qtbot)
	assert finding.key in {one.key for one in held.holdings.findings()}


def test_what_is_on_her_list_stands_on_home_and_leads_back(window: Window, held: Council, qtbot) -> None:
	shown = opened(window, qtbot)
	(finding,) = [one for one in held.holdings.findings() if one.kind == "starts_midway"]
	button_named(shown, f"Add to my list: {finding.title}").click()
	settle(window, qtbot)
	assert "On your list" in words_of(shown)
	window.go("home")
	settle(window, qtbot)
	window.tab_pages["home"].buttons["holdings"].click()
	settle(window, qtbot)
	again = window.tab_pages["import"].page
	assert isinstance(again.page, FindingsPage)
	button_named(again, f"Take off my list: {finding.title}").click()
	settle(window, qtbot)
	assert held.holdings.listed() == []


def test_the_step_of_a_finding_opens_the_right_letter(window: Window, held: Council, qtbot) -> None:
	shown = opened(window, qtbot)
	(finding,) = [one for one in held.holdings.findings() if one.kind == "starts_midway"]
	button_named(shown, f"Ask for an older export: {finding.title}").click()
	settle(window, qtbot)
	assert isinstance(shown.page, AskPage)
	assert shown.page.chosen().kind == "older"
	assert set(shown.page.chosen().groups.values()) == {(GROUP,)}


def test_the_menu_leads_there_and_back_to_import(window: Window, qtbot) -> None:
	window._actions["holdings:missing"].trigger()
	settle(window, qtbot)
	shown = window.tab_pages["import"].page
	assert isinstance(shown, HoldingsPages)
	button_named(shown, "Import").click()
	settle(window, qtbot)
	assert not isinstance(window.tab_pages["import"].page, HoldingsPages)


def test_lines_that_belong_to_no_message_are_shown_word_for_word(
	window: Window, held: Council, qtbot, tmp_path: Path
) -> None:
	path = tmp_path / "odd.txt"
	path.write_text("Copied by hand\n20/11/2026, 09:00 - Ann Example: Hello\n", encoding="utf-8")
	held.importing.import_file(path, group=GROUP, phone="Cara Test's phone")
	shown = opened(window, qtbot)
	(finding,) = [one for one in held.holdings.findings() if one.kind == "unread"]
	button_named(shown, f"Look at the lines: {finding.title}").click()
	dialog = QApplication.activeModalWidget()
	assert "Copied by hand" in dialog.findChild(QPlainTextEdit).toPlainText()
	dialog.close()


def test_somebody_out_of_office_leads_to_who_is_in_the_group(window: Window, held: Council, qtbot) -> None:
	ben = next(one.id for one in held.people.people() if one.name == "Ben Sample")
	held.people.set_term(ben, "Councillor", date(2019, 5, 1), date(2026, 3, 1))
	shown = opened(window, qtbot)
	(finding,) = [one for one in held.holdings.findings() if one.kind == "left_office"]
	button_named(shown, f"See who is in the group: {finding.title}").click()
	settle(window, qtbot)
	assert window.tabs.currentIndex() == 3
	assert GROUP in words_of(window.tab_pages["people"])
