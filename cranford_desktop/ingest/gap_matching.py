"""Messages between two anchors: which record is which, in order as far as the phones agree, then out of order.

Every step is bounded: where a stretch is too crowded to weigh everything with everything, equal keys are matched the
n-th with the n-th.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from cranford_desktop.ingest.anchors import NEAR, Pair, Places, alone, longest_rising
from cranford_desktop.ingest.author_names import DIFFERENT, SAME, UNLIKELY, Authors
from cranford_desktop.ingest.casts import relation
from cranford_desktop.ingest.likeness import LONG, Thing
from cranford_desktop.ingest.resemblance import FIRM, GONE, LEAST, WORDS, resemblance

_WIDE = 4
"""Minutes within which words that stand in the same place are the same: each phone may be two beside the truth."""
_SPLIT = _WIDE + 1
_CELLS = 10_000
_ALL_CELLS = 600_000
_LOOKED_AT = 60
_ALL_OFFERS = 60_000
_BESIDE = sorted(range(-_WIDE - 1, _WIDE + 2), key=abs)
_SAME_AUTHOR = 60
_MINUTE = 40
_CLOSE = 2
_NAMED = 40
_OTHERS_NAMED = 150
_ALONE = 1000
_EXACT = 8
_LATER = 30
_AROUND = 20
_SWAPS = 2


class Matching:
	"""A matching of new records with held messages under way."""

	def __init__(self, held: Sequence[Thing], new: Sequence[Thing], authors: Authors) -> None:
		self.held, self.new = held, new
		self._authors = authors
		self._relation = authors.relation
		self._meant = [authors.label(name) for name in range(len(authors.names))]
		self.to_held = [-1] * len(new)
		self.to_new = [-1] * len(held)
		self._cells = self._offers = 0
		self._sure = True
		self._reach = NEAR
		self._here = _by_text(held)
		self._there = _by_text(new)
		self._spare_held: dict[int, bool] = {}
		self._spare_new: dict[int, bool] = {}

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

	def fits(self, i: int, j: int) -> bool:
		"""Say whether nothing is known against both being by one author."""
		return self._relation(self.held[i].author, self.new[j].author) != DIFFERENT

	def run(self, anchored: Iterable[Pair], sure: Collection[int]) -> None:
		"""Match all that can be: first the anchors, then what stands between them, then what is left near by. `sure`:
		new records whose anchor needs no author.
		"""
		fixed = [pair for pair in anchored if pair[1] in sure or self.fits(*pair)]
		for i, j in fixed:
			self.take(i, j)
		for i, j in alone(self._said(self.held, self.to_new), self._said(self.new, self.to_held, self._meant)):
			self.take(i, j)
		for ours, theirs in self._stretches(longest_rising(fixed)):
			self._stretch(ours, theirs)
		# What the phones show on different sides of an anchor, still in its own order.
		for ours, theirs in self._stretches(()):
			self._stretch(ours, theirs)
		self._left_over(FIRM)
		self._left_over(1)
		self._sure = False
		self._left_over(1)
		self._reach = NEAR + 1
		self._left_over(FIRM)
		self._whatever_the_names()

	def _whatever_the_names(self) -> None:
		"""Match long texts and files that are left on both sides in one moment and in order: guesses at names mislead
		sooner than two people send the same, and each phone lacks another of the two.
		"""
		free: dict[Hashable, deque[int]] = defaultdict(deque)
		for i, taken in enumerate(self.to_new):
			if taken < 0:
				for key in _telling(self.held[i]):
					free[key].append(i)
		for j, taken in enumerate(self.to_held):
			for key in _telling(self.new[j]) if taken < 0 else ():
				some = free.get(key, deque())
				while some and self.to_new[some[0]] >= 0:
					some.popleft()
				if not some or self.to_held[j] >= 0 or self._crosses(some[0], j):
					continue
				if not self._authors.told_apart(self.held[some[0]].author, self.new[j].author):
					self.take(some[0], j)

	def _crosses(self, i: int, j: int) -> bool:
		"""Say whether more than a swap or two stands between a pair and the order of those matched around it."""
		crossed = 0
		for other in range(max(0, j - _AROUND), min(len(self.new), j + _AROUND + 1)):
			at = self.to_held[other]
			crossed += at >= 0 and other != j and (other < j) != (at < i)
		return crossed > _SWAPS

	@staticmethod
	def _said(
		things: Sequence[Thing], taken: Sequence[int], meant: Sequence[int] | None = None
	) -> dict[Hashable, Places]:
		"""Return where which known author says what: alone within minutes it is the same, whatever the order."""
		found: dict[Hashable, Places] = defaultdict(list)
		for number, thing in enumerate(things):
			author = thing.author if meant is None or thing.author < 0 else meant[thing.author]
			if taken[number] >= 0 or author < 0:
				continue
			for text in thing.texts:
				found[author, text].extend((at, number) for at in thing.minutes)
		for places in found.values():
			if len(places) > 1:
				places.sort()
		return found

	# Stretches

	def _stretches(self, fixed: Sequence[Pair]) -> Iterator[tuple[list[int], list[int]]]:
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

	def _stretch(self, ours: list[int], theirs: list[int]) -> None:
		ours = [i for i in ours if self.to_new[i] < 0]
		theirs = [j for j in theirs if self.to_held[j] < 0]
		cells = len(ours) * len(theirs)
		if not cells:
			return
		if cells > _CELLS or self._cells + cells > _ALL_CELLS:
			self._crowded(ours, theirs)
			return
		self._cells += cells
		self._in_order(ours, theirs)

	def _in_order(self, ours: list[int], theirs: list[int]) -> None:
		"""Match so that the order is kept on both sides and most is matched, the most alike first."""
		weights = [[self.weight(i, j) for j in theirs] for i in ours]
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
				self.take(ours[x - 1], theirs[y - 1])
				x, y = x - 1, y - 1
			elif value == best[x][y - 1]:
				y -= 1
			else:
				x -= 1

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
			if i >= 0 and self.weight(i, j):
				self.take(i, j)

	def _key(self, thing: Thing, place: int, *, held: bool) -> Hashable:
		"""Return author and content, as far as both sides name them alike."""
		author: Hashable = thing.author
		if not held:
			author = self._meant[thing.author] if thing.author >= 0 else thing.author
		return author, thing.texts[0] if thing.texts else thing.looks[0].sort

	# Weights

	def weight(self, i: int, j: int) -> int:
		"""Return how well the two can be one message; 0: not at all."""
		held, new = self.held[i], self.new[j]
		apart = held.apart(new)
		if apart > self._reach + 1:
			return 0
		relation = self._relation(held.author, new.author)
		if relation == DIFFERENT:
			return 0
		base = resemblance(held, new)
		if held.cast and new.cast and base:
			base = self._with_cast(base, held, new)
		if not base or (apart > self._reach and base < WORDS) or (apart > _CLOSE and base < LEAST):
			return 0
		if base < WORDS and relation != SAME:
			if relation == UNLIKELY or (base < FIRM and self._sure) or base < LEAST or apart > _CLOSE:
				return 0
			base //= 2
		if base < FIRM and not (self._spare(i, held=True) and self._spare(j, held=False)):
			return 0
		if base <= GONE and self._crosses(i, j):
			return 0
		exact = _EXACT if apart == 0 and new.moments[0] in held.moments else 0
		beside = (_SAME_AUTHOR if relation == SAME else 0) + _MINUTE * max(_WIDE - apart, 0) + exact
		if apart > _CLOSE and base < _ALONE:
			# Anybody says "ok" again after three minutes; what is left over in the end may still be that.
			base //= apart
		return base + (beside if base >= FIRM else beside // 3)

	def _with_cast(self, base: int, held: Thing, new: Thing) -> int:
		"""Weigh whom two lines of the app name, in their order."""
		if len(held.cast) != len(new.cast):
			return base
		for one, two in zip(held.cast, new.cast, strict=True):
			found = relation(one, two, self._authors)
			if found == DIFFERENT:
				return _OTHERS_NAMED
			base += _NAMED if found == SAME else -_NAMED if found == UNLIKELY else 0
		return base

	def _spare(self, place: int, *, held: bool) -> bool:
		"""Say whether a message may match a place-holder: the other side shows its own words too seldom."""
		known = self._spare_held if held else self._spare_new
		found = known.get(place)
		if found is None:
			found = known[place] = self._is_spare(place, held=held)
		return found

	def _is_spare(self, place: int, *, held: bool) -> bool:
		thing = (self.held if held else self.new)[place]
		own, other = (self._here, self._there) if held else (self._there, self._here)
		for text in thing.texts:
			same = sum(
				1 for one in _near(own[text], thing) if (self.held if held else self.new)[one].author == thing.author
			)
			theirs = sum(
				1
				for one in _near(other.get(text, []), thing)
				if (self.fits(place, one) if held else self.fits(one, place))
			)
			if same <= theirs:
				return False
		return True

	# What is left

	def _left_over(self, least: int) -> None:
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
			weight = self.weight(i, j)
			if weight and resemblance(self.held[i], self.new[j]) >= least:
				offers.append((-weight, j, i))
		offers.sort()
		for _, j, i in offers:
			if self.to_held[j] < 0 and self.to_new[i] < 0:
				self.take(i, j)
		if self._offers > _ALL_OFFERS:
			self._in_turn(least)

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

	def _in_turn(self, least: int) -> None:
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
				if resemblance(self.held[i], self.new[j]) >= least and self.weight(i, j):
					self.take(i, j)


def _telling(thing: Thing) -> list[Hashable]:
	"""Return what two people do not send in one moment: a long text in one minute, a file, any text in one second."""
	found: list[Hashable] = [(at, text) for text in thing.texts if len(text[1]) >= LONG for at in thing.minutes]
	found += [(at, digest) for digest in thing.digests for at in thing.minutes]
	found += [(moment, text) for moment in thing.moments if moment.second for text in thing.texts if text[1]]
	return found if not thing.is_line else []


def _by_text(things: Sequence[Thing]) -> dict[tuple[str, str], list[tuple[int, int]]]:
	"""Return where each text stands: (minute, place), by time."""
	found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
	for number, thing in enumerate(things):
		for text in thing.texts:
			found[text].extend((at, number) for at in thing.minutes)
	for places in found.values():
		places.sort()
	return found


def _near(places: list[tuple[int, int]], thing: Thing) -> set[int]:
	"""Return what stands within a few minutes of a message."""
	found = set()
	for at in thing.minutes:
		begin = bisect_left(places, (at - NEAR,))
		for when, place in places[begin : begin + _LOOKED_AT]:
			if when > at + NEAR:
				break
			found.add(place)
	return found


def _numbered(pairs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, int]:
	"""Return each key with its count so far → place."""
	counts: dict[Hashable, int] = defaultdict(int)
	found: dict[Hashable, int] = {}
	for key, place in pairs:
		counts[key] += 1
		found[key, counts[key]] = place
	return found
