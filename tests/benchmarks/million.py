"""An archive of a million messages to measure on: `python -m tests.benchmarks.million FOLDER [MESSAGES]` makes it once.

Three groups of one council over six years, imported through the service as their phones' exports. The words are
drawn as in real talk: few words very often, forty thousand others rarely, many with endings; "the" stands in every
third message, "Mill Lane" in one of three hundred, "culvert" in one of a thousand. The same every time.
"""

import itertools
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cranford_desktop.store import schema
from tests.benchmarks.import_ratios import council_in
from tests.benchmarks.synthetic import PEOPLE

MESSAGES = 1_000_000
BEGUN = datetime(2020, 11, 23, 8, 0)
DAYS = 6 * 365
GROUPS = (("Parish Council", 60), ("Highways and hedges", 25), ("Allotments", 15))
"""Name and share in a hundred."""
COMMON = (
	"the to and a of we in is it that for on you this will at be with have are as not i do if by can from or so what "
	"all would there they about me up when one out been just could please meeting thanks see now no yes ok today more"
).split()
PARISH = (
	"drain drains drained drainage ditch hedge hedges verge quote agenda minutes clerk chair county highways committee "
	"contractor gate key hall boiler allotment bin bench grass planning budget precept footpath light notice board "
	"crossing school flood flooding flooded pothole pump sewer bridge tree trees mowing litter bus shelter church road"
).split()
_PARTS = (
	"ba be bi bo bra cha dor den fen fle gar gol ham hol kin lan lea mar mil nor pen ral ran sel ston tam ter tin ver"
	" wes"
).split()
_ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ly")


def vocabulary() -> list[str]:
	"""Return forty thousand made-up words."""
	stems = ("".join(parts) for size in (2, 3) for parts in itertools.product(_PARTS, repeat=size))
	chance = random.Random(3)  # noqa: S311 - the same words every time
	words = [stem + chance.choice(_ENDINGS) for stem in itertools.islice(stems, 40_000)]
	chance.shuffle(words)
	return words


def lines(messages: int, seed: int) -> Iterator[str]:
	"""Yield an Android export of so many messages over six years."""
	chance = random.Random(seed)  # noqa: S311 - the same export every time
	rare = vocabulary()
	words = [*COMMON, *PARISH, *rare]
	# As in real talk, the n-th commonest word stands about 1/n as often as the first.
	weights = list(itertools.accumulate([1 / (place + 4) for place in range(len(words))]))
	step = timedelta(days=DAYS) / messages
	for number in range(messages):
		at = BEGUN + step * number
		who = PEOPLE[int(chance.random() ** 1.6 * len(PEOPLE))]
		yield f"{at:%d/%m/%Y, %H:%M} - {who}: {_body(number, at, chance, words, weights)}\n"


def _body(number: int, at: datetime, chance: random.Random, words: list[str], weights: list[float]) -> str:
	kind = chance.random()
	if kind < 0.04:
		return f"IMG-{at:%Y%m%d}-WA{number % 10000:04d}.jpg (file attached)"
	if kind < 0.05:
		return f"PTT-{at:%Y%m%d}-WA{number % 10000:04d}.opus (file attached)"
	if kind < 0.06:
		return "<Media omitted>"
	if kind < 0.065:
		return "This message was deleted"
	said = chance.choices(words, cum_weights=weights, k=chance.randint(2, 34))
	if chance.random() < 0.0035:
		said.insert(chance.randrange(len(said)), chance.choice(("Mill Lane", "mill lane", "Mill Ln", "Mil Lane")))
	if chance.random() < 0.001:
		said.append("culvert")
	if chance.random() < 0.01:
		said.append("https://www.example.org/plans/" + str(number))
	if chance.random() < 0.02:
		said.append(chance.choice(("👍", "🙏", "😂")))
	return " ".join(said) + (" <This message was edited>" if kind > 0.99 else "")


def build(folder: Path, messages: int = MESSAGES) -> Path:
	"""Make the archive below a folder, or find the one that this code made there; return where it is."""
	sources = Path(schema.__file__).read_bytes() + Path(__file__).read_bytes()
	made = folder / f"archive-{messages}-{sha256(sources).hexdigest()[:8]}"
	if (made / "done").exists():
		return made / "archive"
	made.mkdir(parents=True, exist_ok=True)
	for seed, (group, share) in enumerate(GROUPS):
		export = made / f"WhatsApp Chat with {group}.txt"
		with export.open("w", encoding="utf-8") as file:
			file.writelines(lines(messages * share // 100, seed))
		council = council_in(made / "archive")
		council.importing.import_file(export, group=group, phone="Clerk's phone")
		council.close()
		export.unlink()
	(made / "done").touch()
	return made / "archive"


if __name__ == "__main__":
	sys.stdout.write(f"{build(Path(sys.argv[1]), *map(int, sys.argv[2:]))}\n")
