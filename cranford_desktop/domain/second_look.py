"""A second look before a pack goes out: who looks, what they said, and what was changed since."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

LookKind = Literal["other_person", "another_day", "skipped"]
LookMark = Literal["right", "change"]

_LINE = re.compile(r"(?P<number>\S*?\d+)[\s:;,.)][\s–-]*(?P<why>\S.*)")
_LAST = re.compile(r"(\d+)$")


@dataclass(frozen=True, slots=True)
class LookRules:
	"""Values of `resources/policy/second_look.toml`."""

	more_messages_than: int
	"""A second look is advised where more messages than this go out, and something is covered up or withheld."""


class Mark(NamedTuple):
	"""What was said of one message."""

	message_id: int
	mark: LookMark
	note: str
	shown: str
	"""Keyed digest of what was read."""
	at: datetime


@dataclass(frozen=True, slots=True)
class Look:
	"""A second look as it is kept."""

	id: int
	request_id: int
	kind: LookKind
	by_whom: str
	reason: str
	"""Why there was none."""
	seed: int
	numbers: Mapping[int, int]
	"""Message id → its number on the review copy."""
	shown: Mapping[int, str]
	"""Message id → keyed digest of what the review copy showed."""
	started_at: datetime
	finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
	"""How a request's second look stands."""

	advised: bool
	going_out: int
	"""Messages that the requester gets, readable or as a label."""
	can_begin: date | None
	"""The first day on which whoever decided may look again; None while nothing is decided."""
	ready: bool
	"""Everything is decided."""
	look: Look | None
	marked: int = 0
	right: int = 0
	to_change: tuple[int, ...] = ()
	"""Marked for a change, and as they were when they were read."""
	changed: tuple[int, ...] = ()
	"""Marked for a change, and changed since."""
	changed_after: tuple[int, ...] = ()
	"""Found right, and changed since; or never looked at, because they came later."""

	@property
	def settled(self) -> bool:
		"""Return whether a look is finished or skipped."""
		return self.look is not None and self.look.finished_at is not None


def other_order(ids: Iterable[int], seed: int) -> list[int]:
	"""Return messages in the order of a look: the same for a seed, and no neighbours of the conversation on purpose.

	A message that is added later does not move the others past each other.
	"""
	return sorted(ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())


def first_day(last_decided: date) -> date:
	"""Return when whoever decided may look again: not on the same day."""
	return last_decided + timedelta(days=1)


class Said(NamedTuple):
	"""What was read from the lines that were typed."""

	changes: dict[int, str]
	"""Message id → what to change."""
	unknown: tuple[str, ...]
	"""Lines that name no message of the look, or give no reason."""


def read_changes(text: str, numbers: Mapping[int, int]) -> Said:
	"""Read "7 the address can still be read", one message a line; a whole reference does as well as its number."""
	by_number = {number: message_id for message_id, number in numbers.items()}
	changes: dict[int, str] = {}
	unknown: list[str] = []
	for line in filter(None, (one.strip() for one in text.splitlines())):
		found = _LINE.fullmatch(line)
		number = _LAST.search(found["number"]) if found else None
		message_id = by_number.get(int(number[1])) if number else None
		if found is None or message_id is None:
			unknown.append(line)
		else:
			changes[message_id] = found["why"].strip()
	return Said(changes, tuple(unknown))


def told(standing: Standing, day: str, numbered: Sequence[str] = ()) -> str:
	"""Return a second look in one sentence or two, for the check page and the council's own log.

	`day`: when it was finished, in words; `numbered`: the references of what was changed after it.
	"""
	look = standing.look
	if look is None:
		return "None. It was advised." if standing.advised else "None"
	if look.kind == "skipped":
		return f"None. Why: {look.reason}"
	who = f"By {look.by_whom}" if look.kind == "other_person" else "By the clerk on another day, in another order"
	if look.finished_at is None:
		return f"{who}: begun, not finished. {standing.marked:,} of {standing.going_out:,} looked at."
	parts = [f"{who}, {day}: {standing.right:,} right"]
	if standing.changed:
		parts.append(f"{len(standing.changed):,} changed because of it")
	if standing.to_change:
		parts.append(f"{len(standing.to_change):,} to change, left as they were")
	said = f"{', '.join(parts)}."
	if standing.changed_after:
		names = f": {', '.join(numbered)}" if numbered else ""
		said += f" Changed or added after it was looked at: {len(standing.changed_after):,}{names}."
	return said
