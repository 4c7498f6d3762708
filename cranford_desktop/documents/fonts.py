"""Fonts of the documents: one family for everything, others where it lacks a letter.

What a phone can write, a document can show: emoji and other scripts come from fallback fonts; a character that no font
knows is printed as its code, `[U+4E0B]`, never as an empty box.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from cranford_desktop.documents.reportlab_mends import mend
from cranford_desktop.paths import resources

REGULAR = "CranfordRegular"
BOLD = "CranfordBold"
ITALIC = "CranfordItalic"
EMOJI = "CranfordEmoji"
ARABIC = "CranfordArabic"
HEBREW = "CranfordHebrew"

_FILES = {
	REGULAR: "SourceSans3_400Regular.ttf",
	BOLD: "SourceSans3_600SemiBold.ttf",
	ITALIC: "SourceSans3_400Regular_Italic.ttf",
	"CranfordLatin": "NotoSans_400Regular.ttf",
	EMOJI: "NotoEmoji_400Regular.ttf",
	ARABIC: "NotoSansArabic_400Regular.ttf",
	HEBREW: "NotoSansHebrew_400Regular.ttf",
	"CranfordDevanagari": "NotoSansDevanagari_400Regular.ttf",
	"CranfordGurmukhi": "NotoSansGurmukhi_400Regular.ttf",
	"CranfordSymbols": "NotoSansSymbols_400Regular.ttf",
}
_FALLBACK = tuple(name for name in _FILES if name not in (REGULAR, BOLD, ITALIC))

_PLAIN = re.compile("[\\x20-\\x7e\u00a1-\u00ac\u00ae-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac]*")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
	"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
_EMOJI_FIRST = re.compile("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001fbff]")
_SPACES = re.compile("[\t\u1680\u2000-\u200a\u202f\u205f\u3000]")


@cache
def register() -> None:
	"""Make the fonts known to the PDF writer, once for the process."""
	mend()
	folder: Path = resources() / "fonts"
	for name, file in _FILES.items():
		pdfmetrics.registerFont(TTFont(name, str(folder / file)))


@cache
def _widths(font: str) -> tuple[dict[int, float], float]:
	register()
	face = pdfmetrics.getFont(font).face
	return face.charWidths, face.defaultWidth


@cache
def _letters(font: str) -> frozenset[int]:
	register()
	return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def width(text: str, font: str) -> float:
	"""Return how wide a text is in a font at size 1; only for characters the font has."""
	widths, default = _widths(font)
	return sum(widths.get(ord(character), default) for character in text) / 1000


def clean(text: str) -> str:
	"""Return a text as it can be drawn: one kind of line end, no direction controls or other unseen marks.

	Control characters and halves of surrogate pairs become their code, so that nothing vanishes without a trace.
	"""
	if _PLAIN.fullmatch(text):
		return text
	text = _LINE_ENDS.sub("\n", text)
	text = _UNSEEN.sub("", text)
	text = _SPACES.sub(" ", text)
	text = _UNSHOWABLE.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
	return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _font_of(character: str, base: str) -> str | None:
	code = ord(character)
	if _EMOJI_FIRST.match(character) and code in _letters(EMOJI):
		return EMOJI
	return next((font for font in (base, *_FALLBACK) if code in _letters(font)), None)


def runs(text: str, base: str = REGULAR) -> list[tuple[str, str]]:
	"""Split a cleaned text into stretches of one font each: (font, text). Unknown characters become `[U+XXXX]`."""
	if _PLAIN.fullmatch(text):
		return [(base, text)] if text else []
	found: list[tuple[str, list[str]]] = []
	for character in text:
		font = found[-1][0] if found and character in " \u00a0" else _font_of(character, base)
		shown = character
		if font is None:
			font, shown = base, f"[U+{ord(character):04X}]"
		if found and found[-1][0] == font:
			found[-1][1].append(shown)
		else:
			found.append((font, [shown]))
	return [(font, "".join(letters)) for font, letters in found]
