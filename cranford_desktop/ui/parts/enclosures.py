"""Documents from elsewhere that go out with a pack: chosen, named and taken off again before the pack is made."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Enclosure, EnclosureKind
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import box, clear, row, rule
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import size_words

KINDS: dict[EnclosureKind, str] = {"e-mail": "An e-mail", "minutes": "Minutes", "paper": "A paper document"}
_ABOUT = (
	"E-mails, minutes or papers that belong to the answer, as PDF, redacted already. Only their pages go out; where "
	"a page still hides words, all become pictures."
)
_LONGEST_TITLE = 80


class EnclosureDialog(Ask):
	"""What a chosen PDF is, and what the pack calls it."""

	def __init__(self, parent: QWidget, file_name: str) -> None:
		super().__init__(parent, "Add a document to the pack", f"{file_name} goes out with the messages.", "Add it")
		self.kind = Choice(*KINDS.values())
		self.title = field()
		self.title.setMaxLength(_LONGEST_TITLE)
		self._title = FormField(
			"What is it called?",
			self.title,
			"For example “Minutes of 3 March 2026”. The pack prints it: no residents’ names.",
		)
		self._kind = FormField("What is it?", self.kind)
		self.add(self._kind, self._title)
		self.title.setFocus()

	def enclosure(self, data: bytes) -> Enclosure:
		"""Return the document as the pack takes it."""
		return Enclosure(self.title.text().strip(), list(KINDS)[max(0, self.kind.currentIndex())], data)

	def faults(self) -> dict[FormField, str]:
		return {} if self.title.text().strip() else {self._title: "Say what the document is called"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._kind, self._title)


class EnclosureCard(QWidget):
	"""The documents that go out with the pack that is about to be made. `problem(object)`: a file cannot be read."""

	problem = Signal(object)

	def __init__(self) -> None:
		super().__init__()
		self.held: list[Enclosure] = []
		self._rows = QVBoxLayout()
		self._rows.setSpacing(0)
		self.add_link = link("Add a PDF…")
		self.add_link.clicked.connect(self.ask)
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.addWidget(
			card(
				row(say("Documents from elsewhere", "head", wrap=False), None, self.add_link),
				say(_ABOUT, "muted", wrap=True),
				self._rows,
				gap=4,
				pad=(20, 14, 20, 12),
			)
		)

	def ask(self) -> None:
		"""Ask for a PDF, then what it is."""
		name, _ = QFileDialog.getOpenFileName(self, "Choose a PDF", str(Path.home()), "PDF (*.pdf)")
		if not name:
			return
		try:
			data = Path(name).read_bytes()
		except OSError:
			self.problem.emit(
				ProblemWithFile("That file cannot be read.", "Nothing was added.", "Check that it is still there.")
			)
			return
		asked = EnclosureDialog(self, Path(name).name)
		if asked.exec():
			self.take(asked.enclosure(data))

	def take(self, enclosure: Enclosure) -> None:
		"""Add a document."""
		self.held.append(enclosure)
		self._show()

	def drop(self, place: int) -> None:
		"""Take a document off again."""
		del self.held[place]
		self._show()

	def _show(self) -> None:
		clear(self._rows)
		for place, one in enumerate(self.held):
			off = link("Take it off", name=f"Take off {one.title}")
			off.clicked.connect(lambda _=False, place=place: self.drop(place))
			self._rows.addWidget(rule())
			self._rows.addWidget(
				box(
					row(
						Glyph("document_pdf", "accent"),
						(say(one.title, wrap=True), 1),
						say(f"{KINDS[one.kind]}, {size_words(len(one.data))}", "small", wrap=False),
						off,
						gap=10,
						pad=(0, 6, 0, 6),
					)
				)
			)
