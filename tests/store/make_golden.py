"""Make the golden archive of the present version of the tables: run once, when a version is released.

python -m tests.store.make_golden

Golden archives of earlier versions are never made again: they are what councils have on their disks. The council, its
people and its pass phrase are made up.
"""

import shutil
from pathlib import Path

from cranford_desktop.store.schema import SCHEMA_VERSION
from tests.store.archive_support import PASS_PHRASE, filled, made

GOLDEN = Path(__file__).parent / "golden"
TEXTS = (
	"Flooding at the bottom of Mill Lane",
	"I have asked the county\nand the water company",
	"Caf\u00e9 table \u200eis back \U0001f44d\U0001f3fd",
	"Ta",
)


def main() -> None:
	"""Write the archive and its recovery key under the version's number."""
	folder = GOLDEN / f"version-{SCHEMA_VERSION}"
	if folder.exists():
		shutil.rmtree(folder)
	archive, key = made(folder, PASS_PHRASE)
	with archive:
		filled(archive, TEXTS)
	(folder / "archive.lock").unlink()
	(GOLDEN / f"version-{SCHEMA_VERSION}.txt").write_text(f"{key}\n", "utf-8")


if __name__ == "__main__":
	main()
