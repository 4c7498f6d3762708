"""The finder stays near a plain pass over the texts, measured in the same run."""

from pathlib import Path

import pytest

from tests.benchmarks.finding_ratios import archive, best, look_again, plain_pass

pytestmark = pytest.mark.slow


def test_looking_stays_near_a_plain_pass(tmp_path: Path) -> None:
	council = archive(tmp_path, 20_000)
	look_again(council)
	floor, ours = best(lambda: plain_pass(council)), best(lambda: look_again(council))
	council.close()
	# 40,000 messages a second where a plain pass over them takes a seventh of that.
	assert ours / floor < 8
