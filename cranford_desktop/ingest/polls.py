"""Polls: the question and its options, as the app writes them in any language.

Android and iPhones write a word in capitals, the question, and a line for each option with its votes; some builds put
all into one line. Votes change from export to export, so the text is the question and the options alone.
"""

import re

from cranford_desktop.ingest.marker_words import words

_LRM = "\u200e"
_HEAD = re.compile(r"\u200e?(?P<word>[^\W\d_]{3,20}) ?:[ \r]*")
_OPTION = re.compile(r"\u200e?(?P<word>[^\W\d_]{3,20}) ?: ?(?P<text>.*)", re.DOTALL)
_VOTES = re.compile(r" ?\(\u200e?[0-9][0-9,.]{0,8} [^\W\d_]{2,15}\)[ \r]*\Z")
_VOTES_INSIDE = r" \(\u200e?[0-9][0-9,.]{{0,8}} [^\W\d_]{{2,15}}\)(?= ?\u200e?{word} ?: )"
_ONE_LINE = re.compile(
	r"\u200e?(?P<word>[^\W\d_]{3,20}) ?: (?P<said>.+? \u200e?(?P<option>[^\W\d_]{3,20}) ?: .+)", re.DOTALL
)


def begins(body: str) -> bool:
	"""Say whether a body of several lines begins as a poll may."""
	head = _HEAD.match(body)
	return head is not None and body.startswith("\n", head.end())


def read(body: str) -> str | None:
	"""Return a poll's question and options, one a line, without marks and counts; None where a body is no poll."""
	first = body.partition("\n")[0]
	head = _HEAD.fullmatch(first)
	if head is not None and head.group("word").isupper() and len(first) < len(body):
		return _in_lines(head.group("word"), body[len(first) + 1 :].split("\n"))
	return _in_one_line(body)


def _in_lines(word: str, lines: list[str]) -> str | None:
	"""Read a poll written over several lines."""
	plain = [line.rstrip("\r").removeprefix(_LRM) for line in lines]
	options = [
		(number, match)
		for number, match in enumerate(map(_OPTION.fullmatch, plain))
		if match is not None and match.group("word").isupper()
	]
	known = words()
	label = _label([(match.group("word"), match.group("text")) for _, match in options], word in known.polls)
	if label is None:
		return None
	while plain and not plain[-1].strip():
		plain.pop()
	said: list[str] = []
	found = {number: match for number, match in options if match.group("word") == label}
	for number, line in enumerate(plain):
		match = found.get(number)
		text = match.group("text") if match is not None else line
		said.append(_VOTES.sub("", text) if match is not None or said else text)
	return "\n".join(said)


def _label(options: list[tuple[str, str]], known_poll: bool) -> str | None:
	"""Return the word before each option; None where the lines are not those of a poll.

	In a language whose words are not known the app is still recognised: one word, the same before each, and votes.
	"""
	known = words().options
	for word, _ in options:
		if word in known:
			return word
	labels = {word for word, text in options if _VOTES.search(text)}
	counted = [text for word, text in options if word in labels]
	if len(labels) == 1 and (len(counted) > 1 or (known_poll and counted)):
		return labels.pop()
	return None


def _in_one_line(body: str) -> str | None:
	"""Read a poll that some builds write into one line."""
	match = _ONE_LINE.fullmatch(body.rstrip("\r\n"))
	known = words()
	if match is None or match.group("word") not in known.polls:
		return None
	option = next((word for word in known.options if f"{word}: " in match.group("said")), match.group("option"))
	if not option.isupper() or not (option in known.options or _VOTES.search(match.group("said"))):
		return None
	said = re.sub(_VOTES_INSIDE.format(word=re.escape(option)), "", match.group("said"))
	parts = re.split(rf" \u200e?{re.escape(option)} ?: ?", said)
	return "\n".join([parts[0], *(_VOTES.sub("", part) for part in parts[1:])])
