"""A small archive with a real export in it, and the two services that answer requests."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image

from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.deciding import Deciding
from cranford_desktop.services.disclosing import Disclosing
from cranford_desktop.services.gathering import Gathering
from cranford_desktop.services.importing import Importing
from cranford_desktop.services.redacting import Redacting
from cranford_desktop.services.requests import Requests
from cranford_desktop.store import messages as books
from cranford_desktop.store import people
from cranford_desktop.store.archive import Archive, create

NOW = datetime(2026, 11, 23, 10, 0)
COUNCIL = "Thistlemere Parish Council"
GROUP = "Drainage working group"

CHAT = """\
02/11/2025, 09:00 - Messages and calls are end-to-end encrypted.
02/11/2025, 09:01 - Cllr Ashdown: Mrs Jean Potter of 14 Mill Lane rang about the drain
02/11/2025, 09:02 - Cllr Ashdown: Her number is 07700 900123, landline 01632 960123
02/11/2025, 09:03 - Cllr Farrow: I rang JEAN on +44 (0)7700\u00a0900\u200b123. Potter\u2019s hedge is in the culvert
02/11/2025, 09:04 - Cllr Farrow: Mail me at jean.potter@example.org or neil@example.org
02/11/2025, 09:05 - +44 7700 900456: Mill Lane floods every November
02/11/2025, 09:06 - Cllr Ashdown: IMG-20251102-WA0001.jpg (file attached)
The culvert, seen from Jean Potter's gate
02/11/2025, 09:07 - Cllr Farrow: Jean_Potter complaint.pdf (file attached)
02/11/2025, 09:08 - Cllr Ashdown: The solicitor says do not admit liability for Mill Lane
02/11/2025, 09:09 - Cllr Ashdown: Happy birthday Neil, drinks on Friday
02/11/2025, 09:10 - Cllr Farrow: <Media omitted>
02/11/2025, 09:11 - Cllr Ashdown added +44 7700 900123
03/11/2025, 08:00 - Cllr Farrow: Order for the culvert placed, £1,250
"""
SECRETS = ("07700 900123", "+44 7700 900123", "Jean Potter", "14 Mill Lane", "jean.potter@example.org")


@dataclass(frozen=True, slots=True)
class Desk:
	"""The services on one open archive."""

	archive: Archive
	requests: Requests
	gathering: Gathering
	deciding: Deciding
	redacting: Redacting
	disclosing: Disclosing
	importing: Importing

	def rows(self) -> list[MessageRow]:
		with self.archive.reading() as connection:
			return list(books.stream(connection, MessageFilter()))

	def id_of(self, words: str) -> int:
		return next(row.id for row in self.rows() if words in (row.text or "") or words in row.raw)

	def ledger(self) -> str:
		with self.archive.reading() as connection:
			return "\n".join(str(row) for row in connection.exec_driver_sql("SELECT action, detail FROM ledger"))

	def name(self, rendered: str, name: str, role: str) -> None:
		moment = standing_clock(NOW)()
		with self.archive.writing(moment) as change:
			people.name_sender(change.connection, rendered, name, role, moment)
			change.record("named a sender", {})


def photo() -> bytes:
	"""Return a JPEG whose metadata would give a place away."""
	picture = Image.new("RGB", (640, 480), (90, 120, 60))
	exif = Image.Exif()
	exif[0x010F] = "CANARYCAMERA"
	exif[0x8825] = {1: "N", 2: (51.0, 2.0, 3.0)}
	out = io.BytesIO()
	picture.save(out, "JPEG", exif=exif, comment=b"CANARYCOMMENT")
	return out.getvalue()


def export(folder: Path, chat: str = CHAT, name: str = "WhatsApp Chat with Drainage working group") -> Path:
	path = folder / f"{name}.zip"
	with zipfile.ZipFile(path, "w") as made:
		made.writestr(f"{name}.txt", chat)
		if "IMG-20251102-WA0001.jpg" in chat:
			made.writestr("IMG-20251102-WA0001.jpg", photo())
			made.writestr("Jean_Potter complaint.pdf", b"%PDF-1.4 Jean Potter complains")
	return path


@contextmanager
def desk(folder: Path, chat: str = CHAT) -> Iterator[Desk]:
	clock, tables = standing_clock(NOW), load()
	archive, _ = create(folder / "archive", council=COUNCIL, passphrase=None, practice=False, now=clock())
	made = Desk(
		archive,
		Requests(archive, clock, tables),
		Gathering(archive, clock),
		Deciding(archive, clock, tables),
		Redacting(archive, clock, tables),
		Disclosing(archive, clock, tables),
		Importing(archive, clock, tables),
	)
	try:
		made.importing.import_file(export(folder, chat), group=GROUP, phone="Phone 1")
		yield made
	finally:
		archive.close()
