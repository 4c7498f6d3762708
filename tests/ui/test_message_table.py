"""A list over any number of messages reads only what is in sight."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt

from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.message_table import KEPT_PAGES, PAGE, MessageList
from tests.ui.test_chat_view import row


class Shelf:
	def __init__(self) -> None:
		self.read = 0

	def rows(self, ids: Sequence[int]) -> list[MessageRow]:
		self.read += len(ids)
		return [row(number, f"Message {number}") for number in ids]


def test_a_hundred_thousand_messages_open_and_jump_without_being_read(dressed, qtbot) -> None:
	shelf = Shelf()
	view = MessageList(shelf.rows)
	qtbot.addWidget(view)
	view.resize(400, 600)
	view.show()
	view.set_ids(array("q", range(1, 100_001)))
	dressed.processEvents()
	view.go_to(90_000)
	dressed.processEvents()
	assert view.current() == 90_001
	assert shelf.read <= 4 * PAGE


def test_selecting_everything_reads_nothing(dressed, qtbot) -> None:
	shelf = Shelf()
	view = MessageList(shelf.rows)
	qtbot.addWidget(view)
	view.set_ids(array("q", range(1, 50_001)))
	view.selectAll()
	assert len(view.chosen()) == 50_000
	assert shelf.read == 0


def test_pages_are_let_go_again(dressed, qtbot) -> None:
	shelf = Shelf()
	view = MessageList(shelf.rows)
	qtbot.addWidget(view)
	view.set_ids(array("q", range(1, (KEPT_PAGES + 20) * PAGE)))
	for page in range(KEPT_PAGES + 10):
		view.model().row(page * PAGE)
	assert len(view.model()._pages) == KEPT_PAGES


def test_keys_move_and_open(dressed, qtbot) -> None:
	view = MessageList(Shelf().rows)
	qtbot.addWidget(view)
	view.set_ids(array("q", [5, 6, 7]))
	view.show()
	view.step(1)
	view.step(1)
	assert view.current() == 6
	assert view.position() == 2
	with qtbot.waitSignal(view.opened) as told:
		qtbot.keyClick(view, Qt.Key.Key_Return)
	assert told.args == [6]
	view.step(-9)
	assert view.current() == 5
	assert view.show_message(7)
	assert not view.show_message(99)
