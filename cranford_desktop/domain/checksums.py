"""Check digits of numbers that people write down."""

from collections.abc import Sequence


def passes_luhn(digits: Sequence[int]) -> bool:
	"""Say whether digits pass Luhn's check (ISO/IEC 7812, payment cards); a run of zeros does not."""
	total = 0
	for back, digit in enumerate(reversed(digits)):
		total += digit if back % 2 == 0 else digit * 2 - 9 * (digit > 4)
	return total % 10 == 0 and any(digits)


def is_nhs_number(digits: Sequence[int]) -> bool:
	"""Say whether ten digits are a valid NHS number: weights 10 to 2, modulus 11 (NHS Data Dictionary)."""
	if len(digits) != 10 or len(set(digits)) == 1:
		return False
	check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
	return check != 10 and digits[9] == check % 11


def is_iban(letters: str) -> bool:
	"""Say whether compact letters and digits pass the check of an IBAN: modulus 97 (ISO 13616)."""
	turned = letters[4:] + letters[:4]
	return int("".join(str(int(one, 36)) for one in turned)) % 97 == 1
