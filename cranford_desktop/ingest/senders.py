"""Who sent a record, or whether the app itself wrote it: settled over the whole file, in two passes.

A name may hold a colon and so may a line of the app. So the lines of the app are matched whole first, then names are
learnt from all records, and only then is each record split: at the longest name known, else at the first ": ".
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cranford_desktop.ingest import markers, system_messages
from cranford_desktop.ingest.system_messages import Event

_LONGEST_NAME = 250
_NOTICE = "end-to-end encr"
_MARKED = ("\u200e", "\u200f", "\ufeff")
_FOLD = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_FOLD |= {0x00A0: " ", 0x202F: " ", 0x2011: "-"}
_LEAD_WORDS = """
	note nb re fw fwd fyi urgent update reminder question answer q a ps p.s agenda minutes subject from to cc date time
	venue where when who what why how http https correction edit poll option location apologies action actions decision
	item items present absent tel phone email mail tip news warning alert info important attention quote reply proposal
	proposed resolved vote total cost price budget ref planning today tomorrow monday tuesday wednesday thursday friday
	saturday sunday hi hello dear all everyone yes no ok
"""
_LEADS = frozenset(_LEAD_WORDS.split())
"""Words that people put before a colon at the start of a message; never the second half of a name."""
_NAME_TAIL = re.compile(r"[^\s?!;,\"“”][^?!;,\"“”\n]{0,29}")


class Resolved(NamedTuple):
	"""One record, split."""

	sender: str | None
	"""The name before the body; for a line of the app the name under which an iPhone shows it, if any."""
	body: str
	"""What the record says, without that name."""
	event: Event | None
	system: bool
	flags: tuple[str, ...]


class _Split(NamedTuple):
	"""Where a record's first line can be split."""

	name: str
	body: int
	"""Where what was said begins, counted from the record's start."""


def folded(name: str) -> str:
	"""Return a name as names are compared: without direction marks and the "~" of an unsaved contact."""
	return name.translate(_FOLD).strip().lstrip("~").strip()


def first_line(rest: str) -> str:
	"""Return the part of a record in which its sender must stand."""
	end = rest.find("\n")
	return rest if end < 0 else rest[:end]


def first_split(line: str) -> str | None:
	"""Return what stands before the first ": " of a line, or before a colon that ends it; None where nothing does."""
	at = line.find(": ", 1, _LONGEST_NAME)
	if at > 0:
		return line[:at]
	bare = line.removesuffix("\r")
	if bare.endswith(":") and 1 < len(bare) <= _LONGEST_NAME:
		return bare[:-1]
	return line[:-2] if line.endswith(":.") and 2 < len(line) <= _LONGEST_NAME else None


def resolve(rests: Sequence[str], *, iphone: bool, chat_name: str | None, step: Callable[[], None]) -> list[Resolved]:
	"""Split all records of a file. `step` is called for each record."""
	lines = [first_line(rest) for rest in rests]
	groups: dict[str, list[int]] = defaultdict(list)
	alone: list[int] = []
	for index, line in enumerate(lines):
		prefix = first_split(line)
		if prefix is None:
			alone.append(index)
		else:
			groups[prefix].append(index)
	events: dict[int, Event] = {}
	strong: set[str] = set()
	for index in alone:
		event = system_messages.match(rests[index]) or system_messages.match(lines[index])
		if event is not None:
			events[index] = event
			strong.update(event.names)
	# Lines of the app that hold a colon: "Tom changed the subject from "A" to "Planning: hedge"".
	for indexes in groups.values():
		_events_with_colon(lines, indexes, events, strong)
	names = _Names(lines, groups, events, strong)
	splits = [None if index in events else names.split(line) for index, line in enumerate(lines)]
	own = _group_names(rests, splits, chat_name, events) if iphone else frozenset[str]()
	resolved = []
	for index, rest in enumerate(rests):
		step()
		resolved.append(_one(rest, lines[index], splits[index], events.get(index), names, own, iphone, index == 0))
	return resolved


def _events_with_colon(lines: Sequence[str], indexes: list[int], events: dict[int, Event], strong: set[str]) -> None:
	"""Find the lines of the app among those that share the text before their first ": "."""
	for index in indexes:
		event = system_messages.match(lines[index])
		if event is None:
			# Lines with the same beginning are all the app's or all somebody's, but for the first few.
			if index not in indexes[:3]:
				break
			continue
		if ": " not in event.actor:
			events[index] = event
			strong.update(event.names)


class _Names:
	"""Names of senders, learnt from a whole file."""

	def __init__(
		self, lines: Sequence[str], groups: dict[str, list[int]], events: dict[int, Event], strong: set[str]
	) -> None:
		self.strong = strong
		self._longer: dict[str, tuple[str, ...]] = {}
		self.plain: dict[str, int] = {}
		for prefix, indexes in groups.items():
			said = [index for index in indexes if index not in events]
			if not said:
				continue
			self.plain[prefix] = len(said)
			longer = _longer_names(prefix, [lines[index] for index in said], strong)
			if longer:
				self._longer[prefix] = longer
		self.any_longer = bool(self._longer) or any(": " in name for name in strong)
		self.folded = {folded(name) for name in (*self.plain, *strong)}

	def split(self, line: str) -> _Split | None:
		"""Split a line at the longest name known, else at the first ": "."""
		prefix = first_split(line)
		if prefix is None:
			return self._without_space(line)
		for name in self._longer.get(prefix, ()):
			if line.startswith(name):
				end = len(name)
				if line.startswith(": ", end):
					return _Split(name, end + 2)
				if line[end:].rstrip("\r") == ":":
					return _Split(name, end + 1)
		end = len(prefix)
		return _Split(prefix, end + (2 if line.startswith(": ", end) else 1))

	def _without_space(self, line: str) -> _Split | None:
		"""Split "Name:." where the name is known from elsewhere."""
		at = line.find(":", 1, _LONGEST_NAME)
		while at > 0:
			if line[:at] in self.plain:
				return _Split(line[:at], at + 1)
			at = line.find(":", at + 1, _LONGEST_NAME)
		return None

	def is_longer(self, name: str) -> bool:
		"""Say whether this is a known name that holds a colon."""
		return name in self.strong or any(name in longer for longer in self._longer.values())

	def unlikely(self, prefix: str) -> bool:
		"""Say whether a text before a colon is rather the start of an unknown line of the app than a name."""
		if self.plain.get(prefix, 0) > 1 or not re.search('["“„«]', prefix):
			return False
		words = prefix.split(" ")
		starts = (" ".join(words[:count]) for count in range(1, min(len(words), 6)))
		return any(self.plain.get(start, 0) > 0 or start in self.strong for start in starts)


def _longer_names(prefix: str, lines: list[str], strong: set[str]) -> tuple[str, ...]:
	"""Return the names with a colon that begin with this text: "Allotments: Bob", longest first.

	A name counts when the app itself named it, or when all that begins so goes on with names that come again and do
	not look like the start of a sentence.
	"""
	start = len(prefix) + 2
	named = any(name.startswith(f"{prefix}: ") for name in strong if ": " in name)
	proven: set[str] = set()
	repeated: dict[str, int] = defaultdict(int)
	worded: set[str] = set()
	for line in lines:
		candidates: list[str] = []
		at = line.find(":", start, _LONGEST_NAME)
		while at > 0 and len(candidates) < 4:
			if line[at + 1 : at + 2] in ("", " ", "\r"):
				candidates.append(line[:at])
			at = line.find(":", at + 1, _LONGEST_NAME)
		# Who only ever wrote "12:" is Bob, not "Bob: 12" without a word.
		if candidates and candidates[0] not in worded and line[len(candidates[0]) + 1 :].strip():
			worded.add(candidates[0])
		known = [name for name in candidates if name in strong]
		if known:
			proven.update(known)
		elif candidates and candidates[0] in repeated:
			repeated[candidates[0]] += 1
		else:
			event = system_messages.match(line)
			if event is not None and event.actor.startswith(f"{prefix}: "):
				# "Allotments: Bob changed the subject to …": the app's own line, or of somebody of the short name.
				continue
			if candidates:
				repeated[candidates[0]] += 1
			else:
				# Somebody of the short name writes too: only what the app itself named counts as longer.
				repeated.clear()
				if not named:
					return ()
				named_only = [one for one in strong if one.startswith(f"{prefix}: ")]
				return tuple(sorted(named_only, key=len, reverse=True))
	if repeated and all(
		count >= 2 and name in worded and _like_a_name(name[start:]) for name, count in repeated.items()
	):
		proven.update(repeated)
	return tuple(sorted(proven, key=len, reverse=True))


def _like_a_name(tail: str) -> bool:
	"""Say whether the second half of a name looks like one, not like "Note" or "Item 3"."""
	words = tail.casefold().split()
	if not words or len(words) > 4 or words[0].strip(".") in _LEADS or words[-1] in _LEADS:
		return False
	return bool(_NAME_TAIL.fullmatch(tail)) and not tail[0].islower()


def _group_names(
	rests: Sequence[str], splits: Sequence[_Split | None], chat_name: str | None, events: dict[int, Event]
) -> frozenset[str]:
	"""Return the names under which an iPhone shows the group itself as the sender of the app's lines."""
	found: set[str] = set()
	for index, split in enumerate(splits):
		if split is not None and _NOTICE in rests[index]:
			event = system_messages.match(rests[index][split.body :])
			if event is not None and event.event == "encryption":
				found.add(folded(split.name))
	if chat_name:
		found.add(folded(chat_name))
	for event in events.values():
		if event.event in ("created", "subject"):
			found.update(folded(name) for name in event.quoted)
	# Who writes ordinary messages is a person, even under the group's name (or the partner of a one-to-one chat).
	for index, split in enumerate(splits):
		if split is None or not found:
			continue
		name = folded(split.name)
		if name not in found:
			continue
		body = rests[index][split.body :]
		# The partner of a one-to-one chat may have sent nothing but photos. Calls are shown under a group's name, too.
		marked = body.startswith(_MARKED)
		own = markers.sent_by_somebody(body) in (None, "call") if marked else system_messages.match(body) is not None
		if not own:
			found.discard(name)
	return frozenset(name for name in found if name)


def _one(
	rest: str,
	line: str,
	split: _Split | None,
	event: Event | None,
	names: _Names,
	own: frozenset[str],
	iphone: bool,
	first: bool,
) -> Resolved:
	"""Split one record."""
	if event is not None:
		return Resolved(None, rest, event, True, ())
	if split is None:
		return Resolved(None, rest, None, True, ("unknown_system",))
	body = rest[split.body :]
	if names.any_longer:
		# "Allotments: Bob left" where "Allotments: Bob" is a known name and "Allotments" is none.
		whole = system_messages.match(line)
		if whole is not None and ": " in whole.actor and names.is_longer(whole.actor):
			return Resolved(None, rest, whole, True, ())
	if iphone:
		found = _iphone_line(split.name, body, names, own, first)
		if found is not None:
			return Resolved(split.name, body, found, True, ())
		twice = body.startswith(tuple(f"{mark}{split.name} " for mark in _MARKED))
		if twice or (folded(split.name) in own and markers.sent_by_somebody(body) is None):
			# The group's own line, or the actor said twice, in words that the catalogue does not have.
			return Resolved(split.name, body, None, True, ("unknown_system",))
	elif body.startswith(split.name):
		repeated = system_messages.match(body)
		# No Android phone names a sender here; a hand-made file may, with the name said twice.
		if repeated is not None and repeated.strong and folded(repeated.actor) == folded(split.name):
			return Resolved(split.name, body, repeated, True, ())
	if names.unlikely(split.name):
		return Resolved(None, rest, None, True, ("unknown_system",))
	return Resolved(split.name, body, None, False, ())


def _iphone_line(name: str, body: str, names: _Names, own: frozenset[str], first: bool) -> Event | None:
	"""Return what the app says in an iPhone record with a name: marked with U+200E, or under the group's own name.

	A file that lost its marks still begins with the app's notice.
	"""
	marked = body.startswith(_MARKED)
	is_group = folded(name) in own
	if not marked and not is_group and not (first and _NOTICE in body):
		return None
	event = system_messages.match(body)
	if event is None or (not marked and not is_group and event.event != "encryption"):
		return None
	if is_group or event.strong or not event.names:
		return event
	if any(who in ("You", folded(name)) or who in names.folded for who in map(folded, event.names)):
		return event
	return None


def spoken(one: Resolved) -> str:
	"""Return the app's own line in a record, without its mark."""
	return one.body.lstrip("".join(_MARKED))


def group_names_of(resolved: Sequence[Resolved]) -> frozenset[str]:
	"""Return the names (as exported) under which an iPhone shows the encryption notice: the chat's own name."""
	return frozenset(
		one.sender.translate(_FOLD).strip()
		for one in resolved
		if one.sender is not None and one.event is not None and one.event.event == "encryption"
	)
