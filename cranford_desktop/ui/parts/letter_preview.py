"""A letter as it will be printed, on white paper: what is not filled in yet is marked."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.domain.letters import Block, Filled, Run, subject_after
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Tall, box, clear, col, frame, row, scroller

_ROLES = {"heading": "head", "subhead": "strong"}
_INDENT = 16


class LetterPreview(QWidget):
	"""The letter, paragraph by paragraph; a screen reader reads them one by one."""

	def __init__(self) -> None:
		super().__init__()
		self._said: list[str] = []
		self._lines = QVBoxLayout()
		self._lines.setContentsMargins(28, 24, 28, 28)
		self._lines.setSpacing(0)
		paper = frame(None, "paper")
		paper.setLayout(self._lines)
		paper.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		theme.scaled(paper, "setMaximumWidth", 720)
		inner = Tall()
		outer = QVBoxLayout(inner)
		outer.setContentsMargins(20, 16, 20, 20)
		outer.addLayout(row(None, (paper, 1000), None, gap=0))
		outer.addStretch(1)
		self.area: QScrollArea = scroller(inner)
		self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
		self.area.setAccessibleName("The letter as it will be printed")
		self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setLayout(row(self.area))

	def show_letter(self, letter: Filled, council: str) -> None:
		"""Show a letter; where it is read stays where it is."""
		at = self.area.verticalScrollBar().value()
		clear(self._lines)
		self._said = [council]
		self._lines.addWidget(say(council, "head", wrap=True))
		before: Block | None = None
		greeted = subject_after(letter.blocks)
		if greeted < 0:
			self._add_subject(letter.subject)
		for at_block, one in enumerate(letter.blocks):
			self._lines.addSpacing(0 if one.goes_on(before) else theme.px(10))
			self._add(one)
			if at_block == greeted:
				self._add_subject(letter.subject)
			before = one
		self.area.verticalScrollBar().setValue(at)

	def text(self) -> str:
		"""Return the words on the paper."""
		return "\n".join(self._said)

	def _add_subject(self, subject: Sequence[Run]) -> None:
		self._lines.addSpacing(theme.px(10))
		words = _words(subject, "strong")
		self._lines.addWidget(words)
		self._said.append(words.accessibleName())

	def _add(self, one: Block) -> None:
		words = _words(one.runs, _ROLES.get(one.kind, "body"), slanted=one.kind == "quote")
		if one.kind == "quote":
			words.setContentsMargins(theme.px(_INDENT), 2, 0, 2)
		if one.kind == "point":
			self._lines.addWidget(
				box(row(col(say("–", wrap=False), None, gap=0), (words, 1), gap=8, pad=(_INDENT, 2, 0, 2)))
			)
		else:
			self._lines.addWidget(words)
		self._said.append(words.accessibleName())


def _words(runs: Sequence[Run], role: str, *, slanted: bool = False) -> QWidget:
	"""Return a paragraph; what is missing stands on the colour of a search hit, in square brackets."""
	made = say("", role, wrap=True)
	made.setTextFormat(Qt.TextFormat.RichText)
	ground, ink = theme.colour("hit-soft").name(), theme.colour("hit").name()
	parts = [
		f"<span style='background-color:{ground};color:{ink}'>{html.escape(run.text)}</span>"
		if run.missing
		else html.escape(run.text)
		for run in runs
	]
	text = "".join(parts)
	made.setText(f"<i>{text}</i>" if slanted else text)
	made.setAccessibleName("".join(run.text for run in runs))
	made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
	return made
