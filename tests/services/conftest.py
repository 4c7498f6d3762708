"""A council to test services on: a real archive with a cheap pass-phrase cost, and the clock of the practice day."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council

NOW = datetime(2026, 11, 23, 10, 0)


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made, _ = create_council(
		tmp_path / "archive", "Test Parish Council", None, practice=False, clock=standing_clock(NOW), tables=load()
	)
	yield made
	made.close()


@pytest.fixture
def chat(tmp_path: Path) -> Callable[..., Path]:
	"""Write an Android export with these lines and return its path."""

	def write(*lines: str, name: str = "WhatsApp Chat with Test group.txt") -> Path:
		path = tmp_path / name
		path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
		return path

	return write
