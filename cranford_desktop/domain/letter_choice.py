"""Which letter comes next for a request. A suggestion: every letter of its law can be chosen at any time."""

from collections.abc import Collection
from dataclasses import dataclass

from cranford_desktop.domain.data_rights import RIGHTS
from cranford_desktop.domain.disclosure import Regime
from cranford_desktop.domain.letters import LetterKind
from cranford_desktop.domain.requests import RequestKind


@dataclass(frozen=True, slots=True)
class Standing:
	"""How far a request is."""

	regime: Regime
	answered: bool
	sent: Collection[LetterKind]
	"""Letters that went out."""
	set_confirmed: bool
	messages: int
	undecided: int
	readable: int
	"""Messages to be given out, whole or in part."""
	removed: bool
	"""Something is withheld or covered up."""
	elsewhere: bool = False
	"""It was found in another place than the archive, or can be had there."""
	asks: RequestKind = "access"


def suits(letter: LetterKind, asks: RequestKind) -> bool:
	"""Say whether a letter can be about a request of this kind."""
	if asks == "review":
		return letter in ("acknowledgement", "internal_review")
	if asks in RIGHTS:
		return letter in ("acknowledgement", "clarification", "extension", "rights_answer", "nil_return")
	return letter != "rights_answer"


def suggested(standing: Standing) -> tuple[LetterKind, str]:
	"""Return the letter that comes next and why, in one sentence."""
	if standing.asks in RIGHTS:
		return "rights_answer", "It tells them what became of what they ask of their data."
	if standing.asks == "review":
		return "internal_review", "It tells them what came of the review."
	answer, why = _answer(standing)
	if standing.answered or answer in standing.sent:
		if standing.regime == "sar":
			return answer, "It has been answered."
		return "internal_review", "It has been answered. This one follows if they ask for a review."
	if "acknowledgement" not in standing.sent and not (standing.set_confirmed and not standing.undecided):
		return "acknowledgement", "Nothing has been sent yet."
	return answer, why


def _answer(standing: Standing) -> tuple[LetterKind, str]:
	"""Return the letter that answers, as the decisions stand."""
	sar = standing.regime == "sar"
	if standing.set_confirmed and not standing.messages and standing.elsewhere:
		return ("sar_answer" if sar else "answer"), "Nothing of the archive is in it: say what is enclosed."
	if standing.set_confirmed and not standing.messages:
		return "not_held", "Nothing was found."
	if standing.undecided or not standing.messages:
		return "sar_answer" if sar else "answer", "It comes when every message is decided."
	if not standing.readable:
		return (
			("refusal", "Every message in it is withheld.")
			if standing.removed
			else ("not_held", "No message in it is the council’s record of what they asked.")
		)
	if sar:
		return "sar_answer", "Every message is decided."
	if standing.removed:
		return "part_refusal", "Something is withheld or covered up."
	return "answer", "Everything in it is given out."
