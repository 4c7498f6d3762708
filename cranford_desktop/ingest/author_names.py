"""Who is who on several phones: the names under which one export shows people, and those of another.

Evidence are equal phone numbers, equal names, and above all texts that stand on both sides. A guess here serves only to
compare messages; who a person is, the clerk says.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from cranford_desktop.domain.phone_numbers import PhoneNumber
from cranford_desktop.ingest.held_people import NOBODY, HeldPeople
from cranford_desktop.ingest.name_choices import first_name, is_another_number, name_key, number_of, settle

SAME, UNKNOWN, UNLIKELY, DIFFERENT = 3, 2, 1, 0
"""What is known of two names on two phones."""


class Authors:
	"""Which of the people held an export's names can mean, for comparing its messages."""

	def __init__(self, people: HeldPeople, names: Iterable[str]) -> None:
		self._people = people
		self.names = list(dict.fromkeys(names))
		self.index = {name: number for number, name in enumerate(self.names)}
		self._by_key = {name_key(name): number for name, number in self.index.items()}
		self.owner = NOBODY
		"""Label of whose phone the export is of, as far as its lines show it."""
		self.others: frozenset[int] = frozenset()
		"""Numbers of names that its lines mention: the owner, who is "you" there, is none of them."""
		self.own_names: frozenset[str] = frozenset()
		"""All names that the export shows, of writers and of those whom its lines mention, as names are compared."""
		self.held_names: Mapping[int, frozenset[str]] = {}
		"""The same for each held export."""
		self.same_phone: Mapping[int, bool] = {}
		"""For held exports whether they are of the same phone, as far as their records show it."""
		self.learn({})

	def learn(self, votes: Mapping[str, Counter[int]]) -> None:
		"""Settle whom each name means, from how often its texts are those of which label."""
		empty: Counter[int] = Counter()
		self._found = settle(
			{name: votes.get(name, empty) for name in self.names},
			self._people.names,
			self._people.numbers,
			self._people.exports,
			self._people.changed,
		)
		self._taken = {label for one in self._found.values() for label in one.labels}
		self._likely = _likely(
			[name for name in self.names if self._found[name].top < 0],
			{n: some for n, some in enumerate(self._people.names) if some and n not in self._taken},
		)
		self._liked = set(self._likely.values())
		self._known: dict[tuple[int, int], int] = {}

	def settled(self) -> dict[str, tuple[frozenset[int], int]]:
		"""Return what is known of each name, to see whether anything was learnt."""
		return {name: (self._found[name].labels, self._likely.get(name, NOBODY)) for name in self.names}

	def named(self, name: str) -> int:
		"""Return the number of a name that a line of the app mentions; NOBODY where nobody of that name wrote."""
		return self._by_key.get(name_key(name), NOBODY)

	def label(self, name: int) -> int:
		"""Return the one label that a name (its number) means; NOBODY where it is not known or not one."""
		if name < 0:
			return NOBODY
		known = self._found[self.names[name]].labels
		if len(known) == 1:
			return next(iter(known))
		return NOBODY if known else self._likely.get(self.names[name], NOBODY)

	def relation(self, label: int, name: int) -> int:
		"""Say what is known of a held label and a name (its number) of the export."""
		if label < 0 or name < 0:
			return SAME if label == name else UNKNOWN
		known = self._known.get((label, name))
		if known is None:
			known = self._known[label, name] = self._relation(label, self.names[name])
		return known

	def told_apart(self, label: int, name: int) -> bool:
		"""Say whether a held label and a name (its number) are two people whatever text they share: one export shows
		the label beside whom the name means.
		"""
		if label < 0 or name < 0:
			return False
		one = self._found[self.names[name]]
		return label not in one.labels and one.top >= 0 and self._people.clash(label, one.top)

	def has_another_number(self, numbers: Collection[PhoneNumber], name: int) -> bool:
		"""Say whether a name (its number) is a phone number, and exports show other numbers in its place."""
		number = number_of(self.names[name]) if name >= 0 and numbers else None
		return number is not None and number not in numbers and self.label(name) not in self._people.changed

	def named_otherwise(self, label: int, name: int) -> bool:
		"""Say whether a held label is known by names, and a name (its number) has no first name in common with them."""
		if label < 0 or name < 0:
			return False
		first = first_name(self.names[name])
		known = {first_name(one) for one in self._people.names[label]} - {""}
		return bool(first and known) and first not in known

	def is_taken(self, label: int) -> bool:
		"""Say whether some name of the export means a held label."""
		return label in self._taken and label not in self._people.changed

	def called_otherwise(self, name: int, export: int, key: str) -> bool:
		"""Say whether a held export shows whom a name (its number) means under another name than this."""
		label = self.label(name)
		return label >= 0 and self._people.called_otherwise(label, export, key)

	def may_call(self, key: str, people: frozenset[int]) -> bool:
		"""Say whether a name of the export can mean one of these labels, as far as its texts show."""
		label = self.label(self._by_key.get(key, NOBODY))
		return label == NOBODY or label in people

	def may_be_called(self, export: int, key: str, names: frozenset[int]) -> bool:
		"""Say whether a name of a held export can mean whom one of these names (their numbers) means."""
		label = self._people.named(export, key)
		return label == NOBODY or label not in self._taken or any(label == self.label(name) for name in names)

	def meant_by(self, names: Iterable[int]) -> frozenset[int]:
		"""Return the labels that some names (their numbers) mean beyond doubt."""
		return frozenset(label for label in map(self.label, names) if label != NOBODY)

	def can_be_owner(self, name: int) -> bool:
		"""Say whether a name (its number) can be the phone's owner: neither a number nor named by the app's lines."""
		return name >= 0 and name not in self.others and number_of(self.names[name]) is None

	def can_share(self, label: int, name: int) -> bool:
		"""Say whether a name (its number) can be a held label's and somebody else's: one phone calls two people so."""
		if label < 0 or name < 0:
			return label == name
		called, first = self.names[name], first_name(self.names[name])
		if is_another_number(number_of(called), self._people.numbers[label]):
			return False
		known = {first_name(one) for one in self._people.names[label]} - {""}
		if first and known:
			return first in known
		return self._found[called].top < 0

	def is_short(self, name: int) -> bool:
		"""Say whether a name (its number) is a first name alone: two people are called so sooner than "Ann Example"."""
		return name >= 0 and name_key(self.names[name]) == first_name(self.names[name])

	def may_be_beside(self, exports: Collection[int], label: int, name: int) -> bool:
		"""Say whether held exports that show a message as a label's may so call whom a name (its number) means, too:
		none of them shows her by another name.
		"""
		if label < 0 or name < 0:
			return False
		known = {first_name(one) for one in self._people.names[label]} - {""}
		if not known and label not in self._taken and number_of(self.names[name]) is None:
			# Whom the export shows under no other name, and others by her number alone: she can be called anything.
			return True
		other = self._found[self.names[name]].top
		if other < 0 or not self._people.exports[other].isdisjoint(exports):
			return False
		if is_another_number(number_of(self.names[name]), self._people.numbers[label]):
			return False
		here = set(map(first_name, self._people.names[label])) - {""}
		there = set(map(first_name, self._people.names[other])) - {""}
		return not here or not there or not here.isdisjoint(there)

	def _relation(self, label: int, name: str) -> int:
		one = self._found[name]
		liked = self._likely.get(name, NOBODY)
		if label in one.labels or liked == label:
			return SAME
		if label not in self._people.changed and is_another_number(number_of(name), self._people.numbers[label]):
			return DIFFERENT
		if label in self._taken and first_name(name) and first_name(name) in map(first_name, self._people.names[label]):
			# Somebody else is meant by that name, or both are: a phone can show two people under one name.
			return UNLIKELY
		if label in self._taken or (one.top >= 0 and self._people.clash(label, one.top)):
			return DIFFERENT
		if label in self._liked or (liked >= 0 and self._people.clash(label, liked)):
			return UNLIKELY
		return UNKNOWN


def _likely(names: Iterable[str], labels: Mapping[int, set[str]]) -> dict[str, int]:
	"""Return the names and labels that alone have a first name in common: "Bob Work", "Bob Fielding"."""
	of_names: dict[str, set[str]] = defaultdict(set)
	for name in names:
		of_names[first_name(name)].add(name)
	of_labels: dict[str, set[int]] = defaultdict(set)
	for label, known in labels.items():
		for one in known:
			of_labels[first_name(one)].add(label)
	return {
		next(iter(some)): next(iter(of_labels[first]))
		for first, some in of_names.items()
		if first and len(some) == 1 and len(of_labels.get(first, ())) == 1
	}
