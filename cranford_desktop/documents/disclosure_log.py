"""The disclosure log: what was asked and what was given, for the council's website. HTML, CSV and PDF of one content.

Once published it has to be accessible (SI 2018/952): the page is plain HTML with one heading, one table with a caption
and header cells, a language, no script and no style of its own making but widths and contrast.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.domain.disclosure import Piece, Regime
from cranford_desktop.domain.letters import LetterKind

TITLE = "Disclosure log"
HEADS = ("Reference", "Asked under", "Received", "Answered", "What was asked", "Outcome")
_ABOUT = (
	"Requests for information that the council has answered. Names and addresses of those who asked are never listed, "
	"and words taken out stand as a label in square brackets."
)
_WITHOUT: Mapping[LetterKind | None, str] = {
	"refusal": "Refused",
	"cost": "Refused: it would take longer than the limit (section 12)",
	"vexatious": "Refused (section 14)",
	"ncnd": "Neither confirmed nor denied",
	"not_held": "Not held",
}
"""Letters with which nothing goes out, whatever the archive found."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STYLE = (
	"body{font:1rem/1.5 sans-serif;color:#1b1f24;background:#fff;max-width:70rem;margin:2rem auto;padding:0 1rem}"
	"table{border-collapse:collapse;width:100%}caption{text-align:left;padding-bottom:.5rem}"
	"th,td{border:1px solid #767e88;padding:.4rem .6rem;text-align:left;vertical-align:top}th{background:#e9ecf0}"
)


@dataclass(frozen=True, slots=True)
class LoggedRequest:
	"""One answered request as the public may see it."""

	reference: str
	regime: Regime
	received: date
	answered: date
	wording: tuple[Piece, ...]
	"""Without the requester, and with everything covered that the request covers."""
	messages: int
	released: int
	withheld: int
	letter: LetterKind | None = None
	"""The letter that answered; None where the archive holds none."""
	with_pack: bool = True


def render_log(council: str, requests: Sequence[LoggedRequest], made_on: date, *, practice: bool) -> dict[str, bytes]:
	"""Return the log as HTML, CSV and PDF, by file name. Deterministic."""
	return {
		"disclosure-log.html": _html(council, requests, made_on, practice=practice),
		"disclosure-log.csv": _csv(requests),
		"disclosure-log.pdf": _pdf(council, requests, made_on, practice=practice),
	}


def _row(one: LoggedRequest) -> tuple[str, ...]:
	return (
		one.reference,
		words.REGIMES[one.regime],
		words.day(one.received),
		words.day(one.answered),
		words.plain(one.wording),
		outcome(one),
	)


def outcome(one: LoggedRequest) -> str:
	"""Return what became of a request, in words."""
	if one.letter in _WITHOUT:
		return _WITHOUT[one.letter]
	if not one.with_pack:
		return "Answered; no messages were released"
	if not one.messages:
		return "No messages found"
	said = f"{one.released:,} of {words.count(one.messages, 'message')} released, in whole or in part"
	return f"{said}; {one.withheld:,} withheld" if one.withheld else said


def _html(council: str, requests: Sequence[LoggedRequest], made_on: date, *, practice: bool) -> bytes:
	heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in HEADS)
	rows = []
	for one in requests:
		first, *rest = _row(one)
		cells = "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in rest)
		rows.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
	table = (
		f"<table>\n<caption>Answered requests, newest first, up to {words.day(made_on)}</caption>\n"
		f"<thead><tr>{heads}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"
		if rows
		else "<p>No request has been answered yet.</p>"
	)
	mark = "<p><strong>PRACTICE: not a real document.</strong></p>\n" if practice else ""
	name = f"{TITLE}, {council}"
	page = (
		'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
		'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
		f"<title>{escape(name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
		f"<h1>{escape(name)}</h1>\n{mark}<p>{escape(_ABOUT)}</p>\n{table}\n</main>\n</body>\n</html>\n"
	)
	return page.encode()


def _csv(requests: Sequence[LoggedRequest]) -> bytes:
	out = io.StringIO(newline="")
	lines = csv.writer(out)
	lines.writerow(HEADS)
	for one in requests:
		reference, regime, _, _, wording, outcome = _row(one)
		cells = (reference, regime, one.received.isoformat(), one.answered.isoformat(), wording, outcome)
		# A cell that begins like a formula would be worked out by the program that opens it.
		lines.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
	return ("\ufeff" + out.getvalue()).encode()


def _pdf(council: str, requests: Sequence[LoggedRequest], made_on: date, *, practice: bool) -> bytes:
	sheet = Sheet(
		title=TITLE,
		council=council,
		reference=TITLE,
		footer=f"Made on {words.day(made_on)}",
		practice=practice,
		made_on=made_on,
	)
	report.title(sheet, council, TITLE, f"up to {words.day(made_on)}")
	report.paragraph(sheet, _ABOUT)
	report.table(
		sheet,
		(Column("Request", 22), Column("Received, answered", 18), Column("What was asked", 38), Column("Outcome", 22)),
		(
			(f"{cells[0]}\n{cells[1]}", f"{cells[2]}\n{cells[3]}", cells[4], cells[5])
			for cells in (_row(one) for one in requests)
		),
		"No request has been answered yet.",
	)
	return sheet.finish()
