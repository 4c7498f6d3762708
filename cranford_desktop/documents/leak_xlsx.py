"""Everything that can be read in a finished Excel file, shown or hidden."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import ARC_THEME

from cranford_desktop.documents import schedule
from cranford_desktop.documents.leak_pdf import image_faults, loose_text
from cranford_desktop.documents.needles import Text

Fault = Callable[[str], None]

_UNWANTED = (
	("comments", "it has comments"),
	("threadedComments", "it has comments"),
	("externalLinks/", "it has links to other files"),
	("pivotCache/", "it has a pivot's hidden data"),
	("pivotTables/", "it has a pivot table"),
	("media/", "it has pictures"),
	("embeddings/", "it has embedded files"),
	("vbaProject", "it has program code"),
	("customXml/", "it has custom data"),
	("customProperty", "it has custom data"),
	("docProps/custom", "it has custom properties"),
	("drawings/", "it has drawings"),
	("printerSettings", "it has a printer's settings"),
	("revisions/", "it has a history of changes"),
)
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OWN_PARTS = ("coreProperties", "Properties", "Types", "Relationships", "theme")
_HEADER_CODE = re.compile("&[A-Z]")
_NAMING = ("sheet", "definedName", "hyperlink", "dataValidation", "customSheetView", "table", "tableColumn", "property")
"""Elements whose attributes can hold somebody's words; those of the others are Excel's own vocabulary."""


def xlsx_texts(data: bytes, fault: Fault) -> Iterator[Text]:
	"""Yield every readable text of an Excel file with its place; report hidden or unwanted parts to `fault`."""
	with zipfile.ZipFile(io.BytesIO(data)) as archive:
		if archive.comment:
			fault("the file carries a comment")
		if not data.startswith(b"PK\x03\x04"):
			fault("something stands before the file's beginning")
		for entry in archive.infolist():
			if entry.extra or entry.comment:
				fault("a part carries extra data")
			yield Text("names of parts", entry.filename, loose=True, voice="own")
			for sign, what in _UNWANTED:
				if sign in entry.filename:
					fault(what)
			part = archive.read(entry)
			if entry.filename == ARC_THEME and part.strip() == theme_xml.encode().strip():
				continue
			if entry.filename.endswith((".xml", ".rels", ".vml")):
				yield from _xml(part, entry.filename, fault)
			else:
				image_faults(part, fault)
				yield Text(entry.filename, loose_text(part), loose=True)


def _xml(part: bytes, name: str, fault: Fault) -> Iterator[Text]:
	parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=False)
	try:
		tree = etree.fromstring(part, parser)
	except etree.XMLSyntaxError:
		fault(f"{name} cannot be read")
		yield Text(name, loose_text(part), loose=True)
		return
	shown: list[str] = []
	own: list[str] = []
	attributes: list[str] = []
	ours = _own_cells(tree)
	for element in tree.iter():
		if not isinstance(element.tag, str):
			shown.append(element.text or "")
			continue
		tag = element.tag.rpartition("}")[2]
		_element(tag, dict(element.attrib), name, fault)
		if tag in _NAMING:
			attributes += element.attrib.values()
		said = own if ours is None or element in ours else shown
		if tag in ("si", "is"):
			said.append("".join(element.itertext()))
		elif tag in ("oddHeader", "oddFooter"):
			own.append(_HEADER_CODE.sub(" ", element.text or ""))
		elif element.text:
			said.append(element.text)
		if element.tail:
			shown.append(element.tail)
	yield Text(name, "\n".join(shown))
	yield Text(name, "\n".join(own), voice="own")
	yield Text(name, "\n".join(attributes), loose=True, voice="own")


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
	elif tuple(heads.values()) == schedule.HEADS:
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
	elif tag in ("row", "col") and (hidden or attributes.get("ht") == "0" or attributes.get("width") == "0"):
		fault(f"{name} has hidden rows or columns")
	elif tag == "definedName":
		fault("it has defined names")
	elif tag == "f":
		fault(f"{name} has formulas")
	elif tag in ("hyperlink", "dataValidation", "conditionalFormatting", "legacyDrawing"):
		fault(f"{name} has links, lists or drawings")
	elif tag == "filterColumn":
		fault(f"{name} has rows that a filter hides")
	elif tag == "Relationship" and attributes.get("TargetMode") == "External":
		fault("it has links to other files")
