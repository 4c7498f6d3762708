"""PySide6 6.12.0 loses a reference to None at each Python override on Python 3.11 and aborts after seconds."""

import sys
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyledItemDelegate, QTableView

from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.chat_lines import message_line, with_days
from cranford_desktop.ui.parts.chat_view import ChatView

REPAINTS = 200
SLACK = 60
"""What Qt and Python may keep or drop on the way."""


def row(number: int) -> MessageRow:
	at = datetime(2025, 4, 3, 8, number % 60)
	return MessageRow(
		number, 1, "Group", number, at, "minute", "Ann Example", "Ann Example", None, "message",
		"Words", "Words", False, False, number, (), 1, "council",
	)  # fmt: skip


class Plain(QStyledItemDelegate):
	def paint(self, painter, option, index):
		super().paint(painter, option, index)

	def sizeHint(self, option, index):  # noqa: N802 Qt’s name
		return QSize(80, 20)


def test_repainting_python_overrides_loses_no_reference(dressed, qtbot) -> None:
	view = ChatView()
	qtbot.addWidget(view)
	view.set_lines(with_days(message_line(row(number)) for number in range(1, 31)))
	view.resize(600, 500)
	view.show()
	table = QTableView()
	qtbot.addWidget(table)
	table.setModel(view.model())
	table.setItemDelegate(Plain(table))
	table.show()
	heard: list[bool] = []
	view.message_changed.connect(lambda _id: heard.append(True))
	dressed.processEvents()
	before = sys.getrefcount(None), sys.getrefcount(True)
	for _ in range(REPAINTS):
		view.viewport().repaint()
		table.viewport().repaint()
	for _ in range(REPAINTS):
		view.message_changed.emit(1)
	heard.clear()
	assert sys.getrefcount(None) >= before[0] - SLACK
	assert sys.getrefcount(True) >= before[1] - SLACK
