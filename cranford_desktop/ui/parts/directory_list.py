"""The people of the directory as a list: one row a person, one sentence a row."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from cranford_desktop.domain.directory import DirectoryEntry
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.wording import count, day_words, short_day

_HEADS = ("Person", "Role", "Messages", "First seen", "Last seen", "Last export", "Read the policy")
_NAME, _ROLE = 150, 100
"""Pixels at 100 % that names and roles have at least."""
_LEFT_OUT = (3, 4, 6, 5)
"""The columns that are left out first where the list is narrow."""
ENTRY = Qt.ItemDataRole.UserRole


class DirectoryModel(QAbstractTableModel):
	"""All people; there are dozens, not thousands."""

	def __init__(self, parent=None) -> None:
		super().__init__(parent)
		self._entries: list[DirectoryEntry] = []

	def set_entries(self, entries: list[DirectoryEntry]) -> None:
		"""Show these people."""
		self.beginResetModel()
		self._entries = entries
		self.endResetModel()

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._entries)

	def columnCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(_HEADS)

	def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
		if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
			return _HEADS[section]
		if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section == 2:
			return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		return None

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid():
			return None
		one, column = self._entries[index.row()], index.column()
		if role == ENTRY:
			return one
		if role == Qt.ItemDataRole.DisplayRole:
			return _cell(one, column)
		if role == Qt.ItemDataRole.EditRole:  # what is sorted by
			return _sorted_by(one, column)
		if role == Qt.ItemDataRole.AccessibleTextRole:
			return sentence(one)
		if role == Qt.ItemDataRole.ToolTipRole and column == 0 and one.other_names:
			return "Also: " + ", ".join(one.other_names)
		if role == Qt.ItemDataRole.TextAlignmentRole and column == 2:
			return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		if role == Qt.ItemDataRole.FontRole and column == 0:
			return theme.font("strong")
		if role == Qt.ItemDataRole.ForegroundRole and (one.left_on is not None or column > 2):
			return theme.colour("muted")
		return None


def _cell(one: DirectoryEntry, column: int) -> str:
	if column == 2:
		return f"{one.messages:,}\u2003"  # under its heading, which leaves room for the sorting arrow
	days = (one.first_seen, one.last_seen, one.last_export, one.acknowledged)
	if column > 2:
		day = days[column - 3]
		return _short(day) if day is not None else "Never" if column == 5 and one.role else ""
	return one.name if column == 0 else role_words(one)


def _sorted_by(one: DirectoryEntry, column: int) -> str | int:
	if column == 2:
		return one.messages
	if column > 2:
		day = (one.first_seen, one.last_seen, one.last_export, one.acknowledged)[column - 3]
		return day.isoformat() if day is not None else ""
	return " ".join((one.name, *one.other_names, *one.numbers)).casefold() if column == 0 else role_words(one)


def _short(day) -> str:
	return short_day(day.date() if hasattr(day, "date") else day).split(" ", 1)[1]


def role_words(one: DirectoryEntry) -> str:
	"""Return today's role, or that they have left."""
	return f"Left {_short(one.left_on)}" if one.left_on is not None else one.role or ""


def sentence(one: DirectoryEntry) -> str:
	"""Return one plain sentence for a screen reader."""
	told = [f"{one.name}, {role_words(one) or 'no role'}", count(one.messages, "message")]
	if one.last_seen is not None:
		told.append(f"last seen {day_words(one.last_seen.date(), weekday=False)}")
	told.append(f"last export {day_words(one.last_export, weekday=False)}" if one.last_export else "no export yet")
	if one.acknowledged is not None:
		told.append("has read the policy")
	if one.other_names:
		told.append("also called " + ", ".join(one.other_names))
	return ", ".join(told)


class DirectoryList(QTreeView):
	"""`chosen(int)`: the person who is picked, 0 for nobody."""

	chosen = Signal(int)

	def __init__(self) -> None:
		super().__init__()
		self._model = DirectoryModel(self)
		self._sorted = QSortFilterProxyModel(self)
		self._sorted.setSourceModel(self._model)
		self._sorted.setSortRole(Qt.ItemDataRole.EditRole)
		self._sorted.setFilterRole(Qt.ItemDataRole.EditRole)
		self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
		self._sorted.setFilterKeyColumn(0)
		self.setModel(self._sorted)
		self.setRootIsDecorated(False)
		self.setUniformRowHeights(True)
		self.setSortingEnabled(True)
		self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
		self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
		self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		self.setAccessibleName("People")
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.header().setStretchLastSection(True)
		self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
		self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current()))

	def show_entries(self, entries: list[DirectoryEntry]) -> None:
		"""Show these people; who was picked stays picked, else the first."""
		kept = self.current()
		self._model.set_entries(entries)
		self.rescale()
		if not self.pick(kept) and self._sorted.rowCount():
			self.setCurrentIndex(self._sorted.index(0, 0))

	def current(self) -> int:
		"""Return who is picked, 0 for nobody."""
		entry = self.currentIndex().data(ENTRY)
		return entry.person_id if entry is not None else 0

	def found(self) -> int:
		"""Return how many people are shown."""
		return self._sorted.rowCount()

	def pick(self, person_id: int) -> bool:
		"""Pick a person; return whether they are in the list."""
		for at in range(self._sorted.rowCount()):
			if self._sorted.index(at, 0).data(ENTRY).person_id == person_id:
				self.setCurrentIndex(self._sorted.index(at, 0))
				self.scrollTo(self._sorted.index(at, 0))
				return True
		return False

	def narrow(self, words: str) -> None:
		"""Show only people one of whose names or numbers has these letters."""
		self._sorted.setFilterFixedString(" ".join(words.split()).casefold())
		if not self.currentIndex().isValid() and self._sorted.rowCount():
			self.setCurrentIndex(self._sorted.index(0, 0))

	def rescale(self) -> None:
		"""Share the room out among the columns; what has no room for its heading is left out."""
		room = self.viewport().width() - theme.px(_NAME + _ROLE)
		arrow = theme.px(14)
		for column in _LEFT_OUT:  # a hidden column does not say how wide its heading is
			self.setColumnHidden(column, False)
		day = QFontMetrics(theme.font("body")).horizontalAdvance("28 Nov 2026") + theme.px(24)
		heads = {column: self.header().sectionSizeHint(column) + arrow for column in range(2, len(_HEADS))}
		wide = {column: max(width, day if column > 2 else 0) for column, width in heads.items()}
		for column in _LEFT_OUT:
			out = sum(wide.values()) > room
			self.setColumnHidden(column, out)
			if out:
				del wide[column]
		for column, width in wide.items():
			self.setColumnWidth(column, width)
		over = max(0, room - sum(wide.values()))
		self.setColumnWidth(0, theme.px(_NAME) + over * 2 // 3)
		self.setColumnWidth(1, theme.px(_ROLE) + over // 4)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.rescale()
