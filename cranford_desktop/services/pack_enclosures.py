"""Enclosures of a pack: washed, numbered, and named by what they hid."""

from collections.abc import Sequence

from cranford_desktop.documents.enclosures import washed
from cranford_desktop.documents.leak_check import check
from cranford_desktop.domain.disclosure import Enclosure, PackEnclosure, Piece


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


def notes_on(enclosures: Sequence[PackEnclosure]) -> tuple[str, ...]:
	"""Return what the clerk should look at before the pack goes out."""
	return tuple(
		f"{one.reference} hid something, so its pages were made into pictures. The words in pictures are not looked "
		"for: read it before it goes out, and offer a readable copy to who needs one."
		for one in enclosures
		if one.as_pictures
	)
