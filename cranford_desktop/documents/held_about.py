"""The list of what is held about one person, on paper. INTERNAL: it names other people, and is no answer to anybody."""

from collections.abc import Mapping, Sequence

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.domain.held_about import PLACES, HeldAbout, HeldItem, Place

TITLE = "What is held about one person"
INTERNAL = (
	"INTERNAL. This list is for the clerk. It names other people and quotes them, so it is not an answer to anybody: "
	"what somebody may have of it is decided message by message in a subject access request."
)
HOW = (
	"Looked through: every text of every message that is held, in every version, the names of files, the words of "
	"documents as far as they could be read, contact cards, and all of the council’s own records in Cranford Desktop. "
	"Not looked through: photos, videos and voice notes themselves, and anything outside Cranford Desktop."
)
HEADINGS: Mapping[Place, str] = {
	"sent": "Messages they sent",
	"named": "Messages of others that name them",
	"file": "Files and contact cards that name them",
	"case": "Cases",
	"request": "Requests for information",
	"letter": "Letters",
	"ask": "When they were asked for an export",
	"transfer": "Messages handed on to the council’s e-mail",
	"directory": "The directory of people",
	"other": "Other records",
}
_RULE = "WhatsApp Use Policy, section 5, third point"


def held_about_pdf(held: HeldAbout) -> bytes:
	"""Return the list as a PDF."""
	sheet = Sheet(
		title=TITLE,
		council=held.council,
		reference="INTERNAL",
		footer=f"INTERNAL. Made on {words.moment(held.made_at)}",
		practice=held.practice,
		made_on=held.made_at.date(),
	)
	report.title(sheet, held.council, TITLE, held.whom.name)
	report.paragraph(sheet, INTERNAL)
	report.facts(
		sheet,
		[
			*((HEADINGS[place], f"{number:,}") for place, number in held.counts.items()),
			("Looked for", _looked_for(held)),
			("Texts looked through", f"{held.messages_read:,}"),
			("Rule", _RULE),
			("Made on", words.moment(held.made_at)),
		],
	)
	report.paragraph(sheet, HOW)
	for place in PLACES:
		items = [one for one in held.items if one.place == place]
		if items:
			sheet.heading(HEADINGS[place], size=13, level=0)
			_table(sheet, items)
	if not held.items:
		report.paragraph(sheet, "Nothing was found.")
	return sheet.finish()


def _looked_for(held: HeldAbout) -> str:
	words = [one.words for one in held.whom.looked_for if one.sort != "title"]
	family = next((one.words.split()[-1] for one in held.whom.looked_for if one.sort == "title"), "")
	return ", ".join((*words, f"{family} after Mr, Mrs, Cllr and other titles") if family else words)


def _table(sheet: Sheet, items: Sequence[HeldItem]) -> None:
	quoted = any(one.words for one in items)
	columns = (Column("Where", 28), Column("Why", 28), *((Column("What it says", 44),) if quoted else ()))
	report.table(
		sheet,
		columns,
		((one.reference, "\n".join(one.why), *((one.words,) if quoted else ())) for one in items),
		"Nothing was found.",
	)
	sheet.gap(6)
