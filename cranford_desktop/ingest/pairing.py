"""Pairs of new records and held messages under way: what is taken, what is free around a place, whose order is kept."""

from collections.abc import Iterator, Sequence

from cranford_desktop.ingest.anchors import NEAR, Pair, longest_rising
from cranford_desktop.ingest.likeness import Thing
from cranford_desktop.ingest.weighing import WIDE

_SPLIT = WIDE + 1
_AROUND = 20
_SWAPS = 2


class Pairing:
	"""Which new record is matched with which held message so far."""

	def __init__(self, held: Sequence[Thing], new: Sequence[Thing]) -> None:
		self.held, self.new = held, new
		self.to_held = [-1] * len(new)
		self.to_new = [-1] * len(held)

	def take(self, i: int, j: int) -> None:
		"""Match a held message with a new record."""
		self.to_new[i], self.to_held[j] = j, i

	def worded(self) -> list[Pair]:
		"""Return the pairs matched so far in which a person says the same words."""
		return [
			(i, j)
			for j, i in enumerate(self.to_held)
			if i >= 0 and not self.new[j].is_line and any(text in self.held[i].texts for text in self.new[j].texts)
		]

	def crosses(self, i: int, j: int, within: int = -1) -> bool:
		"""Say whether more than a swap or two stands between a pair and the order of those matched around it, without
		those `within` so many minutes: phones show these in any order.
		"""
		crossed = 0
		new = self.new[j]
		for other in range(max(0, j - _AROUND), min(len(self.new), j + _AROUND + 1)):
			at = self.to_held[other]
			if at >= 0 and other != j and self.turned(at, i, other < j):
				crossed += new.apart(self.new[other]) > within
		return crossed > _SWAPS

	def turned(self, one: int, other: int, before: bool) -> bool:
		"""Say whether no phone shows a held message on that side of another; the joined order counts where none shows
		both.
		"""
		here, there = self.held[one].orders, self.held[other].orders
		shown = [here[export] < there[export] for export in here if export in there]
		return before not in shown if shown else (one < other) != before

	@staticmethod
	def free_around(place: int, taken: Sequence[int]) -> Iterator[int]:
		"""Return the free places around one of a side."""
		around = range(max(0, place - _AROUND), min(len(taken), place + _AROUND + 1))
		return (one for one in around if taken[one] < 0)

	def is_repeated(self, things: Sequence[Thing], place: int, taken: Sequence[int]) -> bool:
		"""Say whether somebody sends the same again within minutes: what tells those apart is their order."""
		one = things[place]
		return any(
			other != place
			and things[other].texts == one.texts
			and things[other].sorts == one.sorts
			and things[other].author == one.author
			and things[other].apart(one) <= NEAR
			for other in self.free_around(place, taken)
		)

	def rising(self) -> list[Pair]:
		"""Return the longest run of pairs that keeps the order on both sides."""
		return longest_rising([(i, j) for j, i in enumerate(self.to_held) if i >= 0])

	def stretches(self, fixed: Sequence[Pair]) -> Iterator[tuple[list[int], list[int]]]:
		"""Yield the free places between anchors, cut where minutes pass in which nothing stands."""
		at_held = at_new = 0
		for i, j in [*fixed, (len(self.held), len(self.new))]:
			if i > at_held and j > at_new:
				ours = [one for one in range(at_held, i) if self.to_new[one] < 0]
				theirs = [one for one in range(at_new, j) if self.to_held[one] < 0]
				if ours and theirs:
					yield from self._cut(ours, theirs)
			at_held, at_new = i + 1, j + 1

	def _cut(self, ours: list[int], theirs: list[int]) -> Iterator[tuple[list[int], list[int]]]:
		if len(ours) == 1 and len(theirs) == 1:
			yield ours, theirs
			return
		marks = [(at, 0, i) for i in ours for at in self.held[i].minutes]
		marks += [(at, 1, j) for j in theirs for at in self.new[j].minutes]
		marks.sort()
		sides: tuple[set[int], set[int]] = (set(), set())
		last = marks[0][0]
		for at, side, place in marks:
			if at - last >= _SPLIT:
				if sides[0] and sides[1]:
					yield sorted(sides[0]), sorted(sides[1])
				sides = (set(), set())
			sides[side].add(place)
			last = at
		if sides[0] and sides[1]:
			yield sorted(sides[0]), sorted(sides[1])
