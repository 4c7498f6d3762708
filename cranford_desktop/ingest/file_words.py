"""The words of a PDF or Word file, out of bytes that somebody sent: broken, locked and monstrous ones get an answer.

Nothing here bounds time: a page can be made to take forever. So it runs in a process of its own, see `apart`.
"""

import io
import zipfile
import zlib
from typing import Literal, NamedTuple

import pypdfium2
from lxml import etree

from cranford_desktop.domain.pdfium import PDFIUM

LARGEST = 64 << 20
"""Bytes of a file that is opened at all."""
MOST_CHARS = 2_000_000
"""Characters kept of one file: six hundred pages."""
_MOST_PAGES = 3_000
_MOST_XML = 128 << 20
"""Bytes of a Word file's text with its mark-up."""
_PARTS = "word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"
_HEADS = "word/header", "word/footer"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

State = Literal["read", "no_text", "unreadable", "too_large"]


class FileWords(NamedTuple):
	"""What was found in a file."""

	state: State
	text: str


class _TooLarge(Exception):
	"""The file unfolds to more than is taken."""


def words_of(name: str, data: bytes) -> FileWords:
	"""Return the words of a file whose name ends in .pdf or .docx; never raises because of what it holds."""
	if len(data) > LARGEST:
		return FileWords("too_large", "")
	try:
		text = _pdf(data) if name.casefold().endswith(".pdf") else _docx(data)
	except _TooLarge:
		return FileWords("too_large", "")
	except MemoryError:
		return FileWords("too_large", "")
	except (
		pypdfium2.PdfiumError, zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, RuntimeError,
		NotImplementedError, EOFError, OSError, OverflowError,
	):  # fmt: skip
		return FileWords("unreadable", "")
	text = text[:MOST_CHARS].encode("utf-8", "replace").decode()
	return FileWords("read" if any(char.isalnum() for char in text) else "no_text", text)


def _pdf(data: bytes) -> str:
	parts: list[str] = []
	length = 0
	with PDFIUM:
		document = pypdfium2.PdfDocument(data)
		try:
			for number in range(min(len(document), _MOST_PAGES)):
				page = document[number]
				try:
					spoken = page.get_textpage()
					parts.append(spoken.get_text_range())
					spoken.close()
				finally:
					page.close()
				length += len(parts[-1])
				if length > MOST_CHARS:
					break
		finally:
			document.close()
	return "\n".join(parts)


def _docx(data: bytes) -> str:
	parts: list[str] = []
	length = size = 0
	with zipfile.ZipFile(io.BytesIO(data)) as container:
		names = [one for one in container.namelist() if one in _PARTS or one.startswith(_HEADS)]
		if _PARTS[0] not in names:
			raise ValueError("no document")
		for name in dict.fromkeys([_PARTS[0], *names]):
			if length > MOST_CHARS:
				break
			with container.open(name) as member:
				content = member.read(_MOST_XML - size + 1)
			size += len(content)
			if size > _MOST_XML:
				raise _TooLarge
			parts.append(_spoken(content))
			length += len(parts[-1])
	return "\n".join(parts)


def _spoken(content: bytes) -> str:
	"""Return the text of one part, a line for each paragraph; entities are never resolved, nothing is fetched."""
	said: list[str] = []
	events = etree.iterparse(
		io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
	)
	for _, element in events:
		name = str(element.tag).removeprefix(_W).removeprefix(_STRICT)
		if name == "t":
			said.append(element.text or "")
		elif name == "tab":
			said.append("\t")
		elif name in {"p", "br"}:
			said.append("\n")
			element.clear()
	return "".join(said)
