"""Reads `resources/letters`: what the app puts into letters and leaflets to members. Editable by the council."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cranford_desktop.paths import resources

Filled = Mapping[str, str]
"""What stands in braces: name, council, groups, due, year; policy, adopted, minute."""


@dataclass(frozen=True, slots=True)
class AskWords:
	"""The words of one kind of letter."""

	called: str
	subject: str
	opening: tuple[str, ...]
	slip: tuple[str, ...]
	greeting: str
	duty: tuple[str, ...]
	how: tuple[str, ...]
	ending: str
	signed: str


@dataclass(frozen=True, slots=True)
class LeafletWords:
	"""The words of one leaflet."""

	title: str
	phone: str
	steps: tuple[str, ...]
	greyed_title: str
	greyed: str
	caps_title: str
	caps: str
	keep_title: str
	keep: tuple[str, ...]
	slip_title: str
	slip: str


@dataclass(frozen=True, slots=True)
class AcknowledgementWords:
	"""The words of the slip on which a member signs for the policy."""

	title: str
	opening: str
	points: tuple[str, ...]
	ending: str


@dataclass(frozen=True, slots=True)
class NewMemberWords:
	"""The words of the sheet for a new member."""

	title: str
	opening: str
	parts: tuple[tuple[str, tuple[str, ...]], ...]
	"""Heading and points of each part."""
	ending: str


@cache
def ask_words(kind: str, folder: Path | None = None) -> AskWords:
	"""Return the words that ask a member for one kind of thing."""
	table = _read("asks.toml", folder)
	own = table[kind]
	return AskWords(
		called=table["words"][kind],
		subject=own["subject"],
		opening=tuple(own["opening"]),
		slip=tuple(own["slip"]),
		greeting=table["greeting"],
		duty=tuple(table["duty"]),
		how=tuple(table["how"]),
		ending=table["ending"],
		signed=table["signed"],
	)


@cache
def leaflet_words(phone: str, folder: Path | None = None) -> LeafletWords:
	"""Return the words of the leaflet for one type of phone."""
	table = _read("leaflets.toml", folder)
	own = table[phone]
	return LeafletWords(
		title=own["title"],
		phone=own["phone"],
		steps=tuple(own["steps"]),
		greyed_title=table["greyed_title"],
		greyed=own["greyed"],
		caps_title=table["caps_title"],
		caps=table["caps"],
		keep_title=table["keep_title"],
		keep=tuple(table["keep"]),
		slip_title=table["slip_title"],
		slip=table["slip"],
	)


def acknowledgement_words(filled: Filled, folder: Path | None = None) -> AcknowledgementWords:
	"""Return the words of the slip, filled in."""
	own = _read("members.toml", folder)["acknowledgement"]
	return AcknowledgementWords(own["title"], own["opening"].format_map(filled), tuple(own["points"]), own["ending"])


def new_member_words(filled: Filled, folder: Path | None = None) -> NewMemberWords:
	"""Return the words of the sheet, filled in."""
	own = _read("members.toml", folder)["new_member"]
	parts = tuple((one["head"], tuple(one["points"])) for one in own["parts"])
	return NewMemberWords(own["title"], own["opening"].format_map(filled), parts, own["ending"])


@cache
def meeting_words(folder: Path | None = None) -> Mapping[str, str]:
	"""Return the words of the e-mail that takes up a matter raised on WhatsApp, by what they are for."""
	return MappingProxyType(_read("meetings.toml", folder))


def _read(name: str, folder: Path | None) -> dict[str, Any]:
	return tomllib.loads(((folder or resources() / "letters") / name).read_text(encoding="utf-8"))
