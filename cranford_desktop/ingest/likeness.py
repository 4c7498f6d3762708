"""What of a record can be compared with the same message on another phone, whatever its platform and language."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cranford_desktop.domain.merging import Face
from cranford_desktop.domain.messages import Record
from cranford_desktop.domain.phone_numbers import PhoneNumber

LONG = 10
"""Characters from which a text is taken as one that nobody sends twice within minutes."""

_MENTION = re.compile("@\u2068[^\u2069\n]{0,200}\u2069|@[0-9]{7,15}(?![0-9])")
_INVISIBLE = dict.fromkeys(
	map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
_SPACES = {0x00A0: " ", 0x202F: " ", 0x2009: " "}
_PLAIN = {**_INVISIBLE, **_SPACES}
_LINE_END = re.compile(r"[ \t]+(?=\n)")
_PLACE = re.compile(r"(-?[0-9]{1,3}\.[0-9]+), ?(-?[0-9]{1,3}\.[0-9]+)")
_LINK = re.compile(r"https?://\S+")
_QUOTED = re.compile('["“„«‘]([^"”“»’\n]{1,200})["”“»’]')
_ORDINAL = re.compile(r"\A-?[0-9]{7,8}-")
_NAMED = (
	("image", re.compile(r"\A(?:IMG|PHOTO|[0-9-]{10}-PHOTO)(?=-)|\.(?:jpe?g|png|heic)\Z", re.IGNORECASE)),
	("sticker", re.compile(r"\A(?:STK|STICKER)(?=-)|\.webp\Z", re.IGNORECASE)),
	("gif", re.compile(r"\AGIF(?=-)|\.gif\Z", re.IGNORECASE)),
	("video", re.compile(r"\A(?:VID|VIDEO)(?=-)|\.(?:mp4|mov|3gp)\Z", re.IGNORECASE)),
	("audio", re.compile(r"\A(?:PTT|AUD|AUDIO)(?=-)|\.(?:opus|m4a|mp3|ogg|aac)\Z", re.IGNORECASE)),
)
_LEFT_OUT = (
	("image", re.compile(r"\b(?:image|photo|picture|bild|afbeelding|imagen|immagine|imagem|obraz)\b", re.IGNORECASE)),
	("video", re.compile(r"\b(?:video|vidéo|vídeo|wideo)\b", re.IGNORECASE)),
	("audio", re.compile(r"\b(?:audio|áudio|voice message)\b", re.IGNORECASE)),
	("sticker", re.compile(r"\b(?:sticker|figurinha|naklejkę)\b", re.IGNORECASE)),
	("gif", re.compile(r"\bgif\b", re.IGNORECASE)),
	("document", re.compile(r"\b(?:document|dokument|documento)\b", re.IGNORECASE)),
)
"""What an iPhone says was left out, by a word of each language that we read (`resources/chat_words`)."""
_OTHER_FORM = {frozenset(("gif", "video")), frozenset(("sticker", "image")), frozenset(("gif", "image"))}
"""Media that one phone calls so and another otherwise."""


def plain(text: str) -> str:
	"""Return a text as texts are compared: mentions alike, no invisible marks, kinds of space, spaces at line ends."""
	if "@" in text:
		text = _MENTION.sub("@", text)
	if not text.isascii():
		text = unicodedata.normalize("NFC", text.translate(_PLAIN))
	if "\n" in text:
		text = _LINE_END.sub("", text.replace("\r\n", "\n"))
	return text.strip()


def minute(moment: datetime) -> int:
	"""Return a wall time in whole minutes: what an Android phone shows of it."""
	return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute


class Look:
	"""What one record shows, as far as another phone shows it, too."""

	__slots__ = ("bare", "edited", "event", "medium", "name", "named", "quoted", "sort", "words")

	def __init__(self, one: Record | Face) -> None:
		"""Read a record, or a held message as one export shows it."""
		self.sort: str = one.kind
		self.words = plain(one.text) if one.text else ""
		self.medium = self.name = ""
		self.bare = False
		"""A medium on an iPhone, which leaves captions out."""
		self.edited = one.edited
		self.event = one.event
		self.named = one.named
		self.quoted: tuple[str, ...] = ()
		if one.kind == "message":
			if one.text is None:
				self.sort = "waiting"
		elif one.kind == "media":
			self.name = _ORDINAL.sub("", one.media_name or "")
			self.medium = medium(one.media_name, one.raw)
			self.bare = not self.words and one.raw.startswith("\u200e")
		elif one.kind == "system":
			self.quoted = tuple(_QUOTED.findall(self.words))
		elif one.kind == "location":
			place = _PLACE.search(self.words)
			link = _LINK.search(self.words)
			if place is not None:
				self.words = f"{float(place[1]):.4f},{float(place[2]):.4f}"
			else:
				self.words = link.group() if link else ""
		elif one.kind == "poll":
			self.words = "\n".join(line.strip() for line in self.words.split("\n") if line.strip())
		elif one.kind == "contact":
			self.words = _ORDINAL.sub("", one.media_name or "").removesuffix(".vcf")
		else:
			self.words = ""


def medium(name: str | None, raw: str) -> str:
	"""Return what kind of medium a record shows; "" where it does not say, "null" where the app had no words for it."""
	if name is not None:
		bare = _ORDINAL.sub("", name.lstrip("\u200e"))
		return next((kind for kind, pattern in _NAMED if pattern.search(bare)), "document")
	if raw.strip() == "null":
		return "null"
	# Behind its mark an iPhone says what was left out; Android says so in brackets.
	said = raw.rpartition("\u200e")[2] if "\u200e" in raw else raw.partition(">")[0]
	return next((kind for kind, pattern in _LEFT_OUT if pattern.search(said)), "")


def same_medium(one: str, other: str) -> bool:
	"""Say whether two phones can mean the same medium."""
	plain_kinds = ("", "null")
	return one == other or one in plain_kinds or other in plain_kinds or frozenset((one, other)) in _OTHER_FORM


def alike(one: str, other: str) -> float:
	"""Return how alike two texts are, 0 to 1: by their common beginning and end, or their common words. Linear."""
	one, other = one[:400], other[:400]
	most = max(len(one), len(other))
	if not most or not one or not other:
		return 0.0
	least = min(len(one), len(other))
	start = 0
	while start < least and one[start] == other[start]:
		start += 1
	end = 0
	while end < least - start and one[-1 - end] == other[-1 - end]:
		end += 1
	first, second = set(one.casefold().split()), set(other.casefold().split())
	common = 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
	return max((start + end) / most, common)


class Named(NamedTuple):
	"""One place of a line's cast: all that the exports which show the line say of who stands there."""

	people: frozenset[int] = frozenset()
	"""As far as they wrote. Held: labels of people. New: numbers of names."""
	keys: frozenset[str] = frozenset()
	numbers: frozenset[PhoneNumber] = frozenset()
	owners_of: frozenset[int] = frozenset()
	"""Held: the exports that show "you" there."""
	shown: frozenset[tuple[int, str]] = frozenset()
	"""Held: (export, name as compared) of those that name somebody there."""
	owner: bool = False
	"""New: it is the phone's owner, "you"."""
	not_these: frozenset[int] = frozenset()
	"""Held: labels of people who are not the owner shown as "you" there."""
	first_names: frozenset[str] = frozenset()

	def may_be(self, other: "Named") -> bool:
		"""Say whether two phones call somebody by one first name."""
		return not self.first_names.isdisjoint(other.first_names)


class _Alone(dict[str, frozenset[str]]):
	"""A word → the set of it alone."""

	def __missing__(self, word: str) -> frozenset[str]:
		self[word] = found = frozenset((word,))
		return found


_ALONE = _Alone()
_NONE: frozenset[str] = frozenset()


class Thing:
	"""A message on one side of a comparison: held, with one look for each way in which its exports show it; or new."""

	__slots__ = (
		"author",
		"authors",
		"cast",
		"digests",
		"looks",
		"minutes",
		"moments",
		"numbers",
		"orders",
		"place",
		"sorts",
		"texts",
	)

	def __init__(
		self, place: int, faces: Sequence[Record | Face], moments: Sequence[datetime], digests: Sequence[str | None]
	) -> None:
		"""Take all that is known of a message. `moments`: wall times, corrected by the clock's offset."""
		self.place = place
		first = faces[0]
		looks = [Look(first)]
		self.author = -1
		self.cast: tuple[Named, ...] = ()
		"""Whom a line of the app names, in its order."""
		self.authors: tuple[int, ...] = ()
		"""Held: all that its exports make of its author, where they differ."""
		self.numbers: frozenset[PhoneNumber] = frozenset()
		"""Held, where they differ: the phone numbers under which exports show its author."""
		self.orders: dict[int, int] = {}
		"""Held: export → its place in that file."""
		if len(faces) == 1:
			# Nearly all are shown once: the same as below, without the search for what differs.
			(look,) = self.looks = looks
			self.moments: tuple[datetime, ...] = (moments[0],)
			self.minutes: tuple[int, ...] = (minute(moments[0]),)
			self.digests = frozenset((digests[0],)) if digests[0] else _NONE
			self.sorts = _ALONE[look.sort]
			self.texts: tuple[tuple[str, str], ...] = (
				((look.sort, look.words),) if look.words or look.sort == "message" else ()
			)
			return
		for face in faces[1:]:
			if (
				face.text != first.text
				or face.kind != first.kind
				or face.kind == "media"
				or face.edited != first.edited
			):
				looks.append(Look(face))
		self.looks = looks
		self.moments = tuple(dict.fromkeys(moments))
		self.minutes = tuple(dict.fromkeys(map(minute, self.moments)))
		self.digests = frozenset(one for one in digests if one) if any(digests) else _NONE
		self.sorts = frozenset(look.sort for look in looks)
		self.texts = tuple(
			dict.fromkeys((look.sort, look.words) for look in looks if look.words or look.sort == "message")
		)
		"""(sort, words) of each of its looks that has words."""

	def apart(self, other: "Thing") -> int:
		"""Return how many minutes lie between the two, at the nearest."""
		if len(self.minutes) == 1 and len(other.minutes) == 1:
			return abs(self.minutes[0] - other.minutes[0])
		return min(abs(one - two) for one in self.minutes for two in other.minutes)

	@property
	def labels(self) -> tuple[int, ...]:
		"""All that its exports make of its author."""
		return self.authors or (self.author,)

	def in_one_second(self, other: "Thing") -> bool:
		"""Say whether two phones that show seconds show the same one."""
		return any(one.second and one in other.moments for one in self.moments)

	@property
	def adds_you(self) -> bool:
		"""Whether it is the line by which the app tells a phone's owner that she was added."""
		return any(look.event == "added" and "You" in look.named and look.named[:-1] != ("You",) for look in self.looks)

	@property
	def is_line(self) -> bool:
		"""Whether the app itself wrote it."""
		return "system" in self.sorts
