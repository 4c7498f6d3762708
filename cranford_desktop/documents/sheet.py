"""Paper: an A4 document with header, footer, page numbers and bookmarks, drawn straight onto the canvas.

The same content gives the same bytes: no clock, no machine, no author's name. One `Sheet` is one document.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.documents import fonts
from cranford_desktop.documents.lines import LABEL_PAD, LABEL_SIZE, Line, Setter
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
_FOOT = 90.0
OWN = "Own"
"""Marks, in a page's content, the words that the document says by itself: the leak check reads them apart."""


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
		fonts.register()
		self.setter = Setter(label_texts)
		self.running: tuple[Piece, ...] = ()
		"""What the header says beside the council's name: the group."""
		self.continued: Callable[[], None] | None = None
		"""Called after a page break, to say what goes on."""
		self.y = TOP
		self.page = 0
		self._council = council
		self._reference = reference
		self._footer = footer
		self._practice = practice
		self._marked = marked
		self._out = io.BytesIO()
		self._canvas = Canvas(
			self._out,
			pagesize=A4,
			pageCompression=1,
			invariant=1,
			initialFontName=fonts.REGULAR,
			initialFontSize=10,
			lang="en-GB",
			pdfVersion=(1, 7),
		)
		# The day it was made is content; the computer's own clock is not.
		stamp = self._canvas._doc._timeStamp
		stamp.YMDhms = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
		stamp.dhh = stamp.dmm = 0
		self._canvas.setTitle(fonts.clean(title).replace("\n", " "))
		self._canvas.setAuthor("")
		self._canvas.setSubject("")
		self._canvas.setCreator("Cranford Desktop")
		self._canvas.setViewerPreference("DisplayDocTitle", "true")
		self._canvas.showOutline()
		self._places: dict[str, int] = {}
		self._wanted: list[str] = []
		self._begin()

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
			self.continued()
		return True

	def line(self, line: Line, x: float, y: float, size: float, colour: Color = INK) -> None:
		"""Draw one line of words and labels on the base line `y`."""
		if not line:
			return
		canvas = self._canvas
		canvas.setFillColor(colour)
		for run in line:
			if run.is_label:
				self._label(run.text, x + run.at, y)
				canvas.setFillColor(colour)
			else:
				words = canvas.beginText(x + run.at, y)
				words.setFont(run.font, size)
				words.textOut(run.text)
				if run.own:
					with self._own():
						canvas.drawText(words)
				else:
					canvas.drawText(words)

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
		for line in self.setter.wrap(pieces, size, width, font):
			self.need(leading)
			self.line(line, x, self.y - leading * 0.76, size, colour)
			self.y -= leading

	def gap(self, height: float) -> None:
		"""Leave room."""
		self.y -= height

	def rule(self, x: float = LEFT, to: float = RIGHT, colour: Color = RULE, thickness: float = 0.6) -> None:
		"""Draw a level line at `y`."""
		self._canvas.setStrokeColor(colour)
		self._canvas.setLineWidth(thickness)
		self._canvas.line(x, self.y, to, self.y)

	def box(
		self, x: float, y: float, width: float, height: float, *, fill: Color | None = None, stroke: Color | None = None
	) -> None:
		"""Draw a plain box whose lower left corner is x, y."""
		if fill is not None:
			self._canvas.setFillColor(fill)
		if stroke is not None:
			self._canvas.setStrokeColor(stroke)
			self._canvas.setLineWidth(0.6)
		self._canvas.rect(x, y, width, height, stroke=int(stroke is not None), fill=int(fill is not None))

	def disc(self, x: float, y: float, radius: float, fill: Color) -> None:
		"""Draw a filled disc round x, y."""
		self._canvas.setFillColor(fill)
		self._canvas.circle(x, y, radius, stroke=0, fill=1)

	def heading(
		self, words: Sequence[Piece] | str, *, size: float = 15, before: float = 12, level: int | None = None
	) -> None:
		"""Draw a heading, kept with what follows; with a `level` it is a bookmark too."""
		pieces = (Piece(words, own=True),) if isinstance(words, str) else tuple(words)
		self.need(before + size * 1.4 + 40)
		if self.y < TOP:
			self.gap(before)
		if level is not None:
			self.bookmark("".join(f"[{one.text}]" if one.is_label else one.text for one in pieces), level)
		self.flow(pieces, size=size, leading=size * 1.35, font=fonts.BOLD, colour=ACCENT if size > 11 else INK)
		self.gap(size * 0.25)

	def bookmark(self, title: str, level: int = 0, key: str | None = None) -> None:
		"""Put a bookmark here; with a `key`, `page_of` can name its page elsewhere."""
		key = key or f"b{len(self._places)}"
		self._places[key] = self.page
		self._canvas.bookmarkHorizontal(key, 0, self.y + 12)
		self._canvas.addOutlineEntry(fonts.clean(title).replace("\n", " ")[:200], key, level)

	def page_of(self, key: str, right: float, y: float) -> None:
		"""Draw the number of the page with this bookmark, known only at the end, so that it ends at `right`."""
		if key not in self._wanted:
			self._wanted.append(key)
		self._place_form(f"page-{key}", right - _FOOT, y)

	def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
		"""Let a click inside this box go to the bookmark."""
		self._canvas.linkAbsolute("", key, (x, y, x + width, y + height), Border="[0 0 0]")

	def image(self, jpeg: bytes, x: float, y: float, width: float, height: float) -> None:
		"""Draw a re-encoded photo; its bytes go in as they are."""
		self._canvas.drawImage(_Jpeg(jpeg), x, y, width, height)

	def finish(self) -> bytes:
		"""End the document and return its bytes."""
		self._canvas.showPage()
		# How many pages there are is known only now; so the corner of each page is drawn last.
		for page in range(1, self.page + 1):
			self._form(f"foot-{page}", f" Page {page} of {self.page}", _FOOT, 8.5, MUTED)
		for key in self._wanted:
			self._form(f"page-{key}", f" {self._places.get(key, 0)}", _FOOT, 10, INK)
		self._canvas._doc.SaveToFile(self._out, self._canvas)
		return self._out.getvalue()

	def _form(self, name: str, words: str, width: float, size: float, colour: Color) -> None:
		# The words begin with a space: readers that copy text glue a form to what was drawn before it.
		self._canvas.beginForm(name, 0, -4, width, 14)
		self._canvas.setFont(fonts.REGULAR, size)
		self._canvas.setFillColor(colour)
		with self._own():
			self._canvas.drawString(width - fonts.width(words, fonts.REGULAR) * size, 0, words)
		self._canvas.endForm()

	def _place_form(self, name: str, x: float, y: float) -> None:
		self._canvas.saveState()
		self._canvas.translate(x, y)
		self._canvas.doForm(name)
		self._canvas.restoreState()

	def _begin(self) -> None:
		self.page += 1
		self.y = TOP
		canvas = self._canvas
		if self._practice:
			canvas.saveState()
			canvas.translate(WIDTH / 2, HEIGHT / 2)
			canvas.rotate(52)
			canvas.setFillColor(_WATERMARK)
			canvas.setFont(fonts.BOLD, 118)
			with self._own():
				canvas.drawCentredString(0, -40, "PRACTICE")
			canvas.restoreState()
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
		canvas.setStrokeColor(RULE)
		canvas.setLineWidth(0.6)
		canvas.line(LEFT, head - 6, RIGHT, head - 6)
		foot = 12 * mm
		canvas.line(LEFT, foot + 12, RIGHT, foot + 12)
		left = self._footer + ("  ·  PRACTICE: not a real document" if self._practice else "")
		self.line(self.setter.fit((Piece(left, own=True),), 8.5, RIGHT - LEFT - _FOOT), LEFT, foot, 8.5, MUTED)
		self._place_form(f"foot-{self.page}", RIGHT - _FOOT, foot)
		canvas.setFillColor(black)

	def _label(self, words: str, x: float, y: float) -> None:
		"""Draw a label: white words in square brackets on a dark box, always of the same width."""
		canvas = self._canvas
		wide = self.setter.label_width
		canvas.setFillColor(GROUND)
		canvas.rect(x, y - 2.6, wide, 11.2, stroke=0, fill=1)
		canvas.setFillColor(white)
		shown = canvas.beginText(x + LABEL_PAD, y + 0.3)
		squeeze = self.setter.squeeze(words)
		if squeeze < 1:
			shown.setHorizScale(squeeze * 100)
		for font, text in fonts.runs(f"[{words}]", fonts.BOLD):
			shown.setFont(font, LABEL_SIZE)
			shown.textOut(text)
		if squeeze < 1:
			shown.setHorizScale(100)
		with self._own():
			canvas.drawText(shown)

	@contextmanager
	def _own(self) -> Iterator[None]:
		"""Mark what is drawn meanwhile as the document's own words."""
		self._canvas._code.append(f"/{OWN} BMC")
		yield
		self._canvas._code.append("EMC")
