"""The list of the archive: how many, in which order, the messages by day; what to try where nothing was found."""

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.labels import Elided
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.message_rows import ColumnHeads
from cranford_desktop.ui.parts.message_table import MessageList
from cranford_desktop.ui.parts.search_extras import SearchExtras

OLDEST, NEWEST = "Oldest first", "Newest first"


class ListPane(QFrame):
	"""`order_changed`: the other way round is wanted."""

	order_changed = Signal()

	def __init__(
		self, fetch: Callable[[Sequence[int]], list[MessageRow]], saved: QWidget, extras: SearchExtras, nothing: QWidget
	) -> None:
		"""Take what reads messages, what stands over the count, and what is shown where nothing was found."""
		super().__init__()
		self.setProperty("kind", "pane")
		self.newest_first = False
		self.counted = Elided("", "strong")
		self._order = button(OLDEST, "quiet", "arrow_sort_down_lines")
		self._order.clicked.connect(self._turn)
		self.list = MessageList(fetch)
		self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
		self.heads = ColumnHeads(self.list)
		self.heads.hide()
		self._found = QStackedWidget()
		self._found.addWidget(self.list)
		self._found.addWidget(nothing)
		self._extras = extras
		self._about = link("About this search")
		self._about.setCheckable(True)
		self._about.toggled.connect(lambda _on: self._fit())
		self._short = False
		above = col(saved, extras, gap=4)
		top = frame(
			col(above, row(self.counted, 4, self._about, None, self._order, gap=4), gap=2, pad=(16, 4, 10, 4)), "pane"
		)
		self.setLayout(col(top, rule(), self.heads, (self._found, 1), gap=0))

	def show_found(self, ids: "array[int]", runs: Sequence[DayCount], *, hits: bool, counted: str) -> None:
		"""List these messages, or what to try where there are none."""
		self.list.set_ids(ids, runs, unit="hit" if hits else "message")
		self.counted.setText(counted)
		self._found.setCurrentIndex(0 if ids else 1)
		self._fit()

	def set_short(self, short: bool) -> None:
		"""Put what is said of a search behind a button where there is no height for it."""
		if self._short != short:
			self._short = short
			self._fit()

	def _fit(self) -> None:
		told = self._extras.told
		self._extras.setVisible(told and (not self._short or self._about.isChecked()))
		self._about.setVisible(told and self._short)

	def set_table(self, wanted: bool) -> None:
		"""Show the list as a table with columns, or narrow."""
		self.list.set_table(wanted)
		self.heads.setVisible(wanted)

	def _turn(self) -> None:
		self.newest_first = not self.newest_first
		self._order.say(NEWEST if self.newest_first else OLDEST)
		self.order_changed.emit()
