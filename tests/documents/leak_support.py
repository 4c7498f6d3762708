"""An honest pack, ways to plant something in it, and the check as the pack's maker runs it."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pikepdf

from cranford_desktop.documents.leak_check import check
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import LeakReport, PackContent, PackMedia, PackPhoto, Piece
from tests.documents.samples import content, entry, photo

SECRET = "Margaret Ellsworth"  # noqa: S105
PDF, XLSX, LIST = "DISCLOSURE/FOI-2026-001.pdf", "DISCLOSURE/FOI-2026-001-schedule.xlsx", "DISCLOSURE/manifest.json"


@cache
def released() -> PackContent:
	"""Return what the honest pack says: names, a withheld stretch, a photo, a role."""
	label = Piece("Redacted – personal data, s40(2)", is_label=True)
	shown = PackPhoto("FOI-2026-001-0004-P1", photo(), 800, 600, "Photo sent on 4 May 2026 at 09:04")
	entries = (
		entry(1, (Piece("Cllr Jean Shaw says ok to the drain"),), sender=(Piece("Cllr Jean Shaw"),), role="Chair"),
		entry(2, (Piece("I asked "), label, Piece(" about the culvert")), status="redacted", exemptions=("s40(2)",)),
		entry(3, (Piece("ok"),)),
		entry(4, (), media=(PackMedia((Piece("Photo", own=True),), "", shown),)),
	)
	return replace(content(1), entries=entries, gaps={2: 3}, groups=(entries[0].group,))


def listed(files: Mapping[str, bytes], made: PackContent | None = None) -> dict[str, bytes]:
	"""Return files with their list."""
	made = made or released()
	value = {
		"council": made.council,
		"reference": made.reference,
		"pack_number": made.pack_number,
		"made_on": made.made_on.isoformat(),
		"released_files": [
			{"path": path.rpartition("/")[2], "sha256": sha256(data).hexdigest(), "size": len(data)}
			for path, data in sorted(files.items())
		],
	}
	return {**files, LIST: json.dumps(value).encode()}


@cache
def pdf() -> bytes:
	"""Return the honest pack's PDF."""
	return render_pack(released())


@cache
def xlsx() -> bytes:
	"""Return the honest pack's workbook."""
	return render_schedule(released())


def look(
	changes: Mapping[str, bytes] | None = None,
	*,
	secrets: tuple[str, ...] = (SECRET,),
	counted: tuple[int, ...] = (),
	made: PackContent | None = None,
) -> LeakReport:
	"""Check the honest pack with some files changed, as it is checked before it goes out."""
	files = listed({PDF: pdf(), XLSX: xlsx(), **(changes or {})}, made)
	return check(files, secrets, counted=counted, content=made or released(), compared=(PDF, XLSX, LIST))


def replant(plant: Callable[[pikepdf.Pdf], None], data: bytes | None = None) -> bytes:
	"""Return the PDF with something planted."""
	out = io.BytesIO()
	with pikepdf.open(io.BytesIO(data or pdf())) as opened:
		plant(opened)
		opened.save(out, static_id=True)
	return out.getvalue()


def drawn(operators: str) -> Callable[[pikepdf.Pdf], None]:
	"""Return a plant that draws something more on the third page."""

	def plant(opened: pikepdf.Pdf) -> None:
		page = opened.pages[2]
		fonts = page.Resources.Font
		fonts["/Plant"] = opened.make_indirect(
			pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
		)
		page.contents_add(f"q BT /Plant 10 Tf {operators} Q".encode())

	return plant


def repacked(change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None) -> bytes:
	"""Return the workbook with its parts changed (None takes one away) and more parts."""
	out = io.BytesIO()
	with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
		for name in old.namelist():
			part = change(name, old.read(name))
			if part is not None:
				new.writestr(zipfile.ZipInfo(name), part)
		for name, part in (more or {}).items():
			new.writestr(zipfile.ZipInfo(name), part)
	return out.getvalue()


def swapped(part: str, old: str, new: str) -> bytes:
	"""Return the workbook with words of one part exchanged; there have to be such words."""

	def change(name: str, data: bytes) -> bytes:
		if name != part:
			return data
		assert old.encode() in data
		return data.replace(old.encode(), new.encode(), 1)

	return repacked(change)
