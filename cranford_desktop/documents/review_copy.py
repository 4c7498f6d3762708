"""The review copy of a pack: every message of the request with nothing taken out, and what becomes of it.

For whoever checks the decisions before the pack goes out. INTERNAL stands in a band on every page; what will be covered
up stands there in full, its label behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cranford_desktop.documents import report, words
from cranford_desktop.documents.banded import BandedSheet
from cranford_desktop.documents.transcript import Transcript
from cranford_desktop.domain.disclosure import PackContent, PackEntry, Regime

TITLE = "Review copy"
WARNING = (
	"Everything can be read here. What the pack covers up stands in full, with its label behind it; what becomes of a "
	"message stands under it. It stays with the council, and is not to be sent with the pack."
)


@dataclass(frozen=True, slots=True)
class ReviewCopy:
	"""What the copy says."""

	council: str
	practice: bool
	reference: str
	regime: Regime
	received: date
	pack_number: int
	made_at: datetime
	entries: Sequence[PackEntry]
	"""All messages of the request, by group and position, with the words that the pack leaves out."""
	label_texts: Sequence[str]


class _Review(BandedSheet):
	band = "INTERNAL: review copy, not a disclosure"


def review_copy_pdf(copy: ReviewCopy) -> bytes:
	"""Return the copy as a PDF. Deterministic."""
	sheet = _Review(
		title=f"INTERNAL: {TITLE} {copy.reference}",
		council=copy.council,
		reference=copy.reference,
		footer=f"INTERNAL. {TITLE} of pack {copy.pack_number}, made on {words.day(copy.made_at)}",
		practice=copy.practice,
		made_on=copy.made_at.date(),
		label_texts=copy.label_texts,
	)
	report.title(sheet, copy.council, TITLE, copy.reference)
	report.paragraph(sheet, WARNING)
	report.facts(
		sheet,
		[
			("Asked for under", words.REGIMES[copy.regime]),
			("Request received", words.weekday(copy.received)),
			("Messages", f"{len(copy.entries):,}"),
			("Pack", f"{copy.pack_number}, made on {words.moment(copy.made_at)}"),
		],
	)
	content = PackContent(
		council=copy.council,
		reference=copy.reference,
		regime=copy.regime,
		received=copy.received,
		wording=(),
		made_on=copy.made_at.date(),
		pack_number=copy.pack_number,
		practice=copy.practice,
		groups=(),
		searched_from=None,
		searched_to=None,
		entries=copy.entries,
		gaps={},
		counts={},
		exemptions=(),
		label_texts=copy.label_texts,
	)
	pages: list[int] = []
	first = 0
	for at, entry in enumerate(copy.entries):
		last = at + 1
		if last == len(copy.entries) or copy.entries[last].group != entry.group:
			Transcript(sheet, content, pages).draw(entry.group, first, last, f"g{first}")
			first = last
	return sheet.finish()
