"""A search in words: what is narrowed by, and what a value of a filter is called. Free of Qt."""

from collections.abc import Sequence
from datetime import date

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import Facet, FoundIn, Idea, NotSearched
from cranford_desktop.ui.parts.wording import count, day_words

FACET_WORDS: dict[Facet, tuple[str, str]] = {
	"group": ("Group", "All groups"),
	"person": ("Sent by", "Everyone"),
	"role": ("Role on the day", "Any role"),
	"holding": ("Holds", ""),
	"category": ("Kind", ""),
	"tag": ("Tag", ""),
	"phone": ("Seen on", "Any phone"),
}
"""What a filter is called, and what no choice of it is called; "" where several can be chosen."""

_VALUES = {
	"photo": "Photo",
	"video": "Video",
	"voice": "Voice note",
	"document": "Document",
	"contact": "Contact card",
	"link": "Link",
	"poll": "Poll",
	"location": "Place",
	"edited": "Edited",
	"deleted": "Deleted",
	"council": "Council business",
	"personal": "Personal",
	"mixed": "Mixed",
	"sensitive": "Sensitive",
}


def value_words(facet: Facet, value: str) -> str:
	"""Return what a value of a filter is called on screen."""
	return _VALUES.get(value, value) if facet in ("holding", "category") else value


def dates_words(start: date | None, end: date | None) -> str:
	"""Return a range of days in words, both ends meant; "" for all dates."""
	if start and end and start == end:
		return f"on {day_words(start)}"
	if start and end:
		return f"from {day_words(start)} to {day_words(end)}, both days included"
	if start:
		return f"from {day_words(start)} on"
	return f"up to and including {day_words(end)}" if end else ""


def narrowed_by(wanted: MessageFilter) -> list[str]:
	"""Return what a search is narrowed by, beside its words, a phrase each."""
	told = []
	for facet, (label, _) in FACET_WORDS.items():
		chosen = getattr(wanted, facet)
		if chosen:
			values = (chosen,) if isinstance(chosen, str) else chosen
			told.append(f"{label.casefold()}: {' or '.join(value_words(facet, one) for one in values)}")
	dates = dates_words(wanted.start, wanted.end)
	return [*told, *([dates] if dates else [])]


def search_words(wanted: MessageFilter, found: int) -> str:
	"""Return a whole search as one line to copy: words, filters, how many were found."""
	parts = [f"Words: {wanted.search}"] if wanted.search else ["No words"]
	if wanted.exact:
		parts.append("exact words only")
	if wanted.dropped:
		parts.append(f"without {', '.join(wanted.dropped)}")
	if wanted.without_personal:
		parts.append("without personal messages")
	return f"{'; '.join([*parts, *narrowed_by(wanted)])}. {count(found, 'message')} found."


def idea_words(idea: Idea) -> str:
	"""Return what is offered, with how many more messages it would find."""
	said = {
		"together": f"or “{idea.words}”",
		"spelling": f"or “{idea.words}”",
		"fewer_words": f"Search “{idea.words}” only",
		"any_word": f"Search any of {idea.words.replace(' OR ', ', ')}",
		"beginning": f"Search words that begin so: {idea.words}",
		"all_dates": "Search all dates",
		"all_groups": "Search all groups",
		"everyone": "Search messages by everyone",
		"personal": "Include personal messages",
		"not_exact": "Search other endings of the words too",
		"all_kinds": "Search all kinds of message",
		"no_filters": "Search without any filter",
		"sender": f"Written by {idea.words}",
		"month": f"Search {idea.words}",
		"name": f"or “{idea.words}”, the same person",
		"naming": f"Naming {idea.words}",
	}[idea.why]
	return f"{said} ({idea.messages:,})"


def found_in_words(found: Sequence[FoundIn]) -> str:
	"""Return where else a message holds what was looked for, with the words around: "In plans.pdf: …"."""
	one = found[0]
	where = {
		"file": f"In {one.name}",
		"gist": f"What {one.name} is about",
		"file_name": "Called",
		"version": "In another wording",
	}[one.where]
	return f"{where}: {one.snippet}"


def not_searched_words(told: NotSearched) -> str:
	"""Return what words could not find, as a sentence; "" where everything was searched."""
	parts = [
		count(number, one)
		for number, one in (
			(told.photos, "photo"),
			(told.voice_notes, "voice note"),
			(told.videos, "video"),
			(told.documents, "document"),
		)
		if number
	]
	if not parts and not told.waiting:
		return ""
	whole = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
	words = f"Not searched: what is in {whole}." if whole else ""
	if told.beside_hits:
		words += f" {told.beside_hits:,} of them {'stands' if told.beside_hits == 1 else 'stand'} near a hit."
	if told.waiting:
		words += f" {count(told.waiting, 'file')} still to be read."
	return words.strip()
