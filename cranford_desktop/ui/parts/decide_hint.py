"""What a message may be decided as, shown beside it: an idea with its key, or what changed since it was decided."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.decision_ideas import Idea
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import key, say
from cranford_desktop.ui.parts.layouts import col, frame, row

_WORDS = {
	"R": "Release",
	"D": "Release with redactions",
	"W": "Withhold",
	"N": "Not in scope",
	"P": "Private: not the council’s record",
}
MOST_LETTERS = 1_200
"""Of each wording that is shown; the whole message stands in the middle."""


class DecideHint(QWidget):
	"""One idea at a time. It decides nothing: `taken` is the clerk's own key or click."""

	taken = Signal()

	def __init__(self) -> None:
		super().__init__()
		self._head = say("", "label", wrap=True)
		self._then = say("", wrap=True)
		self._now = say("", wrap=True)
		self._why = say("", "muted", wrap=True)
		self.take = button("")
		self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		self.take.clicked.connect(self.taken)
		inner = col(self._head, self._then, self._now, self._why, row(key("T"), self.take, None, gap=8), gap=4, pad=10)
		self.setLayout(col(frame(inner, "card"), gap=0))

	def show_idea(self, idea: Idea | None, then: str | None = None, now: str | None = None) -> None:
		"""Show an idea; `then` and `now`: what the message said when it was decided on, and what it says today."""
		self.setVisible(idea is not None)
		if idea is None:
			return
		changed = now is not None
		self._head.setText("Changed since you decided" if changed else "It may be")
		self._then.setText(
			f"You decided on: “{_cut(then)}”" if then else "You decided on words that are not held any more."
		)
		self._then.setVisible(changed)
		self._now.setText(f"Now it says: “{_cut(now)}”" if now else "Now it has no words.")
		self._now.setVisible(changed)
		codes = f", {', '.join(idea.exemptions)}" if idea.exemptions else ""
		self._why.setText(f"{idea.why}.")
		self._why.setVisible(not changed)
		verb = f"Decide again: {_WORDS[idea.letter]}" if changed else f"{_WORDS[idea.letter]}{codes}"
		self.take.say(f"{verb}{'…' if idea.letter == 'W' else ''}")
		self.take.setAccessibleName(f"{verb}, key T. {idea.why}")


def _cut(text: str) -> str:
	return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"
