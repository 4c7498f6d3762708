"""Reading a chat beside the fastest others, and in little memory however long it is."""

import os
from pathlib import Path

import pytest

from tests.benchmarks.reading_peers import MEND, absent, best, run
from tests.benchmarks.synthetic import PLATFORMS, Platform, write

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("phone", PLATFORMS)
def test_reading_is_as_fast_as_the_fastest_other(tmp_path: Path, phone: Platform) -> None:
	missing = absent()
	if missing:
		said = f"not installed: {', '.join(missing)}; this mends it: {MEND}"
		assert os.environ.get("CI") != "true", said
		pytest.skip(said)
	path = write(tmp_path / "chat.txt", 100_000, phone)
	ours = best("ours", path)
	assert ours.records == 100_000
	fastest = max(best(peer, path).speed for peer in ("chatpack", "node"))
	assert ours.speed / fastest >= 0.8


@pytest.mark.parametrize("phone", PLATFORMS)
def test_a_million_records_are_never_held(tmp_path: Path, phone: Platform) -> None:
	small = run("streamed", write(tmp_path / "small.txt", 10_000, phone))
	large = run("streamed", write(tmp_path / "large.txt", 1_000_000, phone))
	assert large.records == 1_000_000
	assert large.megabytes < 150
	# What is kept of a record while a file is surveyed is a row of numbers; the record itself takes some 400 bytes.
	assert (large.megabytes - small.megabytes) * 1024 * 1024 / 990_000 < 80
