"""What an earlier pack of the same request said that this one no longer says: whoever has both can compare them."""

import io
import re
from collections import Counter
from collections.abc import Sequence

from openpyxl import load_workbook

from cranford_desktop.documents import schedule
from cranford_desktop.documents.needles import squashed
from cranford_desktop.domain.disclosure import PackContent

_LABEL = re.compile(r"\[[^\[\]\n]*\]")
_ENCLOSURE = re.compile(r"-E\d+$")
"""Documents from elsewhere are compared by nobody: the clerk chose them anew."""


def taken_back(earlier: bytes, content: PackContent) -> tuple[str, ...]:
	"""Return the references of messages of which the earlier schedule (XLSX) released words that `content` leaves out.

	A message that is not in the new pack at all counts too. Raises what openpyxl raises for a damaged file.
	"""
	now = {entry.reference: _said(schedule.row(entry)) for entry in content.entries}
	sheet = load_workbook(io.BytesIO(earlier), read_only=True)["Schedule"]
	rows = sheet.iter_rows(min_row=2, values_only=True)
	found = []
	for row in rows:
		reference = str(row[0])
		if not _ENCLOSURE.search(reference) and _said(row) - now.get(reference, Counter()):
			found.append(reference)
	return tuple(found)


def _said(row: Sequence[object]) -> Counter[str]:
	"""Return the words of a row that belong to messages and names, without labels: those of two packs may differ."""
	places = [schedule.HEADS.index(head) for head in (*schedule.OF_MESSAGES, "Photos and files")]
	text = "\n".join(str(row[place] or "") for place in places)
	return Counter(squashed(_LABEL.sub("\n", text)).split())
