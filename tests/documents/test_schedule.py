"""The schedule in Excel: text stays text, nothing is hidden, same content same bytes."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.workbook import LONGEST, safe_text
from cranford_desktop.domain.disclosure import Piece
from tests.documents.samples import content, entry


def test_same_content_same_bytes() -> None:
	assert render_schedule(content(30)) == render_schedule(content(30))


def test_sheets_heads_dates_and_labels() -> None:
	book = openpyxl.load_workbook(io.BytesIO(render_schedule(content(30))))
	assert book.sheetnames == ["Schedule", "Key"]
	sheet = book["Schedule"]
	rows = list(sheet.iter_rows(values_only=True))
	assert len(rows) == 31
	assert rows[0][0] == "Reference"
	assert rows[1][0] == "FOI-2026-001-0001"
	assert isinstance(rows[1][1], datetime)
	assert "[Redacted – personal data, s40(2)]" in rows[5][6]
	assert sheet.freeze_panes == "A2"
	assert sheet.auto_filter.ref == "A1:K31"


def test_a_text_that_looks_like_a_formula_is_text() -> None:
	texts = ("=1+1", "+44 7700 900123", "-3", "@SUM(A1)", "\tx", "#REF!", "http://example.org/", "12", "TRUE")
	made = replace(content(1), entries=tuple(entry(at + 1, (Piece(text),)) for at, text in enumerate(texts)))
	sheet = openpyxl.load_workbook(io.BytesIO(render_schedule(made)))["Schedule"]
	cells = [row[6] for row in sheet.iter_rows(min_row=2)]
	assert [cell.value.strip() for cell in cells] == [text.strip() for text in texts]
	assert {cell.data_type for cell in cells} == {"s"}
	assert all(cell.hyperlink is None for cell in cells)


def test_nothing_is_hidden_and_no_machine_is_named() -> None:
	data = render_schedule(content(20))
	book = openpyxl.load_workbook(io.BytesIO(data))
	assert {sheet.sheet_state for sheet in book} == {"visible"}
	assert not book.defined_names
	assert book.properties.creator == book.properties.lastModifiedBy == "Cranford Parish Council"
	assert book.properties.modified == datetime(2026, 11, 23)
	with zipfile.ZipFile(io.BytesIO(data)) as archive:
		assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
		assert b"definedName" not in archive.read("xl/workbook.xml")


def test_too_long_a_text_is_cut_and_says_so() -> None:
	text = safe_text("é🙏" * 20_000)
	assert len(text.encode("utf-16-le")) // 2 <= LONGEST
	assert text.endswith("it is in the PDF]")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_written(text: str) -> None:
	made = replace(content(1), entries=(entry(1, (Piece(text),)),))
	sheet = openpyxl.load_workbook(io.BytesIO(render_schedule(made)))["Schedule"]
	value = sheet["G2"].value
	assert (value or "") == safe_text(text)
