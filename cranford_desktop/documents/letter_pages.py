"""A letter about a request, on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cranford_desktop.documents import fonts, report, words
from cranford_desktop.documents.sheet import LEFT, MUTED, RIGHT, Sheet
from cranford_desktop.domain.letters import Block, closes, subject_after

_BETWEEN = 7.0
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
	greeted = subject_after(letter.blocks)
	if greeted < 0:
		_draw_subject(sheet, letter.subject)
	headed = False
	before: Block | None = None
	for some in _together(letter.blocks):
		first = some[0]
		if before is not None:
			sheet.gap(_SIGNING if closes(before.kind, before.text) else _BETWEEN)
		_draw(sheet, some, headed=headed)
		headed = headed or first.kind == "heading"
		if greeted >= 0 and first is letter.blocks[greeted]:
			sheet.gap(_BETWEEN + 2)
			_draw_subject(sheet, letter.subject)
		before = some[-1]
	return sheet.finish()


def _together(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
	"""Yield the lines of an address and the points of a list together, all else by itself."""
	some: list[Block] = []
	for one in blocks:
		if some and not one.goes_on(some[-1]):
			yield some
			some = []
		some.append(one)
	if some:
		yield some


def _draw(sheet: Sheet, some: list[Block], *, headed: bool) -> None:
	first = some[0]
	if first.kind == "heading":
		sheet.heading(first.text, size=13, before=4, level=0)
	elif first.kind == "subhead":
		sheet.heading(first.text, size=10, before=0, level=int(headed))
	elif first.kind == "point":
		report.points(sheet, [one.text for one in some])
	elif first.kind == "quote":
		sheet.flow(first.text, x=LEFT + 14, width=RIGHT - LEFT - 28, font=fonts.ITALIC)
	else:
		for one in some:
			sheet.flow(one.text)


def _draw_subject(sheet: Sheet, subject: str) -> None:
	with sheet.element("H1"):
		sheet.flow(subject, size=13, leading=18, font=fonts.BOLD)
