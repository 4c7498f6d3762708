"""Whom a name on one phone can mean: chosen from shared texts, equal names and equal numbers."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from cranford_desktop.domain.phone_numbers import PhoneNumber, phone_number
from cranford_desktop.ingest.senders import folded

_Fact = TypeVar("_Fact", str, PhoneNumber)

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


@lru_cache(maxsize=4096)
def first_name(name: str) -> str:
	"""Return the first word of a name that is neither a title nor a sign; "" where there is none."""
	words = (word.strip(".,()") for word in name_key(name).split())
	return next((word for word in words if word.isalpha() and len(word) > _INITIAL and word not in _TITLES), "")


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
	own_numbers = {number for name in votes if (number := number_of(name)) is not None}
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
		shared: set[int] = set()
		for label in counter:
			if label not in changed and is_another_number(number, numbers[label]):
				# Two numbers are two people, unless much shows that somebody changed hers.
				if counter[label] < 3 * LONG_TEXT:
					del weighed[label]
					continue
				if numbers[label] & own_numbers:
					# That person is here, too: some phone calls both by one name.
					shared.add(label)
			# A first name in common decides only between labels whose texts say the same.
			if first and counter[label] >= LONG_TEXT and any(first_name(one) == first for one in names[label]):
				weighed[label] += 1
		found[name] = _choice(weighed, counter, said, beside, shared)
		if counter.total() < LONG_TEXT and not same and equal and found[name].top in equal:
			by_likeness[name] = (found[name].top, found[name].weight)
	_part(found, votes, said, beside, changed)
	# An equal name alone gives way where texts show that another name of this export is that person.
	for name, (label, _) in by_likeness.items():
		if any(other != name and other not in by_likeness and label in one.labels for other, one in found.items()):
			found[name] = Choice(-1, frozenset(), 0)
	return found


def _part(
	found: dict[str, Choice],
	votes: Mapping[str, Counter[int]],
	said: Counter[int],
	exports: Sequence[set[int]],
	changed: frozenset[int],
) -> None:
	"""Let of two names that mean one label the one with less for it mean another, where texts speak as much for that: a
	phone has one name for each person.
	"""
	claims: dict[int, list[str]] = defaultdict(list)
	for name, choice in found.items():
		if choice.top >= 0 and choice.top not in changed:
			claims[choice.top].append(name)
	for label, names in claims.items():
		for name in sorted(names, key=lambda one: (-found[one].weight, one))[1:]:
			texts = votes[name]
			rest = Counter(
				{
					other: count
					for other, count in texts.items()
					if other not in claims and count >= max(LONG_TEXT, texts[label])
				}
			)
			other = _choice(rest, texts, said, exports, set())
			if other.top >= 0:
				found[name] = other


def _labels_of(facts: Sequence[set[_Fact]]) -> dict[_Fact, list[int]]:
	"""Return for each name, or each number, the labels that are known by it."""
	found: dict[_Fact, list[int]] = defaultdict(list)
	for label, known in enumerate(facts):
		for one in known:
			found[one].append(label)
	return found


def is_another_number(number: PhoneNumber | None, known: set[PhoneNumber]) -> bool:
	"""Return whether a number is none of those known of somebody; without any known it may be theirs."""
	return number is not None and bool(known) and number not in known


def _choice(
	votes: Counter[int],
	texts: Counter[int],
	said: Counter[int],
	exports: Sequence[set[int]],
	shared: set[int],
) -> Choice:
	"""Choose by weighed votes. `texts`: those of them that texts gave; `said`: what the texts of each label gave to all
	names; `shared`: labels that are somebody else's, too. Several labels are one name's where a phone shows somebody
	before and after her number changed.
	"""
	if not votes:
		return Choice(-1, frozenset(), 0)
	own = Counter({label: count for label, count in votes.items() if label not in shared}) or votes
	top = min(own, key=lambda label: (-own[label], label))
	if own[top] * 2 < own.total() or own[top] < _ENOUGH:
		return Choice(-1, frozenset(), 0)
	allowed = {
		label
		for label, count in votes.items()
		if (count * 5 >= votes.total() or texts[label] * 5 >= said[label] * 4)
		and count >= (2 * LONG_TEXT if texts[top] >= LONG_TEXT and exports[label] & exports[top] else _ENOUGH)
	}
	return Choice(top, frozenset({top, *allowed}), votes[top])
