"""A clerk's hands on the Import tab: every drop, click and key is real, and counted."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.tabs.import_ import ImportTab
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.ui_support import button_named, until

SHAW, AHMED, BELL, MARSH = "Cllr Jean Shaw", "Cllr Imran Ahmed", "Cllr Ruth Bell", "Helen Marsh"
CHAT = "WhatsApp Chat with Councillors.txt"
_SAID = (
	"The drain outside 14 Mill Lane has backed up again.",
	"That is the third time since Christmas.",
	"Did the county answer about the culvert?",
	"No reply yet. I rang Highways this morning.",
	"The allotment rents go out on Monday.",
	"Agenda for Thursday is on the board.",
	"Who has the key to the pavilion?",
)


def story(messages: int = 120, start: datetime = datetime(2025, 9, 1, 8, 12)) -> list[Sent]:
	"""Return an invented conversation of four people, one message every nine hours."""
	people = (SHAW, AHMED, BELL, MARSH)
	return [
		Sent(start + timedelta(hours=9 * n), people[n % 4], f"{_SAID[n % len(_SAID)]} (note {n})")
		for n in range(messages)
	]


def phones(folder: Path, told: Sequence[Sent]) -> list[Path]:
	"""Write the same conversation as three members' phones export it: one joined late."""
	out = []
	for owner, phone, share in (
		("shaw", Phone("android", owner=SHAW), told),
		("ahmed", Phone("iphone", owner=AHMED, names={BELL: "Ruth B"}), told),
		("bell", Phone("android", clock="12", owner=BELL), told[len(told) // 2 :]),
	):
		place = folder / owner
		place.mkdir(exist_ok=True)
		out.append(write_export(place / CHAT, phone, share))
	return out


class Hands:
	"""What she does, counted: `clicks` holds drops, clicks and picks."""

	def __init__(self, window: Window, qtbot) -> None:
		self.window, self._qtbot = window, qtbot
		self.clicks = 0
		self.pages: list[str] = []

	@property
	def tab(self) -> ImportTab:
		"""Return the Import tab."""
		return self.window.tab_pages["import"]

	def drop(self, *files: Path) -> None:
		"""Drop files on the window and wait until they are read."""
		data = QMimeData()
		data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
		left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
		self.window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, left, none))
		self.clicks += 1
		self.rest()

	def click(self, words: str) -> None:
		"""Click the button or option that says this."""
		self.click_on(button_named(self.tab, words))

	def click_on(self, target: QAbstractButton) -> None:
		"""Click a button where it stands, scrolled into sight."""
		area = getattr(self.tab.page, "area", None)
		if area is not None and area.isAncestorOf(target):
			area.ensureWidgetVisible(target)
			QApplication.processEvents()
		self._qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(12, target.height() // 2))
		self.clicks += 1
		self.rest()

	def pick(self, box: QComboBox, words: str) -> None:
		"""Open a list and pick an entry: two clicks."""
		at = box.findText(words)
		assert at >= 0, [box.itemText(n) for n in range(box.count())]
		self._qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
		self._qtbot.wait(QApplication.doubleClickInterval() + 50)  # a list takes no click so soon after it opened
		view = box.view()
		spot = view.visualRect(view.model().index(at, 0)).center()
		self._qtbot.mouseMove(view.viewport(), spot)
		self._qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
		self.clicks += 2
		self.rest()

	def rest(self) -> None:
		"""Wait until nothing runs; note the page she looks at."""
		self.until(lambda: not self.tab._busy and not self.window.busy)
		name = type(self.tab.page).__name__
		if not self.pages or self.pages[-1] != name:
			self.pages.append(name)

	def until(self, done: Callable[[], bool]) -> None:
		"""Wait for something."""
		for _ in range(2):
			QApplication.processEvents()
			until(self._qtbot, done)


def keys_to(qtbot, window: QWidget, words: str, most: int = 60) -> QWidget:
	"""Press Tab until the control that says this has the keys, and return it."""
	for _ in range(most):
		here = window.focusWidget()
		said = (here.accessibleName() or getattr(here, "text", lambda: "")()) if here is not None else ""
		if said == words:
			return here
		qtbot.keyClick(here or window, Qt.Key.Key_Tab)
		QApplication.processEvents()
	raise AssertionError(f"Tab never reaches {words!r}")
