"""Words and labels into lines of a given width.

Own line breaking instead of a text engine: one pass, cached word widths, and every label one fixed width, so that
neither a line's end nor a box says how long the words were that a label stands for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cranford_desktop.documents import fonts
from cranford_desktop.domain.disclosure import Piece

LABEL_SIZE = 8.0
LABEL_PAD = 4.0
_TOKENS = re.compile(r"\n| +|[^ \n]+")
_RIGHT_TO_LEFT = (fonts.ARABIC, fonts.HEBREW)
_LOOK_BACK = 16
_BREAK_AFTER = "/-&?=._,;"
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


class Run(NamedTuple):
	"""A stretch of a line: words in one font, or a label. `at` and `width` are in points from the line's start."""

	at: float
	width: float
	text: str
	font: str
	is_label: bool = False
	own: bool = False
	"""The document's own words: the leak check reads them apart from those of messages."""


Line = list[Run]


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

	def squeeze(self, text: str) -> float:
		"""Return by how much a label's words are narrowed to fit the fixed width: 1 where they fit."""
		return min(1.0, (self.label_width - 2 * LABEL_PAD) / max(self._natural(text), 1.0))

	def wrap(self, pieces: Sequence[Piece], size: float, width: float, base: str = fonts.REGULAR) -> list[Line]:
		"""Set pieces into lines no wider than `width` points; blank lines stay."""
		lines: list[Line] = []
		line: list[_Atom] = []
		used = 0.0
		blank = 0.0
		space = fonts.width(" ", base) * size
		for kind, cluster in self._clusters(pieces, size, base):
			if kind == "\n":
				lines.append(_set(line))
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
				lines.append(_set(line))
			line, used, blank = [], 0.0, 0.0
			for part in self._broken(cluster, size, width):
				wide = sum(atom.width for atom in part)
				if line:
					lines.append(_set(line))
				line, used = list(part), wide
		lines.append(_set(line))
		return lines

	def text(self, words: str, size: float, width: float, base: str = fonts.REGULAR) -> list[Line]:
		"""Set the document's own words into lines."""
		return self.wrap((Piece(words, own=True),), size, width, base)

	def straight(self, words: str, size: float, base: str = fonts.REGULAR) -> Line:
		"""Set the document's own words into one line, however long, with the spaces at its ends."""
		shown = fonts.clean(words).replace("\n", " ")
		atoms = [
			_Atom(text, font, fonts.width(text, font) * size, False, True) for font, text in fonts.runs(shown, base)
		]
		return _set(atoms)

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
			for token in _TOKENS.findall(fonts.clean(piece.text)):
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


def _set(atoms: list[_Atom]) -> Line:
	"""Place atoms side by side; neighbours in one font become one run."""
	if any(atom.font in _RIGHT_TO_LEFT for atom in atoms):
		atoms = _turned(atoms)
	line: Line = []
	at = 0.0
	for atom in atoms:
		if (
			line
			and not atom.is_label
			and not line[-1].is_label
			and (line[-1].font, line[-1].own) == (atom.font, atom.own)
		):
			last = line[-1]
			line[-1] = Run(last.at, last.width + atom.width, last.text + atom.text, last.font, own=last.own)
		else:
			line.append(Run(at, atom.width, atom.text, atom.font, atom.is_label, atom.own))
		at += atom.width
	return line


def _turned(atoms: list[_Atom]) -> list[_Atom]:
	"""Put right-to-left stretches into the order in which they are drawn. Simple: letters are not joined."""
	turned: list[_Atom] = []
	at = 0
	while at < len(atoms):
		if atoms[at].font not in _RIGHT_TO_LEFT:
			turned.append(atoms[at])
			at += 1
			continue
		end = at
		for place in range(at, len(atoms)):
			if atoms[place].font in _RIGHT_TO_LEFT:
				end = place
			elif atoms[place].is_label or atoms[place].text.strip():
				break
		for atom in reversed(atoms[at : end + 1]):
			turned.append(atom._replace(text=atom.text[::-1].translate(_MIRRORED)))
		at = end + 1
	return turned
