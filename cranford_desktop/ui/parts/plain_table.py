"""A table to read: one sentence a row for a screen reader, heads that stay, columns that share the room."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

from cranford_desktop.ui import theme


def plain_table(name: str, heads: Sequence[str], *, wide: Sequence[int]) -> QTreeWidget:
	"""Return an empty table; the columns in `wide` take the room that the others leave."""
	made = QTreeWidget()
	made.setAccessibleName(name)
	made.setHeaderLabels(list(heads))
	made.setRootIsDecorated(False)
	made.setUniformRowHeights(True)
	made.setAllColumnsShowFocus(True)
	made.setFrameShape(QFrame.Shape.NoFrame)
	made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
	made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
	made.setTextElideMode(Qt.TextElideMode.ElideRight)
	head = made.header()
	head.setStretchLastSection(False)
	head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
	for at in range(len(heads)):
		mode = QHeaderView.ResizeMode.Stretch if at in wide else QHeaderView.ResizeMode.ResizeToContents
		head.setSectionResizeMode(at, mode)
	return made


def fill(table: QTreeWidget, rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> None:
	"""Show rows in place of those before; the first one is current."""
	table.clear()
	heads = [table.headerItem().text(at) for at in range(table.columnCount())]
	for cells in rows:
		item = QTreeWidgetItem(list(cells))
		item.setFont(0, theme.font("strong"))
		sentence = ", ".join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True) if cell) + "."
		for at, cell in enumerate(cells):
			item.setData(at, Qt.ItemDataRole.AccessibleTextRole, sentence)
			item.setToolTip(at, cell)
			if at in numbers:
				item.setTextAlignment(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
		table.addTopLevelItem(item)
	if rows:
		table.setCurrentItem(table.topLevelItem(0))
