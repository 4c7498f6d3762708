"""The row on top of the archive: back and forward, the one search box, how the messages are shown, other pages."""

from typing import Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QWidget

from cranford_desktop.ui.parts.controls import Button, button, drop_button
from cranford_desktop.ui.parts.icons import icon
from cranford_desktop.ui.parts.layouts import row

Look = Literal["both", "reading", "table"]
_LOOKS: tuple[tuple[Look, str, str], ...] = (
	("both", "Both", "List and conversation"),
	("reading", "Reading", "Conversation alone"),
	("table", "Table", "All messages in a table"),
)


class ArchiveBar(QFrame):
	"""`went(-1 or 1)`: back or forward; `look_wanted(key)`; `filters_wanted(bool)`; `page_wanted(key)`."""

	went = Signal(int)
	look_wanted = Signal(str)
	filters_wanted = Signal(bool)
	page_wanted = Signal(str)

	def __init__(self, words: QWidget, form: Button, saved: QWidget) -> None:
		"""Take the search box, the button of its form, the button of the saved searches."""
		super().__init__()
		self.setProperty("kind", "pane")
		self.form = form
		self._pages: list[tuple[str, str, str]] = []
		self.back = button("", "quiet", "chevron_left", name="Back (Alt+Left)")
		self.forward = button("", "quiet", "chevron_right", name="Forward (Alt+Right)")
		self.back.clicked.connect(lambda: self.went.emit(-1))
		self.forward.clicked.connect(lambda: self.went.emit(1))
		self.fold = button("Filters", ic="filter")
		self.fold.setCheckable(True)
		self.fold.toggled.connect(self.filters_wanted)
		self._looks = QButtonGroup(self)
		self._buttons = {}
		for key, said, name in _LOOKS:
			one = button(said, "seg", name=name)
			one.setCheckable(True)
			one.clicked.connect(lambda _=False, key=key: self.look_wanted.emit(key))
			self._looks.addButton(one)
			self._buttons[key] = one
		self._buttons["both"].setChecked(True)
		self.more = drop_button("More")
		self.more.setAccessibleName("More pages of the archive")
		self.more.clicked.connect(self._open_more)
		self.more.hide()
		self.setLayout(
			row(
				self.back, self.forward, (words, 1), self.form, saved, self.fold, None,
				row(*self._buttons.values(), gap=2), self.more, gap=6, pad=(10, 8, 12, 8),
			)
		)  # fmt: skip

	def add_page(self, key: str, words: str, ic: str) -> None:
		"""Offer another page in the menu."""
		self._pages.append((key, words, ic))
		self.more.show()

	def menu(self) -> QMenu:
		"""Return the menu of the other pages."""
		menu = QMenu(self)
		for key, words, name in self._pages:
			act = menu.addAction(icon(name), words)
			act.triggered.connect(lambda _=False, key=key: self.page_wanted.emit(key))
		return menu

	def _open_more(self) -> None:
		menu = self.menu()
		corner = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 2))
		menu.exec(corner - QPoint(menu.sizeHint().width(), 0))
		menu.deleteLater()

	def show_look(self, look: Look, *, offered: bool) -> None:
		"""Show which look is chosen; `offered`: there is room to choose among them."""
		self._buttons[look].setChecked(True)
		for one in self._buttons.values():
			one.setVisible(offered)

	def show_way(self, *, back: bool, forward: bool) -> None:
		"""Show whether there is a way back and forward."""
		self.back.setEnabled(back)
		self.forward.setEnabled(forward)

	def fit(self, *, folded: bool, tight: bool) -> None:
		"""Fit the room: filters behind a button, words left out beside icons."""
		self.fold.setVisible(folded)
		self.form.say("" if tight else "Form")
		self.form.setAccessibleName("Search with a form")
		self.fold.say("" if tight else "Filters")
		self.fold.setAccessibleName("Filters")
