"""Fonts inside one document: the glyphs that it draws and the table that leads them back to characters.

One composite font for each font file. A code is given to each character on its first use, so two characters that share
a glyph are still told apart when text is copied; and nothing of a font that is not drawn comes along.
"""

import hashlib
import struct
from collections.abc import Callable

import uharfbuzz as hb

from cranford_desktop.documents import fonts
from cranford_desktop.documents.faces import Face, Glyph
from cranford_desktop.documents.pdf_file import PdfFile

_KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
_SYMBOLIC, _ITALIC = 4, 64


class _Codes(dict[int, str]):
	"""Character → code in four hexadecimal digits, given out on first use; for `str.translate`."""

	def __init__(self, font: "EmbeddedFont") -> None:
		super().__init__()
		self._font = font

	def __missing__(self, character: int) -> str:
		code = self[character] = self._font.code(self._font.face.glyphs.get(character, 0), chr(character))
		return code


class EmbeddedFont:
	"""One font in one document."""

	def __init__(self, face: Face, name: str, number: int) -> None:
		"""Take the font, its name in content streams and the number of its object."""
		self.face = face
		self.name = name
		self.number = number
		self._codes = _Codes(self)
		self._shapes: dict[tuple[int, str], str] = {}
		self._drawn: list[tuple[int, str]] = [(0, "")]
		"""Glyph and characters of each code. Code 0 is never drawn."""

	def code(self, glyph: int, text: str) -> str:
		"""Return a new code for a glyph that stands for `text`."""
		self._drawn.append((glyph, text))
		return f"{len(self._drawn) - 1:04X}"

	def encoded(self, text: str) -> str:
		"""Return plain characters as the hexadecimal string that draws them."""
		return text.translate(self._codes)

	def encoded_glyph(self, glyph: Glyph) -> str:
		"""Return the code of one glyph of a shaped stretch."""
		key = (glyph.number, glyph.text)
		code = self._shapes.get(key)
		if code is None:
			code = self._shapes[key] = self.code(glyph.number, glyph.text)
		return code

	def write(self, file: PdfFile, new_number: Callable[[], int]) -> None:
		"""Write the font and its parts (ISO 32000-1, 9.7) into the file."""
		program = self._subset()
		digest = hashlib.sha256(program).digest()
		tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
		name = f"{tag}+{self.face.name}"
		descendant, descriptor, data, to_unicode, to_glyph = (new_number() for _ in range(5))
		file.put(
			self.number,
			f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
			f"/ToUnicode {to_unicode} 0 R>>",
		)
		file.put(
			descendant,
			f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
			"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
			f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {to_glyph} 0 R/DW 0/W[1[{self._widths()}]]>>",
		)
		file.put(descriptor, self._descriptor(name, data))
		file.stream(data, f"/Length1 {len(program)}", program)
		file.stream(to_glyph, "", b"".join(struct.pack(">H", glyph) for glyph, _ in self._drawn))
		file.stream(to_unicode, "", self._to_unicode().encode("ascii"))

	def _subset(self) -> bytes:
		wanted = hb.SubsetInput()
		wanted.glyph_set.update({glyph for glyph, _ in self._drawn})
		wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
		drop = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
		drop.update({_tag(one) for one in self.face.face.table_tags if one not in _KEPT})
		return bytes(hb.subset(self.face.face, wanted).blob.data)

	def _widths(self) -> str:
		return " ".join(f"{self.face.advance(glyph):.10g}" for glyph, _ in self._drawn[1:])

	def _descriptor(self, name: str, data: int) -> str:
		head = self.face.face.reference_table("head").data
		scale = 1000 / self.face.face.upem
		box = " ".join(str(round(one * scale)) for one in struct.unpack_from(">4h", head, 36))
		hhea = self.face.face.reference_table("hhea").data
		up, down = (round(one * scale) for one in struct.unpack_from(">2h", hhea, 4))
		post = self.face.face.reference_table("post").data
		slant = struct.unpack_from(">i", post, 4)[0] / 65536
		flags = _SYMBOLIC | (_ITALIC if slant else 0)
		return (
			f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]/ItalicAngle {slant:g}/Ascent {up}"
			f"/Descent {down}/CapHeight {round(up * 0.7)}/StemV 80/FontFile2 {data} 0 R>>"
		)

	def _to_unicode(self) -> str:
		lines = [
			f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
			for code, (_, text) in enumerate(self._drawn[1:], 1)
		]
		blocks = []
		for first in range(0, len(lines), 100):
			block = lines[first : first + 100]
			blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
		return "\n".join(
			[
				"/CIDInit /ProcSet findresource begin",
				"12 dict begin",
				"begincmap",
				"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
				"/CMapName /Adobe-Identity-UCS def",
				"/CMapType 2 def",
				"1 begincodespacerange",
				"<0000> <FFFF>",
				"endcodespacerange",
				*blocks,
				"endcmap",
				"CMapName currentdict /CMap defineresource pop",
				"end",
				"end",
			]
		)


class DocumentFonts:
	"""All fonts of one document, by their names."""

	def __init__(self, new_number: Callable[[], int]) -> None:
		self._new_number = new_number
		self._fonts: dict[str, EmbeddedFont] = {}

	def __getitem__(self, font: str) -> EmbeddedFont:
		found = self._fonts.get(font)
		if found is None:
			name = f"T{len(self._fonts) + 1}"
			found = self._fonts[font] = EmbeddedFont(fonts.face(font), name, self._new_number())
		return found

	def write(self, file: PdfFile) -> dict[str, str]:
		"""Write every font; returns the references by name, for the pages' resources."""
		for font in self._fonts.values():
			font.write(file, self._new_number)
		return {font.name: f"{font.number} 0 R" for font in self._fonts.values()}


def _tag(name: str) -> int:
	return int.from_bytes(name.encode("ascii"), "big")
