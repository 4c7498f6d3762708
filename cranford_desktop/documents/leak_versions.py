"""What an earlier pack of the same request said that this one no longer says: whoever has both can compare them."""

import io
from collections import Counter
from collections.abc import Sequence

from openpyxl import load_workbook

from cranford_desktop.documents import schedule
from cranford_desktop.documents.needles import squashed
from cranford_desktop.domain.disclosure import PackContent


def taken_back(earlier: bytes, content: PackContent) -> tuple[str, ...]:
	"""Return the references of messages of which the earlier schedule (XLSX) released words that `content` leaves out.

	A message that is not in the new pack at all counts too. Raises what openpyxl raises for a damaged file.
	"""
	now = {entry.reference: _said(schedule.row(entry)) for entry in content.entries}
	labels = [one.text for entry in content.entries for one in (*entry.sender, *entry.body) if one.is_label]
	boxes = [f"[{one}]" for one in dict.fromkeys((*content.label_texts, *labels))]
	sheet = load_workbook(io.BytesIO(earlier), read_only=True)["Schedule"]
	rows = sheet.iter_rows(min_row=2, values_only=True)
	found = []
	for row in rows:
		reference = str(row[0])
		if _said(row, boxes) - now.get(reference, Counter()):
			found.append(reference)
	return tuple(found)


def _said(row: Sequence[object], boxes: Sequence[str] = ()) -> Counter[str]:
	"""Return the words of a row that belong to messages and names, without labels."""
	places = [schedule.HEADS.index(head) for head in (*schedule.OF_MESSAGES, "Photos and files")]
	text = "\n".join(str(row[place] or "") for place in places)
	for box in boxes:
		text = text.replace(box, "\n")
	return Counter(squashed(text).split())
