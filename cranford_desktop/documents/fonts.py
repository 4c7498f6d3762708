"""Fonts of the documents: one family for everything, others where it lacks a letter.

What a phone can write, a document can show: emoji and other scripts come from fallback fonts; a character that no font
knows is printed as its code, `[U+10380]`, never as an empty box.
"""

import re
import unicodedata
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from cranford_desktop.documents.faces import Face
from cranford_desktop.documents.reportlab_mends import mend
from cranford_desktop.paths import resources

REGULAR = "CranfordRegular"
BOLD = "CranfordBold"
ITALIC = "CranfordItalic"
EMOJI = "CranfordEmoji"
ARABIC = "CranfordArabic"
HEBREW = "CranfordHebrew"
DEVANAGARI = "CranfordDevanagari"
GURMUKHI = "CranfordGurmukhi"

_FILES = {
	REGULAR: "SourceSans3_400Regular.ttf",
	BOLD: "SourceSans3_600SemiBold.ttf",
	ITALIC: "SourceSans3_400Regular_Italic.ttf",
	"CranfordLatin": "NotoSans_400Regular.ttf",
	EMOJI: "NotoEmoji_400Regular.ttf",
	ARABIC: "NotoSansArabic_400Regular.ttf",
	HEBREW: "NotoSansHebrew_400Regular.ttf",
	DEVANAGARI: "NotoSansDevanagari_400Regular.ttf",
	GURMUKHI: "NotoSansGurmukhi_400Regular.ttf",
	"CranfordSymbols": "NotoSansSymbols_400Regular.ttf",
	"CranfordChinese": "NotoSansSC_400Regular_Usual.ttf",
	"CranfordKorean": "NotoSansKR_400Regular_Usual.ttf",
}
TEXT = (REGULAR, BOLD, ITALIC)
_FALLBACK = tuple(name for name in _FILES if name not in TEXT)
_JOINED = frozenset((EMOJI, ARABIC, HEBREW, DEVANAGARI, GURMUKHI))
"""Fonts whose characters change shape beside each other."""
_LEFTWARD = frozenset((ARABIC, HEBREW))

_PLAIN = re.compile("[\\x20-\\x7e\u00a1-\u00ac\u00ae-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac]*")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
	"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
_JOINERS = str.maketrans("", "", "\u200c\u200d")
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
_FIRST = (
	(re.compile("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001fbff]"), EMOJI),
	(re.compile("[\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff]"), DEVANAGARI),
)
"""Characters that other fonts have as well, and the font that is right for them."""
_SPACES = re.compile("[\t\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@cache
def register() -> None:
	"""Make the text font known to the PDF writer, so that no page begins with a font that is not embedded."""
	mend()
	pdfmetrics.registerFont(TTFont(REGULAR, str(resources() / "fonts" / _FILES[REGULAR])))


@cache
def face(font: str) -> Face:
	"""Return the opened font of a name."""
	return Face(resources() / "fonts" / _FILES[font])


@cache
def names() -> tuple[str, ...]:
	"""Return what the fonts are called inside a document."""
	return tuple(dict.fromkeys(face(font).name for font in _FILES))


def is_plain(text: str) -> bool:
	"""Return whether every character is one of those that the text fonts have and that are drawn as they are."""
	return _PLAIN.fullmatch(text) is not None


def is_joined(text: str, font: str) -> bool:
	"""Return whether a stretch needs shaping: its letters join, or marks stand above them."""
	return font in _JOINED or (not text.isascii() and _MARKS.search(text) is not None)


@lru_cache(maxsize=8192)
def _joined_width(text: str, font: str) -> float:
	return sum(glyph.advance for glyph in face(font).shaped(text, leftward=font in _LEFTWARD)) / 1000


def width(text: str, font: str) -> float:
	"""Return how wide a text is in a font at size 1; only for characters the font has."""
	if is_joined(text, font):
		return _joined_width(text, font)
	widths = face(font).widths
	try:
		return sum(map(widths.__getitem__, text))
	except KeyError:
		return sum(widths.get(character, 0.5) for character in text)


def clean(text: str) -> str:
	"""Return a text as it can be read in a document: one kind of line end, no direction controls or unseen marks.

	Control characters and halves of surrogate pairs become their code, so that nothing vanishes without a trace.
	"""
	return text if _PLAIN.fullmatch(text) else unicodedata.normalize("NFC", drawable(text).translate(_JOINERS))


def drawable(text: str) -> str:
	"""Return the same with the marks that join letters or emoji, which are drawn together then, and never read."""
	if _PLAIN.fullmatch(text):
		return text
	text = _LINE_ENDS.sub("\n", text)
	text = _UNSEEN.sub("", text)
	text = _SPACES.sub(" ", text)
	text = _UNSHOWABLE.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
	return unicodedata.normalize("NFC", text)


def readable(text: str) -> str:
	"""Return what can be read of a drawn stretch: it without the marks that join."""
	return text if text.isascii() else text.translate(_JOINERS)


@lru_cache(maxsize=4096)
def _font_of(character: str, base: str) -> str | None:
	code = ord(character)
	for characters, font in _FIRST:
		if characters.match(character) and code in face(font).glyphs:
			return font
	return next((font for font in (base, *_FALLBACK) if code in face(font).glyphs), None)


def runs(text: str, base: str = REGULAR) -> list[tuple[str, str]]:
	"""Split a cleaned text into stretches of one font each: (font, text). Unknown characters become `[U+XXXX]`."""
	if _PLAIN.fullmatch(text):
		return [(base, text)] if text else []
	found: list[tuple[str, list[str]]] = []
	for character in text:
		if character in "\u200c\u200d":
			if found and found[-1][0] in _JOINED:
				found[-1][1].append(character)
			continue
		font = found[-1][0] if found and character in " \u00a0" else _font_of(character, base)
		shown = character
		if font is None:
			font, shown = base, f"[U+{ord(character):04X}]"
		elif found and font != found[-1][0] and _MARKS.match(character) and ord(character) in face(found[-1][0]).glyphs:
			font = found[-1][0]
		if found and found[-1][0] == font:
			found[-1][1].append(shown)
		else:
			found.append((font, [shown]))
	return [(font, "".join(letters)) for font, letters in found]


def without_glyph(text: str) -> set[str]:
	"""Return the characters of a text that no font has: they are printed as their code."""
	shown = clean(text)
	if _PLAIN.fullmatch(shown):
		return set()
	return {one for one in set(shown) if one != "\n" and _font_of(one, REGULAR) is None} | set(
		_UNSHOWABLE.findall(text)
	)
