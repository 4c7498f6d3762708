"""The chosen part of an export: its records and its characters, nothing of the rest."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cranford_desktop.domain.importing import Chosen
from cranford_desktop.errors import CranfordError
from cranford_desktop.ingest.excerpt import excerpt, narrowed
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.paths import resources

from .conftest import TODAY
from .hostile import Row
from .hostile_layouts import CHARACTERS, LAYOUT, MARKERS
from .hostile_names import APP_LINES, NAMES, PROSE

ROWS = [*NAMES, *APP_LINES, *PROSE, *LAYOUT, *CHARACTERS, *MARKERS]
EXPORTS = sorted((resources() / "practice" / "exports").glob("*/*"))


def written(tmp_path: Path, row: Row) -> Path:
	path = tmp_path / row.file
	path.write_bytes(row.chat.encode() if isinstance(row.chat, str) else row.chat)
	return path


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_each_person_wrote_is_cut_out_of_hostile_files(tmp_path: Path, row: Row):
	path = written(tmp_path, row)
	whole = read_export(path, today=TODAY)
	records = list(whole.records)
	for sender in {one.sender for one in records if one.sender is not None and one.kind != "system"}:
		chosen = Chosen(people=(sender,))
		part = b"".join(excerpt(path, whole, chosen)).decode("utf-8", "surrogatepass").replace("\r\n", "\n")
		mine = [one for one in records if one.sender == sender and one.kind != "system"]
		at = 0
		for one in mine:
			body = one.raw.replace("\r\n", "\n").removesuffix("\r")
			at = part.index(body, at) + len(body)
		assert part.count("\n") <= sum(one.raw.count("\n") + 1 for one in mine)
		assert [one.raw for one in narrowed(whole, chosen).records] == [one.raw for one in mine]


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_half_a_year_of_an_export_reads_like_that_half_of_the_whole(tmp_path: Path, path: Path):
	whole = read_export(path, today=TODAY)
	first = date(2025, 6, 1)
	chosen = Chosen(start=first, end=first + timedelta(days=180))
	narrow = narrowed(whole, chosen)
	cut = tmp_path / "WhatsApp Chat with Part.txt"
	cut.write_bytes(b"".join(excerpt(path, whole, chosen)))
	alone = list(read_export(cut, today=TODAY).records)
	assert [(one.sent_at, one.sender, one.raw) for one in alone] == [
		(one.sent_at, one.sender, one.raw) for one in narrow.records
	]
	assert [one.order for one in narrow.records] == list(range(len(alone)))
	assert (narrow.first, narrow.last) == (alone[0].sent_at, max(one.sent_at for one in alone))
	by_order = list(narrow.records)
	assert all(by_order[order].media_name is not None for order in narrow.present)


def test_a_file_that_is_no_longer_the_one_that_was_read_is_not_cut(tmp_path: Path):
	path = tmp_path / "WhatsApp Chat with Lanes.txt"
	path.write_text("13/03/2024, 19:05 - Ann: one\n13/03/2024, 19:06 - Ben: two\n", encoding="utf-8")
	whole = read_export(path, today=TODAY)
	path.write_text("13/03/2024, 19:05 - Ann: one\nand more\n13/03/2024, 19:06 - Ben: two\n", encoding="utf-8")
	with pytest.raises(CranfordError):
		b"".join(excerpt(path, whole, Chosen(people=("Ben",))))
