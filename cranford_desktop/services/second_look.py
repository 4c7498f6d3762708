"""A second look before the pack is made: advised where it matters, never forced.

By another person from a review copy, whose remarks are typed in by number; or by whoever decided, on another day and in
another order. Or none, with one reason.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.second_look import Look, LookMark, Mark, Standing, other_order
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.disclosing import Disclosing
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.services.second_look_reading import (
	GOING_OUT,
	LookRead,
	brief,
	going_out,
	numbers_for,
	read_look,
	shown_now,
)
from cranford_desktop.store import second_looks as books
from cranford_desktop.store.archive import Archive, Change, Connection


class SecondLook:
	"""Keeps second looks; each change is recorded by number, never by name or word."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables, disclosing: Disclosing) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._disclosing = disclosing

	def brief(self, request_id: int) -> Standing:
		"""Return how a second look stands in counts: for a list of tasks."""
		with self._archive.reading() as connection:
			return brief(connection, self._tables, request_id)

	def read(self, request_id: int) -> LookRead:
		"""Return how a second look stands, message by message. Looks at every message of the request once."""
		with self._archive.reading() as connection:
			return read_look(connection, self._archive, self._tables, request_id)

	def order(self, read: LookRead) -> list[int]:
		"""Return what is to be read in a look on another day, in its other order."""
		look = read.standing.look
		out = [one.row.id for one in read.candidates if one.decision is not None and one.decision.choice in GOING_OUT]
		return other_order(out, look.seed if look else 0)

	def begin_own(self, request_id: int) -> Look:
		"""Begin a look by whoever decided, or go on with the one that is open.

		Raises `RefusedByPolicy` while something is undecided, and on the day on which something was decided last.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			standing = brief(change.connection, self._tables, request_id)
			_require_ready(standing)
			open_ = standing.look
			if open_ is not None and open_.kind == "another_day" and open_.finished_at is None:
				change.record("went on with a second look", {"request": request_id, "look": open_.id})
				return open_
			if standing.can_begin is not None and now.date() < standing.can_begin:
				raise RefusedByPolicy(
					"You decided on these messages today.",
					NOTHING_CHANGED,
					f"You can look again from {weekday_words(standing.can_begin)}, or let somebody else read the "
					"review copy today.",
				)
			return self._begin(change, request_id, "another_day", "", now)

	def begin_other(self, request_id: int, by_whom: str) -> Look:
		"""Begin a look by another person, who gets the review copy; raises `RefusedByPolicy` while undecided."""
		if not by_whom.strip():
			raise RefusedByPolicy("Nobody is named.", NOTHING_CHANGED, "Say who reads it.")
		now = self._clock()
		with self._archive.writing(now) as change:
			_require_ready(brief(change.connection, self._tables, request_id))
			return self._begin(change, request_id, "other_person", by_whom.strip(), now)

	def review_copy(self, request_id: int, _progress: Progress = unheard, _stopped: Stopped = never) -> bytes:
		"""Return the review copy that goes with the look that is open, as a PDF; raises `NotFound` without one."""
		with self._archive.reading() as connection:
			look = books.last_look(connection, request_id)
		if look is None or look.kind != "other_person":
			raise NotFound("Nobody else looks at this request.", NOTHING_CHANGED)
		return self._disclosing.review_copy(request_id, look.numbers)

	def mark(self, request_id: int, message_id: int, mark: LookMark, note: str = "") -> None:
		"""Say of one message, in a look on another day, that it is right or to be changed.

		With the last one the look is finished. Raises `NotFound` without an open look or for another message.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			connection = change.connection
			look = _open(_look(connection, request_id), "another_day")
			out = going_out(connection, request_id)
			if message_id not in out:
				raise NotFound("That message does not go out in this request.", NOTHING_CHANGED)
			shown = shown_now(connection, self._archive, self._tables, request_id, message_id)
			books.put_marks(connection, look.id, [Mark(message_id, mark, note.strip(), shown, now)])
			change.record("looked at a message again", {"request": request_id, "look": look.id, "mark": mark})
			if set(out) <= books.marks(connection, look.id).keys():
				self._finish(change, look, now)

	def unmark(self, request_id: int, message_id: int) -> None:
		"""Take back what was said of one message in an open look; raises `NotFound` without one."""
		with self._archive.writing(self._clock()) as change:
			look = _open(_look(change.connection, request_id), "another_day")
			books.drop_marks(change.connection, look.id, [message_id])
			change.record("took a mark back", {"request": request_id, "look": look.id})

	def record_other(self, request_id: int, changes: Mapping[int, str]) -> None:
		"""Record what another person said: what to change and why, by message; everything else was right.

		It counts for what the review copy showed, so what was changed since is told. Raises `NotFound` without an open
		look, or for a message that was not on the copy.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			read = read_look(change.connection, self._archive, self._tables, request_id)
			look = _open(_look(change.connection, request_id), "other_person")
			if not set(changes) <= set(look.numbers):
				raise NotFound("A message is named that was not on the review copy.", NOTHING_CHANGED)
			held = {one.row.id for one in read.candidates}
			books.put_marks(
				change.connection,
				look.id,
				[
					Mark(one, "change" if one in changes else "right", changes.get(one, "").strip(), shown, now)
					for one, shown in look.shown.items()
					if one in held
				],
			)
			change.record("recorded a second look", {"request": request_id, "look": look.id, "to_change": len(changes)})
			self._finish(change, look, now)

	def skip(self, request_id: int, reason: str) -> None:
		"""Record that there is no second look, and why; raises `RefusedByPolicy` without a reason."""
		if not reason.strip():
			raise RefusedByPolicy("No reason is given.", NOTHING_CHANGED, "Say in a few words why not.")
		now = self._clock()
		with self._archive.writing(now) as change:
			brief(change.connection, self._tables, request_id)
			books.add_look(
				change.connection,
				request_id,
				"skipped",
				reason=reason.strip(),
				numbers={},
				shown={},
				at=now,
				finished=True,
			)
			change.record("skipped the second look", {"request": request_id})

	def _begin(self, change: Change, request_id: int, kind: str, by_whom: str, now: datetime) -> Look:
		connection = change.connection
		read = read_look(connection, self._archive, self._tables, request_id)
		ids = [one.row.id for one in read.candidates]
		known = numbers_for(connection, request_id, ids)
		look_id = books.add_look(
			connection,
			request_id,
			"other_person" if kind == "other_person" else "another_day",
			by_whom=by_whom,
			seed=_seed(request_id, now),
			numbers={one: known[one] for one in ids},
			shown=read.shown,
			at=now,
		)
		change.record("began a second look", {"request": request_id, "look": look_id, "kind": kind})
		return _look(connection, request_id)

	@staticmethod
	def _finish(change: Change, look: Look, now: datetime) -> None:
		books.finish(change.connection, look.id, now)
		change.record("finished a second look", {"request": look.request_id, "look": look.id})


def _look(connection: Connection, request_id: int) -> Look:
	look = books.last_look(connection, request_id)
	if look is None:
		raise NotFound("Nobody looks at this request again.", NOTHING_CHANGED)
	return look


def _open(look: Look, kind: str) -> Look:
	if look.kind != kind or look.finished_at is not None:
		raise NotFound("No second look is open.", NOTHING_CHANGED, "Begin one first.")
	return look


def _require_ready(standing: Standing) -> None:
	if not standing.ready:
		raise RefusedByPolicy(
			"Not everything is decided yet.", NOTHING_CHANGED, "Decide on every message first, then look again."
		)


def _seed(request_id: int, now: datetime) -> int:
	"""Return the seed of a look's order; another look has another one."""
	return int.from_bytes(hashlib.sha256(f"{request_id} {now.isoformat()}".encode()).digest()[:4])
