"""openpyxl writes each sheet through a temporary file on disk; a council's words must not stand there.

Here a sheet is written in memory. `tests/documents/test_openpyxl_mends.py` fails when upstream no longer needs this.
"""

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class _SheetInMemory(WorksheetWriter):
	"""Writes a sheet's XML into memory."""

	def __init__(self, sheet: WriteOnlyWorksheet) -> None:
		super().__init__(sheet, out=io.BytesIO())

	def cleanup(self) -> None:
		"""Leave nothing: nothing was written outside memory."""


class _BookInMemory(ExcelWriter):
	"""Writes a workbook whose sheets lie in memory."""

	def __init__(self, book: Workbook, archive: zipfile.ZipFile) -> None:
		super().__init__(book, archive)
		self.archive = archive

	def write_worksheet(self, ws: Any) -> None:
		"""Put a finished sheet into the workbook's zip."""
		if not ws.closed:
			ws.close()
		writer = ws._writer
		ws._rels = writer._rels
		self.archive.writestr(ws.path[1:], writer.out.getvalue())
		self.manifest.append(ws)


def keep_in_memory(sheet: WriteOnlyWorksheet) -> None:
	"""Have a sheet written in memory; called once its columns and panes are set, before its first row."""
	writer = _SheetInMemory(sheet)
	setattr(sheet, "_writer", writer)  # noqa: B010 - openpyxl's own name for it, which its type stubs leave out
	writer.write_top()


def saved(book: Workbook) -> bytes:
	"""Return a write-only workbook's bytes; every sheet of it has to be kept in memory."""
	raw = io.BytesIO()
	_BookInMemory(book, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)).save()
	return raw.getvalue()
