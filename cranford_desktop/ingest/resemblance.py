"""How well a record can be a message that is held: equal words, the same file, or a place-holder for either.

Weights are whole numbers; `FIRM` and more stands for the same content, less for what an app changes afterwards.
"""

from cranford_desktop.ingest.likeness import LONG, Look, Thing, alike, same_medium

FIRM = 400
"""From here on both sides show the same; below, one of them shows only that something was there."""

WORDS = 600
"""From here on both sides show the same words or the same file."""

LONG_WORDS = 1000
"""From here on so many of them that nobody sends them twice within minutes."""

LEAST = 120
"""Below, one of them was edited and shares hardly a word with the other."""

GONE = 120
"""One of them shows nothing but that something was there."""

_SAME_FILE = 1100
_LETTER = 30
_SAME_SORT = 450
_BARE_FILES = 500
_OTHER_FILES = 450
_REWRITTEN = 60
_CAPTION = 240
_PLACE_HOLDERS = ("deleted", "waiting")
_SHOWN = ("image", "video", "audio", "sticker", "gif", "document")


def resemblance(held: Thing, new: Thing) -> int:
	"""Return how well the two can be one message, whoever wrote it and whenever; 0: not at all."""
	look = new.looks[0]
	if held.digests and new.digests:
		if held.digests & new.digests:
			return _SAME_FILE
		if look.sort == "media":
			return 0
	return max(_looks(one, look) for one in held.looks)


def _looks(one: Look, two: Look) -> int:
	if "system" in (one.sort, two.sort):
		return _lines(one, two) if one.sort == two.sort else 0
	if one.sort == two.sort:
		return _same_sort(one, two)
	if "deleted" in (one.sort, two.sort) or "waiting" in (one.sort, two.sort):
		return 0 if "call" in (one.sort, two.sort) else GONE
	if "call" in (one.sort, two.sort) and "null" in (one.medium, two.medium):
		return GONE
	return 0


def _same_sort(one: Look, two: Look) -> int:
	sort = one.sort
	if sort in ("deleted", "waiting", "call"):
		return _SAME_SORT
	if sort == "media":
		return _media(one, two)
	if one.words == two.words:
		if not one.words and sort != "message":
			return _SAME_SORT
		length = len(one.words)
		return LONG_WORDS if length >= LONG else WORDS + _LETTER * length
	if sort == "message":
		return _edited(one, two)
	if sort == "poll":
		question = one.words.partition("\n")[0]
		return _CAPTION if question and question == two.words.partition("\n")[0] else 0
	if sort == "location":
		return _CAPTION if "" in (one.words, two.words) else 0
	return _CAPTION if "" in (one.words, two.words) else 0


def _media(one: Look, two: Look) -> int:
	if not same_medium(one.medium, two.medium):
		return 0
	if one.medium != two.medium and one.medium in _SHOWN and two.medium in _SHOWN:
		if one.bare and two.bare:
			# Two iPhones call it the same.
			return 0
		return _CAPTION if one.words == two.words or "" in (one.words, two.words) else 0
	same_name = 40 if one.name and one.name == two.name else 20 if one.medium and one.medium == two.medium else 0
	if one.words == two.words:
		return (LONG_WORDS if len(one.words) >= LONG else WORDS if one.words else _BARE_FILES) + same_name
	if one.words and two.words:
		return _edited(one, two)
	return (_OTHER_FILES if one.bare or two.bare else _CAPTION) + same_name


def _edited(one: Look, two: Look) -> int:
	"""Compare different words: an edit mostly keeps many of them."""
	return _REWRITTEN + int(300 * alike(one.words, two.words)) if one.edited or two.edited else 0


def _lines(one: Look, two: Look) -> int:
	"""Compare two lines of the app, in whatever language and with whatever names."""
	if one.words == two.words and "You" not in one.named:
		return LONG_WORDS
	if one.event is None or two.event is None:
		return FIRM if one.event == two.event and alike(one.words, two.words) >= 0.6 else 0
	if one.event != two.event:
		return 0
	if one.quoted and two.quoted and one.quoted[-1] != two.quoted[-1]:
		return 0
	return _SAME_SORT + int(100 * alike(one.words, two.words))
