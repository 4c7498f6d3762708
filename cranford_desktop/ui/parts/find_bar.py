"""Find in this conversation: a bar inside the reading pane, apart from the search of everything."""

from array import array

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import row

_TYPING_MS = 250


class FindBar(QFrame):
	"""`asked(words)`: look for these; `picked(id)`: go to this hit; `closed`."""

	asked = Signal(str)
	picked = Signal(int)
	closed = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "side")
		self._hits: array[int] = array("q")
		self._at = -1
		self.box = field(name="Find in this conversation")
		theme.scaled(self.box, "setMinimumWidth", 110)
		theme.scaled(self.box, "setMaximumWidth", 320)
		self._label = say("Find in this conversation", "label", wrap=False)
		self._label.setBuddy(self.box)
		self.place = say("", "muted", wrap=False)
		back = button("", "quiet", "chevron_left", name="Previous hit in this conversation (Shift+F3)")
		on = button("", "quiet", "chevron_right", name="Next hit in this conversation (F3)")
		leave = button("", "quiet", "dismiss", name="Close finding (Esc)")
		back.clicked.connect(lambda: self.step(-1))
		on.clicked.connect(lambda: self.step(1))
		leave.clicked.connect(self.closed)
		self.setLayout(row(self._label, 4, (self.box, 4), self.place, back, on, None, leave, gap=4, pad=(16, 5, 10, 5)))
		self._typing = QTimer(self)
		self._typing.setSingleShot(True)
		self._typing.setInterval(_TYPING_MS)
		self._typing.timeout.connect(self._ask)
		self.box.textChanged.connect(lambda _words: self._typing.start())
		self.box.returnPressed.connect(self._entered)
		self._asked = ""

	def open(self) -> None:
		"""Show it and take the keys."""
		self.show()
		self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
		self.box.selectAll()

	def words(self) -> str:
		"""Return what is looked for."""
		return self.box.text().strip()

	def show_hits(self, words: str, ids: "array[int]", near: int) -> None:
		"""Show what was found for some words; `near`: the hit to begin at, as a place in the list."""
		if words != self.words():
			return
		self._asked, self._hits, self._at = words, ids, -1
		self.place.setText("" if not words else "" if ids else "No hit here")
		if ids:
			self._go(near)

	def step(self, by: int) -> None:
		"""Go to the next (1) or previous (-1) hit; after the last comes the first."""
		if self._hits:
			self._go((self._at + by) % len(self._hits))

	def _go(self, at: int) -> None:
		self._at = at
		self.place.setText(f"{at + 1:,} of {len(self._hits):,}")
		self.picked.emit(self._hits[at])

	def _ask(self) -> None:
		self._typing.stop()
		self.asked.emit(self.words())

	def _entered(self) -> None:
		if self.words() != self._asked:
			self._ask()
		else:
			self.step(1)

	def keyPressEvent(self, event):
		if event.key() == Qt.Key.Key_Escape:
			self.closed.emit()
			return
		super().keyPressEvent(event)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._label.setVisible(self.width() >= theme.px(520))
		self.box.setPlaceholderText("" if self._label.isVisibleTo(self) else "Find in this conversation")
