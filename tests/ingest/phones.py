"""Invented histories of a group, and what several phones' exports show of them: as records, each with a hidden number.

	history = write_history(random, Shape())          what was really sent
	phones = own_phones(random, history, Shape())     who carries which phone
	view = export(random, history, phone, at)         what that phone's export of that moment shows

Independent of the code that merges: nothing of it is used here.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Literal

from cranford_desktop.domain.messages import Record

Platform = Literal["android", "iphone"]
_QUIET = timedelta(minutes=10)
_DAY = timedelta(days=1)
START = datetime(2024, 3, 13, 19, 0)
LRM = "\u200e"
PEOPLE = ("Ann Example", "Bob Fielding", "Carol Hedge", "Dave Stile", "Eve Brook", "Frank Lane")
SHORT = ("ok", "Ok", "yes", "no", "1", "Thanks", "👍", "see you", "ok ok", "Noted")
WORDS = (
	"hedge hall meeting tuesday budget precept allotment gate ditch footpath bus shelter clerk agenda minutes lamp "
	"bench green pond church corner grass cutting quote contractor planning letter reply field sign repair paint"
).split()


@dataclass(frozen=True)
class Shape:
	"""How a history and its phones are made."""

	messages: int = 30
	people: int = 4
	phones: int = 3
	exports: int = 1
	"""Of each phone, months apart."""
	short: float = 0.4
	"""Share of texts that anybody says at any time."""
	burst: float = 0.6
	"""Chance that the next message comes within the same minute or the next."""
	media: float = 0.12
	polls: float = 0.03
	lines: float = 0.05
	deletions: float = 0.05
	edits: float = 0.05
	hidden: float = 0.05
	"""Chance that a phone's owner deleted a message for herself."""
	jitter: int = 2
	"""Most minutes by which a phone shows a message later than it was sent."""
	jittered: float = 0.3
	swaps: float = 0.1
	numbers: float = 0.3
	"""Chance that a phone shows a number for a person."""
	nicknames: float = 0.4
	joins: float = 0.3
	caps: float = 0.2
	abroad: float = 0.15
	iphones: float = 0.4
	lost_spaces: float = 0.2
	texts: Sequence[str] = ()
	"""Says only these."""
	decidable: bool = True
	"""Nothing happens that no reader could tell apart: where a phone begins or ends among repeats, say."""


@dataclass(frozen=True)
class Truth:
	"""What was sent once."""

	number: int
	at: datetime
	author: str | None
	kind: str
	text: str | None = None
	medium: str | None = None
	data: str | None = None
	deleted_at: datetime | None = None
	edited_at: datetime | None = None
	edited_text: str | None = None
	options: tuple[str, ...] = ()
	event: str | None = None
	named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carried:
	"""A member's phone."""

	number: int
	platform: Platform
	owner: str
	names: Mapping[str, str]
	joined: datetime
	cap: int | None
	shift: timedelta
	hidden: frozenset[int]
	late: Mapping[int, timedelta] = field(default_factory=dict)
	"""Message → by how much this phone shows it later."""
	swapped: frozenset[int] = frozenset()
	"""Messages that this phone shows after the next one."""
	bare: frozenset[int] = frozenset()
	"""Messages whose trailing spaces this phone loses."""
	lacking: frozenset[int] = frozenset()
	"""Media that were never loaded on this phone."""


@dataclass(frozen=True)
class View:
	"""One export, as records, with the number of the true message behind each."""

	phone: Carried
	records: tuple[Record, ...]
	digests: Mapping[int, str]
	truths: tuple[int, ...]
	sha256: str

	@property
	def last(self) -> datetime:
		return max(record.sent_at for record in self.records)


def _say(random: Random, shape: Shape) -> str:
	if shape.texts:
		return random.choice(shape.texts)
	if random.random() < shape.short:
		return random.choice(SHORT)
	text = " ".join(random.choice(WORDS) for _ in range(random.randint(3, 9)))
	if random.random() < 0.1:
		text += "\n\n" + " ".join(random.choice(WORDS) for _ in range(4))
	if random.random() < 0.1:
		text += " "
	return text


def write_history(random: Random, shape: Shape) -> list[Truth]:
	"""Write what was sent."""
	people = PEOPLE[: shape.people]
	at = START
	history: list[Truth] = []
	last: Truth | None = None
	author = people[0]
	for number in range(shape.messages):
		if number:
			if random.random() < shape.burst:
				at += timedelta(seconds=random.choice((0, 1, 5, 20, 40, 70)))
			else:
				at += timedelta(minutes=random.choice((3, 10, 45, 300, 1440)), seconds=random.randint(0, 59))
		author = author if random.random() < 0.4 else random.choice(people)
		dice = random.random()
		if dice < shape.lines:
			history.append(_line(random, number, at, people))
			continue
		dice -= shape.lines
		if dice < shape.media:
			medium = random.choice(("image", "image", "video", "audio", "sticker", "document"))
			caption = _say(random, shape) if medium == "image" and random.random() < 0.3 else None
			data = hashlib.sha256(f"{number}".encode()).hexdigest()
			one = Truth(number, at, author, "media", caption, medium, data)
		elif dice < shape.media + shape.polls:
			one = Truth(number, at, author, "poll", f"{_say(random, shape)}?", options=("Monday", f"Day {number}"))
		else:
			text = _say(random, shape)
			if last is not None and last.kind == "message" and random.random() < 0.08:
				text = last.text or text
			one = Truth(number, at, author, "message", text)
		if random.random() < shape.deletions:
			one = _changed(one, deleted_at=at + timedelta(minutes=random.choice((1, 30, 5000, 30000))))
		elif one.kind == "message" and random.random() < shape.edits:
			words = (one.text or "").split(" ")
			if shape.decidable and len(words) < 4:
				last = one
				history.append(one)
				continue
			words[random.randrange(len(words))] = random.choice(WORDS)
			one = _changed(one, edited_at=at + timedelta(minutes=random.choice((1, 10))), edited_text=" ".join(words))
		last = one
		history.append(one)
	return history


def has_neighbour(history: Sequence[Truth], one: Truth) -> bool:
	"""Say whether its author sent something else within minutes, or the same on that day: one might be taken for the
	other.
	"""
	return any(
		other.number != one.number
		and other.author == one.author
		and (abs(other.at - one.at) < _QUIET or (other.text == one.text and abs(other.at - one.at) < _DAY))
		for other in history
	)


def _moment(random: Random, history: Sequence[Truth], shape: Shape, most: float = 1.0) -> datetime:
	"""Return a moment inside a history; one at which nobody had written for a while, where that matters."""
	at = START + (history[-1].at - START) * random.random() * most
	if not shape.decidable:
		return at
	later = [one.at for one in history if one.at > at]
	for one, two in pairwise([at, *later]):
		if two - one > 2 * _QUIET:
			return one + _QUIET
	return history[-1].at + _QUIET


def _changed(one: Truth, **changes: object) -> Truth:
	return Truth(**{**one.__dict__, **changes})  # type: ignore[arg-type]


def _line(random: Random, number: int, at: datetime, people: Sequence[str]) -> Truth:
	actor, other = random.choice(people), random.choice(people)
	event = random.choice(("left", "added", "subject", "icon", "joined"))
	if event == "subject":
		return Truth(
			number,
			at,
			None,
			"system",
			f"{{0}} changed the subject to “Plan {number}”",
			None,
			None,
			event=event,
			named=(actor,),
		)
	text = {
		"left": "{0} left",
		"joined": "{0} joined using this group's invite link",
		"added": "{0} added {1}",
		"icon": "{0} changed this group's icon",
	}[event]
	return Truth(number, at, None, "system", text, event=event, named=(actor, other) if event == "added" else (actor,))


def own_phones(random: Random, history: Sequence[Truth], shape: Shape) -> list[Carried]:
	"""Give members phones."""
	people = PEOPLE[: shape.people]
	phones = []
	for number in range(shape.phones):
		owner = people[number % len(people)]
		names: dict[str, str] = {}
		for index, person in enumerate(people):
			dice = random.random()
			if person == owner:
				names[person] = person
			elif dice < shape.numbers:
				names[person] = f"+44 7700 9001{index:02d}"
			elif dice < shape.numbers + shape.nicknames:
				names[person] = f"{person.split()[0]} {random.choice(('(council)', 'PC', 'Work'))}"
			else:
				names[person] = person
		joined = START - timedelta(days=1)
		if random.random() < shape.joins:
			joined = _moment(random, history, shape, 0.7)
		phones.append(
			Carried(
				number,
				"iphone" if random.random() < shape.iphones else "android",
				owner,
				names,
				joined,
				random.randint(1, len(history)) if random.random() < shape.caps and not shape.decidable else None,
				timedelta(hours=random.choice((-5, 1, 2, 8))) if random.random() < shape.abroad else timedelta(),
				frozenset(
					one.number
					for one in history
					if random.random() < shape.hidden and not (shape.decidable and has_neighbour(history, one))
				),
				{
					one.number: timedelta(seconds=random.randint(1, 60 * shape.jitter))
					for one in history
					if shape.jitter and random.random() < shape.jittered and one.author is not None
				},
				frozenset(one.number for one in history if random.random() < shape.swaps),
				frozenset(one.number for one in history if random.random() < shape.lost_spaces),
				frozenset(one.number for one in history if random.random() < 0.4),
			)
		)
	return phones


def export(history: Sequence[Truth], phone: Carried, at: datetime, *, with_media: bool = True) -> View | None:
	"""Return what a phone's export of that moment shows; None where it shows nothing."""
	shown = [one for one in history if phone.joined <= one.at <= at and one.number not in phone.hidden]
	order = list(shown)
	for place in range(len(order) - 1):
		one, two = order[place], order[place + 1]
		if one.number in phone.swapped and two.at - one.at < timedelta(minutes=1):
			order[place], order[place + 1] = two, one
	if phone.cap is not None:
		order = order[-phone.cap :]
	if not order:
		return None
	records, digests = [], {}
	for place, one in enumerate(order):
		record, digest = _record(phone, one, place, at, with_media)
		records.append(record)
		if digest is not None:
			digests[place] = digest
	said = "|".join(f"{one.sent_at}{one.sender}{one.raw}" for one in records)
	sha256 = hashlib.sha256(f"{phone.number}{with_media}{said}".encode()).hexdigest()
	return View(phone, tuple(records), digests, tuple(one.number for one in order), sha256)


def _record(phone: Carried, one: Truth, place: int, at: datetime, with_media: bool) -> tuple[Record, str | None]:
	iphone = phone.platform == "iphone"
	mark = LRM if iphone else ""
	moment = one.at + phone.late.get(one.number, timedelta()) + phone.shift
	if not iphone:
		moment = moment.replace(second=0)
	precision = "second" if iphone else "minute"
	if one.author is None:
		names = tuple("You" if who == phone.owner else phone.names[who] for who in one.named)
		line = (one.text or "").format(*names)
		sender = names[0] if iphone and names[0] != "You" else None
		return (
			Record(place, moment, precision, sender, mark + line, "system", line, event=one.event, named=names),  # type: ignore[arg-type]
			None,
		)
	sender = phone.names[one.author]

	def made(raw: str, kind: str, text: str | None, **more: object) -> Record:
		return Record(place, moment, precision, sender, raw, kind, text, **more)  # type: ignore[arg-type]

	if one.deleted_at is not None and one.deleted_at <= at:
		raw = "You deleted this message" if one.author == phone.owner else "This message was deleted"
		return made(f"{mark}{raw}{'.' if iphone else ''}", "deleted", None, deleted=True), None
	text = one.text
	if text is not None and one.number in phone.bare:
		text = text.rstrip(" ")
	if one.kind == "media":
		return _media(phone, one, made, with_media, text)
	if one.kind == "poll":
		lines = [f"{mark}OPTION: {option} ({mark}{at.day % 5} votes)" for option in one.options]
		return made(
			"\n".join([f"{mark}POLL:", text or "", *lines]), "poll", "\n".join([text or "", *one.options])
		), None
	if one.edited_at is not None and one.edited_at <= at:
		text = one.edited_text or ""
		return made(f"{text} {mark}<This message was edited>", "message", text, edited=True), None
	return made(text or "", "message", text), None


def _media(phone: Carried, one: Truth, made, with_media: bool, caption: str | None) -> tuple[Record, str | None]:
	iphone = phone.platform == "iphone"
	day = one.at.strftime("%Y%m%d")
	extension = {"image": "jpg", "video": "mp4", "audio": "opus", "sticker": "webp", "document": "pdf"}[
		one.medium or ""
	]
	if with_media and one.number not in phone.lacking:
		if one.medium == "document":
			name = f"Agenda {one.number}.pdf"
		elif iphone:
			what = {"image": "PHOTO", "video": "VIDEO", "audio": "AUDIO", "sticker": "STICKER"}[one.medium or ""]
			name = f"{one.number:08d}-{what}-{one.at:%Y-%m-%d-%H-%M-%S}.{extension}"
		else:
			what = {"image": "IMG", "video": "VID", "audio": "PTT", "sticker": "STK"}[one.medium or ""]
			name = f"{what}-{day}-WA{(one.number * 7 + phone.number * 3) % 10000:04d}.{extension}"
		if iphone:
			return made(f"{LRM}<attached: {name}>", "media", None, media_name=name, is_media=True), one.data
		raw = f"{name} (file attached)" + (f"\n{caption}" if caption else "")
		return made(raw, "media", caption, media_name=name, is_media=True), one.data
	if iphone:
		return made(f"{LRM}{one.medium} omitted", "media", None, is_media=True), None
	raw = "<Media omitted>" + (f"\n{caption}" if caption else "")
	return made(raw, "media", caption, is_media=True), None


def views(random: Random, history: Sequence[Truth], phones: Sequence[Carried], shape: Shape) -> list[View]:
	"""Export each phone, once or several times."""
	end = history[-1].at
	found: list[View] = []
	for phone in phones:
		moments = [end + timedelta(minutes=10)]
		if random.random() < 0.5:
			moments = [_moment(random, history, shape)]
		moments += [_moment(random, history, shape) for _ in range(shape.exports - 1)]
		for at in sorted(moments):
			view = export(history, phone, at, with_media=random.random() < 0.6)
			if view is not None:
				found.append(view)
	return found
