"""The register of official groups, as a table."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStackedWidget, QTreeView, QVBoxLayout, QWidget

from cranford_desktop.domain.membership import Membership
from cranford_desktop.domain.messages import Group
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.group_words import members_now, short_date
from cranford_desktop.ui.parts.icons import icon
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, frame
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.wording import count

_HEADS = ("Group", "Official since", "Run by", "Members", "Messages", "First", "Last", "To look at")
_GROUP = Qt.ItemDataRole.UserRole
_NARROW, _LEFT_OUT = 640, (1, 2, 5)
"""Pixels at 100 % below which the table leaves columns out: the group's page has them."""


class GroupRegister(QWidget):
	"""A row for each official group. `opened(int)`: a group's number; `adding`: a new one."""

	opened = Signal(int)
	adding = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.model = QStandardItemModel(0, len(_HEADS), self)
		self.table = self._build_table()
		self.add = button("Register a group", "primary", "add")
		self.add.clicked.connect(self.adding.emit)
		register = button("Register a group", "primary", "add")
		register.clicked.connect(self.adding.emit)
		note = say(
			"Only these chats are taken as council business. An export of any other chat is asked about first.",
			"muted",
			wrap=True,
		)
		self._table_card = frame(col((self.table, 1), gap=0, pad=(8, 4, 8, 4)), "card")
		full = QWidget()
		full.setLayout(col(note, (self._table_card, 1), gap=10, pad=(24, 14, 24, 20)))
		self._stack = QStackedWidget()
		self._stack.addWidget(full)
		self._stack.addWidget(
			empty("chat_multiple", "No official group yet. The first import registers one.", register)
		)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)

	def _build_table(self) -> QTreeView:
		table = QTreeView()
		table.setModel(self.model)
		table.setRootIsDecorated(False)
		table.setUniformRowHeights(True)
		table.setFrameShape(QFrame.Shape.NoFrame)
		table.setAllColumnsShowFocus(True)
		table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
		table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		table.setAccessibleName("Official groups")
		table.activated.connect(self._open)
		table.clicked.connect(self._open)
		head = table.header()
		head.setStretchLastSection(False)
		head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
		return table

	def _open(self, index) -> None:
		number = index.siblingAtColumn(0).data(_GROUP)
		if number is not None:
			self.opened.emit(number)

	def show_groups(self, groups: Sequence[Group], members: Mapping[int, Membership]) -> None:
		"""Show the register; members that have not been worked out yet show as "…"."""
		kept = self.table.currentIndex().row()
		self.model.clear()
		self.model.setHorizontalHeaderLabels(list(_HEADS))
		for group in groups:
			self.model.appendRow(_cells(group, members.get(group.id)))
		# Not through horizontalHeaderItem: clear() deletes such an item, and Python would go on holding it.
		for column in (3, 4):
			self.model.setHeaderData(
				column,
				Qt.Orientation.Horizontal,
				Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
				Qt.ItemDataRole.TextAlignmentRole,
			)
		self._stack.setCurrentIndex(0 if groups else 1)
		self.add.setVisible(bool(groups))
		if groups:
			self.table.setCurrentIndex(self.model.index(max(0, min(kept, len(groups) - 1)), 0))
		self._share()

	def _share(self) -> None:
		"""Give the names what the short columns leave."""
		head = self.table.header()
		for column in range(len(_HEADS)):
			stretch = column in (0, 2)
			mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.ResizeToContents
			head.setSectionResizeMode(column, mode)
		odd = any(self.model.index(row, 7).data() for row in range(self.model.rowCount()))
		self.table.setColumnHidden(7, not odd)
		narrow = self.width() < theme.px(_NARROW)
		for column in _LEFT_OUT:
			self.table.setColumnHidden(column, narrow)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._share()


def _cells(group: Group, membership: Membership | None) -> list[QStandardItem]:
	first, last = (short_date(at.date()) if at else "–" for at in (group.first, group.last))
	since = short_date(group.since) if group.since else "not recorded"
	members = f"{members_now(membership):,}" if membership is not None else "…"
	odd = len(membership.disagreements) if membership is not None else 0
	texts = (
		group.name,
		since,
		group.admin or "not recorded",
		f"{members}\u2003",  # under their headings, which leave room for a sorting arrow
		f"{group.messages:,}\u2003",
		first,
		last,
		count(odd, "thing") if odd else "",
	)
	cells = [QStandardItem(text) for text in texts]
	cells[0].setFont(theme.font("strong"))
	cells[0].setData(group.id, _GROUP)
	for at in (0, 2):
		cells[at].setToolTip(texts[at])
	for at, known in ((1, group.since), (2, group.admin)):
		if not known:
			cells[at].setForeground(theme.colour("muted"))
	for at in (3, 4):
		cells[at].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
	told = f" {count(odd, 'thing')} to look at." if odd else ""
	if odd:
		cells[7].setIcon(icon("warning:filled", "warn"))
	cells[0].setData(
		f"{group.name}, official since {since}, run by {texts[2]}, {members} members, "
		f"{count(group.messages, 'message')}, {first} to {last}.{told}",
		Qt.ItemDataRole.AccessibleTextRole,
	)
	return cells
