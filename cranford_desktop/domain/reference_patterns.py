"""How a council writes its references: "{law}-{year}-{number:03}", "CPC/{law}/{year}/{number}"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cranford_desktop.domain.requests import Regime
from cranford_desktop.errors import CranfordError

STANDARD = "{law}-{year}-{number:03}"
_PART = re.compile(r"\{(law|year|number)(?::0([1-9]))?\}")
_LONGEST = 60
"""Characters of a pattern, so that what it makes stays one line."""


@dataclass(frozen=True, slots=True)
class ReferencePattern:
	"""A pattern that can make references; `pattern_from` checks one."""

	text: str

	def reference(self, law: Regime, year: int, number: int) -> str:
		"""Return the reference of a number."""
		values = {"law": law.upper(), "year": str(year), "number": str(number)}
		return _PART.sub(lambda found: values[found[1]].rjust(int(found[2] or 0), "0"), self.text)

	def next_number(self, law: Regime, year: int, given: Iterable[str]) -> int:
		"""Return the number after the highest that references of this law and year have; from 1."""
		values = {"law": re.escape(law.upper()), "year": str(year), "number": r"0*(\d{1,9})"}
		at, parts = 0, []
		for found in _PART.finditer(self.text):
			parts += [re.escape(self.text[at : found.start()]), values[found[1]]]
			at = found.end()
		wanted = re.compile("".join((*parts, re.escape(self.text[at:]))), re.IGNORECASE | re.ASCII)
		taken = [int(match[1]) for one in given if (match := wanted.fullmatch(one)) is not None]
		return max(taken, default=0) + 1


def pattern_from(text: str) -> ReferencePattern:
	"""Return a pattern; raises `CranfordError` where it has no number, names another part, or cannot be one line."""
	plain = text.strip()
	rest = _PART.sub("", plain)
	names = [found[1] for found in _PART.finditer(plain)]
	if "{" in rest or "}" in rest:
		raise _refused("It holds a part in braces that is not known.", "Known are {law}, {year} and {number:03}.")
	if names.count("number") != 1:
		raise _refused("It needs {number} once.", f"For example {STANDARD}.")
	if len(plain) > _LONGEST or not plain.isprintable():
		raise _refused(f"It has to be one line of at most {_LONGEST} characters.", "Make it shorter.")
	if re.search(r"\d\{number|\}\d|\}\{number|\{number(:0\d)?\}\{", plain):
		raise _refused("Its number stands right beside another figure.", "Put a sign between them: - or /.")
	return ReferencePattern(plain)


def _refused(problem: str, way: str) -> CranfordError:
	return CranfordError(problem, "Nothing was changed.", way)
