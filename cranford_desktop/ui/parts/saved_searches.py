"""Searches she keeps: a menu to open, keep, rename and forget them, and a line that says which one is open."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import SavedSearch
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.searching import Searching
from cranford_desktop.ui.parts.controls import button, drop_button, link
from cranford_desktop.ui.parts.labels import Elided
from cranford_desktop.ui.parts.layouts import row


class SavedSearches(QWidget):
	"""`opened(MessageFilter)`: a kept search is wanted; `problem(CranfordError)`; `said(str)`: what was done."""

	opened = Signal(object)
	problem = Signal(object)
	said = Signal(str)

	def __init__(self, searching: Searching) -> None:
		super().__init__()
		self._searching = searching
		self._open: SavedSearch | None = None
		self._now = MessageFilter()
		self._words = ""
		self.drop = drop_button("Saved")
		self.drop.setAccessibleName("Saved searches")
		self.drop.clicked.connect(self._show)
		self.name = Elided("", "small")
		self.keep = link("Save the change")
		self.keep.clicked.connect(self._keep_change)
		leave = button("", "quiet", "dismiss", name="Leave this saved search")
		leave.clicked.connect(self.leave)
		self.setLayout(row(self.name, self.keep, None, leave, gap=8))
		self.hide()

	@property
	def modified(self) -> bool:
		"""Whether the search asks for something else than the one that was opened."""
		return self._open is not None and self._open.wanted != self._now

	def follow(self, wanted: MessageFilter, words: str) -> None:
		"""Know what is asked for now, and how it is said in words to copy."""
		self._now, self._words = wanted, words
		self._say()

	def leave(self) -> None:
		"""No longer show which saved search was opened; the search stays as it is."""
		self._open = None
		self._say()

	def _say(self) -> None:
		self.setVisible(self._open is not None)
		if self._open is not None:
			changed = self.modified
			self.name.setText(f"Saved search: {self._open.name}{' – modified' if changed else ''}")
			self.keep.setVisible(changed)

	# acts
	def open(self, one: SavedSearch) -> None:
		"""Search for what was kept."""
		self._open = one
		self.opened.emit(one.wanted)

	def save_as(self, name: str) -> None:
		"""Keep the present search under a name."""
		try:
			self._open = self._searching.save(name, self._now)
		except CranfordError as problem:
			self.problem.emit(problem)
			return
		self._say()
		self.said.emit(f"Saved as “{self._open.name}”.")

	def _keep_change(self) -> None:
		if self._open is not None:
			self.save_as(self._open.name)

	def rename(self, one: SavedSearch, name: str) -> None:
		"""Give a kept search another name."""
		try:
			self._searching.rename(one.id, name)
		except CranfordError as problem:
			self.problem.emit(problem)
			return
		if self._open is not None and self._open.id == one.id:
			self._open = SavedSearch(one.id, name, one.wanted)
			self._say()

	def forget(self, one: SavedSearch) -> None:
		"""Keep a search no longer; messages are not touched."""
		try:
			self._searching.forget(one.id)
		except CranfordError as problem:
			self.problem.emit(problem)
			return
		if self._open is not None and self._open.id == one.id:
			self.leave()
		self.said.emit(f"“{one.name}” is no longer kept.")

	# menu
	def menu(self) -> QMenu:
		"""Return what can be done with searches."""
		menu = QMenu(self.drop)
		kept = self._searching.saved()
		for one in kept:
			menu.addAction(_plain(one.name)).triggered.connect(lambda _=False, one=one: self.open(one))
		if not kept:
			menu.addAction("No search is saved yet").setEnabled(False)
		menu.addSeparator()
		menu.addAction("Save this search…").triggered.connect(lambda: self._ask_name("Save this search", self.save_as))
		menu.addAction("Copy this search in words").triggered.connect(self.copy)
		if kept:
			menu.addSeparator()
			renaming, forgetting = menu.addMenu("Rename"), menu.addMenu("Forget")
			for one in kept:
				renaming.addAction(_plain(one.name)).triggered.connect(
					lambda _=False, one=one: self._ask_name(
						"Rename this search", lambda name: self.rename(one, name), one.name
					)
				)
				forgetting.addAction(_plain(one.name)).triggered.connect(lambda _=False, one=one: self.forget(one))
		return menu

	def copy(self) -> None:
		"""Put the search in words on the clipboard."""
		QGuiApplication.clipboard().setText(self._words)
		self.said.emit("The search is copied, in words.")

	def _show(self) -> None:
		menu = self.menu()
		menu.exec(self.drop.mapToGlobal(QPoint(0, self.drop.height() + 2)))
		menu.deleteLater()

	def _ask_name(self, title: str, then, name: str = "") -> None:
		words, sure = QInputDialog.getText(self.window(), title, "Name", text=name or self._now.search or "")
		if sure and words.strip():
			then(words.strip())


def _plain(words: str) -> str:
	return words.replace("&", "&&")
