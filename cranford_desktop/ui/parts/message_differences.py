"""In what the exports differ over one message, in words. Free of Qt."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from cranford_desktop.domain.messages import MessageDetail, Observation, Precision, Version
from cranford_desktop.domain.people import plain_name
from cranford_desktop.ui.parts.wording import count, moment_words


def differences(detail: MessageDetail) -> list[str]:
	"""Return a sentence for each thing that phones show differently; none where they agree."""
	seen = detail.observations
	names = _names(seen)
	found: list[str] = []
	gone = [names[at] for at, one in enumerate(seen) if one.deleted]
	there = [names[at] for at, one in enumerate(seen) if not one.deleted]
	if gone and there:
		found.append(f"Deleted on {_and(gone)}, still there on {_and(there)}.")
	found += _edits(seen, names)
	found += _captions(detail, names)
	carried = [names[at] for at, one in enumerate(seen) if one.present]
	only_named = [names[at] for at, one in enumerate(seen) if one.present is False]
	if carried and only_named:
		found.append(f"The photo or file came with {_and(carried)}; {_and(only_named)} only named it or left it out.")
	senders = {plain_name(one.sender) for one in seen if one.sender}
	if len(senders) > 1 and detail.row.kind != "system":  # under a line of the app an iPhone shows whoever acted
		found.append(f"The phones call the sender {_and(sorted(senders))}.")
	doubted = sorted({names[at] for at, one in enumerate(seen) if one.doubtful}) if len(seen) > 1 else []
	if doubted:
		found.append(
			f"{_and(doubted)} likely, but not certainly, {_verb(doubted, 'shows', 'show')} this same message: compare "
			"the times, the senders and the words."
		)
	if detail.row.uncertain_order:
		found.append("The phones disagree on its place among the messages around it.")
	return found


def shown_by(detail: MessageDetail, version: Version) -> str:
	"""Return which phones show a wording, in words; the files, where that cannot be told."""
	names = _names(detail.observations)
	return _and([names[at] for at, one in enumerate(detail.observations) if one.raw == version.raw] or version.exports)


def version_words(detail: MessageDetail) -> list[tuple[str, str]]:
	"""Return the wordings of a message that are not the one shown: which it is, and its words.

	A difference in spaces or invisible signs is none.
	"""
	told = {_bare(detail.row.text or "")}
	found: list[tuple[str, str]] = []
	for version in detail.versions:
		if version.text is not None and (bare := _bare(version.text)) and bare not in told:
			told.add(bare)
			found.append(("An earlier edit" if version.edited else "First sent", version.text))
	return found


def _bare(text: str) -> str:
	return " ".join(plain_name(text).split())


def seen_words(seen: Sequence[Observation]) -> str:
	"""Return in how many exports of how many phones a message is: "In 3 exports, from 2 phones"."""
	phones = len({one.phone for one in seen})
	return f"In {count(len(seen), 'export')}, from {count(phones, 'phone')}"


def time_words(seen: Observation) -> str:
	"""Return the time as that phone shows it, and what its clock was off by."""
	words = _moment(seen, seen.sent_at)
	if not seen.clock_offset:
		return words
	right = seen.sent_at - timedelta(minutes=seen.clock_offset)
	way = "ahead" if seen.clock_offset > 0 else "behind"
	return f"{words} on this phone, whose clock was {clock_span(seen.clock_offset)} {way}: {_moment(seen, right)} here"


def clock_span(minutes: int) -> str:
	"""Return a difference of clocks in words, whichever way: "1 hour", "5 hours and 30 minutes"."""
	hours, rest = divmod(abs(minutes), 60)
	return " and ".join([*([count(hours, "hour")] if hours else []), *([count(rest, "minute")] if rest else [])])


def _moment(seen: Observation, at) -> str:
	seconds: Precision = "second"
	return f"{moment_words(at)}:{at:%S}" if seen.precision == seconds else moment_words(at)


def _edits(seen: Sequence[Observation], names: Sequence[str]) -> list[str]:
	later = [names[at] for at, one in enumerate(seen) if one.edited and not one.deleted]
	first = [names[at] for at, one in enumerate(seen) if not one.edited and not one.deleted]
	if not (later and first):
		return []
	return [f"Edited: {_and(later)} {_verb(later, 'shows', 'show')} the later words, {_and(first)} the first ones."]


def _captions(detail: MessageDetail, names: Sequence[str]) -> list[str]:
	if detail.row.kind != "media":
		return []
	texts = {version.raw: version.text for version in detail.versions}
	with_words = [names[at] for at, one in enumerate(detail.observations) if texts.get(one.raw)]
	without = [names[at] for at, one in enumerate(detail.observations) if not texts.get(one.raw) and not one.deleted]
	return [f"The words with it are only on {_and(with_words)}."] if with_words and without else []


def _names(seen: Sequence[Observation]) -> list[str]:
	"""Name each export by its phone; a phone that sent several also by its file."""
	phones = [one.phone for one in seen]
	return [one.phone if phones.count(one.phone) == 1 else f"{one.phone} ({one.export_file})" for one in seen]


def _and(words: Iterable[str]) -> str:
	*most, last = dict.fromkeys(words)
	return f"{', '.join(most)} and {last}" if most else last


def _verb(names: Sequence[str], one: str, many: str) -> str:
	return one if len(set(names)) == 1 else many
