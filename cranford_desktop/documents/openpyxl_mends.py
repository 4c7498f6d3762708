"""openpyxl writes each sheet through a temporary file on disk; a council's words must not stand there.

Here a sheet is written in memory, packed as it grows: the XML of a long one would be many times its file.
`tests/documents/test_openpyxl_mends.py` fails when upstream no longer needs this.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

_PIECE = 1 << 16
_FAST = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)

Settle = Callable[[str, bytes], bytes]
"""Takes a part's name and content and returns the content as it is to stand in the file."""


class _Packed:
	"""A file in memory that can only be written on, and read once from its beginning."""

	def __init__(self) -> None:
		self._pack = zlib.compressobj(_FAST)
		self._pieces: list[bytes] = []

	def write(self, data: bytes) -> int:
		"""Take more."""
		self._pieces.append(self._pack.compress(data))
		return len(data)

	def flush(self) -> None:
		"""Do nothing: what is written is kept."""

	def close(self) -> None:
		"""Do nothing: it is read afterwards."""

	def read(self) -> Iterator[bytes]:
		"""Yield everything that was written, letting go of it."""
		unpack = zlib.decompressobj()
		pieces, self._pieces = [*self._pieces, self._pack.flush()], []
		for piece in pieces:
			data = unpack.decompress(piece, _PIECE)
			while data:
				yield data
				data = unpack.decompress(unpack.unconsumed_tail, _PIECE)


class _SheetInMemory(WorksheetWriter):
	"""Writes a sheet's XML into memory."""

	def __init__(self, sheet: WriteOnlyWorksheet) -> None:
		out: Any = _Packed()
		super().__init__(sheet, out=out)

	def cleanup(self) -> None:
		"""Leave nothing: nothing was written outside memory."""


class _PlainZip(zipfile.ZipFile):
	"""A zip whose parts carry no moment and no system's name."""

	def __init__(self, out: io.BytesIO, settle: Settle) -> None:
		super().__init__(out, "w", zipfile.ZIP_DEFLATED)
		self._settle = settle

	def writestr(
		self, zinfo_or_arcname: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None
	) -> None:
		"""Write a part as it is to stand."""
		name = str(getattr(zinfo_or_arcname, "filename", zinfo_or_arcname))
		plain = data.encode() if isinstance(data, str) else bytes(data)
		super().writestr(plain_entry(name), self._settle(name, plain), compress_type, compresslevel)

	def write_pieces(self, name: str, pieces: Iterator[bytes]) -> None:
		"""Write a part piece by piece."""
		with self.open(plain_entry(name), "w") as part:
			for piece in pieces:
				part.write(piece)


class _BookInMemory(ExcelWriter):
	"""Writes a workbook whose sheets lie in memory."""

	def __init__(self, book: Workbook, archive: _PlainZip) -> None:
		super().__init__(book, archive)
		self.archive: _PlainZip = archive

	def write_worksheet(self, ws: Any) -> None:
		"""Put a finished sheet into the workbook's zip."""
		if not ws.closed:
			ws.close()
		writer = ws._writer
		ws._rels = writer._rels
		self.archive.write_pieces(ws.path[1:], writer.out.read())
		self.manifest.append(ws)


def plain_entry(name: str) -> zipfile.ZipInfo:
	"""Return the entry of a part that says nothing about when and where it was written."""
	entry = zipfile.ZipInfo(name, _EPOCH)
	entry.compress_type = zipfile.ZIP_DEFLATED
	entry.create_system = 0
	return entry


def keep_in_memory(sheet: WriteOnlyWorksheet) -> None:
	"""Have a sheet written in memory; called once its columns and panes are set, before its first row."""
	writer = _SheetInMemory(sheet)
	setattr(sheet, "_writer", writer)  # noqa: B010 - openpyxl's own name for it, which its type stubs leave out
	writer.write_top()


def saved(book: Workbook, settle: Settle) -> bytes:
	"""Return a write-only workbook's bytes; every sheet has to be kept in memory. `settle` sees all other parts."""
	raw = io.BytesIO()
	_BookInMemory(book, _PlainZip(raw, settle)).save()
	return raw.getvalue()
