"""A PDF file as it grows: numbered objects, written at once and never held (ISO 32000-1, 7.5).

Objects that are no streams go together into compressed object streams: the structure of a tagged document has a dozen
for each message, and they take a tenth of the room so.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 250
_LEVEL = 4
"""Of compression: twice as quick as the usual one, for a file a tenth larger."""
_ROW = struct.Struct(">BIH")
"""Kind, place and index of an object in the table of objects."""
_FREE, _PLAIN, _PACKED = 0, 1, 2


class PdfFile:
	"""The growing file. Every number is written once."""

	def __init__(self, new_number: Callable[[], int]) -> None:
		"""Take what gives out the numbers of objects."""
		self._new_number = new_number
		self._out = io.BytesIO()
		self._out.write(_HEADER)
		self._rows = bytearray()
		self._row(0, _FREE, 0, 65_535)
		self._packed: list[tuple[int, bytes]] = []

	def put(self, number: int, body: str | bytes) -> None:
		"""Write an object that is no stream."""
		self._packed.append((number, body if isinstance(body, bytes) else body.encode("latin-1")))
		if len(self._packed) >= _TOGETHER:
			self._pack()

	def stream(self, number: int, entries: str, data: bytes, *, compress: bool = True) -> None:
		"""Write a stream; `entries` are those of its dictionary besides length and filter."""
		if compress:
			data = zlib.compress(data, _LEVEL)
			entries += "/Filter/FlateDecode"
		self.plain(
			number, b"<<%b/Length %d>>\nstream\n%b" % (entries.encode("latin-1"), len(data), data) + line_end(data)
		)

	def plain(self, number: int, body: bytes) -> None:
		"""Write an object outside of object streams, as it is."""
		self._row(number, _PLAIN, self._out.tell(), 0)
		self._out.write(b"%d 0 obj\n" % number)
		self._out.write(body)
		self._out.write(b"\nendobj\n")

	def _pack(self) -> None:
		"""Write what waits as one object stream."""
		if not self._packed:
			return
		own = self._new_number()
		places, bodies = [], []
		at = 0
		for index, (number, body) in enumerate(self._packed):
			places.append(b"%d %d" % (number, at))
			bodies.append(body)
			at += len(body) + 1
			self._row(number, _PACKED, own, index)
		head = b" ".join(places) + b"\n"
		self.stream(own, f"/Type/ObjStm/N {len(self._packed)}/First {len(head)}", head + b"\n".join(bodies) + b"\n")
		self._packed.clear()

	def finish(self, root: int, info: int) -> bytes:
		"""Write what waits and the table of objects, and return the whole file."""
		self._pack()
		number = self._new_number()
		start = self._out.tell()
		self._row(number, _PLAIN, start, 0)
		digest = hashlib.sha256(self._out.getbuffer()).hexdigest()[:32]
		self.stream(
			number,
			f"/Type/XRef/Size {len(self._rows) // _ROW.size}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R"
			f"/ID[<{digest}><{digest}>]",
			bytes(self._rows),
		)
		self._out.write(b"startxref\n%d\n%%%%EOF\n" % start)
		return self._out.getvalue()

	def _row(self, number: int, kind: int, place: int, index: int) -> None:
		missing = (number + 1) * _ROW.size - len(self._rows)
		if missing > 0:
			self._rows += bytes(missing)
		_ROW.pack_into(self._rows, number * _ROW.size, kind, place, index)


def line_end(data: bytes) -> bytes:
	"""Return how a stream's data ends: a line end of its own, that cannot be taken for the data's last byte."""
	return b"\r\nendstream" if data.endswith(b"\r") else b"\nendstream"
