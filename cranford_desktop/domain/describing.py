"""A search in words: what was looked for, where, and how narrowly."""

from collections.abc import Iterator, Mapping

from cranford_desktop.domain.messages import Holding, MessageFilter

_HELD: Mapping[Holding, str] = {
	"photo": "a photo",
	"video": "a video",
	"voice": "a voice note",
	"document": "a document",
	"contact": "a contact card",
	"link": "a link",
	"poll": "a poll",
	"location": "a location",
	"edited": "an edited text",
	"deleted": "a deleted text",
}


def describe(wanted: MessageFilter) -> str:
	"""Return a search in words, as the record of a request's searches keeps it."""
	parts = [wanted.search or "everything"]
	if wanted.ids is not None:
		parts = [f"{len(wanted.ids)} chosen by hand"]
	if wanted.group:
		parts.append(f"in {wanted.group}")
	if wanted.person:
		parts.append(f"sent by {wanted.person}")
	if wanted.start:
		parts.append(f"from {wanted.start:%d/%m/%Y}")
	if wanted.end:
		parts.append(f"to {wanted.end:%d/%m/%Y}")
	if wanted.kinds:
		parts.append(f"only {', '.join(wanted.kinds)}")
	parts += _narrowly(wanted)
	return ", ".join(parts)


def _narrowly(wanted: MessageFilter) -> Iterator[str]:
	"""Yield in words how else a search was narrowed."""
	if wanted.exact:
		yield "words exactly as typed"
	if wanted.dropped:
		yield f"without the word{'s' if len(wanted.dropped) > 1 else ''} {', '.join(wanted.dropped)}"
	if wanted.role:
		yield f"sent by somebody who was {wanted.role} on the day"
	if wanted.holding:
		yield f"holding {' or '.join(_HELD[one] for one in wanted.holding)}"
	if wanted.category:
		yield f"of the kind {' or '.join(wanted.category)}"
	if wanted.tag:
		yield f"tagged {' or '.join(wanted.tag)}"
	if wanted.phone:
		yield f"as on {wanted.phone}"
	if wanted.without_personal:
		yield "without personal messages"
