"""Who goes with whom, all at once: the pairs that weigh most together."""

from collections.abc import Sequence

_FAR = 1 << 60


def best_pairs(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
	"""Return (row, column) pairs, each row and each column in one at most, that weigh most together.

	What weighs 0 is never a pair. By the Hungarian method, in rows² × columns steps: for dozens, not for thousands.
	"""
	rows, columns = len(weights), len(weights[0]) if weights else 0
	if rows > columns:
		turned = [[weights[row][column] for row in range(rows)] for column in range(columns)]
		return sorted((row, column) for column, row in best_pairs(turned))
	of_column = _columns_taken(weights, rows, columns)
	return sorted(
		(row - 1, column - 1)
		for column, row in enumerate(of_column)
		if column and row and weights[row - 1][column - 1] > 0
	)


def _columns_taken(weights: Sequence[Sequence[int]], rows: int, columns: int) -> list[int]:
	"""Return for each column, from 1, the row that has it, from 1; 0 for none."""
	by_row, by_column = [0] * (rows + 1), [0] * (columns + 1)
	of_column = [0] * (columns + 1)
	for row in range(1, rows + 1):
		of_column[0] = row
		at = 0
		least = [_FAR] * (columns + 1)
		seen = [False] * (columns + 1)
		came_from = [0] * (columns + 1)
		while of_column[at]:
			seen[at] = True
			here, step, after = of_column[at], _FAR, 0
			for column in range(1, columns + 1):
				if seen[column]:
					continue
				cost = -weights[here - 1][column - 1] - by_row[here] - by_column[column]
				if cost < least[column]:
					least[column], came_from[column] = cost, at
				if least[column] < step:
					step, after = least[column], column
			for column in range(columns + 1):
				if seen[column]:
					by_row[of_column[column]] += step
					by_column[column] -= step
				else:
					least[column] -= step
			at = after
		while at:
			of_column[at] = of_column[came_from[at]]
			at = came_from[at]
	return of_column
