"""What has to come with somebody's own data: UK GDPR Art 15(1)(a) to (h) and 15(2). The words of the letter are looked
at, so a council may say it in its own way.
"""

import re
from typing import NamedTuple


class _Part(NamedTuple):
	"""One thing the answer says."""

	law: str
	words: re.Pattern[str]
	what: str


_PARTS = tuple(
	_Part(f"UK GDPR Art 15{law}", re.compile(words), what)
	for law, words, what in (
		(
			"(1)(a)",
			r"\bwhy (?:we|the council) (?:have|has|hold|keep|use)|\bpurposes?\b",
			"why the council has the data",
		),
		("(1)(b)", r"\b(?:kinds?|types?|sorts?|categor(?:y|ies)) of (?:personal )?data\b", "what kinds of data it is"),
		("(1)(c)", r"\b(?:has|have|had) received|\brecipients?\b|\bshared? (?:it )?with\b", "who else has received it"),
		("(1)(d)", r"\bhow long\b|\bkeep (?:it|them) for\b|\bretention\b", "how long it is kept"),
		("(1)(e)", r"\bcorrect\b|\brectif\w+", "that they can ask to correct it"),
		("(1)(e)", r"\beras\w+|\bdelet\w+", "that they can ask to erase it"),
		("(1)(e)", r"\brestrict\w*", "that they can ask to restrict its use"),
		("(1)(e)", r"\bobject(?:ion)?\b", "that they can object to its use"),
		("(1)(g)", r"\bwhere (?:it|your data|the data) (?:came|comes) from\b|\bsources?\b", "where it came from"),
		("(1)(h)", r"\bcomputer alone\b|\bautomat\w+", "whether a computer alone decides about them"),
		(
			"(2)",
			r"\boutside the (?:united kingdom|uk)\b|\babroad\b|\b(?:another|other|third) countr",
			"whether it goes abroad",
		),
	)
)


def left_out(text: str) -> list[tuple[str, str]]:
	"""Return what a letter (folded to small letters) leaves out: what it should say, and the law that asks for it."""
	return [(part.what, part.law) for part in _PARTS if not part.words.search(text)]
