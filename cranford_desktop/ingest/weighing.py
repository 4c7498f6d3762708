"""How well a record and a message held can be one: what they show, who sent it and when, what else stands near by."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from cranford_desktop.ingest.anchors import NEAR
from cranford_desktop.ingest.author_names import DIFFERENT, SAME, UNKNOWN, UNLIKELY, Authors
from cranford_desktop.ingest.casts import others, relation
from cranford_desktop.ingest.likeness import Thing
from cranford_desktop.ingest.resemblance import FIRM, LEAST, WORDS, resemblance

CLOSE = 2
"""Minutes by which two phones' times of one message were seen to differ at most."""
WIDE = 4
"""Minutes within which words that stand in the same place are the same."""
_LOOKED_AT = 60
_SAME_AUTHOR = 60
_MINUTE = 40
_NAMED = 40
_ALONE = 1000
_EXACT = 8
_OTHER_NAME = 100
"""A phone that shows somebody by a name shows her elsewhere by a number sooner than by a name without a word in common.
"""


class Weighing:
	"""Weighs new records against held messages; it grows more lenient as a matching goes on."""

	def __init__(
		self,
		held: Sequence[Thing],
		new: Sequence[Thing],
		authors: Authors,
		to_held: Sequence[int],
		to_new: Sequence[int],
	) -> None:
		"""Weigh for a matching; `to_held`, `to_new`: what is matched so far, -1 for what is not."""
		self._held, self._new = held, new
		self._to_held, self._to_new = to_held, to_new
		self._authors = authors
		self.reach = CLOSE
		"""Minutes that two times may lie apart."""
		self.least = FIRM
		"""Weight of what they show from which two can be one."""
		self.sure = True
		"""Place-holders need a known author."""
		self._here = _by_text(held)
		self._there = _by_text(new)
		self._spare_held: dict[int, bool] = {}
		self._spare_new: dict[int, bool] = {}

	def fits(self, i: int, j: int) -> bool:
		"""Say whether nothing is known against both being by one author."""
		return self.known(i, j) != DIFFERENT

	def known(self, i: int, j: int) -> int:
		"""Say what is known of the authors of a held message and a new record."""
		held, name = self._held[i], self._new[j].author
		if len(held.authors) > 1:
			if self._authors.has_another_number(held.numbers, name):
				return DIFFERENT
			return max(self._authors.relation(label, name) for label in held.authors)
		return self._authors.relation(held.author, name)

	def weight(self, i: int, j: int) -> int:
		"""Return how well the two can be one message; 0: not at all."""
		held, new = self._held[i], self._new[j]
		apart = held.apart(new)
		if apart > self.reach:
			return 0
		known = self.known(i, j)
		if known == DIFFERENT:
			return 0
		base = resemblance(held, new)
		if held.cast and new.cast and base:
			base = self._with_cast(base, held, new)
		if base < self.least or not base or (apart > NEAR and base < WORDS) or (apart > CLOSE and base < LEAST):
			return 0
		otherwise = known == UNKNOWN and self._authors.named_otherwise(held.author, new.author)
		if otherwise and base < FIRM:
			return 0
		if base < WORDS and known != SAME:
			if known == UNLIKELY or (base < FIRM and self.sure) or base < LEAST or apart > CLOSE:
				return 0
			base //= 2
		if base < FIRM and not (self._spare(i, held=True) and self._spare(j, held=False)):
			return 0
		if otherwise:
			base -= _OTHER_NAME
		exact = _EXACT if apart == 0 and new.moments[0] in held.moments else 0
		beside = (_SAME_AUTHOR if known == SAME else 0) + _MINUTE * max(WIDE - apart, 0) + exact
		if apart > CLOSE and base < _ALONE:
			# Anybody says "ok" again after three minutes; what is left over in the end may still be that.
			base //= apart
		return base + (beside if base >= FIRM else beside // 3)

	def _with_cast(self, base: int, held: Thing, new: Thing) -> int:
		"""Weigh whom two lines of the app name, in their order."""
		if len(held.cast) != len(new.cast):
			return base
		for one, two in zip(held.cast, new.cast, strict=True):
			found = relation(one, two, self._authors)
			if found == DIFFERENT and not new.looks[0].quoted:
				return 0
			base += _NAMED if found == SAME else -_NAMED if found == UNLIKELY else 0
		return base

	def related(self, i: int, j: int) -> list[int] | None:
		"""Return what is known of the people whom two lines of the app name, one by one; None: they are two lines."""
		held, new = self._held[i], self._new[j]
		if not self._alike_lines(held, new):
			return None
		found = [relation(one, two, self._authors) for one, two in zip(held.cast, new.cast, strict=True)]
		return None if DIFFERENT in found and not new.looks[0].quoted else found

	def loosely_related(self, i: int, j: int) -> list[int] | None:
		"""Return the same, and None only where the two lines are known to name other people."""
		held, new = self._held[i], self._new[j]
		if not self._alike_lines(held, new):
			return None
		pairs = list(zip(held.cast, new.cast, strict=True))
		if any(others(one, two, self._authors) for one, two in pairs):
			return None
		return [relation(one, two, self._authors) for one, two in pairs]

	def _alike_lines(self, held: Thing, new: Thing) -> bool:
		return len(held.cast) == len(new.cast) and held.apart(new) <= CLOSE and resemblance(held, new) >= FIRM

	def step(self, *, reach: int | None = None, least: int | None = None, sure: bool | None = None) -> None:
		"""Go on more leniently; what was matched so far counts from here on."""
		self.reach = self.reach if reach is None else reach
		self.least = self.least if least is None else least
		self.sure = self.sure if sure is None else sure
		self._spare_held.clear()
		self._spare_new.clear()

	def _spare(self, place: int, *, held: bool) -> bool:
		"""Say whether a message may match a place-holder: the other side shows its own words too seldom."""
		known = self._spare_held if held else self._spare_new
		found = known.get(place)
		if found is None:
			found = known[place] = self._is_spare(place, held=held)
		return found

	def _is_spare(self, place: int, *, held: bool) -> bool:
		things, taken, own = (self._held, self._to_new, self._here) if held else (self._new, self._to_held, self._there)
		others, other = (self._to_held, self._there) if held else (self._to_new, self._here)
		thing = things[place]
		for text in thing.texts:
			same = sum(taken[one] < 0 and things[one].author == thing.author for one in _near(own[text], thing))
			theirs = sum(
				others[one] < 0 and (self.fits(place, one) if held else self.fits(one, place))
				for one in _near(other.get(text, []), thing)
			)
			if same <= theirs:
				return False
		return True


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
