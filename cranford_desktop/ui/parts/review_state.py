"""The decide page's own memory: what is decided, what is shown, what comes next. Free of Qt."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cranford_desktop.domain.disclosure import Candidate, Choice, Decision
from cranford_desktop.domain.media_decisions import medium_of
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.wording import count

Verdict = tuple[str, str, str]
"""(words, icon, token)"""


def is_decided(candidate: Candidate) -> bool:
	"""Return whether nothing is left to decide: a decision is there, and the message is still what it was."""
	return candidate.decision is not None and not candidate.changed_since_decided


def verdict(candidate: Candidate) -> Verdict | None:
	"""Return what stands at the right of a message."""
	if candidate.decision is None:
		return None
	if candidate.changed_since_decided:
		return ("Look again", "warning", "warn")
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
		self._place: dict[int, int] = {}
		self._left: list[int] = []
		self._alike: dict[str, int] = {}
		self.take(candidates)

	def take(self, candidates: Sequence[Candidate]) -> None:
		"""Show these candidates from now on; context stays."""
		self._order = [one.row.id for one in candidates]
		self._by_id = {one.row.id: one for one in candidates}
		self._place = {one: at for at, one in enumerate(self._order)}
		self._left = [at for at, one in enumerate(candidates) if not is_decided(one)]
		self._alike = {one.row.text: one.row.id for one in candidates if is_decided(one) and one.row.text}
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
		return len(self._order) - len(self._left)

	def undecided(self) -> list[int]:
		"""Return what is left, in order."""
		return [self._order[at] for at in self._left]

	def next_undecided(self, after: int) -> int | None:
		"""Return the next message to decide after this one, from the top again at the end; None when all is done."""
		if not self._left:
			return None
		at = bisect_left(self._left, self._place.get(after, -1) + 1)
		return self._order[self._left[at if at < len(self._left) else 0]]

	def decide(self, ids: Iterable[int], decision: Callable[[int], Decision | None]) -> None:
		"""Remember decisions that were made (or taken back: None)."""
		for one in ids:
			self.replace(replace(self._by_id[one], decision=decision(one), changed_since_decided=False))

	def replace(self, candidate: Candidate) -> None:
		"""Remember a message of the set as it stands now; one that is not in it is passed over."""
		known = candidate.row.id
		if known not in self._by_id:
			return
		place = self._place[known]
		at = bisect_left(self._left, place)
		listed = at < len(self._left) and self._left[at] == place
		if is_decided(candidate):
			if listed:
				del self._left[at]
			if candidate.row.text:
				self._alike[candidate.row.text] = known
		elif not listed:
			insort(self._left, place)
		self._by_id[known] = candidate

	def alike(self, message_id: int) -> Decision | None:
		"""Return what was decided on another message of the very same words; None where none was."""
		candidate = self._by_id.get(message_id)
		other = self._by_id.get(self._alike.get((candidate.row.text or "") if candidate else "", 0))
		if other is None or other.row.id == message_id or not is_decided(other):
			return None
		return other.decision

	def of_day(self, day: date, group: str) -> list[int]:
		"""Return the messages of the set that were sent on a day in a group, in order."""
		return [
			one
			for one in self._order
			if self._by_id[one].row.sent_at.date() == day and self._by_id[one].row.group == group
		]

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
				for medium in one.row.attachments:
					decided = medium_of(medium, one.decision, one.media)
					going = decided is not None and decided.choice == "release"
					photos_in += going
					photos_out += not going
					if decided is not None and decided.exemption:
						reasons[decided.exemption] = reasons.get(decided.exemption, 0) + 1
			elif choice == "withhold":
				withheld += 1
				for code in (one.decision.exemption or "", *one.decision.more_exemptions):
					reasons[code] = reasons.get(code, 0) + 1
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
