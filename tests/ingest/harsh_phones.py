"""Harsh invented stories: what a group sent, and whose phones show how much of it.

`harsh_files.tell` makes a whole story of a seed, with the export files. Independent of the code that merges.
"""

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


@dataclass(frozen=True)
class Mood:
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


def new_mood(random: Random) -> Mood:
	def some(chance: float, low: float, high: float) -> float:
		return random.uniform(low, high) if random.random() < chance else 0.0

	return Mood(
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


# What was sent


def history(random: Random, mood: Mood) -> list[Sent]:
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


def _pause(random: Random, mood: Mood) -> timedelta:
	if random.random() < mood.burst:
		return timedelta(seconds=random.choice((0, 1, 5, 20, 40, 70, 100)))
	return timedelta(minutes=random.choice((2, 3, 5, 10, 45, 300)), seconds=random.randint(0, 59))


def _one(random: Random, mood: Mood, number: int, at: datetime, author: int, before: Sequence[Sent]) -> Sent:
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


def _say(random: Random, mood: Mood) -> str:
	if random.random() < mood.short:
		return random.choice(_SHORT)
	text = " ".join(random.choice(_WORDS) for _ in range(random.randint(2, 9)))
	if random.random() < 0.1:
		text += "\n\n" + " ".join(random.choice(_WORDS) for _ in range(4))
	return text + (" " if random.random() < 0.1 else "")


# Phones


def phones(random: Random, mood: Mood, sent: Sequence[Sent]) -> list[Phone]:
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


def _names(random: Random, mood: Mood, owner: int) -> tuple[str, ...]:
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


def renamed(random: Random, phone: Phone) -> Phone:
	"""Return a phone after some months: a contact was renamed, perhaps."""
	names = list(phone.names)
	other = random.randrange(len(names))
	if other != phone.owner and random.random() < 0.3 and "Susan" not in names[other]:
		names[other] = f"{_FULL[other].split()[0]} (new)"
	return replace(phone, names=tuple(names))


def moments(random: Random, sent: Sequence[Sent]) -> list[datetime]:
	begin, end = sent[0].at, sent[-1].at
	moments = [end + timedelta(days=random.choice((1, 1, 1, 5)))]
	if random.random() < 0.3:
		moments.append(begin + (end - begin) * random.uniform(0.3, 1))
	if random.random() < 0.15:
		moments = [begin + (end - begin) * random.uniform(0.3, 1)]
	return sorted(moments)
