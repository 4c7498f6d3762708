"""Where messages stand in their conversation. Pure rules over sequences.

Each export shows its messages in the order of its phone; that order is kept wherever the phones agree. Messages whose
order no phone tells stand by time. Where phones contradict each other, the fewest records are left out of the orders of
the later exports, and what was left out is of uncertain order. Nothing here depends on which export came in first.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate, pairwise, product
from typing import Any

GAP = 1024
"""Distance between neighbours where there is room: what comes between later needs no renumbering."""


Key = tuple[Any, ...]
"""What stands in for a message where no phone tells the order: begins with its time."""
Chains = Sequence[Sequence[int]]
"""For each export, in the order of exports, the messages it shows in the order of its file."""


def arranged(keys: Sequence[Key], chains: Chains) -> tuple[list[int], set[int]]:
	"""Return the indices of messages in conversation order, and those whose order is uncertain.

	`keys`: for each message something comparable and unique whose first part is its time. An export shows a message at
	most once.
	"""
	if len(chains) == 1 and len(chains[0]) == len(keys):
		return list(chains[0]), set()
	stretch = stretches([key[0] for key in keys], (pair for chain in chains for pair in pairwise(chain)))
	members: list[list[int]] = [[] for _ in range(max(stretch, default=-1) + 1)]
	for index, place in enumerate(stretch):
		members[place].append(index)
	parts: list[list[list[int]]] = [[] for _ in members]
	for chain in chains:
		last = -1
		for index in chain:
			place = stretch[index]
			if place != last:
				parts[place].append([])
				last = place
			parts[place][-1].append(index)
	order: list[int] = []
	uncertain: set[int] = set()
	for inside, through in zip(members, parts, strict=True):
		if len(inside) == 1:
			order += inside
		elif len(through) == 1 and len(through[0]) == len(inside):
			order += through[0]
		else:
			found, doubtful = _arranged(inside, through, keys)
			order += found
			uncertain |= doubtful
	return order, uncertain


def stretches(times: Sequence[Any], steps: Iterable[tuple[int, int]]) -> list[int]:
	"""Return for each message the number of its stretch, by time: every time in a stretch is earlier than every time in
	the next, and no step of a phone leads from a later stretch into an earlier one. So each stands for itself.

	`steps`: pairs of messages of which a phone shows the first before the second.
	"""
	ranks = {time: rank for rank, time in enumerate(sorted(set(times)))}
	covered = [0] * (len(ranks) + 1)
	place = [ranks[time] for time in times]
	for first, second in steps:
		if place[first] > place[second]:
			covered[place[second] + 1] += 1
			covered[place[first] + 1] -= 1
	stretch_of_rank = list(accumulate(int(not one) for one in accumulate(covered)))
	return [stretch_of_rank[rank] - 1 for rank in place]


def _arranged(inside: Sequence[int], chains: Chains, keys: Sequence[Key]) -> tuple[list[int], set[int]]:
	order = _by_time(inside, [pair for chain in chains for pair in pairwise(chain)], keys.__getitem__)
	if len(order) == len(inside):
		return order, set()
	steps, uncertain = _agreed(inside, chains)
	return _by_time(inside, steps, keys.__getitem__), uncertain


def _by_time(nodes: Iterable[int], steps: Iterable[tuple[int, int]], key: Callable[[int], Any]) -> list[int]:
	"""Return the messages so that every step leads forward, the earliest of those that may come next first; those in a
	circle, and behind one, are left out.
	"""
	after: dict[int, list[int]] = {}
	waiting = dict.fromkeys(nodes, 0)
	for first, second in steps:
		after.setdefault(first, []).append(second)
		waiting[second] += 1
	free = [(key(node), node) for node, count in waiting.items() if not count]
	heapify(free)
	order: list[int] = []
	while free:
		_, node = heappop(free)
		order.append(node)
		for other in after.get(node, ()):
			waiting[other] -= 1
			if not waiting[other]:
				heappush(free, (key(other), other))
	return order


def _agreed(inside: Sequence[int], chains: Chains) -> tuple[list[tuple[int, int]], set[int]]:
	"""Return steps without a circle: those of the exports, less the records that contradict earlier exports."""
	circle = _circles(inside, chains)
	parts: dict[int, list[list[int]]] = {}
	for chain in chains:
		for number, part in _runs(chain, circle.__getitem__):
			parts.setdefault(number, []).append(part)
	kept: dict[tuple[int, int], list[int]] = {}
	uncertain: set[int] = set()
	for number, several in parts.items():
		if len(several) == 1 or len({index for part in several for index in part}) == 1:
			continue
		accepted: list[list[int]] = []
		for place, part in enumerate(several):
			line = _line(accepted, part)
			best = _longest_rising(part, line)
			uncertain |= _concerned(part, set(best), line)
			kept[number, place] = best
			accepted.append(best)
	steps: list[tuple[int, int]] = []
	seen: dict[int, int] = {}
	for chain in chains:
		leaving: list[int] = []
		for number, part in _runs(chain, circle.__getitem__):
			place = seen[number] = seen.get(number, -1) + 1
			best = kept.get((number, place), part)
			steps += pairwise(best)
			# What was left out still stands between what its phone shows before and after the whole contradiction.
			left_out = sorted(set(part).difference(best))
			steps += product(leaving, [best[0], *left_out])
			leaving = [best[-1], *left_out]
	return steps, uncertain


def _runs(chain: Sequence[int], number: Callable[[int], int]) -> list[tuple[int, list[int]]]:
	"""Cut a chain where its contradiction changes: a phone goes through each in one piece."""
	found: list[tuple[int, list[int]]] = []
	for index in chain:
		if not found or found[-1][0] != number(index):
			found.append((number(index), []))
		found[-1][1].append(index)
	return found


def _circles(inside: Sequence[int], chains: Chains) -> dict[int, int]:
	"""Return for each message a message of its contradiction: the strongly connected part it is in (Kosaraju)."""
	after: dict[int, list[int]] = {index: [] for index in inside}
	before: dict[int, list[int]] = {index: [] for index in inside}
	for chain in chains:
		for first, second in pairwise(chain):
			after[first].append(second)
			before[second].append(first)
	circle: dict[int, int] = {}
	for start in reversed(_left(inside, after)):
		if start not in circle:
			waiting = [start]
			circle[start] = start
			while waiting:
				for other in before[waiting.pop()]:
					if other not in circle:
						circle[other] = start
						waiting.append(other)
	return circle


def _left(nodes: Iterable[int], after: Mapping[int, Iterable[int]]) -> list[int]:
	"""Return nodes in the order in which a search through all of them leaves them."""
	seen: set[int] = set()
	left: list[int] = []
	for start in nodes:
		if start in seen:
			continue
		seen.add(start)
		work = [(start, iter(after[start]))]
		while work:
			node, rest = work[-1]
			other = next((one for one in rest if one not in seen), None)
			if other is None:
				left.append(node)
				work.pop()
			else:
				seen.add(other)
				work.append((other, iter(after[other])))
	return left


def _line(accepted: Sequence[Sequence[int]], chain: Sequence[int]) -> dict[int, int]:
	"""Return places in one line that keeps what was accepted and otherwise follows a chain as far as it can."""
	wish = {index: place for place, index in enumerate(chain)}
	nodes = dict.fromkeys([*chain, *(index for one in accepted for index in one)])
	steps = [pair for one in accepted for pair in pairwise(one)]
	return {index: place for place, index in enumerate(_by_time(nodes, steps, lambda index: wish.get(index, -1)))}


def _longest_rising(chain: Sequence[int], line: dict[int, int]) -> list[int]:
	"""Return the longest part of a chain that rises along a line."""
	ends: list[int] = []
	at: list[int] = []
	before: list[int] = []
	for place, index in enumerate(chain):
		length = bisect_left(ends, line[index])
		before.append(at[length - 1] if length else -1)
		if length == len(ends):
			ends.append(line[index])
			at.append(place)
		else:
			ends[length], at[length] = line[index], place
	found: list[int] = []
	place = at[-1] if at else -1
	while place >= 0:
		found.append(chain[place])
		place = before[place]
	return found[::-1]


def _concerned(chain: Sequence[int], kept: set[int], line: dict[int, int]) -> set[int]:
	"""Return what was left out of a chain; and, where two have merely changed places, the other one, too."""
	found: set[int] = set()
	for place, index in enumerate(chain):
		if index in kept:
			continue
		found.add(index)
		against = [
			other for at, other in enumerate(chain) if other in kept and (at < place) != (line[other] < line[index])
		]
		if len(against) == 1:
			found.add(against[0])
	return found


def increasing(values: Iterable[int | None]) -> bool:
	"""Say whether what is known of a sequence rises throughout."""
	known = [one for one in values if one is not None]
	return all(first < second for first, second in pairwise(known))


def filled(positions: Sequence[int | None]) -> list[int] | None:
	"""Return positions where None stands, between their neighbours; None where somewhere there is no room.

	The known ones rise. At either end there is room without limit.
	"""
	given: list[int] = []
	start = 0
	while start < len(positions):
		known = positions[start]
		if known is not None:
			given.append(known)
			start += 1
			continue
		end = start
		while end < len(positions) and positions[end] is None:
			end += 1
		count = end - start
		low = given[-1] if given else None
		high = positions[end] if end < len(positions) else None
		if high is None:
			given += [(low or 0) + GAP * step for step in range(1, count + 1)]
		elif low is None:
			given += [high - GAP * step for step in range(count, 0, -1)]
		elif high - low <= count:
			return None
		else:
			given += [low + (high - low) * step // (count + 1) for step in range(1, count + 1)]
		start = end
	return given
