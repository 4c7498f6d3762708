"""Whether two chats are one conversation, by what was written in the stretch that both of them show."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cranford_desktop.domain.messages import Group, Record
from cranford_desktop.domain.people import folded_name
from cranford_desktop.store import phone_book
from cranford_desktop.store.archive import Connection

LONG = 10
"""Characters from which a text says which chat it stands in: "ok" stands in all of them."""
SAME = 0.1
"""Share of the smaller side's long texts from which two chats are one conversation, as measured on public exports of
one group from several phones."""
_ENOUGH = 5
"""Long texts in common without which a share says nothing."""
_REAL = 20
"""Long texts on each side of a stretch from which having none in common says that these are two chats."""
_MOST = 4000
_ABROAD = timedelta(hours=26)


class Likeness(NamedTuple):
	"""What two chats have in common."""

	first: int
	"""Different long texts of the one within the stretch both show."""
	second: int
	common: int

	@property
	def share(self) -> float:
		"""Return how much of the smaller side's long texts both have, 0 to 1."""
		smaller = min(self.first, self.second)
		return self.common / smaller if smaller else 0.0

	@property
	def same(self) -> bool:
		"""Return whether they are one conversation, as far as this shows."""
		return self.common >= _ENOUGH and self.share >= SAME

	@property
	def strangers(self) -> bool:
		"""Return whether they plainly are two: a stretch of real size, and nothing in common."""
		return not self.common and min(self.first, self.second) >= _REAL


class Stretch(NamedTuple):
	"""The newest long texts of a chat within a stretch."""

	start: datetime
	end: datetime
	texts: frozenset[str]


def long_text(text: str | None) -> str | None:
	"""Return a text as texts are compared, whatever its case, spaces and invisible marks; None if it is short."""
	if text is None or len(text) < LONG:
		return None
	plain = " ".join(folded_name(text).split())
	return plain if len(plain) >= LONG else None


def group_stretch(c: Connection, group_id: int, start: datetime, end: datetime) -> Stretch | None:
	"""Return what a group wrote around a stretch; None where it wrote nothing long then."""
	found: set[str] = set()
	first = last = None
	for at, text in phone_book.texts(c, group_id, start - _ABROAD, end + _ABROAD, length=LONG, most=_MOST):
		plain = long_text(text)
		if plain is not None:
			found.add(plain)
			first = at
			last = last or at
	return Stretch(first, last, frozenset(found)) if first is not None and last is not None else None


def compared(records: Iterable[Record], stretches: Sequence[Stretch]) -> list[Likeness]:
	"""Compare records with each of some stretches; they are gone through once."""
	found: list[set[str]] = [set() for _ in stretches]
	if stretches:
		for record in records:
			if record.kind == "system" or record.text is None or len(record.text) < LONG:
				continue
			plain = None
			for texts, stretch in zip(found, stretches, strict=True):
				if stretch.start - _ABROAD <= record.sent_at <= stretch.end + _ABROAD:
					plain = plain or long_text(record.text)
					if plain is None:
						break
					texts.add(plain)
	return [
		Likeness(len(texts), len(stretch.texts), len(texts & stretch.texts))
		for texts, stretch in zip(found, stretches, strict=True)
	]


def alike(first: Iterable[Record], second: Iterable[Record]) -> Likeness:
	"""Compare two exports within the stretch that both show."""
	ours, theirs = _timed(first), _timed(second)
	if not ours or not theirs:
		return Likeness(0, 0, 0)
	start = max(min(ours.values()), min(theirs.values())) - _ABROAD
	end = min(max(ours.values()), max(theirs.values())) + _ABROAD
	here = {text for text, at in ours.items() if start <= at <= end}
	there = {text for text, at in theirs.items() if start <= at <= end}
	return Likeness(len(here), len(there), len(here & there))


def _timed(records: Iterable[Record]) -> dict[str, datetime]:
	"""Return the different long texts of an export, each with when it stood last."""
	found: dict[str, datetime] = {}
	for record in records:
		if record.kind != "system" and (plain := long_text(record.text)) is not None:
			found[plain] = record.sent_at
	return found


def likeliest(
	c: Connection, groups: Sequence[Group], records: Iterable[Record], start: datetime, end: datetime
) -> tuple[Group, Likeness] | None:
	"""Return the group with which an unknown chat shares most, where that makes it one conversation; else None."""
	known = [(group, stretch) for group in groups if (stretch := group_stretch(c, group.id, start, end)) is not None]
	found = compared(records, [stretch for _, stretch in known])
	same = [(group, one) for (group, _), one in zip(known, found, strict=True) if one.same]
	return max(same, key=lambda pair: pair[1].share, default=None)
