"""Harsh invented stories: what a group sent, and the export files that its members' phones write of it.

	story = tell(seed)     what was sent, and a handful of exports: bytes of files, and which sending each record is
	written.shown          what each record of a file shows, for saying what a reader can know

The files are written here from the description of the format, not with the project's writer: several dialects,
languages, names, caps, join dates, deletions, edits, late senders, clocks abroad. Independent of the code that merges.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

LRM = "\u200e"
APP = -1
"""Author of a line of the app."""
_FULL = (
	"Ann Example",
	"Bob Fielding",
	"Carol Hedge",
	"Dave Stile",
	"Eve Brook",
	"Frank Lane",
	"Susan Hartley",
	"Susan Pugh",
	"Tom Okafor",
	"Gwen Mill",
)
_SHORT = ("ok", "Ok", "yes", "no", "1", "Thanks", "👍", "see you", "ok ok", "Noted", "", "?")
_WORDS = (
	"hedge hall meeting tuesday budget precept allotment gate ditch footpath bus shelter clerk agenda minutes lamp "
	"bench green pond church corner grass cutting quote contractor planning letter reply field sign repair paint"
).split()
_MEDIA = ("image", "image", "video", "audio", "sticker", "document")
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
		("en", "%d/%m/%Y, %H:%M - "),
		("en", "%d/%m/%Y, %-I:%M\u202f%p - "),
		("en", "%-m/%-d/%y, %-I:%M %p - "),
		("en", "%Y-%m-%d %H:%M - "),
		("de", "%d.%m.%y, %H:%M - "),
	),
	"iphone": (
		("en", "[%d/%m/%Y, %H:%M:%S] "),
		("en", "[%d/%m/%Y, %-I:%M:%S\u202f%p] "),
		("en", "[%-m/%-d/%y, %-I:%M:%S %p] "),
		("de", "[%d.%m.%y, %H:%M:%S] "),
	),
}


@dataclass(frozen=True)
class Sent:
	"""What was sent, or done, once."""

	number: int
	at: datetime
	author: int
	kind: str
	"""text, file, poll, place or line."""
	text: str = ""
	medium: str = ""
	late: timedelta = timedelta()
	"""Its sender was offline: by how much later it reached the others."""
	deleted_at: datetime | None = None
	edited_at: datetime | None = None
	edited: str = ""
	event: str = ""
	cast: tuple[int, ...] = ()

	@property
	def data(self) -> bytes:
		"""Return the bytes of its file."""
		return f"file {self.number}".encode()


@dataclass(frozen=True)
class Phone:
	"""A member's phone."""

	number: int
	owner: int
	platform: str
	names: tuple[str, ...]
	"""What it calls each person."""
	joined: datetime
	left: datetime
	abroad: timedelta
	hidden: frozenset[int]
	later: dict[int, timedelta]
	swapped: frozenset[int]
	bare: frozenset[int]
	unloaded: frozenset[int]


@dataclass(frozen=True)
class Shown:
	"""One record of an export."""

	sent: int
	at: datetime
	"""As written, less what the phone is ahead because it is abroad."""
	name: str | None
	look: str
	"""text, file, gone, poll, place or line."""
	words: str = ""
	text: str = ""
	"""Of a message that was not edited: every character of it."""
	medium: str = ""
	"""Of a file; "" where the phone does not say which."""
	digest: str = ""
	edited: bool = False
	event: str = ""
	cast: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
	"""An export file."""

	phone: Phone
	name: str
	data: bytes
	shown: tuple[Shown, ...]
	places: dict[int, int] = field(default_factory=dict)
	"""Sending → its record."""


@dataclass(frozen=True)
class Story:
	"""What was sent, and its exports."""

	sent: tuple[Sent, ...]
	exports: tuple[Written, ...]
	people: int


@dataclass(frozen=True)
class _Mood:
	"""How a story goes: drawn anew for each."""

	messages: int
	people: int
	short: float
	burst: float
	again: float
	files: float
	lines: float
	crowd: float
	late: float
	deleted: float
	edited: float
	hidden: float
	later: float
	swaps: float
	caps: float
	joins: float
	abroad: float
	numbers: float
	one_name: float
	iphones: float
	media: float


def _mood(random: Random) -> _Mood:
	def some(chance: float, low: float, high: float) -> float:
		return random.uniform(low, high) if random.random() < chance else 0.0

	return _Mood(
		messages=random.choice((5, 10, 20, 40, 70)),
		people=random.randint(2, len(_FULL)),
		short=random.choice((0.1, 0.4, 0.7, 0.95)),
		burst=random.choice((0.2, 0.5, 0.8)),
		again=some(0.5, 0.05, 0.3),
		files=some(0.6, 0.05, 0.4),
		lines=some(0.5, 0.02, 0.1),
		crowd=some(0.3, 0.02, 0.1),
		late=some(0.4, 0.02, 0.15),
		deleted=some(0.6, 0.02, 0.15),
		edited=some(0.6, 0.02, 0.15),
		hidden=some(0.6, 0.02, 0.15),
		later=random.choice((0.0, 0.2, 0.6)),
		swaps=random.choice((0.0, 0.1, 0.3)),
		caps=some(0.4, 0.2, 0.8),
		joins=some(0.5, 0.2, 0.6),
		abroad=some(0.3, 1.0, 1.0),
		numbers=random.choice((0.0, 0.3, 0.7)),
		one_name=some(0.3, 0.3, 1.0),
		iphones=random.choice((0.0, 0.3, 0.6, 1.0)),
		media=random.choice((0.0, 0.5, 1.0)),
	)


def tell(seed: int) -> Story:
	"""Tell the story of a seed: always the same."""
	random = Random(seed)  # noqa: S311  a seeded generator tells the same story every time
	mood = _mood(random)
	sent = _history(random, mood)
	exports: dict[bytes, Written] = {}
	for phone in _phones(random, mood, sent):
		renamed = phone
		for at in _moments(random, sent):
			for one in (_export(random, mood, sent, renamed, at),):
				if one.shown:
					exports.setdefault(one.data, one)
			renamed = _renamed(random, renamed)
	return Story(tuple(sent), tuple(exports.values()), mood.people)


# What was sent


def _history(random: Random, mood: _Mood) -> list[Sent]:
	at = datetime(2024, 3, 14, random.randint(0, 23), random.randint(0, 59), random.randint(0, 59))
	people = range(mood.people)
	author = 0
	sent: list[Sent] = []
	while len(sent) < mood.messages and at.day < 28:
		if sent:
			at += _pause(random, mood)
		author = author if random.random() < 0.4 else random.choice(people)
		if random.random() < mood.crowd:
			actor, event = random.choice(people), random.choice(("added", "removed", "added"))
			for other in random.sample(people, random.randint(1, min(4, mood.people))):
				if other != actor:
					sent.append(Sent(len(sent), at, APP, "line", event=event, cast=(actor, other)))
					at += timedelta(seconds=random.choice((0, 1, 2, 5, 15)))
			continue
		sent.append(_one(random, mood, len(sent), at, author, sent))
	return sent


def _pause(random: Random, mood: _Mood) -> timedelta:
	if random.random() < mood.burst:
		return timedelta(seconds=random.choice((0, 1, 5, 20, 40, 70, 100)))
	return timedelta(minutes=random.choice((2, 3, 5, 10, 45, 300)), seconds=random.randint(0, 59))


def _one(random: Random, mood: _Mood, number: int, at: datetime, author: int, before: Sequence[Sent]) -> Sent:
	dice = random.random()
	if dice < mood.lines:
		event = random.choice(("left", "joined", "icon", "subject"))
		return Sent(number, at, APP, "line", f"Plan {number}", event=event, cast=(author,))
	late = timedelta()
	if random.random() < mood.late:
		late = timedelta(seconds=random.choice((200, 400, 1500, 4000, 20000, 60000)) * random.uniform(0.8, 1.2))
	gone = at + late + _after(random, (1, 30, 3000)) if random.random() < mood.deleted else None
	one = Sent(number, at, author, "text", late=late, deleted_at=gone)
	dice = random.random()
	if dice < mood.files:
		medium = random.choice(_MEDIA)
		caption = _say(random, mood) if medium == "image" and random.random() < 0.3 else ""
		return replace(one, kind="file", medium=medium, text=caption)
	if dice < mood.files + 0.03:
		return replace(
			one, kind="poll", text=f"{_say(random, mood).partition(chr(10))[0].strip()}?\nMonday\nDay {number}"
		)
	if dice < mood.files + 0.05:
		return replace(one, kind="place", text=f"https://maps.google.com/?q=51.{number:04d}1,-0.12")
	text = _say(random, mood)
	earlier = [other.text for other in before[-6:] if other.kind == "text"]
	if earlier and random.random() < mood.again:
		text = random.choice(earlier)
	one = replace(one, text=text)
	if gone is None and len(text) > 3 and random.random() < mood.edited:
		words = text.split(" ")
		words[random.randrange(len(words))] = random.choice(_WORDS)
		if random.random() < 0.2:
			words = [_say(random, mood)]
		one = replace(one, edited_at=at + late + _after(random, (1, 10, 500)), edited=" ".join(words))
	return one


def _after(random: Random, minutes: Sequence[int]) -> timedelta:
	return timedelta(minutes=random.choice(minutes), seconds=random.randint(0, 59))


def _say(random: Random, mood: _Mood) -> str:
	if random.random() < mood.short:
		return random.choice(_SHORT)
	text = " ".join(random.choice(_WORDS) for _ in range(random.randint(2, 9)))
	if random.random() < 0.1:
		text += "\n\n" + " ".join(random.choice(_WORDS) for _ in range(4))
	return text + (" " if random.random() < 0.1 else "")


# Phones


def _phones(random: Random, mood: _Mood, sent: Sequence[Sent]) -> list[Phone]:
	count = random.choice((2, 2, 3, 3, 4, 5))
	owners = random.sample(range(mood.people), min(count, mood.people))
	traveller = random.choice(owners) if mood.abroad else None
	begin, end = sent[0].at, sent[-1].at
	phones = []
	for number, owner in enumerate(owners):
		joined, left = begin - timedelta(days=1), end + timedelta(days=30)
		if random.random() < mood.joins:
			joined = _joining(random, owner, sent)
		if random.random() < mood.joins / 3:
			left = begin + (end - begin) * random.random()
		phones.append(
			Phone(
				number,
				owner,
				"iphone" if random.random() < mood.iphones else "android",
				_names(random, mood, owner),
				joined,
				left,
				timedelta(hours=random.choice((-8, -5, 1, 2, 8))) if owner == traveller else timedelta(),
				frozenset(one.number for one in sent if random.random() < mood.hidden),
				{
					one.number: timedelta(seconds=random.randint(1, 119))
					for one in sent
					if random.random() < mood.later and one.author not in (APP, owner)
				},
				frozenset(one.number for one in sent if random.random() < mood.swaps),
				frozenset(one.number for one in sent if random.random() < 0.3),
				frozenset(one.number for one in sent if random.random() < 0.3),
			)
		)
	return phones


def _joining(random: Random, owner: int, sent: Sequence[Sent]) -> datetime:
	"""Return when somebody came: with a line that says so, if there is one."""
	lines = [one.at for one in sent if one.event == "added" and one.cast[-1] == owner]
	if lines:
		return random.choice(lines)
	return sent[0].at + (sent[-1].at - sent[0].at) * random.random() * 0.8


def _names(random: Random, mood: _Mood, owner: int) -> tuple[str, ...]:
	names = []
	for index, full in enumerate(_FULL[: mood.people]):
		dice = random.random()
		if index == owner:
			names.append(full)
		elif full.startswith("Susan") and random.random() < mood.one_name:
			names.append("Susan")
		elif dice < mood.numbers:
			names.append(f"+44 7700 9001{index:02d}")
		elif dice < mood.numbers + 0.3:
			names.append(f"{full.split()[0]} {random.choice(('(council)', 'PC', 'Work', full.split()[1][0]))}")
		else:
			names.append(full)
	return tuple(names)


def _renamed(random: Random, phone: Phone) -> Phone:
	"""Return a phone after some months: a contact was renamed, perhaps."""
	names = list(phone.names)
	other = random.randrange(len(names))
	if other != phone.owner and random.random() < 0.3 and "Susan" not in names[other]:
		names[other] = f"{_FULL[other].split()[0]} (new)"
	return replace(phone, names=tuple(names))


def _moments(random: Random, sent: Sequence[Sent]) -> list[datetime]:
	begin, end = sent[0].at, sent[-1].at
	moments = [end + timedelta(days=random.choice((1, 1, 1, 5)))]
	if random.random() < 0.3:
		moments.append(begin + (end - begin) * random.uniform(0.3, 1))
	if random.random() < 0.15:
		moments = [begin + (end - begin) * random.uniform(0.3, 1)]
	return sorted(moments)


# Files


def _export(random: Random, mood: _Mood, sent: Sequence[Sent], phone: Phone, at: datetime) -> Written:
	"""Write what a phone exports at a moment."""
	tongue, header = random.choice(_DIALECTS[phone.platform])
	with_media = random.random() < mood.media

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
	if random.random() < mood.caps:
		order = order[-random.randint(2, len(sent)) :]
	pen = _Pen(phone, tongue, at, with_media)
	text, shown = "", []
	for one in order:
		when = place(one) + phone.later.get(one.number, timedelta())
		body, look = pen.record(one, when)
		mark = LRM if phone.platform == "iphone" and (LRM in body[:1]) else ""
		written = (when + phone.abroad).strftime(header)
		name = f"{look.name}: " if look.name is not None else ""
		end = "\r\n" if phone.platform == "iphone" else "\n"
		text += f"{mark}{written}{name}{body}{end}"
		shown.append(look)
	places = {look.sent: number for number, look in enumerate(shown)}
	if not pen.files:
		return Written(phone, "WhatsApp Chat with Hall.txt", text.encode(), tuple(shown), places)
	packed = io.BytesIO()
	with zipfile.ZipFile(packed, "w") as archive:
		archive.writestr("_chat.txt" if phone.platform == "iphone" else "WhatsApp Chat with Hall.txt", text)
		for file_name, data in pen.files.items():
			archive.writestr(zipfile.ZipInfo(file_name), data)
	return Written(phone, "WhatsApp Chat with Hall.zip", packed.getvalue(), tuple(shown), places)


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
