"""Messages for the council's own e-mail: a transcript with nothing taken out, marked as internal on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cranford_desktop.documents import report, words
from cranford_desktop.documents.banded import BandedSheet
from cranford_desktop.documents.transcript import Transcript
from cranford_desktop.domain.disclosure import PackContent, PackEntry, Piece

INTERNAL = "INTERNAL: not a disclosure"
WARNING = (
	"Nothing is covered up here. It is for the council's own e-mail and files. "
	"For a request for information, make a pack."
)


@dataclass(frozen=True, slots=True)
class InternalCopy:
	"""What the copy says."""

	council: str
	practice: bool
	title: str
	"""Groups and dates, no names: "Councillors, 3 April 2025"."""
	groups: tuple[str, ...]
	start: date
	end: date
	entries: Sequence[PackEntry]
	made_at: datetime


class _Copy(BandedSheet):
	band = INTERNAL


def internal_copy_pdf(copy: InternalCopy) -> bytes:
	"""Return the copy as a PDF. Deterministic."""
	sheet = _Copy(
		title=f"{INTERNAL}: {copy.title}",
		council=copy.council,
		reference="Internal copy",
		footer=f"{INTERNAL}. Made on {words.moment(copy.made_at)}",
		practice=copy.practice,
		made_on=copy.made_at.date(),
	)
	report.title(sheet, copy.council, "Internal copy of WhatsApp messages", copy.title)
	report.paragraph(sheet, WARNING)
	report.facts(
		sheet,
		[
			("Group" if len(copy.groups) == 1 else "Groups", "; ".join(copy.groups)),
			("Messages", f"{len(copy.entries):,}"),
			("From", words.weekday(copy.start)),
			("To", words.weekday(copy.end)),
			("Made on", words.moment(copy.made_at)),
			("Rule", "WhatsApp Use Policy, section 5, second point"),
		],
	)
	content = _content(copy)
	pages: list[int] = []
	for at, (name, first, last) in enumerate(_stretches(copy.entries)):
		Transcript(sheet, content, pages).draw(name, first, last, f"g{at}")
	return sheet.finish()


def _content(copy: InternalCopy) -> PackContent:
	return PackContent(
		council=copy.council,
		reference="",
		regime="foi",
		received=copy.made_at.date(),
		wording=(),
		made_on=copy.made_at.date(),
		pack_number=0,
		practice=copy.practice,
		groups=tuple((Piece(name),) for name in copy.groups),
		searched_from=None,
		searched_to=None,
		entries=copy.entries,
		gaps={},
		counts={},
		exemptions=(),
		label_texts=(),
	)


def _stretches(entries: Sequence[PackEntry]) -> list[tuple[tuple[Piece, ...], int, int]]:
	"""Return (group, first entry, one past the last) for each stretch of one group."""
	found: list[tuple[tuple[Piece, ...], int, int]] = []
	for at, entry in enumerate(entries):
		if found and found[-1][0] == entry.group:
			found[-1] = (entry.group, found[-1][1], at + 1)
		else:
			found.append((entry.group, at, at + 1))
	return found
