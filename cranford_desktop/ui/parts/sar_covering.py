"""Cover everybody except the person who asked: a list with ticks, why others may be named, the balance once for all."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from cranford_desktop.domain.subject_access import FACTORS, USUAL, Balance, Other, OtherAnswer
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, row, rule
from cranford_desktop.ui.parts.wording import count

_READABLE = ("They agreed", "It is reasonable without their agreement")
_OUTCOMES = ("agreed", "reasonable")
_QUESTIONS = {
	"information": "What kind of information is it?",
	"confidence": "Is any of it owed in confidence?",
	"consent": "What was done to ask them?",
	"capable": "Are they able to agree?",
	"refused": "Has any of them refused?",
}
_IN_OFFICE = "Named in their role for the council"


class OtherRow(QWidget):
	"""One person: ticked, they are covered up; unticked, why they may be named."""

	def __init__(self, other: Other, known: OtherAnswer | None, changed) -> None:
		super().__init__()
		self.other = other
		self.tick = QCheckBox(f"Cover up {other.name}")
		theme.scaled(self.tick, "setMinimumHeight", 28)
		told = [other.role] if other.role else []
		told += [f"wrote {count(other.wrote, 'message')}"] if other.wrote else []
		told += [f"named in {count(other.named, 'message')}"] if other.named else []
		told += ["covered up already"] if other.covered else []
		self.outcome = Choice(*_READABLE, name=f"Why {other.name} may be named")
		self.why = field(name=f"Reason why {other.name} may be named")
		self.why.setPlaceholderText("The reason, for the record")
		self._readable = box(row(self.outcome, (self.why, 1), gap=8, pad=(28, 0, 0, 4)))
		self.setLayout(
			col(row(self.tick, 8, (say(", ".join(told), "muted", wrap=True), 1), gap=4), self._readable, gap=0)
		)
		left_out = known is not None and known.outcome != "redact"
		self.tick.setChecked(other.covered or not (other.in_office or left_out))
		self.tick.setEnabled(not other.covered)
		self.outcome.setCurrentIndex(_OUTCOMES.index(known.outcome) if left_out else 1)
		self.why.setText(known.why if left_out else (_IN_OFFICE if other.in_office else ""))
		self.why.setCursorPosition(0)
		self.tick.toggled.connect(lambda _on: changed())
		self.tick.toggled.connect(lambda on: self._readable.setVisible(not on))
		self._readable.setVisible(not self.tick.isChecked())

	def answer(self) -> OtherAnswer | None:
		"""Return why they may be named; None where they are covered up."""
		if self.tick.isChecked():
			return None
		return OtherAnswer(self.other.name, _OUTCOMES[self.outcome.currentIndex()], self.why.text().strip())


class CoverOthersDialog(Ask):
	"""Asks whom to cover up, and writes down what the law asks to be weighed."""

	def __init__(self, parent: QWidget, subject: str, others: Sequence[Other], answers: Sequence[OtherAnswer]) -> None:
		"""Take whom the request is about, everybody else in it, and what was decided about them before."""
		super().__init__(
			parent,
			f"Cover everybody except {subject}",
			"They are covered up everywhere in this request, with all names and numbers. You can uncover each again. "
			"Only people whom the directory or a phone names are listed: look for others while you decide.",
			"Cover them up",
			width=720,
		)
		known = {one.name: one for one in answers}
		self.rows = [OtherRow(one, known.get(one.name), self._changed) for one in others]
		self._people = FormField(
			"Who is to be covered up?",
			box(col(*(part for one in self.rows for part in (rule(), one)), gap=2)),
			"Councillors and staff in their role are left readable unless you tick them.",
		)
		self.factors = {}
		self._fields: dict[str, FormField] = {}
		for name, question in _QUESTIONS.items():
			self.factors[name] = field(getattr(USUAL, name))
			self.factors[name].setCursorPosition(0)
			self._fields[name] = FormField(question, self.factors[name])
		self._weighed = box(
			col(
				say("What was weighed", "head"),
				say(
					"Schedule 2, paragraph 16 of the Data Protection Act asks for this. Written once for all you tick.",
					"muted",
					wrap=True,
				),
				*self._fields.values(),
				gap=8,
			)
		)
		self.add(self._people, self._weighed)
		self._changed()

	def _changed(self) -> None:
		if not hasattr(self, "_weighed"):
			return
		number = len(self.names())
		self._weighed.setVisible(number > 0)
		self.go.say(f"Cover up {count(number, 'person', 'people')}" if number else "Keep the reasons")

	def names(self) -> list[str]:
		"""Return who is to be covered up and is not yet."""
		return [one.other.name for one in self.rows if one.tick.isChecked() and not one.other.covered]

	def readable(self) -> list[OtherAnswer]:
		"""Return who may be named, with the reason."""
		return [answer for one in self.rows if (answer := one.answer()) is not None]

	def balance(self) -> Balance:
		"""Return what was weighed."""
		return Balance(**{name: one.text() for name, one in self.factors.items()})

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		silent = [one.name for one in self.readable() if not one.why]
		if silent:
			found[self._people] = f"Say why they may be named: {', '.join(silent)}"
		if self.names():
			found |= {self._fields[name]: f"{FACTORS[name]}: say what was weighed" for name in self.balance().missing()}
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._people, *self._fields.values())
