"""Kinds and tags follow what they were said of: whatever comes in later and in whatever order, and back again."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.messages import CATEGORIES, Category, MessageFilter, ReadExport
from cranford_desktop.domain.sorting import Act, TagRef
from cranford_desktop.store import meetings, messages, said, sorting, tags, undoing
from tests.store.books_support import NOW, START, added, bare_archive, export, take
from tests.store.books_support import said as line
from tests.store.test_fold import QUICK, everything_stands, histories, near, snapshot, tied

HOUR = timedelta(hours=1)
Wish = tuple[int, Category | str]
"""Place of a message in the history, and the kind or tag that the clerk gives it."""
wishes = st.lists(st.tuples(st.integers(0, 8), st.sampled_from([*CATEGORIES, "Mill Lane", "Swings"])), max_size=6)


def sort_messages(c: Connection, wanted: Sequence[Wish]) -> list[Act]:
	done = []
	for place, wish in wanted:
		ids = list(messages.message_ids(c, MessageFilter()))
		one = [ids[place % len(ids)]]
		if wish in CATEGORIES:
			act = sorting.say_kind(c, one, wish, NOW)
		else:
			act = sorting.say_tag(c, one, tag_called(c, wish), NOW, made=False)
		if act is not None:
			done.append(act)
	return done


def tag_called(c: Connection, name: str) -> TagRef:
	return tags.named(c, name) or tags.add_tag(c, name, "topic", NOW)


def undo(c: Connection, act: Act) -> None:
	if act.kind is not None:
		sorting.restore_kinds(c, act.id, act.kind)
	else:
		sorting.restore_tags(c, act.id, NOW)


def stands(c: Connection) -> None:
	everything_stands(c)
	for table in ("kind_said", "tag_said", "message_tag"):
		assert not c.exec_driver_sql(f"PRAGMA foreign_key_check({table})").fetchall()
	assert c.exec_driver_sql(said.UNSORTED).scalar_one() == 0


@given(histories().filter(bool), wishes, st.data())
@settings(max_examples=100, deadline=None, phases=QUICK)
def test_any_order_of_later_imports_gives_the_same_kinds_and_tags(
	exports: list[ReadExport], wanted: list[Wish], data: st.DataObject
) -> None:
	first, later = exports[0], exports[1:]

	def sorted_then(rest: Sequence[ReadExport]) -> list[tuple[object, ...]]:
		with bare_archive() as c:
			take(c, first, merge=near, phone=first.file_name)
			sort_messages(c, wanted)
			for one in rest:
				take(c, one, merge=near, phone=one.file_name)
			stands(c)
			return snapshot(c)

	assert sorted_then(later) == sorted_then(data.draw(st.permutations(later)))


@given(histories().filter(bool), wishes, st.data())
@settings(max_examples=100, deadline=None, phases=QUICK)
def test_undoing_everything_leaves_no_trace_whatever_came_in_between(
	exports: list[ReadExport], wanted: list[Wish], data: st.DataObject
) -> None:
	cut = data.draw(st.integers(1, len(exports)))
	with bare_archive() as c:
		for one in exports[:cut]:
			take(c, one, merge=near, phone=one.file_name)
		done = sort_messages(c, wanted)
		for one in exports[cut:]:
			take(c, one, merge=near, phone=one.file_name)
		for act in reversed(done):
			undo(c, act)
		stands(c)
		assert not said.anything_said(c)
		assert {row.category for row in messages.stream(c, MessageFilter())} <= {"council"}


@given(histories().filter(bool), wishes, st.data())
@settings(max_examples=100, deadline=None, phases=QUICK)
def test_what_was_said_stays_while_another_phone_shows_the_message(
	exports: list[ReadExport], wanted: list[Wish], data: st.DataObject
) -> None:
	back = data.draw(st.integers(0, len(exports) - 1))
	with bare_archive() as c:
		numbers = [take(c, one, merge=near, phone=one.file_name) for one in exports]
		done = sort_messages(c, wanted)
		undoing.remove_export(c, numbers[back], merge=near, at=NOW)
		stands(c)
		for act in reversed(done):
			undo(c, act)
		stands(c)
		assert not said.anything_said(c)


def test_joined_messages_have_the_weightier_kind_and_every_tag() -> None:
	with bare_archive() as c:
		early, late, between = tied()
		take(c, early, merge=near, phone="A")
		take(c, late, merge=near, phone="B")
		first, second = messages.message_ids(c, MessageFilter())
		sorting.say_kind(c, [first], "personal", NOW)
		sensitive = sorting.say_kind(c, [second], "sensitive", NOW)
		sorting.say_tag(c, [first], tag_called(c, "Swings"), NOW, made=True)
		sorting.say_tag(c, [second], tag_called(c, "Mill Lane"), NOW, made=True)
		added(c, between, merge=near, phone="C")
		(row,) = messages.rows(c, [second])
		assert (row.id, row.category, row.tags) == (first, "sensitive", ("Mill Lane", "Swings"))
		assert sensitive is not None
		undo(c, sensitive)
		assert messages.detail(c, first).row.category == "personal"
		stands(c)


def test_a_join_of_what_goes_to_a_meeting_is_put_to_the_clerk() -> None:
	with bare_archive() as c:
		early, late, between = tied()
		take(c, early, merge=near, phone="A")
		take(c, late, merge=near, phone="B")
		first, second = messages.message_ids(c, MessageFilter())
		meetings.add_item(c, second, route="agenda", subject="The drain", note="", meeting_on=None, at=NOW)
		assert added(c, between, merge=near, phone="C").proposals == 1
		assert list(messages.message_ids(c, MessageFilter())) == [first, second]
		stands(c)


def test_an_import_on_which_an_item_for_a_meeting_rests_is_counted() -> None:
	with bare_archive() as c:
		number = take(c, export([line("we order the pipe", at=START)]))
		(only,) = messages.message_ids(c, MessageFilter())
		assert not undoing.depends_on(c, number)
		meetings.add_item(c, only, route="agenda", subject="The pipe", note="", meeting_on=None, at=NOW)
		assert undoing.depends_on(c, number).meetings == 1


def test_tags_of_messages_that_go_with_their_import_go_too() -> None:
	with bare_archive() as c:
		number = take(c, export([line("the drain", at=START), line("later", at=START + HOUR)]))
		ids = list(messages.message_ids(c, MessageFilter()))
		sorting.say_tag(c, ids, tag_called(c, "Swings"), NOW, made=True)
		sorting.say_kind(c, ids, "mixed", NOW)
		undoing.remove_export(c, number, merge=near, at=NOW)
		assert [one.messages for one in tags.tags(c)] == [0]
		assert not said.anything_said(c)
		stands(c)
