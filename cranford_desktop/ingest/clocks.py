"""Times of day as phones write them: with and without seconds, in 24 hours or in two halves with their words.

A word for a part of the day says from which hour to which it reaches. An hour of a 12-hour clock is read where exactly
one of its two meanings lies in that part; otherwise no such time exists and the line is text.
"""

import re
from typing import NamedTuple

_BEFORE_NOON, _AFTER_NOON = (0, 12), (12, 24)
_PARTS: dict[tuple[int, int], str] = {
	_BEFORE_NOON: (
		# English and most others; Swedish, Danish, Finnish, Hungarian, Czech, Slovene, Greek, Turkish, Vietnamese,
		# Ukrainian, Bulgarian, Welsh, Irish, Icelandic, Malay, Albanian, Latvian, Lithuanian. German and Chinese phones
		# write either two halves or parts of the day: a word of both has the wider meaning.
		"am a.m a.m. f.m. fm ap. ap de. dop. odop. π.μ. öö sa дп пр.об. yb y.b. r.n. f.h. pg p.d. priekšp. priešpiet "
		"上午 午前 오전 ص vorm. vormittags"
	),
	_AFTER_NOON: (
		"pm p.m p.m. e.m. em ip. ip du. odp. pop. μ.μ. ös ch пп сл.об. yh y.h. i.n. e.h. ptg m.d. pēcp. popiet "
		"下午 午後 오후 م nachm. nachmittags"
	),
	# German and Dutch
	(0, 5): "nachts 凌晨",
	(4, 12): "morgens ochtends",
	(5, 12): "早上",
	(11, 14): "mittags 中午",
	(12, 18): "middags",
	(17, 24): "abends avonds",
	(18, 24): "晚上",
}


def _hours_of_words() -> dict[str, tuple[int, int]]:
	"""Return from which hour to which each word reaches; where two languages share one, the meaning listed first."""
	found: dict[str, tuple[int, int]] = {}
	for hours, words in _PARTS.items():
		for word in words.split():
			found.setdefault(word, hours)
	return found


_HOURS = _hours_of_words()
_SPACE = "[ \u00a0\u202f\u2009]"
_LATIN = rf"[AaPp](?:\.?{_SPACE}?[Mm]\.?)"
_OTHERS = "|".join(
	re.escape(word) for word in sorted(_HOURS, key=len, reverse=True) if not re.fullmatch(r"[ap]\.?m\.?", word)
)
WORD = rf"(?=[^\W\d_])(?:{_LATIN}|(?i:{_OTHERS}))(?![^\W\d_])"
"""Pattern of a word for a part of the day, however spaced: "a. m.", "nachm.", "下午"."""
_WORD_BEFORE = rf"(?=[^\W\d_])(?:{_LATIN}|(?i:{_OTHERS}))"
CLOCK = (
	rf"(?:{_WORD_BEFORE}{_SPACE}?)?[0-9]{{1,2}}[:.][0-9]{{2}}(?:[:.][0-9]{{2}})?"
	rf"(?:{_SPACE}?(?:[’']s{_SPACE})?{WORD})?"
)
"""Pattern of a time of day."""
_TAKEN = re.compile(
	rf"(?:(?P<before>[^0-9]+?){_SPACE}?)?(?P<h>[0-9]{{1,2}})(?P<tick>[:.])(?P<m>[0-9]{{2}})"
	r"(?:(?P=tick)(?P<s>[0-9]{2}))?"
	rf"{_SPACE}?(?:[’']s{_SPACE})?(?P<after>[^0-9]+)?"
)


class Clock(NamedTuple):
	"""A time of day."""

	hour: int
	minute: int
	second: int
	half: bool
	"""Written with a word for the part of the day."""
	seconds: bool
	"""Written with seconds."""


def read_clock(written: str) -> Clock | None:
	"""Read a time of day; None where no clock shows it (24:10, 13 am)."""
	match = _TAKEN.fullmatch(written)
	if match is None:
		return None
	minute, second = int(match["m"]), int(match["s"] or 0)
	word = match["before"] or match["after"]
	if minute > 59 or second > 59 or (match["before"] and match["after"]):
		return None
	hour: int | None = int(match["h"])
	if word is not None:
		hour = _hour(int(match["h"]), re.sub(_SPACE, "", word).lower())
	if hour is None or hour > 23:
		return None
	return Clock(hour, minute, second, word is not None, match["s"] is not None)


def _hour(shown: int, word: str) -> int | None:
	"""Return the hour of the day that a clock in halves means; None where it means none, or two."""
	if word not in _HOURS:
		return None
	start, end = _HOURS[word]
	meant = {shown} if shown > 12 else {shown % 12, shown % 12 + 12}
	within = [hour for hour in meant if start <= hour < end]
	return within[0] if len(within) == 1 else None
