"""Mends for faults of ReportLab 5.1 that matter to what we promise of a PDF; each has a test.

1. Characters beyond U+FFFF (every emoji) get a malformed code in the font's table for copying and searching.
2. Code 0 is listed there as the letter U+0000.
3. A stream's data runs straight into `endstream`, without the line end that the archive profile of PDF asks for.
4. Streams are written through ASCII85 by default: a quarter larger and, without the C helper, several times slower.
"""

from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts


def to_unicode_map(font_name: str, subset: list[int]) -> str:
	"""Return the table that leads a font subset's codes back to characters (PDF 32000-1, 9.10.3)."""
	lines = [
		f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
		for code, character in enumerate(subset)
		if character
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
			"/CIDSystemInfo",
			f"<< /Registry ({font_name})",
			f"/Ordering ({font_name})",
			"/Supplement 0",
			">> def",
			f"/CMapName /{font_name} def",
			"/CMapType 2 def",
			"1 begincodespacerange",
			"<00> <FF>",
			"endcodespacerange",
			*blocks,
			"endcmap",
			"CMapName currentdict /CMap defineresource pop",
			"end",
			"end",
		]
	)


@cache
def mend() -> None:
	"""Put the mends in place, once for the process."""
	rl_config.useA85 = 0
	ttfonts.makeToUnicodeCMap = to_unicode_map
	write = pdfdoc.PDFStream.format

	def with_line_end(self: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
		data: bytes = write(self, document)
		return data.removesuffix(b"endstream\n") + b"\nendstream\n" if data.endswith(b"endstream\n") else data

	pdfdoc.PDFStream.format = with_line_end
