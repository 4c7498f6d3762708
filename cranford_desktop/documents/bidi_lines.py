"""Right-to-left words in a line: which stretch stands where (Unicode Bidirectional Algorithm, per wrapped line)."""

import re
from collections.abc import Sequence
from typing import Any

from bidi import algorithm

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def has_leftward(text: str) -> bool:
	"""Return whether a text has letters that are written from right to left."""
	return not text.isascii() and _LEFTWARD.search(text) is not None


def base_level(paragraph: str) -> int:
	"""Return the direction of a paragraph by its first letter (rules P2 and P3): 0 rightward, 1 leftward."""
	return int(algorithm.get_base_level(paragraph))


def levels(line: str, base: int) -> list[int]:
	"""Return the embedding level of each character of one line: odd is leftward."""
	storage = algorithm.get_empty_storage()
	storage["base_level"] = base
	storage["base_dir"] = "LR"[base]
	algorithm.get_embedding_levels(line, storage)
	characters = list(storage["chars"])
	algorithm.explicit_embed_and_overrides(storage)
	algorithm.resolve_weak_types(storage)
	_pair_brackets(storage["chars"], base)
	algorithm.resolve_neutral_types(storage, debug=False)
	algorithm.resolve_implicit_levels(storage, debug=False)
	found = [int(one["level"]) for one in characters]
	at = len(found)
	# Spaces at the line's end stand at the paragraph's end (rule L1).
	while at and characters[at - 1]["orig"] in ("WS", "BN", "S", "B"):
		at -= 1
		found[at] = base
	return found


def _pair_brackets(characters: Sequence[dict[str, Any]], base: int) -> None:
	"""Give both brackets of a pair one direction (rule N0, which the algorithm's package leaves out)."""
	directions = [{"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(one["type"], "") for one in characters]
	along = "LR"[base]
	waiting: list[tuple[int, str]] = []
	pairs: list[tuple[int, int]] = []
	for at, one in enumerate(characters):
		if one["ch"] in _BRACKETS:
			waiting.append((at, _BRACKETS[one["ch"]]))
			continue
		for depth in range(len(waiting) - 1, -1, -1):
			if waiting[depth][1] == one["ch"]:
				pairs.append((waiting[depth][0], at))
				del waiting[depth:]
				break
	for start, end in sorted(pairs):
		inside = set(directions[start + 1 : end])
		if along in inside:
			direction = along
		elif inside - {""}:
			direction = next((one for one in reversed(directions[:start]) if one), along)
		else:
			continue
		for at in (start, end):
			characters[at]["type"] = directions[at] = direction


def visual_order(stretches: Sequence[int]) -> list[int]:
	"""Return the order, left to right, of stretches with these levels (rule L2)."""
	order = list(range(len(stretches)))
	for level in range(max(stretches, default=0), 0, -1):
		at = 0
		while at < len(order):
			if stretches[order[at]] < level:
				at += 1
				continue
			end = at
			while end < len(order) and stretches[order[end]] >= level:
				end += 1
			order[at:end] = reversed(order[at:end])
			at = end
	return order
