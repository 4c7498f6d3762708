"""What a message of a request may be decided as. An idea is shown and can be taken over; it decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cranford_desktop.domain.disclosure import Candidate, Choice, Decision, Regime
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.pointers import Pointer
from cranford_desktop.domain.sorting import KindWords, suggest_kind

Letter = Literal["R", "D", "W", "N", "P"]
_LETTERS: Mapping[Choice, Letter] = {"release": "R", "withhold": "W", "not_in_scope": "N", "not_held": "P"}


@dataclass(frozen=True, slots=True)
class Provision:
	"""Words that point to an exemption, and which it is under each law."""

	pointer: Pointer
	codes: Mapping[Regime, str]


@dataclass(frozen=True, slots=True)
class Idea:
	"""What a message may be decided as, and why."""

	letter: Letter
	"""The key that decides so."""
	why: str
	exemptions: tuple[str, ...] = ()
	"""Of W: the reasons to begin with."""


def idea(
	candidate: Candidate,
	regime: Regime,
	kinds: KindWords,
	provisions: Sequence[Provision],
	alike: Decision | None = None,
) -> Idea | None:
	"""Return what a message may be decided as; None where nothing points anywhere, or it is decided.

	`alike`: what was decided in this request on a message of the same words. A message that changed since it was
	decided may be decided as before.
	"""
	decision = candidate.decision
	if candidate.changed_since_decided and decision is not None:
		return _as_before(decision, candidate, "As before")
	if decision is not None:
		return None
	if alike is not None:
		return _as_before(alike, candidate, "So decided where the same words stand")
	row = candidate.row
	if row.category == "personal":
		return Idea("P", "Marked personal")
	plain = fold(row.text or "")
	for one in provisions:
		code = one.codes.get(regime)
		found = one.pointer.find(plain) if code and plain else None
		if code and found is not None:
			return Idea("W", f"{one.pointer.reason}: “{found}”", (code,))
	kind = suggest_kind(row.text, kinds)
	if kind is not None and kind.kind == "personal":
		return Idea("P", kind.reason)
	return Idea("D", "Words are covered up in it") if candidate.is_covered else None


def _as_before(decision: Decision, candidate: Candidate, why: str) -> Idea:
	letter = _LETTERS[decision.choice]
	codes = (decision.exemption, *decision.more_exemptions) if decision.exemption else ()
	return Idea("D" if letter == "R" and candidate.is_covered else letter, why, tuple(filter(None, codes)))
