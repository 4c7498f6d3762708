"""Putting together who belonged to a group from the app's own lines, as several phones show them.

Every phone says "You" of its owner, calls others as its contacts do, and shows only what happened while it was there.
So names are brought to identities first; lines of one message speak of the same people; then each identity's comings
and goings are read in time order. What no line tells stays open: somebody who wrote belonged.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from cranford_desktop.domain.membership import Came, Went

OWNER = "You"
"""What a line calls the phone's owner, in any language."""
EVENTS = ("created", "added", "removed", "joined", "left", "admin", "admin_lost", "number")
"""Lines that are read here."""
_JITTER = timedelta(minutes=10)
"""Phones differ by minutes; within them a second telling of one coming or going is the same one."""
_JOINS = frozenset((",", "and", "&", "und", "en", "et", "y", "e", "i", "a", "ac", "oraz"))
"""What stands between two names of one list, in the languages that are read."""
_ONE_JOIN = tuple([word] for word in sorted(_JOINS))

Identity = Hashable


class Line(NamedTuple):
	"""A line of the app as one phone shows it."""

	message_id: int
	place: int
	"""Order in the conversation."""
	sent_at: datetime
	event: str
	named: tuple[str, ...]
	"""Everybody it names, as exported, whoever acted first."""
	text: str
	phone: int


class Wrote(NamedTuple):
	"""What somebody's own messages say of their belonging."""

	identity: Identity
	first_message: int
	first: datetime
	last: datetime


@dataclass(slots=True)
class Belonging:
	"""A stay under construction, in identities."""

	identity: Identity
	came: Came
	since: datetime
	by: Identity | None
	evidence: list[int] = field(default_factory=list)
	went: Went | None = None
	until: datetime | None = None

	def note(self, message_id: int) -> None:
		"""Keep a message that tells of this stay, once."""
		if message_id not in self.evidence:
			self.evidence.append(message_id)


class Same:
	"""Identities that turned out to be one."""

	def __init__(self) -> None:
		self._above: dict[Identity, Identity] = {}

	def find(self, one: Identity) -> Identity:
		"""Return the identity that stands for all that are the same."""
		while one in self._above:
			one = self._above[one]
		return one

	def join(self, one: Identity, other: Identity, prefer: Callable[[Identity], object]) -> None:
		"""Take two for one; the one with the lower preference stands for both."""
		here, there = sorted((self.find(one), self.find(other)), key=lambda each: (prefer(each), repr(each)))
		if here != there:
			self._above[there] = here


class _Happening(NamedTuple):
	message_id: int
	sent_at: datetime
	event: str
	actor: Identity | None
	subjects: tuple[Identity, ...]


def parts(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
	"""Return the names at the head of a line, joined as one list, and the names after them.

	"Ann added Bob and Cy" is (Ann) and (Bob, Cy); "Bob, Cy were added" is (Bob, Cy) and nothing.
	"""
	names = [name for name in dict.fromkeys(line.named) if not _is_list(name, line.named)]
	head = 1
	while head < len(names) and _joined(line.text, names[head - 1], names[head]):
		head += 1
	return tuple(names[:head]), tuple(names[head:])


def _is_list(name: str, named: Sequence[str]) -> bool:
	"""Say whether a name is only several of the others in a row."""
	inside = [other for other in named if other != name and other and other in name]
	return len(inside) > 1 and _covered(name, inside)


def _covered(name: str, inside: Sequence[str]) -> bool:
	for one in sorted(inside, key=len, reverse=True):
		name = name.replace(one, " ")
	return all(word.strip(",") in _JOINS or not word.strip(",") for word in name.split())


def _joined(text: str, first: str, second: str) -> bool:
	"""Say whether two names stand side by side in one list; the owner may stand there as "Du" or "Je"."""
	start, end = text.find(first), text.rfind(second)
	if end < 0 or start < 0:
		if start >= 0 and second == OWNER:
			return _words(text[start + len(first) :])[:1] in _ONE_JOIN
		return first == OWNER and end >= 0 and len(_words(text[:end])) == 2 and _words(text[:end])[1:] in _ONE_JOIN
	between = _words(text[start + len(first) : end])
	return bool(between) and all(word in _JOINS for word in between)


def _words(text: str) -> list[str]:
	return text.casefold().replace(",", " , ").split()


def one_person_lines(lines: Iterable[Line]) -> list[tuple[tuple[int, str], tuple[int, str]]]:
	"""Return pairs of (phone, name) that lines of one message show in one place: "You" here, "Ann" there."""
	by_message: dict[tuple[int, str], list[Line]] = {}
	for line in lines:
		if line.event != "number":
			by_message.setdefault((line.message_id, line.event), []).append(line)
	found = []
	for told in by_message.values():
		for other in told[1:]:
			here, there = parts(told[0]), parts(other)
			if [len(one) for one in here] != [len(one) for one in there]:
				continue
			for names, others in zip(here, there, strict=True):
				left = [name for name in names if name not in others]
				right = [name for name in others if name not in names]
				if len(left) == len(right) == 1:
					found.append(((told[0].phone, left[0]), (other.phone, right[0])))
	return found


def belongings(
	lines: Sequence[Line],
	wrote: Iterable[Wrote],
	resolve: Callable[[int, str], Identity],
	wrote_after: Callable[[Identity, datetime], tuple[int, datetime] | None],
) -> tuple[list[Belonging], set[Identity]]:
	"""Return the stays and those who run the group now.

	`resolve`: (phone, name as exported) → identity. `wrote_after`: the first message of an identity after a moment.
	"""
	writers = {one.identity: one for one in wrote}
	told: dict[Identity, list[_Happening]] = {}
	happenings = _happenings(lines, resolve)
	for one in happenings:
		for identity in {*one.subjects, *([one.actor] if one.actor is not None else [])}:
			told.setdefault(identity, []).append(one)
	stays: list[Belonging] = []
	for identity in {**writers, **told}:
		stays += _stays(identity, told.get(identity, []), writers.get(identity), wrote_after)
	inside = {stay.identity for stay in stays if stay.until is None}
	return stays, _admins(happenings) & inside


def _happenings(lines: Sequence[Line], resolve: Callable[[int, str], Identity]) -> list[_Happening]:
	found: dict[tuple[int, str], _Happening] = {}
	for given in sorted(lines, key=lambda one: (one.place, one.phone)):
		nameless = not given.named and given.event in ("admin", "admin_lost")  # "You're now an admin"
		line = given._replace(named=(OWNER,)) if nameless else given
		event = line.event
		if event == "number" or not line.named:
			continue
		head, rest = ([resolve(line.phone, name) for name in names] for names in parts(line))
		actor: Identity | None
		if event == "joined":
			actor, subjects = (rest[0] if rest else None), head
		elif rest and event != "created":
			actor, subjects = head[0], rest
		else:
			actor, subjects = None, head[:1] if event == "created" else head
		held = found.get((line.message_id, event))
		if held is not None:
			actor = held.actor if held.actor is not None else actor
			subjects = list(dict.fromkeys([*held.subjects, *subjects]))
		found[line.message_id, event] = _Happening(line.message_id, line.sent_at, event, actor, tuple(subjects))
	return list(found.values())


_COMING: Mapping[str, Came] = {"created": "created", "added": "added", "joined": "joined"}
_GOING: Mapping[str, Went] = {"left": "left", "removed": "removed"}


def _stays(
	identity: Identity,
	told: Sequence[_Happening],
	writer: Wrote | None,
	wrote_after: Callable[[Identity, datetime], tuple[int, datetime] | None],
) -> list[Belonging]:
	"""Return one identity's stays, oldest first."""
	stays: list[Belonging] = []
	here: Belonging | None = None
	if writer is not None and not _comes_first(told, identity, writer.first):
		here = Belonging(identity, "seen", writer.first, None, [writer.first_message])
		stays.append(here)
	for one in told:
		comes = identity in one.subjects and one.event in _COMING
		if here is not None and one.sent_at < here.since and not comes:  # acted before writing
			here.since = one.sent_at
			here.evidence.insert(0, one.message_id)
		if identity not in one.subjects:
			if here is None:  # who acts belongs
				if stays and stays[-1].until is not None and one.sent_at - stays[-1].until <= _JITTER:
					continue
				here = Belonging(identity, "seen", one.sent_at, None, [one.message_id])
				stays.append(here)
		elif comes:
			here = _came(identity, one, here, stays)
		elif one.event in _GOING:
			_went(identity, one, here, stays)
			here = None
		elif here is None:
			here = Belonging(identity, "seen", one.sent_at, None, [one.message_id])
			stays.append(here)
	return _came_back(stays, writer, wrote_after)


def _comes_first(told: Sequence[_Happening], identity: Identity, wrote: datetime) -> bool:
	"""Say whether a line tells of a coming before (or within minutes of) the first message."""
	for one in told:
		if identity in one.subjects and one.event in _COMING:
			return one.sent_at <= wrote + _JITTER
		if identity in one.subjects and one.event in _GOING:
			return False
	return False


def _came(identity: Identity, one: _Happening, here: Belonging | None, stays: list[Belonging]) -> Belonging:
	if here is not None:
		if one.sent_at - here.since <= _JITTER and here.came == "seen":
			here.came, here.since, here.by = _COMING[one.event], one.sent_at, one.actor
		here.by = here.by if here.by is not None or one.sent_at - here.since > _JITTER else one.actor
		here.note(one.message_id)
		return here
	made = Belonging(identity, _COMING[one.event], one.sent_at, one.actor, [one.message_id])
	stays.append(made)
	return made


def _went(identity: Identity, one: _Happening, here: Belonging | None, stays: list[Belonging]) -> None:
	if here is None:
		if stays and stays[-1].until is not None and one.sent_at - stays[-1].until <= _JITTER:
			stays[-1].note(one.message_id)
			return
		here = Belonging(identity, "seen", one.sent_at, None)
		stays.append(here)
	here.went, here.until = _GOING[one.event], one.sent_at
	here.note(one.message_id)


def _came_back(
	stays: list[Belonging],
	writer: Wrote | None,
	wrote_after: Callable[[Identity, datetime], tuple[int, datetime] | None],
) -> list[Belonging]:
	"""Add a stay where somebody wrote after going and no line tells of coming back."""
	if writer is None:
		return stays
	out: list[Belonging] = []
	for place, stay in enumerate(stays):
		out.append(stay)
		if stay.until is None or writer.last <= stay.until + _JITTER:
			continue
		after = stays[place + 1] if place + 1 < len(stays) else None
		back = wrote_after(stay.identity, stay.until + _JITTER)
		if back is None:
			continue
		if after is None:
			out.append(Belonging(stay.identity, "seen", back[1], None, [back[0]]))
		elif back[1] < after.since - _JITTER:
			after.came, after.since, after.by = "seen", back[1], None
			after.evidence.insert(0, back[0])
	return out


def _admins(happenings: Sequence[_Happening]) -> set[Identity]:
	found: set[Identity] = set()
	for one in happenings:
		if one.event in ("created", "admin"):
			found.update(one.subjects)
		elif one.event in ("admin_lost", "left", "removed"):
			found.difference_update(one.subjects)
	return found
