"""The figures of a year's requests on paper and as an Excel file, for the council and its auditor. No names."""

from collections.abc import Mapping

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.documents.workbook import Table, Value, write
from cranford_desktop.domain.request_statistics import YearFigures

TITLE = "Requests for information"
_ABOUT = "Requests that arrived in the year, as they stand today. Nobody who asked is named."


def figures_pdf(figures: YearFigures, references: Mapping[int, str], council: str, *, practice: bool) -> bytes:
	"""Return the figures as a PDF; `references`: what each request is called. Deterministic."""
	sheet = Sheet(
		title=f"{TITLE} {figures.year}",
		council=council,
		reference=str(figures.year),
		footer=f"Made on {words.day(figures.as_of)}",
		practice=practice,
		made_on=figures.as_of,
	)
	report.title(sheet, council, f"{TITLE} {figures.year}", f"as of {words.day(figures.as_of)}")
	report.paragraph(sheet, _ABOUT)
	for section in figures.sections:
		sheet.heading(section.title, size=13, level=0)
		report.table(
			sheet,
			(Column("", 34), Column("Number", 12, True), Column("Which", 54)),
			(
				(one.name, f"{len(one.requests):,}", ", ".join(references[at] for at in one.requests))
				for one in section.figures
			),
		)
	sheet.heading("Time", size=13, level=0)
	report.facts(sheet, figures.facts)
	return sheet.finish()


def figures_xlsx(figures: YearFigures, references: Mapping[int, str], council: str, *, practice: bool) -> bytes:
	"""Return the figures as an Excel file. Deterministic."""
	rows: list[list[Value]] = [
		[section.title, one.name, len(one.requests), ", ".join(references[at] for at in one.requests)]
		for section in figures.sections
		for one in section.figures
	]
	tables = (
		Table(f"Requests {figures.year}", ("What", "Line", "Number", "Which"), (28, 34, 10, 60), rows),
		Table("Time", ("What", "Value"), (40, 24), [list(one) for one in figures.facts], with_filter=False),
	)
	return write(
		tables,
		creator=council,
		title=f"{TITLE} {figures.year}",
		made_on=figures.as_of,
		header=f"{'PRACTICE ' if practice else ''}{council}, {TITLE.lower()} {figures.year}",
	)
