"""Days with messages: counted, grouped along a list, looked for."""

from datetime import datetime, timedelta

from cranford_desktop.domain.days import DayCount, Reach, reaching
from cranford_desktop.store import days, messages
from tests.store.books_support import START, bare_archive, export, said, take

DAY = START.date()


def _on(*offsets: int) -> list:
	return [said(f"note {place}", at=START + timedelta(days=n, minutes=place)) for place, n in enumerate(offsets)]


def test_days_are_counted_and_a_list_falls_into_them() -> None:
	with bare_archive() as c:
		take(c, export(_on(0, 0, 3)))
		assert days.days(c, 1) == [DayCount(DAY, 2), DayCount(DAY + timedelta(days=3), 1)]
		ids = messages.message_ids(c, messages.MessageFilter())
		assert days.day_runs(c, ids) == days.days(c, 1)
		assert days.day_runs(c, ids[::-1]) == days.days(c, 1)[::-1]
		assert days.day_runs(c, []) == []


def test_a_day_without_messages_leads_to_the_nearest_one() -> None:
	with bare_archive() as c:
		take(c, export(_on(0, 0, 3, 9)))
		ids = list(messages.message_ids(c, messages.MessageFilter()))

		def near(offset: int) -> tuple[int, int]:
			found = days.nearest(c, 1, DAY + timedelta(days=offset))
			assert found is not None
			return (found.day - DAY).days, ids.index(found.message_id)

		assert [near(one) for one in (-50, 0, 1, 2, 3, 6, 7, 400)] == [
			(0, 0), (0, 0), (0, 0), (3, 2), (3, 2), (3, 2), (9, 3), (9, 3),
		]  # fmt: skip
		assert days.nearest(c, 2, DAY) is None


def test_what_is_personal_is_passed_by_where_that_is_asked_for() -> None:
	with bare_archive() as c:
		take(c, export(_on(0, 1, 1, 2)))
		ids = list(messages.message_ids(c, messages.MessageFilter()))
		c.exec_driver_sql("UPDATE message SET category = 'personal' WHERE id IN (?, ?)", (ids[0], ids[1]))
		assert [one.messages for one in days.days(c, 1, without_personal=True)] == [1, 1]
		assert [one.messages for one in days.days(c, 1)] == [1, 2, 1]
		c.exec_driver_sql("UPDATE message SET set_aside = 1 WHERE id = ?", (ids[3],))
		assert [one.messages for one in days.days(c, 1, without_personal=True)] == [1]
		c.exec_driver_sql("UPDATE message SET set_aside = 0")
		near = days.nearest(c, 1, DAY, without_personal=True)
		assert near is not None
		assert near.message_id == ids[2]
		assert messages.neighbours(c, ids[2], 5, 5, without_personal=True) == ids[2:]
		assert messages.neighbours(c, ids[1], 5, 5, without_personal=True) == ids[1:]


def test_the_first_screen_is_the_beginning_of_the_whole_list() -> None:
	with bare_archive() as c:
		take(c, export(_on(0, 3, 3, 9)))
		take(c, export([said("other", at=START + timedelta(days=1))], "b"), group="Allotments")
		whole = list(messages.message_ids(c, messages.MessageFilter(), by_time=True))
		assert days.first_ids(c, [1, 2], newest_first=False, limit=3) == whole[:3]
		assert days.first_ids(c, [1, 2], newest_first=True, limit=3) == whole[::-1][:3]
		assert days.first_ids(c, [], newest_first=True, limit=3) == []


def test_the_next_hit_is_looked_for_from_where_she_reads() -> None:
	with bare_archive() as c:
		take(c, export(_on(0, 1, 2, 3, 4)))
		ids = list(messages.message_ids(c, messages.MessageFilter()))
		found = [ids[1], ids[3]]
		assert [days.next_of(c, one, found) for one in ids] == [0, 0, 1, 1, 0]


def test_an_export_is_asked_only_for_what_lies_between_its_ends() -> None:
	with bare_archive() as c:
		take(c, export(_on(0, 3)))
		reaches = days.reaches(c, 1)
		assert reaches == [Reach(START, START + timedelta(days=3, minutes=1), 1)]
		assert reaching(reaches, START + timedelta(days=1)) == (1, 1)
		assert reaching([*reaches, *reaches], START + timedelta(days=1)) == (2, 1)
		assert reaching(reaches, START) == (0, 0)
		assert reaching([], datetime(2025, 1, 1)) == (0, 0)
