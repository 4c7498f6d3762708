"""The export files of a harsh story, written from the description of the format, not with the project's writer.

	story = tell(seed)     what was sent, and a handful of exports: bytes of files, and which sending each record is
	written.shown          what each record of a file shows, for saying what a reader can know

Several dialects, languages, names, caps, join dates, deletions, edits, late senders, clocks abroad.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from .harsh_phones import (
	APP,
	LRM,
	Mood,
	Phone,
	Sent,
	Shown,
	Story,
	Written,
	history,
	moments,
	new_mood,
	phones,
	renamed,
)

_EXTENSIONS = {"image": "jpg", "video": "mp4", "audio": "opus", "sticker": "webp", "document": "pdf"}
_ANDROID = {"image": "IMG", "video": "VID", "audio": "PTT", "sticker": "STK"}
_IPHONE = {"image": "PHOTO", "video": "VIDEO", "audio": "AUDIO", "sticker": "STICKER"}

_TONGUES = {
	"en": {
		"added": "{0} added {1}",
		"removed": "{0} removed {1}",
		"left": "{0} left",
		"joined": "{0} joined using this group's invite link",
		"icon": "{0} changed this group's icon",
		"subject": "{0} changed the subject to “{q}”",
		"you": "you",
		"deleted": "This message was deleted",
		"own": "You deleted this message",
		"edited": "This message was edited",
		"attached": "file attached",
		"here": "attached",
		"omitted": "Media omitted",
		"image": "image omitted",
		"video": "video omitted",
		"audio": "audio omitted",
		"sticker": "sticker omitted",
		"document": "document omitted",
	},
	"de": {
		"added": "{0} hat {1} hinzugefügt",
		"removed": "{0} hat {1} entfernt",
		"left": "{0} hat die Gruppe verlassen",
		"joined": "{0} ist der Gruppe mittels Einladungslink beigetreten",
		"icon": "{0} hat das Gruppenbild geändert",
		"subject": "{0} hat den Gruppennamen zu „{q}“ geändert",
		"you": "dich",
		"deleted": "Diese Nachricht wurde gelöscht",
		"own": "Du hast diese Nachricht gelöscht",
		"edited": "Diese Nachricht wurde bearbeitet",
		"attached": "Datei angehängt",
		"here": "Anhang",
		"omitted": "Medien ausgeschlossen",
		"image": "Bild weggelassen",
		"video": "Video weggelassen",
		"audio": "Audio weggelassen",
		"sticker": "Sticker weggelassen",
		"document": "Dokument weggelassen",
	},
}
_DIALECTS = {
	"android": (
		("en", "{0.day:02d}/{0.month:02d}/{0.year}, {0.hour:02d}:{0.minute:02d} - "),
		("en", "{0.day:02d}/{0.month:02d}/{0.year}, {hour}:{0.minute:02d}\u202f{half} - "),
		("en", "{0.month}/{0.day}/{year:02d}, {hour}:{0.minute:02d} {half} - "),
		("en", "{0.year}-{0.month:02d}-{0.day:02d} {0.hour:02d}:{0.minute:02d} - "),
		("de", "{0.day:02d}.{0.month:02d}.{year:02d}, {0.hour:02d}:{0.minute:02d} - "),
	),
	"iphone": (
		("en", "[{0.day:02d}/{0.month:02d}/{0.year}, {0.hour:02d}:{0.minute:02d}:{0.second:02d}] "),
		("en", "[{0.day:02d}/{0.month:02d}/{0.year}, {hour}:{0.minute:02d}:{0.second:02d}\u202f{half}] "),
		("en", "[{0.month}/{0.day}/{year:02d}, {hour}:{0.minute:02d}:{0.second:02d} {half}] "),
		("de", "[{0.day:02d}.{0.month:02d}.{year:02d}, {0.hour:02d}:{0.minute:02d}:{0.second:02d}] "),
	),
}


def tell(seed: int) -> Story:
	"""Tell the story of a seed: always the same."""
	random = Random(seed)  # noqa: S311  a seeded generator tells the same story every time
	how = new_mood(random)
	sent = history(random, how)
	exports: dict[bytes, Written] = {}
	for phone in phones(random, how, sent):
		now = phone
		for at in moments(random, sent):
			one = _export(random, how, sent, now, at)
			if one.shown:
				exports.setdefault(one.data, one)
			now = renamed(random, now)
	return Story(tuple(sent), tuple(exports.values()))


def _export(random: Random, how: Mood, sent: Sequence[Sent], phone: Phone, at: datetime) -> Written:
	"""Write what a phone exports at a moment."""
	tongue, header = random.choice(_DIALECTS[phone.platform])
	with_media = random.random() < how.media

	def place(one: Sent) -> datetime:
		return one.at if one.author == phone.owner else one.at + one.late

	order = [
		one
		for one in sorted(sent, key=lambda one: (place(one), one.number))
		if phone.joined <= place(one) <= min(at, phone.left) and one.number not in phone.hidden
	]
	for index in range(len(order) - 1):
		one, two = order[index], order[index + 1]
		if one.number in phone.swapped and place(two) - place(one) < timedelta(minutes=1):
			order[index], order[index + 1] = two, one
	if random.random() < how.caps:
		order = order[-random.randint(2, len(sent)) :]
	pen = _Pen(phone, tongue, at, with_media)
	text, shown = "", []
	for one in order:
		when = place(one) + phone.later.get(one.number, timedelta())
		body, look = pen.record(one, when)
		mark = LRM if phone.platform == "iphone" and (LRM in body[:1]) else ""
		written = _headed(header, when + phone.abroad)
		name = f"{look.name}: " if look.name is not None else ""
		end = "\r\n" if phone.platform == "iphone" else "\n"
		text += f"{mark}{written}{name}{body}{end}"
		shown.append(look)
	places = {look.sent: number for number, look in enumerate(shown)}
	if not pen.files:
		return Written(phone, "WhatsApp Chat with Hall.txt", text.encode(), tuple(shown), places)
	packed = io.BytesIO()
	with zipfile.ZipFile(packed, "w") as archive:
		# Without the time at which this runs: of two exports that end together the digest says which comes first.
		chat = "_chat.txt" if phone.platform == "iphone" else "WhatsApp Chat with Hall.txt"
		archive.writestr(zipfile.ZipInfo(chat), text)
		for file_name, data in pen.files.items():
			archive.writestr(zipfile.ZipInfo(file_name), data)
	return Written(phone, "WhatsApp Chat with Hall.zip", packed.getvalue(), tuple(shown), places)


def _headed(header: str, at: datetime) -> str:
	return header.format(at, year=at.year % 100, hour=at.hour % 12 or 12, half="PM" if at.hour >= 12 else "AM")


class _Pen:
	"""Writes the bodies of one export."""

	def __init__(self, phone: Phone, tongue: str, at: datetime, with_media: bool) -> None:
		self.phone, self.tongue, self.at, self.with_media = phone, tongue, at, with_media
		self.words = _TONGUES[tongue]
		self.iphone = phone.platform == "iphone"
		self.mark = LRM if self.iphone else ""
		self.files: dict[str, bytes] = {}

	def record(self, one: Sent, at: datetime) -> tuple[str, Shown]:
		"""Return the body of a record, and what it shows."""
		shown_at = at if self.iphone else at.replace(second=0)
		base = Shown(one.number, shown_at, self.phone.names[one.author] if one.author != APP else None, one.kind)
		if one.kind == "line":
			return self._line(one, base)
		if one.deleted_at is not None and one.deleted_at <= self.at:
			own = one.author == self.phone.owner
			return f"{self.mark}{self.words['own' if own else 'deleted']}{'.' if self.iphone else ''}", replace(
				base, look="gone"
			)
		text = one.text.rstrip(" ") if one.number in self.phone.bare else one.text
		if one.kind == "file":
			return self._file(one, base, text)
		if one.kind == "poll":
			question, *options = text.split("\n")
			lines = [f"{self.mark}OPTION: {option} ({self.mark}{one.number % 3} votes)" for option in options]
			return "\n".join((f"{self.mark}POLL:", question, *lines)), replace(base, words=text)
		if one.kind == "place":
			return f"{self.mark}{'Location' if self.iphone else 'location'}: {text}", replace(base, words=text)
		if one.edited_at is not None and one.edited_at <= self.at:
			return f"{one.edited} {self.mark}<{self.words['edited']}>", replace(
				base, words=one.edited.strip(), edited=True
			)
		return text, replace(base, words=text.strip(), text=text)

	def _line(self, one: Sent, base: Shown) -> tuple[str, Shown]:
		cast = tuple("You" if who == self.phone.owner else self.phone.names[who] for who in one.cast)
		names = list(cast)
		if names[-1] == "You" and len(names) > 1:
			names[-1] = self.words["you"]
		line = self.words[one.event].format(*names, q=one.text)
		if names[0] == "You" and self.tongue == "de":
			line = line.replace("You hat", "Du hast").replace("You ist", "Du bist")
		shown = replace(base, words=one.text if one.event == "subject" else "", event=one.event, cast=cast)
		if self.iphone and cast[0] != "You":
			return f"{LRM}{line}", replace(shown, name=cast[0])
		return f"{self.mark}{line}", shown

	def _file(self, one: Sent, base: Shown, caption: str) -> tuple[str, Shown]:
		extension = _EXTENSIONS[one.medium]
		below = f"\n{caption}" if caption and not self.iphone else ""
		base = replace(base, words=below.strip())
		if not self.with_media or one.number in self.phone.unloaded:
			if self.iphone:
				return f"{LRM}{self.words[one.medium]}", replace(base, medium=one.medium)
			return f"<{self.words['omitted']}>{below}", base
		if one.medium == "document":
			name = f"{one.number:08d}-Agenda.pdf" if self.iphone else "Agenda.pdf" if one.number % 2 else "Minutes.pdf"
			if name in self.files:
				name = f"Agenda {one.number}.pdf"
		elif self.iphone:
			name = f"{one.number:08d}-{_IPHONE[one.medium]}-{one.at:%Y-%m-%d-%H-%M-%S}.{extension}"
		else:
			number = (one.number * 7 + self.phone.number * 3) % 10000
			name = f"{_ANDROID[one.medium]}-{one.at:%Y%m%d}-WA{number:04d}.{extension}"
		self.files[name] = one.data
		shown = replace(base, medium=one.medium, digest=hashlib.sha256(one.data).hexdigest())
		if self.iphone:
			return f"{LRM}<{self.words['here']}: {name}>", shown
		return f"{name} ({self.words['attached']}){below}", shown
