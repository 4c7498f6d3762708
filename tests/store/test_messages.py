"""Reading messages in bulk and by what is asked for."""

from datetime import date, timedelta

import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import NotFound
from cranford_desktop.store import messages
from tests.store.books_support import START, bare_archive, export, minutes, said, take, take_said


def test_rows_come_in_the_order_asked_for() -> None:
	with bare_archive() as c:
		one, two, three = take_said(c, "one", "two", "three")
		assert [row.text for row in messages.rows(c, [three, one, two, one])] == ["three", "one", "two", "one"]
		assert messages.rows(c, [999]) == []
		assert messages.rows(c, []) == []


def test_messages_come_by_group_name_and_then_in_their_order() -> None:
	with bare_archive() as c:
		take(c, export(minutes("w1", "w2")), group="working group")
		take(c, export(minutes("a1"), "a"), group="Allotments")
		take(c, export(minutes("z1"), "z"), group="Zoo")
		assert [row.text for row in messages.stream(c, MessageFilter())] == ["a1", "w1", "w2", "z1"]
		assert [row.text for row in messages.stream(c, MessageFilter(group="WORKING group"))] == ["w1", "w2"]
		assert messages.count(c, MessageFilter(group="working group")) == 2
		assert messages.count(c, MessageFilter(group="nobody's")) == 0
		assert list(messages.stream(c, MessageFilter(group="nobody's"))) == []


def test_by_time_the_groups_stand_in_each_other() -> None:
	with bare_archive() as c:
		later = START + timedelta(days=1)
		take(c, export(minutes("w1", "w2")), group="working group")
		take(c, export([said("a1", at=later), said("a2", at=START)], "a"), group="Allotments")
		everything = messages.message_ids(c, MessageFilter(), by_time=True)
		assert [row.text for row in messages.rows(c, everything)] == ["a2", "w1", "w2", "a1"]
		one = messages.message_ids(c, MessageFilter(group="allotments"), by_time=True)
		assert list(one) == list(messages.message_ids(c, MessageFilter(group="allotments")))
		found = messages.message_ids(c, MessageFilter(search="w2 OR a1"), by_time=True)
		assert [row.text for row in messages.rows(c, found)] == ["w2", "a1"]
		assert len(messages.message_ids(c, MessageFilter(search="zebra"), by_time=True)) == 0


def test_a_stream_longer_than_a_chunk_is_whole() -> None:
	with bare_archive() as c:
		texts = [f"number {n}" for n in range(2500)]
		ids = take_said(c, *texts)
		assert [row.text for row in messages.stream(c, MessageFilter())] == texts
		assert [row.id for row in messages.rows(c, ids)] == ids
		assert messages.count(c) == 2500


def test_dates_are_inclusive_wall_dates() -> None:
	with bare_archive() as c:
		days = [START + timedelta(days=n, hours=4, minutes=54, seconds=59) for n in range(3)]
		take(c, export([said(str(place), at=at, precision="second") for place, at in enumerate(days)]))
		only = MessageFilter(start=date(2024, 3, 14), end=date(2024, 3, 14))
		assert [row.text for row in messages.stream(c, only)] == ["1"]
		assert messages.count(c, MessageFilter(end=date(2024, 3, 14))) == 2
		assert messages.count(c, MessageFilter(start=date(2024, 3, 14))) == 2
		assert messages.count(c, MessageFilter(end=date.max)) == 3


def test_keys_narrow() -> None:
	with bare_archive() as c:
		take(
			c,
			export(
				[
					said("drain", sender="Jane Shaw"),
					said("drain", sender="Tom Reed"),
					said("hedge", sender="Jane Shaw"),
					said("Jane Shaw left", sender=None, kind="system"),
				]
			),
		)
		one = MessageFilter(search="drain", person="jane shaw")
		assert [row.id for row in messages.stream(c, one)] == [1]
		assert messages.count(c, one) == 1
		assert messages.count(c, MessageFilter(person="nobody")) == 0
		assert list(messages.message_ids(c, MessageFilter(person="nobody"))) == []
		assert messages.count(c, MessageFilter(kinds=("system",))) == 1
		assert messages.count(c, MessageFilter(ids=(1, 3, 77))) == 2
		assert messages.count(c, MessageFilter(ids=())) == 0
		assert messages.count(c, MessageFilter(search="  \u200e ")) == 4


def test_neighbours_stay_in_the_group() -> None:
	with bare_archive() as c:
		ids = take_said(c, "a", "b", "c", "d", "e")
		take(c, export(minutes("x"), "x"), group="Allotments")
		assert messages.neighbours(c, ids[2], 1, 1) == ids[1:4]
		assert messages.neighbours(c, ids[0], 5, 1) == ids[:2]
		assert messages.neighbours(c, ids[4], 0, 5) == ids[4:]
		assert messages.neighbours(c, 999, 1, 1) == []


def test_what_is_not_there_is_said() -> None:
	with bare_archive() as c:
		with pytest.raises(NotFound):
			messages.detail(c, 1)
		with pytest.raises(NotFound):
			messages.attachment_file(c, 1)
