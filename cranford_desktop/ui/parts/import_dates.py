"""How an export's dates were read and why, and the question where nothing proves it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cranford_desktop.domain.messages import DateOrder
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.import_plan import ORDERS, Found
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, col, row
from cranford_desktop.ui.parts.wording import day_words


def written(day: date, order: DateOrder) -> str:
	"""Return a date as an export of that order writes it."""
	return {"dmy": f"{day:%d/%m/%Y}", "mdy": f"{day:%m/%d/%Y}", "ymd": f"{day:%Y-%m-%d}"}[order]


def evidence_words(evidence: str) -> str:
	"""Return why dates are read so: "because line 212 has day 27"."""
	if evidence.startswith("not proved"):
		return "Nothing in the file proves it"
	for words in ORDERS.values():
		if evidence.casefold().startswith(words.casefold()):
			why = evidence[len(words) :].lstrip(":, ").replace("; ", ", and ")
			return why if why.startswith(("so ", "as ")) else f"because {why}"
	return f"because {evidence}"


class DateReading(QWidget):
	"""The reading with its evidence; Change offers the others. `asked(order)`: read the file again so."""

	asked = Signal(str)

	def __init__(self, found: Found, *, about: str) -> None:
		"""Take the file and what it is called, which is read aloud."""
		super().__init__()
		read = found.preview.read
		self._order: DateOrder = read.date_order
		example = read.tally.example.date()
		self.reading = say(f"{ORDERS[self._order]}: {written(example, self._order)}", "strong", wrap=True)
		self.reading.setAccessibleDescription(f"read as {day_words(example, weekday=False)}")
		self.change = link("Change", name=f"Change how the dates are read: {about}")
		self.change.setAccessibleName(f"Change how the dates are read: {about}")
		self.change.clicked.connect(self._offer)
		self.box = Choice(*ORDERS.values(), name=f"How the dates are written: {about}")
		self.box.setCurrentIndex(list(ORDERS).index(self._order))
		self.box.activated.connect(self._picked)
		theme.scaled(self.box, "setMaximumWidth", 160)
		self.box.hide()
		why = say(evidence_words(read.date_evidence), "muted", wrap=True)
		self.setLayout(col(row((self.reading, 1), self.change, self.box, gap=8), why, None, gap=0))
		if not found.usable:
			self.change.hide()

	def _offer(self) -> None:
		self.change.hide()
		self.box.show()
		self.box.setFocus(Qt.FocusReason.OtherFocusReason)

	def _picked(self, at: int) -> None:
		order = list(ORDERS)[at]
		if order != self._order:
			self.asked.emit(order)


class DateQuestion(FormField):
	"""Asks once how dates are written: three lines of the file, read both ways. `answered(order)`."""

	answered = Signal(str)

	def __init__(self, found: Found, *, looked_at: bool) -> None:
		"""Take the file; `looked_at`: she has said already that the reading is right."""
		samples = found.samples
		order = found.preview.read.date_order
		lines: list[Item] = [say(f"{written(one.written, 'dmy')}, {one.words}", "muted", wrap=True) for one in samples]
		day = samples[0].written if samples else found.preview.read.tally.first.date()
		other = day.replace(day=day.month, month=day.day)
		self.buttons: dict[str, QRadioButton] = {}
		group = QButtonGroup()
		choices: list[Item] = []
		for key, meant in (("dmy", day), ("mdy", other)):
			one = QRadioButton(f"{ORDERS[key]}: {written(day, 'dmy')} is {day_words(meant, weekday=False)}")
			one.setAccessibleName(one.text())
			one.setChecked(looked_at and key == order)
			group.addButton(one)
			choices.append(one)
			self.buttons[key] = one
		inside = QWidget()
		inside.setLayout(col(*lines, 2, row(*choices, None, gap=24), gap=1))
		inside.setFocusProxy(self.buttons["dmy"])
		super().__init__(
			"How are these dates written?", inside, "No day is over 12, so the file can be read in two ways."
		)
		group.setParent(self)
		for key, one in self.buttons.items():
			one.toggled.connect(lambda on, key=key: self.answered.emit(key) if on else None)
