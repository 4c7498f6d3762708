"""What a message may be decided as, shown beside it with its key. It decides nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.decision_ideas import Idea
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import Elided, key
from cranford_desktop.ui.parts.layouts import col, row

_WORDS = {
	"R": "Release",
	"D": "Release with redactions",
	"W": "Withhold",
	"N": "Not in scope",
	"P": "Private",
}


class DecideHint(QWidget):
	"""One idea at a time. `taken`: the clerk took it over, by a click."""

	taken = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.take = link("")
		self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		self.take.clicked.connect(self.taken)
		self._why = Elided("", "small")
		self.setLayout(col(row(key("T"), self.take, None, gap=6), row(self._why, None), gap=0))

	def show_idea(self, idea: Idea | None, *, changed: bool = False) -> None:
		"""Show an idea; `changed`: the message is another one than it was decided on."""
		self.setVisible(idea is not None)
		if idea is None:
			return
		codes = f", {', '.join(idea.exemptions)}" if idea.exemptions else ""
		words = f"{_WORDS[idea.letter]}{codes}"
		self.take.say(f"Decide again: {words}" if changed else f"It may be: {words}")
		self.take.setAccessibleName(f"{words}, key T. {idea.why}")
		self._why.setText("Changed since; both texts stand there" if changed else idea.why)
