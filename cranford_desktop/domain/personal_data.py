"""Patterns of personal data in UK forms.

They are suggestions, not proof: broad on purpose, never complete. Sources of the forms: Ofcom's numbering plan, Royal
Mail's postcode grammar, HMRC's National Insurance format, DVLA's registration series, Luhn's check for cards.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import get_args

from cranford_desktop.domain.checksums import passes_luhn
from cranford_desktop.domain.disclosure import PatternName
from cranford_desktop.domain.folding import Folded

Finder = Callable[[Folded], Iterator[tuple[int, int]]]

_B = r"(?<![^\W_])"
_E = r"(?![^\W_])"
_GAP = r"[ ()\[\]\-./_*~]{0,4}"

_PHONE = re.compile(
	rf"(?<!\d)(?:[(\[]?\+{_GAP}\d(?:{_GAP}\d){{7,14}}(?!\d)"
	rf"|00{_GAP}[1-9](?:{_GAP}\d){{8,13}}(?!\d)"
	rf"|44{_GAP}[1-9](?:{_GAP}\d){{8,9}}(?!\d)"
	rf"|44{_GAP}0{_GAP}[1-9](?:{_GAP}\d){{8,9}}(?!\d)"
	rf"|[(\[]?0{_GAP}[1-9](?:{_GAP}\d){{7,9}}(?!\d)"
	rf"|7(?:{_GAP}\d){{9}}(?!\d))"
)
_AT = r"(?: ?@ ?| ?[(\[{] ?at ?[)\]}] ?)"
_DOT = r"(?:\.| ?[(\[{] ?dot ?[)\]}] ?)"
_EMAIL = re.compile(
	rf"[\w.%+'\-]{{1,64}}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{1,6}}"
	r"|[\w.%+\-]{1,64} at [\w\-]{1,63}(?: dot [\w\-]{2,63}){1,4}"
)
_POSTCODE = re.compile(rf"{_B}(?:gir[ .\-]{{0,2}}0aa|[a-z]{{1,2}}\d[a-z\d]?[ .\-]{{0,2}}\d[ .\-]?[a-z]{{2}}){_E}")
_NINO = re.compile(
	rf"{_B}(?:[a-z]{{2}}[ .\-]?(?:\d[ .\-]?){{6}}[a-d]"
	rf"|[a-ceghj-prstw-z][a-ceghj-nprstw-z][ .\-]?(?:\d\d[ .\-]?){{3}}){_E}"
)
_SORT = r"\d\d[ .\-]{0,3}\d\d[ .\-]{0,3}\d\d"
_ACCOUNT = r"\d(?:[ \-]?\d){6,7}"
_BANK = re.compile(
	rf"(?<!\d){_SORT}(?!\d)[^\d]{{1,40}}(?<!\d){_ACCOUNT}(?!\d)"
	rf"|(?<!\d)\d{{6}} ?\d{{8}}(?!\d)"
	rf"|(?<!\d){_ACCOUNT}(?!\d)[^\d]{{1,40}}(?<!\d)\d\d-\d\d-\d\d(?!\d)"
	rf"|{_B}s(?:ort)?[ /\-]?c(?:ode)?\b[^\d]{{0,15}}(?P<code>{_SORT})(?!\d)"
	rf"|{_B}a(?:cc(?:oun)?t?|/c)\b[^\d]{{0,20}}(?P<account>{_ACCOUNT})(?!\d)"
	rf"|{_B}gb\d\d(?: ?[a-z\d]){{18}}{_E}"
	# Two-two-two digits that cannot be a day: the middle is no month, or the first is no day.
	r"|(?<![\d\-])(?:\d\d-(?:00|1[3-9]|[2-9]\d)-\d\d|(?:00|3[2-9]|[4-9]\d)-\d\d-\d\d)(?![\d\-])"
)
_DIGIT_RUN = re.compile(r"(?<!\d)\d(?:[ .\-]{0,2}\d){12,}")
_VEHICLE_NOW = re.compile(rf"{_B}[a-z]{{2}}\d\d[ \-]?([a-z]{{3}}){_E}")
_VEHICLE_OLD = re.compile(
	rf"{_B}(?:[a-z]\d{{1,3}}[ \-]?[a-z]{{3}}|[a-z]{{3}}[ \-]?\d{{1,3}}[a-z]|[a-z]{{2}} \d\d [a-z]{{3}}){_E}"
)
_WORDS = re.compile(
	r"act|add|age|ago|all|and|any|apr|are|aug|big|box|but|buy|can|car|cut|day|dec|did|end|far|feb|few|for|fri|"
	r"get|got|had|has|her|him|his|how|its|jan|jul|jun|let|man|mar|may|men|met|mon|mrs|new|not|nov|now|oct|off|"
	r"old|one|our|out|own|per|put|red|run|sat|saw|say|see|sep|set|she|sun|ten|the|thu|too|top|try|tue|two|use|"
	r"via|was|way|wed|who|why|yes|yet|you"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:\d{4}|\d\d)"
_DATE = (
	rf"(?:\d{{1,2}} ?[./\- ] ?\d{{1,2}} ?[./\- ] ?{_YEAR}|\d{{4}}[./\-]\d{{1,2}}[./\-]\d{{1,2}}"
	rf"|\d{{1,2}} ?(?:st|nd|rd|th)? ?(?:of )?{_MONTH}[ ,.]{{0,3}}{_YEAR}"
	rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?[ ,]{{1,2}}{_YEAR})"
)
_BIRTH = r"(?:born|birth(?:day|date)?|b'day|bday|d\.? ?o\.? ?b\b\.?)"
_DATE_OF_BIRTH = re.compile(
	rf"{_BIRTH}[^\d]{{0,25}}(?P<after>{_DATE})(?!\d)|(?<!\d)(?P<before>{_DATE})(?!\d)(?=[^\d]{{0,25}}{_BIRTH})"
)


def _plain(pattern: re.Pattern[str]) -> Finder:
	def find(text: Folded) -> Iterator[tuple[int, int]]:
		for found in pattern.finditer(text.text):
			yield found.span()

	return find


def _phones(text: Folded) -> Iterator[tuple[int, int]]:
	for found in _PHONE.finditer(text.text):
		# A bracket that only opens belongs to the sentence, not to the number.
		unclosed = found[0][0] in "([" and not any(sign in found[0] for sign in ")]")
		yield found.start() + unclosed, found.end()


def _bank_details(text: Folded) -> Iterator[tuple[int, int]]:
	for found in _BANK.finditer(text.text):
		yield found.span(found.lastgroup or 0)


def _vehicles(text: Folded) -> Iterator[tuple[int, int]]:
	for found in _VEHICLE_NOW.finditer(text.text):
		if " " not in found[0] or not _WORDS.fullmatch(found[1]) or text.written_large(*found.span()):
			yield found.span()
	for found in _VEHICLE_OLD.finditer(text.text):
		if text.written_large(*found.span()):
			yield found.span()


def _dates_of_birth(text: Folded) -> Iterator[tuple[int, int]]:
	for found in _DATE_OF_BIRTH.finditer(text.text):
		yield found.span("after" if found["after"] is not None else "before")


def _cards(text: Folded) -> Iterator[tuple[int, int]]:
	"""Find 13 to 19 digits that pass Luhn's check and begin like a card (2 to 6), at the start of a block of digits."""
	for places in digit_runs(text.text):
		digits = [int(text.text[place]) for place in places]
		done = 0
		for first in range(len(digits) - 12):
			inside = first > 0 and places[first] == places[first - 1] + 1
			if first < done or inside or not 2 <= digits[first] <= 6:
				continue
			length = _luhn_length(digits[first : first + 19])
			if length:
				done = first + length
				yield places[first], places[done - 1] + 1


def _luhn_length(digits: list[int]) -> int:
	"""Return the longest length from 19 to 13 at which the digits pass Luhn's check; 0 if none does."""
	return next((length for length in range(len(digits), 12, -1) if passes_luhn(digits[:length])), 0)


def digit_runs(text: str) -> Iterator[list[int]]:
	"""Yield the places of 13 digits or more that stand together, with no more than two signs between them."""
	for run in _DIGIT_RUN.finditer(text):
		yield [place for place in range(*run.span()) if text[place].isdigit()]


FINDERS: Mapping[PatternName, Finder] = {
	"phone": _phones,
	"email": _plain(_EMAIL),
	"postcode": _plain(_POSTCODE),
	"nino": _plain(_NINO),
	"bank": _bank_details,
	"card": _cards,
	"vehicle": _vehicles,
	"date_of_birth": _dates_of_birth,
}
"""For each pattern, what yields the folded stretches it matches, in any order."""

PATTERNS: tuple[PatternName, ...] = get_args(PatternName)
"""The names a request may use."""
