"""Nothing found: what was tried, and what to try instead, each one click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import NothingFound
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import fact, say
from cranford_desktop.ui.parts.layouts import Item, clear, page
from cranford_desktop.ui.parts.search_words import idea_words, narrowed_by


class NothingPage(QFrame):
	"""`wanted(MessageFilter)`: another search was picked."""

	wanted = Signal(object)

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "pane")
		self.head = say("", "head", wrap=True)
		self._told = QVBoxLayout()
		self._told.setContentsMargins(0, 0, 0, 0)
		self._told.setSpacing(8)
		self._area: QScrollArea = page(self.head, self._told, width=560, gap=8, pad=(16, 24, 16, 16))
		self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._area)

	def begin(self, wanted: MessageFilter) -> None:
		"""Say at once that nothing was found; why and what else follows."""
		words = f"Nothing matched “{wanted.search}”." if wanted.search else "No message is left by these filters."
		self.head.setText(words)
		clear(self._told)
		narrowed = narrowed_by(wanted)
		if narrowed:
			self._told.addWidget(say(f"Narrowed to {'; '.join(narrowed)}.", "muted", wrap=True))

	def show_found(self, told: NothingFound) -> None:
		"""Say what was tried and offer what to try."""
		tried = [" or ".join((one.word, *(other.value for other in one.others))) for one in told.tried]
		items: list[Item] = []
		if tried:
			items.append(say(f"Tried: {'; '.join(tried)}.", "muted", wrap=True))
		if told.ideas or told.hints:
			items.append(say("You could", "strong", wrap=False))
		for idea in told.ideas:
			made = button(idea_words(idea))
			made.clicked.connect(lambda _=False, idea=idea: self.wanted.emit(idea.wanted))
			items.append(made)
		items += [fact("info", hint, "muted") for hint in told.hints]
		for item in items:
			if isinstance(item, QVBoxLayout) or not hasattr(item, "sizePolicy"):
				self._told.addLayout(item)
			else:
				self._told.addWidget(
					item, 0, Qt.AlignmentFlag.AlignLeft if hasattr(item, "clicked") else Qt.AlignmentFlag(0)
				)
