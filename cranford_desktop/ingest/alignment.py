"""A later export of the same phone against what the archive holds: which records are the same sending.

Whole sequences are aligned; nothing is ever removed for being alike, since 3 % of a phone's records are genuine repeats
of the one before. All steps go by keys, none compares everything with everything, so a hostile file stays cheap.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher

from cranford_desktop.domain.messages import HeldRecord, Record
from cranford_desktop.ingest import system_messages
from cranford_desktop.ingest.senders import folded

AnyRecord = HeldRecord | Record
_Key = Callable[[AnyRecord], Hashable | None]
_Allowed = Callable[[AnyRecord, AnyRecord], float]

_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_ORDINAL = re.compile(r"\A-?[0-9]{7,8}-")
_LONG = 10
"""Characters from which a text is taken as one nobody sends twice."""
_FEW = 12
_COMPARED = 20_000
"""Pairs of texts that are compared letter by letter; beyond, changed records are matched in their order."""
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Alignment:
	"""Which incoming records the archive holds already."""

	matched: dict[int, int]
	"""Order of an incoming record → index into what is held. Every value stands once."""


def align(held: Sequence[HeldRecord], incoming: Sequence[Record]) -> Alignment:
	"""Match the records of a later (or earlier) export of the same phone and group with those held, one to one.

	`held` is in conversation order, `incoming` in file order. Matched are equal records, whatever their place; and
	where neighbours agree, records that an app changes afterwards: edited, deleted, media loaded or left out, votes,
	renamed contacts. What is not matched is new, or is no longer in the file.
	"""
	return Alignment(_Work(held, incoming).run())


def _plain(text: str) -> str:
	"""Return a text as texts are compared: without invisible marks, spaces at its end and kinds of space."""
	return text.translate(_INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ").replace("\r\n", "\n").rstrip()


def clock_shift(held: Sequence[AnyRecord], incoming: Sequence[AnyRecord]) -> timedelta:
	"""Return by how much the incoming file's clock is ahead of what is held, as a phone abroad shows: often nothing.

	Only whole quarters of an hour count, and only where hardly any record has the same time.
	"""
	here, there = texts_seen_once(held), texts_seen_once(incoming)
	steps = Counter(there[text].sent_at - here[text].sent_at for text in here.keys() & there.keys())
	if not steps:
		return timedelta()
	step, count = steps.most_common(1)[0]
	if step and step % _QUARTER == timedelta() and abs(step) <= timedelta(hours=26) and count > 2 * steps[timedelta()]:
		return step
	return timedelta()


def texts_seen_once(records: Sequence[AnyRecord]) -> dict[str, AnyRecord]:
	"""Return the long texts that stand exactly once, with their records."""
	seen: dict[str, AnyRecord | None] = {}
	for record in records:
		if record.kind == "message" and record.text is not None and len(record.text) >= _LONG:
			text = _plain(record.text)
			seen[text] = None if text in seen else record
	return {text: record for text, record in seen.items() if record is not None}


def _renamed(held: Sequence[HeldRecord], incoming: Sequence[Record], shift: timedelta) -> dict[str, str]:
	"""Return contacts that the phone's owner renamed in between: held name → name in the incoming file."""
	before = {name for record in held if (name := _sent_by(record)) is not None}
	after = {name for record in incoming if (name := _sent_by(record)) is not None}
	gone, come = before - after, after - before
	if not gone or not come:
		return {}
	by_key: dict[Hashable, str | None] = {}
	for record in held:
		if (name := _sent_by(record)) is not None and name in gone:
			key = (record.sent_at, _plain(record.raw))
			by_key[key] = None if key in by_key else name
	votes: dict[str, Counter[str]] = defaultdict(Counter)
	for new in incoming:
		if (name := _sent_by(new)) is not None and name in come:
			old = by_key.get((new.sent_at - shift, _plain(new.raw)))
			if old is not None:
				votes[old][name] += 1
	return {old: counter.most_common(1)[0][0] for old, counter in votes.items()}


def _sent_by(record: AnyRecord) -> str | None:
	"""Return who sent a record, as names are compared; None for the app's own line, under whatever name it stands: an
	iPhone shows the group's present name there.
	"""
	return None if record.sender is None or record.kind == "system" else folded(record.sender)


class _Work:
	"""One alignment under way."""

	def __init__(self, held: Sequence[HeldRecord], incoming: Sequence[Record]) -> None:
		self.held, self.incoming = held, incoming
		self.shift = clock_shift(held, incoming)
		names = _renamed(held, incoming, self.shift)
		self.held_names = [self._name(record, names) for record in held]
		self.new_names = [self._name(record, {}) for record in incoming]
		self.held_times = [record.sent_at for record in held]
		shift = self.shift
		self.new_times = [record.sent_at - shift for record in incoming] if shift else [r.sent_at for r in incoming]
		self.to_held = [-1] * len(incoming)
		self.to_new = [-1] * len(held)
		self._compared = 0

	@staticmethod
	def _name(record: AnyRecord, names: dict[str, str]) -> str | None:
		name = _sent_by(record)
		return names.get(name, name) if name is not None else None

	def run(self) -> dict[int, int]:
		"""Match, strictest first."""
		held, incoming = self.held, self.incoming
		self._exact(lambda i: held[i].raw, lambda j: incoming[j].raw)
		self._exact(lambda i: _plain(held[i].raw), lambda j: _plain(incoming[j].raw))
		for key, allowed in ((_shown, _same_file), (_sent, _changed), (_line, _worded)):
			self._in_gaps(self._gaps(), key, allowed)
		return {self.incoming[j].order: i for j, i in enumerate(self.to_held) if i >= 0}

	def _exact(self, held_text: Callable[[int], Hashable], new_text: Callable[[int], Hashable]) -> None:
		"""Match equal records: same time, sender and body, the n-th with the n-th."""
		here: dict[Hashable, list[int]] = defaultdict(list)
		for i, free in enumerate(self.to_new):
			if free < 0:
				here[self.held_times[i], self.held_names[i], held_text(i)].append(i)
		there: dict[Hashable, list[int]] = defaultdict(list)
		for j, free in enumerate(self.to_held):
			if free < 0:
				whole = (self.new_times[j], self.new_names[j], new_text(j))
				if whole in here:
					there[whole].append(j)
		uneven = []
		for key, new in there.items():
			old = here[key]
			if len(old) == len(new):
				for i, j in zip(old, new, strict=True):
					self._match(i, j)
			else:
				uneven.append((old, new))
		for old, new in uneven:
			self._uneven(old, new)

	def _uneven(self, old: list[int], new: list[int]) -> None:
		"""Match equal records of which one side has more: those whose neighbours agree, then the n-th with the n-th."""
		left_old, left_new = list(old), list(new)
		for after in (-1, 1):
			free = set(left_old)
			rest = []
			for j in left_new:
				beside = self.to_held[j + after] if 0 <= j + after < len(self.to_held) else -1
				i = beside - after
				if beside >= 0 and i in free:
					free.discard(i)
					self._match(i, j)
				else:
					rest.append(j)
			left_old, left_new = [i for i in left_old if i in free], rest
		starts_inside = bool(left_new) and len(left_old) > len(left_new) and left_new[0] <= _FEW
		if starts_inside and left_new[0] < left_old[0]:
			# The file begins in the middle of these repeats: it holds the last of them.
			left_old = left_old[len(left_old) - len(left_new) :]
		for i, j in zip(left_old, left_new, strict=False):
			self._match(i, j)

	def _match(self, i: int, j: int) -> None:
		self.to_new[i], self.to_held[j] = j, i

	def _gaps(self) -> tuple[list[int], list[int]]:
		"""Give each stretch between records that are matched in order a number, on both sides."""
		anchors = _longest_rising([(i, j) for j, i in enumerate(self.to_held) if i >= 0])
		held, new = [0] * len(self.held), [0] * len(self.incoming)
		at_held = at_new = 0
		for number, (i, j) in enumerate([*anchors, (len(held), len(new))]):
			held[at_held:i] = [number] * (i - at_held)
			new[at_new:j] = [number] * (j - at_new)
			at_held, at_new = i, j
		return held, new

	def _in_gaps(self, gaps: tuple[list[int], list[int]], make: _Key, allowed: _Allowed) -> None:
		"""Match what is left inside each stretch: same time, same sender and same key, the most alike first."""
		old: dict[Hashable, list[int]] = defaultdict(list)
		for i, free in enumerate(self.to_new):
			if free < 0 and (key := make(self.held[i])) is not None:
				old[gaps[0][i], self.held_times[i], self.held_names[i], key].append(i)
		if not old:
			return
		new: dict[Hashable, list[int]] = defaultdict(list)
		for j, free in enumerate(self.to_held):
			if free < 0 and (key := make(self.incoming[j])) is not None:
				whole = (gaps[1][j], self.new_times[j], self.new_names[j], key)
				if whole in old:
					new[whole].append(j)
		for place, some in new.items():
			self._pair(old[place], some, allowed)

	def _pair(self, old: list[int], new: list[int], allowed: _Allowed) -> None:
		"""Match two short lists of candidates; long ones in order."""
		held, incoming = self.held, self.incoming
		self._compared += len(old) * len(new)
		if len(old) * len(new) > _FEW * _FEW or self._compared > _COMPARED:
			waiting = iter(new)
			for i in old:
				if (j := next(waiting, -1)) < 0:
					return
				if allowed(held[i], incoming[j]) > 0:
					self._match(i, j)
			return
		scores = sorted(
			(
				(allowed(held[i], incoming[j]), -abs(x - y), -x, i, j)
				for x, i in enumerate(old)
				for y, j in enumerate(new)
			),
			reverse=True,
		)
		for score, _, _, i, j in scores:
			if score > 0 and self.to_new[i] < 0 and self.to_held[j] < 0:
				self._match(i, j)


def _shown(record: AnyRecord) -> Hashable | None:
	"""Key of a record that shows the same though its body differs: votes counted again, media loaded or left out."""
	if record.kind in ("system", "deleted"):
		return None
	if record.text:
		return record.kind, _plain(record.text)
	return record.kind if record.is_media else None


def _same_file(old: AnyRecord, new: AnyRecord) -> float:
	"""Say whether two records can show the same file: an iPhone counts its files anew in each export."""
	if old.media_name is None or new.media_name is None:
		return 1.0
	return float(_ORDINAL.sub("", old.media_name) == _ORDINAL.sub("", new.media_name))


def _sent(record: AnyRecord) -> Hashable | None:
	"""Key of everything that a person sent."""
	return None if record.kind == "system" else "sent"


def _line(record: AnyRecord) -> Hashable | None:
	"""Key of the app's own lines."""
	return "line" if record.kind == "system" else None


def _changed(old: AnyRecord, new: AnyRecord) -> float:
	"""Say how well one record can be a later state of the other: edited, deleted, arrived, loaded. 0: not at all."""
	if "deleted" in (old.kind, new.kind):
		return 1.0 if old.kind == new.kind else 0.2
	if _unknown(old) or _unknown(new):
		return 0.3
	if old.kind != new.kind:
		return 0.0
	alike = _alike(old.text or "", new.text or "")
	if old.edited or new.edited:
		return 0.4 + alike
	if old.is_media and new.is_media:
		return (0.5 + alike) * _same_file(old, new)
	if old.kind == "poll":
		return alike if (old.text or "").partition("\n")[0] == (new.text or "").partition("\n")[0] else 0.0
	return 0.0


def _unknown(record: AnyRecord) -> bool:
	"""Say whether a record only holds the place of a message whose words have not arrived."""
	return record.kind == "message" and record.text is None


def _worded(old: AnyRecord, new: AnyRecord) -> float:
	"""Say how alike two lines of the app are, for a renamed contact or a new wording."""
	first, second = system_messages.match(old.text or ""), system_messages.match(new.text or "")
	if first is not None and second is not None:
		return 1.0 + _alike(old.text or "", new.text or "") if first.event == second.event else 0.0
	alike = _alike(old.text or "", new.text or "")
	return alike if alike >= 0.6 else 0.0


def _alike(old: str, new: str) -> float:
	"""Return how alike two texts are, 0 to 1, from their first 200 characters."""
	return SequenceMatcher(None, old[:200], new[:200], autojunk=False).ratio()


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
	"""Return the longest run of (held, incoming) pairs that rises on both sides; pairs come sorted by incoming."""
	tails: list[int] = []
	places: list[int] = []
	before = [-1] * len(pairs)
	for number, (i, _) in enumerate(pairs):
		at = bisect_left(tails, i)
		if at == len(tails):
			tails.append(i)
			places.append(number)
		else:
			tails[at], places[at] = i, number
		before[number] = places[at - 1] if at else -1
	run = []
	at = places[-1] if places else -1
	while at >= 0:
		run.append(pairs[at])
		at = before[at]
	return run[::-1]
