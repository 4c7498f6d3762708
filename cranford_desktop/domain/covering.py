"""What the clerk ticked when she covered a person up, and the places that were found for her to tick."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.phone_numbers import phone_number

Where = Literal["text", "earlier", "sender", "file", "group", "wording"]
"""The shown text of a message, another version of it, its sender, the name of one of its files; the name of a group and
the words of the request stand once.
"""


def name_key(name: str) -> str:
	"""Return what makes two names one: the number that is dialled, else the name without case, accents and marks."""
	number = phone_number(name)
	return number.core if number else fold(name)


class Spared(NamedTuple):
	"""One place in the shown text of a message that means somebody else, and stays readable."""

	message_id: int
	start: int
	end: int
	words: str
	"""As they stood there: where the message was edited since, the place is covered again."""


@dataclass(frozen=True, slots=True)
class Ticks:
	"""How covering a person was narrowed or widened by hand; without any, all their names are covered everywhere."""

	also: tuple[str, ...] = ()
	"""Further words that mean them: "Jean" by itself."""
	left: tuple[str, ...] = ()
	"""Names of theirs that are not covered."""
	phrases: tuple[str, ...] = ()
	"""Longer names of somebody else in which theirs may stand: "Cllr Jean Shaw"."""
	spared: tuple[Spared, ...] = ()

	def covered(self, names: Sequence[str]) -> tuple[str, ...]:
		"""Return which names of a person are covered: those left ticked, and what was ticked besides."""
		left = set(map(name_key, self.left))
		return tuple(dict.fromkeys((*(one for one in names if name_key(one) not in left), *self.also)))

	def written(self) -> str:
		"""Return them as they are kept; empty for none."""
		if self == Ticks():
			return ""
		return json.dumps([self.also, self.left, self.phrases, self.spared], ensure_ascii=False)


ALL_TICKED = Ticks()


def ticks_read(kept: str | None) -> Ticks:
	"""Return what `Ticks.written` wrote."""
	if not kept:
		return ALL_TICKED
	also, left, phrases, spared = json.loads(kept)
	return Ticks(tuple(also), tuple(left), tuple(phrases), tuple(Spared(*one) for one in spared))


class Coverable(NamedTuple):
	"""Somebody who can be covered up; `office`: the role in which their name is not suggested, empty for none."""

	name: str
	office: str = ""


@dataclass(frozen=True, slots=True)
class PersonPlace:
	"""One place that covering a person would cover."""

	message_id: int
	where: Where
	start: int
	end: int
	words: str
	around: tuple[tuple[str, bool], ...]
	"""The words around it; True for those that would be covered."""
	other: str = ""
	"""Somebody else who is or may be meant here; empty where nobody is."""
	phrase: str = ""
	"""Their longer name, in which this place stands; all places in it are ticked together."""
	spare: bool = False
	"""It surely means them: left readable unless she ticks it."""


@dataclass(frozen=True, slots=True)
class NameForm:
	"""One name, number or address of a person with the places where it stands."""

	name: str
	kind: str
	"""In words: "name", "number", "e-mail", "address", "part of a name"."""
	offered: bool
	"""Not known of them, only part of a name of theirs: not covered unless she ticks it."""
	places: Sequence[PersonPlace]


@dataclass(frozen=True, slots=True)
class PersonPlaces:
	"""Everything that covering a person touches in a request."""

	person: str
	forms: Sequence[NameForm]
	maybe: Sequence[str] = ()
	"""Who may be the same person and is not covered with them."""

	def first_ticks(self) -> Ticks:
		"""Return what is ticked to begin with: all their names, and not what surely means somebody else."""
		return Ticks(phrases=tuple(dict.fromkeys(at.phrase for one in self.forms for at in one.places if at.spare)))

	def count(self, ticks: Ticks) -> int:
		"""Return how many places are covered with these ticks."""
		spared = set(ticks.spared)
		return sum(
			not one.phrase or one.phrase not in ticks.phrases
			for form in self.forms
			if (form.name in ticks.also if form.offered else form.name not in ticks.left)
			for one in form.places
			if one.where != "text" or Spared(one.message_id, one.start, one.end, one.words) not in spared
		)
