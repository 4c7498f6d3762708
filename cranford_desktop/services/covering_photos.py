"""Covering areas of photos and of documents' pages in a request, and how these look before and after."""

from collections.abc import Sequence
from typing import NamedTuple

from cranford_desktop.documents.covered_pages import page_count, page_picture, words_on_pages
from cranford_desktop.documents.photos import reencode
from cranford_desktop.domain.messages import Attachment
from cranford_desktop.domain.photo_areas import Area, PhotoArea, is_covered
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.redacting import find
from cranford_desktop.errors import NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.pack_building import PDF, can_have_areas
from cranford_desktop.services.request_messages import NOTHING_CHANGED, members
from cranford_desktop.store import casebook
from cranford_desktop.store import decision_steps as steps
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.photo_areas import areas_as_kept, areas_of_file, cover_areas, photo_areas

MOST = 200
"""Areas of one file."""


class Wanted(NamedTuple):
	"""An area as the clerk wants it."""

	area: Area
	exemption: str
	reason: str | None = None


class CoveringPhotos:
	"""Keeps areas with their request; the archive's own files never change."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def areas(self, request_id: int, sha256: str | None = None) -> list[PhotoArea]:
		"""Return what is covered in a request's pictures, in those of one file where its digest is given."""
		with self._archive.reading() as connection:
			casebook.regime_of(connection, request_id)
			return photo_areas(connection, request_id, sha256)

	def cover(self, request_id: int, message_id: int, sha256: str, wanted: Sequence[Wanted]) -> list[PhotoArea]:
		"""Let a file of a message have these areas and no others, as one step that can be taken back.

		They hold wherever the file stands in the request. Raises `NotFound` for a file that the message does not hold
		or an unknown exemption, `RefusedByPolicy` for an area that covers nothing.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			regime = casebook.regime_of(c, request_id)
			self._held(c, request_id, message_id, sha256)
			if len(wanted) > MOST:
				raise RefusedByPolicy(
					f"These are more than {MOST} areas.", NOTHING_CHANGED, "Leave it out of the pack instead."
				)
			made = []
			for one in wanted:
				area = one.area.within()
				if area.is_slip:
					raise RefusedByPolicy("An area covers nothing.", NOTHING_CHANGED, "Draw it larger, or remove it.")
				code = find_exemption(self._tables, one.exemption, regime).code
				made.append((area, code, (one.reason or "").strip() or None))
			before = areas_as_kept(c, request_id, sha256)
			cover_areas(c, request_id, sha256, made, now)
			words = f"{len(made):,} {'area' if len(made) == 1 else 'areas'} covered in a picture"
			steps.add_step(c, request_id, message_id, words, {"areas": [sha256, before]}, now)
			change.record("covered areas of a picture", {"request": request_id, "areas": len(made)})
			return photo_areas(c, request_id, sha256)

	def pages(self, request_id: int, message_id: int, sha256: str) -> int:
		"""Return how many pages a file has; a photo has one. Raises `ProblemWithFile` where it cannot be shown."""
		held, data = self._read(request_id, message_id, sha256)
		return page_count(data) if held.media_type == PDF else 1

	def picture(self, request_id: int, message_id: int, sha256: str, page: int = 0, *, box: int = 1600) -> bytes:
		"""Return a photo or a page as a JPEG, upright and with nothing covered; raises `ProblemWithFile`."""
		held, data = self._read(request_id, message_id, sha256)
		if held.media_type == PDF:
			return page_picture(data, page, box=box).jpeg
		return reencode(data, box=box).jpeg

	def thumbnail(self, request_id: int, file_id: int, box: int) -> bytes:
		"""Return a small picture of a photo as the requester will see it; raises `ProblemWithFile`."""
		with self._archive.reading() as connection:
			data = self._archive.files.read_all(connection, books.attachment_file(connection, file_id))
			covered = areas_of_file(connection, request_id, file_id)
		return reencode(data, box=max(16, min(box, 2000)), areas=covered).jpeg

	def suggested(self, request_id: int, message_id: int, sha256: str) -> list[Area]:
		"""Return where on a document's pages words stand that are covered in the request, and no area covers them.

		Words in pictures are not read. Empty for a photo; raises `ProblemWithFile`.
		"""
		held, data = self._read(request_id, message_id, sha256)
		if held.media_type != PDF:
			return []
		with self._archive.reading() as connection:
			redactions = casebook.redactions(connection, request_id)
			covered = [one.area for one in photo_areas(connection, request_id, sha256)]
		found = words_on_pages(data, lambda text: [(one.start, one.end) for one in find(text, redactions)])
		return [one for one in found if not is_covered(one, covered)]

	def _read(self, request_id: int, message_id: int, sha256: str) -> tuple[Attachment, bytes]:
		with self._archive.reading() as connection:
			held = self._held(connection, request_id, message_id, sha256)
			return held, self._archive.files.read_all(connection, held.id or 0)

	def _held(self, connection: Connection, request_id: int, message_id: int, sha256: str) -> Attachment:
		[row] = members(connection, request_id, [message_id])
		for one in row.attachments:
			if one.sha256 == sha256 and one.present:
				if can_have_areas(one):
					return one
				raise ProblemWithFile(
					"Areas can be covered in photos and PDF documents only.", NOTHING_CHANGED, "Leave this file out."
				)
		raise NotFound("That message holds no such file.", NOTHING_CHANGED, "Open the request again.")
