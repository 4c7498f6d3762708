"""The leaflet for members: one page on exporting a chat, for one type of phone, in large type."""

from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import white

from cranford_desktop.documents import fonts
from cranford_desktop.documents.sheet import ACCENT, INK, LEFT, RIGHT, RULE, TINT, Sheet

_SIZE, _LEADING = 13.0, 18.0
_SMALL, _SMALL_LEADING = 11.0, 15.0
_DISC = 12.0


@dataclass(frozen=True, slots=True)
class Leaflet:
	"""What the leaflet says."""

	title: str
	phone: str
	steps: tuple[str, ...]
	boxes: tuple[tuple[str, tuple[str, ...]], ...]
	"""Head and paragraphs of each box below the steps."""


def leaflet_pdf(leaflet: Leaflet, council: str, made_on: date, practice: bool) -> bytes:
	"""Return the leaflet as a PDF of one page."""
	sheet = Sheet(
		title=f"{leaflet.title}: {leaflet.phone}",
		council=council,
		reference="How to export a chat",
		footer="Keep this leaflet",
		practice=practice,
		made_on=made_on,
	)
	sheet.bookmark(leaflet.title, 0)
	sheet.flow(leaflet.phone, size=14, leading=20, font=fonts.BOLD, colour=ACCENT)
	with sheet.element("H1"):
		sheet.flow(leaflet.title, size=26, leading=34, font=fonts.BOLD)
	sheet.gap(10)
	with sheet.element("L"):
		for number, step in enumerate(leaflet.steps, 1):
			with sheet.element("LI"):
				_step(sheet, number, step)
	sheet.gap(4)
	for head, paragraphs in leaflet.boxes:
		_box(sheet, head, paragraphs)
	return sheet.finish()


def _step(sheet: Sheet, number: int, words: str) -> None:
	lines = sheet.setter.text(words, _SIZE, RIGHT - LEFT - 44)
	high = max(len(lines) * _LEADING, 2 * _DISC)
	sheet.need(high + 9)
	middle = sheet.y - _DISC
	sheet.disc(LEFT + _DISC, middle, _DISC, ACCENT)
	shown = str(number)
	wide = fonts.width(shown, fonts.BOLD) * 14
	with sheet.element("Lbl"):
		sheet.text(shown, LEFT + _DISC - wide / 2, middle - 4.8, 14, fonts.BOLD, white)
	top = sheet.y - (2 * _DISC - _LEADING) / 2 if len(lines) == 1 else sheet.y
	with sheet.element("LBody"):
		for at, line in enumerate(lines):
			sheet.line(line, LEFT + 38, top - _LEADING * 0.76 - at * _LEADING, _SIZE, INK)
	sheet.gap(high + 9)


def _box(sheet: Sheet, head: str, paragraphs: tuple[str, ...]) -> None:
	wide = RIGHT - LEFT - 28
	lines = [sheet.setter.text(one, _SMALL, wide) for one in paragraphs]
	high = 30 + sum(len(one) * _SMALL_LEADING + 4 for one in lines) + 8
	sheet.need(high + 9)
	sheet.box(LEFT, sheet.y - high, RIGHT - LEFT, high, fill=TINT, stroke=RULE)
	sheet.gap(9)
	with sheet.element("H2"):
		sheet.flow(head, x=LEFT + 14, width=wide, size=12.5, leading=18, font=fonts.BOLD, colour=ACCENT)
	sheet.gap(2)
	for one in lines:
		with sheet.element("P"):
			for line in one:
				sheet.line(line, LEFT + 14, sheet.y - _SMALL_LEADING * 0.76, _SMALL)
				sheet.gap(_SMALL_LEADING)
		sheet.gap(4)
	sheet.gap(18)
