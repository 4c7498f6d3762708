"""The people behind the messages held: each name followed from export to export through what both show."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.phone_numbers import PhoneNumber
from cranford_desktop.ingest.likeness import LONG
from cranford_desktop.ingest.name_choices import LONG_TEXT, SHORT_TEXT, Choice, name_key, number_of, settle

NOBODY = -1
"""The app itself, or a record without a name."""


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

	def _add(self, export: int, name: str, choice: Choice) -> None:
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
	to_the_second = one.sent_at == other.sent_at and one.sent_at.second
	return LONG_TEXT if len(one.text) >= LONG or to_the_second else SHORT_TEXT
