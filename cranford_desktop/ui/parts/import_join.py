"""Several exports that look like one conversation: figures, who covers which months, join or keep apart."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton

from cranford_desktop.domain.coverage import GroupCoverage
from cranford_desktop.domain.importing import Conversation
from cranford_desktop.ui.parts.coverage_table import CoverageView
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, clear, col, row
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class JoinCard(QFrame):
	"""`decided(apart)`: she said whether the files stay apart."""

	decided = Signal(bool)

	def __init__(self, talk: Conversation, coverage: GroupCoverage, *, known: bool, apart: bool) -> None:
		"""Take the conversation; `known`: it is a registered group that these files go on with."""
		super().__init__()
		files = len(talk.previews)
		if known and not talk.on_several_phones:
			head = f"{'This is' if files == 1 else 'These are'} called {talk.group}, as a group you have already"
		elif known:
			many = "This looks" if files == 1 else f"These {_many(files)} look"
			head = f"{many} like {talk.group}, which you have already"
		else:
			head = f"These {_many(files)} look like one conversation"
		shared = count(talk.on_several_phones, "message appears", "messages appear")
		self._said = f"{shared} on at least two phones. Each message is kept once, with a note of who had it."
		if not talk.on_several_phones:
			self._said = "They have no message in common: they may cover different times, or be two groups of one name."
		self.number = 0
		self._place = col(gap=0)
		self.show_coverage(coverage)
		self.join = QRadioButton("Join them (recommended)" if files > 1 else f"Add it to {talk.group}")
		self.apart = QRadioButton("Keep them apart" if files > 1 else "Keep it apart")
		group = QButtonGroup(self)
		for one in (self.join, self.apart):
			one.setAccessibleName(one.text())
			group.addButton(one)
		(self.apart if apart else self.join).setChecked(True)
		self.apart.toggled.connect(self.decided)
		answer = box(row(self.join, self.apart, None, gap=20))
		items: list[Item] = [Columns((say(head, "head", wrap=True), 1), answer, gap=8, fold=720), self._place]
		outer = col(card(*items, gap=3, pad=(20, 8, 20, 8)), gap=0)
		self.setLayout(outer)

	def show_coverage(self, coverage: GroupCoverage) -> None:
		"""Draw who covers which months."""
		if self._place.count() and coverage == self._shown:
			return
		self._shown = coverage
		clear(self._place)
		self.view = CoverageView(coverage, note=self._said, low=True)
		self._place.addWidget(self.view)


def _many(number: int) -> str:
	return _NUMBERS[number].lower() if number < len(_NUMBERS) else str(number)
