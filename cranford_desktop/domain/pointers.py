"""Words that point to something in a message: birthday wishes, a decision. They are suggestions and decide nothing."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cranford_desktop.domain.folding import fold


@dataclass(frozen=True, slots=True)
class Pointer:
	"""Words and phrases that point to one thing, with the reason in words."""

	reason: str
	words: tuple[str, ...]
	unless: tuple[str, ...] = ()
	"""Phrases that take it back where they stand in the same message: "not agreed"."""

	def find(self, folded: str) -> str | None:
		"""Return the first of the words in a folded text; None where there is none, or something takes it back."""
		hit = stands_in(self.words, folded)
		return None if hit is None or stands_in(self.unless, folded) else hit


def stands_in(words: tuple[str, ...], folded: str) -> str | None:
	"""Return the first of some words or phrases that stands in a folded text as a whole; None where none does."""
	hit = _matcher(words).search(folded) if words else None
	return hit[0] if hit else None


@lru_cache(maxsize=64)
def _matcher(words: tuple[str, ...]) -> re.Pattern[str]:
	longest_first = sorted(map(fold, words), key=len, reverse=True)
	return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
