"""The fixed phrases that pack documents print by themselves: never a leak, whatever short word stands inside them."""

import re
from collections.abc import Iterator

from cranford_desktop.documents import archival, fonts, pack_front, pack_table, schedule, words
from cranford_desktop.documents.needles import House
from cranford_desktop.domain.disclosure import PackContent

_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_OWN = (
	"Disclosure pack",
	"made on",
	"What was asked",
	"What is in this pack",
	"Asked for under",
	"Request received",
	"Pack made on",
	"Pack number",
	"It replaces the packs made before it",
	"Messages searched",
	"Exemptions used",
	"Exceptions used",
	"Exemption What it is Messages",
	"Exception What it is Messages",
	"Exception",
	"only in names or the request",
	"not in scope",
	"not in scope or not held",
	"sent in the hour that came twice",
	"Times are UK local time",
	"No message of this group is in this pack",
	"Schedule of messages",
	"One row for each message in this pack",
	"The Excel file has the same rows",
	"PRACTICE: not a real disclosure",
	"PRACTICE: not a real document",
	"Like this",
	"ReportLab PDF Library",
	"ReportLab Generated PDF document (opensource)",
	archival.CREATOR,
	archival.PRODUCER,
	# What a PDF calls the order of its fonts' codes and the colours it is meant for.
	"Adobe Identity sRGB",
	"Microsoft Excel Compatible / Openpyxl",
	"Line written by WhatsApp",
	"Message with photo or file",
	"Message with photo",
	"Photo or file",
	"Released in part",
	"left out of this pack",
	"Page of",
	"Cover",
	"Contents",
	"Transcript",
	"continued",
	"Message",
	"Messages",
	"Photo",
	"Group",
	"Groups",
	"Schedule",
	"Enclosure",
	"Enclosures",
	"e-mail minutes paper",
	"redacted before it was added",
	"made into pictures",
	"Key",
	"PRACTICE",
	"creator",
	"anonymous",
	"unspecified",
	# Words of the reference and the council's name that are nobody's.
	"FOI",
	"EIR",
	"SAR",
	"Parish Council",
	"Town Council",
	"Community Council",
	# The list of files.
	"council reference pack_number made_on released_files path sha256 size",
	"manifest.json",
	"schedule.xlsx",
	"pdf",
	"from",
	"up to",
	"no messages",
	# Names of parts and of the vocabulary inside an Excel file.
	"xl worksheets sheet sheet1.xml sheet2.xml docProps core app rels theme styles workbook content types",
	"sharedStrings Calibri Normal",
	# Names that the PDF writer gives to fonts and to what it draws more than once.
	"AAAAAA FormXob foot page how schedule",
)


def house_words(content: PackContent) -> House:
	"""Return what a pack's files say that does not come from messages, names or the request.

	The council's name and the reference are no phrases: what a council wrote itself may hold somebody's name.
	"""
	theirs = (content.council, content.reference)
	phrases = tuple(dict.fromkeys(phrase for phrase in _phrases(content) if phrase and phrase not in theirs))
	return House(phrases, content.council, content.reference)


def _phrases(content: PackContent) -> Iterator[str]:
	yield from _OWN
	yield archival.packet("", content.made_on)
	yield from fonts.names()
	yield from pack_table.HEADS
	yield from schedule.HEADS
	yield from schedule.KEY_HEADS
	yield " ".join(pack_table.HEADS)
	yield " ".join(schedule.HEADS)
	yield pack_front.HOW_TO_READ
	for title, text in pack_front.HOW_IT_STANDS:
		yield title
		yield from _SENTENCE.split(text)
	for what, _ in pack_front.COUNTED:
		yield what
	for row in schedule.key_rows(content):
		yield from (cell for cell in row if isinstance(cell, str))
	yield from words.REGIMES.values()
	yield from words.STATUSES.values()
	yield from content.label_texts
	for exemption in content.exemptions:
		yield exemption.title
	days = {entry.sent_at.date() for entry in content.entries} | {content.received, content.made_on}
	for day in (*days, content.searched_from, content.searched_to):
		if day is not None:
			yield from (words.day(day), words.day_short(day), words.weekday(day))
	for entry in content.entries:
		yield from entry.notes
		for one in entry.media:
			yield one.note
