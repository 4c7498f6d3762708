"""Letters, leaflets and the yearly return: one page where one page is promised, the exact duty, nothing cut off."""

from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from cranford_desktop.documents.ask_letters import Letter, letters_pdf
from cranford_desktop.documents.leaflet import Leaflet, leaflet_pdf
from cranford_desktop.documents.member_return import member_return_pdf
from cranford_desktop.documents.transfer_register import transfer_register_pdf
from cranford_desktop.domain.asking import MemberReturn, ReturnLine
from cranford_desktop.domain.transfers import Transfer
from cranford_desktop.letter_words import ask_words, leaflet_words

COUNCIL = "Example Parish Council"
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0)


def pages(data: bytes) -> list[str]:
	document = pypdfium2.PdfDocument(data)
	try:
		return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
	finally:
		document.close()


def leaflet(phone: str) -> Leaflet:
	words = leaflet_words(phone)
	boxes = ((words.greyed_title, (words.greyed,)), (words.caps_title, (words.caps,)), (words.keep_title, words.keep))
	return Leaflet(words.title, words.phone, words.steps, (*boxes, (words.slip_title, (words.slip,))))


def letter(kind: str, to: str = "Ann Example") -> Letter:
	words = ask_words(kind)
	return Letter(
		to,
		words.subject,
		(words.greeting, *words.opening),
		words.how,
		words.duty,
		words.ending,
		words.signed,
		words.slip,
	)


@pytest.mark.parametrize("phone", ["android", "iphone"])
def test_a_leaflet_is_one_page_with_every_step(phone: str) -> None:
	(page,) = pages(leaflet_pdf(leaflet(phone), COUNCIL, DAY, practice=False))
	words = leaflet_words(phone)
	for step in (*words.steps, words.greyed, words.caps, *words.keep, words.slip):
		assert " ".join(step.split()[:6]) in page
	assert "Export is greyed out?" in page
	assert "10,000" in page
	assert "40,000" in page


def test_the_leaflets_tell_each_phones_own_way() -> None:
	android, iphone = leaflet_words("android"), leaflet_words("iphone")
	assert any("three dots" in step for step in android.steps)
	assert not any("three dots" in step for step in iphone.steps)
	assert any("Scroll down" in step for step in iphone.steps)


@pytest.mark.parametrize("kind", ["export", "older", "settings", "yearly"])
def test_each_letter_is_one_page_with_its_slip(kind: str) -> None:
	found = pages(letters_pdf([letter(kind), letter(kind, "Ben Sample")], COUNCIL, DAY, practice=False))
	assert len(found) == 2
	for page, name in zip(found, ("Ann Example", "Ben Sample"), strict=True):
		assert name in page
		assert "section 77" in page
		assert "Reply slip" in page
		assert all(answer in page for answer in ask_words(kind).slip)


def test_words_can_be_the_councils_own(tmp_path: Path) -> None:
	source = Path(__file__).parents[2] / "resources" / "letters" / "asks.toml"
	own = source.read_text(encoding="utf-8").replace("Thank you for your help.", "With kind regards,")
	(tmp_path / "asks.toml").write_text(own, encoding="utf-8")
	assert ask_words("export", tmp_path).ending == "With kind regards,"
	assert ask_words("export").ending == "Thank you for your help."


def test_the_return_says_what_it_does_not_cover() -> None:
	lines = (
		ReturnLine(1, "Ann Example", "Councillor", date(2026, 10, 2), date(2026, 5, 4), "exported", date(2026, 5, 9)),
		ReturnLine(2, "Ben Sample", None, None, date(2026, 5, 4), None, None),
	)
	found = " ".join(pages(member_return_pdf(MemberReturn(2026, lines), ["Test group"], COUNCIL, NOW, practice=True)))
	for words in (
		"Ann Example",
		"2 Oct 2026",
		"waiting",
		"none held",
		"does not prove",
		"PRACTICE",
		"Clerk, or proper",
	):
		assert words in found


def test_an_empty_register_says_so_and_a_full_one_lists_all() -> None:
	entry = Transfer(1, NOW, "Ann Example", "Budget", DAY, DAY, 12, "clerk@example.org", "pdf", "0123456789abcdef" * 4)
	assert "Nothing has been handed on." in pages(transfer_register_pdf([], COUNCIL, NOW, False))[0]
	found = pages(transfer_register_pdf([entry] * 60, COUNCIL, NOW, False))
	assert len(found) > 1
	assert sum(page.count("0123456789ab") for page in found) == 60
	assert all("Member" in page for page in found)


def test_the_same_content_gives_the_same_bytes() -> None:
	for make in (
		lambda: leaflet_pdf(leaflet("iphone"), COUNCIL, DAY, practice=False),
		lambda: letters_pdf([letter("yearly")], COUNCIL, DAY, practice=False),
		lambda: member_return_pdf(MemberReturn(2026, ()), [], COUNCIL, NOW, practice=False),
	):
		assert make() == make()
