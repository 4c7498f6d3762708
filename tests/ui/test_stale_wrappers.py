"""Python holds on to nothing that Qt takes away by itself: a rest of it, met at the same address, ends the program."""

from datetime import datetime

import shiboken6
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QScrollBar, QTreeView, QVBoxLayout, QWidget

from cranford_desktop.domain.messages import Group
from cranford_desktop.ui.parts.group_register import GroupRegister
from cranford_desktop.ui.within import widgets_within


def held(kind: type) -> int:
	"""Return how many things of a kind Python holds on to."""
	return sum(isinstance(one, kind) for one in shiboken6.Shiboken.getAllValidWrappers())


def test_looking_at_what_is_inside_holds_on_to_no_scroll_bar(dressed, qtbot) -> None:
	root, other = QWidget(), QWidget()
	for one in (root, other):
		qtbot.addWidget(one)
	tree = QTreeView()
	QVBoxLayout(root).addWidget(tree)
	before = held(QScrollBar)
	found = widgets_within(root)
	assert tree in found
	assert tree.viewport() in found
	assert other not in found
	assert any(isinstance(one, QScrollBar) for one in found)
	del found
	assert held(QScrollBar) == before


def test_showing_the_register_again_leaves_nothing_of_the_rows_before(dressed, qtbot) -> None:
	register = GroupRegister()
	qtbot.addWidget(register)
	at = datetime(2026, 3, 1, 9, 0)
	groups = [Group(number, f"Group {number}", 12, at, at, None, None) for number in range(3)]
	register.show_groups(groups, {})
	before = held(QStandardItem)
	for _ in range(5):
		register.show_groups(groups, {})
	assert held(QStandardItem) == before
	assert before <= len(groups) * register.model.columnCount()
