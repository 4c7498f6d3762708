"""A council with an imported chat, two members in office, and a request that came three weeks ago."""

import json
from datetime import date, datetime
from pathlib import Path

import pypdfium2

from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council
from cranford_desktop.store.keys import Argon2Cost
from tests.services.disclosure_support import CHAT

NOW = datetime(2026, 11, 23, 10, 0)
ARRIVED = date(2026, 11, 3)
GROUP = "Drainage working group"
LETTERHEAD = {"contact": "clerk@thistlemere.example", "clerk": "Neil Farrow"}


def thistlemere(folder: Path) -> Council:
	"""Return the council, with its chat taken in today."""
	made, _ = create_council(
		folder / "archive",
		"Thistlemere Parish Council",
		None,
		practice=False,
		clock=standing_clock(NOW),
		tables=load(),
		cost=Argon2Cost(1, 8192, 1),
	)
	chat = folder / f"WhatsApp Chat with {GROUP}.txt"
	chat.write_text(CHAT, encoding="utf-8")
	made.importing.import_file(chat, group=GROUP)
	return made


def record(council: Council, regime: str = "foi", wording: str = "Everything about Mill Lane") -> int:
	"""Record a request and fill in what stands on every letter."""
	request = council.requests.create(regime=regime, received=ARRIVED, requester="Tom Green", wording=wording)  # type: ignore[arg-type]
	council.letters.answer(request.id, LETTERHEAD)
	return request.id


def ledger(council: Council) -> list[tuple[str, dict[str, object]]]:
	"""Return what the ledger says was done."""
	with council.archive.reading() as connection:
		rows = connection.exec_driver_sql("SELECT action, detail FROM ledger ORDER BY number")
		return [(row[0], json.loads(row[1])) for row in rows]


def pdf_text(data: bytes) -> str:
	"""Return the words of a PDF, on one line."""
	with pypdfium2.PdfDocument(data) as shown:
		return " ".join(" ".join(page.get_textpage().get_text_range() for page in shown).split())
