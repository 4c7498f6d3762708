"""The schedule of a pack as an Excel file: what the pack holds, one row for each message, and a key to it."""

from collections.abc import Iterator, Sequence

from cranford_desktop.documents import words
from cranford_desktop.documents.pack_table import kind
from cranford_desktop.documents.workbook import Table, Value, write
from cranford_desktop.domain.disclosure import PackContent, PackEntry

HEADS = (
	"Reference",
	"Date",
	"Time",
	"Group",
	"Sender",
	"What it is",
	"Text as released",
	"Photos and files",
	"Decision",
	"Exemption",
	"Notes",
)
ALL_HEADS = (HEADS, tuple("Exception" if head == "Exemption" else head for head in HEADS))
"""The heads under either law."""
OF_MESSAGES = ("Group", "Sender", "Text as released")
"""The columns that hold words of messages and names; the others say what the council decided or counted."""
ENCLOSURE = "Enclosure"
KEY_HEADS = ("What", "Meaning")
_WIDTHS = (20, 13, 10, 24, 24, 20, 70, 30, 16, 14, 28)


def render_schedule(content: PackContent) -> bytes:
	"""Return the schedule as XLSX with the sheets "Schedule" and "Key". Deterministic."""
	schedule = Table("Schedule", heads(content), _WIDTHS, rows(content))
	key = Table("Key", KEY_HEADS, (28, 90), key_rows(content), with_filter=False)
	practice = "PRACTICE: not a real disclosure. " if content.practice else ""
	return write(
		(schedule, key),
		creator=content.council,
		title=f"Schedule of messages {content.reference}",
		made_on=content.made_on,
		header=f"{practice}{content.council}, {content.reference}",
	)


def heads(content: PackContent) -> list[str]:
	"""Return the heads of the schedule's columns, in the words of the law that was asked under."""
	return [words.exemption(content.regime) if head == "Exemption" else head for head in HEADS]


def rows(content: PackContent) -> Iterator[Sequence[Value]]:
	"""Yield the rows of the schedule: messages, then enclosures."""
	for entry in content.entries:
		yield row(entry)
	for one in content.enclosures:
		how = "; made into pictures" if one.as_pictures else ""
		yield (
			one.reference,
			None,
			"",
			"",
			"",
			f"{ENCLOSURE}: {one.kind}",
			words.plain(one.title),
			"",
			words.STATUSES["released"],
			"",
			f"{words.count(one.pages, 'page')}, redacted before it was added{how}",
		)


def row(entry: PackEntry) -> Sequence[Value]:
	"""Return an entry's row."""
	media = []
	for one in entry.media:
		name = words.plain(one.label)
		reference = f"{one.photo.reference}: " if one.photo else ""
		media.append(f"{reference}{name}" + (f" ({one.note})" if one.note else ""))
	sender = words.plain(entry.sender)
	if entry.role:
		sender = f"{sender}, {entry.role}" if sender else entry.role
	notes = entry.notes
	if words.came_twice(entry.sent_at):
		notes = (*notes, "sent in the hour that came twice")
	return (
		entry.reference,
		entry.sent_at.date(),
		words.clock(entry.sent_at, entry.precision),
		words.plain(entry.group),
		sender,
		kind(entry),
		words.plain(entry.body),
		"\n".join(media),
		words.STATUSES[entry.status],
		", ".join(entry.exemptions),
		"; ".join(notes),
	)


def key_rows(content: PackContent) -> Iterator[Sequence[Value]]:
	"""Yield the rows of the key: what the words of the schedule mean, and the sums."""
	if content.practice:
		yield "PRACTICE", "Made with the practice council. This is not a real disclosure."
	yield "Council", content.council
	yield "Request", content.reference
	yield "Asked for under", words.REGIMES[content.regime]
	yield "Request received", words.day(content.received)
	yield "Pack", f"{content.pack_number}, made on {words.day(content.made_on)}"
	yield "Released", "All words of the message are in this pack."
	yield "Released in part", "Words were taken out. Square brackets stand in their place and say under which rule."
	yield "Withheld", "No word of the message is in this pack."
	yield "Date and time", "UK local time, as the phone showed it that the export was made on."
	for what, name in (
		("messages", "Messages found by the council's search"),
		("released", "Released, in whole or in part"),
		("redacted", "Of these with words taken out"),
		("withheld", "Withheld"),
		("not_in_scope", "Not in scope of the request"),
		("not_held", "Not held for the council: private words"),
		("media_left_out", "With a photo or file left out"),
	):
		yield name, content.counts.get(what, 0)
	for exemption in content.exemptions:
		yield exemption.code, exemption.title
