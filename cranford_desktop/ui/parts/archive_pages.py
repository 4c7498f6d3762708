"""The pages of the archive: nothing held yet, the messages, and those that others hang beside them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.patterns import empty

_EMPTY, _MESSAGES = 0, 1


class ArchivePages(QStackedWidget):
	"""`import_wanted`; `left`: back from another page to the messages; `message_wanted(int)`: by another page."""

	import_wanted = Signal()
	left = Signal()
	message_wanted = Signal(int)

	def __init__(self, messages: QWidget) -> None:
		super().__init__()
		self._hung: dict[str, QWidget] = {}
		self._nothing = True
		go = button("Import a chat", "primary")
		go.clicked.connect(self.import_wanted)
		self.addWidget(empty("chat_multiple", "No conversations yet.", go))
		self.addWidget(messages)

	def __iter__(self):
		return iter(self._hung)

	def __getitem__(self, key: str) -> QWidget:
		return self._hung[key]

	def hang(self, key: str, page: QWidget) -> None:
		"""Add a page that has `refresh()` and the signals `closed` and `message_wanted(int)`."""
		self._hung[key] = page
		self.addWidget(page)
		page.closed.connect(self._leave)
		page.message_wanted.connect(self.message_wanted)

	def show_page(self, key: str) -> None:
		"""Show one of the pages of others."""
		self._hung[key].refresh()
		self.setCurrentWidget(self._hung[key])

	def show_messages(self) -> None:
		"""Show the messages."""
		self.setCurrentIndex(_MESSAGES)

	def set_empty(self, nothing: bool) -> None:
		"""Say whether no message is held; the page of another stays."""
		self._nothing = nothing
		if self.currentWidget() not in self._hung.values():
			self.setCurrentIndex(_EMPTY if nothing else _MESSAGES)

	def refresh(self) -> None:
		"""Read again what the page of another shows."""
		if self.currentWidget() in self._hung.values():
			self.currentWidget().refresh()

	def _leave(self) -> None:
		self.setCurrentIndex(_EMPTY if self._nothing else _MESSAGES)
		self.left.emit()

	def close_down(self) -> None:
		"""Let the pages end what they are at."""
		for page in self._hung.values():
			if hasattr(page, "close_down"):
				page.close_down()
