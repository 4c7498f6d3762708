"""Where new messages come to stand among those a group holds already. Pure rules over sequences.

The order of a file is the order on its phone, so it is kept on both sides: matched records are the fixed points, and
between two of them the messages only one side has are merged by time, then by a comparison that does not ask which
side came first.
"""

from collections.abc import Callable, Sequence

GAP = 1024
"""Distance between neighbours where there is room: what comes between later needs no renumbering."""


def slots(held: int, anchors: Sequence[int | None], held_first: Callable[[int, int], bool]) -> list[int]:
	"""Return for each unmatched incoming record, in order, the index of the held message it goes before.

	`anchors` gives for each incoming record the index of the held message it is, or None; `held` is how many there
	are. `held_first(h, k)` says whether held message h comes before incoming record k where neither order tells.
	An anchor that runs backwards is not a fixed point.
	"""
	found: list[int] = []
	at = 0
	start = 0
	while start < len(anchors):
		anchor = anchors[start]
		if anchor is not None:
			at = max(at, anchor + 1)
			start += 1
			continue
		end = start
		while end < len(anchors) and _loose(anchors[end], at):
			end += 1
		limit = anchors[end] if end < len(anchors) else held
		for place in range(start, end):
			if anchors[place] is None:
				while limit is not None and at < limit and held_first(at, place):
					at += 1
				found.append(at)
		start = end
	return found


def _loose(anchor: int | None, at: int) -> bool:
	return anchor is None or anchor < at


def places(positions: Sequence[int], into: Sequence[int]) -> list[int] | None:
	"""Return a position for each new message of `slots`, between its neighbours; None where somewhere there is no
	room and the group has to be renumbered.
	"""
	given: list[int] = []
	start = 0
	while start < len(into):
		end = start
		while end < len(into) and into[end] == into[start]:
			end += 1
		count = end - start
		low = positions[into[start] - 1] if into[start] > 0 else None
		high = positions[into[start]] if into[start] < len(positions) else None
		if high is None:
			first = 0 if low is None else low
			given.extend(first + GAP * step for step in range(1, count + 1))
		elif low is None:
			given.extend(high - GAP * step for step in range(count, 0, -1))
		elif high - low <= count:
			return None
		else:
			given.extend(low + (high - low) * step // (count + 1) for step in range(1, count + 1))
		start = end
	return given


def renumbered(held: int, into: Sequence[int]) -> tuple[list[int], list[int]]:
	"""Return fresh positions for the held and for the new messages."""
	old: list[int] = []
	new: list[int] = []
	place = 0
	waiting = 0
	for index in range(held + 1):
		while waiting < len(into) and into[waiting] == index:
			place += GAP
			new.append(place)
			waiting += 1
		if index < held:
			place += GAP
			old.append(place)
	return old, new
