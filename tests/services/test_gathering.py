"""Gathering: every search on record, added and taken out again, by hand, confirmed, opened again; what a set keeps."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from cranford_desktop.domain.gathering import quoted_words
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import Cancelled, NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council
from cranford_desktop.services.gathering import Gathering
from cranford_desktop.store import casebook
from tests.services import search_support as world
from tests.services.disclosure_support import Desk, desk, export
from tests.services.rules_support import Room, room

REPLIES = """\
02/11/2025, 09:01 - Cllr Ashdown: The drain in Mill Lane is blocked again, who has the rods?
02/11/2025, 09:02 - Cllr Farrow: Happy birthday Neil
03/11/2025, 09:03 - Cllr Farrow: > The drain in Mill Lane is blocked again, who has the rods?
I have them
03/11/2025, 09:04 - Cllr Ashdown: You wrote “the drain in mill lane is blocked again” and it is not
03/11/2025, 09:05 - Cllr Ashdown: > Something that nobody wrote here
No
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
	with desk(tmp_path) as made:
		yield made


@pytest.fixture
def number(office: Desk) -> int:
	return record(office)


def record(office: Desk) -> int:
	return office.requests.create(
		regime="foi", received=date(2026, 11, 23), requester="Tom Green", wording="Everything about Mill Lane"
	).id


def members(office: Desk, number: int) -> list[int]:
	with office.archive.reading() as connection:
		return list(casebook.candidate_ids(connection, number))


def asks(words: str) -> MessageFilter:
	return MessageFilter(search=words)


def test_every_search_is_on_record_also_one_that_found_nothing_or_was_not_added(office: Desk, number: int) -> None:
	nothing = office.gathering.look(number, asks("hippopotamus"))
	found = office.gathering.look(number, asks("culvert"))
	assert (list(nothing.ids), len(found.ids)) == ([], 3)
	assert nothing.nothing is not None
	told = [(one.words, one.found, one.added) for one in office.gathering.searches(number)]
	assert told == [("hippopotamus", 0, 0), ("culvert", 3, 0)]
	assert members(office, number) == []
	first, second = office.gathering.steps(number)
	assert first.live, "what it finds later will be shown"
	assert not second.live, "she looked and did not add it"
	assert second.wanted == asks("culvert")


def test_the_same_search_with_the_same_outcome_is_not_written_down_twice_on_one_day(office: Desk, number: int) -> None:
	first = office.gathering.look(number, asks("culvert"))
	assert office.gathering.look(number, asks("culvert")).step_id == first.step_id
	later = Gathering(office.archive, lambda: datetime(2026, 11, 24, 9, 0).astimezone())
	assert later.look(number, asks("culvert")).step_id != first.step_id
	assert [one.found for one in office.gathering.searches(number)] == [3, 3]


def test_adding_says_which_search_brought_each_message(office: Desk, number: int) -> None:
	found = office.gathering.look(number, asks("culvert"))
	added = office.gathering.add_found(number, found.step_id, found.addable())
	assert (added.added, added.reopened) == (3, False)
	wider = office.gathering.look(number, asks("culvert OR mill"))
	assert wider.held == set(found.ids)
	office.gathering.add_found(number, wider.step_id, wider.addable())
	assert [(one.held, one.added, one.live) for one in office.gathering.steps(number)] == [
		(3, 3, True),
		(len(wider.ids) - 3, len(wider.ids) - 3, True),
	]


def test_one_searchs_additions_are_taken_out_but_not_what_another_found_too(office: Desk, number: int) -> None:
	office.gathering.gather(number, asks("culvert"))
	office.gathering.gather(number, asks("potter"))
	both = set(members(office, number))
	culvert, potter = office.gathering.steps(number)
	would = office.gathering.would_take_out(number, culvert.id)
	assert set(members(office, number)) == both, "asking changes nothing"
	taken = office.gathering.take_out(number, culvert.id)
	assert taken == would
	assert taken.elsewhere > 0
	assert set(members(office, number)) == set(office.gathering.look(number, asks("potter")).ids)
	assert [(one.taken_out, one.live) for one in office.gathering.steps(number)] == [(True, False), (False, True)]
	with office.archive.reading() as connection:
		assert [one.words for one in casebook.searches(connection, number)] == ["culvert, taken out again", "potter"]
		assert casebook.request(connection, number).include == (asks("potter"),)
	# opened again and added again, it counts again
	again = office.gathering.look(number, asks("culvert"))
	office.gathering.add_found(number, again.step_id, again.addable())
	assert set(members(office, number)) == both
	assert potter.held == 0 or set(members(office, number)) >= set(taken.out)


def test_what_is_decided_on_is_named_and_stays_unless_she_says_so(office: Desk, number: int) -> None:
	office.gathering.gather(number, asks("culvert"))
	[step] = office.gathering.steps(number)
	first = members(office, number)[0]
	office.deciding.decide(number, [first], "release")
	would = office.gathering.would_take_out(number, step.id)
	assert (would.decided, len(would.out)) == ((first,), 2)
	office.gathering.take_out(number, step.id)
	assert members(office, number) == [first]
	assert [(one.words, one.held) for one in office.gathering.steps(number)][1:] == [
		("decided on already, so it stays in the request", 1)
	]
	assert office.gathering.undo(number) == "", "that it stayed is nothing she did by hand"
	assert office.gathering.leave_out(number, [first]).decided == (first,)
	assert members(office, number) == [first]
	assert office.gathering.leave_out(number, [first], with_decided=True).out == (first,)
	assert members(office, number) == []
	office.gathering.undo(number)
	assert members(office, number) == [first]
	assert office.requests.get(number).undecided == 1, "what was decided on it is gone"


def test_taking_out_with_what_was_decided_leaves_nothing_behind(office: Desk, number: int) -> None:
	office.gathering.gather(number, asks("culvert"))
	[step] = office.gathering.steps(number)
	ids = members(office, number)
	office.deciding.decide(number, ids[:2], "release")
	taken = office.gathering.take_out(number, step.id, with_decided=True)
	assert set(taken.out) == set(ids)
	assert members(office, number) == []
	with office.archive.reading() as connection:
		assert casebook.decisions(connection, number) == {}


def test_by_hand_each_is_added_left_out_and_undone(office: Desk, number: int) -> None:
	birthday, order = office.id_of("birthday"), office.id_of("Order")
	office.gathering.add(number, [birthday])
	office.gathering.add(number, [order], "context")
	assert set(members(office, number)) == {birthday, order}
	assert "beside what a search found" in office.gathering.standing(number).taken_back
	assert "beside what a search found" in office.gathering.undo(number)
	assert members(office, number) == [birthday]
	office.gathering.leave_out(number, [birthday])
	assert members(office, number) == []
	assert office.gathering.undo(number) == "left out by hand"
	assert members(office, number) == [birthday]
	office.gathering.undo(number)
	assert (members(office, number), office.gathering.undo(number)) == ([], "")
	assert office.gathering.steps(number) == []
	with pytest.raises(NotFound, match="No message is chosen"):
		office.gathering.add(number, [])


def test_what_was_left_out_by_hand_is_not_brought_back_by_a_search(office: Desk, number: int) -> None:
	order = office.id_of("Order")
	office.gathering.leave_out(number, [order])
	found = office.gathering.look(number, asks("culvert"))
	assert found.left == {order}
	assert order not in found.addable()
	office.gathering.add_found(number, found.step_id, found.ids)
	assert order not in members(office, number)
	assert office.gathering.standing(number).left_out == 1
	assert office.gathering.news(number) == (), "left out is not new"
	office.gathering.add(number, [order])
	assert order in members(office, number)


def test_a_day_and_a_stretch_are_added_whole(office: Desk, number: int) -> None:
	order, birthday = office.id_of("Order"), office.id_of("birthday")
	rows = {row.id: row for row in office.rows()}
	day = office.gathering.whole_day(birthday)
	assert {rows[one].sent_at.date() for one in day} == {date(2025, 11, 2)}
	assert len(day) == sum(row.sent_at.date() == date(2025, 11, 2) for row in rows.values())
	stretch = office.gathering.between(order, birthday)
	assert (stretch[0], stretch[-1]) == (birthday, order)
	assert stretch == office.gathering.between(birthday, order)
	office.importing.import_file(
		export(office.archive.folder.parent, "04/11/2025, 09:00 - Ann: Elsewhere", "other"), group="Other", phone="P 2"
	)
	assert office.gathering.between(order, office.id_of("Elsewhere")) == []


def test_a_reply_brings_what_it_quotes_where_it_quotes_in_words(tmp_path: Path) -> None:
	with desk(tmp_path, REPLIES) as office:
		number = record(office)
		asked, one, two = office.id_of("who has the rods"), office.id_of("I have them"), office.id_of("You wrote")
		rows = office.rows()
		assert office.gathering.quoted_by([row.id for row in rows]) == {one: asked, two: asked}
		found = office.gathering.look(number, asks("have them OR wrote"))
		assert found.quoted == (asked,)
		office.gathering.add(number, found.quoted, "quoted")
		assert members(office, number) == [asked]


def test_quoted_words() -> None:
	assert quoted_words("> one two three\n> four\nYes") == ("one two three four",)
	assert quoted_words("He said “this is a long enough passage” then") == ("this is a long enough passage",)
	assert quoted_words("2 > 1, “no” and > later\n") == ()


def test_confirming_narrows_and_adding_later_opens_it_again_and_says_how_many(office: Desk, number: int) -> None:
	office.gathering.gather(number, asks("culvert"))
	assert not office.gathering.standing(number).confirmed_before
	office.gathering.confirm_set(number)
	standing = office.gathering.standing(number)
	assert (standing.confirmed, standing.since) == (True, 0)
	office.deciding.decide(number, members(office, number), "release")
	before = office.gathering.look(number, asks("mill"))
	assert office.requests.get(number).set_confirmed, "looking opens nothing"
	added = office.gathering.add_found(number, before.step_id, before.addable())
	assert added.reopened
	assert not office.requests.get(number).set_confirmed
	standing = office.gathering.standing(number)
	assert (standing.confirmed_before, standing.since, standing.undecided_since) == (True, added.added, added.added)
	assert office.requests.get(number).undecided == added.added
	office.gathering.confirm_set(number)
	assert office.gathering.standing(number).since == 0
	found = office.gathering.look(number, asks("culvert"))
	assert not office.gathering.add_found(number, found.step_id, found.ids).reopened, "nothing was added"


def test_a_set_that_an_earlier_release_confirmed_opens_again_as_visibly(office: Desk, number: int) -> None:
	with office.archive.writing(datetime(2026, 11, 23, 10).astimezone()) as change:
		casebook.add_messages(change.connection, number, [office.id_of("birthday")], datetime(2026, 11, 1).astimezone())
		casebook.set_confirmed(change.connection, number)
		change.record("test", {})
	assert not office.gathering.standing(number).confirmed_before
	office.gathering.gather(number, asks("culvert"))
	standing = office.gathering.standing(number)
	assert (standing.confirmed, standing.confirmed_before, standing.since) == (False, True, 3)


def test_what_is_in_it_adds_up(office: Desk, number: int) -> None:
	office.gathering.gather(number, asks("culvert OR mill"))
	office.gathering.add(number, [office.id_of("birthday")])
	told = office.gathering.contents(number)
	ids = [one for group in told.groups for day in group.days for one in day.ids]
	assert ids == members(office, number)
	assert told.messages == len(ids) == sum(count for _, count in told.senders) == told.undecided
	assert told.span == (date(2025, 11, 2), date(2025, 11, 3))
	assert told.by_hand == 1
	assert told.senders[0][0] in ("Cllr Ashdown", "Cllr Farrow")
	assert office.gathering.contents(record(office)).span is None


def test_what_a_later_import_brings_is_shown_never_added_by_itself(office: Desk, number: int, tmp_path: Path) -> None:
	office.gathering.gather(number, asks("culvert"))
	office.gathering.look(number, asks("hippopotamus"))
	office.gathering.confirm_set(number)
	assert office.gathering.news(number) == ()
	said = ("The culvert again", "A hippopotamus", "No")
	lines = "\n".join(f"04/11/2025, 09:0{at} - Ann: {words}" for at, words in enumerate(said))
	before = members(office, number)
	office.importing.import_file(export(tmp_path, lines, "later"), group="Other", phone="Phone 2")
	fresh = office.gathering.news(number)
	assert [row.text for row in office.rows() if row.id in fresh] == ["The culvert again", "A hippopotamus"]
	assert members(office, number) == before
	office.gathering.leave_out(number, fresh[1:])
	assert office.gathering.news(number) == fresh[:1]
	added = office.gathering.add_news(number, fresh)
	assert (added.added, added.reopened) == (1, True)
	assert set(members(office, number)) == {*before, fresh[0]}
	assert [(one.words, one.found, one.added) for one in office.gathering.searches(number)][-1] == ("culvert", 4, 1)
	assert office.gathering.news(number) == ()


def test_searches_by_person_dates_and_saved_search_and_other_names(tmp_path: Path) -> None:
	council = world.council_with_everything(tmp_path)
	number = _request(council)
	ben = council.people.name_sender("Ben Farrow", "Cllr Ben Farrow", None)
	council.people.name_sender("Benjamin", "Cllr Ben Farrow", None)
	council.directory.add_detail(ben, "nickname", "Ben")
	kept = council.searching.save("Floods", MessageFilter(search="floods", start=date(2024, 11, 3)))
	found = council.gathering.look(number, kept.wanted)
	assert found.ids
	[naming] = [
		one
		for one in council.gathering.look(number, MessageFilter(person="Cllr Ben Farrow")).ideas
		if one.why == "naming"
	]
	assert naming.words == "Cllr Ben Farrow"
	assert naming.messages == council.searching.count(naming.wanted) > 0
	ideas = council.gathering.look(number, asks("ben")).ideas
	assert [one.wanted for one in ideas if one.why == "sender"] == [MessageFilter(person="Cllr Ben Farrow")]
	[other] = [one for one in council.gathering.look(number, asks("farrow")).ideas if one.why == "name"]
	assert (other.words, other.wanted.search, other.messages) == ("Ben", 'farrow OR "Ben"', 1)
	beside = council.gathering.look(number, asks("culvert")).beside
	rows = council.browsing.rows(beside)
	assert rows
	assert all(row.attachments for row in rows)
	council.close()


def test_a_message_marked_personal_after_the_request_arrived_still_appears_in_it(tmp_path: Path) -> None:
	council = world.council_with_everything(tmp_path)
	number = _request(council)
	council.gathering.gather(number, asks("culvert"))
	ids = [one.row.id for one in council.deciding.candidates(number)]
	council.sorting.say_kind(ids, "personal")
	assert [one.row.id for one in council.deciding.candidates(number)] == ids
	assert list(council.gathering.look(number, asks("culvert")).ids) == ids
	assert council.gathering.look(number, asks("culvert")).personal == len(ids)
	other = _request(council)
	assert council.gathering.gather(other, MessageFilter(search="culvert", without_personal=True)).added == len(ids)
	council.close()


def _request(council: Council) -> int:
	return council.requests.create(
		regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="Everything"
	).id


@pytest.mark.parametrize(
	("wanted", "why"),
	[
		(MessageFilter(), "nothing to look for"),
		(MessageFilter(without_personal=True), "nothing to look for"),
		(MessageFilter(start=date(2026, 2, 2), end=date(2026, 2, 1)), "first day lies after"),
	],
)
def test_a_search_that_asks_for_nothing_is_refused_and_not_recorded(
	office: Desk, number: int, wanted: MessageFilter, why: str
) -> None:
	with pytest.raises(RefusedByPolicy, match=why):
		office.gathering.look(number, wanted)
	assert office.gathering.steps(number) == []


def test_days_before_the_archive_and_odd_words_find_nothing_and_are_on_record(office: Desk, number: int) -> None:
	old = MessageFilter(start=date(1066, 1, 1), end=date(1066, 12, 31))
	odd = ("-mill", '"', "OR OR", "*", "👍👍👍", "x" * 4000)
	assert list(office.gathering.look(number, old).ids) == []
	for words in odd:
		office.gathering.look(number, asks(words))
	assert len(office.gathering.steps(number)) == 1 + len(odd)


def test_a_closed_request_takes_nothing_more(office: Desk, number: int) -> None:
	found = office.gathering.look(number, asks("culvert"))
	with office.archive.writing(datetime(2026, 11, 23, 10).astimezone()) as change:
		casebook.mark_answered(change.connection, number, date(2026, 11, 23), status="closed")
		change.record("test", {})
	for act in (
		lambda: office.gathering.add_found(number, found.step_id, found.ids),
		lambda: office.gathering.add(number, found.ids),
		lambda: office.gathering.look(number, asks("mill")),
	):
		with pytest.raises(RefusedByPolicy, match="closed"):
			act()
	assert members(office, number) == []


def test_a_search_that_is_stopped_leaves_nothing_behind(office: Desk, number: int) -> None:
	with pytest.raises(Cancelled):
		office.gathering.look(number, asks("culvert"), lambda: True)
	assert office.gathering.steps(number) == []


def test_another_requests_search_is_not_this_ones(office: Desk, number: int) -> None:
	other = record(office)
	found = office.gathering.look(other, asks("culvert"))
	for act in (
		lambda: office.gathering.add_found(number, found.step_id, found.ids),
		lambda: office.gathering.take_out(number, found.step_id),
		lambda: office.gathering.would_take_out(number, 999),
	):
		with pytest.raises(NotFound):
			act()


def test_a_message_in_a_request_is_never_due_for_erasing(tmp_path: Path) -> None:
	with room(tmp_path / "archive") as old:
		ids = old.say(("2019-05-02T18:00", "The pond is full"), ("2019-05-02T18:01", "Keys are with me"))
		gathering = Gathering(old.archive, old.clock)
		number = old.ask("FOI-2026-001")
		gathering.gather(number, asks("pond"))
		gathering.confirm_set(number)
		assert _due(old) == [ids[1]]
		gathering.leave_out(number, ids[:1])
		assert _due(old) == [ids[1]], "left out, but what the search finds is kept"
		[step] = [one for one in gathering.steps(number) if one.kind == "search"]
		gathering.take_out(number, step.id)
		assert _due(old) == ids
		gathering.add(number, ids[1:])
		assert _due(old) == [], "open again: everything is kept until it is confirmed"


def _due(old: Room) -> list[int]:
	with old.archive.reading() as connection:
		_, due = old.retention._position(connection, old.now.date())
	return sorted(due)


def test_undoing_an_import_takes_nothing_out_of_a_request(office: Desk, number: int, tmp_path: Path) -> None:
	lines = "04/11/2025, 09:00 - Ann: The culvert again\n04/11/2025, 09:01 - Ann: No"
	receipt = office.importing.import_file(export(tmp_path, lines, "later"), group="Other", phone="Phone 2")
	office.gathering.gather(number, asks("culvert"))
	office.gathering.confirm_set(number)
	before = [(one.row.id, one.row.text) for one in office.deciding.candidates(number)]
	assert office.importing.undo(receipt.export_id or 0).set_aside
	assert office.importing.finish_undone() == 0
	assert [(one.row.id, one.row.text) for one in office.deciding.candidates(number)] == before
	again = office.gathering.look(number, asks("culvert"))
	assert len(again.ids) == len(before), "what is set aside is still found"


def test_the_record_of_actions_holds_neither_words_nor_names(office: Desk, number: int) -> None:
	office.gathering.gather(number, asks("potter"))
	found = office.gathering.look(number, MessageFilter(search="mill", person="Cllr Farrow"))
	office.gathering.add_found(number, found.step_id, found.ids)
	office.gathering.add(number, [office.id_of("birthday")], "day")
	office.gathering.take_out(number, found.step_id)
	told = office.ledger()
	for secret in ("potter", "Mill", "mill", "Farrow", "Neil"):
		assert secret not in told
