"""Who is who on several phones: the names under which one export shows people, and those of another.

Evidence are equal phone numbers, equal names, and above all texts that stand on both sides. A guess here serves only to
compare messages; who a person is, the clerk says.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.phone_numbers import PhoneNumber, phone_number
from cranford_desktop.ingest.likeness import LONG
from cranford_desktop.ingest.senders import folded

_Fact = TypeVar("_Fact", str, PhoneNumber)

SAME, UNKNOWN, UNLIKELY, DIFFERENT = 3, 2, 1, 0
"""What is known of two names on two phones."""
NOBODY = -1
"""The app itself, or a record without a name."""

SHORT_TEXT, LONG_TEXT = 1, 10
"""What a text that both sides show says of its author: anybody says "ok"."""
_BY_NAME = 10
"""What an equal name says, and an equal phone number."""
_BY_NUMBER = 40
_ENOUGH = 2
_INITIAL = 2
_TITLES = frozenset(["cllr", "councillor", "mrs", "miss", "rev", "revd", "sir", "lady", "lord", "the", "prof"])


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
	"""Return a name as names are compared: marks, case and kinds of space away."""
	return " ".join(folded(name).casefold().split())


@lru_cache(maxsize=4096)
def number_of(name: str) -> PhoneNumber | None:
	"""Return the phone number that a rendered name is; None for a name."""
	number = phone_number(name.lstrip("~ "))
	return number if number is not None and len(number.core) >= 7 else None


class HeldPeople:
	"""The people of the messages held: one label each, whatever the exports call them."""

	def __init__(self, held: Sequence[HeldMessage]) -> None:
		"""Follow each name from export to export through the messages that both show."""
		self._labels: dict[tuple[int, str], int] = {}
		self._joined: list[int] = []
		self.names: list[set[str]] = []
		self.numbers: list[set[PhoneNumber]] = []
		self.exports: list[set[int]] = []
		"""In which exports somebody of that label wrote: two labels of one export are two people."""
		self._assign(*_together(held))
		self._labels = {key: self._root(label) for key, label in self._labels.items()}
		self._by_key = {(export, name_key(name)): label for (export, name), label in self._labels.items()}
		self._called: dict[tuple[int, int], set[str]] = defaultdict(set)
		for (export, name), label in self._labels.items():
			self._called[export, label].add(name_key(name))
		self.changed = self._who_changed_numbers(held)
		"""Whose phone number changed, as a line of the app says: one export can show each under two names."""

	def _assign(
		self, seen: Mapping[tuple[int, str], None], shared: Mapping[tuple[int, str], Counter[tuple[int, str]]]
	) -> None:
		by_export: dict[int, list[str]] = defaultdict(list)
		for export, name in seen:
			by_export[export].append(name)
		for export in sorted(by_export):
			votes: dict[str, Counter[int]] = {}
			for name in sorted(by_export[export]):
				counter: Counter[int] = Counter()
				for partner, count in shared.get((export, name), {}).items():
					counter[self._root(self._labels[partner])] += count
				votes[name] = counter
			found = settle(votes, self.names, self.numbers, self.exports)
			for name in sorted(by_export[export]):
				self._add(export, name, found[name])

	def _add(self, export: int, name: str, choice: "Choice") -> None:
		"""Give a name of an export its label."""
		chosen = self._root(choice.top) if choice.top >= 0 else self._fresh()
		for other in sorted(choice.labels):
			label = self._root(other)
			if label != chosen and not self.clash(label, chosen):
				self._join(label, chosen)
		self._labels[export, name] = chosen
		self.exports[chosen].add(export)
		self.names[chosen].add(name_key(name))
		number = number_of(name)
		if number is not None:
			self.numbers[chosen].add(number)

	def _fresh(self) -> int:
		self._joined.append(len(self.names))
		self.names.append(set())
		self.numbers.append(set())
		self.exports.append(set())
		return len(self.names) - 1

	def _root(self, label: int) -> int:
		while self._joined[label] != label:
			label = self._joined[label]
		return label

	def _join(self, label: int, into: int) -> None:
		"""Take two labels that never stood in one export as one person's."""
		self._joined[label] = into
		self.names[into] |= self.names[label]
		self.numbers[into] |= self.numbers[label]
		self.exports[into] |= self.exports[label]
		self.names[label], self.numbers[label], self.exports[label] = set(), set(), set()

	def clash(self, one: int, other: int) -> bool:
		"""Say whether two labels are two people: one export shows both."""
		return one != other and not self.exports[one].isdisjoint(self.exports[other])

	def _who_changed_numbers(self, held: Sequence[HeldMessage]) -> frozenset[int]:
		found = {
			self.named(face.export, name)
			for message in held
			for face in message.faces
			if face.event == "number"
			for name in face.named
		}
		return frozenset(found - {NOBODY})

	def all_of(self, message: HeldMessage) -> tuple[int, ...]:
		"""Return the labels under which the exports show who sent a message: several where one of them calls two people
		by one name.
		"""
		labels = self._labels
		some = [
			labels[face.export, face.sender]
			for face in message.faces
			if face.sender is not None and face.kind != "system"
		]
		return tuple(dict.fromkeys(some))

	def of(self, message: HeldMessage) -> int:
		"""Return the label of who sent a message; NOBODY for a line of the app."""
		labels = self._labels
		first = NOBODY
		for face in message.faces:
			if face.sender is None or face.kind == "system":
				continue
			label = labels[face.export, face.sender]
			if first not in (NOBODY, label):
				counts = Counter(
					labels[one.export, one.sender]
					for one in message.faces
					if one.sender is not None and one.kind != "system"
				)
				return min(counts, key=lambda one: (-counts[one], one))
			first = label
		return first

	def called_otherwise(self, label: int, export: int, key: str) -> bool:
		"""Say whether an export shows somebody under another name than this: a phone has one for each person."""
		known = self._called.get((export, label))
		return known is not None and key not in known and label not in self.changed

	def named(self, export: int, name: str) -> int:
		"""Return the label of a name in one export; NOBODY where nobody of that name wrote."""
		return self._by_key.get((export, name_key(name)), NOBODY)


def _together(
	held: Sequence[HeldMessage],
) -> tuple[dict[tuple[int, str], None], dict[tuple[int, str], Counter[tuple[int, str]]]]:
	"""Return all (export, name), and how often the earliest export of a message shows it under which name."""
	seen: dict[tuple[int, str], None] = {}
	pairs: Counter[tuple[int, str, int, str]] = Counter()
	for message in held:
		faces = message.faces
		first = faces[0]
		if first.kind == "system":
			continue
		if first.sender is not None:
			seen[first.export, first.sender] = None
		if len(faces) == 1:
			continue
		for face in faces[1:]:
			if face.sender is None:
				continue
			if first.sender is None or first.export == face.export:
				seen[face.export, face.sender] = None
				continue
			pairs[face.export, face.sender, first.export, first.sender] += _shared(first, face)
	shared: dict[tuple[int, str], Counter[tuple[int, str]]] = defaultdict(Counter)
	for (export, name, before, other), count in pairs.items():
		seen[export, name] = None
		if before < export and count:
			shared[export, name][before, other] += count
	return seen, shared


def _shared(one: Face, other: Face) -> int:
	"""Return how much it says of the names that two exports show this as one message."""
	if one.text != other.text:
		return 0
	if not one.text:
		return LONG_TEXT if one.digest and one.digest == other.digest else 0
	return LONG_TEXT if len(one.text) >= LONG else SHORT_TEXT


class Choice:
	"""Whom a name can mean: `top` the likeliest label (-1: unknown), `labels` all that its texts allow."""

	__slots__ = ("labels", "top", "weight")

	def __init__(self, top: int, labels: frozenset[int], weight: int) -> None:
		self.top, self.labels, self.weight = top, labels, weight


def settle(
	votes: Mapping[str, Counter[int]],
	names: Sequence[set[str]],
	numbers: Sequence[set[PhoneNumber]],
	exports: Sequence[set[int]],
	changed: frozenset[int] = frozenset(),
) -> dict[str, Choice]:
	"""Choose for each name of an export a label, from shared texts, equal names and equal numbers.

	`names`, `numbers`, `exports`: what is known of each label, and where it stands; `changed`: labels of those whose
	phone number changed.
	"""
	by_name, by_number = _labels_of(names), _labels_of(numbers)
	said: Counter[int] = Counter()
	for counter in votes.values():
		said.update(counter)
	beside = [some if label not in changed else set[int]() for label, some in enumerate(exports)]
	found: dict[str, Choice] = {}
	by_likeness: dict[str, tuple[int, int]] = {}
	for name, counter in votes.items():
		weighed = Counter(counter)
		equal = by_name.get(name_key(name), [])
		number = number_of(name)
		same = by_number.get(number, []) if number is not None else []
		for label in same:
			weighed[label] += _BY_NUMBER
		for label in equal:
			weighed[label] += _BY_NAME
		first = first_name(name)
		for label in counter:
			if label not in changed and _other_number(number, numbers[label]) and counter[label] < 3 * LONG_TEXT:
				# Two numbers are two people, unless much shows that somebody changed hers.
				del weighed[label]
				continue
			# A first name in common decides only between labels whose texts say the same.
			if first and counter[label] >= LONG_TEXT and any(first_name(one) == first for one in names[label]):
				weighed[label] += 1
		found[name] = _choice(weighed, counter, said, beside)
		if counter.total() < LONG_TEXT and not same and equal and found[name].top in equal:
			by_likeness[name] = (found[name].top, found[name].weight)
	# An equal name alone gives way where texts show that another name of this export is that person.
	for name, (label, _) in by_likeness.items():
		if any(other != name and other not in by_likeness and label in one.labels for other, one in found.items()):
			found[name] = Choice(-1, frozenset(), 0)
	return found


def _labels_of(facts: Sequence[set[_Fact]]) -> dict[_Fact, list[int]]:
	"""Return for each name, or each number, the labels that are known by it."""
	found: dict[_Fact, list[int]] = defaultdict(list)
	for label, known in enumerate(facts):
		for one in known:
			found[one].append(label)
	return found


def _other_number(number: PhoneNumber | None, known: set[PhoneNumber]) -> bool:
	return number is not None and bool(known) and number not in known


def _choice(votes: Counter[int], texts: Counter[int], said: Counter[int], exports: Sequence[set[int]]) -> Choice:
	"""Choose by weighed votes. `texts`: those of them that texts gave; `said`: what the texts of each label gave to all
	names. Several labels are one name's where a phone shows somebody before and after her number changed.
	"""
	if not votes:
		return Choice(-1, frozenset(), 0)
	top = min(votes, key=lambda label: (-votes[label], label))
	if votes[top] * 2 < votes.total() or votes[top] < _ENOUGH:
		return Choice(-1, frozenset(), 0)
	allowed = {
		label
		for label, count in votes.items()
		if (count * 5 >= votes.total() or texts[label] * 5 >= said[label] * 4)
		and count >= (2 * LONG_TEXT if texts[top] >= LONG_TEXT and exports[label] & exports[top] else _ENOUGH)
	}
	return Choice(top, frozenset({top, *allowed}), votes[top])


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


@lru_cache(maxsize=4096)
def first_name(name: str) -> str:
	"""Return the first word of a name that is neither a title nor a sign; "" where there is none."""
	words = (word.strip(".,()") for word in name_key(name).split())
	return next((word for word in words if word.isalpha() and len(word) > _INITIAL and word not in _TITLES), "")


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
		if _other_number(number_of(called), self._people.numbers[label]):
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
		if _other_number(number_of(self.names[name]), self._people.numbers[label]):
			return False
		here = set(map(first_name, self._people.names[label])) - {""}
		there = set(map(first_name, self._people.names[other])) - {""}
		return not here or not there or not here.isdisjoint(there)

	def _relation(self, label: int, name: str) -> int:
		one = self._found[name]
		liked = self._likely.get(name, NOBODY)
		if label in one.labels or liked == label:
			return SAME
		if label not in self._people.changed and _other_number(number_of(name), self._people.numbers[label]):
			return DIFFERENT
		if label in self._taken and first_name(name) and first_name(name) in map(first_name, self._people.names[label]):
			# Somebody else is meant by that name, or both are: a phone can show two people under one name.
			return UNLIKELY
		if label in self._taken or (one.top >= 0 and self._people.clash(label, one.top)):
			return DIFFERENT
		if label in self._liked or (liked >= 0 and self._people.clash(label, liked)):
			return UNLIKELY
		return UNKNOWN
