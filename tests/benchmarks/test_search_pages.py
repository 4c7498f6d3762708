"""The first screen of a search beside the bare index, in an archive that fits a build; the million is measured by
`python -m tests.benchmarks.search_pages`.
"""

import os
import tempfile
from pathlib import Path

import pytest

from tests.benchmarks.import_ratios import council_in
from tests.benchmarks.million import build
from tests.benchmarks.search_pages import TYPICAL, costs, total

pytestmark = pytest.mark.slow

MESSAGES = int(os.environ.get("CRANFORD_BENCH_MESSAGES", "1000000"))


def test_a_search_page_stays_near_a_bare_query() -> None:
	folder = Path(os.environ.get("CRANFORD_BENCH", Path(tempfile.gettempdir()) / "cranford-bench"))
	council = council_in(build(folder, MESSAGES))
	whole = total([costs(council, words, query) for words, query in TYPICAL.items()])
	council.close()
	print(f"{MESSAGES:,} messages, ms: {whole}")
	assert whole.ids / whole.rowids < 2
	assert whole.page / whole.rows < 2
