"""Reads `resources/letters/requests`: the standard wording of letters about a request, and their merge fields."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cranford_desktop.domain.disclosure import REGIMES, Regime
from cranford_desktop.domain.letters import LETTER_KINDS, Field, LetterKind, Template, Wording
from cranford_desktop.errors import NotFound
from cranford_desktop.paths import resources

_PART = re.compile(r"^@([a-z_]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Limb:
	"""A provision under which a council may neither confirm nor deny that it holds something."""

	code: str
	regime: Regime
	title: str
	public_interest: bool


@dataclass(frozen=True, slots=True)
class LetterTables:
	"""Everything in the folder."""

	templates: Mapping[tuple[LetterKind, Regime], Template]
	"""In the order of a list."""
	fields: Mapping[str, Field]
	grounds: Mapping[str, str]
	"""By code of an exemption: words to begin with."""
	limbs: tuple[Limb, ...]

	def template(self, kind: LetterKind, regime: Regime) -> Template:
		"""Return a letter of a law; raises `NotFound` where that law has none of the kind."""
		found = self.templates.get((kind, regime))
		if found is None:
			raise NotFound("There is no such letter for this kind of request.", "Nothing was changed.")
		return found


@cache
def letter_tables(folder: Path | None = None) -> LetterTables:
	"""Return the letters that ship with the app, or those of another folder laid out in the same way."""
	source = folder or resources() / "letters" / "requests"
	parts = _read(source, "parts.toml")
	templates = {}
	for kind in LETTER_KINDS:
		table = _read(source, f"{kind}.toml")
		for regime in REGIMES:
			if regime in table:
				own = table[regime]
				wording = Wording(own["subject"], _whole(own["body"], regime, parts))
				templates[kind, regime] = Template(kind, regime, table["title"], table["purpose"], wording)
	return LetterTables(
		templates=MappingProxyType(templates),
		fields=MappingProxyType({name: _field(name, one) for name, one in _read(source, "fields.toml").items()}),
		grounds=MappingProxyType(_read(source, "grounds.toml")),
		limbs=tuple(Limb(**one) for one in _read(source, "limbs.toml")["limb"]),
	)


def _whole(body: str, regime: Regime, parts: Mapping[str, Mapping[str, str]]) -> str:
	"""Put in the parts that letters share."""
	shared = {**parts["all"], **parts.get(regime, {})}
	whole = _PART.sub(lambda found: shared[found.group(1)].strip("\n"), body)
	return whole.strip("\n")


def _field(name: str, table: Mapping[str, Any]) -> Field:
	return Field(
		name=name,
		label=table["label"],
		shape=table.get("shape", "line"),
		scope=table["scope"],
		hint=table.get("hint", ""),
		optional=table.get("optional", False),
		standard=table.get("standard", ""),
	)


def _read(folder: Path, name: str) -> dict[str, Any]:
	return tomllib.loads((folder / name).read_text(encoding="utf-8"))
