"""The report "Matters raised on WhatsApp to take up formally", for the next meeting, on paper and as a table."""

from collections.abc import Sequence

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.documents.workbook import Table, Value, write
from cranford_desktop.domain.meetings import NO_MINUTE, Matter, MeetingPaper

TITLE = "Matters raised on WhatsApp to take up formally"
INTERNAL = (
	"This paper is for the clerk and the chair. It may quote members and residents: look at it before anything of it "
	"goes out with the public papers of the meeting."
)
_RULE = "WhatsApp Use Policy, section 2, second point"
_HEADS = ("Number", "Way", "Subject", "Sent", "Group", "By", "What was written", "Note", "Meeting", "Minute")
_WIDTHS = (9.0, 12.0, 34.0, 18.0, 24.0, 22.0, 60.0, 34.0, 18.0, 16.0)


def meeting_report_pdf(paper: MeetingPaper) -> bytes:
	"""Return the report as a PDF."""
	sheet = Sheet(
		title=TITLE,
		council=paper.council,
		reference="Matters from WhatsApp",
		footer=f"Made on {words.moment(paper.made_at)}",
		practice=paper.practice,
		made_on=paper.made_at.date(),
	)
	report.title(sheet, paper.council, TITLE, f"For {_meeting(paper)}")
	agenda, email = _of(paper, "agenda"), _of(paper, "email")
	report.facts(
		sheet,
		[
			("For the agenda", words.count(len(agenda), "matter")),
			("By council e-mail", words.count(len(email), "matter")),
			("Rule", _RULE),
			("Made on", words.moment(paper.made_at)),
		],
	)
	report.paragraph(sheet, NO_MINUTE)
	report.paragraph(sheet, INTERNAL)
	for heading, matters, first in (
		("For the agenda", agenda, 1),
		("By council e-mail", email, len(agenda) + 1),
	):
		if matters or heading == "For the agenda":
			sheet.heading(heading, size=13, level=0)
			_matters(sheet, matters, first, quoted=paper.quoted)
	return sheet.finish()


def meeting_report_xlsx(paper: MeetingPaper) -> bytes:
	"""Return the same as an Excel file."""
	matters = [*_of(paper, "agenda"), *_of(paper, "email")]
	about: list[Sequence[Value]] = [
		("Council", paper.council),
		("For", _meeting(paper)),
		("Rule", _RULE),
		("Made on", words.moment(paper.made_at)),
		("", NO_MINUTE),
		("", INTERNAL),
	]
	rows = [_cells(number, one, quoted=paper.quoted) for number, one in enumerate(matters, 1)]
	mark = "PRACTICE: not a real document. " if paper.practice else ""
	return write(
		(
			Table("Matters", _HEADS, _WIDTHS, rows),
			Table("About", ("What", "Value"), (20.0, 90.0), about, with_filter=False),
		),
		creator=paper.council,
		title=TITLE,
		made_on=paper.made_at.date(),
		header=f"{mark}{paper.council}: {TITLE}",
	)


def _of(paper: MeetingPaper, route: str) -> list[Matter]:
	return [one for one in paper.matters if one.item.route == route]


def _meeting(paper: MeetingPaper) -> str:
	return f"the meeting on {words.weekday(paper.meeting_on)}" if paper.meeting_on else "the next meeting"


def _matters(sheet: Sheet, matters: Sequence[Matter], first: int, *, quoted: bool) -> None:
	report.table(
		sheet,
		(Column("No.", 6, True), Column("Matter", 34), Column("Raised", 22), Column("Minute", 13)),
		(
			(
				f"{number}",
				"\n".join(part for part in (one.item.subject, _quote(one) if quoted else "", _note(one)) if part),
				"\n".join(part for part in (_sent(one), one.row.sender or "", one.row.group) if part),
				"",
			)
			for number, one in enumerate(matters, first)
		),
		"No matter waits for the agenda.",
	)
	sheet.gap(6)


def _quote(one: Matter) -> str:
	return f"“{one.row.text.strip()}”" if one.row.text and one.row.text.strip() else "(a photo or file, without words)"


def _note(one: Matter) -> str:
	return f"Note: {one.item.note}" if one.item.note else ""


def _sent(one: Matter) -> str:
	return f"{words.day_short(one.row.sent_at.date())}, {one.row.sent_at:%H:%M}"


def _cells(number: int, one: Matter, *, quoted: bool) -> tuple[Value, ...]:
	item = one.item
	return (
		number,
		"Agenda" if item.route == "agenda" else "Council e-mail",
		item.subject,
		one.row.sent_at,
		one.row.group,
		one.row.sender or "",
		(one.row.text or "") if quoted else "",
		item.note,
		item.meeting_on or "next meeting",
		item.outcome,
	)
