"""Photos and documents for packs: drawn anew, without what is covered in them."""

import io
from collections.abc import Sequence

from PIL import Image

from cranford_desktop.documents.covered_pages import covered_pages
from cranford_desktop.documents.photos import Photo, reencode
from cranford_desktop.domain.messages import Attachment
from cranford_desktop.domain.photo_areas import Area, PhotoArea, by_file
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.store import files as books
from cranford_desktop.store.archive import Archive

PACK_BOX = 900
"""Pixels of the square that a photo in a pack fits into."""
_TOGETHER = 24
"""Pictures kept in one go, so that memory stays small and the disk is asked seldom."""


class PackPhotos:
	"""Gives photos without anything their files said about them.

	What was drawn is kept by the content it was drawn from (a file that is held once has one picture), encrypted in the
	archive, and goes with its file when that is erased. Call `settle` at the end.
	"""

	def __init__(self, archive: Archive, areas: Sequence[PhotoArea] = ()) -> None:
		"""Take the archive and what is covered in this request: a covered picture is drawn for it alone, never kept."""
		self._archive = archive
		self._areas = by_file(areas)
		self._made: list[tuple[int, bytes | None]] = []

	def photo(self, attachment: Attachment) -> Photo | None:
		"""Return a photo drawn anew; None where it is no photo that can be shown."""
		if attachment.id is None:
			return None
		covered = [one.area for one in self._areas.get(attachment.sha256 or "", ())]
		if covered:
			return self._covered(attachment.id, covered)
		with self._archive.reading() as connection:
			kept = books.kept_thumbnail(connection, attachment.id, PACK_BOX)
			data = b"" if kept else self._archive.files.read_all(connection, attachment.id)
		if kept is not None:
			return _measured(kept[0])
		made: Photo | None = None
		try:
			made = reencode(data, box=PACK_BOX)
		except ProblemWithFile:
			made = None
		self._made.append((attachment.id, made.jpeg if made else None))
		if len(self._made) >= _TOGETHER:
			self.settle()
		return made

	def document(self, attachment: Attachment) -> tuple[bytes, int] | None:
		"""Return a PDF of a document's pages as pictures and their number; None where it cannot be shown."""
		if attachment.id is None:
			return None
		covered = [one.area for one in self._areas.get(attachment.sha256 or "", ())]
		try:
			return covered_pages(self._bytes(attachment.id), covered)
		except ProblemWithFile:
			return None

	def _covered(self, file_id: int, areas: Sequence[Area]) -> Photo | None:
		try:
			return reencode(self._bytes(file_id), box=PACK_BOX, areas=areas)
		except ProblemWithFile:
			return None

	def _bytes(self, file_id: int) -> bytes:
		with self._archive.reading() as connection:
			return self._archive.files.read_all(connection, file_id)

	def settle(self) -> None:
		"""Keep what was drawn; what cannot be kept now is drawn again when it is wanted."""
		some, self._made = self._made, []
		if not some:
			return
		with self._archive.remembering() as connection:
			if connection is not None:
				for file_id, jpeg in some:
					books.keep_thumbnail(connection, file_id, PACK_BOX, jpeg)


def _measured(jpeg: bytes | None) -> Photo | None:
	if jpeg is None:
		return None
	with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
		return Photo(jpeg, image.width, image.height)
