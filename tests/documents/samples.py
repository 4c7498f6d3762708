"""Sample content for the tests of documents."""

import io
import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw

from cranford_desktop.documents.photos import reencode
from cranford_desktop.domain.disclosure import Exemption, PackContent, PackEntry, PackMedia, PackPhoto, Piece

LABELS = (
	"Redacted – personal data, s40(2)",
	"Redacted – commercial, s43(2)",
	"Redacted – health and safety, s38",
	"Withheld – legal advice, s42",
	"Withheld – personal data, s40(2)",
)
PERSONAL = Exemption("s40(2)", ("foi",), "Personal data of another person", LABELS[0], True, False, False)
ADVICE = Exemption("s42", ("foi",), "Legal advice", "Redacted – legal advice, s42", True, False, True)
SENDERS = ("Cllr Ann Boothroyd", "Jo Marsh", "Cllr Dev Patel", "Cllr Llŷr Evans")
TEXTS = (
	"Morning all, contractor says the French drain will need another 12 m of pipe.",
	"Can we get that in writing before Thursday? 🙏",
	"Quote attached. Please don’t forward outside the group 😀👍🏽",
	"Café Łódź confirmed the hall — مرحبا بكم and שלום לכולם to the twinning visitors ✅ £120",
	"Agreed. Minute it under item 7 please, and copy in the County drainage officer so that we have one trail when the "
	"invoice lands after year end.",
	"https://www.example.org/council/meetings/2026/05/drainage-working-group/agenda-and-supporting-papers-final-v3.pdf",
	"=SUM(A1:A9) is how the sheet does it\nsecond line\n\nfourth line",
)


def photo(width: int = 800, height: int = 600) -> bytes:
	"""Return a drawn landscape as a JPEG."""
	image = Image.new("RGB", (width, height), "#9bb7c9")
	draw = ImageDraw.Draw(image)
	draw.rectangle((0, height * 2 // 3, width, height), fill="#6c8f5a")
	draw.polygon([(250, 380), (400, 200), (550, 380)], fill="#8a5a44")
	out = io.BytesIO()
	image.save(out, "JPEG", quality=82)
	return out.getvalue()


def entry(number: int, body: tuple[Piece, ...], at: datetime | None = None, **changes: object) -> PackEntry:
	"""Return one released entry."""
	made = PackEntry(
		reference=f"FOI-2026-001-{number:04d}",
		group=(Piece("Cranford Full Council"),),
		sent_at=at or datetime(2026, 5, 4, 9, 0) + timedelta(minutes=number),
		precision="minute",
		sender=(Piece(SENDERS[number % len(SENDERS)]),),
		role=None,
		system=False,
		status="released",
		exemptions=(),
		body=body,
		notes=(),
		media=(),
	)
	return replace(made, **changes)


def content(entries: int = 60, *, practice: bool = False, seed: int = 4) -> PackContent:
	"""Return a pack of fictional messages with one of everything."""
	chance = random.Random(seed)  # noqa: S311 sample data, the same every time
	label = Piece(LABELS[0], is_label=True)
	shown = reencode(photo())
	at = datetime(2024, 10, 26, 17, 30)
	made: list[PackEntry] = []
	for number in range(1, entries + 1):
		at += timedelta(minutes=chance.choice((1, 7, 40, 300)))
		body: tuple[Piece, ...] = (Piece(chance.choice(TEXTS)),)
		one = entry(number, body, at, role="Clerk" if number % 4 == 1 else None)
		if number % 5 == 0:
			words = (
				Piece("I spoke to "),
				label,
				Piece(" at "),
				label,
				Piece(", she is happy for the digger to cross."),
			)
			one = replace(one, body=words, status="redacted", exemptions=("s40(2)",))
		if number % 13 == 0:
			one = replace(
				one,
				body=(Piece(LABELS[3], is_label=True),),
				sender=(),
				role=None,
				status="withheld",
				exemptions=("s42",),
			)
		if number % 17 == 0:
			one = replace(one, sender=(), role=None, system=True, body=(Piece("Jo Marsh added Cllr Dev Patel"),))
		if number % 11 == 0:
			picture = PackPhoto(f"{one.reference}-P1", shown.jpeg, shown.width, shown.height, "Photo")
			one = replace(
				one,
				media=(PackMedia((Piece("Photo"),), "", picture),),
				notes=("edited by its sender after it was sent",),
			)
		if number % 19 == 0:
			one = replace(
				one, sender=(label,), body=(), media=(PackMedia((Piece("Document: "), label), "left out of this pack"),)
			)
		made.append(one)
	groups = ((Piece("Cranford Full Council"),), (Piece("Drainage working group"),))
	half = len(made) * 2 // 3
	made = [*made[:half], *(replace(one, group=groups[1]) for one in made[half:])]
	return PackContent(
		council="Cranford Parish Council",
		reference="FOI-2026-001",
		regime="foi",
		received=date(2026, 10, 26),
		wording=(
			Piece(
				"Please send me all messages of councillors about the drain in Mill Lane, October 2024 to today, and "
				"any that name "
			),
			label,
			Piece(".\n\nI would like them by e-mail."),
		),
		made_on=date(2026, 11, 23),
		pack_number=1,
		practice=practice,
		groups=groups,
		searched_from=date(2024, 10, 1),
		searched_to=date(2026, 10, 26),
		entries=tuple(made),
		gaps={3: 14, 20: 1, len(made): 7},
		counts={
			"messages": entries + 22,
			"released": entries - 5,
			"redacted": 12,
			"withheld": 4,
			"not_in_scope": 22,
			"not_held": 0,
			"media_left_out": 3,
		},
		exemptions=(PERSONAL, ADVICE),
		label_texts=LABELS,
	)
