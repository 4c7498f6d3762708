"""The search as a form: all of, any of, none of, exactly. Writes itself into the search box."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSizePolicy

from cranford_desktop.domain.search_form import SearchForm
from cranford_desktop.ui.parts.basics import Columns, Tall, button, col, field, frame, labelled, row, say

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
		self.boxes: dict[str, QLineEdit] = {key: field() for key, _ in _BOXES}
		parts = [labelled(words, self.boxes[key]) for key, words in _BOXES]
		for one in self.boxes.values():
			one.returnPressed.connect(self._search)
		self._note = say("This search says more than a form can. Filling the form in replaces it.", "muted", wrap=True)
		go, leave = button("Search"), button("Close the form", "quiet")
		go.clicked.connect(self._search)
		leave.clicked.connect(self.closed)
		fields = Columns(
			(row(*((part, 1) for part in parts[:2])), 1), (row(*((part, 1) for part in parts[2:])), 1), fold=760
		)
		inner = Tall()
		inner.setLayout(row(frame(col(fields, self._note, row(go, leave, None), gap=8, pad=(16, 10, 16, 10)), "side")))
		self.setWidget(inner)
		self.setWidgetResizable(True)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

	def sizeHint(self):
		inner = self.widget().layout()
		return QSize(
			400, inner.heightForWidth(max(self.width(), 1)) if inner.hasHeightForWidth() else inner.sizeHint().height()
		)

	def open(self, words: str) -> None:
		"""Show a search in the boxes, as far as they can say it."""
		form = self._read(words) if words else SearchForm()
		self._note.setVisible(form is None)
		for key, one in self.boxes.items():
			one.setText(getattr(form or SearchForm(), key))
		self.show()
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
