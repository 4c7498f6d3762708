"""The books in a real archive on disk, and the law that the order of imports does not matter."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.messages import MessageFilter, Record
from cranford_desktop.errors import Cancelled
from cranford_desktop.store import messages, people, verify
from tests.store.archive_support import made
from tests.store.books_support import NOW, START, bare_archive, export, minutes, said, take

EVERYTHING = MessageFilter()


def test_an_import_is_there_for_readers_and_proves_itself(tmp_path: Path) -> None:
	archive, _ = made(tmp_path / "archive")
	try:
		with archive.writing(NOW) as change:
			take(change.connection, export(minutes("The drain in Mill Lane", "Thanks")))
			change.record("imported", {})
		with archive.reading() as c:
			assert [row.text for row in messages.stream(c, MessageFilter(search="drains"))] == [
				"The drain in Mill Lane"
			]
			assert messages.count(c) == 2
			assert people.senders(c)[0].messages == 2
		assert verify.verify(archive).problems == ()
	finally:
		archive.close()


def test_a_cancelled_import_leaves_nothing(tmp_path: Path) -> None:
	archive, _ = made(tmp_path / "archive")
	steps: list[int] = []

	def stopped() -> bool:
		steps.append(1)
		return len(steps) > 2

	def import_one() -> None:
		with archive.writing(NOW) as change:
			change.record("imported", {})
			take(change.connection, export(minutes(*["word"] * 9000)), stopped=stopped)

	try:
		with pytest.raises(Cancelled):
			import_one()
		with archive.reading() as c:
			assert messages.count(c) == 0
			assert messages.groups(c) == []
			assert list(messages.message_ids(c, MessageFilter(search="word"))) == []
	finally:
		archive.close()


history = st.lists(
	st.tuples(
		st.integers(-3, 3),
		st.sampled_from(["Jane Shaw", "Tom Reed", "+44 7700 900123"]),
		# in which of the two exports it is, and what has become of it in each
		st.sampled_from(["as sent", "edited", "deleted", "absent"]),
		st.sampled_from(["as sent", "edited", "deleted", "renamed", "absent"]),
	),
	min_size=1,
	max_size=12,
)


def _as_shown(number: int, minute: int, sender: str, state: str) -> Record:
	at = START + timedelta(minutes=minute)
	if state == "deleted":
		return said(None, kind="deleted", deleted=True, raw=f"deleted {number}", sender=sender, at=at)
	if state == "edited":
		return said(f"text {number}, corrected", edited=True, sender=sender, at=at)
	return said(f"text {number}", sender="Another Name" if state == "renamed" else sender, at=at)


def _taken(both: Sequence[tuple[str, Sequence[tuple[int, Record]]]], c: Connection) -> list[tuple[object, ...]]:
	"""Take exports in this order; return all that is known of every message, in conversation order."""
	known: dict[int, int] = {}
	for name, numbered in both:
		if not numbered:
			continue
		matched = {order: known[number] for order, (number, _) in enumerate(numbered) if number in known}
		take(c, export([record for _, record in numbered], name), matched=matched)
		held = messages.held_records(c, 1)
		new = [number for number, _ in numbered if number not in known]
		fresh = sorted({one.message_id for one in held} - set(known.values()))
		known.update(zip(new, fresh, strict=True))
	return [
		(
			row.text,
			row.raw,
			row.kind,
			row.sent_at,
			row.sender,
			row.sender_as_exported,
			row.edited,
			row.deleted,
			row.exports,
			[(one.text, one.edited, one.deleted) for one in detail.versions],
		)
		for detail in messages.details(c, EVERYTHING)
		for row in [detail.row]
	]


@given(history)
@settings(max_examples=60, deadline=None)
def test_two_exports_in_either_order_give_the_same_messages(sent: list[tuple[int, str, str, str]]) -> None:
	first = [(n, _as_shown(n, one[0], one[1], one[2])) for n, one in enumerate(sent) if one[2] != "absent"]
	second = [(n, _as_shown(n, one[0], one[1], one[3])) for n, one in enumerate(sent) if one[3] != "absent"]
	with bare_archive() as c:
		one_way = _taken([("a", first), ("b", second)], c)
	with bare_archive() as c:
		other_way = _taken([("b", second), ("a", first)], c)
	assert one_way == other_way
