"""Cuts the Chinese, Japanese and Korean fonts down to what people usually write: `python make_cjk.py FOLDER`.

FOLDER holds `NotoSansSC_400Regular.ttf` and `NotoSansKR_400Regular.ttf` from the npm packages named in README.md. Kept
are the characters of GB 2312, the frequent ones of Big5, level 1 of JIS X 0208, kana and full-width signs; and the
Korean syllables of KS X 1001 with their parts. Other characters are printed as their code.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import uharfbuzz as hb

_HERE = Path(__file__).parent
_UNUSED = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG")


def listed(codec: str, first: Iterable[int], second: Iterable[int]) -> set[int]:
	"""Return the characters that a national standard lists in these rows."""
	second = tuple(second)
	text = "".join(bytes((a, b)).decode(codec, "ignore") for a in first for b in second)
	return {ord(one) for one in text if ord(one) > 0x2000}


def cut(source: Path, target: Path, wanted: set[int]) -> None:
	"""Write a font with the wanted characters only."""
	face = hb.Face(hb.Blob.from_file_path(str(source)))
	kept = hb.SubsetInput()
	kept.unicode_set.update(wanted & set(face.unicodes))
	kept.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
	dropped = kept.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
	dropped.update({int.from_bytes(tag.encode("ascii"), "big") for tag in _UNUSED})
	target.write_bytes(bytes(hb.subset(face, kept).blob.data))


def main() -> None:
	"""Cut both fonts."""
	folder = Path(sys.argv[1])
	rows = range(0xA1, 0xFF)
	chinese = listed("gb2312", rows, rows) | listed("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
	japanese = listed("euc_jp", range(0xB0, 0xD0), rows) | {*range(0x3000, 0x3100), *range(0xFF01, 0xFFEF)}
	korean = {one for one in listed("euc_kr", rows, rows) if 0xAC00 <= one < 0xD7A4} | set(range(0x3131, 0x318F))
	cut(folder / "NotoSansSC_400Regular.ttf", _HERE / "NotoSansSC_400Regular_Usual.ttf", chinese | japanese)
	cut(folder / "NotoSansKR_400Regular.ttf", _HERE / "NotoSansKR_400Regular_Usual.ttf", korean)


if __name__ == "__main__":
	main()
