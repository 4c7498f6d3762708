"""The words that WhatsApp itself writes into a chat, language by language, from the data beside the app.

The files are `resources/chat_words/*.toml`; their README says how they are written and where the wordings come from.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cranford_desktop.paths import resources

_FIRST = ("en",)
"""Languages that are tried before the others, which follow by code."""


@dataclass(frozen=True, slots=True)
class Line:
	"""A wording of a line of the app."""

	event: str
	text: str
	unverified: bool
	"""Seen only in other programs' tables, never in an export or in the app's own strings."""


@dataclass(frozen=True, slots=True)
class Language:
	"""The words of one language."""

	code: str
	name: str
	you: frozenset[str]
	"""Words that stand for the phone's owner where a name is expected, folded."""
	joins: tuple[str, ...]
	"""Words for "and" between names."""
	before: tuple[str, ...]
	"""Words that are repeated before each name of a list: Spanish "a"."""
	nobody: frozenset[str]
	"""What stands where a name is expected and names nobody, folded."""
	after: tuple[str, ...]
	"""Beginnings of the sentences that may follow a line: "Tap to …"."""
	file_names: tuple[str, ...]
	lines: tuple[Line, ...]
	markers: Mapping[str, tuple[str, ...]]
	"""Words by the kind of marker."""


@cache
def languages() -> tuple[Language, ...]:
	"""Return all languages, English first. Read once, at the first file that is opened."""
	found = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (resources() / "chat_words").glob("*.toml")}
	codes = [*_FIRST, *sorted(set(found) - set(_FIRST))]
	return tuple(_language(code, found[code]) for code in codes if "same_as" not in found[code])


def _language(code: str, data: Mapping[str, Any]) -> Language:
	"""Make one language of its file."""
	markers: dict[str, tuple[str, ...]] = {}
	for table in data["markers"]:
		markers[table["kind"]] = markers.get(table["kind"], ()) + tuple(table["words"])
	return Language(
		code,
		data["language"],
		frozenset(word.casefold() for word in data["you"]),
		tuple(data["and"]),
		tuple(data.get("before", ())),
		frozenset(words.casefold() for words in data["nobody"]),
		tuple(data["after"]),
		tuple(data["file_names"]),
		tuple(
			Line(table["event"], text, table.get("unverified", False))
			for table in data["lines"]
			for text in table["texts"]
		),
		markers,
	)


@cache
def _file_names() -> tuple[re.Pattern[str], ...]:
	"""Return how exports are called: the longest form first."""
	forms = sorted({form for language in languages() for form in language.file_names}, key=len, reverse=True)
	patterns = []
	for form in forms:
		before, after = (re.escape(part).replace(r"\ ", "[ _]") for part in form.split("{q}"))
		patterns.append(
			re.compile(rf"(?:\d{{6}}_)?{before}(?P<name>.+?){after}(?: ?\(\d{{1,2}}\))?", re.IGNORECASE | re.DOTALL)
		)
	return tuple(patterns)


def chat_name(stem: str) -> str | None:
	"""Return the chat's name from the name of an export file without its ending; None where it is called otherwise."""
	stem = stem.replace("\u00a0", " ").replace("\u202f", " ")
	for pattern in _file_names():
		match = pattern.fullmatch(stem)
		if match is not None:
			name = match.group("name")
			if "_" in stem and " " not in stem:
				name = name.replace("_", " ")
			return name.strip() or None
	return None
