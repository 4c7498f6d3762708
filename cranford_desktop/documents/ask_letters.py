"""Letters that ask members for their exports: one page each, with a reply slip to tear off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cranford_desktop.documents import fonts, report, words
from cranford_desktop.documents.sheet import BOTTOM, INK, LEFT, MUTED, RIGHT, RULE, Sheet

_SLIP_LINE = 21.0


@dataclass(frozen=True, slots=True)
class Letter:
	"""One letter, its words filled in."""

	to: str
	subject: str
	paragraphs: tuple[str, ...]
	"""The greeting first."""
	points: tuple[str, ...]
	"""How to do it; they stand after the opening."""
	duty: tuple[str, ...]
	ending: str
	signed: str
	slip: tuple[str, ...]
	"""The answers to tick."""


def letters_pdf(letters: Sequence[Letter], council: str, made_on: date, practice: bool) -> bytes:
	"""Return the letters as one PDF, each beginning on a page of its own."""
	sheet = Sheet(
		title="Letters to members",
		council=council,
		reference="WhatsApp records",
		footer=words.day(made_on),
		practice=practice,
		made_on=made_on,
	)
	for number, letter in enumerate(letters):
		if number:
			sheet.new_page()
		_letter(sheet, letter, council, made_on)
	return sheet.finish()


def _letter(sheet: Sheet, letter: Letter, council: str, made_on: date) -> None:
	sheet.bookmark(letter.to, 0)
	sheet.flow(letter.to, size=11, leading=15)
	sheet.gap(4)
	sheet.flow(words.day(made_on), size=10, leading=14, colour=MUTED)
	sheet.gap(8)
	with sheet.element("H1"):
		sheet.flow(letter.subject, size=14, leading=19, font=fonts.BOLD)
	sheet.gap(6)
	for one in letter.paragraphs:
		report.paragraph(sheet, one)
	report.points(sheet, letter.points)
	sheet.gap(4)
	first, *rest = letter.duty
	with sheet.element("H2"):
		sheet.flow(first, font=fonts.BOLD)
	sheet.gap(3)
	for one in rest:
		report.paragraph(sheet, one)
	report.paragraph(sheet, letter.ending)
	sheet.gap(26)
	sheet.flow(letter.signed)
	_slip(sheet, letter, council)


def _slip(sheet: Sheet, letter: Letter, council: str) -> None:
	"""Draw the slip at the foot of the page, below a line to cut along."""
	high = 74 + _SLIP_LINE * len(letter.slip) + 30
	sheet.need(high + 12)
	sheet.y = BOTTOM + high
	with sheet.element("H2"):
		sheet.text("Reply slip – cut here", LEFT, sheet.y + 4, 8.5, colour=MUTED)
	_dashes(sheet)
	sheet.gap(10)
	sheet.flow(f"To the clerk, {council}", size=9, leading=13, colour=MUTED)
	sheet.flow(letter.subject, size=10, leading=15, font=fonts.BOLD)
	sheet.gap(4)
	for answer in letter.slip:
		sheet.box(LEFT, sheet.y - 13, 9, 9, stroke=INK)
		sheet.text(answer, LEFT + 17, sheet.y - 12, 10)
		if answer.endswith(":"):
			start = LEFT + 17 + fonts.width(answer, fonts.REGULAR) * 10 + 8
			sheet.gap(14)
			sheet.rule(start, RIGHT, RULE)
			sheet.gap(_SLIP_LINE - 14)
		else:
			sheet.gap(_SLIP_LINE)
	sheet.gap(18)
	for x, to, name in ((LEFT, LEFT + 190, letter.to), (LEFT + 210, LEFT + 360, "Signed"), (LEFT + 380, RIGHT, "Date")):
		sheet.rule(x, to, INK)
		sheet.text(name, x, sheet.y - 10, 8.5, colour=MUTED)


def _dashes(sheet: Sheet) -> None:
	x = LEFT
	while x < RIGHT:
		sheet.rule(x, min(x + 5, RIGHT), MUTED)
		x += 9
