"""Which names that phones show look like one human being, and why. It guesses; the clerk decides."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.people import SamePerson, folded_name
from cranford_desktop.domain.phone_numbers import PhoneNumber, phone_number

Said = Literal["same", "different", "later"]
MANY = 10
"""So many messages in common under two names leave hardly a doubt."""
_FEW = 2
"""Fewer messages in common are no reason by themselves: two people may say "Yes" in one minute."""
_MOST = 0.9
"""Share of a name's differing messages that must point to one other name, else several people bear that name."""
_TITLES = {"cllr", "councillor", "mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "sir", "dame", "lady", "lord"}
_OFFICES = {"clerk", "chair", "chairman", "chairwoman", "deputy", "vice", "parish", "council", "pc", "work", "new"}
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


class Rendering(NamedTuple):
	"""A name that exports show as a sender."""

	id: int
	rendered: str
	person_id: int | None = None
	person: str | None = None
	"""Name of the person the clerk confirmed it to be."""


class SharedMessages(NamedTuple):
	"""Messages that one export shows under one name and the history under another."""

	first: int
	second: int
	"""Ids of the two renderings."""
	messages: int
	of: int
	"""Messages of the first name in that export which the history shows under any other name."""
	first_phone: str
	second_phone: str


class NumberChange(NamedTuple):
	"""A line of the app that says who changed to which number."""

	names: tuple[str, ...]
	"""Everybody it names, as exported: before the change first, after it last."""
	on: date


@dataclass(slots=True)
class _Evidence:
	same_number: bool = False
	change: NumberChange | None = None
	shared: SharedMessages | None = None
	alike: bool = False

	@property
	def messages(self) -> int:
		return self.shared.messages if self.shared is not None else 0

	@property
	def linked(self) -> bool:
		"""Say whether one phone may show both names: the number is one, or a change of number ties them."""
		return self.same_number or self.change is not None

	@property
	def certain(self) -> bool:
		shared = self.shared
		many = shared is not None and shared.messages >= MANY and shared.messages >= shared.of * _MOST
		return self.linked or many

	@property
	def strength(self) -> tuple[bool, int, bool]:
		return self.certain, self.messages, self.alike


_Pair = tuple[int, int]
_NOTED = re.compile(r"[^\w\s.,'’-]|\s-\s")
"""What a contact's name holds beside the name: "Tom Barlow: Allotments", "Ruth Ashdown (Chair)", "Clerk - Helen"."""


def pair_key(first: str, second: str) -> str:
	"""Return what names a pair of renderings for good, whatever their order."""
	both = sorted((folded_name(first), folded_name(second)))
	return hashlib.sha256("\n".join(both).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def bare_name(rendered: str) -> str:
	"""Return a name as names are compared: folded, without the "~" of somebody who is no contact."""
	return fold(rendered).lstrip("~ ")


def best_name(renderings: Iterable[str]) -> str:
	"""Return the rendering to propose as a person's name: name before number, without "~" or a note, the fuller."""
	best = min(
		renderings,
		key=lambda one: (phone_number(one) is not None, one.startswith("~"), bool(_NOTED.search(one)), -len(one), one),
	)
	return best.lstrip("~ \u00a0") or best


def alike(first: str, second: str) -> bool:
	"""Say whether two names may be one person's: equal but for titles, part of it, an initial for a name."""
	here, there = _words(first), _words(second)
	if not here or not there:
		return False
	if set(here) <= set(there) or set(there) <= set(here):
		return max(map(len, set(here) & set(there))) > 2
	return len(here) > 1 and len(there) > 1 and here[-1] == there[-1] and _initial(here[0], there[0])


def guess(
	renderings: Sequence[Rendering],
	*,
	together: Iterable[frozenset[int]],
	shared: Iterable[SharedMessages],
	changes: Iterable[NumberChange],
	said: Mapping[str, Said],
) -> list[SamePerson]:
	"""Return the pairs of renderings that look like one person, surest first, those put off last.

	`together`: for each export the renderings it shows as senders; two of them are two people, unless a number ties
	them. `said`: what the clerk answered, by the pair's key. One question for two people: the best reason asks it.
	"""
	known = {one.id: one for one in renderings}
	found = _evidence(renderings, shared, changes)
	apart = {frozenset(pair) for shown in together for pair in combinations(sorted(shown), 2)}
	refused = {
		frozenset(_who(known[one]) for one in pair) for pair in found if said.get(_key(known, pair)) == "different"
	}
	members: dict[tuple[str, int], list[int]] = {}
	for one in renderings:
		members.setdefault(_who(one), []).append(one.id)
	best: dict[frozenset[tuple[str, int]], _Pair] = {}
	for pair, evidence in found.items():
		sides = frozenset(_who(known[one]) for one in pair)
		if len(sides) == 1 or sides in refused or not _worth_asking(known, pair, evidence):
			continue
		if not evidence.linked and _seen_apart(pair, known, members, apart):
			continue
		if sides not in best or evidence.strength > found[best[sides]].strength:
			best[sides] = pair
	answers = [_same_person(known, pair, found[pair]) for pair in best.values()]
	strength = {_key(known, pair): found[pair].strength for pair in best.values()}
	return sorted(
		answers,
		key=lambda one: (
			said.get(one.key) == "later",
			not one.certain,
			-strength[one.key][1],
			one.first.casefold(),
			one.second.casefold(),
		),
	)


def linked_names(
	renderings: Sequence[Rendering],
	*,
	together: Iterable[frozenset[int]],
	shared: Iterable[SharedMessages],
	changes: Iterable[NumberChange],
	said: Mapping[str, Said],
) -> list[tuple[str, str]]:
	"""Return the pairs of renderings that are hardly in doubt: to put two names of one member into one line."""
	guesses = guess(renderings, together=together, shared=shared, changes=changes, said=said)
	return [(one.first, one.second) for one in guesses if one.certain]


def _evidence(
	renderings: Sequence[Rendering], shared: Iterable[SharedMessages], changes: Iterable[NumberChange]
) -> dict[_Pair, _Evidence]:
	found: dict[_Pair, _Evidence] = {}

	def of(first: int, second: int) -> _Evidence:
		return found.setdefault((min(first, second), max(first, second)), _Evidence())

	numbers: dict[PhoneNumber, list[int]] = {}
	for one in renderings:
		number = phone_number(one.rendered)
		if number is not None:
			numbers.setdefault(number, []).append(one.id)
	for ids in numbers.values():
		for first, second in combinations(ids, 2):
			of(first, second).same_number = True
	for first, second, change in _changed(renderings, changes):
		of(first, second).change = change
	for each in shared:
		if each.messages >= _FEW and each.first != each.second:
			evidence = of(each.first, each.second)
			if evidence.shared is None or each.messages > evidence.shared.messages:
				evidence.shared = each
	for first, second in _alike_pairs(renderings):
		of(first, second).alike = True
	return found


def _changed(
	renderings: Sequence[Rendering], changes: Iterable[NumberChange]
) -> Iterator[tuple[int, int, NumberChange]]:
	by_name = {bare_name(one.rendered): one.id for one in renderings}
	by_number = {number: one.id for one in renderings if (number := phone_number(one.rendered)) is not None}
	for change in changes:
		ids = []
		for name in change.names:
			number = phone_number(name)
			held = by_number.get(number) if number is not None else by_name.get(bare_name(name))
			if held is not None and held not in ids:
				ids.append(held)
		for first, second in pairwise(ids):
			yield first, second, change


def _alike_pairs(renderings: Sequence[Rendering]) -> Iterator[_Pair]:
	"""Yield the pairs of names that are alike; a single word says something only where it fits one other name."""
	named = [one for one in renderings if phone_number(one.rendered) is None]
	fits: dict[int, list[int]] = {}
	for first, second in combinations(named, 2):
		if alike(first.rendered, second.rendered):
			fits.setdefault(first.id, []).append(second.id)
			fits.setdefault(second.id, []).append(first.id)
	words = {one.id: len(_words(one.rendered)) for one in named}
	for first_id, others in fits.items():
		for second_id in others:
			vague = any(words[one] < 2 and len(fits[one]) > 1 for one in (first_id, second_id))
			if first_id < second_id and not vague:
				yield first_id, second_id


def _worth_asking(known: Mapping[int, Rendering], pair: _Pair, evidence: _Evidence) -> bool:
	"""Say whether there is a reason to ask; two people she has named apart are asked about on strong evidence only."""
	if all(known[one].person_id is not None for one in pair):
		return evidence.certain
	return evidence.linked or evidence.shared is not None or evidence.alike


def _seen_apart(
	pair: _Pair,
	known: Mapping[int, Rendering],
	members: Mapping[tuple[str, int], Sequence[int]],
	apart: set[frozenset[int]],
) -> bool:
	here, there = (members[_who(known[one])] for one in pair)
	return any(frozenset((one, other)) in apart for one in here for other in there)


def _who(one: Rendering) -> tuple[str, int]:
	return ("person", one.person_id) if one.person_id is not None else ("name", one.id)


def _key(known: Mapping[int, Rendering], pair: _Pair) -> str:
	return pair_key(known[pair[0]].rendered, known[pair[1]].rendered)


def _same_person(known: Mapping[int, Rendering], pair: _Pair, evidence: _Evidence) -> SamePerson:
	first, second = sorted(
		(known[one] for one in pair),
		key=lambda one: (
			one.person_id is None,
			phone_number(one.rendered) is not None,
			one.rendered.casefold(),
			one.id,
		),
	)
	held = first if first.person_id is not None else second
	return SamePerson(
		key=pair_key(first.rendered, second.rendered),
		first=first.rendered,
		second=second.rendered,
		person_id=held.person_id,
		name=held.person or best_name((first.rendered, second.rendered)),
		reasons=tuple(_reasons(known, evidence)),
		certain=evidence.certain,
	)


def _reasons(known: Mapping[int, Rendering], evidence: _Evidence) -> Iterator[str]:
	if evidence.same_number:
		yield "It is the same telephone number, written in two ways."
	if evidence.change is not None:
		was, now = evidence.change.names[-2:]
		yield f"WhatsApp’s own line of {day_words(evidence.change.on)} says that {was} changed to {now}."
	shared = evidence.shared
	if shared is not None:
		sides = [
			(known[shared.first].rendered, _in_sentence(shared.first_phone)),
			(known[shared.second].rendered, _in_sentence(shared.second_phone)),
		]
		(first, here), (second, there) = sorted(sides, key=lambda side: phone_number(side[0]) is not None)
		if here == there:
			where = f"{first} in one export of {here}, {second} in another."
		else:
			where = f"{first} on {here}, {second} on {there}."
		yield f"The same {shared.messages:,} messages: {where}"
	if evidence.alike:
		alone = not evidence.linked and shared is None
		yield "The names are alike. That alone says little." if alone else "The names are alike, too."


def _in_sentence(phone: str) -> str:
	"""Return a phone's name as it stands inside a sentence: "the clerk's phone"."""
	return f"t{phone[1:]}" if phone.startswith("The ") else phone


def _words(name: str) -> list[str]:
	"""Return the words of a name that say who it is: without titles and offices, unless nothing else is there."""
	words = [one.rstrip("'").removesuffix("'s") for one in _WORD.findall(bare_name(name))]
	return [one for one in words if one not in _TITLES and one not in _OFFICES]


def _initial(first: str, second: str) -> bool:
	short, long = sorted((first, second), key=len)
	return len(short) == 1 and long.startswith(short)
