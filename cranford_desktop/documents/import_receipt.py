"""Receipts of imports on paper: which file came in, what of it was new, and what was not understood, word for word."""

from collections.abc import Sequence
from datetime import datetime

from cranford_desktop.documents import report, words
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.domain.messages import Receipt

_LINES = 40
"""Lines not understood that are printed of one file."""
_LONGEST = 400
_BLOCK = 8
_PLATFORMS = {"android": "Android phone", "iphone": "iPhone"}
_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
WHAT_IT_PROVES = (
	"This receipt says what the council's archive took from each file on the day it was imported. The fingerprint is "
	"worked out from every byte of the file (SHA-256): a file with the same fingerprint is the same file. The original "
	"is kept sealed in the archive, and the record of actions holds a proof of every line that came in."
)
WHAT_WAS_LEFT_OUT = (
	"Of a file of which a part was left out by choice, only the rest is kept: an extract, sealed like an original."
)


def receipts_pdf(
	receipts: Sequence[tuple[Receipt, Sequence[str]]], *, council: str, made_at: datetime, practice: bool
) -> bytes:
	"""Return receipts, each with the lines of its file that were not understood, as one PDF."""
	sheet = Sheet(
		title="Import receipt",
		council=council,
		reference="Import receipt",
		footer=f"Made on {words.moment(made_at)}",
		practice=practice,
		made_on=made_at.date(),
	)
	under = words.count(len(receipts), "file") if len(receipts) != 1 else receipts[0][0].group
	report.title(sheet, council, "Import receipt", under)
	for receipt, lines in receipts:
		_one(sheet, receipt, lines)
	sheet.need(90)
	sheet.heading("What this receipt proves", size=13, level=0)
	report.paragraph(sheet, WHAT_IT_PROVES)
	if any(one.not_chosen for one, _ in receipts):
		report.paragraph(sheet, WHAT_WAS_LEFT_OUT)
	return sheet.finish()


def _one(sheet: Sheet, receipt: Receipt, lines: Sequence[str]) -> None:
	sheet.need(180)
	sheet.heading(receipt.file, size=13, level=0)
	report.facts(sheet, [*_file(receipt), *_counts(receipt), ("Lines not understood", f"{len(lines):,}")])
	if receipt.warnings:
		sheet.need(48)
		sheet.heading("To know about this file", size=11, level=1)
		report.points(sheet, receipt.warnings)
		sheet.gap(6)
	if lines:
		sheet.need(60)
		sheet.heading("Lines that were not understood, word for word", size=11, level=1)
		report.points(sheet, (_bounded(line) for line in lines[:_LINES]))
		if len(lines) > _LINES:
			report.paragraph(sheet, f"And {len(lines) - _LINES:,} more: they stand in the archive with the import.")
		sheet.gap(6)


def _file(receipt: Receipt) -> list[tuple[str, str]]:
	facts = [
		("Group", receipt.group or "none"),
		("Phone", f"{receipt.phone} ({_PLATFORMS[receipt.platform]})"),
		("Messages from", f"{words.moment(receipt.first)} to {words.moment(receipt.last)}"),
		("Dates read", _ORDERS[receipt.date_order]),
	]
	if receipt.imported_at is not None:
		facts.insert(0, ("Imported", words.moment(receipt.imported_at)))
	facts.append(("Fingerprint of the file", _blocks(receipt.sha256)))
	return facts


def _counts(receipt: Receipt) -> list[tuple[str, str]]:
	facts = [
		(
			"Messages taken" if receipt.not_chosen else "Messages in the file",
			f"{receipt.messages:,}, and {words.count(receipt.system, 'line')} of WhatsApp's own",
		),
		("New in the archive", f"{receipt.new:,}"),
		("Held already", f"{receipt.matched:,}"),
	]
	if receipt.on_other_phones:
		facts.append(("Also on other phones", f"{receipt.on_other_phones:,}"))
	if receipt.disposed_earlier:
		facts.append(("Erased earlier, not brought back", f"{receipt.disposed_earlier:,}"))
	if receipt.past_cut_off:
		facts.append(("Older than the last erasing, not taken", f"{receipt.past_cut_off:,}"))
	if receipt.not_chosen:
		facts.append(("Left out by choice, not kept", f"{receipt.not_chosen:,}"))
	facts.append(("Photos and files", f"{receipt.media_present:,} in the file, {receipt.media_missing:,} not in it"))
	if receipt.files_filled:
		facts.append(("Missing files filled in", f"{receipt.files_filled:,}"))
	return facts


def _blocks(digest: str) -> str:
	"""Return a fingerprint in blocks of eight, so that two can be compared by eye."""
	return " ".join(digest[at : at + _BLOCK] for at in range(0, len(digest), _BLOCK))


def _bounded(line: str) -> str:
	return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
