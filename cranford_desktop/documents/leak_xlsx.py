"""Everything that can be read in a finished Excel file, shown or hidden."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import ARC_THEME

from cranford_desktop.documents import schedule
from cranford_desktop.documents.leak_images import image_faults
from cranford_desktop.documents.leak_pdf import loose_text
from cranford_desktop.documents.leak_zip import zip_faults
from cranford_desktop.documents.needles import Text

Fault = Callable[[str], None]

_UNWANTED = (
	("comments", "it has comments"),
	("threadedComments", "it has comments"),
	("persons/", "it names people who commented"),
	("externalLinks/", "it has links to other files"),
	("connections", "it has links to other data"),
	("queryTables/", "it has links to other data"),
	("pivotCache/", "it has a pivot's hidden data"),
	("pivotTables/", "it has a pivot table"),
	("media/", "it has pictures"),
	("embeddings/", "it has embedded files"),
	("vbaProject", "it has program code"),
	("customXml/", "it has custom data"),
	("customProperty", "it has custom data"),
	("docProps/custom", "it has custom properties"),
	("drawings/", "it has drawings"),
	("charts/", "it has drawings"),
	("printerSettings", "it has a printer's settings"),
	("revisions/", "it has a history of changes"),
	("calcChain", "it has formulas"),
)
_NEEDED = re.compile(
	r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|xl/(?:workbook|styles|sharedStrings)\.xml"
	r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OWN_PARTS = ("coreProperties", "Properties", "Types", "Relationships", "theme")
_HEADER_CODE = re.compile("&[A-Z]")
_NAMING_LISTED = (
	"sheet definedName hyperlink dataValidation customSheetView table tableColumn property numFmt cellStyle "
	"name tabColor pivotField fileSharing workbookProtection sheetProtection protectedRange scenario "
	"inputCells"
)
_NAMING = frozenset(_NAMING_LISTED.split())
"""Elements whose attributes can hold somebody's words; those of the others are Excel's own vocabulary."""
_VALIDATIONS_LISTED = (
	"hyperlink dataValidation conditionalFormatting cfRule legacyDrawing drawing scenario protectedRange "
	"customSheetView sheetBackground picture oleObject control"
)
_VALIDATIONS = frozenset(_VALIDATIONS_LISTED.split())
_FORMATS = frozenset(("d mmm yyyy", "d mmm yyyy hh:mm", "yyyy-mm-dd", "yyyy-mm-dd h:mm:ss"))
_WHITE = frozenset(("FFFFFFFF", "00FFFFFF", "FFFFFF"))


@dataclass(slots=True)
class BookWords:
	"""What a workbook's cells say, sheet by sheet."""

	titles: list[str] = field(default_factory=list)
	cells: dict[str, dict[str, str]] = field(default_factory=dict)
	"""Part → reference of a cell → its value as it is written."""
	moments: list[str] = field(default_factory=list)
	parts: dict[str, str] = field(default_factory=dict)
	"""Title of a sheet → its part."""


def xlsx_texts(data: bytes, fault: Fault, words: BookWords, *, compared: bool = False) -> Iterator[Text]:
	"""Yield every readable text of an Excel file with its place; report hidden or unwanted parts to `fault`.

	`words` takes what the cells say; where they are `compared` with what was released, they are counted there.
	"""
	zip_faults(data, fault)
	with zipfile.ZipFile(io.BytesIO(data)) as archive:
		shared = _shared(archive, fault)
		_sheet_parts(archive, words)
		for entry in archive.infolist():
			yield Text("names of parts", entry.filename, loose=True, voice="own")
			unwanted = [what for sign, what in _UNWANTED if sign in entry.filename]
			for what in unwanted:
				fault(what)
			if not unwanted and not _NEEDED.fullmatch(entry.filename):
				fault("it has a part that a schedule does not need")
			part = archive.read(entry)
			if entry.filename == ARC_THEME and part.strip() == theme_xml.encode().strip():
				continue
			if entry.filename.endswith((".xml", ".rels", ".vml")):
				yield from _xml(part, entry.filename, fault, shared, words, compared=compared)
			else:
				image_faults(part, fault)
				yield Text(entry.filename, loose_text(part), loose=True)
		if shared.unused():
			fault("it keeps words that no cell shows")


class _Shared:
	"""The words that cells share, and which of them a cell shows."""

	def __init__(self, texts: list[str]) -> None:
		self._texts = texts
		self._used: set[int] = set()

	def take(self, number: str) -> str:
		"""Return a shared text that a cell shows."""
		at = int(number) if number.isdecimal() else -1
		self._used.add(at)
		return self._texts[at] if 0 <= at < len(self._texts) else ""

	def unused(self) -> bool:
		"""Return whether a text is kept that no cell shows."""
		return any(text and at not in self._used for at, text in enumerate(self._texts))


def _tree(part: bytes) -> etree._Element:
	parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=False)
	return etree.fromstring(part, parser)


def _shared(archive: zipfile.ZipFile, fault: Fault) -> _Shared:
	if "xl/sharedStrings.xml" not in archive.namelist():
		return _Shared([])
	try:
		tree = _tree(archive.read("xl/sharedStrings.xml"))
	except etree.XMLSyntaxError:
		fault("xl/sharedStrings.xml cannot be read")
		return _Shared([])
	return _Shared(["".join(one.itertext()) for one in tree.iter(f"{_SHEET}si")])


def _sheet_parts(archive: zipfile.ZipFile, words: BookWords) -> None:
	"""Note which part holds which sheet."""
	try:
		book = _tree(archive.read("xl/workbook.xml"))
		links = _tree(archive.read("xl/_rels/workbook.xml.rels"))
	except (KeyError, etree.XMLSyntaxError):
		return
	targets = {str(one.get("Id")): str(one.get("Target")).lstrip("/") for one in links}
	for sheet in book.iter(f"{_SHEET}sheet"):
		target = targets.get(str(sheet.get(_RELATION)), "")
		words.titles.append(str(sheet.get("name")))
		words.parts[str(sheet.get("name"))] = target if target.startswith("xl/") else f"xl/{target}"


def _xml(part: bytes, name: str, fault: Fault, shared: _Shared, words: BookWords, *, compared: bool) -> Iterator[Text]:
	try:
		tree = _tree(part)
	except etree.XMLSyntaxError:
		fault(f"{name} cannot be read")
		yield Text(name, loose_text(part), loose=True)
		return
	shown: list[str] = []
	own: list[str] = []
	attributes: list[str] = []
	stray: list[str] = []
	ours = _own_cells(tree)
	is_sheet = tree.tag == f"{_SHEET}worksheet"
	if is_sheet:
		words.cells[name] = {str(cell.get("r", "")): _value(cell, shared) for cell in tree.iter(f"{_SHEET}c")}
	for element in tree.iter():
		if not isinstance(element.tag, str):
			stray.append(element.text or "")
			fault(f"{name} has a remark inside it")
			continue
		tag = element.tag.rpartition("}")[2]
		_element(tag, dict(element.attrib), name, fault)
		if tag in _NAMING:
			attributes += element.attrib.values()
		if tag == "color" and element.getparent().tag == f"{_SHEET}font" and element.get("rgb") in _WHITE:
			fault(f"{name} has white words")
		said = own if ours is None or element in ours else shown
		if tag in ("si", "is"):
			said.append("".join(element.itertext()))
		elif tag in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
			own.append(_HEADER_CODE.sub(" ", element.text or ""))
		elif tag in ("created", "modified"):
			words.moments.append((element.text or "")[:10].replace("-", ""))
		elif element.text:
			said.append(element.text)
		if element.tail:
			stray.append(element.tail)
	yield Text(name, "\n".join(shown), released=compared and is_sheet)
	yield Text(name, "\n".join(own), voice="own")
	yield Text(name, "\n".join(attributes), loose=True, voice="own")
	yield Text(name, "\n".join(stray))


def _value(cell: etree._Element, shared: _Shared) -> str:
	kind = cell.get("t", "n")
	if kind == "inlineStr":
		return "".join(cell.itertext())
	value = cell.findtext(f"{_SHEET}v") or ""
	return shared.take(value) if kind == "s" else value


def _own_cells(tree: etree._Element) -> set[etree._Element] | None:
	"""Return what of a sheet the workbook says by itself: heads and the columns that no message fills; None for all.

	A workbook without our heads is taken for words of messages.
	"""
	rows = [element for element in tree.iter(f"{_SHEET}row")]
	if not tree.tag.startswith(_SHEET):
		return None if tree.tag.rpartition("}")[2] in _OWN_PARTS else set()
	heads = {_column(cell): "".join(cell.itertext()) for cell in rows[0]} if rows else {}
	if tuple(heads.values()) == schedule.KEY_HEADS:
		theirs: set[str] = set()
	elif tuple(heads.values()) in schedule.ALL_HEADS:
		theirs = {column for column, head in heads.items() if head in schedule.OF_MESSAGES}
	else:
		return set()
	found: set[etree._Element] = set()
	for at, row in enumerate(rows):
		for cell in row:
			if at == 0 or _column(cell) not in theirs:
				found.update(cell.iter())
	return found


def _column(cell: etree._Element) -> str:
	return str(cell.get("r", "")).rstrip("0123456789")


def _element(tag: str, attributes: dict[str, str], name: str, fault: Fault) -> None:
	hidden = attributes.get("hidden") in ("1", "true")
	if tag == "sheet" and attributes.get("state", "visible") != "visible":
		fault("a sheet is hidden")
	elif (
		tag in ("row", "col")
		and (hidden or float(attributes.get("ht", 1)) == 0 or float(attributes.get("width", 1)) == 0)
	) or (tag == "sheetFormatPr" and attributes.get("zeroHeight") in ("1", "true")):
		fault(f"{name} has hidden rows or columns")
	elif tag == "definedName":
		fault("it has defined names")
	elif tag == "f":
		fault(f"{name} has formulas")
	elif tag in _VALIDATIONS:
		fault(f"{name} has links, lists or drawings")
	elif tag == "filterColumn":
		fault(f"{name} has rows that a filter hides")
	elif tag == "numFmt" and attributes.get("formatCode") not in _FORMATS:
		fault(f"{name} has a format that changes what cells show")
	elif tag == "Relationship" and attributes.get("TargetMode") == "External":
		fault("it has links to other files")
