"""From decided messages to what the requester gets: redacted before anything is laid out, with what to look for after.

`PackBuilder.entry` is the only place that turns a message into a line of a pack; the requester's view in the window
asks it too, so what the clerk checks is what goes out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from cranford_desktop.domain.disclosure import (
	Decision,
	EntryStatus,
	Exemption,
	PackContent,
	PackEnclosure,
	PackEntry,
	PackMedia,
	PackPhoto,
	Piece,
	Redaction,
	Regime,
)
from cranford_desktop.domain.exemption_fields import Reasons
from cranford_desktop.domain.media_decisions import MediaDecision, medium_of
from cranford_desktop.domain.messages import Attachment, MessageRow
from cranford_desktop.domain.photo_areas import PhotoArea, by_file, covers_all
from cranford_desktop.domain.redacting import cover, find, hits, merged
from cranford_desktop.domain.requester import requester_names, signatures
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard

if TYPE_CHECKING:
	# Only a name here: requests are decided on without any document being drawn.
	from cranford_desktop.documents.photos import Photo

WITHHELD = "Withheld"
"""Label of a message withheld by a written request that names no exemption."""
REQUESTER = "Requester"
"""What stands for the requester in the wording of the request."""
LEFT_OUT = "left out of this pack"
NOT_IN_EXPORT = "not part of the export that the council holds"
OUT_OF_SCOPE = "not in scope of the request"
ON_REQUEST = "released; ask the council for a copy"
NOT_SHOWN = "released; it cannot be shown in this document"

_KIND_NOTES = {
	"contact": "a contact card",
	"call": "a call",
	"deleted": "deleted by its sender; no export that the council holds shows its words",
}
_MEDIA_NAMES = (
	("image/webp", "Sticker"),
	("image/", "Photo"),
	("video/", "Video"),
	("audio/", "Voice message or sound"),
)

_TELLING = 4
"""Words from which something written down for an exemption is looked for in a finished pack."""
PDF = "application/pdf"
_WORDING = -1
"""Stands for the message of a stretch that lies in the request's own wording."""
PhotoOf = Callable[[Attachment], "Photo | None"]
"""Gives a photo re-encoded; None where the file is no photo that can be shown."""
DocumentOf = Callable[[Attachment], "tuple[bytes, int] | None"]
"""Gives a document as a PDF of pictures of its pages, and their number; None where it cannot be shown."""


@dataclass(frozen=True, slots=True)
class PackSource:
	"""Everything a pack is made from. Holds what must not leave: only `PackContent` goes on to documents."""

	council: str
	practice: bool
	reference: str
	regime: Regime
	received: date
	requester: str
	wording: str
	made_on: date
	pack_number: int
	rows: Sequence[MessageRow]
	"""The candidate set, by group and position."""
	decisions: Mapping[int, Decision]
	redactions: Sequence[Redaction]
	searched_from: date | None = None
	searched_to: date | None = None
	enclosures: Sequence[PackEnclosure] = ()
	places: Mapping[int, int] = field(default_factory=dict)
	"""Message id → the number that earlier packs of this request gave it."""
	media: Mapping[int, tuple[MediaDecision, ...]] = field(default_factory=dict)
	"""Message id → what was decided on single files of it."""
	areas: Sequence[PhotoArea] = ()
	"""What is covered in photos and documents."""
	reasons: Reasons | None = None
	"""What was written down once for each exemption; None for a request that came as a document."""


@dataclass(slots=True)
class Secrets:
	"""What must not be readable in a finished pack."""

	everywhere: dict[str, None] = field(default_factory=dict)
	"""Texts that are redacted everywhere: no place may show them."""
	stretches: dict[str, None] = field(default_factory=dict)
	"""Words removed in one place, and the requester's name: they may stand in another place by decision."""
	texts: dict[str, None] = field(default_factory=dict)
	"""Messages, file names and reasons that stay in the house."""


def can_have_areas(one: Attachment) -> bool:
	"""Return whether areas of a file can be covered: a photo, or a document with pages."""
	return one.media_type == PDF or (one.media_type or "").startswith("image/")


def has_media(row: MessageRow) -> bool:
	"""Return whether a message carries a photo or file that is decided on by itself."""
	return row.kind == "media" or bool(row.attachments)


def is_undecided_media(row: MessageRow, decision: Decision | None, media: Sequence[MediaDecision] = ()) -> bool:
	"""Return whether a message's photo or file is left out because nobody decided on it; its words are released."""
	if not has_media(row) or (decision is not None and (decision.choice != "release" or decision.with_media)):
		return False
	held = [one for one in row.attachments if one.present]
	return not held or any(medium_of(one, decision, media) is None for one in held)


class PackBuilder:
	"""Turns messages into lines of a pack under one request's decisions and redactions."""

	def __init__(
		self,
		reference: str,
		redactions: Sequence[Redaction],
		exemptions: Sequence[Exemption],
		regime: Regime,
		*,
		areas: Sequence[PhotoArea] = (),
		document_of: DocumentOf | None = None,
		enclosed: int = 0,
	) -> None:
		"""Take what a request covers; `enclosed`: how many enclosures stand before the documents of messages."""
		self._reference = reference
		self._areas = by_file(areas)
		self._document_of = document_of
		self._enclosed = enclosed
		self.documents: list[PackEnclosure] = []
		self._redactions = tuple(redactions)
		self._by_code = {one.code: one for one in exemptions if regime not in one.regimes}
		self._by_code |= {one.code: one for one in exemptions if regime in one.regimes}
		self.secrets = Secrets()
		self.used: set[str] = set()

	def pieces(self, text: str, message_id: int | None = None) -> tuple[Piece, ...]:
		"""Return a text as the pack may say it; remember what was taken out."""
		found = hits(text, self._redactions, message_id)
		covered = merged(found)
		for one in covered:
			# The text that is covered everywhere is looked for by itself; how it was written here, like any stretch.
			self.secrets.stretches[text[one.start : one.end]] = None
		self.used.update(one.redaction.exemption for one in found)
		return cover(text, covered, self.label_of)

	def entry(
		self,
		row: MessageRow,
		decision: Decision | None,
		number: int,
		photo_of: PhotoOf | None = None,
		media: Sequence[MediaDecision] = (),
	) -> PackEntry | None:
		"""Return a message as the pack says it; None where it is not in the pack (out of scope, not held).

		Without a decision the words are released and media left out. `media`: what was decided on single files of it.
		"""
		choice = decision.choice if decision else "release"
		if choice in ("not_in_scope", "not_held"):
			return None
		before, self.used = self.used, set()
		try:
			made = self._withheld(row, decision, number) if choice == "withhold" else None
			made = made or self._released(row, decision, number, photo_of, media)
		finally:
			self.used = before | self.used
		return made

	def wording(self, wording: str, requester: str) -> tuple[Piece, ...]:
		"""Return the request's own words without the requester's name, address, number or e-mail."""
		own = [
			Redaction(-1 - at, "text", name, "", stand_in=REQUESTER)
			for at, name in enumerate(requester_names(requester))
		]
		own += [Redaction(-91, "pattern", "email", "", stand_in=REQUESTER)]
		own += [Redaction(-92, "pattern", "phone", "", stand_in=REQUESTER)]
		own += [
			Redaction(-93, "span", "", "", stand_in=REQUESTER, message_id=_WORDING, start=start, end=end)
			for start, end in signatures(wording, requester)
		]
		covered = find(wording, (*self._redactions, *own), _WORDING)
		for one in covered:
			self.secrets.stretches[wording[one.start : one.end]] = None
			if one.redaction.exemption:
				self.used.add(one.redaction.exemption)
		return cover(wording, covered, self.label_of)

	def labels(self) -> tuple[str, ...]:
		"""Return every label that may stand in a pack, so that all are drawn at one width."""
		labels = [one.label for one in self._by_code.values()]
		return (*labels, *map(_whole, labels), WITHHELD, REQUESTER)

	def exemptions_used(self) -> tuple[Exemption, ...]:
		"""Return the exemptions that the lines made so far rest on, in order of code."""
		return tuple(self._by_code[code] for code in sorted(self.used) if code in self._by_code)

	def label_of(self, redaction: Redaction) -> str:
		"""Return what stands in place of words that a redaction without a stand-in covers."""
		known = self._by_code.get(redaction.exemption)
		return known.label if known else WITHHELD

	def _withheld(self, row: MessageRow, decision: Decision | None, number: int) -> PackEntry:
		code = decision.exemption if decision else None
		known = self._by_code.get(code or "")
		codes = [one for one in (code, *(decision.more_exemptions if decision else ())) if one in self._by_code]
		self.used.update(codes)
		for text in (row.text, *(one.name for one in row.attachments)):
			if text:
				self.secrets.texts[text] = None
		return PackEntry(
			reference=self._number(number),
			group=self.pieces(row.group),
			sent_at=row.sent_at,
			precision=row.precision,
			sender=(),
			role=None,
			system=row.kind == "system",
			status="withheld",
			exemptions=tuple(codes),
			body=(Piece(_whole(known.label) if known else WITHHELD, is_label=True),),
			notes=(),
			media=(),
		)

	def _released(
		self,
		row: MessageRow,
		decision: Decision | None,
		number: int,
		photo_of: PhotoOf | None,
		decided: Sequence[MediaDecision],
	) -> PackEntry:
		# A group's name is the chat's, not the message's: covering it leaves every word of the message standing.
		group = self.pieces(row.group)
		for_group, self.used = self.used, set()
		sender = self.pieces(row.sender) if row.sender else ()
		body = self.pieces(row.text, row.id) if row.text else ()
		if not body and row.kind == "call":
			body = self.pieces(row.raw.strip("\u200e\u200f\u202a\u202c "))
		# What somebody is may tell who it is: of a covered name nothing stays.
		named = not any(piece.is_label for piece in sender)
		role = row.role if row.role and named and not find(row.role, self._redactions) else None
		apart = {known.sha256 for known in decided}
		media = tuple(
			self._medium(row, one, at, number, photo_of, medium_of(one, decision, decided), apart=one.sha256 in apart)
			for at, one in enumerate(row.attachments)
		)
		if has_media(row) and not media:
			media = (PackMedia((Piece("Photo or file", own=True),), NOT_IN_EXPORT),)
		texts = (sender, body, *(one.label for one in media))
		exemptions = tuple(sorted(code for code in self.used if code))
		self.used |= for_group
		status: EntryStatus = "redacted" if any(piece.is_label for text in texts for piece in text) else "released"
		return PackEntry(
			reference=self._number(number),
			group=group,
			sent_at=row.sent_at,
			precision=row.precision,
			sender=sender,
			role=role,
			system=row.kind == "system",
			status=status,
			exemptions=exemptions,
			body=body,
			notes=_notes(row),
			media=media,
		)

	def _medium(
		self,
		row: MessageRow,
		one: Attachment,
		at: int,
		number: int,
		photo_of: PhotoOf | None,
		decided: MediaDecision | None,
		*,
		apart: bool,
	) -> PackMedia:
		"""Return a file as the pack has or lists it; a document's pages only where it was decided on `apart`."""
		what = _media_name(one, row)
		if decided is None or decided.choice != "release" or not one.present:
			if one.name:
				self.secrets.texts[one.name] = None
			return PackMedia((Piece(what, own=True),), self._left_out(decided) if one.present else NOT_IN_EXPORT)
		areas = self._areas.get(one.sha256 or "", [])
		if (one.media_type or "").startswith("image/") and covers_all([known.area for known in areas]):
			if one.name:
				self.secrets.texts[one.name] = None
			whole = MediaDecision(decided.sha256, "withhold", areas[0].exemption)
			return PackMedia((Piece(what, own=True),), self._left_out(whole))
		photo = photo_of(one) if photo_of and (one.media_type or "").startswith("image/") else None
		if photo is not None:
			reference = f"{self._number(number)}-P{at + 1}"
			about = f"{what} sent on {row.sent_at.day} {row.sent_at:%B %Y} at {row.sent_at:%H:%M}"
			if one.name:
				self.secrets.texts[one.name] = None
			return PackMedia(
				(Piece(what, own=True), *self._labels(areas)),
				"",
				PackPhoto(reference, photo.jpeg, photo.width, photo.height, about),
			)
		name = self.pieces(one.name) if one.name else ()
		label = (Piece(f"{what}: ", own=True), *name) if name else (Piece(what, own=True),)
		made = self._document_of(one) if self._document_of and one.media_type == PDF and apart else None
		if made is not None:
			reference = f"{self._reference}-E{self._enclosed + len(self.documents) + 1}"
			self.documents.append(
				PackEnclosure(
					reference, name or (Piece(what),), "document", pages=made[1], pdf=made[0], as_pictures=True
				)
			)
			return PackMedia((*label, *self._labels(areas)), f"its pages are in {reference}")
		return PackMedia(label, NOT_SHOWN if (one.media_type or "").startswith("image/") else ON_REQUEST)

	def _labels(self, areas: Sequence[PhotoArea]) -> tuple[Piece, ...]:
		"""Return the labels of what is covered in a picture, and count what they rest on as used."""
		codes = dict.fromkeys(one.exemption for one in areas)
		self.used.update(codes)
		known = (self._by_code[code].label if code in self._by_code else WITHHELD for code in codes)
		return tuple(piece for label in known for piece in (Piece(" ", own=True), Piece(label, is_label=True)))

	def _left_out(self, decided: MediaDecision | None) -> str:
		"""Return why a file is not in the pack; what it rests on counts as used."""
		if decided is None:
			return LEFT_OUT
		if decided.choice == "not_in_scope":
			return OUT_OF_SCOPE
		known = self._by_code.get(decided.exemption or "")
		if known is None:
			return LEFT_OUT
		self.used.add(known.code)
		return f"withheld: {known.code}"

	def _number(self, number: int) -> str:
		return f"{self._reference}-{number:04d}"


@dataclass(frozen=True, slots=True)
class Built:
	"""A pack's content, what must not be readable in it, and its sums."""

	content: PackContent
	secrets: Secrets
	counts: Mapping[str, int]
	numbers: Mapping[int, str]
	"""Message id → its reference in this pack, for the internal log."""
	places: Mapping[int, int]
	"""Message id → its number, of this pack's messages and of those that earlier ones held."""


def build(
	source: PackSource,
	exemptions: Sequence[Exemption],
	photo_of: PhotoOf,
	document_of: DocumentOf | None = None,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> Built:
	"""Make a pack's content from a request's messages.

	A number in a reference is given once: later packs of the request keep it, and new messages get the next ones.
	"""
	builder = PackBuilder(
		source.reference,
		source.redactions,
		exemptions,
		source.regime,
		areas=source.areas,
		document_of=document_of,
		enclosed=len(source.enclosures),
	)
	entries: list[PackEntry] = []
	gaps: dict[int, int] = {}
	counts = dict.fromkeys(
		("messages", "released", "redacted", "withheld", "not_in_scope", "not_held", "undecided_media"), 0
	)
	counts["messages"] = len(source.rows)
	groups: dict[str, tuple[Piece, ...]] = {}
	places = _numbered(source)
	for at, row in enumerate(source.rows, 1):
		if at % 50 == 0:
			check(stopped)
			progress(at, len(source.rows), "messages")
		number = places[row.id]
		decision = source.decisions.get(row.id)
		groups.setdefault(row.group, builder.pieces(row.group))
		media = source.media.get(row.id, ())
		made = builder.entry(row, decision, number, photo_of, media)
		if made is None:
			gaps[len(entries)] = gaps.get(len(entries), 0) + 1
			counts[decision.choice if decision else "not_in_scope"] += 1
			if row.text:
				builder.secrets.texts[row.text] = None
			continue
		if made.status == "withheld":
			counts["withheld"] += 1
		elif is_undecided_media(row, decision, media):
			counts["undecided_media"] += 1
		else:
			counts["released"] += 1
			counts["redacted"] += made.status == "redacted"
		entries.append(made)
	wording = builder.wording(source.wording, source.requester)
	enclosures = tuple(
		replace(one, title=builder.pieces("".join(piece.text for piece in one.title))) for one in source.enclosures
	)
	for redaction in source.redactions:
		if redaction.kind == "text":
			builder.secrets.everywhere[redaction.value] = None
		# As whole words only, so within another word, "Ann" in "annual", a name may stand by decision.
		builder.secrets.stretches.update(dict.fromkeys(redaction.names))
	for name in requester_names(source.requester):
		builder.secrets.stretches[name] = None
	for text in _reasons(source):
		builder.secrets.texts[text] = None
	content = PackContent(
		council=source.council,
		reference=source.reference,
		regime=source.regime,
		received=source.received,
		wording=wording,
		made_on=source.made_on,
		pack_number=source.pack_number,
		practice=source.practice,
		groups=tuple(groups.values()),
		searched_from=source.searched_from,
		searched_to=source.searched_to,
		entries=tuple(entries),
		gaps=gaps,
		counts={
			**counts,
			# What a reader counts: a message whose photo is left out is printed like the others.
			"released": counts["released"] + counts["undecided_media"],
			"redacted": sum(entry.status == "redacted" for entry in entries),
			"media_left_out": counts["undecided_media"],
		},
		exemptions=builder.exemptions_used(),
		label_texts=builder.labels(),
		enclosures=(*enclosures, *builder.documents),
	)
	numbers = {row.id: f"{source.reference}-{places[row.id]:04d}" for row in source.rows}
	return Built(content, builder.secrets, counts, numbers, places)


def _numbered(source: PackSource) -> dict[int, int]:
	places = dict(source.places)
	free = max(places.values(), default=0) + 1
	for row in source.rows:
		if row.id not in places:
			places[row.id], free = free, free + 1
	return places


def _whole(label: str) -> str:
	"""Return the label of a message that is withheld whole."""
	return label.replace("Redacted", WITHHELD)


def _reasons(source: PackSource) -> Iterable[str]:
	"""Yield what the council wrote for itself."""
	for decision in source.decisions.values():
		for text in (decision.reason, decision.prejudice, decision.public_interest, decision.balance):
			if text:
				yield text
	for redaction in source.redactions:
		if redaction.reason:
			yield redaction.reason
	for media in source.media.values():
		yield from (one.reason for one in media if one.reason)
	for answers in (source.reasons or {}).values():
		# A single word or two, such as "None" or an office, stands in released words by right.
		yield from (words for words in answers.values() if len(words.split()) >= _TELLING)


def _media_name(one: Attachment, row: MessageRow) -> str:
	kind = one.media_type or ""
	if row.kind == "contact" or kind in ("text/vcard", "text/x-vcard"):
		return "Contact card"
	other = "Document" if kind else "Photo or file"
	return next((name for start, name in _MEDIA_NAMES if kind.startswith(start)), other)


def _notes(row: MessageRow) -> tuple[str, ...]:
	notes = []
	if row.kind in _KIND_NOTES and not row.attachments:
		notes.append(_KIND_NOTES[row.kind])
	if row.edited:
		notes.append("edited by its sender after it was sent")
	if row.deleted and row.kind != "deleted":
		notes.append("deleted by its sender after it was sent")
	return tuple(notes)
