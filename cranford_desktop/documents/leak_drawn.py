"""What the pages of a PDF draw, read through their fonts in the order it is drawn: covered, cropped and white too.

A stretch that says by itself what it reads as (`ActualText`, PDF 32000-1, 14.9.4) is taken at its word; the signs drawn
under it are looked at as well. Forms are read where a page draws them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pikepdf

from cranford_desktop.documents.sheet import OWN

Fault = Callable[[str], None]

UNREADABLE = "has words in signs that cannot be read back"
_INVISIBLE = (3, 7)
_DEEPEST = 12
_BLOCK = re.compile(r"beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_PAIR = re.compile(r"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")
_SHOWS = ("Tj", "TJ", "'", '"')


@dataclass(slots=True)
class Drawn:
	"""The words of one page."""

	place: str
	message: list[str] = field(default_factory=list)
	"""Words of messages, names and the request, as far as the document did not mark them as its own."""
	own: list[str] = field(default_factory=list)
	"""Words the document marked as its own."""
	furniture: list[str] = field(default_factory=list)
	"""Unmarked words inside an artifact (a header that every page repeats), which no reader is read out."""
	order: list[str] = field(default_factory=list)
	"""All of them in the order they are drawn."""
	signs: list[str] = field(default_factory=list)
	"""What was drawn where the document itself says how it reads, and what it says beside that (`E`, `Alt`)."""


@dataclass(slots=True)
class _Font:
	codes: dict[int, str]
	wide: bool
	mapped: bool
	used: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Mark:
	own: bool = False
	artifact: bool = False
	spoken: str | None = None
	"""How the stretch says that it reads."""
	inside: list[bool] = field(default_factory=list)
	"""For each string drawn in it, whether it was marked as the document's own."""


class Reader:
	"""Reads pages and forms; remembers which streams were read and which letters of which font were drawn."""

	def __init__(self, fault: Fault) -> None:
		self._fault = fault
		self._fonts: dict[tuple[int, int], _Font] = {}
		self.read: set[tuple[int, int]] = set()

	def page(self, page: pikepdf.Page, number: int) -> Drawn:
		"""Return what a page draws."""
		drawn = Drawn(f"page {number}")
		contents = page.get("/Contents", pikepdf.Array())
		self.read |= {one.objgen for one in ([contents] if isinstance(contents, pikepdf.Stream) else contents)}
		self._operators(page, page.obj.get("/Resources", _inherited(page)), drawn, [], 0)
		return drawn

	def form(self, form: pikepdf.Stream, place: str) -> Drawn:
		"""Return what a form draws that no page asks for."""
		drawn = Drawn(place)
		self._form(form, None, drawn, [], 0)
		return drawn

	def spare_letters(self) -> bool:
		"""Return whether a font brings letters that no page draws; the plain ASCII ones are always brought."""
		return any(
			any(not letters.isascii() for code, letters in font.codes.items() if code not in font.used)
			for font in self._fonts.values()
		)

	def _form(
		self, form: pikepdf.Stream, around: pikepdf.Object | None, drawn: Drawn, marks: list[_Mark], depth: int
	) -> None:
		self.read.add(form.objgen)
		if depth < _DEEPEST:
			self._operators(form, form.get("/Resources", around), drawn, marks, depth + 1)

	def _operators(
		self,
		content: pikepdf.Page | pikepdf.Object,
		resources: pikepdf.Object | None,
		drawn: Drawn,
		around: list[_Mark],
		depth: int,
	) -> None:
		resources = resources if resources is not None else pikepdf.Dictionary()
		fonts = resources.get("/Font", pikepdf.Dictionary())
		things = resources.get("/XObject", pikepdf.Dictionary())
		marks = list(around)
		font: _Font | None = None
		try:
			instructions = pikepdf.parse_content_stream(content)
		except pikepdf.PdfError:
			self._fault(f"{drawn.place} cannot be read")
			return
		for instruction in instructions:
			operands: list[pikepdf.Object] = list(instruction.operands)
			name = str(instruction.operator)
			if name in _SHOWS:
				self._show(operands[0] if name == "TJ" else operands[-1:], font, drawn, marks)
			elif name == "Tf" and str(operands[0]) in fonts:
				font = self._font(fonts[str(operands[0])])
			elif name == "Tr" and int(operands[0]) in _INVISIBLE:
				self._fault(f"{drawn.place} has words that are not painted")
			elif name in ("BMC", "BDC"):
				marks.append(self._mark(operands, resources, drawn, marks))
			elif name == "EMC" and len(marks) > len(around):
				_end(marks, drawn)
			elif name == "Do" and str(operands[0]) in things:
				thing = things[str(operands[0])]
				if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
					self._form(thing, resources, drawn, marks, depth)
			elif name == "INLINE IMAGE":
				self._fault(f"{drawn.place} has a picture inside its text")
		while len(marks) > len(around):
			_end(marks, drawn)

	def _show(self, parts: object, font: _Font | None, drawn: Drawn, marks: list[_Mark]) -> None:
		strings = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]  # type: ignore[attr-defined]
		spoken = next((mark for mark in marks if mark.spoken is not None), None)
		words = "".join(self._decoded(data, font, drawn, spoken=spoken is not None) for data in strings)
		if spoken is not None:
			drawn.signs.append(words)
			spoken.inside.append(any(mark.own for mark in marks))
		else:
			_say(words, drawn, marks)

	def _mark(
		self, operands: list[pikepdf.Object], resources: pikepdf.Object, drawn: Drawn, marks: list[_Mark]
	) -> _Mark:
		tag = str(operands[0])
		mark = _Mark(own=tag == f"/{OWN}", artifact=tag == "/Artifact")
		about = operands[-1] if len(operands) > 1 else None
		if isinstance(about, pikepdf.Name):
			about = resources.get("/Properties", pikepdf.Dictionary()).get(str(about))
		if isinstance(about, pikepdf.Dictionary):
			if "/ActualText" in about and all(one.spoken is None for one in marks):
				mark.spoken = str(about["/ActualText"])
			drawn.signs += [
				str(value)
				for key, value in about.items()
				if isinstance(value, pikepdf.String) and key not in ("/ActualText", "/Lang")
			]
		return mark

	def _font(self, font: pikepdf.Object) -> _Font:
		key = font.objgen
		known = self._fonts.get(key) if key != (0, 0) else None
		if known is None:
			mapped = "/ToUnicode" in font
			codes = code_map(font.ToUnicode.read_bytes()) if mapped else {}
			known = _Font(codes, str(font.get("/Subtype")) == "/Type0", mapped)
			self._fonts[key if key != (0, 0) else (-len(self._fonts) - 1, 0)] = known
		return known

	def _decoded(self, data: bytes, font: _Font | None, drawn: Drawn, *, spoken: bool) -> str:
		if font is None or not font.mapped:
			return data.decode("cp1252", "replace")
		codes = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)] if font.wide else list(data)
		font.used.update(codes)
		if not spoken and any(code not in font.codes for code in codes):
			self._fault(f"{drawn.place} {UNREADABLE}")
		return "".join(font.codes.get(code, "\ufffd") for code in codes)


def code_map(data: bytes) -> dict[int, str]:
	"""Return what a font's codes stand for, from its table for copying and searching."""
	text = data.decode("latin-1")
	found: dict[int, str] = {}
	for kind, block in _BLOCK.findall(text):
		if kind == "char":
			for code, value in _PAIR.findall(block):
				found[int(code, 16)] = _letters(value)
			continue
		for first, last, value, several in _RANGE.findall(block):
			low, high = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
			if value:
				start = _letters(value)
				for step in range(high - low + 1):
					found[low + step] = start[:-1] + chr(min(ord(start[-1]) + step, 0x10FFFF)) if start else ""
			else:
				for step, one in enumerate(re.findall(r"<([0-9A-Fa-f\s]*)>", several)):
					found[low + step] = _letters(one)
	return found


def _letters(digits: str) -> str:
	plain = re.sub(r"\s", "", digits)
	return bytes.fromhex(plain if len(plain) % 2 == 0 else plain + "0").decode("utf-16-be", "replace")


def _end(marks: list[_Mark], drawn: Drawn) -> None:
	"""End the innermost mark; one that said how it reads is read now, when it is known whose words were drawn in it."""
	mark = marks.pop()
	if mark.spoken is not None:
		mark.own = mark.own or (bool(mark.inside) and all(mark.inside))
		_say(mark.spoken, drawn, [*marks, mark])


def _say(words: str, drawn: Drawn, marks: list[_Mark]) -> None:
	drawn.order.append(words)
	if any(mark.own for mark in marks):
		drawn.own.append(words)
	elif any(mark.artifact for mark in marks):
		drawn.furniture.append(words)
	else:
		drawn.message.append(words)


def _inherited(page: pikepdf.Page) -> pikepdf.Object | None:
	above = page.obj.get("/Parent")
	for _ in range(_DEEPEST):
		if above is None:
			return None
		if "/Resources" in above:
			return above["/Resources"]
		above = above.get("/Parent")
	return None
