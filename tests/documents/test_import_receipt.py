"""The receipt of an import on paper."""

from datetime import datetime

import pypdfium2

from cranford_desktop.documents.import_receipt import receipts_pdf
from cranford_desktop.domain.messages import Receipt

NOW = datetime(2026, 11, 23, 10, 0)
RECEIPT = Receipt(
	file="WhatsApp Chat with Lanes.zip",
	sha256="0123456789abcdef" * 4,
	group="Lanes",
	phone="Ann Example's phone",
	platform="android",
	date_order="dmy",
	first=datetime(2024, 3, 13, 19, 5),
	last=datetime(2026, 11, 20, 8, 0),
	records=6340,
	messages=6300,
	system=40,
	media_present=96,
	media_missing=4,
	unread_lines=2,
	new=1204,
	matched=5136,
	disposed_earlier=0,
	past_cut_off=0,
	already_imported=False,
	warnings=("This phone's clock is 1 hour ahead of the others: perhaps it was abroad.",),
	imported_at=NOW,
	export_id=1,
	on_other_phones=5000,
	files_filled=7,
	not_chosen=11,
)


def text(lines: list[str]) -> str:
	data = receipts_pdf([(RECEIPT, lines)], council="Test Parish Council", made_at=NOW, practice=False)
	pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
	return " ".join(" ".join(pages).split())


def test_it_says_what_came_in_and_what_did_not():
	words = text([])
	for one in ("Lanes", "Ann Example's phone (Android phone)", "01234567 89abcdef", "1,204", "5,136", "1 hour ahead"):
		assert one in words
	assert "Left out by choice, not kept 11" in words
	assert "word for word" not in words


def test_lines_not_understood_stand_there_word_for_word_and_bounded():
	words = text(["Exported for the clerk", "x" * 2000, *(f"line {n}" for n in range(100))])
	assert "Exported for the clerk" in words
	assert "line 30" in words
	assert "line 99" not in words
	assert "x" * 500 not in words.replace(" ", "")
	assert "And 62 more" in words
