"""What is kept of letters about requests."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from cranford_desktop.domain.letters import Wording
from cranford_desktop.errors import NotFound
from cranford_desktop.store import casebook, letters
from tests.store.archive_support import NOW, PASS_PHRASE, made
from tests.store.books_support import bare_archive

DAY = date(2026, 11, 23)
ONE, TWO = Wording("One", "First {name}"), Wording("Two", "Second")


def asked(c: Connection, reference: str = "FOI-2026-001") -> int:
	return casebook.create_request(
		c, reference=reference, regime="foi", received=DAY, requester="A. Resident", wording="The drain", at=NOW
	)


@pytest.fixture
def books() -> Iterator[Connection]:
	with bare_archive() as connection:
		yield connection


def test_the_councils_wording_and_that_of_one_letter_are_kept_apart(books: Connection) -> None:
	request = asked(books)
	letters.put_wording(books, "answer", "foi", ONE, NOW)
	letters.put_wording(books, "answer", "foi", TWO, NOW, request)
	assert letters.wording(books, "answer", "foi") == ONE
	assert letters.wording(books, "answer", "foi", request) == TWO
	assert letters.wording(books, "answer", "eir") is None
	letters.put_wording(books, "answer", "foi", TWO, NOW)
	letters.drop_wording(books, "answer", "foi", request)
	assert letters.wording(books, "answer", "foi") == TWO
	assert letters.wording(books, "answer", "foi", request) is None
	letters.drop_wording(books, "answer", "foi", request)


def test_answers_are_kept_by_request_and_an_empty_one_goes(books: Connection) -> None:
	request, other = asked(books), asked(books, "FOI-2026-002")
	letters.put_answers(books, request, {"fee": "£6", "s42:why": "Advice"}, NOW)
	letters.put_answers(books, request, {"fee": "", "name": "Ms Green"}, NOW)
	assert letters.answers(books, request) == {"name": "Ms Green", "s42:why": "Advice"}
	assert letters.answers(books, other) == {}


def test_letters_are_numbered_within_their_request(books: Connection) -> None:
	request, other = asked(books), asked(books, "FOI-2026-002")
	for number, one in ((1, request), (1, other), (2, request)):
		assert letters.next_letter_number(books, one) == number
		letter_id = letters.add_letter(
			books, one, number, "answer", "Subject", {}, sent_on=DAY, how="post", pack_number=None, at=NOW
		)
	assert [one.number for one in letters.sent_letters(books, request)] == [1, 2]
	with pytest.raises(NotFound):
		letters.letter_files(books, letter_id)


def test_the_mark_of_a_letter_needs_the_archives_own_key(tmp_path: Path) -> None:
	digests = {"a.pdf": "1" * 64, "a.txt": "2" * 64}
	with made(tmp_path / "a", PASS_PHRASE)[0] as one, made(tmp_path / "b", PASS_PHRASE)[0] as two:
		mark = letters.mark(one, digests)
		assert mark == letters.mark(one, dict(reversed(digests.items())))
		assert mark != letters.mark(two, digests)
		assert mark != letters.mark(one, digests | {"a.txt": "3" * 64})
