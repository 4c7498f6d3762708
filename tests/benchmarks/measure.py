"""Absolute figures, best of three, with the machine's name: `python -m tests.benchmarks.measure`. Asserts nothing."""

import io
import platform
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from PIL import Image

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council, open_council

NOW = datetime(2026, 11, 23, 10, 0)
WORDS = (
	"drain culvert Mill Lane hedge verge quote agenda minutes clerk chair county highways meeting tonight thanks "
	"agreed could someone ring the contractor about the gate key hall boiler allotment bin bench grass"
).split()


def android_export(messages: int, photos: int, *, start: datetime = datetime(2020, 11, 19, 8, 0)) -> bytes:
	"""Return an Android export as a zip: so many messages over six years, so many of them photos."""
	chance = random.Random(1)  # noqa: S311 - the same export every time
	members: list[tuple[str, bytes]] = []
	every = max(1, messages // photos) if photos else messages + 1
	step = timedelta(days=6 * 365) / messages
	lines = []
	for number in range(messages):
		at = start + step * number
		who = f"Cllr Number {chance.randrange(9)}"
		if photos and number % every == 0 and len(members) < photos:
			name = f"IMG-{at:%Y%m%d}-WA{len(members):04d}.jpg"
			members.append((name, photo(len(members))))
			body = f"{name} (file attached)"
		else:
			body = " ".join(chance.choices(WORDS, k=chance.randint(3, 32)))
		lines.append(f"{at:%d/%m/%Y, %H:%M} - {who}: {body}\n")
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr("WhatsApp Chat with Benchmark.txt", "".join(lines))
		for name, data in members:
			archive.writestr(zipfile.ZipInfo(name), data)
	return buffer.getvalue()


def photo(seed: int) -> bytes:
	"""Return a photo of WhatsApp's size, each a little different."""
	chance = random.Random(seed)  # noqa: S311 - the same photos every time
	small = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3))
	buffer = io.BytesIO()
	small.resize((1600, 1200), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=70)
	return buffer.getvalue()


def best_of_three(call: Callable[[], object]) -> float:
	"""Return the shortest of three runs, in seconds."""
	times = []
	for _ in range(3):
		begun = time.perf_counter()
		call()
		times.append(time.perf_counter() - begun)
	return min(times)


def main() -> None:
	"""Measure and print."""
	say = lambda words, seconds: sys.stdout.write(f"{words}: {seconds:.2f} s\n")  # noqa: E731
	sys.stdout.write(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()}), best of three\n")
	tables, clock = load(), standing_clock(NOW)
	with tempfile.TemporaryDirectory() as temporary:
		folder = Path(temporary)
		whole = folder / "WhatsApp Chat with Benchmark.zip"
		whole.write_bytes(android_export(20_000, 100))
		say("read a 20,000-message export", best_of_three(lambda: read_export(whole, today=date(2026, 11, 23))))

		def fresh(name: str) -> Council:
			return create_council(
				folder / name, "Bench", "four words make sense", practice=False, clock=clock, tables=tables
			)[0]

		council = fresh("archive")
		begun = time.perf_counter()
		council.importing.import_file(whole, group="Benchmark")
		say("import it, 100 photos (one run)", time.perf_counter() - begun)
		weekly = folder / "weekly.zip"
		times = []
		for week in range(3):
			weekly.write_bytes(_longer(whole.read_bytes(), week))
			begun = time.perf_counter()
			council.importing.import_file(weekly, group="Benchmark")
			times.append(time.perf_counter() - begun)
		say("a weekly import (the whole chat again and 60 new messages)", min(times))
		say("search, ids", best_of_three(lambda: council.browsing.ids(MessageFilter(search="mill lane culvert"))))
		council.close()

		def reopen() -> None:
			open_council(folder / "archive", "four words make sense", clock=clock, tables=tables).close()

		say("open with the pass phrase", best_of_three(reopen))
		council = open_council(folder / "archive", "four words make sense", clock=clock, tables=tables)
		say("Home", best_of_three(council.home.page))
		request = council.requests.create(
			regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="Everything about the culvert"
		)
		council.gathering.gather(request.id, MessageFilter(search="mill lane culvert"))
		council.gathering.confirm_set(request.id)
		chosen = tuple(one.row.id for one in council.deciding.candidates(request.id))
		council.deciding.decide(request.id, chosen, "release")
		council.redacting.redact(request.id, "text", "contractor", "s40(2)")
		say(f"a pack of {len(chosen)} messages", best_of_three(lambda: council.disclosing.make_pack(request.id)))
		council.close()


def _longer(export: bytes, week: int) -> bytes:
	with zipfile.ZipFile(io.BytesIO(export)) as old:
		members = {name: old.read(name) for name in old.namelist()}
	text = members["WhatsApp Chat with Benchmark.txt"].decode()
	for number in range(60 * (week + 1)):
		at = datetime(2026, 11, 20, 8, 0) + timedelta(minutes=9 * number)
		text += f"{at:%d/%m/%Y, %H:%M} - Cllr Number {number % 9}: weekly note {number}\n"
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, data in members.items():
			archive.writestr(name, text if name.endswith(".txt") else data)
	return buffer.getvalue()


if __name__ == "__main__":
	main()
