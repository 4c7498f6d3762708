"""What documents cost, in CPU seconds: `python -m tests.benchmarks.document_costs`. Asserts nothing."""

import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from cranford_desktop.documents.leak_check import check
from cranford_desktop.documents.photos import reencode
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.documents.workbook import Table, Value, write
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import create_council
from cranford_desktop.services.pack_photos import PackPhotos
from tests.benchmarks.measure import NOW, WORDS, android_export, photo
from tests.documents.samples import content

ROWS = 100_000
PHOTOS = 500
_KIB = 1024


def rows(number: int) -> Iterator[Sequence[Value]]:
	"""Yield rows of a schedule: eight columns, a date in the second."""
	chance = random.Random(1)  # noqa: S311 - the same rows every time
	start = datetime(2026, 3, 1, 9, 0)
	for at in range(number):
		words = " ".join(chance.choices(WORDS, k=12))
		sent = start + timedelta(minutes=at)
		yield f"M-{at:06d}", sent, "Cllr Ann Boothroyd", "Rec Ground WG", words, "Released", "s40(2)", at // 13 + 1


def excel() -> tuple[float, int]:
	"""Return CPU seconds of a workbook of 100,000 rows by 8, and how much more memory was held at most, in MB."""
	heads = ("Ref", "Sent", "Sender", "Channel", "Summary", "Decision", "Exemption", "Page")
	table = Table("Schedule", heads, (12, 17, 24, 18, 60, 12, 12, 8), rows(ROWS))
	before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
	begun = time.process_time()
	write((table,), creator="Bench", title="Bench", made_on=date(2026, 11, 23), header="Bench")
	spent = time.process_time() - begun
	return spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // _KIB


def made_rows() -> float:
	"""Return CPU seconds of only making those rows: the floor."""
	begun = time.process_time()
	for _ in rows(ROWS):
		pass
	return time.process_time() - begun


def photos() -> tuple[float, float, float]:
	"""Return CPU seconds of 500 photos: drawn anew by themselves, through the archive for the first time, and again."""
	samples = [photo(seed) for seed in range(PHOTOS)]
	begun = time.process_time()
	for data in samples:
		reencode(data)
	alone = time.process_time() - begun
	with TemporaryDirectory() as folder:
		clock = standing_clock(NOW)
		council, _ = create_council(Path(folder) / "archive", "Bench", None, practice=False, clock=clock, tables=load())
		export = Path(folder) / "WhatsApp Chat with Benchmark.zip"
		export.write_bytes(android_export(PHOTOS * 2, PHOTOS))
		council.importing.import_file(export, group="Benchmark")
		held = [one for row in council.browsing.stream(MessageFilter()) for one in row.attachments if one.id]
		times = []
		for _ in range(2):
			cache = PackPhotos(council.browsing._archive)
			begun = time.process_time()
			for one in held:
				cache.photo(one)
			cache.settle()
			times.append(time.process_time() - begun)
		council.close()
	return alone, times[0], times[1]


def leaks() -> tuple[float, int, float]:
	"""Return CPU seconds of checking a pack of 200 pages and more for 200 texts, its pages, and those of drawing it."""
	chance = random.Random(1)  # noqa: S311 - the same texts every time
	made = replace(content(1_500), practice=False)
	begun = time.process_time()
	files = {"DISCLOSURE/a.pdf": render_pack(made), "DISCLOSURE/a-schedule.xlsx": render_schedule(made)}
	drawn = time.process_time() - begun

	def word() -> str:
		return "".join(chance.choices("abcdefghijklmnop", k=6)).title()

	needles = [f"{word()} {word()}" for _ in range(120)] + [f"07700 90{at:04d}" for at in range(40)]
	needles += ["ok", "Jo", "drain", "Cllr", "Mill Lane", "agreed", "Ann", "tonight"] * 5
	begun = time.process_time()
	report = check(files, needles, counted=range(160, 200), content=made, compared=tuple(files))
	spent = time.process_time() - begun
	if not report.passed:
		raise AssertionError(report.places)
	return spent, len(pypdfium2.PdfDocument(files["DISCLOSURE/a.pdf"])), drawn


def main() -> None:
	"""Measure and print."""
	spent, memory = excel()
	floor = made_rows()
	say = sys.stdout.write
	say(f"Excel {ROWS:,} x 8: {spent:.1f} CPU s, {ROWS / (spent - floor):,.0f} rows a CPU s, {memory} MB more\n")
	checked, pages, drawn = leaks()
	say(f"leak check of {pages} pages for 200 texts: {checked:.1f} CPU s (drawing the pack: {drawn:.1f})\n")
	alone, first, again = photos()
	say(
		f"{PHOTOS} photos: {alone:.1f} CPU s by themselves, {first:.1f} from the archive, {again:.2f} the second time\n"
	)


if __name__ == "__main__":
	main()
