"""A search answers whatever is typed, and finds what is there."""

import random
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.store import messages, search
from cranford_desktop.store.stems import stem
from tests.store.books_support import bare_archive, export, said, take, take_said

TEXTS = (
	"The drain in Mill Lane is blocked again",
	"Drains and ditches, all of them draining",
	"Don't touch the hedge - it's Café Noël's",
	"Thanks 👍🏽 (see minute 24/037)",
	"Ring 07700 900123 or write to clerk@example.org",
	"fl\u00adood\u200e report\u00a0at 10%_",
	"Our relationship with the county",
	'*open* "house"\x00 on Sunday',
)


def found(c: Connection, words: str) -> list[int]:
	"""Return the numbers of the texts that are found."""
	return sorted(messages.message_ids(c, MessageFilter(search=words)))


@pytest.mark.parametrize(
	("words", "texts"),
	[
		("drain", [1, 2]),
		("DRAINS", [1, 2]),
		("drain mill", [1]),
		("mill AND lane", [1]),
		('"mill lane"', [1]),
		('"lane mill"', []),
		("“mill lane”", [1]),
		('"mill lane', [1]),
		("ditches OR hedge", [2, 3]),
		("mill lane OR cafe noel", [1, 3]),
		("drain -mill", [2]),
		("drain NOT mill", [2]),
		('drain -"mill lane"', [2]),
		("-drain", [3, 4, 5, 6, 7, 8]),
		("don't", [3]),
		("don’t", [3]),
		("cafe", [3]),
		("hedge - noel", [3]),
		("relatio*", [7]),
		("relat*", [7]),
		("rel*", [7]),
		("elatio*", []),
		("👍", [4]),
		("thanks 👍", [4]),
		("drain 👍", []),
		("drain OR 👍", [1, 2, 4]),
		("(", [4]),
		("%", [6]),
		("24/037", [4]),
		("07700 900123", [5]),
		("clerk@example.org", [5]),
		("flood report", [6]),
		("*", [8]),
		("a AND", []),
		("drain AND", [1, 2]),
		("OR drain", [1, 2]),
		("OR", [5]),
		("NOT", []),
		("open sunday", [8]),
		("house\x00", [8]),
		("", [1, 2, 3, 4, 5, 6, 7, 8]),
		(" \u200e\n", [1, 2, 3, 4, 5, 6, 7, 8]),
		("nowhere", []),
	],
)
def test_a_search_finds(words: str, texts: list[int]) -> None:
	with bare_archive() as c:
		take_said(c, *TEXTS)
		assert found(c, words) == texts


@given(st.text(max_size=40) | st.text(alphabet='ab"*-()ANDORT \x00👍', max_size=30))
@example("a" * 10_000)
@example("a " * 5_000)
@example('"' * 999)
@example("NEAR(a b)")
@example("normal : a")
@example("^a + b")
@example("\U0001e900")
@example("½ ² ⅷ")
@settings(max_examples=60, deadline=None)
def test_no_search_fails(words: str) -> None:
	search.highlights("The drain in Mill Lane", words)
	with bare_archive() as c:
		take_said(c, "a", "b")
		found(c, words)


@given(st.text(min_size=1, max_size=12))
@example(":  :")
@settings(max_examples=60, deadline=None)
def test_a_text_is_found_by_itself_in_quotes(text: str) -> None:
	with bare_archive() as c:
		take(c, export([said(f"before {text} after")]))
		quoted = '"' + "".join(" " if char in '"“”„«»' else char for char in text) + '"'
		# Quotation marks cannot be looked for; what holds none is found.
		if not any(char in '"“”„«»' for char in text):
			assert found(c, quoted) == [1]


def test_a_file_is_found_by_its_name() -> None:
	with bare_archive() as c:
		take(
			c,
			export([said(None, kind="media", media="Mill Lane quote.pdf", raw="Mill Lane quote.pdf (file attached)")]),
		)
		assert found(c, "quote pdf") == [1]


@pytest.mark.parametrize(
	("text", "words", "marked"),
	[
		("The drains of Mill Lane", "drain lane", ["drains", "Lane"]),
		("draining the Café", "drained CAFE", ["draining", "Café"]),
		("fl\u200eo\u00adod!", "flood", ["fl\u200eo\u00adod"]),
		("Mill Lane, lane mill", '"mill lane"', ["Mill Lane"]),
		("Planning a plan", "plan*", ["Planning", "plan"]),
		("ok 👍🏽 ok", "👍🏽", ["👍🏽"]),
		("bin and drain", "drain -bin", ["drain"]),
		("the cafe\u0301 here", "cafe", ["cafe\u0301"]),
		("I \u2764\ufe0f it", "\u2764", ["\u2764\ufe0f"]),
		("Strasse, Straße", "strasse", ["Strasse", "Straße"]),
		("nothing", "", []),
		("", "drain", []),
		("don't", "don’t", ["don't"]),
	],
)
def test_highlights_are_offsets_into_the_text_as_given(text: str, words: str, marked: list[str]) -> None:
	assert [text[start:end] for start, end in search.highlights(text, words)] == marked


@given(st.text(max_size=60), st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_highlights_stand_in_order_within_the_text(text: str, words: str) -> None:
	last = 0
	for start, end in search.highlights(text, words):
		assert last <= start < end <= len(text)
		last = end


def test_stems_are_those_of_the_index() -> None:
	chance = random.Random(7)  # noqa: S311 (made-up words)
	parts = ["ational", "ies", "ing", "ed", "eed", "ness", "fulness", "ement", "ion", "y", "ll", "e", "s", "ss", "izer"]
	words = sorted(
		{
			"".join(chance.choices(string.ascii_lowercase + "aeiouy" * 3, k=chance.randint(1, 7)))
			+ chance.choice(parts)
			for _ in range(4000)
		}
	)
	with bare_archive() as c:
		c.exec_driver_sql("CREATE VIRTUAL TABLE word USING fts5(x, tokenize='porter unicode61 remove_diacritics 2')")
		c.exec_driver_sql("CREATE VIRTUAL TABLE term USING fts5vocab(word, instance)")
		c.exec_driver_sql("INSERT INTO word(rowid, x) VALUES(?, ?)", list(enumerate(words)))
		held = {row[0]: row[1] for row in c.exec_driver_sql("SELECT doc, term FROM term")}
		assert [(word, stem(word)) for word in words] == [(word, held[place]) for place, word in enumerate(words)]
