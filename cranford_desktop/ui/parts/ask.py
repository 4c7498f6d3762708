"""Questions in a small window: the heading is the matter, the buttons are verbs, the safe way out is Escape."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QScrollArea, QWidget

from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, button
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


class WithholdDialog(Ask):
	"""Why a message is withheld: the reason in the law, and what the law asks to be written down."""

	def __init__(
		self, parent: QWidget, exemptions: Sequence[Exemption], messages: int, before: dict[str, str] | None = None
	) -> None:
		"""Take the exemptions of the request's regime, how many messages, and the answers given last time."""
		what = "is this message" if messages == 1 else f"are these {messages:,} messages"
		super().__init__(
			parent,
			f"Why {what} withheld?",
			"The pack shows one label in its place. What you write here stays in the internal log.",
			"Withhold it" if messages == 1 else f"Withhold {messages:,} messages",
		)
		self._exemptions = [one for one in exemptions if one.whole_message]
		self.choice = Choice(*(f"{one.title} – {one.code}" for one in self._exemptions))
		self.reason, self.prejudice = lines("Why does it apply here?"), lines("What harm would it do?", 48)
		self.interest = lines("What speaks for giving it out?", 48)
		self.balance = lines("How do the two weigh up?", 48)
		self._choice = FormField("Which reason?", self.choice, reason_in_law(self._exemptions))
		self._reason = FormField("Why does it apply here?", self.reason, "One sentence is enough.")
		self._prejudice = FormField("What harm would it do to give it out?", self.prejudice)
		self._interest = FormField("What speaks for giving it out?", self.interest, "The public interest in it.")
		self._balance = FormField("How do the two weigh up?", self.balance)
		self.note = say("", "muted", wrap=True)
		self.add(self._choice, self.note, self._reason, self._prejudice, self._interest, self._balance)
		self.choice.currentIndexChanged.connect(self._fit)
		self.choice.setCurrentIndex(usual(self._exemptions))
		if before:
			codes = [one.code for one in self._exemptions]
			self.choice.setCurrentIndex(codes.index(before["exemption"]) if before["exemption"] in codes else 0)
			for box, key in self._boxes():
				box.setPlainText(before.get(key) or "")
		self._fit()
		self.choice.setFocus()

	def exemption(self) -> Exemption:
		"""Return the exemption that is chosen."""
		return self._exemptions[max(0, self.choice.currentIndex())]

	def answers(self) -> dict[str, str]:
		"""Return the answers as `Requests.decide` takes them."""
		found = {"exemption": self.exemption().code}
		for box, key in self._boxes():
			if box.isVisibleTo(self) and box.toPlainText().strip():
				found[key] = box.toPlainText().strip()
		return found

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		chosen = self.exemption()
		if not self.reason.toPlainText().strip():
			found[self._reason] = "Say why it applies here"
		if chosen.needs_prejudice and not self.prejudice.toPlainText().strip():
			found[self._prejudice] = "Say what harm it would do"
		if chosen.needs_public_interest and not self.interest.toPlainText().strip():
			found[self._interest] = "Say what speaks for giving it out"
		if chosen.needs_public_interest and not self.balance.toPlainText().strip():
			found[self._balance] = "Say how the two weigh up"
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._choice, self._reason, self._prejudice, self._interest, self._balance)

	def _boxes(self) -> tuple[tuple[QPlainTextEdit, str], ...]:
		return (
			(self.reason, "reason"),
			(self.prejudice, "prejudice"),
			(self.interest, "public_interest"),
			(self.balance, "balance"),
		)

	def _fit(self) -> None:
		chosen = self.exemption()
		self.note.setText(chosen.note)
		self.note.setVisible(bool(chosen.note))
		self._prejudice.setVisible(chosen.needs_prejudice)
		self._interest.setVisible(chosen.needs_public_interest)
		self._balance.setVisible(chosen.needs_public_interest)
		self.fit()


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
