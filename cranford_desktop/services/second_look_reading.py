"""Reads how a request's second look stands: what was said of each message, and what was changed since."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.disclosure import Candidate, Decision
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.second_look import Mark, Standing, first_day, told
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.pack_building import PackBuilder
from cranford_desktop.services.request_messages import candidates, members
from cranford_desktop.store import casebook
from cranford_desktop.store import second_looks as books
from cranford_desktop.store.archive import Archive, Connection

GOING_OUT = ("release", "withhold")
"""What the requester gets to see, readable or as a label."""


@dataclass(frozen=True, slots=True)
class LookRead:
	"""A request's messages beside what was said of them."""

	standing: Standing
	candidates: Sequence[Candidate]
	shown: Mapping[int, str]
	"""Message id → keyed digest of what the requester would read today."""
	marks: Mapping[int, Mark]


def known_numbers(connection: Connection, request_id: int) -> dict[int, int]:
	"""Return the number that each message had in the newest pack or on a review copy; empty without one."""
	packs = casebook.packs(connection, request_id)
	look = books.last_look(connection, request_id)
	return (dict(look.numbers) if look else {}) | (dict(packs[0].result.numbers) if packs else {})


def numbers_for(connection: Connection, request_id: int, ids: Iterable[int]) -> dict[int, int]:
	"""Return a number for each message of a request: the one it has, else the next."""
	numbers = known_numbers(connection, request_id)
	free = max(numbers.values(), default=0) + 1
	for one in ids:
		if one not in numbers:
			numbers[one], free = free, free + 1
	return numbers


def brief(connection: Connection, tables: PolicyTables, request_id: int) -> Standing:
	"""Return a second look's standing in counts, without looking at any message's words."""
	request = casebook.request(connection, request_id)
	out, telling = books.worth_it(connection, request_id)
	look = books.last_look(connection, request_id)
	marks = books.marks(connection, look.id) if look else {}
	last = books.last_decided(connection, request_id)
	ready = bool(request.candidates) and not request.undecided
	return Standing(
		advised=telling and out > tables.second_look.more_messages_than,
		going_out=out,
		can_begin=first_day(last.astimezone(LONDON).date()) if last else None,
		ready=ready and not casebook.changed_since_decided(connection, request_id),
		look=look,
		marked=len(marks),
		right=sum(one.mark == "right" for one in marks.values()),
	)


def read_look(connection: Connection, archive: Archive, tables: PolicyTables, request_id: int) -> LookRead:
	"""Return how a second look stands, message by message. Looks at every message of the request once."""
	counted = brief(connection, tables, request_id)
	request = casebook.request(connection, request_id)
	held = candidates(connection, request_id)
	builder = PackBuilder(
		request.reference, casebook.redactions(connection, request_id), tables.exemptions, request.regime
	)
	shown = {one.row.id: _shown(archive, builder, one.row, one.decision) for one in held}
	look = counted.look
	marks = books.marks(connection, look.id) if look else {}
	to_change: list[int] = []
	changed: list[int] = []
	after: list[int] = []
	for one in held:
		known, mark = one.row.id, marks.get(one.row.id)
		goes = one.decision is not None and one.decision.choice in GOING_OUT
		if mark is None:
			if look is not None and look.finished_at is not None and look.kind != "skipped" and goes:
				after.append(known)
		elif mark.mark == "change":
			(to_change if mark.shown == shown[known] else changed).append(known)
		elif mark.shown != shown[known]:
			after.append(known)
	standing = Standing(
		advised=counted.advised,
		going_out=counted.going_out,
		can_begin=counted.can_begin,
		ready=counted.ready,
		look=look,
		marked=counted.marked,
		right=counted.right,
		to_change=tuple(to_change),
		changed=tuple(changed),
		changed_after=tuple(after),
	)
	return LookRead(standing, held, shown, marks)


def look_lines(
	connection: Connection, archive: Archive, tables: PolicyTables, request_id: int
) -> tuple[tuple[str, str], ...]:
	"""Return what the council's own log says of a second look: that there was none and why, or what came of it."""
	read = read_look(connection, archive, tables, request_id)
	standing, look = read.standing, read.standing.look
	reference = casebook.request(connection, request_id).reference
	numbers = numbers_for(connection, request_id, (one.row.id for one in read.candidates))

	def called(message_id: int) -> str:
		return f"{reference}-{numbers[message_id]:04d}"

	ended = look.finished_at if look else None
	day = weekday_words(ended.astimezone(LONDON).date()) if ended else ""
	lines = [("Second look", told(standing, day, [called(one) for one in standing.changed_after[:12]]))]
	for mark in read.marks.values():
		if mark.mark == "change":
			came = "changed" if mark.message_id in standing.changed else "left as it was"
			why = f"{mark.note.rstrip('.')}. " if mark.note else ""
			lines.append((f"Second look at {called(mark.message_id)}", f"To change: {why}It was {came}."))
	return tuple(lines)


def shown_now(connection: Connection, archive: Archive, tables: PolicyTables, request_id: int, message_id: int) -> str:
	"""Return the digest of what one message of a request looks like in the pack as things stand."""
	request = casebook.request(connection, request_id)
	builder = PackBuilder(
		request.reference, casebook.redactions(connection, request_id), tables.exemptions, request.regime
	)
	[row] = members(connection, request_id, [message_id])
	return _shown(archive, builder, row, casebook.decisions(connection, request_id).get(row.id))


def going_out(connection: Connection, request_id: int) -> list[int]:
	"""Return the messages that the requester gets, readable or as a label."""
	return [one.message_id for one in casebook.decisions(connection, request_id).values() if one.choice in GOING_OUT]


def _shown(archive: Archive, builder: PackBuilder, row: MessageRow, decision: Decision | None) -> str:
	"""Return a keyed digest of what a message looks like in the pack, so that no digest of its words is kept."""
	entry = builder.entry(row, decision, 0)
	what = (
		(entry.status, entry.exemptions, entry.group, entry.sender, entry.body, [media.label for media in entry.media])
		if entry is not None
		else None
	)
	said = repr((decision.choice if decision else None, decision.with_media if decision else False, what))
	return hmac.new(archive.keys.tombstone, b"second look\0" + said.encode(), "sha256").hexdigest()
