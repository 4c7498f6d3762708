"""Contacts files: what mail programs and phones write, and what hostile ones do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.directory import Contact
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.ingest.contacts import MOST, read_contacts

CARD = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Mrs Jean Potter\r
N:Potter;Jean;;Mrs;\r
NICKNAME:Jeanie,Mill Lane Jean\r
item1.TEL;type=CELL:+44 7700 900123\r
TEL;TYPE=HOME:01632 960123\r
EMAIL;TYPE=INTERNET:Jean.Potter@example.org\r
PHOTO;ENCODING=b:AAAA\r
 BBBB\r
END:VCARD\r
"""
POTTER = Contact(
	"Mrs Jean Potter",
	("Jeanie", "Mill Lane Jean"),
	("+44 7700 900123", "01632 960123"),
	("jean.potter@example.org",),
)


def one(text: str, encoding: str = "utf-8") -> Contact:
	(found,) = read_contacts(text.encode(encoding)).contacts
	return found


def test_a_card_as_phones_write_it() -> None:
	assert one(CARD) == POTTER


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(encoding: str) -> None:
	assert one(CARD, encoding) == POTTER


def test_an_old_card_with_quoted_printable_over_two_lines() -> None:
	text = (
		"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=B3pez;Jos=\n=C3=A9\n"
		"TEL;CELL:07700900124\nEND:VCARD\n"
	)
	assert one(text) == Contact("José López", (), ("07700900124",), ())


def test_a_new_card_with_addresses_as_links_and_escaped_commas() -> None:
	text = (
		"BEGIN:VCARD\nVERSION:4.0\nFN:Smith\\, Ann\n"
		"TEL;VALUE=uri:tel:+44-7700-900125\nEMAIL:mailto:a@example.org\nEND:VCARD"
	)
	assert one(text) == Contact("Smith, Ann", (), ("+44-7700-900125",), ("a@example.org",))


@pytest.mark.parametrize(
	"text",
	[
		"First Name,Last Name,Mobile Phone,E-mail Address\nAnn,Smith,07700 900125,A@example.org\n",
		"Name,Phone 1 - Type,Phone 1 - Value,E-mail 1 - Value\nAnn Smith,Mobile,07700 900125,a@example.org\n",
		"Last name;First name;Telephone;Email\nSmith;Ann;07700 900125;a@example.org\n",
		"\ufeffDisplay Name\tMobile\tE-mail\nAnn Smith\t07700 900125\ta@example.org\n",
	],
)
def test_tables_of_mail_programs(text: str) -> None:
	assert one(text) == Contact("Ann Smith", (), ("07700 900125",), ("a@example.org",))


def test_what_tells_nothing_is_left_out_and_counted() -> None:
	text = "Name,Phone\nAnn Smith,07700 900125\nBen Sample,\n,07700 900126\nCara,not a number\n"
	read = read_contacts(text.encode())
	assert ([found.name for found in read.contacts], read.left_out) == (["Ann Smith"], 3)


@pytest.mark.parametrize(
	"data",
	[
		b"",
		b"hello",
		b"%PDF-1.7\nName",
		b"a,b,c\n1,2,3\n",
		b"BEGIN:VCARD\nFN:never ends",
		b"Name,Phone\n" + b"A,07700 900125\n" * (MOST + 1),
	],
)
def test_what_is_no_list_of_contacts_is_refused(data: bytes) -> None:
	with pytest.raises(ProblemWithFile):
		read_contacts(data)


def test_a_line_without_end_is_cut() -> None:
	long = "x" * 200_000
	found = one(f"BEGIN:VCARD\nFN:{long}\n" + f" {long}\n" * 20 + "TEL:07700 900125\nEND:VCARD\n")
	assert len(found.name) <= 300


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"BEGIN:VCARD\n{text}\nEND:VCARD".encode()))
def test_nothing_but_a_refusal_comes_of_rubbish(data: bytes) -> None:
	try:
		read = read_contacts(data)
	except ProblemWithFile:
		return
	assert all(found.name for found in read.contacts)
