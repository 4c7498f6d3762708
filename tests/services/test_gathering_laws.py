"""Laws of gathering: the set is what was added less what was taken out; every search is on record; order is nothing."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.gathering import Gathering
from cranford_desktop.store import casebook, gathered
from cranford_desktop.store import messages as books
from tests.services.rules_support import Room, room

TEXTS = ("alpha", "alpha beta", "beta", "beta gamma", "gamma", "alpha gamma", "delta")
SEARCHES = tuple(MessageFilter(search=words) for words in ("alpha", "beta", "gamma", "nothing", "alpha OR delta"))
_REFERENCES = count(1)

searches = st.sampled_from(range(len(SEARCHES)))
some = st.sets(st.sampled_from(range(len(TEXTS))), min_size=1, max_size=3).map(sorted)
acts = st.lists(
	st.one_of(
		st.tuples(st.just("gather"), searches),
		st.tuples(st.just("look"), searches),
		st.tuples(st.just("add"), some),
		st.tuples(st.just("leave"), some),
		st.tuples(st.just("out"), searches),
	),
	max_size=7,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
	with room(Path(tmp_path_factory.mktemp("laws")) / "archive") as made:
		made.say(*((f"2025-01-{day + 1:02d}T09:00", text) for day, text in enumerate(TEXTS)))
		yield made


class Model:
	"""The set as plain sets: what the searches that count find, what was added by hand, less what was left out."""

	def __init__(self, found: dict[int, set[int]]) -> None:
		self.found = found
		self.counting: set[int] = set()
		self.hand: set[int] = set()
		self.left: set[int] = set()

	def members(self) -> set[int]:
		return {one for at in self.counting for one in self.found[at]}.union(self.hand) - self.left

	def act(self, what: str, on: int | list[int]) -> None:
		if what in ("gather", "look"):
			if what == "gather" or self.found[on] <= self.members() | self.left:
				self.counting.add(on)
		elif what == "out":
			self.counting.discard(on)
		elif what == "add":
			self.hand |= set(on)
			self.left -= set(on)
		else:
			self.hand -= set(on)
			self.left |= set(on)


def run(desk: Room, gathering: Gathering, number: int, ids: list[int], what: str, on: int | list[int]) -> None:
	if what == "gather":
		gathering.gather(number, SEARCHES[on])
	elif what == "look":
		gathering.look(number, SEARCHES[on])
	elif what == "add":
		gathering.add(number, [ids[one] for one in on])
	elif what == "leave":
		gathering.leave_out(number, [ids[one] for one in on])
	else:
		for step in [one for one in gathering.steps(number) if one.wanted == SEARCHES[on] and one.kind == "search"][
			-1:
		]:
			gathering.take_out(number, step.id)


def members(desk: Room, number: int) -> dict[int, int | None]:
	with desk.archive.reading() as connection:
		return gathered.members(connection, number)


def start(desk: Room) -> tuple[Gathering, int, list[int], dict[int, set[int]]]:
	gathering = Gathering(desk.archive, desk.clock)
	number = desk.ask(f"FOI-{next(_REFERENCES)}")
	with desk.archive.reading() as connection:
		ids = list(books.message_ids(connection, MessageFilter()))
		found = {
			at: {ids.index(one) for one in books.message_ids(connection, wanted)} for at, wanted in enumerate(SEARCHES)
		}
	return gathering, number, ids, found


_EACH = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_EACH
@given(done=acts)
def test_the_set_is_what_was_added_less_what_was_taken_out_and_every_search_is_on_record(
	desk: Room, done: list[tuple[str, int | list[int]]]
) -> None:
	gathering, number, ids, found = start(desk)
	model = Model(found)
	for what, on in done:
		run(desk, gathering, number, ids, what, on)
		model.act(what, on)
	held = members(desk, number)
	assert {ids.index(one) for one in held} == model.members()
	steps = {one.id: one for one in gathering.steps(number)}
	made = [SEARCHES[on].search for what, on in done if what in ("gather", "look") and isinstance(on, int)]
	recorded = {one.words for one in steps.values() if one.kind == "search"}
	assert recorded == set(made)
	for message, brought in held.items():
		step = steps[brought or 0]
		assert step.kind == "add" or ids.index(message) in found[SEARCHES.index(step.wanted)]
	with desk.archive.reading() as connection:
		live = casebook.request(connection, number).include
	assert {SEARCHES.index(one) for one in live} == model.counting
	whole = {one for at in model.counting for one in found[at]}
	assert {ids.index(one) for one in gathering.news(number)} == whole - model.members() - model.left == set()


@_EACH
@given(order=st.permutations([0, 1, 2, 4]), left=some, out=st.sampled_from([0, 1, 2, 4]))
def test_the_order_of_searches_does_not_change_the_set(desk: Room, order: list[int], left: list[int], out: int) -> None:
	sets = []
	for way in (sorted(order), order):
		gathering, number, ids, _ = start(desk)
		for place, at in enumerate(way):
			gathering.gather(number, SEARCHES[at])
			if place == order.index(out):
				gathering.leave_out(number, [ids[one] for one in left])
		[step] = [one for one in gathering.steps(number) if one.wanted == SEARCHES[out] and one.kind == "search"]
		gathering.take_out(number, step.id)
		sets.append(set(members(desk, number)))
	assert sets[0] == sets[1]
