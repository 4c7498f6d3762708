"""Questions in a small window: the heading is the matter, the buttons are verbs, the safe way out is Escape."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QScrollArea, QWidget

from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, Tall, col, row

_DISCARDED = 2
_GAP, _ABOVE_VERBS, _MARGIN = 8, 4, 18


class Ask(QDialog):
	"""A dialog with a heading, one line of consequence, its fields, and two verbs."""

	def __init__(self, parent: QWidget, head: str, body: str, verb: str, *, width: int = 560) -> None:
		"""Take the heading, the line below it, and the words of the button that does it."""
		super().__init__(parent)
		self.setWindowTitle(head)
		theme.scaled(self, "setMinimumWidth", width)
		self.summary = ErrorSummary()
		self.go = button(verb, "primary")
		self.go.setDefault(True)
		self.cancel = button("Cancel")
		self.go.clicked.connect(self.accept)
		self.cancel.clicked.connect(self.reject)
		self._body = col(gap=14)
		inner = Tall()
		inner.setLayout(self._body)
		self._area = QScrollArea()
		self._area.setWidgetResizable(True)
		self._area.setFrameShape(QFrame.Shape.NoFrame)
		self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
		self._area.setWidget(inner)
		self._area.viewport().setAutoFillBackground(False)
		inner.setAutoFillBackground(False)
		self.summary.followed.connect(self._area.ensureWidgetVisible)
		top: list[QWidget] = [say(head, "head", wrap=True)]
		if body:
			top.append(say(body, wrap=True))
		self._fixed: list[QWidget] = [*top, self.summary, self.go]
		self.setLayout(
			col(
				*top,
				self.summary,
				(self._area, 1),
				_ABOVE_VERBS,
				row(None, self.cancel, self.go, gap=8),
				gap=_GAP,
				pad=(20, _MARGIN, 20, _MARGIN),
			)
		)

	def add(self, *items: Item) -> None:
		"""Put fields into it, one under the other."""
		for item in items:
			if isinstance(item, tuple):
				self._body.addWidget(*item)
			elif isinstance(item, QWidget):
				self._body.addWidget(item)
			else:
				self._body.addLayout(item)

	def faults(self) -> dict[FormField, str]:
		"""Return what is wrong with the answers; overridden where there are any."""
		return {}

	def fields(self) -> tuple[FormField, ...]:
		"""Return the fields that can be at fault."""
		return ()

	def accept(self) -> None:
		if not self.summary.show_faults(self.faults(), self.fields()):
			super().accept()
			return
		self.fit()

	def fit(self) -> None:
		"""Grow or shrink to what is shown now."""
		self._area.setVisible(self._body.count() > 0)
		self._body.activate()
		wide = max(self.width(), self.minimumWidth())
		width = wide - 40
		inner = self._body.heightForWidth(width) if self._body.hasHeightForWidth() else self._body.sizeHint().height()
		shown = [part for part in self._fixed if not part.isHidden()]
		rest = sum(
			part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height() for part in shown
		)
		gaps = _GAP * (len(shown) - self._area.isHidden()) + _ABOVE_VERBS
		self.resize(wide, min(self.room(), inner + rest + gaps + 2 * _MARGIN))

	def room(self) -> int:
		"""Return how high the dialog may be, in pixels: within the screen, and no higher than the window behind it."""
		room = self.screen().availableGeometry().height() - 60 if self.screen() else 560
		if self.parentWidget() is not None:
			room = min(room, max(420, self.parentWidget().window().height() - 20))
		return room

	def showEvent(self, event: QShowEvent) -> None:
		super().showEvent(event)
		self.fit()


def ask_discard(parent: QWidget, what: str) -> bool:
	"""Ask once whether what was typed may go; `what` is not recorded yet ("This request"). True: it may go."""
	asked = Ask(parent, "Discard what you typed?", f"{what} is not recorded yet.", "Keep it")
	asked.cancel.say("Discard it")
	asked.cancel.clicked.disconnect()
	asked.cancel.clicked.connect(lambda: asked.done(_DISCARDED))
	return asked.exec() == _DISCARDED


def usual(exemptions: Sequence[Exemption]) -> int:
	"""Return the place of the exemption most redactions need: someone else's personal data; 0 where it is not there."""
	for at, one in enumerate(exemptions):
		title = one.title.casefold()
		if "personal data" in title and ("else" in title or "other" in title):
			return at
	return 0


def reason_in_law(exemptions: Sequence[Exemption]) -> str:
	"""Return what the reasons of a regime are called: the Regulations know exceptions, the two Acts exemptions."""
	environmental = bool(exemptions) and all("eir" in one.regimes for one in exemptions)
	return "The exception in the Regulations." if environmental else "The exemption in the Act."


def lines(name: str, height: int = 62) -> QPlainTextEdit:
	"""Return a box for a few lines of words; the Tab key leaves it."""
	made = QPlainTextEdit()
	made.setAccessibleName(name)
	made.setTabChangesFocus(True)
	theme.scaled(made, "setFixedHeight", height)
	return made


class DayDialog(Ask):
	"""One date in the past, for a fact to be recorded."""

	def __init__(self, parent: QWidget, head: str, body: str, verb: str, label: str, what: str, today: date) -> None:
		"""Take the question's label and what the date is called in a fault ("The day you answered")."""
		super().__init__(parent, head, body, verb)
		self._what = what
		self.day = DateField(label, today, today)
		self._day = FormField(label, self.day)
		self.add(self._day)

	def faults(self) -> dict[FormField, str]:
		problem = self.day.problem(self._what)
		return {self._day: problem} if problem else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._day,)
