"""Retention on paper: the report on any day, the schedule of a yearly review, the nil certificate.

They claim what was done and nothing more: what is due, what is held and why, under which rule. In this version nothing
is ever erased, and they say so.
"""

from collections.abc import Sequence
from datetime import date, datetime

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.documents.workbook import Table, Value, write
from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.domain.retention import RetentionPosition, ReviewReport

ERASES_NOTHING = "This document erases nothing. Every message it counts is still in the archive."
NOT_COVERED = (
	"It says what the archive held on the day it was made. It does not speak about members' phones, WhatsApp's own "
	"back-ups, e-mails, copies given out earlier, or back-ups of this archive."
)
_HEAD_LENGTH = 16


def retention_report_pdf(
	position: RetentionPosition,
	council: str,
	made_at: datetime,
	practice: bool,
	policy_line: str,
	assumed: Sequence[str],
) -> bytes:
	"""Return the retention report on a day as a PDF."""
	sheet = Sheet(
		title=f"Retention report, {words.day(position.on)}",
		council=council,
		reference="Retention report",
		footer=f"Made on {words.moment(made_at)}",
		practice=practice,
		made_on=made_at.date(),
	)
	report.title(sheet, council, "Retention report", f"Position on {words.weekday(position.on)}")
	report.facts(sheet, [*_position(position), ("Rule", policy_line), ("Made on", words.moment(made_at))])
	report.paragraph(sheet, ERASES_NOTHING)
	_held(sheet, position)
	_classes(sheet, position, assumed)
	_months(sheet, position)
	_not_covered(sheet)
	return sheet.finish()


def retention_report_xlsx(
	position: RetentionPosition,
	council: str,
	made_at: datetime,
	practice: bool,
	policy_line: str,
	assumed: Sequence[str],
) -> bytes:
	"""Return the retention report on a day as an Excel file."""
	about = [("Council", council), ("Made on", words.moment(made_at)), ("Rule", policy_line)]
	return _workbook("Retention report", position, about, assumed, council, made_at, practice, ())


def review_report_pdf(review: ReviewReport) -> bytes:
	"""Return what a finished yearly review produced: a schedule, or a nil certificate where nothing is due."""
	name = _name(review)
	sheet = Sheet(
		title=f"{name} {review.reference}",
		council=review.council,
		reference=review.reference,
		footer=f"{name}, made on {words.moment(review.made_at)}",
		practice=review.practice,
		made_on=review.made_at.date(),
	)
	report.title(sheet, review.council, name, review.reference)
	report.paragraph(sheet, _says(review))
	report.facts(sheet, [*_position(review.position), *_about(review)])
	_held(sheet, review.position)
	if review.outcome == "schedule":
		_scheduled(sheet, review)
	_classes(sheet, review.position, review.assumed)
	if review.note:
		sheet.heading("Note of the clerk", size=13, level=0)
		report.paragraph(sheet, review.note)
	# What limits the certificate and who signs it stay on one page.
	sheet.need(235)
	_not_covered(sheet)
	sheet.heading("Signed for the council", size=13, level=0)
	report.signatures(sheet, ("Clerk, or proper officer", "Chairman, or councillor named in the minute"))
	return sheet.finish()


def review_report_xlsx(review: ReviewReport) -> bytes:
	"""Return the same as an Excel file."""
	about = [("Reference", review.reference), ("Council", review.council), ("Outcome", _says(review)), *_about(review)]
	if review.note:
		about.append(("Note of the clerk", review.note))
	position = review.position
	name = _name(review)
	return _workbook(
		name, position, about, review.assumed, review.council, review.made_at, review.practice, review.messages
	)


def _name(review: ReviewReport) -> str:
	return "Nil certificate" if review.outcome == "nil" else "Retention review: schedule"


def _says(review: ReviewReport) -> str:
	position = review.position
	on = words.day(position.on)
	if review.outcome == "nil":
		first = f" The first message becomes due on {words.day(position.first_due)}." if position.first_due else ""
		return (
			f"The yearly retention review was carried out for {on}. The archive held "
			f"{words.count(position.total, 'message')}; none of them was due under the rule "
			f"below.{first} Nothing was erased."
		)
	return (
		f"The yearly retention review was carried out for {on}. {words.count(position.due, 'message')} "
		f"{'is' if position.due == 1 else 'are'} past the retention period and not held for another reason. "
		f"This schedule proposes them for erasing. {ERASES_NOTHING}"
	)


def _about(review: ReviewReport) -> list[tuple[str, str]]:
	number, _, digest = review.ledger_head.partition(":")
	short = digest.strip()[:_HEAD_LENGTH] or number.strip()[:_HEAD_LENGTH]
	entry = f"entry {number.strip()}, {short}" if digest else short
	return [
		("Rule", review.policy_line),
		("Minute", review.minute or "not recorded"),
		("Holds", f"checked on {words.moment(review.made_at)}"),
		("Record of actions", entry or "none"),
		(
			"Archive on this computer",
			"encrypted under a pass phrase"
			if review.encrypted
			else "kept without a pass phrase, by the council's choice",
		),
		("Made on", words.moment(review.made_at)),
	]


def _position(position: RetentionPosition) -> list[tuple[str, str]]:
	held = sum(one.messages for one in position.held)
	return [
		("Position on", words.weekday(position.on)),
		("Messages in the archive", f"{position.total:,}"),
		("Due and not held", f"{position.due:,}"),
		("Due, but held", f"{held:,}"),
		("Oldest message", words.day(position.oldest) if position.oldest else "none"),
		("First due date", words.day(position.first_due) if position.first_due else "none"),
	]


def _held(sheet: Sheet, position: RetentionPosition) -> None:
	sheet.heading("Due, but held", size=13, level=0)
	report.table(
		sheet,
		(Column("Why", 62), Column("Reference", 22), Column("Messages", 16, True)),
		((one.reason, one.reference, f"{one.messages:,}") for one in position.held),
		"Holds were checked; no message that is due is held.",
	)


def _classes(sheet: Sheet, position: RetentionPosition, assumed: Sequence[str]) -> None:
	sheet.heading("How long each kind is kept", size=13, level=0)
	report.table(
		sheet,
		(Column("Kind", 52), Column("Kept", 22), Column("Messages", 12, True), Column("First due", 18)),
		(
			(
				one.title,
				_years(one.years),
				f"{one.messages:,}",
				words.day_short(one.first_due) if one.first_due else "–",
			)
			for one in position.classes
		),
		"No kind of record is counted.",
	)
	if assumed:
		sheet.gap(8)
		sheet.need(48)
		report.paragraph(
			sheet, "Assumed: your Records Retention Policy is not recorded. Until it is, these periods are assumed:"
		)
		report.points(sheet, assumed)


def _months(sheet: Sheet, position: RetentionPosition) -> None:
	if not position.months:
		return
	sheet.heading("What is past its period, by month", size=13, level=0)
	report.table(
		sheet,
		(Column("Group", 52), Column("Month", 24), Column("Messages", 12, True), Column("Of these held", 14, True)),
		(
			(one.group, f"{MONTHS[one.month - 1]} {one.year}", f"{one.messages:,}", f"{one.held:,}")
			for one in position.months
		),
	)


def _scheduled(sheet: Sheet, review: ReviewReport) -> None:
	sheet.heading("What is proposed for erasing", size=13, level=0)
	report.table(
		sheet,
		(Column("Group", 56), Column("Day", 28), Column("Messages", 16, True)),
		((group, words.weekday(day), f"{number:,}") for group, day, number in review.messages),
		"Everything that is due is held; nothing is proposed.",
	)


def _not_covered(sheet: Sheet) -> None:
	sheet.heading("What this does not cover", size=13, level=0)
	report.paragraph(sheet, NOT_COVERED)


def _years(years: int | None) -> str:
	return "until the next review" if years is None else words.count(years, "year")


def _workbook(
	name: str,
	position: RetentionPosition,
	about: Sequence[tuple[str, str]],
	assumed: Sequence[str],
	council: str,
	made_at: datetime,
	practice: bool,
	scheduled: Sequence[tuple[str, date, int]],
) -> bytes:
	facts: list[Sequence[Value]] = [*about, *_position(position)]
	if practice:
		facts.insert(0, ("PRACTICE", "Made with the practice council."))
	facts += [("", ERASES_NOTHING), ("What this does not cover", NOT_COVERED)]
	facts += [("Assumed", one) for one in assumed]
	tables = [
		Table("Position", ("What", "Value"), (30, 90), facts, with_filter=False),
		Table(
			"Held",
			("Why", "Reference", "Messages"),
			(70, 24, 12),
			[(one.reason, one.reference, one.messages) for one in position.held],
		),
		Table(
			"Kinds",
			("Kind", "Kept", "Messages", "First due"),
			(56, 24, 12, 14),
			[(one.title, _years(one.years), one.messages, one.first_due) for one in position.classes],
		),
		Table(
			"By month",
			("Group", "Year", "Month", "Messages", "Of these held"),
			(44, 8, 12, 12, 14),
			[(one.group, one.year, MONTHS[one.month - 1], one.messages, one.held) for one in position.months],
		),
	]
	if scheduled:
		rows: list[Sequence[Value]] = [(group, day, number) for group, day, number in scheduled]
		tables.insert(1, Table("Schedule", ("Group", "Day", "Messages"), (44, 16, 12), rows))
	return write(
		tables,
		creator=council,
		title=name,
		made_on=made_at.date(),
		header=f"{'PRACTICE: ' if practice else ''}{council}, {name}",
	)
