"""Words and labels into lines of a given width.

Own line breaking instead of a text engine: one pass, cached word widths, and every label one fixed width, so that
neither a line's end nor a box says how long the words were that a label stands for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cranford_desktop.documents import bidi_lines, fonts
from cranford_desktop.domain.disclosure import Piece

LABEL_SIZE = 8.0
LABEL_PAD = 4.0
_TOKENS = re.compile(r"\n| +|[^ \n]+")
_LOOK_BACK = 16
_BREAK_AFTER = "/-&?=._,;"
_OBJECT = "\ufffc"
"""Stands for a label where directions are worked out: neither of the two."""


class Run(NamedTuple):
	"""A stretch of a line: words in one font, or a label. `at` and `width` are in points from the line's start."""

	at: float
	width: float
	text: str
	font: str
	is_label: bool = False
	own: bool = False
	"""The document's own words: the leak check reads them apart from those of messages."""
	leftward: bool = False
	"""Drawn from right to left; the text is in reading order."""


Line = list[Run]
"""Runs in reading order; `at` says where each one stands."""


class _Atom(NamedTuple):
	text: str
	font: str
	width: float
	is_label: bool
	own: bool = False


class Setter:
	"""Sets pieces into lines. One for each document: it knows the one width of all labels."""

	def __init__(self, label_texts: Iterable[str] = ()) -> None:
		"""Take every label that may occur; a longer one that was not named is drawn narrower to fit."""
		self.label_width = (
			max((self._natural(text) for text in label_texts), default=self._natural("Redacted")) + 2 * LABEL_PAD
		)
		self._words: dict[str, dict[str, tuple[tuple[str, str, float], ...]]] = {}
		self._widths: dict[str, dict[str, float]] = {}
		self._cells: dict[tuple[tuple[Piece, ...], float, float], list[Line]] = {}

	def squeeze(self, text: str) -> float:
		"""Return by how much a label's words are narrowed to fit the fixed width: 1 where they fit."""
		return min(1.0, (self.label_width - 2 * LABEL_PAD) / max(self._natural(text), 1.0))

	def wrap(self, pieces: Sequence[Piece], size: float, width: float, base: str = fonts.REGULAR) -> list[Line]:
		"""Set pieces into lines no wider than `width` points; blank lines stay.

		A paragraph that begins with a right-to-left letter stands at the right.
		"""
		if len(pieces) == 1 and not pieces[0].is_label:
			plain = self._plain(pieces[0], size, width, base)
			if plain is not None:
				return plain
		bases = _bases(pieces)
		lines: list[Line] = []

		def end_line(atoms: list[_Atom]) -> None:
			lines.append(_set(atoms, bases[min(paragraph, len(bases) - 1)], width) if bases else _side_by_side(atoms))

		paragraph = 0
		line: list[_Atom] = []
		used = 0.0
		blank = 0.0
		space = fonts.width(" ", base) * size
		for kind, cluster in self._clusters(pieces, size, base):
			if kind == "\n":
				end_line(line)
				paragraph += 1
				line, used, blank = [], 0.0, 0.0
				continue
			if kind == " ":
				blank += len(cluster[0].text) * space
				continue
			wide = sum(atom.width for atom in cluster)
			if used + blank + wide <= width or (not line and wide <= width):
				if blank and used + blank + wide <= width:
					line.append(_Atom(" " * round(blank / space), base, blank, False, bool(line) and line[-1].own))
					used += blank
				line += cluster
				used += wide
				blank = 0.0
				continue
			if line:
				end_line(line)
			line, used, blank = [], 0.0, 0.0
			for part in self._broken(cluster, size, width):
				wide = sum(atom.width for atom in part)
				if line:
					end_line(line)
				line, used = list(part), wide
		end_line(line)
		return lines

	def cell(self, pieces: tuple[Piece, ...], size: float, width: float) -> list[Line]:
		"""Set what stands in many rows of a table: worked out once, never to be changed."""
		key = (pieces, size, width)
		lines = self._cells.get(key)
		if lines is None:
			lines = self._cells[key] = self.wrap(pieces, size, width)
		return lines

	def _plain(self, piece: Piece, size: float, width: float, base: str) -> list[Line] | None:
		"""Set plain words with single spaces between them, as most are; None where more has to be looked at."""
		known = self._widths.get(base)
		if known is None:
			known = self._widths[base] = {" ": fonts.width(" ", base)}
		room = width / size
		space = known[" "]
		lines: list[Line] = []
		for paragraph in piece.text.split("\n"):
			if not fonts.is_plain(paragraph):
				return None
			words: list[str] = []
			used = -space
			for word in paragraph.split(" "):
				wide = known.get(word)
				if wide is None:
					wide = known[word] = fonts.width(word, base)
				if wide > room or (not word and paragraph):
					return None
				if used + space + wide > room:
					lines.append([Run(0.0, used * size, " ".join(words), base, False, piece.own)])
					words, used = [], -space
				words.append(word)
				used += space + wide
			lines.append([Run(0.0, used * size, " ".join(words), base, False, piece.own)] if paragraph else [])
		return lines

	def text(self, words: str, size: float, width: float, base: str = fonts.REGULAR) -> list[Line]:
		"""Set the document's own words into lines."""
		return self.wrap((Piece(words, own=True),), size, width, base)

	def straight(self, words: str, size: float, base: str = fonts.REGULAR) -> Line:
		"""Set the document's own words into one line, however long, with the spaces at its ends."""
		shown = fonts.drawable(words).replace("\n", " ")
		atoms = [
			_Atom(text, font, fonts.width(text, font) * size, False, True) for font, text in fonts.runs(shown, base)
		]
		return _set(atoms, 0, 0) if bidi_lines.has_leftward(shown) else _side_by_side(atoms)

	def fit(self, pieces: Sequence[Piece], size: float, width: float, base: str = fonts.REGULAR) -> Line:
		"""Set pieces into one line; what does not fit is left away, with an ellipsis."""
		flat = [piece._replace(text=piece.text.replace("\n", " ")) for piece in pieces]
		lines = self.wrap(flat, size, width, base)
		if len(lines) == 1:
			return lines[0]
		lines = self.wrap(flat, size, width - fonts.width("…", base) * size, base)
		line = lines[0]
		end = line[-1].at + line[-1].width if line else 0.0
		return [*line, Run(end, fonts.width("…", base) * size, "…", base, own=True)]

	def _natural(self, label: str) -> float:
		shown = f"[{fonts.clean(label)}]"
		return sum(fonts.width(text, font) for font, text in fonts.runs(shown, fonts.BOLD)) * LABEL_SIZE

	def _clusters(self, pieces: Sequence[Piece], size: float, base: str) -> Iterator[tuple[str, list[_Atom]]]:
		"""Yield line ends, spaces and unbreakable clusters: words and labels with no space between them."""
		known = self._words.setdefault(base, {})
		cluster: list[_Atom] = []
		for piece in pieces:
			if piece.is_label:
				cluster.append(_Atom(fonts.clean(piece.text), fonts.BOLD, self.label_width, True, True))
				continue
			for token in _TOKENS.findall(fonts.drawable(piece.text)):
				if token[0] in " \n":
					if cluster:
						yield "", cluster
						cluster = []
					yield token[0], [_Atom(token, base, 0.0, False)]
					continue
				word = known.get(token)
				if word is None:
					word = tuple((font, text, fonts.width(text, font)) for font, text in fonts.runs(token, base))
					known[token] = word
				cluster += [_Atom(text, font, wide * size, False, piece.own) for font, text, wide in word]
		if cluster:
			yield "", cluster

	def _broken(self, cluster: list[_Atom], size: float, width: float) -> Iterator[list[_Atom]]:
		"""Break a cluster that is wider than a line: between atoms, then after a sign in an address, then anywhere."""
		if sum(atom.width for atom in cluster) <= width:
			yield cluster
			return
		line: list[_Atom] = []
		used = 0.0
		for whole in cluster:
			atom = whole
			if used + atom.width > width:
				if atom.is_label or atom.width <= width / 2:
					if line:
						yield line
					line, used = [], 0.0
				else:
					*full, atom = _cut(atom, size, width - used, width)
					for part in full:
						yield [*line, part] if part.text else line
						line, used = [], 0.0
			line.append(atom)
			used += atom.width
		if line:
			yield line


def _cut(atom: _Atom, size: float, room: float, width: float) -> list[_Atom]:
	"""Cut a long word into parts, the first no wider than `room`, the others than `width`; linear in its length.

	The first is empty where not one character fits beside what stands there already.
	"""
	wide = [fonts.width(character, atom.font) * size for character in atom.text]
	parts: list[_Atom] = []
	start = 0
	while True:
		end, used = start, 0.0
		while end < len(wide) and used + wide[end] <= room:
			used += wide[end]
			end += 1
		if end < len(wide):
			for back in range(end, max(end - _LOOK_BACK, start + 1), -1):
				if atom.text[back - 1] in _BREAK_AFTER:
					end = back
					break
			if end == start and room >= width:
				end += 1
		parts.append(_Atom(atom.text[start:end], atom.font, sum(wide[start:end]), False, atom.own))
		if end == len(wide):
			return parts
		start, room = end, width


def _bases(pieces: Sequence[Piece]) -> list[int]:
	"""Return the direction of each paragraph; none where no piece has right-to-left letters."""
	if not any(bidi_lines.has_leftward(piece.text) for piece in pieces):
		return []
	whole = "".join(_OBJECT if piece.is_label else fonts.drawable(piece.text) for piece in pieces)
	return [bidi_lines.base_level(paragraph) for paragraph in whole.split("\n")]


def _side_by_side(atoms: list[_Atom]) -> Line:
	"""Place atoms side by side; neighbours in one font become one run."""
	line: Line = []
	at = 0.0
	for atom in atoms:
		if (
			line
			and not atom.is_label
			and line[-1].font == atom.font
			and line[-1].own == atom.own
			and not line[-1].is_label
		):
			last = line[-1]
			line[-1] = Run(last.at, last.width + atom.width, last.text + atom.text, last.font, False, last.own)
		else:
			line.append(Run(at, atom.width, atom.text, atom.font, atom.is_label, atom.own))
		at += atom.width
	return line


def _set(atoms: list[_Atom], base: int, width: float) -> Line:
	"""Place the atoms of a line with right-to-left words; at the right of `width` where the paragraph runs so."""
	found = bidi_lines.levels("".join(_OBJECT if atom.is_label else atom.text for atom in atoms), base)
	parts: list[_Atom] = []
	levels: list[int] = []
	at = 0
	for atom in atoms:
		if atom.is_label:
			parts.append(atom)
			levels.append(found[at])
			at += 1
			continue
		own = found[at : at + len(atom.text)]
		start = 0
		for end in range(1, len(own) + 1):
			if end == len(own) or own[end] != own[start]:
				parts.append(_part(atom, start, end))
				levels.append(own[start])
				start = end
		at += len(own)
	return _placed(*_merged(parts, levels), base, width)


def _part(atom: _Atom, start: int, end: int) -> _Atom:
	if end - start == len(atom.text):
		return atom
	text = atom.text[start:end]
	size = atom.width / max(fonts.width(atom.text, atom.font), 0.001)
	return _Atom(text, atom.font, fonts.width(text, atom.font) * size, False, atom.own)


def _merged(parts: list[_Atom], levels: list[int]) -> tuple[list[_Atom], list[int]]:
	"""Join neighbours of one font and direction."""
	joined: list[_Atom] = []
	kept: list[int] = []
	for atom, level in zip(parts, levels, strict=True):
		last = joined[-1] if joined else None
		if (
			last is not None
			and kept[-1] == level
			and not (atom.is_label or last.is_label)
			and (last.font, last.own) == (atom.font, atom.own)
		):
			joined[-1] = last._replace(text=last.text + atom.text, width=last.width + atom.width)
		else:
			joined.append(atom)
			kept.append(level)
	return joined, kept


def _placed(atoms: list[_Atom], levels: list[int], base: int, width: float) -> Line:
	places = [0.0] * len(atoms)
	at = max(0.0, width - sum(atom.width for atom in atoms)) if base else 0.0
	for index in bidi_lines.visual_order(levels):
		places[index] = at
		at += atoms[index].width
	return [
		Run(
			place,
			atom.width,
			atom.text,
			atom.font,
			atom.is_label,
			atom.own,
			leftward=not atom.is_label and level % 2 == 1,
		)
		for atom, level, place in zip(atoms, levels, places, strict=True)
	]
