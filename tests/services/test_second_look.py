"""A second look: by another person from the review copy, on another day in another order, or none with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.second_look import LookRules, other_order, read_changes
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.second_look import SecondLook
from cranford_desktop.services.second_look_reading import look_lines
from tests.services.disclosure_support import NOW, Desk, desk


@dataclass(slots=True)
class Watch:
	"""A clock that a test moves."""

	at: datetime

	def __call__(self) -> datetime:
		return standing_clock(self.at)()


@dataclass(frozen=True, slots=True)
class Room:
	desk: Desk
	look: SecondLook
	watch: Watch
	request: int

	def tomorrow(self) -> None:
		self.watch.at += timedelta(days=1)

	def said(self) -> dict[str, str]:
		with self.desk.archive.reading() as connection:
			return dict(look_lines(connection, self.desk.archive, load(), self.request))

	def decide_all(self) -> list[int]:
		ids = [one.row.id for one in self.desk.deciding.candidates(self.request)]
		self.desk.deciding.decide(self.request, ids, "release")
		return ids


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
	with desk(tmp_path) as made:
		request = made.requests.create(regime="foi", received=date(2026, 11, 3), requester="A Green", wording="Lane")
		made.gathering.gather(request.id, MessageFilter(search="mill lane"))
		watch = Watch(NOW)
		yield Room(made, SecondLook(made.archive, watch, load(), made.disclosing), watch, request.id)


def test_what_is_undecided_is_decided_first(room: Room) -> None:
	for begin in (lambda: room.look.begin_own(room.request), lambda: room.look.begin_other(room.request, "Cllr Bell")):
		with pytest.raises(RefusedByPolicy, match="Not everything is decided yet"):
			begin()
	assert room.look.brief(room.request).look is None


def test_whoever_decided_looks_again_on_another_day(room: Room) -> None:
	room.decide_all()
	with pytest.raises(RefusedByPolicy, match="from Tuesday 24 November 2026"):
		room.look.begin_own(room.request)
	assert room.look.brief(room.request).can_begin == date(2026, 11, 24)
	room.tomorrow()
	look = room.look.begin_own(room.request)
	assert room.look.begin_own(room.request).id == look.id, "it goes on where it was"


def test_the_order_is_another_one_and_stays(room: Room) -> None:
	ids = room.decide_all()
	room.tomorrow()
	room.look.begin_own(room.request)
	order = room.look.order(room.look.read(room.request))
	assert sorted(order) == sorted(ids)
	assert order == room.look.order(room.look.read(room.request))
	many = list(range(200))
	assert other_order(many, 7) != many
	assert other_order(many, 7) != other_order(many, 8)
	assert [one for one in other_order(range(201), 7) if one != 200] == other_order(many, 7)


def test_the_last_mark_ends_it_and_what_was_changed_after_is_told(room: Room) -> None:
	room.decide_all()
	room.tomorrow()
	room.look.begin_own(room.request)
	first, second, *rest = room.look.order(room.look.read(room.request))
	room.look.mark(room.request, first, "change", "Her name is still there.")
	room.look.mark(room.request, second, "right")
	room.look.unmark(room.request, second)
	assert room.look.brief(room.request).marked == 1
	for one in (second, *rest):
		assert not room.look.brief(room.request).settled
		room.look.mark(room.request, one, "right")
	standing = room.look.read(room.request).standing
	assert standing.settled
	assert (standing.to_change, standing.changed, standing.changed_after) == ((first,), (), ())
	assert "1 to change, left as they were" in room.said()["Second look"]

	room.desk.deciding.decide(room.request, [first], "not_in_scope")
	room.desk.deciding.decide(room.request, [second], "withhold", exemption="s42", reason="Advice")
	standing = room.look.read(room.request).standing
	assert (standing.to_change, standing.changed, standing.changed_after) == ((), (first,), (second,))
	said = room.said()
	assert "Changed or added after it was looked at: 1" in said["Second look"]
	assert any("Her name is still there. It was changed." in value for value in said.values())


def test_covering_a_word_up_counts_as_a_change_and_taking_it_back_as_none(room: Room) -> None:
	room.decide_all()
	room.tomorrow()
	room.look.begin_own(room.request)
	for one in room.look.order(room.look.read(room.request)):
		room.look.mark(room.request, one, "right")
	made = room.desk.redacting.redact(room.request, "text", "solicitor", "s42")
	assert room.look.read(room.request).standing.changed_after == (room.desk.id_of("The solicitor"),)
	room.desk.redacting.remove_redaction(room.request, made.id)
	assert room.look.read(room.request).standing.changed_after == ()


def test_another_person_reads_the_copy_and_says_it_by_number(room: Room) -> None:
	ids = room.decide_all()
	with pytest.raises(RefusedByPolicy, match="Nobody is named"):
		room.look.begin_other(room.request, "  ")
	look = room.look.begin_other(room.request, "Cllr Bell")
	data = room.look.review_copy(room.request)
	words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
	reference = room.desk.requests.get(room.request).reference
	assert all(f"{reference}-{look.numbers[one]:04d}" in words for one in ids)

	# it comes back days later; meanwhile one message was decided anew
	room.tomorrow()
	room.desk.deciding.decide(room.request, [ids[1]], "not_held", reason="Private")
	typed = f"{look.numbers[ids[0]]} the house can be told\n{reference}-{look.numbers[ids[2]]:04d}: too much left\n"
	said = read_changes(f"{typed}99 nothing\n3", look.numbers)
	assert said.unknown == ("99 nothing", "3")
	room.look.record_other(room.request, said.changes)
	standing = room.look.read(room.request).standing
	assert standing.settled
	assert set(standing.to_change) == {ids[0], ids[2]}
	assert standing.changed_after == (ids[1],), "the copy showed it otherwise"
	assert "By Cllr Bell" in room.said()["Second look"]
	with pytest.raises(NotFound):
		room.look.record_other(room.request, {})

	# the pack calls the messages as the copy did, and its log tells of the look
	result = room.desk.disclosing.make_pack(room.request)
	assert {one: number for one, number in result.numbers if one in ids} == {one: look.numbers[one] for one in ids}
	files = room.desk.disclosing.files(room.request, 1)
	log = "".join(
		page.get_textpage().get_text_range()
		for name, data in files.items()
		if name.startswith("INTERNAL/") and name.endswith(".pdf")
		for page in pypdfium2.PdfDocument(data)
	)
	assert "the house can be told" in log
	assert "Bell" not in room.desk.ledger()
	assert "house" not in room.desk.ledger()


def test_none_needs_one_reason(room: Room) -> None:
	room.decide_all()
	with pytest.raises(RefusedByPolicy, match="No reason is given"):
		room.look.skip(room.request, " ")
	room.look.skip(room.request, "Nobody else is there.")
	assert room.look.brief(room.request).settled
	assert room.said() == {"Second look": "None. Why: Nobody else is there."}


def test_it_is_advised_only_where_much_goes_out_and_something_is_taken_out(room: Room) -> None:
	ids = room.decide_all()
	few = SecondLook(room.desk.archive, room.watch, load(), room.desk.disclosing)
	assert not few.brief(room.request).advised
	strict = replace(load(), second_look=LookRules(more_messages_than=len(ids) - 1))
	look = SecondLook(room.desk.archive, room.watch, strict, room.desk.disclosing)
	assert not look.brief(room.request).advised, "nothing is covered up or withheld"
	room.desk.redacting.redact(room.request, "text", "Potter", "s40(2)")
	assert look.brief(room.request).advised
	assert not few.brief(room.request).advised


def test_a_message_taken_out_of_the_set_takes_its_mark_along(room: Room) -> None:
	ids = room.decide_all()
	room.tomorrow()
	room.look.begin_own(room.request)
	room.look.mark(room.request, ids[0], "right")
	room.desk.gathering.remove(room.request, [ids[0]])
	assert room.look.brief(room.request).marked == 0
	with pytest.raises(NotFound):
		room.look.mark(room.request, ids[0], "right")
