"""What a letter still lacks, each with the way to mend it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.letter_rules import LetterProblem
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import box, clear, col, row

_STEPS = {
	"field": "Fill it in",
	"ground": "Write it",
	"wording": "Change it",
	"letter": "Change the letter",
}
_TASKS = {"pack": "Make the pack", "decide": "Decide"}


def step_words(where: str) -> str:
	"""Return the next step for a problem, as a verb."""
	kind, _, rest = where.partition(":")
	return _TASKS.get(rest, "Go there") if kind == "task" else _STEPS[kind]


class LetterProblems(QWidget):
	"""The list. `followed(str)`: where the problem is mended."""

	followed = Signal(str)

	def __init__(self) -> None:
		super().__init__()
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(8)
		self.stops: list[QWidget] = []
		"""The links, in order."""
		self.setAccessibleName("What the letter still lacks")

	def show_problems(self, problems: Sequence[LetterProblem]) -> None:
		"""Show what stops the letter, then what is worth a second look."""
		clear(self._box)
		self.stops = []
		self.setVisible(bool(problems))
		told = None
		for one in problems:
			if one.stops != told:
				told = one.stops
				self._box.addWidget(say("Still missing" if one.stops else "Worth a second look", "head", wrap=False))
			law = f" ({one.law})" if one.law else ""
			go = link(step_words(one.where), name=f"{step_words(one.where)}: {one.words}")
			go.clicked.connect(lambda _=False, where=one.where: self.followed.emit(where))
			self.stops.append(go)
			icon, ink = ("error_circle", "danger") if one.stops else ("warning", "warn")
			self._box.addWidget(
				box(
					row(
						col(Glyph(icon, ink), None, gap=0),
						(col(say(f"{one.words}{law}", wrap=True), None, gap=0), 1),
						col(go, None, gap=0),
						gap=8,
					)
				)
			)
