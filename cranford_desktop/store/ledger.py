"""The record of actions: append-only and hash-chained, without message text or names.

Each entry's hash covers the previous one, so that altering, inserting or removing an entry breaks the chain from there
on. What the chain alone cannot show is that its last entries were cut off, or that somebody with the key rewrote all
of it: for that, `check` compares it with a head that was noted elsewhere (a back-up's manifest, a printed report).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, insert, select

from cranford_desktop.store.schema import ledger

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What a detail may hold: no fractions, for they have no one spelling."""

_TAG = b"cranford-ledger-1\0"
START = "0" * 64
"""What the first entry names as its previous hash."""
_LONGEST_VALUE = 200


class Entry(NamedTuple):
	"""One action, as it was recorded."""

	number: int
	at: str
	"""Moment in UTC: "2026-11-23T10:00:00+00:00"."""
	action: str
	detail: Mapping[str, JSON]
	hash: str


class Head(NamedTuple):
	"""The last entry: its number (0: none yet) and its hash."""

	number: int
	hash: str


def moment(at: datetime) -> str:
	"""Return an aware moment as the archive stores it: UTC, to the second."""
	if at.tzinfo is None:
		raise AssertionError("a moment of the council's own acts needs its zone")
	return at.astimezone(UTC).isoformat(timespec="seconds")


def append(connection: Connection, at: datetime, action: str, detail: Mapping[str, JSON]) -> Head:
	"""Append an entry in the caller's transaction and return the new head.

	`detail` holds ids, counts, codes, dates and digests only; a value that is long enough to be a text is a bug.
	"""
	_refuse_texts(detail)
	last = head(connection)
	number, when, written = last.number + 1, moment(at), _canonical(detail)
	digest = _digest(last.hash, number, when, action, written)
	connection.execute(
		insert(ledger).values(number=number, at=when, action=action, detail=written, previous=last.hash, hash=digest)
	)
	return Head(number, digest)


def head(connection: Connection) -> Head:
	"""Return the last entry's number and hash."""
	row = connection.execute(select(ledger.c.number, ledger.c.hash).order_by(ledger.c.number.desc()).limit(1)).first()
	return Head(row.number, row.hash) if row else Head(0, START)


def entries(connection: Connection) -> list[Entry]:
	"""Return all entries, oldest first."""
	rows = connection.execute(select(ledger).order_by(ledger.c.number))
	return [Entry(row.number, row.at, row.action, json.loads(row.detail), row.hash) for row in rows]


def check(connection: Connection, noted: Head | None = None) -> list[str]:
	"""Walk the chain and return a sentence for each thing that does not fit; none: it is whole.

	Finds altered entries, gaps, and entries out of their chain. That the last entries were removed can only be seen
	against a head noted elsewhere: give it as `noted`.
	"""
	problems: list[str] = []
	previous, expected, noted_hash = START, 1, None
	for row in connection.execute(select(ledger).order_by(ledger.c.number)):
		if row.number != expected:
			last = row.number - 1
			gone = f"entry {last} is" if last == expected else f"entries {expected} to {last} are"
			problems.append(f"Record of actions: {gone} missing.")
		elif row.previous != previous:
			problems.append(f"Record of actions: entry {row.number} does not follow from the one before it.")
		if _digest(row.previous, row.number, row.at, row.action, row.detail) != row.hash:
			problems.append(f"Record of actions: entry {row.number} was altered.")
		if noted is not None and row.number == noted.number:
			noted_hash = row.hash
		previous, expected = row.hash, row.number + 1
	if noted is not None and noted.number and noted_hash != noted.hash:
		lost = noted_hash is None
		problems.append(
			f"Record of actions: entry {noted.number} "
			+ ("is missing, although it was noted elsewhere." if lost else "is not the one that was noted elsewhere.")
		)
	return problems


def _canonical(detail: Mapping[str, JSON]) -> str:
	return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(previous: str, number: int, at: str, action: str, detail: str) -> str:
	written = json.dumps([number, at, action, detail], ensure_ascii=False, separators=(",", ":"))
	return sha256(_TAG + previous.encode() + written.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_texts(value: JSON) -> None:
	if isinstance(value, float):
		raise AssertionError("a detail holds whole numbers only")
	if isinstance(value, str):
		if len(value) > _LONGEST_VALUE:
			raise AssertionError("a detail holds no texts")
	elif isinstance(value, Mapping):
		for one in value.values():
			_refuse_texts(one)
	elif isinstance(value, Sequence):
		for one in value:
			_refuse_texts(one)
