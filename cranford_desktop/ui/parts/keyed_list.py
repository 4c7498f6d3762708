"""A chat whose messages are worked on by single letters, one message at a time."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from cranford_desktop.ui.parts.chat_view import ChatView


class KeyedList(ChatView):
	"""The chat; its letters act only while it has the focus. `pressed(str)`: one of `KEYS`."""

	pressed = Signal(str)
	KEYS: ClassVar[Mapping[Qt.Key, str]] = {}
	"""The letters of a kind of list, by key."""

	def setCurrentIndex(self, index: QModelIndex) -> None:
		"""Pick this message alone, whatever keys are held: Ctrl+Z must not add it to the picked ones."""
		self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

	def keyPressEvent(self, event: QKeyEvent) -> None:
		held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
		letter = self.KEYS.get(event.key())
		if letter and not held:
			self.by_keyboard = True
			self.pressed.emit(letter)
			event.accept()
			return
		super().keyPressEvent(event)
