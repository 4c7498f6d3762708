"""Kill -9 while messages are decided, words covered up and packs made: nothing done is lost, no pack is half."""

import os
from pathlib import Path

import pytest

from tests.services.killed_support import MOMENTS, killed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def test_killed_while_deciding_covering_up_and_making_a_pack(tmp_path: Path) -> None:
	killed(tmp_path, ("redact", "pack"))


@pytest.mark.slow
def test_killed_thirty_times_at_any_moment(tmp_path: Path) -> None:
	killed(tmp_path, MOMENTS * 10, seed=1)
