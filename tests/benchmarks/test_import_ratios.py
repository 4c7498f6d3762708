"""A whole import beside a naive one, and a sixth phone's newest export into a full archive beside an empty one.

Sizes that fit a build; the million is measured by `python -m tests.benchmarks.import_ratios`.
"""

from pathlib import Path

import pytest

from tests.benchmarks.import_ratios import newest, whole

pytestmark = pytest.mark.slow

RECORDS = 200_000
COMING = 40_000


def test_a_whole_import_stays_near_a_naive_one_and_small(tmp_path: Path) -> None:
	floor, ours = whole(tmp_path, RECORDS)
	assert ours.cpu / floor.cpu < 4
	assert ours.peak < 500


def test_another_phones_newest_export_costs_what_it_overlaps(tmp_path: Path) -> None:
	empty, full = newest(tmp_path, RECORDS, COMING)
	assert full.cpu / empty.cpu < 3.3
	assert full.peak < 500
