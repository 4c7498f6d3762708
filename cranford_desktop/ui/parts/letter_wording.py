"""The words of a kind of letter, with their merge fields in braces, to be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cranford_desktop.domain.letters import Field, Wording
from cranford_desktop.services.letter_drafts import Whose
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, button, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, row

_WAIT_MS = 400
WHOSE: dict[Whose, str] = {
	"standard": "The standard wording.",
	"council": "The council’s own wording.",
	"letter": "Worded for this letter only.",
}


class WordingEditor(QWidget):
	"""`changed(Wording)`: to preview; `kept(Wording, bool)`: to keep, True for every such letter; `reset(bool)`:
	back to the wording behind this one, True where it is the council's; `left`: nothing is kept.
	"""

	changed = Signal(object)
	kept = Signal(object, bool)
	reset = Signal(bool)
	left = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.subject = field(name="Subject")
		self.body = QPlainTextEdit()
		self.body.setAccessibleName("The letter")
		self.body.setTabChangesFocus(True)
		theme.scaled(self.body, "setMinimumHeight", 260)
		self.fields = Choice(name="Field to put in")
		self.fields.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		put = button("Put it in", name="Put the field in")
		put.clicked.connect(self.put_in)
		self.whose = say("", "muted", wrap=True)
		here = self.here = button("Use for this letter")
		ours = self.ours = button("Use for every such letter")
		self.back = link("Back to the standard wording")
		leave = button("Leave as it was", "quiet")
		self.stops: tuple[QWidget, ...] = (self.back, self.subject, self.body, self.fields, put, here, ours, leave)
		"""What the Tab key stops at, in reading order."""
		here.clicked.connect(lambda: self.kept.emit(self.wording(), False))
		ours.clicked.connect(lambda: self.kept.emit(self.wording(), True))
		leave.clicked.connect(self.left)
		self.back.clicked.connect(lambda: self.reset.emit(self._whose == "council"))
		self._whose: Whose = "standard"
		verbs = box(Flow(here, ours, leave, gap=8))
		self.setLayout(
			col(
				say("Change the wording", "head", wrap=False),
				self.whose,
				self.back,
				FormField("Subject", self.subject),
				FormField(
					"The letter",
					self.body,
					"What stands in braces is filled in by itself. “# ” begins a heading, “- ” a point, “| ” a line of "
					"an address; a blank line ends a paragraph.",
				),
				say("Put in a field where the cursor stands", "strong", wrap=True),
				row((self.fields, 1), put),
				verbs,
				gap=8,
			)
		)
		self._timer = QTimer(self)
		self._timer.setSingleShot(True)
		self._timer.setInterval(_WAIT_MS)
		self._timer.timeout.connect(lambda: self.changed.emit(self.wording()))
		self.subject.textChanged.connect(lambda _words: self._timer.start())
		self.body.textChanged.connect(self._timer.start)

	def show_wording(self, wording: Wording, whose: Whose, fields: Sequence[Field]) -> None:
		"""Begin with a wording."""
		self._whose = whose
		self.whose.setText(WHOSE[whose])
		self.back.setVisible(whose != "standard")
		self.back.say("Back to the usual wording" if whose == "letter" else "Back to the standard wording")
		self.fields.clear()
		for one in fields:
			self.fields.addItem(one.label, one.name)
		self.subject.setText(wording.subject)
		self.body.setPlainText(wording.body)
		self._timer.stop()

	def wording(self) -> Wording:
		"""Return the words as they stand in the boxes."""
		return Wording(self.subject.text(), self.body.toPlainText())

	def put_in(self) -> None:
		"""Put the chosen field where the cursor stands."""
		self.body.insertPlainText(f"{{{self.fields.currentData()}}}")
		self.body.setFocus()
