"""Letters about requests: fields, what a notice has to say, and which letter comes next."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.disclosure import Redaction, Regime
from cranford_desktop.domain.letter_choice import Standing, suggested
from cranford_desktop.domain.letter_laws import cite, cites
from cranford_desktop.domain.letter_rules import Facts, problems
from cranford_desktop.domain.letters import (
	Field,
	Filled,
	Ground,
	LetterKind,
	Regulator,
	Run,
	Wording,
	block,
	fill,
	plain_text,
	regulator_on,
	subject_after,
)
from cranford_desktop.letter_templates import letter_tables

FIELDS = {
	"name": Field("name", "How you address them", "line", "letter"),
	"searched": Field("searched", "Which places were searched", "lines", "letter"),
	"help": Field("help", "How you can help", "lines", "letter", optional=True),
	"grounds": Field("grounds", "The reasons in the law", "line", "known"),
}
REGULATOR = Regulator(
	date(2018, 5, 25), "Information Commissioner", "Commissioner’s Office", ("1 High St", "AB1 2CD"), "ico.example", "1"
)


def blocks(letter: Filled) -> list[tuple[str, str]]:
	return [(one.kind, one.text) for one in letter.blocks]


_TYPED = st.text(
	st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff") | st.just("\n"),
	min_size=1,
	max_size=60,
)


class TestFilling:
	def test_fields_are_filled_in_subject_and_paragraphs(self) -> None:
		letter = fill(Wording("For {name}", "Dear {name},\n\nOne line\nand the next."), {"name": "A Green"}, FIELDS)
		assert letter.title == "For A Green"
		assert blocks(letter) == [("paragraph", "Dear A Green,"), ("paragraph", "One line and the next.")]
		assert (letter.missing, letter.unknown, letter.used) == ((), (), ("name",))

	def test_what_is_missing_is_named_and_never_blank(self) -> None:
		letter = fill(Wording("S", "Dear {name},\n\n- {searched}"), {"name": "  "}, FIELDS)
		assert letter.missing == ("name", "searched")
		assert letter.blocks[0].runs[1] == Run("[How you address them]", missing=True)
		assert blocks(letter)[1] == ("point", "[Which places were searched]")

	@pytest.mark.parametrize(
		("words", "unknown"), [("{nmae}", "nmae"), ("{Name}", "{Name}"), ("{}", "{}"), ("a } b", "}"), ("{name", "{")]
	)
	def test_what_is_no_field_is_reported(self, words: str, unknown: str) -> None:
		assert fill(Wording("S", words), {"name": "A"}, FIELDS).unknown == (unknown,)

	def test_each_line_that_was_typed_is_a_point_of_its_own(self) -> None:
		letter = fill(Wording("S", "- {searched}"), {"searched": "E-mail\n\n  Minutes "}, FIELDS)
		assert blocks(letter) == [("point", "E-mail"), ("point", "Minutes")]
		assert letter.blocks[1].goes_on(letter.blocks[0])

	def test_what_is_filled_in_is_never_read_as_wording(self) -> None:
		letter = fill(
			Wording("S", "{searched}\n\nDear {name}"), {"searched": "# {name}\n- x", "name": "{help}"}, FIELDS
		)
		assert blocks(letter) == [("paragraph", "# {name}"), ("paragraph", "- x"), ("paragraph", "Dear {help}")]
		assert letter.unknown == ()

	@given(_TYPED, _TYPED)
	def test_whatever_was_typed_stands_in_the_letter_as_it_is(self, name: str, searched: str) -> None:
		words = Wording("For {name}", "Dear {name},\n\n- {searched}")
		made = fill(words, {"name": name, "searched": searched}, FIELDS)
		assert made.unknown == ()
		assert set(made.missing) == {
			key for key, value in (("name", name), ("searched", searched)) if not value.strip()
		}
		if name.strip():
			assert made.title == f"For {' '.join(name.split())}"
		if searched.strip():
			typed = [" ".join(line.split()) for line in searched.splitlines()]
			assert [one.text for one in made.blocks[1:]] == [line for line in typed if line]

	def test_signs_that_no_document_can_hold_are_left_out(self) -> None:
		made = fill(
			Wording("\x07S {name}", "Dear {name},\x00\n\n- {searched}"), {"name": "A\x1bnn", "searched": "\x00"}, FIELDS
		)
		assert (made.title, made.missing) == ("S Ann", ("searched",))
		assert made.blocks[0].text == "Dear Ann,"

	def test_the_subject_stands_under_the_greeting_or_before_all(self) -> None:
		for greeting, place in (("Dear Ann,", 1), ("Hello Ann", 1), ("Good morning Ann", 1), ("To the clerk", -1)):
			assert subject_after([block("line", "Today"), block("paragraph", greeting)]) == place

	def test_an_empty_optional_field_takes_its_paragraph_and_heading_along(self) -> None:
		words = Wording("S", "Before\n\n# Help\n\n- {help}\n\n# After\n\nEnd")
		assert blocks(fill(words, {}, FIELDS)) == [("paragraph", "Before"), ("heading", "After"), ("paragraph", "End")]
		last = Wording("S", "Before\n\n# Help\n\n- {help}")
		assert blocks(fill(last, {}, FIELDS)) == [("paragraph", "Before")]
		signed = Wording("S", "Before\n\n# Help\n\n- {help}\n\nYours sincerely,")
		assert blocks(fill(signed, {}, FIELDS)) == [("paragraph", "Before"), ("paragraph", "Yours sincerely,")]
		assert ("point", "Ask us") in blocks(fill(words, {"help": "Ask us"}, FIELDS))

	def test_a_field_of_whole_paragraphs_keeps_their_kinds(self) -> None:
		grounds = (block("subhead", "Section 1"), block("paragraph", "Because."))
		letter = fill(Wording("S", "{grounds}"), {"grounds": grounds}, FIELDS)
		assert blocks(letter) == [("subhead", "Section 1"), ("paragraph", "Because.")]
		assert {one.field for one in letter.blocks} == {"grounds"}

	def test_lines_of_an_address_stay_together_and_apart_from_the_next(self) -> None:
		letter = fill(Wording("S", "| One\n| Two\n\n| Three\n\nText\n\n- a\n- b"), {}, FIELDS)
		assert plain_text(letter) == "One\nTwo\n\nThree\n\nText\n\n- a\n- b\n"


class TestCiting:
	@pytest.mark.parametrize(
		("code", "words"),
		[
			("s40(2)", "section 40(2)"),
			("reg 12(4)(e)", "regulation 12(4)(e)"),
			("Sch 2 para 16", "Schedule 2, paragraph 16"),
		],
	)
	def test_codes_are_cited_in_words_that_are_found_again(self, code: str, words: str) -> None:
		assert cite(code) == words
		assert cites(f"because of {words}, we", words)
		assert cites(code, words)

	@pytest.mark.parametrize(
		("text", "citation", "found"),
		[
			("Section 40 (2) applies", "section 40(2)", True),
			("s.40(2)(a)", "section 40(2)", True),
			("section 40(2A)", "section 40(2)", False),
			("section 170", "section 17", False),
			("regulation 130", "regulation 13", False),
			("Schedule 2 para. 16", "Schedule 2, paragraph 16", True),
			("Schedule 2, paragraph 160", "Schedule 2, paragraph 16", False),
		],
	)
	def test_other_provisions_are_told_apart(self, text: str, citation: str, found: bool) -> None:
		assert cites(text, citation) is found


TABLES = letter_tables()
WORDED = ("It is a price.", "They would bid.", "Money.", "Less.")
GROUNDS: dict[Regime, Ground] = {
	"foi": Ground("s43(2)", "section 43(2)", "Commercial interests", True, True, *WORDED),
	"eir": Ground("reg 12(5)(e)", "regulation 12(5)(e)", "Commercial", True, True, *WORDED),
	"sar": Ground("Sch 2 para 16", "Schedule 2, paragraph 16", "Someone else", False, False, "It is about others."),
}


def facts(kind: LetterKind, regime: Regime, **other: object) -> Facts:
	given: dict[str, object] = {
		"kind": kind,
		"regime": regime,
		"fields": dict(TABLES.fields),
		"grounds": (GROUNDS[regime],),
		"regulator": REGULATOR,
		"review_contact": "clerk@example.org\nThe Hall",
		"today": date(2026, 11, 23),
		"due": date(2026, 12, 2),
		"latest": date(2027, 1, 4),
	}
	return Facts(**(given | other))  # type: ignore[arg-type]


def letter(kind: LetterKind, regime: Regime, leave_out: str = "") -> Filled:
	"""Return the standard letter, everything filled in; paragraphs in which `leave_out` (a pattern) stands left out."""
	words = TABLES.template(kind, regime).wording
	ground = GROUNDS[regime]
	law = {"foi": "Freedom of Information Act", "eir": "Regulations", "sar": "Data Protection Act"}[regime]
	worded = (ground.why, ground.harm, ground.public_interest, ground.balance)
	values: dict[str, object] = {name: f"words of {name}" for name in TABLES.fields}
	values |= {
		"contact": "clerk@example.org\nThe Hall",
		"regulator": REGULATOR.name,
		"regulator_address": (block("line", "Commissioner’s Office"), block("line", "1 High St, AB1 2CD, ico.example")),
		"grounds": (
			block("subhead", f"{ground.cite} of the {law}"),
			*(block("paragraph", one) for one in worded if one),
		),
	}
	made = fill(words, values, TABLES.fields)  # type: ignore[arg-type]
	if not leave_out:
		return made
	kept = tuple(one for one in made.blocks if not re.search(leave_out, one.text, re.IGNORECASE))
	assert len(kept) < len(made.blocks), "nothing was left out"
	return replace(made, blocks=kept)


def told(made: Filled, given: Facts) -> list[str]:
	return [one.words for one in problems(made, given) if one.stops]


def _covered(*words: str) -> tuple[Redaction, ...]:
	return tuple(Redaction(at, "text", one, "s40(2)") for at, one in enumerate(words, 1))


class TestWhatANoticeSays:
	@pytest.mark.parametrize(("kind", "regime"), list(TABLES.templates))
	def test_every_standard_letter_filled_in_lacks_nothing(self, kind: LetterKind, regime: Regime) -> None:
		assert told(letter(kind, regime), facts(kind, regime)) == []

	@pytest.mark.parametrize("kind", ["part_refusal", "refusal"])
	@pytest.mark.parametrize(
		("regime", "leave_out", "problem"),
		[
			("foi", "withh[eo]ld|refus|exempt", "does not say that information is refused"),
			("foi", r"section 43\(2\)", r"does not name section 43\(2\)"),
			("foi", "It is a price", r"Say why section 43\(2\) applies"),
			("foi", "They would bid", r"what harm section 43\(2\) prevents"),
			("foi", "^Money", "Say what speaks for giving it out"),
			("foi", "^Less", "Say why keeping it back weighs more"),
			("foi", "internal review|after the review", "how to complain to the council"),
			("foi", "clerk@example.org", "where a complaint to the council goes"),
			("foi", "section 50", "does not name section 50"),
			("foi", "ico.example", "how to reach the Information Commissioner"),
			("eir", "withh[eo]ld|refus|exempt|exception", "does not say that information is refused"),
			("eir", r"regulation 12\(5\)\(e\)", r"does not name regulation 12\(5\)\(e\)"),
			("eir", "It is a price", "Say why"),
			("eir", "^Less", "Say why keeping it back weighs more"),
			("eir", "regulation 11", "does not name regulation 11"),
			("eir", "regulation 18", "does not name regulation 18"),
			("eir", "ico.example", "how to reach the Information Commissioner"),
		],
	)
	def test_a_part_that_is_missing_is_named(
		self, kind: LetterKind, regime: Regime, leave_out: str, problem: str
	) -> None:
		found = told(letter(kind, regime, leave_out), facts(kind, regime))
		assert any(re.search(problem, one) for one in found), found

	@pytest.mark.parametrize(
		("leave_out", "problem"),
		[
			("It is about others", "Say why Schedule 2, paragraph 16 applies"),
			("complain", "how to complain to the council"),
			("court", "a court can be asked"),
			("ico.example", "how to reach"),
		],
	)
	def test_subject_access_has_its_own_parts(self, leave_out: str, problem: str) -> None:
		for kind in ("refusal", "sar_answer"):
			found = told(letter(kind, "sar", leave_out), facts(kind, "sar"))  # type: ignore[arg-type]
			assert any(problem in one for one in found), found

	def test_reasons_that_were_never_written_stop_it(self) -> None:
		bare = Ground("s43(2)", "section 43(2)", "Commercial interests", True, True)
		found = problems(letter("refusal", "foi"), facts("refusal", "foi", grounds=(bare,)))
		assert {one.where for one in found} == {"ground:s43(2)"}
		assert {one.law for one in found} == {"s.17(1)(c)", "s.17(3)(b)"}

	def test_a_refusal_without_any_reason_in_the_law_stops(self) -> None:
		assert "The letter names no exemption." in told(letter("refusal", "foi"), facts("refusal", "foi", grounds=()))
		assert "The letter names no exception." in told(letter("refusal", "eir"), facts("refusal", "eir", grounds=()))

	def test_what_the_requester_wrote_does_not_count_as_said(self) -> None:
		made = letter("refusal", "foi", "withh[eo]ld|refus|exempt")
		quoted = replace(block("quote", "Do you refuse? Is it exempt?"), field="request")
		assert told(replace(made, blocks=(quoted, *made.blocks)), facts("refusal", "foi"))

	def test_neither_confirming_nor_denying_has_to_be_said(self) -> None:
		found = told(letter("ncnd", "foi", "neither confirms"), facts("ncnd", "foi"))
		assert found == ["The letter does not say that the council neither confirms nor denies."]

	def test_unfinished_work_names_its_end(self) -> None:
		ground = Ground("reg 12(4)(d)", "regulation 12(4)(d)", "Unfinished work", False, False, "It is a price.")
		made = replace(
			letter("refusal", "eir"), blocks=(block("paragraph", ground.cite), *letter("refusal", "eir").blocks)
		)
		given = facts("refusal", "eir", grounds=(ground,))
		assert told(made, given) == ["Say when the unfinished work will be finished."]
		assert told(made, replace(given, completion="words of completion")) == []

	def test_the_places_searched_are_stated_and_everything_is_never_claimed(self) -> None:
		bare = fill(Wording("S", "We do not hold it. Complain."), {}, TABLES.fields)
		assert any("which places were searched" in one for one in told(bare, facts("not_held", "foi")))
		claim = replace(
			letter("answer", "foi"),
			blocks=(*letter("answer", "foi").blocks, block("paragraph", "This is all the information we hold.")),
		)
		[look] = problems(claim, facts("answer", "foi"))
		assert not look.stops
		assert "Say which places were searched" in look.words

	def test_the_letter_has_to_fit_the_decisions(self) -> None:
		wrong = problems(letter("answer", "foi"), facts("answer", "foi", removed=True, readable=3))
		assert [one.where for one in wrong] == ["letter:part_refusal"]
		for kind in ("refusal", "not_held"):
			found = problems(letter(kind, "foi"), facts(kind, "foi", removed=True, readable=3))  # type: ignore[arg-type]
			assert "letter:part_refusal" in [one.where for one in found]
		assert told(letter("answer", "foi"), facts("answer", "foi", undecided=1)) == ["1 message has no decision yet."]
		assert "is not made yet" in told(letter("answer", "foi"), facts("answer", "foi", no_pack=True))[0]
		assert "Make it again" in told(letter("answer", "foi"), facts("answer", "foi", stale_pack=True))[0]

	def test_words_that_were_covered_up_are_pointed_at(self) -> None:
		made = letter("answer", "foi")
		found = problems(made, facts("answer", "foi", covered=_covered("Words of ENCLOSED", "never there")))
		assert [(one.stops, one.words) for one in found] == [
			(False, "The letter says something that you covered up in this request.")
		]
		assert not problems(made, facts("answer", "foi", covered=_covered("words of request")))
		person = Redaction(1, "person", "Ann", "s40(2)", names=("Enclosed",))
		assert problems(made, facts("answer", "foi", covered=(person,)))

	def test_more_time_names_its_day_and_has_an_end(self) -> None:
		given = facts("extension", "foi", extended_to=date(2027, 1, 4))
		assert told(letter("extension", "foi"), given) == ["The letter does not say by when the answer comes."]
		day = replace(letter("extension", "foi"), subject=(Run("by Monday 4 January 2027"),))
		assert told(day, given) == []
		later = replace(day, subject=(Run("by 5 January 2027"),))
		[beyond] = problems(later, replace(given, extended_to=date(2027, 1, 5)))
		assert (beyond.stops, beyond.law) == (False, "s.10(3)")
		assert "later than 4 January 2027" in beyond.words
		late = problems(day, replace(given, today=date(2026, 12, 3)))
		assert [one.stops for one in late] == [False]

	def test_a_late_answer_should_say_so(self) -> None:
		found = problems(letter("answer", "foi"), facts("answer", "foi", today=date(2026, 12, 3)))
		assert [(one.stops, one.words[:31]) for one in found] == [(False, "The answer was due on 2 Decembe")]


class TestWhichComesNext:
	@pytest.mark.parametrize(
		("standing", "kind"),
		[
			(Standing("foi", False, (), False, 0, 0, 0, False), "acknowledgement"),
			(Standing("foi", False, ("acknowledgement",), False, 4, 4, 0, False), "answer"),
			(Standing("foi", False, ("acknowledgement",), True, 4, 0, 4, False), "answer"),
			(Standing("eir", False, (), True, 4, 0, 4, True), "part_refusal"),
			(Standing("foi", False, (), True, 4, 0, 0, True), "refusal"),
			(Standing("foi", False, (), True, 4, 0, 0, False), "not_held"),
			(Standing("foi", False, ("acknowledgement",), True, 0, 0, 0, False), "not_held"),
			(Standing("sar", False, (), True, 4, 0, 4, True), "sar_answer"),
			(Standing("foi", True, ("answer",), True, 4, 0, 4, False), "internal_review"),
			(Standing("sar", True, ("sar_answer",), True, 4, 0, 4, False), "sar_answer"),
		],
	)
	def test_it_follows_from_how_far_the_request_is(self, standing: Standing, kind: str) -> None:
		found, why = suggested(standing)
		assert found == kind
		assert why
		assert (found, standing.regime) in TABLES.templates


class TestTables:
	def test_every_field_of_every_letter_is_described(self) -> None:
		for template in TABLES.templates.values():
			assert set(template.wording.fields()) <= set(TABLES.fields)
			assert "@" not in template.wording.body

	def test_letters_are_plain(self) -> None:
		for template in TABLES.templates.values():
			words = f"{template.wording.subject} {template.wording.body} {template.purpose}".casefold()
			for banned in ("please", "sorry", "oops", "invalid", "all information held", "hereby"):
				assert banned not in words

	def test_no_letter_names_a_requester_of_a_nil_return(self) -> None:
		for regime in ("foi", "eir", "sar"):
			assert "name" not in TABLES.template("nil_return", regime).wording.fields()  # type: ignore[arg-type]

	def test_the_regulator_follows_the_day(self) -> None:
		later = replace(REGULATOR, start=date(2027, 4, 1), name="Information Commission")
		both = (later, REGULATOR)
		assert regulator_on(both, date(2027, 3, 31)).name == "Information Commissioner"
		assert regulator_on(both, date(2027, 4, 1)).name == "Information Commission"
		assert regulator_on(both, date(2000, 1, 1)) is REGULATOR
