"""The words of the app's markers, of all languages, ready to be looked up."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cranford_desktop.ingest.chat_words import languages

_WHOLE = ("deleted", "waiting", "missed_call", "live_location", "left_out_iphone", "contact_left_out")
"""Kinds that stand alone as a body."""
_OPENED = (*_WHOLE, "call", "poll", "location")
_OPENING = 3
"""Letters by which a body that may be a marker is known at once."""
_BEGINNING = 5
"""Letters by which it is known better: "Contact card omitted" from "contractor"."""
_PLACES = {"n": "[^\\n]{1,200}?", "x": "[^\\n]{0,200}?"}
_MARK = "\u200e"


class Words(NamedTuple):
	"""What the app writes in place of, or beside, a message's words."""

	openings: frozenset[str]
	"""The first letters of every marker that is known by its beginning."""
	beginnings: frozenset[str]
	"""More of its letters, folded and without the app's mark."""
	shorter: tuple[str, ...]
	"""The same of those that have not as many."""
	whole: dict[str, tuple[str, frozenset[str]]]
	"""Kind and languages of a body that is nothing but a marker, by its plain form."""
	exact: tuple[dict[str, tuple[str, frozenset[str]]], dict[str, tuple[str, frozenset[str]]]]
	"""The same for the commonest bodies as they stand there, of Android and of iPhones: most markers are these."""
	placed: tuple[tuple[re.Pattern[str], str], ...]
	"""Such bodies that name somebody, with their kind."""
	any_placed: re.Pattern[str]
	"""Any of them."""
	left_out: dict[str, frozenset[str]]
	"""What stands in angle brackets for a medium left out on Android: languages by plain form."""
	edited: frozenset[str]
	attached: dict[str, frozenset[str]]
	attached_here: frozenset[str]
	location: re.Pattern[str]
	"""The word before a place's address, with its colon."""
	polls: frozenset[str]
	options: frozenset[str]
	call: re.Pattern[str]
	missed: re.Pattern[str]
	started: re.Pattern[str]


def may_begin(body: str, known: Words) -> bool:
	"""Say whether a body that has one of the openings goes on as a marker does."""
	letters = body[: _BEGINNING + 1].lstrip(_MARK).casefold()
	return letters[:_BEGINNING] in known.beginnings or letters.startswith(known.shorter)


def plain(text: str) -> str:
	"""Return a text as markers are compared: without the app's mark, blanks and full stop at the ends, folded."""
	return text.strip(" \r\n\t\u200e").removesuffix(".").casefold()


@cache
def words() -> Words:
	"""Return the words of all languages."""
	whole: dict[str, tuple[str, frozenset[str]]] = {}
	placed: list[tuple[re.Pattern[str], str]] = []
	for language in languages():
		for kind in _WHOLE:
			for text in language.markers.get(kind, ()):
				if "{" in text:
					placed.append((_placed(text), kind))
				else:
					codes = whole.get(plain(text), (kind, frozenset[str]()))[1]
					whole[plain(text)] = (kind, codes | {language.code})
	openings = {"null"[:_OPENING]}
	for text in _all(*_OPENED):
		for form in (text, text.casefold(), text[:1].upper() + text[1:]):
			openings |= {form[:_OPENING], (_MARK + form)[:_OPENING]}
	openings |= {("<" + text)[:_OPENING] for text in _all("left_out")}
	whole_words = ("null", *_all(*_OPENED), *(f"<{text}" for text in _all("left_out")))
	beginnings = {text.partition("{")[0].casefold()[:_BEGINNING] for text in whole_words}
	shorter = {text for text in beginnings if len(text) < _BEGINNING}
	calls = _either(_all("missed_call", "call"))
	missed = _either(_all("missed_call"))
	return Words(
		frozenset(openings),
		frozenset(beginnings - shorter),
		tuple(sorted(shorter)),
		whole,
		_exact(),
		tuple(placed),
		re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in placed)),
		_by_language("left_out"),
		frozenset(map(plain, _all("edited"))),
		_by_language("attached"),
		frozenset(map(plain, _all("attached_here"))),
		re.compile(rf"(?:\A|\n)\u200e?(?:{_either(_all('location'))})[ \u00a0]?: ", re.IGNORECASE),
		frozenset(_all("poll")),
		frozenset(_all("option")),
		re.compile(rf"(?:{calls})(?P<more>(?:[.,]|\u200e| \u2022)[^\n]{{0,120}})?\.?\s{{0,3}}", re.IGNORECASE),
		re.compile(rf"\u200e?(?:{missed})(?: at [^\n]{{1,20}})?\.?\s{{0,3}}"),
		re.compile(rf"\u200e?(?:{'|'.join(map(_place_names, _all('started_call')))})\.?\s{{0,3}}"),
	)


def _exact() -> tuple[dict[str, tuple[str, frozenset[str]]], dict[str, tuple[str, frozenset[str]]]]:
	"""Return kind and languages of deletions and of media left out, by every form in which the app writes them."""
	android: dict[str, tuple[str, frozenset[str]]] = {}
	iphone: dict[str, tuple[str, frozenset[str]]] = {}
	for language in languages():
		for kind in ("deleted", "left_out", "left_out_iphone"):
			for text in language.markers.get(kind, ()):
				if "{" in text:
					continue
				table = iphone if kind == "left_out_iphone" else android
				forms = [f"<{text}>"] if kind == "left_out" else [text, f"{text}."]
				if kind == "deleted":
					_add(iphone, [_MARK + form for form in forms], kind, language.code)
				_add(table, [_MARK + form for form in forms] if table is iphone else forms, kind, language.code)
	return android, iphone


def _add(table: dict[str, tuple[str, frozenset[str]]], forms: list[str], kind: str, code: str) -> None:
	"""Add the forms of one marker to a table."""
	for form in forms:
		table[form] = (kind, table.get(form, (kind, frozenset[str]()))[1] | {code})


def _all(*kinds: str) -> list[str]:
	"""Return all languages' words of these kinds, the longest first."""
	found = {text for language in languages() for kind in kinds for text in language.markers.get(kind, ())}
	return sorted(found, key=lambda text: (-len(text), text))


def _by_language(kind: str) -> dict[str, frozenset[str]]:
	"""Return the languages of each wording of a kind."""
	found: dict[str, frozenset[str]] = {}
	for language in languages():
		for text in language.markers.get(kind, ()):
			found[plain(text)] = found.get(plain(text), frozenset[str]()) | {language.code}
	return found


def _either(texts: Iterable[str]) -> str:
	"""Return a pattern for any of these texts."""
	return "|".join(map(re.escape, texts))


def _place_names(text: str) -> str:
	"""Return the pattern of a wording with places for names."""
	return "".join(
		_PLACES[piece[1]] if piece.startswith("{") else re.escape(piece) for piece in re.split(r"(\{[nx]\})", text)
	)


def _placed(text: str) -> re.Pattern[str]:
	"""Return a whole body with places for names."""
	return re.compile(rf"\u200e?{_place_names(text)}\.?\s{{0,3}}")
