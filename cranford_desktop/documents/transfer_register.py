"""The register of messages handed on to the council's e-mail, on paper."""

from collections.abc import Sequence
from datetime import datetime

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.domain.transfers import Transfer, TransferForm

FORMS: dict[TransferForm, str] = {"pdf": "PDF", "eml": "E-mail file", "print": "Printed"}
_DIGEST = 12


def transfer_register_pdf(register: Sequence[Transfer], council: str, made_at: datetime, practice: bool) -> bytes:
	"""Return the register as a PDF, newest first."""
	sheet = Sheet(
		title="Transfer register",
		council=council,
		reference="Transfer register",
		footer=f"Made on {words.moment(made_at)}",
		practice=practice,
		made_on=made_at.date(),
	)
	report.title(sheet, council, "Transfer register", "WhatsApp messages handed on to the council’s e-mail")
	report.facts(
		sheet,
		[
			("Entries", f"{len(register):,}"),
			("Rule", "WhatsApp Use Policy, section 5, second point"),
			("Made on", words.moment(made_at)),
		],
	)
	report.table(
		sheet,
		(
			Column("When", 14),
			Column("Member", 18),
			Column("What", 26),
			Column("Messages", 13, True),
			Column("To whom", 27),
			Column("How", 18),
		),
		(
			(
				f"{words.day_short(one.made_at)}\n{words.clock(one.made_at)}",
				one.member,
				f"{one.what}\n{_period(one)}",
				f"{one.messages:,}",
				one.to_whom,
				f"{FORMS[one.form]}\n{one.sha256[:_DIGEST]}",
			)
			for one in register
		),
		"Nothing has been handed on.",
	)
	sheet.gap(8)
	report.paragraph(
		sheet,
		"The twelve signs below each form begin the SHA-256 digest of the file that was made: it tells whether a file "
		"is the one that was handed on.",
	)
	return sheet.finish()


def _period(one: Transfer) -> str:
	if one.start == one.end:
		return words.day_short(one.start)
	return f"{words.day_short(one.start)} to {words.day_short(one.end)}"
