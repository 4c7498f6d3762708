"""Requests, decisions, redactions, and the pack that leaves the house.

The rule of the design: redaction replaces text before layout, so the words never reach the writer. `PackContent` is
the only thing documents are made from, and holds nothing withheld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.covering import ALL_TICKED, Ticks
from cranford_desktop.domain.media_decisions import MediaDecision
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.requests import REGIMES, Regime, Request, RequestRecord

__all__ = ["REGIMES", "Regime", "Request", "RequestRecord"]  # what stands in `requests` and is asked for here
Choice = Literal["release", "withhold", "not_in_scope", "not_held"]
PatternName = Literal["phone", "email", "postcode", "nino", "bank", "card", "vehicle", "date_of_birth"]

CHOICES: tuple[Choice, ...] = ("release", "withhold", "not_in_scope", "not_held")


@dataclass(frozen=True, slots=True)
class Exemption:
	"""One row of `resources/policy/exemptions.toml`."""

	code: str
	"""As written in letters: "s40(2)", "reg 13"."""
	regimes: tuple[Regime, ...]
	title: str
	label: str
	"""What stands in place of the words: "Redacted – personal data, s40(2)"."""
	whole_message: bool
	"""May a whole message be withheld under it."""
	needs_prejudice: bool
	needs_public_interest: bool
	note: str = ""
	also: tuple[str, ...] = ()
	"""Other codes that mean the same: "s40(2)(3A)(a)"."""


@dataclass(frozen=True, slots=True)
class Decision:
	"""What becomes of one message in one request."""

	message_id: int
	choice: Choice
	exemption: str | None = None
	reason: str | None = None
	prejudice: str | None = None
	public_interest: str | None = None
	balance: str | None = None
	with_media: bool = False
	"""All its photos and files go in that have no decision of their own (text alone leaves media out)."""
	more_exemptions: tuple[str, ...] = ()
	"""Codes besides `exemption`, whose label stands in the pack."""


@dataclass(frozen=True, slots=True)
class Redaction:
	"""A covering-up in one request: a "text" or "pattern" everywhere, a "person" wherever a name of `names` stands,
	or a "span": characters `start`–`end` of the shown text of message `message_id` only.
	"""

	id: int
	kind: Literal["text", "pattern", "person", "span"]
	value: str
	exemption: str
	reason: str | None = None
	stand_in: str | None = None
	message_id: int | None = None
	start: int | None = None
	end: int | None = None
	names: tuple[str, ...] = ()
	"""Of a person: every name, number and address known of them today."""
	ticks: Ticks = ALL_TICKED


class Piece(NamedTuple):
	"""A run of a disclosed line: words that may be read, or a label where words were taken out."""

	text: str
	"""The words; or, for a label, the words of the label."""
	is_label: bool = False
	own: bool = False
	"""The pack's own words ("Photo", "Transcript:"), not those of a message, a name or the request."""


class Covered(NamedTuple):
	"""A stretch of text that a redaction covers: offsets into the text as given, in characters."""

	start: int
	end: int
	redaction: Redaction


@dataclass(frozen=True, slots=True)
class Candidate:
	"""A message in a request's set, with what has been decided and what is covered up in it."""

	row: MessageRow
	decision: Decision | None
	covered: tuple[Covered, ...]
	"""On `row.text`, merged, in order."""
	changed_since_decided: bool = False
	beside: tuple[tuple[str, Redaction], ...] = ()
	"""Words covered up in the name of its sender and of its files, as they stand there."""
	media: tuple[MediaDecision, ...] = ()
	decided_text: str | None = None
	"""What it said when it was decided on, where that changed since and is still held."""

	@property
	def is_covered(self) -> bool:
		"""Return whether anything of it is covered up."""
		return bool(self.covered or self.beside)


EntryStatus = Literal["released", "redacted", "withheld", "not_in_scope", "not_held"]


@dataclass(frozen=True, slots=True)
class PackPhoto:
	"""A re-encoded photo that is part of the pack."""

	reference: str
	jpeg: bytes
	width: int
	height: int
	description: str


@dataclass(frozen=True, slots=True)
class PackMedia:
	"""A medium as the pack lists it: released photo, or left out with the reason."""

	label: tuple[Piece, ...]
	"""How it is called in the pack, already redacted: "Photo", "Document", a redacted file name."""
	note: str
	photo: PackPhoto | None = None


EnclosureKind = Literal["e-mail", "minutes", "paper", "document"]
"""A "document" came with a message: its pages as pictures."""


@dataclass(frozen=True, slots=True)
class Enclosure:
	"""An already redacted PDF from elsewhere that the clerk adds to a pack."""

	title: str
	kind: EnclosureKind
	data: bytes


@dataclass(frozen=True, slots=True)
class PackEnclosure:
	"""An enclosure as the pack holds it: its pages and nothing else."""

	reference: str
	"""Unique in the pack, and the beginning of the file's name: "FOI-2026-001-E1"."""
	title: tuple[Piece, ...]
	kind: EnclosureKind
	pages: int
	pdf: bytes
	as_pictures: bool
	"""Its pages hid something and were made into pictures."""


@dataclass(frozen=True, slots=True)
class PackEntry:
	"""One line of the transcript and of the schedule, already redacted."""

	reference: str
	"""Permanent, unique: "FOI-2026-001-0007"."""
	group: tuple[Piece, ...]
	sent_at: datetime
	precision: str
	sender: tuple[Piece, ...]
	"""Empty for a system line."""
	role: str | None
	system: bool
	status: EntryStatus
	exemptions: tuple[str, ...]
	body: tuple[Piece, ...]
	"""What may be read; for a withheld message one label."""
	notes: tuple[str, ...]
	"""In words: "edited", "deleted by its sender", …"""
	media: tuple[PackMedia, ...]


@dataclass(frozen=True, slots=True)
class PackContent:
	"""Everything the requester gets, and nothing else. Never the requester, never reasons."""

	council: str
	reference: str
	regime: Regime
	received: date
	wording: tuple[Piece, ...]
	made_on: date
	pack_number: int
	practice: bool
	groups: tuple[tuple[Piece, ...], ...]
	searched_from: date | None
	searched_to: date | None
	entries: Sequence[PackEntry]
	"""Released, redacted and withheld ones, by group and position; not in scope and not held only as counts."""
	gaps: Mapping[int, int]
	"""Index into `entries` → how many messages out of scope or not held stood before it."""
	counts: Mapping[str, int]
	"""messages, released, redacted, withheld, not_in_scope, not_held, media_left_out."""
	exemptions: Sequence[Exemption]
	"""Those used, in order of code."""
	label_texts: Sequence[str]
	"""Every label text of the policy, so that one width can be computed for all."""
	enclosures: Sequence[PackEnclosure] = ()


@dataclass(frozen=True, slots=True)
class LeakPlace:
	"""Where something that was removed can still be read. Never holds the words themselves."""

	file: str
	place: str
	needle: int
	"""Index into the needles; -1 for a structural fault (hidden sheet, incremental update, …)."""


@dataclass(frozen=True, slots=True)
class LeakReport:
	"""Outcome of re-opening the finished files."""

	needles: int
	places: tuple[LeakPlace, ...]

	@property
	def passed(self) -> bool:
		"""Nothing that was removed was found."""
		return not self.places


@dataclass(frozen=True, slots=True)
class PackFile:
	"""One file of a pack, relative to its output folder."""

	path: str
	sha256: str
	size: int


@dataclass(frozen=True, slots=True)
class PackResult:
	"""What `make_pack` made; the JSON of `cranford disclose`."""

	request_id: int
	reference: str
	pack_number: int
	messages: int
	released: int
	redacted: int
	withheld: int
	not_in_scope: int
	not_held: int
	undecided_media: int
	not_recorded: tuple[str, ...]
	leak_check: LeakReport
	files: tuple[PackFile, ...]
	warnings: tuple[str, ...] = ()
	"""What the clerk should know before it goes out; it stopped nothing."""
	enclosures: tuple[str, ...] = ()
	"""What goes out with it, as the pack calls it: "FOI-2026-001-E1: Minutes of 3 March 2026"."""
	numbers: tuple[tuple[int, int], ...] = ()
	"""(message id, its number in the references): later packs of the request keep them."""
	rests_on: str = ""
	"""Digest of the decisions and coverings-up it was made from; empty for a pack of an earlier release."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
	"""One search made for a request: written by itself."""

	at: datetime
	words: str
	found: int
	added: int


@dataclass(frozen=True, slots=True)
class LoggedDecision:
	"""One message of a request as the council's own log shows it, with its words."""

	reference: str
	group: str
	sent_at: datetime
	sender: str
	text: str
	choice: str
	"""In words: "Release", "Withhold", …; "Release (nothing was decided)"."""
	exemption: str
	reason: str
	prejudice: str
	public_interest: str
	balance: str
	media: str
	"""What becomes of its photos and files, in words; empty where it has none."""


@dataclass(frozen=True, slots=True)
class LoggedRedaction:
	"""One redaction as the council's own log shows it, with the words that were taken out."""

	kind: str
	"""In words: "Text everywhere", "Every phone number", "One place"."""
	value: str
	exemption: str
	reason: str
	stand_in: str
	reference: str
	"""Of the message, for a redaction in one place; empty otherwise."""


@dataclass(frozen=True, slots=True)
class InternalLog:
	"""The council's own record of a pack. Never leaves the council: it holds everything that was taken out."""

	council: str
	practice: bool
	reference: str
	regime: Regime
	requester: str
	received: date
	due: date
	wording: str
	pack_number: int
	made_at: datetime
	decisions: Sequence[LoggedDecision]
	redactions: Sequence[LoggedRedaction]
	searches: Sequence[SearchRecord]
	not_recorded: Sequence[str]
	checks: Sequence[tuple[str, str]] = ()
	"""What was checked and with what outcome, for the record: ("Texts looked for in the finished files", "41")."""
