"""The stem of an English word, as the full-text index takes it: M. F. Porter's algorithm of 1980.

The index finds "drains" for "drain"; a highlight must mark the same words, so the rule stands here once more.
A test holds the two side by side.
"""

import re
from functools import lru_cache

_STEP_2 = (
	("ational", "ate"),
	("tional", "tion"),
	("enci", "ence"),
	("anci", "ance"),
	("izer", "ize"),
	("logi", "log"),
	("bli", "ble"),
	("alli", "al"),
	("entli", "ent"),
	("eli", "e"),
	("ousli", "ous"),
	("ization", "ize"),
	("ation", "ate"),
	("ator", "ate"),
	("alism", "al"),
	("iveness", "ive"),
	("fulness", "ful"),
	("ousness", "ous"),
	("aliti", "al"),
	("iviti", "ive"),
	("biliti", "ble"),
)
_STEP_3 = (
	("icate", "ic"),
	("ative", ""),
	("alize", "al"),
	("iciti", "ic"),
	("ical", "ic"),
	("ful", ""),
	("ness", ""),
)
_STEP_4 = (
	"al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
	"iti", "ous", "ive", "ize",
)  # fmt: skip
_LONGEST = 64
"""Longer words are left as they are, in bytes: the index does the same."""


def _shape(word: str) -> str:
	"""Return the word as vowels (v) and consonants (c); y is a vowel after a consonant."""
	shape = ""
	for place, char in enumerate(word):
		vowel = char in "aeiou" or (char == "y" and place > 0 and shape[-1] == "c")
		shape += "v" if vowel else "c"
	return shape


def _measure(stem: str) -> int:
	return len(re.findall("v+c+", _shape(stem)))


def _ends_short(stem: str) -> bool:
	"""Consonant, vowel, consonant at the end, the last not w, x or y."""
	return _shape(stem).endswith("cvc") and stem[-1] not in "wxy"


def _step_1(word: str) -> str:
	if word.endswith(("sses", "ies")):
		word = word[:-2]
	elif word.endswith("s") and not word.endswith("ss"):
		word = word[:-1]
	if word.endswith("eed") and len(word) > 3:
		if _measure(word[:-3]) > 0:
			word = word[:-1]
	else:
		for ending in ("ed", "ing"):
			stem = word[: -len(ending)]
			if word.endswith(ending) and "v" in _shape(stem):
				word = _mended(stem)
				break
	if word.endswith("y") and "v" in _shape(word[:-1]):
		word = word[:-1] + "i"
	return word


def _mended(stem: str) -> str:
	"""Return a stem that lost -ed or -ing with the letter it needs, or without the one it has twice."""
	if stem.endswith(("at", "bl", "iz")):
		return stem + "e"
	if len(stem) > 1 and stem[-1] == stem[-2] and _shape(stem)[-1] == "c" and stem[-1] not in "lsz":
		return stem[:-1]
	if _measure(stem) == 1 and _ends_short(stem):
		return stem + "e"
	return stem


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> str:
	best = max((pair for pair in endings if word.endswith(pair[0])), key=lambda pair: len(pair[0]), default=None)
	if best is None or _measure(word[: -len(best[0])]) == 0:
		return word
	return word[: -len(best[0])] + best[1]


def _step_4(word: str) -> str:
	ending = max((one for one in _STEP_4 if word.endswith(one)), key=len, default=None)
	if ending is None:
		return word
	stem = word[: -len(ending)]
	if _measure(stem) <= 1 or (ending == "ion" and not stem.endswith(("s", "t"))):
		return word
	return stem


def _step_5(word: str) -> str:
	if word.endswith("e"):
		stem = word[:-1]
		measure = _measure(stem)
		if measure > 1 or (measure == 1 and not _ends_short(stem)):
			word = stem
	if word.endswith("ll") and _measure(word[:-1]) > 1:
		word = word[:-1]
	return word


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
	"""Return the stem of a folded word."""
	if len(word) < 3 or len(word.encode("utf-8", "replace")) > _LONGEST:
		return word
	return _step_5(_step_4(_replaced(_replaced(_step_1(word), _STEP_2), _STEP_3)))
