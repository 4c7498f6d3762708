"""A list over any number of messages, narrow beside a conversation or wide as a table; both are this one view, so that
what is selected stays selected.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.message_model import KEPT_PAGES, PAGE, MessageModel
from cranford_desktop.ui.parts.message_rows import MessageDelegate

__all__ = ["KEPT_PAGES", "PAGE", "MessageList"]

Spans = list[tuple[int, int]]


class MessageList(QTableView):
	"""The list. `picked(id)` when another message becomes the current one (0: none), `opened(id)` on Enter."""

	picked = Signal(int)
	opened = Signal(int)

	def __init__(
		self, fetch: Callable[[Sequence[int]], list[MessageRow]], *, several: bool = True, name: str = "Messages found"
	) -> None:
		super().__init__()
		self.by_keyboard = False
		self.name_groups = False
		self.as_table = False
		self._tall: list[int] = []
		self.spans: Callable[[str], Spans] = lambda _text: []
		self._model = MessageModel(fetch, self)
		self.setModel(self._model)
		self.setItemDelegate(MessageDelegate(self))
		self.horizontalHeader().hide()
		self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
		self.verticalHeader().hide()
		self.verticalHeader().setMinimumSectionSize(8)
		self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
		self.setShowGrid(False)
		self.setWordWrap(False)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setMouseTracking(True)
		self.setTabKeyNavigation(False)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
		mode = QAbstractItemView.SelectionMode
		self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
		self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
		self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		self.setAccessibleName(name)
		self.selectionModel().currentChanged.connect(self._moved)
		self.rescale()

	# how it looks
	def row_height(self) -> int:
		"""Return the one height of all rows of messages."""
		body = QFontMetricsF(theme.font("body"))
		if self.as_table:
			return round(body.height() + 18)
		return round(QFontMetricsF(theme.font("strong")).height() + 2 * body.height() * 1.14 + 16)

	def _head_height(self) -> int:
		return round(QFontMetricsF(theme.font("label")).height() + 12)

	@property
	def grouped(self) -> bool:
		"""Whether days head the list."""
		return bool(self._model.heads)

	@property
	def unit(self) -> str:
		"""What headings count."""
		return self._model.unit

	def set_table(self, wanted: bool) -> None:
		"""Show one line a message in columns, or two lines a message; what is selected and in sight stays."""
		if self.as_table == wanted:
			return
		self.as_table = wanted
		self.rescale()
		if self.currentIndex().isValid():
			self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

	def rescale(self) -> None:
		"""Follow the text size."""
		self.verticalHeader().setDefaultSectionSize(self.row_height())
		self._size_heads()

	def _size_heads(self) -> None:
		header, height = self.verticalHeader(), self._head_height()
		header.setUpdatesEnabled(False)  # one layout at the end: else every heading measures the whole list
		header.blockSignals(True)
		for at in self._tall:  # what was a heading in another list
			if at < header.count():
				header.resizeSection(at, self.row_height())
		self._tall = list(self._model.heads)
		for at in self._tall:
			header.resizeSection(at, height)
		header.blockSignals(False)
		header.setUpdatesEnabled(True)
		self.updateGeometries()
		self.viewport().update()

	# what is listed
	def set_ids(self, ids: "array[int]", runs: Sequence[DayCount] = (), *, unit: str = "message") -> None:
		"""Show these messages, from the top, grouped by day where their days are known."""
		self._model.unit = unit
		self._model.set_ids(ids, runs)
		self._size_heads()
		self.scrollToTop()

	def set_runs(self, runs: Sequence[DayCount], *, unit: str = "message") -> None:
		"""Group what is shown by day; what is current, selected and in sight stays so."""
		current, chosen = self.current(), self.chosen() if len(self.selectionModel().selectedRows()) < PAGE else []
		model = self.selectionModel()
		model.blockSignals(True)
		self.set_ids(self._model.ids, runs, unit=unit)
		if current:
			self.show_message(current)
			self.select(chosen)
		model.blockSignals(False)
		self.viewport().update()

	@property
	def elsewhere(self) -> dict[int, str]:
		"""By message: where else than in its own words a search's words stand; shown in their place."""
		return self._model.elsewhere

	def forget(self) -> None:
		"""Read rows again when they are looked at next."""
		self._model.forget()

	@property
	def ids(self) -> "array[int]":
		"""All ids, in order."""
		return self._model.ids

	@property
	def runs(self) -> list[DayCount]:
		"""The days the list is grouped by."""
		return self._model.runs

	def current(self) -> int:
		"""Return the current message, 0 for none."""
		return self._model.message_id(self.currentIndex().row())

	def position(self) -> int:
		"""Return where the current message stands, from 1; 0 for none."""
		at = self.currentIndex().row()
		return self._model.place(at) + 1 if at >= 0 else 0

	def chosen(self) -> list[int]:
		"""Return the selected messages, in order."""
		rows = sorted(index.row() for index in self.selectionModel().selectedRows())
		return [one for one in map(self._model.message_id, rows) if one]

	def select(self, message_ids: Sequence[int]) -> None:
		"""Select these messages, as far as they are listed; the current one stays."""
		flag = QItemSelectionModel.SelectionFlag
		picked = QItemSelection()
		for one in message_ids:
			at = self._model.row_of(one)
			if at >= 0:
				picked.select(self._model.index(at, 0), self._model.index(at, 0))
		if not picked.isEmpty():
			self.selectionModel().select(picked, flag.ClearAndSelect)

	def show_message(self, message_id: int) -> bool:
		"""Make a message the current one; return whether it is in the list."""
		at = self._model.row_of(message_id)
		if at >= 0:
			self._go(at)
		return at >= 0

	def go_to(self, place: int) -> None:
		"""Make a message the current one by its place in the list, from 0."""
		self._go(self._model.row_at(place))

	def go_to_day(self, day: date) -> date | None:
		"""Make the first message of a day the current one, or of the nearest day listed; return which day it is."""
		runs = self._model.runs
		if not runs:
			return None
		rising = runs[0].day <= runs[-1].day
		days = [one.day for one in runs] if rising else [one.day for one in reversed(runs)]
		at = bisect_left(days, day)
		near = min((one for one in (at - 1, at) if 0 <= one < len(days)), key=lambda one: abs(days[one] - day))
		row = self._model.heads[near if rising else len(days) - 1 - near]
		self._go(row + 1)
		self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
		return days[near]

	def _go(self, at: int) -> None:
		index = self._model.index(at, 0)
		self.setCurrentIndex(index)
		self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

	def step(self, by: int) -> None:
		"""Move to the next (1) or previous (-1) message; at the ends it stays."""
		if self._model.ids:
			self.go_to(min(max(0, self.position() - 1 + by), len(self._model.ids) - 1))

	def moveCursor(self, action, modifiers):
		"""Pass by the headings: they are no messages."""
		index = super().moveCursor(action, modifiers)
		if index.isValid() and self._model.place(index.row()) < 0:
			up = index.row() < self.currentIndex().row() and index.row() > 0
			index = self._model.index(index.row() + (-1 if up else 1), 0)
		return index

	def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
		self.picked.emit(self._model.message_id(current.row()))

	def mousePressEvent(self, event):
		self.by_keyboard = False
		super().mousePressEvent(event)

	def mouseDoubleClickEvent(self, event):
		super().mouseDoubleClickEvent(event)
		if self.current():
			self.opened.emit(self.current())

	def keyPressEvent(self, event):
		self.by_keyboard = True
		if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
			self.opened.emit(self.current())
			return
		super().keyPressEvent(event)

	def focusInEvent(self, event):
		reason = Qt.FocusReason
		self.by_keyboard = event.reason() in (
			reason.TabFocusReason,
			reason.BacktabFocusReason,
			reason.ShortcutFocusReason,
			reason.OtherFocusReason,  # a search leads here
		)
		if not self.currentIndex().isValid() and self._model.ids:
			self.go_to(0)
		super().focusInEvent(event)

	def keyboardSearch(self, search):
		"""Letters never jump: that would read every message."""
