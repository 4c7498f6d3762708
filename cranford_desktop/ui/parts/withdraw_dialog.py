"""Withdrawing a pack: what is wrong with it, and who has it."""

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.cases import CaseStart
from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.services.clock import LONDON
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.controls import field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.pack_page import went_words


class WithdrawDialog(Ask):
	"""Asks for the reason and for who has it."""

	def __init__(self, parent: QWidget, pack: PackRecord) -> None:
		super().__init__(
			parent,
			f"Pack {pack.number} should not have gone out?",
			f"{went_words(pack)}. It stays in the archive as it was made, marked as withdrawn. This cannot be taken "
			"back; a new pack replaces it.",
			f"Withdraw pack {pack.number}",
		)
		self.why, self.who = lines("What is wrong with it?"), field(pack.sent.to if pack.sent is not None else "")
		self._why = FormField("What is wrong with it?", self.why, "For example: a telephone number can be read.")
		self._who = FormField("Who has it?", self.who, optional=True)
		self.add(self._why, self._who)
		self.go.setDefault(False)
		self.cancel.say("Keep it")
		self.why.setFocus()

	def faults(self) -> dict[FormField, str]:
		return {} if self.why.toPlainText().strip() else {self._why: "Say what is wrong with it"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._why,)


def breach_of(request: Request, pack: PackRecord) -> CaseStart:
	"""Return what a data breach begins with when a pack went out that should not have."""
	made = pack.made_at.astimezone(LONDON).date()
	withdrawn = pack.withdrawn
	facts = [f"Pack {pack.number} of request {request.reference} went out and should not have. {went_words(pack)}."]
	if withdrawn is not None:
		facts.append(f"What is wrong with it: {withdrawn.why}")
		facts += [f"Who has it: {withdrawn.who_has_it}"] if withdrawn.who_has_it else []
	return CaseStart(
		title=f"Pack {pack.number} of {request.reference} should not have gone out",
		happened_on=pack.sent.on if pack.sent is not None else made,
		facts="\n".join(facts),
	)
