"""Reads `resources/search`: words that suggestions leave out, and short forms. Editable by the council."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cranford_desktop.paths import resources


@dataclass(frozen=True, slots=True)
class SearchWords:
	"""What suggestions know of the language."""

	unsaid: frozenset[str]
	"""Words that tell nothing of what messages are about: too common, or days and months."""
	short: Mapping[str, str]
	"""Short form → what it stands for."""


@cache
def search_words(folder: Path | None = None) -> SearchWords:
	"""Return the words."""
	table = tomllib.loads(((folder or resources() / "search") / "words.toml").read_text(encoding="utf-8"))
	return SearchWords(frozenset([*table["stop"], *table["dates"]]), dict(table["short"]))
