"""The list of step names at the left of a flow: done, here, to come."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from cranford_desktop.ui.parts.labels import Glyph, dress, say
from cranford_desktop.ui.parts.layouts import Item, col, frame, row


class Steps:
	"""Real step names; `frame` is the panel, `show` marks where she is."""

	def __init__(self, head: str, names: Sequence[str]) -> None:
		self._names = list(names)
		self._glyphs = [Glyph("circle", "border") for _ in names]
		self._words: list[QLabel] = [say(name, wrap=False) for name in names]
		items: list[Item] = [say(head, "label", wrap=True), 6]
		items += [row(glyph, (words, 1), gap=8) for glyph, words in zip(self._glyphs, self._words, strict=True)]
		self.frame = frame(col(*items, None, gap=10, pad=(20, 20, 16, 16)), "side", 232)

	def show(self, at: int) -> None:
		"""Mark a step as the one she is at."""
		for step, (glyph, words) in enumerate(zip(self._glyphs, self._words, strict=True)):
			if step < at:
				glyph.show_icon("checkmark_circle", "accent")
			else:
				glyph.show_icon("record:filled" if step == at else "circle", "accent" if step == at else "border")
			dress(words, "role", "strong" if step == at else "body" if step < at else "muted")
			state = "done" if step < at else "you are here" if step == at else "to come"
			words.setAccessibleName(f"{self._names[step]}, {state}")
