"""Several documents as one, for a printer: a letter and the pack it goes out with."""

import io
from collections.abc import Sequence

import pikepdf


def one_after_another(documents: Sequence[bytes]) -> bytes:
	"""Return PDFs as one, page after page, in the order given. For printing only: bookmarks and tags are not kept."""
	with pikepdf.new() as joined:
		for data in documents:
			with pikepdf.open(io.BytesIO(data)) as document:
				joined.pages.extend(document.pages)
		out = io.BytesIO()
		joined.save(out, deterministic_id=True)
	return out.getvalue()
