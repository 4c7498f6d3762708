"""Counts in sentences."""


def several(count: int, one: str, many: str) -> str:
	"""Say a count with the words that go with it: (1, "1 line is", "lines are") → "1 line is"; else "3 lines are"."""
	return one if count == 1 else f"{count:,} {many}"
