"""Two sheets for members: the slip to sign for the policy, and what a new member has to know."""

from datetime import date

from cranford_desktop.documents import fonts, report
from cranford_desktop.documents.sheet import Sheet


def acknowledgement_pdf(
	title: str,
	opening: str,
	points: tuple[str, ...],
	ending: str,
	member: str,
	council: str,
	made_on: date,
	practice: bool,
) -> bytes:
	"""Return the slip as a PDF of one page, the member's name on it."""
	sheet = _sheet(title, council, made_on, practice)
	report.title(sheet, council, title, member)
	report.paragraph(sheet, opening)
	sheet.gap(4)
	report.points(sheet, points)
	sheet.gap(6)
	report.paragraph(sheet, ending)
	report.signatures(sheet, (member,))
	return sheet.finish()


def new_member_pdf(
	title: str,
	opening: str,
	parts: tuple[tuple[str, tuple[str, ...]], ...],
	ending: str,
	council: str,
	made_on: date,
	practice: bool,
) -> bytes:
	"""Return the sheet for a new member as a PDF."""
	sheet = _sheet(title, council, made_on, practice)
	report.title(sheet, council, title)
	sheet.flow(opening, size=12, leading=17)
	sheet.gap(6)
	for head, points in parts:
		sheet.heading(head, size=14, level=1, rank=2)
		report.points(sheet, points)
	sheet.gap(8)
	sheet.flow(ending, size=12, leading=17, font=fonts.BOLD)
	return sheet.finish()


def _sheet(title: str, council: str, made_on: date, practice: bool) -> Sheet:
	return Sheet(
		title=title, council=council, reference=title, footer="WhatsApp Use Policy", practice=practice, made_on=made_on
	)
