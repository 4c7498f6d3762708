"""What a regulator asks for about a request: the contents list, the request, the search record, the decision log.

Marked INTERNAL: it holds what was withheld, for the regulator's eyes, never for the requester's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cranford_desktop.documents import report, words
from cranford_desktop.documents.internal import INTERNAL, places_table
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.domain.disclosure import SearchRecord
from cranford_desktop.domain.other_places import LoggedPlace

WARNING = (
	"For the regulator and the council only. It holds what was withheld or covered up and who asked: it is not for the "
	"requester."
)


class BundleDecision(NamedTuple):
	"""One message and what was decided on it."""

	sent_at: datetime
	sender: str
	text: str
	choice: str
	exemption: str
	reason: str


@dataclass(frozen=True, slots=True)
class Bundle:
	"""What the documents of a bundle are made from."""

	council: str
	practice: bool
	reference: str
	made_at: datetime
	facts: Sequence[tuple[str, str]]
	reviews: Sequence[Sequence[tuple[str, str]]]
	"""Facts of each review."""
	searches: Sequence[SearchRecord]
	places: Sequence[LoggedPlace]
	empty: str
	"""Why nothing of the archive is in scope, where that was recorded."""
	decisions: Sequence[BundleDecision]


def contents_pdf(bundle: Bundle, files: Iterable[tuple[str, str]]) -> bytes:
	"""Return the list of what is in the bundle: file and what it is."""
	sheet = _sheet(bundle, "Contents")
	report.paragraph(sheet, WARNING)
	report.table(sheet, (Column("File", 56), Column("What it is", 44)), files)
	return sheet.finish()


def request_pdf(bundle: Bundle) -> bytes:
	"""Return the request with its dates, and its reviews."""
	sheet = _sheet(bundle, "The request")
	report.facts(sheet, bundle.facts)
	for one in bundle.reviews:
		sheet.heading("Internal review", size=13, level=0)
		report.facts(sheet, one)
	return sheet.finish()


def searches_pdf(bundle: Bundle) -> bytes:
	"""Return where was looked: the archive, other places, the members who were asked."""
	sheet = _sheet(bundle, "Search record")
	sheet.heading("The archive of WhatsApp messages", size=13, level=0)
	if bundle.empty:
		report.paragraph(sheet, f"Nothing of the archive is in scope: {bundle.empty}.")
	report.table(
		sheet,
		(Column("When", 22), Column("What was looked for", 58), Column("Found", 10, True), Column("New", 10, True)),
		((words.moment(one.at), one.words, f"{one.found:,}", f"{one.added:,}") for one in bundle.searches),
		"No search was recorded.",
	)
	places_table(sheet, bundle.places)
	return sheet.finish()


def decisions_pdf(bundle: Bundle) -> bytes:
	"""Return what was decided on each message of the set."""
	sheet = _sheet(bundle, "Decision log")
	report.table(
		sheet,
		(Column("Message", 48), Column("Decision", 20), Column("Reason", 32)),
		(
			(
				f"{words.day_short(one.sent_at)}, {one.sent_at:%H:%M}\n{one.sender}\n{one.text}".strip(),
				f"{one.choice}\n{one.exemption}".strip(),
				one.reason,
			)
			for one in bundle.decisions
		),
		"No message of the archive is in this request.",
	)
	return sheet.finish()


def _sheet(bundle: Bundle, title: str) -> Sheet:
	made_on: date = bundle.made_at.date()
	sheet = Sheet(
		title=f"{title} {bundle.reference}",
		council=bundle.council,
		reference=bundle.reference,
		footer=f"Bundle for the regulator, made on {words.day(made_on)}",
		practice=bundle.practice,
		made_on=made_on,
		marked=INTERNAL,
	)
	report.title(sheet, bundle.council, title, bundle.reference)
	return sheet
