"""What a pack may say, worked out from what was released alone: its words in order, its cells, its bookmarks.

Spaces and unseen marks do not count, since lines and pages break where they must; every other sign does, in its order.
Where writing from right to left is drawn in the order it stands on paper, letters from left to right are compared in
their order and all other signs by their number.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from cranford_desktop.documents import schedule, words
from cranford_desktop.documents.needles import House, squashed
from cranford_desktop.documents.pack_front import HOW_TO_READ, PACK
from cranford_desktop.documents.pack_table import SCHEDULE
from cranford_desktop.documents.workbook import Value
from cranford_desktop.domain.disclosure import PackContent, PackEntry, Piece

_CODE = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_PRESENTED = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MIRRORED = str.maketrans(")]}>»", "([{<«")
_SKIN = range(0x1F3FB, 0x1F400)
_VARIANTS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_LONGEST_COUNT = 5


class _Script:
	"""Words in the order in which pages say them, as far as `keep` keeps their signs."""

	def __init__(self, keep: Callable[[str], str]) -> None:
		self.words = ""
		self.heads: tuple[str, ...] = ()
		"""What may stand at the beginning of any page, whole or cut off."""
		self._keep = keep
		self._cuts: list[tuple[int, int]] = []

	def add(self, text: str, *, cut: bool = False) -> None:
		"""Add what is said next; with `cut`, its end may be missing."""
		start = len(self.words)
		self.words += self._keep(canonical(text))
		if cut:
			self._cuts.append((start, len(self.words)))

	def set_heads(self, heads: Iterable[str]) -> None:
		"""Take what may stand at the beginning of a page."""
		self.heads = tuple(dict.fromkeys(self._keep(canonical(head)) for head in heads))

	def first_difference(self, pages: Sequence[str]) -> int | None:
		"""Return the number of the first page that says something else; None if none does."""
		at = {0}
		for number, page in enumerate(pages, 1):
			text = self._keep(canonical(page))
			known: dict[tuple[int, int], set[int]] = {}
			at = {end for start in at for rest in self._without_head(text) for end in self._follow(rest, start, known)}
			if not at:
				return number
		return None if len(self.words) in at else max(len(pages), 1)

	def _without_head(self, text: str) -> Iterator[str]:
		yield text
		for head in self.heads:
			common = next((at for at, one in enumerate(head) if at >= len(text) or text[at] != one), len(head))
			for length in range(common, 0, -1):
				yield text[length:]

	def _follow(self, text: str, start: int, known: dict[tuple[int, int], set[int]]) -> set[int]:
		"""Return where the words of the script can have been read to, when a page's end `text` is read from `start`."""
		if (len(text), start) in known:
			return known[len(text), start]
		found = {start + len(text)} if self.words.startswith(text, start) else set()
		for begin, end in self._cuts:
			# A title in the list of contents is cut off where it is wider than its line.
			if begin <= start + len(text) and start < end:
				for at in range(max(begin, start), end):
					if at - start <= len(text) and self.words.startswith(text[: at - start], start):
						rest = text[at - start :]
						found |= self._follow(rest, end, known) if rest else {at, end}
		known[len(text), start] = found
		return found


class Released:
	"""What one pack's files may say."""

	def __init__(self, content: PackContent, house: House) -> None:
		self._content = content
		self._script = _Script(lambda text: text)
		self._leftward = _Script(_rightward_letters)
		groups = [group for group, _ in _stretches(content)]
		for pieces in content.groups:
			self._add(pieces)
		for one in content.enclosures:
			self._add(one.title)
		self._add(content.wording)
		for group in groups:
			self._add(group, cut=True)
		for group, entries in _stretches(content):
			self._add(group)
			for entry in entries:
				self._add_entry(entry)
		for entry in content.entries:
			self._add(entry.sender)
		for script in (self._script, self._leftward):
			script.set_heads(_theirs(group) for group in groups)
		self._own = self._own_words(house)
		self._own_text = "\n".join(squashed(one).replace(" ", "") for one in self._own_phrases(house))
		titles = [f"Transcript: {words.plain(group)}" for group in groups]
		self.outline = frozenset(_title(one) for one in ("Cover", HOW_TO_READ, *titles, SCHEDULE))
		self.explained = frozenset(squashed(one) for one in self._strings()) - {""}

	def first_difference(self, pages: Sequence[str]) -> int | None:
		"""Return the number of the first page whose words are not those released, in order; None if all are.

		`pages` are the words each page draws that are not the document's own. A page may begin with its group's name
		again. A page too many, or one that is missing, is a difference too.
		"""
		found = self._script.first_difference(pages)
		if found is None or not _LEFTWARD.search(self._script.words):
			return found
		found = self._leftward.first_difference(pages)
		if found is None:
			more = Counter("".join(map(canonical, pages)).translate(_MIRRORED))
			more.subtract(self._script.words.translate(_MIRRORED))
			spare = set("".join(self._script.heads).translate(_MIRRORED))
			if any(number < 0 or (number and sign not in spare) for sign, number in more.items()):
				return len(pages)
		return found

	def is_head(self, text: str) -> bool:
		"""Return whether a text repeats a group's name, whole or cut off."""
		plain = canonical(text)
		if not plain or any(head.startswith(plain) for head in self._script.heads):
			return True
		# Right-to-left letters may be drawn in the order of the paper: then their number tells.
		drawn = Counter(plain.translate(_MIRRORED))
		return any(
			_LEFTWARD.search(head) is not None and drawn <= Counter(head.translate(_MIRRORED))
			for head in self._script.heads
		)

	def says(self, own: str) -> bool:
		"""Return whether words that a document says by itself are all known."""
		return all(
			word in self._own or (word.isdecimal() and len(word) <= _LONGEST_COUNT) or word in self._own_text
			for word in squashed(own).split()
		)

	def stands_for(self, text: str) -> bool:
		"""Return whether a text that is read out instead of what is drawn is a stretch of what was released."""
		plain = canonical(text)
		return plain in self._script.words or all(self.says(line) for line in text.split("\n"))

	def facts(self) -> dict[str, object]:
		"""Return what the list of files says about the pack."""
		content = self._content
		return {
			"council": content.council,
			"reference": content.reference,
			"pack_number": content.pack_number,
			"made_on": content.made_on.isoformat(),
		}

	def sheets(self) -> dict[str, list[Sequence[Value]]]:
		"""Return the rows of every sheet of the schedule."""
		content = self._content
		return {
			"Schedule": [schedule.heads(content), *schedule.rows(content)],
			"Key": [schedule.KEY_HEADS, *schedule.key_rows(content)],
		}

	def text(self) -> str:
		"""Return everything released as one text, a line for each thing said; for counting."""
		content = self._content
		said = [*map(_theirs, content.groups), _theirs(content.wording)]
		said += [_theirs(one.title) for one in content.enclosures]
		for entry in content.entries:
			said += [_theirs(entry.group), _theirs(entry.sender), entry.role or "", _theirs(entry.body)]
			said += [_theirs(one.label) for one in entry.media]
		return "\n".join(said)

	def _add(self, pieces: Sequence[Piece], *, cut: bool = False) -> None:
		for script in (self._script, self._leftward):
			script.add(_theirs(pieces), cut=cut)

	def _add_entry(self, entry: PackEntry) -> None:
		role = (Piece(f", {entry.role}" if entry.sender else entry.role),) if entry.role else ()
		self._add((*entry.sender, *role))
		self._add(entry.body)
		for medium in entry.media:
			self._add(medium.label)

	def _own_phrases(self, house: House) -> Iterator[str]:
		content = self._content
		yield from house.phrases
		yield from (house.council, house.reference, content.council, content.reference, PACK)
		yield from content.label_texts
		yield from (one.reference for one in content.enclosures)
		for pieces in self._all_pieces():
			yield from (piece.text for piece in pieces if piece.own or piece.is_label)
		for entry in content.entries:
			yield from (entry.reference, *entry.exemptions, *entry.notes)
			for medium in entry.media:
				yield medium.note
				if medium.photo:
					yield from (medium.photo.reference, medium.photo.description)

	def _own_words(self, house: House) -> frozenset[str]:
		return frozenset(word for phrase in self._own_phrases(house) for word in squashed(phrase).split())

	def _all_pieces(self) -> Iterator[Sequence[Piece]]:
		yield self._content.wording
		yield from self._content.groups
		yield from (one.title for one in self._content.enclosures)
		for entry in self._content.entries:
			yield from (entry.group, entry.sender, entry.body, *(one.label for one in entry.media))

	def _strings(self) -> Iterator[str]:
		"""Yield the strings of which a document's bookmarks, links and captions are made."""
		content = self._content
		yield from ("Cranford Desktop", f"{PACK} {content.reference}", content.council, content.reference)
		yield from (f"Schedule of messages {content.reference}", f"{content.council}, {content.reference}")
		for group, _ in _stretches(content):
			yield from (words.plain(group), f"Transcript: {words.plain(group)}")
		for entry in content.entries:
			for medium in entry.media:
				if medium.photo:
					yield from (medium.photo.description, medium.photo.reference)


def canonical(text: str) -> str:
	"""Return a text as it is compared: without spaces and unseen marks, codes read back."""
	if "[U+" in text:
		text = _CODE.sub(lambda found: chr(min(int(found.group(1), 16), 0x10FFFF)), text)
	if text.isascii():
		return re.sub(r"[\x00-\x20\x7f]+", "", text)
	plain = "".join(_kept(one) for one in text)
	plain = _PRESENTED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), plain)
	return unicodedata.normalize("NFC", plain)


def _rightward_letters(text: str) -> str:
	return "".join(one for one in text if one.isalpha() and not _LEFTWARD.match(one))


@lru_cache(maxsize=4096)
def _kept(character: str) -> str:
	if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"):
		return ""
	return "" if ord(character) in _SKIN or ord(character) in _VARIANTS else character


def _theirs(pieces: Sequence[Piece]) -> str:
	"""Return the words of messages, names and the request, without labels and the pack's own."""
	return "".join(piece.text for piece in pieces if not piece.is_label and not piece.own)


def _stretches(content: PackContent) -> list[tuple[Sequence[Piece], list[PackEntry]]]:
	"""Return the groups in the order of the transcript, each with its entries."""
	found: list[tuple[Sequence[Piece], list[PackEntry]]] = []
	for entry in content.entries:
		if not found or found[-1][0] != entry.group:
			found.append((entry.group, []))
		found[-1][1].append(entry)
	if not found:
		found.append((content.groups[0] if content.groups else (), []))
	return found


def _title(text: str) -> str:
	return canonical(text)[:150]
