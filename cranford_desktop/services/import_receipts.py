"""What an import's receipt says: counts of the file, and what the clerk should know, in plain words."""

from dataclasses import replace
from datetime import date, datetime

from cranford_desktop.domain.messages import ReadExport, Receipt
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.retention import cut_off
from cranford_desktop.services import import_place


def past_period(read: ReadExport, tables: PolicyTables, today: date) -> int:
	"""Count records that are past the council's period for its messages on arrival."""
	years = next((one.years for one in tables.retention if one.key == "council"), None)
	if years is None:
		return 0
	limit = cut_off(today, years)
	month = (limit.year, limit.month)
	whole = sum(count for at, count in read.tally.months.items() if at < month)
	return whole + (_until(read, month, limit) if month in read.tally.months else 0)


def _until(read: ReadExport, month: tuple[int, int], last: date) -> int:
	"""Count the records of a month up to a day."""
	return sum(
		(record.sent_at.year, record.sent_at.month) == month and record.sent_at.date() <= last
		for record in read.records
	)


def drafted(
	read: ReadExport, group: str, phone: str, at: datetime, *, past: int, left_out: int, warning: str
) -> Receipt:
	"""Return a receipt before the archive has said what of it is new; `warning` is about the phone, if not empty."""
	warnings = read.warnings
	if warning:
		warnings += (warning,)
	if past:
		warnings += (
			f"{past:,} of these messages are already past their six years. They are kept until the next review.",
		)
	tally = read.tally
	return Receipt(
		file=read.file_name,
		sha256=read.sha256,
		group=group,
		phone=phone,
		platform=read.platform,
		date_order=read.date_order,
		first=read.first,
		last=read.last,
		records=len(read.records),
		messages=len(read.records) - tally.system,
		system=tally.system,
		media_present=len(read.present),
		media_missing=tally.media - len(read.present),
		unread_lines=len(read.unread_lines),
		new=len(read.records),
		matched=0,
		disposed_earlier=0,
		past_cut_off=0,
		already_imported=False,
		warnings=warnings,
		past_six_years=past,
		imported_at=at,
		not_chosen=left_out,
	)


def declined(read: ReadExport, group: str, phone: str, at: datetime) -> Receipt:
	"""Return the receipt of a file of which nothing is council business: nothing came in."""
	nothing = drafted(read, group, phone, at, past=0, left_out=len(read.records), warning="")
	words = "Nothing of this file was kept: only its fingerprint and the day, so that it is known again."
	return replace(
		nothing, records=0, messages=0, system=0, media_present=0, media_missing=0, unread_lines=0, new=0,
		warnings=(words,),
	)  # fmt: skip


def with_findings(receipt: Receipt, proposals: int) -> Receipt:
	"""Return a receipt with what was found out while its records were joined, in words.

	`proposals`: messages on which something rests and that would change.
	"""
	words: list[str] = []
	if receipt.clock_offset:
		words.append(import_place.clock_words(receipt.clock_offset))
	if receipt.doubtful == 1:
		words.append(
			"1 message is likely, but not certainly, the same as on another phone, and was joined with it. It says so "
			"under “What the phones show”."
		)
	elif receipt.doubtful:
		words.append(
			f"{receipt.doubtful:,} messages are likely, but not certainly, the same as on another phone, and were "
			"joined with those. Each says so under “What the phones show”."
		)
	if proposals == 1:
		words.append(
			"1 message on which a decision, a case or a pack rests looks different with this phone. It was left as it "
			"was, for you to look at."
		)
	elif proposals:
		words.append(
			f"{proposals:,} messages on which decisions, cases or packs rest look different with this phone. They were "
			"left as they were, for you to look at."
		)
	return replace(receipt, warnings=(*receipt.warnings, *words)) if words else receipt


def again(earlier: Receipt, group_differs: bool, brought_back: bool) -> Receipt:
	"""Return what is said where exactly this file was imported before."""
	words = "This exact file was imported before"
	words += f", into the group {earlier.group}." if group_differs else "."
	words += " It had been undone and was still kept: it counts again." if brought_back else " Nothing was added."
	if earlier.not_chosen:
		words += f" {earlier.not_chosen:,} of its messages were left out then. To choose again, undo that import first."
	return replace(earlier, new=0, matched=earlier.records, already_imported=True, set_aside=False, warnings=(words,))
