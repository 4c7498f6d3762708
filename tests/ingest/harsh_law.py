"""What a reader can know of a harsh story, and whether a history made of its exports says it.

The law: what was sent is one message, with all its records and no other's. Except where nothing in the exports tells
two sendings apart: those are `mistakable`, and of a class of them there are never fewer messages than the phone with
most of them shows, and never more than were sent; none holds a record from outside the class.

Two sendings can be mistaken for each other where, between some two exports, a record of one and a record of the other
look as much alike as each does with its own counterpart, are at most two minutes apart, and stand in the same order
among what both exports show. A sending whose sender was offline shows at two times: where neither its words nor its
file tell that it is one, the sender's own record of it counts as a sending of its own that can be mistaken for it. For
the same reason what somebody says twice within a day can be mistaken where each of two phones lacks another time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import combinations, permutations

from .harsh_phones import APP, Shown, Story, Written

_APART = 2
_LATE = 4
"""Minutes by which the message of a sender who was offline for a moment may be taken for another phone's."""
_TELLING = 10
"""Characters from which words tell a message from others, if nobody else says the same."""
_HALF_DAY = timedelta(hours=11, minutes=58)
_DAY = timedelta(days=1)
_CROSSED = 2
_SAME, _KIND, _VEILED = 3, 2, 1
_WITNESSES = 3


class Known:
	"""What can be known of a story."""

	def __init__(self, story: Story) -> None:
		self.story = story
		self._often = Counter(one.text.strip() for one in story.sent if one.kind == "text")
		self._often.update(one.edited.strip() for one in story.sent if one.edited)
		self.exports = [one for one in story.exports if self._clock_shows(one)]
		"""Without a phone abroad that shares too little with the others for anybody to see by how much it is ahead."""

	def _telling(self, a: Shown, b: Shown) -> bool:
		"""Say whether two records of one sending show that they are."""
		if a.digest and a.digest == b.digest:
			return True
		return (
			a.look == b.look == "text" and a.words == b.words and len(a.words) >= _TELLING and self._often[a.words] == 1
		)

	def _clock_shows(self, one: Written) -> bool:
		if not one.phone.abroad:
			return True
		others = [other for other in self.story.exports if not other.phone.abroad]
		return all(len(self._witnesses(one, other)) >= _WITNESSES for other in others)

	def _witnesses(self, one: Written, other: Written) -> list[int]:
		"""Return the sendings by which two exports show how their clocks differ."""
		common = [number for number in one.places.keys() & other.places.keys() if not self.story.sent[number].late]
		return [number for number in common if self._telling(self._at(one, number), self._at(other, number))]

	# Who is who

	@cached_property
	def _ties(self) -> dict[tuple[int, int], set[int]]:
		"""Return for two exports the people whose names on both can be known to be theirs."""
		found: dict[tuple[int, int], set[int]] = {}
		for a, b in permutations(range(len(self.exports)), 2):
			one, two = self.exports[a], self.exports[b]
			here, there = one.phone.names, two.phone.names
			seen = _names_in(one) & _names_in(two)
			tied = {who for who, name in enumerate(here) if there[who] == name in seen and here.count(name) == 1}
			for number in one.places.keys() & two.places.keys():
				if self._telling(one.shown[one.places[number]], two.shown[two.places[number]]):
					tied.add(self.story.sent[number].author)
			found[a, b] = tied
		return found

	def _can_be_one(self, a: int, b: int, here: int, there: int) -> bool:
		"""Say whether who is `here` on export a can be who is `there` on export b."""
		if here == there:
			return True
		one, two = self.exports[a].phone.names, self.exports[b].phone.names
		if APP in (here, there):
			return False
		if one[here] == one[there] or two[here] == two[there]:
			return True
		tied = self._ties[a, b]
		if here not in tied and there not in tied:
			return True
		# Of whom nothing tells what the other phone calls her, and who is a number here: the name can be that of both.
		return (here not in tied and _is_number(one[here])) or (there not in tied and _is_number(two[there]))

	# How much alike

	def _alike(self, a: int, b: int, here: Shown, there: Shown) -> int:
		"""Return how much alike two records of two exports are; 0: they are not one message."""
		one, two = self.story.sent[here.sent], self.story.sent[there.sent]
		if here.event != there.event or (one.author == APP) != (two.author == APP):
			return 0
		if here.event:
			fits = len(one.cast) == len(two.cast) and here.words == there.words
			who = zip(one.cast, two.cast, here.cast, there.cast, strict=False)
			return _SAME if fits and all("You" in (x, y) or self._can_be_one(a, b, p, q) for p, q, x, y in who) else 0
		if not self._can_be_one(a, b, one.author, two.author):
			return 0
		if here.look == there.look == "gone":
			return _SAME
		if "gone" in (here.look, there.look):
			return _VEILED
		if here.look != there.look:
			return 0
		if here.look == "file":
			return _files(here, there)
		if here.words == there.words:
			return _SAME
		return _VEILED if here.edited or there.edited else 0

	# Which can be mistaken

	@cached_property
	def torn(self) -> frozenset[int]:
		"""Return the late sendings of which nothing tells that the sender's own record is one with the others'."""
		found = set()
		for one in self.story.sent:
			showing = [export for export in self.exports if one.late and one.number in export.places]
			own = [export for export in showing if export.phone.owner == one.author]
			others = [export for export in showing if export.phone.owner != one.author]
			if not all(self._tells_of_arrival(one.number, a, b) for a in own for b in others):
				found.add(one.number)
		return frozenset(found)

	def _tells_of_arrival(self, number: int, own: Written, other: Written) -> bool:
		"""Say whether a sender's export and another show that what they show at two times is one sending.

		It takes words or a file that come once, and one of the two exports that shows both times and the message only
		once. Where only the sender's does, half a day at most: the other began when she perhaps reminded them.
		"""
		written, arrived = self._at(own, number), self._at(other, number)
		if not self._telling(written, arrived):
			return False
		covered = other.shown[0].at <= written.at <= other.shown[-1].at
		began = own.shown[0].at <= arrived.at <= own.shown[-1].at
		return covered or (began and arrived.at - written.at < _HALF_DAY)

	@staticmethod
	def _at(export: Written, number: int) -> Shown:
		return export.shown[export.places[number]]

	def meant(self, export: int, place: int) -> int:
		"""Return the number under which a record's sending is known; its own where it is torn from the others."""
		number = self.exports[export].shown[place].sent
		own = self.exports[export].phone.owner == self.story.sent[number].author
		return -number - 1 if own and number in self.torn else number

	@cached_property
	def classes(self) -> dict[int, int]:
		"""Return for each sending that can be mistaken the name of its class."""
		root: dict[int, int] = {}

		def find(one: int) -> int:
			while root.setdefault(one, one) != one:
				one = root[one]
			return one

		for one, two in self._pairs():
			root[find(one)] = find(two)
		for number in self.torn:
			root[find(number)] = find(-number - 1)
		return {one: find(one) for one in root}

	def _pairs(self) -> Iterator[tuple[int, int]]:
		for a, b in permutations(range(len(self.exports)), 2):
			yield from self._like_late(a, b)
			for i, here in enumerate(self.exports[a].shown):
				for j, there in enumerate(self.exports[b].shown):
					one, two = self.meant(a, i), self.meant(b, j)
					if one != two and self._mistakable(a, b, here, there):
						yield one, two

	def _like_late(self, a: int, b: int) -> Iterator[tuple[int, int]]:
		"""Yield what somebody said twice within a day, and each of two exports lacks another time: what a sender who
		was offline said once shows just so.
		"""
		one, two = self.exports[a], self.exports[b]
		for here in one.shown:
			if here.look != "text" or len(here.words) < _TELLING or here.sent in two.places:
				continue
			for there in two.shown:
				same = there.look == "text" and here.words == there.words and there.sent not in one.places
				who = self.story.sent[here.sent].author == self.story.sent[there.sent].author
				if same and who and timedelta() <= there.at - here.at <= _DAY:
					yield here.sent, there.sent

	def _mistakable(self, a: int, b: int, here: Shown, there: Shown) -> bool:
		one, two = self.story.sent[here.sent], self.story.sent[there.sent]
		apart = minutes_apart(here, there)
		if here.sent == there.sent or apart > _LATE:
			return False
		alike = self._alike(a, b, here, there)
		if not alike:
			return False
		# Of what somebody repeats within a minute nothing tells which one a phone shows further down.
		again = not apart and here.look == there.look == "text" and here.words == there.words
		if not (one.late or two.late or again) and self._crossed(a, b, here.sent, there.sent) > _CROSSED:
			return False
		left = self._counterpart(a, b, here.sent)
		right = self._counterpart(a, b, there.sent)
		if left is None and right is None:
			return True
		if apart > _APART:
			return False
		if left is None or right is None:
			return alike >= (left or right or 0)
		other = self._alike(a, b, self._shown(a, there.sent), self._shown(b, here.sent))
		if alike + other > left + right:
			return True
		return alike + other == left + right and self._turned(a, b, here.sent, there.sent)

	def _shown(self, export: int, number: int) -> Shown:
		return self.exports[export].shown[self.exports[export].places[number]]

	def _counterpart(self, a: int, b: int, number: int) -> int | None:
		"""Return how much alike the two exports show a sending; None where one of them does not."""
		if number not in self.exports[a].places or number not in self.exports[b].places:
			return None
		here, there = self._shown(a, number), self._shown(b, number)
		return self._alike(a, b, here, there) if minutes_apart(here, there) <= _APART else None

	def _turned(self, a: int, b: int, one: int, two: int) -> bool:
		here, there = self.exports[a].places, self.exports[b].places
		return (here[one] < here[two]) != (there[one] < there[two])

	def _crossed(self, a: int, b: int, one: int, two: int) -> int:
		here, there = self.exports[a].places, self.exports[b].places
		return sum(
			1
			for k in here.keys() & there.keys()
			if k not in (one, two) and not self.story.sent[k].late and (here[k] < here[one]) != (there[k] < there[two])
		)


def _is_number(name: str) -> bool:
	return name.startswith("+")


def _names_in(export: Written) -> set[str | None]:
	return {name for shown in export.shown for name in (shown.name, *shown.cast)}


def _files(here: Shown, there: Shown) -> int:
	if here.digest and there.digest:
		return _SAME if here.digest == there.digest else 0
	if here.medium and there.medium and here.medium != there.medium:
		return 0
	if here.words != there.words:
		# An iPhone leaves captions out.
		return _VEILED if "" in (here.words, there.words) else 0
	return _KIND


def minutes_apart(here: Shown, there: Shown) -> int:
	"""Return how many minutes lie between two records' times, as a phone without seconds writes them."""
	one, two = here.at.replace(second=0), there.at.replace(second=0)
	return abs(one - two) // timedelta(minutes=1)


def broken(known: Known, messages: Iterable[Sequence[tuple[int, int]]]) -> list[tuple[str, frozenset[int]]]:
	"""Return where a history breaks the law: how, and the sendings concerned. `messages`: (export, place) of each."""
	some = [list(one) for one in messages]
	meant = [[known.meant(*one) for one in each] for each in some]
	found: list[tuple[str, frozenset[int]]] = []
	classes = known.classes
	times: Counter[int] = Counter()
	of_class: dict[int, list[int]] = defaultdict(list)
	for number, each in enumerate(meant):
		if len({export for export, _ in some[number]}) < len(each):
			found.append(("twice in one export", frozenset(each)))
		names = {classes.get(one, one) for one in each}
		if len(names) > 1:
			found.append(("mixed", frozenset(each)))
		for name in names:
			of_class[name].append(number)
		times.update(set(each))
	members: dict[int, set[int]] = defaultdict(set)
	for one in times:
		members[classes.get(one, one)].add(one)
	for name, sendings in members.items():
		count = len(of_class[name])
		if len(sendings) == 1 and name not in classes:
			if count > 1:
				found.append(("doubled", frozenset(sendings)))
			continue
		shown = max(
			sum(known.meant(export, place) in sendings for place in range(len(one.shown)))
			for export, one in enumerate(known.exports)
		)
		if count > len(sendings):
			found.append(("too many", frozenset(sendings)))
		if count < shown:
			found.append(("too few", frozenset(sendings)))
	return found


def pairs_of(messages: Iterable[Sequence[tuple[int, int]]]) -> set[frozenset[tuple[int, int]]]:
	"""Return all pairs of records that are one message."""
	return {frozenset(pair) for each in messages for pair in combinations(each, 2)}
