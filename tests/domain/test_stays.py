"""Who belonged to a group: reading the names of a line, and what must not depend on how phones tell of it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.stays import Line, Wrote, belongings, parts

START = datetime(2025, 1, 1, 9)
WHO = ["Ann", "Bob", "Cy", "Dee"]


def line(text: str, *named: str, event: str = "added", at: int = 0, phone: int = 1) -> Line:
	return Line(at, at, START + timedelta(days=at), event, named, text, phone)


@pytest.mark.parametrize(
	("text", "named", "head", "rest"),
	[
		("Ann added Bob", ("Ann", "Bob"), ("Ann",), ("Bob",)),
		("Ann added Bob, Cy and Dee", ("Ann", "Bob", "Cy", "Dee"), ("Ann",), ("Bob", "Cy", "Dee")),
		("Ann, Bob and Cy were added", ("Ann", "Bob", "Cy"), ("Ann", "Bob", "Cy"), ()),
		("Bob & Cy left", ("Bob", "Cy"), ("Bob", "Cy"), ()),
		("You were added", ("You",), ("You",), ()),
		("Bob joined using an invite from Ann", ("Bob", "Ann"), ("Bob",), ("Ann",)),
		("Ann heeft Bob en Cy toegevoegd", ("Ann", "Bob", "Cy"), ("Ann",), ("Bob", "Cy")),
		("Je hebt Bob toegevoegd", ("You", "Bob"), ("You",), ("Bob",)),
		("Du und Bob wurden hinzugefügt", ("You", "Bob"), ("You", "Bob"), ()),
		("Ychwanegodd Ann Bob", ("Ann", "Bob"), ("Ann",), ("Bob",)),
		("Ann added Bob and Cy", ("Ann", "Bob and Cy", "Bob", "Cy"), ("Ann",), ("Bob", "Cy")),
		("Ann made Bob an admin", ("Ann", "Bob"), ("Ann",), ("Bob",)),
	],
)
def test_the_names_of_a_line(text: str, named: tuple[str, ...], head: tuple[str, ...], rest: tuple[str, ...]) -> None:
	assert parts(line(text, *named)) == (head, rest)


@st.composite
def tellings(draw: st.DrawFn) -> list[Line]:
	told = []
	for at in range(1, draw(st.integers(1, 8))):
		who, by = draw(st.sampled_from(WHO)), draw(st.sampled_from(WHO))
		event = draw(st.sampled_from(["added", "removed", "left", "joined"]))
		if event in ("added", "removed") and who != by:
			told.append(line(f"{by} {event} {who}", by, who, event=event, at=at))
		else:
			told.append(line(f"{who} {event}", who, event="left" if event == "removed" else "joined", at=at))
	return told


@given(
	told=tellings(),
	wrote=st.dictionaries(st.sampled_from(WHO), st.tuples(st.integers(0, 9), st.integers(0, 9))),
	others=st.lists(st.integers(0, 7)),
	data=st.data(),
)
def test_more_phones_telling_the_same_change_nothing(
	told: list[Line], wrote: dict[str, tuple[int, int]], others: list[int], data: st.DataObject
) -> None:
	written = [
		Wrote(who, min(days), START + timedelta(days=min(days)), START + timedelta(days=max(days)))
		for who, days in wrote.items()
	]

	def after(identity: object, moment: datetime) -> tuple[int, datetime] | None:
		last = next((one.last for one in written if one.identity == identity), None)
		return (99, last) if last is not None and last > moment else None

	def members(lines: list[Line]) -> object:
		stays, admins = belongings(lines, written, lambda _phone, name: name, after)
		return sorted(repr(stay) for stay in stays), admins

	again = [told[one]._replace(phone=2) for one in others if one < len(told)]
	assert members(data.draw(st.permutations([*told, *again]))) == members(told)


@given(told=tellings(), days=st.dictionaries(st.sampled_from(WHO), st.integers(0, 9)))
def test_stays_of_one_person_never_overlap_and_everybody_told_of_has_one(
	told: list[Line], days: dict[str, int]
) -> None:
	written = [Wrote(who, 50, START + timedelta(days=day), START + timedelta(days=day)) for who, day in days.items()]
	stays, _ = belongings(told, written, lambda _phone, name: name, lambda _who, _moment: None)
	assert {stay.identity for stay in stays} == {*days, *(name for one in told for name in one.named)}
	for who in WHO:
		own = sorted((stay for stay in stays if stay.identity == who), key=lambda stay: stay.since)
		assert all(stay.until is None or stay.since <= stay.until for stay in own)
		assert all(one.until is not None and one.until <= other.since for one, other in pairwise(own))
