"""A letter about a request as a Word file: real headings and lists, British English, nobody's name in its properties.

The same letter gives the same bytes: the days in it are those of the letter, never of the computer.
"""

import io
import zipfile
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cranford_desktop.documents.letter_pages import LetterPage
from cranford_desktop.domain.letters import Block, closes, subject_after

_FONT = "Arial"
_STYLES = {
	"heading": "Heading 1",
	"subhead": "Heading 2",
	"point": "List Bullet",
	"quote": "Quote",
	"paragraph": "Normal",
	"line": "Normal",
}
_SIZES = {"Normal": 11, "Title": 18, "Subtitle": 13, "Heading 1": 13, "Heading 2": 11, "List Bullet": 11, "Quote": 11}
"""Points."""
_LONGEST_PROPERTY = 255
"""Signs that a property of a Word file can have (ECMA-376, part 2, by what its readers accept)."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_INK = RGBColor(0x1B, 0x1F, 0x24)


def letter_docx(letter: LetterPage) -> bytes:
	"""Return a letter as a .docx file."""
	made = Document()
	_dress(made, letter)
	_properties(made, letter)
	made.add_paragraph(letter.council, style="Title")
	greeted = subject_after(letter.blocks)
	if greeted < 0:
		made.add_paragraph(letter.subject, style="Subtitle")
	for at, one in enumerate(letter.blocks):
		after = letter.blocks[at + 1] if at + 1 < len(letter.blocks) else None
		paragraph = made.add_paragraph(one.text, style=_STYLES[one.kind])
		_space(paragraph, one, after)
		if at == greeted:
			made.add_paragraph(letter.subject, style="Subtitle")
	if letter.practice:
		made.sections[0].header.paragraphs[0].text = "PRACTICE: not a real letter"
	_drop_leftovers(made)
	out = io.BytesIO()
	made.save(out)
	return _steady(out.getvalue())


def _dress(made: Made, letter: LetterPage) -> None:
	section = made.sections[0]
	section.page_width, section.page_height = Mm(210), Mm(297)
	section.left_margin = section.right_margin = Mm(25)
	section.top_margin = section.bottom_margin = Mm(22)
	section.footer.paragraphs[0].text = f"{letter.council} · {letter.reference}"
	for name, size in _SIZES.items():
		style = made.styles[name]
		style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
		style.font.bold = name in ("Title", "Subtitle", "Heading 1", "Heading 2")
		style.font.italic = name == "Quote"
		fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
		for script in ("ascii", "hAnsi", "cs", "eastAsia"):
			fonts.set(qn(f"w:{script}"), _FONT)
		for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
			fonts.attrib.pop(qn(f"w:{theme}"), None)
		style.paragraph_format.space_after = Pt(8)
		style.paragraph_format.space_before = Pt(6 if name.startswith("Heading") else 0)
		style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
		_plain_edges(style.element)
	made.styles["Quote"].paragraph_format.left_indent = Mm(8)
	defaults = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
	language = defaults.find(qn("w:lang"))
	if language is None:
		language = OxmlElement("w:lang")
		defaults.append(language)
	language.set(qn("w:val"), "en-GB")


def _plain_edges(style: object) -> None:
	"""Take the template's lines and letter spacing off a style."""
	for wrapping, name in (("w:pPr", "w:pBdr"), ("w:rPr", "w:spacing"), ("w:rPr", "w:kern")):
		holder = style.find(qn(wrapping))  # type: ignore[attr-defined]
		found = holder.find(qn(name)) if holder is not None else None
		if found is not None:
			holder.remove(found)


def _properties(made: Made, letter: LetterPage) -> None:
	day = datetime.combine(letter.made_on, time(), UTC)
	known = made.core_properties
	known.title = letter.subject[:_LONGEST_PROPERTY]
	known.author = known.last_modified_by = letter.council[:_LONGEST_PROPERTY]
	known.subject = known.keywords = known.comments = known.category = ""
	known.language = "en-GB"
	known.created = known.modified = day
	known.revision = 1


def _space(paragraph: Paragraph, one: Block, after: Block | None) -> None:
	form = paragraph.paragraph_format
	if after is not None and after.goes_on(one):
		form.space_after = Pt(0 if one.kind == "line" else 2)
		form.keep_with_next = one.kind == "line"
	if closes(one.kind, one.text):
		form.space_after = Pt(36)
		form.keep_with_next = True


def _drop_leftovers(made: Made) -> None:
	"""Take out what the library's template brings: a picture of its first page, and who made it."""
	package = made.part.package
	for key, link in list(package.rels.items()):
		if link.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
			del package.rels[key]
	for key, link in list(made.part.rels.items()):
		if link.reltype == RELATIONSHIP_TYPE.CUSTOM_XML:
			del made.part.rels[key]


def _steady(data: bytes) -> bytes:
	"""Return the same package without the computer's clock in it."""
	out = io.BytesIO()
	with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
		for name in read.namelist():
			part = zipfile.ZipInfo(name, _ZIP_DAY)
			part.compress_type = zipfile.ZIP_DEFLATED
			part.create_system = 3
			write.writestr(part, read.read(name))
	return out.getvalue()
