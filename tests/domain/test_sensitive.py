"""What is pointed at and what is not, however it is written; what has a check digit is known by it."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.checksums import is_iban, is_nhs_number, passes_luhn
from cranford_desktop.domain.folding import fold, folded
from cranford_desktop.domain.sensitive import DETECTORS, SensitiveFinder, Watch, same_words
from cranford_desktop.domain.sensitive_words import TOKEN, tokens_of, words_of
from cranford_desktop.sensitive_words import kinds, vocabulary

WATCH = Watch(
	own_words=("Operation Otter",),
	own_details=("01632 960100", "@example-pc.gov.uk", "Village Hall, 3 Church Road"),
	members=("Ann Example", "Cllr Ben Sample", "Jean Potter"),
	others=("Joan Quill", "Dave"),
	nicknames=("Nobby",),
)
FINDER = SensitiveFinder(vocabulary(), WATCH)


def found(text: str, year: int | None = 2026) -> list[tuple[str, str]]:
	return [(one.detector, text[one.start : one.end]) for one in FINDER.find(text, year)]


@pytest.mark.parametrize(
	("text", "detector", "words"),
	[
		("Her number is 07700 900123.", "phone", "07700 900123"),
		("+44 (0)7700-900123", "phone", "+44 (0)7700-900123"),
		("ring 020 7946 0958 or pop in", "phone", "020 7946 0958"),
		("7700900123", "phone", "7700900123"),
		("0044 7700 900123", "phone", "0044 7700 900123"),
		("+353 87 123 4567", "phone", "+353 87 123 4567"),
		("07\u200b700\u00a0900\u2011123", "phone", "07\u200b700\u00a0900\u2011123"),
		("07700\n900123", "phone", "07700\n900123"),
		("٠٧٧٠٠ ٩٠٠١٢٣", "phone", "٠٧٧٠٠ ٩٠٠١٢٣"),
		("０７７００９００１２３", "phone", "０７７００９００１２３"),
		("joan.quill@example.org", "email", "joan.quill@example.org"),
		("joan [at] example (dot) org", "email", "joan [at] example (dot) org"),
		("write to JOAN@EXAMPLE.ORG.", "email", "JOAN@EXAMPLE.ORG"),
		("it is LA1 4XY", "postcode", "LA1 4XY"),
		("sw1a1aa", "postcode", "sw1a1aa"),
		("The drain at 14 Mill Lane", "address", "14 Mill Lane"),
		("14 mill lane again", "address", "14 mill lane"),
		("14\u200b Mill\u00a0Lane", "address", "14\u200b Mill\u00a0Lane"),
		("14\nMill\nLane", "address", "14\nMill\nLane"),
		("Flat 2, 14 Mill Lane, Thistlemere, LA1 4XY", "address", "Flat 2, 14 Mill Lane, Thistlemere, LA1 4XY"),
		("no. 7a St John's Close", "address", "no. 7a St John's Close"),
		("12-14 Church Road", "address", "12-14 Church Road"),
		("Rose Cottage, Mill Lane", "address", "Rose Cottage, Mill Lane"),
		("AB 12 34 56 C", "nino", "AB 12 34 56 C"),
		("ab123456c", "nino", "ab123456c"),
		("her NI number: ab 12 34 56 c", "nino", "ab 12 34 56 c"),
		("943 476 5919", "nhs", "943 476 5919"),
		("NHS no 9434765919", "nhs", "9434765919"),
		("9\u200b43-476-5919", "nhs", "9\u200b43-476-5919"),
		("4111 1111 1111 1111 exp 12/28", "card", "4111 1111 1111 1111"),
		("3782 822463 10005", "card", "3782 822463 10005"),
		("5555555555554444", "card", "5555555555554444"),
		("sort code 12-34-56 account 12345678", "bank", "12-34-56 account 12345678"),
		("12-34-56 12345678", "bank", "12-34-56 12345678"),
		("pay 123456 / 12345678", "bank", "123456 / 12345678"),
		("a/c 12345678", "account", "12345678"),
		("GB29 NWBK 6016 1331 9268 19 thanks", "iban", "GB29 NWBK 6016 1331 9268 19"),
		("de89370400440532013000", "iban", "de89370400440532013000"),
		("AB12 CDE outside the hall", "vehicle", "AB12 CDE"),
		("a van, reg ab12 cde", "vehicle", "ab12 cde"),
		("the car is M123 ABC", "vehicle", "M123 ABC"),
		("born on 3 May 1962", "birth", "3 May 1962"),
		("DOB: 03/05/62", "birth", "03/05/62"),
		("her birthday is 3.5.1948", "birth", "3.5.1948"),
		("Mrs Hartley rang", "name", "Mrs Hartley"),
		("mrs hartley rang", "name", "mrs hartley"),
		("Dr. J Smith-Jones said", "name", "Dr. J Smith-Jones"),
		("MRS\u200b HARTLEY'S gate", "name", "MRS\u200b HARTLEY"),
		("Joan\nQuill's gate", "name", "Joan\nQuill"),
		("saw Nobby today", "name", "Nobby"),
		("she has dementia", "health", "dementia"),
		("she is in\nhospital", "health", "in\nhospital"),
		("ALZHEIMER’S", "health", "ALZHEIMER’S"),
		("their divorce", "family", "divorce"),
		("told social services", "safeguarding", "social services"),
		("self‑harm", "health", "self‑harm"),
		("quite con\u00adfidential", "confidential", "con\u00adfidential"),
		("*PRIVATE*", "confidential", "PRIVATE"),
		("This is private and confidential", "confidential", "private and confidential"),
		("not for publication", "confidential", "not for publication"),
		("operation-otter starts", "own_word", "operation-otter"),
	],
)
def test_it_is_pointed_at_however_it_is_written(text: str, detector: str, words: str) -> None:
	assert (detector, words) in found(text)


@pytest.mark.parametrize(
	"text",
	[
		"minute 24/037",
		"minutes 24/037, 24/038 and 25/017",
		"planning 24/00123/FUL and PL/2024/0456",
		"reference HW-88213",
		"£1,450.00 plus VAT, £450 at Mill Lane",
		"at 19:30, or 09.00 - 12.30, 14.00",
		"on 12/03/2024 and 12.03.24 and 2024-03-12",
		"order 1234 0773 4567 8901 22",
		"invoice 12345678901234",
		"meter 07700 900123-4567-89",
		"4111 1111 1111 1112",
		"943 476 5918",
		"9434765919 parcels",
		"GB29 NWBK 6016 1331 9268 18",
		"BG 12 34 56 C",
		"the NHS is closed",
		"Mill Lane is flooded, and Church Road",
		"2 potholes on Mill Lane",
		"30 mph on Mill Lane",
		"item 7 Mill Lane culvert",
		"on 14 March Road works begin",
		"in 2025 Mill Lane was closed",
		"24/037 Mill Lane",
		"3 new bins in Church Road",
		"birthday party on 12/07/2026",
		"Happy birthday, Dad",
		"Village Hall, 3 Church Road",
		"ring the office on +44 1632 960100",
		"clerk@example-pc.gov.uk or office@mail.example-pc.gov.uk",
		"Ann Example and Cllr Ben Sample agreed; Mrs Potter did not",
		"Mr Chairman, Madam Mayor, Ms Teams",
		"miss the bus, yes sir thanks",
		"a nobby bit of kerb",
		"Dave has the key",
		"disabled parking by the hall",
		"the private road behind the church",
		"a stroke of luck, the boiler breakdown",
		"our safeguarding policy is due",
		"dog grooming at the fair",
		"for the accounts 2023-2024",
		"account 2023-2024",
		"the a4 2nd bend, M25 6pm",
		"fp12 and fp13",
		"ab12 cde",
		"at 10 30 45 a few of us",
		"New application: extension at 4 Chapel Row",
		"",
		"\u200b\u200e",
	],
)
def test_it_is_no_find(text: str) -> None:
	assert found(text) == []


def test_every_kind_has_its_reason_in_plain_words() -> None:
	assert set(kinds()) == set(DETECTORS)
	assert kinds()["bank"].reason == "Looks like a bank sort code and account number"
	assert all(one.reason and one.one and one.many for one in kinds().values())
	assert {one.detector for one in vocabulary().lists} <= set(DETECTORS)


def test_of_finds_that_overlap_the_longest_stands_once() -> None:
	assert found("Mail joan@example.org, ring 07700 900123 at 14 Mill Lane, LA1 4XY") == [
		("email", "joan@example.org"),
		("phone", "07700 900123"),
		("address", "14 Mill Lane, LA1 4XY"),
	]


@pytest.mark.parametrize(
	("detector", "one", "other"),
	[
		("phone", "07700 900123", "+44 7700-900 123"),
		("postcode", "LA1 4XY", "la14xy"),
		("name", "Mrs Hartley", "MRS\u200b HARTLEY"),
	],
)
def test_the_same_words_are_known_in_other_spellings(detector: str, one: str, other: str) -> None:
	assert same_words(detector, one) == same_words(detector, other)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab1 '£’\u200bé_-\n漢😀²", max_size=40)))
def test_law_words_split_fast_are_the_same_words(text: str) -> None:
	assert tokens_of(fold(text)) == TOKEN.findall(fold(text)) == [one.text for one in words_of(folded(text))]


SURROUNDING = st.text(max_size=30).filter(lambda words: not any(one.isnumeric() for one in words))
"""Anything but digits of any script, which would make another number."""


def nhs(nine: str) -> str | None:
	return next((f"{nine}{last}" for last in range(10) if is_nhs_number([*map(int, nine), last])), None)


@settings(max_examples=150, deadline=None)
@given(SURROUNDING, SURROUNDING, st.from_regex(r"\A[1-9]\d{8}\Z"))
def test_law_an_nhs_number_is_found_in_any_text_and_a_broken_one_is_not(before: str, after: str, nine: str) -> None:
	number = nhs(nine)
	assume(number is not None)
	assert number is not None
	written = f"{number[:3]} {number[3:6]} {number[6:]}"
	# Behind a "+" the same digits are a telephone number, which is the longer find.
	assert any(
		written in words and detector in ("nhs", "phone") for detector, words in found(f"{before} {written} {after}")
	)
	broken = f"{written[:-1]}{(int(written[-1]) + 1) % 10}"
	assert "nhs" not in {detector for detector, _ in found(f"{before} {broken} {after}")}


@settings(max_examples=150, deadline=None)
@given(SURROUNDING, SURROUNDING, st.from_regex(r"\A4\d{14}\Z"))
def test_law_a_card_is_found_in_any_text_and_a_broken_one_is_not(before: str, after: str, start: str) -> None:
	number = next(f"{start}{last}" for last in range(10) if passes_luhn([*map(int, start), last]))
	written = " ".join(number[at : at + 4] for at in range(0, 16, 4))
	assert ("card", written) in found(f"{before} {written} {after}")
	broken = f"{written[:-1]}{(int(written[-1]) + 1) % 10}"
	assert broken not in {words for detector, words in found(f"{before} {broken} {after}") if detector == "card"}


@settings(max_examples=150, deadline=None)
@given(SURROUNDING, SURROUNDING, st.from_regex(r"\A[a-z]{4}\d{14}\Z"))
def test_law_an_iban_is_found_in_any_text_and_a_broken_one_is_not(before: str, after: str, account: str) -> None:
	number = next(f"gb{check:02}{account}" for check in range(100) if is_iban(f"gb{check:02}{account}"))
	assert ("iban", number) in found(f"{before} {number} {after}")
	broken = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
	assert "iban" not in {detector for detector, _ in found(f"{before} {broken} {after}")}


@settings(max_examples=150, deadline=None)
@given(SURROUNDING, SURROUNDING, st.from_regex(r"\A07[1-9]\d{2} \d{6}\Z"))
def test_law_a_mobile_number_is_found_in_any_text(before: str, after: str, number: str) -> None:
	assert any(number in words for _, words in found(f"{before} {number} {after}"))


PIECES = (
	"14 12-14 St 7a Mill Lane Close mrs Hartley 07700 900123 LA1 4XY born 3 May 1962 dementia private road at dot org "
	"@ gir 0aa AB12 CDE car 4111 1111 £450 \u200b \n 12-34-56 account 12345678 . , ( ) NHS 943 476 5919 Rose Cottage"
)
ANYTHING = st.one_of(
	st.text(max_size=60),
	st.lists(
		st.sampled_from(PIECES.split(" ")),
		max_size=14,
	).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(ANYTHING)
def test_law_places_lie_in_the_text_in_order_and_the_short_look_misses_none(text: str) -> None:
	close = FINDER.look_closely(text, 2026)
	assert FINDER.find(text, 2026) == close
	assert all(0 <= one.start < one.end <= len(text) for one in close)
	assert all(one.end <= other.start for one, other in pairwise(close))
