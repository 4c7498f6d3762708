"""Numbers that point at a person: telephone, bank, card, National Insurance, NHS. Stricter than `personal_data`.

Redaction would rather cover too much; what is only pointed at has to be worth the clerk's look. So the patterns of
`personal_data` give the candidates, and form, context and check digits decide. Sources: Ofcom's numbering plan, the
HMRC manual NIM39110 (prefixes), the NHS Data Dictionary, ISO/IEC 7812 and the card schemes' ranges, the IBAN registry.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from cranford_desktop.domain.checksums import is_iban, is_nhs_number, passes_luhn
from cranford_desktop.domain.folding import Folded
from cranford_desktop.domain.personal_data import FINDERS, digit_runs
from cranford_desktop.domain.phone_numbers import phone_number

Span = tuple[int, int]

_DATE_OR_TIME = re.compile(r"(?<!\d)(?:\d{1,2}[./\-]\d{1,2}[./\-](?:\d{4}|\d\d)|\d{1,2}\.\d\d)(?!\d)|\d{4}/\d")
_USUAL_GROUPS = frozenset(
	[(11,), (10,), (5, 6), (5, 3, 3), (4, 3, 4), (3, 4, 4), (3, 8), (4, 7), (4, 6), (5, 5), (4, 4), (3, 3, 4), (3, 7)]
)
"""How people group the digits of a British number."""
_NHS = re.compile(r"(?<!\d)(?<!\d[ \-./])([1-9]\d\d)([ \-]?)(\d{3})([ \-]?)(\d{4})(?!\d)(?![ \-./]\d)")
_NHS_NAMED = re.compile(r"\bnhs\b|\bn\.h\.s\b")
_NINO_PREFIX = re.compile(r"(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prstw-z][a-ceghj-nprstw-z]")
_NINO_NAMED = re.compile(r"\bn\.?i\.?\b|\bnino\b|national insurance|insurance n")
_MONEY = re.compile(r"\bsort|\bac\b|\bacc|\ba/c|\bbank|\bbacs|\bpay")
_SORT_CODE = re.compile(r"\d\d[ .\-]{0,3}\d\d[ .\-]{0,3}\d\d(?!\d)")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[ .\-](?:0?[1-9]|1[0-2])[ .\-]\d\d(?!\d)")
_DIGITS = re.compile(r"\d+")
_YEARS = re.compile(r"(?:19|20)\d\d ?-? ?(?:19|20)\d\d")
_IBAN = re.compile(r"(?<![^\W_])([a-z]{2})\d\d(?=[ \-]?[a-z0-9])")
_IBAN_LENGTHS: Mapping[str, int] = {
	"ad": 24, "at": 20, "be": 16, "bg": 22, "ch": 21, "cy": 28, "cz": 24, "de": 22, "dk": 18, "ee": 20, "es": 24,
	"fi": 18, "fr": 27, "gb": 22, "gi": 23, "gr": 27, "hr": 21, "hu": 28, "ie": 22, "is": 26, "it": 27, "li": 21,
	"lt": 20, "lu": 20, "lv": 21, "mc": 27, "mt": 31, "nl": 18, "no": 15, "pl": 28, "pt": 25, "ro": 24, "se": 24,
	"si": 19, "sk": 24, "sm": 27, "tr": 26,
}  # fmt: skip
_CARD_LENGTHS = (19, 18, 16, 15, 14, 13)
_NEAR = 40
"""Characters before a number in which a word says what it is."""


def phones(text: Folded) -> Iterator[Span]:
	"""Yield telephone numbers that can be dialled; not parts of longer numbers, dates or times."""
	spans = list(FINDERS["phone"](text))
	for start, end in spans:
		written = text.text[start:end]
		if _can_be_dialled(written) and not _part_of_longer(text.text, start, end, spans):
			yield start, end


def _can_be_dialled(written: str) -> bool:
	if _DATE_OR_TIME.search(written):
		return False
	number = phone_number(re.sub("[*~]", "", written))
	if number is None or not number.country:
		return False
	core = number.core
	if number.country != "44":
		return 8 <= len(core) + len(number.country) <= 15
	if core.startswith("7"):
		return len(core) == 10
	if core[:1] not in ("1", "2", "3", "8"):
		return False
	return len(core) in (9, 10)


def _part_of_longer(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
	"""Say whether other digits are joined to these, and are no telephone number themselves."""

	def other(place: int) -> bool:
		return any(first <= place < last for first, last in spans if (first, last) != (start, end))

	before = re.search(r"(\d{3,})([ \-./_])$", text[max(0, start - 20) : start])
	after = re.match(r"([ \-./_])(\d{3,})", text[end : end + 20])
	usual = tuple(len(one) for one in re.findall(r"\d+", text[start:end])) in _USUAL_GROUPS
	if before is not None and not other(start - 2) and not (before[2] == " " and usual):
		return True
	return after is not None and not other(end + 1) and not (after[1] == " " and usual)


def nhs_numbers(text: Folded) -> Iterator[Span]:
	"""Yield NHS numbers: ten digits that pass their check, written in threes and four or named as one."""
	for found in _NHS.finditer(text.text):
		grouped = bool(found[2]) and bool(found[4])
		if not grouped and not _NHS_NAMED.search(text.text, max(0, found.start() - _NEAR), found.start()):
			continue
		if is_nhs_number([int(one) for one in found[1] + found[3] + found[5]]):
			yield found.span()


def national_insurance(text: Folded) -> Iterator[Span]:
	"""Yield National Insurance numbers with a prefix that is given out; loose ones only where they are named."""
	for start, end in FINDERS["nino"](text):
		written = text.text[start:end]
		if not _NINO_PREFIX.match(written):
			continue
		named = bool(_NINO_NAMED.search(text.text, max(0, start - _NEAR), start))
		compact = len(re.sub(r"[ .\-]", "", written))
		tidy = compact == 9 and (len(written) == 9 or text.written_large(start, end))
		if named or tidy:
			yield start, end


def cards(text: Folded) -> Iterator[Span]:
	"""Yield payment card numbers: a known beginning with its length, whole blocks of digits, Luhn's check passed."""
	for places in digit_runs(text.text):
		digits = [int(text.text[place]) for place in places]
		done = 0
		for first in range(len(digits) - 12):
			if first < done or (first and places[first] == places[first - 1] + 1):
				continue
			length = _card_length(digits[first:], places[first:])
			if length:
				done = first + length
				yield places[first], places[done - 1] + 1


def _card_length(digits: Sequence[int], places: Sequence[int]) -> int:
	for length in _CARD_LENGTHS:
		if length > len(digits):
			continue
		ends = length == len(digits) or places[length] != places[length - 1] + 1
		if ends and _is_card_range(digits, length) and passes_luhn(digits[:length]):
			return length
	return 0


def _is_card_range(digits: Sequence[int], length: int) -> bool:
	four = int("".join(map(str, digits[:4])))
	if digits[0] == 4:
		return length in (13, 16, 19)
	if 5100 <= four <= 5599 or 2221 <= four <= 2720 or 3528 <= four <= 3589:
		return length == 16
	if four // 100 in (34, 37):
		return length == 15
	if four // 100 in (36, 38, 39) or 3000 <= four <= 3059:
		return length == 14
	return (digits[0] == 6 or four // 100 in (50, 56, 57, 58)) and length in (16, 18, 19)


def bank_details(text: Folded) -> Iterator[tuple[int, int, bool]]:
	"""Yield a sort code with its account number, in either order (True), or an account number that is named as one
	(False). A sort code alone names a branch, not a person.
	"""
	if not _has_digits(text, 7) or not (_has_digits(text, 13) or _MONEY.search(text.text)):
		return
	last: tuple[int, int, int] | None = None
	for start, end in FINDERS["bank"](text):
		written = text.text[start:end]
		digits = sum(map(str.isdigit, written))
		if digits >= 13 and not written[0].isalpha():
			named = _MONEY.search(text.text, max(0, start - _NEAR), end) is not None
			if named or _stands_for_itself(written):
				yield start, end, True
		elif last is not None and start - last[1] <= _NEAR and sorted((digits, last[2])) in ([6, 7], [6, 8]):
			yield last[0], end, True  # each was named for itself
		elif digits in (7, 8) and not written[0].isalpha() and not _YEARS.fullmatch(written):
			yield start, end, False
		last = start, end, digits


def _has_digits(text: Folded, least: int) -> bool:
	return sum(map(len, _DIGITS.findall(text.text))) >= least


def _stands_for_itself(written: str) -> bool:
	"""Say whether two numbers look like bank details although no word says so."""
	code = _SORT_CODE.match(written)
	if code is None:
		return False
	between = re.match(r"[^\d]*", written[code.end() :])
	close = between is not None and not re.search(r"[^\W\d_]", between[0])
	if _DAY.match(written):
		return close and "-" in code[0] and not re.search(r"20\d{6}$", written)
	return close or "-" in code[0]


def ibans(text: Folded) -> Iterator[Span]:
	"""Yield international bank account numbers of their country's length that pass their check."""
	for found in _IBAN.finditer(text.text):
		length = _IBAN_LENGTHS.get(found[1])
		if length is None:
			continue
		written = re.compile(rf"[a-z0-9](?:[ \-]?[a-z0-9]){{{length - 1}}}(?![^\W_])").match(text.text, found.start())
		if written is not None and is_iban(re.sub(r"[ \-]", "", written[0])):
			yield written.span()
