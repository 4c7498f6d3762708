"""What the answer to a subject access request has to say besides the data: UK GDPR Art 15(1) and (2)."""

import re

import pytest

from cranford_desktop.domain.letter_sar import left_out
from cranford_desktop.letter_templates import letter_tables

BODY = re.sub(r"\{\w+\}", "", letter_tables().template("sar_answer", "sar").wording.body.casefold())


def test_the_letter_that_ships_says_all_of_it() -> None:
	assert left_out(BODY) == []


@pytest.mark.parametrize(
	("taken_out", "law"),
	[
		("why we have it", "(1)(a)"),
		("what kinds of data", "(1)(b)"),
		("who else has received it", "(1)(c)"),
		("how long we keep it", "(1)(d)"),
		("correct your data", "(1)(e)"),
		("to erase it", "(1)(e)"),
		("restrict how we use it", "(1)(e)"),
		("object to our using it", "(1)(e)"),
		("where it came from", "(1)(g)"),
		("by computer alone", "(1)(h)"),
		("outside the united kingdom", "(2)"),
	],
)
def test_each_part_is_missed_when_it_is_taken_out(taken_out: str, law: str) -> None:
	assert taken_out in BODY
	[(_, cited)] = left_out(re.sub(re.escape(taken_out), "", BODY))
	assert cited == f"UK GDPR Art 15{law}"
