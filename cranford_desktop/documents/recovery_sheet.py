"""The recovery sheet: one page to print, with the key that opens the archive when the pass phrase is lost."""

from datetime import datetime

from cranford_desktop.documents import fonts, report, words
from cranford_desktop.documents.sheet import INK, LEFT, MUTED, RIGHT, RULE, TINT, Sheet

_ROW = 3
_SIZE = 25


def recovery_sheet_pdf(council: str, recovery_key: str, made_at: datetime, practice: bool) -> bytes:
	"""Return the sheet as a PDF of one page; `recovery_key` is printed in its groups as given."""
	sheet = Sheet(
		title="Recovery sheet",
		council=council,
		reference="Recovery sheet",
		footer=f"Made on {words.day(made_at)}",
		practice=practice,
		made_on=made_at.date(),
	)
	report.title(sheet, council, "Recovery sheet", f"Made on {words.weekday(made_at)}")
	report.paragraph(
		sheet,
		"This key opens the council's archive of WhatsApp messages in Cranford Desktop if the pass phrase is lost. It "
		"also opens every back-up of that archive. Without the pass phrase and without this key nobody can open it, "
		"neither the council nor those who made the program.",
	)
	sheet.gap(6)
	_key(sheet, [part for part in recovery_key.replace(" ", "-").split("-") if part])
	sheet.gap(6)
	report.paragraph(
		sheet,
		"The last sign of each group is a check sign: a slip in typing is found, and the group is named. Small "
		"letters, spaces and dashes make no difference. The key has no letters I, L, O or U: what looks like one is "
		"a 1, a 0 or a V.",
	)
	sheet.heading("Where to keep it", size=13)
	report.points(
		sheet,
		(
			"Print it on paper, two copies. Do not keep a copy on this computer, in an e-mail or in a cloud folder.",
			"Keep one copy in a sealed envelope in the council's safe or with its deeds.",
			"Keep the other in another building, with a person the council has named in a minute.",
			"Whoever holds this sheet can read every message in the archive. If a copy is lost, tell the council.",
		),
	)
	sheet.heading("Who holds it", size=13)
	for who in ("First copy, held by", "Second copy, held by", "Minute"):
		sheet.gap(28)
		sheet.rule(LEFT + 130, RIGHT, INK)
		sheet.text(who, LEFT, sheet.y + 2, 10, colour=MUTED)
	return sheet.finish()


def _key(sheet: Sheet, groups: list[str]) -> None:
	"""Draw the groups large, numbered, three in a row."""
	rows = [groups[first : first + _ROW] for first in range(0, len(groups), _ROW)]
	high = 46.0 * len(rows) + 16
	sheet.need(high)
	sheet.box(LEFT, sheet.y - high, RIGHT - LEFT, high, fill=TINT, stroke=RULE)
	sheet.gap(12)
	wide = (RIGHT - LEFT) / _ROW
	number = 0
	for row in rows:
		for at, group in enumerate(row):
			number += 1
			x = LEFT + at * wide + 18
			sheet.text(str(number), x, sheet.y - 29, 9, colour=MUTED)
			sheet.text(group, x + 16, sheet.y - 31, _SIZE, fonts.BOLD)
		sheet.gap(46)
	sheet.gap(4)
