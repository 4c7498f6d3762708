"""The rows of a chat view, as Qt's model."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from cranford_desktop.ui.parts.chat_lines import ChatLine

LINE = Qt.ItemDataRole.UserRole
"""Role under which a row's `ChatLine` is found."""


class ChatModel(QAbstractListModel):
	"""The rows of a chat view."""

	def __init__(self, parent=None) -> None:
		super().__init__(parent)
		self._lines: list[ChatLine] = []
		self._rows: dict[int, int] = {}

	def set_lines(self, lines: Sequence[ChatLine]) -> None:
		"""Show other rows."""
		self.beginResetModel()
		self._lines = list(lines)
		self._count()
		self.endResetModel()

	def splice(self, lines: Sequence[ChatLine]) -> None:
		"""Show a window that moved along the same conversation: rows that stay keep their selection."""
		fresh = list(lines)
		shared = [line.message_id for line in fresh if line.message_id in self._rows]
		places = {line.message_id: at for at, line in enumerate(fresh) if line.message_id}
		if not shared:
			self.set_lines(fresh)
			return
		first, last = self._rows[shared[0]], self._rows[shared[-1]]
		start, end = places[shared[0]], places[shared[-1]]
		if last - first != end - start:
			self.set_lines(fresh)
			return
		self._change(last + 1, len(self._lines), fresh[end + 1 :])
		self._change(0, first, fresh[:start])
		self._lines[start : end + 1] = fresh[start : end + 1]

	def _change(self, start: int, end: int, fresh: list[ChatLine]) -> None:
		"""Put other rows in the place of some at one end."""
		if end > start:
			self.beginRemoveRows(QModelIndex(), start, end - 1)
			del self._lines[start:end]
			self._count()
			self.endRemoveRows()
		if fresh:
			self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
			self._lines[start:start] = fresh
			self._count()
			self.endInsertRows()

	def _count(self) -> None:
		self._rows = {line.message_id: at for at, line in enumerate(self._lines) if line.message_id}

	def put_line(self, line: ChatLine) -> None:
		"""Put a row in place of the one of its message, which must be among the rows. The view says what changed:
		`dataChanged` lays out every row anew.
		"""
		self._lines[self._rows[line.message_id]] = line

	def line(self, at: int) -> ChatLine:
		"""Return one row."""
		return self._lines[at]

	@property
	def lines(self) -> list[ChatLine]:
		"""All rows, in order."""
		return self._lines

	def row_of(self, message_id: int) -> int:
		"""Return the row of a message, -1 if it is not shown."""
		return self._rows.get(message_id, -1)

	def message_ids(self) -> list[int]:
		"""Return the messages shown, in order."""
		return list(self._rows)

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._lines)

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid() or not 0 <= index.row() < len(self._lines):
			return None
		line = self._lines[index.row()]
		if role == LINE:
			return line
		if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
			return line.spoken
		return None

	def flags(self, index):
		if self._lines[index.row()].kind == "day":
			return Qt.ItemFlag.NoItemFlags
		return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
