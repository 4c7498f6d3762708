"""Make the practice council's chat exports: three phones, from one story, as WhatsApp writes them.

Run from the top of the repository: `python resources/practice/make_exports.py`. The same story gives the same bytes.
Android's export has LF and minutes; an iPhone's has CRLF, seconds and U+200E before what the app itself wrote.
"""

import io
import random
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).resolve().parent
LRM = "\u200e"
NARROW = "\u202f"
FIRST, LAST = date(2024, 11, 25), date(2026, 11, 20)
EVERYDAY = 1230
PHOTO_EVERY = 22


@dataclass(frozen=True)
class Sent:
	"""One thing that happened in a group, as it really was."""

	at: datetime
	group: str
	who: str | None
	text: str = ""
	photo: str | None = None
	kind: str = "text"
	edited: bool = False
	deleted: bool = False


@dataclass(frozen=True)
class Handset:
	"""A member's phone: how it renders, whom it calls what, what it missed."""

	folder: str
	owner: str
	column: int
	iphone: bool
	twelve_hours: bool
	with_media: bool
	since: datetime


HANDSETS = (
	Handset("android", "ruth", 0, iphone=False, twelve_hours=False, with_media=True, since=datetime(2019, 1, 1)),
	Handset("iphone-12h", "clerk", 1, iphone=True, twelve_hours=True, with_media=True, since=datetime(2019, 1, 1)),
	Handset("iphone-24h", "gwen", 2, iphone=True, twelve_hours=False, with_media=False, since=datetime(2025, 6, 2, 9)),
)


def told(story: dict[str, Any]) -> list[Sent]:
	"""Return everything that was sent in the council's three groups, in order."""
	chance = random.Random(24037)
	main, drains, events = (story["council"][key] for key in ("main_group", "drainage_group", "events_group"))
	sent = [
		Sent(
			at=one["at"] + timedelta(seconds=chance.randrange(60)),
			group=main,
			who=one["who"],
			text=one["text"],
			photo=one.get("photo"),
			edited=one.get("edited", False),
			deleted=one.get("deleted", False),
		)
		for part in ("mill_lane", "dispute", "policy_breach", "personal", "old")
		for one in story[part]
	]
	sent += everyday(story, main, EVERYDAY, FIRST, LAST, chance)
	sent += everyday(story, drains, 84, date(2025, 3, 10), date(2026, 7, 20), chance)
	sent += everyday(story, events, 84, date(2025, 4, 2), date(2026, 11, 12), chance)
	sent += [visited(one, main) for one in story["visitor"]]
	sent += oddments(main, drains, events)
	return sorted(sent, key=lambda one: one.at)


def everyday(
	story: dict[str, Any], group: str, count: int, first: date, last: date, chance: random.Random
) -> list[Sent]:
	"""Draw ordinary conversations until there are enough messages, spread over the whole span."""
	people = [one["key"] for one in story["people"]]
	sent: list[Sent] = []
	span = (last - first).days
	while len(sent) < count:
		thread = chance.choice(story["thread"])
		fill = _fill(story["fill"], chance)
		at = datetime.combine(
			first + timedelta(days=chance.randrange(span)), time(chance.randint(7, 20), chance.randrange(60))
		)
		lines = [
			chance.choice(thread["open"]),
			*chance.sample(thread["reply"], chance.randint(1, min(5, len(thread["reply"])))),
		]
		speaker = chance.choice(people)
		for place, line in enumerate(lines):
			photo = thread.get("photo") if place == 0 and chance.randrange(PHOTO_EVERY) == 0 else None
			sent.append(Sent(at, group, speaker, line.format(**fill), photo, edited=chance.randrange(120) == 0))
			at += timedelta(seconds=chance.randint(15, 1500))
			speaker = chance.choice([one for one in people if one != speaker])
	return sent[:count]


def _fill(fill: dict[str, list[str]], chance: random.Random) -> dict[str, str]:
	return {key: chance.choice(values) for key, values in fill.items()} | {
		"n": str(chance.randint(2, 40)),
		"day": str(chance.choice([4, 5, 6, 7, 8, 9, 10, 14, 15, 16, 18, 20, 25, 27])),
		"ref": str(chance.randint(1000, 9999)),
		"amount": str(chance.choice([45, 60, 85, 120, 145, 180, 240, 310])),
		"speed": str(chance.randint(31, 44)),
		"small": str(chance.randint(4, 9)),
		"pct": str(chance.randint(70, 100)),
	}


def visited(one: dict[str, Any], group: str) -> Sent:
	"""Return one entry of a story that says its own seconds, so that nothing drawn by chance changes with it."""
	act = one.get("act")
	kind = "system" if act else one.get("kind", "text")
	return Sent(one["at"], group, one["who"], act or one["text"], one.get("photo"), kind=kind)


def oddments(main: str, drains: str, events: str) -> list[Sent]:
	"""Return one of everything else that a chat holds: joins, polls, places, cards, calls, documents, voice notes."""
	at = datetime
	return [
		Sent(at(2019, 5, 1, 18, 0, 4), main, None, "encryption", kind="system"),
		Sent(at(2019, 5, 1, 18, 0, 5), main, "ruth", f"created:{main}", kind="system"),
		Sent(at(2019, 5, 1, 18, 3, 10), main, "ruth", "added:clerk", kind="system"),
		Sent(at(2024, 11, 25, 9, 0, 2), main, "ruth", "added:imran", kind="system"),
		Sent(at(2024, 11, 25, 9, 0, 20), main, "ruth", "added:neil", kind="system"),
		Sent(at(2025, 6, 2, 9, 0, 1), main, "ruth", "added:gwen", kind="system"),
		Sent(at(2025, 1, 6, 9, 12, 40), main, "clerk", "Mill Lane survey 2024.pdf", kind="document"),
		Sent(
			at(2025, 3, 4, 21, 2, 11),
			main,
			"imran",
			"When can everyone walk the Mill Lane culvert?|Thursday 2pm|Saturday 10am|Sunday 10am",
			kind="poll",
		),
		Sent(at(2025, 4, 1, 12, 30, 9), main, "tom", "Plumber Dave", kind="contact"),
		Sent(at(2025, 5, 10, 10, 2, 0), main, "tom", "53.10000,2.20000", kind="location"),
		Sent(at(2025, 8, 21, 13, 15, 44), main, "imran", "voice", kind="voice"),
		Sent(at(2025, 9, 1, 19, 20, 1), main, "ruth", "", kind="call"),
		Sent(at(2025, 10, 12, 9, 0, 33), main, "gwen", "", photo="tree", kind="lost"),
		Sent(
			at(2026, 2, 10, 10, 0, 0),
			main,
			"dilys",
			"Quick note for the minutes:\n\n1. hall keys\n2. noticeboard\n\nThat's all 😊",
		),
		Sent(at(2026, 3, 1, 8, 0, 12), main, "ruth", "icon", kind="system"),
		Sent(at(2026, 6, 1, 10, 0, 0), main, "neil", "", kind="deleted"),
		Sent(
			at(2026, 10, 4, 11, 11, 11),
			main,
			"imran",
			"Is it only me or is everybody's bin collection left out this week? Neighbour left hers too",
		),
		Sent(at(2025, 3, 10, 8, 0, 0), drains, None, "encryption", kind="system"),
		Sent(at(2025, 3, 10, 8, 0, 1), drains, "clerk", f"created:{drains}", kind="system"),
		Sent(at(2025, 3, 10, 8, 1, 0), drains, "clerk", "added:tom", kind="system"),
		Sent(at(2025, 3, 12, 9, 30, 12), drains, "tom", "Mill Lane culvert, looking upstream", photo="culvert"),
		Sent(
			at(2025, 3, 12, 9, 41, 50),
			drains,
			"clerk",
			"Mrs Hartley at 14 Mill Lane has agreed we can go through her garden, ring first: 07700 900142",
		),
		Sent(at(2025, 3, 12, 9, 42, 30), drains, "tom", "Will do"),
		Sent(at(2025, 4, 2, 8, 0, 0), events, None, "encryption", kind="system"),
		Sent(at(2025, 4, 2, 8, 0, 1), events, "dilys", f"created:{events}", kind="system"),
		Sent(at(2025, 4, 2, 8, 2, 0), events, "dilys", "added:gwen", kind="system"),
	]


class Writer:
	"""Writes one group as one handset exports it."""

	def __init__(self, handset: Handset, story: dict[str, Any], group: str) -> None:
		self.handset = handset
		self.group = group
		everybody = [*story["people"], *story["residents"]]
		self.names = {one["key"]: one["shown"][handset.column] for one in everybody}
		self.media: dict[str, bytes] = {}
		self.count = 0

	def export(self, sent: list[Sent]) -> bytes:
		"""Return the export as a zip."""
		lines = [self.record(one) for one in sent if one.group == self.group and one.at >= self.handset.since]
		ending = "\r\n" if self.handset.iphone else "\n"
		text = "".join(line + ending for line in lines)
		name = "_chat.txt" if self.handset.iphone else f"WhatsApp Chat with {self.group}.txt"
		buffer = io.BytesIO()
		with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
			for member, data in [(name, text.encode()), *self.media.items()]:
				archive.writestr(zipfile.ZipInfo(member, (2026, 11, 21, 9, 30, 0)), data, zipfile.ZIP_DEFLATED)
		return buffer.getvalue()

	def record(self, one: Sent) -> str:
		"""Return one record, header and body."""
		self.count += 1
		name = self.names[one.who] if one.who else None
		if self.handset.iphone:
			stamp = f"[{one.at:%d/%m/%Y}, {self._clock(one.at)}] "
			app, body = self._iphone(one)
			mark = LRM if app and one.kind != "deleted" else ""
			speaker = name or self.group
			return f"{mark}{stamp}{speaker}: {body}"
		stamp = f"{one.at:%d/%m/%Y}, {one.at:%H:%M} - "
		if one.kind == "system":
			return stamp + self._system(one, "")
		return f"{stamp}{name}: {self._android(one)}"

	def _clock(self, at: datetime) -> str:
		if not self.handset.twelve_hours:
			return f"{at:%H:%M:%S}"
		return f"{at.hour % 12 or 12}:{at:%M:%S}{NARROW}{'am' if at.hour < 12 else 'pm'}"

	def _system(self, one: Sent, ending: str) -> str:
		mine = one.who == self.handset.owner
		name = "You" if mine else self.names.get(one.who or "", "")
		if one.text == "encryption":
			words = (
				"Messages and calls are end-to-end encrypted. No one outside of this chat, "
				"not even WhatsApp, can read or listen to them."
			)
			return words if self.handset.iphone else words + " Tap to learn more."
		if one.text == "icon":
			return f"{name} changed this group's icon{ending}"
		act, _, what = one.text.partition(":")
		if act == "created":
			return f"{name} created group “{what}”" if self.handset.iphone else f'{name} created group "{what}"'
		return f"{name} {act} {'you' if what == self.handset.owner else self.names[what]}{ending}"

	def _iphone(self, one: Sent) -> tuple[bool, str]:
		if one.kind == "system":
			return True, LRM + self._system(one, "")
		if one.kind == "deleted" or one.deleted:
			words = "You deleted this message." if one.who == self.handset.owner else "This message was deleted."
			return True, LRM + words
		if one.kind == "poll":
			question, *options = one.text.split("|")
			rows = "".join(f"\r\n{LRM}OPTION: {option} ({LRM}{votes} votes)" for votes, option in enumerate(options, 2))
			return True, f"{LRM}POLL:\r\n{question}{rows}\r\n"
		if one.kind == "location":
			return True, f"{LRM}Location: https://maps.google.com/?q={one.text}"
		if one.kind == "call":
			return True, f"{LRM}Missed voice call. {LRM}Tap to call back"
		special = self._file(one)
		if special is not None:
			name, data, left_out = special
			if not self.handset.with_media or one.kind == "lost":
				return True, f"{LRM}{left_out}"
			self.media[name] = data
			title = f"{one.text} • {LRM}4 pages " if one.kind == "document" else ""
			return True, f"{title}{LRM}<attached: {name}>"
		return False, one.text + (f" {LRM}<This message was edited>" if one.edited else "")

	def _android(self, one: Sent) -> str:
		if one.kind == "deleted" or one.deleted:
			return "You deleted this message" if one.who == self.handset.owner else "This message was deleted"
		if one.kind == "poll":
			question, *options = one.text.split("|")
			rows = "".join(f"\nOPTION: {option} ({votes} votes)" for votes, option in enumerate(options, 2))
			return f"POLL:\n{question}{rows}\n"
		if one.kind == "location":
			return f"location: https://maps.google.com/?q={one.text}"
		if one.kind == "call":
			return "Missed voice call"
		special = self._file(one)
		if special is not None:
			name, data, _ = special
			if one.kind == "lost":
				return "<Media omitted>"
			self.media[name] = data
			if one.kind == "document":
				return f"{name} (file attached)\n{one.text}"
			caption = f"\n{one.text}" if one.kind == "text" and one.text else ""
			return f"{name} (file attached){caption}"
		return one.text + (" <This message was edited>" if one.edited else "")

	def _file(self, one: Sent) -> tuple[str, bytes, str] | None:
		"""Return the name of a record's file on this phone, its bytes, and what stands there without media."""
		number = len(self.media)
		if one.kind == "contact":
			name = f"{one.text}.vcf"
			return self._named(name, number), card(one.text), "Contact card omitted"
		if one.kind == "document":
			made = quotation(one.at) if one.text.endswith(".docx") else paper(one.text)
			return self._named(one.text, number), made, "document omitted"
		if one.kind == "video":
			return self._stamped(one.at, "VIDEO", "VID", ".mp4", number), VIDEO, "video omitted"
		if one.kind == "voice":
			return self._stamped(one.at, "AUDIO", "PTT", ".opus", number), b"OggS" + bytes(range(200)), "audio omitted"
		if one.photo is not None:
			return self._stamped(one.at, "PHOTO", "IMG", ".jpg", number), picture(one.photo, one.at), "image omitted"
		return None

	def _named(self, name: str, _number: int) -> str:
		return f"{self.count:08d}-{name}" if self.handset.iphone else name

	def _stamped(self, at: datetime, iphone: str, android: str, ending: str, number: int) -> str:
		if self.handset.iphone:
			return f"{self.count:08d}-{iphone}-{at:%Y-%m-%d-%H-%M-%S}{ending}"
		return f"{android}-{at:%Y%m%d}-WA{number:04d}{ending}"


def card(name: str) -> bytes:
	"""Return a contact card."""
	return f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;type=CELL:+44 7700 900177\r\nEND:VCARD\r\n".encode()


def paper(title: str) -> bytes:
	"""Return a one-page PDF with a title on it."""
	from reportlab.pdfgen.canvas import Canvas

	buffer = io.BytesIO()
	page = Canvas(buffer, invariant=1)
	page.setTitle(title)
	page.drawString(72, 760, f"{title} (a practice document: nothing in it is real)")
	for place, line in enumerate(FINDINGS):
		page.drawString(72, 724 - 16 * place, line)
	page.save()
	return buffer.getvalue()


def quotation(at: datetime) -> bytes:
	"""Return a Word file of one page."""
	wording = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	package = "http://schemas.openxmlformats.org/package/2006"
	document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
	lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in OFFER)
	head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
	parts = {
		"[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default Extension="rels" '
		'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
		f'<Override PartName="/word/document.xml" ContentType="{document}"/></Types>',
		"_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
		f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
		"word/document.xml": f'{head}<w:document xmlns:w="{wording}"><w:body>{lines}</w:body></w:document>',
	}
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, words in parts.items():
			archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), words, zipfile.ZIP_DEFLATED)
	return buffer.getvalue()


FINDINGS = (
	"The pipe below number 14 was looked at with a camera from both ends.",
	"A brick arch of about 1880 has dropped; roots fill a third of the opening.",
	"Recommended: relining over nine metres and a new headwall.",
)
OFFER = (
	"Quotation for the basket swing at the recreation ground (a practice document: nothing in it is real)",
	"Two galvanised chains and shackles, fitted: £412.50",
	"Rubber surfacing below it, four square metres: £690.00",
)
VIDEO = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(200)

SCENES = {
	"flood": ((120, 140, 160), (92, 104, 112), (150, 175, 190)),
	"gully": ((150, 150, 140), (80, 76, 70), (60, 50, 40)),
	"bend": ((140, 150, 165), (88, 92, 96), (130, 150, 160)),
	"pump": ((70, 80, 100), (60, 64, 70), (200, 60, 50)),
	"digger": ((170, 195, 220), (120, 100, 70), (230, 180, 40)),
	"culvert": ((110, 130, 110), (90, 80, 70), (40, 44, 48)),
	"eggs": ((200, 225, 240), (120, 170, 90), (240, 130, 170)),
	"fete": ((150, 200, 235), (110, 165, 90), (220, 70, 70)),
	"bin": ((180, 195, 205), (140, 140, 135), (50, 110, 70)),
	"grass": ((165, 205, 235), (95, 150, 70), (70, 120, 50)),
	"swing": ((185, 210, 225), (150, 140, 110), (200, 80, 60)),
	"tree": ((160, 180, 190), (110, 120, 80), (85, 60, 40)),
	"litter": ((190, 200, 205), (120, 130, 100), (70, 80, 160)),
	"lights": ((25, 30, 60), (40, 40, 50), (250, 210, 90)),
}


def picture(scene: str, at: datetime) -> bytes:
	"""Draw a small photo of a scene; its EXIF says camera, time and a place in the sea, as phones do."""
	chance = random.Random(f"{scene} {at}")
	sky, ground, thing = SCENES[scene]
	image = Image.new("RGB", (800, 600), sky)
	draw = ImageDraw.Draw(image)
	horizon = chance.randint(240, 330)
	draw.rectangle((0, horizon, 800, 600), fill=ground)
	for _ in range(5):
		x = chance.randint(-60, 760)
		high = chance.randint(50, 150)
		draw.rectangle(
			(x, horizon - high, x + chance.randint(60, 130), horizon), fill=_shade(ground, chance.randint(-28, 40))
		)
		draw.polygon(
			[(x - 10, horizon - high), (x + 55, horizon - high - 40), (x + 120, horizon - high)],
			fill=_shade(thing, -30),
		)
	draw.polygon([(330, horizon), (470, horizon), (690, 600), (90, 600)], fill=_shade(ground, -24))
	for _ in range(4):
		x, y = chance.randint(160, 560), chance.randint(horizon + 40, 520)
		wide, high = chance.randint(60, 200), chance.randint(26, 90)
		draw.ellipse((x, y, x + wide, y + high), fill=_shade(thing, chance.randint(-20, 20)))
	image = image.filter(ImageFilter.GaussianBlur(1.2))
	exif = Image.Exif()
	exif[0x010F], exif[0x0110], exif[0x0132] = "Practice", "Phone 7", at.strftime("%Y:%m:%d %H:%M:%S")
	place = exif.get_ifd(0x8825)
	place[1], place[2], place[3], place[4] = "N", (53.0, 6.0, 0.0), "E", (2.0, 12.0, 0.0)
	buffer = io.BytesIO()
	image.save(buffer, "JPEG", quality=68, exif=exif)
	return buffer.getvalue()


def _shade(colour: tuple[int, int, int], by: int) -> tuple[int, int, int]:
	return tuple(max(0, min(255, part + by)) for part in colour)  # type: ignore[return-value]


def exports(story: dict[str, Any]) -> Iterator[tuple[Path, bytes]]:
	"""Yield every export: its path below this folder, and its bytes."""
	sent = told(story)
	main, drains, events = (story["council"][key] for key in ("main_group", "drainage_group", "events_group"))
	for handset, groups in zip(HANDSETS, ((main,), (main, drains), (main, events)), strict=True):
		for group in groups:
			own = handset if group == main else replace(handset, with_media=True, since=datetime(2019, 1, 1))
			form = "WhatsApp Chat - {}.zip" if handset.iphone else "WhatsApp Chat with {}.zip"
			yield Path("exports", handset.folder, form.format(group)), Writer(own, story, group).export(sent)


def main() -> None:
	"""Write the exports beside this script."""
	story = tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))
	for path, data in exports(story):
		(HERE / path).parent.mkdir(parents=True, exist_ok=True)
		(HERE / path).write_bytes(data)


if __name__ == "__main__":
	main()
