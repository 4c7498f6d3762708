"""Paper: an A4 document with header, footer, page numbers and bookmarks, drawn straight onto the canvas, and tagged.

What is drawn belongs to the element of the document's structure that is open (`element`); words drawn outside of one
become a paragraph. Rules, boxes, head and foot are decoration. The same content gives the same bytes: no clock, no
machine, no author's name. One `Sheet` is one document.
"""

import io
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from cranford_desktop.documents import fonts
from cranford_desktop.documents.archival import text_string
from cranford_desktop.documents.lines import LABEL_PAD, LABEL_SIZE, Line, Run, Setter
from cranford_desktop.documents.structure import GROUPING, Element
from cranford_desktop.documents.tagged_pdf import OWN, TaggedCanvas
from cranford_desktop.domain.disclosure import Piece

INK = HexColor("#1B1F24")
MUTED = HexColor("#535D6B")
ACCENT = HexColor("#0A4A8C")
RULE = HexColor("#BCC4CE")
HAIR = HexColor("#DFE3E8")
TINT = HexColor("#F3F5F7")
GROUND = HexColor("#16181B")
_WATERMARK = HexColor("#ECEEF1")

WIDTH, HEIGHT = A4
LEFT = 20 * mm
RIGHT = WIDTH - 20 * mm
TOP = HEIGHT - 24 * mm
BOTTOM = 22 * mm
_NOTHING = nullcontext()
_HEADING = re.compile(r"H[1-6]")
_FOOT = 90.0
_FOOT_LINE = 12 * mm
__all__ = ["OWN", "Sheet"]


class _Jpeg(ImageReader):  # type: ignore[misc]  # the writer brings no types
	"""A JPEG whose bytes go in as they are; the writer would decode it only to give it a name."""

	def __init__(self, jpeg: bytes) -> None:
		self._jpeg = jpeg
		self._dataA = None
		super().__init__(io.BytesIO(jpeg))

	def getRGBData(self) -> bytes:  # noqa: N802  the writer's own name
		"""Return what the picture is named after."""
		return self._jpeg


class Sheet:
	"""A document in the making. Heights run from the bottom in points; `y` is where the next thing goes."""

	def __init__(
		self,
		*,
		title: str,
		council: str,
		reference: str,
		footer: str,
		practice: bool,
		made_on: date,
		label_texts: Sequence[str] = (),
		marked: str = "",
	) -> None:
		"""Begin a document; `marked` stands large in the head of every page ("INTERNAL")."""
		self.setter = Setter(label_texts)
		self.running: tuple[Piece, ...] = ()
		"""What the header says beside the council's name: the group."""
		self.continued: Callable[[], None] | None = None
		"""Called after a page break, to say what goes on; what it draws is decoration."""
		self.y = TOP
		self.page = 0
		self._council = council
		self._reference = reference
		self._footer = footer
		self._practice = practice
		self._marked = marked
		self._canvas = TaggedCanvas(fonts.clean(title).replace("\n", " "), made_on)
		self._canvas.footer = self._foot
		self._canvas.showOutline()
		self._places: dict[str, int] = {}
		self._rank = 0
		self._begin()

	def element(self, role: str, *, alt: str = "", scope: str = "") -> AbstractContextManager[None]:
		"""Let what is drawn meanwhile be one element of the structure ("L", "LI", "Lbl", "LBody", "Sect", …).

		`alt` is what a figure shows, in words; `scope` says of a "TH" whether it heads a "Column" or a "Row".
		"""
		if _HEADING.fullmatch(role):
			# Headings go down one step at a time, whatever stands above: readers find their way by them.
			self._rank = min(int(role[1:]), self._rank + 1)
			role = f"H{self._rank}"
		extra = f"/Alt {text_string(fonts.clean(alt))}" if alt else ""
		if scope:
			extra += f"/A<</O/Table/Scope/{scope}>>"
		return self._canvas.element(role, extra)

	def begin(self, role: str, *, scope: str = "") -> Element | None:
		"""Begin an element to be entered several times (`within`): a cell whose row goes over pages."""
		return self._canvas.begin(role, f"/A<</O/Table/Scope/{scope}>>" if scope else "")

	def within(self, element: Element | None) -> AbstractContextManager[None]:
		"""Let what is drawn meanwhile belong to an element begun before."""
		return self._canvas.within(element)

	def end(self, element: Element | None) -> None:
		"""End an element begun with `begin`."""
		self._canvas.end(element)

	def decoration(self) -> AbstractContextManager[None]:
		"""Let what is drawn meanwhile be no content of the document: what repeats, what only adorns."""
		return self._canvas.decoration()

	def new_page(self) -> None:
		"""End this page and begin the next."""
		self._canvas.showPage()
		self._begin()

	def need(self, height: float) -> bool:
		"""Begin a new page unless `height` points are left; returns whether it did."""
		if self.y - height >= BOTTOM:
			return False
		self.new_page()
		if self.continued is not None:
			with self._canvas.decoration():
				self.continued()
		return True

	def line(self, line: Line, x: float, y: float, size: float, colour: Color = INK) -> None:
		"""Draw one line of words and labels on the base line `y`."""
		if not line:
			return
		with self._speaking():
			if any(run.leftward for run in line):
				self._leftward(line, x, y, size, colour)
			else:
				for run in line[:-1]:
					self._rightward(run, x, y, size, colour)
				last = line[-1]
				if last.font in fonts.TEXT and not last.is_label and not fonts.is_joined(last.text, last.font):
					self._canvas.mark(own=last.own)
					self._canvas.colour(colour)
					self._canvas.plain_words(f"{last.text} ", last.font, size, x + last.at, y)
					return
				self._rightward(last, x, y, size, colour)
			# A space at its end keeps the line's last word apart from the next line's first when it is read aloud.
			last = line[-1]
			self._canvas.mark(own=last.own or last.is_label)
			self._canvas.plain_words(" ", fonts.REGULAR, size, x + max(run.at + run.width for run in line), y)

	def _rightward(self, run: Run, x: float, y: float, size: float, colour: Color) -> None:
		if run.is_label or not fonts.is_joined(run.text, run.font):
			self._run(run, x, y, size, colour)
			return
		canvas = self._canvas
		spoken = _spoken(run)
		span = canvas.begin("Span", spoken)
		if span is not None and run.font != fonts.EMOJI:
			# PDFium reads it here, and only here; but it drops emoji, which their font's own table tells it.
			span.marked = spoken
		with canvas.within(span):
			self._run(run, x, y, size, colour)
		canvas.end(span)

	def _run(self, run: Run, x: float, y: float, size: float, colour: Color) -> None:
		if run.is_label:
			self._label(run.text, x + run.at, y)
			return
		canvas = self._canvas
		canvas.mark(own=run.own)
		canvas.colour(colour)
		canvas.words(run.text, run.font, size, x + run.at, y, leftward=run.leftward)

	def _leftward(self, line: Line, x: float, y: float, size: float, colour: Color) -> None:
		"""Draw a line with right-to-left words.

		The structure has its stretches in reading order, each with its text; the page has them left to right, as
		those expect who copy or search by what is drawn.
		"""
		canvas = self._canvas
		spans = [canvas.begin("Span", _spoken(run) if run.leftward else "") for run in line]
		for run, span in sorted(zip(line, spans, strict=True), key=lambda one: one[0].at):
			with canvas.within(span):
				self._run(run, x, y, size, colour)
			canvas.end(span)

	def text(self, words: str, x: float, y: float, size: float, font: str = fonts.REGULAR, colour: Color = INK) -> None:
		"""Draw the document's own words on one line, however long."""
		self.line(self.setter.straight(words, size, font), x, y, size, colour)

	def text_right(
		self, words: str, x: float, y: float, size: float, font: str = fonts.REGULAR, colour: Color = INK
	) -> None:
		"""Draw the document's own words on one line that ends at `x`."""
		line = self.setter.straight(words, size, font)
		self.line(line, x - (line[-1].at + line[-1].width if line else 0), y, size, colour)

	def flow(
		self,
		pieces: Sequence[Piece] | str,
		*,
		x: float = LEFT,
		width: float = RIGHT - LEFT,
		size: float = 10,
		leading: float = 14,
		font: str = fonts.REGULAR,
		colour: Color = INK,
	) -> None:
		"""Draw a paragraph at `y` and go on below it, over pages where it must; a plain text is the document's own."""
		if isinstance(pieces, str):
			pieces = (Piece(pieces, own=True),)
		with self._speaking():
			for line in self.setter.wrap(pieces, size, width, font):
				self.need(leading)
				self.line(line, x, self.y - leading * 0.76, size, colour)
				self.y -= leading

	def gap(self, height: float) -> None:
		"""Leave room."""
		self.y -= height

	def rule(self, x: float = LEFT, to: float = RIGHT, colour: Color = RULE, thickness: float = 0.6) -> None:
		"""Draw a level line at `y`."""
		self._adorn(f"{_rgb(colour)} RG {thickness:g} w {x:.2f} {self.y:.2f} m {to:.2f} {self.y:.2f} l S")

	def box(
		self, x: float, y: float, width: float, height: float, *, fill: Color | None = None, stroke: Color | None = None
	) -> None:
		"""Draw a plain box whose lower left corner is x, y."""
		paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
			(fill is not None, stroke is not None), "n"
		)
		edge = f"{_rgb(stroke)} RG 0.6 w " if stroke is not None else ""
		ground = f"{_rgb(fill)} rg " if fill is not None else ""
		self._adorn(f"{ground}{edge}{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint}")

	def disc(self, x: float, y: float, radius: float, fill: Color) -> None:
		"""Draw a filled disc round x, y."""
		with self._canvas.decoration():
			self._canvas.mark()
			self._canvas.setFillColor(fill)
			self._canvas.circle(x, y, radius, stroke=0, fill=1)
			self._canvas.forget()

	def heading(
		self,
		words: Sequence[Piece] | str,
		*,
		size: float = 15,
		before: float = 12,
		level: int | None = None,
		rank: int | None = None,
	) -> None:
		"""Draw a heading, kept with what follows; with a `level` it is a bookmark too.

		`rank` is its place among headings (H1 is the document's title); two below the bookmark's level if not given.
		"""
		pieces = (Piece(words, own=True),) if isinstance(words, str) else tuple(words)
		self.need(before + size * 1.4 + 40)
		if self.y < TOP:
			self.gap(before)
		if level is not None:
			self.bookmark("".join(f"[{one.text}]" if one.is_label else one.text for one in pieces), level)
		with self.element(f"H{rank or (level or 0) + 2}"):
			self.flow(pieces, size=size, leading=size * 1.35, font=fonts.BOLD, colour=ACCENT if size > 11 else INK)
		self.gap(size * 0.25)

	def bookmark(self, title: str, level: int = 0, key: str | None = None) -> None:
		"""Put a bookmark here; with a `key`, `page_of` can name its page elsewhere."""
		key = key or f"b{len(self._places)}"
		self._places[key] = self.page
		self._canvas.place(key, fonts.clean(title).replace("\n", " ")[:200], level, self.y + 12)

	def page_of(self, key: str, right: float, y: float) -> None:
		"""Draw the number of the page with this bookmark, known only at the end, so that it ends at `right`."""
		with self._speaking():
			self._canvas.mark(own=True)
			self._canvas.later(lambda: self._number(str(self._places.get(key, 0)), right, y, 10, INK))
			self._canvas.forget()

	def link(self, key: str, words: str, x: float, y: float, width: float, height: float) -> None:
		"""Let a click inside this box go to the bookmark; `words` say where, inside a "Link" element."""
		self._canvas.link_to(key, fonts.clean(words).replace("\n", " "), (x, y, x + width, y + height))

	def image(self, jpeg: bytes, x: float, y: float, width: float, height: float, *, alt: str) -> None:
		"""Draw a re-encoded photo, its bytes as they are; `alt` says what it is for those who cannot see it."""
		box = f"/A<</O/Layout/BBox[{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}]>>"
		with self._canvas.element("Figure", f"/Alt {text_string(fonts.clean(alt))}{box}"):
			self._canvas.mark()
			self._canvas.drawImage(_Jpeg(jpeg), x, y, width, height)
			self._canvas.forget()

	def finish(self) -> bytes:
		"""End the document and return its bytes."""
		self._canvas.showPage()
		return self._canvas.finish()

	def _speaking(self) -> AbstractContextManager[None]:
		"""Return what makes the words drawn meanwhile a paragraph, where no element that holds words is open."""
		current = self._canvas.current
		return self._canvas.element("P") if current is not None and current.role in GROUPING else _NOTHING

	def _adorn(self, content: str) -> None:
		with self._canvas.decoration():
			self._canvas.mark()
			self._canvas.draw(content)

	def _number(self, words: str, right: float, y: float, size: float, colour: Color) -> str:
		"""Return the content that draws a number of pages so that it ends at `right`."""
		font = self._canvas.fonts[fonts.REGULAR]
		# The words begin with a space: readers that copy text glue them to what was drawn before.
		words = f" {words}"
		x = right - fonts.width(words, fonts.REGULAR) * size
		return f"BT {_rgb(colour)} rg /{font.name} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{font.encoded(words)}> Tj ET"

	def _foot(self, page: int) -> str:
		"""Return the corner of a page's foot: how many pages there are is known only at the end."""
		drawn = self._number(f"Page {page} of {self.page}", RIGHT, _FOOT_LINE, 8.5, MUTED)
		return f"/{OWN} BMC /Artifact <</Type/Pagination/Subtype/Footer>> BDC {drawn} EMC EMC"

	def _begin(self) -> None:
		self.page += 1
		self.y = TOP
		canvas = self._canvas
		if self._practice:
			with canvas.decoration("/Background"):
				canvas.mark(own=True)
				canvas.draw(f"q 0.6157 0.788 -0.788 0.6157 {WIDTH / 2:.2f} {HEIGHT / 2:.2f} cm")
				canvas.colour(_WATERMARK)
				wide = fonts.width("PRACTICE", fonts.BOLD) * 118
				canvas.words("PRACTICE", fonts.BOLD, 118, -wide / 2, -40)
				canvas.draw("Q")
				canvas.forget()
		with canvas.decoration("/Pagination/Subtype/Header"):
			self._head()
		with canvas.decoration("/Pagination/Subtype/Footer"):
			canvas.mark()
			canvas.draw(
				f"{_rgb(RULE)} RG 0.6 w {LEFT:.2f} {_FOOT_LINE + 12:.2f} m {RIGHT:.2f} {_FOOT_LINE + 12:.2f} l S"
			)
			left = self._footer + ("  ·  PRACTICE: not a real document" if self._practice else "")
			fitted = self.setter.fit((Piece(left, own=True),), 8.5, RIGHT - LEFT - _FOOT)
			self.line(fitted, LEFT, _FOOT_LINE, 8.5, MUTED)

	def _head(self) -> None:
		head = HEIGHT - 14 * mm
		room = RIGHT - LEFT - fonts.width(self._reference, fonts.REGULAR) * 8.5 - 12
		running: tuple[Piece, ...] = (Piece(self._council, own=True),)
		if self.running:
			running = (*running, Piece("  ·  ", own=True), *self.running)
		if self._marked:
			wide = fonts.width(self._marked, fonts.BOLD) * 8.5
			self.text(self._marked, LEFT, head, 8.5, fonts.BOLD)
			self.line(self.setter.fit(running, 8.5, room - wide - 10), LEFT + wide + 10, head, 8.5, MUTED)
		else:
			self.line(self.setter.fit(running, 8.5, room), LEFT, head, 8.5, MUTED)
		self.text_right(self._reference, RIGHT, head, 8.5, colour=MUTED)
		self._canvas.draw(f"{_rgb(RULE)} RG 0.6 w {LEFT:.2f} {head - 6:.2f} m {RIGHT:.2f} {head - 6:.2f} l S")

	def _label(self, words: str, x: float, y: float) -> None:
		"""Draw a label: white words in square brackets on a dark box, always of the same width."""
		canvas = self._canvas
		canvas.mark(own=True)
		canvas.colour(GROUND)
		canvas.draw(f"{x:.2f} {y - 2.6:.2f} {self.setter.label_width:.2f} 11.2 re f")
		canvas.colour(white)
		squeeze = self.setter.squeeze(words)
		at = x + LABEL_PAD
		for font, text in fonts.runs(f"[{words}]", fonts.BOLD):
			canvas.words(text, font, LABEL_SIZE, at, y + 0.3, squeeze=squeeze)
			at += fonts.width(text, font) * LABEL_SIZE * squeeze


def _spoken(run: Run) -> str:
	"""Return how a stretch reads whose letters join: as it was written."""
	return f"/ActualText {text_string(fonts.readable(run.text))}"


def _rgb(colour: Color) -> str:
	return f"{colour.red:.4g} {colour.green:.4g} {colour.blue:.4g}"
