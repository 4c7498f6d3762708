"""Reads `resources/sensitive`: what the finder looks for, and the reasons it gives. Editable by the council."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cranford_desktop.domain.sensitive import DETECTORS, Detector, FindKind, Vocabulary, WordList
from cranford_desktop.paths import resources


@cache
def vocabulary(folder: Path | None = None) -> Vocabulary:
	"""Return the word lists."""
	places, names = _read("places.toml", folder), _read("names.toml", folder)
	return Vocabulary(
		lists=tuple(
			WordList(one["detector"], tuple(one["words"]), tuple(one["unless"]))
			for one in _read("words.toml", folder)["list"]
		),
		streets=tuple(places["streets"]),
		houses=tuple(places["houses"]),
		no_house=tuple(places["no_house"]),
		public=tuple(places["public"]),
		no_street=tuple(places["no_street"]),
		postcode_areas=tuple(places["postcode_areas"]),
		cars=tuple(places["cars"]),
		titles=tuple(names["titles"]),
		formal_titles=tuple(names["formal"]),
		nobody=tuple(names["nobody"]),
	)


@cache
def kinds(folder: Path | None = None) -> Mapping[Detector, FindKind]:
	"""Return what each kind of find is called, with its reason."""
	table = _read("kinds.toml", folder)
	return MappingProxyType({one: FindKind(**table[one]) for one in DETECTORS})


def _read(name: str, folder: Path | None) -> dict[str, Any]:
	return tomllib.loads(((folder or resources() / "sensitive") / name).read_text(encoding="utf-8"))
