"""A workbook is made without a temporary file; and openpyxl itself still makes one, so the mend is still needed."""

import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cranford_desktop.documents.workbook import Table, write


@pytest.fixture
def no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))


@pytest.mark.usefixtures("no_room")
def test_a_workbook_needs_no_temporary_folder() -> None:
	tables = [Table("Schedule", ("What",), (20,), [["=1+1"], ["two"]]), Table("Key", ("Word",), (20,), [["three"]])]
	data = write(tables, creator="Test", title="Test", made_on=date(2026, 11, 23), header="Test")
	book = load_workbook(io.BytesIO(data))
	assert [[cell.value for cell in row] for row in book["Schedule"].iter_rows()] == [["What"], ["=1+1"], ["two"]]
	assert book["Key"]["A2"].value == "three"


@pytest.mark.usefixtures("no_room")
def test_openpyxl_alone_still_writes_one() -> None:
	book = Workbook(write_only=True)
	sheet = book.create_sheet("Schedule")
	with pytest.raises(FileNotFoundError):
		sheet.append(["one"])
