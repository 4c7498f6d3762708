"""What a list of people shows where no name has the letters that were typed: where else to look, and the way back."""

from PySide6.QtCore import Qt, Signal

from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import col
from cranford_desktop.ui.parts.patterns import Empty, centre


class NobodyFound(Empty):
	"""`elsewhere`: look in the other list; `everybody`: show all again."""

	elsewhere = Signal()
	everybody = Signal()

	def __init__(self) -> None:
		glyph = Glyph("search", "edge", 48)
		super().__init__(glyph)
		self.words = say("", "head", wrap=True)
		self.hint = say("", "muted", wrap=True)
		for one in (self.words, self.hint):
			one.setAlignment(Qt.AlignmentFlag.AlignCenter)
		self.other = button("")
		self.other.clicked.connect(self.elsewhere.emit)
		self.all = link("Show everybody")
		self.all.clicked.connect(self.everybody.emit)
		layout = col(None, glyph, 4, self.words, self.hint, 4, self.other, self.all, None, gap=6, pad=14)
		centre(layout)
		self.setLayout(layout)

	def show_words(self, words: str, hint: str = "", verb: str = "") -> None:
		"""Say what was not found, what helps, and the words of the button that leads to the other list."""
		self.words.setText(words)
		self.hint.setText(hint)
		self.hint.setVisible(bool(hint))
		self.other.say(verb)
		self.other.setVisible(bool(verb))
