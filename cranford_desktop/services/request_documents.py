"""Documents of a request's file, sealed in the archive: the e-mail as it came, a letter from the regulator."""

from pathlib import Path

from cranford_desktop.domain.requests import RequestDocument
from cranford_desktop.errors import ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook
from cranford_desktop.store import request_events as books
from cranford_desktop.store.archive import Archive

PURPOSE = "request_document"
LARGEST = 100 * 2**20
"""Bytes of a document that is taken."""


class RequestDocuments:
	"""Keeps the documents of requests; the record of actions names neither them nor the files they came from."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def add(self, request_id: int, title: str, source: Path) -> int:
		"""Seal a file in the archive and put it into a request's file; return the document's id.

		Its title keeps the file's ending. Raises `ProblemWithFile` where it cannot be read, is empty or too large,
		`RefusedByPolicy` without a title.
		"""
		words = " ".join(title.split())
		if not words:
			raise RefusedByPolicy("The document has no title.", NOTHING_CHANGED, "Say what it is.")
		try:
			size = source.stat().st_size
			data = source.read_bytes() if 0 < size <= LARGEST else b""
		except OSError as problem:
			raise ProblemWithFile(
				"The document cannot be read.", NOTHING_CHANGED, "Choose it again.", type(problem).__name__
			) from problem
		if not data:
			how = "is empty" if not size else f"is larger than {LARGEST // 2**20} MB"
			raise ProblemWithFile(f"The document {how}.", NOTHING_CHANGED, "Choose another file.")
		ending = source.suffix.lower()
		named = words if words.lower().endswith(ending) else f"{words}{ending}"
		now = self._clock()
		sealed = self._archive.files.seal((data,), PURPOSE)
		try:
			with self._archive.writing(now) as change:
				casebook.request(change.connection, request_id)
				file_id = self._archive.files.register(change.connection, sealed)
				known = books.add_document(change.connection, request_id, named, file_id, now)
				change.record("put a document into a request's file", {"request": request_id, "document": known})
		except BaseException:
			self._archive.files.discard(sealed)
			raise
		return known

	def documents(self, request_id: int) -> list[RequestDocument]:
		"""Return the documents of a request's file in the order added."""
		with self._archive.reading() as connection:
			return books.documents(connection, request_id)

	def read(self, document_id: int) -> bytes:
		"""Return a document as it came; raises `NotFound`."""
		with self._archive.reading() as connection:
			return self._archive.files.read_all(connection, books.document(connection, document_id).file_id)

	def save(self, document_id: int, place: Path) -> None:
		"""Write a copy of a document outside the archive; the copy is recorded, not the place.

		Raises `ProblemWithFile` where it cannot be written.
		"""
		data = self.read(document_id)
		try:
			place.write_bytes(data)
		except OSError as problem:
			raise ProblemWithFile(
				"It could not be saved there.",
				NOTHING_CHANGED,
				"The disk may be full or write-protected. Choose another folder.",
				type(problem).__name__,
			) from problem
		with self._archive.writing(self._clock()) as change:
			change.record("placed a copy of a request's document", {"document": document_id})

	def take_back(self, document_id: int) -> None:
		"""Take a document out of a request's file; it stays sealed in the archive. Raises `NotFound`."""
		now = self._clock()
		with self._archive.writing(now) as change:
			held = books.document(change.connection, document_id)
			books.take_back_document(change.connection, document_id, now)
			change.record("took a document out of a file", {"request": held.request_id, "document": document_id})
