"""Whether two chats are one conversation, by what was written in the stretch that both of them show."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
"""Long texts in common without which a tenth says nothing."""
_FEW, _MOST_OF_IT = 3, 0.5
"""A short export: this many in common are enough where they are so much of it."""
_REAL = 20
"""Long texts on each side of a stretch from which having none in common says that these are two chats."""
_MOST = 4000
_ABROAD = timedelta(hours=26)
"""How far apart one message can stand on two phones, one of which is abroad."""


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
		return (self.common >= _ENOUGH and self.share >= SAME) or (self.common >= _FEW and self.share >= _MOST_OF_IT)

	@property
	def strangers(self) -> bool:
		"""Return whether they plainly are two: a stretch of real size, and nothing in common."""
		return not self.common and min(self.first, self.second) >= _REAL


class Stretch(NamedTuple):
	"""The newest long texts of a chat within a stretch, and when each stood."""

	start: datetime
	end: datetime
	texts: Mapping[str, Sequence[datetime]]


def long_text(text: str | None) -> str | None:
	"""Return a text as texts are compared, whatever its case, spaces and invisible marks; None if it is short."""
	if text is None or len(text) < LONG:
		return None
	plain = " ".join(folded_name(text).split())
	return plain if len(plain) >= LONG else None


def group_stretch(c: Connection, group_id: int, start: datetime, end: datetime) -> Stretch | None:
	"""Return what a group wrote around a stretch; None where it wrote nothing long then."""
	found: dict[str, list[datetime]] = defaultdict(list)
	for at, text in phone_book.texts(c, group_id, start - _ABROAD, end + _ABROAD, length=LONG, most=_MOST):
		plain = long_text(text)
		if plain is not None:
			found[plain].append(at)
	return _stretch(found)


def export_stretch(records: Iterable[Record]) -> Stretch | None:
	"""Return what an export shows; None where it shows nothing long."""
	found: dict[str, list[datetime]] = defaultdict(list)
	for record in records:
		if record.kind != "system" and (plain := long_text(record.text)) is not None:
			found[plain].append(record.sent_at)
	return _stretch(found)


def compared(records: Iterable[Record], stretches: Sequence[Stretch]) -> list[Likeness]:
	"""Compare records with each of some stretches; they are gone through once."""
	found: list[dict[str, list[datetime]]] = [defaultdict(list) for _ in stretches]
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
					texts[plain].append(record.sent_at)
	return [_likeness(texts, stretch.texts) for texts, stretch in zip(found, stretches, strict=True)]


def alike(first: Stretch | None, second: Stretch | None) -> Likeness:
	"""Compare two exports within the stretch that both show."""
	if first is None or second is None:
		return Likeness(0, 0, 0)
	start, end = max(first.start, second.start) - _ABROAD, min(first.end, second.end) + _ABROAD
	return _likeness(_within(first, start, end), _within(second, start, end))


def _stretch(found: Mapping[str, Sequence[datetime]]) -> Stretch | None:
	times = [at for some in found.values() for at in some]
	return Stretch(min(times), max(times), found) if times else None


def _within(stretch: Stretch, start: datetime, end: datetime) -> Mapping[str, Sequence[datetime]]:
	kept = {text: [at for at in times if start <= at <= end] for text, times in stretch.texts.items()}
	return {text: times for text, times in kept.items() if times}


def _likeness(first: Mapping[str, Sequence[datetime]], second: Mapping[str, Sequence[datetime]]) -> Likeness:
	"""Count what stands on both sides at about the same time: what is said every spring says nothing."""
	common = sum(_near(times, second[text]) for text, times in first.items() if text in second)
	return Likeness(len(first), len(second), common)


def _near(first: Sequence[datetime], second: Sequence[datetime]) -> bool:
	later = sorted(second)
	for at in first:
		place = bisect_left(later, at - _ABROAD)
		if place < len(later) and later[place] <= at + _ABROAD:
			return True
	return False


def likeliest(
	c: Connection, groups: Sequence[Group], records: Iterable[Record], start: datetime, end: datetime
) -> tuple[Group, Likeness] | None:
	"""Return the group with which an unknown chat shares most, where that makes it one conversation; else None."""
	known = [(group, stretch) for group in groups if (stretch := group_stretch(c, group.id, start, end)) is not None]
	found = compared(records, [stretch for _, stretch in known])
	same = [(group, one) for (group, _), one in zip(known, found, strict=True) if one.same]
	return max(same, key=lambda pair: pair[1].share, default=None)
