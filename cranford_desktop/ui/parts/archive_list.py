"""The list of the archive: how many, in which order, the messages by day; what to try where nothing was found."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.services.browsing import Browsing
from cranford_desktop.ui.parts.basics import Elided, button, col, frame, row, rule
from cranford_desktop.ui.parts.message_rows import ColumnHeads
from cranford_desktop.ui.parts.message_table import MessageList

OLDEST, NEWEST = "Oldest first", "Newest first"


class ListPane(QFrame):
	"""`order_changed`: the other way round is wanted."""

	order_changed = Signal()

	def __init__(self, browsing: Browsing, nothing: QWidget) -> None:
		super().__init__()
		self.setProperty("kind", "pane")
		self.newest_first = False
		self.counted = Elided("", "strong")
		self._order = button(OLDEST, "quiet", "arrow_sort_down_lines")
		self._order.clicked.connect(self._turn)
		self.list = MessageList(browsing.rows)
		self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
		self.heads = ColumnHeads(self.list)
		self.heads.hide()
		self._found = QStackedWidget()
		self._found.addWidget(self.list)
		self._found.addWidget(nothing)
		self.above = col(gap=4)
		"""Room over the count, for what belongs to the search."""
		top = frame(col(self.above, row(self.counted, None, self._order, gap=4), gap=2, pad=(16, 4, 10, 4)), "pane")
		self.setLayout(col(top, rule(), self.heads, (self._found, 1), gap=0))

	def show_found(self, ids: "array[int]", runs: Sequence[DayCount], *, hits: bool, counted: str) -> None:
		"""List these messages, or what to try where there are none."""
		self.list.set_ids(ids, runs, unit="hit" if hits else "message")
		self.counted.setText(counted)
		self._found.setCurrentIndex(0 if ids else 1)

	def set_table(self, wanted: bool) -> None:
		"""Show the list as a table with columns, or narrow."""
		self.list.set_table(wanted)
		self.heads.setVisible(wanted)

	def _turn(self) -> None:
		self.newest_first = not self.newest_first
		self._order.say(NEWEST if self.newest_first else OLDEST)
		self.order_changed.emit()
