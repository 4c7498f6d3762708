"""What can be added to a request, folded away: how it came, who asked, where the answer goes, what form they want."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from cranford_desktop.domain.requests import ARRIVALS, FORMS_WANTED, Regime
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.error_summary import FormField, status_line
from cranford_desktop.ui.parts.layouts import col

_NOT_SAID = "Not recorded"
_HOW_TO_WRITE = (
	"Under the Act a spoken request does not count yet. Offer to write it down with them, read it back, and ask them "
	"to send or sign it. It counts from the day that reaches the council."
)


class RequestExtras(QWidget):
	"""The folded part of the form. `changed`: something was answered."""

	changed = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.arrived = Choice(_NOT_SAID, *ARRIVALS.values())
		self.requester = field()
		self.address = QPlainTextEdit()
		self.address.setTabChangesFocus(True)
		theme.scaled(self.address, "setFixedHeight", 62)
		self.forms = {key: QCheckBox(words) for key, words in FORMS_WANTED.items()}
		self.reference = field(width=280)
		ticks = QWidget()
		ticks.setLayout(col(*self.forms.values(), gap=2))
		self.how = FormField(
			"How did it arrive?",
			self.arrived,
			"A request to a member who acts for the council has reached the council.",
		)
		self.who = FormField(
			"Who asked?", self.requester, "Only for your own record: the pack never names them.", optional=True
		)
		self.where = FormField("Where does the answer go?", self.address, "An e-mail address is enough.", optional=True)
		self.forms_field = FormField("What would they like?", ticks, optional=True)
		self.named = FormField(
			"Reference", self.reference, "Only if it has one already. Left empty, the next one is given.", optional=True
		)
		self.validity = status_line("warn")
		self.setLayout(col(self.how, self.who, self.where, self.validity, self.forms_field, self.named, gap=18))
		self.arrived.currentIndexChanged.connect(self.changed)
		self.requester.textChanged.connect(self.changed)
		self.address.textChanged.connect(self.changed)

	def fields(self) -> tuple[FormField, ...]:
		"""Return the fields that can be at fault."""
		return (self.how, self.who, self.where, self.named)

	def begun(self) -> bool:
		"""Return whether anything was filled in."""
		typed = (self.requester.text(), self.address.toPlainText(), self.reference.text())
		return any(one.strip() for one in typed) or self.arrived.currentIndex() > 0 or bool(self.form_wanted())

	def arrived_by(self) -> str:
		"""Return how it came, one of `ARRIVALS`; empty: not recorded."""
		at = self.arrived.currentIndex()
		return list(ARRIVALS)[at - 1] if at > 0 else ""

	def form_wanted(self) -> str:
		"""Return the forms that are ticked, as they are kept."""
		return " ".join(key for key, tick in self.forms.items() if tick.isChecked())

	def faults(self, regime: Regime | None) -> dict[FormField, str]:
		"""Return what is wrong with the answers under a law."""
		if regime == "foi" and self.arrived_by() == "spoken":
			return {self.how: "Help them to write it down first: a spoken request does not count under the Act"}
		return {}

	def tell(self, regime: Regime | None) -> None:
		"""Say what the request lacks under its law, and what to do about it (FOIA s.8, s.16)."""
		missing = []
		if regime == "foi" and self.arrived_by() == "spoken":
			missing = [_HOW_TO_WRITE]
		elif regime == "foi":
			if not self.requester.text().strip():
				missing.append("The Act asks for a real name.")
			if not self.address.toPlainText().strip():
				missing.append("It asks for an address for the answer; an e-mail address will do.")
			if missing:
				missing.append(
					"If one is missing, ask for it, and offer your help. It counts from the day it is complete."
				)
		elif regime == "sar" and not self.requester.text().strip():
			missing.append("You have to know who they are. If you are not sure, ask: the month waits for it.")
		self.validity.setText(" ".join(missing))
		self.validity.setVisible(bool(missing))


class PatternDialog(Ask):
	"""How the council writes its references."""

	def __init__(self, parent: QWidget, pattern: str, example) -> None:
		"""Take the pattern as it is, and what returns an example of one or raises `CranfordError`."""
		super().__init__(
			parent,
			"How your references look",
			"Write it once with {law}, {year} and {number:03}. References that were given stay as they are.",
			"Use this",
			width=520,
		)
		self._example = example
		self.pattern = field(pattern)
		self.shown = status_line()
		self._pattern = FormField("Pattern", self.pattern, "For example CPC/{law}/{year}/{number:03}.")
		self.add(self._pattern, self.shown)
		self.pattern.textChanged.connect(self._show)
		self._show()
		self.pattern.setFocus()

	def faults(self) -> dict[FormField, str]:
		words, fault = self._example(self.pattern.text())
		return {self._pattern: words} if fault else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._pattern,)

	def _show(self) -> None:
		words, fault = self._example(self.pattern.text())
		self.shown.setText("" if fault else f"The next one would be {words}.")
