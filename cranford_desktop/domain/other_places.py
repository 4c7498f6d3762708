"""Where else was looked for a request: places besides the archive, and members who were asked.

An archive alone is no complete answer: what is held anywhere on the council's behalf is held (FOIA 2000 s.3(2)), and
the search is kept on record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.letters import LetterKind

PlaceResult = Literal["nothing", "found", "not_looked"]
"""Nothing there; something found; not looked, with the reason."""
PLACE_RESULTS: tuple[PlaceResult, ...] = ("nothing", "found", "not_looked")
RESULT_WORDS: dict[PlaceResult, str] = {
	"nothing": "Nothing there",
	"found": "Something found",
	"not_looked": "Not looked",
}


@dataclass(frozen=True, slots=True)
class UsualPlace:
	"""A row of `resources/policy/places.toml`."""

	key: str
	name: str
	hint: str
	letter: str
	"""How an answer names it."""


@dataclass(frozen=True, slots=True)
class WithoutReason:
	"""Why nothing of the archive is in scope of a request: a row of `resources/policy/places.toml`."""

	key: str
	words: str
	letter: LetterKind
	"""What usually answers such a request."""
	searched: bool = False
	"""Only where the archive was searched and showed nothing."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
	"""What the clerk says of one place."""

	place: str
	"""The key of a usual place, or its name in her words."""
	who: str
	looked_on: date | None
	result: PlaceResult
	looked_for: str = ""
	note: str = ""
	"""Why nobody looked; what was found; nothing that the answer needs."""


@dataclass(frozen=True, slots=True)
class LookedPlace:
	"""A place, or a member who was asked, as it is kept."""

	id: int
	request_id: int
	place: str
	who: str
	person_id: int | None
	asked_on: date | None
	due: date | None
	"""By when a member's answer is asked for; after "no reply": when to ask again."""
	looked_on: date | None
	result: PlaceResult | None
	"""None: a member has not answered yet."""
	looked_for: str
	note: str
	ask_id: int | None = None
	"""Of a member: the entry among those asked for their exports."""

	@property
	def waits(self) -> bool:
		"""Return whether an answer is still to come."""
		return self.result is None


@dataclass(frozen=True, slots=True)
class MembersAsked:
	"""How far the asking of members is."""

	asked: int = 0
	answered: int = 0
	nothing_held: int = 0
	waiting: int = 0
	since: date | None = None
	"""Since when the first of them waits."""
	next_due: date | None = None
	"""The first day on which an answer is due, or to be asked for again."""

	@property
	def words(self) -> str:
		"""Return "4 asked, 3 answered, 1 waiting since 5 November 2026"."""
		if not self.asked:
			return ""
		told = f"{self.asked} asked, {self.answered} answered"
		if self.nothing_held:
			told += f" ({self.nothing_held} {'holds' if self.nothing_held == 1 else 'hold'} nothing)"
		if self.waiting and self.since is not None:
			told += f", {self.waiting} waiting since {day_words(self.since)}"
		return told


class LoggedPlace(NamedTuple):
	"""A place as the council's own record tells it."""

	place: str
	who: str
	when: date | None
	looked_for: str
	result: str
	note: str


def logged_places(places: Sequence[LookedPlace], usual: Sequence[UsualPlace]) -> list[LoggedPlace]:
	"""Return where was looked as the council's own record tells it."""
	return [
		LoggedPlace(
			place=place_name(one.place, usual),
			who=one.who,
			when=one.looked_on or one.asked_on,
			looked_for=one.looked_for,
			result=RESULT_WORDS[one.result] if one.result is not None else "Asked, no answer yet",
			note=one.note,
		)
		for one in places
	]


def members_asked(places: Iterable[LookedPlace]) -> MembersAsked:
	"""Count the members among the places."""
	asked = [one for one in places if one.person_id is not None]
	waiting = [one for one in asked if one.waits]
	return MembersAsked(
		asked=len(asked),
		answered=len(asked) - len(waiting),
		nothing_held=sum(one.result == "nothing" for one in asked),
		waiting=len(waiting),
		since=min((one.asked_on for one in waiting if one.asked_on is not None), default=None),
		next_due=min((one.due for one in waiting if one.due is not None), default=None),
	)


def place_name(place: str, usual: Sequence[UsualPlace]) -> str:
	"""Return what a place is called on screen."""
	return next((one.name for one in usual if one.key == place), place)


def searched_lines(places: Sequence[LookedPlace], usual: Sequence[UsualPlace]) -> list[str]:
	"""Return the places that were looked in, as an answer names them: never who looked, never what a member said."""
	letters = {one.key: one.letter for one in usual}
	lines = [
		letters.get(one.place, one.place) + (f", on {day_words(one.looked_on)}" if one.looked_on else "")
		for one in places
		if one.person_id is None and one.result in ("nothing", "found")
	]
	members = members_asked(places)
	if members.answered:
		whom = "1 member was" if members.asked == 1 else f"{members.asked} members were"
		told = f"{whom} asked to look at their own phones and accounts"
		lines.append(
			f"{told}; all have answered"
			if members.answered == members.asked > 1
			else f"{told} and answered"
			if members.answered == members.asked
			else f"{told}; {members.answered} {'has' if members.answered == 1 else 'have'} answered"
		)
	return lines


def not_searched_lines(places: Sequence[LookedPlace], usual: Sequence[UsualPlace]) -> list[str]:
	"""Return the places where nobody looked, with the reason, as an answer names them."""
	letters = {one.key: one.letter for one in usual}
	return [
		f"{letters.get(one.place, one.place)}: {one.note}" if one.note else letters.get(one.place, one.place)
		for one in places
		if one.person_id is None and one.result == "not_looked"
	]
