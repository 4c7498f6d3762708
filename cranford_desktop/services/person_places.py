"""Every place in a request where a person is named, by the name that stands there, and who else may be meant."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cranford_desktop.domain.covering import NameForm, PersonPlace, Where, name_key
from cranford_desktop.domain.disclosure import Covered, Redaction
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.messages import MessageDetail
from cranford_desktop.domain.people import plain_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.redacting import find
from cranford_desktop.domain.requester import is_title

_AROUND = 40
"""Characters shown on either side of a place."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
"""Letters of a part of a name that is offered by itself."""


class Known(NamedTuple):
	"""Somebody else, by all their names; `confirmed`: the clerk has said who they are."""

	name: str
	names: tuple[str, ...]
	confirmed: bool


class _Words(NamedTuple):
	message_id: int
	where: Where
	text: str


@dataclass(frozen=True, slots=True)
class _Phrase:
	words: str
	other: Known
	redaction: Redaction


def forms_of(
	names: Sequence[str],
	details: Iterable[MessageDetail],
	wording: str,
	others: Sequence[Known],
	left: Sequence[str] = (),
) -> list[NameForm]:
	"""Return a person's names with their places, the most telling first; those of `left` are not covered.

	A place belongs to the longest name that stands there. Parts of their names that stand alone are offered as well.
	"""
	known = _distinct(names)
	parts = [word for word in _parts(known) if all(fold(word) != fold(name) for name in known)]
	everyone = [*known, *parts]
	trials = [Redaction(at, "person", name, "", names=(name,)) for at, name in enumerate(everyone)]
	unticked = {name_key(one) for one in left}
	alone = [one for one in trials if name_key(one.value) in unticked]
	together = [one for one in trials if name_key(one.value) not in unticked]
	phrases = _phrases(everyone, others)
	found: dict[int, list[PersonPlace]] = {one.id: [] for one in trials}
	for words in _texts(details, wording):
		for rules in (together, *([one] for one in alone)):
			for at in find(words.text, rules):
				found[at.redaction.id].append(_place(words, at, phrases, others))
	made = [
		NameForm(name, _kind(name) if at < len(known) else "part of a name", at >= len(known), tuple(found[at]))
		for at, name in enumerate(everyone)
	]
	return [one for one in made if one.places or not one.offered]


def _distinct(names: Sequence[str]) -> list[str]:
	"""Return the names, each once, whatever its case, marks or form of number."""
	kept: dict[str, str] = {}
	for name in names:
		kept.setdefault(name_key(name), plain_name(name))
	return [name for key, name in kept.items() if key]


def _parts(names: Sequence[str]) -> list[str]:
	words = {
		fold(word): word
		for name in names
		if _kind(name) == "name"
		for word in _LETTERS.findall(name)
		if len(word) >= _SHORTEST and not is_title(word)
	}
	return list(words.values())


def _kind(name: str) -> str:
	if phone_number(name) is not None:
		return "number"
	if "@" in name:
		return "e-mail"
	return "address" if any(sign.isdecimal() for sign in name) else "name"


def _texts(details: Iterable[MessageDetail], wording: str) -> Iterator[_Words]:
	yield _Words(0, "wording", wording)
	groups: set[str] = set()
	for one in details:
		row = one.row
		if row.group not in groups:
			groups.add(row.group)
			yield _Words(0, "group", row.group)
		if row.sender:
			yield _Words(row.id, "sender", row.sender)
		if row.text:
			yield _Words(row.id, "text", row.text)
		for name in dict.fromkeys(media.name for media in row.attachments if media.name):
			yield _Words(row.id, "file", name)
		for text in dict.fromkeys(version.text for version in one.versions if version.text):
			if text != row.text:
				yield _Words(row.id, "earlier", text)


def _phrases(forms: Sequence[str], others: Sequence[Known]) -> list[_Phrase]:
	"""Return the longer names of others in which one of these names stands as a word, the longest first."""
	trial = (Redaction(0, "person", "", "", names=tuple(forms)),)
	made: dict[str, _Phrase] = {}
	for other in others:
		for name in dict.fromkeys((*other.names, *map(_untitled, other.names))):
			plain = plain_name(name)
			inside = find(plain, trial)
			if inside and sum(one.end - one.start for one in inside) < len("".join(plain.split())):
				made.setdefault(fold(plain), _Phrase(plain, other, Redaction(0, "person", plain, "", names=(plain,))))
	return sorted(made.values(), key=lambda one: (-len(one.words), one.words))


def _untitled(name: str) -> str:
	words = name.split()
	while words and is_title(words[0]):
		words = words[1:]
	return " ".join(words) or name


def _place(words: _Words, at: Covered, phrases: Sequence[_Phrase], others: Sequence[Known]) -> PersonPlace:
	text = words.text
	made = PersonPlace(words.message_id, words.where, at.start, at.end, text[at.start : at.end], _around(text, at))
	for phrase in phrases:
		if any(one.start <= at.start and at.end <= one.end for one in find(text, (phrase.redaction,))):
			# A full name within a longer one may well be the same person: only a single word is surely somebody else's.
			sure = phrase.other.confirmed and len(_LETTERS.findall(made.words)) == 1
			return replace(made, other=phrase.other.name, phrase=phrase.words, spare=sure)
	alike = {fold(made.words)}
	for other in others:
		if any(alike & {fold(name), *map(fold, _LETTERS.findall(name))} for name in other.names):
			return replace(made, other=other.name)
	return made


def _around(text: str, at: Covered) -> tuple[tuple[str, bool], ...]:
	before, after = text[max(0, at.start - _AROUND) : at.start], text[at.end : at.end + _AROUND]
	before = f"…{before}" if at.start > _AROUND else before
	after = f"{after}…" if at.end + _AROUND < len(text) else after
	return tuple(one for one in ((before, False), (text[at.start : at.end], True), (after, False)) if one[0])
