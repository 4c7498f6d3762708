"""Letters about requests, on paper and for Word."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pypdfium2
from docx import Document

from cranford_desktop.documents.letter_pages import LetterPage, letter_pdf
from cranford_desktop.documents.letter_word import letter_docx
from cranford_desktop.domain.letters import Block, Run, block

LINES = [Block("line", (Run(words),), "", 2) for words in ("Helen Marsh", "Clerk")]
LETTER = LetterPage(
	subject="Our answer to your request, FOI-2026-001",
	blocks=(
		block("line", "23 November 2026"),
		block("paragraph", "Dear A Green,"),
		block("paragraph", "You asked:"),
		block("quote", "Żółć about the drain, \U0001f327 and ffi"),
		block("point", "A transcript"),
		block("point", "A list"),
		block("heading", "Why parts are withheld"),
		block("subhead", "Section 40(2)"),
		block("paragraph", "It is about others."),
		block("paragraph", "Yours sincerely,"),
		*LINES,
	),
	council="Thistlemere Parish Council",
	reference="FOI-2026-001",
	made_on=date(2026, 11, 23),
	practice=False,
)


def text_of(pdf: bytes) -> str:
	document = pypdfium2.PdfDocument(pdf)
	return " ".join(page.get_textpage().get_text_bounded() for page in document)


class TestPdf:
	def test_everything_stands_in_it_the_subject_under_the_greeting(self) -> None:
		text = " ".join(text_of(letter_pdf(LETTER)).split())
		for one in LETTER.blocks:
			assert one.kind == "quote" or one.text in text
		assert text.index("Dear A Green,") < text.index("Our answer to your request") < text.index("You asked:")

	def test_the_same_letter_gives_the_same_bytes_and_names_nobody_in_its_properties(self) -> None:
		made = letter_pdf(LETTER)
		assert made == letter_pdf(LETTER)
		properties = pypdfium2.PdfDocument(made).get_metadata_dict()
		assert "Green" not in str(properties)
		assert properties["Title"].startswith("Our answer to your request")

	def test_practice_letters_say_so(self) -> None:
		assert "PRACTICE" in text_of(letter_pdf(replace(LETTER, practice=True)))

	def test_a_subheading_may_come_before_any_heading(self) -> None:
		assert "Section 1" in text_of(letter_pdf(replace(LETTER, blocks=(block("subhead", "Section 1"),))))

	def test_a_long_letter_goes_over_pages(self) -> None:
		many = tuple(block("paragraph", f"Paragraph {n}. " * 12) for n in range(60))
		assert len(pypdfium2.PdfDocument(letter_pdf(replace(LETTER, blocks=many)))) > 2


class TestWord:
	def test_headings_lists_and_language_are_real(self) -> None:
		made = Document(io.BytesIO(letter_docx(LETTER)))
		styles = {one.text: one.style.name for one in made.paragraphs if one.style is not None}
		assert styles["Why parts are withheld"] == "Heading 1"
		assert styles["Section 40(2)"] == "Heading 2"
		assert styles["A transcript"] == "List Bullet"
		assert styles["Our answer to your request, FOI-2026-001"] == "Subtitle"
		assert 'w:lang w:val="en-GB"' in made.styles.element.xml

	def test_its_text_is_that_of_the_letter_in_order(self) -> None:
		paragraphs = [one.text for one in Document(io.BytesIO(letter_docx(LETTER))).paragraphs]
		assert paragraphs[0] == LETTER.council
		rest = [one for one in paragraphs[1:] if one != LETTER.subject]
		assert rest == [one.text for one in LETTER.blocks]

	def test_its_properties_name_the_council_and_nobody_else(self) -> None:
		known = Document(io.BytesIO(letter_docx(LETTER))).core_properties
		assert (known.author, known.last_modified_by) == (LETTER.council, LETTER.council)
		assert (known.comments, known.keywords, known.language) == ("", "", "en-GB")
		assert known.created.date() == known.modified.date() == LETTER.made_on

	def test_nothing_of_the_librarys_template_is_left(self) -> None:
		with zipfile.ZipFile(io.BytesIO(letter_docx(LETTER))) as read:
			names = read.namelist()
			everything = b"".join(read.read(name) for name in names)
		assert not [name for name in names if "thumbnail" in name or "custom" in name or "app.xml" in name]
		assert b"python-docx" not in everything
		assert b"Macintosh" not in everything

	def test_the_same_letter_gives_the_same_bytes(self) -> None:
		assert letter_docx(LETTER) == letter_docx(LETTER)
		with zipfile.ZipFile(io.BytesIO(letter_docx(LETTER))) as read:
			assert {one.date_time for one in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}

	def test_practice_letters_say_so(self) -> None:
		made = Document(io.BytesIO(letter_docx(replace(LETTER, practice=True))))
		assert "PRACTICE" in made.sections[0].header.paragraphs[0].text
