"""One PDF of so many messages, by ours or by another writer, in a process of its own: CPU seconds, pages, memory.

`python -m tests.benchmarks.pdf_peers ours 10000` prints one JSON object. The equivalent document: the transcript by
day with reference, time, sender and words of each message, and the schedule as a table with a head on every page;
`typst` tags it (PDF/UA-1), `fpdf2` cannot.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import PackContent, PackEntry, Piece
from cranford_desktop.paths import resources
from tests.benchmarks.peak_memory import peak_megabytes

WORDS = (
	"drain culvert Mill Lane hedge verge quote agenda minutes clerk chair county highways meeting tonight thanks "
	"agreed could someone ring the contractor about the gate key hall boiler allotment bin bench grass"
).split()
LABEL = "Redacted – personal data, s40(2)"
FONTS = resources() / "fonts"


class Message(NamedTuple):
	"""A message of the benchmark."""

	reference: str
	at: datetime
	sender: str
	words: tuple[str, ...]
	"""Stretches of text; every second one is a label."""


@dataclass(frozen=True, slots=True)
class Made:
	"""What making the document took."""

	cpu: float
	megabytes: float
	pages: int
	size: int


def messages(number: int) -> Iterator[Message]:
	"""Yield short, middling and long messages (6 : 3 : 1), some with an emoji, some with words taken out."""
	chance = random.Random(3)  # noqa: S311 - the same messages every time
	at = datetime(2021, 3, 1, 8, 0)
	for one in range(1, number + 1):
		at += timedelta(minutes=chance.choice((1, 3, 40, 300)))
		low, high = chance.choices(((4, 12), (15, 40), (60, 120)), (6, 3, 1))[0]
		text = " ".join(chance.choices(WORDS, k=chance.randint(low, high)))
		if chance.random() < 0.08:
			text += " 🙏"
		words: tuple[str, ...] = (text,)
		if chance.random() < 0.05:
			words = ("I spoke to ", LABEL, f" about it. {text}")
		yield Message(f"FOI-2026-001-{one:05d}", at, f"Cllr Number {chance.randrange(9)}", words)


def ours(number: int) -> bytes:
	"""Return the pack as the app makes it."""
	group = (Piece("Full Council"),)
	entries = tuple(
		PackEntry(
			reference=one.reference,
			group=group,
			sent_at=one.at,
			precision="minute",
			sender=(Piece(one.sender),),
			role=None,
			system=False,
			status="redacted" if len(one.words) > 1 else "released",
			exemptions=("s40(2)",) if len(one.words) > 1 else (),
			body=tuple(Piece(text, at % 2 == 1) for at, text in enumerate(one.words)),
			notes=(),
			media=(),
		)
		for one in messages(number)
	)
	return render_pack(
		PackContent(
			council="Cranford Parish Council",
			reference="FOI-2026-001",
			regime="foi",
			received=date(2026, 10, 26),
			wording=(Piece("All messages"),),
			made_on=date(2026, 11, 23),
			pack_number=1,
			practice=False,
			groups=(group,),
			searched_from=None,
			searched_to=None,
			entries=entries,
			gaps={},
			counts={"messages": number, "released": number},
			exemptions=(),
			label_texts=(LABEL,),
		)
	)


_TYPST = """
#set document(title: "Disclosure pack FOI-2026-001", date: none)
#set text(font: ("Source Sans 3", "Noto Emoji"), size: 10pt, lang: "en", region: "GB")
#set par(leading: 0.4em)
#set page(paper: "a4", margin: (x: 20mm, top: 24mm, bottom: 22mm),
  header: [#text(8.5pt)[Cranford Parish Council #h(1fr) FOI-2026-001]],
  footer: context [#text(8.5pt)[Disclosure pack #h(1fr) Page #counter(page).display() of
    #counter(page).final().first()]])
#let label(words) = box(fill: rgb("#16181B"), inset: (x: 4pt), outset: (y: 2.6pt),
  text(fill: white, size: 8pt, weight: 600)[\\[#words\\]])
#let message(ref, time, sender, body) = {
  block(above: 5pt, below: 5pt, grid(columns: (96pt, 1fr),
    [#text(8pt, weight: 600, ref) \\ #text(9pt, time)], [*#sender* \\ #body]))
  line(length: 100%, stroke: 0.6pt + rgb("#DFE3E8"))
}
= Transcript: Full Council
"""


def typst(number: int) -> bytes:
	"""Return the same as typst makes it, tagged."""
	import typst as engine

	parts = [_TYPST]
	day = None
	for one in messages(number):
		if one.at.date() != day:
			day = one.at.date()
			parts.append(f"== {day:%A %d %B %Y}\n")
		body = "".join(f"#label[{text}]" if at % 2 else text for at, text in enumerate(one.words))
		parts.append(f'#message("{one.reference}", "{one.at:%H:%M}", "{one.sender}")[{body}]\n')
	parts.append(
		"= Schedule of messages\n#set text(8pt)\n#table(columns: (80pt, 62pt, 1fr, 66pt, 66pt), stroke: none,\n"
	)
	parts.append("table.header([Reference], [Date and time], [Sender and kind], [Decision], [Exemption]),\n")
	for one in messages(number):
		part = len(one.words) > 1
		parts.append(
			f"[{one.reference}],[{one.at:%d %b %Y} \\ {one.at:%H:%M}],[{one.sender} \\ Message],"
			f"[{'Released in part' if part else 'Released'}],[{'s40(2)' if part else ''}],\n"
		)
	parts.append(")\n")
	with tempfile.TemporaryDirectory() as folder:
		source = Path(folder) / "pack.typ"
		source.write_text("".join(parts), encoding="utf-8")
		made = engine.compile(str(source), format="pdf", font_paths=[str(FONTS)], pdf_standards=["ua-1"])
	return bytes(made)


def fpdf2(number: int) -> bytes:
	"""Return the same as fpdf2 makes it, untagged."""
	from fpdf import FPDF

	class Paper(FPDF):
		def header(self) -> None:
			self.set_font("S", size=8.5)
			self.cell(85, 5, "Cranford Parish Council")
			self.cell(85, 5, "FOI-2026-001", align="R", new_x="LMARGIN", new_y="NEXT")

		def footer(self) -> None:
			self.set_y(-15)
			self.set_font("S", size=8.5)
			self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")

	paper = Paper(format="A4")
	paper.set_margins(20, 20)
	paper.set_auto_page_break(True, 22)
	paper.add_font("S", fname=FONTS / "SourceSans3_400Regular.ttf")
	paper.add_font("B", fname=FONTS / "SourceSans3_600SemiBold.ttf")
	paper.add_font("E", fname=FONTS / "NotoEmoji_400Regular.ttf")
	paper.set_fallback_fonts(["E"])
	paper.add_page()
	day = None
	for one in messages(number):
		if one.at.date() != day:
			day = one.at.date()
			paper.set_font("B", size=12)
			paper.cell(0, 8, f"{day:%A %d %B %Y}", new_x="LMARGIN", new_y="NEXT")
		paper.set_font("B", size=8)
		paper.cell(34, 5, one.reference)
		paper.set_font("B", size=10)
		paper.cell(0, 5, one.sender, new_x="LMARGIN", new_y="NEXT")
		paper.set_font("S", size=9)
		paper.cell(34, 5, f"{one.at:%H:%M}")
		paper.set_font("S", size=10)
		paper.multi_cell(0, 5, "".join(one.words), new_x="LMARGIN", new_y="NEXT")
		paper.line(54, paper.get_y() + 1, 190, paper.get_y() + 1)
		paper.ln(3)
	paper.add_page()
	paper.set_font("S", size=8)
	for one in messages(number):
		part = len(one.words) > 1
		for wide, text in (
			(28, one.reference),
			(32, f"{one.at:%d %b %Y %H:%M}"),
			(60, f"{one.sender}, Message"),
			(26, "Released in part" if part else "Released"),
			(24, "s40(2)" if part else ""),
		):
			paper.cell(wide, 7, text)
		paper.ln(7)
	return bytes(paper.output())


WRITERS: dict[str, Callable[[int], bytes]] = {"ours": ours, "typst": typst, "fpdf2": fpdf2}


def run(writer: str, number: int) -> Made:
	"""Make a document in a new process and return what it took."""
	command = [sys.executable, "-m", "tests.benchmarks.pdf_peers", writer, str(number)]
	said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
	return Made(**json.loads(said.stdout))


def main() -> None:
	"""Make one document and print what it took; opening modules is not counted, fonts are."""
	begun = time.process_time()
	data = WRITERS[sys.argv[1]](int(sys.argv[2]))
	cpu, megabytes = time.process_time() - begun, peak_megabytes()
	import pypdfium2

	pages = len(pypdfium2.PdfDocument(data))
	print(json.dumps({"cpu": cpu, "megabytes": megabytes, "pages": pages, "size": len(data)}))


if __name__ == "__main__":
	main()
