"""The first pages of a pack: what was asked, what is in it, how to read it."""

from collections import Counter

from cranford_desktop.documents import fonts, words
from cranford_desktop.documents.sheet import ACCENT, HAIR, INK, LEFT, MUTED, RIGHT, RULE, TINT, Sheet
from cranford_desktop.domain.disclosure import Exemption, PackContent, Piece

FACT_WIDTH = 118.0

PACK = "Disclosure pack"
HOW_TO_READ = "How to read this pack"
HOW_IT_STANDS = (
	(
		"Where it comes from",
		"The council keeps exports of its official WhatsApp groups: files that the app makes on a member's phone. "
		"The transcript prints what those exports say, word for word, apart from what is marked as taken out.",
	),
	(
		"Times",
		"An export shows the time of the phone it was made on, without a time zone; the phones were set to UK local "
		"time. On the last Sunday of October the hour from 01:00 to 02:00 comes twice; such a message says it.",
	),
	(
		"Labels",
		"A dark label stands where words were taken out and says under which rule. They were taken out before this "
		"document was made; they are not under the label. Every label has the same width, whatever it stands for. A "
		"label that is a name, such as Resident 1, stands in for the same person wherever it comes again.",
	),
	(
		"Gaps",
		"A line between dots says how many messages stood at that place and are not in this pack, because they are not "
		"in scope of the request or are not the council's record.",
	),
	(
		"References",
		"Each message has a reference in the margin. It is the same in the transcript, in the schedule and in the "
		"Excel file, and stays the same if the pack is ever replaced.",
	),
	(
		"Photos and files",
		"Released photos are printed as copies without the data a camera adds. Photos and files that are left out are "
		"listed where they were sent.",
	),
	(
		"What an export cannot show",
		"Messages that were deleted before the export was made may be missing. An export shows no earlier wording of "
		"an edited message, does not say who has read a message, and shows no reactions. Emoji are printed without "
		"their colours and skin tones.",
	),
)

COUNTED = (
	("messages were found by the council's search", "messages"),
	("are released, in whole or in part", "released"),
	("of these with words taken out", "redacted"),
	("are withheld", "withheld"),
	("are not in scope of the request", "not_in_scope"),
	("are not held for the council: private words in a council group", "not_held"),
	("of those released have their photo or file left out", "media_left_out"),
)


def draw_cover(sheet: Sheet, content: PackContent, parts: list[tuple[str, tuple[Piece, ...]]]) -> None:
	"""Draw the cover. `parts` are the bookmarks and titles of what follows, for the list of contents."""
	sheet.gap(34)
	sheet.bookmark("Cover", 0)
	sheet.flow(content.council, size=12, leading=18, font=fonts.BOLD, colour=MUTED)
	sheet.gap(4)
	with sheet.element("H1"):
		sheet.flow(PACK, size=30, leading=36, font=fonts.BOLD, colour=ACCENT)
	sheet.flow(content.reference, size=15, leading=22, font=fonts.BOLD)
	sheet.gap(10)
	sheet.rule(thickness=1.2, colour=ACCENT)
	sheet.gap(8)
	with sheet.element("Table"):
		_facts(sheet, content)
	sheet.heading("What was asked", size=13, before=18)
	_quoted(sheet, content.wording)
	sheet.heading("What is in this pack", size=13, before=18)
	with sheet.element("Table"):
		for what, number in _counts(content):
			_row(sheet, what, f"{number:,}")
	if content.exemptions:
		_exemptions(sheet, content)
	sheet.heading("Contents", size=13, before=18)
	with sheet.element("TOC"):
		for key, title in parts:
			sheet.need(17)
			base = sheet.y - 11.5
			with sheet.element("TOCI"), sheet.element("Reference"), sheet.element("Link"):
				sheet.line(sheet.setter.fit(title, 10, RIGHT - LEFT - 60), LEFT, base, 10)
				sheet.page_of(key, RIGHT, base)
				sheet.link(key, words.plain(title), LEFT, base - 4, RIGHT - LEFT, 16)
			sheet.gap(17)
			sheet.rule(colour=HAIR)


def draw_how_to_read(sheet: Sheet, content: PackContent, key: str) -> None:
	"""Draw the page that says what the marks mean and what an export cannot show."""
	sheet.new_page()
	sheet.bookmark(HOW_TO_READ, 0, key)
	sheet.heading(HOW_TO_READ, size=19, before=0)
	sheet.gap(4)
	with sheet.element("Table"):
		for title, text in HOW_IT_STANDS:
			with sheet.element("TR"):
				_explained(sheet, content, title, text)


def _explained(sheet: Sheet, content: PackContent, title: str, text: str) -> None:
	lines = sheet.setter.text(text, 10, RIGHT - LEFT - FACT_WIDTH)
	sheet.need(len(lines) * 14 + 12)
	sheet.rule(colour=HAIR)
	sheet.gap(6)
	top = sheet.y
	with sheet.element("TH", scope="Row"):
		for line in sheet.setter.text(title, 10, FACT_WIDTH - 12, fonts.BOLD):
			sheet.line(line, LEFT, top - 10.6, 10)
			top -= 14
	with sheet.element("TD"):
		sheet.flow(text, x=LEFT + FACT_WIDTH, width=RIGHT - LEFT - FACT_WIDTH)
		if title == "Labels" and content.label_texts:
			sheet.gap(3)
			example = content.exemptions[0].label if content.exemptions else content.label_texts[0]
			sheet.flow(
				(Piece("Like this: ", own=True), Piece(example, is_label=True)),
				x=LEFT + FACT_WIDTH,
				width=RIGHT - LEFT - FACT_WIDTH,
			)
	sheet.gap(7)


def _facts(sheet: Sheet, content: PackContent) -> None:
	_fact(sheet, "Asked for under", words.REGIMES[content.regime])
	_fact(sheet, "Request received", words.weekday(content.received))
	_fact(sheet, "Pack made on", words.day(content.made_on))
	if content.pack_number > 1:
		_fact(sheet, "Pack number", f"{content.pack_number}. It replaces the packs made before it.")
	searched = _searched(content)
	if searched:
		_fact(sheet, "Messages searched", searched)
	if content.groups:
		pieces: list[Piece] = []
		for group in content.groups:
			if pieces:
				pieces.append(Piece("\n"))
			pieces += group
		_fact(sheet, "Groups" if len(content.groups) > 1 else "Group", tuple(pieces))
	if content.enclosures:
		listed: list[Piece] = []
		for one in content.enclosures:
			listed += [Piece("\n", own=True)] if listed else []
			listed += [Piece(f"{one.reference}, {one.kind}: ", own=True), *one.title]
		_fact(sheet, "Enclosures", tuple(listed))


def _fact(sheet: Sheet, name: str, value: str | tuple[Piece, ...]) -> None:
	pieces = (Piece(value, own=True),) if isinstance(value, str) else value
	sheet.need(32)
	with sheet.element("TR"):
		with sheet.element("TH", scope="Row"):
			sheet.text(name, LEFT, sheet.y - 10.6, 10, colour=MUTED)
		with sheet.element("TD"):
			sheet.flow(pieces, x=LEFT + FACT_WIDTH, width=RIGHT - LEFT - FACT_WIDTH)
	sheet.gap(3)


def _quoted(sheet: Sheet, wording: tuple[Piece, ...]) -> None:
	with sheet.element("BlockQuote"), sheet.element("P"):
		for line in sheet.setter.wrap(wording, 10.5, RIGHT - LEFT - 18):
			sheet.need(15)
			sheet.box(LEFT, sheet.y - 15, 2.2, 15, fill=RULE)
			sheet.line(line, LEFT + 14, sheet.y - 11.2, 10.5, INK)
			sheet.gap(15)


def _row(sheet: Sheet, what: str, number: str) -> None:
	sheet.need(17)
	with sheet.element("TR"):
		with sheet.element("TD"):
			sheet.text_right(number, LEFT + 46, sheet.y - 11.6, 10, fonts.BOLD)
		with sheet.element("TH", scope="Row"):
			sheet.flow(what, x=LEFT + 60, width=RIGHT - LEFT - 60, leading=16)
	sheet.rule(colour=HAIR)


def _counts(content: PackContent) -> list[tuple[str, int]]:
	return [
		(what, content.counts.get(key, 0))
		for what, key in COUNTED
		if key in ("messages", "released") or content.counts.get(key)
	]


def _exemptions(sheet: Sheet, content: PackContent) -> None:
	used = Counter(code for entry in content.entries for code in entry.exemptions)
	sheet.heading(f"{words.exemption(content.regime)}s used", size=13, before=18)
	with sheet.element("Table"):
		top = sheet.y
		sheet.box(LEFT, top - 17, RIGHT - LEFT, 17, fill=TINT)
		with sheet.element("TR"):
			with sheet.element("TH", scope="Column"):
				sheet.text(words.exemption(content.regime), LEFT + 6, top - 12, 9, fonts.BOLD)
			with sheet.element("TH", scope="Column"):
				sheet.text("What it is", LEFT + 90, top - 12, 9, fonts.BOLD)
			with sheet.element("TH", scope="Column"):
				sheet.text_right("Messages", RIGHT - 6, top - 12, 9, fonts.BOLD)
		sheet.gap(17)
		for one in content.exemptions:
			_exemption(sheet, one, used[one.code])


def _exemption(sheet: Sheet, one: Exemption, number: int) -> None:
	sheet.need(17)
	base = sheet.y - 11.6
	with sheet.element("TR"):
		with sheet.element("TH", scope="Row"):
			sheet.text(one.code, LEFT + 6, base, 10, fonts.BOLD)
		with sheet.element("TD"):
			sheet.flow(one.title, x=LEFT + 90, width=RIGHT - LEFT - 210, leading=16)
		with sheet.element("TD"):
			sheet.text_right(f"{number:,}" if number else "only in names or the request", RIGHT - 6, base, 10)
	sheet.rule(colour=HAIR)


def _searched(content: PackContent) -> str:
	first, last = content.searched_from, content.searched_to
	if first and last:
		return f"{words.day(first)} to {words.day(last)}"
	if first:
		return f"from {words.day(first)}"
	return f"up to {words.day(last)}" if last else ""
