"""Where a redaction bites, and what stands there instead.

`find` says which characters are covered; `cover` cuts them out and puts a label in their place before anything is
laid out. Everything that leaves the house goes through these two functions, the requester's view in the window too.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cranford_desktop.domain.disclosure import Covered, PatternName, Piece, Redaction
from cranford_desktop.domain.folding import Folded, fold, folded
from cranford_desktop.domain.personal_data import FINDERS
from cranford_desktop.domain.phone_numbers import Digits, PhoneNumber, phone_number

LONGEST_STAND_IN = 24
"""Characters: a stand-in takes the place of the label's words in a label of one fixed width."""
LONGEST_TEXT = 500
"""Characters of a text that is to be covered everywhere."""
_ROUNDS = 8
_ACROSS = 8
"""Letters and digits from which a text is also found with spaces inside its words; shorter ones would be by chance."""
_STREWN = r"[^\w\s\x00-\x7f]*+"
_SPELT = 4
"""Letters and digits from which a text is also found written out sign by sign."""
_COVERED = "\x00"
_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
"""Colours of skin, which belong to the emoji before them."""
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?")
"""A name without what a phone puts around it: "~ Jean", "Jo 🌻"."""
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
"""What somebody put behind a name: "Jean (clerk)"."""
_WITHOUT_BLANKS = re.compile(
	r"[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no blanks between words, or hang endings on names: Thai, Lao, Burmese, Khmer, Chinese,
Japanese, Korean.
"""


def find(text: str, redactions: Sequence[Redaction], message_id: int | None = None) -> tuple[Covered, ...]:
	"""Return what the redactions cover in a text: in order, overlaps merged, offsets into the text as given.

	"text", "pattern" and "person" bite everywhere; "span" only in the shown text of its own message, so pass
	`message_id` for that text alone. Where two overlap, the one that begins first names the label.
	"""
	return merged(hits(text, redactions, message_id))


def merged(found: Sequence[Covered]) -> tuple[Covered, ...]:
	"""Merge places that overlap, in order; the one that begins first names the label."""
	parts: list[Covered] = []
	for one in found:
		if parts and (one.start < parts[-1].end or (one.start == parts[-1].end and _same(one, parts[-1]))):
			if one.end > parts[-1].end:
				parts[-1] = parts[-1]._replace(end=one.end)
		else:
			parts.append(one)
	return tuple(parts)


def hits(text: str, redactions: Sequence[Redaction], message_id: int | None = None) -> list[Covered]:
	"""Return every place of every redaction, overlaps and all, in order: for counting and for the redaction log."""
	if not text or not redactions:
		return []
	plain = folded(text)
	found: list[Covered] = []
	everywhere = [redaction for redaction in redactions if redaction.kind != "span"]
	narrowed = (one for one in everywhere if one.ticks.phrases or one.ticks.spared)
	open_to = {one.id: _left_open(plain, one, message_id) for one in narrowed}
	for redaction in redactions:
		if redaction.kind == "span" and message_id is not None and redaction.message_id == message_id:
			found += _span(text, plain, redaction)
	# What is covered counts as a word's edge for the next look: a number that stood pressed against a name is found
	# once the name is gone.
	look = _without(plain, found) if found else plain
	for _ in range(_ROUNDS):
		fresh = [one for one in _places(look, everywhere) if not _is_open(one, open_to)]
		if not fresh:
			break
		found += fresh
		look = _without(plain, found)
	else:
		found.append(Covered(0, len(text), found[0].redaction))
	return sorted(found, key=lambda one: (one.start, -one.end))


def cover(text: str, covered: Sequence[Covered], label_for: Callable[[Redaction], str]) -> tuple[Piece, ...]:
	"""Cut the covered stretches (merged, in order) out of a text and put their labels in; the rest stays exactly."""
	pieces: list[Piece] = []
	at = 0
	for one in covered:
		if one.start > at:
			pieces.append(Piece(text[at : one.start]))
		pieces.append(Piece(one.redaction.stand_in or label_for(one.redaction), is_label=True))
		at = one.end
	if at < len(text):
		pieces.append(Piece(text[at:]))
	return tuple(pieces)


def matches_anything(value: str) -> bool:
	"""Return whether a text can be looked for at all: something is left of it once invisible marks are gone."""
	return bool(fold(value))


def _span(text: str, plain: Folded, redaction: Redaction) -> Iterable[Covered]:
	start, end = max(0, redaction.start or 0), min(len(text), redaction.end or 0)
	if redaction.value and text[start:end] != redaction.value:
		# The message was edited since: the words are covered wherever in it they stand now.
		if len(redaction.value) > LONGEST_TEXT:
			yield Covered(0, len(text), redaction)
		else:
			yield from _places(plain, (replace(redaction, kind="text"),))
		return
	if start < end:
		for first, last in zip(plain.starts, plain.ends, strict=True):
			# A letter is never parted from its accents.
			if first < end < last and not text[end:last].isspace():
				end = last
				break
		while end < len(text) and text[end] in _TONES:
			end += 1
		yield Covered(start, end, redaction)


def _left_open(plain: Folded, redaction: Redaction, message_id: int | None) -> list[tuple[int, int]]:
	"""Return where a person's name stays readable: inside a longer name of somebody else, or where she said so."""
	look = _Look(plain)
	found = [plain.span(*place) for phrase in redaction.ticks.phrases for place in look.name(phrase)]
	for one in redaction.ticks.spared:
		if one.message_id == message_id and plain.original[one.start : one.end] == one.words:
			found.append((one.start, one.end))
	return found


def _is_open(one: Covered, open_to: Mapping[int, Sequence[tuple[int, int]]]) -> bool:
	return any(start <= one.start and one.end <= end for start, end in open_to.get(one.redaction.id, ()))


def _places(plain: Folded, redactions: Sequence[Redaction]) -> list[Covered]:
	look = _Look(plain)
	found: list[Covered] = []
	for redaction in redactions:
		if redaction.kind == "pattern":
			places = list(_pattern(plain, redaction.value))
		elif redaction.kind == "person":
			places = [place for name in redaction.names for place in look.name(name)]
		else:
			places = look.text(redaction.value)
		found += (Covered(*plain.span(*place), redaction) for place in places)
	return found


class _Look:
	"""One folded text, looked through for many values; what several of them need is made once."""

	def __init__(self, plain: Folded) -> None:
		self._plain = plain
		self._digits: Digits | None = None
		self._runs: _Runs | None = None
		self._mails: list[tuple[int, int]] | None = None

	def text(self, value: str) -> list[tuple[int, int]]:
		"""Return where a text stands, inside longer words too; an e-mail address that holds it is covered whole."""
		needle = _needle(value)
		return self._addresses([*self._words(needle), *self._number(needle)])

	def name(self, value: str) -> list[tuple[int, int]]:
		"""Return where a name stands as whole words, and a number in any written form."""
		if phone_number(value) is not None:
			return self.text(value)
		plain = fold(value)
		forms = {plain, *(found.group() for form in (plain, _ASIDE.sub("", plain)) if (found := _BARE.search(form)))}
		places = [place for form in forms for place in self._words(_needle(form)) if self._stands_alone(*place)]
		return self._addresses(places)

	def _words(self, needle: "_Needle") -> list[tuple[int, int]]:
		plain = self._plain
		places: list[tuple[int, int]] = []
		if needle.expression is not None:
			at = needle.expression.search(plain.text)
			while at is not None:
				places.append(at.span())
				at = needle.expression.search(plain.text, at.start() + 1)
		for other in (needle.spelt, None if plain.text.isascii() else needle.strewn):
			if other is not None:
				places += (one.span() for one in other.finditer(plain.text))
		if needle.broken is not None and "\n" in plain.original:
			places += (one.span() for one in needle.broken.finditer(plain.text) if _only_breaks(plain, *one.span()))
		if needle.run:
			self._runs = self._runs or _Runs(plain)
			places += self._runs.find(needle.run)
		return places

	def _number(self, needle: "_Needle") -> Iterable[tuple[int, int]]:
		if needle.number is None:
			return ()
		self._digits = self._digits or Digits(self._plain)
		return self._digits.find(needle.number)

	def _addresses(self, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
		if not places or "@" not in self._plain.text:
			return places
		if self._mails is None:
			self._mails = list(FINDERS["email"](self._plain))
		return [_whole_address(place, self._mails) for place in places]

	def _stands_alone(self, start: int, end: int) -> bool:
		text = self._plain.text
		return not (start and _one_word(text[start - 1], text[start])) and not (
			end < len(text) and _one_word(text[end - 1], text[end])
		)


def _one_word(before: str, after: str) -> bool:
	"""Return whether two characters side by side belong to one word or one number."""
	if _WITHOUT_BLANKS.match(before) or _WITHOUT_BLANKS.match(after):
		return False
	return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())


def _only_breaks(plain: Folded, start: int, end: int) -> bool:
	"""Return whether every blank in a folded stretch is a line break in the original."""
	return all(plain.original[plain.starts[at]] in "\r\n" for at in range(start, end) if plain.text[at] == " ")


def _pattern(plain: Folded, name: str) -> Iterable[tuple[int, int]]:
	known: PatternName
	for known, finder in FINDERS.items():
		if known == name:
			return finder(plain)
	return ()


@dataclass(frozen=True, slots=True)
class _Needle:
	"""A text made ready to be looked for in folded texts."""

	expression: re.Pattern[str] | None
	run: str
	"""Its letters and digits alone, where there are enough of them to be looked for across anything between."""
	number: PhoneNumber | None
	spelt: re.Pattern[str] | None = None
	"""A shorter text written out sign by sign, "P o t t e r"; one of letters and digits ("AB1 2CD") however spaced."""
	strewn: re.Pattern[str] | None = None
	"""Its words with emoji between their letters."""
	broken: re.Pattern[str] | None = None
	"""One longer word with blanks between its letters: taken only where they are line breaks ("Pot-\\nter")."""


@lru_cache(maxsize=512)
def _needle(value: str) -> _Needle:
	"""Make a text ready. Between two words stands whatever joins words in a chat, an address or a file's name:
	"Jean Potter" is also found as "jean.potter", "Jean, Potter" and "JeanPotter".
	"""
	plain = fold(value[:LONGEST_TEXT])
	if not plain:
		return _Needle(None, "", None)
	words = re.findall(r"[^\W_]+", plain)
	if not words:
		return _Needle(re.compile(re.escape(plain)), "", None)
	before, after = plain[: plain.index(words[0])], plain[plain.rindex(words[-1]) + len(words[-1]) :]
	between = r"[\W_]*+".join(map(re.escape, words))
	run = "".join(words)
	spelt = None
	if _SPELT <= len(run) < _ACROSS and not before and not after:
		mixed = any(map(str.isdigit, run)) and any(map(str.isalpha, run))
		apart = r"[\W_]*+" if mixed else r"[\W_]++"
		spelt = re.compile(rf"(?<![^\W_]){apart.join(map(re.escape, run))}(?![^\W_])")
	return _Needle(
		re.compile(re.escape(before) + between + re.escape(after)),
		run if len(run) >= _ACROSS and not before and not after else "",
		phone_number(value),
		spelt,
		re.compile(r"[\W_]*+".join(_STREWN.join(map(re.escape, word)) for word in words)),
		re.compile("-?+ ?".join(map(re.escape, run))) if len(words) == 1 and len(run) > _SPELT else None,
	)


class _Runs:
	"""The letters and digits of a folded text without anything between; built once for each text."""

	def __init__(self, text: Folded) -> None:
		self._places = [
			place for place, character in enumerate(text.text) if character.isalnum() or character == _COVERED
		]
		self._run = "".join(text.text[place] for place in self._places)

	def find(self, run: str) -> Iterator[tuple[int, int]]:
		at = self._run.find(run)
		while at >= 0:
			yield self._places[at], self._places[at + len(run) - 1] + 1
			at = self._run.find(run, at + 1)


def _whole_address(place: tuple[int, int], mails: Sequence[tuple[int, int]]) -> tuple[int, int]:
	"""Widen a hit inside an e-mail address to the whole address: what is left of one still says whose it is."""
	start, end = place
	at = bisect_right(mails, (start, start))
	if at and mails[at - 1][1] > start:
		start, end = mails[at - 1][0], max(end, mails[at - 1][1])
	while at < len(mails) and mails[at][0] < end:
		end = max(end, mails[at][1])
		at += 1
	return start, end


def _without(plain: Folded, found: Sequence[Covered]) -> Folded:
	"""Return the folded text with everything found so far blotted out."""
	parts = merged(sorted(found, key=lambda one: (one.start, -one.end)))
	kept: list[str] = []
	at = 0
	for place, character in enumerate(plain.text):
		while at < len(parts) and parts[at].end <= plain.starts[place]:
			at += 1
		hidden = at < len(parts) and parts[at].start <= plain.starts[place]
		kept.append(_COVERED if hidden else character)
	return Folded(plain.original, "".join(kept), plain.starts, plain.ends)


def _same(one: Covered, other: Covered) -> bool:
	return one.redaction.id == other.redaction.id
