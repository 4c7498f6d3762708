"""Whether a person has read the policy, with the slip to sign; and what is done when they leave office."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.domain.directory import DirectoryEntry, LeaverStep
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import box, clear, col, row, rule
from cranford_desktop.ui.parts.wording import day_words


class DoneDialog(Ask):
	"""On which day something was done, and a few words."""

	def __init__(
		self, parent: QWidget, head: str, body: str, words: str, hint: str, council: Council, value: str
	) -> None:
		"""Take the heading, a line below it, the label and hint of the words, and what stands there already."""
		super().__init__(parent, head, body, "Record it", width=480)
		today = council.clock().date()
		self.day = DateField("When?", today, today)
		self.words = field(value)
		self._day = FormField("When?", self.day)
		self._words = FormField(words, self.words, hint)
		self.add(self._day, self._words)
		self.day.box.setFocus()

	def faults(self) -> dict[FormField, str]:
		problem = self.day.problem("The day")
		return {self._day: problem} if problem else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._day, self._words)


class PolicyCard(QFrame):
	"""`changed`: it was recorded; `slip_wanted(int)`: show the slip of this person."""

	changed = Signal()
	slip_wanted = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._entry: DirectoryEntry | None = None
		self.setProperty("kind", "card")
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		self._said = say("", wrap=True)
		self.record = button("Record that they have read it…")
		self.record.clicked.connect(self._ask)
		self.slip = link("Slip to sign…")
		self.slip.clicked.connect(lambda: self._entry and self.slip_wanted.emit(self._entry.person_id))
		self.setLayout(
			col(
				say("The WhatsApp policy", "head", wrap=False),
				self._said,
				4,
				row(self.record, self.slip, None, gap=12),
				gap=6,
				pad=20,
			)
		)

	def show_entry(self, entry: DirectoryEntry) -> None:
		"""Say whether they have read it."""
		self._entry = entry
		self._said.setText(
			f"Acknowledged on {day_words(entry.acknowledged)}."
			if entry.acknowledged is not None
			else "No acknowledgement of the policy in force is recorded."
		)

	def _ask(self) -> None:
		entry = self._entry
		asked = DoneDialog(
			self._window,
			f"{entry.name} has read the policy",
			"Recorded for the version in force.",
			"How do you know?",
			"For example: signed slip, e-mail, at the meeting.",
			self._council,
			"Signed slip",
		)
		asked.accepted.connect(lambda: self.save(asked.day.date(), asked.words.text()))
		asked.open()

	def save(self, day, how: str) -> None:
		"""Record the acknowledgement."""
		person_id = self._entry.person_id
		self._window.run(
			"Recording it",
			lambda _progress, _stopped: self._council.directory.acknowledge(person_id, day, how),
			lambda _done: self.changed.emit(),
			promise="",
		)


class LeavingCard(QFrame):
	"""The steps when a member leaves, each with its day once it is done."""

	changed = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._entry: DirectoryEntry | None = None
		self.setProperty("kind", "card")
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		self._told = say("", "muted", wrap=True)
		self._rows = QVBoxLayout()
		self._rows.setSpacing(0)
		self.setLayout(col(say("When they leave office", "head", wrap=False), self._told, self._rows, gap=6, pad=20))

	def show_entry(self, entry: DirectoryEntry, steps: list[LeaverStep]) -> None:
		"""Show a leaver's steps."""
		self._entry = entry
		left = sum(one.done_on is None for one in steps)
		when = f"Left office on {day_words(entry.left_on)}. " if entry.left_on is not None else ""
		self._told.setText(when + ("Everything is done." if not left else f"{left} of {len(steps)} still to do."))
		clear(self._rows)
		for at, one in enumerate(steps):
			if at:
				self._rows.addWidget(rule())
			self._rows.addWidget(self._step(one))

	def _step(self, one: LeaverStep) -> QWidget:
		done = one.done_on is not None
		go = link("Not done" if done else "Done…", name=f"{'Not done' if done else 'Done'}: {one.words}")
		go.setAccessibleName(f"{'Not done' if done else 'Done'}: {one.words}")
		go.clicked.connect(lambda _=False: self.save(one.key, None, "") if done else self._ask(one))
		mark = Glyph("checkmark_circle:filled" if done else "circle", "ok" if done else "muted", 18)
		below = f"Done on {day_words(one.done_on, weekday=False)}" if done else one.why
		words = col(
			say(one.words, wrap=True),
			say(f"{below}: {one.note}" if one.note else below, "small", wrap=True),
			gap=0,
		)
		return box(row(col(mark, None, gap=0), (words, 1), col(go, None, gap=0), gap=10, pad=(0, 7, 0, 7)))

	def _ask(self, one: LeaverStep) -> None:
		asked = DoneDialog(
			self._window,
			one.words,
			one.why,
			"Note",
			"For example what they answered. You can leave it out.",
			self._council,
			"",
		)
		asked.accepted.connect(lambda: self.save(one.key, asked.day.date(), asked.words.text()))
		asked.open()

	def save(self, key: str, day, note: str) -> None:
		"""Record a step as done, or as still to do."""
		person_id = self._entry.person_id
		self._window.run(
			"Recording it",
			lambda _progress, _stopped: self._council.directory.set_leaver_step(person_id, key, day, note),
			lambda _done: self.changed.emit(),
			promise="",
		)
