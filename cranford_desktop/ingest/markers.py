"""What a message is apart from its words: a photo, a poll, a place, a call, edited, deleted.

The app writes its own markers into the text. On an iPhone they begin with U+200E, so the same words typed by a person
stay a message. `read` takes the marker away and returns what was written.
"""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from cranford_desktop.domain.messages import Kind, MediaMember
from cranford_desktop.ingest.container import folded

_LRM = "\u200e"
_EDITED = re.compile(r"[ ]?(?P<mark>\u200e?)<This message was edited\.?>\.?\Z")
_ATTACHED_ANDROID = re.compile(r"\u200e?(?P<name>[^\n]{1,255}?) \(file attached\)\r?\Z")
_ATTACHED_IPHONE = re.compile(r"(?P<mark>\u200e?)<(?P<word>[^<>:\n]{2,30}): ?(?P<name>[^<>\n]{1,255})>")
_ATTACHED_OLD = re.compile(r"\u200e?(?P<name>[^\n<>]{1,255}?) <\u200e?attached>\r?\Z")
_LIKE_A_FILE = re.compile(r"[^\\/\n]{1,250}\.[A-Za-z0-9]{0,8}\Z|[A-Z]{3}-[0-9]{8}-WA[0-9]{4,}\Z")
_APP_FILE = re.compile(r"(?:[A-Z]{3}-[0-9]{8}-WA[0-9]{4}|-?[0-9]{7,8}-|[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z]{3,10}-[0-9])")
_OMITTED_ANDROID = re.compile(
	r"<(?:Media|Image|Photo|Video|Audio|Sticker|GIF|Document|Contact|File|Voice message|Video note|Video message|"
	r"View once (?:voice message|photo|video|message|text)) omitted>|<Medien ausgeschlossen>|<Media weggelaten>|"
	r"<Multimedia omitido>|<Médias omis>|<Media omessi>",
	re.IGNORECASE,
)
_OMITTED_IPHONE = re.compile(
	r"(?:\A|\u200e|(?<=\n))(?P<what>image|photo|picture|video|audio|voice message|video note|video message|sticker|GIF|"
	r"document|contact card|file|media|view once (?:photo|video|image|voice message|message)) omitted\.?\r?\Z",
	re.IGNORECASE,
)
_PAGES = re.compile(r"(?:\A|\n)[^\n]{1,255}? ?\u2022[ \u00a0]?\u200e?[0-9,.]{1,7} [^\W\d_]{2,15}[ \u200e]{0,3}\Z")
_POLL = re.compile(r"\A\u200e?POLL:[ \r]*(?:\n|(?=\S))")
_VOTES = re.compile(r" ?\(\u200e?[0-9][0-9,.]{0,8} votes?\)[ \r]*\Z")
_VOTES_INSIDE = re.compile(r" \(\u200e?[0-9][0-9,.]{0,8} votes?\)(?= ?\u200e?OPTION: )")
_MAPS = r"https?://(?:maps\.google\.com/(?:maps)?\?q=|(?:www\.)?google\.com/maps|maps\.app\.goo\.gl/|maps\.apple\.com/)"
_LOCATION = re.compile(rf"(?:\A|\n)\u200e?[Ll]ocation: {_MAPS}")
_PLACE_IPHONE = re.compile(rf"\A\u200e[^\n]{{0,300}}?: (?:{_MAPS}|https?://(?:www\.)?foursquare\.com/v/)")
_LIVE = re.compile(r"\u200e?live location shared\.?", re.IGNORECASE)
_CALL = re.compile(
	r"(?:(?:Missed|Silenced|Declined|Unanswered|Cancelled) )?(?:group )?(?:voice|video) (?:call|chat)"
	r"(?P<more>(?:[.,]|\u200e| \u2022)[^\n]{0,120})?\.?\s{0,3}",
	re.IGNORECASE,
)
_MISSED = re.compile(r"\u200e?Missed (?:group )?(?:voice|video) (?:call|chat)(?: at [^\n]{1,20})?\.?\s{0,3}")
_STARTED = re.compile(
	r"\u200e?(?P<who>[^\n]{1,200}?) started a (?:group )?(?:(?:voice|video) )?(?:call|chat)\.?\s{0,3}"
)
_DELETED = re.compile(
	r"\u200e?(?:This message was deleted|You deleted this message|You deleted this message as admin|"
	r"This message was deleted by admin [^\n]{1,200}?)\.?\s{0,3}"
)
_WAITING = re.compile(r"\u200e?Waiting for this message\. This may take a while\.?(?: Learn more\.?)?\s{0,3}")
_HINT = re.compile(
	r"[<\u2022\u200e]|\([^)\n]{3,40}\)\r?(?:\n|\Z)|omitted|"
	r"\A\u200e?(?:POLL:|null|This message|You deleted|Waiting for|Missed|live loc|Live loc|[Ll]ocation: )|"
	r"\n[Ll]ocation: |started a|\A(?:Voice|Video|Group|Silenced) ",
)
"""Cheap first look: a body without any of these has no marker."""
_CONTACT = ".vcf"


class Files:
	"""The files inside an export, found by the names that its text uses."""

	def __init__(self, media: Mapping[str, MediaMember]) -> None:
		"""Take the files by NFC name."""
		self._exact = frozenset(media)
		self._by_fold: dict[str, list[str]] = {}
		self._by_stem: dict[str, list[str]] = {}
		self._by_safe: dict[str, list[str]] = {}
		for name in media:
			fold = folded(name)
			self._by_fold.setdefault(fold, []).append(name)
			self._by_stem.setdefault(fold.rpartition(".")[0] or fold, []).append(name)
			self._by_safe.setdefault(_safe(fold), []).append(name)
		self.longest = max(map(len, media), default=0)

	def __bool__(self) -> bool:
		return bool(self._exact)

	def find(self, name: str) -> str | None:
		"""Return the key of the file that a text calls `name`: whatever its case, composition or lost extension."""
		if not self._exact:
			return None
		if name in self._exact:
			return name
		fold = folded(name).strip()
		for table, key in ((self._by_fold, fold), (self._by_safe, _safe(fold))):
			if key in table:
				return table[key][0]
		# Only the app loses an extension; "Agenda." at the end of a sentence is no file.
		if fold.endswith(".") and _APP_FILE.match(name.removeprefix(_LRM)):
			stem = self._by_stem.get(fold.rstrip("."), ())
			return stem[0] if len(stem) == 1 else None
		return None

	def leading(self, line: str) -> tuple[str, str] | None:
		"""Return (name as written, rest of the line) where a line begins with the name of a file in the export."""
		if not self._exact:
			return None
		line = line.removeprefix(_LRM).removesuffix("\r")
		if self.find(line) is not None:
			return line, ""
		for opening in (" (", " <", "(", " [", "（", " （"):
			at = line.find(opening)
			tries = 0
			while 0 < at <= self.longest + 8 and tries < 8:
				if self.find(line[:at]) is not None:
					return line[:at], line[at:]
				at = line.find(opening, at + 1)
				tries += 1
		if _APP_FILE.match(line):
			name, _, rest = line.partition(" ")
			if self.find(name) is not None:
				return name, rest
		return None


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


_NO_FILES = Files({})
_MARKED = Habits(iphone=True, marked=True, edited_marked=True)


def habits(bodies: Collection[str], iphone: bool) -> Habits:
	"""Learn from all bodies of a file how its markers look."""
	marked = iphone and any(_LRM in body and _is_marked(body) for body in bodies)
	edited = iphone and any("\u200e<This message was edited" in body for body in bodies)
	return Habits(iphone, marked, edited)


def _is_marked(body: str) -> bool:
	"""Say whether a body shows a marker with its U+200E."""
	return bool(
		"\u200e<" in body
		or (body.startswith(_LRM) and (_DELETED.fullmatch(body) or _CALL.fullmatch(body[1:]) or _POLL.match(body)))
		or ("omitted" in body and _LRM in body and _OMITTED_IPHONE.search(body))
	)


def read(body: str, files: Files, habit: Habits) -> Reading:
	"""Read one message's body."""
	if not files and _HINT.search(body) is None:
		return Reading("message", body)
	edited = False
	match = _EDITED.search(body) if "<This message was edited" in body else None
	if match is not None and (match.group("mark") or not habit.edited_marked):
		edited, body = True, body[: match.start()]
	reading = _special(body, files, habit) or Reading("message", body)
	return reading._replace(edited=True) if edited else reading


def sent_by_somebody(body: str) -> str | None:
	"""Return the kind of an iPhone body that shows a photo, a deletion, a poll, a place or a call; None for words."""
	read_as = read(body, _NO_FILES, _MARKED)
	return read_as.kind if read_as.kind != "message" else None


def started_call(line: str) -> bool:
	"""Say whether a line without a sender tells of a call."""
	return bool(_MISSED.fullmatch(line) or _STARTED.fullmatch(line) or _CALL.fullmatch(line.removeprefix(_LRM)))


def _special(body: str, files: Files, habit: Habits) -> Reading | None:
	"""Read a body that is more than words; None where it is words."""
	line = body.partition("\n")[0]
	attached = _iphone_file(body, files, habit) if habit.iphone else _android_file(body, line, files)
	if attached is not None:
		return attached
	if _WAITING.fullmatch(body):
		return Reading("message", None, flags=("waiting",))
	typed = habit.marked and not body.startswith(_LRM)
	if not typed:
		if _DELETED.fullmatch(body):
			return Reading("deleted", None, deleted=True)
		if _MISSED.fullmatch(body) or (habit.iphone and _is_call(body)):
			return Reading("call", None)
		if _POLL.match(body) and "OPTION:" in body:
			return Reading("poll", _poll(body))
		if _LIVE.fullmatch(line.rstrip("\r")):
			return Reading("location", body.removeprefix(_LRM))
	if _LOCATION.search(body) or _PLACE_IPHONE.match(body):
		return Reading("location", body.removeprefix(_LRM))
	return None


def _is_call(body: str) -> bool:
	"""Say whether an iPhone body is a line of its call list."""
	match = _CALL.fullmatch(body.removeprefix(_LRM))
	return match is not None and (body.startswith(_LRM) or match.group("more") is not None)


def _android_file(body: str, line: str, files: Files) -> Reading | None:
	"""Read an attachment as Android writes it: its file's name, a marker, and the caption on the next lines."""
	caption = body[len(line) + 1 :]
	found = files.leading(line)
	if found is not None:
		return _file(found[0], caption)
	match = _ATTACHED_ANDROID.fullmatch(line)
	if match is not None and _LIKE_A_FILE.match(match.group("name")):
		return _file(match.group("name"), caption)
	bare = line.rstrip("\r").removeprefix(_LRM)
	if _OMITTED_ANDROID.fullmatch(bare):
		return Reading("media", caption or None, is_media=True)
	if body.rstrip("\r") == "null":
		# A photo to be seen once, or a kind of message that the app cannot put into words.
		return Reading("media", None, is_media=True)
	return None


def _iphone_file(body: str, files: Files, habit: Habits) -> Reading | None:
	"""Read an attachment as an iPhone writes it: <attached: name>, or that it was left out."""
	if "<" in body:
		for match in _ATTACHED_IPHONE.finditer(body):
			name = match.group("name")
			known = files.find(name) is not None
			whole = match.start() == 0
			if habit.marked and not match.group("mark") and not known:
				continue
			if match.group("word") != "attached" and not known and not _APP_FILE.match(name):
				continue
			if match.group("mark") or whole or known:
				return _file(name, _caption(body[: match.start()], body[match.end() :], name))
		line = body.partition("\n")[0]
		old = _ATTACHED_OLD.fullmatch(line)
		if old is not None:
			return _file(old.group("name"), body[len(line) + 1 :])
	found = files.leading(body.partition("\n")[0])
	if found is not None:
		return _file(found[0], body.partition("\n")[2])
	if "omitted" in body.lower():
		left_out = _OMITTED_IPHONE.search(body)
		if left_out is not None and (left_out.group().startswith(_LRM) or (not habit.marked and left_out.start() == 0)):
			contact = left_out.group("what").casefold() == "contact card"
			text = _caption(body[: left_out.start()], "", "")
			return Reading("contact" if contact else "media", None if contact else text, is_media=True)
	return None


def _caption(before: str, after: str, name: str) -> str | None:
	"""Return the words beside an iPhone attachment, without a document's title and page count."""
	pages = _PAGES.search(before)
	if pages is not None:
		before = before[: pages.start()]
	before = before.removesuffix(_LRM).removesuffix(" ").removesuffix("\n")
	plain = re.sub(r"\A-?[0-9]{7,8}-", "", name)
	if before and folded(before).strip() in (folded(plain), folded(plain.rpartition(".")[0])):
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


def _poll(body: str) -> str:
	"""Return a poll's question and options, one a line, without marks and counts."""
	body = body.removeprefix(_LRM).removeprefix("POLL:").lstrip(" \r")
	lines = [line.rstrip("\r").removeprefix(_LRM) for line in body.removeprefix("\n").split("\n")]
	if not any(line.startswith("OPTION:") for line in lines):
		lines = re.split(r" \u200e?(?=OPTION: ?)", _VOTES_INSIDE.sub("", "\n".join(lines)))
	while lines and not lines[-1].strip():
		lines.pop()
	said: list[str] = []
	for line in lines:
		option = line.startswith("OPTION:")
		words = line.removeprefix("OPTION:").removeprefix(" ") if option else line
		said.append(_VOTES.sub("", words) if option or said else words)
	return "\n".join(said)


def _safe(name: str) -> str:
	"""Return a name with what file systems forbid replaced, as the app does when it writes the file."""
	return re.sub(r'[/\\:*?"<>|]', "_", name)
