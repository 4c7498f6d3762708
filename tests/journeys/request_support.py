"""A clerk's hands on requests: every click and key is real and counted, in the window and in its dialogs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.shell_parts import TABS
from tests.ui.flow_support import settle
from tests.ui.ui_support import inside


class Hands:
	"""Clicks, keys and pictures. `keys` counts single keys that do something, `typed` the letters of words."""

	def __init__(self, window: Window, qtbot, pictures: Path | None = None) -> None:
		self.window, self._qtbot, self._pictures = window, qtbot, pictures
		self.clicks = self.keys = self.typed = 0
		self.told: list[str] = []

	@property
	def tab(self) -> QWidget:
		"""Return the Requests tab."""
		return self.window.tab_pages["requests"]

	def click_on_tab(self, key: str) -> None:
		"""Go to a tab of the window."""
		bar = self.window.tabs
		at = [name for name, _, _ in TABS].index(key)
		self._qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(at).center())
		self.clicks += 1
		self.rest()

	def click(self, words: str, root: QWidget | None = None) -> None:
		"""Click the button, link or tick box that says this, in the dialog that is open or in the window."""
		self.click_on(self.button(words, root))

	def button(self, words: str, root: QWidget | None = None) -> QAbstractButton:
		"""Return the enabled button that says this, once it is there; of several the one that reads exactly so."""
		for _ in range(40):
			here = root or QApplication.activeModalWidget() or self.window
			shown = [one for one in inside(here, QAbstractButton) if one.isVisibleTo(here) and one.isEnabled()]
			said = [(one, one.accessibleName() or one.text().replace("&", "")) for one in shown]
			found = [one for one, name in said if name == words] or [
				one for one, name in said if name.startswith(words)
			]
			if found:
				return found[0]
			self._qtbot.wait(50)
		raise AssertionError(f"no button {words!r}; there are {[name for _, name in said]}")

	def click_on(self, target: QWidget, at: QPoint | None = None) -> None:
		"""Click a control where it stands, scrolled into sight; nothing else may lie over that spot."""
		area = target.parentWidget()
		while area is not None and not isinstance(area, QScrollArea):
			area = area.parentWidget()
		if area is not None and area.widget() is not None and area.widget().isAncestorOf(target):
			area.ensureWidgetVisible(target)
			QApplication.processEvents()
		spot = at or QPoint(min(12, target.width() // 2), target.height() // 2)
		over = target.window().childAt(target.mapTo(target.window(), spot))
		assert over is target or target.isAncestorOf(over), f"{over!r} lies over {target!r}"
		self.clicks += 1
		self.told.append(getattr(target, "text", lambda: "")() or target.accessibleName())
		self._qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=spot)
		self.rest()

	def type(self, words: str, enter: bool = False) -> None:
		"""Type into what has the keyboard."""
		box = QApplication.focusWidget()
		assert isinstance(box, QLineEdit | QPlainTextEdit), f"the keyboard is on {box!r}"
		self._qtbot.keyClicks(box, words)
		self.typed += len(words)
		if enter:
			self.key(Qt.Key.Key_Return, box)
		self.rest()

	def key(self, key: Qt.Key, on: QWidget | None = None) -> None:
		"""Press one key."""
		self._qtbot.keyClick(on or QApplication.focusWidget() or self.window, key)
		self.keys += 1
		self.rest()

	def tab_to(self, name: str, most: int = 40) -> None:
		"""Press Tab until the control of that name has the keyboard."""
		met: list[str] = []
		for _ in range(most):
			here = QApplication.focusWidget()
			met.append(here.accessibleName() if here is not None else "nothing")
			if here is not None and here.accessibleName().startswith(name):
				return
			self.key(Qt.Key.Key_Tab, here)
		raise AssertionError(f"Tab never reaches {name!r}, only {met}")

	def answering(self, answer: Callable[[], object]) -> None:
		"""Do this in the modal dialog that the next click opens, once it is there; a failure in it fails the test."""

		def go() -> None:
			dialog = QApplication.activeModalWidget()
			if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or self.window):
				QTimer.singleShot(20, go)
				return
			try:
				answer()
			except BaseException:
				QApplication.activeModalWidget().done(0)
				raise

		QTimer.singleShot(0, go)

	def rest(self) -> None:
		"""Wait until nothing runs."""
		if QApplication.activeModalWidget() is None:
			settle(self.window, self._qtbot)
			if QApplication.activeWindow() is None:  # no window manager gives it back after a dialog
				self.window.activateWindow()
				QApplication.processEvents()
		else:
			QApplication.processEvents()

	def picture(self, name: str) -> None:
		"""Keep a picture of the window, or of the dialog that is open, where pictures are wanted."""
		if self._pictures is not None:
			number = len(list(self._pictures.glob("*.png"))) + 1
			shown = QApplication.activeModalWidget() or self.window
			shown.grab().save(str(self._pictures / f"{number:02} {name}.png"))
