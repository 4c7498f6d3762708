"""Where else was looked for a request, and the members who were asked for it. No name or text reaches the ledger."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cranford_desktop.domain.asking import AskDraft, Reply
from cranford_desktop.domain.other_places import (
	LookedPlace,
	MembersAsked,
	PlaceEntry,
	UsualPlace,
	members_asked,
	place_name,
)
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from cranford_desktop.services.asking import Asking, How
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.holdings import Holdings
from cranford_desktop.services.letter_drafts import SETTING
from cranford_desktop.services.members import Member
from cranford_desktop.store import asks, casebook
from cranford_desktop.store import request_places as books
from cranford_desktop.store.archive import Archive

_NOTHING = "Nothing was changed."
LOOKED = "recorded where was looked"


class OtherPlaces:
	"""Keeps where was looked besides the archive."""

	def __init__(
		self, archive: Archive, clock: Clock, tables: PolicyTables, holdings: Holdings, asking: Asking
	) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._holdings = holdings
		self._asking = asking

	def places(self, request_id: int) -> list[LookedPlace]:
		"""Return where was looked for a request, in the order recorded; members who were asked among them."""
		with self._archive.reading() as connection:
			return books.places(connection, request_id)

	def usual(self) -> Sequence[UsualPlace]:
		"""Return the places a council usually looks in."""
		return self._tables.places

	def open_places(self, request_id: int) -> list[UsualPlace]:
		"""Return the usual places of which nothing is said yet; members' phones count once one of them was asked."""
		said = {one.place for one in self.places(request_id)}
		return [one for one in self._tables.places if one.key not in said]

	def name(self, place: str) -> str:
		"""Return what a place is called on screen."""
		return place_name(place, self._tables.places)

	def usual_searcher(self) -> str:
		"""Return who looks if nobody else is named: whoever signs the council's letters, else "The clerk"."""
		with self._archive.reading() as connection:
			return self._archive.setting(connection, f"{SETTING}clerk") or "The clerk"

	def record(self, request_id: int, entry: PlaceEntry) -> int:
		"""Record where somebody looked; return its number.

		Raises `RefusedByPolicy` for a place without a name, nobody who looked, a day before the request or ahead, and
		no reason where nobody looked.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			entry = self._checked(entry, request.received, now.date())
			made = books.add_place(change.connection, request_id, entry, now)
			change.record(LOOKED, {"request": request_id, "place": made, "result": entry.result})
		return made

	def change(self, place_id: int, entry: PlaceEntry) -> None:
		"""Say something else of a place; raises as `record`, and where a member was asked: that is their answer."""
		now = self._clock()
		with self._archive.writing(now) as change:
			kept = books.place(change.connection, place_id)
			if kept.person_id is not None:
				raise RefusedByPolicy("This is what a member answered.", _NOTHING, "Write down their answer instead.")
			request = casebook.request(change.connection, kept.request_id)
			entry = self._checked(entry, request.received, now.date())
			books.change_place(change.connection, place_id, entry)
			change.record(
				"changed where was looked", {"request": kept.request_id, "place": place_id, "result": entry.result}
			)

	def remove(self, place_id: int) -> None:
		"""Take out again what was recorded by mistake; that it was stays in the ledger. Raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			kept = books.place(change.connection, place_id)
			books.remove_place(change.connection, place_id)
			change.record("took out where was looked", {"request": kept.request_id, "place": place_id})

	# members
	def members_to_ask(self, request_id: int) -> list[tuple[Member, bool]]:
		"""Return everybody who can be asked, by name, and whether the archive does not reach the request's day for
		them: no export of theirs was taken in since it came.
		"""
		with self._archive.reading() as connection:
			received = casebook.request(connection, request_id).received
			asked = {one.person_id for one in books.places(connection, request_id)}
		return [
			(one, one.person_id not in asked and (one.last_export is None or one.last_export < received))
			for one in self._holdings.members()
		]

	def members_behind(self, request_id: int) -> list[Member]:
		"""Return everybody who can be asked, marked as behind where the archive does not reach the request for them."""
		return [replace(one, behind=ask) for one, ask in self.members_to_ask(request_id)]

	def draft(self, request_id: int, person_id: int, due: date | None = None) -> AskDraft:
		"""Return the words that ask a member for a request: what was asked is quoted; who asked is named only where the
		request is about their own data.
		"""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
		words, who = " ".join(request.wording.split()), request.requester.strip()
		if request.regime == "sar":
			# Nobody can look for what is held about a person without knowing whom.
			words = f"{words} (about {who})" if who and who.casefold() not in words.casefold() else words
		elif who:
			words = re.sub(re.escape(who), "…", words, flags=re.IGNORECASE)
		return self._asking.draft("request", person_id, (), due=due, reference=request.reference, request=words)

	def ask(
		self, request_id: int, person_ids: Sequence[int], how: How, *, on: date, due: date | None = None
	) -> list[int]:
		"""Record that members were asked for a request; return the numbers of the places.

		Raises `CranfordError` as `Asking.record`, and for a day before the request came.
		"""
		now = self._clock()
		with self._archive.reading() as connection:
			received = casebook.request(connection, request_id).received
		self._asking.check(person_ids, on, due)
		if on < received:
			raise CranfordError("They were asked before the request came.", "Nothing was recorded.", "Check the day.")
		made: list[int] = []
		with self._archive.writing(now) as change:
			c = change.connection
			for one in dict.fromkeys(person_ids):
				ask_id = asks.add_ask(c, "request", one, (), how, on=on, due=due, year=None, at=now)
				made.append(books.add_member(c, request_id, one, ask_id, asked_on=on, due=due, at=now))
			change.record("asked members for a request", {"request": request_id, "places": made, "how": how})
		return made

	def reply(self, place_id: int, reply: Reply, on: date, note: str = "", *, remind_on: date | None = None) -> None:
		"""Record what a member answered: exported, nothing held, or no reply, with the day to ask again.

		Raises `CranfordError` for a day ahead, `NotFound` where nobody was asked.
		"""
		now = self._clock()
		if on > now.date():
			raise CranfordError("The day of the answer has not come yet.", _NOTHING, "Check the day.")
		with self._archive.writing(now) as change:
			kept = books.place(change.connection, place_id)
			if kept.ask_id is None:
				raise NotFound("Nobody was asked here.", _NOTHING)
			asks.put_reply(change.connection, kept.ask_id, reply, on, " ".join(note.split()))
			if remind_on is not None:
				books.set_due(change.connection, place_id, remind_on)
			change.record(
				"recorded a reply", {"request": kept.request_id, "place": place_id, "ask": kept.ask_id, "reply": reply}
			)

	def members_asked(self, request_id: int) -> MembersAsked:
		"""Return how far the asking of members is."""
		return members_asked(self.places(request_id))

	def waiting(self) -> dict[int, MembersAsked]:
		"""Return the open requests that wait for members, in the order received."""
		with self._archive.reading() as connection:
			found = books.members_waited_for(connection)
		return {request_id: members_asked(some) for request_id, some in found.items()}

	def asks_of_requests(self) -> set[int]:
		"""Return the asks that belong to a request: Home speaks of these with the request."""
		with self._archive.reading() as connection:
			return books.asks_of_requests(connection)

	def _checked(self, entry: PlaceEntry, received: date, today: date) -> PlaceEntry:
		entry = replace(
			entry,
			place=" ".join(entry.place.split()),
			who=" ".join(entry.who.split()),
			looked_for=" ".join(entry.looked_for.split()),
			note=" ".join(entry.note.split()),
			looked_on=None if entry.result == "not_looked" else entry.looked_on,
		)
		if not entry.place:
			raise RefusedByPolicy("The place has no name.", _NOTHING, "Say where somebody looked.")
		if entry.result == "not_looked":
			if not entry.note:
				raise RefusedByPolicy(
					"There is no reason why nobody looked there.", _NOTHING, "Say why in a few words."
				)
			return entry
		if not entry.who:
			raise RefusedByPolicy("Nobody is named who looked.", _NOTHING, "Say who looked there.")
		if entry.looked_on is None or not received <= entry.looked_on <= today:
			raise RefusedByPolicy(
				"The day somebody looked lies before the request or in the future.", _NOTHING, "Check the day."
			)
		return entry
