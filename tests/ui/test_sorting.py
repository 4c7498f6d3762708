"""Kinds, tags and matters for a meeting through the window: keys, menus, dialogs, pages, undo."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.sorting import Saying
from cranford_desktop.services.council import Council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.meeting_dialogs import EmailDialog, OutcomeDialog, TakeDialog
from cranford_desktop.ui.parts.meeting_page import MeetingPage
from cranford_desktop.ui.parts.sorting_dialog import SortingDialog
from cranford_desktop.ui.parts.sorting_page import JoinDialog, RenameDialog, SortingPage
from cranford_desktop.ui.tabs.archive import ArchiveTab
from tests.ingest.writer import Sent
from tests.ui.flow_support import SHAW, make_council, nameless, photo, window_on, words_of
from tests.ui.ui_support import button_named, clipped, inside, primaries, until

START = datetime(2025, 4, 3, 8, 12)
WORDS = (
	"The swing is broken",
	"Happy birthday to our clerk's dog",
	"Let's go ahead with the new swing",
	"The football was dreadful",
	"The drain is blocked",
)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Council]:
	sent = [Sent(START + timedelta(minutes=at), SHAW, words) for at, words in enumerate(WORDS)]
	picture = Sent(START + timedelta(days=1), SHAW, "The swing", file="IMG-20250404-WA0001.jpg", data=photo())
	made = make_council(tmp_path, [*sent, picture])
	yield made
	made.close()


@pytest.fixture
def window(dressed: QApplication, village: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	with window_on(village, tmp_path, qtbot) as made:
		yield made


def archive(window: Window, qtbot) -> ArchiveTab:
	window.go("archive")
	page = window.tab_pages["archive"]
	until(qtbot, lambda: len(page.list.ids) == len(WORDS) + 1)
	return page


def one(council: Council, words: str) -> int:
	(found,) = council.browsing.ids(MessageFilter(search=words))
	return int(found)


def categories(council: Council) -> list[str]:
	return [row.category for row in council.browsing.stream(MessageFilter())]


def idle(window: Window, qtbot) -> None:
	until(qtbot, lambda: not window.busy and not window.tab_pages["archive"].tasks())


def acts_of(menu: QMenu) -> dict[str, QAction]:
	found = {act.text(): act for act in menu.actions() if act.text()}
	for act in menu.actions():
		if act.menu():
			found.update(acts_of(act.menu()))
	return found


def press(qtbot, root: QWidget, words: str) -> None:
	"""Click the button that says or is called this, once it is there."""
	until(qtbot, lambda: any(words in named(one) for one in inside(root, QAbstractButton) if one.isVisible()))
	button_named(root, words).click()


def named(one: QAbstractButton) -> tuple[str, str]:
	return one.text().strip("\u2009"), one.accessibleName()


def opened(window: Window, kind: type):
	return window.findChildren(kind)[-1]


def test_she_goes_on_reading_where_she_tagged_a_message_beside_the_hits(
	window: Window, village: Council, qtbot
) -> None:
	page = archive(window, qtbot)
	page.search_everything("birthday")
	until(qtbot, lambda: page.list.ids.tolist() == [one(village, "birthday")] and page.search.idle)
	beside = village.browsing.neighbours(one(village, "birthday"), 1, 0)[0]
	page.reading.show_message(beside)
	page.sorting._do([beside], Saying(put=(("Cakes", "topic"),)))
	until(qtbot, lambda: bool(village.sorting.tags_of([beside])))
	idle(window, qtbot)
	until(qtbot, lambda: page.reading.current() == beside)
	assert page.list.current() == one(village, "birthday")
	page.sorting.say_kind([beside], "personal")
	until(qtbot, lambda: categories(village).count("personal") == 1)
	idle(window, qtbot)
	until(qtbot, lambda: page.reading.current() == one(village, "birthday"))


def test_a_key_marks_what_is_chosen_it_leaves_the_list_and_the_next_is_read(
	window: Window, village: Council, qtbot
) -> None:
	page = archive(window, qtbot)
	until(qtbot, lambda: page.list.show_message(one(village, "birthday")))
	page.list.setFocus()
	until(qtbot, lambda: page.list.chosen() == [one(village, "birthday")])
	qtbot.keyClick(page.list, Qt.Key.Key_2)
	until(qtbot, lambda: len(page.list.ids) == len(WORDS))
	idle(window, qtbot)
	assert categories(village).count("personal") == 1
	assert village.browsing.detail(page.list.current()).row.text == WORDS[2]
	assert page.chat.line_of(one(village, "birthday")) is None
	assert window._toast._words.text() == "1 message marked personal. Browsing leaves it out now."
	window._toast._act.click()
	until(qtbot, lambda: len(page.list.ids) == len(WORDS) + 1)
	assert "personal" not in categories(village)


def test_keys_act_only_in_the_list_and_the_conversation(window: Window, village: Council, qtbot) -> None:
	page = archive(window, qtbot)
	page.words.setFocus()
	qtbot.keyClick(page.words, Qt.Key.Key_2)
	page.words.clear()
	qtbot.keyClick(page.list, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
	idle(window, qtbot)
	assert set(categories(village)) == {"council"}
	page = archive(window, qtbot)
	qtbot.keyClick(page.chat, Qt.Key.Key_4)
	until(qtbot, lambda: "sensitive" in categories(village))


def test_several_are_marked_at_once_and_ctrl_z_takes_it_back(window: Window, village: Council, qtbot) -> None:
	page = archive(window, qtbot)
	page.list.select(list(page.list.ids[:3]))
	page.list.setFocus()
	qtbot.keyClick(page.list, Qt.Key.Key_3)
	until(qtbot, lambda: categories(village).count("mixed") == 3)
	idle(window, qtbot)
	qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
	until(qtbot, lambda: categories(village).count("mixed") == 0)
	idle(window, qtbot)
	window._actions["undo"].trigger()
	until(qtbot, lambda: window._toast._words.text() == "There is nothing to undo.")


def test_a_marked_row_says_its_kind_and_first_tag_and_the_usual_one_says_nothing(
	window: Window, village: Council, qtbot
) -> None:
	number = one(village, "drain")
	village.sorting.say_kind([number], "sensitive")
	for name in ("Mill Lane", "Drainage"):
		village.sorting.tag([number], name)
	page = archive(window, qtbot)
	assert page.list.show_message(number)
	assert page.chat.line_of(number).chips == (("Sensitive", "sensitive"), ("Drainage +1", "plain"))
	assert page.chat.line_of(one(village, "broken")).chips == ()
	spoken = page.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
	assert spoken.endswith("The drain is blocked. Sensitive. Drainage +1.")


def test_the_menu_says_kinds_with_their_keys_and_why_one_is_suggested(window: Window, village: Council, qtbot) -> None:
	page = archive(window, qtbot)
	acts = acts_of(page.verbs.menu((one(village, "dreadful"),)))
	assert [words for words in acts if "\t" in words] == [
		"Council business\t1",
		"Personal\t2",
		"Mixed\t3",
		"Sensitive\t4",
	]
	assert acts["Council business\t1"].isChecked()
	acts["Looks personal. Sport: “football”"].trigger()
	until(qtbot, lambda: "personal" in categories(village))


def test_a_personal_message_leads_to_a_policy_breach_of_its_sentence(window: Window, village: Council, qtbot) -> None:
	number = one(village, "dreadful")
	village.sorting.say_kind([number], "personal")
	window.go("archive")
	page = window.tab_pages["archive"]
	until(qtbot, lambda: len(page.list.ids) == len(WORDS))
	acts_of(page.verbs.menu((number,)))["Log it as a policy breach…"].trigger()
	form = window.tab_pages["cases"].form
	assert form.kind == "policy_breach"
	assert form.clause.currentText().startswith("Section 2, fourth point")
	assert WORDS[3] in words_of(form)
	assert not form.begun()


def test_the_dialog_puts_kind_and_tags_on_the_rest_of_the_day_and_undoes_it_whole(
	window: Window, village: Council, qtbot
) -> None:
	page = archive(window, qtbot)
	village.sorting.tag([one(village, "drain")], "Drainage")
	page.sorting.ask((one(village, "dreadful"),))
	asked = opened(window, SortingDialog)
	assert clipped(asked) == []
	assert nameless(asked) == []
	choices = [asked.reach.itemText(at) for at in range(asked.reach.count())]
	assert choices == [
		"This message",
		"From here to the end of the day: 2 messages",
		"All of 3 April 2025 in Councillors: 5 messages",
	]
	asked.reach.setCurrentIndex(1)
	(known,) = asked.tags.values()
	assert known.checkState() == Qt.CheckState.PartiallyChecked
	known.click()
	assert known.checkState() == Qt.CheckState.Checked
	asked.kinds["mixed"].click()
	asked.new_tag.setText(" Weekend ")
	asked.go.click()
	until(qtbot, lambda: categories(village).count("mixed") == 2)
	idle(window, qtbot)
	assert [(tag.name, tag.messages) for tag in village.sorting.tags()] == [("Drainage", 2), ("Weekend", 2)]
	window._toast._act.click()
	until(qtbot, lambda: [(tag.name, tag.messages) for tag in village.sorting.tags()] == [("Drainage", 1)])
	assert set(categories(village)) == {"council"}


def test_the_dialog_takes_tags_off_and_marks_what_a_photo_shows(window: Window, village: Council, qtbot) -> None:
	page = archive(window, qtbot)
	number = one(village, "IMG*")
	village.sorting.tag([number], "Swings")
	page.sorting.ask((number,))
	asked = opened(window, SortingDialog)
	(swings,) = asked.tags.values()
	assert swings.checkState() == Qt.CheckState.Checked
	swings.click()
	asked.shows["Asset"].click()
	asked.go.click()
	until(qtbot, lambda: village.browsing.detail(number).row.tags == ("Asset",))
	page.sorting.ask((one(village, "drain"),))
	assert not opened(window, SortingDialog).shows


def test_a_tag_that_is_too_long_is_said_and_nothing_is_kept(window: Window, village: Council, qtbot) -> None:
	page = archive(window, qtbot)
	page.sorting.ask((one(village, "drain"),))
	asked = opened(window, SortingDialog)
	asked.new_tag.setText("x" * 41)
	asked.go.click()
	assert "A tag has at most 40 letters" in words_of(asked)
	asked.reject()
	assert village.sorting.tags() == []


def sorting_page(window: Window, qtbot) -> SortingPage:
	page = archive(window, qtbot)
	page.show_page("sorting")
	idle(window, qtbot)
	return page._stack["sorting"]


def test_the_tag_page_renames_joins_and_removes(window: Window, village: Council, qtbot) -> None:
	village.sorting.tag([one(village, "drain")], "Drain")
	village.sorting.tag([one(village, "broken"), one(village, "drain")], "Drainage")
	page = sorting_page(window, qtbot)
	until(qtbot, lambda: clipped(window) == [])
	press(qtbot, page, "Rename… Drain")
	asked = opened(window, RenameDialog)
	asked.name.setText("Mill Lane")
	asked.go.click()
	until(qtbot, lambda: {tag.name for tag in village.sorting.tags()} == {"Mill Lane", "Drainage"})
	idle(window, qtbot)
	press(qtbot, page, "Join… Mill Lane")
	opened(window, JoinDialog).go.click()
	until(qtbot, lambda: [(tag.name, tag.messages) for tag in village.sorting.tags()] == [("Drainage", 2)])
	idle(window, qtbot)
	press(qtbot, page, "Remove Drainage")
	until(qtbot, lambda: village.sorting.tags() == [])
	idle(window, qtbot)
	window._toast._act.click()
	until(qtbot, lambda: [(tag.name, tag.messages) for tag in village.sorting.tags()] == [("Drainage", 2)])


def test_what_looks_personal_is_looked_for_on_the_page_alone_and_decided_by_her(
	window: Window, village: Council, qtbot
) -> None:
	page = sorting_page(window, qtbot)
	page.show_part("personal")
	until(qtbot, lambda: "Sport: “football”" in words_of(page))
	idle(window, qtbot)
	until(qtbot, lambda: clipped(window) == [])
	assert not any(item.key.startswith("sort") for item in village.home.page().items)
	press(qtbot, page, f"It is council business: {SHAW}, Thu 3 Apr 2025, 08:15, Councillors")
	until(qtbot, lambda: "Sport: “football”" not in words_of(page))
	idle(window, qtbot)
	assert set(categories(village)) == {"council"}
	press(qtbot, page, f"Mark mixed: {SHAW}, Thu 3 Apr 2025, 08:13, Councillors")
	until(qtbot, lambda: "mixed" in categories(village))


def test_what_was_done_is_listed_and_each_act_undone(window: Window, village: Council, qtbot) -> None:
	village.sorting.say_kind([one(village, "drain")], "sensitive")
	village.sorting.tag([one(village, "drain")], "Drainage")
	page = sorting_page(window, qtbot)
	page.show_part("acts")
	until(qtbot, lambda: "1 message marked sensitive" in words_of(page))
	idle(window, qtbot)
	press(qtbot, page, "Undo 1 message marked sensitive")
	until(qtbot, lambda: set(categories(village)) == {"council"})
	until(qtbot, lambda: "Undone" in words_of(page))
	assert [tag.messages for tag in village.sorting.tags()] == [1]


def meeting_page(window: Window, qtbot) -> MeetingPage:
	window.go("archive:meetings")
	idle(window, qtbot)
	return window.tab_pages["archive"]._stack["meetings"]


def test_a_message_is_taken_to_a_meeting_and_can_be_taken_off_again(window: Window, village: Council, qtbot) -> None:
	page = archive(window, qtbot)
	acts = acts_of(page.verbs.menu((one(village, "ahead"),)))
	(take,) = [act for words, act in acts.items() if words.startswith("Take to a meeting…")]
	assert "It says to go ahead" in take.text()
	take.trigger()
	asked = opened(window, TakeDialog)
	assert clipped(asked) == []
	assert nameless(asked) == []
	assert "A chat is not a minute." in words_of(asked)
	asked.go.click()
	assert "Say in a few words what it is about" in words_of(asked)
	asked.subject.setText("A new swing")
	asked.meeting.setCurrentIndex(1)
	asked.go.click()
	assert "Enter the date of the meeting" in words_of(asked)
	asked.day.set_text("12 1 2027")
	asked.go.click()
	until(qtbot, lambda: len(village.meetings.matters()) == 1)
	assert village.meetings.matters()[0].item.meeting_on == date(2027, 1, 12)
	idle(window, qtbot)
	window._toast._act.click()
	until(qtbot, lambda: village.meetings.matters() == [])


def test_the_list_makes_its_report_and_writes_down_what_became_of_a_matter(
	window: Window, village: Council, qtbot, tmp_path: Path
) -> None:
	village.meetings.add(one(village, "ahead"), route="agenda", subject="A new swing")
	village.meetings.set_next_meeting(date(2026, 12, 1))
	page = meeting_page(window, qtbot)
	assert "1 matter waits to be taken up formally" in words_of(page)
	assert primaries(window) == ["Make the report"]
	until(qtbot, lambda: clipped(window) == [])
	press(qtbot, page, "Make the report")
	until(qtbot, lambda: len(village.meetings.reports()) == 1)
	until(qtbot, lambda: page._stack.currentIndex() == 1)
	shown = page._stack.currentWidget()
	press(qtbot, shown, "Back")
	idle(window, qtbot)
	page.save_report(village.meetings.reports()[0], tmp_path)
	until(qtbot, (tmp_path / "Matters from WhatsApp 2026-12-01.xlsx").exists)
	idle(window, qtbot)
	press(qtbot, page, "Dealt with… A new swing")
	asked = opened(window, OutcomeDialog)
	asked.go.click()
	assert "Give the minute reference, or say what became of it" in words_of(asked)
	asked.outcome.setText("26/118")
	asked.go.click()
	until(qtbot, lambda: village.meetings.matters("open") == [])
	until(qtbot, lambda: "No matter waits to be taken up" in words_of(page))
	idle(window, qtbot)
	page.state.setCurrentIndex(1)
	until(qtbot, lambda: "Dealt with on 23 November 2026: 26/118" in words_of(page))


def test_decisions_are_looked_for_on_demand_and_put_aside_or_taken_up(window: Window, village: Council, qtbot) -> None:
	page = meeting_page(window, qtbot)
	assert "It says to go ahead: “let's go ahead”" not in words_of(page)
	press(qtbot, page, "Look for them")
	until(qtbot, lambda: "It says to go ahead: “let's go ahead”" in words_of(page))
	idle(window, qtbot)
	press(qtbot, page, f"No decision {SHAW}, Thu 3 Apr 2025, 08:14, Councillors")
	until(qtbot, lambda: "None was found that is not on the list." in words_of(page))
	idle(window, qtbot)
	window._toast._act.click()
	until(qtbot, lambda: "It says to go ahead: “let's go ahead”" in words_of(page))
	assert village.meetings.matters() == []


def test_the_email_is_shown_to_be_copied_with_or_without_the_quotation(window: Window, village: Council, qtbot) -> None:
	village.meetings.add(one(village, "ahead"), route="email", subject="A new swing")
	page = meeting_page(window, qtbot)
	press(qtbot, page, "E-mail… A new swing")
	asked = opened(window, EmailDialog)
	assert "Let's go ahead" in asked.words.toPlainText()
	asked.quoted.click()
	assert "Let's go ahead" not in asked.words.toPlainText()
	asked.go.click()
	assert QGuiApplication.clipboard().text().startswith("A new swing – raised on WhatsApp on 3 April 2025")


def test_home_leads_to_the_list(window: Window, village: Council, qtbot) -> None:
	village.meetings.add(one(village, "ahead"), route="agenda", subject="A new swing")
	window.changed()
	home = window.tab_pages["home"]
	until(qtbot, lambda: "meetings" in home.buttons)
	home.buttons["meetings"].click()
	idle(window, qtbot)
	page = window.tab_pages["archive"]
	assert page._stack.currentWidget() is page._stack["meetings"]
	page._stack["meetings"].message_wanted.emit(one(village, "ahead"))
	until(qtbot, lambda: page.chat.current_message() == one(village, "ahead"))


def test_a_request_finds_personal_messages_says_so_and_counts_them(window: Window, village: Council, qtbot) -> None:
	number = one(village, "dreadful")
	village.sorting.say_kind([number], "personal")
	request = village.requests.create(
		regime="foi", received=date(2026, 11, 9), requester="Alex Example", wording="Everything about football"
	)
	tab = window.tab_pages["requests"]
	window.go(f"requests:{request.id}")
	gather = tab.gather
	gather.open_request(village.requests.get(request.id))
	gather.words.setText("football")
	gather.search()
	until(qtbot, lambda: gather.view.line_of(number) is not None)
	assert gather.told.text() == "1 message found, 1 marked personal"
	assert gather.view.line_of(number).chips == (("Marked personal", "personal"),)
	gather.add()
	idle(window, qtbot)
	decide = tab.decide
	decide.open_request(village.requests.get(request.id))
	until(qtbot, lambda: decide.view.line_of(number) is not None)
	assert decide.view.line_of(number).chips == (("Marked personal", "personal"),)
	idle(window, qtbot)
