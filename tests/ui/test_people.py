"""People: say who somebody is, answer guesses, keep terms of office and the register of groups."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui import theme
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.tabs.people import GROUPS, NAMES, PEOPLE, WHO, PeopleTab
from tests.services.history_support import Moment, Told, app, write
from tests.ui.ui_support import button_named, clipped, inside, primaries, until

START = datetime(2025, 4, 3, 9, 0)
HERS, HIS = "Cllr Shaw’s phone", "Phone 2"
NUMBER = "+44 7700 900123"


def people(window: Window, qtbot) -> PeopleTab:
	window.go("people")
	until(qtbot, lambda: not window.busy)
	return window.tab_pages["people"]


@pytest.fixture
def tab(empty_window: Window, qtbot) -> PeopleTab:
	"""The People tab over two phones that call one person by two names, and a member who left office."""
	council = empty_window.council
	moments = [Moment(START, {HERS: app('Jean Shaw created group "X"', "created", "Jean Shaw")})]
	moments += [
		Moment(START + timedelta(days=at), {HERS: Told(f"{at}", here), HIS: Told(f"{at}", there)})
		for at, (here, there) in enumerate([("Mrs Potter", NUMBER), ("Jean Shaw", "Cllr Shaw")] * 12, 1)
	]
	moments.append(Moment(START + timedelta(days=30), {HERS: Told("x", "Peter Holt")}))
	write(council, moments)
	holt = council.people.name_sender("Peter Holt", "Peter Holt", None)
	council.people.set_term(holt, "Councillor", date(2021, 5, 6), date(2025, 4, 30))
	council.people.name_sender("Jean Shaw", "Cllr Jean Shaw", "Chair")
	empty_window.changed()
	until(qtbot, lambda: not empty_window.busy)
	return people(empty_window, qtbot)


def words(root: QWidget) -> str:
	return "\n".join(label.text() for label in inside(root, QLabel) if label.isVisible())


def sees(qtbot, root: QWidget, text: str) -> None:
	"""Wait until a part of the window says this: what was just made shows when the window turns."""
	until(qtbot, lambda: text in words(root))


def press(qtbot, root: QWidget, named: str) -> None:
	"""Press a button as soon as it shows: what was just made shows when the window turns."""

	def shown() -> bool:
		return any(
			one.isVisible() and named in (one.text().strip("\u2009"), one.accessibleName())
			for one in inside(root, QAbstractButton)
		)

	until(qtbot, shown)
	button_named(root, named).click()


def test_a_sender_is_named_and_the_archive_says_the_name(window: Window, qtbot) -> None:
	page = people(window, qtbot)
	page.show_view(NAMES)
	assert page._counted.text() == "3 names in the chats, 3 not named yet"
	page.names.pick("Ben Sample")
	page.names.name.setText("Cllr Ben Sample")
	page.names.role.setText("Chair")
	page.names.save()
	until(qtbot, lambda: not window.busy)
	named = next(one for one in window.council.people.senders() if one.rendered == "Ben Sample")
	assert (named.name, named.role) == ("Cllr Ben Sample", "Chair")
	assert page.names.current().rendered == "Ben Sample"
	assert window.council.browsing.count(MessageFilter(person="Cllr Ben Sample")) == 16
	window.go("archive")
	reading = window.tab_pages["archive"]
	until(qtbot, lambda: len(reading.list.ids) == 41)
	shown = {reading.chat.line_of(one).who for one in reading.chat.message_ids()}
	assert "Cllr Ben Sample" in shown


def test_a_name_is_needed(window: Window, qtbot) -> None:
	page = people(window, qtbot)
	page.show_view(NAMES)
	page.names.name.setText("  ")
	page.names.save()
	assert page.names.name_field.error() == "Say who it is"
	assert all(one.person_id is None for one in window.council.people.senders())


def test_people_can_be_found(window: Window, qtbot) -> None:
	page = people(window, qtbot)
	page.show_view(GROUPS)
	qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
	assert page.find_field.isVisible()
	page.find_field.setText("cara")
	assert page.names.sorted.rowCount() == 1


def test_without_a_chat_there_is_nobody_and_a_group_can_be_registered(empty_window: Window, qtbot) -> None:
	page = people(empty_window, qtbot)
	sees(qtbot, page, "No people yet")
	for view in (PEOPLE, NAMES, WHO, GROUPS):
		page.show_view(view)
		assert len(primaries(empty_window)) == (0 if view == WHO else 1)
	press(qtbot, page, "Register a group")
	form = page.group_form
	form.save()
	assert form.summary.words() == ["Enter the name of the group"]
	form.name.setText("Example Councillors")
	form.since.set_text("99 99")
	form.save()
	assert form.since_field.error() == "The day it became official must be a real date, for example 27 3 2026"
	form.since.set_text("4 5 2023")
	form.admin.setText("The clerk")
	form.save()
	until(qtbot, lambda: not empty_window.busy)
	(group,) = empty_window.council.groups.all()
	assert (group.name, group.since, group.admin) == ("Example Councillors", date(2023, 5, 4), "The clerk")
	sees(qtbot, page.group_page, "4 May 2023")
	page.start()
	page.group_form.name.setText("EXAMPLE councillors")
	page.group_form.save()
	until(qtbot, lambda: not empty_window.busy)
	assert page.group_form.summary.words() == ["A group of that name is in the register already."]


def test_a_guess_is_answered_and_undone(tab: PeopleTab, qtbot) -> None:
	window = tab._window
	press(qtbot, tab, "Who is this? 2")
	assert tab._title.text() == "2 pairs of names may be one person"
	assert primaries(window) == ["Yes, same person"]
	guess = next(one for one in tab.guesses.guesses if one.first == "Mrs Potter")
	tab.guesses.look(tab.guesses.guesses.index(guess))
	reason = f"The same 12 messages: Mrs Potter on {HERS}, {NUMBER} on {HIS}."
	sees(qtbot, tab.guesses, reason)
	tab.guesses.name.setText("Joan Potter")
	press(qtbot, tab, "Yes, same person")
	until(qtbot, lambda: not window.busy)
	assert tab._title.text() == "1 pair of names may be one person"
	assert "Joan Potter" in [one.name for one in window.council.people.people()]
	sees(qtbot, window, f"Mrs Potter and {NUMBER} are one person.")
	press(qtbot, window, "Undo")
	until(qtbot, lambda: not window.busy)
	assert len(tab.guesses.guesses) == 2
	assert "Joan Potter" not in [one.name for one in window.council.people.people()]


def test_different_later_and_taking_back(tab: PeopleTab, qtbot) -> None:
	window = tab._window
	tab.show_view(WHO)
	first, second = tab.guesses.guesses
	press(qtbot, tab, "Later")
	until(qtbot, lambda: not window.busy)
	assert [one.key for one in tab.guesses.guesses] == [second.key, first.key]
	tab.guesses.look(0)
	press(qtbot, tab, "Different")
	until(qtbot, lambda: not window.busy)
	assert [one.key for one in tab.guesses.guesses] == [first.key]
	sees(qtbot, tab, "What you answered")
	press(qtbot, tab, f"Take back: {second.first} and {second.second}, two people")
	until(qtbot, lambda: not window.busy)
	assert {one.key for one in tab.guesses.guesses} == {first.key, second.key}
	tab.guesses.name.setText(" ")
	tab.guesses.answer("same")
	assert tab.guesses.name_field.error() == "Say what this person is called"


def test_nothing_to_answer(window: Window, qtbot) -> None:
	page = people(window, qtbot)
	page.show_view(WHO)
	sees(qtbot, page, "No two names look like one person.")


def test_a_member_whom_no_chat_shows_is_put_on_the_roll(tab: PeopleTab, qtbot) -> None:
	tab.show_view(NAMES)
	tab.add_person.click()
	asked = QApplication.activeModalWidget()
	asked.go.click()
	assert asked.summary.words() == ["Say who it is"]
	asked.name.setText("cllr jean  shaw")
	asked.go.click()
	assert asked.summary.words() == ["Somebody of this name is in the directory already"]
	asked.name.setText("Cllr Omar  Reid")
	asked.start.set_date(date(2025, 5, 8))
	asked.go.click()
	assert asked.summary.words() == ["Say what the role is"]
	asked.role.setText("Councillor")
	asked.go.click()
	sees(qtbot, tab, "Cllr Omar Reid")
	until(qtbot, lambda: not tab._window.busy)
	council = tab._council
	assert "Cllr Omar Reid" in [one.name for one in council.asking.members()]
	sees(qtbot, tab, "In the directory. No message of theirs is held.")
	assert "1 person in the directory wrote nothing" in words(tab)
	[here] = [row for row in council.people.in_no_chat() if row.name == "Cllr Omar Reid"]
	assert (here.role, here.messages) == ("Councillor", 0)
	tab.names.name.setText("Cllr Omar Reed")
	tab.names.save()
	until(qtbot, lambda: "Cllr Omar Reed" in [one.name for one in council.people.people()])
	assert [term.start for term in council.people.terms(here.person_id)] == [date(2025, 5, 8)]


def test_terms_of_office(tab: PeopleTab, qtbot) -> None:
	window, terms = tab._window, tab.names.terms
	tab.show_view(NAMES)
	tab.names.pick("Jean Shaw")
	assert tab.names.role_field.isVisible()
	terms.edit(None)
	terms.role.setText("")
	terms.start.set_text("31 2 2025")
	terms.save()
	assert terms._role_field.error() == "Say what the role is"
	assert "must be a real date" in terms._start_field.error()
	terms.role.setText("Councillor")
	terms.start.set_text("6 5 2021")
	terms.end.set_text("1 1 2020")
	terms.save()
	assert terms._end_field.error() == "The last day must not be before the first day"
	terms.end.set_text("")
	terms.save()
	until(qtbot, lambda: not window.busy)
	person = tab.names.current().person_id
	(term,) = window.council.people.terms(person)
	assert (term.role, term.start, term.end) == ("Councillor", date(2021, 5, 6), None)
	assert tab.names.current().role == "Councillor"
	assert not tab.names.role_field.isVisible()
	sees(qtbot, terms, "since 6 May 2021")
	press(qtbot, terms, "Remove: Councillor, since 6 May 2021")
	until(qtbot, lambda: not window.busy)
	assert window.council.people.terms(person) == []
	press(qtbot, window, "Undo")
	until(qtbot, lambda: not window.busy)
	(back,) = window.council.people.terms(person)
	assert (back.role, back.start, back.end) == (term.role, term.start, term.end)


def test_a_groups_members_and_what_does_not_agree(tab: PeopleTab, qtbot) -> None:
	tab.show_view(GROUPS)
	row = tab.register.model.index(0, 0)
	assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Example Councillors, official since not recorded")
	tab.register.table.setFocus()
	qtbot.keyClick(tab.register.table, Qt.Key.Key_Return)
	page = tab.group_page
	assert page.isVisible()
	sees(qtbot, page, "Put together from WhatsApp’s own lines in the exports: a guide, not proof.")
	sees(qtbot, page, "Peter Holt left office on 30 April 2025 and is still in the group.")
	sees(qtbot, page, "Ask whoever runs the group to take them out of the group.")
	told = [
		page.members.topLevelItem(at).data(0, Qt.ItemDataRole.AccessibleTextRole)
		for at in range(page.members.topLevelItemCount())
	]
	assert told == [
		"Cllr Jean Shaw: 3 Apr 2025, made the group; still here.",
		"Mrs Potter: 4 Apr 2025, seen writing; still here.",
		"Peter Holt: 3 May 2025, seen writing; still here.",
	]
	press(qtbot, page, "Open Peter Holt in People")
	until(qtbot, lambda: "Peter Holt" in words(tab.directory.panel))


def test_the_line_that_tells_of_a_member_is_shown(tab: PeopleTab, qtbot) -> None:
	window = tab._window
	tab.open_group(window.council.groups.all()[0].id)
	evidence = window.council.groups.membership(1).stays[0].evidence[0]
	tab.group_page.members.setFocus()
	qtbot.keyClick(tab.group_page.members, Qt.Key.Key_Return)
	archive = window.tab_pages["archive"]
	until(qtbot, lambda: archive.isVisible() and archive.list.current() == evidence)


def test_escape_leads_back_to_the_register(tab: PeopleTab, qtbot) -> None:
	tab.open_group(1)
	press(qtbot, tab, "Change the register")
	tab.group_form.admin.setText("The clerk")
	tab.group_form.save()
	until(qtbot, lambda: not tab._window.busy)
	sees(qtbot, tab.group_page, "Ask the clerk to take them out of the group.")
	qtbot.keyClick(tab.group_page.members, Qt.Key.Key_Escape)
	assert tab.register.table.isVisible()


def _views(tab: PeopleTab):
	for view in (PEOPLE, NAMES, WHO, GROUPS):
		tab.show_view(view)
		yield f"view {view}"
	tab.open_group(1)
	yield "group"
	tab._edit(tab.group_page.group)
	yield "form"
	tab.show_view(NAMES)
	tab.names.pick("Peter Holt")
	tab.names.terms.edit(None)
	yield "term"


@pytest.mark.parametrize(("size", "zoom"), [((1024, 600), 100), ((1024, 600), 110), ((1366, 768), 150)])
def test_no_word_is_clipped_and_one_button_leads_on(tab: PeopleTab, qtbot, size, zoom) -> None:
	window = tab._window
	theme.set_zoom(QApplication.instance(), zoom)
	window.resize(*size)
	for name in _views(tab):
		until(qtbot, lambda: clipped(window) == [])  # what workers bring is laid out in a later turn
		assert len(primaries(window)) == (0 if name == "group" else 1), name


def test_everything_the_keys_reach_has_a_name(tab: PeopleTab, qtbot) -> None:
	for name in _views(tab):
		qtbot.wait(20)
		for one in inside(tab, QWidget):
			if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
				spoken = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
				assert spoken, (name, type(one).__name__)


def test_a_persons_page_leads_to_what_they_said_and_keeps_a_nickname(tab: PeopleTab, qtbot) -> None:
	window, view = tab._window, tab.directory
	tab.show_view(PEOPLE)
	shaw = next(one for one in window.council.directory.entries() if one.name == "Cllr Jean Shaw")
	assert view.open_person(shaw.person_id)
	sees(qtbot, view.panel, "Cllr Jean Shaw")
	until(qtbot, lambda: view.panel.said.text() == "Said 12 messages")
	details = view.panel.details
	details.edit()
	details.save()
	assert details._value.error() == "Type it first"
	details.value.setText("Jeannie")
	details.save()
	until(qtbot, lambda: not window.busy)
	sees(qtbot, view.panel, "Jeannie")
	press(qtbot, view.panel, "Remove Jeannie")
	until(qtbot, lambda: not window.busy and "Jeannie" not in words(view.panel))
	press(qtbot, view.panel, "Said 12 messages")
	archive = window.tab_pages["archive"]
	until(qtbot, lambda: archive.isVisible() and len(archive.list.ids) == 12)
	assert archive.search.filter().person == "Cllr Jean Shaw"


def test_somebody_whom_no_chat_shows_is_added_and_read_the_policy(tab: PeopleTab, qtbot) -> None:
	window, view = tab._window, tab.directory
	tab.show_view(PEOPLE)
	tab.find_field.setText("Peter")
	view.add.click()
	asked = QApplication.activeModalWidget()
	asked.name.setText("Cllr Olive New")
	asked.role.setText("Councillor")
	asked.go.click()
	until(qtbot, lambda: not window.busy)
	assert tab.find_field.text() == ""
	sees(qtbot, view.panel, "Cllr Olive New")
	sees(qtbot, view.panel, "No acknowledgement of the policy in force is recorded.")
	view.panel.policy.save(date(2026, 11, 20), "Signed slip")
	until(qtbot, lambda: not window.busy)
	sees(qtbot, view.panel, "Acknowledged on Friday 20 November 2026.")
	press(qtbot, view.panel, "Slip to sign…")
	until(qtbot, lambda: tab._stack.currentWidget() is not tab._main)
	press(qtbot, tab, "Back")
	assert tab._stack.currentWidget() is tab._main


def test_a_name_that_is_not_in_the_directory_leads_to_the_names_in_the_chats(tab: PeopleTab, qtbot) -> None:
	tab.show_view(PEOPLE)
	tab.find_field.setText("cllr  jean")
	assert "1 of 2 people in the directory" in words(tab)
	tab.find_field.setText("Potter")
	sees(qtbot, tab, "Nobody in the directory has “Potter” in a name or number.")
	assert "1 name in the chats has it." in words(tab)
	press(qtbot, tab, "Look among the names")
	assert tab.names.current().rendered == "Mrs Potter"
	tab.find_field.setText("Zebedee")
	sees(qtbot, tab, "No name in the chats has “Zebedee”.")
	tab.show_view(PEOPLE)
	sees(qtbot, tab, "Nobody in the directory has “Zebedee” in a name or number.")
	press(qtbot, tab, "Show everybody")
	assert tab.find_field.text() == ""
	assert tab.directory.found() == 2


def test_two_people_are_joined_and_parted_on_their_page(tab: PeopleTab, qtbot) -> None:
	window, view = tab._window, tab.directory
	tab.show_view(PEOPLE)
	people_now = {one.name: one.person_id for one in window.council.directory.entries()}
	window.council.directory.join(people_now["Cllr Jean Shaw"], people_now["Peter Holt"])
	tab.refresh()
	until(qtbot, lambda: not window.busy)
	view.open_person(people_now["Cllr Jean Shaw"])
	press(qtbot, view.panel, "Part Peter Holt again")
	until(qtbot, lambda: not window.busy)
	assert {one.name for one in window.council.directory.entries()} == set(people_now)


def test_every_person_is_one_sentence(tab: PeopleTab) -> None:
	model = tab.directory.list.model()
	told = [model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]
	assert told[1].startswith("Peter Holt, Left 30 Apr 2025, 1 message, last seen 3 May 2025, no export yet")


@pytest.mark.parametrize("view", [PEOPLE, NAMES])
def test_where_only_one_side_fits_who_is_picked_has_the_page_and_escape_leads_back(
	tab: PeopleTab, qtbot, view: int
) -> None:
	window = tab._window
	theme.set_zoom(QApplication.instance(), 200)
	window.resize(1024, 600)
	tab.show_view(view)
	here = tab.directory if view == PEOPLE else tab.names
	listed = tab.directory.list if view == PEOPLE else tab.names.table
	until(qtbot, lambda: here.sides.folded and listed.isVisible())
	assert not here.sides.right.isVisible()
	until(qtbot, lambda: not clipped(window))
	window.activateWindow()
	listed.setFocus()
	qtbot.keyClick(listed, Qt.Key.Key_Return)
	until(qtbot, lambda: here.sides.right.isVisible() and not listed.isVisible())
	assert here.sides.back.hasFocus()
	qtbot.keyClick(here.sides.back, Qt.Key.Key_Escape)
	until(qtbot, listed.isVisible)
	here.sides.show_right()
	press(qtbot, here, "Back to the list")
	window.resize(2600, 1200)
	until(qtbot, lambda: listed.isVisible() and here.sides.right.isVisible() and not here.sides.back.isVisible())


@pytest.mark.parametrize("width", [1180, 1366, 1600])
def test_the_headings_of_the_directory_are_whole(tab: PeopleTab, qtbot, width: int) -> None:
	tab._window.resize(width, 768)
	tab.show_view(PEOPLE)
	listed = tab.directory.list
	until(qtbot, lambda: listed.found() == 2 and listed.viewport().width() > 0)
	head = listed.header()

	def shown() -> list[int]:
		return [column for column in range(head.count()) if not listed.isColumnHidden(column)]

	until(qtbot, lambda: all(head.sectionSize(column) >= head.sectionSizeHint(column) for column in shown()))
	assert shown()[:3] == [0, 1, 2]
	assert sum(head.sectionSize(column) for column in shown()) <= listed.viewport().width()
