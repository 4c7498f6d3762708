"""A letter about a request, on paper."""

from dataclasses import dataclass
from datetime import date

from cranford_desktop.documents import fonts, report, words
from cranford_desktop.documents.sheet import LEFT, MUTED, RIGHT, Sheet
from cranford_desktop.domain.letters import Block

_SIZE, _LEADING = 11.0, 15.0
_SIGNING = 30.0
"""Points left to sign in."""


@dataclass(frozen=True, slots=True)
class LetterPage:
	"""A finished letter, its fields filled in."""

	subject: str
	blocks: tuple[Block, ...]
	council: str
	reference: str
	made_on: date
	practice: bool


def closes(block: Block) -> bool:
	"""Say whether a paragraph is the close of a letter, above the signature."""
	return block.kind == "paragraph" and block.text.casefold().startswith("yours ") and block.text.endswith(",")


def letter_pdf(letter: LetterPage) -> bytes:
	"""Return a letter as PDF: the council's name, the opening, the subject, the rest."""
	sheet = Sheet(
		title=f"{letter.subject} – {letter.council}",
		council=letter.council,
		reference=letter.reference,
		footer=words.day(letter.made_on),
		practice=letter.practice,
		made_on=letter.made_on,
	)
	sheet.flow(letter.council, size=14, leading=20, font=fonts.BOLD, colour=MUTED)
	sheet.gap(10)
	opened = False
	before: Block | None = None
	for one in letter.blocks:
		if before is not None and before.kind == one.kind == "line":
			pass
		elif before is not None:
			sheet.gap(_SIGNING if closes(before) else 8)
		_block(sheet, one)
		if not opened and _greets(one):
			opened = True
			sheet.gap(10)
			sheet.flow(letter.subject, size=13, leading=18, font=fonts.BOLD)
		before = one
	return sheet.finish()


def _block(sheet: Sheet, one: Block) -> None:
	if one.kind == "heading":
		sheet.heading(one.text, size=13, before=4, level=0)
	elif one.kind == "subhead":
		sheet.heading(one.text, size=11, before=0, level=1)
	elif one.kind == "point":
		report.points(sheet, (one.text,))
	elif one.kind == "quote":
		sheet.flow(one.text, x=LEFT + 14, width=RIGHT - LEFT - 28, size=_SIZE, leading=_LEADING, font=fonts.ITALIC)
	else:
		sheet.flow(one.text, size=_SIZE, leading=_LEADING)


def _greets(one: Block) -> bool:
	return one.kind == "paragraph" and one.text.startswith("Dear ")
