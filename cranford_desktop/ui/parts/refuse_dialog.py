"""Refusing a whole request: for which reason, by its law; each leads to the letter that says so."""

from typing import NamedTuple

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cranford_desktop.domain.disclosure import Regime, Request
from cranford_desktop.domain.letters import LetterKind
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col


class Way(NamedTuple):
	"""A reason to refuse a request as a whole."""

	words: str
	hint: str
	letter: LetterKind
	ground: str = ""
	"""The exemption, where the reason is one."""


WAYS: dict[Regime, tuple[Way, ...]] = {
	"foi": (
		Way("It would take too long", "Section 12. Log the time first: the letter is filled from it.", "cost"),
		Way(
			"It repeats an earlier one, or asks for what is out of all proportion",
			"Section 14. About the request, never about the person.",
			"vexatious",
		),
		Way("An exemption covers all of it", "The letter names it and says why.", "refusal"),
		Way("To say whether it is held would say too much", "You neither confirm nor deny.", "ncnd"),
	),
	"eir": (
		Way(
			"It is manifestly unreasonable",
			"Regulation 12(4)(b), also where it would cost far too much. You weigh the public interest.",
			"refusal",
			"reg 12(4)(b)",
		),
		Way("An exception covers all of it", "The letter names it and says why.", "refusal"),
		Way("To say whether it is held would say too much", "You neither confirm nor deny.", "ncnd"),
	),
	"sar": (Way("Everything in it is exempt", "The letter names why, as far as the law allows.", "refusal"),),
}


class RefuseDialog(Ask):
	"""Asks for the reason; nothing is recorded before its letter is marked as sent."""

	def __init__(self, parent: QWidget, request: Request) -> None:
		super().__init__(
			parent,
			"Why is the whole request refused?",
			"Nothing is recorded until the letter is marked as sent.",
			"Write the letter",
			width=520,
		)
		self._ways = WAYS[request.regime]
		self.ticks = [QRadioButton(one.words) for one in self._ways]
		self._group = QButtonGroup(self)
		for tick, one in zip(self.ticks, self._ways, strict=True):
			tick.setAccessibleDescription(one.hint)
			self._group.addButton(tick)
			self.add(box(col(tick, say(one.hint, "muted", wrap=True), gap=1)))
		self.ticks[0].setChecked(True)
		self.ticks[0].setFocus()

	def way(self) -> Way:
		"""Return the reason that is chosen."""
		return next(one for tick, one in zip(self.ticks, self._ways, strict=True) if tick.isChecked())
