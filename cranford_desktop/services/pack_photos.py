"""Photos for packs: drawn anew once, then taken from the archive's own encrypted pictures."""

import io

from PIL import Image

from cranford_desktop.documents.photos import Photo, reencode
from cranford_desktop.domain.messages import Attachment
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

	def __init__(self, archive: Archive) -> None:
		self._archive = archive
		self._made: list[tuple[int, bytes | None]] = []

	def photo(self, attachment: Attachment) -> Photo | None:
		"""Return a photo drawn anew; None where it is no photo that can be shown."""
		if attachment.id is None:
			return None
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
