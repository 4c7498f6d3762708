"""Names of senders, learnt from a whole chat in one pass that keeps no line of it.

A name may hold a colon and so may a line of the app. So the lines of the app are matched whole first, then names are
learnt from all records; only then can each record be split: at the longest name known, else at the first ": ".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from cranford_desktop.ingest import markers, system_messages
from cranford_desktop.ingest.cutting import Cut
from cranford_desktop.ingest.dialect import LONGEST_NAME
from cranford_desktop.ingest.system_messages import Event

MARKED = ("\u200e", "\u200f", "\ufeff")
"""What an iPhone writes before words of its own."""
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
_FIRST_TRIES = 3
_MANY = 2000
"""Second halves from which a text before a colon is somebody who writes with colons, not the start of names."""


def folded(name: str) -> str:
	"""Return a name as names are compared: without direction marks and the "~" of an unsaved contact."""
	return name.translate(_FOLD).strip().lstrip("~").strip()


def plain(name: str) -> str:
	"""Return a name without direction marks."""
	return name.translate(_FOLD).strip()


def first_line(rest: str) -> str:
	"""Return the part of a record in which its sender must stand."""
	end = rest.find("\n")
	return rest if end < 0 else rest[:end]


def first_split(line: str) -> str | None:
	"""Return what stands before the first ": " of a line, or before a colon that ends it; None where nothing does."""
	at = line.find(": ", 1, LONGEST_NAME)
	if at > 0:
		return line[:at]
	bare = line.removesuffix("\r")
	if bare.endswith(":") and 1 < len(bare) <= LONGEST_NAME:
		return bare[:-1]
	return line[:-2] if line.endswith(":.") and 2 < len(line) <= LONGEST_NAME else None


def after(prefix: str, line: str) -> int:
	"""Return where what was said begins, after this text and its colon."""
	end = len(prefix)
	return end + (2 if line.startswith(": ", end) else 1)


class _Prefix:
	"""What the lines that begin with one text before their first ": " show."""

	def __init__(self) -> None:
		self.lines = 0
		self.app_lines = 0
		"""Those of them that are the app's own."""
		self.all_tried = False
		"""Somebody's: no further line needs to be compared with the app's."""
		self.short = False
		"""A line goes on without another colon, so the text is a name in itself."""
		self.writes = False
		"""Under this name ordinary messages stand (asked of an iPhone only)."""
		self.candidates: set[str] = set()
		self.repeated: Counter[str] = Counter()
		self.worded: set[str] = set()


class Names:
	"""Names learnt from a whole chat: how each of its records is to be split."""

	def __init__(
		self, prefixes: Counter[str], states: dict[str, _Prefix], strong: set[str], own: frozenset[str]
	) -> None:
		self.strong = strong
		self.own = own
		"""Folded names under which an iPhone shows the group itself as the sender of the app's lines."""
		self.plain: dict[str, int] = {}
		"""How many lines begin with each text before a ": ", without the app's own."""
		self._longer: dict[str, tuple[str, ...]] = {}
		self.inferred = 0
		"""Names with a colon that no line of the app names: all that begins so goes on so."""
		for prefix, count in prefixes.items():
			state = states.get(prefix)
			said = count - (state.app_lines if state else 0)
			if said <= 0:
				continue
			self.plain[prefix] = said
			longer = _longer_names(prefix, state, strong)
			if longer:
				self._longer[prefix] = longer
				self.inferred += len(set(longer) - strong)
		self.folded = {folded(name) for name in (*self.plain, *strong)}
		self.halves = {name.partition(": ")[0] for name in self._with_colon()}
		"""First halves of names with a colon: what follows may be the app's line about such a name."""

	def _with_colon(self) -> Iterable[str]:
		yield from (name for name in self.strong if ": " in name)
		for names in self._longer.values():
			yield from names

	def simple(self, prefix: str) -> bool:
		"""Say whether all that begins with this text and a colon was sent under this text as a name."""
		return (
			prefix in self.plain
			and prefix not in self._longer
			and prefix not in self.halves
			and not self.unlikely(prefix)
			and (not self.own or folded(prefix) not in self.own)
		)

	def split(self, line: str) -> tuple[str, int] | None:
		"""Split a line at the longest name known, else at the first ": ": the name, where what was said begins."""
		prefix = first_split(line)
		if prefix is None:
			return self._without_space(line)
		for name in self._longer.get(prefix, ()):
			if line.startswith(name):
				end = len(name)
				if line.startswith(": ", end):
					return name, end + 2
				if line[end:].rstrip("\r") == ":":
					return name, end + 1
		return prefix, after(prefix, line)

	def _without_space(self, line: str) -> tuple[str, int] | None:
		"""Split "Name:." where the name is known from elsewhere."""
		at = line.find(":", 1, LONGEST_NAME)
		while at > 0:
			if line[:at] in self.plain:
				return line[:at], at + 1
			at = line.find(":", at + 1, LONGEST_NAME)
		return None

	def is_longer(self, name: str) -> bool:
		"""Say whether this is a known name that holds a colon."""
		return name in self.strong or any(name in longer for longer in self._longer.values())

	def unlikely(self, prefix: str) -> bool:
		"""Say whether a text before a colon is rather the start of an unknown line of the app than a name."""
		# A quotation that is not closed before the colon goes on after it; a nickname's is closed.
		if self.plain.get(prefix, 0) > 1 or len(_QUOTES.findall(prefix)) % 2 == 0:
			return False
		words = prefix.split(" ")
		if sum(word.islower() for word in words) > 2:
			return True
		starts = (" ".join(words[:count]) for count in range(1, min(len(words), 6)))
		return any(self.plain.get(start, 0) > 0 or start in self.strong for start in starts)


_QUOTES = re.compile('["“”„«»]')


class Learner:
	"""Goes through the records of a chat and learns who writes in it."""

	def __init__(self, *, iphone: bool, chat_name: str | None) -> None:
		self._iphone, self._chat_name = iphone, chat_name
		self.prefixes: Counter[str | None] = Counter()
		self.app_lines: set[int] = set()
		"""Orders of the app's own lines that hold a ": "."""
		self._states: dict[str, _Prefix] = defaultdict(_Prefix)
		self._settled: set[str | None] = set()
		self._strong: set[str] = set()
		self._groups: set[str] = set()
		self._unmarked: set[str] = set()
		"""Names under which the app's notice stands without its mark."""
		self._marks = False
		"""The file has the app's marks."""

	def add(self, cut: Cut) -> None:
		"""Learn from some records."""
		self.prefixes.update(cut.names)
		if self._iphone and not self._marks:
			self._marks = any(body.startswith(MARKED) for body in cut.bodies)
		settled = self._settled
		for index in [index for index, name in enumerate(cut.names) if name not in settled]:
			name, body = cut.names[index], cut.bodies[index]
			if name is None:
				self._without_name(cut.order + index, body)
			else:
				self._look(cut.order + index, name, f"{name}: {first_line(body)}", body)

	def _without_name(self, order: int, rest: str) -> None:
		line = first_line(rest)
		prefix = first_split(line)
		if prefix is not None:
			self.prefixes[None] -= 1
			self.prefixes[prefix] += 1
			if prefix not in self._settled:
				self._look(order, prefix, line, rest[after(prefix, line) :])
			return
		event = system_messages.match(rest) or system_messages.match(line)
		if event is not None:
			self._take(event)

	def _take(self, event: Event) -> None:
		self._strong.update(event.names)
		self._strong.update(event.lists)
		if event.event in ("created", "subject"):
			self._groups.update(map(folded, event.quoted))

	def _look(self, order: int, prefix: str, line: str, body: str) -> None:
		"""Learn from one line of a text before a colon that is not settled yet."""
		state = self._states[prefix]
		state.lines += 1
		event = None
		if not state.all_tried:
			event = system_messages.match(line)
			# Lines with the same beginning are all the app's or all somebody's, but for the first few.
			state.all_tried = event is None and state.lines > _FIRST_TRIES
			if event is not None and (": " not in event.actor or (event.strong and not line.startswith(event.actor))):
				# A line of the app that holds a colon: 'Tom changed the subject from "A" to "Planning: hedge"'.
				self.app_lines.add(order)
				state.app_lines += 1
				self._take(event)
				return
		if not state.short:
			_look_for_longer(state, prefix, line, event)
		if self._iphone:
			self._look_for_group(state, prefix, body)
		if state.all_tried and state.short and (state.writes or not self._iphone):
			self._settled.add(prefix)

	def _look_for_group(self, state: _Prefix, prefix: str, body: str) -> None:
		"""See whether this is a name under which an iPhone shows the app's lines, or somebody's."""
		event = system_messages.match(body)
		if event is not None and event.event == "encryption":
			(self._groups if body.startswith(MARKED) else self._unmarked).add(folded(prefix))
		rest, mark, notice = first_line(body).partition(": \u200e")
		if mark and (event := system_messages.match(notice)) is not None and event.event == "encryption":
			# The group's own name holds a colon.
			self._groups.add(folded(f"{prefix}: {rest}"))
			self._strong.add(f"{prefix}: {rest}")
		# The partner of a one-to-one chat may have sent nothing but photos. Calls are shown under a group's name, too.
		if body.startswith(MARKED):
			state.writes |= markers.sent_by_somebody(body) not in (None, "call")
		else:
			state.writes |= event is None

	def names(self) -> Names:
		"""Return what was learnt, once all records were seen."""
		own: set[str] = set()
		if self._iphone:
			# Where the app's marks are kept, a notice without one was typed.
			notices = self._groups if self._marks else self._groups | self._unmarked
			own = notices | ({folded(self._chat_name)} if self._chat_name else set())
			# Who writes ordinary messages is a person, even under the group's name.
			own -= {folded(prefix) for prefix, state in self._states.items() if state.writes}
		prefixes = Counter({prefix: count for prefix, count in self.prefixes.items() if prefix is not None})
		return Names(prefixes, self._states, self._strong, frozenset(name for name in own if name))


def _look_for_longer(state: _Prefix, prefix: str, line: str, event: Event | None) -> None:
	"""See whether a line goes on with a second colon, as under a name that holds one."""
	candidates: list[str] = []
	at = line.find(":", len(prefix) + 2, LONGEST_NAME)
	while at > 0 and len(candidates) < 4:
		if line[at + 1 : at + 2] in ("", " ", "\r"):
			candidates.append(line[:at])
		at = line.find(":", at + 1, LONGEST_NAME)
	state.candidates.update(candidates)
	# Who only ever wrote "12:" is Bob, not "Bob: 12" without a word.
	if candidates and line[len(candidates[0]) + 1 :].strip():
		state.worded.add(candidates[0])
	if candidates and candidates[0] in state.repeated:
		state.repeated[candidates[0]] += 1
		return
	if event is None and state.all_tried:
		event = system_messages.match(line)
	if event is not None and event.actor.startswith(f"{prefix}: "):
		# "Allotments: Bob changed the subject to …": the app's own line, or of somebody of the short name.
		return
	if candidates:
		state.repeated[candidates[0]] += 1
	if not candidates or len(state.repeated) > _MANY:
		# Somebody of the short name writes too: only what the app itself named counts as longer.
		state.short = True
		state.candidates.clear()
		state.repeated.clear()


def _longer_names(prefix: str, state: _Prefix | None, strong: set[str]) -> tuple[str, ...]:
	"""Return the names with a colon that begin with this text: "Allotments: Bob", longest first.

	A name counts when the app itself named it, or when all that begins so goes on with names that come again and do
	not look like the start of a sentence.
	"""
	if state is None or state.short:
		found = {name for name in strong if name.startswith(f"{prefix}: ")}
	else:
		found = state.candidates & strong
		start = len(prefix) + 2
		rest = {name: count for name, count in state.repeated.items() if name not in strong}
		if rest and all(
			count >= 2 and name in state.worded and _like_a_name(name[start:]) for name, count in rest.items()
		):
			found |= set(rest)
	return tuple(sorted(found, key=len, reverse=True))


def _like_a_name(tail: str) -> bool:
	"""Say whether the second half of a name looks like one, not like "Note" or "Item 3"."""
	words = tail.casefold().split()
	if tail[:1] in ("*", "_") or not tail.strip("0123456789:.,-/ "):
		# Bold or italic, a time or a date: the start of what was written.
		return False
	if any(mark in tail for mark in MARKED) or markers.names_place(tail):
		# "<attached", "Standort": the app's own words for what somebody sent.
		return False
	if not words or len(words) > 4 or words[0].strip(".") in _LEADS or words[-1] in _LEADS:
		return False
	return bool(_NAME_TAIL.fullmatch(tail)) and not tail[0].islower()
