"""Whom the app's own lines name: "Tom added you" on one phone, "You added Ann" on the other, whatever they call her.

Most people named so have written something, and then their texts tell who is who. For the others there are equal names,
equal phone numbers, and for "you" the lines that stand once on both sides: there the other phone names the owner.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.messages import Record
from cranford_desktop.domain.phone_numbers import PhoneNumber
from cranford_desktop.ingest.anchors import Places, alone
from cranford_desktop.ingest.author_names import DIFFERENT, LIKELY, SAME, UNKNOWN, UNLIKELY, Authors
from cranford_desktop.ingest.held_people import NOBODY, HeldPeople
from cranford_desktop.ingest.likeness import Named, Thing
from cranford_desktop.ingest.name_choices import first_name, name_key, number_of

YOU = "You"
"""The phone's owner, as lines name her in any language."""


class Owners(NamedTuple):
	"""Whose phones the held exports are of."""

	known: Mapping[int, int]
	"""Export → label of its owner."""
	others: Mapping[int, frozenset[int]]
	"""Export → labels of whom its lines mention by name."""
	can_be: Mapping[int, frozenset[int]]
	"""Export → labels of who can be its owner, if she wrote."""


def owners_of(held: Sequence[HeldMessage], people: HeldPeople) -> Owners:
	"""Return whose phones the held exports are of."""
	others = mentioned(held, people)
	return Owners(held_owners(held, people), others, people.can_own(others))


def cast_of_held(faces: Sequence[Face], people: HeldPeople, owners: Owners) -> tuple[Named, ...]:
	"""Return whom a held line names, in its order."""
	length = len(faces[0].named)
	seen: list[list[tuple[int, str]]] = [[] for _ in range(length)]
	for face in faces:
		if len(face.named) == length:
			for place, name in enumerate(face.named):
				seen[place].append((face.export, name))
	return tuple(
		Named(
			frozenset(
				label
				for label in (
					owners.known.get(export, NOBODY) if name == YOU else people.named(export, name)
					for export, name in names
				)
				if label != NOBODY
			),
			*_facts(name for _, name in names),
			frozenset(export for export, name in names if name == YOU),
			frozenset((export, name_key(name)) for export, name in names if name != YOU),
			not_these=frozenset[int]().union(*(owners.others.get(export, ()) for export, name in names if name == YOU)),
			first_names=_first_names(name for _, name in names),
			can_be=frozenset[int]().union(*(owners.can_be.get(export, ()) for export, name in names if name == YOU)),
		)
		for names in seen
	)


def cast_of_new(record: Record, authors: Authors) -> tuple[Named, ...]:
	"""Return whom a new line names, in its order."""
	return tuple(
		Named(
			frozenset({authors.named(name)} - {NOBODY}),
			*_facts([name]),
			owner=name == YOU,
			first_names=_first_names([name]),
		)
		for name in record.named
	)


def _facts(names: Iterable[str]) -> tuple[frozenset[str], frozenset[PhoneNumber]]:
	others = [name for name in names if name != YOU]
	return frozenset(map(name_key, others)), frozenset(one for one in map(number_of, others) if one is not None)


def _first_names(names: Iterable[str]) -> frozenset[str]:
	return frozenset(first_name(name) for name in names if name != YOU) - {""}


def mentioned(held: Sequence[HeldMessage], people: HeldPeople) -> dict[int, frozenset[int]]:
	"""Return for each export the labels of whom its lines mention by name: its owner is none of them."""
	found: dict[int, set[int]] = {}
	for message in held:
		for face in message.faces:
			if face.kind == "system":
				found.setdefault(face.export, set()).update(
					people.named(face.export, name) for name in face.named if name != YOU
				)
	return {export: frozenset(some - {NOBODY}) for export, some in found.items()}


def held_owners(held: Sequence[HeldMessage], people: HeldPeople) -> dict[int, int]:
	"""Return whose phone each export is of, as a label, where other exports show her name in its lines about "you"."""
	votes: dict[int, Counter[int]] = {}
	for message in held:
		faces = message.faces
		if len(faces) == 1 or faces[0].kind != "system":
			continue
		for face in faces:
			for place, name in enumerate(face.named):
				if name != YOU:
					continue
				counter = votes.setdefault(face.export, Counter())
				for other in faces:
					if len(other.named) == len(face.named) and other.named[place] != YOU:
						counter[people.named(other.export, other.named[place])] += 1
	return {export: label for export, counter in votes.items() if (label := _elected(counter)) != NOBODY}


def owner_of_new(held: Sequence[Thing], new: Sequence[Thing]) -> int:
	"""Return whose phone a new export is of, as a label: by the lines that stand once near their time on both sides."""
	votes: Counter[int] = Counter()
	for i, j in alone(_lines(held), _lines(new)):
		if len(held[i].cast) == len(new[j].cast):
			for one, two in zip(held[i].cast, new[j].cast, strict=True):
				if two.owner:
					votes.update(one.people)
	return _elected(votes)


def _lines(things: Sequence[Thing]) -> dict[Hashable, Places]:
	found: dict[Hashable, Places] = {}
	for number, thing in enumerate(things):
		if thing.cast:
			look = thing.looks[0]
			places = found.setdefault((look.event, look.quoted[-1:]), [])
			places.extend((at, number) for at in thing.minutes)
	for places in found.values():
		places.sort()
	return found


def _elected(votes: Counter[int]) -> int:
	del votes[NOBODY]
	if not votes:
		return NOBODY
	label = min(votes, key=lambda one: (-votes[one], one))
	return label if votes[label] * 2 > votes.total() else NOBODY


def relation(held: Named, new: Named, authors: Authors) -> int:
	"""Say what is known of two places of two casts."""
	if new.owner:
		return _to_owner(held, authors)
	if held.not_these and authors.meant_by(new.people) & held.not_these and not held.people:
		return DIFFERENT
	known = {authors.relation(label, name) for label in held.people for name in new.people}
	if SAME in known:
		return SAME
	if known == {DIFFERENT}:
		return DIFFERENT
	if held.keys & new.keys or held.numbers & new.numbers:
		return SAME
	if held.numbers and new.numbers:
		return DIFFERENT
	if any(authors.called_otherwise(name, *one) for name in new.people for one in held.shown):
		return DIFFERENT
	if _named_elsewhere(held, new, authors):
		return DIFFERENT
	if not new.people and held.people and all(map(authors.is_taken, held.people)):
		return DIFFERENT
	if held.can_be and not held.people:
		return _from_owner(held, new, authors)
	return UNLIKELY if held.first_names and new.first_names and not held.may_be(new) else UNKNOWN


def _to_owner(held: Named, authors: Authors) -> int:
	"""Say what is known of a place of a held cast and "you", the owner of the new export's phone."""
	phones = {authors.same_phone.get(export) for export in held.owners_of}
	if True in phones or authors.owner in held.people:
		return SAME
	# Two phones' "you" are two people.
	if False in phones:
		return DIFFERENT
	if held.people and held.people <= authors.meant_by(authors.others):
		return DIFFERENT
	if authors.owner != NOBODY:
		return UNLIKELY if held.people else UNKNOWN
	return _guessed(held.people, authors.own, authors, one_of=len(authors.own))


def _from_owner(held: Named, new: Named, authors: Authors) -> int:
	"""Say how likely "you" on held exports' phones is somebody of whom nothing else is known."""
	if not new.people and new.first_names and authors.first_names_of(held.can_be).isdisjoint(new.first_names):
		return UNLIKELY
	return _guessed(held.can_be, new.people, authors, one_of=len(held.can_be))


def _guessed(labels: Collection[int], names: Collection[int], authors: Authors, *, one_of: int) -> int:
	"""Say how likely somebody is the owner whom a phone calls "you", where she is one of so many who can be: she may
	have written nothing.
	"""
	known = {authors.relation(label, name) for label in labels for name in names}
	if not known:
		return UNKNOWN
	if SAME in known:
		return LIKELY if one_of == 1 else UNKNOWN
	return UNKNOWN


def others(held: Named, new: Named, authors: Authors) -> bool:
	"""Say whether two places of two casts are beyond doubt two people's; what was joined on a guess may mislead."""
	if new.owner:
		phones = {authors.same_phone.get(export) for export in held.owners_of}
		return False in phones and True not in phones
	known = {authors.relation(label, name) for label in held.people for name in new.people}
	if known == {DIFFERENT}:
		return not any(authors.can_share(label, name) for label in held.people for name in new.people)
	if SAME in known or held.owners_of:
		return False
	if not new.people and held.people and all(map(authors.is_taken, held.people)):
		return not held.may_be(new)
	if _named_elsewhere(held, new, authors):
		return True
	if held.first_names:
		return False
	return bool(held.numbers and new.numbers) and not held.numbers & new.numbers


def _named_elsewhere(held: Named, new: Named, authors: Authors) -> bool:
	"""Say whether the export names somebody else as a held one names this person, or the other way round."""
	if not held.shown or not new.keys or held.may_be(new):
		return False
	if any(key in authors.own_names and authors.may_call(key, held.people) for key in held.keys):
		return True
	return any(
		key in authors.held_names.get(export, ()) and authors.may_be_called(export, key, new.people)
		for export, _ in held.shown
		for key in new.keys
	)


def names_of(held: Sequence[HeldMessage]) -> dict[int, frozenset[str]]:
	"""Return for each export all names that it shows, as names are compared."""
	found: dict[int, set[str]] = {}
	for message in held:
		for face in message.faces:
			some = found.setdefault(face.export, set())
			if face.kind == "system":
				some.update(face.named)
			elif face.sender is not None:
				some.add(face.sender)
	return {export: frozenset(map(name_key, some - {YOU})) for export, some in found.items()}
