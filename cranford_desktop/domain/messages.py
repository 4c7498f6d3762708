"""What a chat export says: records as read, messages as kept.

A *record* is one entry of an export file as the parser read it; in the archive it becomes an *observation*. A
*message* is what was sent once. Times are UK wall times without a zone, as the exporting phone rendered them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

Platform = Literal["android", "iphone"]
DateOrder = Literal["dmy", "mdy", "ymd"]
Precision = Literal["minute", "second"]
Kind = Literal["message", "media", "poll", "location", "contact", "call", "deleted", "system"]

Category = Literal["council", "personal", "mixed", "sensitive"]
"""What the clerk sees as a message's kind of business."""
Holding = Literal["photo", "video", "voice", "document", "contact", "link", "poll", "location", "edited", "deleted"]
"""What a message holds, to look for."""

CATEGORIES: tuple[Category, ...] = ("council", "personal", "mixed", "sensitive")
HOLDINGS: tuple[Holding, ...] = (
	"photo", "video", "voice", "document", "contact", "link", "poll", "location", "edited", "deleted",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("message", "media", "poll", "location", "contact", "call", "deleted", "system")


class Record(NamedTuple):
	"""One record of an export, as the parser read it."""

	order: int
	"""Place in the file, from 0."""
	sent_at: datetime
	"""Wall time as rendered, without a zone."""
	precision: Precision
	sender: str | None
	"""The name exactly as exported, with its invisible characters; None where none stands there. Under a system message
	an iPhone shows a name: whoever did it, or the group."""
	raw: str
	"""The exported body, character for character, without header and name."""
	kind: Kind
	text: str | None
	"""What was written, without the app's own markers: see `cranford messages` in the design."""
	edited: bool = False
	deleted: bool = False
	media_name: str | None = None
	"""Name of the file the record shows; None where it shows none or the export leaves the medium out."""
	is_media: bool = False
	"""The record carries an attachment: present in the export, missing from it, or left out by WhatsApp."""
	flags: tuple[str, ...] = ()
	"""Doubts worth showing: "other_clock", "other_platform_header", "out_of_sequence", "unknown_system", …"""
	event: str | None = None
	"""What a line of the app tells of, whatever its language: "added", "left", …; None for all else and for a line
	that the catalogue does not know."""
	named: tuple[str, ...] = ()
	"""Everybody that line names, as exported, whoever acted first; "You" for the phone's owner, in any language."""


class HeldRecord(NamedTuple):
	"""A message the archive holds, as alignment needs it."""

	message_id: int
	sent_at: datetime
	precision: Precision
	sender: str | None
	"""As the phone's latest export shows it."""
	kind: Kind
	raw: str
	text: str | None
	edited: bool
	deleted: bool
	media_name: str | None
	is_media: bool


@dataclass(frozen=True, slots=True)
class MediaMember:
	"""A file inside the export beside the chat text."""

	name: str
	"""Name as the archive inside shows it, decoded, without folders."""
	size: int
	"""Bytes, uncompressed, as found while reading."""
	member: int
	"""Handle for `ingest.container.read_member`; meaningless elsewhere."""


class Records(Protocol):
	"""The records of an export in file order, read again from the file each time they are gone through."""

	def __len__(self) -> int:
		"""Return how many there are."""
		...

	def __iter__(self) -> Iterator[Record]:
		"""Go through them once more, in file order; raises `ProblemWithFile` where the file changed meanwhile."""
		...


@dataclass(frozen=True, slots=True)
class Tally:
	"""Counts over all records of an export, made while it was read: a long one is not gone through for them again."""

	system: int
	media: int
	"""Records that carry an attachment, present or not."""
	people: Mapping[str, int]
	"""Messages by sender, as exported."""
	first: datetime
	last: datetime
	months: Mapping[tuple[int, int], int]
	"""Records by (year, month)."""
	example: datetime
	"""A time that shows how dates are read: one with a day over 12, if there is one."""
	owner_named: tuple[str, ...] = ()
	"""Senders who can be the phone's owner, as exported, likeliest first: never named in a line where "You" acts."""
	owner: str | None = None
	"""The sender under whose name the app writes "You", as exported: the owner, not only somebody who can be."""
	left_on: tuple[str, ...] = ()
	"""Settings that lose messages or exports and are on at its end: "disappearing_on", "privacy_on"."""


@dataclass(frozen=True, slots=True)
class ReadExport:
	"""An export file, read: everything the clerk is shown before anything is written."""

	file_name: str
	sha256: str
	"""Hex digest of the whole file."""
	size: int
	chat_name: str | None
	"""Name of the chat as the file shows it: file name, or the group named in its first lines."""
	one_to_one: bool
	"""Looks like a chat between two people, not a group."""
	platform: Platform
	date_order: DateOrder
	date_evidence: str
	"""Why the dates are read so, in words: "line 212 has day 27"; "not proved: read day first"."""
	dialect: str
	"""Sketch of the header, for the log and for continuing a phone: "[d/m/yyyy, h:mm:ss am]"."""
	records: Records
	tally: Tally
	unread_lines: tuple[str, ...]
	"""Non-blank lines before the first header, verbatim."""
	media: Mapping[str, MediaMember]
	"""Files inside the export by the name records use; empty for a plain text."""
	present: Mapping[int, str] = field(default_factory=dict)
	"""Record order → key of `media`, for each record whose file is in the export."""
	warnings: tuple[str, ...] = ()
	"""Plain sentences for the receipt."""

	@property
	def first(self) -> datetime:
		"""Earliest wall time of a record."""
		return self.tally.first

	@property
	def last(self) -> datetime:
		"""Latest wall time of a record."""
		return self.tally.last


@dataclass(frozen=True, slots=True)
class Receipt:
	"""What an import did. The sums of `cranford import` hold:
	records = messages + system = new + matched + disposed_earlier + past_cut_off.
	"""

	file: str
	sha256: str
	group: str
	phone: str
	platform: Platform
	date_order: DateOrder
	first: datetime
	last: datetime
	records: int
	messages: int
	system: int
	media_present: int
	media_missing: int
	unread_lines: int
	new: int
	matched: int
	disposed_earlier: int
	past_cut_off: int
	already_imported: bool
	warnings: tuple[str, ...]
	past_six_years: int = 0
	"""Records already past their retention period on arrival: taken, said, put to the next review."""
	imported_at: datetime | None = None
	export_id: int | None = None
	"""Number of the import, for its undoing; None where nothing was added."""
	clock_offset: int = 0
	"""Minutes by which the phone's clock is ahead of UK time, as comparison with other phones shows."""
	on_other_phones: int = 0
	"""How many of its records another phone's export shows, too."""
	files_filled: int = 0
	"""Attachments that earlier exports named and this one brought."""
	not_chosen: int = 0
	"""Records of the file that the clerk left out ("some, I'll choose"): nowhere in the archive."""
	set_aside: bool = False
	"""Undone under a hold: out of browsing, still found by requests."""
	doubtful: int = 0
	"""How many of its records joined a message of other exports on weak evidence."""


@dataclass(frozen=True, slots=True)
class Attachment:
	"""A file, or the place of a file that WhatsApp left out (name None, present False)."""

	id: int | None
	name: str | None
	media_type: str | None
	size: int | None
	sha256: str | None
	present: bool


@dataclass(frozen=True, slots=True)
class Version:
	"""One immutable text of a message."""

	id: int
	raw: str
	text: str | None
	edited: bool
	deleted: bool
	exports: tuple[str, ...]
	"""File names of the exports that show it, one for each, in import order: a phone may call them all the same."""


class MessageRow(NamedTuple):
	"""A message as lists, packs and reports need it; read in bulk."""

	id: int
	group_id: int
	group: str
	position: int
	sent_at: datetime
	precision: Precision
	sender: str | None
	"""Confirmed name, else as rendered without bidi controls; None for a system message."""
	sender_as_exported: str | None
	role: str | None
	"""The person's role on the day, where one is recorded."""
	kind: Kind
	text: str | None
	raw: str
	edited: bool
	deleted: bool
	version_id: int
	attachments: tuple[Attachment, ...]
	exports: int
	"""In how many exports it is seen."""
	category: str
	"""Kind of business: "council" (the default), "personal", "mixed", "sensitive"."""
	uncertain_order: bool = False
	"""The phones disagree on its place among its neighbours."""
	set_aside: bool = False
	"""Only in imports that were undone under a hold."""
	tags: tuple[str, ...] = ()
	"""Names of its tags: what a photo shows first, then topics by name."""


@dataclass(frozen=True, slots=True)
class MessageDetail:
	"""One message with everything its exports say of it."""

	row: MessageRow
	versions: tuple[Version, ...]
	observations: tuple["Observation", ...]


@dataclass(frozen=True, slots=True)
class Observation:
	"""A message as one export shows it."""

	export_file: str
	phone: str
	order: int
	sent_at: datetime
	precision: Precision
	sender: str | None
	raw: str
	export_id: int = 0
	clock_offset: int = 0
	"""Minutes by which that phone's clock was ahead of UK time."""
	edited: bool = False
	deleted: bool = False
	present: bool | None = None
	"""Whether this export carries the attachment; None where the record has none."""
	doubtful: bool = False
	"""It joined what earlier exports show on weak evidence."""


@dataclass(frozen=True, slots=True)
class Group:
	"""An official group chat of the council."""

	id: int
	name: str
	messages: int
	first: datetime | None
	last: datetime | None
	since: date | None = None
	"""From when it has been an official group."""
	admin: str | None = None
	"""Who runs it, in the council's words."""


@dataclass(frozen=True, slots=True)
class Phone:
	"""A phone whose exports the archive holds, in one group."""

	id: int
	name: str
	group: str
	platform: Platform
	exports: int
	last_record: datetime
	last_import: datetime
	person_id: int | None = None
	"""Whose phone it is, where the clerk said so."""


@dataclass(frozen=True, slots=True)
class MessageFilter:
	"""Which messages are meant; empty means all. Keys narrow; dates are inclusive."""

	search: str | None = None
	group: str | None = None
	person: str | None = None
	"""Sent by: a confirmed name or any rendering of it."""
	start: date | None = None
	end: date | None = None
	ids: tuple[int, ...] | None = None
	kinds: tuple[Kind, ...] | None = None
	with_set_aside: bool = False
	"""Also what was set aside: a request finds and counts it, browsing does not."""
	without_personal: bool = False
	"""Ordinary browsing leaves out what was marked personal; a request never does."""
	exact: bool = False
	"""Words as typed only, not other words of the same stem; accents and case still do not matter."""
	dropped: tuple[str, ...] = ()
	"""Words of the same stem that are not meant: "drainage" for "drain"."""
	role: str | None = None
	"""Sent by somebody who had this role on the day."""
	holding: tuple[Holding, ...] | None = None
	"""Holding any of these."""
	category: tuple[Category, ...] | None = None
	tag: tuple[str, ...] | None = None
	"""Carrying any of these tags, by name."""
	phone: str | None = None
	"""Seen on this phone, by its name."""
