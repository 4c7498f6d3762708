"""What the clerk is shown of an export before anything is written, and what she answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from cranford_desktop.domain.coverage import Finding
from cranford_desktop.domain.messages import ReadExport, Receipt

Question = Literal["none", "unknown_chat", "one_to_one", "other_group"]
"""What only the clerk can answer: nothing; is this chat official; is this private chat council business; the chat calls
itself like a group of hers, but its messages have nothing in common with it."""
Keep = Literal["all", "some", "none"]


@dataclass(frozen=True, slots=True)
class Preview:
	"""An export that was read and compared with the archive. Nothing has been written."""

	path: Path
	read: ReadExport
	group: str | None
	"""The registered group it belongs to; None: an unknown chat, which is asked about."""
	phone: str
	"""The phone whose earlier export it continues, else "Phone n"."""
	new: int
	"""How many of its messages the archive does not hold yet."""
	past_six_years: int
	already_imported: Receipt | None
	problem: str | None
	"""Why it cannot be taken as it is."""
	question: Question = "none"
	phone_known: bool = False
	"""`phone` is one whose earlier export the archive holds."""
	holder: int | None = None
	"""Person whose phone it is, as far as the archive knows or can tell; a guess where `phone_known` is false."""
	holder_reason: str = ""
	"""Why this person is guessed, in words."""
	holder_shown: str | None = None
	"""Name under which the chat shows whose phone it is, where they are no known person yet."""
	likely_group: str | None = None
	"""A registered group with whose messages an unknown chat shares enough, whatever it calls itself."""
	on_other_phones: int = 0
	clock_offset: int = 0
	"""Minutes by which its clock is ahead of the other phones'."""
	findings: tuple[Finding, ...] = ()
	"""What this file shows to be missing or worth asking about."""
	nothing_new_since: date | None = None
	"""Set where everything in it is held already: the day of the newest message held of this phone."""

	@property
	def messages(self) -> int:
		"""Records that a person sent."""
		return len(self.read.records) - self.read.tally.system

	@property
	def media(self) -> int:
		"""Records that carry an attachment, present or not."""
		return self.read.tally.media


@dataclass(frozen=True, slots=True)
class Chosen:
	"""Which part of a chat is council business, where the clerk keeps only some of it. Empty narrows nothing."""

	start: date | None = None
	end: date | None = None
	"""Inclusive."""
	people: Sequence[str] = ()
	"""Senders as exported."""


@dataclass(frozen=True, slots=True)
class Answers:
	"""What the clerk says of one export."""

	group: str | None = None
	"""Name of the group; registers it if new. None: the preview's."""
	phone: str | None = None
	"""What the phone is called; None: the preview's."""
	holder: int | None = None
	"""Whose phone it is."""
	keep: Keep = "all"
	chosen: Chosen = Chosen()
	since: date | None = None
	"""From when a new group has been official."""
	admin: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
	"""Several previewed exports that look like one conversation, and what is held of it."""

	group: str
	previews: tuple[int, ...]
	"""Indexes into the previews."""
	on_several_phones: int
	"""Messages that at least two phones show, those held already counted in."""
	messages: int
	"""Messages there will be after importing them all."""
	share: float
	"""How much of the smaller side's longer texts both have, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Undone:
	"""What became of an import that was undone."""

	set_aside: bool
	"""A hold bites: out of browsing, still found by requests, erased when the hold ends."""
	messages: int
	"""Messages that only this import showed, and that are gone (or set aside)."""
	reason: str
	"""Why it was set aside, in words; empty where it was undone."""
