"""Mends for faults of ReportLab 5.1 that matter to what we promise of a PDF; each has a test.

1. A stream's data runs straight into `endstream`, without the line end that the archive profile of PDF asks for; and
   where the data ends in a carriage return, one line feed would make the two read as one line end.
2. Streams are written through ASCII85 by default: a quarter larger and, without the C helper, several times slower.

Others have no mend because those parts are not used: the table for copying of its fonts is malformed for characters
beyond U+FFFF and lists code 0, a page without an embedded first font names Helvetica, and its document templates say
version 1.4 (see `embedding`, `tagged_pdf`, `pdf_file`). Tests hold that our files have none of them.
"""

from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from cranford_desktop.documents.pdf_file import line_end


@cache
def mend() -> None:
	"""Put the mends in place, once for the process."""
	rl_config.useA85 = 0
	write = pdfdoc.PDFStream.format

	def with_line_end(self: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
		stream: bytes = write(self, document)
		data = stream.removesuffix(b"endstream\n")
		return data + line_end(data) + b"\n" if len(data) < len(stream) else stream

	pdfdoc.PDFStream.format = with_line_end
