"""The search as a form: all of, any of, none of, exactly. Writes itself into the search box."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QScrollArea, QSizePolicy

from cranford_desktop.domain.search_form import SearchForm
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, field, labelled
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Tall, box, col, frame, row

_FOLD = 760
"""Width at 100 % from which all four boxes stand side by side."""
_BOXES = (
	("all_of", "All of these words"),
	("any_of", "Any of these words"),
	("none_of", "None of these words"),
	("exactly", "Exactly these words together"),
)


class SearchFormPanel(QScrollArea):
	"""`searched(SearchForm)`; `closed`."""

	searched = Signal(object)
	closed = Signal()

	def __init__(self, read: Callable[[str], SearchForm | None]) -> None:
		"""Take what reads a search as a form."""
		super().__init__()
		self._read = read
		self._measured = 0
		self.boxes: dict[str, QLineEdit] = {key: field() for key, _ in _BOXES}
		parts = [labelled(words, self.boxes[key]) for key, words in _BOXES]
		for one in self.boxes.values():
			one.returnPressed.connect(self._search)
		self._note = say("This search says more than a form can. Filling the form in replaces it.", "muted", wrap=True)
		go, leave = button("Search"), button("Close the form", "quiet")
		go.clicked.connect(self._search)
		leave.clicked.connect(self.closed)
		self._fields = row(*((box(row(*((part, 1) for part in two))), 1) for two in (parts[:2], parts[2:])))
		inner = Tall()
		inner.setLayout(
			row(frame(col(self._fields, self._note, row(go, leave, None), gap=8, pad=(16, 10, 16, 10)), "side"))
		)
		self.setWidget(inner)
		self.setWidgetResizable(True)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

	def sizeHint(self):
		return QSize(400, self.maximumHeight() if self._measured else self.widget().sizeHint().height())

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._measure()

	def _measure(self) -> None:
		"""Take the height its words and boxes need at this width; where the window is lower it scrolls."""
		inner, way = self.widget().layout(), QBoxLayout.Direction
		self._fields.setDirection(way.LeftToRight if self.width() >= theme.px(_FOLD) else way.TopToBottom)
		inner.activate()
		tall = inner.heightForWidth(self.width()) if inner.hasHeightForWidth() else inner.sizeHint().height()
		if self._measured != tall:
			self._measured = tall
			self.setMinimumHeight(min(tall, self.window().height() // 3))
			self.setMaximumHeight(tall)
			self.updateGeometry()

	def rescale(self) -> None:
		"""Follow the text size."""
		self._measured = 0
		self._measure()

	def open(self, words: str) -> None:
		"""Show a search in the boxes, as far as they can say it."""
		form = self._read(words) if words else SearchForm()
		self._note.setVisible(form is None)
		for key, one in self.boxes.items():
			one.setText(getattr(form or SearchForm(), key))
		self.show()
		self._measure()
		self.boxes["all_of"].setFocus(Qt.FocusReason.OtherFocusReason)

	def form(self) -> SearchForm:
		"""Return what stands in the boxes."""
		return SearchForm(**{key: one.text().strip() for key, one in self.boxes.items()})

	def _search(self) -> None:
		self.searched.emit(self.form())

	def keyPressEvent(self, event):
		if event.key() == Qt.Key.Key_Escape:
			self.closed.emit()
			return
		super().keyPressEvent(event)
