"""The decide page's own memory: what is decided, what is shown, what comes next, how to take it back. Free of Qt."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from cranford_desktop.domain.disclosure import Candidate, Choice, Decision
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.wording import count

Verdict = tuple[str, str, str]
"""(words, icon, token)"""


class Took(NamedTuple):
	"""One step that can be taken back."""

	words: str
	"""What was done: "3 messages released"."""
	back: Callable[[], object]
	message_id: int
	"""Where she was."""


def is_decided(candidate: Candidate) -> bool:
	"""Return whether nothing is left to decide: a decision is there, and the message is still what it was."""
	return candidate.decision is not None and not candidate.changed_since_decided


def verdict(candidate: Candidate) -> Verdict | None:
	"""Return what stands at the right of a message."""
	if candidate.decision is None:
		return None
	if candidate.changed_since_decided:
		return ("Changed: look again", "warning", "warn")
	choice = candidate.decision.choice
	if choice == "release":
		return ("With redactions", "edit", "redact") if candidate.is_covered else ("Release", "checkmark_circle", "ok")
	return {
		"withhold": ("Withhold", "eye_off", "warn"),
		"not_in_scope": ("Not in scope", "dismiss_circle", "muted"),
		"not_held": ("Private", "lock_closed", "personal"),
	}[choice]


DONE: dict[Choice, str] = {
	"release": "released",
	"withhold": "withheld",
	"not_in_scope": "not in scope",
	"not_held": "private",
}


class ReviewState:
	"""The candidates of one request in order, and the context that is shown around them."""

	def __init__(self, candidates: Sequence[Candidate]) -> None:
		self._order: list[int] = []
		self._by_id: dict[int, Candidate] = {}
		self._context: dict[int, MessageRow] = {}
		self.steps: list[Took] = []
		self.take(candidates)

	def take(self, candidates: Sequence[Candidate]) -> None:
		"""Show these candidates from now on; context and steps stay."""
		self._order = [one.row.id for one in candidates]
		self._by_id = {one.row.id: one for one in candidates}
		for known in self._by_id:
			self._context.pop(known, None)

	def __len__(self) -> int:
		return len(self._order)

	def ids(self) -> list[int]:
		"""Return the messages of the set, in order."""
		return list(self._order)

	def candidate(self, message_id: int) -> Candidate | None:
		"""Return a candidate; None for a message that is only context."""
		return self._by_id.get(message_id)

	def decided(self) -> int:
		"""Count what is decided."""
		return sum(is_decided(one) for one in self._by_id.values())

	def undecided(self) -> list[int]:
		"""Return what is left, in order."""
		return [one for one in self._order if not is_decided(self._by_id[one])]

	def next_undecided(self, after: int) -> int | None:
		"""Return the next message to decide after this one, from the top again at the end; None when all is done."""
		left = self.undecided()
		if not left:
			return None
		places = {one: at for at, one in enumerate(self._order)}
		here = places.get(after, -1)
		return next((one for one in left if places[one] > here), left[0])

	def decide(self, ids: Iterable[int], decision: Callable[[int], Decision | None]) -> None:
		"""Remember decisions that were made (or taken back: None)."""
		for one in ids:
			self._by_id[one] = replace(self._by_id[one], decision=decision(one), changed_since_decided=False)

	def group_names(self) -> set[str]:
		"""Return the groups the set comes from."""
		return {one.row.group for one in self._by_id.values()}

	# context
	def add_context(self, rows: Iterable[MessageRow]) -> int:
		"""Show more messages for sense only; return how many were new."""
		before = len(self._context)
		self._context.update({row.id: row for row in rows if row.id not in self._by_id})
		return len(self._context) - before

	def drop_context(self) -> None:
		"""Show the set alone again."""
		self._context.clear()

	def rows(self) -> list[tuple[MessageRow, Candidate | None]]:
		"""Return everything that is shown, in conversation order; context has no candidate."""
		groups = {self._by_id[one].row.group_id: at for at, one in reversed(list(enumerate(self._order)))}
		shown = [(one.row, one) for one in self._by_id.values()] + [(row, None) for row in self._context.values()]
		return sorted(shown, key=lambda pair: (groups.get(pair[0].group_id, len(self._order)), pair[0].position))

	# tallies for the check page
	def tally(self) -> "Tally":
		"""Count what becomes of the set."""
		released = redacted = withheld = not_in_scope = not_held = places = 0
		photos_in = photos_out = 0
		reasons: dict[str, int] = {}
		for one in self._by_id.values():
			if not is_decided(one):
				continue
			choice = one.decision.choice
			if choice == "release":
				released += 1
				redacted += one.is_covered
				rules = [*(covered.redaction for covered in one.covered), *(rule for _, rule in one.beside)]
				places += len(rules)
				for rule in rules:
					reasons[rule.exemption] = reasons.get(rule.exemption, 0) + 1
				media = len(one.row.attachments)
				photos_in += media if one.decision.with_media else 0
				photos_out += 0 if one.decision.with_media else media
			elif choice == "withhold":
				withheld += 1
				reasons[one.decision.exemption or ""] = reasons.get(one.decision.exemption or "", 0) + 1
			elif choice == "not_in_scope":
				not_in_scope += 1
			else:
				not_held += 1
		return Tally(
			released,
			redacted,
			places,
			withheld,
			not_in_scope,
			not_held,
			len(self.undecided()),
			photos_in,
			photos_out,
			reasons,
		)


class Tally(NamedTuple):
	"""What becomes of a request's messages; `released` counts the redacted ones too."""

	released: int
	redacted: int
	places: int
	withheld: int
	not_in_scope: int
	not_held: int
	undecided: int
	media_in: int
	media_out: int
	reasons: dict[str, int]

	def told(self) -> list[tuple[str, str]]:
		"""Return the rows of the check page: name and words."""
		plain = self.released - self.redacted
		return [
			("Released", count(plain, "message")),
			(
				"Released with redactions",
				f"{count(self.redacted, 'message')}, {count(self.places, 'place')} covered up"
				if self.redacted
				else "None",
			),
			("Withheld", count(self.withheld, "message") if self.withheld else "None"),
			("Not in scope", count(self.not_in_scope, "message") if self.not_in_scope else "None"),
			("Private: not the council’s record", count(self.not_held, "message") if self.not_held else "None"),
			("Not decided", count(self.undecided, "message") if self.undecided else "None – everything is decided"),
		]
