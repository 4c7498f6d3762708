"""The pairs that weigh most together, against all that there are; lines of the app in a crowd."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.ingest.assignment import best_pairs


@given(st.integers(0, 4), st.integers(1, 4), st.data())
def test_no_other_pairs_weigh_more(rows: int, columns: int, data: st.DataObject):
	weights = [[data.draw(st.integers(0, 9)) for _ in range(columns)] for _ in range(rows)]
	found = best_pairs(weights)
	assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
	assert all(weights[row][column] > 0 for row, column in found)
	turned = list(map(list, zip(*weights, strict=True))) if rows > columns else weights
	most = max(
		sum(row[at] for row, at in zip(turned, way, strict=False)) for way in permutations(range(max(rows, columns)))
	)
	assert sum(weights[row][column] for row, column in found) == most
