"""Enclosures of a pack: washed, numbered, and named by what they hid."""

from collections.abc import Sequence
from dataclasses import replace

from cranford_desktop.documents.enclosures import washed
from cranford_desktop.documents.leak_check import check
from cranford_desktop.documents.leak_pdf import words_seen
from cranford_desktop.domain.disclosure import Enclosure, PackContent, PackEnclosure, Piece, Redaction
from cranford_desktop.domain.redacting import find
from cranford_desktop.domain.requester import requester_names
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.pack_building import NOT_SHOWN, ON_REQUEST
from cranford_desktop.services.pack_files import NOTHING_MADE

_TELLING = 4
"""Letters from which a stretch of words that was covered in one message is pointed at in a document from elsewhere."""


def numbered(reference: str, given: Sequence[Enclosure]) -> tuple[PackEnclosure, ...]:
	"""Return enclosures as the pack holds them; raises `ProblemWithFile` for one that cannot be used."""
	made = []
	for number, one in enumerate(given, 1):
		clean = washed(one.data, _faults)
		made.append(
			PackEnclosure(
				f"{reference}-E{number}", (Piece(one.title),), one.kind, clean.pages, clean.pdf, bool(clean.hidden)
			)
		)
	return tuple(made)


def _faults(pdf: bytes) -> tuple[str, ...]:
	return tuple(dict.fromkeys(place.place for place in check({"enclosure.pdf": pdf}, ()).places))


def require_covered(enclosures: Sequence[PackEnclosure], redactions: Sequence[Redaction]) -> None:
	"""Raise `RefusedByPolicy` where an enclosure still says what is covered up everywhere in the request."""
	everywhere = [one for one in redactions if one.kind in ("text", "person")]
	for one in enclosures:
		pages = _pages_with(one, everywhere)
		if pages:
			raise RefusedByPolicy(
				f"{one.reference} still says something that you covered up everywhere in this request, on {pages}.",
				NOTHING_MADE,
				"Take it out in the document itself and make a new PDF of it, or leave the document out.",
			)


def notes_on(enclosures: Sequence[PackEnclosure], redactions: Sequence[Redaction], requester: str) -> tuple[str, ...]:
	"""Return what the clerk should look at before the pack goes out."""
	kinds = [one for one in redactions if one.kind == "pattern"]
	spans = [replace(one, kind="text") for one in redactions if one.kind == "span" and len(one.value) >= _TELLING]
	who = [Redaction(0, "text", name, "") for name in requester_names(requester)]
	notes = []
	for one in enclosures:
		if one.as_pictures and one.kind == "document":
			notes.append(
				f"{one.reference} has the pages of a document as pictures. The words in pictures are not looked for: "
				"read it before it goes out, and offer a readable copy to who needs one."
			)
		elif one.as_pictures:
			notes.append(
				f"{one.reference} hid something, so its pages were made into pictures. The words in pictures are not "
				"looked for: read it before it goes out, and offer a readable copy to who needs one."
			)
		if pages := _pages_with(one, who):
			notes.append(f"{one.reference} names who asked, or where they live, on {pages}.")
		if pages := _pages_with(one, spans):
			notes.append(f"{one.reference} has words that you covered up in one message, on {pages}.")
		if pages := _pages_with(one, kinds):
			notes.append(f"{one.reference} has numbers or addresses of a kind that you covered up, on {pages}.")
	return tuple(notes)


def _pages_with(enclosure: PackEnclosure, redactions: Sequence[Redaction]) -> str:
	"""Return the pages on which any of them would cover something: "page 2", "pages 1, 2 and 5"; empty for none."""
	if not redactions:
		return ""
	found = [str(at) for at, words in enumerate(words_seen(enclosure.pdf), 1) if find(words, redactions)]
	if len(found) < 2:
		return f"page {found[0]}" if found else ""
	return f"pages {', '.join(found[:-1])} and {found[-1]}"


def to_send_apart(content: PackContent) -> tuple[str, ...]:
	"""Say which released files the pack only lists: no document can show a video, a sound or another document."""
	listed_only = [
		one.reference for one in content.entries if any(medium.note in (ON_REQUEST, NOT_SHOWN) for medium in one.media)
	]
	if not listed_only:
		return ()
	return (
		f"The pack lists these files as released, but they are not inside it: {', '.join(listed_only)}. "
		"Save them from the archive and send them with it, or withhold them.",
	)
