"""What a message is apart from its words: a photo, a poll, a place, a call, edited, deleted.

The app writes its own markers into the text, in the language of the phone. On an iPhone they begin with U+200E, so the
same words typed by a person stay a message. `read` takes the marker away and returns what was written.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cranford_desktop.domain.messages import Kind
from cranford_desktop.ingest import polls, system_messages
from cranford_desktop.ingest.attached_files import APP_FILE, Files
from cranford_desktop.ingest.container import folded
from cranford_desktop.ingest.marker_words import Words, may_begin, plain, words

__all__ = [
	"Files",
	"HabitLearner",
	"Habits",
	"Reading",
	"may_be_markers",
	"read",
	"sent_by_somebody",
	"started_call",
]

_LRM = "\u200e"
_ATTACHED_IPHONE = re.compile(r"(?P<mark>\u200e?)<(?P<word>[^<>:\n]{2,30}): ?(?P<name>[^<>\n]{1,255})>")
_ATTACHED_OLD = re.compile(r"\u200e?(?P<name>[^\n<>]{1,255}?) <\u200e?(?P<word>[^<>:\n]{2,30})>\r?\Z")
_LIKE_A_FILE = re.compile(r"[^\\/\n]{1,250}\.[A-Za-z0-9]{0,8}\Z|[A-Z]{3}-[0-9]{8}-WA[0-9]{4,}\Z")
_WHOLE_APP_FILE = re.compile(r"[A-Z]{3}-[0-9]{8}-WA[0-9]{4,}(?: ?\([0-9]{1,3}\))?(?:\.[A-Za-z0-9]{0,8})?")
_OWN_FILE_ANDROID = re.compile(
	r"(?P<name>(?:IMG|VID|PTT|AUD|STK|GIF)-[0-9]{8}-WA[0-9]{4}\.(?:jpg|mp4|opus|webp)) \(file attached\)"
)
_OWN_FILE_IPHONE = re.compile(
	r"\u200e<attached: (?P<name>[0-9]{8}-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF)-[0-9-]{19}\.(?:jpg|mp4|opus|webp))>"
)
"""What the app itself names and nothing else: the commonest attachments, known at a glance."""
_PAGES = re.compile(
	r"(?:\A|\n)[^\n]{1,255}? ?\u2022[ \u00a0]?\u200e?[0-9,.]{1,7} [^\W\d_]{2,15}(?:['’]s)?[ \u200e]{0,3}\Z"
)
_DOCUMENT_NAME = re.compile(r"\u200e?[^\n]{1,250}?\.[A-Za-z0-9]{1,5} ?")
_UNMARKED_DOCUMENT = re.compile(
	r"[^\n]{1,255}?(?:\.[A-Za-z0-9]{1,8}| \u2022[ \u00a0]?[0-9,.]{1,7} [^\W\d_]{2,15}(?:['’]s)?) "
	r"(?P<what>[^\n\u2022]{5,40})"
)
_MAPS = r"https?://(?:maps\.google\.com/(?:maps)?\?q=|(?:www\.)?google\.com/maps|maps\.app\.goo\.gl/|maps\.apple\.com/)"
_ADDRESS = re.compile(_MAPS)
_FOURSQUARE = r"https?://(?:www\.)?foursquare\.com/v/"
_PLACE_IPHONE = re.compile(rf"\A\u200e[^\n]{{0,300}}?: (?:{_MAPS}|{_FOURSQUARE})")
_PLACE_UNMARKED = re.compile(rf"[^\n]{{1,200}}? \([^\n()]{{1,200}}\): {_FOURSQUARE}[0-9a-f]{{8,32}}\s{{0,3}}")
_PLACE_ANDROID = re.compile(rf"\n{_FOURSQUARE}[0-9a-f]{{24}}\s{{0,3}}\Z")
_BRACKETED = re.compile(r"\([^)\n]{3,40}\)\r?(?:\n|\Z)")
_CONTACT = ".vcf"


class Reading(NamedTuple):
	"""What a body is and says."""

	kind: Kind
	text: str | None
	edited: bool = False
	deleted: bool = False
	media_name: str | None = None
	is_media: bool = False
	flags: tuple[str, ...] = ()


class Habits(NamedTuple):
	"""What the markers of one file look like, so that a typed marker is told from the app's."""

	iphone: bool
	marked: bool
	"""This iPhone file still has U+200E before its markers: a marker without one was typed by a person."""
	edited_marked: bool
	languages: frozenset[str] = frozenset()
	"""Languages of the file's markers; empty where none tells. One export is in one language."""


_NO_FILES = Files({})
_DELETED = Reading("deleted", None, deleted=True)
_LEFT_OUT = Reading("media", None, is_media=True)
_MARKED = Habits(iphone=True, marked=True, edited_marked=True)


class HabitLearner:
	"""Learns from the bodies of a file, some at a time, how its markers look."""

	def __init__(self, iphone: bool) -> None:
		self._iphone = iphone
		self._marked = self._edited = False
		self._seen: Counter[frozenset[str]] = Counter()

	def add(self, bodies: Iterable[str]) -> None:
		"""Learn from some bodies; those that cannot hold a marker may be left out."""
		known = words()
		exact, openings = known.exact[self._iphone], known.openings
		if self._iphone and not (self._marked and self._edited):
			self._learn_marks([body for body in bodies if _LRM in body], known)
		for body in [body for body in bodies if body[:3] in openings]:
			common = exact.get(body)
			if common is not None:
				self._seen[common[1]] += 1
				continue
			whole = known.whole.get(plain(body))
			if whole is not None:
				self._seen[whole[1]] += 1
			elif body[0] == "<":
				self._seen[known.left_out.get(plain(_in_brackets(body)), frozenset())] += 1

	def _learn_marks(self, bodies: Iterable[str], known: Words) -> None:
		"""See whether an iPhone's marks are kept."""
		for body in bodies:
			self._marked = self._marked or _is_marked(body, known)
			if not self._edited and body.endswith((">", ">.")) and "\u200e<" in body:
				self._edited = _edited(body, known) is not None

	def habits(self) -> Habits:
		"""Return what was learnt."""
		seen: Counter[str] = Counter()
		for codes, count in self._seen.items():
			seen.update(dict.fromkeys(codes, count))
		most = max(seen.values(), default=0)
		languages = frozenset(code for code, count in seen.items() if count * 4 > most)
		return Habits(self._iphone, self._marked, self._edited, languages)


def _in_brackets(body: str) -> str:
	"""Return what the first line says in angle brackets; "" where it says anything else."""
	line = body.partition("\n")[0].rstrip("\r").removeprefix(_LRM)
	return line[1:-1].strip() if line.startswith("<") and line.endswith(">") else ""


def _is_marked(body: str, known: Words) -> bool:
	"""Say whether a body shows a marker, or a line of the app, with its U+200E."""
	if "\u200e<" in body:
		return True
	last = known.whole.get(plain(body.rpartition(_LRM)[2]))
	if last is not None:
		return True
	return body.startswith(_LRM) and (
		system_messages.match(body) is not None
		or known.call.fullmatch(body[1:]) is not None
		or polls.read(body) is not None
		or any(pattern.fullmatch(body) for pattern, _ in known.placed)
	)


def read(body: str, files: Files, habit: Habits) -> Reading:
	"""Read one message's body."""
	known = words()
	common = known.exact[habit.iphone].get(body)
	if common is not None and (not habit.languages or not habit.languages.isdisjoint(common[1])):
		return _DELETED if common[0] == "deleted" else _LEFT_OUT
	anywhere = files or (habit.iphone and not habit.marked)
	if not (anywhere or _may_be_marker(body, known)):
		return Reading("message", body)
	own_file = (_OWN_FILE_IPHONE if habit.iphone else _OWN_FILE_ANDROID).fullmatch(body)
	if own_file is not None:
		return Reading("media", None, media_name=own_file["name"], is_media=True)
	edited = False
	if body.endswith((">", ">.")):
		said = _edited(body, known)
		if said is not None and (body[len(said) :].lstrip(" ").startswith(_LRM) or not habit.edited_marked):
			edited, body = True, said
			if not (anywhere or _may_be_marker(body, known)):
				return Reading("message", body, edited=True)
	reading = _special(body, files, habit, known) or Reading("message", body)
	return reading._replace(edited=True) if edited else reading


def may_be_markers(bodies: Sequence[str]) -> list[int]:
	"""Return the places of those bodies that may hold a marker, at a small price for all the others."""
	known = words()
	openings = known.openings
	# Letter by letter alone is looked for: words of two letters take several times as long to be told absent.
	return [
		place
		for place, body in enumerate(bodies)
		if (body[:3] in openings or "<" in body or _LRM in body or "/" in body or ")" in body or "\n" in body)
		and _may_be_marker(body, known)
	]


def _may_be_marker(body: str, known: Words) -> bool:
	"""Take a cheap first look, which most bodies do not pass."""
	return (
		"<" in body
		or _LRM in body
		or (body[:3] in known.openings and may_begin(body, known))
		or ("://" in body and ("maps" in body or "foursquare" in body))
		or (")" in body and _BRACKETED.search(body) is not None)
		or ("\n" in body and polls.begins(body))
	)


def _edited(body: str, known: Words) -> str | None:
	"""Return the text before the app's note that it was edited; None where there is no such note."""
	at = body.rfind("<")
	if at < 0 or plain(body[at + 1 :].removesuffix(".").removesuffix(">")) not in known.edited:
		return None
	return body[:at].removesuffix(_LRM).removesuffix(" ")


def sent_by_somebody(body: str) -> str | None:
	"""Return the kind of an iPhone body that shows a photo, a deletion, a poll, a place or a call; None for words."""
	read_as = read(body, _NO_FILES, _MARKED)
	return read_as.kind if read_as.kind != "message" else None


def names_place(line: str) -> bool:
	"""Say whether a text is the app's word before a place's address, in any language."""
	return words().location.fullmatch(f"{line}: ") is not None


def started_call(line: str) -> bool:
	"""Say whether a line without a sender tells of a call."""
	known = words()
	return bool(
		known.missed.fullmatch(line) or known.started.fullmatch(line) or known.call.fullmatch(line.removeprefix(_LRM))
	)


def _special(body: str, files: Files, habit: Habits, known: Words) -> Reading | None:
	"""Read a body that is more than words; None where it is words."""
	line = body.partition("\n")[0]
	attached = (
		_iphone_file(body, line, files, habit, known)
		if habit.iphone
		else _android_file(body, line, files, habit, known)
	)
	if attached is not None:
		return attached
	kind = _whole(body, habit, known)
	if kind == "waiting":
		return Reading("message", None, flags=("waiting",))
	typed = habit.marked and not body.startswith(_LRM)
	if not typed:
		if kind == "deleted":
			return _DELETED
		if known.missed.fullmatch(body) or (habit.iphone and _is_call(body, known)):
			return Reading("call", None)
		poll = polls.read(body)
		if poll is not None:
			return Reading("poll", poll)
		if _whole(line, habit, known) == "live_location":
			return Reading("location", body.removeprefix(_LRM))
	return Reading("location", body.removeprefix(_LRM)) if _is_place(body, habit, known) else None


def _whole(body: str, habit: Habits, known: Words) -> str | None:
	"""Return the kind of a body that is nothing but a marker, in a language of this file."""
	found = known.whole.get(plain(body))
	if found is not None:
		return found[0] if not habit.languages or habit.languages & found[1] else None
	if known.any_placed.fullmatch(body) is None:
		return None
	return next((kind for pattern, kind in known.placed if pattern.fullmatch(body)), None)


def _is_place(body: str, habit: Habits, known: Words) -> bool:
	"""Say whether a body shows a place."""
	if "://" not in body:
		return False
	word = known.location.search(body)
	if word is not None and _ADDRESS.match(body, word.end()):
		return True
	if habit.iphone:
		return bool(_PLACE_IPHONE.match(body) or (not habit.marked and _PLACE_UNMARKED.fullmatch(body)))
	return bool(_PLACE_ANDROID.search(body))


def _is_call(body: str, known: Words) -> bool:
	"""Say whether an iPhone body is a line of its call list."""
	match = known.call.fullmatch(body.removeprefix(_LRM))
	return match is not None and (body.startswith(_LRM) or match.group("more") is not None)


def _android_file(body: str, line: str, files: Files, habit: Habits, known: Words) -> Reading | None:
	"""Read an attachment as Android writes it: its file's name, a marker, and the caption on the next lines."""
	caption = body[len(line) + 1 :]
	found = files.leading(line)
	if found is not None:
		return _file(found[0], caption)
	bare = line.rstrip("\r").removeprefix(_LRM)
	if bare.endswith(")"):
		name, _, word = bare[:-1].rpartition(" (")
		# The app's own kind of name proves a file in any language.
		if (plain(word) in known.attached and _LIKE_A_FILE.match(name)) or _WHOLE_APP_FILE.fullmatch(name):
			return _file(name, caption)
	left_out = known.left_out.get(plain(_in_brackets(bare)))
	if left_out is not None and (not habit.languages or habit.languages & left_out):
		return Reading("media", caption or None, is_media=True)
	if body.rstrip("\r") == "null":
		# A photo to be seen once, or a kind of message that the app cannot put into words.
		return Reading("media", None, is_media=True)
	return None


def _iphone_file(body: str, line: str, files: Files, habit: Habits, known: Words) -> Reading | None:
	"""Read an attachment as an iPhone writes it: <attached: name>, or that it was left out."""
	if "<" in body:
		for match in _ATTACHED_IPHONE.finditer(body):
			name = match.group("name")
			held = files.find(name) is not None
			whole = match.start() == 0
			if habit.marked and not match.group("mark") and not held:
				continue
			if plain(match.group("word")) not in known.attached_here and not held and not APP_FILE.match(name):
				continue
			if match.group("mark") or whole or held:
				return _file(name, _caption(body[: match.start()], body[match.end() :], name))
		old = _ATTACHED_OLD.fullmatch(line)
		if old is not None and plain(old.group("word")) in known.attached_here:
			return _file(old.group("name"), body[len(line) + 1 :])
	found = files.leading(line)
	if found is not None:
		return _file(found[0], body.partition("\n")[2])
	return _left_out(body, habit, known)


def _left_out(body: str, habit: Habits, known: Words) -> Reading | None:
	"""Read an iPhone body that says which kind of medium was left out, after a document's title or a caption."""
	before, mark, what = body.rpartition(_LRM)
	if not mark:
		if habit.marked:
			return None
		document = _UNMARKED_DOCUMENT.fullmatch(body.rstrip("\r\n"))
		if document is not None:
			before, what = "", document.group("what")
	kind, codes = known.whole.get(plain(what), ("", frozenset[str]()))
	if kind not in ("left_out_iphone", "contact_left_out") or "\n" in what.strip():
		return None
	if habit.languages and not habit.languages & codes:
		return None
	contact = kind == "contact_left_out"
	if _DOCUMENT_NAME.fullmatch(before):
		before = ""
	return Reading("contact" if contact else "media", None if contact else _caption(before, "", ""), is_media=True)


def _caption(before: str, after: str, name: str) -> str | None:
	"""Return the words beside an iPhone attachment, without a document's title and page count."""
	pages = _PAGES.search(before)
	if pages is not None:
		before = before[: pages.start()]
	before = before.removesuffix(_LRM).removesuffix(" ").removesuffix("\n")
	own = re.sub(r"\A-?[0-9]{7,8}-", "", name)
	if before and folded(before).strip() in (folded(own), folded(own.rpartition(".")[0])):
		before = ""
	after = after.removeprefix("\r").removeprefix("\n") if after[:1] in ("\r", "\n") else after.removeprefix(" ")
	return "\n".join(part for part in (before.removeprefix(_LRM), after) if part) or None


def _file(name: str, caption: str | None) -> Reading:
	"""Make the reading of a message with a file."""
	if name.casefold().rstrip(".").endswith(_CONTACT):
		return Reading("contact", None, media_name=name, is_media=True)
	title, _, rest = (caption or "").partition("\n")
	if title and folded(title).strip() in (folded(name), folded(name.rpartition(".")[0])):
		# Below a document Android repeats its name or title.
		caption = rest
	return Reading("media", caption or None, media_name=name, is_media=True)
