"""Whose phone an export is from: a later export of one that the archive knows, or another member's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.messages import HeldRecord, Record
from cranford_desktop.ingest import system_messages
from cranford_desktop.ingest.likeness import LONG, plain
from cranford_desktop.ingest.merging import merge
from cranford_desktop.ingest.senders import folded

Own = HeldRecord | Face
"""A record of the phone in question, as the archive holds it."""
AnyRecord = Own | Record

_QUARTER = timedelta(minutes=15)
_ENOUGH = 200
"""Lines in common that a comparison of whole histories needs."""
_SAME_SHARE = 0.999


def continues(held: Sequence[Own], incoming: Sequence[Record]) -> bool:
	"""Say whether an export is of the phone whose records are held: a later or earlier export of the same group.

	Two phones of one group differ in who is "You", in minutes, in names of contacts and of photos. An iPhone, which
	shows seconds, never continues an Android phone. Without anything in common the answer is no.
	"""
	if not held or not incoming:
		return False
	if _precision(held) != _precision(incoming):
		return False
	if _same_history(held, incoming):
		return _same_owner(held, incoming, timedelta())
	shift = _clock_shift(held, incoming)
	return (
		_same_owner(held, incoming, shift)
		and _same_clock(held, incoming, shift)
		and _same_files(held, incoming, shift)
		and _same_words(held, incoming, shift)
	)


def _same_history(held: Sequence[Own], incoming: Sequence[Record]) -> bool:
	"""Say whether the stretch both sides show stands in the same words, names and times: the usual weekly export.

	Two phones differ in far more than one line in a thousand (measured on one group exported from four phones).
	"""
	begin = max(held[0].sent_at, incoming[0].sent_at)
	end = min(held[-1].sent_at, incoming[-1].sent_at)

	def lines(records: Sequence[AnyRecord]) -> Counter[tuple[datetime, str | None, str]]:
		return Counter((one.sent_at, one.sender, one.raw) for one in records if begin <= one.sent_at <= end)

	here, there = lines(held), lines(incoming)
	most = max(here.total(), there.total())
	return most >= _ENOUGH and (here & there).total() >= most * _SAME_SHARE


def _precision(records: Sequence[AnyRecord]) -> str:
	"""Return the precision most records have."""
	return Counter(record.precision for record in records).most_common(1)[0][0]


def _same_owner(held: Sequence[Own], incoming: Sequence[Record], shift: timedelta) -> bool:
	"""Say whether both sides show the same person as "You", and the chat's first notice at the same time."""
	here, there = _owners(held, timedelta()), _owners(incoming, shift)
	if any(here[moment] != there[moment] for moment in here.keys() & there.keys()):
		return False
	first, second = _notice(held, timedelta()), _notice(incoming, shift)
	return first is None or second is None or first == second


def _owners(records: Sequence[AnyRecord], shift: timedelta) -> dict[tuple[datetime, str], tuple[bool, bool]]:
	"""Return for each event of the app that stands once in its minute whether "you" acts in it, and is acted on."""
	found: dict[tuple[datetime, str], tuple[bool, bool]] = {}
	twice = set()
	for record in records:
		if record.kind == "system":
			event = system_messages.match(record.text or "")
			if event is None:
				continue
			you = [name in ("You", "you") for name in event.names]
			what, own = event.event, (any(you[:1]), any(you[1:]))
		elif record.kind == "deleted":
			what, own = "deleted", ("You deleted" in record.raw, False)
		else:
			continue
		key = ((record.sent_at - shift).replace(second=0), what)
		if key in found:
			twice.add(key)
		found[key] = own
	return {key: own for key, own in found.items() if key not in twice}


def _notice(records: Sequence[AnyRecord], shift: timedelta) -> datetime | None:
	"""Return when the chat's notice of encryption stands, where it begins the chat."""
	for record in records[:5]:
		if record.kind == "system":
			event = system_messages.match(record.text or "")
			if event is not None and event.event == "encryption":
				return record.sent_at - shift
	return None


def _same_clock(held: Sequence[Own], incoming: Sequence[Record], shift: timedelta) -> bool:
	"""Say whether texts that stand once on each side have the same times: another phone's differ by up to minutes."""
	here, there = _texts_seen_once(held), _texts_seen_once(incoming)
	same = near = 0
	for text in here.keys() & there.keys():
		apart = abs(there[text].sent_at - shift - here[text].sent_at)
		same += not apart
		near += timedelta() < apart <= timedelta(minutes=5)
	return near * 50 <= same


def _same_words(held: Sequence[Own], incoming: Sequence[Record], shift: timedelta) -> bool:
	"""Say whether most of what both sides cover is the same, under the same names."""
	here, there = _texts_seen_once(held), _texts_seen_once(incoming)
	if _other_names((here[text], there[text]) for text in here.keys() & there.keys()):
		return False  # told without comparing everything
	times_held = [record.sent_at for record in held]
	times_new = [record.sent_at - shift for record in incoming]
	start, end = max(min(times_held), min(times_new)), min(max(times_held), max(times_new))
	common = min(sum(start <= time <= end for time in times_held), sum(start <= time <= end for time in times_new))
	matched = merge([_held(one) for one in held], incoming, {}).matched
	if not common or len(matched) * 2 < common:
		return False
	by_order = {record.order: record for record in incoming}
	return not _other_names((held[index], by_order[order]) for order, index in matched.items())


def _other_names(pairs: Iterable[tuple[AnyRecord, AnyRecord]]) -> bool:
	"""Say whether most people of one side are called otherwise on the other."""
	names: dict[str, Counter[bool]] = defaultdict(Counter)
	for old, new in pairs:
		if old.sender is not None and new.sender is not None and "system" not in (old.kind, new.kind):
			names[folded(old.sender)][folded(old.sender) == folded(new.sender)] += 1
	return sum(1 for counter in names.values() if counter[False] > counter[True]) * 2 > len(names)


def _same_files(held: Sequence[Own], incoming: Sequence[Record], shift: timedelta) -> bool:
	"""Say whether the phone gave its files the same names: Android numbers them on each phone for itself."""

	def files(records: Sequence[AnyRecord], ahead: timedelta) -> dict[tuple[datetime, str], set[str]]:
		found: dict[tuple[datetime, str], set[str]] = defaultdict(set)
		for record in records:
			if record.media_name is not None and "-WA" in record.media_name:
				found[record.sent_at - ahead, record.media_name[:3]].add(record.media_name)
		return found

	here, there = files(held, timedelta()), files(incoming, shift)
	differ = agree = 0
	for key in here.keys() & there.keys():
		if here[key] & there[key]:
			agree += 1
		else:
			differ += 1
	return differ <= agree


def _clock_shift(held: Sequence[AnyRecord], incoming: Sequence[AnyRecord]) -> timedelta:
	"""Return by how much the incoming file's clock is ahead of what is held, as a phone abroad shows: often nothing.

	Only whole quarters of an hour count, and only where hardly any record has the same time.
	"""
	here, there = _texts_seen_once(held), _texts_seen_once(incoming)
	steps = Counter(there[text].sent_at - here[text].sent_at for text in here.keys() & there.keys())
	if not steps:
		return timedelta()
	step, count = steps.most_common(1)[0]
	if step and step % _QUARTER == timedelta() and abs(step) <= timedelta(hours=26) and count > 2 * steps[timedelta()]:
		return step
	return timedelta()


def _texts_seen_once(records: Sequence[AnyRecord]) -> dict[str, AnyRecord]:
	"""Return the long texts that stand exactly once, with their records."""
	seen: dict[str, AnyRecord | None] = {}
	for record in records:
		if record.kind == "message" and record.text is not None and len(record.text) >= LONG:
			text = plain(record.text)
			seen[text] = None if text in seen else record
	return {text: record for text, record in seen.items() if record is not None}


def _held(one: Own) -> HeldMessage:
	"""Return a record of this phone as a held message that only it shows."""
	if isinstance(one, Face):
		return HeldMessage(0, (one._replace(export=0),))
	return HeldMessage(
		one.message_id,
		(
			Face(
				0,
				0,
				one.sent_at,
				one.precision,
				one.sender,
				one.kind,
				one.raw,
				one.text,
				one.edited,
				one.deleted,
				one.media_name,
				one.is_media,
				None,
				None,
				(),
			),
		),
	)
