"""What other people's programs make of a pack; each is skipped, with the reason, where the program is not there."""

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from cranford_desktop.documents import schedule
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from tests.documents.samples import content

OFFICE = shutil.which("soffice")
XRAY = os.environ.get("CRANFORD_XRAY_PYTHON")
LOOK = """
import asyncio, inspect, json, sys, xray
found = xray.inspect(sys.argv[1])
print(json.dumps(asyncio.run(found) if inspect.iscoroutine(found) else found))
"""


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_libreoffice_reads_the_schedule_as_it_was_written(tmp_path: Path) -> None:
	made = content(60)
	book = tmp_path / "schedule.xlsx"
	book.write_bytes(render_schedule(made))
	profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
	command = [str(OFFICE), profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1"]
	subprocess.run([*command, "--outdir", str(tmp_path), str(book)], check=True, capture_output=True)  # noqa: S603
	with (tmp_path / "schedule.csv").open(encoding="utf-8", newline="") as lines:
		rows = list(csv.reader(lines))
	wanted = [list(map(str, schedule.heads(made)))]
	for entry in made.entries:
		cells = ["" if cell is None else str(cell) for cell in schedule.row(entry)]
		cells[1] = f"{entry.sent_at.day} {entry.sent_at:%b %Y}"
		wanted.append(cells)
	assert rows == wanted


@pytest.mark.slow
@pytest.mark.skipif(XRAY is None, reason="CRANFORD_XRAY_PYTHON names no Python that has x-ray (AGPL parts: kept apart)")
def test_x_ray_finds_no_bad_redaction(tmp_path: Path) -> None:
	def looked(data: bytes) -> str:
		path = tmp_path / "pack.pdf"
		path.write_bytes(data)
		call = [str(XRAY), "-c", LOOK, str(path)]
		return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603

	assert looked(render_pack(content(120))) == "{}"
	out = io.BytesIO()
	canvas = Canvas(out, pagesize=A4)
	canvas.drawString(72, 700, "Margaret Ellsworth")
	canvas.rect(60, 690, 300, 30, fill=1)
	canvas.save()
	assert "Margaret" in looked(out.getvalue())
