"""What a search for a request shows beside its hits, and what the set holds: reads only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from cranford_desktop.domain.disclosure import RequestRecord
from cranford_desktop.domain.gathering import (
	Contents,
	DayPart,
	GroupPart,
	Look,
	Membership,
	Standing,
	own_words,
	quoted_words,
)
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.work import Stopped, check
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.search_words import search_words
from cranford_desktop.services import search_ideas, search_meanings
from cranford_desktop.store import gathered, unsearched
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.gathered import Kept
from cranford_desktop.store.normal import folded
from cranford_desktop.store.search import words_in

NOTHING_ADDED = "Nothing was added."
_QUOTED = 300
"""Messages with quotations whose sources are looked for."""
_TELLING = 8
"""Words of a quotation that are looked for."""


def plain(wanted: MessageFilter) -> MessageFilter:
	"""Return a search as a request makes it: what was marked personal or set aside is never passed over."""
	return replace(wanted, without_personal=False, with_set_aside=False)


def checked(wanted: MessageFilter) -> MessageFilter:
	"""Return a search as a request makes it; raises `RefusedByPolicy` where it asks for nothing, or for no day."""
	asked = plain(wanted)
	if asked == MessageFilter():
		raise RefusedByPolicy(
			"There is nothing to look for yet.",
			NOTHING_ADDED,
			"Type words, or choose a group, a person, a tag or dates.",
		)
	if asked.start is not None and asked.end is not None and asked.start > asked.end:
		raise RefusedByPolicy("The first day lies after the last day.", NOTHING_ADDED, "Change one of the two dates.")
	return asked


def found_by(c: Connection, wanted: MessageFilter) -> Sequence[int]:
	"""Return what a search finds for a request: what was marked personal or set aside as well."""
	return books.message_ids(c, replace(wanted, without_personal=False, with_set_aside=True))


def news(c: Connection, request: RequestRecord) -> list[int]:
	"""Return what the live query of a request finds and is neither in it nor left out, by group and order."""
	steps = gathered.kept(c, request.id, request.include)
	known = gathered.members(c, request.id).keys() | left_out(steps)
	fresh = {one for wanted in request.include for one in found_by(c, wanted)} - known
	return list(found_by(c, MessageFilter(ids=tuple(fresh)))) if fresh else []


def left_out(steps: Iterable[Kept]) -> set[int]:
	"""Return what was left out by hand and not added by hand since."""
	left: set[int] = set()
	for one in steps:
		if one.undone:
			continue
		if one.step.kind == "leave":
			left.update(one.ids)
		elif one.step.kind == "add":
			left.difference_update(one.ids)
	return left


def look(
	c: Connection, request: RequestRecord, step_id: int, wanted: MessageFilter, ids: Sequence[int], stopped: Stopped
) -> Look:
	"""Return what a search found with everything that is said of it."""
	members = gathered.members(c, request.id)
	left = left_out(gathered.kept(c, request.id, request.include))
	personal = books.count(c, replace(wanted, category=("personal",), with_set_aside=True))
	told = Look(
		step_id,
		wanted,
		ids,
		frozenset(one for one in ids if one in members),
		frozenset(one for one in ids if one in left and one not in members),
		personal,
	)
	check(stopped)
	words, names = search_words(), tuple(search_meanings.other_names(c, wanted))
	if not ids:
		return replace(told, ideas=names, nothing=search_ideas.nothing_found(c, wanted, (), words))
	found = set(ids)
	check(stopped)
	quoted = quoted_by(c, ids)
	check(stopped)
	counted, near = unsearched.beside_hits(c, wanted)
	check(stopped)
	known = members.keys() | left
	return replace(
		told,
		beside=tuple(one for one in near if one not in known),
		quoted=tuple(dict.fromkeys(one for one in quoted.values() if one not in known and one not in found)),
		ideas=(*names, *search_ideas.ideas(c, wanted, words)),
		not_searched=counted,
	)


def quoted_by(c: Connection, ids: Sequence[int]) -> dict[int, int]:
	"""Return for messages that quote another one in words which earlier message of their group that is."""
	found: dict[int, int] = {}
	for message_id, text in gathered.quoting(c, ids)[:_QUOTED]:
		source = next(_sources(c, message_id, text), None)
		if source is not None:
			found[message_id] = source
	return found


def _sources(c: Connection, message_id: int, text: str) -> Iterator[int]:
	for passage in quoted_words(text):
		said = words_in(passage)
		if not said:
			continue
		wanted = MessageFilter(search=f'"{" ".join(said[:_TELLING])}"', exact=True, with_set_aside=True)
		whole = " ".join(said)
		for earlier, words in gathered.earlier_with(c, message_id, books.message_ids(c, wanted)):
			if whole in " ".join(words_in(folded(own_words(words))[0])):
				yield earlier
				break


def contents(c: Connection, request: RequestRecord) -> Contents:
	"""Return what is in a request: by group and day, and who wrote it."""
	places = gathered.places(c, request.id)
	groups = []
	for (group_id, name), inside in groupby(places, lambda one: (one.group_id, one.group)):
		days = []
		# A phone's clock may be wrong: a day can come up twice in the order of a conversation.
		for day, part in groupby(sorted(inside, key=lambda one: one.day), lambda one: one.day):
			listed = list(part)
			days.append(
				DayPart(
					day,
					tuple(one.id for one in listed),
					sum(not one.decided for one in listed),
					sum(one.by_hand for one in listed),
				)
			)
		groups.append(GroupPart(group_id, name, tuple(days)))
	senders = Counter(one.sender for one in places)
	return Contents(
		tuple(groups),
		tuple(sorted(senders.items(), key=lambda one: (-one[1], one[0]))),
		sum(one.by_hand for one in places),
		sum(not one.decided for one in places),
	)


def standing(c: Connection, request: RequestRecord) -> Standing:
	"""Return how far the gathering of a request is."""
	steps = gathered.kept(c, request.id, request.include)
	reopened = min((one.step.id for one in steps if one.reopened), default=1)
	confirmed = max((one.step.id for one in steps if one.step.kind == "confirm"), default=reopened - 1)
	members = gathered.members(c, request.id)
	before = any(one.reopened or one.step.kind == "confirm" for one in steps)
	since = [one for one, brought in members.items() if before and (brought or 0) > confirmed]
	last = last_by_hand(steps)
	return Standing(
		messages=len(members),
		confirmed=request.set_confirmed,
		confirmed_before=before,
		since=len(since),
		undecided_since=len(since) - len(gathered.decided(c, request.id, since)),
		left_out=len(left_out(steps) - members.keys()),
		taken_back=last.step.words if last is not None else "",
	)


def membership(c: Connection, request: RequestRecord) -> Membership:
	"""Return which messages are in a request, and which were left out."""
	steps = gathered.kept(c, request.id, request.include)
	members = gathered.members(c, request.id)
	hands = {one.step.id for one in steps if one.step.kind == "add"}
	return Membership(
		frozenset(members),
		frozenset(one for one, brought in members.items() if brought in hands),
		frozenset(left_out(steps) - members.keys()),
	)


def last_by_hand(steps: Sequence[Kept]) -> Kept | None:
	"""Return the newest act by hand that can be taken back."""
	acts = (one for one in reversed(steps) if one.step.kind in ("add", "leave") and not one.undone and not one.stays)
	return next(acts, None)


def alike(one: Kept, chosen: Kept) -> bool:
	"""Say whether two entries of a record are the same one, or the same search made twice."""
	same = one.step.kind == chosen.step.kind == "search" and one.step.wanted == chosen.step.wanted is not None
	return one.step.id == chosen.step.id or same
