"""What somebody asks of their own data, and what becomes of it: kept with the reason, or done as they ask."""

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cranford_desktop.domain.data_rights import RIGHTS, DataRight, RightDecision, RightOutcome, RightWords
from cranford_desktop.domain.disclosure import Request
from cranford_desktop.services.data_rights import DataRights
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.wording import count


class RightDialog(Ask):
	"""Asks which right a request uses."""

	def __init__(self, parent: QWidget, service: DataRights, request: Request) -> None:
		super().__init__(
			parent,
			"What do they ask of their data?",
			"What was gathered stays. The day to answer by stays the same: one month.",
			"Change it",
			width=480,
		)
		self._choices: tuple[DataRight | None, ...] = (*RIGHTS, None)
		self.ticks = [QRadioButton(service.words(one).name) for one in RIGHTS] + [QRadioButton("A copy of it")]
		self._group = QButtonGroup(self)
		for tick, one in zip(self.ticks, self._choices, strict=True):
			tick.setChecked((one or "access") == request.kind)
			self._group.addButton(tick)
			self.add(tick)
		self.ticks[0].setFocus()

	def right(self) -> DataRight | None:
		"""Return the right that is chosen; None for a copy."""
		return next(one for tick, one in zip(self.ticks, self._choices, strict=True) if tick.isChecked())


class RightDecisionDialog(Ask):
	"""Asks what becomes of it; keeping is the usual way, with a reason to begin with."""

	def __init__(self, parent: QWidget, words: RightWords, request: Request, decided: RightDecision | None) -> None:
		super().__init__(parent, words.name, "", "Keep the decision", width=620)
		self._words = words
		self.keep = QRadioButton("The record is kept, with the reason")
		self.uphold = QRadioButton("It is done as they ask")
		self._group = QButtonGroup(self)
		for tick in (self.keep, self.uphold):
			self._group.addButton(tick)
		self.reason = lines("Why?", 150)
		self.note = say("", "muted", wrap=True)
		self._reason = FormField("Why?", self.reason, "It goes into the letter. Change it as it fits.")
		self.add(self.keep, self.uphold, self.note, self._reason)
		found = count(request.candidates, "message")
		self._listed = (
			f"{found} found and confirmed stay on the list. Nothing is erased now: erasing comes with a later release."
			if request.candidates and request.set_confirmed
			else "Search for the messages and confirm that these are all; they stay on the list. Nothing is erased now."
		)
		outcome = decided.outcome if decided is not None else "keep"
		(self.keep if outcome == "keep" else self.uphold).setChecked(True)
		self.reason.setPlainText(decided.reason if decided is not None else words.keep)
		self.keep.toggled.connect(lambda _on: self._fit())
		self._fit()

	def outcome(self) -> RightOutcome:
		"""Return what is chosen."""
		return "keep" if self.keep.isChecked() else "uphold"

	def _fit(self) -> None:
		keeps = self.outcome() == "keep"
		self.note.setText("" if keeps else self._listed)
		self.note.setVisible(not keeps)
		typed = self.reason.toPlainText()
		if not keeps and typed == self._words.keep:
			self.reason.setPlainText("")
		elif keeps and not typed.strip():
			self.reason.setPlainText(self._words.keep)
		self.fit()

	def faults(self) -> dict[FormField, str]:
		return {} if self.reason.toPlainText().strip() else {self._reason: "Say why"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._reason,)
