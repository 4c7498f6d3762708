"""Everything that can be read in a finished PDF, drawn or not, reachable or not."""

import io
import re
import zlib
from base64 import a85decode
from collections.abc import Callable, Iterator
from contextlib import suppress

import pikepdf
import pypdfium2

from cranford_desktop.documents.needles import Text
from cranford_desktop.documents.sheet import OWN
from cranford_desktop.domain.pdfium import PDFIUM

_PRINTABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
_WIDE = re.compile(rb"(?:[\x20-\xff]\x00){6,}|(?:\x00[\x20-\xff]){6,}")
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,9}) (\d{1,5}) obj\b")
_MOMENT = re.compile(r"D:\d{14}(?:Z|[+-]\d\d'\d\d')?")
"""When a file says it was made."""
_INVISIBLE = (3, 7)
_FONT_TABLE = b"/CIDInit /ProcSet findresource begin"
Fault = Callable[[str], None]


def pdf_texts(data: bytes, fault: Fault) -> Iterator[Text]:
	"""Yield every readable text of a PDF with its place; report hidden or unwanted parts to `fault`."""
	if data.count(b"%%EOF") != 1:
		fault("an earlier version of the file is kept inside it")
	if data.rpartition(b"%%EOF")[2].strip():
		fault("something stands behind the end of the document")
	yield from _page_texts(data)
	with pikepdf.open(io.BytesIO(data)) as pdf:
		if pdf.is_encrypted:
			fault("the document is encrypted")
		known = {thing.objgen for thing in pdf.objects}
		if any((int(number), int(turn)) not in known for number, turn in _OBJECT.findall(data)):
			fault("the file has parts that nothing points to")
		_structure(pdf, fault)
		read: set[tuple[int, int]] = set()
		yield from _drawn(pdf, fault, read)
		for number, thing in enumerate(pdf.objects):
			yield from _object(thing, _name(thing, number), fault, read)


def loose_text(data: bytes) -> str:
	"""Return the stretches of bytes that read as text, in one or two bytes for each character."""
	found = [part.decode("latin-1") for part in _PRINTABLE.findall(data)]
	found += [part.replace(b"\x00", b"").decode("latin-1") for part in _WIDE.findall(data)]
	with suppress(UnicodeDecodeError):
		found.append(data.decode("utf-8"))
	return "\n".join(found)


def image_faults(data: bytes, fault: Fault) -> None:
	"""Report metadata in a JPEG, PNG or WEBP: camera data, places, comments, thumbnails."""
	head = data[: 256 * 1024]
	if b"Exif\x00\x00" in head or b"eXIf" in head or (data[:4] == b"RIFF" and b"EXIF" in head):
		fault("a picture carries camera data (EXIF)")
	if b"ns.adobe.com/xap" in data or b"XML:com.adobe.xmp" in data:
		fault("a picture carries XMP data")
	if b"Photoshop 3.0" in head:
		fault("a picture carries IPTC data")
	if data[:2] == b"\xff\xd8":
		for marker, size in _segments(data):
			if marker == 0xFE:
				fault("a picture carries a comment")
			if marker == 0xE2 and b"MPF\x00" in data[size : size + 12]:
				fault("a picture carries a second picture")


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
	"""Yield (marker, place of its data) of a JPEG's segments up to the pixels."""
	at = 2
	while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
		yield data[at + 1], at + 4
		at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _page_texts(data: bytes) -> Iterator[Text]:
	with PDFIUM:
		document = pypdfium2.PdfDocument(data)
		pages = len(document)
	try:
		for number in range(pages):
			yield Text(f"page {number + 1}", _words_of(document, number), voice="mixed")
	finally:
		with PDFIUM:
			document.close()


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


def _structure(pdf: pikepdf.Pdf, fault: Fault) -> None:
	root = pdf.Root
	names = root.get("/Names", pikepdf.Dictionary())
	if "/EmbeddedFiles" in names or "/AF" in root or len(pdf.attachments):
		fault("a file is attached")
	if "/JavaScript" in names or "/OpenAction" in root or "/AA" in root:
		fault("the document starts an action")
	if "/OCProperties" in root:
		fault("the document has layers that can be switched off")
	if "/AcroForm" in root:
		fault("the document has a form")
	for number, page in enumerate(pdf.pages, 1):
		if any(
			list(page.get(box, page.mediabox)) != list(page.mediabox) for box in ("/CropBox", "/TrimBox", "/ArtBox")
		):
			fault(f"page {number} is cropped: something lies outside what is shown")
		for note in page.get("/Annots", pikepdf.Array()):
			if note.get("/Subtype") != "/Link":
				fault(f"page {number} has a note or a form field")
			elif "/A" in note and note.A.get("/S") not in ("/GoTo", None):
				fault(f"page {number} has a link that leaves the document")


def _drawn(pdf: pikepdf.Pdf, fault: Fault, read: set[tuple[int, int]]) -> Iterator[Text]:
	"""Yield what pages and forms draw, read through their fonts: covered, cropped and white words too.

	`read` takes the streams that were read so, to be left out when everything else is looked at.
	"""
	maps: dict[tuple[int, int], dict[int, str]] = {}
	for number, page in enumerate(pdf.pages, 1):
		place = f"page {number}"
		contents = page.get("/Contents", pikepdf.Array())
		read |= {one.objgen for one in ([contents] if isinstance(contents, pikepdf.Stream) else contents)}
		yield from _operators(page, page.get("/Resources"), maps, place, fault)
	for number, thing in enumerate(pdf.objects):
		if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
			read.add(thing.objgen)
			yield from _operators(thing, thing.get("/Resources"), maps, f"form {number}", fault)


def _operators(
	content: pikepdf.Page | pikepdf.Object,
	resources: pikepdf.Object | None,
	maps: dict[tuple[int, int], dict[int, str]],
	place: str,
	fault: Fault,
) -> Iterator[Text]:
	"""Yield what a page or form draws: the words the document marked as its own, and all others."""
	fonts = resources.get("/Font", pikepdf.Dictionary()) if resources is not None else pikepdf.Dictionary()
	current: dict[int, str] = {}
	message: list[str] = []
	own: list[str] = []
	marks: list[bool] = []
	try:
		instructions = pikepdf.parse_content_stream(content)
	except pikepdf.PdfError:
		fault(f"{place} cannot be read")
		return
	for instruction in instructions:
		operands: list[pikepdf.Object] = list(instruction.operands)
		name = str(instruction.operator)
		shown = own if any(marks) else message
		if name == "Tf" and str(operands[0]) in fonts:
			current = _font_map(fonts[str(operands[0])], maps)
		elif name == "Tr" and int(operands[0]) in _INVISIBLE:
			fault(f"{place} has words that are not painted")
		elif name in ("Tj", "'", '"', "TJ"):
			parts = operands[0] if name == "TJ" else operands[-1:]
			shown.append("".join(_decoded(bytes(part), current) for part in parts if isinstance(part, pikepdf.String)))
		elif name in ("BMC", "BDC"):
			marks.append(str(operands[0]) == f"/{OWN}")
			if isinstance(operands[-1], pikepdf.Dictionary):
				message += [str(value) for value in operands[-1].values() if isinstance(value, pikepdf.String)]
		elif name == "EMC" and marks:
			marks.pop()
		elif name == "INLINE IMAGE":
			fault(f"{place} has a picture inside its text")
	yield Text(place, "\n".join(message))
	yield Text(place, "\n".join(own), voice="own")


def _font_map(font: pikepdf.Object, maps: dict[tuple[int, int], dict[int, str]]) -> dict[int, str]:
	key = font.objgen
	if key in maps and key != (0, 0):
		return maps[key]
	found: dict[int, str] = {}
	if "/ToUnicode" in font:
		text = font.ToUnicode.read_bytes().decode("latin-1")
		for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
			for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
				found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be", "replace")
		for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
			for first, last, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
				for step in range(min(int(last, 16) - int(first, 16) + 1, 65_536)):
					found[int(first, 16) + step] = chr(min(int(value, 16) + step, 0x10FFFF))
	if str(font.get("/Subtype")) == "/Type0":
		found[-1] = ""
	maps[key] = found
	return found


def _decoded(data: bytes, codes: dict[int, str]) -> str:
	if not codes:
		return data.decode("latin-1")
	if -1 in codes:
		return "".join(codes.get(int.from_bytes(data[at : at + 2], "big"), " ") for at in range(0, len(data), 2))
	return "".join(codes.get(one, chr(one)) for one in data)


def _object(thing: pikepdf.Object, place: str, fault: Fault, read: set[tuple[int, int]]) -> Iterator[Text]:
	if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") in ("/Filespec", "/EmbeddedFile"):
		fault("a file is attached")
	strings: list[str] = []
	_strings(thing, strings)
	if strings:
		yield Text(place, "\n".join(strings), voice="own")
	# The tables of objects hold what is looked at object by object.
	if not isinstance(thing, pikepdf.Stream) or thing.objgen in read or thing.get("/Type") in ("/ObjStm", "/XRef"):
		return
	if thing.get("/Type") == "/EmbeddedFile":
		fault("a file is attached")
	data = _stream(thing)
	if thing.get("/Subtype") == "/Image":
		image_faults(data, fault)
	if thing.get("/Type") == "/Metadata":
		yield Text("XMP data", data.decode("utf-8", "replace"), voice="own")
	elif "/Length1" not in thing and "/N" not in thing and not data.startswith(_FONT_TABLE):
		# Font programs and their tables of codes are left out: they hold outlines and the words of their makers.
		yield Text(place, loose_text(data), loose=True)
		if thing.get("/Subtype") is None and re.search(rb"\bTJ?\b|\bTj\b", data):
			yield from _operators(thing, None, {}, place, lambda _what: None)


def _strings(thing: pikepdf.Object, strings: list[str], depth: int = 0) -> None:
	"""Collect the strings inside an object, not following references."""
	if depth > 40:
		return
	if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
		for key, value in dict(thing.items()).items():
			# The language, and the digest that identifies the file.
			if key in ("/Lang", "/ID"):
				continue
			if not getattr(value, "is_indirect", False):
				_strings(value, strings, depth + 1)
	elif isinstance(thing, pikepdf.Array):
		for value in thing:
			if not getattr(value, "is_indirect", False):
				_strings(value, strings, depth + 1)
	elif isinstance(thing, pikepdf.String) and not _MOMENT.fullmatch(str(thing)):
		strings.append(str(thing))


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
		if "/Title" in thing:
			return "bookmarks"
		if thing.get("/Type") == "/Annot":
			return "notes and links"
	return f"object {number + 1}"
