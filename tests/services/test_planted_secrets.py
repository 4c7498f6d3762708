"""Secrets planted wherever a phone can put them: the person-wide covering finds every place, and no file shows one."""

import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.domain.covering import ALL_TICKED
from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.redacting import find
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.covering_people import CoveringPeople
from cranford_desktop.services.covering_photos import CoveringPhotos, Wanted
from cranford_desktop.services.name_findings import NameFindings
from cranford_desktop.services.people import People
from cranford_desktop.store import directory, people
from tests.ingest.writer import Phone, Sent, write_export
from tests.services.disclosure_support import GROUP, NOW, Desk, desk
from tests.services.test_disclosing import everything, squeezed

CLOCK = standing_clock(NOW)
FIRST = st.text("bcdfghjklmnpqrstvwz", min_size=5, max_size=8).map(str.capitalize)
DIGITS = st.integers(100_000, 999_999).map(lambda number: f"077{number}39"[:5] + f"{number}")
PHONES = st.sampled_from([Phone("android"), Phone("iphone")])


class Secret(NamedTuple):
	"""Somebody invented, by all that is known of them."""

	first: str
	last: str
	number: str

	@property
	def name(self) -> str:
		return f"{self.first} {self.last}"

	@property
	def mail(self) -> str:
		return f"{self.first}.{self.last}@example.org".lower()

	@property
	def forms(self) -> list[str]:
		plain = self.number[1:]
		return [self.number, f"+44 {plain[:4]} {plain[4:]}", f"0044{plain}", f"+44 (0){plain[:4]}-{plain[4:]}"]


SECRETS = st.builds(Secret, FIRST, FIRST, DIGITS).filter(lambda one: one.first != one.last)
DRESSES = st.sampled_from(
	[
		str,
		str.upper,
		str.lower,
		"\u200b".join,
		"\u2060".join,
		lambda words: f"\u2068{words}\u2069",
		lambda words: words[0] + "\u0301" + words[1:],
		lambda words: "".join(chr(ord(one) + 0xFEE0) if one.isascii() and one.isalnum() else one for one in words),
		lambda words: f"\U0001f33b{words}\U0001f33b",
		lambda words: f"\u05e9\u05dc\u05d5\u05dd {words} \u05e9\u05dc\u05d5\u05dd",
		lambda words: words.replace(" ", "\u00a0"),
		lambda words: words.replace(" ", "\n"),
	]
)
_ELSEWHERE = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")


def photo(secret: Secret) -> bytes:
	exif = Image.Exif()
	exif[0x010F], exif[0x010E] = secret.name, secret.mail
	out = io.BytesIO()
	Image.new("RGB", (320, 240), (120, 140, 90)).save(out, "JPEG", exif=exif, comment=secret.name.encode())
	return out.getvalue()


def document(secret: Secret) -> bytes:
	out = io.BytesIO()
	canvas = Canvas(out, pagesize=(400, 300))
	canvas.setTitle(secret.name)
	canvas.setAuthor(secret.mail)
	canvas.drawString(40, 200, f"A letter from {secret.name}, {secret.number}")
	canvas.showPage()
	canvas.save()
	return out.getvalue()


def planted(secret: Secret, dress: Any) -> list[str]:
	"""Return texts that name somebody in every way."""
	said = dress(secret.name)
	return [
		f"I met {said} at the gate",
		f"> {secret.name}: the drain is blocked\nYes, said {dress(secret.first)}",
		*(f"Ring {form} today" for form in secret.forms),
		f"Or {secret.number.translate(_ELSEWHERE)}",
		f"Mail {secret.mail} or https://example.org/{secret.last.lower()}",
		f"@{secret.name} and {secret.first}_{secret.last}'s hedge",
		"Nothing of anybody here",
	]


def plant(office: Desk, folder: Path, secret: Secret, dress: Any, phone: Phone) -> None:
	start = datetime(2025, 11, 2, 9, 0)
	texts = planted(secret, dress)
	entries = [Sent(start + timedelta(minutes=at), "Cllr Ashdown", text) for at, text in enumerate(texts)]
	entries.append(Sent(start + timedelta(minutes=50), secret.name, "I wrote this myself"))
	folder.mkdir()
	chat = folder / "chat.txt"
	write_export(chat, phone, entries)
	office.importing.import_file(chat, group=GROUP, phone="Phone 2")
	name = "WhatsApp Chat with Drainage working group"
	files = {
		f"{secret.first}_{secret.last}.jpg": photo(secret),
		f"{secret.name}.pdf": document(secret),
		f"{secret.name}.vcf": f"BEGIN:VCARD\nFN:{secret.name}\nTEL:{secret.number}\nEND:VCARD\n".encode(),
	}
	with zipfile.ZipFile(folder / f"{name}.zip", "w") as packed:
		lines = [
			f"03/11/2025, 10:0{at} - Cllr Farrow: {file} (file attached)\nFrom {secret.name}"
			for at, file in enumerate(files)
		]
		# Another phone shows another wording of one message: a version of it.
		lines.append(f"03/11/2025, 10:20 - Cllr Farrow: {secret.first} was right <This message was edited>")
		packed.writestr(f"{name}.txt", "\n".join(lines) + "\n")
		for file, data in files.items():
			packed.writestr(file, data)
	office.importing.import_file(folder / f"{name}.zip", group=GROUP, phone="Phone 3")
	office.name(secret.name, secret.name, "resident")
	with office.archive.writing(CLOCK()) as change:
		c = change.connection
		person = next(one.id for one in people.people(c) if one.name == secret.name)
		for kind, value in (
			("nickname", secret.first),
			("nickname", secret.last),
			("phone", secret.number),
			("email", secret.mail),
		):
			directory.add_detail(c, person, kind, value, "clerk")
		change.record("kept details", {})


def check(folder: Path, secret: Secret, dress: Any, phone: Phone) -> None:
	with desk(folder, "01/11/2025, 09:00 - Cllr Ashdown: Good morning\n") as office:
		plant(office, folder / "phones", secret, dress, phone)
		request = office.requests.create(
			regime="foi", received=date(2026, 11, 2), requester="Tom Green", wording=f"What {secret.name} said"
		).id
		office.gathering.gather(request, MessageFilter())
		rows = office.rows()
		covering = CoveringPeople(office.archive, CLOCK, People(office.archive, CLOCK, NameFindings()))
		found = covering.places(request, secret.name)
		listed = {(one.message_id, one.where) for form in found.forms for one in form.places}
		for row in rows:
			if (
				row.text
				and "Nothing of anybody" not in row.text
				and row.text not in ("Good morning", "I wrote this myself")
			):
				assert (row.id, "text") in listed
			for one in row.attachments:
				assert (row.id, "file") in listed or not one.name
		assert {where for _, where in listed} >= {"text", "sender", "file", "wording"}
		made = office.redacting.redact(request, "person", secret.name, "s40(2)", stand_in="Resident 1")
		assert found.count(ALL_TICKED) >= len(rows)
		office.deciding.decide(request, [row.id for row in rows], "release")
		photos = CoveringPhotos(office.archive, CLOCK, load())
		for row in rows:
			for one in row.attachments:
				office.deciding.decide_medium(request, row.id, one.sha256 or "", "release")
				if (one.name or "").endswith(".pdf"):
					places = photos.suggested(request, row.id, one.sha256 or "")
					assert places
					photos.cover(request, row.id, one.sha256 or "", [Wanted(place, "s40(2)") for place in places])
		pack = office.disclosing.make_pack(request)
		assert pack.leak_check.passed
		files = office.disclosing.files(request, pack.pack_number)
		core = secret.number[1:]
		for path, data in files.items():
			if not path.startswith("DISCLOSURE/"):
				continue
			readable = squeezed(everything(data).decode("utf-8", "ignore"))
			for word in (secret.first, secret.last, secret.mail, core):
				assert squeezed(word) not in readable, (path, "something planted can be read")
		views = office.deciding.requester_views(request, [row.id for row in rows])
		sheet = squeezed(pack_words(files))
		for row in rows:
			said = "".join(piece.text for piece in views[row.id] or () if not piece.is_label)
			assert not find(said, (made,))
			for piece in views[row.id] or ():
				assert squeezed(piece.text) in sheet, "the pack says what the requester’s view shows"


def pack_words(files: dict[str, bytes]) -> str:
	"""Return the words of the schedule, in which every message stands whole."""
	data = next(data for path, data in files.items() if path.endswith("-schedule.xlsx"))
	book = openpyxl.load_workbook(io.BytesIO(data))
	return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize("kind", ["android", "iphone"])
def test_planted_secrets_are_found_and_in_no_file(tmp_path: Path, kind: Any) -> None:
	secret = Secret("Brigda", "Wolzer", "07700900417")
	check(tmp_path, secret, str, Phone(kind))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=SECRETS, dress=DRESSES, phone=PHONES)
def test_law_random_secrets_are_found_and_in_no_file(
	tmp_path_factory: pytest.TempPathFactory, secret: Secret, dress: Any, phone: Phone
) -> None:
	check(tmp_path_factory.mktemp("planted"), secret, dress, phone)


@settings(max_examples=150, deadline=None)
@given(secret=SECRETS, dress=DRESSES)
def test_law_a_person_is_found_however_they_are_written(secret: Secret, dress: Any) -> None:
	names = (secret.name, secret.first, secret.last, secret.number, secret.mail)
	trial = (Redaction(1, "person", secret.name, "", names=names),)
	for text in planted(secret, dress)[:-1]:
		assert find(text, trial), "a planted place was not found"
	assert not find("Nothing of anybody here", trial) or "nothing" in map(str.lower, (secret.first, secret.last))
