"""Everything that can be read in a finished PDF, drawn or not, reachable or not."""

import io
import re
import zlib
from base64 import a85decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
from lxml import etree

from cranford_desktop.documents.leak_drawn import Drawn, Reader
from cranford_desktop.documents.leak_images import image_faults
from cranford_desktop.documents.leak_names import KNOWN_NAMES, VOCABULARY
from cranford_desktop.documents.needles import Text
from cranford_desktop.domain.pdfium import PDFIUM

Fault = Callable[[str], None]

_PRINTABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
_ASCII = re.compile(rb"[\x20-\x7e]{6,}")
_WIDE = re.compile(rb"(?:[\x20-\xff]\x00){6,}|(?:\x00[\x20-\xff]){6,}")
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,9}) (\d{1,5}) obj\b")
_BODY = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
_MOMENT = re.compile(r"D:\d{14}(?:Z|[+-]\d\d'\d\d'?)?")
"""When a file says it was made."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?")
_FONT_TABLE = b"/CIDInit /ProcSet findresource begin"
_LINE_END = 2
"""Bytes of a line end before `endstream`, which belong to no stream's data."""
_UNWANTED_IN_ROOT = {
	"/AcroForm": "the document has a form",
	"/OCProperties": "the document has layers that can be switched off",
	"/OpenAction": "the document starts an action",
	"/AA": "the document starts an action",
	"/Threads": "the document has threads of articles",
	"/Collection": "the document is a collection of files",
	"/Perms": "the document has permissions or signatures",
	"/DSS": "the document has permissions or signatures",
	"/AF": "a file is attached",
}
_UNWANTED_ANYWHERE = {
	"/PieceInfo": "a program's own data is kept inside it",
	"/Thumb": "a page carries a small picture of itself",
	"/Alternates": "a picture has another one behind it",
	"/OPI": "a picture has another one behind it",
	"/SMask": "a picture is laid over another as a see-through layer",
	"/EF": "a file is attached",
}


@dataclass(slots=True)
class PdfWords:
	"""What a PDF says: what its pages draw, and every other readable text."""

	pages: list[Drawn] = field(default_factory=list)
	seen: list[str] = field(default_factory=list)
	"""What another reader (PDFium) reads on each page."""
	outline: list[str] = field(default_factory=list)
	spoken: list[str] = field(default_factory=list)
	"""Texts that stand for what is drawn, in the structure of the document."""
	moments: list[str] = field(default_factory=list)
	"""When it says it was made and changed."""


def pdf_texts(data: bytes, fault: Fault, words: PdfWords) -> Iterator[Text]:
	"""Yield every readable text of a PDF with its place; report hidden or unwanted parts to `fault`.

	`words` takes what the pages say, to be compared with what was released.
	"""
	if data.count(b"%%EOF") != 1:
		fault("an earlier version of the file is kept inside it")
	if data.rpartition(b"%%EOF")[2].strip():
		fault("something stands behind the end of the document")
	if not data.startswith(b"%PDF"):
		fault("something stands before the beginning of the document")
	yield from _seen(data, words)
	with pikepdf.open(io.BytesIO(data)) as pdf:
		if pdf.is_encrypted:
			fault("the document is encrypted")
		known = {thing.objgen for thing in pdf.objects}
		if any((int(number), int(turn)) not in known for number, turn in _OBJECT.findall(data)):
			fault("the file has parts that nothing points to")
		yield from _between(data, pdf, fault)
		_structure(pdf, fault)
		reached = _reached(pdf)
		reader = Reader(fault)
		for number, page in enumerate(pdf.pages, 1):
			drawn = reader.page(page, number)
			words.pages.append(drawn)
			yield from _drawn(drawn)
		for number, thing in enumerate(pdf.objects, 1):
			if thing.objgen not in reached and not _is_frame(thing):
				fault(f"object {number} is part of the file and of no page")
			if (
				isinstance(thing, pikepdf.Stream)
				and thing.get("/Subtype") == "/Form"
				and thing.objgen not in reader.read
			):
				yield from _drawn(reader.form(thing, f"form {number}"), released=False)
			yield from _object(thing, _name(thing, number), fault, reader.read, words)
		if reader.spare_letters():
			fault("a font brings letters that no page shows")


def loose_text(data: bytes, *, ascii_only: bool = False) -> str:
	"""Return the stretches of bytes that read as text, in one or two bytes for each character."""
	if ascii_only:
		return "\n".join(part.decode("ascii") for part in _ASCII.findall(data))
	found = [part.decode("latin-1") for part in _PRINTABLE.findall(data)]
	found += [part.replace(b"\x00", b"").decode("latin-1") for part in _WIDE.findall(data)]
	with suppress(UnicodeDecodeError):
		found.append(data.decode("utf-8"))
	return "\n".join(found)


def picture_text(data: bytes) -> str:
	"""Return what reads as text in a picture's file; the pixels of a JPEG are left out: anything can stand there."""
	if data[:3] == b"\xff\xd8\xff":
		return loose_text(data[: data.find(b"\xff\xda")])
	return loose_text(data, ascii_only=True)


def words_seen(data: bytes) -> Iterator[str]:
	"""Yield what another reader (PDFium) reads on each page."""
	with PDFIUM:
		document = pypdfium2.PdfDocument(data)
		pages = len(document)
	try:
		for number in range(pages):
			yield _words_of(document, number)
	finally:
		with PDFIUM:
			document.close()


def _seen(data: bytes, words: PdfWords) -> Iterator[Text]:
	for number, seen in enumerate(words_seen(data), 1):
		words.seen.append(seen)
		yield Text(f"page {number}", seen, voice="mixed", released=True)


def _words_of(document: pypdfium2.PdfDocument, number: int) -> str:
	"""Return the words of a page; the lock is let go between pages, so that the window never waits for long."""
	with PDFIUM:
		page = document[number]
		words = page.get_textpage()
		try:
			return str(words.get_text_range())
		finally:
			words.close()
			page.close()


def _drawn(drawn: Drawn, *, released: bool = True) -> Iterator[Text]:
	yield Text(drawn.place, "\n".join((*drawn.message, "", *drawn.furniture)), released=released)
	yield Text(drawn.place, "\n".join(drawn.own), voice="own", released=released)
	if drawn.signs:
		yield Text(drawn.place, "\n".join(drawn.signs), voice="mixed", released=released)


def _between(data: bytes, pdf: pikepdf.Pdf, fault: Fault) -> Iterator[Text]:
	"""Yield what stands between the objects of a file: remarks, and whatever a stream's length leaves out."""
	bodies = [len(body) for body in _BODY.findall(data)]
	lengths = [len(thing.read_raw_bytes()) for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
	if len(bodies) == len(lengths) and sum(bodies) - sum(lengths) > _LINE_END * len(bodies):
		fault("something stands behind a stream's data")
	remarks = [line for line in _BODY.sub(b"", data).splitlines() if b"%" in line]
	yield Text("remarks in the file", loose_text(b"\n".join(remarks), ascii_only=True), loose=True, voice="own")


def _reached(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
	"""Return the objects that can be reached from the document's beginning."""
	found: set[tuple[int, int]] = set()
	waiting: list[pikepdf.Object] = [pdf.trailer]
	while waiting:
		thing = waiting.pop()
		if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
			inside: Sequence[pikepdf.Object] = list(dict(thing.items()).values())
		elif isinstance(thing, pikepdf.Array):
			inside = list(thing)
		else:
			continue
		for one in inside:
			if not isinstance(one, pikepdf.Object):
				continue
			if one.is_indirect:
				if one.objgen in found:
					continue
				found.add(one.objgen)
			waiting.append(one)
	return found


def _is_frame(thing: pikepdf.Object) -> bool:
	"""Return whether an object only says where the others lie, or says nothing."""
	if isinstance(thing, pikepdf.Stream):
		return thing.get("/Type") in ("/ObjStm", "/XRef")
	return not isinstance(thing, pikepdf.Object) or bool(thing._type_code == pikepdf.ObjectType.null)


def _is_profile(data: bytes) -> bool:
	"""Return whether a stream is a colour profile (ICC.1, 7.2.9)."""
	return data[36:40] == b"acsp"


def _structure(pdf: pikepdf.Pdf, fault: Fault) -> None:
	root = pdf.Root
	names = root.get("/Names", pikepdf.Dictionary())
	if "/EmbeddedFiles" in names or len(pdf.attachments):
		fault("a file is attached")
	if "/JavaScript" in names:
		fault("the document starts an action")
	for key, what in _UNWANTED_IN_ROOT.items():
		if key in root:
			fault(what)
	for number, page in enumerate(pdf.pages, 1):
		if any(
			list(page.get(box, page.mediabox)) != list(page.mediabox) for box in ("/CropBox", "/TrimBox", "/ArtBox")
		):
			fault(f"page {number} is cropped: something lies outside what is shown")
		if "/AA" in page:
			fault("the document starts an action")
		for note in page.get("/Annots", pikepdf.Array()):
			if note.get("/Subtype") != "/Link":
				fault(f"page {number} has a note or a form field")
			elif "/A" in note and note.A.get("/S") not in ("/GoTo", None):
				fault(f"page {number} has a link that leaves the document")


def _object(
	thing: pikepdf.Object, place: str, fault: Fault, read: set[tuple[int, int]], words: PdfWords
) -> Iterator[Text]:
	if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
		if thing.get("/Type") in ("/Filespec", "/EmbeddedFile"):
			fault("a file is attached")
		for key, what in _UNWANTED_ANYWHERE.items():
			if key in thing:
				fault(what)
	found = _Strings(words)
	found.collect(thing)
	if place == "bookmarks":
		words.outline.append(str(thing["/Title"]))
	if found.strings:
		yield Text(place, "\n".join(found.strings), voice="own")
	if found.names:
		yield Text(place, "\n".join(found.names), loose=True, voice="own")
	if not isinstance(thing, pikepdf.Stream) or thing.objgen in read:
		return
	data = _stream(thing)
	if thing.get("/Subtype") == "/Image":
		image_faults(data, fault)
		yield Text(place, picture_text(data), loose=True)
	elif thing.get("/Type") == "/Metadata":
		yield Text("XMP data", "\n".join(_xmp(data, words)), voice="own")
	elif (
		"/Length1" not in thing and not data.startswith(_FONT_TABLE) and not _is_frame(thing) and not _is_profile(data)
	):
		# Font programs, their tables of codes and colour profiles hold outlines, figures and the words of their makers.
		yield Text(place, loose_text(data), loose=True)


class _Strings:
	"""Collects the strings inside an object, not following references, and the names that are not PDF's own."""

	def __init__(self, words: PdfWords) -> None:
		self.strings: list[str] = []
		self.names: list[str] = []
		self._words = words

	def collect(self, thing: pikepdf.Object, depth: int = 0) -> None:
		if depth > 40:
			return
		if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
			for key, value in dict(thing.items()).items():
				self._name(key)
				# The language, and the digest that identifies the file.
				if key in ("/Lang", "/ID"):
					continue
				if key == "/ActualText" and isinstance(value, pikepdf.String):
					self._words.spoken.append(str(value))
				self._value(value, depth)
		elif isinstance(thing, pikepdf.Array):
			for value in thing:
				self._value(value, depth)
		elif isinstance(thing, pikepdf.String):
			if _MOMENT.fullmatch(str(thing)):
				self._words.moments.append(str(thing)[2:10])
			else:
				self.strings.append(str(thing))
		elif isinstance(thing, pikepdf.Name):
			self._name(str(thing))

	def _value(self, value: object, depth: int) -> None:
		if isinstance(value, pikepdf.Object) and not value.is_indirect:
			self.collect(value, depth + 1)

	def _name(self, name: str) -> None:
		if name not in KNOWN_NAMES and len(name) > 4:
			self.names.append(name[1:])


def _xmp(data: bytes, words: PdfWords) -> Iterator[str]:
	"""Yield the values of a document's XMP data; what only names its vocabulary is left out."""
	try:
		tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
	except etree.XMLSyntaxError:
		yield data.decode("utf-8", "replace")
		return
	for element in tree.iter():
		values = [element.text or "", element.tail or ""]
		if isinstance(element.tag, str):
			values += [
				value for key, value in element.attrib.items() if not key.endswith(("}lang", "}about", "}xmptk"))
			]
			values += [value for key, value in element.attrib.items() if key.endswith("}about") and value]
		for value in values:
			plain = value.strip()
			if _STAMP.fullmatch(plain):
				words.moments.append(plain[:10].replace("-", ""))
			elif plain and plain not in VOCABULARY:
				yield plain


def _stream(stream: pikepdf.Stream) -> bytes:
	"""Return a stream's data with the plain filters undone; a picture's own coding stays."""
	try:
		return stream.read_bytes()
	except pikepdf.PdfError:
		pass
	data = stream.read_raw_bytes()
	filters = stream.get("/Filter", pikepdf.Array())
	for name in [filters] if isinstance(filters, pikepdf.Name) else list(filters):
		try:
			if name == "/ASCII85Decode":
				data = a85decode(b"<~" + data.strip().removesuffix(b"~>") + b"~>", adobe=True)
			elif name == "/FlateDecode":
				data = zlib.decompress(data)
			elif name == "/ASCIIHexDecode":
				data = bytes.fromhex(data.decode("latin-1").rstrip(">\n\r "))
			else:
				break
		except (ValueError, zlib.error):
			break
	return data


def _name(thing: pikepdf.Object, number: int) -> str:
	if isinstance(thing, pikepdf.Dictionary):
		if "/Producer" in thing or "/Creator" in thing:
			return "document properties"
		if thing.get("/Type") == "/StructElem" or ("/S" in thing and "/P" in thing):
			return "structure of the document"
		if "/Title" in thing:
			return "bookmarks"
		if thing.get("/Type") == "/Annot":
			return "notes and links"
	return f"object {number}"
