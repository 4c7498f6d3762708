"""A canvas whose every stretch is told apart: words of an element of the structure, or decoration.

ReportLab draws and numbers; the structure, the marks in page contents, the fonts and the file are ours, because the
writer has none of the first and keeps all of the last in memory. What comes out is PDF/UA-1 and PDF/A-2a.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.documents import archival, fonts
from cranford_desktop.documents.archival import text_string
from cranford_desktop.documents.embedding import DocumentFonts
from cranford_desktop.documents.faces import Glyph
from cranford_desktop.documents.pdf_file import PdfFile
from cranford_desktop.documents.reportlab_mends import mend
from cranford_desktop.documents.structure import Element, Structure

OWN = "Own"
"""Marks, in a page's content, the words that the document says by itself: the leak check reads them apart."""
Late = Callable[[], str]
"""Content that is known only at the end of the document."""


_NOTHING = nullcontext()


class _Inside(AbstractContextManager[None]):
	"""What is drawn meanwhile belongs to an element or to a decoration. Entered a dozen times for each message."""

	__slots__ = ("_canvas", "_closes", "_open", "_what")

	def __init__(
		self, canvas: "TaggedCanvas", now_open: list[Element | str], what: Element | str, *, closes: bool
	) -> None:
		self._canvas = canvas
		self._open = now_open
		self._what = what
		self._closes = closes

	def __enter__(self) -> None:
		self._open.append(self._what)

	def __exit__(self, *_exception: object) -> None:
		self._open.pop()
		if self._closes and isinstance(self._what, Element):
			self._canvas.structure.close(self._what)


class TaggedCanvas(Canvas):  # type: ignore[misc]  # the writer brings no types
	"""Pages in the making. What is drawn belongs to the element that is open, or is decoration."""

	_code: list[str]
	"""ReportLab's own list of the page's content."""

	def __init__(self, title: str, made_on: date) -> None:
		"""Begin a document; the day it was made is content, the computer's own clock is not."""
		mend()
		fonts.register()
		super().__init__(
			"",
			pagesize=A4,
			pageCompression=1,
			invariant=1,
			initialFontName=fonts.REGULAR,
			initialFontSize=10,
			lang=archival.LANGUAGE,
			pdfVersion=(1, 7),
		)
		self.file = PdfFile(self.new_number)
		self.structure = Structure(self.file, self.new_number)
		self.fonts = DocumentFonts(self.new_number)
		self.footer: Callable[[int], str] | None = None
		"""Makes the content of each page's foot, at the end of the document."""
		self._title = title
		self._made_on = made_on
		self._open: list[Element | str] = [self.structure.document]
		self._marked: Element | str | None = None
		self._marked_own = False
		self._owners: list[int] = []
		self._late: dict[int, Late] = {}
		self._unfinished: list[tuple[int, list[str], dict[int, Late]]] = []
		self._feet: list[int] = []
		self._places: dict[str, str] = {}
		self._links: list[tuple[int, str, str]] = []
		self._fill: Color | None = None
		self._page_object = self.new_number()

	def new_number(self) -> int:
		"""Give out the number of a new object."""
		self._doc.objectcounter += 1
		return int(self._doc.objectcounter)

	# What things are

	@property
	def current(self) -> Element | None:
		"""The element that is open; none while decoration is drawn."""
		innermost = self._open[-1]
		return innermost if isinstance(innermost, Element) else None

	def element(self, role: str, extra: str = "") -> AbstractContextManager[None]:
		"""Let what is drawn meanwhile belong to a new element; inside decoration it stays decoration."""
		element = self.begin(role, extra)
		return _NOTHING if element is None else _Inside(self, self._open, element, closes=True)

	def begin(self, role: str, extra: str = "") -> Element | None:
		"""Begin an element that is entered with `within`, maybe several times, and ended with `end`.

		Inside decoration there is none.
		"""
		parent = self.current
		return None if parent is None else self.structure.open(role, parent, extra)

	def within(self, element: Element | None) -> AbstractContextManager[None]:
		"""Let what is drawn meanwhile belong to an element begun before."""
		return _NOTHING if element is None else _Inside(self, self._open, element, closes=False)

	def end(self, element: Element | None) -> None:
		"""End an element begun with `begin`."""
		if element is not None:
			self.structure.close(element)

	def decoration(self, kind: str = "/Layout") -> AbstractContextManager[None]:
		"""Let what is drawn meanwhile be no content: rules, grounds, what repeats on every page."""
		return _Inside(self, self._open, f"/Artifact <</Type{kind}>> BDC", closes=False)

	def mark(self, *, own: bool = False) -> None:
		"""Make what is drawn next belong to what is open; `own`: the document's own words.

		The mark of own words stands round the element's, never in it: readers lose what follows a mark inside.
		"""
		wanted = self._open[-1]
		if wanted is self._marked and own == self._marked_own:
			return
		self.unmark()
		if own:
			self._code.append(f"/{OWN} BMC")
		if isinstance(wanted, str):
			self._code.append(wanted)
		else:
			number = len(self._owners)
			self._owners.append(wanted.number)
			self.structure.mark(wanted, self._page_object, number)
			self._code.append(f"/{wanted.role} <</MCID {number}{wanted.marked}>> BDC")
		self._marked, self._marked_own = wanted, own

	def unmark(self) -> None:
		"""End the marked stretch."""
		if self._marked is not None:
			self._code.append("EMC EMC" if self._marked_own else "EMC")
			self._marked = None

	def place(self, key: str, title: str, level: int, y: float) -> None:
		"""Put a bookmark at a height of this page, listed in the outline."""
		self._places[key] = f"[{self._page_object} 0 R/XYZ 0 {y:.2f} 0]"
		self.bookmarkHorizontal(key, 0, y)
		self.addOutlineEntry(title, key, level)

	def link_to(self, key: str, words: str, box: tuple[float, float, float, float]) -> None:
		"""Let a click inside a box (left, bottom, right, top) go to a bookmark; part of the open element."""
		number = self.new_number()
		owner = self.structure.link(self.current or self.structure.document, self._page_object, number)
		corners = " ".join(f"{one:.2f}" for one in box)
		self._links.append(
			(
				number,
				key,
				f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{corners}]/StructParent {owner}"
				f"/Contents {text_string(words)}/Dest ",
			)
		)
		self._annotationrefs.append(f"{number} 0 R")

	# Drawing

	def colour(self, colour: Color) -> None:
		"""Fill with a colour from here on."""
		if colour is not self._fill:
			self._code.append(f"{colour.red:.4g} {colour.green:.4g} {colour.blue:.4g} rg")
			self._fill = colour

	def draw(self, content: str) -> None:
		"""Append operators that paint no text; a ground they fill with is forgotten."""
		self._code.append(content)
		if " rg" in content:
			self._fill = None

	def forget(self) -> None:
		"""Take nothing for granted about the colour: it was set or restored by other means."""
		self._fill = None

	def words(
		self, text: str, font: str, size: float, x: float, y: float, *, leftward: bool = False, squeeze: float = 1
	) -> None:
		"""Draw one stretch of one font on the base line `y`; letters that join are shaped."""
		embedded = self.fonts[font]
		start = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
		if leftward or fonts.is_joined(text, font):
			shown = self._shaped(embedded.face.shaped(text, leftward=leftward), font, size, start)
		else:
			shown = f"<{embedded.encoded(text)}> Tj"
		if squeeze < 1:
			shown = f"{squeeze * 100:.2f} Tz {shown} 100 Tz"
		self._code.append(f"BT /{embedded.name} {size:g} Tf {start} {shown} ET")

	def plain_words(self, text: str, font: str, size: float, x: float, y: float) -> None:
		"""Draw a stretch in which no letters join; the most common by far."""
		embedded = self.fonts[font]
		self._code.append(
			f"BT /{embedded.name} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{embedded.encoded(text)}> Tj ET"
		)

	def later(self, content: Late) -> None:
		"""Draw here what is known only at the end of the document."""
		self._late[len(self._code)] = content
		self._code.append("")

	def showPage(self) -> None:  # noqa: N802  the writer's own name
		"""End the page: its content is written now, and not held."""
		self.unmark()
		content, foot = self.new_number(), self.new_number()
		self._feet.append(foot)
		if self._late:
			self._unfinished.append((content, self._code, self._late))
			self._late = {}
		else:
			self.file.stream(content, "", "\n".join(self._code).encode("latin-1"))
		self._code = []
		name = self._doc.thisPageName()
		super().showPage()
		page = self._doc.idToObject[name]
		page.stream = None
		page.Contents = f"[{content} 0 R {foot} 0 R]"
		page.StructParents = self.structure.end_page(self._owners)
		page.Tabs = "/S"
		page.__NoDefault__ = (*page.__NoDefault__, "StructParents", "Tabs")
		self._renumber(name, self._page_object)
		self._owners = []
		self._fill = None
		self._page_object = self.new_number()

	def finish(self) -> bytes:
		"""End the document and return its bytes."""
		for content, code, late in self._unfinished:
			for at, drawn in late.items():
				code[at] = drawn()
			self.file.stream(content, "", "\n".join(code).encode("latin-1"))
		for page, foot in enumerate(self._feet, 1):
			self.file.stream(foot, "", self.footer(page).encode("latin-1") if self.footer else b" ")
		for number, key, note in self._links:
			self.file.put(number, f"{note}{self._places[key]}>>")
		document = self._doc
		document.idToObject[pdfdoc.BasicFonts].dict = self.fonts.write(self.file)
		self.structure.finish()
		metadata, info, colours, profile = (self.new_number() for _ in range(4))
		archival.write_metadata(self.file, metadata, self._title, self._made_on)
		archival.write_properties(self.file, info, self._title, self._made_on)
		archival.write_colours(self.file, colours, profile)
		catalogue = document.Catalog
		catalogue.Metadata = f"{metadata} 0 R"
		catalogue.StructTreeRoot = f"{self.structure.root} 0 R"
		catalogue.MarkInfo = "<</Marked true>>"
		catalogue.OutputIntents = f"[{colours} 0 R]"
		catalogue.__NoDefault__ = (*catalogue.__NoDefault__, "OutputIntents")
		self.setViewerPreference("DisplayDocTitle", "true")
		document.Reference(catalogue)
		document.Outlines.prepare(document, self)
		if document.Outlines.ready < 0:
			catalogue.Outlines = None
		self._write_numbered()
		return self.file.finish(document.idToObjectNumberAndVersion[catalogue.__InternalName__][0], info)

	def _write_numbered(self) -> None:
		"""Write what ReportLab has numbered; formatting one object may number others."""
		document = self._doc
		number = 0
		while number < document.objectcounter:
			number += 1
			name = document.numberToId.get(number)
			if name is None:
				continue
			body: bytes = pdfdoc.format(document.idToObject[name], document, toplevel=1).rstrip(b"\n")
			if body.endswith(b"endstream"):
				self.file.plain(number, body)
			else:
				self.file.put(number, body)

	def _renumber(self, name: str, number: int) -> None:
		"""Give an object that ReportLab has just numbered the number it was promised, and take the other back."""
		document = self._doc
		del document.numberToId[document.idToObjectNumberAndVersion[name][0]]
		document.idToObjectNumberAndVersion[name] = (number, 0)
		document.numberToId[number] = name

	def _shaped(self, glyphs: Sequence[Glyph], font: str, size: float, start: str) -> str:
		"""Return what draws glyphs; those that hang on others come last, so that readers see whole words."""
		letters = self._row(glyphs, font, size, hanging=False)
		if not any(glyph.hangs for glyph in glyphs):
			return letters
		return f"{letters} {start} {self._row(glyphs, font, size, hanging=True)}"

	def _row(self, glyphs: Sequence[Glyph], font: str, size: float, *, hanging: bool) -> str:
		embedded = self.fonts[font]
		parts: list[str] = []
		row: list[str] = []
		rise = pen = at = 0.0
		for glyph in glyphs:
			if glyph.hangs == hanging:
				if glyph.up != rise:
					if row:
						parts.append(f"[{''.join(row)}] TJ")
					parts.append(f"{glyph.up * size / 1000:.3g} Ts")
					row, rise = [], glyph.up
				move = at + glyph.right - pen
				if round(move):
					row.append(f"{-move:.0f}")
				row.append(f"<{embedded.encoded_glyph(glyph)}>")
				pen = at + glyph.right + embedded.face.advance(glyph.number)
			at += glyph.advance
		if row:
			parts.append(f"[{''.join(row)}] TJ")
		return " ".join((*parts, "0 Ts") if rise else parts)
