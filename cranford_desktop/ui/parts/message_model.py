"""The rows of a list over any number of messages: the ids of all of them, what is in sight read a page at a time.

A list may be grouped by day: a heading row then stands before each stretch of one day.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.chat_lines import kind_chips, message_line
from cranford_desktop.ui.parts.wording import count, day_words, short_day

PAGE = 100
KEPT_PAGES = 100
ROW = Qt.ItemDataRole.UserRole
"""Role under which a row's message is found, or its `DayCount` where it is a heading."""


class MessageModel(QAbstractTableModel):
	"""Never more than some thousand rows in memory."""

	def __init__(self, fetch: Callable[[Sequence[int]], list[MessageRow]], parent=None) -> None:
		super().__init__(parent)
		self._fetch = fetch
		self._ids: array[int] = array("q")
		self._runs: list[DayCount] = []
		self._heads: list[int] = []
		self._pages: OrderedDict[int, list[MessageRow]] = OrderedDict()
		self.elsewhere: dict[int, str] = {}
		"""By message: where else than in its own words a search's words stand."""
		self.unit = "message"
		"""What a heading counts: "message" or "hit"."""

	def set_ids(self, ids: "array[int]", runs: Sequence[DayCount] = ()) -> None:
		"""Show these messages; `runs`: the days they fall into, in their own order, to head them with."""
		self.beginResetModel()
		self._ids = ids
		self._pages.clear()
		self._runs = list(runs)
		self._heads = []
		at = 0
		for run in self._runs:
			self._heads.append(at)
			at += 1 + run.messages
		self.endResetModel()

	def forget(self) -> None:
		"""Read rows again when they are looked at next: names or texts may have changed."""
		self._pages.clear()
		if self._ids:
			self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

	@property
	def ids(self) -> "array[int]":
		"""All ids, in order."""
		return self._ids

	@property
	def runs(self) -> list[DayCount]:
		"""The days the list is grouped by; empty where it is not."""
		return self._runs

	@property
	def heads(self) -> list[int]:
		"""The rows that are headings, in order."""
		return self._heads

	def place(self, at: int) -> int:
		"""Return which message of the list a row is, from 0; -1 for a heading."""
		before = bisect_right(self._heads, at)
		if before and self._heads[before - 1] == at:
			return -1
		return at - before

	def row_at(self, place: int) -> int:
		"""Return the row of a message of the list."""
		if not self._heads:
			return place
		# the n-th heading stands before message (row of the heading − n)
		low, high = 0, len(self._heads)
		while low < high:
			middle = (low + high) // 2
			if self._heads[middle] - middle <= place:
				low = middle + 1
			else:
				high = middle
		return place + low

	def row_of(self, message_id: int) -> int:
		"""Return the row of a message by its id, -1 if it is not in the list."""
		try:
			return self.row_at(self._ids.index(message_id))
		except ValueError:
			return -1

	def message_id(self, at: int) -> int:
		"""Return the message of a row, 0 for a heading or no row."""
		place = self.place(at) if 0 <= at < self.rowCount() else -1
		return self._ids[place] if place >= 0 else 0

	def row(self, at: int) -> MessageRow | None:
		"""Return the message of a row; its page is read if need be."""
		place = self.place(at)
		if place < 0:
			return None
		number = place // PAGE
		if number not in self._pages:
			first = number * PAGE
			self._pages[number] = self._fetch(self._ids[first : first + PAGE])
			while len(self._pages) > KEPT_PAGES:
				self._pages.popitem(last=False)
		self._pages.move_to_end(number)
		page = self._pages[number]
		return page[place % PAGE] if place % PAGE < len(page) else None

	def heading(self, at: int) -> DayCount | None:
		"""Return the day a heading row stands for."""
		found = bisect_left(self._heads, at)
		return self._runs[found] if found < len(self._heads) and self._heads[found] == at else None

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._ids) + len(self._heads)

	def columnCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else 1

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid() or role not in (
			ROW,
			Qt.ItemDataRole.DisplayRole,
			Qt.ItemDataRole.AccessibleTextRole,
		):
			return None
		heading = self.heading(index.row()) if self._heads else None
		if heading is not None:
			return heading if role == ROW else f"{day_words(heading.day)}, {count(heading.messages, self.unit)}"
		row = self.row(index.row())
		if row is None or role == ROW:
			return row
		said = message_line(row, chips=kind_chips(row)).spoken
		elsewhere = self.elsewhere.get(row.id)
		return f"{short_day(row.sent_at.date())}, {said}{f' {elsewhere}' if elsewhere else ''}"

	def flags(self, index):
		if self._heads and self.place(index.row()) < 0:
			return Qt.ItemFlag.NoItemFlags
		return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
