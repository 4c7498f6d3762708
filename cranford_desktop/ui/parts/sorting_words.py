"""How kinds, tags and acts of sorting are said on screen."""

from collections.abc import Sequence

from cranford_desktop.domain.messages import Category, MessageRow
from cranford_desktop.domain.sorting import Act, Undone
from cranford_desktop.ui.parts.wording import count

KINDS: tuple[tuple[Category, str, str], ...] = (
	("council", "Council business", "The usual kind. It is not marked."),
	("personal", "Personal", "Not the council’s record. It leaves browsing, and a request still finds it."),
	("mixed", "Mixed", "Part of it is council business. It is kept as council business is."),
	("sensitive", "Sensitive", "Council business that holds sensitive or confidential information."),
)
"""(kind, its name, what it means), in the order of the keys 1 to 4."""
KIND_NAMES = {kind: name for kind, name, _ in KINDS}


def all_of(rows: Sequence[MessageRow]) -> Category | None:
	"""Return the kind that all of some messages are of; None where they differ."""
	kinds = {row.category for row in rows}
	return kinds.pop() if len(kinds) == 1 else None  # type: ignore[return-value]


def act_words(act: Act) -> str:
	"""Return what was done, in the past tense: "3 messages marked personal"."""
	many = count(act.messages, "message")
	tags = " and ".join(f"“{one.name}”" for one in act.tags[:2]) if len(act.tags) <= 2 else "all tags"
	if act.what == "kind" and act.kind is not None:
		return f"{many} marked {KIND_NAMES[act.kind].lower()}"
	return {
		"tag": f"{many} tagged {tags}",
		"untag": f"{tags[0].upper()}{tags[1:]} taken off {many}",
		"rename": f"Tag {tags} is now “{act.now}”",
		"merge": f"Tag {tags} joined with “{act.now}”: {many}",
		"forget": f"Tag {tags} removed from {many}",
	}[act.what]


def undone_words(undone: Undone) -> str:
	"""Return what undoing did."""
	words = f"Undone: {act_words(undone.act)}."
	if undone.left:
		stay = "was sorted again since and stays" if undone.left == 1 else "were sorted again since and stay"
		words += f" {count(undone.left, 'message')} {stay}."
	return words
