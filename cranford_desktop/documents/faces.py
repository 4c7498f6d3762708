"""One font file: which characters it has, how wide they are, and how its letters join."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from bidi.mirror import MIRRORED

_UNSEEN = "\u200b"
_UNSEEN_LEFTWARD = "\u200f"
"""What a glyph reads as whose characters another one stands for: every glyph has to read as something."""


class Glyph(NamedTuple):
	"""One drawn shape of a shaped stretch, in thousandths of the size, left to right."""

	number: int
	advance: float
	right: float
	"""How far it stands to the right of where the pen is."""
	up: float
	text: str
	"""The characters it stands for, as they look: a turned bracket is the other bracket."""
	hangs: bool = False
	"""A dot or vowel sign that hangs on another glyph, which stands for both."""


class Face:
	"""A font of the documents, opened when it is first needed."""

	def __init__(self, path: Path) -> None:
		self.path = path

	@cached_property
	def face(self) -> hb.Face:
		"""The opened file."""
		return hb.Face(hb.Blob.from_file_path(str(self.path)))

	@cached_property
	def name(self) -> str:
		"""What the font is called inside a document."""
		said = self.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
		return said or self.path.stem.replace("_", "-")

	@cached_property
	def _font(self) -> hb.Font:
		return hb.Font(self.face)

	@cached_property
	def glyphs(self) -> dict[int, int]:
		"""The glyph of every character the font has."""
		find = self._font.get_nominal_glyph
		return {code: glyph for code in self.face.unicodes if (glyph := find(code))}

	@cached_property
	def widths(self) -> dict[str, float]:
		"""How wide each character is at size 1."""
		return {chr(code): self.advance(glyph) / 1000 for code, glyph in self.glyphs.items()}

	def advance(self, glyph: int) -> float:
		"""Return how far the pen moves behind a glyph, in thousandths of the size."""
		return float(self._font.get_glyph_h_advance(glyph) * 1000 / self.face.upem)

	@lru_cache(maxsize=8192)  # noqa: B019 faces live as long as the process: there is one for each font file
	def shaped(self, text: str, *, leftward: bool) -> tuple[Glyph, ...]:
		"""Return a stretch of one script and direction as glyphs, left to right. `text` is in reading order."""
		buffer = hb.Buffer()
		buffer.add_str(text)
		buffer.guess_segment_properties()
		buffer.direction = "rtl" if leftward else "ltr"
		hb.shape(self._font, buffer, {"kern": False, "liga": False})
		scale = 1000 / self.face.upem
		infos, positions = buffer.glyph_infos, buffer.glyph_positions
		starts = sorted({info.cluster for info in infos})
		ends = dict(zip(starts, (*starts[1:], len(text)), strict=True))
		# Of several glyphs for the same characters the widest reads as them: dots and vowel signs hang on it.
		speaking: dict[int, int] = {}
		for at, info in enumerate(infos):
			known = speaking.get(info.cluster)
			if known is None or positions[at].x_advance > positions[known].x_advance:
				speaking[info.cluster] = at
		made: list[Glyph] = []
		for at, (info, position) in enumerate(zip(infos, positions, strict=True)):
			words = text[info.cluster : ends[info.cluster]]
			if speaking[info.cluster] != at:
				words = _UNSEEN_LEFTWARD if leftward else _UNSEEN
			elif leftward:
				words = MIRRORED.get(words, words)
			made.append(
				Glyph(
					info.codepoint,
					position.x_advance * scale,
					position.x_offset * scale,
					position.y_offset * scale,
					words,
					speaking[info.cluster] != at,
				)
			)
		return tuple(made)
