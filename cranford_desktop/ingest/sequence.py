"""Which records of a chat stand far from where its other records put them in time."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

_FAR = timedelta(days=1)


def out_of_sequence(days: Sequence[int], dates: Mapping[int, date], moment: Callable[[int], datetime]) -> list[int]:
	"""Return the records more than a day away from where the longest run that goes forward, day by day, has them.

	`days` holds for each record the number of its date in `dates`; `moment` tells the time of a record.
	"""
	runs: list[tuple[date, int, int]] = []
	start = 0
	for number, those in groupby(days):
		length = len(list(those))
		runs.append((dates[number], start, length))
		start += length
	forward = _longest_forward(runs)
	astray: list[int] = []
	last: datetime | None = None
	for index, (_, begins, length) in enumerate(runs):
		if index in forward:
			last = moment(begins + length - 1)
			continue
		astray.extend(
			order for order in range(begins, begins + length) if last is None or abs(moment(order) - last) > _FAR
		)
	return astray


def _longest_forward(runs: Sequence[tuple[date, int, int]]) -> frozenset[int]:
	"""Return the runs of the longest stretch, counted in records, in which no day is before an earlier one.

	Of two that are as long, the one that covers less time: beside a message of today and a few more of today, a line
	of four years ago is what does not belong.
	"""
	if all(runs[index][0] <= runs[index + 1][0] for index in range(len(runs) - 1)):
		return frozenset(range(len(runs)))
	# Days in rising order, each with more records behind it than any day before it: the best stretch that ends there.
	ends: list[date] = []
	best: list[tuple[int, date, int]] = []
	before = [-1] * len(runs)
	for index, (day, _, length) in enumerate(runs):
		at = bisect_right(ends, day)
		weight, first = length, day
		if at:
			weight, first, before[index] = best[at - 1][0] + length, *best[at - 1][1:]
			if ends[at - 1] == day:
				at -= 1
		# A later day that has no more records behind it, nor as many in less time, is beaten by this one.
		after = at
		while after < len(ends) and best[after][:2] <= (weight, first):
			after += 1
		ends[at:after], best[at:after] = [day], [(weight, first, index)]
	chosen = set()
	index = best[-1][2]
	while index >= 0:
		chosen.add(index)
		index = before[index]
	return frozenset(chosen)
