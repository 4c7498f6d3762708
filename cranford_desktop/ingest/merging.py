"""An export against the messages held: which of its records are which of them.

The steps, each on what the ones before left: by how much the file's clock is ahead; texts and files that stand once
near a time; who is who, as these show; what stands between them, in order; what is left near by. And all but the first
again, where the matching showed more of who is who.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from cranford_desktop.domain.merging import HeldMessage, Merge
from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.anchors import Pair, anchors
from cranford_desktop.ingest.author_names import DIFFERENT, Authors
from cranford_desktop.ingest.casts import YOU, cast_of_held, cast_of_new, held_owners, mentioned, names_of, owner_of_new
from cranford_desktop.ingest.clock_offset import Clock, compare_clocks
from cranford_desktop.ingest.gap_matching import Matching
from cranford_desktop.ingest.held_people import NOBODY, HeldPeople
from cranford_desktop.ingest.likeness import LONG, Thing
from cranford_desktop.ingest.name_choices import LONG_TEXT, SHORT_TEXT, name_key, number_of
from cranford_desktop.ingest.offline import offline
from cranford_desktop.ingest.resemblance import resemblance
from cranford_desktop.ingest.same_records import same_records

_WITNESSES = 2
_COINCIDENCE = 2 * LONG_TEXT


def merge(held: Sequence[HeldMessage], incoming: Sequence[Record], digests: Mapping[int, str]) -> Merge:
	"""Compare an export with the messages held: which of its records are which of them, at most one each.

	`held` is in conversation order, `incoming` in file order; `digests` gives the SHA-256 of the file that a record
	shows, by the record's order. Nothing is merged or split on the side of what is held.
	"""
	if not held or not incoming:
		return Merge({}, timedelta())
	people = HeldPeople(held)
	authors = Authors(people, (one.sender for one in incoming if one.sender is not None and one.kind != "system"))
	owners = held_owners(held, people)
	others = mentioned(held, people)
	ours = [_held_thing(place, message, people, owners, others) for place, message in enumerate(held)]
	theirs = [_new_thing(place, record, digests.get(record.order), authors) for place, record in enumerate(incoming)]
	clock = compare_clocks(ours, theirs)
	_set_right(theirs, clock)
	authors.owner = owner_of_new(ours, theirs)
	authors.others = frozenset(
		authors.named(name) for one in incoming if one.kind == "system" for name in one.named if name != YOU
	) - {NOBODY}
	authors.held_names = names_of(held)
	authors.own_names = frozenset(
		name_key(name) for one in incoming for name in (one.named if one.kind == "system" else (one.sender,)) if name
	) - {name_key(YOU)}
	same = same_records(held, incoming, timedelta(minutes=clock.offset))
	authors.same_phone = same.phones
	changed = [(i, j) for i, j in same.at_one_time if resemblance(ours[i], theirs[j])]
	matching = _matched(ours, theirs, authors, [*same.equal, *changed])
	pairs = [(i, j) for j, i in enumerate(matching.to_held) if i >= 0]
	left_ours = [thing for i, thing in enumerate(ours) if matching.to_new[i] < 0]
	left_theirs = [thing for j, thing in enumerate(theirs) if matching.to_held[j] < 0]
	pairs += _by_another_clock(left_ours, left_theirs, authors)
	late = offline(ours, theirs, pairs, authors, lambda i: _can_be_own(held[i], people, others))
	return Merge(
		{incoming[j].order: i for i, j in (*pairs, *late)},
		timedelta(minutes=clock.offset),
		frozenset(incoming[j].order for j in (*matching.unsure, *(j for _, j in late))),
	)


def _held_thing(
	place: int,
	message: HeldMessage,
	people: HeldPeople,
	owners: Mapping[int, int],
	others: Mapping[int, frozenset[int]],
) -> Thing:
	faces = message.faces
	thing = Thing(place, faces, [face.sent_at for face in faces], [face.digest for face in faces])
	thing.orders = {face.export: face.order for face in faces}
	if faces[0].kind == "system":
		thing.cast = cast_of_held(faces, people, owners, others)
	else:
		thing.author = people.of(message)
		if len(faces) > 1:
			thing.authors = people.all_of(message)
			if len(thing.authors) > 1:
				thing.numbers = frozenset(
					number for face in faces if face.sender and (number := number_of(face.sender)) is not None
				)
	return thing


def _can_be_own(message: HeldMessage, people: HeldPeople, others: Mapping[int, frozenset[int]]) -> bool:
	"""Say whether an export that shows a message can be of its sender's own phone: no number stands there for her,
	and no line of it names her.
	"""
	return any(
		number_of(face.sender) is None and people.named(face.export, face.sender) not in others.get(face.export, ())
		for face in message.faces
		if face.sender is not None
	)


def _new_thing(place: int, record: Record, digest: str | None, authors: Authors) -> Thing:
	thing = Thing(place, (record,), (record.sent_at,), (digest,))
	if record.kind == "system":
		thing.cast = cast_of_new(record, authors)
	elif record.sender is not None:
		thing.author = authors.index[record.sender]
	return thing


def _set_right(theirs: Sequence[Thing], clock: Clock) -> None:
	"""Take the offset of its file's clock from the time of each record."""
	if clock.offset:
		for thing in theirs:
			thing.moments = (thing.moments[0] - timedelta(minutes=clock.offset),)
			thing.minutes = (thing.minutes[0] - clock.offset,)
	ends = [start for start, _ in clock.stretches[1:]]
	for (start, ahead), end in zip(clock.stretches, [*ends, len(theirs)], strict=False):
		for thing in theirs[start:end]:
			at = thing.minutes[0] + clock.offset
			thing.minutes = tuple(dict.fromkeys(at - one for one in ahead))


def _by_another_clock(ours: Sequence[Thing], theirs: Sequence[Thing], authors: Authors) -> list[Pair]:
	"""Match what is left where its clock goes otherwise: held from a phone abroad that shared nothing with others."""
	if len(ours) < _WITNESSES or len(theirs) < _WITNESSES:
		return []
	clock = compare_clocks(ours, theirs)
	if not clock.offset:
		return []
	as_shown = [(thing.moments, thing.minutes) for thing in theirs]
	_set_right(theirs, Clock(clock.offset))
	matching = Matching(ours, theirs, authors)
	matching.run(anchors(ours, theirs), ())
	for thing, times in zip(theirs, as_shown, strict=True):
		# What is not matched so stands where it stood.
		thing.moments, thing.minutes = times
	found = [(i, j) for j, i in enumerate(matching.to_held) if i >= 0]
	telling = {text for i, j in found for text in ours[i].texts if len(text[1]) >= LONG and text in theirs[j].texts}
	if len(telling) + sum(bool(ours[i].digests & theirs[j].digests) for i, j in found) < _WITNESSES:
		return []
	return [(ours[i].place, theirs[j].place) for i, j in found]


def _matched(ours: Sequence[Thing], theirs: Sequence[Thing], authors: Authors, same: Sequence[Pair]) -> Matching:
	"""Match twice: the second time with what the first showed of who is who. `same`: what is beyond doubt."""
	ours_same, theirs_same = {i for i, _ in same}, {j for _, j in same}
	others = [(i, j) for i, j in anchors(ours, theirs) if i not in ours_same and j not in theirs_same]
	fixed = sorted([*same, *others], key=lambda pair: pair[1])
	votes: dict[str, Counter[int]] = defaultdict(Counter)
	for i, j in fixed:
		if ours[i].author != NOBODY and theirs[j].author != NOBODY:
			votes[authors.names[theirs[j].author]].update(dict.fromkeys(ours[i].labels, LONG_TEXT))
	for name, counter in votes.items():
		for label, count in list(counter.items()):
			# Two people who say the same, where each phone lacks another of the two, do not become one.
			if count <= _COINCIDENCE and authors.relation(label, authors.index[name]) == DIFFERENT:
				del counter[label]
	authors.learn(votes)
	matching = Matching(ours, theirs, authors)
	matching.run(fixed, theirs_same)
	before = authors.settled()
	anchored = set(fixed)
	for i, j in matching.worded():
		if (i, j) not in anchored and ours[i].author != NOBODY and theirs[j].author != NOBODY:
			weight = LONG_TEXT if ours[i].in_one_second(theirs[j]) else SHORT_TEXT
			votes[authors.names[theirs[j].author]].update(dict.fromkeys(ours[i].labels, weight))
	authors.learn(votes)
	if authors.settled() != before:
		matching = Matching(ours, theirs, authors)
		matching.run(fixed, theirs_same)
	return matching
