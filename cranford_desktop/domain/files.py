"""The files beside the messages: photos, videos, voice notes, documents, contact cards; and the links in the texts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

FileSort = Literal["photo", "video", "voice", "document", "contact"]

FILE_SORTS: tuple[FileSort, ...] = ("photo", "video", "voice", "document", "contact")


def file_sort(media_type: str | None) -> FileSort:
	"""Return what a file is to the clerk, by its media type; what cannot be told is a document."""
	main = (media_type or "").partition("/")[0]
	if main == "image":
		return "photo"
	if main == "video":
		return "video"
	if main == "audio":
		return "voice"
	return "contact" if media_type == "text/vcard" else "document"


@dataclass(frozen=True, slots=True)
class Listened:
	"""Somebody listened to a voice note, or looked at a video, and said what it is about."""

	by: str
	on: date
	gist: str
	"""In the clerk's words; searched like a text. May be empty."""


class HeldFile(NamedTuple):
	"""A file that the archive holds, where it was sent."""

	id: int
	"""Number of the sealed file."""
	message_id: int
	sort: FileSort
	name: str
	"""As its export calls it; text only, never a path."""
	media_type: str | None
	size: int
	"""Bytes."""
	sent_at: datetime
	sender: str | None
	group: str
	caption: str
	listened: Listened | None


class HeldLink(NamedTuple):
	"""An address in a text."""

	message_id: int
	address: str
	"""As written."""
	sent_at: datetime
	sender: str | None
	group: str


class FileCounts(NamedTuple):
	"""How many there are of each; messages whose file the archive does not hold are counted apart."""

	photo: int
	video: int
	voice: int
	document: int
	contact: int
	link: int
	missing: int
	"""Messages that show a file which no export brought."""


@dataclass(frozen=True, slots=True)
class OutsideCopy:
	"""A copy of a file that was saved outside the archive."""

	id: int
	file_id: int
	folder: str
	name: str
	at: datetime
	gone_on: date | None
	"""When the clerk said that it is deleted; None while it is believed to lie there."""


@dataclass(frozen=True, slots=True)
class Sound:
	"""A voice note as samples, in memory only."""

	samples: bytes
	"""Signed 16-bit, interleaved."""
	rate: int
	"""Samples a second and channel."""
	channels: int

	@property
	def seconds(self) -> float:
		"""Return how long it takes."""
		return len(self.samples) / (2 * self.channels * self.rate)
