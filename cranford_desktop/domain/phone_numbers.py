"""Phone numbers in any written form: 07700 900123, +44 (0)7700-900123, 0044…, split by invisible marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cranford_desktop.domain.folding import Folded, fold

_BREAK = "|"
_COVERED = "\x00"
_NUMBER = re.compile(r"[\d ()\[\]\-./+_]+")
_CLOSES = re.compile(r"[)\]]")
_TWO_DIGIT_COUNTRY = re.compile(r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
	"""A number as it is dialled: `country` ("44", or "" for a bare run of digits) and `core`, without leading zero."""

	country: str
	core: str

	@property
	def local(self) -> str | None:
		"""Return the digits a neighbour would dial, without area code (UK); None where there is no such form."""
		if self.country != "44" or len(self.core) != 10:
			return None
		if self.core.startswith("2"):
			return self.core[-8:]
		if self.core.startswith("11") or self.core[:3] in ("121", "131", "141", "151", "161", "191"):
			return self.core[-7:]
		return self.core[-6:]


def phone_number(text: str) -> PhoneNumber | None:
	"""Read a text that is nothing but a phone number (six digits or more); None if it is something else."""
	plain = fold(text)
	if not _NUMBER.fullmatch(plain):
		return None
	digits = re.sub(r"\D", "", plain)
	if not 6 <= len(digits) <= 18:
		return None
	abroad = plain.lstrip("([ ").startswith("+")
	if digits.startswith("00") and not abroad:
		digits, abroad = digits[2:], True
	if abroad:
		country = _country(digits)
		core = digits[len(country) :].lstrip("0")
		return PhoneNumber(country, core) if len(core) >= 5 else PhoneNumber("", digits)
	if digits.startswith("0") and 8 <= len(digits) <= 11:
		return PhoneNumber("44", digits.lstrip("0"))
	if digits.startswith("44") and 11 <= len(digits) <= 13:
		return PhoneNumber("44", digits[2:].lstrip("0"))
	if len(digits) in (9, 10) and digits[0] in "1235789":
		return PhoneNumber("44", digits)
	return PhoneNumber("", digits)


def written_forms(number: PhoneNumber) -> tuple[str, ...]:
	"""Return the usual spellings of a number, to look for in finished files."""
	core = number.core
	if not number.country:
		return (core,)
	spaced = f"{core[:4]} {core[4:]}" if len(core) == 10 else core
	forms = [core, f"0{core}", f"{number.country}{core}", spaced, f"0{spaced}", f"+{number.country} {spaced}"]
	if len(core) == 10:
		forms += [f"0{core[:4]} {core[4:7]} {core[7:]}", f"0{core[:2]} {core[2:6]} {core[6:]}"]
	return tuple(dict.fromkeys(forms))


class Digits:
	"""The digits of a folded text, joined across anything but letters; built once for each text."""

	def __init__(self, text: Folded) -> None:
		self._text = text.text
		digits: list[str] = []
		places: list[int] = []
		for place, character in enumerate(self._text):
			if character.isdigit():
				digits.append(character)
			elif digits and digits[-1] != _BREAK and (character.isalpha() or character == _COVERED):
				digits.append(_BREAK)
			else:
				continue
			places.append(place)
		self._digits = "".join(digits)
		self._places = places

	def find(self, number: PhoneNumber) -> Iterator[tuple[int, int]]:
		"""Yield the folded stretches where a number stands, its prefix with it; local forms only standing alone."""
		for first, last in self._runs(number.core):
			yield self._with_prefix(first, last, number.country), last + 1
		if number.local is not None:
			for first, last in self._runs(number.local):
				before = self._text[first - 1] if first else ""
				after = self._text[last + 1] if last + 1 < len(self._text) else ""
				if not before.isdigit() and not after.isdigit():
					yield first, last + 1

	def _runs(self, digits: str) -> Iterator[tuple[int, int]]:
		at = self._digits.find(digits)
		while at >= 0:
			yield self._places[at], self._places[at + len(digits) - 1]
			at = self._digits.find(digits, at + 1)

	def _with_prefix(self, first: int, last: int, country: str) -> int:
		"""Return where the number's own prefix begins: +44, 0044, (0), 0, a bracket that closes inside the number."""
		if not country:
			return first
		spelt = r"[ ()\[\]\-./]{0,3}".join(country)
		window = self._text[max(0, first - 20) : first]
		found = re.search(
			rf"(?:(?:\+|[(\[] ?\+|0 ?0)? ?{spelt}[ ()\[\]\-./]{{0,4}})?(?:[(\[]? ?0 ?[)\]]?)?[ ()\[\]\-./]{{0,4}}$",
			window,
		)
		if found is None:
			return first
		start = first - len(window) + found.start()
		while start < first and self._text[start] in " )].-/":
			start += 1
		while start < first and self._text[start] in "([ " and not _CLOSES.search(self._text, start, last):
			start += 1
		return start


def _country(digits: str) -> str:
	if digits[:1] in ("1", "7"):
		return digits[:1]
	return digits[:2] if _TWO_DIGIT_COUNTRY.match(digits) else digits[:3]
