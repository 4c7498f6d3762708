"""The review copy of a pack: the same messages before anything was taken out, with what was decided about each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from cranford_desktop.documents.review_copy import ReviewCopy
from cranford_desktop.domain.disclosure import Decision, Exemption, PackEntry, Piece
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.redacting import hits, merged
from cranford_desktop.services.pack_building import Built, PackBuilder, PackSource

_BECOMES = {
	"withhold": "Withheld",
	"not_in_scope": "Not in scope",
	"not_held": "Not held: private, not the council's record",
}


def review_copy(source: PackSource, built: Built, exemptions: Sequence[Exemption], made_at: datetime) -> ReviewCopy:
	"""Return everything of a request in full. Linear in its messages."""
	builder = PackBuilder(source.reference, (), exemptions, source.regime)
	labels = PackBuilder(source.reference, source.redactions, exemptions, source.regime)
	return ReviewCopy(
		council=source.council,
		practice=source.practice,
		reference=source.reference,
		regime=source.regime,
		received=source.received,
		pack_number=source.pack_number,
		made_at=made_at,
		entries=tuple(_entry(source, builder, labels, row, built.numbers[row.id]) for row in source.rows),
		label_texts=labels.labels(),
	)


def _entry(source: PackSource, builder: PackBuilder, labels: PackBuilder, row: MessageRow, reference: str) -> PackEntry:
	decision = source.decisions.get(row.id)
	shown = Decision(row.id, "release", with_media=decision is not None and decision.with_media)
	made = builder.entry(row, shown, 0, media=source.media.get(row.id, ()))
	assert made is not None  # noqa: S101  what is released is in the pack

	def marked(pieces: Iterable[Piece], message_id: int | None = None) -> tuple[Piece, ...]:
		parts = ((one,) if one.own else _marked(one.text, source, labels, message_id) for one in pieces)
		return tuple(piece for part in parts for piece in part)

	sender, body = marked(made.sender), marked(made.body, row.id)
	media = tuple(replace(one, label=marked(one.label)) for one in made.media)
	in_part = any(piece.is_label for text in (sender, body, *(one.label for one in media)) for piece in text)
	return replace(
		made,
		reference=reference,
		group=marked(made.group),
		sender=sender,
		body=body,
		media=media,
		notes=(*made.notes, _becomes(decision, in_part=in_part)),
	)


def _marked(text: str, source: PackSource, labels: PackBuilder, message_id: int | None) -> tuple[Piece, ...]:
	"""Return a text in full, the label of what is covered up behind each stretch of it."""
	pieces: list[Piece] = []
	at = 0
	for one in merged(hits(text, source.redactions, message_id)):
		pieces.append(Piece(f"{text[at : one.end]} "))
		pieces.append(Piece(one.redaction.stand_in or labels.label_of(one.redaction), is_label=True))
		at = one.end
	return (*pieces, Piece(text[at:])) if text[at:] else tuple(pieces)


def _becomes(decision: Decision | None, *, in_part: bool) -> str:
	released = "Released in part" if in_part else "Released"
	if decision is None:
		return f"{released}: nothing was decided"
	said = (released if decision.choice == "release" else _BECOMES[decision.choice]) + (
		f" under {', '.join((decision.exemption, *decision.more_exemptions))}" if decision.exemption else ""
	)
	return f"{said}: {decision.reason}" if decision.reason else said
