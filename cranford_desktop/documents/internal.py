"""The council's own record of a pack: what was decided and why, what was taken out, what was searched.

Marked INTERNAL on every page and sheet: it holds everything that the pack leaves out.
"""

from collections.abc import Sequence

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.documents.workbook import Table, Value, write
from cranford_desktop.domain.disclosure import InternalLog, LoggedDecision
from cranford_desktop.domain.other_places import LoggedPlace

INTERNAL = "INTERNAL"
WARNING = "This record holds what was taken out of the pack. It stays with the council."


def render_internal(log: InternalLog, places: Sequence[LoggedPlace] = ()) -> dict[str, bytes]:
	"""Return the record as one PDF and one Excel file, by file name; `places`: where else was looked. Deterministic."""
	name = "".join(one if one.isalnum() or one in "-_." else "-" for one in log.reference)
	return {f"INTERNAL-{name}-record.pdf": _pdf(log, places), f"INTERNAL-{name}-record.xlsx": _xlsx(log, places)}


def places_table(sheet: Sheet, places: Sequence[LoggedPlace]) -> None:
	"""Draw where was looked besides the archive."""
	sheet.heading("Where else was looked", size=13, level=0)
	report.table(
		sheet,
		(Column("Where", 20), Column("Who, when", 22), Column("For what", 20), Column("With what result", 38)),
		(
			(
				one.place,
				"\n".join(part for part in (one.who, words.day(one.when) if one.when else "") if part),
				one.looked_for,
				"\n".join(part for part in (one.result, one.note) if part),
			)
			for one in places
		),
		"No other place was recorded.",
	)


def _facts(log: InternalLog) -> list[tuple[str, str]]:
	return [
		("Request", log.reference),
		("Requester", log.requester or "not recorded"),
		("Asked for under", words.REGIMES[log.regime]),
		("Received", words.weekday(log.received)),
		("Answer due", words.weekday(log.due)),
		("What was asked", log.wording or "not recorded"),
		("Pack", f"{log.pack_number}, made on {words.moment(log.made_at)}"),
		*log.checks,
	]


def _why(one: LoggedDecision) -> str:
	parts = (
		("", one.reason),
		("Harm: ", one.prejudice),
		("Public interest: ", one.public_interest),
		("Balance: ", one.balance),
	)
	return "\n".join(f"{name}{text}" for name, text in parts if text)


def _pdf(log: InternalLog, places: Sequence[LoggedPlace]) -> bytes:
	sheet = Sheet(
		title=f"Internal record {log.reference}",
		council=log.council,
		reference=log.reference,
		footer=f"Internal record, made on {words.day(log.made_at)}",
		practice=log.practice,
		made_on=log.made_at.date(),
		marked=INTERNAL,
	)
	report.title(sheet, log.council, "Internal record of a disclosure", log.reference)
	report.paragraph(sheet, WARNING)
	report.facts(sheet, _facts(log))
	sheet.heading("Not recorded", size=13, level=0)
	if log.not_recorded:
		report.paragraph(sheet, "The law asks for these, and nobody gave them:")
		report.points(sheet, log.not_recorded)
	else:
		report.paragraph(sheet, "Nothing that the law asks for is missing from this record.")
	sheet.heading("Searches", size=13, level=0)
	report.table(
		sheet,
		(Column("When", 22), Column("What was looked for", 58), Column("Found", 10, True), Column("New", 10, True)),
		((words.moment(one.at), one.words, f"{one.found:,}", f"{one.added:,}") for one in log.searches),
		"No search was recorded.",
	)
	places_table(sheet, places)
	sheet.heading("What was taken out", size=13, level=0)
	report.table(
		sheet,
		(Column("How", 18), Column("What", 32), Column("Exemption", 16), Column("Reason", 34)),
		(
			(f"{one.kind}\n{one.reference}".strip(), one.value, one.exemption, _joined(one.reason, one.stand_in))
			for one in log.redactions
		),
		"Nothing was taken out of released messages.",
	)
	sheet.heading("Decisions", size=13, level=0)
	report.table(
		sheet,
		(Column("Reference", 20), Column("Message", 42), Column("Decision", 16), Column("Reason", 26)),
		(
			(
				f"{one.reference}\n{words.day_short(one.sent_at)}\n{one.sent_at:%H:%M}",
				"\n".join(part for part in (one.sender, one.text, one.media) if part),
				f"{one.choice}\n{one.exemption}".strip(),
				_why(one),
			)
			for one in log.decisions
		),
		"The request has no messages.",
	)
	return sheet.finish()


def _joined(reason: str, stand_in: str) -> str:
	return "\n".join(part for part in (reason, f"Stands in its place: {stand_in}" if stand_in else "") if part)


def _xlsx(log: InternalLog, places: Sequence[LoggedPlace]) -> bytes:
	decisions = (
		"Reference",
		"Date",
		"Time",
		"Group",
		"Sender",
		"Text",
		"Photos and files",
		"Decision",
		"Exemption",
		"Reason",
		"Harm",
		"Public interest",
		"Balance",
	)
	rows: list[Sequence[Value]] = [
		(
			one.reference,
			one.sent_at.date(),
			words.clock(one.sent_at),
			one.group,
			one.sender,
			one.text,
			one.media,
			one.choice,
			one.exemption,
			one.reason,
			one.prejudice,
			one.public_interest,
			one.balance,
		)
		for one in log.decisions
	]
	tables = (
		Table(
			"INTERNAL request",
			("What", "Recorded"),
			(28, 90),
			[("INTERNAL", WARNING), *_facts(log)],
			with_filter=False,
		),
		Table("INTERNAL decisions", decisions, (20, 13, 9, 22, 22, 60, 24, 16, 14, 36, 30, 30, 30), rows),
		Table(
			"INTERNAL redactions",
			("How", "What", "Exemption", "Reason", "Stands in its place", "Message"),
			(22, 50, 16, 40, 24, 20),
			[(one.kind, one.value, one.exemption, one.reason, one.stand_in, one.reference) for one in log.redactions],
		),
		Table(
			"INTERNAL searches",
			("When", "What was looked for", "Found", "New"),
			(20, 70, 10, 10),
			[(one.at.replace(tzinfo=None), one.words, one.found, one.added) for one in log.searches],
		),
		Table(
			"INTERNAL other places",
			("Where", "Who", "When", "For what", "With what result", "Note"),
			(28, 24, 14, 34, 22, 60),
			[(one.place, one.who, one.when, one.looked_for, one.result, one.note) for one in places],
		),
		Table("INTERNAL not recorded", ("Not recorded",), (90,), [(one,) for one in log.not_recorded]),
	)
	return write(
		tables,
		creator=log.council,
		title=f"INTERNAL record {log.reference}",
		made_on=log.made_at.date(),
		header=f"INTERNAL {'PRACTICE ' if log.practice else ''}{log.council}, {log.reference}",
	)
