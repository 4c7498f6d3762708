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
		self._rows = {line.message_id: at for at, line in enumerate(self._lines) if line.message_id}
		self.endResetModel()

	def replace_line(self, line: ChatLine) -> None:
		"""Show a row anew after a decision; its message must be among the rows."""
		at = self._rows[line.message_id]
		self._lines[at] = line
		self.dataChanged.emit(self.index(at), self.index(at))

	def line(self, at: int) -> ChatLine:
		"""Return one row."""
		return self._lines[at]

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
