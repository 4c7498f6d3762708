"""Who belonged to a group and when, reconstructed from the app's own lines, and the members' roll beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cranford_desktop.domain.day_words import day_words

Came = Literal["created", "added", "joined", "seen"]
"""How a stay began; "seen": wrote there before any line tells of coming."""
Went = Literal["left", "removed"]


@dataclass(frozen=True, slots=True)
class Stay:
	"""One stretch in which somebody belonged to a group: reconstructed, never certain."""

	name: str
	"""Confirmed name, else as rendered."""
	person_id: int | None
	came: Came
	since: datetime
	went: Went | None
	until: datetime | None
	"""None: nothing tells that they left."""
	by: str | None
	"""Who added or removed them, where a line says so."""
	evidence: tuple[int, ...]
	"""Messages that tell of it."""


@dataclass(frozen=True, slots=True)
class Membership:
	"""A group's members over time, and what does not agree with the members' roll."""

	group_id: int
	group: str
	stays: tuple[Stay, ...]
	admins: tuple[str, ...]
	disagreements: tuple["Disagreement", ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
	"""Somebody is in the group who is out of office, or in office and not in the group."""

	person_id: int | None
	name: str
	kind: Literal["left_office", "not_in_group", "not_on_roll"]
	words: str
	"""One sentence: "Peter Holt left office on 5 May 2026 and is still in the group."."""


@dataclass(frozen=True, slots=True)
class Term:
	"""A stretch in which a person had a role."""

	id: int
	person_id: int
	role: str
	start: date | None
	end: date | None
	"""Last day in the role; None: still."""


@dataclass(frozen=True, slots=True)
class OnRoll:
	"""A person as the members' roll knows them."""

	person_id: int
	name: str
	role: str | None
	"""Said once for all time; counts only where no term is recorded."""
	terms: tuple[Term, ...]

	def role_on(self, day: date) -> str | None:
		"""Return the role they had on a day: of the term that covers it, the latest begun first."""
		return role_on(day, self.role, self.terms)

	@property
	def held_office(self) -> bool:
		"""Whether they were ever a councillor, chair, clerk or officer, as far as is recorded."""
		return any(is_office(term.role) for term in self.terms) if self.terms else is_office(self.role)


_OFFICES = {
	"councillor",
	"cllr",
	"chair",
	"chairman",
	"chairwoman",
	"vice",
	"mayor",
	"clerk",
	"officer",
	"rfo",
	"member",
}
_NO_OFFICES = {"public", "outside", "former", "past", "ex"}


def is_office(role: str | None) -> bool:
	"""Say whether a role, in the council's words, is one of the council's own: councillor, chair, clerk, officer."""
	words = set(re.findall(r"[a-z]+", (role or "").casefold()))
	return bool(words & _OFFICES) and not words & _NO_OFFICES


def covers(term: Term, day: date) -> bool:
	"""Say whether a term covers a day; its first and its last day belong to it."""
	return (term.start is None or term.start <= day) and (term.end is None or day <= term.end)


def role_on(day: date, role: str | None, terms: Sequence[Term]) -> str | None:
	"""Return a person's role on a day; without any term the role that was said for all time."""
	if not terms:
		return role
	fitting = [term for term in terms if covers(term, day)]
	return max(fitting, key=lambda one: (one.start or date.min, one.id)).role if fitting else None


def disagreements(
	stays: Iterable[Stay], roll: Sequence[OnRoll], today: date, newest: date | None
) -> tuple[Disagreement, ...]:
	"""Compare who is in a group with who is in office.

	`newest`: day of the group's newest line; what ended after it cannot show yet. Members in office who are missing are
	named only where at least half of those in office belong: a working group need not hold them all. Somebody who is
	not on the roll is named only where there is a roll.
	"""
	inside = [stay for stay in stays if stay.until is None]
	people = {stay.person_id for stay in inside if stay.person_id is not None}
	known = {one.person_id: one for one in roll}
	in_office = [one for one in roll if is_office(one.role_on(today))]
	found = []
	for stay in inside:
		one = known.get(stay.person_id) if stay.person_id is not None else None
		disagreement = _out_of_place(stay, one, in_office, today, newest)
		if disagreement is not None:
			found.append(disagreement)
	missing = [one for one in in_office if one.person_id not in people]
	if len(missing) * 2 <= len(in_office):
		found += [
			Disagreement(
				one.person_id,
				one.name,
				"not_in_group",
				f"{one.name} is in office and does not show in the group.",
			)
			for one in missing
		]
	order = ("left_office", "not_in_group", "not_on_roll")
	return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.name.casefold())))


def _out_of_place(
	stay: Stay, one: OnRoll | None, in_office: Sequence[OnRoll], today: date, newest: date | None
) -> Disagreement | None:
	"""Return why somebody in the group should perhaps not be there."""
	if one in in_office:
		return None
	if one is not None and one.held_office:
		ended = [term.end for term in one.terms if is_office(term.role) and term.end is not None and term.end < today]
		if not ended:  # a term that lies ahead: elected, not yet in office
			return None
		left = max(ended)
		if newest is not None and newest <= left:
			return None
		words = f"{stay.name} left office on {day_words(left)} and is still in the group."
		return Disagreement(stay.person_id, stay.name, "left_office", words)
	if not in_office:
		return None
	if one is None:
		words = f"{stay.name} is in the group, and nobody has said who that is."
	else:
		role = one.role_on(today)
		words = f"{stay.name}{f' ({role})' if role else ''} is in the group and not in office."
	return Disagreement(stay.person_id, stay.name, "not_on_roll", words)
