"""Gathering for a request: searches, all on record; what they and the clerk's own hand add; and the confirming.

The set of a request is what searches and the hand added, less what was taken out or left out. A search never brings
back what was left out by hand; so the order of searches does not matter.
"""

from array import array
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from cranford_desktop.domain.describing import describe
from cranford_desktop.domain.disclosure import RequestRecord, SearchRecord
from cranford_desktop.domain.gathering import (
	HOW_WORDS,
	Added,
	Contents,
	How,
	Look,
	Membership,
	Standing,
	Step,
	TakingOut,
)
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.services import gathering_looks as looks
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import casebook, gathered
from cranford_desktop.store.archive import Archive, Change, Connection
from cranford_desktop.store.gathered import Kept
from cranford_desktop.store.numbers import meant

_UNCHANGED = "Nothing was changed."
_STAYS = "decided on already, so it stays in the request"

_Told = TypeVar("_Told")


class Gathering:
	"""Keeps the sets of requests. Each change is one transaction, recorded by numbers."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	# searching
	def look(self, request_id: int, wanted: MessageFilter, stopped: Stopped = never) -> Look:
		"""Search for a request. The search is on record at once, also where it finds nothing; nothing is added.

		What was marked personal or set aside is found as well, whatever the search says of it. Raises `RefusedByPolicy`
		for a search that asks for nothing.
		"""
		asked = looks.checked(wanted)
		with self._archive.reading() as connection:
			casebook.request(connection, request_id)
			ids = looks.found_by(connection, asked)
		check(stopped)
		now = self._clock()
		with self._archive.writing(now) as change:
			request = _open_request(change.connection, request_id)
			steps = gathered.kept(change.connection, request_id, request.include)
			step_id = self._same_today(steps, asked, len(ids))
			if step_id is None:
				step_id = self._record(change, request_id, describe(asked), len(ids), gathered.search_entry(asked))
			change.record("searched for a request", {"request": request_id, "found": len(ids), "added": 0})
			known = gathered.members(change.connection, request_id).keys() | looks.left_out(steps)
			if known.issuperset(ids) and asked not in request.include:
				# Nothing it finds was left lying: what it finds later will be shown, and held.
				casebook.set_source(change.connection, request_id, include=(*request.include, asked))
		with self._archive.reading() as connection:
			return looks.look(
				connection, casebook.request(connection, request_id), step_id, asked, array("q", ids), stopped
			)

	def gather(self, request_id: int, wanted: MessageFilter) -> SearchRecord:
		"""Add what a search finds to the request's messages; the search writes its own record, for the internal log.

		What was marked personal or set aside is found as well, whatever the search says of it.
		"""
		if wanted.ids is not None:
			return self._gather_by_hand(request_id, wanted)
		asked = looks.plain(wanted)
		with self._archive.writing(self._clock()) as change:
			request = _open_request(change.connection, request_id)
			ids = looks.found_by(change.connection, asked)
			step_id = self._record(change, request_id, describe(asked), len(ids), gathered.search_entry(asked))
			added = self._put_found(change, request, step_id, asked, ids)
			return SearchRecord(self._clock(), describe(asked), len(ids), added.added)

	def add_found(self, request_id: int, step_id: int, ids: Sequence[int]) -> Added:
		"""Add what a search found, as it was shown; what was left out by hand stays out. Raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			request = _open_request(change.connection, request_id)
			steps = gathered.kept(change.connection, request_id, request.include)
			search = _step(steps, step_id, "search").step
			wanted = search.wanted
			if wanted is None:
				raise RefusedByPolicy(
					"An earlier release did not keep what this search was.", _UNCHANGED, "Search again."
				)
			if any(one.step.kind == "confirm" and one.step.id > step_id for one in steps):
				step_id = self._record(change, request_id, search.words, search.found, gathered.search_entry(wanted))
			return self._put_found(change, request, step_id, wanted, ids)

	def _put_found(
		self, change: Change, request: RequestRecord, step_id: int, wanted: MessageFilter, ids: Sequence[int]
	) -> Added:
		c = change.connection
		left = looks.left_out(gathered.kept(c, request.id, request.include))
		added = gathered.put(c, request.id, step_id, [one for one in ids if one not in left], self._clock())
		gathered.count_added(c, step_id, added)
		gathered.mark(c, step_id, "out", None)
		if wanted not in request.include:
			casebook.set_source(c, request.id, include=(*request.include, wanted))
		reopened = self._reopen(c, request, added, step_id)
		change.record(
			"added to a request", {"request": request.id, "found": len(ids), "added": added, "reopened": reopened}
		)
		return Added(step_id, added, reopened)

	def _same_today(self, steps: Sequence[Kept], wanted: MessageFilter, found: int) -> int | None:
		"""Return the entry of the same search with the same outcome, made today and standing; else None."""
		for one in reversed(steps):
			if one.step.kind == "confirm":
				return None
			if one.step.kind == "search" and one.step.wanted == wanted and not one.step.taken_out:
				same = one.step.found == found and one.step.at.date() == self._clock().date()
				return one.step.id if same else None
		return None

	# by hand
	def add(self, request_id: int, ids: Sequence[int], how: How = "one") -> Added:
		"""Add messages by hand, those left out before as well; marked as added so. Raises `NotFound` for no message."""
		return self._add_by_hand(request_id, ids, HOW_WORDS[how])

	def _gather_by_hand(self, request_id: int, wanted: MessageFilter) -> SearchRecord:
		added = self._add_by_hand(request_id, wanted.ids or (), describe(wanted))
		return SearchRecord(self._clock(), describe(wanted), len(set(wanted.ids or ())), added.added)

	def _add_by_hand(self, request_id: int, ids: Sequence[int], words: str) -> Added:
		with self._archive.writing(self._clock()) as change:
			c = change.connection
			request = _open_request(c, request_id)
			named = list(dict.fromkeys(meant(c, ids)))
			if not named:
				raise NotFound("No message is chosen.", _UNCHANGED, "Choose a message first.")
			step_id = self._record(change, request_id, words, len(named), {"act": "add", "ids": named})
			added = gathered.put(c, request_id, step_id, named, self._clock())
			gathered.count_added(c, step_id, added)
			reopened = self._reopen(c, request, added, step_id)
			change.record(
				"added to a request", {"request": request_id, "found": len(named), "added": added, "reopened": reopened}
			)
			return Added(step_id, added, reopened)

	def leave_out(self, request_id: int, ids: Sequence[int], *, with_decided: bool = False) -> TakingOut:
		"""Leave messages out by hand, whether they are in the request or were only found: no search brings them back.

		Messages that were decided on stay, unless `with_decided`: then what was decided on them goes as well.
		"""
		with self._archive.writing(self._clock()) as change:
			c = change.connection
			request = _open_request(c, request_id)
			members = gathered.members(c, request_id)
			left = looks.left_out(gathered.kept(c, request_id, request.include))
			named = [one for one in dict.fromkeys(meant(c, ids)) if one in members or one not in left]
			decided = gathered.decided(c, request_id, named) if not with_decided else set()
			out = [one for one in named if one not in decided]
			if out:
				was = [[one, members[one]] for one in out if one in members]
				entry = {"act": "leave", "ids": out, "was": was}
				self._record(change, request_id, "left out by hand", len(out), entry)
				casebook.remove_messages(c, request_id, out)
			change.record("took messages out of a request", {"request": request_id, "messages": len(out)})
		return TakingOut(tuple(out), tuple(one for one in named if one in decided))

	def remove(self, request_id: int, message_ids: Sequence[int]) -> None:
		"""Take messages out of the request's set, with what was decided on them."""
		self.leave_out(request_id, message_ids, with_decided=True)

	def undo(self, request_id: int) -> str:
		"""Take the newest act by hand back and return its words; "" where there is none.

		What it added and was decided on since stays. What it left out comes back without what had been decided on it.
		"""
		if not self.standing(request_id).taken_back:
			return ""
		with self._archive.writing(self._clock()) as change:
			c = change.connection
			request = _open_request(c, request_id)
			steps = gathered.kept(c, request_id, request.include)
			last = looks.last_by_hand(steps)
			if last is None:
				raise NotFound("There is nothing to take back.", _UNCHANGED)
			gathered.mark(c, last.step.id, "undone", self._clock())
			if last.step.kind == "add":
				taking = self._taking_out(c, request, last)
				self._take(change, request, [last], taking, with_decided=False)
			else:
				self._put_back(c, request_id, steps, last)
			change.record("took an act of gathering back", {"request": request_id, "step": last.step.id})
			return last.step.words

	def _put_back(self, c: Connection, request_id: int, steps: Sequence[Kept], last: Kept) -> None:
		"""Put back what was left out, unless the search that had brought it was taken out meanwhile."""
		gone = {one.step.id for one in steps if one.undone or one.step.taken_out}
		for brought in dict.fromkeys(step for _, step in last.was if step not in gone):
			ids = [one for one, step in last.was if step == brought]
			gathered.put(c, request_id, brought, ids, self._clock())

	# taking a search's additions out
	def would_take_out(self, request_id: int, step_id: int) -> TakingOut:
		"""Return what taking out the additions of a search, or of an act by hand, would do; nothing is changed."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			return self._taking_out(connection, request, _step(_kept(connection, request), step_id, "search", "add"))

	def take_out(self, request_id: int, step_id: int, *, with_decided: bool = False) -> TakingOut:
		"""Take out what a search, or an act by hand, added. What another search found too stays, and counts as its.

		Messages that were decided on stay, unless `with_decided`. The search stays on record.
		"""
		with self._archive.writing(self._clock()) as change:
			c = change.connection
			request = _open_request(c, request_id)
			steps = _kept(c, request)
			chosen = _step(steps, step_id, "search", "add")
			taking = self._taking_out(c, request, chosen)
			alike = [one for one in steps if looks.alike(one, chosen)]
			if chosen.step.kind == "search":
				kept = tuple(one for one in request.include if one != chosen.step.wanted)
				casebook.set_source(c, request_id, include=kept)
			for one in alike:
				gathered.mark(c, one.step.id, "out" if one.step.kind == "search" else "undone", self._clock())
			self._take(change, request, alike, taking, with_decided=with_decided)
			change.record(
				"took a search's messages out of a request", {"request": request_id, "messages": len(taking.out)}
			)
		if with_decided:
			return TakingOut((*taking.out, *taking.decided), (), taking.elsewhere)
		return taking

	def _taking_out(self, c: Connection, request: RequestRecord, chosen: Kept) -> TakingOut:
		steps = _kept(c, request)
		mine = {one.step.id for one in steps if looks.alike(one, chosen)}
		held = [one for one, brought in gathered.members(c, request.id).items() if brought in mine]
		others = self._others(c, request, steps, mine)
		own = [one for one in held if not any(one in ids for _, ids in others)]
		decided = gathered.decided(c, request.id, own)
		return TakingOut(
			tuple(one for one in own if one not in decided),
			tuple(one for one in own if one in decided),
			len(held) - len(own),
		)

	def _others(
		self, c: Connection, request: RequestRecord, steps: Sequence[Kept], mine: set[int]
	) -> list[tuple[int, set[int]]]:
		"""Return what else keeps messages in: the other searches with what they find, and acts by hand."""
		found = []
		left = looks.left_out(one for one in steps if one.step.id not in mine)
		for one in steps:
			if one.step.id in mine or one.undone or one.step.taken_out:
				continue
			if one.step.kind == "add":
				found.append((one.step.id, set(one.ids) - left))
			elif one.step.live and one.step.wanted is not None:
				found.append((one.step.id, set(looks.found_by(c, one.step.wanted)) - left))
		return found

	def _take(
		self, change: Change, request: RequestRecord, chosen: Sequence[Kept], taking: TakingOut, *, with_decided: bool
	) -> None:
		c = change.connection
		mine = {one.step.id for one in chosen}
		casebook.remove_messages(c, request.id, (*taking.out, *(taking.decided if with_decided else ())))
		if taking.decided and not with_decided:
			entry = {"act": "add", "ids": list(taking.decided), "stays": True}
			stays = self._record(change, request.id, _STAYS, len(taking.decided), entry)
			gathered.brought_by(c, request.id, stays, taking.decided)
		for step_id, ids in self._others(c, request, _kept(c, request), mine):
			members = gathered.members(c, request.id)
			gathered.brought_by(c, request.id, step_id, [one for one in ids if members.get(one, 0) in mine])

	# what later imports bring
	def news(self, request_id: int) -> tuple[int, ...]:
		"""Return messages that the request's searches find and that are neither in it nor left out, in order."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			return tuple(looks.news(connection, request))

	def add_news(self, request_id: int, ids: Sequence[int]) -> Added:
		"""Add messages that the request's searches find by now; each search that brings some is on record anew."""
		now, first, last, added = self._clock(), 0, 0, 0
		with self._archive.writing(now) as change:
			c = change.connection
			request = _open_request(c, request_id)
			waiting = set(looks.news(c, request)).intersection(meant(c, ids))
			for wanted in request.include:
				found = looks.found_by(c, wanted)
				mine = [one for one in found if one in waiting]
				waiting.difference_update(mine)
				if mine:
					last = self._record(change, request_id, describe(wanted), len(found), gathered.search_entry(wanted))
					first = first or last
					gathered.put(c, request_id, last, mine, now)
					gathered.count_added(c, last, len(mine))
					added += len(mine)
			reopened = self._reopen(c, request, added, first)
			change.record("added to a request", {"request": request_id, "added": added, "reopened": reopened})
		return Added(last, added, reopened)

	# looking at the whole
	def steps(self, request_id: int) -> list[Step]:
		"""Return the record of a request's gathering in order, without what was taken back at once."""
		with self._archive.reading() as connection:
			return [one.step for one in _kept(connection, casebook.request(connection, request_id)) if not one.undone]

	def searches(self, request_id: int) -> list[SearchRecord]:
		"""Return the searches made for a request, in order; `steps` also what was added or left out by hand."""
		made = (one for one in self.steps(request_id) if one.kind == "search")
		return [SearchRecord(one.at, one.words, one.found, one.added) for one in made]

	def standing(self, request_id: int) -> Standing:
		"""Return how far the gathering of a request is."""
		return self._read(request_id, looks.standing)

	def membership(self, request_id: int) -> Membership:
		"""Return which messages are in a request, and which were left out by hand."""
		return self._read(request_id, looks.membership)

	def contents(self, request_id: int) -> Contents:
		"""Return what is in a request, by group and day."""
		return self._read(request_id, looks.contents)

	def whole_day(self, message_id: int) -> list[int]:
		"""Return the messages of a message's day in its group, in order."""
		with self._archive.reading() as connection:
			return gathered.whole_day(connection, message_id)

	def between(self, first: int, last: int) -> list[int]:
		"""Return the messages from one to another of the same group, both with; empty where they are of two groups."""
		with self._archive.reading() as connection:
			return gathered.between(connection, first, last)

	def quoted_by(self, ids: Sequence[int]) -> dict[int, int]:
		"""Return for messages that quote an earlier one in words which one that is. Exports know no other link."""
		with self._archive.reading() as connection:
			return looks.quoted_by(connection, ids)

	def confirm_set(self, request_id: int) -> None:
		"""Confirm that the set is complete: from now on only its messages, and what its searches find, are kept."""
		with self._archive.writing(self._clock()) as change:
			request = casebook.request(change.connection, request_id)
			if not request.set_confirmed:
				casebook.set_confirmed(change.connection, request_id)
				self._record(change, request_id, "confirmed", request.candidates, {"act": "confirm"})
			change.record("confirmed the set of a request", {"request": request_id})

	def _read(self, request_id: int, how: Callable[[Connection, RequestRecord], _Told]) -> _Told:
		with self._archive.reading() as connection:
			return how(connection, casebook.request(connection, request_id))

	def _reopen(self, c: Connection, request: RequestRecord, added: int, step_id: int) -> bool:
		"""Open a confirmed set again to which something was added; return whether that was so."""
		if not added or not request.set_confirmed:
			return False
		casebook.set_confirmed(c, request.id, confirmed=False)
		gathered.mark(c, step_id, "reopened", self._clock())
		return True

	def _record(self, change: Change, request_id: int, words: str, found: int, entry: dict[str, Any]) -> int:
		return gathered.add_step(change.connection, request_id, self._clock(), words, found, 0, entry)


def _open_request(c: Connection, request_id: int) -> RequestRecord:
	"""Return a request that can be gathered for; raises `NotFound`, `RefusedByPolicy` for one that is closed."""
	request = casebook.request(c, request_id)
	if request.status == "closed":
		raise RefusedByPolicy(
			"This request is closed.", _UNCHANGED, "Open it again first, if something has to be added to its answer."
		)
	return request


def _kept(c: Connection, request: RequestRecord) -> list[Kept]:
	return gathered.kept(c, request.id, request.include)


def _step(steps: Sequence[Kept], step_id: int, *kinds: str) -> Kept:
	found = next((one for one in steps if one.step.id == step_id and one.step.kind in kinds), None)
	if found is None:
		raise NotFound("This request has no such search.", _UNCHANGED)
	return found
