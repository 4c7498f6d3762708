"""What a redaction covers, and that nothing of it is left."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.disclosure import Covered, Piece, Redaction
from cranford_desktop.domain.personal_data import PATTERNS
from cranford_desktop.domain.redacting import cover, find

LABEL = "Redacted – personal data, s40(2)"


def text(value: str, number: int = 1, stand_in: str | None = None) -> Redaction:
	return Redaction(number, "text", value, "s40(2)", stand_in=stand_in)


def pattern(name: str, number: int = 2) -> Redaction:
	return Redaction(number, "pattern", name, "s40(2)")


def span(message_id: int, start: int, end: int) -> Redaction:
	return Redaction(3, "span", "", "s40(2)", message_id=message_id, start=start, end=end)


def left(words: str, *redactions: Redaction, message_id: int | None = None) -> str:
	pieces = cover(words, find(words, redactions, message_id), lambda _one: LABEL)
	return "".join("█" if piece.is_label else piece.text for piece in pieces)


@pytest.mark.parametrize(
	("words", "value", "expected"),
	[
		("Mrs Potter rang", "potter", "Mrs █ rang"),
		("MRS POTTER RANG", "Potter", "MRS █ RANG"),
		("Potter's hedge, Potters, JPotterson", "Potter", "█'s hedge, █s, J█son"),
		("Pot\u200dter, P\u00adotter, Pott\u2060er", "Potter", "█, █, █"),
		("tell \u2068Jean\u2069 now", "Jean", "tell █ now"),
		("Jean\u00a0Potter, Jean\u202fPotter, Jean \n Potter", "Jean Potter", "█, █, █"),
		("Jean_Potter.vcf and JeanPotter", "jean potter", "█.vcf and █"),
		("Siân Siân SIAN", "Sian", "█ █ █"),
		("Sian", "Siân", "█"),
		(unicodedata.normalize("NFD", "José!"), "José", "█!"),
		("O’Brien O'Brien O`Brien O\u02bcBrien", "O'Brien", "█ █ █ █"),
		("Smith\u2011Jones Smith-Jones Smith–Jones", "Smith-Jones", "█ █ █"),
		("Straße STRASSE", "strasse", "█ █"),
		("Ｐｏｔｔｅｒ", "potter", "█"),
		("Łukasz lukasz", "Lukasz", "█ █"),
		("aaaa", "aa", "█"),
		("ababa", "aba", "█"),
		("write to jean.potter@example.org today", "Potter", "write to █ today"),
		("P o t t e r, P-o-t-t-e-r. (P.O.T.T.E.R.) not pot ter", "Potter", "█, █. (█.) not pot ter"),
		("Pot😀ter, 😀Jean😀😀Pot❤️ter😀", "Potter", "█, 😀Jean😀😀█😀"),
		("ab12cd AB 12CD A B 1 2 C D ab1-2cd", "AB1 2CD", "█ █ █ █"),
		("an ant, a n n", "Ann", "an ant, a n n"),
		("Mrs Pot-\nter, Pot\r\nter, pot ter", "Potter", "Mrs █, █, pot ter"),
		("her (07700 900123) [+44 7700 900123] (07700) 900123", "07700900123", "her (█) [█] █"),
		("nothing here", "Potter", "nothing here"),
		("", "Potter", ""),
		("Potter", "\u200b\u00ad", "Potter"),
		("At 14 Mill Lane.", "14 mill lane", "At █."),
		("C++ (really?)", "c++ (", "█really?)"),
	],
)
def test_text_is_covered_however_it_is_written(words: str, value: str, expected: str) -> None:
	assert left(words, text(value)) == expected


NUMBER_FORMS = [
	"07700 900123",
	"07700900123",
	"+44 7700 900123",
	"+447700900123",
	"0044 7700 900123",
	"00447700900123",
	"447700900123",
	"+44 (0)7700 900123",
	"+44(0) 7700-900-123",
	"(07700) 900123",
	"07700-900123",
	"07700.900.123",
	"07700\u00a0900\u202f123",
	"077\u200b00 900\u206912\u200e3",
	"+44\u00a07700\u00a0900123",
	"7700 900123",
	"0 7 7 0 0 9 0 0 1 2 3",
	"07700/900123",
	"*07700* *900123*",
	"07700 900\n123",
	"\u202a+44 7700 900123\u202c",
	"٠٧٧٠٠٩٠٠١٢٣",
	"０７７００ ９００１２３",
	"0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
]


@pytest.mark.parametrize("written", NUMBER_FORMS)
@pytest.mark.parametrize("wanted", ["07700 900123", "+44 7700 900123", "7700900123", "0044 (0)7700 900123"])
def test_a_phone_number_is_found_in_any_written_form(written: str, wanted: str) -> None:
	assert left(f"Ring {written} tonight", text(wanted)) in ("Ring █ tonight", "Ring *█* tonight")
	assert "█" in left(f"wa.me/{written}?x", text(wanted))


@pytest.mark.parametrize("written", [form for form in NUMBER_FORMS if form[0].isascii() or form[0] == "\u202a"])
def test_the_phone_pattern_finds_those_forms_too(written: str) -> None:
	if "\u206f" not in written and not written.startswith("0 7"):
		assert left(f"Ring {written}, tonight", pattern("phone")) in ("Ring █, tonight", "Ring *█*, tonight")


def test_a_removed_landline_is_also_gone_as_neighbours_dial_it() -> None:
	assert left("ring 01632 960123 or just 960123 or 960 123", text("01632 960123")) == "ring █ or just █ or █"
	assert left("020 7946 0018, locally 7946 0018", text("+44 20 7946 0018")) == "█, locally █"
	assert left("file 99601234", text("01632 960123")) == "file 99601234"


def test_numbers_from_abroad_and_bare_runs() -> None:
	assert left("+353 87 123 4567 / 087 1234567", text("+353 87 123 4567")) == "█ / █"
	assert left("ref 900 12-3", text("900123")) == "ref █"
	assert left("in 2024 and 07700 900124", text("07700 900123")) == "in 2024 and 07700 900124"


@pytest.mark.parametrize(
	("name", "words"),
	[
		("email", "jean.potter@example.org"),
		("email", "JEAN@EXAMPLE.ORG"),
		("email", "jean (at) example (dot) org"),
		("email", "o'brien+x@mail.example.co.uk"),
		("email", "jean\u200b@example.org"),
		("postcode", "EX12 3AB"),
		("postcode", "ex123ab"),
		("postcode", "SW1A\u00a01AA"),
		("nino", "QQ 12 34 56 C"),
		("nino", "AB123456D"),
		("bank", "12-34-56 12345678"),
		("bank", "123456 12345678"),
		("bank", "GB33BUKB20201555555555"),
		("bank", "20-45-77"),
		("card", "4111 1111 1111 1111"),
		("card", "5500-0000-0000-0004"),
		("card", "378282246310005"),
		("vehicle", "AB12 CDE"),
		("vehicle", "ab12cde"),
		("vehicle", "P123 ABC"),
		("phone", "01632 960 123"),
		("phone", "+1 202 555 0143"),
	],
)
def test_patterns_know_the_uk_forms(name: str, words: str) -> None:
	assert left(f"It is ({words}), so", pattern(name)) == "It is (█), so"


def test_bank_details_named_as_such_are_covered_without_their_names() -> None:
	assert left("sort code 12-34-56, account no. 12345678", pattern("bank")) == "sort code █, account no. █"


@pytest.mark.parametrize(
	"words",
	[
		"born on 13/03/1950",
		"DOB: 13.3.50",
		"d.o.b. 1950-03-13",
		"her birthday is 13th of March, 1950",
		"13 March 1950 is her date of birth",
	],
)
def test_a_date_of_birth_is_a_date_beside_a_birth(words: str) -> None:
	assert "50" not in left(words, pattern("date_of_birth"))


@pytest.mark.parametrize(
	("name", "words"),
	[
		("card", "4111 1111 1111 1112"),
		("bank", "meet on 12-03-24"),
		("vehicle", "on the 12 and the rest"),
		("vehicle", "take the A38 now"),
		("date_of_birth", "the meeting on 13/03/2024"),
		("phone", "minute 4.2 of 13/03/2024, £1,250"),
		("email", "see you @ 7"),
	],
)
def test_patterns_leave_ordinary_business(name: str, words: str) -> None:
	assert left(words, pattern(name)) == words


def test_a_span_is_of_one_message_only_and_keeps_letters_whole() -> None:
	words = "cafe\u0301 at ten"
	assert left(words, span(7, 0, 4), message_id=7) == "█ at ten"
	assert left(words, span(7, 0, 4), message_id=8) == words
	assert left(words, span(7, 0, 4)) == words
	assert left(words, span(7, -4, 400), message_id=7) == "█"
	assert left(words, span(7, 5, 5), message_id=7) == words


@pytest.mark.parametrize(
	("words", "start", "end", "expected"),
	[
		("ok \U0001f44d\U0001f3fd!", 3, 4, "ok █!"),
		("e\u0301\u0302 z", 0, 1, "█ z"),
		("1\ufe0f\u20e3 one", 0, 1, "█ one"),
		("\u202bJean\u202c x", 1, 5, "\u202b█ x"),
		("\u05e9\u05dc\u05d5\u05dd \u05d6\u05f3\u05d0\u05df", 5, 9, "\u05e9\u05dc\u05d5\u05dd █"),
	],
)
def test_a_span_takes_the_marks_and_colours_of_its_last_letter(words: str, start: int, end: int, expected: str) -> None:
	assert left(words, span(1, start, end), message_id=1) == expected


@pytest.mark.parametrize(
	("name", "words", "expected"),
	[
		("phone", "Ring \u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663 now", "Ring █ now"),
		("phone", "0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e30\ufe0f\u20e3 900123", "█"),
		("phone", "\u24ea\u2466\u2466\u24ea\u24ea 900123", "█"),
		("email", "\uff4aean\u200b@exa\u00admple\uff0eorg ok", "█ ok"),
		("postcode", "\uff21\uff22\uff11\u00a0\uff12\uff23\uff24", "█"),
	],
)
def test_patterns_are_found_in_other_scripts_and_through_invisible_marks(name: str, words: str, expected: str) -> None:
	assert left(words, pattern(name)) == expected


def test_a_span_follows_its_words_when_the_message_was_edited() -> None:
	kept = Redaction(3, "span", "Mrs Potter", "s40(2)", message_id=7, start=4, end=14)
	assert left("Ask Mrs Potter now", kept, message_id=7) == "Ask █ now"
	assert left("Do ask MRS POTTER now", kept, message_id=7) == "Do ask █ now"
	assert left("Ask somebody now", kept, message_id=7) == "Ask somebody now"
	assert left("Mrs Potter", kept, message_id=8) == "Mrs Potter"


def test_what_a_span_sets_free_is_looked_at_again() -> None:
	assert left("107700900123", pattern("phone"), span(7, 0, 1), message_id=7) == "██"


def test_overlaps_become_one_label_of_the_first() -> None:
	covered = find("Mrs Jean Potter", (text("Jean Potter", 1), text("Potter", 2), text("Mrs Jean", 3)))
	assert [(one.start, one.end, one.redaction.id) for one in covered] == [(0, 15, 3)]


def test_a_stand_in_takes_the_place_of_the_labels_words() -> None:
	redaction = text("Jean Potter", stand_in="Resident 1")
	assert cover("Ask Jean Potter.", find("Ask Jean Potter.", (redaction,)), lambda _one: LABEL) == (
		Piece("Ask "),
		Piece("Resident 1", is_label=True),
		Piece("."),
	)


def test_a_number_pressed_against_a_name_is_found_once_the_name_is_gone() -> None:
	assert left("PotterEX12 3AB", text("Potter"), pattern("postcode")) == "█" * 2


ALPHABET = st.text(
	st.sampled_from("abBpPoOtTeErR é\u0301\u200b\u200d\u00ad\u2068\u2069\u00a0\u202f\u2011-'’ßſﬁ07912+(). @\n\u3164🌧"),
	max_size=60,
)
REDACTIONS = st.lists(
	st.one_of(
		st.text(st.sampled_from("abpoterse' -079é"), min_size=1, max_size=6).map(text),
		st.sampled_from(["07912 900123", "+44 7912 900123", "Potter", "b"]).map(text),
		st.sampled_from(PATTERNS).map(pattern),
		st.tuples(st.integers(0, 50), st.integers(0, 60)).map(lambda two: span(1, *two)),
	),
	max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(ALPHABET, REDACTIONS, st.sampled_from(["", "07912 900123", "Pot\u200dter", "+44\u00a07912 900123"]))
def test_law_nothing_survives_and_nothing_else_is_touched(
	words: str, redactions: list[Redaction], planted: str
) -> None:
	words = words[:30] + planted + words[30:]
	covered = find(words, redactions, 1)
	assert all(0 <= one.start < one.end <= len(words) for one in covered)
	assert all(one.end <= other.start for one, other in pairwise(covered))
	pieces = cover(words, covered, lambda _one: LABEL)
	kept = [piece.text for piece in pieces if not piece.is_label]
	at = 0
	rebuilt = []
	for one in (*covered, Covered(len(words), len(words), text("x"))):
		if one.start > at:
			rebuilt.append(words[at : one.start])
		at = one.end
	assert kept == rebuilt
	for piece in kept:
		assert find(piece, [one for one in redactions if one.kind != "span"]) == ()


@settings(max_examples=40, deadline=None)
@given(
	st.sampled_from(["Potter", "Siân", "O'Brien", "Smith-Jones", "Jean Potter"]),
	st.text(max_size=12),
	st.text(max_size=12),
	st.lists(st.sampled_from("\u200b\u200d\u00ad\u2060\u200e\u202e\ufe0f"), max_size=12),
	st.sampled_from([str.upper, str.lower, str.title]),
	st.sampled_from(["NFC", "NFD", "NFKD"]),
)
def test_law_a_name_is_found_through_any_disguise(
	name: str, before: str, after: str, marks: list[str], case: object, form: str
) -> None:
	written = unicodedata.normalize(form, case(name))  # type: ignore[operator]
	disguised = "".join(letter + (marks[at % len(marks)] if marks else "") for at, letter in enumerate(written))
	covered = find(before + disguised + after, (text(name),))
	assert any(one.start <= len(before) and one.end >= len(before) + len(disguised) for one in covered)


@pytest.mark.parametrize(
	"words",
	["a" * 65_000, "07700900123" * 6_000, "1 2 3 " * 11_000, "a@b.c " * 11_000, "\u0301" * 65_000, "12-34-56 " * 7_000],
)
def test_hostile_texts_are_read_in_linear_time(words: str) -> None:
	# No timed assertion: a quadratic reading of these would hang the run.
	redactions = [
		text("aaaa"),
		text("07700 900123"),
		text("b"),
		*(pattern(name, at) for at, name in enumerate(PATTERNS)),
	]
	started = time.process_time()
	covered = find(words, redactions)
	assert all(one.start < one.end for one in covered)
	print(len(words), round(time.process_time() - started, 2))
