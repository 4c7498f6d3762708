"""What documents cost beside a floor of the same run."""

import pytest

from tests.benchmarks.document_costs import leaks, photos

pytestmark = pytest.mark.slow


def test_photos_from_the_cache_cost_a_tenth_of_drawing_them() -> None:
	alone, first, again = photos()
	assert first < alone * 2
	assert again < alone / 5


def test_a_leak_check_costs_no_more_than_a_few_drawings_of_the_pack() -> None:
	checked, pages, drawn = leaks()
	assert pages >= 200
	assert checked < drawn * 8
