"""How strong a pass phrase is, in words a person can weigh. A rough reckoning; nothing is refused for it."""

import math
import re

LEAST = 8
"""Fewest characters that are taken."""
_GUESSES = 2_000.0
"""Guesses a second for someone with a stolen laptop and rented computers, against our slow key."""
_COMMON = (
	"password",
	"passphrase",
	"council",
	"parish",
	"clerk",
	"whatsapp",
	"cranford",
	"qwerty",
	"letmein",
	"welcome",
)


def _bits(phrase: str) -> float:
	words = re.findall(r"[^\W\d_]{3,}", phrase)
	rest = re.sub(r"[^\W\d_]{3,}|\s", "", phrase)
	distinct = {word.casefold() for word in words}
	bits = sum(4.0 if word in _COMMON else min(12.5, 2.1 * len(word)) for word in distinct)
	pool = sum(size for size, test in ((10, r"\d"), (26, r"[^\W\d_]"), (33, r"[^\w\s]|_")) if re.search(test, rest))
	if re.fullmatch(r"(19|20)\d\d", rest):
		return bits + 7
	return bits + (len(set(rest)) + 0.3 * (len(rest) - len(set(rest)))) * math.log2(pool or 1)


def strength(phrase: str, council: str = "") -> tuple[str, str]:
	"""Return a level ("weak", "fair", "strong") and a sentence."""
	plain = phrase.casefold()
	for name in council.casefold().split():
		if len(name) > 3:
			plain = plain.replace(name, "")
	seconds = 2 ** (_bits(plain) - 1) / _GUESSES
	day, year = 86_400.0, 31_557_600.0
	if seconds < day:
		return (
			"weak",
			"Weak: a burglar with your laptop could guess it within a day. Three or four odd words are better.",
		)
	if seconds < year:
		return "fair", "Fair: a burglar with your laptop would need weeks. One more word makes it years."
	return "strong", "Strong: a burglar with your laptop would need years."
