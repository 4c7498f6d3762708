"""The fixed phrases that pack documents print by themselves: never a leak, whatever short word stands inside them."""

import re
from collections.abc import Iterator

from cranford_desktop.documents import pack_front, pack_table, schedule, words
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
	"Exemption What it is Messages",
	"in the request's words",
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
	"Cranford Desktop",
	"ReportLab PDF Library",
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
	"Key",
	"PRACTICE",
	"creator",
	"anonymous",
	"unspecified",
)


def house_words(content: PackContent) -> tuple[str, ...]:
	"""Return the phrases of a pack's PDF and Excel file that do not come from messages.

	A phrase of several words is not looked into at all; inside one word only what is shorter than it is passed over, so
	that a name that stands by itself is never taken for the house's own word.
	"""
	return tuple(dict.fromkeys(phrase for phrase in _phrases(content) if phrase))


def _phrases(content: PackContent) -> Iterator[str]:
	yield from _OWN
	yield content.council
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
