"""Documents of messages that go out as pictures: what their pages still say is looked for before they are drawn."""

from cranford_desktop.documents.covered_pages import words_on_pages
from cranford_desktop.domain.photo_areas import by_file, is_covered
from cranford_desktop.domain.redacting import find
from cranford_desktop.errors import ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.pack_building import PDF, PackSource
from cranford_desktop.services.pack_files import NOTHING_MADE
from cranford_desktop.store.archive import Archive


def require_nothing_open(archive: Archive, source: PackSource) -> None:
	"""Raise `RefusedByPolicy` where a document that was put in says words that are covered in this request, and no area
	lies over them. Words that are only in pictures are not read.
	"""
	everywhere = [one for one in source.redactions if one.kind != "span"]
	areas = by_file(source.areas)
	for row in source.rows:
		decision = source.decisions.get(row.id)
		put_in = {one.sha256 for one in source.media.get(row.id, ()) if one.choice == "release"}
		if decision is None or decision.choice != "release" or not everywhere:
			continue
		for one in row.attachments:
			if one.sha256 not in put_in or one.media_type != PDF or one.id is None:
				continue
			covered = [known.area for known in areas.get(one.sha256 or "", ())]
			with archive.reading() as connection:
				data = archive.files.read_all(connection, one.id)
			try:
				places = words_on_pages(data, lambda text: [(at.start, at.end) for at in find(text, everywhere)])
			except ProblemWithFile:
				continue
			pages = sorted({place.page + 1 for place in places if not is_covered(place, covered)})
			if pages:
				listed = ", ".join(map(str, pages))
				raise RefusedByPolicy(
					f"A document of {row.sent_at.day} {row.sent_at:%B %Y} still says something that you covered up, "
					f"on page {listed}.",
					NOTHING_MADE,
					"Cover it on that page, or leave the document out.",
				)
