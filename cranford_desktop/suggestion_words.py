"""Reads `resources/suggestions`: the words that make the app point at a message. Editable by the council."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cranford_desktop.domain.decision_ideas import Provision
from cranford_desktop.domain.pointers import Pointer
from cranford_desktop.domain.sorting import KindWords
from cranford_desktop.paths import resources


@cache
def kind_words(folder: Path | None = None) -> KindWords:
	"""Return the words that make a message look personal."""
	table = _read("kinds.toml", folder)
	return KindWords(
		personal=_pointers(table["personal"]),
		council=tuple(table["council"]),
		pair_reason=table["pair_reason"],
	)


@cache
def decision_words(folder: Path | None = None) -> tuple[Pointer, ...]:
	"""Return the words that make a message look like a decision."""
	return _pointers(_read("decisions.toml", folder)["decision"])


@cache
def exemption_words(folder: Path | None = None) -> tuple[Provision, ...]:
	"""Return the words that make a message look as if a reason to keep it back applied."""
	tables = _read("exemptions.toml", folder)["exemption"]
	return tuple(Provision(_pointers([one])[0], one["codes"]) for one in tables)


def _pointers(tables: Iterable[Mapping[str, Any]]) -> tuple[Pointer, ...]:
	return tuple(Pointer(one["reason"], tuple(one["words"]), tuple(one.get("unless", ()))) for one in tables)


def _read(name: str, folder: Path | None) -> dict[str, Any]:
	return tomllib.loads(((folder or resources() / "suggestions") / name).read_text(encoding="utf-8"))
