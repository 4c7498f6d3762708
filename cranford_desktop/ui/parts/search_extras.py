"""What stands between the search box and the list: other endings that match, ideas, what was not searched."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import Idea, NotSearched, WordForms
from cranford_desktop.ui.parts.controls import Button, button
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import clear, col
from cranford_desktop.ui.parts.search_words import idea_words, not_searched_words

_FORMS, _IDEAS = 6, 3
"""Most word forms and ideas shown: what matters is the list."""


class SearchExtras(QWidget):
	"""`dropped(word)`, `taken_back(word)`: a word of the same stem is not meant, is meant after all; `exact(bool)`;
	`wanted(MessageFilter)`: another search was picked.
	"""

	dropped = Signal(str)
	taken_back = Signal(str)
	exact = Signal(bool)
	wanted = Signal(object)

	def __init__(self) -> None:
		super().__init__()
		self.exactly = QCheckBox("Exact words only")
		self.exactly.toggled.connect(self.exact)
		self._forms = Flow()
		self._ideas = Flow()
		self._unsearched = say("", "small", wrap=True)
		self._unsearched.hide()
		self.told = False
		"""Whether there is anything to say: something is searched for."""
		self.setLayout(col(self._forms, self._ideas, self._unsearched, gap=4))
		self.hide()

	def begin(self, wanted: MessageFilter) -> None:
		"""Forget what was said of another search."""
		self.exactly.blockSignals(True)
		self.exactly.setChecked(wanted.exact)
		self.exactly.blockSignals(False)
		self.told = bool(wanted.search)
		clear_but(self._forms, self.exactly)
		clear(self._ideas)
		self._unsearched.hide()
		if wanted.search:
			self._forms.addWidget(self.exactly)

	def show_forms(self, forms: Sequence[WordForms]) -> None:
		"""Show which other words match as well, each to be taken out, and those that were."""
		clear_but(self._forms, self.exactly)
		others = [one.value for form in forms for one in form.others]
		out = [word for form in forms for word in form.dropped]
		if others:
			self._forms.addWidget(say("Also matching", "small", wrap=False))
		for word in others[:_FORMS]:
			made = _small(word, "chip", "dismiss", f"Also matching {word}: take it out")
			made.clicked.connect(lambda _=False, word=word: self.dropped.emit(word))
			self._forms.addWidget(made)
		if len(others) > _FORMS:
			self._forms.addWidget(say(f"and {len(others) - _FORMS:,} more", "small", wrap=False))
		for word in out:
			made = _small(f"not {word}", "idea", "add", f"{word} is left out: take it back in")
			made.clicked.connect(lambda _=False, word=word: self.taken_back.emit(word))
			self._forms.addWidget(made)
		self._forms.addWidget(self.exactly)

	def show_ideas(self, ideas: Sequence[Idea]) -> None:
		"""Offer other words to try; nothing is tried by itself."""
		clear(self._ideas)
		if ideas:
			self._ideas.addWidget(say("Try also", "small", wrap=False))
		for idea in ideas[:_IDEAS]:
			made = _small(idea_words(idea), "idea", None, f"Try {idea_words(idea)}")
			made.clicked.connect(lambda _=False, idea=idea: self.wanted.emit(idea.wanted))
			self._ideas.addWidget(made)

	def show_not_searched(self, told: NotSearched) -> None:
		"""Say what words could not find."""
		words = not_searched_words(told)
		self._unsearched.setText(words)
		self._unsearched.setVisible(bool(words))


def clear_but(layout: Flow, kept: QWidget) -> None:
	"""Take everything out of a layout and let it go, but for one part that is used again."""
	layout.removeWidget(kept)
	clear(layout)


def _small(words: str, kind: str, ic: str | None, name: str) -> Button:
	return button(words, kind, ic, name=name)
