"""Messages between two anchors: which record is which, in order as far as the phones agree, then out of order.

Every step is bounded: where a stretch is too crowded to weigh everything with everything, equal keys are matched the
n-th with the n-th.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from cranford_desktop.ingest.anchors import NEAR, Pair, alone, in_turn
from cranford_desktop.ingest.assignment import best_pairs
from cranford_desktop.ingest.author_names import SAME, UNKNOWN, Authors
from cranford_desktop.ingest.likeness import Thing
from cranford_desktop.ingest.line_matching import matched_lines
from cranford_desktop.ingest.pairing import Pairing
from cranford_desktop.ingest.resemblance import FIRM, GONE, LONG_WORDS, WORDS, resemblance
from cranford_desktop.ingest.sayings import bare, equals, in_seconds, said, telling
from cranford_desktop.ingest.weighing import CLOSE, WIDE, Weighing

_CELLS = 10_000
_ALL_CELLS = 600_000
_LOOKED_AT = 60
_ALL_OFFERS = 60_000
_BESIDE = sorted(range(-WIDE - 1, WIDE + 2), key=abs)
_NEXT_TO = range(-CLOSE, CLOSE + 1)
_LATER = 30
_ENOUGH = 2
_RANK = 5000
"""More than place-holders weigh together."""


class Matching(Pairing):
	"""A matching of new records with held messages under way."""

	def __init__(self, held: Sequence[Thing], new: Sequence[Thing], authors: Authors) -> None:
		super().__init__(held, new)
		self._authors = authors
		self._meant = [authors.label(name) for name in range(len(authors.names))]
		self.unsure: set[int] = set()
		"""New records that only the last, lenient steps matched."""
		self._cells = self._offers = 0
		self._weighing = Weighing(held, new, authors, self.to_held, self.to_new)

	def run(self, anchored: Iterable[Pair], sure: Collection[int]) -> None:
		"""Match all that can be: first the anchors, then what stands between them, then what is left near by. `sure`:
		new records whose anchor needs no author.

		What shows the same on both sides comes before place-holders: who deletes a message for everybody deletes it on
		both phones, so a deletion is never somebody's words beside a deletion of theirs.
		"""
		weighing = self._weighing
		for i, j in anchored:
			if j in sure or weighing.fits(i, j):
				self.take(i, j)
		self._to_the_second()
		here, there = said(self.held, self.to_new), said(self.new, self.to_held, self._meant)
		for i, j in alone(here, there):
			self.take(i, j)
		in_order = in_turn(here, there)
		in_order += in_turn(bare(self.held, self.to_new), bare(self.new, self.to_held, self._meant))
		for i, j in in_order:
			held, new = self.held[i], self.new[j]
			near = held.apart(new) <= CLOSE and resemblance(held, new)
			if near and self.to_new[i] < 0 and self.to_held[j] < 0 and not self.crosses(i, j):
				self.take(i, j)
		self._among_equals()
		self._lines()
		for least in (FIRM, 1):
			weighing.step(least=1)
			for ours, theirs in self.stretches(self.rising()):
				self._stretch(ours, theirs, least)
			# What the phones show on different sides of an anchor, still in its own order.
			for ours, theirs in self.stretches(()):
				self._stretch(ours, theirs, least)
			weighing.step(least=least)
			self._left_over()
		firm = {j for j, i in enumerate(self.to_held) if i >= 0}
		weighing.step(sure=False)
		self._left_over()
		weighing.step(reach=NEAR + 1, least=FIRM)
		self._left_over()
		self._whatever_the_names()
		self.unsure = {j for j, i in enumerate(self.to_held) if i >= 0} - firm

	def _to_the_second(self) -> None:
		"""Match what two iPhones show alone in one second, and alike."""
		for i, j in alone(in_seconds(self.held, self.to_new), in_seconds(self.new, self.to_held)):
			repeated = self.is_repeated(self.held, i, self.to_new) and self.is_repeated(self.new, j, self.to_held)
			if not repeated and self._weighing.weight(i, j):
				self.take(i, j)

	def _among_equals(self) -> None:
		"""Match what several people say in the same long words in one moment, all of it at once, by who can be whom."""
		for ours, theirs in equals(self.held, self.to_new, self.new, self.to_held):
			weights = [[self._weighing.weight(i, j) for j in theirs] for i in ours]
			for x, y in best_pairs(weights):
				self.take(ours[x], theirs[y])

	def _lines(self, *, firm: bool = True) -> None:
		"""Match the app's lines in crowds, by whom they name. Not `firm`: what is not known to be told of others."""
		related = self._weighing.related if firm else self._weighing.loosely_related
		for i, j in matched_lines(self.held, self.new, self.to_new, self.to_held, related):
			self.take(i, j)

	def _whatever_the_names(self) -> None:
		"""Match long texts and files that are left on both sides in one moment and in order: guesses at names mislead
		sooner than two people send the same, and each phone lacks another of the two.
		"""
		free: dict[Hashable, deque[int]] = defaultdict(deque)
		for i, taken in enumerate(self.to_new):
			if taken < 0:
				for key in telling(self.held[i]):
					free[key].append(i)
		for j, taken in enumerate(self.to_held):
			for key in telling(self.new[j]) if taken < 0 else ():
				some = free.get(key, deque())
				while some and self.to_new[some[0]] >= 0:
					some.popleft()
				if not some or self.to_held[j] >= 0 or self.crosses(some[0], j, within=1):
					continue
				told_apart = self._authors.told_apart(self.held[some[0]].author, self.new[j].author)
				if not told_apart or self._can_share(some[0], j):
					self.take(some[0], j)
		self._one_name_for_two()
		self._lines(firm=False)
		self._alone_in_the_end()

	def _one_name_for_two(self) -> None:
		"""Match what shows the same in one place, where the name may be that of two people: one phone can show both
		Susans as "Susan".
		"""
		free: dict[int, list[int]] = defaultdict(list)
		for i, taken in enumerate(self.to_new):
			if taken < 0 and self.held[i].minutes:
				free[self.held[i].minutes[0]].append(i)
		for j, taken in enumerate(self.to_held):
			new = self.new[j]
			if taken >= 0 or new.is_line:
				continue
			near = [
				i
				for step in _BESIDE
				if abs(step) <= CLOSE
				for i in free.get(new.minutes[0] + step, ())[:_LOOKED_AT]
				if self.to_new[i] < 0
				and resemblance(self.held[i], new) >= FIRM
				and self._can_share(i, j)
				and not self.crosses(i, j, within=1)
			]
			if near:
				self.take(near[0], j)

	def _can_share(self, i: int, j: int) -> bool:
		"""Say whether a held message and a new record can be of one of two people whom a phone calls by one name."""
		held, new = self.held[i], self.new[j]
		labels = held.authors or (held.author,)
		if all(self._authors.can_share(label, new.author) for label in labels):
			return True
		if not self._authors.is_short(new.author) and self._said_alike[held.author, new.author] < _ENOUGH:
			return False
		return all(self._authors.may_be_beside(held.orders, label, new.author) for label in labels)

	@cached_property
	def _said_alike(self) -> Counter[tuple[int, int]]:
		"""How much held labels and names (their numbers) say alike in one moment, each text of a minute once."""
		ours: dict[Hashable, set[int]] = defaultdict(set)
		for one in self.held:
			for text in one.texts:
				for at in one.minutes if text[1] else ():
					ours[text, at].add(one.author)
		found: Counter[tuple[int, int]] = Counter()
		theirs = {(text, at, one.author) for one in self.new for text in one.texts if text[1] for at in one.minutes}
		for text, at, name in theirs:
			labels = {label for step in _NEXT_TO for label in ours.get((text, at + step), ())}
			found.update((label, name) for label in labels)
		return found

	def _alone_in_the_end(self) -> None:
		"""Match what is left on both sides with nothing else near that it could be, wherever it stands: somebody's
		words and their deletion, say, which one phone shows far up the minute.
		"""
		free: dict[int, list[int]] = defaultdict(list)
		for i, taken in enumerate(self.to_new):
			if taken < 0 and not self.held[i].is_line:
				for at in self.held[i].minutes:
					free[at].append(i)
		found: dict[int, set[int]] = {}
		often: Counter[int] = Counter()
		for j, taken in enumerate(self.to_held):
			if taken >= 0 or self.new[j].is_line:
				continue
			near = (i for at in self.new[j].minutes for step in _BESIDE for i in free.get(at + step, ())[:_LOOKED_AT])
			found[j] = {i for i in near if self._may_be_one(i, j)}
			often.update(found[j])
		for j, some in found.items():
			i = next(iter(some), -1)
			if len(some) == 1 and often[i] == 1 and self._is_near_enough(i, j):
				self.take(i, j)

	def _may_be_one(self, i: int, j: int) -> bool:
		held, new = self.held[i], self.new[j]
		if held.apart(new) > CLOSE or not resemblance(held, new):
			return False
		return self._weighing.fits(i, j) or self._can_share(i, j)

	def _is_near_enough(self, i: int, j: int) -> bool:
		held, new = self.held[i], self.new[j]
		if resemblance(held, new) >= WORDS:
			return not self.crosses(i, j, within=1)
		known, crosses = self._weighing.known(i, j), self.crosses(i, j)
		if known == SAME:
			return held.apart(new) <= (0 if crosses else 1)
		if crosses or held.apart(new) > 1:
			return False
		if known == UNKNOWN:
			return not self._authors.named_otherwise(held.author, new.author)
		return not held.apart(new) and self._authors.is_short(new.author) and self._can_share(i, j)

	def _stretch(self, ours: list[int], theirs: list[int], least: int) -> None:
		ours = [i for i in ours if self.to_new[i] < 0]
		theirs = [j for j in theirs if self.to_held[j] < 0]
		cells = len(ours) * len(theirs)
		if not cells:
			return
		if cells > _CELLS or self._cells + cells > _ALL_CELLS:
			self._crowded(ours, theirs)
			return
		self._cells += cells
		self._in_order(ours, theirs, least)

	def _in_order(self, ours: list[int], theirs: list[int], least: int) -> None:
		"""Match so that the order is kept on both sides and most is matched, the most alike first. What shows less than
		`least` keeps its place in this but is matched later.
		"""
		weights = [[self._ranked(i, j) for j in theirs] for i in ours]
		self._leave_to_the_minute(weights, ours, theirs)
		self._prefer_the_last(weights, ours, theirs)
		before = [0] * (len(theirs) + 1)
		best = [before]
		for row in weights:
			now = [0]
			left = 0
			for at, weight in enumerate(row):
				value = before[at + 1]
				left = max(left, value)
				if weight and before[at] + weight > left:
					left = before[at] + weight
				now.append(left)
			best.append(now)
			before = now
		# A file that begins in the middle of repeats shows the last of them; one that ends there, the first.
		begins = (ours[0] == 0) != (theirs[0] == 0)
		x, y = len(ours), len(theirs)
		while x and y:
			value = best[x][y]
			weight = weights[x - 1][y - 1]
			matched = weight and value == best[x - 1][y - 1] + weight
			if matched and (begins or value not in (best[x][y - 1], best[x - 1][y])):
				if least < FIRM or weight >= _RANK:
					self.take(ours[x - 1], theirs[y - 1])
				x, y = x - 1, y - 1
			elif value == best[x][y - 1]:
				y -= 1
			else:
				x -= 1

	def _leave_to_the_minute(self, weights: list[list[int]], ours: Sequence[int], theirs: Sequence[int]) -> None:
		"""Take words, or a deletion, that have their like in their own minute beyond the end of this stretch for that,
		not for what is near them.
		"""
		for x, i in enumerate(ours):
			for y, j in enumerate(theirs):
				if weights[x][y] >= _RANK and self.held[i].apart(self.new[j]):
					least = resemblance(self.held[i], self.new[j])
					if least < WORDS and "deleted" not in self.held[i].sorts & self.new[j].sorts:
						continue
					elsewhere = [(one, j) for one in self.free_around(i, self.to_new) if not ours[0] <= one <= ours[-1]]
					elsewhere += [
						(i, one) for one in self.free_around(j, self.to_held) if not theirs[0] <= one <= theirs[-1]
					]
					if any(self._is_to_the_minute(*pair, least) for pair in elsewhere):
						weights[x][y] = 0

	def _is_to_the_minute(self, i: int, j: int, least: int) -> bool:
		held, new = self.held[i], self.new[j]
		return not held.apart(new) and resemblance(held, new) >= least and self._weighing.weight(i, j) > 0

	def _prefer_the_last(self, weights: list[list[int]], ours: Sequence[int], theirs: Sequence[int]) -> None:
		"""Take of several lines that tell of an adding the last for the one that added "you": a phone shows nothing
		from before.
		"""
		for x, i in enumerate(ours):
			if self.held[i].adds_you:
				weights[x] = [weight and weight + min(y, _LATER) for y, weight in enumerate(weights[x])]
		for y, j in enumerate(theirs):
			if self.new[j].adds_you:
				for x, row in enumerate(weights):
					row[y] = row[y] and row[y] + min(x, _LATER)

	def _crowded(self, ours: list[int], theirs: list[int]) -> None:
		"""Match a crowded stretch by keys: what stands once on each side, then the n-th with the n-th."""
		keys_held = _numbered((self._key(self.held[i], i, held=True), i) for i in ours)
		keys_new = _numbered((self._key(self.new[j], j, held=False), j) for j in theirs)
		for key, j in keys_new.items():
			i = keys_held.get(key, -1)
			if i >= 0 and self._weight(i, j):
				self.take(i, j)

	def _key(self, thing: Thing, place: int, *, held: bool) -> Hashable:
		"""Return author and content, as far as both sides name them alike."""
		author: Hashable = thing.author
		if not held:
			author = self._meant[thing.author] if thing.author >= 0 else thing.author
		return author, thing.texts[0] if thing.texts else thing.looks[0].sort

	def _ranked(self, i: int, j: int) -> int:
		"""Return a weight, such that no place-holders outweigh what shows the same."""
		weight = self._weight(i, j)
		return weight + _RANK if weight and resemblance(self.held[i], self.new[j]) >= FIRM else weight

	def _weight(self, i: int, j: int) -> int:
		"""Return how well the two can be one message, place and all; 0: not at all."""
		weight = self._weighing.weight(i, j)
		if not weight:
			return 0
		held, new = self.held[i], self.new[j]
		if held.apart(new) > CLOSE:
			strange = resemblance(held, new) < LONG_WORDS
		else:
			strange = self._weighing.least < FIRM and resemblance(held, new) <= GONE
		return 0 if strange and self.crosses(i, j) else weight

	# What is left

	def _left_over(self) -> None:
		"""Match what no order brought together, nearest first."""
		free: dict[int, list[int]] = defaultdict(list)
		for i, taken in enumerate(self.to_new):
			if taken < 0:
				for at in self.held[i].minutes:
					free[at].append(i)
		if not free:
			return
		offers = []
		for j, i in self._side_by_side(free):
			weight = self._weight(i, j)
			if weight:
				offers.append((-weight, j, i))
		offers.sort()
		for _, j, i in offers:
			if self.to_held[j] < 0 and self.to_new[i] < 0:
				self.take(i, j)
		if self._offers > _ALL_OFFERS:
			self._in_turn()

	def _side_by_side(self, free: Mapping[int, list[int]]) -> Iterator[Pair]:
		"""Yield (new, held) of what is left near by, as much as can be weighed."""
		for j, taken in enumerate(self.to_held):
			if taken >= 0:
				continue
			looked = 0
			for at in self.new[j].minutes:
				for step in _BESIDE:
					for i in free.get(at + step, ()):
						if self.to_new[i] >= 0:
							continue
						looked += 1
						self._offers += 1
						if looked > _LOOKED_AT or self._offers > _ALL_OFFERS:
							break
						yield j, i
			if self._offers > _ALL_OFFERS:
				return

	def _in_turn(self) -> None:
		"""Match what is left in a minute too crowded to be weighed: the n-th of an author with the n-th."""
		ours: dict[Hashable, list[int]] = defaultdict(list)
		for i, taken in enumerate(self.to_new):
			if taken < 0:
				ours[self.held[i].author, self.held[i].minutes[0]].append(i)
		theirs: dict[Hashable, list[int]] = defaultdict(list)
		for j, taken in enumerate(self.to_held):
			if taken < 0:
				author = self.new[j].author
				theirs[self._meant[author] if author >= 0 else author, self.new[j].minutes[0]].append(j)
		for key, some in theirs.items():
			for i, j in zip(ours.get(key, ()), some, strict=False):
				if self._weight(i, j):
					self.take(i, j)


def _numbered(pairs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, int]:
	"""Return each key with its count so far → place."""
	counts: dict[Hashable, int] = defaultdict(int)
	found: dict[Hashable, int] = {}
	for key, place in pairs:
		counts[key] += 1
		found[key, counts[key]] = place
	return found
