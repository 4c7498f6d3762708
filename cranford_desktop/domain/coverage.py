"""What the archive holds of each group and phone, month by month, and what it does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

FindingKind = Literal[
	"capped",
	"starts_midway",
	"gap",
	"disappearing_on",
	"privacy_on",
	"media_missing",
	"not_exported",
	"left_office",
	"unread",
]
"""Cut off by WhatsApp's limit; begins in the middle of a conversation; weeks that others show and this phone does not;
disappearing messages on; advanced chat privacy on; attachments named but nowhere held; a member without an export;
out of office, still in the group; lines that belong to no message."""
Step = Literal["ask_older", "ask_export", "ask_settings", "remove_from_group", "import_media", "look"]
"""What helps: ask for an older export, for an export, to turn the setting off; take somebody out of the group; import
an export with media; look at it."""


@dataclass(frozen=True, slots=True)
class Finding:
	"""One thing the archive does not hold, or soon will not."""

	key: str
	"""Names it for good, so that it stays dismissed: "gap:3:2025-02-11"."""
	kind: FindingKind
	title: str
	"""One sentence: "Cllr Ahmed's export starts in the middle of a conversation, on 3 August 2025."."""
	detail: str
	step: Step
	next_step: str
	"""What to do, in words for a button: "Ask for an older export"."""
	group: str | None = None
	phone: str | None = None
	person_id: int | None = None
	since: date | None = None
	until: date | None = None
	count: int = 0
	dismissed: bool = False
	listed: bool = False
	"""On the clerk's list of what to do."""


@dataclass(frozen=True, slots=True)
class Gap:
	"""A stretch that a phone's exports do not show although the conversation went on."""

	start: date
	end: date
	missed: int
	"""Messages that other phones show in it; 0 where no other phone covers it."""


@dataclass(frozen=True, slots=True)
class PhoneCoverage:
	"""What one phone's exports show of a group."""

	phone_id: int
	phone: str
	person_id: int | None
	holder: str | None
	first: datetime
	last: datetime
	last_export: datetime
	"""When its latest export was imported."""
	months: Mapping[tuple[int, int], int]
	"""Messages it shows, by (year, month)."""
	before: str
	"""Why it shows nothing earlier than its first message: "" where it begins with the conversation; "Cut off: older
	messages are missing"; "Joined then"; "Starts in the middle"."""
	after: str
	"""Why nothing later, in words; "" where it reaches the conversation's end."""
	gaps: tuple[Gap, ...]
	only_here: int
	"""Messages that no other phone shows."""


@dataclass(frozen=True, slots=True)
class GroupCoverage:
	"""What all phones show of a group."""

	group_id: int
	group: str
	first: datetime | None
	last: datetime | None
	messages: int
	on_one_phone: int
	months: Mapping[tuple[int, int], int]
	phones: tuple[PhoneCoverage, ...]
	media_missing: int
	"""Attachments named in the chat that no export carried."""
